"""Every test of the record runs on both databases."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from enbloc.record import Record, migrate, open_record
from tests.record.places import IN_MEMORY, Cluster, Place, why_not


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a place: what a disk takes to be sure says nothing here, and costs minutes."""
    folder = Path(tempfile.mkdtemp(prefix="enbloc-record-", dir=IN_MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if why := why_not():
        pytest.skip(why)
    made = Cluster()
    yield made
    made.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place."""
    url = request.getfixturevalue("cluster").fresh() if request.param == "postgresql" else None
    return Place(url, tmp_path / "data")


@pytest.fixture
def record(place: Place) -> Iterator[Record]:
    """An empty record."""
    migrate(place.url, place.folder)
    opened = open_record(place.url, place.folder, patience_s=20)
    yield opened
    opened.close()
