"""The Bauer score as modified by Leithner: one point for each favourable state, 0 to 4.

Not the original of 1995, which counts pathological fracture too and runs to 5 with other bands.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort, Median, Predicted
from enbloc.stage.survival.asked import MULTIPLE_BONE, PRIMARY, VISCERAL
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value


class Primary(Component):
    """The primary tumour: a point if it is not lung, and one more for the four favourable ones."""

    LUNG = "lung", 0
    COLON = "colon", 1
    PROSTATE = "prostate", 1
    OTHER = "other", 1
    BREAST = "breast", 2
    KIDNEY = "kidney", 2
    LYMPHOMA = "lymphoma", 2
    MYELOMA = "myeloma", 2


class Survival(Enum):
    """The three bands of the total, worst first."""

    UNDER_6_MONTHS = "0 to 1: less than 6 months"
    OVER_6_MONTHS = "2: more than 6 months"
    OVER_A_YEAR = "3 to 4: more than 12 months"


SITES = {
    PrimarySite.LUNG: Primary.LUNG,
    PrimarySite.COLON: Primary.COLON,
    PrimarySite.PROSTATE: Primary.PROSTATE,
    PrimarySite.BREAST: Primary.BREAST,
    PrimarySite.KIDNEY: Primary.KIDNEY,
    PrimarySite.LYMPHOMA: Primary.LYMPHOMA,
    PrimarySite.MYELOMA: Primary.MYELOMA,
    PrimarySite.UNIDENTIFIED: (Primary.LUNG, Primary.OTHER),  # "not lung" cannot be said of it
}

VISCERAL_WORDING = "visceral is taken without the brain; a paper of 2015 words it 'visceral or brain'"


@value
class Bauer:
    """Three items that carry the four favourable states.

    Examples
    --------
    >>> form = Bauer(visceral=False, primary=Primary.BREAST, multiple_bone=True)
    >>> form.outcome.total, form.outcome.category
    (3, '3 to 4: more than 12 months')
    """

    visceral: Annotated[bool, VISCERAL]
    primary: Annotated[Primary, Ask(words=PRIMARY, answered_by=by_site(SITES, others=Primary.OTHER))]
    multiple_bone: Annotated[bool, MULTIPLE_BONE]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and band."""
        points = (
            ("visceral", 0 if self.visceral else 1),
            ("primary", self.primary.points),
            ("multiple_bone", 0 if self.multiple_bone else 1),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """The band of a total from 0 to 4; the bands of the original score do not hold for it."""
    if total <= 1:
        return Survival.UNDER_6_MONTHS.value
    return Survival.OVER_6_MONTHS.value if total <= 2 else Survival.OVER_A_YEAR.value


def _strategy(survival: Survival, strategy: str, predicted: Predicted, months: float) -> Category:
    median = Median(months=months, checked=Checked.FROM_MEMORY)
    return Category(word=survival.value, published=strategy, survival=(predicted, median))


BAUER = Instrument(
    id="bauer_modified_2008",
    name="Modified Bauer (Leithner)",
    version="2008, specification of 2026-11-20",
    form=Bauer,
    population="spinal metastasis",
    better=Better.HIGHER,
    categories=(
        _strategy(
            Survival.OVER_A_YEAR,
            "middle-term control from the front and from behind",
            Predicted(from_months=12),
            28.4,
        ),
        _strategy(Survival.OVER_6_MONTHS, "short palliation from behind", Predicted(from_months=6), 18.2),
        _strategy(Survival.UNDER_6_MONTHS, "no surgery", Predicted(to_months=6), 4.8),
    ),
    lowest=0,
    highest=4,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2008, patients=69),
    is_survival=True,
    validations=(
        "best or joint best of seven scores in a series from Graz",
        "Harrell's c 0.665 in 211 patients",
    ),
    warnings=(VISCERAL_WORDING,),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("leithner2008"),),
)
