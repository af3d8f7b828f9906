"""A named person goes on although a stop is open, and says why; the stop stays printed."""

from __future__ import annotations

import re
from datetime import date

from enbloc.errors import RecordError
from enbloc.value import value

FEWEST_LETTERS = 10
FEWEST_DIFFERENT = 5
"""A reason of fewer letters, or of the same few again and again, says nothing that a board could weigh."""

LONGEST_REASON = 2000
LONGEST_NAME = 80
LONGEST_ACT = 80

NO_REASONS = frozenset(
    {
        "as discussed",
        "as discussed before",
        "for clinical reasons",
        "clinical decision",
        "clinical judgement",
        "clinical judgment",
        "in an emergency",
        "no reason given",
        "not applicable",
        "not available",
        "override this stop",
        "placeholder",
        "reason follows",
        "reason to follow",
        "see discussion",
        "see patient notes",
        "the reason why",
        "to be added",
        "to be completed",
        "to be confirmed",
        "to be decided",
        "to be determined",
        "to be discussed",
        "to be done later",
        "typed reason",
    }
)
"""Words that stand where a reason should."""

NO_NAMES = frozenset({"anonymous", "clinician", "doctor", "named clinician", "nobody", "none", "somebody", "surgeon"})
"""Words that stand where a name should; a function names nobody."""


@value
class Override:
    """One stop that a named person overrides, for one lesion or the patient, for one act or every act.

    An override never takes the stop off the page: it says who goes on all the same, since when, and why. ``act`` is the
    word of one act (``en bloc resection``), empty for every act; acts are not known here and the word is judged later,
    and so is whether the pathway has the stop.

    Raises
    ------
    RecordError
        If the stop is written otherwise than STOP-16, nobody is named, or the reason says nothing.

    Examples
    --------
    >>> one = Override(
    ...     stop="STOP-16", about="patient", by="R. Example", on=date(2026, 11, 20),
    ...     because="apixaban 20 hours ago, paraparesis since noon, reversed with andexanet",
    ... )
    >>> one.act == ""  # every act
    True
    """

    stop: str
    about: str
    act: str = ""
    by: str
    on: date
    because: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"STOP-[0-9]{2}", self.stop):
            raise RecordError("This is no id of a stop.", remedy="Write it as STOP-16.", where="stop")
        _refuse_act(self.act)
        _refuse_name(self.by)
        _refuse_reason(self.because)


def _refuse_act(act: str) -> None:
    if act and not (act.strip() == act and act.isprintable() and len(act) <= LONGEST_ACT):
        raise RecordError(
            "This is no act.", remedy="Write its word, as 'biopsy', or leave it out for every act.", where="act"
        )


def _refuse_name(by: str) -> None:
    """A name has two letters or more and is no function; it is never repeated in a message."""
    remedy = "Write the name of the clinician who answers for it."
    if _plain(by) in NO_NAMES or sum(letter.isalpha() for letter in by) < len("AB"):
        raise RecordError("A stop is overridden by nobody.", remedy=remedy, where="by")
    if not by.isprintable() or len(by) > LONGEST_NAME:
        raise RecordError("This is no name.", remedy=remedy, where="by")


def _refuse_reason(because: str) -> None:
    remedy = "Write in a sentence why the risk is taken."
    letters = [letter for letter in because.casefold() if letter.isalpha()]
    is_short = len(letters) < FEWEST_LETTERS or len(set(letters)) < FEWEST_DIFFERENT
    if is_short or _plain(because) in NO_REASONS:
        raise RecordError("A stop is overridden without a reason.", remedy=remedy, where="because")
    if not because.isprintable():
        raise RecordError("A reason is printed on one line.", remedy="Write it without line ends.", where="because")
    if len(because) > LONGEST_REASON:
        raise RecordError(
            f"A reason of {len(because)} letters is none.", remedy=f"Write at most {LONGEST_REASON}.", where="because"
        )


def _plain(words: str) -> str:
    """The words alone, in small letters."""
    return " ".join(re.findall(r"\w+", words.casefold()))
