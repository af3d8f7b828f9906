"""The ECOG performance status."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.performance.crosswalk import in_words, karnofsky_by_mapping
from enbloc.value import value

STATUSES = (
    "0: fully active",
    "1: restricted in strenuous activity, ambulatory, light work",
    "2: ambulatory, self-care, no work, up more than half of waking hours",
    "3: limited self-care, in bed or chair more than half of waking hours",
    "4: completely disabled",
    "5: dead",
)


@value
class Ecog:
    """The status as somebody observed it.

    Examples
    --------
    >>> Ecog(status=4).outcome.category
    '4: completely disabled'
    """

    status: Annotated[
        int,
        Number(
            words="ECOG performance status", unit="", low=0, high=5, cuts=(1, 2, 3, 4, 5), answered_by=vocabulary.ECOG
        ),
    ]

    @property
    def outcome(self) -> Outcome:
        """The status in words, and the Karnofsky statuses it may be by each mapping."""
        return Outcome(
            points=(("status", self.status),),
            total=self.status,
            category=band(self.status),
            flags=(f"Karnofsky, not converted: {in_words(karnofsky_by_mapping(self.status))}",),
        )


def band(total: float) -> str:
    """The words of a status."""
    return STATUSES[int(total)]


ECOG = Instrument(
    id="ecog",
    name="ECOG performance status",
    version="1982, specification of 2026-11-20",
    form=Ecog,
    population="patient with cancer",
    better=Better.LOWER,
    categories=tuple(Category(word=word) for word in STATUSES),
    lowest=0,
    highest=5,
    band=band,
    validations=("against Karnofsky: Spearman -.84 to -.87",),
    checked=Checked.READ,
    cites=(cite("oken1982ecog"), cite("ma2010crosswalk"), cite("buccheri1996"), cite("prasad2018crosswalk")),
)
