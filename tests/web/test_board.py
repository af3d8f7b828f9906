"""The life of a meeting by HTTP: planned, held by three people, decided in, and closed once."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from enbloc.case.case import Case
from enbloc.decide.board import OUTPUT
from enbloc.decide.overriding import overrides_of, strange
from enbloc.exchange.document import from_json
from enbloc.record import verify
from tests.web.boards import DAY, ONCOLOGIST, REASON, SURGEON, Board, full, option
from tests.web.brought import API
from tests.web.served import Served
from tests.web.test_live import lines


@pytest.fixture
def board(server: Served) -> Board:
    return Board(server)


def read(browser: httpx.Client, path: str, **asked: Any) -> dict[str, Any]:
    return dict(browser.get(f"{API}{path}", params=asked).raise_for_status().json())


def test_three_people_hold_a_meeting(board: Board) -> None:
    first, second = board.case(), board.case()
    board.worked_up(first)
    meeting = board.meeting(first, second, is_open=False, starts="14:00", place="Room 3")
    at = f"/meetings/{meeting}"
    assert [one["board"] for one in read(board.carol, "/worklist", view="board")["items"]] == [DAY, DAY]
    missing = read(board.bob, f"{at}/missing")["items"]
    assert [(one["items"], one["worked_up"], one["is_current"]) for one in missing] == [
        (["Albumin?"], 2, True),
        ([], 0, False),
    ]
    early = board.decided(first, meeting)
    assert (early.status_code, early.json()["type"]) == (409, "settled")
    assert board.carol.post(f"{API}{at}/open").json()["opened_by"] == "carol"
    assert board.carol.put(f"{API}{at}/shown", json={"case_id": first, "view": "page"}).json() == {"turn": 1}
    assert board.bob.post(f"{API}{at}/asked", json={"case_id": first, "text": "Is the level sure?"}).status_code == 204

    dissent = [{"name": "B. Bob", "because": "the cord has tolerated two courses"}]
    objection = [{"rule": "MDT-01", "name": "B. Bob", "because": "no haematologist was needed"}]
    stop = [{"stop": "STOP-16", "about": "patient", "because": REASON}]
    task = [{"what": "Book the theatre", "owner": "bob", "due": "2026-12-01"}]
    more = {"dissent": dissent, "disagreements": objection, "overrides": stop, "tasks": task}
    made = board.decided(first, meeting, **full(), **more)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["version"], told["job"]["kind"], told["decision"]["missing"]) == (3, "work-up", [])
    kept = told["decision"]["decision"]
    assert (kept["of"]["version"], kept["of"]["fingerprint"], kept["overrides_in"]) == (2, "f" * 64, 3)
    assert [one["person"] for one in kept["attendance"]] == ["alice", "bob"]
    case = read(board.bob, f"/cases/{first}")
    (override,) = case["document"]["overrides"]
    assert (override["stop"], override["by"], override["on"]) == ("STOP-16", "Printed Alice", "2026-11-20")

    view = read(board.bob, at)
    assert [(one["case_id"], one["decisions"]) for one in view["agenda"]] == [(first, [kept["id"]]), (second, [])]
    assert view["shown"] == {"case_id": first, "view": "page", "by": "carol", "turn": 1}
    assert [(one["words"], one["by"]) for one in view["asked"]] == [("Is the level sure?", "bob")]
    assert board.decided(second, meeting, chosen=option()).status_code == 201
    closed = board.carol.post(f"{API}{at}/close").json()
    assert (closed["state"], closed["closed_by"], closed["shown"]) == ("closed", "carol", None)
    again = board.alice.post(f"{API}{at}/close")
    assert again.status_code == 409
    assert again.json()["title"] == "The meeting is closed: carol closed it on 2026-11-20 at 09:00 UTC."
    assert read(board.carol, "/worklist", view="board")["items"] == []
    assert verify(board.served.record).is_whole


def test_an_option_is_called_as_the_page_calls_it_whatever_is_sent(board: Board) -> None:
    case_id = board.case()
    board.worked_up(case_id)
    sent = option() | {"called": "observation"}
    other = option("radiosurgery") | {"called": "observation"}
    made = board.decided(case_id, board.meeting(case_id), chosen=sent, rejected=[other]).json()["decision"]["decision"]
    assert (made["chosen"]["called"], made["rejected"][0]["called"]) == ("biopsy T8", "")


def test_what_nobody_stated_is_told_and_not_filled_in(board: Board) -> None:
    case_id = board.case()
    made = board.decided(case_id, board.meeting(case_id)).json()["decision"]
    assert tuple(made["missing"]) == OUTPUT
    assert made["decision"]["chosen"] is None
    assert made["decision"]["deadline"] is None
    again = board.decided(case_id, made["decision"]["meeting"], supersedes=made["decision"]["id"], **full())
    assert again.json()["decision"]["missing"] == []
    states = [one["state"] for one in read(board.bob, f"/cases/{case_id}/decisions")["items"]]
    assert states == ["superseded", "stands"]


# --- a case that has changed ------------------------------------------------------------------------------------------


def test_a_decision_on_a_case_that_has_changed_is_confirmed_or_not_made(board: Board) -> None:
    case_id = board.case()
    board.worked_up(case_id)
    meeting = board.meeting(case_id)
    wish = board.wish(case_id, meeting)
    board.saved(case_id, story="Weak legs since yesterday.")
    refused = board.bob.post(f"{API}/cases/{case_id}/decisions", json=wish)
    assert refused.status_code == 412
    told = refused.json()
    assert (told["type"], told["newest"], told["newest_result"]) == ("changed", 3, "f" * 64)
    assert [change["what"] for change in told["changes"]] == ["story"]
    assert [one["by"] for one in told["since"]] == ["alice"]
    assert read(board.bob, f"/cases/{case_id}/decisions")["items"] == []

    board.saved(case_id, story="Weak legs since this morning.")
    stale = board.bob.post(f"{API}/cases/{case_id}/decisions", json=wish | {"confirmed_version": 3})
    assert (stale.status_code, stale.json()["newest"]) == (412, 4)
    taken = board.bob.post(f"{API}/cases/{case_id}/decisions", json=wish | {"confirmed_version": 4})
    assert taken.status_code == 201, taken.text
    kept = taken.json()["decision"]["decision"]
    assert (kept["of"]["version"], kept["confirmed"]["version"]) == (2, 4)
    assert kept["of"] | {"version": 4} == kept["confirmed"], "both are of the one result"


def test_a_case_that_was_worked_up_again_has_changed_too(board: Board) -> None:
    case_id = board.case()
    board.worked_up(case_id, "a" * 64)
    meeting = board.meeting(case_id)
    wish = board.wish(case_id, meeting)
    board.worked_up(case_id, "b" * 64)
    told = board.alice.post(f"{API}/cases/{case_id}/decisions", json=wish).json()
    assert (told["status"], told["changes"], told["newest_result"]) == (412, [], "b" * 64)
    for confirmed, status in ((("a" * 64), 412), (("b" * 64), 201)):
        more = {"confirmed_version": 2, "confirmed_result": confirmed}
        answer = board.alice.post(f"{API}/cases/{case_id}/decisions", json=wish | more)
        assert answer.status_code == status
    kept = answer.json()["decision"]["decision"]
    assert [kept[name]["fingerprint"] for name in ("of", "confirmed")] == ["a" * 64, "b" * 64]
    assert [kept[name]["result"] for name in ("of", "confirmed")] == [2, 4]


# --- by phone ---------------------------------------------------------------------------------------------------------


def test_a_quorum_decides_by_phone_and_a_meeting_ratifies(board: Board) -> None:
    case_id = board.case()
    made = board.decided(case_id, **full()).json()["decision"]
    assert (made["state"], made["decision"]["meeting"]) == ("to be ratified", "")
    ratify = f"{API}/cases/{case_id}/decisions/{made['decision']['id']}/ratify"
    meeting = board.meeting(case_id, is_open=False)
    assert board.bob.post(ratify, json={"meeting_id": meeting}).status_code == 409
    board.bob.post(f"{API}/meetings/{meeting}/open").raise_for_status()
    done = board.bob.post(ratify, json={"meeting_id": meeting}).json()
    assert (done["state"], done["ratified_by"], done["ratified_in"]) == ("ratified", "bob", meeting)
    assert board.bob.post(ratify, json={"meeting_id": meeting}).status_code == 409


NO_QUORUM: list[tuple[dict[str, Any], str]] = [
    ({"attendance": [SURGEON]}, "attendance"),
    ({"attendance": [ONCOLOGIST]}, "attendance"),
    ({"attendance": []}, "attendance"),
    ({"emergency": " "}, "emergency"),
    ({"meeting_id": "m1"}, "meeting_id"),
]


def test_a_quorum_by_phone_is_an_emergency_with_both(board: Board) -> None:
    case_id = board.case()
    for change, where in NO_QUORUM:
        refused = board.alice.post(f"{API}/cases/{case_id}/decisions", json=board.wish(case_id) | change)
        assert (refused.status_code, refused.json()["where"]) == (422, where)


# --- who may what -----------------------------------------------------------------------------------------------------


def test_a_stop_is_overridden_by_who_may_and_nothing_stays_of_what_was_refused(board: Board) -> None:
    case_id = board.case()
    meeting = board.meeting(case_id)
    wish = board.wish(case_id, meeting, overrides=[{"stop": "STOP-16", "about": "patient", "because": REASON}])
    refused = board.carol.post(f"{API}/cases/{case_id}/decisions", json=wish)
    assert (refused.status_code, refused.json()["function"]) == (403, "override")
    assert board.carol.post(f"{API}/cases/{case_id}/decisions", json=wish | {"overrides": []}).status_code == 201
    taken = board.bob.post(f"{API}/cases/{case_id}/decisions", json=wish)
    assert taken.status_code == 409, "Carol's decision stands, and is not named"
    assert read(board.bob, f"/cases/{case_id}")["version"] == 2, "the override went with the decision"


def test_a_stop_that_is_overridden_today_is_met_though_the_case_stood_at_an_earlier_day(board: Board) -> None:
    case_id = board.case()
    board.saved(case_id, as_of="2026-11-18")
    override = {"stop": "STOP-16", "about": "patient", "because": REASON}
    made = board.decided(case_id, board.meeting(case_id), overrides=[override]).raise_for_status().json()
    saved = read(board.bob, f"/cases/{case_id}")
    case = from_json(Case, json.dumps(saved["document"]))
    assert strange(case) == ()
    assert overrides_of(case, "STOP-16", "A", None) == case.overrides[0]
    assert saved["because"] == (
        f"Decision {made['decision']['decision']['id']} overrides STOP-16. The case stands at 2026-11-20 from now on."
    )


def test_who_may_not_see_a_case_sees_it_on_no_agenda_and_none_of_its_decisions(board: Board) -> None:
    secret, plain = board.case(), board.case()
    meeting = board.meeting(secret, plain)
    task = [{"what": "Book the theatre", "owner": "bob", "due": "2026-12-01"}]
    objection = [{"rule": "MDT-01", "name": "A. Alice", "because": "no haematologist was needed"}]
    made = board.decided(secret, meeting, tasks=task, disagreements=objection).json()["decision"]["decision"]["id"]
    board.alice.put(f"{API}/meetings/{meeting}/shown", json={"case_id": secret, "view": "page"}).raise_for_status()
    board.alice.put(f"{API}/cases/{secret}/team", json={"people": ["alice"]}).raise_for_status()
    view = read(board.bob, f"/meetings/{meeting}")
    assert ([one["case_id"] for one in view["agenda"]], view["shown"]) == ([plain], None)
    assert [one["cases"] for one in read(board.bob, "/meetings")["items"]] == [1]
    assert [one["cases"] for one in read(board.ruth, "/meetings")["items"]] == [0]
    assert read(board.bob, "/tasks", mine=True)["items"] == []
    assert read(board.bob, "/disagreements")["items"] == []
    assert [one["case_id"] for one in read(board.bob, f"/meetings/{meeting}/missing")["items"]] == [plain]
    for method, path in (
        ("GET", f"/cases/{secret}/decisions"),
        ("GET", f"/cases/{secret}/decisions/{made}/documents/tasks.pdf"),
        ("GET", f"/meetings/{meeting}/second-looks/{secret}"),
    ):
        for other in (board.bob, board.ruth):
            assert other.request(method, f"{API}{path}").status_code == 404, path
    agenda = {"items": [{"case": plain}, {"case": secret}]}
    etag = {"If-Match": f'"{view["version"]}"'}
    assert board.bob.put(f"{API}/meetings/{meeting}/agenda", json=agenda, headers=etag).status_code == 404
    assert secret not in board.bob.get(f"{API}/meetings/{meeting}/invitation.ics").text


def test_a_reader_holds_decides_and_votes_on_nothing(board: Board) -> None:
    case_id = board.case()
    meeting = board.meeting(case_id)
    board.alice.put(f"{API}/cases/{case_id}/team", json={"people": ["alice", "ruth"]}).raise_for_status()
    assert [one["case_id"] for one in read(board.ruth, f"/meetings/{meeting}")["agenda"]] == [case_id]
    for path, function in (("/close", "hold"), (f"/second-looks/{case_id}/reveal", "hold")):
        answer = board.ruth.post(f"{API}/meetings/{meeting}{path}")
        assert (answer.status_code, answer.json()["function"]) == (403, function)
    look = {"lesion": "A", "option": "biopsy"}
    assert board.ruth.put(f"{API}/meetings/{meeting}/second-looks/{case_id}", json=look).status_code == 403
    assert board.carol.put(f"{API}/meetings/{meeting}/second-looks/{case_id}", json=look).status_code == 403
    wish = board.wish(case_id, meeting)
    assert board.ruth.post(f"{API}/cases/{case_id}/decisions", json=wish).status_code == 403
    question = {"case_id": case_id, "text": "May I ask?"}
    assert board.ruth.post(f"{API}/meetings/{meeting}/asked", json=question).status_code == 204


def test_another_centre_has_none_of_it(board: Board) -> None:
    case_id = board.case()
    meeting = board.meeting(case_id)
    board.decided(case_id, meeting, tasks=[{"what": "x", "owner": "bob", "due": DAY}]).raise_for_status()
    (task,) = read(board.bob, "/tasks")["items"]
    other = board.served.signed_in("surgeon", "administrator", person="mallory", centre="south")
    for path in (f"/meetings/{meeting}", f"/cases/{case_id}/decisions", f"/meetings/{meeting}/missing"):
        assert other.get(f"{API}{path}").status_code == 404
    etag = {"If-Match": '"1"'}
    wish = {"what": "x", "owner": "mallory", "due": DAY, "state": "done"}
    assert other.put(f"{API}/tasks/{task['task']['id']}", json=wish, headers=etag).status_code == 404
    assert other.post(f"{API}/meetings/{meeting}/close").status_code == 404
    assert read(other, "/meetings")["items"] == read(other, "/tasks")["items"] == []
    assert read(other, "/agreement", year=2026)["found"]["looks"] == 0


# --- second looks -----------------------------------------------------------------------------------------------------


def test_second_looks_are_blind_until_both_gave_theirs(board: Board) -> None:
    case_id = board.case()
    meeting = board.meeting(case_id)
    at = f"{API}/meetings/{meeting}/second-looks/{case_id}"
    first = board.alice.put(at, json={"lesion": "A", "option": "biopsy", "because": "no tissue"}).json()
    assert (first["awaited"], first["items"][0]["given"], first["items"][0]["looks"]) == (2, 1, [])
    blind = board.carol.get(at).json()["items"][0]
    assert (blind["given"], blind["mine"], blind["looks"]) == (1, None, [])
    assert board.bob.post(f"{at}/reveal").status_code == 403, "the chair does, or nobody before all gave theirs"
    assert "biopsy" not in board.bob.get(at).text
    last = board.bob.put(at, json={"lesion": "A", "option": "radiosurgery"}).json()["items"][0]
    assert [(one["person"], one["option"]) for one in last["looks"]] == [("alice", "biopsy"), ("bob", "radiosurgery")]
    late = board.alice.put(at, json={"lesion": "A", "option": "radiosurgery"})
    assert (late.status_code, late.json()["type"]) == (409, "settled")
    office = board.served.signed_in("administrator", person="olga")
    told = read(office, "/agreement", year=2026)
    assert (told["found"]["looks"], told["found"]["votes"], told["found"]["agreeing"]) == (1, 2, 0.0)
    assert case_id not in str(told)
    assert office.get(f"{API}/disagreements").status_code == 403


def test_the_chair_reveals_before_all_gave_theirs(board: Board) -> None:
    case_id = board.case()
    at = f"{API}/meetings/{board.meeting(case_id)}/second-looks/{case_id}"
    assert board.alice.post(f"{at}/reveal").status_code == 409
    board.bob.put(at, json={"lesion": "A", "option": "biopsy"}).raise_for_status()
    (shown,) = board.alice.post(f"{at}/reveal").json()["items"]
    assert (shown["revealed_by"], shown["because"], len(shown["looks"])) == ("alice", "by the chair", 1)


# --- tasks, and rules that somebody sees otherwise --------------------------------------------------------------------


def test_a_task_is_somebodys_until_it_is_done(board: Board) -> None:
    case_id = board.case()
    tasks = [
        {"what": what, "owner": "ruth", "due": due} for what, due in (("Call", "2026-11-20"), ("MR", "2027-01-01"))
    ]
    board.decided(case_id, tasks=tasks).raise_for_status()
    board.alice.put(f"{API}/cases/{case_id}/team", json={"people": ["alice", "bob", "ruth"]}).raise_for_status()
    assert [one["task"]["what"] for one in read(board.ruth, "/tasks", mine=True)["items"]] == ["Call", "MR"]
    (call,) = read(board.ruth, "/tasks", mine=True, due=True)["items"]
    path, wish = f"{API}/tasks/{call['task']['id']}", {"what": "Call", "owner": "ruth", "due": "2026-11-20"}
    assert board.ruth.put(path, json=wish | {"state": "done"}).status_code == 428
    done = board.ruth.put(path, json=wish | {"state": "done"}, headers={"If-Match": '"1"'}).json()
    assert (done["task"]["state"], done["task"]["done_by"], done["version"]) == ("done", "ruth", 2)
    second = board.bob.put(path, json=wish | {"state": "dropped"}, headers={"If-Match": '"1"'})
    assert (second.status_code, second.json()["by"]) == (412, "ruth")
    silent = board.bob.put(path, json=wish | {"state": "open"}, headers={"If-Match": '"2"'})
    assert (silent.status_code, silent.json()["where"]) == (422, "because")
    again = wish | {"owner": "bob", "state": "open", "because": "nobody was reached"}
    assert board.bob.put(path, json=again, headers={"If-Match": '"2"'}).json()["task"]["done_by"] == ""
    theirs = board.ruth.put(path, json=again, headers={"If-Match": '"3"'})
    assert theirs.status_code == 403, "it was handed over, and a reader may not decide"
    assert [one["task"]["what"] for one in read(board.alice, "/tasks", open=True, case=case_id)["items"]] == [
        "Call",
        "MR",
    ]


def test_who_sees_a_rule_otherwise_is_found_by_rule_and_reason(board: Board) -> None:
    case_id = board.case()
    objections = [
        {"rule": "MDT-01", "name": "B. Bob", "because": "no haematologist was needed"},
        {"rule": "MDT-04", "name": "C. Carol", "because": "no deadline for observation"},
    ]
    board.decided(case_id, disagreements=objections).raise_for_status()
    found = read(board.bob, "/disagreements", limit=1)
    assert [one["rule"] for one in found["items"]] == ["MDT-01"]
    assert {one["by"] for one in found["items"]} == set(found["names"])
    assert [one["rule"] for one in read(board.bob, "/disagreements", after=found["next"])["items"]] == ["MDT-04"]
    assert [one["name"] for one in read(board.bob, "/disagreements", text="haemato")["items"]] == ["B. Bob"]
    assert read(board.bob, "/disagreements", rule="MDT-04", text="haemato")["items"] == []


# --- live -------------------------------------------------------------------------------------------------------------


def test_what_happens_in_a_meeting_is_told_to_who_may_know_it(board: Board) -> None:
    secret, plain = board.case(team=("alice",)), board.case()
    meeting = board.meeting(secret, plain)
    at = f"{API}/meetings/{meeting}"
    with board.bob.stream("GET", f"{at}/events") as answer, board.ruth.stream("GET", f"{at}/events") as of_reader:
        heard, read_of = lines(answer), lines(of_reader)
        for case_id in (secret, plain):
            board.alice.put(f"{at}/shown", json={"case_id": case_id, "view": "page"}).raise_for_status()
            board.alice.put(f"{at}/second-looks/{case_id}", json={"lesion": "A", "option": "biopsy"}).raise_for_status()
            board.alice.post(f"{at}/asked", json={"case_id": case_id, "text": "Look."}).raise_for_status()
            board.decided(case_id, meeting).raise_for_status()
            board.alice.post(f"{at}/second-looks/{case_id}/reveal").raise_for_status()
        board.alice.post(f"{at}/close").raise_for_status()
        told = [next(heard) for _ in range(12)]
        assert [next(read_of), next(read_of)] == ["event: closed", 'data: {"by": "alice"}']
    names = [line.removeprefix("event: ") for line in told[::2]]
    assert names == ["shown", "voted", "asked", "decided", "revealed", "closed"]
    assert json.loads(told[1].removeprefix("data: ")) == {"case_id": plain, "view": "page", "by": "alice", "turn": 2}
    assert secret not in "".join(told)
    assert "biopsy" not in "".join(told), "how many gave theirs, and no more"
