"""What administrators see of their centre: people, audit, storage, versions."""

from __future__ import annotations

import sqlite3

import pytest

from enbloc.decide.families import RULES
from enbloc.web.rules import Role
from tests.web.served import CENTRE, Served


def test_people_come_by_the_page(each_server: Served) -> None:
    server = each_server
    administrator = server.signed_in("administrator", person="zoe")
    for at in range(5):
        server.somebody("reader", person=f"reader-{at}")
    first = administrator.get("/api/v1/people", params={"limit": 4}).json()
    rest = administrator.get("/api/v1/people", params={"limit": 4, "after": first["next"]}).json()
    assert [line["person"] for line in first["items"] + rest["items"]] == [*(f"reader-{at}" for at in range(5)), "zoe"]
    assert (first["next"], rest["next"]) == ("reader-3", "")
    assert set(first["items"][0]) == {"person", "name", "roles", "is_disabled", "is_ready", "made_at", "seen_at"}


def test_a_sign_in_name_is_taken_once_in_all_centres(server: Served) -> None:
    server.somebody("surgeon", person="ada", centre="south")
    answer = server.signed_in("administrator").post(
        "/api/v1/people", json={"person": "ada", "name": "Ada", "roles": ["surgeon"]}
    )
    assert answer.status_code == 422


def test_the_audit_tells_who_did_what(each_server: Served) -> None:
    server = each_server
    administrator = server.signed_in("administrator", person="zoe")
    administrator.post("/api/v1/people", json={"person": "ada", "name": "Ada Example", "roles": ["surgeon"]})
    token = administrator.post("/api/v1/people/ada/invitation").json()["link_token"]
    browser = server.anonymous()
    server.sign_in(browser, server.somebody("reader", person="rob"), password="a heron that is wrong")

    every = administrator.get("/api/v1/audit", params={"limit": 200})
    acts = [(line["actor"], line["act"]) for line in every.json()["items"]]
    assert {("zoe", "add person"), ("zoe", "invite person"), ("rob", "failed sign in")} <= set(acts)
    assert token not in every.text
    assert "Ada Example" not in every.text

    mine = administrator.get("/api/v1/audit", params={"person": "zoe", "limit": 200}).json()["items"]
    assert {line["actor"] for line in mine} == {"zoe"}
    page = administrator.get("/api/v1/audit", params={"limit": 2}).json()
    assert page["next"] == str(page["items"][-1]["entry"])
    again = administrator.get("/api/v1/audit", params={"limit": 2, "after": page["next"]}).json()
    assert again["items"][0]["entry"] == page["items"][-1]["entry"] + 1


def test_the_check_finds_what_was_changed_past_the_record(server: Served) -> None:
    administrator = server.signed_in("administrator")
    server.somebody("surgeon", centre="south")
    found = administrator.post("/api/v1/audit/check").json()
    assert (found["is_whole"], found["faults"], set(found["heads"])) == (True, [], {CENTRE})
    past = sqlite3.connect(server.folder / "record.sqlite")
    past.executescript(_without_guards(past))
    past.execute("UPDATE audit SET actor = 'nobody' WHERE centre = ? AND entry = 1", (CENTRE,))
    past.commit()
    past.close()
    found = administrator.post("/api/v1/audit/check").json()
    assert not found["is_whole"]
    assert found["faults"]


def _without_guards(database: sqlite3.Connection) -> str:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    return ";".join(f"DROP TRIGGER {name}" for name in names)


def test_the_check_is_not_asked_for_without_end(server: Served) -> None:
    administrator = server.signed_in("administrator")
    assert [administrator.post("/api/v1/audit/check").status_code for _ in range(7)][-1] == 429


def test_storage_says_what_is_taken_and_what_is_left(each_server: Served) -> None:
    server = each_server
    administrator = server.signed_in("administrator")
    with server.record.at(CENTRE, actor="tests", purpose="tests", now=server.clock()) as work:
        work.put_file("2f41", b"x" * 1000)
    told = administrator.get("/api/v1/storage").json()
    assert (told["bytes"], told["files"], told["cases"], told["waiting_jobs"]) == (1000, 1, 0, 0)
    assert told["free_bytes"] > 0
    assert told["database"] == ("PostgreSQL" if server.database else "SQLite")


def test_versions_say_what_decides(server: Served) -> None:
    told = server.signed_in("reader").get("/api/v1/versions").json()
    assert told["rules"]["total"] == sum(told["rules"]["by_mark"].values()) == len(RULES)
    assert told["libraries"]["fastapi"]
    assert told["revision"] >= "0003"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_administer(server: Served, role: Role) -> None:
    browser = server.signed_in(role)
    for path in ("/people", "/audit", "/storage"):
        assert browser.get(f"/api/v1{path}").status_code == 403


def test_an_empty_worklist_has_its_counts(server: Served) -> None:
    told = server.signed_in("surgeon").get("/api/v1/worklist").json()
    assert (told["items"], told["next"], told["today"]) == ([], "", "2026-11-20")
    assert set(told["counts"]) == {"all", "urgent", "board", "missing", "due"}
    assert server.signed_in("administrator").get("/api/v1/worklist").status_code == 403
