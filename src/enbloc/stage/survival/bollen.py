"""The flow chart of Bollen 2014: clinical profile, Karnofsky status and visceral or brain metastases give A to D."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import Cohort, Median, Tumour
from enbloc.stage.survival import spread
from enbloc.stage.survival.asked import karnofsky
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value


class Profile(Enum):
    """Clinical profile of the primary tumour, chosen by a person and never inferred from the site.

    Verified by example alone: breast favourable, prostate moderate, lung unfavourable.
    """

    FAVOURABLE = "favourable"
    MODERATE = "moderate"
    UNFAVOURABLE = "unfavourable"


BY_EXAMPLE = {
    PrimarySite.BREAST: Profile.FAVOURABLE,
    PrimarySite.PROSTATE: Profile.MODERATE,
    PrimarySite.LUNG: Profile.UNFAVOURABLE,
}
"""The profiles that the paper gives by example; a person states that of any other site."""

LEFT_OUT = (
    PrimarySite.UNIDENTIFIED,
    PrimarySite.MYELOMA,
    PrimarySite.LYMPHOMA,
    PrimarySite.LEUKAEMIA,
)
"""Unknown and haematological primary tumours; rare ones were left out too, and which these are is not listed."""

CHART: dict[str, str] = {
    Profile.FAVOURABLE.value: "ABBC",
    Profile.MODERATE.value: "BBCC",
    Profile.UNFAVOURABLE.value: "CCDD",
}
"""Letters by profile: Karnofsky 80 and more without and with visceral or brain metastases, then 70 and less."""


@value
class Bollen:
    """Three items; the metastases count in the favourable profile alone.

    Examples
    --------
    >>> Bollen(profile=Profile.FAVOURABLE, karnofsky=90, visceral_or_brain=False).outcome.category
    'A'
    """

    profile: Annotated[
        Profile,
        Ask(
            words="clinical profile of the primary tumour",
            answered_by=by_site(BY_EXAMPLE, others=tuple(Profile), excluded=LEFT_OUT, score="The flow chart of Bollen"),
        ),
    ]
    karnofsky: Annotated[int, karnofsky(80)]
    visceral_or_brain: Annotated[bool, Ask(words="visceral or brain metastases", answered_by=spread.visceral_or_brain)]

    @property
    def outcome(self) -> Outcome:
        """The letter of the chart."""
        column = (0 if self.karnofsky >= 80 else 2) + (1 if self.visceral_or_brain else 0)
        return Outcome(category=CHART[self.profile.value][column])


MEDIANS = (
    "median months by primary tumour in 1,379 patients of the same group, no definition of the profiles: breast 18.6,"
    " liposarcoma 13.4, kidney 7.8, prostate 7.4, thyroid 7.3, uterine sarcoma 7.2, osteosarcoma 6.3, ovary 5.4,"
    " liver 4.8, colon 3.1, unknown 2.8, Ewing 2.7, pancreas and biliary 2.5, cervix 2.3, oesophagus 2.1, lung 2.0,"
    " endometrium 1.9, urothelial 1.7, melanoma 1.5, stomach 1.4, tongue 0.8; melanoma, kidney and lung predate"
    " present systemic treatment"
)
"""What helps a person to choose the profile."""


def _median(months: float, low: float, high: float) -> Median:
    return Median(months=months, low=low, high=high, checked=Checked.READ)


BOLLEN = Instrument(
    id="bollen_2014",
    name="Bollen flow chart",
    version="2014, specification of 2026-11-20",
    form=Bollen,
    population="spinal metastasis, radiotherapy or surgery; haematological, unknown and rare primaries were excluded",
    better=Better.LOWER,
    categories=(
        Category(word="A", survival=(_median(31.2, 25.2, 37.3),)),
        Category(word="B", survival=(_median(15.4, 11.9, 18.2),)),
        Category(word="C", survival=(_median(4.8, 4.1, 5.4),)),
        Category(word="D", survival=(_median(1.6, 1.4, 1.9),)),
    ),
    tumours=(Tumour.METASTASIS,),
    cohort=Cohort(published=2014, patients=1043, treatment="radiotherapy, surgery or both"),
    is_survival=True,
    validations=("c 0.71 within the cohort, 0.69 outside",),
    warnings=(
        "the cells of the chart between its corners, and the list of primary tumours by profile, are from memory",
        "by example breast is favourable, prostate moderate and lung unfavourable; a person chooses any other profile",
        MEDIANS,
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("bollen2014survival"),),
)
