"""The cut that spares most bone among all that keep the margin, with the proof that none spares more.

What is proved, and what is not, is told in ``docs/concepts/certified-cuts.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, triple
from enbloc.errors import RecordError
from enbloc.kernels.planes import sheet_distance
from enbloc.plan.cutting_bone import Bone, KeepOut, Outline
from enbloc.plan.cutting_certificate import Certified, Clearance, Effort, NoCut
from enbloc.plan.cutting_roles import Role
from enbloc.plan.cutting_search import HAIR_MM, Found, Task, search

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

    ``keep_out`` holds the structures that are labelled. One that the role must keep away from and that is not among
    them binds nothing, and is named in ``not_checked``. Without an ``effort``: to 0.1 cc.

    Raises
    ------
    RecordError
        If the margin is negative or not a number.

    Examples
    --------
    A block of bone of 20 × 20 × 40 mm with one voxel of tumour, cut 3 mm above it with a blade of 1 mm.

    >>> from enbloc.case.image import Grid
    >>> from enbloc.plan.cones import Cone
    >>> from enbloc.plan.cutting_bone import outline_of
    >>> from enbloc.plan.margin import Shell
    >>> grid = Grid(shape=(20, 20, 40), affine=np.eye(4))
    >>> block = Bone(mask=np.ones(grid.shape, bool), ill=np.zeros(grid.shape, bool), grid=grid)
    >>> tumour = outline_of(Shell(points_mm=np.array([[9.0, 9.0, 10.0]]), grid=grid))
    >>> above = Role(name="cranial cut", cone=Cone(axis=(0, 0, 1), half_angle=0.0), kerf_mm=1.0)
    >>> print(best_cut(block, tumour, role=above, margin_mm=3.0, keep_out={}))
    cranial cut: removes 6.00 cc of healthy bone; proved within 0.00 cc
    """
    if not (math.isfinite(margin_mm) and margin_mm >= 0):
        raise RecordError(f"A margin of {margin_mm:g} mm cannot be planned.", remedy="Give 0 or more.")
    asked = Asked(bone=bone, tumour=tumour, role=role, margin_mm=margin_mm, keep_out=keep_out)
    effort = effort or Effort()
    found = search(asked.task(), tolerance=effort.tolerance_cc / bone.grid.voxel_cc, budget=effort.budget)
    if found.normal is None:
        return NoCut(role=role, is_proved=found.is_complete, evaluations=found.planes)
    return asked.certified(found, found.normal, effort)


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """One search as it was asked for, and what its result amounts to."""

    bone: Bone
    tumour: Outline
    role: Role
    margin_mm: float
    keep_out: Mapping[Structure, KeepOut]

    @property
    def far_mm(self) -> float:
        """How far beyond the tumour the far face of the blade lies."""
        return self.margin_mm + self.role.kerf_mm

    def task(self) -> Task:
        """The search in bare arrays."""
        near = np.zeros(len(self.bone.points_mm), bool)
        for one in self.role.keep_away:
            held = self.keep_out.get(one.structure)
            if held is not None and not one.is_shielded:
                near |= held.distances_mm < one.at_least_mm
        return Task(
            cone=self.role.cone,
            rows=self.bone.rows,
            outline=self.tumour,
            near_mm=self.margin_mm,
            far_mm=self.far_mm,
            barred=self.bone.where(near),
            half_axes=self.bone.half_axes,
        )

    def certified(self, found: Found, normal: Floats, effort: Effort) -> Certified:
        """The certificate of what was found."""
        cc = self.bone.grid.voxel_cc
        reach, touched = self.tumour.reach_mm(normal[None])
        half = self.tumour.half_voxel_mm(normal)
        healthy = found.removed * cc - self.bone.ill_cc
        return Certified(
            role=self.role,
            plane=Plane(
                point_mm=triple(touched[0] + (self.margin_mm + self.role.kerf_mm / 2) * normal), normal=triple(normal)
            ),
            touches_mm=triple(touched[0]),
            margin_mm=self.margin_mm,
            margin_interval=Interval(low=self.margin_mm - half, high=self.margin_mm + half),
            value_cc=healthy,
            value_interval=self._value_interval(normal, float(reach[0]), healthy),
            lower_cc=found.least * cc - self.bone.ill_cc,
            removed_cc=found.removed * cc,
            kept_cc=(self.bone.rows.total - found.removed) * cc,
            effort=effort,
            evaluations=found.planes,
            clearances=tuple(self._clearances(normal, float(reach[0]))),
        )

    def _value_interval(self, normal: Floats, reach: float, healthy: float) -> Interval:
        """The healthy bone removed when the surfaces of bone and tumour each lie half a voxel further in or out."""
        half, readings = self.tumour.half_voxel_mm(normal), [healthy]
        for rows in (self.bone.slim, self.bone.stout):
            for moved, ill_cc in ((-half, self.bone.ill_slim_cc), (half, self.bone.ill_stout_cc)):
                kept = rows.beyond(normal[None], np.array([reach + self.far_mm + moved + HAIR_MM]))
                doubled = rows.total - int(kept[0])
                readings.append(doubled / 2 * self.bone.grid.voxel_cc - ill_cc)
        return Interval(low=max(0.0, min(readings)), high=max(readings))

    def _clearances(self, normal: Floats, reach: float) -> Iterator[Clearance]:
        half = float(np.abs(self.bone.half_axes @ normal).sum()) + HAIR_MM
        low, high = reach + self.margin_mm - half, reach + self.far_mm + half
        for one in self.role.keep_away:
            held, mm = self.keep_out.get(one.structure), None
            if held is not None:
                nearest = sheet_distance(self.bone.points_mm, held.distances_mm, normal, low, high)
                mm = math.floor(nearest * 10) / 10 if math.isfinite(nearest) else None
            yield Clearance(
                structure=one.structure,
                at_least_mm=one.at_least_mm,
                mm=mm,
                is_labelled=held is not None,
                is_shielded=one.is_shielded,
            )
