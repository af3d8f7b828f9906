"""What a board refuses: each in a line with a remedy, and nothing of it stays."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case.board import Decision
from enbloc.exchange.document import from_json
from tests.web.boards import DAY, REASON, Board, full
from tests.web.brought import API
from tests.web.served import Served
from tests.web.test_board import read


@pytest.fixture
def board(server: Served) -> Board:
    return Board(server)


def test_a_meeting_without_a_case_does_not_begin(board: Board) -> None:
    meeting = board.meeting(is_open=False)
    refused = board.alice.post(f"{API}/meetings/{meeting}/open")
    assert (refused.status_code, refused.json()["title"]) == (409, "There is no case on the agenda.")
    assert board.alice.post(f"{API}/meetings/{meeting}/close").json()["state"] == "closed", "it is called off"


def test_the_second_who_changes_a_meeting_is_told_of_the_first(board: Board) -> None:
    case_id = board.case()
    meeting = board.meeting(case_id, is_open=False)
    view = read(board.alice, f"/meetings/{meeting}")
    names = ("day", "starts", "place", "title", "chair", "attendance")
    wish = {name: view[name] for name in names} | {"title": "Another title"}
    etag = {"If-Match": f'"{view["version"]}"'}
    assert board.bob.put(f"{API}/meetings/{meeting}", json=wish, headers=etag).json()["title"] == "Another title"
    for path, body in ((f"/meetings/{meeting}", wish), (f"/meetings/{meeting}/agenda", {"items": []})):
        second = board.alice.put(f"{API}{path}", json=body, headers=etag)
        assert (second.status_code, second.json()["by"], second.json()["newest"]) == (412, "bob", view["version"] + 1)
        assert board.alice.put(f"{API}{path}", json=body).status_code == 428


HOSTILE = ("<script>alert(1)</script>\n", "a\u0000b", "x" * 5000, "\u202egnirts", "   ")


def test_text_that_is_no_line_is_refused_in_one(board: Board) -> None:
    case_id = board.case()
    meeting = board.meeting(case_id)
    wish, decide = board.wish(case_id, meeting), f"/cases/{case_id}/decisions"
    for text in HOSTILE:
        for path, body in (
            ("/meetings", {"day": DAY, "title": text}),
            (f"/meetings/{meeting}/asked", {"case_id": case_id, "text": text}),
            (decide, wish | {"certainty": text}),
            (decide, wish | {"dissent": [{"name": text, "because": "x"}]}),
            (decide, wish | {"tasks": [{"what": text, "owner": "bob", "due": DAY}]}),
            (decide, wish | {"disagreements": [{"rule": text, "name": "x", "because": "y"}]}),
        ):
            answer = board.alice.post(f"{API}{path}", json=body)
            assert answer.status_code == 422, (path, answer.text)
            assert text not in answer.text
            assert answer.json()["remedy"]
    assert read(board.alice, decide)["items"] == []


IMPOSSIBLE: list[dict[str, Any]] = [
    {"lesion": "Z"},
    {"chosen": {"act": "magic", "because": "x"}},
    {"overrides": [{"stop": "STOP-99", "about": "patient", "because": REASON}]},
    {"overrides": [{"stop": "STOP-16", "about": "patient", "because": "tbd"}]},
    {"disagreements": [{"rule": "NONE-1", "name": "x", "because": "y"}]},
    {"of_version": 99},
    {"of_version": 0},
    {"of_result": "0" * 64, "confirmed_version": 2},
    {"noms": {"words": "x", "why_none": "y"}},
    {"noms": {}},
    {"tasks": [{"what": "x", "owner": "nobody-here", "due": DAY}]},
    {"deadline": "tomorrow"},
    {"consent": ["x"] * 61},
    {"supersedes": "d9"},
    {"meeting_id": "../../etc"},
    {"meeting_id": ""},
    {"by": "Dr. Forged"},
]


def test_a_decision_that_cannot_be_is_refused_whole(board: Board) -> None:
    case_id = board.case()
    wish = board.wish(case_id, board.meeting(case_id))
    for change in IMPOSSIBLE:
        refused = board.alice.post(f"{API}/cases/{case_id}/decisions", json=wish | change)
        assert refused.status_code in (404, 409, 422), refused.text
        assert refused.json()["remedy"]
    assert read(board.alice, f"/cases/{case_id}/decisions")["items"] == []
    assert read(board.alice, f"/cases/{case_id}")["version"] == 2


NO_KEYS = ("a_b", "x" * 300, "%00", "-", "M%C3%BCller")


def test_an_id_that_nothing_can_have_is_answered_like_one_that_nothing_has(board: Board) -> None:
    case_id = board.case()
    wish = {"what": "x", "owner": "bob", "due": DAY, "state": "done"}
    for path, absent in (
        ("/meetings/{}", "There is no such meeting."),
        ("/meetings/{}/missing", "There is no such meeting."),
        ("/meetings/{}/minutes.pdf", "There is no such meeting."),
        ("/meetings/{}/invitation.ics", "There is no such meeting."),
        ("/meetings/{}/events", "There is no such meeting."),
        (f"/meetings/{{}}/second-looks/{case_id}", "There is no such meeting."),
        (f"/cases/{case_id}/decisions/{{}}/documents/case.pdf", "There is no such decision."),
    ):
        unknown = board.alice.get(f"{API}{path.format('0000')}")
        assert (unknown.status_code, unknown.json()["title"]) == (404, absent)
        for given in NO_KEYS:
            impossible = board.alice.get(f"{API}{path.format(given)}")
            assert (impossible.status_code, impossible.json()) == (404, unknown.json()), (path, given)
    for given in ("0000", *NO_KEYS):
        task = board.alice.put(f"{API}/tasks/{given}", json=wish, headers={"If-Match": '"1"'})
        assert (task.status_code, task.json()["title"]) == (404, "There is no such task.")


def test_the_log_holds_no_word_of_a_board(board: Board, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    case_id = board.case()
    meeting = board.meeting(case_id, title="Mustermann board")
    board.decided(case_id, meeting, certainty="Mustermann has a chordoma").raise_for_status()
    said = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith(("httpx", "httpcore")))
    assert "route=/cases/" in said
    assert not [word for word in ("Mustermann", case_id, meeting, "alice") if word in said]


def test_a_decision_that_was_kept_reads_as_it_was_written(board: Board) -> None:
    case_id = board.case()
    board.decided(case_id, **full()).raise_for_status()
    with board.served.record.at("north", actor="tests", purpose="tests", now=board.served.clock()) as work:
        (line,) = work.decisions(case_id)
    made = from_json(Decision, line.document)
    assert (made.chosen and made.chosen.plan, made.emergency) == ("en bloc vertebrectomy T8", REASON)
