"""The Clinical Frailty Scale, as a clinician recorded it: never derived."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

CLASSES = (
    "1: fit",
    "2: fit",
    "3: fit",
    "4: very mildly frail (older name: vulnerable)",
    "5: mildly frail",
    "6: moderately frail",
    "7: severely frail",
    "8: very severely frail",
    "9: terminally ill",
)
FRAIL_FROM = 5
TERMINAL = "9 means a short life expectancy without other frailty: the patient may walk"


class Edition(Enum):
    """Which edition was used, told by the name of its fourth class."""

    VULNERABLE = "class 4 is called vulnerable (older)"
    VERY_MILDLY_FRAIL = "class 4 is called very mildly frail"
    NOT_STATED = "not stated"


@value
class ClinicalFrailty:
    """One class, as recorded.

    Examples
    --------
    >>> ClinicalFrailty(recorded=4).outcome.category
    '4: very mildly frail (older name: vulnerable)'
    """

    recorded: Annotated[
        int,
        Number(
            words="clinical frailty two weeks before the acute illness, as a clinician judged it",
            unit="",
            low=1,
            high=9,
            cuts=(2, 3, 4, 5, 6, 7, 8, 9),
        ),
    ]
    edition: Annotated[Edition, Ask(words="edition of the scale")] = Edition.NOT_STATED

    @property
    def outcome(self) -> Outcome:
        """The class, with the edition that it was taken from."""
        return Outcome(
            category=CLASSES[self.recorded - 1],
            flags=(TERMINAL,) if self.recorded == len(CLASSES) else (),
            readings=(("edition", self.edition.value),),
        )


CFS = Instrument(
    id="cfs",
    name="Clinical Frailty Scale",
    version="nine classes, specification of 2026-11-20",
    form=ClinicalFrailty,
    population="patients without a stable lifelong disability",
    better=Better.LOWER,
    categories=tuple(
        Category(word=word, published="frail" if at >= FRAIL_FROM else "") for at, word in enumerate(CLASSES, 1)
    ),
    warnings=("recorded as a clinician judged it, never derived; not meant for stable lifelong disability",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("clinical_frailty_scale"),),
)
