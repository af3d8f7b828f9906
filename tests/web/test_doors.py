"""The way in: the first administrator, invitations, signing in, and what guessing meets."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from enbloc.web import second_factor
from enbloc.web.sessions import IDLE, LONGEST
from enbloc.web.signing_in import FIRST_LOCK, FREE_TRIES, LONGEST_LOCK
from enbloc.web.tokens import hashed, new_token
from tests.web.served import CENTRE, PASSWORD, Served


def first_link(server: Served) -> str:
    token = new_token()
    server.record.doors.first(hashed(token), server.clock() + timedelta(days=1))
    return token


def first_person(token: str, **other: str) -> dict[str, str]:
    wish = {"token": token, "centre": CENTRE, "person": "ada", "name": "A. Example", "password": PASSWORD}
    return wish | other


def enrolled(server: Served, client: httpx.Client, enrolment: dict[str, str]) -> httpx.Response:
    code = second_factor.code_of(enrolment["secret"], server.clock())
    return client.post("/api/v1/enrolments", json={"ticket": enrolment["ticket"], "code": code})


def signed_in_later(server: Served, client: httpx.Client, person: str, secret: str) -> httpx.Response:
    server.clock.forward(seconds=30)  # a code opens once
    wish = {"person": person, "password": PASSWORD, "code": second_factor.code_of(secret, server.clock())}
    return client.post("/api/v1/session", json=wish)


def test_from_the_console_to_the_first_colleague(each_server: Served) -> None:
    server, browser = each_server, each_server.anonymous()
    token = first_link(server)
    assert browser.get("/api/v1/setup").json() == {"is_needed": True}
    enrolment = browser.post("/api/v1/setup", json=first_person(token)).json()["enrolment"]
    assert browser.get("/api/v1/setup").json() == {"is_needed": True}, "nobody is there before the code was right"
    assert enrolled(server, browser, enrolment).status_code == 204
    assert browser.get("/api/v1/setup").json() == {"is_needed": False}
    me = signed_in_later(server, browser, "ada", enrolment["secret"]).json()
    assert (me["person"], me["centre"], me["roles"]) == ("ada", CENTRE, ["administrator"])

    new = {"person": "b.surgeon", "name": "B. Example", "roles": ["surgeon"]}
    assert browser.post("/api/v1/people", json=new).status_code == 201
    link = browser.post("/api/v1/people/b.surgeon/invitation").json()["link_token"]

    other = server.anonymous()
    assert other.get(f"/api/v1/invitations/{link}").json()["person"] == "b.surgeon"
    theirs = other.post(f"/api/v1/invitations/{link}", json={"password": PASSWORD}).json()
    assert theirs["qr_svg"].startswith("<svg")
    assert theirs["secret"] in theirs["uri"]
    assert enrolled(server, other, theirs).status_code == 204
    assert other.get(f"/api/v1/invitations/{link}").status_code == 410, "a link opens once"
    assert signed_in_later(server, other, "b.surgeon", theirs["secret"]).status_code == 200
    assert [line["is_ready"] for line in browser.get("/api/v1/people").json()["items"]] == [True, True]


def test_the_link_of_the_console_is_dead_once_anyone_can_sign_in(server: Served) -> None:
    token, browser = first_link(server), server.anonymous()
    late = browser.post("/api/v1/setup", json=first_person(token, person="late")).json()["enrolment"]
    server.somebody("surgeon")
    assert browser.post("/api/v1/setup", json=first_person(token)).status_code == 410
    assert enrolled(server, browser, late).status_code == 410
    assert server.record.doors.credentials("late") is None


@pytest.mark.parametrize("token", ["", "x" * 43, "../../etc/passwd", "é" * 43])
def test_a_guessed_link_opens_nothing(server: Served, token: str) -> None:
    first_link(server)
    assert server.anonymous().post("/api/v1/setup", json=first_person(token)).status_code == 410


def test_a_link_that_is_too_old_opens_nothing(server: Served) -> None:
    token = first_link(server)
    server.clock.forward(days=1)
    assert server.anonymous().post("/api/v1/setup", json=first_person(token)).status_code == 410


@pytest.mark.parametrize(
    "other", [{"centre": "The North"}, {"person": "Ada"}, {"name": ""}, {"name": "A\nB"}, {"name": "x" * 10_000}]
)
def test_what_is_no_name_is_refused_before_the_device_is_asked(server: Served, other: dict[str, str]) -> None:
    answer = server.anonymous().post("/api/v1/setup", json=first_person(first_link(server), **other))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "password", ["short", "Password2026!", "aaaaaaaaaaaaaa", "qwertyuiop12345", "ada.example.ada", "Tumourboard2026"]
)
def test_a_weak_password_is_refused_and_not_repeated(server: Served, password: str) -> None:
    wish = first_person(first_link(server), password=password, person="ada.example")
    answer = server.anonymous().post("/api/v1/setup", json=wish)
    assert answer.status_code == 422
    assert password not in answer.text


def test_a_wrong_first_code_makes_nobody_and_may_be_tried_a_few_times(server: Served) -> None:
    browser = server.anonymous()
    enrolment = browser.post("/api/v1/setup", json=first_person(first_link(server))).json()["enrolment"]
    wrong = {"ticket": enrolment["ticket"], "code": "000000"}
    answers = [browser.post("/api/v1/enrolments", json=wrong).status_code for _ in range(6)]
    assert answers == [422] * 5 + [410]
    assert enrolled(server, browser, enrolment).status_code == 410
    assert not server.record.doors.has_anyone()


def test_an_invitation_is_dead_once_replaced_or_too_old(server: Served) -> None:
    administrator = server.signed_in("administrator")
    known = server.somebody("surgeon")
    first, second = (
        administrator.post(f"/api/v1/people/{known.person}/invitation").json()["link_token"] for _ in range(2)
    )
    browser = server.anonymous()
    assert browser.get(f"/api/v1/invitations/{first}").status_code == 410
    assert browser.get(f"/api/v1/invitations/{second}").status_code == 200
    server.clock.forward(days=3)
    assert browser.get(f"/api/v1/invitations/{second}").status_code == 410


def test_every_wrong_sign_in_is_answered_alike(server: Served) -> None:
    known, browser = server.somebody("surgeon"), server.anonymous()
    shut = server.somebody("surgeon")
    with server.record.at(CENTRE, actor="tests", purpose="tests", now=server.clock()) as work:
        work.change_person(shut.person, is_disabled=True)
    answers = [
        server.sign_in(browser, known, password="another heron over slate"),
        server.sign_in(browser, known, code="000000"),
        server.sign_in(browser, known, code=""),
        server.sign_in(browser, known, person="nobody"),
        server.sign_in(browser, known, person="<script>alert(1)</script>"),
        server.sign_in(browser, shut),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert not browser.cookies


def test_a_code_opens_once(server: Served) -> None:
    known = server.somebody("surgeon")
    assert server.sign_in(server.anonymous(), known).status_code == 200
    assert server.sign_in(server.anonymous(), known).status_code == 401
    server.clock.forward(seconds=30)
    assert server.sign_in(server.anonymous(), known).status_code == 200
    earlier = known.code(server.clock() - timedelta(seconds=30))
    assert server.sign_in(server.anonymous(), known, code=earlier).status_code == 401


def test_after_several_failures_it_stays_shut_and_opens_again(server: Served) -> None:
    known, browser = server.somebody("surgeon"), server.anonymous()
    for _ in range(FREE_TRIES):
        assert server.sign_in(browser, known, password="another heron over slate").status_code == 401
    assert server.sign_in(browser, known).status_code == 401, "the right password does not open either"
    server.clock.forward(seconds=FIRST_LOCK.total_seconds() + 1)
    assert server.sign_in(browser, known).status_code == 200
    server.clock.forward(seconds=30)
    assert server.sign_in(browser, known, password="another heron over slate").status_code == 401
    assert server.sign_in(browser, known).status_code == 200, "earlier failures are forgotten"
    assert LONGEST_LOCK > FIRST_LOCK


def test_an_administrator_unlocks_by_a_new_invitation(server: Served) -> None:
    known, browser, administrator = server.somebody("surgeon"), server.anonymous(), server.signed_in("administrator")
    for _ in range(FREE_TRIES):
        server.sign_in(browser, known, password="another heron over slate")
    link = administrator.post(f"/api/v1/people/{known.person}/invitation").json()["link_token"]
    enrolment = browser.post(f"/api/v1/invitations/{link}", json={"password": PASSWORD}).json()
    assert enrolled(server, browser, enrolment).status_code == 204
    assert signed_in_later(server, browser, known.person, enrolment["secret"]).status_code == 200


def test_one_address_does_not_try_without_end(server: Served) -> None:
    browser, wish = server.anonymous(), {"person": "x", "password": "", "code": ""}
    answers = [browser.post("/api/v1/session", json=wish) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [401] * 20 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_the_cookie_says_nothing_and_no_script_reads_it(server: Served) -> None:
    known, browser = server.somebody("surgeon"), server.anonymous()
    said = server.sign_in(browser, known).headers["set-cookie"]
    assert {"httponly", "samesite=strict", "path=/"} <= set(said.casefold().split("; "))
    assert "domain" not in said.casefold()
    first = browser.cookies["enbloc"]
    server.clock.forward(seconds=30)
    server.sign_in(browser, known)
    assert browser.cookies["enbloc"] != first, "each sign-in has a token of its own"
    assert server.anonymous(Cookie=f"enbloc={first}").get("/api/v1/session").status_code == 401, (
        "and ends the one before"
    )


def test_a_session_ends_when_idle_and_when_it_is_long(server: Served) -> None:
    idle, busy = server.signed_in("surgeon"), server.signed_in("surgeon")
    opened = server.clock()
    step = IDLE - timedelta(minutes=1)
    while server.clock() + step - opened < LONGEST:
        server.clock.now += step
        assert busy.get("/api/v1/session").status_code == 200
    assert idle.get("/api/v1/session").status_code == 401
    server.clock.now = opened + LONGEST
    assert busy.get("/api/v1/session").status_code == 401


def test_signing_out_ends_the_session_on_the_server(server: Served) -> None:
    browser = server.signed_in("surgeon")
    token = browser.cookies["enbloc"]
    answer = browser.delete("/api/v1/session")
    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"storage"'
    replayed = server.anonymous()
    replayed.cookies.set("enbloc", token)
    assert replayed.get("/api/v1/session").status_code == 401


def test_a_new_password_ends_every_other_session(server: Served) -> None:
    known = server.somebody("surgeon")
    here, there = server.session_of(known), server.session_of(known)
    new = "slate roof under heron"
    wish = {"password": PASSWORD, "code": "000000", "new_password": new}
    assert here.put("/api/v1/session/password", json=wish).status_code == 403
    assert here.put("/api/v1/session/password", json=wish | {"code": known.code(server.clock())}).status_code == 200
    assert here.get("/api/v1/session").status_code == 200
    assert there.get("/api/v1/session").status_code == 401
    server.clock.forward(seconds=30)
    assert server.sign_in(server.anonymous(), known).status_code == 401
    assert server.sign_in(server.anonymous(), known, password=new).status_code == 200


@pytest.mark.parametrize("change", [{"is_disabled": True}, {"roles": ["reader"]}])
def test_what_an_administrator_changes_ends_sessions_at_once(server: Served, change: dict[str, object]) -> None:
    known, administrator = server.somebody("surgeon"), server.signed_in("administrator")
    browser = server.session_of(known)
    assert administrator.patch(f"/api/v1/people/{known.person}", json=change).status_code == 200
    assert browser.get("/api/v1/session").status_code == 401


def test_an_administrator_sees_and_ends_sessions_without_their_tokens(server: Served) -> None:
    known, administrator = server.somebody("surgeon"), server.signed_in("administrator")
    browser = server.session_of(known)
    shown = administrator.get(f"/api/v1/people/{known.person}/sessions")
    assert len(shown.json()["items"]) == 1
    assert hashed(browser.cookies["enbloc"]) not in shown.text
    assert administrator.delete(f"/api/v1/people/{known.person}/sessions").status_code == 204
    assert browser.get("/api/v1/session").status_code == 401
