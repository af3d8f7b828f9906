"""How a case is put to the axes of NOMS (NOMS-11, NOMS-15 to NOMS-19): what makes a row sure, and what leaves two."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, negated, unknown
from enbloc.case.lesion import LesionKind
from enbloc.decide.compression import TREATED_WITHOUT_SURGERY, is_below_conus, is_branch
from enbloc.decide.decision import Degree
from enbloc.decide.histology import Radiosensitivity
from enbloc.decide.noms import CITES, STRENGTH, axes
from enbloc.decide.prognosis import is_prompted, prompts
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.escc import Escc
from enbloc.stage.sins import Stability

AREAS_FROM = Threshold(
    name="separate areas of high-grade compression outside the trial of surgery",
    number=2,
    unit="areas",
    comparator=">=",
    source="laufer2013noms",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


@rule("NOMS-11", cites=CITES, checked=Checked.FROM_MEMORY, strength=STRENGTH, degree=Degree.CAUTION)
def irradiated_counts_as_resistant(about: Situation) -> Verdict:
    """A sensitive or moderately sensitive tumour at a level that was irradiated before, with any dose, is treated as
    resistant; while that is unknown both rows are shown and STOP-12 stays open.
    """
    if is_branch(about) is not True:
        return None
    do = "Follow the resistant row."
    if about.histology is not None and about.histology.key in TREATED_WITHOUT_SURGERY:
        do += " Let the board also see systemic therapy and re-irradiation (RT-05), within RT-09 and OAR-05."
    condition = all_of(_has_sensitive_class(about), about.answer(vocabulary.PRIOR_RADIOTHERAPY))
    return when(condition, do=do, because=f"{about.tumour_words}, irradiated before at this level.")


def _has_sensitive_class(about: Situation) -> Answer:
    """The class by histology alone, whatever was irradiated."""
    if about.histology is None:
        # A haematological tumour that nobody has named may be one; a metastasis without a class is resistant anyway.
        return unknown(vocabulary.HISTOLOGY.ask) if about.kind is LesionKind.HAEMATOLOGICAL else False
    return about.histology.row is Radiosensitivity.SENSITIVE


@rule(
    "NOMS-15",
    cites=CITES,
    checked=Checked.FROM_MEMORY,
    strength=STRENGTH,
    disagrees=("DISAGREE-4",),
)
def class_between_the_rows(about: Situation) -> Verdict:
    """NOMS knows two classes: moderately sensitive tumours stand in the sensitive row and are printed as such;
    intermediate, unlisted and unknown ones stand in the resistant row.
    """
    if is_branch(about) is not True:
        return None
    listed = about.histology
    if listed is None:
        do = "Count it in the resistant row until the board says otherwise."
        open_ = _has_sensitive_class(about)
        return when(True if open_ is False else open_, do=do, because=f"{about.tumour_words}: not in the table.")
    if listed.is_moderate:
        return when(True, do=_of_moderate(about), because=f"{about.tumour_words}: moderately sensitive.")
    between = listed.row is Radiosensitivity.RESISTANT and listed.sensitivity != "resistant"
    return when(
        between,
        do="Count it in the resistant row.",
        because=f"{about.tumour_words}: {listed.sensitivity.replace('_', ' ')}.",
    )


def _of_moderate(about: Situation) -> str:
    if about.answer(vocabulary.PRIOR_RADIOTHERAPY) is True:
        return "Say that it is moderately sensitive, and follow the resistant row: it was irradiated (NOMS-11)."
    row = "NOMS-06" if about.is_unstable is True else "NOMS-05"
    both = all_of(about.is_high_grade, about.answer(vocabulary.ABLE))
    if both is True:
        return f"Show radiotherapy ({row}) and surgery first (DEC-01) side by side."
    if both is False:
        return "Count it in the sensitive row, and say that it is moderately sensitive."
    return f"If the grade is high and surgery can be tolerated, show {row} and DEC-01 side by side."


@rule("NOMS-16", cites=("project",), checked=Checked.OURS, strength="Project rule", degree=Degree.CAUTION)
def middle_of_sins_is_undecided(about: Situation) -> Verdict:
    """SINS of 0 to 6 is stable and 13 to 18 unstable; between them stability is undecided until the surgeon's opinion
    is recorded, and both rows are shown.
    """
    if is_branch(about) is not True:
        return None
    score = about.score("sins")
    bands = {Stability(word) for word in score.categories} if score else set(Stability)
    middle = Stability.POTENTIALLY_UNSTABLE
    unsaid = not isinstance(about.answer(vocabulary.STABILITY_OPINION), bool)
    reached: Answer = middle in bands
    if reached and len(bands) > 1:
        reached = unknown(*(score.missing if score else ("SINS",)))
    do = "Show the stable and the unstable row, and ask the surgeon for an opinion on stability (STOP-04)."
    return when(all_of(unsaid, reached), do=do, because=about.sins_words)


@rule("NOMS-17", cites=("project",), checked=Checked.OURS, strength="Project rule", degree=Degree.CAUTION)
def fitness_is_a_joint_judgement(about: Situation) -> Verdict:
    """Whether surgery can be tolerated is a recorded joint judgement of surgeon and anaesthetist, never computed from
    age or a survival score; while it is unknown both rows are shown.
    """
    if is_branch(about) is not True:
        return None
    able = about.answer(vocabulary.ABLE)
    there = [words for words, answer in prompts(about).items() if answer is True]
    seen = f" To be weighed: {', '.join(there)}." if there else ""
    if not isinstance(able, bool):
        do = "Let surgeon and anaesthetist judge together whether surgery can be tolerated; show both rows."
        return when(True, do=do, because=f"The judgement is not recorded.{seen}")
    # A recorded no needs no prompt; behind a recorded yes whatever speaks against it is shown.
    do = "Let surgeon and anaesthetist confirm that surgery can be tolerated."
    return when(all_of(able, is_prompted(about)), do=do, because=f"Recorded as able.{seen}")


@rule("NOMS-18", cites=CITES, checked=Checked.FROM_MEMORY, strength=STRENGTH, degree=Degree.CAUTION)
def below_the_conus(about: Situation) -> Verdict:
    """Compression below the conus: the same rows are advice only; high means an effaced thecal sac or a motor or
    sphincter deficit of cauda type, with the constraints of the cauda and not of the cord.
    """
    epidural = negated(about.grade_in(Escc.GRADE_0))
    condition = all_of(is_branch(about), is_below_conus(about), epidural)
    do = "Read the rows as advice only, with the limits of the cauda (DECOMP-03) and the clock of RED-04."
    return when(condition, do=do, because=f"No cord beside the tumour. {axes(about)}")


@rule("NOMS-19", cites=CITES, checked=Checked.FROM_MEMORY, strength=STRENGTH, degree=Degree.CAUTION)
def several_areas_of_compression(about: Situation) -> Verdict:
    """Two or more separate areas of high-grade compression are outside the trial of surgery: the board names the
    symptomatic level; radiotherapy to all, surgery only where it explains the deficit or the instability.
    """
    counted = about.meets(vocabulary.COMPRESSED_AREAS, AREAS_FROM)
    if not isinstance(counted, bool) and _graded_high(about) >= AREAS_FROM.number:
        counted = True
    condition = all_of(is_branch(about), counted)
    do = "Name the symptomatic level; operate only where it explains the deficit or the instability."
    return when(condition, do=do, because="High-grade compression in more than one area.")


def _graded_high(about: Situation) -> int:
    """How many lesions of the case are surely of high grade; more may be, so that few says nothing."""
    high = {Escc.GRADE_2.value, Escc.GRADE_3.value}
    graded = about.scores_by("escc")
    return sum(_reported_or_own(about, score.about, score.categories) <= high for score in graded)


def _reported_or_own(about: Situation, lesion: str, own: tuple[str, ...]) -> set[str]:
    reported = about.findings.value(vocabulary.ESCC_REPORTED, lesion)
    return {reported.value} if reported is not None and reported.value in own else {*own, *_word(reported)}


def _word(reported: vocabulary.EsccReported | None) -> tuple[str, ...]:
    return () if reported is None else (reported.value,)


CASE_RULES: tuple[Rule, ...] = (
    irradiated_counts_as_resistant,
    class_between_the_rows,
    middle_of_sins_is_undecided,
    fitness_is_a_joint_judgement,
    below_the_conus,
    several_areas_of_compression,
)
PARAMETERS: tuple[Threshold, ...] = (AREAS_FROM,)
