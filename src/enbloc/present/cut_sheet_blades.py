"""Where the blades of an operation lie on a drawing: lines of entry, sections of the sheets, and sheets seen flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.sheet.values import CutNumbers, Entry, Wound
from enbloc.plan.solids.sheets import Sheet
from enbloc.present.cut_sheet_views import Leaf

Floats = NDArray[np.float64]
_EDGEWISE = 0.4  # a blade that turns more of itself than this towards the viewer is no line
_LEAST_MM = 0.5  # a shorter line is a speck


@dataclass(frozen=True, eq=False, kw_only=True)
class Blade:
    """One numbered cut on one drawing.

    ``solid`` are lines, each of shape (n, 2), where it lies in bone in the plane of the drawing or enters bone;
    ``dashed`` where it lies in a disc, and ``flat`` the rim of a sheet that lies beside the plane.
    """

    number: int
    solid: tuple[Floats, ...] = ()
    dashed: tuple[Floats, ...] = ()
    flat: tuple[Floats, ...] = ()

    @property
    def is_drawn(self) -> bool:
        return bool(self.solid or self.dashed or self.flat)

    @property
    def lines(self) -> tuple[Floats, ...]:
        """What its number stands beside."""
        return self.solid or self.dashed or self.flat


@dataclass(frozen=True, eq=False, kw_only=True)
class Drawn:
    """What blades are drawn from: the sheet of a cut, its numbers, and the ``body`` of its vertebra in its frame.

    ``body`` is two corners, shape (2, 3), in the frame of ``home``.
    """

    number: int
    sheet: Sheet
    told: CutNumbers
    home: Vertebra
    body: Floats

    def from_wound(self, leaf: Leaf) -> Blade:
        """Its lines of entry, and the sheet itself where it faces the surgeon."""
        entered = [_on(leaf, [entry.patient_mm for entry in _across(run.entries)]) for run in self.told.runs]
        flat = self._rims(leaf) if not self._is_edgewise(leaf) else ()
        in_disc = self._in_disc(leaf, (1, 0, 2), self._edge_mm) if self.told.disc else ()
        return Blade(number=self.number, solid=tuple(entered), dashed=in_disc, flat=flat)

    def in_plane(self, leaf: Leaf, *, is_sagittal: bool) -> Blade:
        """Where it crosses the plane of a drawing; what lies beside that plane is drawn as a rim, if it is a line."""
        met = tuple(leaf.on(line) for line in crossings(self.sheet.islands, leaf.centre, leaf.through))
        met = tuple(line for line in met if np.linalg.norm(line[1] - line[0]) > _LEAST_MM * leaf.unit)
        in_disc = self._in_disc(leaf, (0, 1, 2), 0.0) if is_sagittal and self.told.disc else ()
        beside = () if met or in_disc or not is_sagittal or not self._is_edgewise(leaf) else self._rims(leaf)
        return Blade(number=self.number, solid=met, dashed=in_disc, flat=beside)

    @property
    def _edge_mm(self) -> float:
        """The edge of the body that the surgeon comes to first."""
        return float(self.body[0, 1]) if self.told.wound is Wound.ANTERIOR else self.home.back_mm

    def _is_edgewise(self, leaf: Leaf) -> bool:
        return abs(float(leaf.through @ np.array(self.sheet.cut.plane.normal))) < _EDGEWISE

    def _rims(self, leaf: Leaf) -> tuple[Floats, ...]:
        return tuple(leaf.on(np.concatenate([island[0], island[0][:1]])) for island in self.sheet.islands)

    def _in_disc(self, leaf: Leaf, axes: tuple[int, int, int], at: float) -> tuple[Floats, ...]:
        """The sheet along a disc: in the frame, where axis ``axes[0]`` is ``at``, from end to end of the body."""
        held, along, up = axes
        plane = self.sheet.cut.plane
        normal = self.home.axes @ np.array(plane.normal)
        point = self.home.inside(np.array(plane.point_mm)[None])[0]
        if abs(float(normal[up])) < _EDGEWISE:
            return ()
        own = np.zeros((2, 3))
        own[:, held], own[:, along] = at, self.body[:, along]
        rest = normal @ point - own[:, held] * normal[held] - own[:, along] * normal[along]
        own[:, up] = rest / normal[up]
        return (leaf.on(self.home.origin + own @ self.home.axes),)


def _across(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Met first stands between both ends."""
    return (entries[1], entries[0], *entries[2:])


def _on(leaf: Leaf, places: Iterable[tuple[float, float, float]]) -> Floats:
    return leaf.on(np.array(list(places)))


def crossings(islands: tuple[tuple[Floats, ...], ...], point: Floats, normal: Floats) -> Iterator[Floats]:
    """Where flat polygons with holes cross a plane: segments of shape (2, 3)."""
    for island in islands:
        met = np.array([place for line in island for place in _met(line, point, normal)])
        if len(met) < 2:
            continue
        way = met[int(np.argmax(np.linalg.norm(met - met[0], axis=1)))] - met[0]
        ordered = met[np.argsort(met @ way, kind="stable")]
        for at in range(0, len(ordered) - 1, 2):
            yield ordered[at : at + 2]


def _met(line: Floats, point: Floats, normal: Floats) -> Iterator[Floats]:
    """Where a closed line goes through a plane; a place on it counts as before it."""
    after = np.roll(line, -1, axis=0)
    here, there = (line - point) @ normal, (after - point) @ normal
    for at in np.flatnonzero((here > 0.0) != (there > 0.0)):
        share = here[at] / (here[at] - there[at])
        yield line[at] + share * (after[at] - line[at])
