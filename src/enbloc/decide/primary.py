"""Rules about primary tumours by histology (PRIM), and the stop against entering them."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import all_of, any_of, negated
from enbloc.decide.acts import ENTERING
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import (
    BENIGN,
    MALIGNANT,
    for_adults,
    is_sacral,
    is_stage,
    is_staged,
    stage_words,
    wants_en_bloc,
)
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked

SACRAL_CHORDOMA = (
    "Sacral: local recurrence 35 %, median survival 6 years, 4 years without local recurrence; earlier surgery and an "
    "intralesional margin predict it."
)
DEFINITIVE_DOSE = (
    "At least 74 GyRBE with protons; 67.2 to 73.6 GyRBE in 16 fractions of carbon ions are used in Japan; there are no "
    "randomised data."
)
CHONDROSARCOMA = (
    "111 patients: local recurrence 35 %, median survival 8.4 years, 58 % operated on appropriately to Enneking; that "
    "the hazard is higher otherwise is not yet source-checked."
)
"""Figures and doses of adults, printed for them alone."""


def _is_chordoma(about: Situation) -> bool:
    return about.histology is not None and about.histology.is_chordoma and about.is_secondary is False


@rule(
    "PRIM-01",
    cites=("varga2015", "gokaslan2016"),
    checked=Checked.READ,
    strength="GRADE strong, very low quality",
    favours=(Act.EN_BLOC,),
    against=(Act.SEPARATION, Act.INTRALESIONAL),
)
def chordoma_en_bloc(about: Situation) -> Verdict:
    """A localised chordoma that can be resected with acceptable morbidity is taken out en bloc, wide or marginal, with
    the biopsy tract, and is never curetted or entered.
    """
    conventional = _is_chordoma(about) and not _is_rare(about)
    condition = all_of(conventional, about.answer(vocabulary.RESECTABLE))
    # The figures are of the sacrum; what was read of the mobile spine holds no number.
    sacral = is_sacral(about) is True
    do = f"Plan a wide or marginal en bloc resection. {for_adults(about, SACRAL_CHORDOMA) if sacral else ''}".strip()
    return when(condition, do=do, because=f"{about.tumour_words}.")


def _is_rare(about: Situation) -> bool:
    return about.histology is not None and about.histology.is_rare_subtype


@rule(
    "PRIM-40",
    cites=("strauss2021esmo", "who2020bone"),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    favours=(Act.EN_BLOC,),
    against=(Act.SEPARATION, Act.INTRALESIONAL),
)
def rare_subtype_en_bloc(about: Situation) -> Verdict:
    """A localised dedifferentiated, mesenchymal or clear cell chondrosarcoma, or a poorly differentiated or
    dedifferentiated chordoma, is taken out en bloc and wide, with systemic therapy by subtype; the figures of the
    conventional subtypes are never read for it.
    """
    condition = all_of(_is_rare(about) and about.is_secondary is False, about.answer(vocabulary.RESECTABLE))
    return when(condition, do="Plan a wide en bloc resection, systemic therapy by subtype.", because=about.where)


@rule(
    "PRIM-03",
    cites=("yeung2023", "stacchiotti2015"),
    checked=Checked.FROM_MEMORY,
    strength="Consensus",
    favours=(Act.RADIOTHERAPY,),
)
def chordoma_radiotherapy(about: Situation) -> Verdict:
    """Where an en bloc resection of a chordoma would cut high sacral roots, or is not possible or declined, definitive
    particle or high-dose photon therapy is an accepted alternative.
    """
    high_sacrum = bool({Level.S1, Level.S2, Level.S3} & set(about.levels))
    declined = about.answer(vocabulary.DECLINED)
    costly = any_of(high_sacrum, negated(about.answer(vocabulary.RESECTABLE)), declined)
    condition = all_of(_is_chordoma(about), costly)
    do = f"Show definitive radiotherapy and the loss of function beside it. {for_adults(about, DEFINITIVE_DOSE)}"
    return when(condition, do=do, because=about.where)


@rule(
    "PRIM-06",
    cites=("fisher2016chondro",),
    checked=Checked.READ,
    strength="GRADE strong, very low quality",
    favours=(Act.EN_BLOC,),
    against=(Act.SEPARATION, Act.INTRALESIONAL),
)
def chondrosarcoma_en_bloc(about: Situation) -> Verdict:
    """In the spine a chondrosarcoma of any conventional grade is preferably taken out en bloc; there is no low-risk
    zone for curettage.
    """
    listed = about.histology is not None and about.histology.is_chondrosarcoma and about.is_secondary is False
    do = f"Plan an en bloc resection. {for_adults(about, CHONDROSARCOMA)}"
    return when(listed, do=do, because=f"{about.tumour_words}.")


@rule(
    "PRIM-41",
    cites=("project",),
    checked=Checked.OURS,
    strength="Project rule",
    degree=Degree.CAUTION,
)
def no_rule_for_this_histology(about: Situation) -> Verdict:
    """There is no rule for a histology that is not in the table, or where biopsy and imaging disagree: a second opinion
    of a reference pathologist, and the board; no stop is lifted.
    """
    named = about.findings.value(vocabulary.HISTOLOGY, about.about)
    if not named or about.is_secondary is True or (about.kind is None and about.histology is not None):
        return None  # of a name that contradicts the kind the kind is asked first
    disagree = all_of(about.answer(vocabulary.PROVEN), about.answer(vocabulary.BIOPSY_DISAGREES))
    condition = any_of(about.histology is None, _is_staged_as_another(about), disagree)
    do = "No rule for this histology: ask a reference pathologist, and take it to the board."
    return when(condition, do=do, because=_why_no_rule(about, named))


def _is_staged_as_another(about: Situation) -> bool:
    """Whether a benign name stands beside a malignant stage, or the other way round."""
    benign = about.histology.is_benign if about.histology is not None else None
    if benign is None or not is_staged(about):
        return False
    return is_stage(about, *(MALIGNANT if benign else BENIGN)) is True


def _why_no_rule(about: Situation, named: str) -> str:
    if about.histology is None:
        return f"{named}: not in the table."
    if _is_staged_as_another(about):
        return f"{named} does not fit its stage. {stage_words(about)}"
    return f"{named}: biopsy and imaging disagree."


@rule(
    "DISAGREE-7",
    cites=("gokaslan2016", "yeung2023", "stacchiotti2015"),
    checked=Checked.FROM_MEMORY,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_chordoma(about: Situation) -> Verdict:
    """Chordoma: one position is en bloc resection, with or without radiotherapy; the other is high-dose particle
    therapy as the less morbid way.
    """
    return when(_is_chordoma(about), do="Show both, with what each costs in function.", because=about.where)


@rule(
    "STOP-02",
    cites=("fisher2011validation",),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    against=ENTERING,
)
def entering_a_tumour_that_wants_en_bloc(about: Situation) -> Verdict:
    """An intralesional plan for a tumour whose preferred margin is en bloc, without a reason recorded by the board:
    local recurrence in 57 of 77 against 14 of 70.
    """
    if about.plan is None or not about.plan.enters_tumour or about.is_secondary is True:
        return None
    # A reason that nobody recorded is no reason: only a recorded one lifts the stop.
    if about.known(vocabulary.BOARD_REASON) is True:
        return None
    return when(
        wants_en_bloc(about), do="Plan en bloc, or record the board's reason.", because=f"{about.tumour_words}."
    )


CASE_RULES: tuple[Rule, ...] = (
    chordoma_en_bloc,
    rare_subtype_en_bloc,
    chordoma_radiotherapy,
    chondrosarcoma_en_bloc,
    sources_disagree_on_chordoma,
    no_rule_for_this_histology,
)
ACT_RULES: tuple[Rule, ...] = (entering_a_tumour_that_wants_en_bloc,)
