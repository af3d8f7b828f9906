"""Hard stops (STOP) that belong to no other family. A stop that cannot be judged is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import Fact
from enbloc.decide.acts import ENTERING, IRRADIATING_ALONE, all_but
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.compression import is_below_conus, is_branch
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_intradural import is_inside
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.stops_of_compression import (
    compression_without_a_decision,
    surgery_first_for_a_radiosensitive_tumour,
)
from enbloc.evidence import Checked
from enbloc.stage.escc import Escc
from enbloc.stage.extent import doubts

NOT_VERIFIED = "Level not verified"
"""How STOP-05 begins to say that the count of the levels or a label is in doubt, and nobody has confirmed the level."""


@rule(
    "STOP-01",
    cites=("yeung2023", "fisher2011validation", "source_s0"),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    against=ENTERING,
)
def entering_a_solitary_lesion_without_tissue(about: Situation) -> Verdict:
    """Any intralesional act on a solitary lesion without histology may turn a curable primary tumour into an incurable
    one.
    """
    if about.plan is None or not about.plan.enters_tumour:
        return None
    spared = _spares(about)
    if is_excepted(about):
        return None
    condition = all_of(about.answer(vocabulary.SOLITARY), about.is_without_tissue)
    do = "Take a biopsy first."
    if spared:
        do += " Exception, to be recorded by name: the board agreed that the image is typical and needs no biopsy."
    if about.has_deficit_with_compression is True:
        # The exception is granted by a named person; facts alone never lift the stop.
        do += " Exception, to be recorded by name: emergency decompression with tissue at the same sitting, and no"
        do += " cement before the frozen section."
    return when(condition, do=do, because=f"Solitary lesion, {about.tumour_words}, no tissue.")


SPARED: dict[str, tuple[Act, ...]] = {
    "osteoid_osteoma": (Act.ABLATION, Act.INTRALESIONAL),
    "haemangioma_typ": (Act.CEMENT,),
}
"""What may be done without tissue where the board agreed on a typical image (PRIM-16, PRIM-20)."""


def is_excepted(about: Situation) -> bool:
    """Whether a named person recorded that the board agreed on a typical image before an act that it allows."""
    return _spares(about) and _is_agreed_by_name(about)


def _spares(about: Situation) -> bool:
    """Whether a typical image of this tumour may stand in for tissue before this act."""
    key = about.histology.key if about.histology is not None else ""
    if key == "haemangioma_typ" and not _hurts_alone(about):
        return False
    return about.is_act(*SPARED.get(key, ()))


def _hurts_alone(about: Situation) -> bool:
    """Pain without a deficit: the haemangioma of PRIM-20, and no other, is excepted."""
    return about.has_pain is True and about.answer(vocabulary.DEFICIT) is False


def _is_agreed_by_name(about: Situation) -> bool:
    """Whether a named person recorded that the board agreed; without a name the exception is not granted."""
    agreed = about.finding(vocabulary.DO_NOT_TOUCH)
    return not isinstance(agreed, Unknown) and agreed.value and bool(agreed.source.by.strip())


@rule(
    "STOP-04",
    cites=("fisher2010sins", "sins_table_copy", "alcorn2024astro"),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=(*IRRADIATING_ALONE, Act.OBSERVATION),
)
def instability_missed(about: Situation) -> Verdict:
    """Radiotherapy or discharge with SINS 7 to 18 and no surgical consultation recorded: instability missed."""
    condition = all_of(about.warrants_consultation, negated(about.answer(vocabulary.SURGEON_CONSULTED)))
    return when(condition, do="Consult a spine surgeon first.", because=about.sins_words)


@rule(
    "STOP-05",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    # A drug and comfort are given at no level.
    acts=all_but(Act.OBSERVATION, Act.SYSTEMIC, Act.PALLIATIVE),
)
def level_not_verified(about: Situation) -> Verdict:
    """The level of the plan differs from the lesion's in the record or in the labels, or the vertebral count and the
    labels have not been verified by a named person: wrong-level surgery.
    """
    if about.plan is None:
        return None
    because = " ".join(_level_doubts(about, about.plan))
    do = "Count the vertebrae, and confirm labels and level by name."
    if about.levels_differ:
        do = "Count the vertebrae, correct the record or the labels, and confirm both by name."
    return when(bool(because), do=do, because=because)


def _level_doubts(about: Situation, plan: PlanFacts) -> Iterator[str]:
    """Every reason to doubt the level, in sentences."""
    if about.levels_differ:
        yield f"Record and labels name different levels: {about.levels_differ}."
    if not about.levels:
        yield "The level of the lesion is not known."
    elif not plan.levels:
        yield "The plan names no level."
    elif missed := [level for level in about.levels if level not in plan.levels]:
        beside = len(missed) == len(about.levels)
        listed = " and ".join(map(str, missed))
        yield "The plan is at none of the lesion's levels." if beside else f"The plan leaves out {listed}."
    known = about.circumstances
    if not known.level_confirmed and (doubtful := doubts(about.findings, about.levels)):
        yield f"{NOT_VERIFIED}: {'; '.join(doubtful)}."
    checks = (("labels", known.labels_confirmed), ("level", known.level_confirmed))
    if unconfirmed := [words for words, done in checks if not done]:
        yield f"Not confirmed: {' and '.join(unconfirmed)}."


_WITHOUT_A_SCALE = (Act.OBSERVATION, Act.BIOPSY, Act.INTRADURAL, Act.SYSTEMIC, Act.PALLIATIVE)
"""Acts that no rule chooses by SINS or ESCC; a resection within the dura is judged by rules made for it."""


@rule(
    "STOP-24",
    cites=("bilsky2010escc",),
    checked=Checked.FROM_MEMORY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=all_but(*_WITHOUT_A_SCALE),
)
def scale_of_another_compartment(about: Situation) -> Verdict:
    """ESCC or SINS used for an intradural tumour, or the logic of the cord used below the conus: the wrong scale."""
    inside = is_inside(about)
    do = "Judge it as an intradural tumour: neither SINS nor ESCC holds; the rules of its own entity do (INTRA)."
    because = f"{about.tumour_words}: a tumour within the dura."
    if inside is not True and _by_the_cord_alone(about) is True:
        do = "Judge it as the cauda equina: record whether the thecal sac is effaced (NOMS-18)."
        because = f"No cord at the level, and a grade made for the cord: {about.escc_words}"
    return when(any_of(all_of(inside, _is_scaled(about)), _by_the_cord_alone(about)), do=do, because=because)


def _is_scaled(about: Situation) -> bool:
    """Whether either scale was used on it: an item of one was read, or its branch may be that of NOMS, which uses both.

    Pain is an item of SINS and of any history, and counts for nothing here.
    """
    read = any(about.known(one) is not None for one in _READ_FOR_SINS) or len(about.grades) < len(Escc)
    return read or about.is_secondary is not False


_READ_FOR_SINS: tuple[Fact[Any], ...] = (
    vocabulary.BONE_REPORTED,
    vocabulary.ALIGNMENT_REPORTED,
    vocabulary.COLLAPSE_REPORTED,
    vocabulary.POSTEROLATERAL_REPORTED,
)


def _by_the_cord_alone(about: Situation) -> Answer:
    """A reported grade decides below the conus, and nobody has said what becomes of the sac or the cauda equina."""
    graded: Answer = about.known(vocabulary.ESCC_REPORTED) is not None
    if about.findings.why_missing(vocabulary.ESCC_REPORTED, about.about):
        graded = unknown(vocabulary.ESCC_REPORTED.ask)  # a grade that is doubted may still decide
    judged = about.known(vocabulary.SAC_EFFACED) is not None or about.known(vocabulary.CAUDA_DEFICIT) is not None
    return all_of(is_branch(about), graded, not judged, is_below_conus(about))


CASE_RULES: tuple[Rule, ...] = (compression_without_a_decision,)
ACT_RULES: tuple[Rule, ...] = (
    entering_a_solitary_lesion_without_tissue,
    instability_missed,
    level_not_verified,
    surgery_first_for_a_radiosensitive_tumour,
    scale_of_another_compartment,
)
