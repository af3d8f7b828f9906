"""When the rules are due to be looked at again: every rule says since when it stands and until when (``review_by``)."""

from __future__ import annotations

from datetime import date

from enbloc.decide.fractionation import months_after
from enbloc.evidence import SPECIFIED, Threshold, project_value

REVIEW_AFTER = project_value(
    "time after which a rule is reviewed again",
    12,
    "months",
    "<=",
    source="pathway, section E, note 1: every rule has a review_by, and no source names the interval",
)

VALID_FROM = date.fromisoformat(SPECIFIED)
"""The day that the knowledge base was compiled."""


def review_by(valid_from: date) -> date:
    """The last day before a rule that stands since ``valid_from`` is due for review.

    Examples
    --------
    >>> review_by(date(2026, 11, 20)).isoformat()
    '2027-11-20'
    """
    return months_after(valid_from, int(REVIEW_AFTER.number))


REVIEW_BY = review_by(VALID_FROM)

PARAMETERS: tuple[Threshold, ...] = (REVIEW_AFTER,)
