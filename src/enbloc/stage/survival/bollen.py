"""The flow chart of Bollen 2014: clinical profile, Karnofsky status and visceral or brain metastases give A to D."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.survival.asked import karnofsky
from enbloc.value import value


class Profile(Enum):
    """Clinical profile of the primary tumour, chosen by a person and never inferred from the site.

    Verified by example alone: breast favourable, prostate moderate, lung unfavourable.
    """

    FAVOURABLE = "favourable"
    MODERATE = "moderate"
    UNFAVOURABLE = "unfavourable"


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

    profile: Annotated[Profile, Ask(words="clinical profile of the primary tumour")]
    karnofsky: Annotated[int, karnofsky(80)]
    visceral_or_brain: Annotated[bool, Ask(words="visceral or brain metastases")]

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

BOLLEN = Instrument(
    id="bollen_2014",
    name="Bollen flow chart",
    version="2014, specification of 2026-11-20",
    form=Bollen,
    population="spinal metastasis, radiotherapy or surgery; haematological, unknown and rare primaries were excluded",
    better=Better.LOWER,
    categories=(
        Category(word="A", published="median survival 31.2 months (25.2 to 37.3), 1,043 patients"),
        Category(word="B", published="median survival 15.4 months (11.9 to 18.2), 1,043 patients"),
        Category(word="C", published="median survival 4.8 months (4.1 to 5.4), 1,043 patients"),
        Category(word="D", published="median survival 1.6 months (1.4 to 1.9), 1,043 patients"),
    ),
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
