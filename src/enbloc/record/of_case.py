"""The questions about one case, built once: to build one takes longer than to ask it. What is asked in particular are
their parameters.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, select

from enbloc.record.reach import Reach, within
from enbloc.record.tables import CASES, FILES, JOBS, PEOPLE, RESULTS, TEAMS, VERSION_FILES, VERSIONS

_ACTOR: ColumnElement[str] = bindparam("actor")


def _of(table: Any, *keys: str) -> Any:
    """The rows of a table with these keys."""
    return and_(*(table.c[key] == bindparam(key) for key in ("centre", *keys)))


@cache
def newest(reach: Reach) -> Any:
    """The newest version of a case that the person may see."""
    return select(CASES.c.version).where(_of(CASES, "case_id"), within(reach, _ACTOR, CASES))


@cache
def file(reach: Reach) -> Any:
    """A file of a case that the person may see."""
    return select(FILES.c.size).where(_of(FILES, "case_id", "sha256"), within(reach, _ACTOR, FILES))


_FILES = _of(VERSION_FILES, "case_id", "version")
VERSION = select(VERSIONS, exists().where(_FILES).label("has_files")).where(_of(VERSIONS, "case_id", "version"))
"""A version of a case, and whether it names files."""
NAMED = select(VERSION_FILES.c.path, VERSION_FILES.c.sha256).where(_FILES).order_by(VERSION_FILES.c.path)
"""The files that it names."""
TEAM = select(TEAMS.c.person).where(_of(TEAMS, "case_id")).order_by(TEAMS.c.person)
"""The people that a case is closed to."""
JOBS_OF = (
    select(JOBS)
    .where(_of(JOBS, "case_id"))
    .order_by(JOBS.c.asked_at.desc(), JOBS.c.job_id.desc())
    .limit(bindparam("most"))
)
"""Its jobs, the latest first."""
_SOME = PEOPLE.c.person.in_(bindparam("people", expanding=True))
NAMES = select(PEOPLE.c.person, PEOPLE.c.name).where(_of(PEOPLE), _SOME)
"""How people are printed."""

_FILE = and_(
    FILES.c.centre == RESULTS.c.centre, FILES.c.case_id == RESULTS.c.case_id, FILES.c.sha256 == RESULTS.c.sha256
)
LATEST = (
    select(RESULTS, FILES.c.size)
    .join(FILES, _FILE)
    .where(_of(RESULTS, "case_id", "kind"))
    .order_by(RESULTS.c.version.desc(), RESULTS.c.number.desc())
    .limit(1)
)
"""The latest result of a kind, and the size of its file."""
