"""Rules about steroid (STER), the stops against it, and where its sources disagree."""

from __future__ import annotations

from datetime import date

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import SteroidDanger
from enbloc.case.lesion import LesionKind
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide import presentation
from enbloc.decide.acts import IRRADIATING, SURGERY
from enbloc.decide.decision import Act, Degree
from enbloc.decide.planned import adult_dose, in_turn, lies_ahead, said
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit, project_value
from enbloc.stage.escc import Escc

DOSE = limit("dexamethasone beyond the usual dose", 16, "mg/24 h", ">", "vecht1989", Checked.READ_IN_A_COPY)
HIGH_DAILY = limit("dexamethasone that is blocked, in 24 hours", 96, "mg/24 h", ">=", "heimdal1992", Checked.READ)
HIGH_SINGLE = limit("dexamethasone that is blocked, as one dose", 96, "mg", ">=", "heimdal1992", Checked.READ)
LONG_COURSE = limit(
    "length of a course after which cover is given", 21, "days", ">", "pathway (STER-08)", Checked.FROM_MEMORY
)
RECENT_COURSE = limit(
    "time since such a course in which cover is given", 91, "days", "<", "pathway (STER-08)", Checked.FROM_MEMORY
)
WEAK_LEG = project_value("strength of the weakest leg that is a weakness", 5, "grade", "<", source="STOP-10")
ONE_FRACTION = limit("fractions of a single dose", 1, "fractions", "<=", "chow2015sc23", Checked.FROM_MEMORY)

_LOW = (Escc.GRADE_0, Escc.GRADE_1A)
_HAEMATOLOGICAL = {"lymphoma", "myeloma", "plasmacytoma", "myeloid_sarcoma"}
_DANGERS = tuple(one for one in SteroidDanger if one is not SteroidDanger.NONE)
_STEROIDS = ("dexamethasone", "prednisolone", "prednisone", "methylprednisolone", "hydrocortisone", "steroid")


def is_branch(about: Situation) -> Answer:
    """Compression by a metastasis or a haematological tumour outside the dura."""
    return all_of(about.is_secondary, about.is_intradural is not True)


@once
def has_signs(about: Situation) -> Answer:
    """Neurological symptoms or signs from the spine: the examination, and what the red flags hold already."""
    stated = any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))
    return any_of(stated, presentation.has_signs(about) is True)


def _is_compression(about: Situation) -> bool:
    """Whether compression is confirmed or suspected: everything but an image that excludes it."""
    return about.grade_in(*_LOW) is not True


def is_haematological(about: Situation) -> bool:
    """Whether the record calls the tumour haematological, or its name does."""
    listed = about.histology is not None and about.histology.key in _HAEMATOLOGICAL
    return listed or about.kind is LesionKind.HAEMATOLOGICAL


def is_suspected(about: Situation) -> Answer:
    """Whether a lymphoma, leukaemia, myeloma or germ cell tumour is suspected, as long as there is no tissue."""
    germ = about.histology is not None and about.histology.key == "met_germ"
    if is_haematological(about) or germ:
        return True
    return about.answer(vocabulary.HAEMATOLOGICAL_SUSPECTED)


@once
def is_suspected_without_tissue(about: Situation) -> Answer:
    """Whether a steroid may cost the diagnosis."""
    return in_turn(about.is_without_tissue, is_suspected(about))


def is_declining_fast(about: Situation) -> Answer:
    """Rapid deficit: fallen or sphincter lost within 48 hours, or ESCC 3 with weakness."""
    deficit = about.answer(vocabulary.DEFICIT)
    strength = about.meets(vocabulary.LEG_STRENGTH, WEAK_LEG)
    weak = all_of(deficit, any_of(strength, about.answer(vocabulary.LIMB_WEAKNESS)))
    return any_of(about.answer(vocabulary.RAPID_DECLINE), all_of(about.grade_in(Escc.GRADE_3), weak))


@once
def is_planned(about: Situation) -> Answer:
    """Whether a steroid is planned or ordered, in whatever way this was recorded."""
    doses = (about.known(vocabulary.STEROID_DAILY), about.known(vocabulary.STEROID_SINGLE))
    if any(dose for dose in doses):
        return True
    return about.answer(vocabulary.STEROID_PLANNED)


@once
def is_dangerous(about: Situation) -> Answer:
    """Whether anything forbids that a steroid is started automatically (STER-12)."""
    # A red flag of infection counts even where a person has written "none".
    likely = presentation.may_be_infected(about) is True
    return any_of(about.is_one_of(vocabulary.STEROID_DANGERS, *_DANGERS), likely)


def meets_dose(about: Situation, limit: Threshold) -> Answer:
    """Whether the dose ordered reaches a limit; none is ordered where no steroid is planned."""
    named = vocabulary.STEROID_SINGLE if limit is HIGH_SINGLE else vocabulary.STEROID_DAILY
    return in_turn(is_planned(about), about.meets(named, limit))


_SIXTEEN = f"Dexamethasone {DOSE.number:g} mg as soon as possible"


@rule(
    "STER-01",
    cites=("nice2023ng234",),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline strong",
    degree=Degree.URGENT,
)
def dexamethasone_with_signs(about: Situation) -> Verdict:
    """Metastatic compression, suspected or confirmed, with neurological symptoms or signs: 16 mg dexamethasone as soon
    as possible, then 16 mg a day while waiting for surgery or radiotherapy, unless something forbids it or a
    haematological tumour is suspected without tissue; it stops if imaging excludes compression.
    """
    condition = all_of(
        is_branch(about),
        has_signs(about),
        _is_compression(about),
        negated(is_dangerous(about)),
        negated(is_suspected_without_tissue(about)),
    )
    do = f"{_SIXTEEN}, then {DOSE.number:g} mg a day until surgery or radiotherapy."
    return when(condition, do=adult_dose(about, do), because=about.escc_words)


@rule(
    "STER-02",
    cites=("alcorn2024astro",),
    checked=Checked.READ,
    strength="Guideline strong (low quality)",
    acts=IRRADIATING,
)
def dexamethasone_with_radiotherapy(about: Situation) -> Verdict:
    """Radiotherapy of a metastatic compression is given with dexamethasone, and not alone."""
    condition = all_of(is_branch(about), about.is_high_grade)
    return when(condition, do="Give dexamethasone with the radiotherapy.", because=about.escc_words)


@rule("STER-03", cites=("vecht1989",), checked=Checked.READ_IN_A_COPY, strength="RCT")
def dose_of_dexamethasone(about: Situation) -> Verdict:
    """The dose of dexamethasone is a bolus of 10 mg into a vein, then 16 mg a day; no gain was shown for a bolus of
    100 mg.
    """
    condition = all_of(is_branch(about), is_planned(about))
    do = f"10 mg into a vein once, then {DOSE.number:g} mg a day (4 mg every 6 hours, or 8 mg twice a day)."
    return when(condition, do=adult_dose(about, do), because="A steroid is planned.")


@rule(
    "STER-04",
    cites=("sorensen1994", "heimdal1992", "graham2006"),
    checked=Checked.READ,
    strength="RCT and cohort",
    degree=Degree.CAUTION,
    disagrees=("DISAGREE-2",),
)
def high_dose_warned(about: Situation) -> Verdict:
    """A regimen of 96 mg dexamethasone a day against none: 81 against 63 percent walked after treatment, 59 against 33
    percent at six months, with significant side effects in 11 percent; in another series serious events in 14.3
    percent of 28 patients against none of 38 at 16 mg, with no difference in walking.
    """
    do = f"Use {DOSE.number:g} mg a day: serious events 14.3 % against 0, and no difference in walking."
    return when(meets_dose(about, HIGH_DAILY), do=adult_dose(about, do), because=ordered(about))


def ordered(about: Situation) -> str:
    """The dose ordered, in a sentence."""
    daily, single = about.known(vocabulary.STEROID_DAILY), about.known(vocabulary.STEROID_SINGLE)
    said = [f"{daily:g} mg in 24 hours"] if daily is not None else []
    said += [f"{single:g} mg as one dose"] if single is not None else []
    return f"Dexamethasone ordered: {', '.join(said)}."


@rule(
    "STER-05",
    cites=("bmc2021pcnsl", "dlbcl2025steroid", "binnahil2016"),
    checked=Checked.READ,
    strength="Expert; odds ratio 3.3 for an inconclusive operation after steroid in lymphoma of the nervous system",
    degree=Degree.CAUTION,
    disagrees=("DISAGREE-3",),
)
def no_steroid_before_the_biopsy(about: Situation) -> Verdict:
    """Lymphoma, myeloma or a germ cell tumour suspected without tissue: steroid is withheld until the biopsy; with a
    rapid neurological decline it is given, and the biopsy taken within 24 to 48 hours.
    """
    fast = is_declining_fast(about)
    settled: Answer = fast if isinstance(fast, Unknown) else True
    do = "Give dexamethasone, and take the biopsy within 24 to 48 hours."
    if fast is False:
        do = "Withhold steroid until the biopsy; if the neurology declines, give it and take the biopsy at once."
    condition = in_turn(is_suspected_without_tissue(about), settled)
    return when(condition, do=do, because=f"{about.tumour_words}, no tissue; a tumour that melts under steroid.")


@rule(
    "STER-06",
    cites=("nice2023ng234", "ng234_steroid_summary", "maranzano1996"),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline and phase II trial",
)
def no_routine_steroid_without_signs(about: Situation) -> Verdict:
    """Spinal metastases or compression on MRI without neurological symptoms or signs, of a solid tumour: no steroid as
    a routine unless it is part of the radiotherapy; it may be considered for severe pain.
    """
    solid = all_of(is_branch(about), not is_haematological(about), negated(is_suspected_without_tissue(about)))
    do = "Give no steroid as a routine unless with radiotherapy; consider it for severe pain."
    return when(all_of(solid, negated(has_signs(about))), do=do, because="No neurological symptoms or signs.")


@rule(
    "STER-07",
    cites=("nice2023ng234", "heimdal1992"),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline",
    degree=Degree.CAUTION,
)
def care_under_steroid(about: Situation) -> Verdict:
    """Once a steroid runs: stomach protection and glucose checks, weaning over 5 to 14 days after surgery or the start
    of radiotherapy to the lowest dose, and an end if it is of no benefit.
    """
    do = "Stomach protection, glucose checks; wean over 5 to 14 days after surgery or the start of radiotherapy; stop "
    do += "if of no benefit."
    return when(is_running(about), do=do, because="A steroid is being taken.")


def courses(about: Situation) -> tuple[Treatment, ...]:
    """Courses of steroid under the earlier treatments."""
    systemic = (one for one in about.case.treatments if one.kind is TreatmentKind.SYSTEMIC)
    return tuple(one for one in systemic if any(name in one.what.casefold() for name in _STEROIDS))


def is_running(about: Situation) -> Answer:
    """Whether a steroid is being taken; a course without an end may still run."""
    stated = about.answer(vocabulary.STEROID_RUNNING)
    open_ended = any(one.ended is None for one in courses(about))
    return unknown("has the recorded course of steroid ended?") if stated is False and open_ended else stated


def needs_cover(about: Situation) -> Answer:
    """Whether a course was long, and runs or ended lately, so that hydrocortisone is given around the operation."""
    return any_of(
        *(_calls_for_cover(about, one) for one in courses(about)), is_running(about) is not False and _age(about)
    )


def _age(about: Situation) -> Answer:
    """Of a steroid that is taken without a recorded course nobody knows how long."""
    return False if courses(about) else unknown("since when has the steroid been taken?")


def _calls_for_cover(about: Situation, course: Treatment) -> Answer:
    today = about.today
    if course.started is None or today is None:
        return unknown("day on which the steroid was started", "day on which it ended")
    end: date = course.ended or today
    if lies_ahead(end, about) or end < course.started:
        return unknown("day on which the steroid ended: it does not fit the record")
    return (end - course.started).days > LONG_COURSE.number and (today - end).days < RECENT_COURSE.number


@rule(
    "STER-08", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY
)
def surgery_under_steroid(about: Situation) -> Verdict:
    """Surgery under steroid: the risk of infection and of the wound is flagged, hydrocortisone covers the operation if
    dexamethasone was taken for more than three weeks or stopped less than three months ago after such a course, and it
    is never stopped abruptly.
    """
    cover = needs_cover(about)
    do = "Flag the risk of infection and of the wound; never stop the steroid abruptly."
    if cover is True:
        do += " Cover the operation with hydrocortisone."
    elif cover is not False:
        do += " Ask how long it was taken: after more than 3 weeks hydrocortisone covers the operation."
    return when(any_of(is_running(about), cover), do=do, because="Steroid now, or a long course not long ago.")


@rule("STER-09", cites=("chow2015sc23",), checked=Checked.FROM_MEMORY, strength="RCT", acts=(Act.RADIOTHERAPY,))
def steroid_against_the_flare_of_pain(about: Situation) -> Verdict:
    """With one palliative fraction to bone, 8 mg dexamethasone before it and on days 1 to 4 make a flare of pain
    rarer.
    """
    condition = all_of(is_branch(about), about.meets(vocabulary.RT_FRACTIONS, ONE_FRACTION))
    do = "Dexamethasone 8 mg before the radiotherapy and on days 1 to 4."
    return when(condition, do=adult_dose(about, do), because="One fraction to a metastasis.")


@rule("STER-10", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", acts=SURGERY)
def steroid_before_an_intradural_tumour(about: Situation) -> Verdict:
    """Before surgery of an intradural tumour dexamethasone 4 to 16 mg a day is optional for oedema or a deficit;
    there is no fixed standard.
    """
    do = f"Optional for oedema or a deficit: dexamethasone 4 to {DOSE.number:g} mg a day."
    return when(about.is_intradural, do=adult_dose(about, do), because=f"{about.tumour_words}, within the dura.")


@rule(
    "STER-11",
    cites=("vecht1989", "heimdal1992"),
    checked=Checked.READ_IN_A_COPY,
    strength="Project rule from STER-03 and STER-04",
    degree=Degree.CAUTION,
)
def dose_without_a_gain(about: Situation) -> Verdict:
    """More than 16 and less than 96 mg dexamethasone in 24 hours, a first bolus of up to 16 mg not counted, has no
    proven gain over 16 mg a day.
    """
    condition = in_turn(meets_dose(about, DOSE), negated(meets_dose(about, HIGH_DAILY)))
    do = "Type the reason and a stop date; protect the stomach and check glucose."
    return when(condition, do=do, because=ordered(about))


@rule("STER-12", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def steroid_is_not_automatic(about: Situation) -> Verdict:
    """A steroid is planned, and an untreated spinal infection is suspected, or there is gastrointestinal bleeding or
    perforation, diabetes with ketosis or an acute psychosis: it is not started automatically; imaging and surgery never
    wait for that decision.
    """
    condition = in_turn(is_planned(about), is_dangerous(about))
    do = "Have a senior decide with the quorum of the board; delay neither imaging nor surgery."
    held = about.findings.many(vocabulary.STEROID_DANGERS, "patient") or ()
    reasons: dict[str, Answer] = {one.value: one in held for one in _DANGERS}
    reasons["red flags of an infection (RED-11)"] = presentation.may_be_infected(about) is True
    return when(condition, do=do, because=said(reasons))


@rule(
    "STER-13",
    cites=("nice2023ng234", "ng234_steroid_summary"),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline",
    degree=Degree.URGENT,
)
def dexamethasone_for_a_confirmed_haematological_tumour(about: Situation) -> Verdict:
    """A haematological malignancy confirmed by tissue with spinal disease, with or without neurology: 16 mg
    dexamethasone as soon as possible, and further steroid by the haematologists.
    """
    named: Answer = is_haematological(about)
    if not named and about.kind is None:
        named = unknown(vocabulary.KIND.ask)
    do = f"{_SIXTEEN}; the haematologists decide on more."
    condition = all_of(named, about.answer(vocabulary.PROVEN))
    return when(condition, do=adult_dose(about, do), because=f"{about.tumour_words}, proven by tissue.")


CASE_RULES: tuple[Rule, ...] = (
    dexamethasone_with_signs,
    dose_of_dexamethasone,
    high_dose_warned,
    no_steroid_before_the_biopsy,
    no_routine_steroid_without_signs,
    care_under_steroid,
    dose_without_a_gain,
    steroid_is_not_automatic,
    dexamethasone_for_a_confirmed_haematological_tumour,
)
ACT_RULES: tuple[Rule, ...] = (
    dexamethasone_with_radiotherapy,
    surgery_under_steroid,
    steroid_against_the_flare_of_pain,
    steroid_before_an_intradural_tumour,
)
PARAMETERS: tuple[Threshold, ...] = (
    DOSE,
    HIGH_DAILY,
    HIGH_SINGLE,
    LONG_COURSE,
    RECENT_COURSE,
    WEAK_LEG,
    ONE_FRACTION,
)
