"""Every route of the description, asked with whatever fits it and whatever does not, by everybody and by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from enbloc.web.openapi import described
from enbloc.web.rules import Role
from tests.sampling import IS_SWEEP
from tests.web.served import Person, Served
from tests.web.test_guard import FOR_ALL

Operation = APIOperation[Any, Any, Any, Any]
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
BUSY = frozenset({503, 507})
"""A database that is busy, or a disk that is full, is told as such."""
BOUNDED = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations() -> Iterator[Operation]:
    """Every operation but the streams, which do not end."""
    for found in schemathesis.openapi.from_dict(described()).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if not operation.path.endswith("/events"):
            yield operation


OPERATIONS = {f"{each.method.upper()} {each.path}": each for each in operations()}


@pytest.fixture
def everybody(server: Served) -> Person:
    return server.somebody(*Role, person="everybody")


def asked(server: Served, operation: Operation, examples: int, cookies: Iterator[dict[str, str]]) -> list[int]:
    """Ask so often; the statuses. A server error, or an answer other than described, fails."""
    statuses: list[int] = []
    session = requests.Session()

    @seed(7)
    @settings(BOUNDED, max_examples=examples)
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(base_url=server.url, session=session, headers={"X-Enbloc": "1"}, cookies=next(cookies))
        statuses.append(answer.status_code)
        if answer.status_code not in BUSY:
            case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except FailureGroup as failures:
        raise AssertionError("\n".join(str(failure) for failure in failures.exceptions)) from None
    finally:
        session.close()
    return statuses


def test_everybody_may_ask_anything_of_every_route(server: Served, everybody: Person) -> None:
    def cookies() -> Iterator[dict[str, str]]:
        while True:
            with server.session_of(everybody) as browser:
                yield dict(browser.cookies)

    for name, operation in OPERATIONS.items():
        statuses = asked(server, operation, 60 if IS_SWEEP else 4, cookies())
        assert statuses, name
    assert server.anonymous().get("/api/v1/health").status_code == 200


def test_nobody_learns_anything_at_any_route(server: Served) -> None:
    def nothing() -> Iterator[dict[str, str]]:
        while True:
            yield {}

    for name, operation in OPERATIONS.items():
        statuses = asked(server, operation, 20 if IS_SWEEP else 2, nothing())
        is_open = (operation.method, operation.path) in FOR_ALL
        assert is_open or set(statuses) <= {401, 403, 404, 405, 413, 415, 421, 422}, name
        assert is_open or not any(status < 300 for status in statuses), name
