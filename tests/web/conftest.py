"""A real server for every test that asks for one: on SQLite, and for a few on PostgreSQL too."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from enbloc.record import migrate
from tests.record.conftest import cluster
from tests.record.places import IN_MEMORY
from tests.web.served import Served

__all__ = ["cluster"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place."""
    made = Path(tempfile.mkdtemp(prefix="enbloc-web-", dir=IN_MEMORY))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record, made once."""
    made = tmp_path_factory.mktemp("web") / "data"
    migrate(None, made)
    return made


@pytest.fixture
def server(folder: Path, empty: Path) -> Iterator[Served]:
    """A server with an empty record on SQLite."""
    made = Served(None, Path(shutil.copytree(empty, folder / "data")))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_server(request: pytest.FixtureRequest, folder: Path) -> Iterator[Served]:
    """A server with an empty record, on each database."""
    url = request.getfixturevalue("cluster").fresh() if request.param == "postgresql" else None
    made = Served(url, folder / "data")
    yield made
    made.close()
