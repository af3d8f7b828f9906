"""The register of complications (COMP): each speaks as a note about the acts that it follows, and as an alarm once it
is recorded.

A rule has one degree, so a row makes two rules of one id: that of the act, and that of the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, any_of
from enbloc.case.fact import CementLeak, Complication
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.acts import EVERY, IRRADIATING, MAY_CEMENT, RADIOSURGERY, SURGERY, TAKING_ARTERIES
from enbloc.decide.construct import fixes
from enbloc.decide.decision import Act
from enbloc.decide.embolisation import embolises
from enbloc.decide.follow_up import is_stereotactic
from enbloc.decide.of_percutaneous import cements
from enbloc.decide.planned import adult_figures, lies_ahead
from enbloc.decide.register import ENTRIES, MOTOR_FALL_FROM, Entry
from enbloc.decide.register import PARAMETERS as _REGISTER
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import several
from enbloc.decide.situation import Situation
from enbloc.decide.surveillance import later, treated_on
from enbloc.evidence import Checked, Threshold

_STRENGTH = "Planning value of the register"


# --- the acts ---------------------------------------------------------------------------------------------------------


FOLLOWS: dict[str, tuple[Act, ...]] = {
    "COMP-01": SURGERY,
    "COMP-02": (Act.EN_BLOC,),
    "COMP-03": SURGERY,
    "COMP-04": SURGERY,
    "COMP-05": SURGERY,
    "COMP-06": SURGERY,
    "COMP-07": SURGERY,
    "COMP-08": RADIOSURGERY,
    "COMP-09": IRRADIATING,
    "COMP-10": IRRADIATING,
    "COMP-11": MAY_CEMENT,
    "COMP-12": SURGERY,
    "COMP-13": SURGERY,
    "COMP-14": TAKING_ARTERIES,
}
"""The acts that each complication may follow."""

ONLY_IF: dict[str, Callable[[Situation], Answer]] = {"COMP-07": fixes, "COMP-11": cements, "COMP-14": embolises}
"""What must be part of the act."""


def _of_act(entry: Entry, about: Situation) -> Verdict:
    if about.plan is None:
        return None
    do = f"{entry.title}: {entry.figures_words}. Watch: {entry.watch}. Action: {entry.at_planning}."
    follows = ONLY_IF[entry.id](about) if entry.id in ONLY_IF else True
    return when(follows, do=adult_figures(about, do), because=f"{about.plan.act.value.capitalize()}.")


# --- the record -------------------------------------------------------------------------------------------------------
def _fell(about: Situation) -> Answer:
    """Whether strength fell by a grade or more; no new deficit means that it did not, unless a fall is recorded."""
    fall = about.meets(vocabulary.MOTOR_FALL, MOTOR_FALL_FROM)
    return False if isinstance(fall, Unknown) and about.answer(vocabulary.NEW_DEFICIT) is False else fall


def _leaked(about: Situation) -> Answer:
    leaks = several(about, vocabulary.CEMENT_LEAK)
    leaked: Answer = leaks if isinstance(leaks, Unknown) else any(one is not CementLeak.NONE for one in leaks)
    embolised = about.is_one_of(vocabulary.COMPLICATIONS, Complication.CEMENT_EMBOLISM)
    return any_of(leaked, about.answer(vocabulary.CEMENT_IN_CANAL), embolised)


def _has_happened(entry: Entry, about: Situation) -> Answer:
    stated: dict[str, Callable[[Situation], Answer]] = {
        "COMP-03": _fell,
        "COMP-04": lambda each: each.answer(vocabulary.CSF_LEAK),
        "COMP-05": lambda each: each.answer(vocabulary.EPIDURAL_HAEMATOMA),
        "COMP-11": _leaked,
    }
    if entry.id in stated:
        return stated[entry.id](about)
    assert entry.recorded is not None
    return about.is_one_of(vocabulary.COMPLICATIONS, entry.recorded)


_STATED = {
    TreatmentKind.OPERATION: vocabulary.OPERATED_AT_LEVEL,
    TreatmentKind.RADIOTHERAPY: vocabulary.PRIOR_RADIOTHERAPY,
}
"""What says that it was done where the record has no treatment."""


def days_of(entry: Entry, about: Situation) -> tuple[date | None, ...]:
    """The days of the treatments that it may follow; nothing in the place of a day that is not known."""
    done = tuple(one for one in about.case.treatments if one.kind is entry.after and _is_here(one, about))
    if entry.id == "COMP-08" and is_stereotactic(about) is False:
        return ()
    days = [treated_on(one) for one in done]
    ended = about.known(vocabulary.OPERATION_ENDED)
    if entry.after is TreatmentKind.OPERATION and ended is not None:
        days.append(ended.date())
    stated = entry.after in _STATED and about.answer(_STATED[entry.after]) is True
    return tuple(days) or ((None,) if stated else ())


def _is_here(one: Treatment, about: Situation) -> bool:
    """At one of the levels, or without one; but no operation without one where the level is said to have had none."""
    if not one.levels:
        return one.kind is not TreatmentKind.OPERATION or about.answer(vocabulary.OPERATED_AT_LEVEL) is not False
    return bool(set(one.levels) & set(about.levels))


def is_watched(entry: Entry, about: Situation) -> bool:
    """Whether it is still asked for: something was done that it may follow, and its time has not passed for sure."""
    if entry.id == "COMP-03" and about.answer(vocabulary.NEW_DEFICIT) is True:
        return True
    return entry.until is not None and any(_is_within(day, entry.until, about) for day in days_of(entry, about))


def _is_within(day: date | None, until: Threshold, about: Situation) -> bool:
    if day is None or about.today is None:
        return True
    months = until.unit == "months"
    end = later(day, until.number) if months else day + timedelta(days=until.number)
    return not lies_ahead(day, about) and about.today <= end


def _of_record(entry: Entry, about: Situation) -> Verdict:
    happened = _has_happened(entry, about)
    if isinstance(happened, Unknown) and not is_watched(entry, about):
        return None  # nothing was done that it may follow, or its time is over and nobody recorded it
    return when(happened, do=entry.do, because=f"Recorded: {entry.name}.")


# --- both -------------------------------------------------------------------------------------------------------------
def _judge(entry: Entry) -> Callable[[Situation], Verdict]:
    def judge(about: Situation) -> Verdict:
        if about.plan is not None:
            return _of_act(entry, about)
        return _of_record(entry, about) if entry.do else None

    judge.__doc__ = f"{entry.title}: {entry.figures_words}; watched for: {entry.watch}."
    return judge


def _declared(entry: Entry) -> Rule:
    declare = rule(entry.id, cites=entry.cites, checked=entry.checked, strength=_STRENGTH, acts=FOLLOWS[entry.id])
    return declare(_judge(entry))


ACT_RULES: tuple[Rule, ...] = tuple(map(_declared, ENTRIES))
"""The figures, the watch and the action, for whoever plans the act."""

CASE_RULES: tuple[Rule, ...] = tuple(
    # What to do then is from memory in every row, also where the frequency was read.
    replace(declared, degree=entry.degree, checked=Checked.FROM_MEMORY, acts=EVERY)
    for entry, declared in zip(ENTRIES, ACT_RULES, strict=True)
    if entry.do
)
"""What a complication that is recorded calls for."""

PARAMETERS: tuple[Threshold, ...] = _REGISTER
