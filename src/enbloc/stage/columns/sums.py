"""The outcomes of an instrument of many items by their sum, for forms that are too many for a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.stage.columns.answers import OPEN, Axis
from enbloc.stage.columns.table import CELL, Cells, blank, contradiction, reached
from enbloc.stage.instrument import Instrument, Outcome

MILLIONTHS = 1_000_000
COUNTED = 64
"""A sum is one whole number: the points in millionths, times this, plus how many items were answered."""

Keys = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Sums:
    """What each answer adds, and the cells of all sums that there are, ascending.

    Items that add alike are of one ``class_of``, so that only the number of open ones among them matters.
    """

    axes: tuple[Axis, ...]
    keys: tuple[Keys, ...]
    class_of: tuple[int, ...]
    sums: Keys
    cells: Cells
    reasons: tuple[str, ...]

    def look_up(self, places: NDArray[np.int16]) -> Cells:
        """The cells of rows by the places of their answers, shape (items, rows)."""
        rows = places.shape[1]
        known, pattern = np.zeros(rows, np.int64), np.zeros((rows,), np.int64)
        for item, keys in enumerate(self.keys):
            is_open = places[item] == OPEN
            known += np.where(is_open, 0, keys[places[item]])
            pattern += np.where(is_open, self._weights[self.class_of[item]], 0)
        found = blank(rows)
        for one, these in _groups(pattern):
            distinct, at = np.unique(known[these], return_inverse=True)
            found[these] = self._cells(distinct, self._open_sums(one))[at]
        found["involved"] = np.where(found["reachable"] == 0, self._left_blank(places), 0)
        return found

    @property
    def _weights(self) -> list[int]:
        """What one open item of each class adds to the number of a pattern."""
        weights = [1]
        for one in range(max(self.class_of)):
            weights.append(weights[-1] * (self.class_of.count(one) + 1))
        return weights

    def _open_sums(self, pattern: int) -> Keys:
        """Every sum that the open items of a pattern can come to."""
        reached = np.zeros(1, np.int64)
        for one, weight in enumerate(self._weights):
            members = self.class_of.count(one)
            at = self.class_of.index(one)
            for _ in range(pattern // weight % (members + 1)):
                reached = np.unique(np.add.outer(reached, self.keys[at][self.axes[at].unanswered]))
        return reached

    def _cells(self, known: Keys, more: Keys) -> Cells:
        """For each known sum everything that it can still come to."""
        every = self.cells[np.searchsorted(self.sums, np.add.outer(known, more))]
        found = np.zeros(len(known), CELL)
        found["lowest"] = np.fmin.reduce(every["lowest"], axis=1)
        found["highest"] = np.fmax.reduce(every["highest"], axis=1)
        found["reachable"] = np.bitwise_or.reduce(every["reachable"], axis=1)
        found["why"] = every["why"].max(axis=1)
        return found

    def _left_blank(self, places: NDArray[np.int16]) -> NDArray[np.uint64]:
        """A bit for each item of a row that was not answered: nothing else can contradict in a sum."""
        found = np.zeros(places.shape[1], np.uint64)
        for at, keys in enumerate(self.keys):
            is_blank = (keys % COUNTED == 0)[places[at]] & (places[at] != OPEN)
            found |= is_blank.astype(np.uint64) << np.uint64(at)
        return found


def _groups(pattern: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """The rows of each pattern."""
    distinct, at, counts = np.unique(pattern, return_inverse=True, return_counts=True)
    rows = np.argsort(at, kind="stable") if len(distinct) > 1 else np.arange(len(pattern))
    ends = np.cumsum(counts).tolist()
    for one, start, end in zip(distinct.tolist(), [0, *ends], ends, strict=False):
        yield one, rows[start:end]


def sums(instrument: Instrument, axes: Iterable[Axis], bits: Mapping[str, int]) -> Sums:
    """What each answer of an instrument adds, from the forms that differ from the first in one answer."""
    axes = tuple(axes)
    keys = _mean_keys(instrument, axes) if instrument.averaged else _total_keys(instrument, axes)
    every = np.zeros(1, np.int64)
    for each in keys:
        every = np.unique(np.add.outer(every, each))
    flat, reasons = [], dict[str, int]()
    outcome = _outcome(instrument)
    for key in every.tolist():
        try:
            flat.append(reached(outcome(key // COUNTED / MILLIONTHS, key % COUNTED), bits))
        except RecordError as too_few:
            flat.append(contradiction(reasons.setdefault(str(too_few), len(reasons))))
    alike: dict[Any, int] = {}
    add_alike = [(each.tobytes(), *axis.unanswered) for each, axis in zip(keys, axes, strict=True)]
    class_of = tuple(alike.setdefault(each, len(alike)) for each in add_alike)
    cells = np.array(flat, CELL)
    return Sums(axes=axes, keys=keys, class_of=class_of, sums=every, cells=cells, reasons=tuple(reasons))


def _outcome(instrument: Instrument) -> Callable[[float, int], Outcome]:
    band, averaged = instrument.band, instrument.averaged
    if averaged is not None:
        return averaged
    assert band is not None
    return lambda total, _: Outcome(total=total, category=band(total))


def _total_keys(instrument: Instrument, axes: tuple[Axis, ...]) -> tuple[Keys, ...]:
    """By item what each answer changes in the total of the first form; the first item carries that total."""
    start = {axis.question.name: axis.answers[0] for axis in axes}
    base = instrument.form(**start).outcome.total
    found: list[Keys] = []
    for axis in axes:
        outcomes = [instrument.form(**(start | {axis.question.name: each})).outcome for each in axis.answers]
        less = base if found else 0.0
        found.append(_keys([outcome.total - less for outcome in outcomes]))
    return tuple(found)


def _mean_keys(instrument: Instrument, axes: tuple[Axis, ...]) -> tuple[Keys, ...]:
    """By item the points of each answer, and whether it counts as answered."""
    start = {axis.question.name: axis.answers[0] for axis in axes}
    found = []
    for axis in axes:
        name = axis.question.name
        points = [dict(instrument.form(**(start | {name: each})).outcome.points).get(name) for each in axis.answers]
        found.append(_keys([each or 0.0 for each in points]) + np.array([each is not None for each in points]))
    return tuple(found)


def _keys(points: Iterable[float]) -> Keys:
    return np.array([round(each * MILLIONTHS) * COUNTED for each in points], np.int64)
