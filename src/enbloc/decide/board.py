"""Rules about the board (MDT): who must be asked, when, and what its output holds."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, unknown
from enbloc.decide.decision import Degree
from enbloc.decide.of_primary import MALIGNANT, is_primary_bone, is_stage
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.stage.escc import Escc

MEMBERS = "spine surgeon, radiation oncologist, medical or haemato-oncologist, radiologist, pathologist"
BY_PLAN = "plastic, vascular, thoracic, colorectal and urological surgery by plan"
STANDING = "palliative care and rehabilitation as standing members"
OUTPUT = (
    "certainty of the diagnosis",
    "cell of NOMS",
    "target margin by Enneking",
    "chosen and rejected options with the reason",
    "items of consent",
    "responsible person",
    "deadline",
)
"""What the output of the board must hold (MDT-04)."""


def _is_primary_bone_tumour(about: Situation) -> Answer:
    return is_primary_bone(about)


def _is_intradural_malignancy(about: Situation) -> Answer:
    if about.histology is None:
        return False  # an intradural tumour without a name is judged by its other triggers
    return all_of(about.is_intradural, about.histology.behaviour.startswith("malignant"))


def _is_unstable_or_compressing(about: Situation) -> Answer:
    """SINS of seven or more, or ESCC 1c and above; neither scale holds within the dura (STOP-24)."""
    if about.is_intradural is True:
        return False
    pressing = about.grade_in(Escc.GRADE_1C, Escc.GRADE_2, Escc.GRADE_3)
    return any_of(about.warrants_consultation, pressing)


@rule(
    "MDT-01",
    cites=("nice2023ng234", "barzilai2019essential"),
    checked=Checked.READ,
    strength="Guideline and expert; the numbers are project choices",
)
def full_board(about: Situation) -> Verdict:
    """Any primary bone tumour, an intradural malignant tumour, SINS of seven or more or ESCC 1c and above goes to the
    full board.
    """
    condition = any_of(
        _is_primary_bone_tumour(about), _is_intradural_malignancy(about), _is_unstable_or_compressing(about)
    )
    do = f"Take it to the full board: {MEMBERS}; {BY_PLAN}; {STANDING}."
    scales = "" if about.is_intradural is True else f" {about.sins_words} {about.escc_words}"
    return when(condition, do=do, because=f"{about.where}{scales}")


@rule(
    "MDT-02",
    cites=("strauss2021esmo", "wheeless_isls"),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline",
    degree=Degree.CAUTION,
)
def refer_before_biopsy(about: Situation) -> Verdict:
    """A primary malignant bone tumour is referred before biopsy to a sarcoma or spine centre."""
    condition = all_of(is_primary_bone(about), _is_malignant(about))
    do = "Refer to a sarcoma or spine centre before any biopsy."
    if about.is_without_tissue is False:
        do = "Refer to a sarcoma or spine centre now; the rule is before biopsy."
    return when(condition, do=do, because=about.where)


def _is_malignant(about: Situation) -> Answer:
    """Malignant by name, otherwise by stage; a plasmacytoma is the haematologist's."""
    if about.histology is None:
        staged = is_stage(about, *MALIGNANT)
        return staged if isinstance(staged, bool) else unknown(vocabulary.HISTOLOGY.ask)
    return about.histology.behaviour.startswith("malignant") and not about.histology.is_marrow


@rule(
    "MDT-03",
    cites=("nice2023ng234",),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.URGENT,
)
def quorum_out_of_hours(about: Situation) -> Verdict:
    """In an emergency out of hours surgeon and radiation oncologist decide by telephone as a quorum, the board ratifies
    later, and nobody waits for its meeting.
    """
    condition = all_of(about.answer(vocabulary.OUT_OF_HOURS), _is_emergency(about))
    do = "Decide with surgeon and radiation oncologist by telephone now; the board ratifies later."
    return when(condition, do=do, because=about.escc_words)


def _is_emergency(about: Situation) -> Answer:
    """The emergency of RED-01 as far as facts of this case say: a deficit, or signs of the cord."""
    return any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))


@rule("MDT-04", cites=("project",), checked=Checked.OURS, strength="Project rule")
def output_of_the_board(about: Situation) -> Verdict:
    """The output of the board holds the certainty of the diagnosis, the cell of NOMS, the target margin by Enneking,
    chosen and rejected options with reasons, the items of consent, a responsible person and a deadline.
    """
    return when(True, do=f"Record: {', '.join(OUTPUT)}.", because=about.where)


CASE_RULES: tuple[Rule, ...] = (full_board, refer_before_biopsy, quorum_out_of_hours, output_of_the_board)
