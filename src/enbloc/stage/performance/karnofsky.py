"""The Karnofsky performance status: 100 to 0 in tens, as observed."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.performance.crosswalk import ecog_by_mapping, in_words
from enbloc.value import value

TENS = tuple(range(10, 101, 10))


@value
class Karnofsky:
    """The status as somebody observed it; 75 is none.

    Examples
    --------
    >>> Karnofsky(status=70).outcome.category
    'Karnofsky 70'
    """

    status: Annotated[
        int,
        Number(
            words="Karnofsky performance status",
            unit="%",
            low=0,
            high=100,
            step=10,
            cuts=TENS,
            answered_by=vocabulary.KARNOFSKY,
        ),
    ]

    @property
    def outcome(self) -> Outcome:
        """The status, and the ECOG statuses it may be by each mapping."""
        return Outcome(
            points=(("status", self.status),),
            total=self.status,
            category=band(self.status),
            flags=(f"ECOG, not converted: {in_words(ecog_by_mapping(self.status))}",),
        )


def band(total: float) -> str:
    """The word of a status."""
    return f"Karnofsky {total:g}"


KARNOFSKY = Instrument(
    id="karnofsky",
    name="Karnofsky performance status",
    version="specification of 2026-11-20",
    form=Karnofsky,
    population="patient with cancer",
    better=Better.HIGHER,
    categories=tuple(Category(word=band(status)) for status in (*reversed(TENS), 0)),
    lowest=0,
    highest=100,
    band=band,
    validations=(
        "against ECOG (2010, palliative clinic): weighted kappa .84, hit rate 75 %",
        "against ECOG (2018, lung clinic): weighted kappa .749, hit rate 78.1 %",
    ),
    checked=Checked.READ,
    cites=(cite("ma2010crosswalk"), cite("buccheri1996"), cite("prasad2018crosswalk")),
)
