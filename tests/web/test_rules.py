"""Roles and functions: the table in the code, the table that people read, and what the server answers."""

from __future__ import annotations

import re
from itertools import product

import pytest

from enbloc.web.openapi import operations
from enbloc.web.rules import HAS, Function, Role, functions_of, sees_all_open
from enbloc.web.signed_in import SignedIn
from tests.docs.pages import DOCS
from tests.web.served import Served
from tests.web.test_guard import asked

PAGE = DOCS / "decisions" / "0017-people-and-rights.md"


def written() -> dict[tuple[str, str], str]:
    """The table of the page: what stands at each function and role."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    head = rows[0][1:]
    return {
        (function, role): cell
        for first, *cells in rows[2:]
        for function in re.findall(r"`(\w+)`", first)
        for role, cell in zip(head, cells, strict=True)
    }


def test_the_page_says_what_the_code_does() -> None:
    table = written()
    assert set(table) == {(function.value, role.value) for function, role in product(Function, Role)}
    assert {(function, role) for function, role in product(Function, Role) if role in HAS[function]} == {
        (Function(function), Role(role)) for (function, role), cell in table.items() if cell != "–"
    }


def test_a_reader_sees_by_the_team_alone_and_an_administrator_no_case() -> None:
    assert written()["see", "reader"] == "team only"
    assert not sees_all_open([Role.READER])
    assert not sees_all_open([Role.ADMINISTRATOR, Role.READER])
    assert Function.SEE not in functions_of([Role.ADMINISTRATOR])
    assert sees_all_open([Role.READER, Role.COORDINATOR])


def test_several_roles_may_what_each_may() -> None:
    for one, other in product(Role, Role):
        assert set(functions_of([one, other])) == set(functions_of([one])) | set(functions_of([other]))


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_function_is_refused_at_every_route(server: Served, role: Role) -> None:
    browser, mine = server.signed_in(role), set(functions_of([role]))
    checked = 0
    for path, method, calls in operations():
        needed = {call.function for call in calls if isinstance(call, SignedIn)} - {None}
        if needed and not needed & mine:
            answer = asked(browser, method, path)
            assert (path, answer.status_code) == (path, 403)
            checked += 1
    assert checked > 0


def test_nobody_takes_their_own_administration_away(server: Served) -> None:
    known = server.somebody("administrator")
    browser = server.session_of(known)
    for change in ({"roles": ["surgeon"]}, {"is_disabled": True}):
        assert browser.patch(f"/api/v1/people/{known.person}", json=change).status_code == 409
    assert browser.patch(f"/api/v1/people/{known.person}", json={"name": "A. Renamed"}).json()["name"] == "A. Renamed"
