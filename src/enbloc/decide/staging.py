"""Rules of staging (STG): what a stage of Enneking calls for in principle, and what the sectors and sites allow."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer, Sector, sector
from enbloc.case.answer import Answer, Unknown, all_of, any_of, unknown
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import (
    BENIGN,
    MALIGNANT,
    is_primary_bone,
    is_sacral,
    is_stage,
    is_staged,
    sectors_of,
    stage_words,
    stages,
    surgical_types,
)
from enbloc.decide.planned import adult_figures
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking import Stage
from enbloc.stage.tomita import group, spondylectomy
from enbloc.stage.wbb import Resection
from enbloc.stage.wbb_form import ALLOWED, NOT_ALLOWED, SIDE_UNVERIFIED

POLICY: dict[Stage, tuple[str, str]] = {
    Stage.S1: ("observe", "intralesional, or observe"),
    Stage.S2: ("intralesional excision, with or without adjuvant", "marginal; intralesional only with adjuvant"),
    Stage.S3: ("marginal en bloc where the morbidity is acceptable", "wide; marginal only with adjuvant"),
    Stage.IA: ("wide en bloc", "wide"),
    Stage.IB: ("wide en bloc", "wide"),
    Stage.IIA: ("wide en bloc with adjuvant or neoadjuvant treatment", "wide with systemic therapy"),
    Stage.IIB: ("wide en bloc with adjuvant or neoadjuvant treatment", "wide with systemic therapy"),
    Stage.IIIA: ("palliative or systemic first, resection of a selected few", "not applicable"),
    Stage.IIIB: ("palliative or systemic first, resection of a selected few", "not applicable"),
}
"""What each stage calls for: in the practice of the spine, and by the strict reading for limbs."""


def is_staged_by_enneking(about: Situation) -> Answer:
    """Whether the stage was made for such a tumour: a primary outside the dura that is not one of the marrow."""
    marrow = about.histology is not None and about.histology.is_marrow
    return False if marrow else is_primary_bone(about)


def _of_class(about: Situation, *, benign: bool) -> Answer:
    """Whether the tumour is benign or malignant, by name, otherwise by stage; open where the two contradict."""
    by_name = about.histology.is_benign if about.histology is not None else None
    by_stage = is_stage(about, *(BENIGN if benign else MALIGNANT))
    if by_name is None:
        return by_stage
    if by_name is not benign:
        return False
    contradicts = is_staged(about) and by_stage is False
    return unknown("Enneking stage: it is not one of this tumour; which is right?") if contradicts else True


def _principle(about: Situation, *, benign: bool) -> Verdict:
    group_ = BENIGN if benign else MALIGNANT
    possible = [stage for stage in stages(about) if stage in group_]
    said = list(dict.fromkeys(POLICY[stage] for stage in possible))
    staged = len(said) == 1 or unknown(vocabulary.ENNEKING_REPORTED.ask)
    condition = all_of(is_staged_by_enneking(about), _of_class(about, benign=benign), staged)
    spine, strict = said[0] if said else ("", "")
    do = f"In principle: {spine} (strict reading: {strict}). The rule of its histology goes before."
    return when(condition, do=do, because=stage_words(about))


@rule("STG-01", cites=("enneking1980",), checked=Checked.FROM_MEMORY, strength="Principle")
def margin_of_a_benign_tumour(about: Situation) -> Verdict:
    """A benign primary tumour is observed when latent (S1), excised intralesionally with or without adjuvant when
    active (S2), and taken out en bloc with a marginal margin where the morbidity is acceptable when aggressive (S3).
    """
    return _principle(about, benign=True)


@rule("STG-02", cites=("enneking1980",), checked=Checked.FROM_MEMORY, strength="Principle")
def margin_of_a_malignant_tumour(about: Situation) -> Verdict:
    """A malignant primary tumour is taken out en bloc and wide at low grade (IA, IB), with adjuvant or neoadjuvant
    treatment at high grade (IIA, IIB); with metastases (IIIA, IIIB) treatment is palliative or systemic first.
    """
    return _principle(about, benign=False)


@rule("STG-03", cites=("boriani1997wbb",), checked=Checked.FROM_MEMORY, strength="Principle")
def sectors_are_recorded_with_their_sides(about: Situation) -> Verdict:
    """Of a vertebral tumour the sectors of Weinstein, Boriani and Biagini are recorded with their sides, patient left
    first (4 the left pedicle, 9 the right one), with the layers A to F and the levels; a sector without a side is
    unverified, and no plan is made from it.
    """
    score = sectors_of(about)
    sideless = score is not None and SIDE_UNVERIFIED in score.flags
    condition = all_of(is_primary_bone(about), score is None or sideless)
    do = "Record sectors with their sides (patient left first), layers A to F, and the levels involved."
    because = "A sector without a side: no plan from it." if sideless else "No sectors recorded."
    return when(condition, do=do, because=because)


def _sided(about: Situation) -> Score | None:
    """The score of the sectors, unless their sides are unverified."""
    score = sectors_of(about)
    return None if score is None or SIDE_UNVERIFIED in score.flags else score


def _allows(about: Situation, resection: Resection) -> Answer:
    """Whether the sectors allow a resection; a sector on the cut-off, or unknown layers, leave it open."""
    score = _sided(about)
    if score is None:
        return unknown("sectors of the tumour with their sides, and its layers")
    # An extent that was measured and is settled names what it allows among its categories alone.
    also = {one.name: one.values for one in score.also}
    possible = resection.value in score.categories
    ways = also.get(resection.value, (ALLOWED,) if possible else (NOT_ALLOWED,))
    if len(ways) == 1:
        return ways[0] == ALLOWED
    return unknown(*(score.missing or ("sectors and layers of the tumour (WBB)",)))


_SUBSET = "A subset of sectors is necessary, not sufficient: vessels, roots, dura and earlier surgery decide."


def _feasible(about: Situation, resection: Resection, words: str) -> Verdict:
    because = f"The sectors allow it. {_SUBSET}"
    return when(_allows(about, resection), do=f"Weigh {words}.", because=because)


@rule("STG-04", cites=("boriani1997wbb",), checked=Checked.FROM_MEMORY, strength="Principle", acts=(Act.EN_BLOC,))
def vertebrectomy_is_feasible(about: Situation) -> Verdict:
    """With the tumour within sectors 4 to 8 or 5 to 9, so that one pedicle at least is free, an en bloc vertebrectomy
    is feasible.
    """
    return _feasible(about, Resection.VERTEBRECTOMY, "an en bloc vertebrectomy")


@rule("STG-05", cites=("boriani1997wbb",), checked=Checked.FROM_MEMORY, strength="Principle", acts=(Act.EN_BLOC,))
def sagittal_resection_is_feasible(about: Situation) -> Verdict:
    """An eccentric tumour within sectors 3 to 5 on the left or 8 to 10 on the right, never of both sides, allows a
    sagittal resection.
    """
    return _feasible(about, Resection.SAGITTAL, "a sagittal resection")


@rule("STG-06", cites=("boriani1997wbb",), checked=Checked.FROM_MEMORY, strength="Principle", acts=(Act.EN_BLOC,))
def posterior_arch_resection_is_feasible(about: Situation) -> Verdict:
    """A tumour of the posterior elements alone, within sectors 10 to 12 and 1 to 3 with both pedicles free, allows a
    resection of the posterior arch.
    """
    return _feasible(about, Resection.POSTERIOR_ARCH, "a resection of the posterior arch")


@rule("STG-10", cites=("boriani1997wbb",), checked=Checked.FROM_MEMORY, strength="Principle", acts=(Act.EN_BLOC,))
def anterior_resection_is_feasible(about: Situation) -> Verdict:
    """A tumour within sectors 5 to 8 and layers A and B, without C, can be taken out by an anterior resection alone."""
    return _feasible(about, Resection.ANTERIOR_ONLY, "an anterior resection alone (Boriani type 1)")


@rule(
    "STG-07",
    cites=("boriani1997wbb",),
    checked=Checked.FROM_MEMORY,
    strength="Principle",
    degree=Degree.CAUTION,
    acts=(Act.EN_BLOC,),
)
def clear_margin_may_be_impossible(about: Situation) -> Verdict:
    """With layer E invaded, both pedicles invaded, or epidural tumour all round, an en bloc resection with clear margin
    may be impossible without resecting dura or cutting through tumour: the predicted margin and the violated plane are
    shown.
    """
    condition = any_of(
        about.is_one_of(vocabulary.WBB_LAYERS, Layer.E.value),
        _both_pedicles(about),
        about.answer(vocabulary.EPIDURAL_CIRCUMFERENTIAL),
    )
    do = "Show the predicted margin and the plane that it violates; discuss dura and osteotomy through tumour."
    return when(condition, do=do, because=about.where)


def _both_pedicles(about: Situation) -> Answer:
    left, right = sector(4), sector(9)
    held = about.findings.many(vocabulary.WBB_SECTORS, about.about)
    if held is None:
        return unknown(vocabulary.WBB_SECTORS.ask)
    open_ = about.findings.many(vocabulary.WBB_SECTORS_OPEN, about.about) or ()
    return all_of(_holds(left, held, open_), _holds(right, held, open_))


def _holds(one: Sector, held: tuple[Sector, ...], open_: tuple[Sector, ...]) -> Answer:
    return unknown("does the tumour reach both pedicles?") if one in open_ else one in held


@rule(
    "STG-08", cites=("tomita1997tes", "tomita2001"), checked=Checked.FROM_MEMORY, strength="Cohort", acts=(Act.EN_BLOC,)
)
def surgical_type_by_tomita(about: Situation) -> Verdict:
    """By Tomita types 1 to 3 lie within the vertebra, 4 to 6 beyond it, 7 is multiple; total en bloc spondylectomy is
    recommended for 3, 4 and 5, relative for 1 and 6, relative or recommended for 2 by reading, and not for 7.
    """
    types = surgical_types(about)
    if isinstance(types, Unknown):
        return types
    words = [f"type {kind.value} ({group(kind).value}): {spondylectomy(kind).value}" for kind in types]
    do = f"Total en bloc spondylectomy by Tomita, {'; or '.join(words)}."
    return when(True, do=do, because=f"Tomita type {' or '.join(kind.value for kind in types)}.")


@rule("STG-09", cites=("hanna2008sacral",), checked=Checked.READ, strength="Cohort")
def reach_of_a_sacral_tumour(about: Situation) -> Verdict:
    """Of a sacral tumour the highest involved segment, the sacroiliac joints and the piriformis and gluteal muscles are
    recorded: of 18 tumours 85 per cent recurred with muscle invaded and 90 per cent with the joint.
    """
    joint, muscle = about.answer(vocabulary.SACRAL_JOINT), about.answer(vocabulary.SACRAL_MUSCLE)
    reached = [words for words, holds in (("muscle (85 %)", muscle), ("joint (90 %)", joint)) if holds is True]
    condition = all_of(is_primary_bone(about), is_sacral(about), any_of(joint, muscle))
    do = f"Plan the margin through {' and '.join(reached)}: recurrence in a series of 18 with these invaded."
    highest = about.levels[0] if about.levels else "unknown"
    return when(condition, do=adult_figures(about, do), because=f"Highest involved segment {highest}.")


CASE_RULES: tuple[Rule, ...] = (
    margin_of_a_benign_tumour,
    margin_of_a_malignant_tumour,
    sectors_are_recorded_with_their_sides,
    reach_of_a_sacral_tumour,
)
ACT_RULES: tuple[Rule, ...] = (
    vertebrectomy_is_feasible,
    sagittal_resection_is_feasible,
    posterior_arch_resection_is_feasible,
    anterior_resection_is_feasible,
    clear_margin_may_be_impossible,
    surgical_type_by_tomita,
)
