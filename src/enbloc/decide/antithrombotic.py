"""Antithrombotic drugs before a procedure: hours since the last dose, and their reversal (ANES-06, STOP-16)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import Antithrombotic, Fact
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.acts import PROCEDURES, SURGERY
from enbloc.decide.decision import Degree
from enbloc.decide.planned import (
    DAY,
    HOUR,
    Span,
    in_turn,
    is_open,
    is_shorter,
    operation_span,
    span_at,
    span_of,
)
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.washout import plain
from enbloc.evidence import Checked, Threshold, limit
from enbloc.value import value

_COPIES = "doac_periop_copies"


def _hours(drug: str, number: float) -> Threshold:
    return limit(f"last dose of {drug}", number, "h", ">=", _COPIES, Checked.READ_IN_A_COPY)


def _days(drug: str, number: float) -> Threshold:
    return limit(f"last dose of {drug}", number, "days", ">=", "douketis2022", Checked.FROM_MEMORY)


def _of(name: str, number: float, unit: str, comparator: str, source: str) -> Threshold:
    return limit(name, number, unit, comparator, source, Checked.FROM_MEMORY)


LOW_CLEARANCE = limit("creatinine clearance that is low", 50, "mL/min", "<", _COPIES, Checked.READ_IN_A_COPY)
INR_OPEN = _of("INR that is too high for an open operation", 1.4, "-", ">", "douketis2022")
INR_NEEDLE = _of("INR that is too high for a needle", 1.5, "-", ">", "patel2019sir")
PLATELETS_OPEN = _of("platelets that are too few for an open operation", 100, "10⁹/L", "<", "patel2019sir")
PLATELETS_NEEDLE = _of("platelets that are too few for a needle", 50, "10⁹/L", "<", "patel2019sir")

A = Antithrombotic


@value
class Hold:
    """How long before an open spine operation or a deep needle the last dose of a drug must lie.

    ``low`` is the time with a low creatinine clearance; ``is_low_hard`` says whether the stop reads it too.
    """

    drug: Antithrombotic
    last: Fact[datetime]
    limit: Threshold
    low: Threshold | None = None
    is_low_hard: bool = True
    reversal: str = ""
    is_treatment: bool = True  # of an anticoagulant in treatment dose (VTE-05)


_XA = "andexanet or prothrombin complex"
_PROTAMINE = "protamine"
HOLDS: tuple[Hold, ...] = (
    Hold(
        drug=A.APIXABAN,
        last=vocabulary.LAST_APIXABAN,
        limit=_hours("apixaban", 72),
        # "Up to four to five days" is advice of ANES-06; the stop names 72 hours for every clearance.
        low=_of("last dose of apixaban with a low clearance", 5, "days", ">=", "douketis2022"),
        is_low_hard=False,
        reversal=_XA,
    ),
    Hold(drug=A.RIVAROXABAN, last=vocabulary.LAST_RIVAROXABAN, limit=_hours("rivaroxaban", 72), reversal=_XA),
    Hold(drug=A.EDOXABAN, last=vocabulary.LAST_EDOXABAN, limit=_hours("edoxaban", 72), reversal=_XA),
    Hold(
        drug=A.DABIGATRAN,
        last=vocabulary.LAST_DABIGATRAN,
        limit=_hours("dabigatran", 72),
        low=_hours("dabigatran with a low clearance", 120),
        reversal="idarucizumab",
    ),
    Hold(
        drug=A.WARFARIN,
        last=vocabulary.LAST_WARFARIN,
        limit=_days("warfarin", 5),
        reversal="vitamin K and prothrombin complex",
    ),
    Hold(
        drug=A.CLOPIDOGREL,
        last=vocabulary.LAST_CLOPIDOGREL,
        limit=_days("clopidogrel", 5),
        is_treatment=False,
    ),
    Hold(drug=A.TICAGRELOR, last=vocabulary.LAST_TICAGRELOR, limit=_days("ticagrelor", 5), is_treatment=False),
    Hold(drug=A.PRASUGREL, last=vocabulary.LAST_PRASUGREL, limit=_days("prasugrel", 7), is_treatment=False),
    Hold(
        drug=A.LMWH_TREATMENT,
        last=vocabulary.LAST_LMWH_TREATMENT,
        limit=_hours("low molecular weight heparin in treatment dose", 24),
        low=_hours("low molecular weight heparin in treatment dose with a low clearance", 48),
        reversal=_PROTAMINE,
    ),
    Hold(
        drug=A.LMWH_PROPHYLAXIS,
        last=vocabulary.LAST_LMWH_PROPHYLAXIS,
        limit=_hours("low molecular weight heparin in prophylactic dose", 12),
        low=_hours("low molecular weight heparin in prophylactic dose with a low clearance", 24),
        reversal=_PROTAMINE,
        is_treatment=False,
    ),
    Hold(
        drug=A.HEPARIN_INFUSION,
        last=vocabulary.LAST_HEPARIN_INFUSION,
        limit=_hours("an infusion of unfractionated heparin", 6),
        reversal=_PROTAMINE,
    ),
)
_BY_DRUG = {hold.drug: hold for hold in HOLDS}

_NAMES: dict[str, Antithrombotic] = {
    "apixaban": A.APIXABAN,
    "eliquis": A.APIXABAN,
    "rivaroxaban": A.RIVAROXABAN,
    "xarelto": A.RIVAROXABAN,
    "edoxaban": A.EDOXABAN,
    "lixiana": A.EDOXABAN,
    "dabigatran": A.DABIGATRAN,
    "pradaxa": A.DABIGATRAN,
    "warfarin": A.WARFARIN,
    "coumadin": A.WARFARIN,
    "clopidogrel": A.CLOPIDOGREL,
    "plavix": A.CLOPIDOGREL,
    "ticagrelor": A.TICAGRELOR,
    "prasugrel": A.PRASUGREL,
    # The dose is not told by the name: the longer time holds.
    "enoxaparin": A.LMWH_TREATMENT,
    "dalteparin": A.LMWH_TREATMENT,
    "tinzaparin": A.LMWH_TREATMENT,
    "nadroparin": A.LMWH_TREATMENT,
    "low molecular weight heparin": A.LMWH_TREATMENT,
    "lmwh": A.LMWH_TREATMENT,
    "aspirin": A.ASPIRIN,
    "acetylsalicylic acid": A.ASPIRIN,
    # They have no row in the table.
    "fondaparinux": A.OTHER,
    "phenprocoumon": A.OTHER,
    "acenocoumarol": A.OTHER,
}


def span(limit: Threshold) -> timedelta:
    """A limit in hours or days as a time."""
    return limit.number * (DAY if limit.unit == "days" else HOUR)


def recorded(about: Situation) -> dict[Antithrombotic, Span | None]:
    """Drugs that stand under the earlier treatments, with the day of their last dose."""
    found: dict[Antithrombotic, Span | None] = {}
    for one in about.case.treatments:
        if one.kind is TreatmentKind.SYSTEMIC:
            for drug in _named(one.what):
                found[drug] = _later(found, drug, one.ended)
    return found


@cache
def _named(what: str) -> tuple[Antithrombotic, ...]:
    """The drugs that a line of the record names; a heparin of which the kind is not said is another drug."""
    said = f" {plain(what)} "
    named = dict.fromkeys(drug for name, drug in _NAMES.items() if f" {name} " in said)
    return tuple(named) or ((A.OTHER,) if " heparin " in said else ())


def _later(found: dict[Antithrombotic, Span | None], drug: Antithrombotic, ended: date | None) -> Span | None:
    """The later of two last doses; one course without an end leaves it open."""
    before = found.get(drug)
    if ended is None or (drug in found and before is None):
        return None
    return span_of(ended) if before is None else max(before, span_of(ended))


@once
def drugs(about: Situation) -> tuple[Antithrombotic, ...] | Unknown:
    """Every antithrombotic drug of the patient; unknown while nobody has said, and the record names none."""
    known = recorded(about)
    finding = about.finding(vocabulary.ANTITHROMBOTICS)
    if isinstance(finding, Unknown):
        return tuple(known) if known else finding
    said: tuple[Antithrombotic, ...] = tuple(finding.value)  # type: ignore[arg-type]
    return tuple(dict.fromkeys((*(one for one in said if one is not A.NONE), *known)))


def holds(about: Situation) -> tuple[Hold, ...]:
    """The rows of the table of the drugs that are known to be taken."""
    taken = drugs(about)
    return () if isinstance(taken, Unknown) else tuple(_BY_DRUG[one] for one in taken if one in _BY_DRUG)


def last_dose(about: Situation, hold: Hold) -> Span | None:
    """When the last dose was given: its hour, otherwise its day."""
    at = about.known(hold.last)
    return span_at(at) if at is not None else recorded(about).get(hold.drug)


def is_held_too_short(about: Situation, hold: Hold, *, hard: bool) -> Answer:
    """Whether less than the time of the table lies between the last dose and the procedure."""
    last, start = last_dose(about, hold), operation_span(about)
    if last is None:
        return unknown(hold.last.ask)
    if start is None:
        return unknown(vocabulary.OPERATION_AT.ask)
    if about.today is not None and last[0].date() > about.today:
        return unknown(f"{hold.last.ask}: it lies after the day of the case")
    ask = vocabulary.OPERATION_AT.ask
    short = is_shorter(last, start, span(hold.limit), ask)
    if hold.low is None or (hard and not hold.is_low_hard):
        return short
    low = about.meets(vocabulary.CREATININE_CLEARANCE, LOW_CLEARANCE)
    return any_of(short, all_of(low, is_shorter(last, start, span(hold.low), ask)))


def ready_at(about: Situation, hold: Hold) -> datetime | None:
    """The first moment at which the hold has surely run; the longer time while the clearance is not known."""
    last = last_dose(about, hold)
    if last is None:
        return None
    return last[1] + span(applicable(about, hold))


def applicable(about: Situation, hold: Hold) -> Threshold:
    """The time that holds for this patient; the longer one while the clearance is not known."""
    normal = about.meets(vocabulary.CREATININE_CLEARANCE, LOW_CLEARANCE) is False
    return hold.limit if hold.low is None or normal else hold.low


def _is_taken(about: Situation) -> Answer:
    taken = drugs(about)
    return taken if isinstance(taken, Unknown) else bool(taken)


def _too_short(about: Situation, *, hard: bool) -> Answer:
    """Whether any drug is held too short; open while nobody has said which drugs there are."""
    taken = drugs(about)
    if isinstance(taken, Unknown):
        return taken
    timed = [one for one in holds(about) if not (hard and one.drug is A.WARFARIN)]
    strange: Answer = (
        unknown("which other antithrombotic drug, and when was its last dose?") if A.OTHER in taken else False
    )
    warfarin = _warfarin(about) if hard and A.WARFARIN in taken else False
    return any_of(*(is_held_too_short(about, one, hard=hard) for one in timed), strange, warfarin)


def _warfarin(about: Situation) -> Answer:
    """Warfarin is judged by its INR; a last dose that nobody recorded leaves it open."""
    high = about.meets(vocabulary.INR, INR_OPEN if is_open(about) else INR_NEEDLE)
    dosed: Answer = False if last_dose(about, _BY_DRUG[A.WARFARIN]) else unknown(vocabulary.LAST_WARFARIN.ask)
    return any_of(high, dosed)


@rule(
    "ANES-06",
    cites=("douketis2022", _COPIES),
    # Hours of the direct anticoagulants and heparins were read in copies, the rest is from memory.
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.CAUTION,
    acts=PROCEDURES,
)
def last_dose_before_a_procedure(about: Situation) -> Verdict:
    """Each antithrombotic drug has its time between the last dose and open spine surgery or a deep needle, longer with
    a low creatinine clearance; aspirin is decided for each patient, and there is no bridging by default.
    """
    said = [_words(about, one) for one in holds(about)]
    said += ["Bridging only with the haematologist (mechanical mitral valve, thrombosis within 3 months)."]
    taken = drugs(about)
    if not isinstance(taken, Unknown) and A.ASPIRIN in taken:
        said += ["Aspirin: decide for this patient."]
    if about.answer(vocabulary.PLAN_ELECTIVE) is False:
        said = ["An emergency does not wait for these hours (ANES-09).", *said]
    return when(_is_taken(about), do=" ".join(said), because=_listed(about))


def _words(about: Situation, hold: Hold) -> str:
    limit, ready = applicable(about, hold), ready_at(about, hold)
    said = f"{hold.drug.value}: {_long(limit)}"
    if hold.low is not None and about.known(vocabulary.CREATININE_CLEARANCE) is None:
        low = f"{LOW_CLEARANCE.number:g} mL/min or not known"
        said = f"{hold.drug.value}: {_long(hold.limit)}, {_long(hold.low)} with a creatinine clearance below {low}"
    inr = f" and an INR of {INR_OPEN.number:g} or less" if hold.drug is A.WARFARIN else ""
    until = f", not before {ready:%Y-%m-%d %H:%M}" if ready else ", last dose not recorded"
    return f"{said}{inr}{until}."


def _long(limit: Threshold) -> str:
    return f"{limit.number:g} {'days' if limit.unit == 'days' else 'hours'}"


@once
def _listed(about: Situation) -> str:
    taken = drugs(about)
    return "" if isinstance(taken, Unknown) else f"Antithrombotic: {', '.join(one.value for one in taken)}."


@rule(
    "ANES-09",
    cites=("douketis2022",),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.URGENT,
    acts=SURGERY,
)
def emergency_on_an_anticoagulant(about: Situation) -> Verdict:
    """An emergency decompression under an anticoagulant does not wait for the hours: reversal by agent with the
    haematologist, accepted by a named surgeon, with the expected blood loss and a watch for haematoma.
    """
    condition = all_of(negated(about.answer(vocabulary.PLAN_ELECTIVE)), _too_short(about, hard=False))
    agents = dict.fromkeys(f"{one.drug.value}: {one.reversal}" for one in holds(about) if one.reversal)
    do = "Do not wait: reverse by agent with the haematologist, a named surgeon accepts, watch for haematoma."
    return when(condition, do=" ".join([do, *(f"{one}." for one in agents)]), because=_listed(about))


@rule(
    "STOP-16",
    cites=("douketis2022", "patel2019sir", _COPIES),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=PROCEDURES,
)
def procedure_under_an_antithrombotic(about: Situation) -> Verdict:
    """A procedure that is no emergency within the hours after an antithrombotic drug, with too high an INR under
    warfarin or too few platelets, or an emergency without a plan for reversal: epidural haematoma.
    """
    elective = about.answer(vocabulary.PLAN_ELECTIVE)
    drug = _too_short(about, hard=True)
    few = about.meets(vocabulary.PLATELETS, PLATELETS_OPEN if is_open(about) else PLATELETS_NEEDLE)
    unreversed = in_turn(negated(elective), drug, negated(about.answer(vocabulary.REVERSAL_PLAN)))
    condition = any_of(all_of(elective, any_of(drug, few)), unreversed)
    do = "Wait until the drug is out (ANES-06), or correct INR or platelets."
    if elective is False:
        do = "Record a plan for reversal by agent (ANES-09); it is printed as a risk to accept."
    because = _listed(about) if drug is True else "Few platelets."
    return when(condition, do=do, because=because)


ACT_RULES: tuple[Rule, ...] = (
    last_dose_before_a_procedure,
    emergency_on_an_anticoagulant,
    procedure_under_an_antithrombotic,
)
PARAMETERS: tuple[Threshold, ...] = (
    LOW_CLEARANCE,
    INR_OPEN,
    INR_NEEDLE,
    PLATELETS_OPEN,
    PLATELETS_NEEDLE,
    *(one for hold in HOLDS for one in (hold.limit, hold.low) if one is not None),
)
