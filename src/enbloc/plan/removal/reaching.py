"""What each approach reaches: every cell of tumour tried along every direction of its cone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.kernels.lines import passed, ways_out
from enbloc.plan.readings import Readings
from enbloc.plan.removal.approaches import Approach, Directions, directions
from enbloc.plan.removal.room import Bones, Obstacle, Room, bars_of
from enbloc.plan.removal.target import Target

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
AS_DRAWN, TIGHT, WIDE = 0.0, 1.0, -1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """Tumour, obstacles and bone in the cells of one room."""

    room: Room
    target: Target
    obstacles: tuple[Obstacle, ...]
    bones: Bones

    @cached_property
    def bars(self) -> dict[float, Bytes]:
        """What bars an instrument as drawn, and when the surfaces lie off towards it and away from it."""
        return {way: bars_of(self.room, self.obstacles, way) for way in (AS_DRAWN, TIGHT, WIDE)}

    @cached_property
    def healthy(self) -> Bytes:
        """1 for the cells of bone without tumour."""
        held = (self.bones.number > 0).astype(np.uint8)
        held[tuple(self.target.cells[self.target.cc > 0.0].T)] = 0
        return held

    def barring(self, numbers: Ints) -> tuple[Structure, ...]:
        """The structures behind the numbers of obstacles, each once, that which bars most first."""
        found, count = np.unique(numbers[numbers > 0], return_counts=True)
        order = np.lexsort((found, -count))
        return tuple(self.obstacles[int(found[at]) - 1].structure for at in order)


@dataclass(frozen=True, eq=False, kw_only=True)
class Way:
    """What one approach reaches of a target: ``chosen`` is the direction of least bone for each cell, -1 for none.

    ``price_mm`` is the bone on it, ``met`` the number of the nearest obstacle where there is none, at the tightest
    reading.
    """

    approach: Approach
    steps: Ints
    chosen: Ints
    price_mm: Floats
    reached: Readings
    met: Ints

    def opened(self, scene: Scene, which: Bools) -> Bytes:
        """The cells of healthy bone on the ways of some cells of the target."""
        chosen = np.where(which & self.reached.now & (scene.target.cc > 0.0), self.chosen, -1)
        return passed(scene.healthy, scene.target.cells, chosen, self.steps)


def way_of(scene: Scene, approach: Approach) -> Way:
    """What an approach reaches."""
    held, none = directions(approach), np.zeros_like(scene.healthy)
    chosen, price, _ = _both(scene.bars[AS_DRAWN], scene.healthy, scene.target, held)
    least, _, met = _both(scene.bars[TIGHT], none, scene.target, held)
    most, _, _ = _both(scene.bars[WIDE], none, scene.target, held)
    reached = Readings(now=chosen >= 0, least=least >= 0, most=most >= 0)
    return Way(approach=approach, steps=held.steps, chosen=chosen, price_mm=price, reached=reached, met=met)


def _both(bars: Bytes, dear: Bytes, target: Target, held: Directions) -> tuple[Ints, Floats, Ints]:
    """The ways out of the cells on either side, each with the order of its side."""
    count = len(target.cells)
    chosen, price, met = np.full(count, -1), np.full(count, np.inf), np.zeros(count, np.int64)
    for side, order in ((target.is_left, held.leftwards), (~target.is_left, held.rightwards)):
        starts = np.ascontiguousarray(target.cells[side])
        steps = np.ascontiguousarray(held.steps[order])
        found, price[side], met[side] = ways_out(bars, dear, starts, steps, held.lengths[order])
        chosen[side] = np.where(found >= 0, order[found], -1)
    return chosen, price, met


@dataclass(frozen=True, eq=False, kw_only=True)
class Together:
    """What one or several approaches reach together."""

    scene: Scene
    ways: tuple[Way, ...]

    @cached_property
    def reached(self) -> Readings:
        first, *others = self.ways
        left = ~first.reached
        for other in others:
            left = left & ~other.reached
        return ~left

    @cached_property
    def met(self) -> Ints:
        """The number of the nearest obstacle for what is left at the tightest reading, as the first approach met it."""
        return np.where(self.reached.least, 0, self.ways[0].met)

    @cached_property
    def opened(self) -> Bytes:
        """The cells of healthy bone on the ways of least bone."""
        prices = np.stack([way.price_mm for way in self.ways])
        best = np.argmin(prices, axis=0)
        found = np.zeros_like(self.scene.healthy)
        for number, way in enumerate(self.ways):
            found |= way.opened(self.scene, best == number)
        return found

    def parts(self) -> Iterator[tuple[int, Bools]]:
        """The numbers of places with tumour that may be left, and the cells of the target there."""
        target = self.scene.target
        there = ~self.reached.least & (target.most > 0.0)
        for place in np.unique(target.places[there]):
            yield int(place), target.places == place
