"""The outcomes of every complete form of an instrument in one table, and of forms with open items as its margins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.stage.columns.answers import OPEN, Axis, Places
from enbloc.stage.instrument import Instrument, Outcome

CELL = np.dtype(
    [
        ("lowest", np.float64),  # total, NaN without points
        ("highest", np.float64),
        ("reachable", np.uint64),  # a bit for each category; none where the answers contradict each other
        ("why", np.int32),  # then the number of the reason
        ("involved", np.uint64),  # and a bit for each item of which another answer would put it right
    ]
)
Cells = NDArray[np.void]
NO_REASON = -1


def blank(*shape: int) -> Cells:
    """Cells that nothing can reach."""
    cells = np.zeros(shape, CELL)
    cells["lowest"] = cells["highest"] = np.nan
    cells["why"] = NO_REASON
    return cells


def fill(cells: Cells, at: int, outcome: Outcome, bits: Mapping[str, int]) -> None:
    """Write an outcome, with the other readings of the same answers, into a cell."""
    every = (outcome, *outcome.otherwise)
    totals = [each.total for each in every if each.total is not None]
    if totals:
        cells["lowest"][at], cells["highest"][at] = min(totals), max(totals)
    for each in every:
        cells["reachable"][at] |= np.uint64(bits[each.category])


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
    """Every complete form of an instrument: ``cells`` has one axis for each item, by the place of its answer."""

    axes: tuple[Axis, ...]
    cells: Cells
    reasons: tuple[str, ...]

    def look_up(self, places: NDArray[np.int16]) -> Cells:
        """The cells of rows by the places of their answers, shape (items, rows)."""
        is_open = places == OPEN
        pattern = np.zeros(places.shape[1], np.int64)
        for at, each in enumerate(is_open):
            pattern |= each.astype(np.int64) << at
        found = blank(places.shape[1])
        for one in np.unique(pattern).tolist():
            rows = np.flatnonzero(pattern == one)
            kept = [at for at in range(len(self.axes)) if not one >> at & 1]
            margin = self._margin(one)
            found[rows] = margin.take(_codes(places, kept, rows, margin.shape))
        return found

    def _margin(self, pattern: int) -> Cells:
        """The table without the items that are open in ``pattern``, taken together over their possible answers."""
        cells = self.cells
        for at in reversed(range(len(self.axes))):  # from the last, so that the axes before keep their numbers
            if pattern >> at & 1:
                cells = _together(cells.take(self.axes[at].unanswered, axis=at), at)
        kept = [at for at in range(len(self.axes)) if not pattern >> at & 1]
        return _with_involved(cells, kept)


def _codes(places: Places, kept: list[int], rows: NDArray[Any], shape: tuple[int, ...]) -> NDArray[np.intp]:
    """The number of each row's cell in the flat table."""
    code = np.zeros(len(rows), np.intp)
    for at, size in zip(kept, shape, strict=True):
        code *= size
        code += places[at] if len(rows) == places.shape[1] else places[at][rows]
    return code


def _together(cells: Cells, axis: int) -> Cells:
    """Everything that can be reached along an axis."""
    found = blank(*cells.shape[:axis], *cells.shape[axis + 1 :])
    found["lowest"] = np.fmin.reduce(cells["lowest"], axis=axis)
    found["highest"] = np.fmax.reduce(cells["highest"], axis=axis)
    found["reachable"] = np.bitwise_or.reduce(cells["reachable"], axis=axis)
    found["why"] = np.where(found["reachable"] == 0, cells["why"].max(axis=axis), NO_REASON)
    return found


def _with_involved(cells: Cells, kept: list[int]) -> Cells:
    """The cells with the items that make them contradict: those of which another answer would be allowed."""
    is_allowed = cells["reachable"] != 0
    if is_allowed.all():
        return cells
    involved = np.zeros(cells.shape, np.uint64)
    for axis, item in enumerate(kept):
        involved |= np.where(is_allowed.any(axis=axis, keepdims=True), np.uint64(1 << item), np.uint64(0))
    every = np.uint64(sum(1 << item for item in kept))  # none of them alone puts it right
    marked = cells.copy()
    marked["involved"] = np.where(is_allowed, 0, np.where(involved == 0, every, involved))
    return marked


def table(instrument: Instrument, axes: Iterable[Axis], bits: Mapping[str, int]) -> Table:
    """Go through every complete form once."""
    axes = tuple(axes)
    names = [axis.question.name for axis in axes]
    shape = [len(axis.answers) for axis in axes]
    flat, reasons = blank(int(np.prod(shape))), dict[str, int]()
    for at, chosen in enumerate(product(*(axis.answers for axis in axes))):
        try:
            outcome = instrument.form(**dict(zip(names, chosen, strict=True))).outcome
        except RecordError as contradiction:
            flat["why"][at] = reasons.setdefault(str(contradiction), len(reasons))
        else:
            fill(flat, at, outcome, bits)
    return Table(axes=axes, cells=flat.reshape(shape), reasons=tuple(reasons))
