"""What the record takes and what runs here."""

from __future__ import annotations

import platform
import shutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

from fastapi import APIRouter

from enbloc import __version__
from enbloc.value import value
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed

storage = APIRouter(tags=["storage"])

LIBRARIES = ("numpy", "scipy", "SimpleITK", "pydicom", "highdicom", "fastapi", "uvicorn", "sqlalchemy", "argon2-cffi")


@value
class Storage:
    """What the record of the centre takes, and what is left of the disk."""

    database: str
    bytes: int
    free_bytes: int
    files: int
    cases: int
    waiting_jobs: int


@value
class Rules:
    """How many rules decide, by how far each was compared with its source."""

    version: str
    total: int
    by_mark: Mapping[str, int]


@value
class Versions:
    """What runs here."""

    enbloc: str
    revision: str
    rules: Rules
    python: str
    libraries: Mapping[str, str]


@storage.get("/storage")
def read_storage(signed: Annotated[Signed, signed(Function.STORAGE)], services: Given) -> Storage:
    """What the record takes."""
    with signed.office(services, "storage") as work:
        taken = work.taken()
    return Storage(
        database="PostgreSQL" if services.record.database.dialect.name == "postgresql" else "SQLite",
        bytes=taken.bytes,
        free_bytes=shutil.disk_usage(services.folder).free,
        files=taken.files,
        cases=taken.cases,
        waiting_jobs=services.record.jobs.waiting(),
    )


@storage.get("/versions")
def read_versions(_: Annotated[Signed, signed()]) -> Versions:
    """The versions of rules and software."""
    return versions()


@cache
def versions() -> Versions:
    """What runs here; it does not change while it runs."""
    from enbloc.decide.families import RULES
    from enbloc.decide.rule import VERSION
    from enbloc.record.migrating import newest

    marks = Counter(rule.checked.value for rule in RULES.values())
    return Versions(
        enbloc=__version__,
        revision=newest(),
        rules=Rules(version=VERSION, total=len(RULES), by_mark=dict(sorted(marks.items()))),
        python=platform.python_version(),
        libraries={name: found for name in LIBRARIES if (found := _version(name))},
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
