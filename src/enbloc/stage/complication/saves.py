"""Severity of adverse events in spine surgery: two versions, never converted into each other."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

NEVER_CONVERTED = "grades I to IV of the first version and 1 to 6 of the second are never converted"


class Treatment(Enum):
    """What an event needed."""

    NONE_OR_MINIMAL = "none_or_minimal"
    MORE = "more"


LONGER_FROM_DAYS = 3
"""From so many days on the stay is longer; grade II is 3 to 7."""

MUCH_LONGER_FROM_DAYS = 8
UNPUBLISHED = "more than 7 days without lasting sequelae is in no published grade: given as II, read it yourself"


@value
class Event:
    """One adverse event.

    Examples
    --------
    >>> Event(treatment=Treatment.MORE, longer_stay=5, sequelae=False, death=False).outcome.category
    'II'
    """

    treatment: Annotated[Treatment, Ask(words="treatment that the event needed")]
    longer_stay: Annotated[
        int,
        Number(
            words="days by which the stay became longer",
            unit="days",
            low=0,
            high=365,
            cuts=(LONGER_FROM_DAYS, MUCH_LONGER_FROM_DAYS),
        ),
    ]
    sequelae: Annotated[bool, Ask(words="sequelae for more than 6 months")]
    death: Annotated[bool, Ask(words="death by the event")]

    @property
    def outcome(self) -> Outcome:
        """The grade, and whether the stay fits it."""
        if self.death or self.sequelae:
            return Outcome(category="IV" if self.death else "III")
        if self.longer_stay >= MUCH_LONGER_FROM_DAYS:
            return Outcome(category="II", flags=(UNPUBLISHED,))
        more = self.treatment is Treatment.MORE or self.longer_stay >= LONGER_FROM_DAYS
        return Outcome(category="II" if more else "I")


SAVES_V1 = Instrument(
    id="saves_v1",
    name="SAVES severity, first version",
    version="2010, specification of 2026-11-20",
    form=Event,
    population="an adverse event of spine surgery",
    better=Better.LOWER,
    categories=(
        Category(word="I", published="no or minimal treatment, effect on the stay under 1 to 2 days"),
        Category(word="II", published="treatment or 3 to 7 more days, no long-term effect"),
        Category(word="III", published="treatment or more than 7 more days, sequelae for more than 6 months"),
        Category(word="IV", published="death"),
    ),
    validations=("trained reviewers found 99 events where surgeons reported 14: say who captured them",),
    warnings=(NEVER_CONVERTED,),
    checked=Checked.READ,
    cites=(cite("saves2010"),),
)

GRADES_V2 = (
    "1: no treatment",
    "2: minor treatment, no lasting effect",
    "3: treatment, effect for less than 6 months",
    "4: effect for more than 6 months",
    "5: sentinel, life- or limb-threatening",
    "6: death",
)


@value
class RecordedEvent:
    """One adverse event, with the grade that a reader gave it.

    Examples
    --------
    >>> RecordedEvent(grade=6).outcome.category
    '6: death'
    """

    grade: Annotated[
        int, Number(words="grade that was given to the event", unit="", low=1, high=6, cuts=(2, 3, 4, 5, 6))
    ]

    @property
    def outcome(self) -> Outcome:
        """The grade in words."""
        return Outcome(category=GRADES_V2[self.grade - 1])


SAVES_V2 = Instrument(
    id="saves_v2",
    name="SAVES severity, second version",
    version="2016, specification of 2026-11-20",
    form=RecordedEvent,
    population="an adverse event of spine surgery",
    better=Better.LOWER,
    categories=tuple(Category(word=word) for word in GRADES_V2),
    validations=(
        "severity: agreement between readers 0.75, of a reader with themselves 0.70 to 0.71 (intraclass correlation)",
        "presence of an event: agreed in 97 to 100 %",
    ),
    warnings=(NEVER_CONVERTED, "the text of the six grades is from memory"),
    checked=Checked.FROM_MEMORY,
    cites=(cite("saves2016"),),
)
