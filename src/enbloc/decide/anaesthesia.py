"""Rules about anaesthesia, optimisation and teaching (ANES, ERAS, EDU), and their stops.

The hours of antithrombotic drugs (ANES-06, ANES-09) stand with their table.
"""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import AlignmentChange, Allergen, Contrast, Fact
from enbloc.decide.acts import EVERY_RESECTION, SURGERY, all_but
from enbloc.decide.decision import Act, Degree
from enbloc.decide.planned import adult_dose, operation_day
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold


def _limit(name: str, number: float, unit: str, comparator: str, source: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=source,
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


PRESSURE = _limit("mean arterial pressure while the cord is compressed", 85, "mmHg", ">=", "macdonald2013asnm")
BLOOD_LOSS = _limit("blood loss that calls for preparation", 1000, "mL", ">", "grasu2018eras")
STAGE_LOSS = _limit("blood loss that calls for a second stage", 5000, "mL", ">", "pathway (ANES-04)")
PRONE = _limit("time prone that calls for care", 4, "h", ">", "pathway (ANES-04)")
STAGE_HOURS = _limit("time prone that calls for a second stage", 8, "h", ">", "pathway (ANES-04)")
HEAVY = _limit("weight from which 3 g of cefazolin are given", 120, "kg", ">=", "bratzler2013")
RECENT_THROMBOSIS = _limit("time since a proximal thrombosis that delays", 28, "days", "<", "pathway (ANES-10)")

OPTIMISED: tuple[tuple[Fact[Any], Threshold, str], ...] = (
    (vocabulary.HAEMOGLOBIN, _limit("haemoglobin to raise", 100, "g/L", "<", "debono2021eras"), "haemoglobin"),
    (vocabulary.ALBUMIN, _limit("albumin to raise", 30, "g/L", "<", "debono2021eras"), "albumin"),
    (vocabulary.HBA1C, _limit("HbA1c to lower", 8, "%", ">", "debono2021eras"), "HbA1c"),
    (vocabulary.ECOG, _limit("performance status to improve", 3, "ECOG", ">=", "debono2021eras"), "ECOG"),
    (vocabulary.PLATELETS, _limit("platelets to raise", 100, "10⁹/L", "<", "debono2021eras"), "platelets"),
    (vocabulary.INR, _limit("INR to lower", 1.4, "-", ">", "debono2021eras"), "INR"),
    (vocabulary.NEUTROPHILS, _limit("neutrophils to raise", 1.5, "10⁹/L", "<", "debono2021eras"), "neutrophils"),
)
"""What is optimised before surgery, with its limit and its word (ANES-03)."""

NECK = frozenset(Level[f"C{number}"] for number in range(1, 8)) | {Level.O, Level.T1, Level.T2}
"""The levels at which the airway may move the cord: the neck, down to the second thoracic vertebra."""
SACRUM = frozenset(Level[f"S{number}"] for number in range(1, 6)) | {Level.CO}


@rule("ANES-01", cites=("macdonald2013asnm",), checked=Checked.FROM_MEMORY, strength="Expert", acts=EVERY_RESECTION)
def anaesthesia_of_a_major_operation(about: Situation) -> Verdict:
    """A major resection or separation surgery is done in general anaesthesia, intravenous if motor potentials are
    monitored, without a long relaxant after intubation, with an arterial line and enough pressure while the cord is
    compressed.
    """
    if about.plan is None:
        return None
    do = "General anaesthesia, intravenous with motor potentials; no long relaxant after intubation; arterial line; "
    do += f"mean arterial pressure of {PRESSURE.number:g} mmHg or more while the cord is compressed."
    return when(True, do=do, because=f"{about.plan.act.value.capitalize()}.")


@rule(
    "ANES-02",
    cites=("grasu2018eras",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def heavy_bleeding_expected(about: Situation) -> Verdict:
    """With more than one litre of blood loss expected: two large lines, tranexamic acid unless there was a thrombosis
    or a seizure, four or more units cross-matched; cell salvage with a leukocyte filter is accepted in many centres and
    debated for a malignant primary tumour.
    """
    expected = about.known(vocabulary.BLOOD_LOSS)
    do = f"Two large lines; cross-match 4 units or more; discuss cell salvage. {_tranexamic(about)}"
    because = f"Expected blood loss {expected:g} mL." if expected is not None else ""
    return when(about.meets(vocabulary.BLOOD_LOSS, BLOOD_LOSS), do=do, because=because)


def _tranexamic(about: Situation) -> str:
    against = any_of(about.answer(vocabulary.THROMBOEMBOLISM), about.answer(vocabulary.SEIZURES))
    if against is True:
        return "No tranexamic acid: thrombosis or seizure before."
    dose = adult_dose(about, "Tranexamic acid 10 to 30 mg/kg, then 1 to 5 mg/kg/h.")
    return dose if against is False else f"{dose} Ask first for thrombosis and seizures."


@rule(
    "ANES-03",
    cites=("debono2021eras",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def optimise_first(about: Situation) -> Verdict:
    """Anaemia, low albumin, a high HbA1c, a poor performance status, few platelets, a high INR or few neutrophils are
    optimised before surgery, or the emergency override is documented.
    """
    met = [(words, about.meets(named, limit), about.known(named)) for named, limit, words in OPTIMISED]
    because = ", ".join(f"{words} {held:g}" for words, answer, held in met if answer is True and held is not None)
    condition = any_of(*(answer for _, answer, _ in met))
    return when(condition, do="Optimise first, or document the emergency override.", because=f"{because}.")


@rule(
    "ANES-04", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY
)
def long_time_prone(about: Situation) -> Verdict:
    """More than four hours prone: eyes, pressure points, head up, a time-out every two hours; staged if more than eight
    hours or five litres are expected, and stopped and staged when they are reached.
    """
    long, loss = about.meets(vocabulary.PRONE_HOURS, STAGE_HOURS), about.meets(vocabulary.BLOOD_LOSS, STAGE_LOSS)
    do = "Protect eyes and pressure points, head up, time-out every 2 hours."
    if any_of(long, loss) is True:
        do += " Plan two stages."
    do += f" Stop and stage at {STAGE_HOURS.number:g} hours or {STAGE_LOSS.number / 1000:g} litres."
    hours = about.known(vocabulary.PRONE_HOURS)
    because = f"{hours:g} hours prone." if hours is not None else ""
    return when(about.meets(vocabulary.PRONE_HOURS, PRONE), do=do, because=because)


def is_allergic_to(about: Situation, *allergens: Allergen) -> Answer:
    """Whether a severe allergy to one of these is recorded; nothing recorded is unknown, not none."""
    return about.is_one_of(vocabulary.ALLERGIES, *allergens)


def _needs_gram_negative_cover(about: Situation) -> Answer:
    sacral = bool(SACRUM & set(about.levels))
    return any_of(sacral, about.answer(vocabulary.COLOSTOMY))


@rule("ANES-05", cites=("bratzler2013",), checked=Checked.FROM_MEMORY, strength="Guideline", acts=SURGERY)
def antibiotic_prophylaxis(about: Situation) -> Verdict:
    """Antibiotic prophylaxis of an adult is cefazolin within an hour before the incision, repeated every four hours or
    after 1.5 litres of loss, with vancomycin if MRSA is carried and cover of gram-negative germs for the sacrum or a
    colostomy, for 24 hours at most; a severe allergy goes another way.
    """
    condition = negated(is_allergic_to(about, Allergen.BETA_LACTAM))
    return when(condition, do=_prophylaxis(about), because="No severe β-lactam allergy.")


def _prophylaxis(about: Situation) -> str:
    heavy = about.meets(vocabulary.WEIGHT, HEAVY)
    grams = "3 g" if heavy is True else "2 g" if heavy is False else f"2 g (3 g from {HEAVY.number:g} kg)"
    said = [f"Cefazolin {grams} within 60 minutes before the incision, again every 4 hours or after 1.5 litres."]
    if (mrsa := about.answer(vocabulary.MRSA)) is not False:
        add = "Add vancomycin 15 mg/kg, started within 120 minutes before the incision"
        said.append(f"{add}." if mrsa is True else f"{add}, if MRSA is carried.")
    dose = adult_dose(about, " ".join(said))
    return f"{dose}{_cover(about)} Stop within 24 hours."


def _cover(about: Situation) -> str:
    cover = _needs_gram_negative_cover(about)
    if cover is False:
        return ""
    return " Cover gram-negative germs." if cover is True else " Cover gram-negative germs if there is a colostomy."


@rule(
    "ANES-07",
    cites=("bratzler2013",),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def severe_allergy_to_antibiotics(about: Situation) -> Verdict:
    """With an immediate or severe β-lactam reaction no cefazolin is given unless the allergy team agrees: vancomycin or
    clindamycin, and gram-negative cover for the sacrum; an empty allergy field is asked for, and is never none.
    """
    dose = adult_dose(about, "Vancomycin 15 mg/kg, or clindamycin 900 mg.")
    do = f"No cefazolin unless the allergy team agrees. {dose}{_cover(about)}"
    return when(is_allergic_to(about, Allergen.BETA_LACTAM), do=do, because="Severe β-lactam allergy recorded.")


def endangers_the_neck(about: Situation) -> Answer:
    """Instability or compression where the airway moves the spine: SINS of seven, subluxation, or ESCC 2 or 3."""
    high: Answer = bool(NECK & set(about.levels)) if about.levels else unknown("level of the lesion")
    slipped = about.is_one_of(vocabulary.ALIGNMENT_REPORTED, AlignmentChange.SUBLUXATION)
    return all_of(high, any_of(about.warrants_consultation, slipped, about.is_high_grade))


@rule(
    "ANES-08", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY
)
def airway_with_an_unstable_neck(about: Situation) -> Verdict:
    """Instability or high-grade compression from the occiput to T2 needs an airway plan in the record: awake or
    video-assisted intubation in neutral alignment, potentials before and after turning, a collar until it is fixed.
    """
    do = "Record an airway plan: awake or video-assisted intubation in neutral alignment, motor and sensory potentials "
    do += "before and after turning, collar until fixed."
    return when(endangers_the_neck(about), do=do, because=f"{about.sins_words} {about.escc_words}")


@rule(
    "ANES-10", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY
)
def surgery_after_a_recent_thrombosis(about: Situation) -> Verdict:
    """Elective surgery within four weeks of an acute proximal thrombosis or an embolism is delayed; if it cannot be, a
    retrievable filter in the vena cava and a plan of the haematologist.
    """
    condition = all_of(about.answer(vocabulary.PLAN_ELECTIVE), _is_recent(about))
    do = "Delay it; if that is not possible, a retrievable vena cava filter and a plan of the haematologist."
    day = about.known(vocabulary.PROXIMAL_THROMBOSIS_ON)
    return when(condition, do=do, because=f"Thrombosis or embolism on {day.isoformat()}." if day else "")


def _is_recent(about: Situation) -> Answer:
    ever = about.answer(vocabulary.THROMBOEMBOLISM)
    on, day = about.known(vocabulary.PROXIMAL_THROMBOSIS_ON), operation_day(about)
    if on is None:
        return unknown(vocabulary.PROXIMAL_THROMBOSIS_ON.ask) if ever is True else ever
    if day is None or on > day:
        return unknown(f"{vocabulary.PROXIMAL_THROMBOSIS_ON.ask}: it does not fit the day of the operation")
    return (day - on).days < RECENT_THROMBOSIS.number


@rule(
    "ERAS-01",
    cites=("grasu2018eras", "debono2021eras"),
    checked=Checked.FROM_MEMORY,
    strength="Cohort and consensus",
    acts=SURGERY,
)
def enhanced_recovery(about: Situation) -> Verdict:
    """An elective operation of a spinal tumour follows a bundle of enhanced recovery: less opioid, the same rate of
    readmission.
    """
    do = "Teaching, clear fluids until 2 hours before, opioid-sparing analgesia of several kinds, warmth, early food, "
    do += "out of bed on day 0 or 1, drains and catheter out early."
    return when(about.answer(vocabulary.PLAN_ELECTIVE), do=do, because="Elective operation.")


@rule("EDU-01", cites=("source_s2", "source_s3"), checked=Checked.READ, strength="Expert", acts=SURGERY)
def told_before_consent(about: Situation) -> Verdict:
    """Before consent the patient is told the aim, the alternatives with no surgery and radiotherapy among them, the
    roots to be cut with their figures, and what the operation may cost.
    """
    do = "Tell: aim (cure, control, palliation); alternatives with no surgery and radiotherapy; roots to be cut with "
    do += "their figures; bowel, bladder and sexual effect; paralysis, death, infection, recurrence, second stage, "
    do += "donor site; driving and work; fertility and chemotherapy; brace."
    return when(True, do=do, because="An operation needs consent.")


@rule("EDU-02", cites=("nice2023ng234",), checked=Checked.FROM_MEMORY, strength="Guideline")
def warned_in_writing(about: Situation) -> Verdict:
    """At discharge or under observation the patient has a written warning of cord compression, and knows that its signs
    mean the same day.
    """
    if not about.has_act:
        return None
    do = "Give it in writing: new weakness of the legs, numbness, gait, bladder or bowel, escalating pain: same day."
    return when(True, do=do, because="The patient goes home with a tumour of the spine.")


_EXPOSED: dict[Act, frozenset[Allergen]] = {
    Act.CEMENT: frozenset({Allergen.CEMENT}),
    Act.EMBOLISATION: frozenset({Allergen.CONTRAST}),
    Act.STABILISATION: frozenset({Allergen.METAL}),
    Act.SEPARATION: frozenset({Allergen.METAL}),
}
"""What an act brings the patient into contact with in any case; the plan may name more."""


@rule(
    "STOP-39",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=all_but(Act.OBSERVATION),
)
def allergy_against_the_plan(about: Situation) -> Verdict:
    """A recorded severe allergy conflicts with the plan, or the allergy field is empty: anaphylaxis."""
    if about.plan is None:
        return None
    given = about.finding(vocabulary.ALLERGIES)
    if isinstance(given, Unknown):
        return given
    held: tuple[Allergen, ...] = tuple(given.value)  # type: ignore[arg-type]
    severe = [one for one in held if one is not Allergen.NONE]
    condition = any_of(*(_is_exposed(about, about.plan.act, one) for one in severe))
    words = ", ".join(one.value for one in severe)
    return when(condition, do="Change the plan, or ask the allergy team.", because=f"Severe allergy: {words}.")


def _is_exposed(about: Situation, act: Act, allergen: Allergen) -> Answer:
    if allergen in _EXPOSED.get(act, frozenset()):
        return True
    if allergen is Allergen.CONTRAST and about.known(vocabulary.CONTRAST_PLANNED) is not None:
        return about.is_one_of(vocabulary.CONTRAST_PLANNED, Contrast.GADOLINIUM, Contrast.IODINATED)
    if allergen is Allergen.OTHER:
        return unknown("which severe allergy, and does the plan meet it?")
    return about.is_one_of(vocabulary.EXPOSURES, allergen)


@rule(
    "STOP-40", cites=("project",), checked=Checked.FROM_MEMORY, strength="Hard stop", degree=Degree.STOP, acts=SURGERY
)
def no_plan_for_the_airway(about: Situation) -> Verdict:
    """Surgery with instability from the occiput to T2 and no plan for airway and positioning: injury of the cord at
    intubation or turning.
    """
    condition = all_of(endangers_the_neck(about), negated(about.answer(vocabulary.AIRWAY_PLAN)))
    do = "Record a plan for airway and positioning (ANES-08)."
    return when(condition, do=do, because=f"{about.sins_words} {about.escc_words}")


ACT_RULES: tuple[Rule, ...] = (
    anaesthesia_of_a_major_operation,
    heavy_bleeding_expected,
    optimise_first,
    long_time_prone,
    antibiotic_prophylaxis,
    severe_allergy_to_antibiotics,
    airway_with_an_unstable_neck,
    surgery_after_a_recent_thrombosis,
    enhanced_recovery,
    told_before_consent,
    warned_in_writing,
    allergy_against_the_plan,
    no_plan_for_the_airway,
)
PARAMETERS: tuple[Threshold, ...] = (
    PRESSURE,
    BLOOD_LOSS,
    STAGE_LOSS,
    PRONE,
    STAGE_HOURS,
    HEAVY,
    RECENT_THROMBOSIS,
    *(limit for _, limit, _ in OPTIMISED),
)
