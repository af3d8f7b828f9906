"""The outcomes of every complete form of an instrument in one table, and of forms with open items as its margins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import nan

import numpy as np
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.stage.columns.answers import OPEN, Axis
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


def reached(outcome: Outcome, bits: Mapping[str, int]) -> tuple[float, float, int, int, int]:
    """The cell of an outcome, with the other readings of the same answers."""
    every = (outcome, *outcome.otherwise)
    totals = [each.total for each in every if each.total is not None] or [nan]
    reachable = 0
    for each in every:
        reachable |= bits[each.category]
    return min(totals), max(totals), reachable, NO_REASON, 0


def contradiction(reason: int) -> tuple[float, float, int, int, int]:
    """The cell of answers that contradict each other."""
    return nan, nan, 0, reason, 0


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
    """Every form of an instrument: ``cells`` has one axis for each item, by the place of its answer, and last open."""

    axes: tuple[Axis, ...]
    cells: Cells
    reasons: tuple[str, ...]

    def look_up(self, places: NDArray[np.int16]) -> Cells:
        """The cells of rows by the places of their answers, shape (items, rows)."""
        code = np.zeros(places.shape[1], np.intp)
        for size, each in zip(self.cells.shape, places, strict=True):
            code *= size
            code += each
            code[each == OPEN] += size
        return self.cells.take(code)


def table(instrument: Instrument, axes: Iterable[Axis], bits: Mapping[str, int]) -> Table:
    """Go through every complete form once; a form with open items is everything that its completions reach."""
    axes = tuple(axes)
    names = [axis.question.name for axis in axes]
    shape = [len(axis.answers) for axis in axes]
    flat, reasons = [], dict[str, int]()
    for chosen in product(*(axis.answers for axis in axes)):
        try:
            flat.append(reached(instrument.form(**dict(zip(names, chosen, strict=True))).outcome, bits))
        except RecordError as fault:
            flat.append(contradiction(reasons.setdefault(str(fault), len(reasons))))
    cells = np.array(flat, CELL).reshape(shape)
    for at, axis in enumerate(axes):
        open_item = _together(cells.take(axis.unanswered, axis=at), at)
        cells = np.concatenate([cells, np.expand_dims(open_item, at)], axis=at)
    _mark_involved(cells)
    return Table(axes=axes, cells=cells, reasons=tuple(reasons))


def _together(cells: Cells, axis: int) -> Cells:
    """Everything that can be reached along an axis."""
    found = blank(*cells.shape[:axis], *cells.shape[axis + 1 :])
    found["lowest"] = np.fmin.reduce(cells["lowest"], axis=axis)
    found["highest"] = np.fmax.reduce(cells["highest"], axis=axis)
    found["reachable"] = np.bitwise_or.reduce(cells["reachable"], axis=axis)
    found["why"] = np.where(found["reachable"] == 0, cells["why"].max(axis=axis), NO_REASON)
    return found


def _mark_involved(cells: Cells) -> None:
    """Name in cells that contradict the items of which another answer would be allowed; if none is alone, all known."""
    is_allowed = cells["reachable"] != 0
    if is_allowed.all():
        return
    alone, known = np.zeros(cells.shape, np.uint64), np.zeros(cells.shape, np.uint64)
    for item, size in enumerate(cells.shape):
        is_known = np.expand_dims(np.arange(size) < size - 1, [at for at in range(cells.ndim) if at != item])
        bit = np.where(is_known, np.uint64(1 << item), np.uint64(0))
        known |= bit
        alone |= np.where(is_allowed.any(axis=item, keepdims=True), bit, np.uint64(0))
    cells["involved"] = np.where(is_allowed, 0, np.where(alone == 0, known, alone))
