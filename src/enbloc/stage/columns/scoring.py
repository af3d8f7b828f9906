"""Scoring the columns of a table with one instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.stage.columns.answers import OPEN, Axis, Coded, Places, places
from enbloc.stage.columns.results import ScoreColumns
from enbloc.stage.columns.sums import Sums, sums
from enbloc.stage.columns.table import Cells, Table, blank, table
from enbloc.stage.form import Number, Question, Text, completions, possible, questions
from enbloc.stage.instrument import MOST_FORMS, Instrument, judged

MOST_TRIED = 20_000
"""So many whole numbers of an item are tried one by one for those that its form refuses."""
MOST_IN_TABLE = 100_000
MOST_CELLS = 4_000_000
"""So many complete forms, and forms with open items, make a table; beyond, there must be a sum."""
MOST_BITS = 64


def scored(instrument: Instrument, columns: Mapping[str, NDArray[Any] | Coded | list[Any]]) -> ScoreColumns:
    """The results of an instrument for every row of a table: the same as `judged` gives for each row.

    ``columns`` has one array for each item, all of one length; an item without a column is unknown in every row. In a
    row ``None``, ``"unknown"``, NaN and a masked entry say that nobody knows: all that can then be reached is kept.
    Words are strings or `Coded`, yes and no are booleans, numbers obey range and step as in a form.

    Raises
    ------
    RecordError
        If there is no such item, the lengths differ, or an answer cannot be. One bad answer refuses the whole table,
        naming column, first row and what is allowed: nothing is clipped or skipped. Rows whose answers contradict
        *each other* are kept, not scored, and named in ``contradictions``.

    Examples
    --------
    >>> from enbloc.stage.survival.nesms import NESMS
    >>> table = {"bauer": np.array([4, 2, 1]), "albumin": np.array([4.1, 3.9, np.nan])}
    >>> found = scored(NESMS, table | {"walking": np.array(["independent", "not walking", "not walking"])})
    >>> found.total, found.could_be(2)
    (array([ 3.,  1., nan]), ('score 1', 'score 0'))
    """
    engine = _engine(instrument)
    given = _given(instrument, engine, columns)
    rows = len(next(iter(given.values())))
    unknown = np.full(rows, OPEN, np.int16)
    cells = engine.outcomes.look_up(np.stack([given.get(each.question.name, unknown) for each in engine.outcomes.axes]))
    reasons = [*engine.outcomes.reasons]
    for at, entry in enumerate(engine.entries, len(engine.outcomes.axes)):
        if entry.axis.question.name in given:
            _shut_out(cells, entry, given[entry.axis.question.name], at, reasons)
    return _columns(instrument, engine, cells, tuple(reasons))


@dataclass(frozen=True, eq=False, kw_only=True)
class _Entry:
    """An item that only decides whether an instrument may speak: by answer why it may not, empty if it may."""

    axis: Axis
    refusals: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class _Engine:
    """What is computed once for an instrument."""

    outcomes: Table | Sums
    entries: tuple[_Entry, ...]

    @property
    def axes(self) -> tuple[Axis, ...]:
        return (*self.outcomes.axes, *(entry.axis for entry in self.entries))


@cache
def _engine(instrument: Instrument) -> _Engine:
    asked = questions(instrument.form)
    computed = not instrument.needs and instrument.judge is None
    if not computed or not all(map(_is_closed, asked)) or len(instrument.categories) > MOST_BITS:
        raise _not_in_columns(instrument)
    allowed = _first_allowed(instrument)
    axes = [Axis(question=one, refused=tuple(_refused(instrument, one, allowed))) for one in asked]
    bits = {category.word: 1 << at for at, category in enumerate(instrument.categories)}
    outcomes = _outcomes(instrument, axes, bits)
    names = {one.name for one in asked}
    beside = [one for one in instrument.questions if one.name not in names]
    return _Engine(outcomes=outcomes, entries=tuple(_entry(instrument, one, allowed) for one in beside))


def _outcomes(instrument: Instrument, axes: list[Axis], bits: Mapping[str, int]) -> Table | Sums:
    """A table of all forms, or a sum by item where these are too many."""
    sizes = [len(axis.answers) for axis in axes]
    is_sum = instrument.band is not None or instrument.averaged is not None
    most = MOST_FORMS if is_sum else MOST_IN_TABLE
    if prod(sizes) <= most and prod(size + 1 for size in sizes) <= MOST_CELLS:
        return table(instrument, axes, bits)
    if not is_sum or any(axis.refused for axis in axes):
        raise _not_in_columns(instrument)
    return sums(instrument, axes, bits)


def _is_closed(question: Question) -> bool:
    """Whether an item has answers to go through, and is one of them while nobody has answered it."""
    return not isinstance(question.ask, Text) and set(question.unanswered) <= set(question.answers)


def _not_in_columns(instrument: Instrument) -> RecordError:
    return RecordError(
        f"{instrument.name} cannot be computed from columns: its answers are too many or open.",
        remedy=f"Compute it form by form ('enbloc stage {instrument.id} FILE').",
    )


def _first_allowed(instrument: Instrument) -> dict[str, Any]:
    """The first complete form whose answers do not contradict each other."""
    for chosen in completions(possible(instrument.form, {})):
        if not _why_not(instrument, chosen):
            return chosen
    raise _not_in_columns(instrument)


def _why_not(instrument: Instrument, chosen: Mapping[str, Any]) -> str:
    """Why a form is refused; empty if it is not."""
    try:
        assert instrument.form(**chosen).outcome
    except RecordError as contradiction:
        return str(contradiction)
    return ""


def _refused(instrument: Instrument, question: Question, allowed: Mapping[str, Any]) -> list[int]:
    """The whole numbers on the scale of an item that its form refuses although it allows their band."""
    held = question.ask
    if question.kind is not int or not isinstance(held, Number) or held.high - held.low > MOST_TRIED:
        return []
    band_is_allowed, found = True, []
    for number in range(int(held.low), int(held.high) + 1, int(held.step)):
        if number in question.answers:
            band_is_allowed = not _why_not(instrument, {**allowed, question.name: number})
        elif band_is_allowed and _why_not(instrument, {**allowed, question.name: number}):
            found.append(number)
    return found


def _entry(instrument: Instrument, question: Question, allowed: Mapping[str, Any]) -> _Entry:
    refusals = []
    for answer in question.answers:
        known = {name: (each,) for name, each in allowed.items()} | {question.name: (answer,)}
        try:
            judged(instrument, known)
        except RecordError as refusal:
            refusals.append(str(refusal))
        else:
            refusals.append("")
    return _Entry(axis=Axis(question=question), refusals=tuple(refusals))


def _given(instrument: Instrument, engine: _Engine, columns: Mapping[str, Any]) -> dict[str, Places]:
    """Each column that was given, as places of answers."""
    axes = {axis.question.name: axis for axis in engine.axes}
    for name in columns:
        if name not in axes:
            raise RecordError(f"{instrument.name} has no item {name!r}.", remedy=f"Its items are {', '.join(axes)}.")
    if not columns:
        raise RecordError("A table without columns has no rows.", remedy=f"Its items are {', '.join(axes)}.")
    given = {name: places(axes[name], columns[name]) for name in axes if name in columns}
    first = next(iter(given))
    for name, each in given.items():
        if len(each) != len(given[first]):
            raise RecordError(
                f"It has {len(each)} rows, and the column {first} has {len(given[first])}.",
                remedy="Give one answer for each row; None where it is not known.",
                where=f"column {name}",
            )
    return given


def _shut_out(cells: Cells, entry: _Entry, given: Places, at: int, reasons: list[str]) -> None:
    """Take the result from the rows for which the instrument is not meant."""
    for answer, refusal in enumerate(entry.refusals):
        rows = np.flatnonzero(given == answer)
        if refusal and rows.size:
            cells[rows] = blank(rows.size)
            cells["why"][rows], cells["involved"][rows] = len(reasons), 1 << at
            reasons.append(refusal)


def _columns(instrument: Instrument, engine: _Engine, cells: Cells, reasons: tuple[str, ...]) -> ScoreColumns:
    reachable = cells["reachable"].copy()
    is_single = (reachable != 0) & (reachable & (reachable - np.uint64(1)) == 0)
    bits = np.array([1 << at for at in range(len(instrument.categories))], np.uint64)
    category = np.where(is_single, np.searchsorted(bits, reachable), -1).astype(np.int16)
    lowest, highest = cells["lowest"].copy(), cells["highest"].copy()
    return ScoreColumns(
        instrument=instrument.id,
        words=tuple(category.word for category in instrument.categories),
        total=np.where(lowest == highest, lowest, np.nan),
        category=category,
        lowest=lowest,
        highest=highest,
        reachable=reachable,
        items=tuple(axis.question.name for axis in engine.axes),
        reasons=reasons,
        why=cells["why"].copy(),
        involved=cells["involved"].copy(),
    )
