"""What was cut beside what was planned, in lines for a terminal: margins to claim, deviations, what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.follow.achieving import Achieving, ReadFrom
from enbloc.plan.margin.achieved import Deviation, PlaneAchieved
from enbloc.plan.margin.margin import Margin
from enbloc.present import words
from enbloc.present.margins import short_margin


def achieved_lines(result: Achieving) -> tuple[str, ...]:
    """Each cut as planned and as achieved, then the smallest margin, and what is not claimed."""
    return tuple(_lines(result))


def _lines(result: Achieving) -> Iterator[str]:
    yield f"{result.plan}, lesion {result.about}: what was cut, beside the plan"
    yield f"Read from: {_source(result)}"
    yield f"Error of registration: {_exact(result.registration_mm)} ({result.registered})"
    yield from (f"Not read: the bone that is left of {one.level}: {one.why}" for one in result.laid if one.why)
    for plane in result.achieved.planes:
        yield f"  {plane.name}"
        yield from (f"    {line}" for line in _plane(plane))
    yield from _smallest(result)
    yield from (f"Not claimed: {line}" for line in result.not_claimed)


def _source(result: Achieving) -> str:
    if result.read_from is ReadFrom.PLANES:
        return f"{result.read_from.value}, each within {_exact(result.error_mm)}"
    return f"{result.read_from.value}, label map {result.after}"


def _plane(one: PlaneAchieved) -> Iterator[str]:
    planned = f"margin planned {short_margin(one.planned_margin)}"
    if one.achieved_margin is None or one.deviation is None:
        yield f"{planned}, achieved not known: {one.why}"
        return
    yield f"{planned}, achieved {short_margin(one.achieved_margin)}: {_claim(one.achieved_margin)}"
    yield _deviation(one.deviation)


def _claim(margin: Margin) -> str:
    """The low end is what may be claimed, rounded down; where it is none, that is said."""
    if margin.mm <= 0:
        return "this cut ran through tumour as it was labelled"
    low = words.margin(max(0.0, margin.interval.low))
    if low == words.margin(0.0):
        return "no margin can be claimed"
    return f"claim no more than {low}"


def _deviation(found: Deviation) -> str:
    """Distances as they stand in the result: rounded up to a tenth."""
    low, high = found.interval.low, found.interval.high
    where = f"off by up to {_exact(found.location_mm)} within bone ({_exact(low)} to {_exact(high)})"
    span = found.angle_interval
    may = f" ({span.low:.1f} to {span.high:.1f}°)" if span is not None else ""
    return f"{where}, turned by {found.angle_deg:.1f}°{may}; {_toward(found.toward_mm)}"


def _toward(mm: float) -> str:
    if mm > 0:
        return f"up to {_exact(mm)} nearer to the tumour"
    return f"at least {_exact(-mm)} farther from the tumour" if mm < 0 else "nowhere nearer to the tumour"


def _exact(mm: float) -> str:
    return f"{mm:.1f}{words.THIN}mm"


def _smallest(result: Achieving) -> Iterator[str]:
    found = result.achieved
    planned = f"Smallest margin to a cut: planned {short_margin(found.planned_margin)}"
    if found.achieved_margin is None:
        yield f"{planned}, achieved not known ({found.why})"
        return
    classes = words.either(kind.value for kind in found.achieved_margin.classes)
    yield f"{planned}, achieved {short_margin(found.achieved_margin)}: {_claim(found.achieved_margin)}"
    yield f"It may turn out {classes}."
