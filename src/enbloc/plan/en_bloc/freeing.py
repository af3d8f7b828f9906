"""The cuts that free a specimen: searched where nobody placed them, or why there are none and what would go."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Part, Side, Structure
from enbloc.case.geometry import Plane
from enbloc.plan.anatomy import VESSELS
from enbloc.plan.cutting.bone import Bone, Outline
from enbloc.plan.cutting.certificate import Certified, Effort, NoCut
from enbloc.plan.cutting.plane import best_cut
from enbloc.plan.cutting.roles import FixedCut, Role
from enbloc.plan.cutting.several import Cuts, Wanted, best_cuts
from enbloc.plan.en_bloc.parameters import MARGIN_STEP, RIM
from enbloc.plan.en_bloc.placing import placed_in
from enbloc.plan.en_bloc.template import Template
from enbloc.plan.en_bloc.whole import WithBodies, inside_of
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.value import value

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@value
class Freed:
    """The cuts of one specimen in the order of their roles, further ones last, with what the search says of them."""

    cuts: tuple[FixedCut, ...]
    searched: tuple[Certified, ...] = ()
    found: Cuts | None = None


@value
class NotFreed:
    """Why there are no cuts, and what would go instead, in sentences."""

    reasons: tuple[str, ...]
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Freeing:
    """The search for the cuts of one operation in one field."""

    field: Field
    template: Template
    wishes: Wishes

    @property
    def roles(self) -> tuple[Role, ...]:
        """The cuts that are searched: those that nobody placed."""
        placed = {cut.name for cut in self.wishes.placed}
        return tuple(role for role in self.template.roles if role.name not in placed)

    @cached_property
    def placed(self) -> tuple[FixedCut, ...]:
        """The cuts that a person placed, in the patient."""
        column, outline = self.field.column, self.field.outline
        return tuple(placed_in(one, self.template, column, outline) for one in self.wishes.placed)

    def bone(self) -> Bone:
        """The involved vertebrae with their neighbours, for a cut may run beyond the endplate."""
        return self.field.bone(self.field.around)

    def outline(self, margin_mm: float) -> Outline:
        """What the cuts keep the margin to: the tumour, and bodies that go whole as far as their rims."""
        tumour, inside = self.field.outline, self._inside
        if inside is None:
            return tumour
        return WithBodies(
            vertices_mm=tumour.vertices_mm, grid=tumour.grid, inside_mm=inside, further_mm=RIM.number - margin_mm
        )

    @cached_property
    def _inside(self) -> Floats | None:
        """The insides of the bodies that go whole; nothing where none does."""
        return inside_of(self.field.column, self.template.levels) if self.template.takes_bodies else None

    def _borders(self) -> Iterator[FixedCut]:
        """The natural borders of the specimen as cuts without a blade: no cut is to spare bone beyond them."""
        for at, limit in enumerate(self.template.limits, 1):
            x, y, z = (-number + 0.0 for number in limit.normal)
            plane = Plane(point_mm=limit.point_mm, normal=(x, y, z))
            yield FixedCut(name=f"border {at}", plane=plane, kerf_mm=0.0)

    def answered(self) -> Freed | NotFreed:
        """The cuts, or why there are none; where a vessel bars one, those that there are while it is held away."""
        if not self.roles:
            return Freed(cuts=self.placed)
        found = self._searched(self.roles)
        if not isinstance(found, Cuts):
            found = self._searched(_held_away(self.roles))
        if isinstance(found, Cuts):
            return self._freed(found)
        return NotFreed(reasons=tuple(one.reason for one in found), nearest=self._nearest(found))

    def _searched(self, roles: tuple[Role, ...]) -> Cuts | tuple[NoCut, ...]:
        bone, margin_mm = self.bone(), self.wishes.margin_mm
        return best_cuts(
            bone,
            self.outline(margin_mm),
            wanted=Wanted(roles=roles, margin_mm=margin_mm, fixed=(*self.placed, *self._borders())),
            keep_out=self.field.keep_out(bone, _structures(roles)),
            sparing=None if self.template.takes_bodies else _facets(self.field, bone),
        )

    def _freed(self, found: Cuts) -> Freed:
        at = {cut.role.name: _exact(cut) for cut in found.cuts} | {cut.name: cut for cut in self.placed}
        names = [role.name for role in self.template.roles]
        further = [cut for cut in self.placed if cut.name not in names]
        return Freed(cuts=(*(at[name] for name in names), *further), searched=found.cuts, found=found)

    def _nearest(self, missing: Sequence[NoCut]) -> tuple[str, ...]:
        """The largest smaller margin with which all of the cuts could be made.

        All are tried: one that was found with the margin asked for may lie too far out for a smaller one.
        """
        low, high = 0, math.ceil(self.wishes.margin_mm / MARGIN_STEP.number)  # the margin asked for has none
        if not high or not self._go(0.0):
            named = " and ".join(one.role.name for one in missing)
            return (f"not even without any margin is there a {named}",) if high else ()
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._go(middle * MARGIN_STEP.number) else (low, middle)
        return (f"with a margin of {low * MARGIN_STEP.number:g} mm all of its cuts can be made",)

    def _go(self, margin_mm: float) -> bool:
        bone, roles = self.bone(), _held_away(self.roles)
        near, outline = self.field.keep_out(bone, _structures(roles)), self.outline(margin_mm)
        loose = Effort(tolerance_cc=bone.grid.voxel_cc * bone.rows.total)  # any plane will do
        found = (best_cut(bone, outline, role=role, margin_mm=margin_mm, keep_out=near, effort=loose) for role in roles)
        return all(isinstance(one, Certified) for one in found)


def _facets(field: Field, bone: Bone) -> Mask:
    """The articular processes in the bone, which would rather stay: of two cuts proved alike the one that spares them.

    In a vertebrectomy the arch goes whatever the cuts are.
    """
    held = np.zeros(bone.mask.shape, bool)
    for level in field.around:
        if level not in field.column.parts:
            continue
        crop, parts = field.column.spine[level].crop, field.column.parts[level]
        start = np.rint(bone.grid.indices(crop.grid.points_mm(np.zeros((1, 3))))[0]).astype(int)
        a, b, c = (slice(first, first + size) for first, size in zip(start, crop.grid.shape, strict=True))
        for side in Side:
            held[a, b, c] |= parts.mask(Part.FACET, side)
    return held


def _held_away(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The same cuts with the vessels held away by the surgeon, so that these bind no blade."""
    return tuple(
        replace(
            role,
            keep_away=tuple(
                replace(one, is_shielded=True) if one.structure in VESSELS else one for one in role.keep_away
            ),
        )
        for role in roles
    )


def _structures(roles: Sequence[Role]) -> tuple[Structure, ...]:
    return tuple(dict.fromkeys(one.structure for role in roles for one in role.keep_away))


def _exact(cut: Certified) -> FixedCut:
    """A searched cut with numbers that a file can hold, so fine that the margin, rounded down, is not lost to them."""
    x, y, z = (round(number, 9) + 0.0 for number in cut.plane.point_mm)
    a, b, c = (round(number, 9) + 0.0 for number in cut.plane.normal)
    plane = Plane(point_mm=(x, y, z), normal=(a, b, c))
    return FixedCut(name=cut.role.name, plane=plane, kerf_mm=cut.role.kerf_mm, within=cut.role.within)
