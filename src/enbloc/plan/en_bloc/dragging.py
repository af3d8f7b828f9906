"""A plane of a plan in somebody's hand: what its cuts amount to where it is now, at once and to the last digit.

What does not change while one plane moves is kept: the distances from the tumour to the other cuts, the nearest places
of every barrier that those leave, the bone that they free. Nothing is searched, and the way out is not looked at again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane
from enbloc.errors import RecordError
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.delivery.delivery import Delivery
from enbloc.plan.en_bloc.assessing import Assessed, own_plane
from enbloc.plan.en_bloc.crossing import Entered
from enbloc.plan.en_bloc.freeing import Freed
from enbloc.plan.en_bloc.placing import PlacedCut, placed_in
from enbloc.plan.en_bloc.resection import amounting, begun_as
from enbloc.plan.en_bloc.template import Template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.margin.classes import Appropriateness
from enbloc.plan.margin.execution import SpecimenRisk
from enbloc.plan.margin.map import MarginMap, Reach, Tiles, map_of, to_barrier, to_cut
from enbloc.plan.margin.surface import Barrier, Surface
from enbloc.plan.price.price import Price
from enbloc.plan.proposal import Cut, Plan, Resected
from enbloc.plan.solids.bone import bone_solid
from enbloc.plan.solids.dragged import KeptBone, Shape

Floats = NDArray[np.float64]

NOT_LOOKED_AT = ("way out: not looked at again", "whether better cuts exist: not searched again")


@dataclass(frozen=True, eq=False, kw_only=True)
class Dragged:
    """What the cuts amount to with one of them moved; each number is that of a plan that is made anew with these cuts.

    ``clearances`` say how near the ``moved`` cut comes to what blades keep away from. ``shapes`` are to be looked at;
    there are none without the bone. ``not_looked_at`` is what a plan tells and this does not; ``plan``, where one was
    given before, has the way out of that one, and is not ready until it is looked at again.
    """

    moved: FixedCut
    cuts: tuple[FixedCut, ...]
    margins: MarginMap
    judged: tuple[Appropriateness, ...]
    price: Price
    risks: tuple[SpecimenRisk, ...]
    clearances: tuple[Clearance, ...]
    shapes: tuple[Shape, ...]
    not_looked_at: tuple[str, ...] = NOT_LOOKED_AT
    plan: Plan | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Dragging:
    """The cuts of one operation, one of which is being moved; make it with ``dragging``.

    ``before`` is what the cuts of the plan amount to that is looked at. Without the ``bone`` nobody looks at shapes.
    """

    field: Field
    template: Template
    wishes: Wishes
    freed: Freed
    bone: KeptBone | None = None
    before: Resected | None = None
    _still: dict[str, _Still] = dataclasses.field(default_factory=dict, init=False, repr=False)

    def hold(self, name: str) -> None:
        """Take a cut in hand: work out what stays as it is while it moves, so that the first move is fast too.

        Raises
        ------
        RecordError
            If there is no such cut.
        """
        named = tuple(cut.name for cut in self.freed.cuts)
        if name not in named:
            raise RecordError(f"There is no cut {name!r} to move.", remedy=f"Name one of: {', '.join(named)}.")
        if name not in self._still:
            whole = Assessed(field=self.field, template=self.template, wishes=self.wishes, freed=self.freed)
            self._still[name] = _still(whole, name)
            _ = whole.price  # what it reads off the column is kept there
            if self.bone is not None:
                self.bone.prepare(whole.piece, name)
            whole.clearances_of(next(cut for cut in self.freed.cuts if cut.name == name))  # kept with the field

    def moved(self, name: str, plane: Plane) -> Dragged:
        """What the cuts amount to with the middle of the blade of one of them in ``plane``, patient LPS.

        Which way its normal points does not matter.

        Raises
        ------
        RecordError
            If there is no such cut, or the plane has no direction.
        """
        self.hold(name)
        cuts = tuple(self._placed(cut, plane) if cut.name == name else cut for cut in self.freed.cuts)
        cut = next(cut for cut in cuts if cut.name == name)
        now = _Moved(
            field=self.field,
            template=self.template,
            wishes=self.wishes,
            freed=Freed(cuts=cuts),
            still=self._still[name],
            name=name,
            before=self.before,
        )
        return Dragged(
            moved=cut,
            cuts=cuts,
            margins=now.margins,
            judged=now.judged,
            price=now.price,
            risks=now.risks,
            clearances=now.near_moved,
            shapes=self.bone.cut(now.piece, name) if self.bone is not None else (),
            plan=now.plan(),
        )

    def let_go(self, dragged: Dragged) -> Dragging:
        """The same with the cut where it was moved to, so that another one can be moved."""
        before = dragged.plan.resected if dragged.plan else None
        return replace(self, freed=Freed(cuts=dragged.cuts), before=before)

    def _placed(self, cut: FixedCut, plane: Plane) -> FixedCut:
        asked = PlacedCut(name=cut.name, point_mm=plane.point_mm, normal=plane.normal, kerf_mm=cut.kerf_mm)
        placed = placed_in(asked, self.template, self.field.column, self.field.outline)
        return replace(placed, within=cut.within)


def dragging(
    field: Field, template: Template, wishes: Wishes, freed: Freed, before: Resected | None = None
) -> Dragging:
    """The cuts of an operation, ready to be moved; the bone is made a closed solid once, which takes a second or two.

    Raises
    ------
    RecordError
        If the vertebrae around the lesion are not labelled, or on different grids.
    """
    bone = bone_solid(field.column, field.around, field.lesion.id)
    kept = KeptBone(bone=bone, openings=template.openings)
    return Dragging(field=field, template=template, wishes=wishes, freed=freed, bone=kept, before=before)


@dataclass(frozen=True, eq=False, kw_only=True)
class _StillBarrier:
    """A barrier as far as the cuts that do not move leave it, and its place nearest to each point of the tumour."""

    barrier: Barrier
    tiles: Tiles
    mm: Floats
    places: Floats

    def reach(self, surface: Surface, moved: FixedCut, error_mm: float) -> Reach | None:
        """The distances to what the moved cut leaves of it; nothing where that is nothing.

        A place that is nearest among all is so among those that are left; only where it is gone another is looked for.
        """
        alone, grid = Piece(name=moved.name, cuts=(moved,)), self.tiles.grid
        left = alone.takes(self.tiles.points, grid, way=1.0)
        if not left.any():
            return None
        mm, places = self.mm.copy(), self.places.copy()
        gone = np.flatnonzero(~alone.takes(places, grid, way=1.0))
        if len(gone):
            mm[gone], places[gone] = self.tiles.among(left).nearest(surface, gone)
        return to_barrier(surface, self.barrier, mm, places, error_mm)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Still:
    """What stays while one cut moves: the distances to the other cuts, by name, and the barriers.

    ``entered`` is what the blades ran through before: another cut may bound a blade otherwise once it has moved.
    """

    cuts: dict[str, Reach]
    entered: Entered
    barriers: tuple[_StillBarrier, ...]


def _still(whole: Assessed, name: str) -> _Still:
    others, surface = tuple(cut for cut in whole.freed.cuts if cut.name != name), whole.field.surface
    return _Still(
        cuts={cut.name: to_cut(surface, cut, whole.error_mm) for cut in others},
        entered=whole.entered,
        barriers=tuple(_barriers(whole, others)),
    )


def _barriers(whole: Assessed, others: tuple[FixedCut, ...]) -> Iterator[_StillBarrier]:
    for barrier in whole.field.barriers.found:
        tiles = Tiles.of(barrier.shell)
        if others:
            piece = replace(whole.piece, cuts=others)
            left = piece.takes(tiles.points, tiles.grid, way=1.0)
        else:
            left = reached(whole.template.limits, tiles.points)
        if left.any():
            tiles = tiles.among(left)
            mm, places = tiles.nearest(whole.field.surface)
            yield _StillBarrier(barrier=barrier, tiles=tiles, mm=mm, places=places)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Moved(Assessed):
    """The same assessment, its margin from what stays and from the one cut that has moved."""

    still: _Still
    name: str
    before: Resected | None = None

    def plan(self) -> Plan | None:
        """The plan with these cuts, as far as it is looked at; nothing where none was given before."""
        if self.before is None:
            return None
        plan = amounting(begun_as(self.template, self.field), self, self.resected())
        return replace(plan, not_ready=(*plan.not_ready, *NOT_LOOKED_AT))

    @cached_property
    def delivery(self) -> Delivery:
        """The way out as it was before."""
        return super().delivery if self.before is None else self.before.delivery

    def _cuts(self) -> Iterator[Cut]:
        """The cuts that stay as they were, with the margins that they have now, and the one that has moved."""
        if self.before is None:
            yield from super()._cuts()
            return
        margins = {one.name: one.margin for one in self.margins.bounds if one.is_cut}
        moved = next(cut for cut in self.freed.cuts if cut.name == self.name)
        for cut in self.before.cuts:
            if cut.name != self.name:
                is_as_before = self.entered.get(cut.name) == self.still.entered.get(cut.name)
                near = cut.clearances if is_as_before else self.clearances_of(cut.placed)
                yield replace(cut, margin=margins[cut.name], clearances=near)
                continue
            yield replace(
                cut,
                plane=moved.plane,
                own=own_plane(moved.plane, self.pose),
                margin=margins[cut.name],
                is_placed=True,
                proof="",
                clearances=self.near_moved,
            )

    @cached_property
    def near_moved(self) -> tuple[Clearance, ...]:
        """How near the moved cut comes to what blades keep away from."""
        return self.clearances_of(next(cut for cut in self.freed.cuts if cut.name == self.name))

    @cached_property
    def margins(self) -> MarginMap:
        """The margin, point by point."""
        surface, error = self.field.surface, self.error_mm
        moved = next(cut for cut in self.freed.cuts if cut.name == self.name)
        reaches = [
            to_cut(surface, cut, error) if cut is moved else self.still.cuts[cut.name] for cut in self.freed.cuts
        ]
        reaches += [one for held in self.still.barriers if (one := held.reach(surface, moved, error)) is not None]
        return map_of(surface, reaches, self.freed.cuts, self.field.barriers.missing, frame=self.pose)
