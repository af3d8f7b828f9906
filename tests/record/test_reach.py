"""How far somebody sees: a case closed to a team is to everybody else like one that is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.record import Reach, Record, StoredFile, UnitOfWork, verify
from tests.record.deeds import BOB, add, at, document, entry, override, save

ALICE, CAROL = "alice", "carol"
UNKNOWN = "no such"


@pytest.fixture
def kept(record: Record) -> StoredFile:
    """Two cases, of which 'closed' is closed to Alice."""
    for person in (ALICE, BOB, CAROL):
        add(record, person)
    for case_id in ("closed", "open"):
        save(record, case_id, findings=[entry()], overrides=[override()])
    with at(record) as work:
        file = work.put_file("closed", b"scan")
        work.put_result("closed", 1, "workup", b"{}")
        work.set_team("closed", [ALICE])
    return file


LOOKS: dict[str, Callable[[UnitOfWork, str, StoredFile], Any]] = {
    "read_case": lambda work, case_id, _: work.read_case(case_id),
    "versions": lambda work, case_id, _: work.versions(case_id),
    "compared": lambda work, case_id, _: work.compared(case_id, 1, 1),
    "results": lambda work, case_id, _: work.results(case_id),
    "read_file": lambda work, case_id, file: work.read_file(case_id, file.sha256),
    "save_case": lambda work, case_id, _: work.save_case(case_id, document(), made_from=1, because="x"),
    "save_case of version 7": lambda work, case_id, _: work.save_case(case_id, document(), made_from=7, because="x"),
    "put_result": lambda work, case_id, _: work.put_result(case_id, 1, "report", b"x"),
    "line": lambda work, case_id, _: work.line(case_id),
    "team": lambda work, case_id, _: work.team(case_id),
    "set_team": lambda work, case_id, _: work.set_team(case_id, []),
    "set_board": lambda work, case_id, _: work.set_board(case_id, "2026-11-26"),
    "ask": lambda work, case_id, _: work.ask("workup", case_id, 1, "{}"),
    "jobs": lambda work, case_id, _: work.jobs(case_id),
}


@pytest.mark.parametrize("reach", [Reach.CENTRE, Reach.TEAM])
def test_a_closed_case_is_like_one_that_is_not_there(record: Record, kept: StoredFile, reach: Reach) -> None:
    for look, ask in LOOKS.items():
        said = []
        for case_id in ("closed", "nowhere"):
            with pytest.raises(RecordError, match=UNKNOWN) as refused, at(record, BOB, reach=reach) as work:
                ask(work, case_id, kept)
            said.append(str(refused.value))
        assert said[0] == said[1], look
    with at(record) as work:
        tries = [line for line in work.audit(case_id="closed") if line.actor == BOB]
    assert [json.loads(line.detail)["found"] for line in tries] == [False] * len(LOOKS)


def test_nobody_else_may_begin_a_case_of_the_same_key_or_put_a_file_into_it(record: Record, kept: StoredFile) -> None:
    deeds: tuple[Callable[[UnitOfWork], object], ...] = (
        lambda work: work.save_case("closed", document(), made_from=0, because="x"),
        lambda work: work.put_file("closed", b"other"),
    )
    for deed in deeds:
        with pytest.raises(RecordError, match=UNKNOWN), at(record, BOB, reach=Reach.CENTRE) as work:
            deed(work)
    with at(record, BOB, reach=Reach.CENTRE) as work:
        file = work.put_file("new", b"mine")
        work.save_case("new", document(), made_from=0, because="new", files={"a": file.sha256})
    assert verify(record).is_whole


def test_those_of_the_team_see_it(record: Record, kept: StoredFile) -> None:
    for reach in Reach:
        for look in ("read_case", "versions", "results", "read_file", "team", "jobs"):
            with at(record, ALICE, reach=reach) as work:
                LOOKS[look](work, "closed", kept)


@pytest.mark.parametrize(
    ("actor", "reach", "seen"),
    [
        (ALICE, Reach.CENTRE, ["closed", "open"]),
        (ALICE, Reach.TEAM, ["closed"]),
        (BOB, Reach.CENTRE, ["open"]),
        (BOB, Reach.TEAM, []),
        (BOB, Reach.ALL, ["closed", "open"]),
    ],
)
def test_lists_show_what_the_person_may_see(
    record: Record, kept: StoredFile, actor: str, reach: Reach, seen: list[str]
) -> None:
    with at(record, actor, reach=reach) as work:
        assert [line.case_id for line in work.cases()] == seen
        assert [line.case_id for line in work.findings("sins.pain")] == seen
        assert [line.case_id for line in work.overrides("STOP-16")] == seen
        audited = {line.case_id for line in work.audit(limit=1000)} - {""}
        assert audited == set(seen)
        about = work.audit(case_id="closed", limit=1000)
        assert bool(about) is ("closed" in seen)


def test_a_job_about_a_closed_case_is_none(record: Record, kept: StoredFile) -> None:
    with at(record) as work:
        job = work.ask("workup", "closed", 1, "{}").job_id
    for deed in ("job", "cancel"):
        with pytest.raises(RecordError, match="no such job"), at(record, BOB, reach=Reach.CENTRE) as work:
            getattr(work, deed)(job)
        with at(record, ALICE, reach=Reach.TEAM) as work:
            getattr(work, deed)(job)


def test_a_team_is_changed_and_a_case_opened_again(record: Record, kept: StoredFile) -> None:
    with at(record, ALICE, reach=Reach.CENTRE) as work:
        work.set_team("closed", [CAROL, BOB, BOB])
        with pytest.raises(RecordError, match=UNKNOWN):
            work.team("closed")
    with at(record, BOB, reach=Reach.CENTRE) as work:
        assert work.team("closed") == (BOB, CAROL)
        work.set_team("closed", [])
    with at(record, ALICE, reach=Reach.CENTRE) as work:
        assert work.read_case("closed").line.version == 1
        assert work.team("closed") == ()
    with at(record) as work:
        teams = [json.loads(line.detail)["people"] for line in work.audit() if line.act == "set team"]
    assert teams == [[ALICE], [BOB, CAROL], []]


def test_a_team_is_of_people_of_the_centre(record: Record, kept: StoredFile) -> None:
    add(record, "stranger", centre="south")
    for person in ("stranger", "nobody"):
        with pytest.raises(RecordError, match="no such person"), at(record) as work:
            work.set_team("open", [person])
