"""Each cut in numbers for the wound, read off its sheet where it meets bone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.sheet.discs import through_disc
from enbloc.plan.sheet.landmarks import Landmarks, landmarks_of, nearest_step, step_down, to_endplate, to_midline
from enbloc.plan.sheet.parameters import ENTERED, FACING, LEVELLED, SMALLEST
from enbloc.plan.sheet.values import CutNumbers, NearStructure, Run, ThroughDisc, Way, Wound
from enbloc.plan.solids.framed import FramedCut
from enbloc.plan.solids.planned import Solids
from enbloc.plan.solids.sheets import Sheet

Floats = NDArray[np.float64]

_INTO: Mapping[Wound, tuple[Way, tuple[float, float, float]]] = {
    Wound.POSTERIOR: (Way.BACK, (0.0, -1.0, 0.0)),
    Wound.ANTERIOR: (Way.FRONT, (0.0, 1.0, 0.0)),
    Wound.LEFT: (Way.LEFT, (-1.0, 0.0, 0.0)),
    Wound.RIGHT: (Way.RIGHT, (1.0, 0.0, 0.0)),
}
"""Where a blade comes from, and which way it goes in the frame of a vertebra."""

_COLUMN_MM = 0.25  # between the columns that the edge of a sheet is looked at in
_FROM_ABOVE = (Way.HEAD, (0.0, 0.0, -1.0))


def cut_numbers(
    made: Solids,
    column: Column,
    *,
    wound: Wound = Wound.POSTERIOR,
    clearances: Mapping[str, Sequence[Clearance]] | None = None,
) -> tuple[CutNumbers, ...]:
    """The numbers of every cut of a plan, in their order.

    ``clearances`` are those of each cut by its name; without them no nearest structure is told.
    """
    known = clearances or {}
    return tuple(
        _numbers(sheet, cut, column, wound, known.get(cut.patient.name))
        for sheet, cut in zip(made.sheets, made.cuts, strict=True)
    )


def _numbers(
    sheet: Sheet, cut: FramedCut, column: Column, wound: Wound, clearances: Sequence[Clearance] | None
) -> CutNumbers:
    marks = landmarks_of(column, cut.level)
    normal = cut.own.plane.unit
    entered_from, laid, faces = _laid(cut, normal, wound)
    found = [_Stretch(lines=tuple(laid.on(marks.one.inside(line)) for line in island)) for island in sheet.islands]
    told = sorted((one for one in found if one.area_mm2 >= SMALLEST.number), key=lambda one: -one.area_mm2)
    disc = through_disc(column, cut, wound=wound, is_in_bone=bool(told))
    return CutNumbers(
        piece=cut.piece,
        cut=cut.patient.name,
        level=cut.level,
        wound=wound,
        entered_from=entered_from,
        kerf_mm=cut.patient.kerf_mm,
        to_upper_endplate=to_endplate(normal, marks.upper[1]) if marks.upper else None,
        to_midline=to_midline(normal),
        runs=tuple(_run(one, laid, marks) for one in told),
        depth_mm=_depth(told),
        length_mm=nearest_step(sum(one.length_mm for one in told)),
        nearest=_nearest(clearances or ()),
        disc=disc,
        notes=(*_said(faces, len(found), len(told), clearances), *_lost(told, disc), *marks.notes),
    )


def _said(faces: bool, found: int, told: int, clearances: Sequence[Clearance] | None) -> Iterator[str]:
    if faces:
        yield "The sheet faces the approach: it is told from its upper edge."
    if not found:
        yield "The sheet meets no bone."
    if told < found:
        yield f"{found - told} of its {found} parts in bone are smaller than {SMALLEST.number:g} mm² and not told."
    if clearances is None:
        yield "How near it comes to a structure was not asked."
    for one in clearances or ():
        if not one.is_labelled:
            yield f"How near it comes to the {one.structure} is not known: that is not labelled."


def _lost(told: Sequence[_Stretch], disc: ThroughDisc | None) -> Iterator[str]:
    if not told and disc is None:
        yield "Nothing on this sheet says where to find this cut: it meets neither bone nor a disc that is known."


@dataclass(frozen=True, eq=False, kw_only=True)
class _Laid:
    """A sheet as a page in the vertebra's frame: unit vectors ``across`` it and ``deep`` into it, from its ``foot``."""

    across: Floats
    deep: Floats
    foot: Floats

    def on(self, own: Floats) -> Floats:
        """Places of the sheet in the frame, shape (n, 3), on the page, shape (n, 2)."""
        return np.stack([own @ self.across, own @ self.deep], axis=1)

    def own(self, place: Floats) -> Floats:
        """A place of the page in the frame, shape (3,)."""
        return np.asarray(self.foot + place[0] * self.across + place[1] * self.deep)

    def towards(self, sign: float) -> Way:
        """Which way an end of the page lies."""
        axis = int(np.argmax(np.abs(self.across)))
        return _ENDS[axis][0 if sign > 0 else 1]


_ENDS = ((Way.LEFT, Way.RIGHT), (Way.BACK, Way.FRONT), (Way.HEAD, Way.FOOT))


def _laid(cut: FramedCut, normal: Floats, wound: Wound) -> tuple[Way, _Laid, bool]:
    """From which side a blade goes in along a sheet, the sheet as a page, and whether it faces the approach."""
    side, way = _INTO[wound]
    faces = not FACING.holds(math.degrees(math.asin(min(1.0, float(np.linalg.norm(np.cross(normal, way)))))))
    if faces:
        side, way = _FROM_ABOVE
    deep = np.array(way) - (normal @ np.array(way)) * normal
    deep /= np.linalg.norm(deep)
    across = np.cross(normal, deep)
    across *= np.sign(across[int(np.argmax(np.abs(across)))])
    foot = float(normal @ np.array(cut.own.plane.point_mm)) * normal
    return side, _Laid(across=across, deep=deep, foot=foot), faces


@dataclass(frozen=True, eq=False, kw_only=True)
class _Stretch:
    """One island of a sheet on its page: ``lines``, shape (k, 2) each, the outer one first."""

    lines: tuple[Floats, ...]

    @property
    def outer(self) -> Floats:
        return self.lines[0]

    @property
    def area_mm2(self) -> float:
        """What the outer line encloses, without the holes."""
        areas = [abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2.0 for x, y in (line.T for line in self.lines)]
        return areas[0] - sum(areas[1:])

    @property
    def length_mm(self) -> float:
        return float(np.ptp(self.outer[:, 0]))

    @cached_property
    def edge(self) -> Floats:
        """Where the blade meets it, column by column across, shape (m, 2)."""
        low, high = self.outer[:, 0].min(), self.outer[:, 0].max()
        across = np.linspace(low, high, max(3, math.ceil((high - low) / _COLUMN_MM) + 1))[1:-1, None]
        start, end = self.outer, np.roll(self.outer, -1, axis=0)
        wide = np.where(end[:, 0] == start[:, 0], 1.0, end[:, 0] - start[:, 0])
        share = (across - start[:, 0]) / wide
        met = (share >= 0.0) & (share <= 1.0) & (end[:, 0] != start[:, 0])
        deep = np.where(met, start[:, 1] + share * (end[:, 1] - start[:, 1]), np.inf)
        return np.column_stack([across[:, 0], deep.min(axis=1)])

    @property
    def first(self) -> Floats:
        """Where the blade meets it first: the middle of the longest stretch of the edge that lies as near."""
        low, high = max(self._met(LEVELLED.number), key=lambda run: run[1] - run[0])
        return np.asarray(self.edge[(low + high - 1) // 2])

    def end(self, sign: int) -> Floats:
        """An end of the line of entry, which is what the blade has met once it is ``ENTERED`` in; 1 is the far one."""
        across = float(self.first[0])
        low, high = next(run for run in self._met(ENTERED.number) if self.edge[run[1] - 1, 0] >= across)
        return np.asarray(self.edge[high - 1 if sign > 0 else low])

    def _met(self, mm: float) -> list[tuple[int, int]]:
        """The runs of columns, first and past the last, that are met once the blade is so far in."""
        deep = self.edge[:, 1]
        met = np.concatenate(([0], (deep <= deep.min() + mm).astype(np.int8), [0]))
        starts, stops = np.flatnonzero(np.diff(met) == 1), np.flatnonzero(np.diff(met) == -1)
        return [(int(start), int(stop)) for start, stop in zip(starts, stops, strict=True)]


def _depth(told: Sequence[_Stretch]) -> float | None:
    if not told:
        return None
    first = min(float(one.outer[:, 1].min()) for one in told)
    return step_down(max(float(one.outer[:, 1].max()) for one in told) - first)


def _run(one: _Stretch, laid: _Laid, marks: Landmarks) -> Run:
    first = float(one.edge[:, 1].min())
    entries = [marks.entry("met first", laid.own(one.first))]
    entries += [marks.entry(f"{laid.towards(sign).value} end", laid.own(one.end(sign))) for sign in (1, -1)]
    return Run(
        entries=tuple(entries),
        depth_mm=step_down(float(one.outer[:, 1].max()) - first),
        length_mm=nearest_step(one.length_mm),
        area_mm2=int(one.area_mm2),
    )


def _nearest(clearances: Sequence[Clearance]) -> NearStructure | None:
    known = [(one.mm, one) for one in clearances if one.mm is not None]
    if not known:
        return None
    mm, one = min(known, key=lambda held: held[0])
    return NearStructure(structure=one.structure, mm=step_down(mm), is_shielded=one.is_shielded)
