"""One lesion beside its dura: which voxels go for a target, how much that is, and how near the rest comes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, Level, Side
from enbloc.case.answer import Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.case.geometry import triple
from enbloc.measure.cord.epidural import drawn_on_mr
from enbloc.measure.tumour.mass import Tumour
from enbloc.plan.decompression.around import Apart, Dura
from enbloc.plan.decompression.decompression import Nearest
from enbloc.plan.decompression.places import DIRECTIONS, Places, quarters
from enbloc.plan.field import Field
from enbloc.plan.readings import Readings
from enbloc.plan.rounding import HAIR_MM, tenth_down, tenth_up
from enbloc.plan.volume import Volume
from enbloc.plan.voxels import half_voxel_mm

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """A tumour, its dura and its cord; ``cord`` is a sentence where the distance to it is not known.

    Arrays have one row for a voxel of the tumour, in the order of ``mass.points_mm``.
    """

    field: Field
    mass: Tumour
    dura: Dura
    cord: Apart | str
    places: Places

    @property
    def order(self) -> tuple[Level, ...]:
        """The labelled levels, head to foot."""
        return self.field.column.levels

    @cached_property
    def level_at(self) -> Ints:
        """The index in ``order`` of the level of each voxel."""
        return self.places.tumour_levels

    @cached_property
    def direction_at(self) -> Ints:
        """The index in `DIRECTIONS` of the direction of each voxel from the middle of the sac."""
        return self.places.directions(self.mass.points_mm, self.level_at)

    @property
    def is_bone_known(self) -> bool:
        """Whether the labels tell which tumour lies in bone."""
        return not self.mass.replaces_bone

    @property
    def shown_on_mr(self) -> bool:
        """Whether sac or cord, where they show the dura, were outlined on an MR; a canal is seen on CT as well."""
        solid = self.dura.solid
        return solid.structure == CANAL or drawn_on_mr(self.field.images, solid.labels)

    def removed(self, target_mm: float) -> Readings:
        """The tumour that comes nearer to the dura than a target, whole voxels."""
        far = target_mm - HAIR_MM
        to = self.dura.apart
        return Readings(now=to.mm < far, least=to.inner < far, most=to.outer < far)

    def amount(self, part: Readings) -> Volume:
        """How much that is; a voxel of the tumour's own surface may hold half as much or half as much again."""
        cc, half = self.mass.grid.voxel_cc, np.where(self.mass.is_core, 0.0, 0.5)
        low, high = float((1.0 - half)[part.least].sum()), float((1.0 + half)[part.most].sum())
        return Volume(cc=cc * int(part.now.sum()), interval=Interval(low=cc * low, high=cc * high))

    def nearest(self, to: Apart, held: Bools) -> Nearest | None:
        """The smallest distance of the voxels that are held, and where; nothing if none is.

        Where several are as near, the one in their midst is named, and the side on which most of them lie.
        """
        if not held.any():
            return None
        kept = np.flatnonzero(held)
        near = kept[to.mm[kept] <= to.mm[kept].min() + HAIR_MM]
        points = self.mass.points_mm[near]
        spot = int(near[np.argmin(np.linalg.norm(points - points.mean(axis=0), axis=1))])
        level = self.order[int(self.level_at[spot])]
        x, y = self.places.offsets(points, level)[:, :2].mean(axis=0)
        low, high = float(to.low[kept].min()), float(to.high[kept].min())
        a, b, c = (round(number, 2) + 0.0 for number in triple(self.mass.points_mm[spot]))
        return Nearest(
            mm=tenth_down(float(to.mm[spot])),
            interval=Interval(low=tenth_down(low), high=tenth_up(high)),
            at_mm=(a, b, c),
            level=level,
            direction=DIRECTIONS[int(quarters(np.array([x]), np.array([y]))[0])],
            side=self._side(level, float(x)),
        )

    def _side(self, level: Level, x: float) -> Side | None:
        """The half of the sac that a place lies in; none within half a voxel of its middle."""
        if abs(x) <= float(half_voxel_mm(self.mass.grid, self.places.frame(level).axes[0])):
            return None
        return Side.LEFT if x > 0.0 else Side.RIGHT

    def to_cord(self, held: Bools) -> Nearest | Unknown | None:
        """The smallest distance to the cord, or what would tell it."""
        return unknown(self.cord) if isinstance(self.cord, str) else self.nearest(self.cord, held)

    def to_sac(self, held: Bools) -> Nearest | Unknown | None:
        """The smallest distance to the thecal sac itself: what stands in for it tells none."""
        return self.nearest(self.dura.apart, held) if self.dura.is_sac else unknown("label of the thecal sac")
