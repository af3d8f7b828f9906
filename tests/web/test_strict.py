"""Bodies: what is odd is refused, the server lives, and what was sent is not repeated."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.web.problem import Problem
from enbloc.web.strict import DEEPEST, LARGEST_BODY, _depth, _refuse_broken_text
from tests.web.served import Served

WISH = {"person": "b.new", "name": "B. Example", "roles": ["surgeon"]}


def as_text(**other: object) -> str:
    return json.dumps(WISH | other)


ODD = {
    "not a number": '{"person": NaN, "name": "x", "roles": ["surgeon"]}',
    "endless": '{"person": Infinity, "name": "x", "roles": ["surgeon"]}',
    "a key twice": '{"person": "b.new", "person": "c.new", "name": "x", "roles": ["surgeon"]}',
    "a key twice deep within": '{"person": "b.new", "name": "x", "roles": ["surgeon"], "more": [{"a": 1, "a": 2}]}',
    "NUL": as_text(name="a\0b"),
    "NUL itself": as_text(name="ab").replace("ab", "a\0b"),
    "half a pair": '{"person": "b.new", "name": "\\ud800", "roles": ["surgeon"]}',
    "half a pair as key": '{"person": "b.new", "name": "x", "roles": ["surgeon"], "\\udfff": 1}',
    "an unknown key": as_text(is_administrator=True),
    "a prototype": as_text(__proto__={"roles": ["administrator"]}),
    "a number for a text": as_text(name=1),
    "a text for a list": as_text(roles="administrator"),
    "an unknown role": as_text(roles=["root"]),
    "no role": as_text(roles=[]),
    "nothing": "",
    "null": "null",
    "a list": "[]",
    "more after the end": as_text() + "{}",
    "a comment": as_text() + "// hello",
    "nested": '{"person": ' + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}",
    "nested without end": "[" * 100_000,
    "a huge number": '{"person": 1' + "0" * 5000 + "}",
    "a long name": as_text(name="x" * 10_000),
    "a line end in a name": as_text(name="A\nB"),
    "right to left": as_text(name="\u202eB. Example"),
    "a path for a name": as_text(person="../../etc"),
    "a name in capitals": as_text(person="ADA"),
}


def test_what_is_odd_is_refused(server: Served) -> None:
    administrator = server.signed_in("administrator")
    for why, body in ODD.items():
        answer = administrator.post(
            "/api/v1/people", content=body.encode(), headers={"Content-Type": "application/json"}
        )
        assert (why, answer.status_code) == (why, 422)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "x" * 100 not in answer.text
    assert [line["person"] for line in administrator.get("/api/v1/people").json()["items"]] == ["person-1"]
    assert administrator.post("/api/v1/people", json=WISH).status_code == 201


@pytest.mark.parametrize("body", [b"\xff\xfe{}", b"\xed\xa0\x80", as_text().encode("utf-16"), b"\x80"])
def test_what_is_not_utf8_is_refused(server: Served, body: bytes) -> None:
    answer = server.anonymous().post("/api/v1/session", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_a_script_in_a_name_stays_text(server: Served) -> None:
    administrator = server.signed_in("administrator")
    name = "<script>alert(1)</script>=cmd|' /C calc'!A0"
    answer = administrator.post("/api/v1/people", json=WISH | {"name": name})
    assert answer.json()["name"] == name
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_body_is_no_larger_than_said(server: Served) -> None:
    browser, kind = server.anonymous(), {"Content-Type": "application/json"}
    padded = b'{"person": "x", "password": "", "code": ""' + b" " * LARGEST_BODY + b"}"
    assert browser.post("/api/v1/session", content=padded, headers=kind).status_code == 413


def test_a_body_without_a_length_is_cut_off_too(server: Served) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(2 * LARGEST_BODY // 2**16):
            yield b" " * 2**16

    answer = server.anonymous().post("/api/v1/session", content=parts(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_a_length_that_is_claimed_alone_costs_nothing(server: Served) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        head = f"POST /api/v1/session HTTP/1.1\r\nHost: {host}\r\nX-Enbloc: 1\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}Content-Length: {2**40}\r\n\r\n".encode())
        assert line.recv(100).split()[1] == b"413"
    assert server.anonymous().get("/api/v1/health").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=1e3",
        "limit=-1",
        "after=%00",
        "after=" + "x" * 401,
        "view=everything",
        "words=" + "x" * 201,
        "limit=1&limit=x",
    ],
)
def test_parameters_have_their_bounds(server: Served, query: str) -> None:
    answer = server.signed_in("surgeon").get(f"/api/v1/worklist?{query}")
    assert answer.status_code == 422
    assert "xxxx" not in answer.text


@given(
    st.recursive(
        st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_depth_is_counted_as_json_nests(value: object) -> None:
    def deep(one: object) -> int:
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        return 1 + max(map(deep, inner), default=0) if isinstance(one, dict | list) else 0

    for as_ascii in (True, False):
        assert _depth(json.dumps(value, ensure_ascii=as_ascii).encode("utf-8", "surrogatepass")) == deep(value)


@given(st.text(alphabet=st.characters(exclude_characters="\0")))
def test_whole_text_passes(text: str) -> None:
    is_whole = not any("\ud800" <= sign <= "\udfff" for sign in text)
    try:
        _refuse_broken_text(json.dumps({text: [text]}))
    except Problem:
        assert not is_whole
    else:
        assert is_whole


@pytest.mark.parametrize(
    ("begins", "goes_on"),
    [
        ("GET /", "x" * 1000),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "x" * 1000),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n", "X-More: 1\r\n" * 100),
    ],
)
def test_a_head_without_end_is_not_kept(server: Served, begins: str, goes_on: str) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line, suppress(ConnectionError):
        line.sendall(begins.encode())
        for _ in range(20_000):
            line.sendall(goes_on.encode())
        raise AssertionError("megabytes were taken")
    assert server.anonymous().get("/api/v1/health").status_code == 200
