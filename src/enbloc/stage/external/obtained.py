"""Results of models that are not computed here: what was given, by which program or site, and on which day.

One form for each shape of result. Nothing is derived from it, and a result without its source is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.stage.form import Number, Text
from enbloc.stage.instrument import Category, Outcome
from enbloc.value import value

RECORDED = "recorded, not computed here"
CATEGORIES = (Category(word=RECORDED),)
SOURCE = ("obtained_from", "obtained_on")
"""What every record needs."""

FRACTION = "less than 1 %: is it a fraction of 1?"
RISING = "more are said to be alive later than earlier: check the figures"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _percent(words: str) -> Number:
    return Number(words=words, unit="%", low=0, high=100, step=0)


def _months(at: int) -> Number:
    return Number(words=f"horizon {at} of the model", unit="months", low=0.1, high=360, step=0)


@value
class Obtained:
    """Where a result comes from and when."""

    obtained_from: Annotated[str, Text(words="program or site that gave the result, with its version")]
    obtained_on: Annotated[str, Text(words="day it was obtained, as in 2026-11-20", longest=10)]

    def __post_init__(self) -> None:
        """Raise RecordError where the day is none of the calendar."""
        try:
            written = _DAY.fullmatch(self.obtained_on)
            date.fromisoformat(self.obtained_on if written else "")
        except ValueError:
            raise RecordError(
                f"obtained_on cannot be {self.obtained_on!r}.", remedy="Write the day as in 2026-11-20."
            ) from None

    @property
    def source(self) -> tuple[tuple[str, str], ...]:
        """The source, as it stands beside the result."""
        return (("obtained from", self.obtained_from), ("obtained on", self.obtained_on))


def _told(form: Obtained, alive: tuple[tuple[float, float], ...]) -> Outcome:
    """What a model said of survival, each figure under its horizon.

    Raises
    ------
    RecordError
        If it said nothing, or two things of one horizon.
    """
    if not alive:
        raise RecordError("There is no figure to record.", remedy="Write what the model gave.")
    if len({months for months, _ in alive}) < len(alive):
        raise RecordError("A horizon is given twice.", remedy="Write each horizon once.")
    ordered = sorted(alive)
    shares = [percent for _, percent in ordered]
    odd = {
        FRACTION: any(0 < percent < 1 for percent in shares),
        RISING: any(later > earlier for earlier, later in pairwise(shares)),
    }
    figures = tuple((f"alive at {months:g} {_unit(months)}, %", percent) for months, percent in ordered)
    flags = tuple(flag for flag, holds in odd.items() if holds)
    return Outcome(category=RECORDED, flags=flags, readings=(*figures, *form.source))


def _unit(months: float) -> str:
    return "month" if months == 1 else "months"


@value
class At1And3And12Months(Obtained):
    """Survival at 1, 3 and 12 months; one of them at least.

    Examples
    --------
    >>> form = At1And3And12Months(
    ...     obtained_from="site, version 1", obtained_on="2026-11-20", alive_1_month=95, alive_3_months=78,
    ...     alive_12_months=50,
    ... )
    >>> form.outcome.readings[1]
    ('alive at 3 months, %', 78)
    """

    alive_1_month: Annotated[float | None, _percent("probability of being alive at 1 month")]
    alive_3_months: Annotated[float | None, _percent("probability of being alive at 3 months")]
    alive_12_months: Annotated[float | None, _percent("probability of being alive at 12 months")]

    @property
    def outcome(self) -> Outcome:
        """The probabilities as they were given."""
        given = ((1.0, self.alive_1_month), (3.0, self.alive_3_months), (12.0, self.alive_12_months))
        return _told(self, tuple((months, percent) for months, percent in given if percent is not None))


@value
class At90DaysAnd1Year(Obtained):
    """Survival at 90 days and at a year; one of them at least.

    Examples
    --------
    >>> form = At90DaysAnd1Year(
    ...     obtained_from="site", obtained_on="2026-11-20", alive_90_days=80, alive_1_year=None
    ... )
    >>> form.outcome.readings[0]
    ('alive at 90 days, %', 80)
    """

    alive_90_days: Annotated[
        float | None, _percent("probability of being alive at 90 days (100 less the one of dying)")
    ]
    alive_1_year: Annotated[float | None, _percent("probability of being alive at 1 year (100 less the one of dying)")]

    @property
    def outcome(self) -> Outcome:
        """The probabilities as they were given; 90 days stay 90 days."""
        given = ((3.0, self.alive_90_days), (12.0, self.alive_1_year))
        told = _told(self, tuple((months, percent) for months, percent in given if percent is not None))
        words = {"alive at 3 months, %": "alive at 90 days, %", "alive at 12 months, %": "alive at 1 year, %"}
        readings = tuple((words.get(name, name), figure) for name, figure in told.readings)
        return Outcome(category=told.category, flags=told.flags, readings=readings)


MOST_HORIZONS = 6


@value
class AtHorizons(Obtained):
    """Survival at up to six horizons that the model gives itself.

    Examples
    --------
    >>> none = {f"{name}_{at}": None for at in range(2, 7) for name in ("months", "alive")}
    >>> form = AtHorizons(
    ...     obtained_from="site", obtained_on="2026-11-20", months_1=12, alive_1=61, **none
    ... )
    >>> form.outcome.readings[0]
    ('alive at 12 months, %', 61)
    """

    months_1: Annotated[float, _months(1)]
    alive_1: Annotated[float, _percent("probability of being alive then (horizon 1)")]
    months_2: Annotated[float | None, _months(2)]
    alive_2: Annotated[float | None, _percent("probability of being alive then (horizon 2)")]
    months_3: Annotated[float | None, _months(3)]
    alive_3: Annotated[float | None, _percent("probability of being alive then (horizon 3)")]
    months_4: Annotated[float | None, _months(4)]
    alive_4: Annotated[float | None, _percent("probability of being alive then (horizon 4)")]
    months_5: Annotated[float | None, _months(5)]
    alive_5: Annotated[float | None, _percent("probability of being alive then (horizon 5)")]
    months_6: Annotated[float | None, _months(6)]
    alive_6: Annotated[float | None, _percent("probability of being alive then (horizon 6)")]

    @property
    def outcome(self) -> Outcome:
        """The probabilities as they were given, in the order of time."""
        return _told(self, tuple(self._given()))

    def _given(self) -> Iterator[tuple[float, float]]:
        for at in range(1, MOST_HORIZONS + 1):
            months, alive = getattr(self, f"months_{at}"), getattr(self, f"alive_{at}")
            if (months is None) is not (alive is None):
                raise RecordError(
                    f"Horizon {at} is half given.", remedy=f"Write both months_{at} and alive_{at}, or neither."
                )
            if months is not None:
                yield months, alive


@value
class Points(Obtained):
    """A score in points, and the group that the model puts it into if it says so.

    Examples
    --------
    >>> Points(obtained_from="paper form", obtained_on="2026-11-20", points=7, group=None).outcome.total
    7
    """

    points: Annotated[float, Number(words="points that the model gave", unit="points", low=-500, high=500, step=0)]
    group: Annotated[str | None, Text(words="group that the model names for them")]

    @property
    def outcome(self) -> Outcome:
        """The points as they were given."""
        group = () if self.group is None else (("group", self.group),)
        return Outcome(total=self.points, category=RECORDED, readings=(*group, *self.source))


@value
class Words(Obtained):
    """A result in words.

    Examples
    --------
    >>> Words(obtained_from="registry", obtained_on="2026-11-20", result="entered").outcome.readings[0]
    ('result', 'entered')
    """

    result: Annotated[str, Text(words="what was obtained, in words")]

    @property
    def outcome(self) -> Outcome:
        """The words as they were given."""
        return Outcome(category=RECORDED, readings=(("result", self.result), *self.source))
