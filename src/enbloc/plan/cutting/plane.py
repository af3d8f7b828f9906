"""The cut that spares most bone among all that keep the margin, with the proof that none spares more.

What is proved, and what is not, is told in ``docs/concepts/certified-cuts.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone, KeepOut, Outline
from enbloc.plan.cutting.certificate import Certified, Clearance, Effort, NoCut
from enbloc.plan.cutting.parameters import FURTHEST
from enbloc.plan.cutting.roles import Role
from enbloc.plan.cutting.rows import Rows, lines_of
from enbloc.plan.cutting.scope import Scope, scope_of, touchable
from enbloc.plan.cutting.search import HAIR_MM, Found, Placed, Task, search
from enbloc.plan.cutting.sides import Side

Floats = NDArray[np.float64]


def best_cut(
    bone: Bone,
    tumour: Outline,
    *,
    role: Role,
    margin_mm: float,
    keep_out: Mapping[Structure, KeepOut],
    effort: Effort | None = None,
) -> Certified | NoCut:
    """The plane that removes least healthy bone among all of the role's cone that keep the margin, with its proof.

    Where a structure is too near for the tightest plane, one further out may do (``FURTHEST``); ``margin_mm`` of the
    answer is what it keeps. ``keep_out`` holds the structures that are labelled. One that the role must keep away from
    and that is not among them binds nothing, and is named in ``not_checked``. Without an ``effort``: to 0.1 cc.

    Raises
    ------
    RecordError
        If the margin is negative or not a number.

    Examples
    --------
    A block of bone of 20 × 20 × 40 mm with one voxel of tumour, cut 3 mm above it with a blade of 1 mm.

    >>> from enbloc.case.image import Grid
    >>> from enbloc.plan.cutting.cones import Cone
    >>> from enbloc.plan.cutting.bone import outline_of
    >>> from enbloc.plan.cutting.shell import Shell
    >>> grid = Grid(shape=(20, 20, 40), affine=np.eye(4))
    >>> block = Bone(mask=np.ones(grid.shape, bool), ill=np.zeros(grid.shape, bool), grid=grid)
    >>> tumour = outline_of(Shell(points_mm=np.array([[9.0, 9.0, 10.0]]), grid=grid))
    >>> above = Role(name="cranial cut", cone=Cone(axis=(0, 0, 1), half_angle=0.0), kerf_mm=1.0)
    >>> print(best_cut(block, tumour, role=above, margin_mm=3.0, keep_out={}))
    cranial cut: removes 6.00 cc of healthy bone; proved within 0.00 cc
    """
    asked = Asked(bone=bone, tumour=tumour, role=role, margin_mm=margin_mm, keep_out=keep_out)
    return asked.answered(effort or Effort())


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """One cut as it was asked for, searched as often as is wanted beside others, and what a result amounts to."""

    bone: Bone
    tumour: Outline
    role: Role
    margin_mm: float
    keep_out: Mapping[Structure, KeepOut]

    def __post_init__(self) -> None:
        if not (math.isfinite(self.margin_mm) and self.margin_mm >= 0):
            raise RecordError(f"A margin of {self.margin_mm:g} mm cannot be planned.", remedy="Give 0 or more.")

    def answered(self, effort: Effort) -> Certified | NoCut:
        """The best cut with its certificate, or that there is none."""
        found = self.found((), effort)
        if found.placed is None:
            return self.no_cut(found)
        return self.certified(found, found.placed, (), effort)

    def found(self, others: Sequence[Side], effort: Effort, start: Placed | None = None) -> Found:
        """The best plane while other cuts stay where they are, never worse than ``start``."""
        task = self.task(self.bone.inside(others).astype(np.uint8))
        return search(task, tolerance=effort.tolerance_cc / self.bone.grid.voxel_cc, budget=effort.budget, start=start)

    def no_cut(self, found: Found) -> NoCut:
        """That there is none."""
        return NoCut(role=self.role, is_proved=found.is_complete, evaluations=found.planes)

    @property
    def far_mm(self) -> float:
        """How far beyond the tumour the far face of the blade lies."""
        return self.margin_mm + self.role.kerf_mm

    def task(self, weights: NDArray[np.uint8]) -> Task:
        """The search in bare arrays, for bone whose voxels weigh so much, shape (n,)."""
        counted, always = self.scope.weighing(weights)
        return Task(
            cone=self.role.cone,
            rows=counted,
            always=always,
            outline=self.tumour,
            near_mm=self.margin_mm,
            far_mm=self.far_mm,
            barred=self.barred,
            furthest_mm=FURTHEST.number,
            half_axes=self.bone.half_axes,
        )

    @cached_property
    def scope(self) -> Scope:
        """The bone that the choice of a plane bears on. The tumour binds the cut where its blade does not run, too."""
        here, cone = self.bone.reached(self.role.within), self.role.cone
        return scope_of(self.bone, here, cone, self.tumour, far_mm=self.far_mm, furthest_mm=FURTHEST.number)

    @cached_property
    def barred(self) -> Rows:
        """The bone that lies too near to something for a blade, where one may come."""
        near = np.zeros(len(self.bone.indices), bool)
        for one in self.role.keep_away:
            held = self.keep_out.get(one.structure)
            if held is not None and not one.is_shielded:
                near |= held.nearer(one.at_least_mm)
        if near.any():
            far_mm = self.far_mm + FURTHEST.number
            near &= self.bone.reached(self.role.within, whole=True)
            near &= touchable(self.bone, self.role.cone, self.tumour, near_mm=self.margin_mm, far_mm=far_mm)
        return lines_of(self.bone.indices[near], self.bone.grid.affine).weighing(np.ones(int(near.sum()), np.uint8))

    def side(self, placed: Placed) -> Side:
        """The tumour's side of a cut, up to the far face of its blade, and what lies where the blade does not run."""
        offset = float(self.tumour.reach_mm(placed.normal[None])[0][0]) + self.far_mm + placed.further_mm + HAIR_MM
        half = self.tumour.half_voxel_mm(placed.normal)
        return Side(normal=placed.normal, offset_mm=offset, half_mm=half, within=self.role.within)

    def placed(self, certified: Certified) -> Placed:
        """Where a cut that was found lies."""
        further = certified.margin_mm - self.margin_mm
        return Placed(normal=np.array(certified.plane.normal), further_mm=further)

    def certified(self, found: Found, placed: Placed, others: Sequence[Side], effort: Effort) -> Certified:
        """What was found, at ``placed``, with its certificate while the others stay where they are."""
        normal, margin = placed.normal, self.margin_mm + placed.further_mm
        cc, ill_cc = self.bone.grid.voxel_cc, self.bone.ill_cc(others)
        touched = self.tumour.reach_mm(normal[None])[1][0]
        side, healthy = self.side(placed), found.removed * cc - ill_cc
        around = self.bone.healthy_cc((*others, side))
        return Certified(
            role=self.role,
            plane=Plane(point_mm=triple(touched + (margin + self.role.kerf_mm / 2) * normal), normal=triple(normal)),
            touches_mm=triple(touched),
            margin_mm=margin,
            margin_interval=Interval(low=margin - side.half_mm, high=margin + side.half_mm),
            value_cc=healthy,
            value_interval=Interval(low=min(around.low, healthy), high=max(around.high, healthy)),
            lower_cc=found.least * cc - ill_cc,
            removed_cc=found.removed * cc,
            kept_cc=(self.bone.rows.total - found.removed) * cc,
            effort=effort,
            evaluations=found.planes,
            clearances=tuple(self.clearances(normal, side.offset_mm)),
        )

    def clearances(self, normal: Floats, far_mm: float) -> Iterator[Clearance]:
        """How near a blade whose far face lies at ``far_mm`` comes to each structure that it must keep away from."""
        half = self.bone.half_mm(normal) + HAIR_MM
        sheet = self.bone.lines.inside(
            np.array([normal, -normal]), np.array([far_mm + half, self.role.kerf_mm + half - far_mm])
        )
        sheet &= self.bone.reached(self.role.within, whole=True)
        for one in self.role.keep_away:
            held, mm = self.keep_out.get(one.structure), None
            if held is not None:
                nearest = held.least_mm(sheet)
                mm = math.floor(nearest * 10) / 10 if math.isfinite(nearest) else None
            yield Clearance(
                structure=one.structure,
                at_least_mm=one.at_least_mm,
                mm=mm,
                is_labelled=held is not None,
                is_shielded=one.is_shielded,
            )
