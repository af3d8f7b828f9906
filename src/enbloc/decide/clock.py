"""Hours between two moments of a record, and since one of them until the day the case stands at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from enbloc.case.answer import Answer, unknown
from enbloc.evidence import Threshold
from enbloc.value import value

_HOUR = timedelta(hours=1)


@value
class Hours:
    """The hours that may have passed: a case stands at a day and not at an hour."""

    low: float
    high: float


def between(first: datetime | None, then: datetime | None) -> Hours | None:
    """Hours from one moment to another; nothing if either is unknown or only one of them names its time zone.

    Examples
    --------
    >>> between(datetime(2026, 11, 19, 14), datetime(2026, 11, 20, 2))
    Hours(low=12.0, high=12.0)
    """
    if first is None or then is None or (first.tzinfo is None) != (then.tzinfo is None):
        return None
    hours = (then - first) / _HOUR
    return Hours(low=hours, high=hours)


def since(moment: datetime | None, today: date | None) -> Hours | None:
    """Hours from a moment to some hour of the day the case stands at; nothing if either is unknown or it lies ahead.

    Examples
    --------
    >>> since(datetime(2026, 11, 19, 14), date(2026, 11, 20))
    Hours(low=10.0, high=34.0)
    """
    if moment is None or today is None or moment.date() > today:
        return None
    morning = datetime.combine(today, time(), tzinfo=moment.tzinfo)
    return Hours(low=max(0.0, (morning - moment) / _HOUR), high=(morning + timedelta(days=1) - moment) / _HOUR)


def meets(hours: Hours | None, limit: Threshold, *, ask: str) -> Answer:
    """Whether hours lie on the side of a limit that its comparator names; open where they may lie on either."""
    if hours is None:
        return unknown(ask)
    ends = {limit.holds(end) for end in (hours.low, hours.high)}
    return ends.pop() if len(ends) == 1 else unknown(ask)
