"""A column of answers as the places of those answers in their question; open where a row has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.stage.form import UNKNOWN, Number, Question

Places = NDArray[np.int16]
OPEN, WRONG = -1, -2
ROUNDING = 1e-9
"""The share of a step by which a number may miss it, as in reading a form."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Coded:
    """A column of words by number: ``words[code]`` is the answer of a row, and a negative code none.

    Examples
    --------
    >>> Coded(codes=np.array([1, 0, -1]), words=("none", "removable"))
    Coded(codes=array([ 1,  0, -1]), words=('none', 'removable'))
    """

    codes: NDArray[Any]
    words: Sequence[object]


@dataclass(frozen=True, eq=False, kw_only=True)
class Axis:
    """One item of a form with all answers that count differently.

    After the answers of the question come those that are ``refused``: single numbers of its scale that the form does
    not allow. ``unanswered`` are the places of the answers that are possible where nobody gave one.
    """

    question: Question
    refused: tuple[int, ...] = ()

    @property
    def answers(self) -> tuple[Any, ...]:
        return (*self.question.answers, *self.refused)

    @property
    def unanswered(self) -> list[int]:
        return [self.answers.index(each) for each in self.question.unanswered]


def places(axis: Axis, column: object) -> Places:
    """The place of each row's answer in ``axis.answers``, shape (rows,); `OPEN` where there is none.

    Raises
    ------
    RecordError
        If the column is not one-dimensional, has a type that such an item cannot have, or holds an answer that the
        item cannot be; names the column, the first such row and what is allowed.
    """
    if isinstance(column, Coded):
        return _coded(axis, column)
    if not isinstance(column, np.ndarray | list | tuple):
        raise _refused_column(axis, f"a column of type {type(column).__name__}", "Give a numpy array or a list.")
    values = column if isinstance(column, np.ndarray) else np.asarray(column, dtype=object)
    if values.ndim != 1:
        raise _refused_column(axis, f"an array of shape {values.shape}", "Give one answer for each row.")
    if not isinstance(values, np.ma.MaskedArray):
        return _checked(axis, values, _read(axis, values))
    found = np.full(len(values), OPEN, np.int16)
    given = ~np.ma.getmaskarray(values)
    found[given] = _read(axis, values.data[given])
    return _checked(axis, values, found)


def _read(axis: Axis, values: NDArray[Any]) -> Places:
    """The places of answers, `WRONG` where an answer cannot be."""
    kind, dtype = axis.question.kind, values.dtype
    if kind is bool and dtype.kind == "b":
        return values.astype(np.int16)
    if isinstance(axis.question.ask, Number) and dtype.kind in "iuf":
        if dtype.kind == "f" and not _is_exact(axis, dtype):
            raise _refused_column(axis, f"a column of {dtype}", "Give float64: less could move it across a cut-off.")
        return _of_numbers(axis, values.astype(np.float64))
    if issubclass(kind, Enum) and dtype.kind in "iu":
        distinct, at = np.unique(values, return_inverse=True)
        return np.array([_place(axis, each) for each in distinct.tolist()], np.int16)[at]
    if issubclass(kind, Enum) and dtype.kind == "U":
        return _of_words(axis, values)
    if dtype.kind in "OUT":
        return _of_objects(axis, values)
    raise _refused_column(axis, f"a column of {dtype}", f"Give {axis.question.allowed}.")


def _is_exact(axis: Axis, dtype: np.dtype[Any]) -> bool:
    """Whether a number of this type is the number that was meant: 3.7 in single precision is another one."""
    return dtype == np.float64 or (axis.question.kind is int and np.can_cast(dtype, np.float64))


def _of_numbers(axis: Axis, numbers: NDArray[np.float64]) -> Places:
    """The bands of numbers. One that misses a step by rounding is taken as that step; NaN is no answer."""
    held = axis.question.ask
    assert isinstance(held, Number)
    fits = (numbers >= held.low) & (numbers <= held.high)
    cuts, counted = list(held.cuts), numbers
    if axis.question.kind is int:
        fits &= numbers == np.floor(numbers)
    if held.step:
        steps = np.where(fits, numbers, 0.0) / held.step
        counted = np.rint(steps)
        fits &= np.abs(steps - counted) < ROUNDING
        cuts = [ceil(cut / held.step - ROUNDING) for cut in cuts]
    found = np.searchsorted(np.array(cuts, np.float64), counted, side="right").astype(np.int16)
    for at, number in enumerate(axis.refused, len(axis.answers) - len(axis.refused)):
        found[numbers == number] = at
    found[~fits] = WRONG
    found[np.isnan(numbers)] = OPEN
    return found


def _of_words(axis: Axis, values: NDArray[np.str_]) -> Places:
    """The places of words in an array of strings; other spellings that the item reads are looked at one by one."""
    found = np.full(len(values), WRONG, np.int16)
    for at, member in enumerate(axis.question.answers):
        found[values == str(member.value)] = at
    rest = np.flatnonzero(found == WRONG)
    found[rest] = _of_objects(axis, values[rest])
    return found


def _of_objects(axis: Axis, values: NDArray[Any]) -> Places:
    """The places of mixed answers: each different one is read once, as in a form."""
    given = values.tolist()
    keys = list(zip(map(type, given), given, strict=True))  # True and 1 are two answers
    try:
        place = {key: _place(axis, key[1]) for key in set(keys)}
    except TypeError:  # a list or a table stands in a cell
        return np.array([_place(axis, each) for each in given], np.int16)
    return np.fromiter(map(place.__getitem__, keys), np.int16, len(keys))


def _place(axis: Axis, given: object) -> int:
    """The place of one answer, as a form would read it."""
    if isinstance(given, np.generic):
        given = given.item()
    if given is None or given is np.ma.masked or (isinstance(given, float) and np.isnan(given)):
        return OPEN
    if isinstance(given, str) and given == UNKNOWN:
        return OPEN
    try:
        answer = axis.question.read(given)
    except (RecordError, OverflowError):  # a whole number may be too long to be compared
        return WRONG
    if isinstance(axis.question.ask, Number):
        return int(_of_numbers(axis, np.array([answer], np.float64))[0])
    return axis.answers.index(answer)


def _coded(axis: Axis, column: Coded) -> Places:
    codes = np.asarray(column.codes)
    if codes.ndim != 1 or codes.dtype.kind not in "iu":
        raise _refused_column(axis, f"codes of {codes.dtype}", "Give one whole number for each row, -1 for none.")
    at = np.where(codes < 0, len(column.words), codes) if codes.dtype.kind == "i" else codes
    if (codes >= len(column.words)).any():
        row = int(np.flatnonzero(codes >= len(column.words))[0])
        raise RecordError(
            f"Code {codes[row]} has no word.", remedy=f"There are {len(column.words)}.", where=_where(axis, row)
        )
    place = np.array([*(_place(axis, word) for word in column.words), OPEN], np.int16)
    return _checked(axis, column, place[at])


def _checked(axis: Axis, column: NDArray[Any] | Coded, found: Places) -> Places:
    """The places as they are if every answer can be."""
    wrong = np.flatnonzero(found == WRONG)
    if not wrong.size:
        return found
    row = int(wrong[0])
    given = column.words[int(column.codes[row])] if isinstance(column, Coded) else column.tolist()[row]
    more = f" ({len(wrong) - 1} more rows)" if len(wrong) > 1 else ""
    raise RecordError(
        f"{axis.question.ask.words} cannot be {_shown(given)}{more}.",
        remedy=f"Write {axis.question.allowed}.",
        where=_where(axis, row),
    )


def _shown(given: object) -> str:
    """A short answer as it was written; a long one is not repeated."""
    if isinstance(given, int) and abs(given) >= 10**40:  # may be too long to be written at all
        return "that"
    return repr(given) if isinstance(given, int | float | str) and len(str(given)) < 40 else "that"


def _refused_column(axis: Axis, given: str, remedy: str) -> RecordError:
    return RecordError(f"{axis.question.ask.words} cannot be {given}.", remedy=remedy, where=_where(axis))


def _where(axis: Axis, row: int | None = None) -> str:
    return f"column {axis.question.name}" + (f", row {row} (counted from 0)" if row is not None else "")
