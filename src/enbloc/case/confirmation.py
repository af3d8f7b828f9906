"""A named person says: these labels, or this level, are right."""

from __future__ import annotations

from datetime import date
from enum import Enum

from enbloc.errors import RecordError
from enbloc.value import value


class Confirmed(Enum):
    """What a person can confirm."""

    LABELS = "labels"
    LEVEL = "level"


@value
class Confirmation:
    """Who confirmed what, when, and the hash of what they looked at; void when that changes.

    Without a confirmation of labels and of level no plan is ready (hazards H1 and H27).
    """

    of: Confirmed
    by: str
    on: date
    sha256: str

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise RecordError("A confirmation needs a name.", remedy="Write who confirmed, in 'by'.")

    def holds(self, what: Confirmed, sha256: str) -> bool:
        """Whether this confirms ``what`` in its present state, given by its hash."""
        return self.of is what and bool(sha256) and self.sha256 == sha256
