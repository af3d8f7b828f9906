"""The database goes and comes back: the server says so, and goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.record.places import Cluster, why_not
from tests.web.served import Served


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    if why := why_not():
        pytest.skip(why)
    made = Cluster()
    yield made
    made.remove()


def test_postgresql_stopped_and_started(own_cluster: Cluster, folder: Path) -> None:
    server = Served(own_cluster.fresh(), folder / "data")
    browser = server.signed_in("surgeon")
    assert browser.get("/api/v1/worklist").status_code == 200
    own_cluster.stop("immediate")
    for _ in range(2):
        answer = browser.get("/api/v1/worklist")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert answer.json()["remedy"]
    assert browser.get("/api/v1/health").status_code == 200
    own_cluster.start()
    assert browser.get("/api/v1/worklist").status_code == 200
    server.close()


def test_a_database_that_another_program_holds_is_told_as_busy(folder: Path) -> None:
    server = Served(None, folder / "data", patience_s=0.2)
    browser = server.signed_in("surgeon")
    holding = sqlite3.connect(server.folder / "record.sqlite", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    assert browser.get("/api/v1/worklist").status_code == 503
    holding.execute("ROLLBACK")
    holding.close()
    assert browser.get("/api/v1/worklist").status_code == 200
    server.close()
