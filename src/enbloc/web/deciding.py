"""What a decision is made on, whether that has changed since it was presented, and what it does to the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from enbloc.case.board import DecidedOn, Decision, Task, Way
from enbloc.case.case import Case
from enbloc.case.override import Override
from enbloc.decide.decision import Act
from enbloc.decide.families import RULES
from enbloc.decide.overriding import STOPS
from enbloc.exchange.document import from_json, to_json
from enbloc.record import DecisionLine, JobLine, Overtaken
from enbloc.value import value
from enbloc.web.board_nouns import NewDecision
from enbloc.web.lining import line_up_saved
from enbloc.web.listing import KIND, Listing, content_of, latest
from enbloc.web.nouns import since
from enbloc.web.problem import Problem
from enbloc.web.rules import Function
from enbloc.web.running.storing import key_of
from enbloc.web.saving import names_since, standing_at

if TYPE_CHECKING:
    from enbloc.record import StoredResult, UnitOfWork
    from enbloc.web.signed_in import Signed

ACTS = tuple(act.value for act in Act)
MOST_LOOKED_BACK = 20
"""So many versions back a result is looked for that somebody was shown."""


@value
class Changed:
    """Nothing was decided: the case, or its result, is not the one that was presented."""

    now: DecidedOn
    since: Overtaken | None
    names: Mapping[str, str]

    @property
    def problem(self) -> Problem:
        """What has changed, for the one who is to confirm it."""
        told: dict[str, Any] = since(self.since, self.names) if self.since else {"since": [], "changes": []}
        told |= {"type": "changed", "newest": self.now.version, "newest_result": self.now.fingerprint}
        words = self.since.words if self.since else "The case was worked up again since it was presented."
        remedy = "Look at what changed, then confirm the decision for the case as it is now, or leave it."
        return Problem(412, "The case has changed since it was presented.", remedy, detail=words, **told)


@value
class Decided:
    """The decision, the version that the case has now, and the job that works up what was overridden."""

    line: DecisionLine
    version: int
    job: JobLine | None


def stands_at(work: UnitOfWork, case_id: str) -> DecidedOn:
    """What a decision on the case would be made on now."""
    version, found = work.read_case(case_id).line.version, work.latest_result(case_id, KIND)
    return _decided_on(work, version, found)


def decided(work: UnitOfWork, signed: Signed, case_id: str, wish: NewDecision, at: datetime) -> Decided | Changed:
    """Keep the decision with its tasks, and what it overrides as a new version of the case: all, or nothing of it.

    Raises
    ------
    Problem
        If it names a lesion, an act, a rule or a stop that there is not, or overrides without the function.
    SettledError
        If another decision stands, or the meeting is not open.
    """
    work.read_case(case_id, wish.of_version)
    now = stands_at(work, case_id)
    is_same = (wish.of_version, wish.of_result) == (now.version, now.fingerprint)
    if not is_same and not _is_confirmed(wish, now):
        meanwhile = work.changed_since(case_id, wish.of_version)
        return Changed(now=now, since=meanwhile, names=names_since(work, meanwhile))
    _refuse_unknown_words(wish)
    case = from_json(Case, work.read_case(case_id).document)
    if wish.lesion not in {lesion.id for lesion in case.lesions}:
        raise Problem(422, "The case has no such lesion.", "Name one of its lesions.", where="lesion")
    made = _decision(work, signed, case_id, wish, at)
    made = _as_called(work, case_id, made)
    made = replace(made, of=now if is_same else _presented(work, case_id, wish), confirmed=None if is_same else now)
    saved, job = _overridden(work, signed, case, case_id, now.version, made) if made.overrides else (0, None)
    line = work.decide(to_json(replace(made, overrides_in=saved)))
    for task in made.tasks:
        work.add_task(task)
    return Decided(line=line, version=saved or now.version, job=job)


def _is_confirmed(wish: NewDecision, now: DecidedOn) -> bool:
    return wish.confirmed_version == now.version and wish.confirmed_result in (None, now.fingerprint)


def _decision(work: UnitOfWork, signed: Signed, case_id: str, wish: NewDecision, at: datetime) -> Decision:
    """The decision in the words of the wish, signed by who sends it."""
    if wish.way is Way.QUORUM and wish.meeting_id:
        raise Problem(422, "A quorum by phone is no meeting.", "Leave the meeting out.", where="meeting_id")
    held = work.meeting(wish.meeting_id).meeting.attendance if wish.way is Way.MEETING else ()
    id = token_hex(4)
    return Decision(
        id=id,
        case=case_id,
        lesion=wish.lesion,
        of=DecidedOn(version=wish.of_version),
        way=wish.way,
        meeting=wish.meeting_id,
        attendance=wish.attendance or held,
        overrides=tuple(
            Override(stop=one.stop, about=one.about, act=one.act, because=one.because, by=signed.name, on=at.date())
            for one in wish.overrides
        ),
        tasks=tuple(
            Task(id=token_hex(4), case=case_id, decision=id, what=one.what, owner=one.owner, due=one.due)
            for one in wish.tasks
        ),
        by=signed.name,
        at=at,
        **{name: getattr(wish, name) for name in _AS_WISHED},
    )


_AS_WISHED = (
    "emergency", "certainty", "noms", "margin", "chosen", "rejected", "consent", "responsible", "deadline", "dissent",
    "disagreements", "supersedes",
)  # fmt: skip


def _as_called(work: UnitOfWork, case_id: str, made: Decision) -> Decision:
    """The decision with its options called as its page calls them, whatever was sent."""
    seen = latest(work, case_id)
    page = json.loads(content_of(work, case_id, seen.page)) if seen else {}
    told = [one["choice"] for one in page.get("report", {}).get("options", ())]
    names = {one["act"]: one["words"] for one in told if one["about"] == made.lesion}
    chosen, *rejected = (one and replace(one, called=names.get(one.act, "")) for one in (made.chosen, *made.rejected))
    return replace(made, chosen=chosen, rejected=tuple(one for one in rejected if one))


def _presented(work: UnitOfWork, case_id: str, wish: NewDecision) -> DecidedOn:
    """What was presented, though it is no longer the newest."""
    if not wish.of_result:
        return DecidedOn(version=wish.of_version)
    for version in range(wish.of_version, max(0, wish.of_version - MOST_LOOKED_BACK), -1):
        for found in reversed(work.results(case_id, version)):
            if found.kind == KIND and (then := _decided_on(work, wish.of_version, found)).fingerprint == wish.of_result:
                return then
    raise Problem(422, "The case has no such result.", "Send the fingerprint that its page shows.", where="of_result")


def _decided_on(work: UnitOfWork, version: int, found: StoredResult | None) -> DecidedOn:
    if found is None:
        return DecidedOn(version=version)
    seen = from_json(Listing, work.read_file(found.case_id, found.sha256).decode())
    mark = seen.fingerprint or seen.page.sha256  # a listing of before results were told apart by theirs
    return DecidedOn(version=version, worked_up=found.version, result=found.number, fingerprint=mark)


def _refuse_unknown_words(wish: NewDecision) -> None:
    """Acts, rules and stops are those of the pathway: what nobody knows could never be met, or searched."""
    acts = [one.act for one in (wish.chosen, *wish.rejected) if one] + [one.act for one in wish.overrides if one.act]
    for where, given, known in (
        ("act", acts, ACTS),
        ("overrides", [one.stop for one in wish.overrides], STOPS),
        ("disagreements", [one.rule for one in wish.disagreements], RULES),
    ):
        if any(each not in known for each in given):
            raise Problem(422, "The pathway knows no such act, rule or stop.", "Name one of its own.", where=where)


def refuse_unknown_act(option: str) -> None:
    """A second look names an act, so that those of several can be compared."""
    if option not in ACTS:
        raise Problem(422, "There is no such act.", f"Name one of: {'; '.join(ACTS)}.", where="option")


def _overridden(
    work: UnitOfWork, signed: Signed, case: Case, case_id: str, made_from: int, made: Decision
) -> tuple[int, JobLine | None]:
    """The case with the overrides of the decision as its next version, and a work-up of it asked for."""
    signed.need(Function.OVERRIDE)
    key = [(one.stop, one.about, one.act) for one in made.overrides]
    kept = tuple(one for one in case.overrides if (one.stop, one.about, one.act) not in key)
    day = made.at.date()
    after = standing_at(day, replace(case, overrides=(*kept, *made.overrides)))
    stops = ", ".join(dict.fromkeys(one.stop for one in made.overrides))
    because, files = f"Decision {made.id} overrides {stops}.", work.read_case(case_id).files
    because += f" The case stands at {day} from now on." if after.as_of != case.as_of else ""
    done = work.save_case(case_id, to_json(after), made_from=made_from, because=because, files=files)
    if isinstance(done, Overtaken):  # within a unit nobody can be faster
        raise Problem(
            412, "Somebody saved the case meanwhile.", "Read it again.", **since(done, names_since(work, done))
        )
    job = None
    if signed.may(Function.WORK_UP):
        job = work.ask("work-up", case_id, done.version, "{}", key=key_of(case_id, done.version))
    line_up_saved(work, after, case_id, done.version, is_asked=job is not None)
    return done.version, job
