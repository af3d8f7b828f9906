"""Rules about the wound, the ward, thrombosis and rehabilitation (CLOS, POST, VTE, REHAB)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.decide.acts import RESECTIONS, SURGERY, all_but
from enbloc.decide.anaesthesia import SACRUM
from enbloc.decide.antithrombotic import drugs, holds
from enbloc.decide.decision import Act, Degree
from enbloc.decide.planned import HOUR, adult_figures, is_open, operation_span, said, span_at, span_of
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold


def _limit(
    name: str, number: float, unit: str, comparator: str, source: str, checked: Checked = Checked.FROM_MEMORY
) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=source,
        checked=checked,
        since="2026-11-20",
    )


LARGE = _limit("diameter of a tumour that calls for a plastic surgeon", 100, "mm", ">", "chang2007plastic")
OBESE = _limit("body mass index that calls for a plastic surgeon", 30, "kg/m²", ">", "chang2007plastic")
LONG = _limit("operation after which intensive care is planned", 4, "h", ">", "pathway (POST-01)")
LOSS = _limit("blood loss after which intensive care is planned", 1500, "mL", ">", "pathway (POST-01)")
PRESSURE = _limit("mean arterial pressure after surgery with a deficit", 85, "mmHg", ">=", "pathway (POST-01)")
LATE_PROPHYLAXIS = _limit(
    "day on which prophylaxis of thrombosis starts too late", 4, "days", ">=", "delagarza2019vte", Checked.READ
)
DRAINED = _limit("drained in 8 hours, which delays heparin", 300, "mL", ">=", "pathway (VTE-03)")
FRESH_CORD = _limit("time since surgery of the cord, which delays heparin", 48, "h", "<", "pathway (VTE-03)")
VERY_FEW_PLATELETS = _limit("platelets that delay heparin", 50, "10⁹/L", "<", "pathway (VTE-03)")
BEFORE_SURGERY = _limit("time to surgery from which heparin is given", 12, "h", ">", "pathway (VTE-04)")
RESTART = _limit("restart of an anticoagulant in treatment dose after surgery", 72, "h", ">=", "pathway (VTE-05)")

_FIXED = (Act.EN_BLOC, Act.SEPARATION, Act.STABILISATION)


def is_sacrectomy(about: Situation) -> bool:
    """Whether a resection of the sacrum is judged."""
    return about.is_act(Act.EN_BLOC, Act.INTRALESIONAL) and bool(SACRUM & set(about.levels))


@once
def _is_compressed(about: Situation) -> Answer:
    return all_of(about.is_secondary, about.is_intradural is not True, about.is_high_grade)


@rule(
    "CLOS-01",
    cites=("chang2007plastic",),
    checked=Checked.FROM_MEMORY,
    strength="Cohort",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def plastic_surgeon_for_a_wound_at_risk(about: Situation) -> Verdict:
    """Earlier or planned radiotherapy, a sacrectomy, a revision, a tumour of more than 10 cm or a body mass index above
    30: a plastic surgeon, and a flap before the wound fails.
    """
    follows = about.plan is not None and about.plan.act.is_radiotherapy
    risks = {
        "radiotherapy planned": any_of(follows, about.answer(vocabulary.RADIOTHERAPY_AFTER)),
        "radiotherapy before": about.answer(vocabulary.PRIOR_RADIOTHERAPY),
        "sacrectomy": is_sacrectomy(about),
        "revision": about.answer(vocabulary.OPERATED_AT_LEVEL),
        f"tumour of more than {LARGE.number:g} mm": about.meets(vocabulary.DIAMETER, LARGE),
        f"body mass index above {OBESE.number:g}": about.meets(vocabulary.BMI, OBESE),
    }
    do = "Ask the plastic surgeon; paraspinous, trapezius, latissimus, rectus or gluteal flap as prophylaxis."
    return when(any_of(*risks.values()), do=do, because=said(risks))


@rule("CLOS-02", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", acts=RESECTIONS)
def drains_for_dead_space(about: Situation) -> Verdict:
    """A resection leaves dead space: one or two suction drains, out when little comes, vancomycin powder optional, and
    stitches that stay longer after radiotherapy.
    """
    if about.plan is None:
        return None
    do = "1 to 2 closed suction drains, out below 30 to 50 mL in 24 hours (longer under a muscle flap); vancomycin "
    do += "powder optional; staples or stitches stay 14 to 21 days with radiotherapy."
    return when(True, do=do, because=f"{about.plan.act.value.capitalize()}.")


@rule("POST-01", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", acts=SURGERY)
def first_two_days(about: Situation) -> Verdict:
    """The first 24 to 48 hours: intensive or high-dependency care after a long or bloody operation, motor checks every
    hour for a day, pressure kept up with a deficit, and an image if the strength falls by a grade.
    """
    heavy = any_of(about.meets(vocabulary.DURATION_HOURS, LONG), about.meets(vocabulary.BLOOD_LOSS, LOSS))
    care = "Intensive or high-dependency care. " if heavy is True else ""
    if isinstance(heavy, Unknown):
        care = f"Intensive or high-dependency care if it lasts more than {LONG.number:g} hours or loses more than "
        care += f"{LOSS.number / 1000:g} litres. "
    do = f"{care}Motor check every hour for 24 hours, then every 4; with a deficit a mean arterial pressure of "
    do += f"{PRESSURE.number:g} mmHg or more; CT or MRI if strength falls by a grade, 4 to 6 hours to evacuation."
    return when(True, do=do, because="After an open operation.")


@rule("POST-02", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def leak_of_csf(about: Situation) -> Verdict:
    """A leak of cerebrospinal fluid after surgery: flat for 24 to 48 hours, a lumbar drain, or repair."""
    if _ended(about) is None:
        return None
    do = "Flat for 24 to 48 hours; lumbar drain; repair."
    return when(about.answer(vocabulary.CSF_LEAK), do=do, because="Cerebrospinal fluid leaks.")


def _ended(about: Situation) -> datetime | None:
    """The end of the operation; rules about the ward are not at hand before there is one."""
    return about.known(vocabulary.OPERATION_ENDED)


@rule("POST-03", cites=("debono2021eras",), checked=Checked.FROM_MEMORY, strength="Consensus", acts=SURGERY)
def pain_after_surgery(about: Situation) -> Verdict:
    """Pain after surgery is treated with several drugs, and opioids are weaned."""
    do = "Paracetamol, gabapentinoid, ketamine; NSAID only where fusion and bleeding allow it; wean opioids."
    return when(True, do=do, because="After an open operation.")


@rule("POST-04", cites=("project",), checked=Checked.OURS, strength="Reference to other rules", acts=SURGERY)
def start_of_what_follows(about: Situation) -> Verdict:
    """When adjuvant treatment starts is said by the intervals of radiotherapy and by the table of systemic drugs."""
    do = "Set the start of radiotherapy by RT-T2 and STOP-18, and of each drug by its row of SYS."
    return when(True, do=do, because="After an open operation.")


@rule(
    "VTE-01",
    cites=("faraoni2018esa",),
    checked=Checked.READ,
    strength="Guideline (1C compression, 2C heparin)",
    acts=SURGERY,
)
def prophylaxis_of_thrombosis(about: Situation) -> Verdict:
    """Pneumatic compression from the start where there is added risk (1C) and early mobilisation; low molecular weight
    heparin after surgery when the risk of bleeding has fallen (2C).
    """
    do = (
        "Pneumatic compression from the start, early mobilisation; heparin after surgery once bleeding risk has fallen."
    )
    return when(True, do=do, because="A tumour and an open operation.")


@rule(
    "VTE-02", cites=("delagarza2019vte", "icmvte2022"), checked=Checked.READ, strength="Cohort, consensus", acts=SURGERY
)
def day_of_prophylaxis(about: Situation) -> Verdict:
    """After surgery of spinal metastases prophylactic anticoagulation starts on day 1 to 3 and not from day 4:
    thrombosis in 9.1 against 35.7 percent of 65 patients, overall 16.9, haematoma 1.5; others start within 24 to
    48 hours.
    """
    late = about.meets(vocabulary.PROPHYLAXIS_DAY, LATE_PROPHYLAXIS)
    do = "Start on day 1 to 3: thrombosis 9.1 % against 35.7 % from day 4."
    if late is True:
        do = f"The plan starts from day {LATE_PROPHYLAXIS.number:g} on, which is too late. {do}"
    return when(about.is_secondary, do=adult_figures(about, do), because=f"{about.tumour_words}: a metastasis.")


@rule("VTE-03", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def heparin_is_delayed(about: Situation) -> Verdict:
    """After surgery an epidural haematoma, a leak of cerebrospinal fluid, much blood in the drain, an operation of the
    cord within 48 hours or very few platelets delay heparin; compression goes on, and it is decided anew every day.
    """
    ended = _ended(about)
    if ended is None:
        return None
    cord = about.answer(vocabulary.INTRAMEDULLARY_OPERATION)
    risks = {
        "epidural haematoma": about.answer(vocabulary.EPIDURAL_HAEMATOMA),
        "leak of cerebrospinal fluid": about.answer(vocabulary.CSF_LEAK),
        f"{DRAINED.number:g} mL or more drained in 8 hours": about.meets(vocabulary.DRAIN_8H, DRAINED),
        f"cord operated on within {FRESH_CORD.number:g} hours": all_of(cord, _is_fresh(about, ended)),
        "very few platelets": about.meets(vocabulary.PLATELETS, VERY_FEW_PLATELETS),
    }
    do = "Delay heparin, go on with pneumatic compression, decide again every 24 hours."
    return when(any_of(*risks.values()), do=do, because=said(risks))


def _is_fresh(about: Situation, ended: datetime) -> Answer:
    """Whether the operation ended within 48 hours of the day of the case, of which the hour is not known."""
    if about.today is None:
        return unknown("day of the case")
    start, end = span_of(about.today)
    limit = timedelta(hours=FRESH_CORD.number)
    moment = ended.replace(tzinfo=None)
    if end - moment < limit:
        return True
    return False if start - moment >= limit else unknown("hours since the operation of the cord")


@rule(
    "VTE-04", cites=("project",), checked=Checked.FROM_MEMORY, strength="Guideline", degree=Degree.CAUTION, acts=SURGERY
)
def compressed_and_immobile(about: Situation) -> Verdict:
    """Immobile with compression before surgery: pneumatic compression, not on a leg with an acute thrombosis; heparin
    in prophylactic dose only if surgery is more than twelve hours away and nothing bleeds, its last dose recorded.
    """
    walking = about.known(vocabulary.AMBULATION)
    immobile: Answer = unknown(vocabulary.AMBULATION.ask) if walking is None else walking == "none"
    do = f"Pneumatic compression, not on a leg with an acute thrombosis. {_heparin(about)}"
    return when(all_of(_is_compressed(about), immobile), do=do, because=f"Does not walk. {about.escc_words}")


def _heparin(about: Situation) -> str:
    """What the hours to surgery allow, as far as the record knows the hour."""
    at, today = operation_span(about), about.today
    if at is not None and today is not None and at[0] - span_of(today)[1] > BEFORE_SURGERY.number * HOUR:
        return "Heparin in prophylactic dose unless something bleeds; record the hour of its last dose (STOP-16)."
    return (
        f"Heparin in prophylactic dose only if surgery is more than {BEFORE_SURGERY.number:g} hours away and nothing "
        "bleeds; record the hour of its last dose (STOP-16)."
    )


@rule("VTE-05", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY)
def restart_of_an_anticoagulant(about: Situation) -> Verdict:
    """An anticoagulant in treatment dose starts again 48 to 72 hours after open spine surgery at the earliest, with the
    drain out, the neurology stable and the surgeon's written agreement; a prophylactic dose in between.
    """
    taken = drugs(about)
    anticoagulated: Answer = taken if isinstance(taken, Unknown) else any(one.is_treatment for one in holds(about))
    at = about.known(vocabulary.OPERATION_AT)
    until = f", not before {span_at(at)[1] + RESTART.number * HOUR:%Y-%m-%d %H:%M}" if at else ""
    do = f"Treatment dose {RESTART.number:g} hours after surgery at the earliest{until}, drain out, neurology stable, "
    do += "agreed in writing; prophylactic dose in between."
    return when(anticoagulated, do=do, because="An anticoagulant in treatment dose is to start again.")


@rule("REHAB-01", cites=("nice2023ng234",), checked=Checked.FROM_MEMORY, strength="Guideline")
def rehabilitation_from_admission(about: Situation) -> Verdict:
    """On admission with compression or for surgery: therapists within 24 to 48 hours, skin, bladder, bowel, spasticity,
    orthosis, and an assessment of the home.
    """
    if about.plan is None:
        return None
    condition = True if about.plan.act.is_surgery else _is_compressed(about)
    do = "Therapists within 24 to 48 hours; pressure care, bladder and bowel programme, spasticity, orthosis, home."
    return when(condition, do=do, because="Admission with compression or for surgery.")


@rule("REHAB-02", cites=("nice2023ng234",), checked=Checked.FROM_MEMORY, strength="Guideline", degree=Degree.CAUTION)
def flat_or_up(about: Situation) -> Verdict:
    """Stable after fixation: mobilised on day 1. Unstable by SINS and not fixed: flat until the decision."""
    if about.is_act(*_FIXED):
        return when(True, do="Mobilise on day 1 once it is fixed and stable.", because="After fixation.")
    if is_open(about) or about.is_intradural is True:
        return None  # SINS was not made for it (STOP-24)
    condition = all_of(about.is_unstable, negated(about.answer(vocabulary.STABILISED)))
    return when(condition, do="Keep the patient flat until the decision.", because=about.sins_words)


@rule(
    "REHAB-03",
    cites=("zoccali2016",),
    checked=Checked.READ_IN_A_COPY,
    strength="Review",
    acts=(Act.EN_BLOC, Act.INTRALESIONAL),
)
def rehabilitation_after_sacrectomy(about: Situation) -> Verdict:
    """After a sacrectomy: pelvic floor, catheterisation by the patient, bowel, sexual function and gait."""
    do = "Pelvic floor, intermittent self-catheterisation, bowel, sexual function, gait."
    return when(is_sacrectomy(about), do=do, because="Resection of the sacrum.")


@rule("REHAB-04", cites=("source_s3",), checked=Checked.FROM_MEMORY, strength="Expert", acts=SURGERY)
def aims_of_rehabilitation(about: Situation) -> Verdict:
    """The aims are mobility, pain, the return to life and trained carers, measured at fixed times."""
    do = "Aim for mobility, less pain, return to life, trained carers; SOSGOQ2.0, EQ-5D, ODI and SCIM at 6 weeks and "
    do += "3, 6 and 12 months."
    return when(True, do=do, because="After an open operation.")


ACT_RULES: tuple[Rule, ...] = (
    plastic_surgeon_for_a_wound_at_risk,
    drains_for_dead_space,
    first_two_days,
    pain_after_surgery,
    start_of_what_follows,
    prophylaxis_of_thrombosis,
    day_of_prophylaxis,
    compressed_and_immobile,
    restart_of_an_anticoagulant,
    rehabilitation_from_admission,
    rehabilitation_after_sacrectomy,
    aims_of_rehabilitation,
    replace(flat_or_up, acts=all_but(Act.INTRALESIONAL, Act.INTRADURAL)),
)
CASE_RULES: tuple[Rule, ...] = (leak_of_csf, heparin_is_delayed, flat_or_up)
PARAMETERS: tuple[Threshold, ...] = (
    LARGE,
    OBESE,
    LONG,
    LOSS,
    PRESSURE,
    LATE_PROPHYLAXIS,
    DRAINED,
    FRESH_CORD,
    VERY_FEW_PLATELETS,
    BEFORE_SURGERY,
    RESTART,
)
