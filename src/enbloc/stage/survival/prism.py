"""PRISM: survival after stereotactic radiosurgery of a spinal metastasis. More is better; the interval is in years."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort, Median
from enbloc.stage.survival import spread, state
from enbloc.value import value

GROUP_1 = "group 1: more than 7"
GROUP_2 = "group 2: 4 to 7"
GROUP_3 = "group 3: 1 to less than 4"
GROUP_4 = "group 4: less than 1"

MOST_ORGANS = 20
"""As many organ systems may be entered; the score itself sets no limit."""

_PERFORMANCE = Number(
    words="performance points of the score",
    unit="points",
    low=0,
    high=3.5,
    step=0.5,
    cuts=(0.5, 1, 1.5, 2, 2.5, 3, 3.5),
)
_ORGANS = Number(
    words="organ systems with metastases, other than bone",
    unit="",
    low=0,
    high=MOST_ORGANS,
    cuts=tuple(range(1, MOST_ORGANS + 1)),
    answered_by=vocabulary.ORGAN_SYSTEMS,
)
_YEARS = Number(
    words="years from the diagnosis of the tumour to the spinal metastasis",
    unit="years",
    low=0,
    high=100,
    step=0.01,
    cuts=(5.01,),
    answered_by=vocabulary.MONTHS_TO_SPINE,
    per_unit=1 / 12,
)


@value
class Prism:
    """Seven items; two of them take points away.

    Examples
    --------
    >>> form = Prism(
    ...     female=True, only_site=True, performance=3, prior_surgery=False, prior_radiation=False, organs=0, years=7
    ... )
    >>> form.outcome.total, form.outcome.category
    (11, 'group 1: more than 7')
    """

    female: Annotated[bool, Ask(words="female", answered_by=state.female)]
    only_site: Annotated[bool, Ask(words="treated site is the only metastatic site", answered_by=spread.only_site)]
    performance: Annotated[float, _PERFORMANCE]
    prior_surgery: Annotated[bool, Ask(words="earlier surgery at this site", answered_by=vocabulary.OPERATED_AT_LEVEL)]
    prior_radiation: Annotated[
        bool, Ask(words="earlier radiation at this site", answered_by=vocabulary.PRIOR_RADIOTHERAPY)
    ]
    organs: Annotated[int, _ORGANS]
    years: Annotated[float, _YEARS]

    def __post_init__(self) -> None:
        """Raise RecordError where the only site stands beside metastases of other organs."""
        if self.only_site and self.organs:
            raise RecordError(
                f"The treated site cannot be the only metastatic one with {self.organs} other organ systems involved.",
                remedy="Correct only_site or organs.",
            )

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and group."""
        points = (
            ("female", 2 if self.female else 0),
            ("only_site", 3 if self.only_site else 0),
            ("performance", self.performance),
            ("prior_surgery", 1 if self.prior_surgery else 0),
            ("prior_radiation", -1 if self.prior_radiation else 0),
            ("organs", -self.organs),
            ("years", 3 if self.years > 5 else 0),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """The group of a total; of half points 3.5 is our group 3 and 7.5 our group 1, for the paper prints whole ones."""
    if total > 7:
        return GROUP_1
    if total >= 4:
        return GROUP_2
    return GROUP_3 if total >= 1 else GROUP_4


def _external(months: float) -> Median:
    return Median(months=months, elsewhere="424 patients of another centre")


PRISM = Instrument(
    id="prism",
    name="PRISM",
    version="2015, specification of 2026-11-20",
    form=Prism,
    population="spinal metastasis, before stereotactic radiosurgery",
    better=Better.HIGHER,
    categories=(
        Category(word=GROUP_1, survival=(Median(months=None), _external(57.1))),
        Category(word=GROUP_2, survival=(Median(months=32.4), _external(37.0))),
        Category(word=GROUP_3, survival=(Median(months=22.2), _external(23.7))),
        Category(word=GROUP_4, survival=(_external(8.8),)),
    ),
    lowest=-1 - MOST_ORGANS,
    highest=12.5,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2015, patients=206, treatment="stereotactic radiosurgery of the spine, in trials"),
    is_survival=True,
    validations=(
        "c 0.68 in 249 patients of the same centre",
        "c 0.66 to 0.69 in 424 patients elsewhere (groups of 89, 188, 88 and 59), 0.68 to 0.70 at the centre"
        " (doi 10.1016/j.radonc.2024.110570)",
    ),
    warnings=(
        "performance points are entered as such: how they follow from a Karnofsky or ECOG status was not obtained",
        "the interval counts over 5 years, as in the derivation; one conference abstract says 5 months",
    ),
    checked=Checked.READ,
    cites=(cite("tang2015prism"), cite("jensen2017prism")),
)
