"""Rules about going home the same day (MIS-OUT): what must be known and met, and what forbids it."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.case.fact import Antithrombotic, AsaClass
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_percutaneous import Dangers, limit, there
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import listed
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

U = Checked.FROM_MEMORY
_SIR = "patel2019sir"
_ROW = "pathway (MIS-OUT-01)"

LEVELS_TO = limit("levels treated on a day, most", 2, "levels", "<=", _ROW)
ECOG_TO = limit("ECOG for the same day, most", 2, "grade", "<=", _ROW)
INR_TO = limit("INR for the same day, most", 1.5, "ratio", "<=", _SIR)
PLATELETS_FROM = limit("platelets for the same day, least", 75, "10⁹/L", ">=", _ROW)
CARER_FROM = limit("hours with a carer, least", 24, "hours", ">=", _ROW)
TRAVEL_TO = limit("travel to a spine emergency unit, most", 1, "hours", "<=", _ROW)
FLAT_FROM = limit("hours observed flat, least", 2, "hours", ">=", _ROW)
OBSERVED_FROM = limit("hours observed in all, least", 4, "hours", ">=", _ROW)
CREATININE_OVER = limit("creatinine over its upper limit", 2, "times", ">", "pathway (MIS-OUT-02)")
PAIN_FROM = limit("pain at discharge that forbids it", 7, "of 10", ">=", "pathway (MIS-OUT-02)")

FIT = (AsaClass.I, AsaClass.II, AsaClass.III, AsaClass.I_E, AsaClass.II_E, AsaClass.III_E)
OPEN = (Act.EN_BLOC, Act.INTRALESIONAL, Act.INTRADURAL, Act.SEPARATION, Act.STABILISATION)
NEEDLES = (Act.CEMENT, Act.ABLATION)


def criteria(about: Situation) -> Dangers:
    """What must be met for the same day, each with its answer."""
    return (*_of_patient(about), *_of_procedure(about), *_of_home(about))


@once
def _of_patient(about: Situation) -> Dangers:
    deficit = any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))
    advised = any_of(negated(about.warrants_consultation), about.answer(vocabulary.SURGEON_CONSULTED))
    return (
        (f"ECOG {ECOG_TO.number:g} or less", about.meets(vocabulary.ECOG, ECOG_TO)),
        ("ASA III or less", about.is_one_of(vocabulary.ASA, *FIT)),
        ("no deficit of cord or root", negated(deficit)),
        ("no anticoagulant", about.is_one_of(vocabulary.ANTITHROMBOTICS, Antithrombotic.NONE)),
        (f"INR {INR_TO.number:g} or less", about.meets(vocabulary.INR, INR_TO)),
        (f"platelets {PLATELETS_FROM.number:g} or more", about.meets(vocabulary.PLATELETS, PLATELETS_FROM)),
        ("surgical opinion where SINS asks for it", advised),
    )


def _of_procedure(about: Situation) -> Dangers:
    return (
        (f"{LEVELS_TO.number:g} levels at most", _few_levels(about)),
        (f"flat for {FLAT_FROM.number:g} h", about.meets(vocabulary.OBSERVED_FLAT, FLAT_FROM)),
        (f"observed for {OBSERVED_FROM.number:g} h", about.meets(vocabulary.OBSERVED_HOURS, OBSERVED_FROM)),
        ("neurology checked", about.answer(vocabulary.NEURO_CHECKED)),
        ("no cement in the canal on CT", negated(about.answer(vocabulary.CEMENT_IN_CANAL))),
    )


@once
def _of_home(about: Situation) -> Dangers:
    return (
        ("plan for opioids", about.answer(vocabulary.OPIOID_PLAN)),
        (f"carer for {CARER_FROM.number:g} h", about.meets(vocabulary.CARER_HOURS, CARER_FROM)),
        (f"emergency unit within {TRAVEL_TO.number * 60:g} min", about.meets(vocabulary.TRAVEL_HOURS, TRAVEL_TO)),
    )


def _few_levels(about: Situation) -> Answer:
    """Levels stated for the session, otherwise those of the plan."""
    stated = about.meets(vocabulary.CEMENT_LEVELS, LEVELS_TO)
    if not isinstance(stated, Unknown) or about.plan is None or not about.plan.levels:
        return stated
    return len(about.plan.levels) <= LEVELS_TO.number


@rule("MIS-OUT-01", cites=(_SIR,), checked=U, strength="Expert", acts=NEEDLES)
def home_the_same_day(about: Situation) -> Verdict:
    """After vertebroplasty, kyphoplasty or ablation of one or two levels a fit patient without deficit or
    anticoagulant, cared for, observed and close to help, may go home the same day.
    """
    met = all_of(*(holds for _, holds in criteria(about)), negated(_is_excluded(about)))
    do = "The same day is possible: every item is met; check them again at discharge."
    return when(met, do=do, because=f"{len(criteria(about))} items met.")


def exclusions(about: Situation) -> Dangers:
    """What forbids the same day, each with its answer."""
    over = about.meets(vocabulary.CREATININE_RATIO, CREATININE_OVER)
    return (
        ("open, intradural or separation surgery", about.is_act(*OPEN)),
        ("embolisation the same day", _embolised(about)),
        (f"creatinine over {CREATININE_OVER.number:g} times its limit", over),
        ("new need of oxygen", about.answer(vocabulary.NEW_OXYGEN_NEED)),
        ("new deficit", about.answer(vocabulary.NEW_DEFICIT)),
        (f"pain {PAIN_FROM.number:g} or more", about.meets(vocabulary.DISCHARGE_PAIN, PAIN_FROM)),
    )


def _embolised(about: Situation) -> Answer:
    return True if about.is_act(Act.EMBOLISATION) else about.answer(vocabulary.EMBOLISED_SAME_DAY)


def _is_excluded(about: Situation) -> Answer:
    return any_of(*(holds for _, holds in exclusions(about)))


@rule(
    "MIS-OUT-02",
    cites=("project",),
    checked=U,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=(*OPEN, *NEEDLES, Act.EMBOLISATION),
)
def not_the_same_day(about: Situation) -> Verdict:
    """Open, intradural or separation surgery, embolisation the same day, a high creatinine, a new need of oxygen, a new
    deficit, severe pain at discharge, or any item for the same day not met or unknown: not an outpatient.
    """
    excluded = _is_excluded(about)
    unmet = [words for words, holds in criteria(about) if holds is not True] if about.is_act(*NEEDLES) else []
    # An item that nobody knows forbids it as one that is not met does: the row says so.
    hindered: Answer = True if unmet else excluded
    reasons = [there(exclusions(about))] if excluded is True else []
    reasons += [f"not met or unknown: {listed(unmet)}"] if unmet else []
    condition = all_of(_is_wanted(about), hindered)
    return when(condition, do="Keep the patient in hospital.", because=f"Found: {'; '.join(reasons)}.")


def _is_wanted(about: Situation) -> Answer:
    """Whether discharge on the same day is planned; nobody plans it for surgery without saying so."""
    wanted = about.answer(vocabulary.SAME_DAY)
    if isinstance(wanted, Unknown) and about.is_act(*OPEN):
        return False
    return wanted


CASE_RULES: tuple[Rule, ...] = ()
ACT_RULES: tuple[Rule, ...] = (home_the_same_day, not_the_same_day)
PARAMETERS: tuple[Threshold, ...] = (
    LEVELS_TO,
    ECOG_TO,
    INR_TO,
    PLATELETS_FROM,
    CARER_FROM,
    TRAVEL_TO,
    FLAT_FROM,
    OBSERVED_FROM,
    CREATININE_OVER,
    PAIN_FROM,
)
