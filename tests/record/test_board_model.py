"""Whatever a board does in whatever order: each deed succeeds or is refused as these few rules say."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from enbloc.case.board import MeetingState, TaskState, Way
from enbloc.errors import RecordError, SettledError
from enbloc.record import MovedOn, UnitOfWork, migrate, open_record, verify
from tests.record.boards import BOTH, CAROL, NEXT_THURSDAY, THURSDAY, decision, items, look, meeting, task
from tests.record.deeds import ALICE, BOB, add, at, lined
from tests.record.places import IN_MEMORY, Cluster
from tests.sampling import IS_SWEEP

CASES = ("c1", "c2")
MEETINGS = ("m1", "m2")
A_CASE, A_MEETING = st.sampled_from(CASES), st.sampled_from(MEETINGS)
A_PERSON = st.sampled_from([ALICE, BOB, CAROL])
A_DAY = st.sampled_from([THURSDAY, NEXT_THURSDAY])
PLANNED, OPEN, CLOSED = MeetingState


class Board(RuleBasedStateMachine):
    """Meetings, decisions, second looks and tasks, beside a few dictionaries of the same."""

    cluster: Cluster | None = None

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="enbloc-board-", dir=IN_MEMORY))
        self.url = self.cluster.fresh() if self.cluster else None
        migrate(self.url, self.home / "data")
        self.record = open_record(self.url, self.home / "data")
        self.meetings: dict[str, dict[str, Any]] = {}
        self.decided: dict[str, list[dict[str, Any]]] = {case: [] for case in CASES}
        self.looks: dict[tuple[str, str], dict[str, str]] = {}
        self.revealed: set[tuple[str, str]] = set()
        self.tasks: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        self.record.close()
        shutil.rmtree(self.home)

    @initialize()
    def people_and_cases(self) -> None:
        for person in (ALICE, BOB, CAROL):
            add(self.record, person)
        for case in CASES:
            lined(self.record, case)
        self.plan("m1", THURSDAY)
        self.arrange("m1", list(CASES), 0)

    def done(self, is_allowed: bool, deed: Any, person: str = ALICE) -> Any:
        """Do it; it is refused exactly where it is not allowed, and then nothing of it stays."""
        result = None
        with suppress(RecordError), at(self.record, person) as work:
            result = deed(work)
        assert (result is not None) is is_allowed
        return result

    def of(self, id: str) -> dict[str, Any]:
        """The meeting, or what stands for none."""
        return self.meetings.get(id) or {"day": "", "state": "", "cases": [], "version": 1}

    def waits_for(self, case: str) -> str:
        those = [id for id, one in self.meetings.items() if one["state"] is not CLOSED and case in one["cases"]]
        assert len(those) <= 1
        return those[0] if those else ""

    def is_bound(self, id: str, case: str) -> bool:
        """Whether the case was decided or looked at in this meeting."""
        return (id, case) in self.looks or any(one["meeting"] == id for one in self.decided[case])

    def may_move(self, case: str, to: str) -> bool:
        held = self.waits_for(case)
        return held in ("", to) or (self.meetings[held]["state"] is PLANNED and not self.is_bound(held, case))

    def moved(self, case: str) -> None:
        if held := self.waits_for(case):
            self.meetings[held]["cases"].remove(case)
            self.meetings[held]["version"] += 1

    @rule(id=A_MEETING, day=A_DAY)
    def plan(self, id: str, day: str) -> None:
        plan = meeting(id, day=day, attendance=BOTH, chair=ALICE)
        if self.done(id not in self.meetings, lambda work: work.plan_meeting(plan)):
            self.meetings[id] = {"day": day, "state": PLANNED, "cases": [], "version": 1}

    @rule(id=A_MEETING, cases=st.lists(A_CASE, unique=True, max_size=2), back=st.integers(0, 1))
    def arrange(self, id: str, cases: list[str], back: int) -> None:
        one = self.of(id)
        made_from = one["version"] - back
        is_stale = bool(one["state"]) and bool(back)
        gone = set(one["cases"]) - set(cases)
        is_free = all(self.may_move(case, id) for case in cases) and not any(self.is_bound(id, case) for case in gone)
        is_allowed = is_stale or (one["state"] in (PLANNED, OPEN) and is_free)
        result = self.done(is_allowed, lambda work: work.set_agenda(id, items(*cases), made_from=made_from))
        if result is None:
            return
        assert isinstance(result, MovedOn) is is_stale
        if not is_stale:
            for case in set(cases) - set(one["cases"]):
                self.moved(case)
            one["cases"], one["version"] = list(cases), one["version"] + 1

    @rule(id=A_MEETING, day=A_DAY)
    def move_day(self, id: str, day: str) -> None:
        one = self.of(id)
        is_allowed = one["state"] is PLANNED or (one["state"] is OPEN and day == one["day"])
        plan = meeting(id, day=day, attendance=BOTH, chair=ALICE)
        if self.done(is_allowed, lambda work: work.change_meeting(plan, made_from=one["version"])):
            one["day"], one["version"] = day, one["version"] + 1

    @rule(id=A_MEETING)
    def open(self, id: str) -> None:
        one = self.of(id)
        is_allowed = one["state"] is PLANNED and bool(one["cases"])
        if self.done(is_allowed, lambda work: work.open_meeting(id)):
            one["state"], one["version"] = OPEN, one["version"] + 1

    @rule(id=A_MEETING, person=A_PERSON)
    def close(self, id: str, person: str) -> None:
        one = self.of(id)
        if self.done(one["state"] in (PLANNED, OPEN), lambda work: work.close_meeting(id), person):
            one["state"], one["version"], one["closed_by"] = CLOSED, one["version"] + 1, person
        elif one["state"] is CLOSED:
            with pytest.raises(SettledError, match=f"{one['closed_by']} closed it on"), at(self.record) as work:
                work.close_meeting(id)

    @rule(id=A_MEETING, case=A_CASE, way=st.sampled_from(Way), names=st.booleans())
    def decide(self, id: str, case: str, way: Way, names: bool) -> None:
        held, one = self.decided[case], self.of(id)
        stands = held[-1]["id"] if held else ""
        named = stands if names else ""
        is_held = one["state"] is OPEN and case in one["cases"]
        number = f"d{len(held)}"
        made = decision(number, case, way=way, meeting=id, supersedes=named)
        if self.done((is_held or way is Way.QUORUM) and named == stands, lambda work: work.decide(made)):
            held.append({"id": number, "way": way, "meeting": id if way is Way.MEETING else "", "ratified": ""})

    @rule(id=A_MEETING, case=A_CASE)
    def ratify(self, id: str, case: str) -> None:
        held, one = self.decided[case], self.of(id)
        is_held = one["state"] is OPEN and case in one["cases"]
        is_waiting = bool(held) and held[-1]["way"] is Way.QUORUM and not held[-1]["ratified"]
        last = held[-1]["id"] if held else "d0"
        if self.done(is_held and is_waiting, lambda work: work.ratify(case, last, id)):
            held[-1]["ratified"] = id

    @rule(id=A_MEETING, case=A_CASE, person=A_PERSON, option=st.sampled_from(["biopsy", "radiosurgery"]))
    def look(self, id: str, case: str, person: str, option: str) -> None:
        one, key = self.of(id), (id, case)
        is_allowed = one["state"] in (PLANNED, OPEN) and case in one["cases"] and key not in self.revealed
        is_allowed = is_allowed and not any(each["meeting"] == id for each in self.decided[case])
        line = self.done(is_allowed, lambda work: work.look(look(option, case, id), awaited=(ALICE, BOB)), person)
        if line is None:
            return
        given = self.looks.setdefault(key, {})
        given[person] = option
        if {ALICE, BOB} <= set(given):
            self.revealed.add(key)
        assert line.mine.option == option
        assert {each.person: each.option for each in line.looks} == (given if key in self.revealed else {})

    @rule(id=A_MEETING, case=A_CASE)
    def reveal(self, id: str, case: str) -> None:
        one, key = self.of(id), (id, case)
        is_allowed = case in one["cases"] and key in self.looks and key not in self.revealed
        if self.done(is_allowed, lambda work: work.reveal(id, case)):
            self.revealed.add(key)

    @rule(case=A_CASE, person=A_PERSON)
    def add_task(self, case: str, person: str) -> None:
        held, id = self.decided[case], f"t{len(self.tasks)}"
        last = held[-1]["id"] if held else "d0"
        if self.done(bool(held), lambda work: work.add_task(task(id, last, case, owner=person))):
            self.tasks[id] = {"case": case, "decision": last, "owner": person, "state": TaskState.OPEN, "version": 1}

    @rule(number=st.integers(0, 3), state=st.sampled_from(TaskState), because=st.sampled_from(["", "moved away"]))
    def change_task(self, number: int, state: TaskState, because: str) -> None:
        id = f"t{number}"
        one = self.tasks.get(id)
        is_told = one is not None and (state in (one["state"], TaskState.DONE) or bool(because))
        if one is None:
            return
        wish = task(id, one["decision"], one["case"], owner=one["owner"], state=state, because=because)
        line = self.done(is_told, lambda work: work.change_task(wish, made_from=one["version"]))
        if line is not None:
            one["state"], one["version"] = state, one["version"] + 1
            assert bool(line.task.done_by) is (state is not TaskState.OPEN)

    @rule(case=A_CASE, day=st.sampled_from(["", THURSDAY, NEXT_THURSDAY]))
    def put_on_a_day(self, case: str, day: str) -> None:
        """The way of the case page; it goes to a planned meeting of that day, and makes none where there is one."""
        held = self.waits_for(case)
        is_there = bool(day) and bool(held) and self.meetings[held]["day"] == day
        fits = [id for id, one in self.meetings.items() if one["day"] == day and one["state"] is PLANNED]
        if day and not is_there and not fits:
            return  # it would plan another meeting, with an id of its own
        is_allowed = is_there or self.may_move(case, "")

        def put(work: UnitOfWork) -> bool:
            work.set_board(case, day)
            return True

        if self.done(is_allowed, put) and not is_there:
            self.moved(case)
            if day:
                first = self.meetings[min(fits)]
                first["cases"].append(case)
                first["version"] += 1

    @invariant()
    def is_as_told(self) -> None:
        found = verify(self.record)
        assert found.is_whole, found.faults
        with at(self.record) as work:
            for id, one in self.meetings.items():
                line = work.meeting(id)
                assert (line.meeting.state, line.version) == (one["state"], one["version"])
                assert [item.case for item in line.meeting.agenda] == one["cases"]
            for case, held in self.decided.items():
                lines = work.decisions(case)
                assert [(line.decision_id, line.ratified_in) for line in lines] == [
                    (one["id"], one["ratified"]) for one in held
                ]
                assert [line.superseded_by for line in lines] == [one["id"] for one in held[1:]] + [""] * bool(held)
            for case in CASES if self.meetings else ():
                waits_for, line_of_case = self.waits_for(case), work.line(case)
                assert line_of_case is not None
                assert line_of_case.board == (self.meetings[waits_for]["day"] if waits_for else "")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_board_keeps_to_its_rules(kind: str, request: pytest.FixtureRequest) -> None:
    cluster = request.getfixturevalue("cluster") if kind == "postgresql" else None
    machine = type("OnThisDatabase", (Board,), {"cluster": cluster})
    limits = settings(max_examples=60 if IS_SWEEP else 5, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(machine, settings=limits)
