"""One browser and, for each database, one server for the whole run; faults of a page fail the test they arise in."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from enbloc.web.services import PAGES
from tests.browser.chromium import opened, program
from tests.browser.house import House
from tests.browser.reading import AXE
from tests.browser.serving import Server
from tests.record.places import IN_MEMORY, Cluster, why_not

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def pages() -> None:
    """The built front end: built here where it is not, as `make test` does."""
    if not (PAGES / "index.html").exists() or not AXE.exists():
        subprocess.run(["make", "--no-print-directory", "pages"], cwd=HOME, capture_output=True, check=False)
    for needed in (PAGES / "index.html", AXE):
        if not needed.exists():
            pytest.skip(f"{needed.name} is not there: 'make pages' wants Node and a registry")


@pytest.fixture(scope="session")
def browser(pages: None) -> Iterator[Browser]:
    path = program()
    if path is None:
        pytest.skip("there is no Chromium here (Debian's package chromium)")
    with opened(path) as found:
        yield found


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The address of an empty PostgreSQL; none for SQLite."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    if why := why_not():
        pytest.skip(why)
    cluster = Cluster()
    yield cluster.fresh()
    cluster.remove()


@pytest.fixture(scope="session")
def house(browser: Browser, address: str | None) -> Iterator[House]:
    """A server that runs, and the people who have come to it so far."""
    with _opened_house(browser, address) as made:
        yield made


@pytest.fixture(scope="session")
def tour(browser: Browser) -> Iterator[House]:
    """A server that gives the tour."""
    with _opened_house(browser, None, "--tour") as made:
        yield made


@contextmanager
def _opened_house(browser: Browser, address: str | None, *options: str) -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="enbloc-browser-", dir=IN_MEMORY))
    server = Server(folder / "data", address, *options)
    server.start()
    made = House(browser, server, folder)
    yield made
    made.close()
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_fault(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a console, a page or the network complained of fails the test."""
    yield
    for name in ("house", "tour"):
        if name in request.fixturenames:
            here: House = request.getfixturevalue(name)
            faults = here.faults()
            assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def plates() -> Path | None:
    """Where to leave pictures to be looked at; nowhere unless it is asked for."""
    named = os.environ.get("ENBLOC_PLATES")
    return Path(named) if named else None
