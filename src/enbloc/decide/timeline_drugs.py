"""The days from which a drug no longer stands in the way of an operation, and from which it may start again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.fact import Antithrombotic
from enbloc.case.treatment import TreatmentKind
from enbloc.decide import antithrombotic, washout
from enbloc.decide.after_surgery import RESTART
from enbloc.decide.antithrombotic import Hold
from enbloc.decide.planned import HOUR, Span, lies_ahead, span_at
from enbloc.decide.primary_giant_cell import COURSE_FROM, COURSE_TO, surgery_after_denosumab
from enbloc.decide.rule import Advice
from enbloc.decide.situation import Situation
from enbloc.decide.systemic import NADIR_FROM, NADIR_TO, RADIOSURGERY_HOLD
from enbloc.decide.timeline_entry import (
    PATIENT,
    Dated,
    Passing,
    Since,
    counted,
    days_left,
    heard,
    judged,
    since_day,
)
from enbloc.decide.washout import CYTOTOXIC_STOP, RESTART_BEVACIZUMAB, RESTART_OTHER, DrugClass, Taken, plain
from enbloc.evidence import Checked, Threshold, limit

_LAST, _BEVACIZUMAB = "last dose", ("DISAGREE-11",)


def _again(
    words: str, low: float, high: float, unit: str, source: str, checked: Checked = Checked.FROM_MEMORY
) -> tuple[Threshold, Threshold]:
    """From when to when a drug starts again after an operation."""
    name = f"restart after surgery of {words}"
    return (
        limit(f"{name}, earliest", low, unit, ">=", source, checked),
        limit(f"{name}, usual end", high, unit, "<=", source, checked),
    )


AFTER_SURGERY: dict[DrugClass, tuple[Threshold, Threshold]] = {
    DrugClass.CHECKPOINT: _again("a checkpoint inhibitor", 2, 4, "weeks", "pathway (SYS-04)"),
    DrugClass.KINASE: _again("a kinase inhibitor", 3, 7, "days", "pathway (SYS-05)"),
    DrugClass.CYTOTOXIC: _again("a cytotoxic drug", 2, 4, "weeks", "pathway (SYS-06)"),
    DrugClass.CDK: _again("a CDK4/6 inhibitor", 2, 3, "weeks", "pathway (SYS-07)"),
    DrugClass.MTOR: _again("an mTOR inhibitor", 2, 3, "weeks", "pathway (SYS-07)"),
}
"""When each kind of drug starts again after an operation: from, to."""
BEVACIZUMAB_AGAIN = _again(
    "bevacizumab by guideline summaries", 6, 8, "weeks", "edinburgh2024vegf", Checked.READ_IN_A_COPY
)
"""The other position on bevacizumab."""


def of_patient(about: Situation) -> Iterator[Dated]:
    """Wash-outs, holds and nadirs, which concern the patient whatever is operated on."""
    yield from _wash_outs(about)
    yield from _holds(about)
    for one in _latest(about):
        if one.agent.kind is DrugClass.CYTOTOXIC:
            yield _nadir(about, one)


def of_lesion(about: Situation) -> Iterator[Dated]:
    """What may start again after the operation, and what is held around radiosurgery."""
    at = about.known(vocabulary.OPERATION_AT)
    if at is not None:
        since = since_day(vocabulary.OPERATION_AT.words, at.date(), "")
        yield from (restart for one in _latest(about) for restart in _restarts(about, one, since))
        yield from (_anticoagulant(about, one, span_at(at)) for one in antithrombotic.holds(about) if one.is_treatment)
    yield from _around_radiosurgery(about)
    yield from _denosumab(about)


def _latest(about: Situation) -> tuple[Taken, ...]:
    """Each drug once, with its latest dose; one course without an end leaves the last dose open."""
    merged: dict[tuple[str, str], Taken] = {}
    for one in washout.taken(about.case):
        key = (one.agent.drug, one.words.casefold())
        before = merged.get(key)
        if before is None or (before.last is not None and (one.last is None or one.last > before.last)):
            merged[key] = one
    return tuple(merged.values())


# --- wash-outs --------------------------------------------------------------------------------------------------------
def _wash_outs(about: Situation) -> Iterator[Dated]:
    for one in _latest(about):
        limits = dict.fromkeys(limit for limit in (one.agent.hard, one.agent.longest) if limit is not None)
        yield from (_wash_out(about, one, limit, one.agent.rule) for limit in limits)
        if one.agent.kind is DrugClass.CYTOTOXIC:
            # The row prints three to four weeks: the shorter end stops, the longer is advised.
            yield _wash_out(about, one, CYTOTOXIC_STOP, "STOP-33")
    for words in dict.fromkeys(washout.unlisted(about.case)):
        yield _without_a_row(words, Passing.WASH_OUT, "SYS-11", f"what kind of drug is {words!r}?")


def _since(about: Situation, one: Taken) -> Since:
    """The day of the last dose, or what to ask for where there is none or it cannot be."""
    ask = f"day of the last dose of {one.words}"
    if one.last is None or not lies_ahead(one.last, about):
        return since_day(_LAST, one.last, ask)
    return since_day(_LAST, None, f"{ask}: it lies after the day of the case")


def _wash_out(about: Situation, one: Taken, limit: Threshold, rule: str) -> Dated:
    since, ask = _since(about, one), f"which drug is {one.words!r}, and what are five of its half-lives?"
    return counted(
        about,
        Passing.WASH_OUT,
        one.words,
        since,
        limit,
        rule=rule,
        ask=(ask,) if one.agent.is_group and since.day is not None else (),
        disagrees=_BEVACIZUMAB if one.agent.drug == "bevacizumab" else (),
        of_patient=True,
    )


def _nadir(about: Situation, one: Taken) -> Dated:
    words = f"nadir of the blood count after {one.words}"
    since = _since(about, one)
    return counted(about, Passing.DUE, words, since, NADIR_FROM, to=NADIR_TO, rule="SYS-13", of_patient=True)


# --- holds ------------------------------------------------------------------------------------------------------------
def _holds(about: Situation) -> Iterator[Dated]:
    yield from (_hold(about, hold) for hold in antithrombotic.holds(about))
    taken = antithrombotic.drugs(about)
    if not isinstance(taken, Unknown) and Antithrombotic.OTHER in taken:
        ask = "which other antithrombotic drug, and its last dose?"
        yield _without_a_row("other antithrombotic", Passing.HOLD, "STOP-16", ask)


def _without_a_row(drug: str, what: Passing, rule: str, ask: str) -> Dated:
    """A drug that no table knows is named, and asked about."""
    return Dated(
        what=what,
        subject=drug,
        about=PATIENT,
        counted_from=_LAST,
        rule=rule,
        source="project",
        checked=Checked.OURS,
        ask=(ask,),
    )


def _hold(about: Situation, hold: Hold) -> Dated:
    last, at = antithrombotic.last_dose(about, hold), antithrombotic.ready_at(about, hold)
    ask = hold.last.ask if last is None else ""
    if last is not None and lies_ahead(last[0].date(), about):
        at, ask = None, f"{hold.last.ask}: it lies after the day of the case"
    return _by_the_hour(
        about,
        Passing.HOLD,
        hold,
        since=None if last is None else last[0].date(),
        at=_as_recorded(at, about.known(hold.last)),
        limit=antithrombotic.applicable(about, hold),
        ask=(ask,) if ask else (),
    )


def _as_recorded(at: datetime | None, counted_from: datetime | None) -> datetime | None:
    """The hour in the time zone of the moment that it counts from, where that names one."""
    return at if at is None or counted_from is None else at.replace(tzinfo=counted_from.tzinfo)


def _by_the_hour(
    about: Situation,
    what: Passing,
    hold: Hold,
    *,
    since: date | None,
    at: datetime | None,
    limit: Threshold,
    ask: tuple[str, ...],
) -> Dated:
    is_hold, day = what is Passing.HOLD, None if at is None else at.date()
    return Dated(
        what=what,
        subject=hold.drug.value,
        about=PATIENT if is_hold else about.about,
        counted_from=_LAST if is_hold else vocabulary.OPERATION_AT.words,
        since=since,
        day=day,
        at=at,
        days_left=days_left(about, day),
        rule="ANES-06" if is_hold else "VTE-05",
        source=limit.source,
        checked=limit.checked,
        ask=ask,
    )


# --- restarts ---------------------------------------------------------------------------------------------------------
def _restarts(about: Situation, one: Taken, since: Since) -> Iterator[Dated]:
    """From when a drug may start again after the operation."""
    healed = ("has the wound healed?",)
    if one.agent.drug == "bevacizumab":
        low, high = BEVACIZUMAB_AGAIN
        positions = ((RESTART_BEVACIZUMAB, None, "STOP-17"), (low, high, "SYS-01"))
        for limit, to, rule in positions:
            yield counted(
                about, Passing.RESTART, one.words, since, limit, to=to, rule=rule, ask=healed, disagrees=_BEVACIZUMAB
            )
    elif one.agent.kind is DrugClass.VEGF:
        yield counted(about, Passing.RESTART, one.words, since, RESTART_OTHER, rule="STOP-17", ask=healed)
    elif one.agent.kind in AFTER_SURGERY:
        low, high = AFTER_SURGERY[one.agent.kind]
        yield counted(about, Passing.RESTART, one.words, since, low, to=high, rule=one.agent.rule, ask=healed)


def _anticoagulant(about: Situation, hold: Hold, operation: Span) -> Dated:
    return _by_the_hour(
        about,
        Passing.RESTART,
        hold,
        since=operation[0].date(),
        at=_as_recorded(operation[1] + RESTART.number * HOUR, about.known(vocabulary.OPERATION_AT)),
        limit=RESTART,
        ask=("drain out, neurology stable, surgeon's agreement?",),
    )


# --- radiosurgery and denosumab ---------------------------------------------------------------------------------------
def _around_radiosurgery(about: Situation) -> Iterator[Dated]:
    """VEGF and BRAF inhibitors are held on each side of radiosurgery: the longest time of the row."""
    held = [one for one in _latest(about) if one.agent.kind is DrugClass.VEGF or one.agent.is_braf]
    first = about.known(vocabulary.RADIOTHERAPY_DAY)
    ask = ("is the planned radiotherapy stereotactic, and what is the local policy?",)
    for one in held if first is not None else ():
        since = since_day(vocabulary.RADIOTHERAPY_DAY.words, first, "")
        again = counted(about, Passing.RESTART, one.words, since, RADIOSURGERY_HOLD, rule="SYS-10", ask=ask)
        yield again
        assert first is not None
        day = first - timedelta(days=RADIOSURGERY_HOLD.number)
        yield replace(again, what=Passing.LAST_DOSE, day=day, days_left=days_left(about, day))


def _denosumab(about: Situation) -> Iterator[Dated]:
    """After a short course of denosumab a giant cell tumour is operated on: the window counts from the first dose."""
    verdict = heard(about, surgery_after_denosumab, surgery_after_denosumab.acts)
    if not isinstance(verdict, Advice):
        return
    systemic = (one for one in about.case.treatments if one.kind is TreatmentKind.SYSTEMIC)
    begun = [one.started for one in systemic if "denosumab" in plain(one.what).split() and one.started is not None]
    since = since_day("first dose of denosumab", max(begun, default=None), "day of the first dose of denosumab")
    words = "operation after a short course of denosumab"
    yield judged(about, surgery_after_denosumab, verdict, Passing.DUE, words, since, COURSE_FROM, to=COURSE_TO)


PARAMETERS: tuple[Threshold, ...] = (
    *(one for pair in AFTER_SURGERY.values() for one in pair),
    *BEVACIZUMAB_AGAIN,
)
