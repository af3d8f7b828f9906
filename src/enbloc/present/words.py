"""Values in words: units after a thin space, no false digits, margins rounded down, sets never written as ranges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from enbloc.case.anatomy import Level, Part, Side, in_order
from enbloc.case.fact import Fact, Unit
from enbloc.case.finding import Finding, Interval
from enbloc.case.geometry import PATIENT, Plane, Point, Pose, Triple
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare

THIN = "\u202f"  # narrow, and never broken at the end of a line
DASH = "\u2013"
MINUS = "\u2212"
UNKNOWN = "not known"

# What a page shows of each unit: the size of its last step. A record keeps more.
_STEP: dict[Unit, float] = {
    Unit.MM: 0.5,
    Unit.CM: 0.1,
    Unit.MM2: 1,
    Unit.CC: 0.1,
    Unit.PERCENT: 1,
    Unit.DEGREE: 1,
    Unit.HU: 1,
    Unit.SHARE: 0.01,
    Unit.COUNT: 1,
    Unit.YEAR: 1,
    Unit.MONTH: 0.1,
    Unit.DAY: 1,
    Unit.GRAM_PER_LITRE: 1,
    Unit.MG_PER_LITRE: 0.1,
    Unit.UG_PER_LITRE: 0.1,
    Unit.U_PER_LITRE: 1,
    Unit.MMOL_PER_LITRE: 0.01,
    Unit.UMOL_PER_LITRE: 0.1,
    Unit.GIGA_PER_LITRE: 1,
    Unit.GIGA_PER_LITRE_FINE: 0.1,
    Unit.MG: 0.1,
    Unit.KG: 0.1,
    Unit.KG_PER_M2: 0.1,
    Unit.ML: 1,
    Unit.ML_PER_MINUTE: 1,
    Unit.HOUR: 0.1,
    Unit.GY: 0.01,
    Unit.CELSIUS: 0.1,
    Unit.NONE: 0.01,
}


def _in_steps(number: float, step: float, *, down: bool = False) -> str:
    # A hair's slack, so that 1.5 stays 1.5 where binary holds 1.4999….
    steps = math.floor(number / step + 1e-9) if down else math.floor(number / step + 0.5 + 1e-9)
    text = f"{steps * step:.{_decimals(step)}f}"
    text = text.lstrip("-") if float(text) == 0 else text
    return text.replace("-", MINUS)


def _decimals(step: float) -> int:
    return 0 if step >= 1 else 1 if step >= 0.1 else 2


def number(amount: float, unit: Unit) -> str:
    """The number alone, to the step that its unit is shown in.

    Examples
    --------
    >>> number(3.26, Unit.MM), number(12.34, Unit.CC), number(-4.4, Unit.DEGREE)
    ('3.5', '12.3', '−4')
    """
    if unit is Unit.SHARE:
        return _in_steps(amount * 100, 1)
    return _in_steps(amount, _STEP[unit])


def _with_unit(text: str, unit: Unit) -> str:
    if unit is Unit.DEGREE:
        return text + "°"
    sign = "%" if unit is Unit.SHARE else "" if unit in {Unit.COUNT, Unit.NONE} else unit.value
    return f"{text}{THIN}{sign}" if sign else text


def quantity(amount: float, unit: Unit) -> str:
    """A number with its unit after a thin space; a share is shown in per cent.

    Examples
    --------
    >>> quantity(0.614, Unit.SHARE).replace(THIN, " ")
    '61 %'
    """
    return _with_unit(number(amount, unit), unit)


def interval(span: Interval, unit: Unit) -> str:
    """What a measurement may be, ``38–46 %``; one number where both ends read the same."""
    low, high = number(span.low, unit), number(span.high, unit)
    if low == high:
        return _with_unit(low, unit)
    joint = " to " if MINUS in low + high else DASH
    return _with_unit(f"{low}{joint}{high}", unit)


def margin(mm: float) -> str:
    """A margin, rounded down to half a millimetre: never more than it is.

    Examples
    --------
    >>> margin(1.99).replace(THIN, " "), margin(-0.2).replace(THIN, " ")
    ('1.5 mm', '−0.5 mm')
    """
    return _with_unit(_in_steps(mm, 0.5, down=True), Unit.MM)


def margin_interval(span: Interval) -> str:
    """What a margin may be; both ends rounded down."""
    low, high = (_in_steps(end, 0.5, down=True) for end in (span.low, span.high))
    joint = " to " if MINUS in low + high else DASH
    return _with_unit(low if low == high else f"{low}{joint}{high}", Unit.MM)


def reachable(numbers: Iterable[float]) -> str:
    """A set of reachable totals, ``11 · 12 · 14``; never a range.

    Examples
    --------
    >>> reachable((11, 12, 14))
    '11 · 12 · 14'
    """
    return " · ".join(str(each) for each in numbers)


def either(words: Iterable[str]) -> str:
    """The alternatives, joined by "or"."""
    return " or ".join(words)


def setting(value: str) -> str:
    """A setting as it is set, with the signs that readers know.

    Examples
    --------
    >>> setting(">= 10 °"), setting("<= 0.93 share")
    ('≥ 10°', '≤ 0.93')
    """
    said = value.replace(">=", "≥").replace("<=", "≤").replace(" °", "°")
    return said.removesuffix(" share")


def sentence_list(words: Sequence[str]) -> str:
    """The words as an enumeration, ``a, b and c``.

    Examples
    --------
    >>> sentence_list(["body", "left pedicle", "canal"])
    'body, left pedicle and canal'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, word: str) -> str:
    """A number with its word, in the plural where it must be.

    Examples
    --------
    >>> counted(1, "stop"), counted(3, "stop")
    ('1 stop', '3 stops')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def counted_words(number: str, one: str, many: str) -> str:
    """A number that is told in words with its noun.

    Examples
    --------
    >>> counted_words("1", "approach", "approaches"), counted_words("at least 2", "approach", "approaches")
    ('1 approach', 'at least 2 approaches')
    """
    return f"{number} {one if number == '1' else many}"


def day(on: date | None) -> str:
    """An ISO date, or that it is not known."""
    return on.isoformat() if on else f"date {UNKNOWN}"


def levels(those: Iterable[Level]) -> str:
    """Levels cranial to caudal, ``T7, T8``."""
    return ", ".join(level.value for level in in_order(those)) or f"level {UNKNOWN}"


def place(xyz_mm: Triple) -> str:
    """A place in the patient, from the origin of the images, with its directions in words, never as bare signs.

    Examples
    --------
    >>> place((12.2, -14.0, 0.4)).replace(THIN, " ")
    '12.0 left, 14.0 anterior, 0.5 cranial mm'
    """
    return f"{bare_place(xyz_mm)}{THIN}mm"


def bare_place(xyz_mm: Triple) -> str:
    """A place as for a column whose head names the unit."""
    return ", ".join(f"{number(abs(mm), Unit.MM)} {_way(axis, mm)}" for axis, mm in enumerate(xyz_mm))


_WAYS = (("right", "left"), ("anterior", "posterior"), ("caudal", "cranial"))


def _way(axis: int, amount: float) -> str:
    return _WAYS[axis][amount >= 0]


def direction(normal: Triple) -> str:
    """Where a unit vector points, by its largest parts, ``mainly caudal``.

    Examples
    --------
    >>> direction((0.0, 0.0, -1.0)), direction((0.5, 0.0, -0.87))
    ('caudal', 'mainly caudal, also left')
    """
    order = sorted(range(3), key=lambda axis: -abs(normal[axis]))
    first = _way(order[0], normal[order[0]])
    also = [_way(axis, normal[axis]) for axis in order[1:] if abs(normal[axis]) > 0.17]
    return f"mainly {first}, also {sentence_list(also)}" if also else first


def value(named: Fact[Any], held: Any) -> str:
    """A value of a fact in words."""
    if isinstance(held, tuple):
        return " · ".join(value(named, each) for each in held) or "none"
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, Point):
        return place(held.xyz_mm) if held.frame == PATIENT else f"{place(held.xyz_mm)} in {held.frame.name}"
    if isinstance(held, Pose):
        return f"at {place(held.origin_mm)}"
    if isinstance(held, Plane):
        return f"at {place(held.point_mm)}, facing {direction(held.normal)}"
    if isinstance(held, Enum):
        return str(held.value)
    if isinstance(held, Cell | PartShare | Clearance | CanalPlane):
        return table_row(held)
    if isinstance(held, int | float):
        return quantity(float(held), named.unit)
    return str(held)


def table_row(row: Cell | PartShare | Clearance | CanalPlane) -> str:
    """A row of a table in words, with its level and its side.

    Examples
    --------
    >>> table_row(Clearance(structure="aorta", mm=3.2, low_mm=2.4, high_mm=4.1, at_mm=(0, 0, 0))).replace(THIN, " ")
    'aorta 3.0 mm'
    """
    if isinstance(row, Clearance):
        return f"{row.structure} {margin(row.mm)}"
    if isinstance(row, PartShare):
        return f"{part(row.level, row.part, row.side)} {quantity(row.percent, Unit.PERCENT)}"
    if isinstance(row, Cell):
        where = part(row.level, row.part, row.side) if row.part else f"{row.level} outside bone"
        return f"{where}, sector {row.sector}, layer {row.layer.value}: {quantity(row.cc, Unit.CC)}"
    return f"tumour {quantity(row.tumour_mm2, Unit.MM2)} at {quantity(row.along_mm, Unit.MM)} along the canal"


def part(level: Level, named: Part, side: Side | None) -> str:
    """A part of a vertebra, level before side: ``T8 pedicle left``."""
    return " ".join(word for word in (level.value, named.value, side.value if side else "") if word)


def finding(named: Fact[Any], found: Finding[Any]) -> str:
    """A finding in words: its value, and its interval where it has one."""
    said = value(named, found.value)
    return f"{said} ({interval(found.interval, named.unit)})" if found.interval else said
