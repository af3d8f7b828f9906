"""Primary tumours whatever their name (PRIM): consent for en bloc, children, pregnancy; and the one metastasis among
them.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.lesion import LesionKind
from enbloc.case.patient import Sex
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import for_adults, is_primary, surgical_types
from enbloc.decide.planned import is_adult
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold


def _threshold(name: str, number: float, unit: str, comparator: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source="tomita2001",
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


KARNOFSKY_FROM = _threshold("Karnofsky status for en bloc resection of a metastasis", 80, "points", ">=")
FREE_LONGER_THAN = _threshold("disease-free interval of an indolent cancer", 24, "months", ">")
TOMITA_UP_TO = _threshold("highest Tomita type for en bloc resection of a metastasis", 5, "type", "<=")

SELECTED = frozenset({"met_rcc", "met_thyroid_f", "met_thyroid_p"})
"""The metastases by name that may be resected en bloc; any other only if it is indolent."""


def _is_metastasis(about: Situation) -> Answer:
    """Whether it is a metastasis; a kind that contradicts the name is none."""
    if about.kind is not None:
        return about.kind is LesionKind.METASTASIS
    return False if about.histology is not None else unknown(vocabulary.KIND.ask)


def _is_selected(about: Situation) -> Answer:
    """Renal cell or thyroid by name, or indolent: a long disease-free interval and no other disease."""
    named = about.histology is not None and about.histology.key in SELECTED
    indolent = all_of(
        about.answer(vocabulary.INDOLENT_PRIMARY), about.meets(vocabulary.MONTHS_TO_SPINE, FREE_LONGER_THAN)
    )
    return all_of(about.answer(vocabulary.SOLITARY), any_of(named, indolent))


def _tomita_allows(about: Situation) -> Answer:
    types = surgical_types(about)
    if isinstance(types, Unknown):
        return types
    inside = [int(kind.value) <= TOMITA_UP_TO.number for kind in types]
    return inside[0] if len(set(inside)) == 1 else unknown("which surgical type by Tomita is it?")


def _is_eligible(about: Situation) -> Answer:
    return all_of(
        about.answer(vocabulary.STAGING_CLEAR),
        about.meets(vocabulary.KARNOFSKY, KARNOFSKY_FROM),
        _tomita_allows(about),
    )


@rule(
    "PRIM-29",
    cites=("tomita2001",),
    checked=Checked.FROM_MEMORY,
    strength="Cohort",
    favours=(Act.EN_BLOC, Act.RADIOSURGERY),
    acts=(Act.EN_BLOC, Act.RADIOSURGERY),
)
def selected_metastasis_en_bloc(about: Situation) -> Verdict:
    """A very selected solitary metastasis of renal cell or thyroid cancer, or of an indolent cancer with more than two
    disease-free years and no other disease, is considered for en bloc resection only if staging of the whole body is
    clear, Karnofsky status is 80 or more and the Tomita type is 5 or less; otherwise stereotactic radiotherapy.
    """
    # Within the dura neither Tomita's types nor an en bloc resection mean anything: that is the branch of INTRA.
    outside = about.is_intradural is not True
    chosen, eligible = all_of(outside, _is_metastasis(about), _is_selected(about)), _is_eligible(about)
    if about.is_act(Act.EN_BLOC):
        return when(all_of(chosen, eligible), do="Consider en bloc, as the exception it is.", because=about.where)
    do = "Stereotactic radiotherapy, since the conditions of an en bloc resection are not met."
    return when(all_of(chosen, negated(eligible)), do=do, because=about.where)


@rule(
    "PRIM-31",
    cites=("boriani2010morbidity", "boriani2017enbloc220", "bandiera2022", "spiessberger2021"),
    checked=Checked.READ,
    strength="Cohort",
    acts=(Act.EN_BLOC,),
)
def morbidity_of_en_bloc(about: Situation) -> Verdict:
    """The morbidity of en bloc resection is printed at consent, with the higher figure where the tumour was entered
    before, recurs, or needs a combined approach.
    """
    condition = is_primary(about)
    figures = (
        "134 patients: complications in 34.3 %, 2.2 % died; 45.7 % if contaminated or recurrent, 31.3 % if untreated. "
        "220 resections: complications in 46.2 %, 4.6 % died, local recurrence 15.3 %; a combined approach, "
        "chemotherapy before and radiotherapy are independent risks. 298 patients: complications in 50 %, 67 % alive "
        "after ten years."
    )
    do = f"Print the morbidity at consent. {_which(about)} {for_adults(about, figures)}"
    return when(condition, do=do, because=about.where)


def _which(about: Situation) -> str:
    """Which end of the range holds; what is unknown is not taken for untouched."""
    before = any_of(about.answer(vocabulary.INTRALESIONAL_BEFORE), about.answer(vocabulary.RECURRENT))
    if before is True:
        return "Contaminated or recurrent: the higher figure holds."
    if before is False:
        return "Untouched: the lower figure holds, unless the approach is combined."
    return "Whether it was entered before or recurs is unknown: show both ends of the range."


@rule(
    "PRIM-39",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.URGENT,
)
def embryonal_tumour_of_a_child(about: Situation) -> Verdict:
    """A child with a dumbbell or epidural neuroblastoma or another chemosensitive embryonal tumour goes to paediatric
    oncology at once: chemotherapy first while the deficit is mild or stable, decompression by laminoplasty for rapid
    decline or without a diagnosis, dexamethasone by paediatric dose.
    """
    # The table holds one embryonal tumour; another name is not guessed at and falls to the rule of the unlisted.
    listed = about.histology is not None and about.histology.key == "met_neuroblastoma"
    condition = all_of(listed, negated(is_adult(about)))
    return when(condition, do=_for_the_child(about), because=about.where)


def _for_the_child(about: Situation) -> str:
    pressing = any_of(about.answer(vocabulary.RAPID_DECLINE), about.is_without_tissue)
    do = "Call paediatric oncology at once; dexamethasone by paediatric dose."
    if pressing is True:
        return f"{do} Decompress by laminoplasty: rapid decline, or no diagnosis."
    if pressing is False:
        return f"{do} Chemotherapy first."
    return f"{do} Chemotherapy first, unless the decline is rapid or there is no diagnosis: find out."


@rule(
    "PRIM-42",
    cites=("project",),
    checked=Checked.OURS,
    strength="Project rule",
    degree=Degree.CAUTION,
)
def child_or_pregnancy(about: Situation) -> Verdict:
    """With any primary tumour in pregnancy or under the age of 18 an obstetrician or a paediatric oncologist joins the
    board, and doses and figures of adults are not printed as applicable.
    """
    young, pregnant = negated(is_adult(about)), _is_pregnant(about)
    asked = [who for who, holds in (("obstetrics", pregnant), ("paediatric oncology", young)) if holds is True]
    do = f"Ask {' and '.join(asked)} to join the board; doses and figures of adults do not apply."
    return when(all_of(is_primary(about), any_of(young, pregnant)), do=do, because=about.where)


def _is_pregnant(about: Situation) -> Answer:
    if about.known(vocabulary.SEX) is Sex.MALE:
        return False
    return about.answer(vocabulary.PREGNANT)


CASE_RULES: tuple[Rule, ...] = (embryonal_tumour_of_a_child, child_or_pregnancy)
ACT_RULES: tuple[Rule, ...] = (selected_metastasis_en_bloc, morbidity_of_en_bloc)
PARAMETERS: tuple[Threshold, ...] = (KARNOFSKY_FROM, FREE_LONGER_THAN, TOMITA_UP_TO)
