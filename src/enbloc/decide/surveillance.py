"""Schedules of follow-up as data, and the dates that follow from them: pure functions of a day and of another.

Where a range is printed the shorter interval counts and the longer one bounds the window; where the end is a range the
later one counts. A number without a unit is read as years where the row next to it says so, never as fewer visits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from enbloc.case.case import Case
from enbloc.case.fact import RiskGroup
from enbloc.case.lesion import Lesion
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.fractionation import months_after
from enbloc.decide.histology import Histology
from enbloc.value import value

DAYS_IN_A_MONTH = 365.25 / 12
LOCAL = (TreatmentKind.OPERATION, TreatmentKind.RADIOTHERAPY)
"""What a follow-up counts from."""


@value
class Series:
    """Visits every ``low`` to ``high`` months after ``start``, up to month ``until``; nothing there: without an end.

    ``once`` is a single visit in the window from ``low`` to ``high``; ``weeks`` counts both in weeks.
    """

    what: str
    low: float
    high: float
    start: float = 0
    until: float | None = None
    once: bool = False
    weeks: bool = False


@value
class Schedule:
    """The visits of one row, in words as printed and as series."""

    words: str
    series: tuple[Series, ...] = ()


@value
class Due:
    """One visit: what is done, the first and the last day of its window, and the day it counts from."""

    what: str
    earliest: date
    latest: date
    counted_from: date

    def __str__(self) -> str:
        when = f"{self.earliest}" if self.earliest == self.latest else f"{self.earliest} to {self.latest}"
        return f"{self.what} {when}"


def at(what: str, *months: float) -> tuple[Series, ...]:
    """Single visits at these months."""
    return tuple(Series(what=what, low=month, high=month, once=True) for month in months)


def every(what: str, low: float, high: float | None = None, *, start: float = 0, until: float | None = None) -> Series:
    """Visits at an interval of months."""
    return Series(what=what, low=low, high=high or low, start=start, until=until)


def _weeks(what: str, low: float, high: float) -> Series:
    return Series(what=what, low=low, high=high, once=True, weeks=True)


Y = 12
_MRI, _VISIT, _CHEST = "MRI", "follow-up", "CT of the chest"
_BOTH = "MRI and CT of the chest"
_SBRT = (every(_MRI, 2, 3, until=18), every(_MRI, 3, 6, start=18))

SCHEDULES: dict[str, Schedule] = {
    "FU-01": Schedule(words="MRI every 2 to 3 months for 12 to 18 months, then every 3 to 6 months", series=_SBRT),
    "FU-02": Schedule(
        words="MRI at 6 to 8 weeks, then as after radiosurgery; CT of fusion and implant at 6 and 12 months",
        series=(_weeks("baseline MRI", 6, 8), *_SBRT, *at("CT of fusion and implant", 6, 12)),
    ),
    "FU-03": Schedule(
        words="clinic at 4 to 8 weeks; MRI if there is new pain or neurology", series=(_weeks("clinic", 4, 8),)
    ),
    "FU-04": Schedule(
        words="MRI every 6 months for 5 years, then yearly to 15; CT of the chest every 6 to 12 months",
        series=(
            every(_MRI, 6, until=5 * Y),
            every(_MRI, Y, start=5 * Y, until=15 * Y),
            every(_CHEST, 6, 12, until=15 * Y),
        ),
    ),
    "FU-04 (q3 mo y1-2)": Schedule(
        words="MRI every 3 months for 2 years, every 6 months to 5, then yearly to 15; CT of the chest every 6 to 12 "
        "months",
        series=(
            every(_MRI, 3, until=2 * Y),
            every(_MRI, 6, start=2 * Y, until=5 * Y),
            every(_MRI, Y, start=5 * Y, until=15 * Y),
            every(_CHEST, 6, 12, until=15 * Y),
        ),
    ),
    "FU-05 low grade": Schedule(
        words="MRI and CT of the chest every 6 months for 5 years, then yearly to 10 years and more",
        series=(every(_BOTH, 6, until=5 * Y), every(_BOTH, Y, start=5 * Y)),
    ),
    "FU-05": Schedule(
        words="MRI and CT of the chest every 3 to 4 months for 2 years, every 6 months to 5, then yearly to 10 years "
        "and more",
        series=(
            every(_BOTH, 3, 4, until=2 * Y),
            every(_BOTH, 6, start=2 * Y, until=5 * Y),
            every(_BOTH, Y, start=5 * Y),
        ),
    ),
    "FU-06": Schedule(
        words="every 3 months for 2 years, every 4 to 6 months to 5, then yearly to 10 years and more",
        series=(
            every(_VISIT, 3, until=2 * Y),
            every(_VISIT, 4, 6, start=2 * Y, until=5 * Y),
            every(_VISIT, Y, start=5 * Y),
        ),
    ),
    "FU-07": Schedule(
        words="MRI every 3 to 6 months for 2 to 3 years, then yearly to 5 years and more, with a chest radiograph",
        series=(
            every("MRI and chest radiograph", 3, 6, until=3 * Y),
            every("MRI and chest radiograph", Y, start=3 * Y),
        ),
    ),
    "FU-08": Schedule(
        words="every 3 to 6 months for 2 years, then yearly to 5",
        series=(every(_VISIT, 3, 6, until=2 * Y), every(_VISIT, Y, start=2 * Y, until=5 * Y)),
    ),
    "FU-08 osteoid osteoma": Schedule(
        words="clinic at 6 weeks and 6 months; every 3 to 6 months for 2 years, then yearly to 5",
        series=(
            _weeks("clinic", 6, 6),
            *at("clinic", 6),
            every(_VISIT, 3, 6, until=2 * Y),
            every(_VISIT, Y, start=2 * Y, until=5 * Y),
        ),
    ),
    "FU-09 grade 1": Schedule(
        words="grade 1, gross total: MRI at 3 months, 1, 3 and 5 years, then every 2 years",
        series=(*at(_MRI, 3, Y, 3 * Y, 5 * Y), every(_MRI, 2 * Y, start=5 * Y)),
    ),
    "FU-09 grade 2": Schedule(words="grade 2: MRI every 6 months for 5 years", series=(every(_MRI, 6, until=5 * Y),)),
    "FU-09 grade 3": Schedule(words="grade 3: MRI every 3 months", series=(every(_MRI, 3),)),
    "FU-10": Schedule(words="MRI at 3 months, 1, 3 and 5 years", series=at(_MRI, 3, Y, 3 * Y, 5 * Y)),
    "FU-10 subtotal": Schedule(
        words="MRI at 3 months, then yearly after a subtotal removal", series=(*at(_MRI, 3), every(_MRI, Y))
    ),
    "FU-11": Schedule(
        words="MRI at 3 months, every 6 months for 5 years, then yearly to 10 years and more",
        series=(*at(_MRI, 3), every(_MRI, 6, until=5 * Y), every(_MRI, Y, start=5 * Y)),
    ),
    "FU-11 VHL": Schedule(
        words="MRI at 3 months, every 6 months for 5 years, then yearly to 10 years and more; MRI of the whole spine "
        "every 1 to 2 years in von Hippel-Lindau disease",
        series=(
            *at(_MRI, 3),
            every(_MRI, 6, until=5 * Y),
            every(_MRI, Y, start=5 * Y),
            every("MRI of the whole spine", Y, 2 * Y),
        ),
    ),
    "FU-12": Schedule(
        words="image at 3 to 6 months, at 12, then yearly five times; stop then if stable",
        series=(
            Series(what="image", low=3, high=6, once=True),
            *at("image", Y),
            every("image", Y, start=Y, until=6 * Y),
        ),
    ),
    "FU-13": Schedule(
        words="M-protein every 3 months for 2 years, with PET; look for myeloma",
        series=(every("M-protein", 3, until=2 * Y),),
    ),
}
"""The rows of the table, by rule and what it distinguishes."""

BY_RISK: dict[RiskGroup, Schedule] = {
    RiskGroup.LOW: Schedule(words="low risk: MRI every 6 months", series=(every(_MRI, 6.0),)),
    RiskGroup.INTERMEDIATE: Schedule(words="intermediate risk: MRI every 3.1 months", series=(every(_MRI, 3.1),)),
    RiskGroup.HIGH: Schedule(
        words="high risk: MRI every 1.3 months for 13.2 months, then every 5.9 months",
        series=(every(_MRI, 1.3, until=13.2), every(_MRI, 5.9, start=13.2)),
    ),
}
"""FU-16: by the group of risk after radiosurgery."""

_NONE = Schedule(words="none")
_QUARTERLY = Schedule(words="every 3 months", series=(every(_VISIT, 3),))
_CLOSE = Schedule(words="every 2 to 3 months", series=(every(_VISIT, 2, 3),))

OF_TEXT: dict[str, Schedule] = {
    "FU-01": SCHEDULES["FU-01"],
    "FU-03": SCHEDULES["FU-03"],
    "FU-01/03": SCHEDULES["FU-01"],  # which of the two depends on the technique; alone, the closer one
    "FU-04": SCHEDULES["FU-04"],
    "FU-04 (q3 mo y1-2)": SCHEDULES["FU-04 (q3 mo y1-2)"],
    "FU-05": SCHEDULES["FU-05"],
    "FU-06": SCHEDULES["FU-06"],
    "FU-07": SCHEDULES["FU-07"],
    "FU-08": SCHEDULES["FU-08"],
    "FU-09": SCHEDULES["FU-09 grade 1"],
    "FU-10": SCHEDULES["FU-10"],
    "FU-10, NF1 PET if pain": SCHEDULES["FU-10"],
    "FU-11": SCHEDULES["FU-11"],
    "FU-11 VHL": SCHEDULES["FU-11 VHL"],
    "FU-13": SCHEDULES["FU-13"],
    "MRI 6-12 mo then 1-2 yearly (PRIM-32)": Schedule(
        words="MRI at 6 to 12 months, then every 1 to 2 years",
        series=(Series(what=_MRI, low=6, high=12, once=True), every(_MRI, Y, 2 * Y, start=6)),
    ),
    "6 mo,1,2,5 y": Schedule(words="at 6 months, 1, 2 and 5 years", series=at(_VISIT, 6, Y, 2 * Y, 5 * Y)),
    "3-6 mo to 2 y, then 5 y": Schedule(
        words="every 3 to 6 months to 2 years, then at 5 years",
        series=(every(_VISIT, 3, 6, until=2 * Y), *at(_VISIT, 5 * Y)),
    ),
    "yearly if observed, cap>2cm refer": Schedule(
        words="yearly if observed; refer with a cap of more than 2 cm", series=(every(_VISIT, Y),)
    ),
    "6,12 mo": Schedule(words="at 6 and 12 months", series=at(_VISIT, 6, 12)),
    "q3 mo": _QUARTERLY,
    "q2-3 mo": _CLOSE,
    "q3 mo y1-2 then FU-11": Schedule(
        words="every 3 months for 2 years, every 6 months to 5, then yearly to 10 years and more",
        series=(
            every(_MRI, 3, until=2 * Y),
            every(_MRI, 6, start=2 * Y, until=5 * Y),
            every(_MRI, Y, start=5 * Y),
        ),
    ),
    "yearly x5": Schedule(words="yearly for 5 years", series=(every(_VISIT, Y, until=5 * Y),)),
    "yearly": Schedule(words="yearly", series=(every(_VISIT, Y),)),
    "haematology": Schedule(words="by haematology"),
    "oncology": Schedule(words="by oncology"),
    "none": _NONE,
    "none if typical": Schedule(words="none if typical"),
}
"""What the table of histologies says of surveillance, as a schedule."""

OF_KEY: dict[str, Schedule] = {
    "chondrosarcoma_act": SCHEDULES["FU-05 low grade"],
    "meningioma_g2": SCHEDULES["FU-09 grade 2"],
    "meningioma_g3": SCHEDULES["FU-09 grade 3"],
    "osteoid_osteoma": SCHEDULES["FU-08 osteoid osteoma"],
}
"""Entities for which a row distinguishes more than its text says."""


def schedule_of(histology: Histology) -> Schedule:
    """The schedule of an entity of the table."""
    return OF_KEY.get(histology.key) or OF_TEXT[histology.surveillance]


# --- dates ------------------------------------------------------------------------------------------------------------
def later(day: date, months: float) -> date:
    """So many months later: whole ones by the calendar, the rest by days."""
    whole = int(months + 1e-9)
    return months_after(day, whole) + timedelta(days=round((months - whole) * DAYS_IN_A_MONTH))


def _after(day: date, amount: float, series: Series) -> date:
    return day + timedelta(weeks=amount) if series.weeks else later(day, amount)


def visits(series: Series, since: date) -> Iterator[Due]:
    """Every visit of a series, one after the other; without an end if the series has none."""
    begin, number = series.start, 0
    while True:
        low = begin + number * series.low + series.low
        if series.until is not None and low > series.until + 1e-9:
            return
        high = low + series.high - series.low
        yield Due(
            what=series.what,
            earliest=_after(since, low, series),
            latest=_after(since, high, series),
            counted_from=since,
        )
        if series.once:
            return
        number += 1


def upcoming(schedule: Schedule, since: date, *, as_of: date) -> tuple[Due, ...]:
    """The next visit of every series whose window has not closed by ``as_of``, earliest first.

    Examples
    --------
    >>> [str(one) for one in upcoming(SCHEDULES["FU-10"], date(2026, 1, 15), as_of=date(2026, 11, 20))]
    ['MRI 2027-01-15', 'MRI 2029-01-15', 'MRI 2031-01-15']
    """
    found = (next((one for one in visits(each, since) if one.latest >= as_of), None) for each in schedule.series)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.earliest, one.what)))


def treated_on(treatment: Treatment) -> date | None:
    """The day a follow-up counts from: the last day of the treatment."""
    return treatment.ended or treatment.started


def last_treatment(case: Case, lesion: Lesion, *, as_of: date, kinds: tuple[TreatmentKind, ...] = LOCAL) -> date | None:
    """The day of the last local treatment at a level of the lesion that is recorded with its date."""
    here = (one for one in case.treatments if one.kind in kinds and set(one.levels) & set(lesion.levels))
    days = (treated_on(one) for one in here)
    return max((day for day in days if day is not None and day <= as_of), default=None)


def due(case: Case, lesion: Lesion, schedule: Schedule, *, as_of: date) -> tuple[Due, ...]:
    """What is due next for a lesion by a schedule, counted from its last local treatment; nothing if none is dated."""
    since = last_treatment(case, lesion, as_of=as_of)
    return () if since is None else upcoming(schedule, since, as_of=as_of)
