"""Rules about biopsy (BX): tissue before anything that cannot be taken back."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, negated
from enbloc.decide.decision import Act
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked

DO_NOT_TOUCH = frozenset({"haemangioma_typ", "enostosis", "osteoid_osteoma"})
"""The tumours whose typical image the board may agree to leave without a biopsy."""


@rule(
    "BX-01",
    cites=("yamazaki2009sosg", "charestmorin2019primary"),
    checked=Checked.READ_IN_A_COPY,
    strength="GRADE strong, very low quality",
    favours=(Act.BIOPSY,),
    against=(Act.EN_BLOC, Act.SEPARATION, Act.INTRALESIONAL, Act.CEMENT, Act.ABLATION),
)
def tissue_first(about: Situation) -> Verdict:
    """A solitary bone lesion of the spine without tissue, and without a do-not-touch image, gets a CT-guided core
    biopsy after board review, and no resection, cement or ablation before the histology.
    """
    if about.is_intradural is True:
        return None  # no lesion of bone: its tissue comes with the resection
    condition = all_of(about.answer(vocabulary.SOLITARY), about.is_without_tissue, _may_be_touched(about))
    return when(
        condition,
        do="Take a CT-guided core biopsy after board review.",
        because=f"Solitary lesion, {about.tumour_words}, no tissue.",
    )


def _may_be_touched(about: Situation) -> Answer:
    """Whether the image is none that a board would leave alone; open where that is what is suspected."""
    spared = about.histology is not None and about.histology.key in DO_NOT_TOUCH
    return negated(about.answer(vocabulary.DO_NOT_TOUCH)) if spared else True


CASE_RULES: tuple[Rule, ...] = (tissue_first,)
