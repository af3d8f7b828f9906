"""Several cuts that free one specimen: each the best while the others stay, and a bound for all of them together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from enbloc.case.anatomy import Structure
from enbloc.case.finding import Interval
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone, KeepOut, Outline
from enbloc.plan.cutting.certificate import HAIR_CC, Certified, Effort, NoCut, said
from enbloc.plan.cutting.parameters import SHARING_ROUNDS
from enbloc.plan.cutting.plane import Asked
from enbloc.plan.cutting.roles import FixedCut, Role
from enbloc.plan.cutting.rows import Mask
from enbloc.plan.cutting.search import HAIR_MM, Found, Placed
from enbloc.plan.cutting.sharing import Sharing
from enbloc.plan.cutting.sides import Side
from enbloc.plan.cutting.sparing import Sparing
from enbloc.plan.rounding import tenth_down
from enbloc.value import value


@value
class Wanted:
    """The cuts of one operation: the ``roles`` that are searched, the ``fixed`` ones that a person has placed."""

    roles: tuple[Role, ...]
    margin_mm: float
    fixed: tuple[FixedCut, ...] = ()

    def __post_init__(self) -> None:
        if not self.roles:
            raise RecordError("No cut is left to be searched.", remedy="Give at least one role.")


@value
class Cuts:
    """The cuts that free one specimen, with a certificate for all of them together.

    ``value_cc`` is the healthy bone on the tumour's side of every cut, blades included; no choice of normals within the
    cones, with the fixed cuts where they are, removes less than ``lower_cc``. ``lower_alone_cc`` is the plainer bound:
    the sum of what each cut alone could keep at most. The certificate of each cut holds while the others stay.
    ``fixed_margins_mm`` are those that the fixed cuts leave, rounded down; negative where one runs through tumour.
    """

    cuts: tuple[Certified, ...]
    fixed: tuple[FixedCut, ...]
    fixed_margins_mm: tuple[float, ...]
    value_cc: float
    value_interval: Interval
    lower_cc: float
    lower_alone_cc: float
    removed_cc: float
    kept_cc: float
    shared_cc: float  # bone kept that lies beyond more than one cut
    effort: Effort
    evaluations: int
    sparing_cc: float | None = None  # removed of what should rather stay; nothing if that was not said

    @property
    def gap_cc(self) -> float:
        """How much less bone other planes could remove at most."""
        return self.value_cc - self.lower_cc

    @property
    def is_proved(self) -> bool:
        """Whether the gap is within the tolerance that was asked for."""
        return self.gap_cc <= self.effort.tolerance_cc + HAIR_CC

    def __str__(self) -> str:
        names = ", ".join(cut.role.name for cut in self.cuts)
        proof = said(self.gap_cc, is_proved=self.is_proved)
        return f"{names}: remove {self.value_cc:.2f} cc of healthy bone; {proof}"


def best_cuts(
    bone: Bone,
    tumour: Outline,
    *,
    wanted: Wanted,
    keep_out: Mapping[Structure, KeepOut],
    effort: Effort | None = None,
    sparing: Mask | None = None,
) -> Cuts | tuple[NoCut, ...]:
    """The cuts of an operation that together remove little healthy bone, with how much less any others could remove.

    If a role has no plane at all, those roles, with the reason of each. What is found is the best within the tolerance
    only if ``is_proved``: the gap is told either way. ``keep_out`` is as in ``best_cut``, and binds the sheet wherever
    its blade runs, also where another cut ends it. ``sparing`` marks voxels of the bone, on its grid, that should
    rather stay, as those of facets: among cuts that are proved alike, some that take few of them are told.

    Raises
    ------
    RecordError
        If the margin is negative, the fixed cuts leave no bone to the specimen, or ``sparing`` is of another grid.
    """
    asked = tuple(
        Asked(bone=bone, tumour=tumour, role=role, margin_mm=wanted.margin_mm, keep_out=keep_out)
        for role in wanted.roles
    )
    fixed = tuple(_side_of(cut) for cut in wanted.fixed)
    if not bone.inside(fixed).any():
        raise RecordError("The fixed cuts leave no bone to the specimen.", remedy="Turn or move one of them.")
    if sparing is not None and sparing.shape != bone.mask.shape:
        raise RecordError("What should rather stay is not marked on the grid of the bone.", remedy="Resample it.")
    joining = Joining(bone=bone, tumour=tumour, asked=asked, fixed=fixed, wanted=wanted, effort=effort or Effort())
    missing = joining.start_alone()
    if missing:
        return missing
    joining.settle()
    joining.close_the_gap()
    spared = joining.spare(np.zeros(len(bone.points_mm), np.bool_) if sparing is None else sparing[bone.mask])
    return joining.cuts(None if sparing is None else spared)


def _side_of(cut: FixedCut) -> Side:
    normal = cut.plane.unit
    offset = float(normal @ np.array(cut.plane.point_mm)) + cut.kerf_mm / 2 + HAIR_MM
    return Side(normal=normal, offset_mm=offset, half_mm=0.0, within=cut.within)


@dataclass(kw_only=True)
class Joining:
    """The cuts of one operation while they are searched; every step leaves fewer voxels removed, or as many."""

    bone: Bone
    tumour: Outline
    asked: tuple[Asked, ...]
    fixed: tuple[Side, ...]
    wanted: Wanted
    effort: Effort
    found: list[Found] = field(default_factory=list)
    places: list[Placed] = field(default_factory=list)
    least: int = 0
    least_alone: int = 0
    planes: int = 0

    @cached_property
    def open_(self) -> int:
        """Voxels on the tumour's side of the fixed cuts."""
        return int(self.bone.inside(self.fixed).sum())

    @property
    def tolerance(self) -> float:
        """The tolerance in voxels."""
        return self.effort.tolerance_cc / self.bone.grid.voxel_cc

    @property
    def each(self) -> Effort:
        """What the next search may leave open and cost: all of them together stay well within what was asked."""
        left = max(0, self.effort.budget - self.planes)
        return replace(self.effort, tolerance_cc=self.effort.tolerance_cc / (4 * len(self.asked)), budget=left)

    def start_alone(self) -> tuple[NoCut, ...]:
        """The best of each role alone, and the bound that they give together; or the roles that have none."""
        kept, missing = 0, []
        for asked in self.asked:
            found = asked.found(self.fixed, self.each)
            self.planes += found.planes
            if found.placed is None:
                missing.append(asked.no_cut(found))
                continue
            self.places.append(found.placed)
            kept += self.open_ - found.least
        self.least = self.least_alone = max(0, self.open_ - kept)
        return tuple(missing)

    def settle(self) -> None:
        """Search each cut again while the others stay, until nothing is won; each is then proved beside them."""
        before = None
        while before != self.removed(self.places):
            before, self.found = self.removed(self.places), []
            for at, asked in enumerate(self.asked):
                found = asked.found(self._others(at), self.each, self.places[at])
                assert found.placed is not None  # it began at a plane that is allowed
                self.planes += found.planes
                self.places[at] = found.placed
                self.found.append(found)

    def close_the_gap(self) -> None:
        """Raise the bound by sharing out bone between the cuts, and take better cuts that come up on the way."""
        sharing = Sharing(
            bone=self.bone, asked=self.asked, fixed=self.fixed, tolerance=self.tolerance / 4, budget=self.effort.budget
        )
        sharing.begin(self.places)
        for _ in range(int(SHARING_ROUNDS.number) if len(self.asked) > 1 else 0):
            gap = self.removed(self.places) - self.least
            if gap <= self.tolerance or not sharing.step or not self.each.budget:
                return
            proved = sharing.proved(self.places)
            self.planes += proved.planes
            self.least = max(self.least, proved.least)
            if self.removed(proved.places) < self.removed(self.places):
                self.places = list(proved.places)
                self.settle()

    def spare(self, spared: Mask) -> int:
        """Turn the cuts away from what should rather stay, and straight, as far as they stay proved.

        What of it is still removed is given back.
        """
        most = math.floor(self.least + self.tolerance)
        sparing = Sparing(
            bone=self.bone, asked=self.asked, fixed=self.fixed, spared=spared, most=most, places=list(self.places)
        )
        before = sparing.taken()
        if self.removed(self.places) > most:
            return before
        if before:
            sparing.settle()
        has_turned = sparing.straighten() or sparing.taken() < before
        self.planes += sparing.planes
        if has_turned:
            self.places = sparing.places
            self._found_anew()
        return sparing.taken()

    def _found_anew(self) -> None:
        """No cut beside others takes less than all of them could: so the bound of all is that of each."""
        removed = self.removed(self.places)
        self.found = [replace(found, removed=removed, least=self.least) for found in self.found]

    def cuts(self, spared: int | None) -> Cuts:
        """All cuts with their certificate; ``spared`` are the voxels removed that should rather stay."""
        cc, ill_cc = self.bone.grid.voxel_cc, self.bone.ill_cc(self.fixed)
        sides = (*self.fixed, *self._sides(self.places))
        removed = self.removed(self.places)
        healthy, around = removed * cc - ill_cc, self.bone.healthy_cc(sides)
        beyond = np.sum([~self.bone.inside((side,)) for side in sides], axis=0)
        return Cuts(
            cuts=self._certified(),
            fixed=self.wanted.fixed,
            fixed_margins_mm=tuple(self._margin_mm(cut) for cut in self.wanted.fixed),
            value_cc=healthy,
            value_interval=Interval(low=min(around.low, healthy), high=max(around.high, healthy)),
            lower_cc=self.least * cc - ill_cc,
            lower_alone_cc=self.least_alone * cc - ill_cc,
            removed_cc=removed * cc,
            kept_cc=(self.bone.rows.total - removed) * cc,
            shared_cc=int((beyond > 1).sum()) * cc,
            effort=self.effort,
            evaluations=self.planes,
            sparing_cc=None if spared is None else spared * cc,
        )

    def _certified(self) -> tuple[Certified, ...]:
        return tuple(
            asked.certified(found, placed, self._others(at), self.effort)
            for at, (asked, found, placed) in enumerate(zip(self.asked, self.found, self.places, strict=True))
        )

    def removed(self, places: Sequence[Placed]) -> int:
        """The voxels on the tumour's side of the fixed cuts and of these."""
        return int(self.bone.inside((*self.fixed, *self._sides(places))).sum())

    def _sides(self, places: Sequence[Placed]) -> tuple[Side, ...]:
        return tuple(asked.side(placed) for asked, placed in zip(self.asked, places, strict=True))

    def _others(self, at: int) -> tuple[Side, ...]:
        """The sides of all cuts but one."""
        return (*self.fixed, *(side for k, side in enumerate(self._sides(self.places)) if k != at))

    def _margin_mm(self, cut: FixedCut) -> float:
        """What a fixed cut leaves between the tumour's outline and the near face of its blade, rounded down, mm.

        The whole outline counts, also where the blade does not run: there it could only be more.
        """
        side = _side_of(cut)
        near = side.offset_mm - HAIR_MM - cut.kerf_mm
        return tenth_down(near - float(self.tumour.reach_mm(side.normal[None])[0][0]))
