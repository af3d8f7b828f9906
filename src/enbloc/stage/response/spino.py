"""Local control after stereotactic radiotherapy of a spinal metastasis (SPINO), with the window of pseudoprogression.

Pain is judged apart from it, by the international consensus.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

WINDOW_MONTHS = (3.0, 6.0)
"""Growth that is first seen within these months after treatment, both included, may be pseudoprogression."""


class Growth(Enum):
    """Of tumour volume or linear dimension in the treated volume."""

    NONE = "none"
    EQUIVOCAL = "equivocal"
    UNEQUIVOCAL = "gross and unequivocal"


class Local(Enum):
    """The results, best first."""

    CONTROL = "local control"
    INDETERMINATE = "indeterminate"
    PROGRESSION = "local progression"


REPEAT = "may be pseudoprogression: repeat the MRI"
STILL_MAY_RETURN = "osseous pseudoprogression was back at baseline after 23 to 52 weeks: judge again after that"
EARLY = "osseous pseudoprogression has peaked from 9.7 weeks on: repeat the MRI"
CONFIRM = "confirm on 2 or 3 consecutive MRIs 6 to 8 weeks apart"
OTHER_CAUSE = "neurological deterioration without growth: look for another cause"


@value
class Spino:
    """What the MRI shows in the treated volume, when it was first seen, and the neurology.

    Examples
    --------
    >>> form = Spino(
    ...     growth=Growth.UNEQUIVOCAL, first_seen_months=3.2, epidural=False, deterioration=False, confirmed=False
    ... )
    >>> form.outcome.category
    'indeterminate'
    """

    growth: Annotated[Growth, Ask(words="growth of the tumour in the treated volume")]
    first_seen_months: Annotated[
        float,
        Number(
            words="months from radiotherapy to the MRI that first shows growth, or to the latest one",
            unit="months",
            low=0,
            high=600,
            step=0.1,
            cuts=(WINDOW_MONTHS[0], WINDOW_MONTHS[1] + 0.1),
        ),
    ]
    epidural: Annotated[bool, Ask(words="any new or progressive epidural tumour")]
    deterioration: Annotated[bool, Ask(words="neurological deterioration due to epidural disease known before")]
    confirmed: Annotated[bool, Ask(words="growth confirmed on consecutive MRIs 6 to 8 weeks apart")]

    @property
    def outcome(self) -> Outcome:
        """Epidural growth is progression at any time; bone alone may deceive in the window."""
        grows = self.growth is not Growth.NONE
        if self.epidural or (grows and self.deterioration):
            return Outcome(category=Local.PROGRESSION.value)
        if not grows:
            other = (OTHER_CAUSE,) if self.deterioration else ()
            return Outcome(category=Local.CONTROL.value, flags=other)
        if WINDOW_MONTHS[0] <= self.first_seen_months <= WINDOW_MONTHS[1]:
            later = (STILL_MAY_RETURN,) if self.confirmed else ()
            return Outcome(category=Local.INDETERMINATE.value, flags=(REPEAT, *later))
        if self.growth is Growth.EQUIVOCAL:
            return Outcome(category=Local.INDETERMINATE.value, flags=(CONFIRM,))
        early = (EARLY,) if self.first_seen_months < WINDOW_MONTHS[0] else ()
        return Outcome(category=Local.PROGRESSION.value, flags=early if self.confirmed else (*early, CONFIRM))


def months(weeks: float) -> float:
    """Weeks as months of a twelfth of 365.25 days, in tenths.

    Examples
    --------
    >>> months(14), months(40)
    (3.2, 9.2)
    """
    return round(weeks * 7 * 12 / 365.25, 1)


SPINO = Instrument(
    id="spino",
    name="SPINO local control",
    version="2015, specification of 2026-11-20",
    form=Spino,
    population="spinal metastasis after stereotactic body radiotherapy, followed by MRI",
    better=Better.LOWER,
    categories=(
        Category(word=Local.CONTROL.value, published="no progression in the treated volume on serial imaging"),
        Category(
            word=Local.INDETERMINATE.value,
            published="osseous pseudoprogression (2016): 5 of 37 lesions, growth 4 to 10 mm, peak at 9.7 to 24.4 weeks",
        ),
        Category(
            word=Local.PROGRESSION.value,
            published="unequivocal growth, any new or progressive epidural tumour, or neurological deterioration due"
            " to epidural disease with equivocal growth",
        ),
    ),
    warnings=("MRI every 2 to 3 months for 12 to 18 months, then every 3 to 6; pain is judged apart",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("thibault2015spino"), cite("laufer2018spino"), cite("amini2016pseudoprogression")),
)
