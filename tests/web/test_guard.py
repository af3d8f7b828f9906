"""What holds for every request and answer, whatever its route."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from enbloc.web.guarding import FRAMES
from enbloc.web.logs import Lines
from enbloc.web.openapi import described
from enbloc.web.rules import Role
from enbloc.web.services import Services
from enbloc.web.tokens import new_token
from tests.web.served import CENTRE, PASSWORD, Served

FOR_ALL = {
    ("get", "/api/v1/health"),
    ("get", "/api/v1/setup"),
    ("post", "/api/v1/setup"),
    ("get", "/api/v1/invitations/{token}"),
    ("post", "/api/v1/invitations/{token}"),
    ("post", "/api/v1/enrolments"),
    ("post", "/api/v1/session"),
}
"""Everything else asks for a session."""
ROUTES = sorted((method, path) for path, methods in described()["paths"].items() for method in methods)
CLOSED = [route for route in ROUTES if route not in FOR_ALL]


def asked(client: httpx.Client, method: str, path: str) -> httpx.Response:
    filled = path.replace("{version}", "1").replace("{day}", "2026-11-20")
    filled = re.sub(r"\{(token|link)\}", new_token(), filled)
    with client.stream(method, re.sub(r"\{\w+\}", "somebody-1", filled)) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer
        answer.read()
        return answer


def told(answer: httpx.Response) -> dict[str, object]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, object] = answer.json()
    assert {"type", "title", "status", "detail", "remedy"} <= set(problem)
    return problem


def test_every_route_but_the_door_asks_for_a_session(server: Served) -> None:
    browser = server.anonymous()
    assert len(CLOSED) > 10
    assert {(method, path): asked(browser, method, path).status_code for method, path in CLOSED} == dict.fromkeys(
        CLOSED, 401
    )


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "../" * 20, "a%00b"])
def test_a_wrong_token_is_no_session(server: Served, token: str) -> None:
    server.signed_in("surgeon")
    answer = server.anonymous(Cookie=f"enbloc={token}").get("/api/v1/session")
    assert answer.status_code == 401


def test_a_cookie_of_another_name_is_no_session(server: Served) -> None:
    token = server.signed_in("surgeon").cookies["enbloc"]
    assert server.anonymous(Cookie=f"__Host-enbloc={token}").get("/api/v1/session").status_code == 401


def test_nobody_sees_people_of_another_centre(server: Served) -> None:
    mine, theirs = server.signed_in("administrator"), server.somebody("surgeon", centre="south")
    browser = server.session_of(theirs)
    assert all(line["person"] != theirs.person for line in mine.get("/api/v1/people").json()["items"])
    for answer in (
        mine.patch(f"/api/v1/people/{theirs.person}", json={"is_disabled": True}),
        mine.post(f"/api/v1/people/{theirs.person}/invitation"),
        mine.get(f"/api/v1/people/{theirs.person}/sessions"),
        mine.delete(f"/api/v1/people/{theirs.person}/sessions"),
    ):
        unknown = mine.get("/api/v1/people/no-such-person/sessions")
        assert (answer.status_code, answer.json()["title"]) == (404, unknown.json()["title"])
    assert browser.get("/api/v1/session").status_code == 200
    assert all(line["actor"] != theirs.person for line in mine.get("/api/v1/audit").json()["items"])


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "X-Enbloc": "1"},
        {"Origin": "https://evil.example", "X-Enbloc": "1"},
        {"Origin": "null", "X-Enbloc": "1"},
        {"X-Enbloc": "yes"},
        {},
    ],
)
def test_another_site_changes_nothing(server: Served, headers: dict[str, str]) -> None:
    browser = server.signed_in("surgeon")
    del browser.headers["X-Enbloc"]
    assert told(browser.delete("/api/v1/session", headers=headers))["status"] == 403
    assert browser.get("/api/v1/session").status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_its_own_page_may(server: Served, site: str | None) -> None:
    browser = server.signed_in("surgeon")
    del browser.headers["X-Enbloc"]
    headers = {"Origin": server.url} | ({"Sec-Fetch-Site": site} if site else {})
    assert browser.delete("/api/v1/session", headers=headers).status_code == 204


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_reads_nothing(server: Served, site: str) -> None:
    browser = server.signed_in("surgeon")
    assert told(browser.get("/api/v1/session", headers={"Sec-Fetch-Site": site}))["status"] == 403


@pytest.mark.parametrize("frame", sorted(FRAMES))
@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/case/2f41"])
def test_nothing_is_shown_in_a_frame(server: Served, frame: str, path: str) -> None:
    answer = server.anonymous().get(path, headers={"Sec-Fetch-Dest": frame})
    assert answer.status_code == 403
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.", "evil.example:80", "[::2]"]
)
def test_it_answers_under_its_own_name_alone(server: Served, host: str) -> None:
    assert server.anonymous().get("/api/v1/health", headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:80"])
def test_its_own_names(server: Served, host: str) -> None:
    assert server.anonymous().get("/api/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_body_of_another_kind_is_refused(server: Served, kind: str) -> None:
    answer = server.anonymous().post("/api/v1/session", content=b"{}", headers={"Content-Type": kind})
    assert told(answer)["status"] == 415


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "OPTIONS"])
def test_other_methods_are_none(server: Served, method: str) -> None:
    answer = server.anonymous().request(method, "/api/v1/health")
    assert answer.status_code == 405
    assert not any(name.startswith("access-control") for name in answer.headers)


ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


def test_every_answer_has_its_headers(server: Served) -> None:
    browser, administrator = server.anonymous(), server.signed_in("administrator", "surgeon")
    answers = [asked(client, method, path) for client in (browser, administrator) for method, path in ROUTES]
    answers += [browser.get(path) for path in ("/", "/case/2f41", "/assets/none.js", "/api", "/api/v2/x", "/tour/x")]
    answers.append(browser.get("/api/v1/health", headers={"Host": "evil.example"}))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
        assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'"} <= set(policy.split("; "))
        assert "unsafe" not in policy
        assert answer.headers["cache-control"]
        assert "server" not in answer.headers
        assert answer.status_code < 500 or answer.url.path in ("/", "/case/2f41", "/tour/x"), answer.url


def test_what_is_told_is_not_kept_by_the_browser(server: Served) -> None:
    administrator = server.signed_in("administrator")
    for path in ("/session", "/people", "/audit", "/storage", "/versions"):
        assert administrator.get(f"/api/v1{path}").headers["cache-control"] == "no-store"


def behind_tls(services: Services) -> Services:
    return replace(services, is_behind_tls=True, is_behind_proxy=True, hosts=("board.example.org",))


@pytest.fixture
def behind_proxy(folder: Path) -> Iterator[Served]:
    made = Served(None, folder / "data", prepare=behind_tls)
    yield made
    made.close()


def test_behind_a_proxy_the_cookie_belongs_to_one_host(behind_proxy: Served) -> None:
    server, known = behind_proxy, behind_proxy.somebody("surgeon")
    browser = server.anonymous(Host="board.example.org")
    answer = server.sign_in(browser, known)
    said = answer.headers["set-cookie"]
    assert said.startswith("__Host-enbloc=")
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= set(said.casefold().split("; "))
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    assert server.anonymous().get("/api/v1/health").status_code == 421
    ours = {"Origin": "https://board.example.org", "X-Enbloc": ""}
    theirs = ours | {"Origin": "http://board.example.org"}
    wish = {"person": "x", "password": "", "code": ""}
    assert browser.post("/api/v1/session", json=wish, headers=ours).status_code == 401
    assert browser.post("/api/v1/session", json=wish, headers=theirs).status_code == 403


def test_behind_a_proxy_tries_are_counted_by_the_address_that_it_wrote(behind_proxy: Served) -> None:
    browser, wish = behind_proxy.anonymous(Host="board.example.org"), {"person": "x", "password": "", "code": ""}

    def tried(forwarded: str) -> int:
        return browser.post("/api/v1/session", json=wish, headers={"X-Forwarded-For": forwarded}).status_code

    assert [tried(f"10.0.0.{at}, 192.0.2.1") for at in range(21)][-1] == 429, (
        "what the sender wrote first is not believed"
    )
    assert tried("192.0.2.2") == 401


def test_the_log_holds_no_person_path_or_token(server: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    known, browser = server.somebody("administrator", person="ada.example"), server.anonymous()
    link = new_token()
    server.sign_in(browser, known)
    server.sign_in(browser, known, password="a heron that is wrong")
    browser.get(f"/api/v1/invitations/{link}")
    browser.get(f"/setup/{link}")
    browser.get("/api/v1/audit", params={"case": "2f41", "person": "ada.example"})
    browser.get("/api/v1/worklist", params={"words": "Mustermann"})
    browser.get("/api/v1/nothing/Mustermann")
    browser.post("/api/v1/people", json={"person": "b.other", "name": "Mustermann", "roles": ["surgeon"]})
    lines = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith(("httpx", "httpcore")))
    assert "method=POST route=/session status=200" in lines
    assert "status=401" in lines
    for secret in ("ada", "Mustermann", link, "heron", "b.other", browser.cookies["enbloc"], PASSWORD, CENTRE):
        assert secret not in lines


def test_a_fault_of_the_program_tells_nothing_and_the_server_lives(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> object:
        raise ZeroDivisionError("Mustermann")

    made = Served(None, folder / "data", prepare=lambda services: replace(services, clock=broken))  # type: ignore[arg-type]
    try:
        problem = told(made.anonymous().get("/api/v1/invitations/" + new_token()))
        assert problem["status"] == 500
        assert "Mustermann" not in str(problem)
        assert made.anonymous().get("/api/v1/health").status_code == 200
    finally:
        made.close()
    written = "\n".join(Lines().format(each) for each in caplog.records)
    assert "fault=ZeroDivisionError" in written
    assert "Mustermann" not in written


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 70000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
)
def test_what_is_no_request_ends_the_connection_and_not_the_server(server: Served, sent: bytes) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        status = line.recv(100)
    assert status == b"" or status.split()[1] in (b"400", b"403", b"421", b"431")
    assert server.anonymous().get("/api/v1/health").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_every_role_may_look_at_itself(server: Served, role: Role) -> None:
    me = server.signed_in(role).get("/api/v1/session").json()
    assert me["roles"] == [role]
    assert server.signed_in(role).get("/api/v1/versions").status_code == 200
