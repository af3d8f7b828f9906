"""Surgery or radiotherapy for metastatic compression (DEC), and radiosurgery for its pain (DISAGREE-1)."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import DeclineWithRadiotherapy, PainCharacter
from enbloc.case.lesion import LesionKind
from enbloc.decide.acts import IRRADIATING_ALONE
from enbloc.decide.compression import is_below_conus, is_branch, is_high, is_treated_without_surgery
from enbloc.decide.decision import Act, Degree
from enbloc.decide.planned import adult_figures
from enbloc.decide.prognosis import (
    BEDRIDDEN_FROM,
    SURVIVAL_FROM,
    for_adults,
    is_paraplegic_too_long,
    lives_long_enough,
    status_not_by_compression,
)
from enbloc.decide.prognosis import PARAMETERS as OF_PROGNOSIS
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit
from enbloc.stage.sins import Stability
from enbloc.value import value


@value
class Schedule:
    """A prescription of conventional radiotherapy or radiosurgery, as printed."""

    gray: float
    fractions: int
    source: str
    checked: Checked = Checked.READ

    def __str__(self) -> str:
        return f"{self.gray:g} Gy in {self.fractions}"


OF_THE_TRIAL = Schedule(gray=30, fractions=10, source="patchell2005")
FOR_COMPRESSION: tuple[Schedule, ...] = tuple(
    Schedule(gray=gray, fractions=fractions, source="alcorn2024astro")
    for gray, fractions in ((8, 1), (16, 2), (20, 5), (30, 10))
)
SHORT, LONGER = FOR_COMPRESSION[0], FOR_COMPRESSION[2]


OPERATE_WITHIN = limit("decompression after the decision", 24, "h", "<=", "patchell2005", Checked.READ)
AREAS_TO = limit("areas of compression in the trial of surgery", 1, "areas", "<=", "patchell2005", Checked.READ)
IRRADIATE_WITHIN = limit("start of radiotherapy for compression", 24, "h", "<=", "nice2023ng234", Checked.FROM_MEMORY)
LIFE_OVER = limit(
    "expected life in the trial of one or five fractions", 8, "weeks", ">", "hoskin2019scorad", Checked.READ
)
WEEKS_IN_A_MONTH = 365.25 / 12 / 7


def criteria(about: Situation) -> dict[str, Answer]:
    """The entry criteria of the trial of surgery (DEC-01), each with the answer of this case."""
    areas = about.meets(vocabulary.COMPRESSED_AREAS, AREAS_TO)
    return {
        "cord displaced": all_of(about.is_high_grade, negated(is_below_conus(about))),
        "single area": areas,
        "solid tumour, not of a radiosensitive type": all_of(
            about.kind is LesionKind.METASTASIS, negated(is_treated_without_surgery(about))
        ),
        f"survival of {SURVIVAL_FROM.number:g} months": lives_long_enough(about),
        "no long paraplegia": negated(is_paraplegic_too_long(about)),
        "fit": about.answer(vocabulary.ABLE),
    }


@once
def criteria_words(about: Situation) -> str:
    """How the case matches the trial of surgery, in a line."""
    told = ((words, answer) for words, answer in criteria(about).items())
    return "; ".join(
        f"{words}: {'not known' if isinstance(answer, Unknown) else 'yes' if answer else 'no'}"
        for words, answer in told
    )


@rule(
    "DEC-01",
    cites=("patchell2005",),
    checked=Checked.READ,
    strength="RCT",
    degree=Degree.URGENT,
    favours=(Act.SEPARATION,),
    disagrees=("DISAGREE-4",),
)
def decompression_as_in_the_trial(about: Situation) -> Verdict:
    """One area of cord displaced by a solid tumour other than lymphoma, leukaemia, myeloma and germ cell tumour,
    survival of three months or more, paraplegia of 48 hours at most, fit: direct decompression within 24 hours, then
    radiotherapy. Walking after treatment 84 against 57 %, kept for 122 against 13 days; regained by 10 of 16 against
    3 of 16.
    """
    condition = all_of(is_branch(about), *criteria(about).values())
    then = for_adults(about, str(OF_THE_TRIAL))
    do = f"Decompress within {OPERATE_WITHIN.number:g} hours, then radiotherapy, {then}."
    return when(condition, do=do, because=f"{about.escc_words} As in the trial: {criteria_words(about)}.")


@rule(
    "DEC-03",
    cites=("patchell2005", "nice2023ng234"),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    favours=(Act.RADIOTHERAPY, Act.PALLIATIVE),
    against=(Act.SEPARATION, Act.EN_BLOC, Act.INTRALESIONAL),
)
def surgery_comes_too_late(about: Situation) -> Verdict:
    """An expected survival under three months, an ECOG status of 4 that the compression does not explain, or complete
    paraplegia for more than 48 hours: radiotherapy or palliation; surgery only for intractable mechanical pain, and
    never refused from a survival score alone.
    """
    reasons = {
        f"expected survival under {SURVIVAL_FROM.number:g} months": negated(lives_long_enough(about)),
        "bedridden, not by the compression": status_not_by_compression(about, BEDRIDDEN_FROM),
        "complete paraplegia for too long": is_paraplegic_too_long(about),
    }
    condition = all_of(is_branch(about), is_high(about), any_of(*reasons.values()))
    there = [words for words, answer in reasons.items() if answer is True]
    do = "Offer radiotherapy or palliation; surgery only for intractable mechanical pain."
    return when(condition, do=do, because=f"{', '.join(there)}.".capitalize())


@rule(
    "DEC-04",
    cites=("laufer2013noms",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    favours=(Act.SEPARATION, Act.STABILISATION),
)
def surgery_whatever_the_histology(about: Situation) -> Verdict:
    """Able to tolerate surgery, and decline during or after radiotherapy at the level, a fragment in the canal with
    compression, tissue by surgery only, no tolerable dose left, or a SINS of 13 to 18: surgery is favoured
    regardless of histology.
    """
    reasons = _for_surgery(about)
    condition = all_of(is_branch(about), about.answer(vocabulary.ABLE), any_of(*reasons.values()))
    there = [words for words, answer in reasons.items() if answer is True]
    return when(condition, do="Discuss surgery, whatever the histology.", because=f"{', '.join(there)}.".capitalize())


def _for_surgery(about: Situation) -> dict[str, Answer]:
    untreated = about.answer(vocabulary.PRIOR_RADIOTHERAPY) is False
    proven = about.answer(vocabulary.PROVEN) is True
    declined = about.is_one_of(
        vocabulary.DECLINE_WITH_RADIOTHERAPY, DeclineWithRadiotherapy.DURING, DeclineWithRadiotherapy.AFTER
    )
    # The grade is of tumour: a fragment may press the cord without it, and then shows by myelopathy.
    pressed = any_of(is_high(about), about.answer(vocabulary.MYELOPATHY))
    return {
        "decline during or after radiotherapy": False if untreated else declined,
        "fragment in the canal with compression": all_of(about.answer(vocabulary.BONE_FRAGMENT), pressed),
        "tissue by surgery only": False if proven else about.answer(vocabulary.TISSUE_ONLY_BY_SURGERY),
        "no tolerable dose left": False if untreated else about.answer(vocabulary.NO_DOSE_LEFT),
        "unstable by its score": _is_unstable_by_score(about),
    }


def _is_unstable_by_score(about: Situation) -> Answer:
    score = about.score("sins")
    if score is None:
        return unknown("SINS")
    reached = [word == Stability.UNSTABLE.value for word in score.categories]
    return reached[0] if len(set(reached)) == 1 else unknown(*score.missing)


def _without_surgery(about: Situation) -> Answer:
    """Compression in a patient who is not for surgery: unable to tolerate it, or declining it."""
    not_for_it = any_of(negated(about.answer(vocabulary.ABLE)), about.answer(vocabulary.DECLINES_SURGERY))
    return all_of(is_branch(about), is_high(about), not_for_it)


@rule(
    "DEC-05",
    cites=("alcorn2024astro", "nice2023ng234"),
    checked=Checked.READ,
    strength="Guideline strong (high quality)",
    degree=Degree.URGENT,
    favours=(Act.RADIOTHERAPY,),
)
def schedules_for_compression(about: Situation) -> Verdict:
    """Compression of cord or cauda equina that is not for surgery: 8 Gy in one, 16 in two, 20 in five or 30 in ten
    fractions. The start within 24 hours is from memory.
    """
    *most, last = map(str, FOR_COMPRESSION)
    menu = for_adults(about, f"{', '.join(most)} or {last} fractions")
    do = f"Offer radiotherapy, {menu}, and start within {IRRADIATE_WITHIN.number:g} hours."
    return when(_without_surgery(about), do=do, because=f"{about.escc_words} Not for surgery.")


@rule(
    "DEC-06",
    cites=("hoskin2019scorad",),
    checked=Checked.READ,
    strength="RCT",
)
def one_fraction_or_five(about: Situation) -> Verdict:
    """One fraction of 8 Gy against 20 Gy in five for compression, in 686 patients: walking at eight weeks 69.3 against
    72.7 %, lower limit of the interval −11.5 against a margin of −11.0 %, so that non-inferiority was not met, by
    little. More re-treatment within the field after one fraction.
    """
    condition = all_of(
        _without_surgery(about), negated(about.answer(vocabulary.PRIOR_RADIOTHERAPY)), _outlives_the_trial(about)
    )
    compared = for_adults(about, f"{SHORT} against {LONGER} or a longer course")
    do = f"A single fraction for a short prognosis, more for a favourable one: {compared}."
    return when(condition, do=do, because="Compression that is not for surgery, not irradiated before.")


def _outlives_the_trial(about: Situation) -> Answer:
    finding = about.finding(vocabulary.LIFE_EXPECTANCY)
    if isinstance(finding, Unknown):
        return finding
    over = {end * WEEKS_IN_A_MONTH > LIFE_OVER.number for end in (finding.low, finding.high)}
    return over.pop() if len(over) == 1 else unknown(vocabulary.LIFE_EXPECTANCY.ask)


@rule(
    "DEC-08",
    cites=("laufer2013separation", "alomair2013"),
    checked=Checked.READ,
    strength="Cohort",
    acts=(Act.SEPARATION,),
)
def local_control_after_separation(about: Situation) -> Verdict:
    """After separation surgery and radiosurgery 16.4 % progress within a year; 4.1 % with 24 to 30 Gy in three
    fractions and 22.6 % with low-dose hypofractionation (hazard ratio 0.12). A grade brought down to ESCC 0 or 1
    predicts control.
    """
    if is_branch(about) is not True:
        return None
    told = "; ".join(f"{percent:g} % {words}" for words, percent in PROGRESSION)
    do = adult_figures(about, f"Tell: progression within a year {told}.")
    return when(True, do=do, because="Separation surgery, then radiosurgery.")


PROGRESSION: tuple[tuple[str, float], ...] = (
    ("of all", 16.4),
    ("with high-dose hypofractionation in three fractions", 4.1),
    ("with low-dose hypofractionation", 22.6),
)


@rule(
    "DEC-10",
    cites=("alcorn2024astro",),
    checked=Checked.READ,
    strength="Guideline (implementation remark)",
    degree=Degree.CAUTION,
    acts=IRRADIATING_ALONE,
)
def stability_before_radiotherapy(about: Situation) -> Verdict:
    """Before radiotherapy for compression starts, stability and surgery are evaluated."""
    score = about.score("sins")
    unscored = score is None or len(score.categories) > 1
    open_ = any_of(unscored, negated(about.answer(vocabulary.SURGEON_CONSULTED)))
    do = "Score the stability and ask the surgeon before radiotherapy starts."
    return when(
        all_of(is_branch(about), is_high(about), open_), do=do, because=f"{about.escc_words} {about.sins_words}"
    )


@rule(
    "DEC-11",
    cites=("nice2023ng234",),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.URGENT,
    favours=(Act.RADIOTHERAPY,),
)
def radiotherapy_without_delay(about: Situation) -> Verdict:
    """Compression that is not for surgery, in a patient who walks or whose deficit is recoverable: radiotherapy as
    soon as possible and within 24 hours of the decision, on a weekday or at the weekend.
    """
    # What the trial of surgery took for lost is not recoverable; everything else is, and who walks has lost nothing.
    condition = all_of(_without_surgery(about), negated(is_paraplegic_too_long(about)))
    decided = about.known(vocabulary.DECIDED)
    when_ = f"; the decision was on {decided:%Y-%m-%d at %H:%M}" if decided else ""
    do = f"Start radiotherapy within {IRRADIATE_WITHIN.number:g} hours of the decision{when_}."
    return when(condition, do=do, because=f"{about.escc_words} Not for surgery.")


@rule(
    "DISAGREE-1",
    cites=("sahgal2021sc24", "ryu2023rtog0631", "alcorn2024astro", "guckenberger2024estro"),
    checked=Checked.READ,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_radiosurgery_for_pain(about: Situation) -> Verdict:
    """Radiosurgery or conventional radiotherapy for pain: one trial has more complete responses with 24 Gy in two
    fractions (35 against 14 %), another fewer responders with 16 to 18 Gy in one (41.3 against 60.5 %); guidelines are
    conditional or support selected use.
    """
    pain = about.is_one_of(vocabulary.PAIN, PainCharacter.NONE)
    condition = all_of(is_branch(about), negated(pain), negated(is_high(about)))
    do = "Show both: fractionation and endpoint differ; radiosurgery for control, few metastases or a resistant tumour."
    return when(condition, do=do, because="A painful metastasis without high-grade compression.")


CASE_RULES: tuple[Rule, ...] = (
    decompression_as_in_the_trial,
    surgery_comes_too_late,
    surgery_whatever_the_histology,
    schedules_for_compression,
    one_fraction_or_five,
    radiotherapy_without_delay,
    sources_disagree_on_radiosurgery_for_pain,
)
ACT_RULES: tuple[Rule, ...] = (local_control_after_separation, stability_before_radiotherapy)
PARAMETERS: tuple[Threshold, ...] = (*OF_PROGNOSIS, OPERATE_WITHIN, AREAS_TO, IRRADIATE_WITHIN, LIFE_OVER)
