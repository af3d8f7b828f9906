"""How far somebody sees within their centre; what they do not see is answered like what is not there."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_, or_, true

from enbloc.record.tables import TEAMS


class Reach(Enum):
    """The cases of a centre that a unit of work may see."""

    CENTRE = "centre"
    """All but those closed to a team that the person is not of."""
    TEAM = "team"
    """Only those whose team names the person."""
    ALL = "all"
    """Every one: the worker, the backup, the command line."""


def within(reach: Reach, actor: str | ColumnElement[str], table: Any) -> ColumnElement[bool]:
    """Whether a row of a table with ``centre`` and ``case_id`` is about a case that the person may see."""
    if reach is Reach.ALL:
        return true()
    of_case = and_(TEAMS.c.centre == table.c.centre, TEAMS.c.case_id == table.c.case_id)
    mine = exists().where(of_case, TEAMS.c.person == actor)
    return mine if reach is Reach.TEAM else or_(not_(exists().where(of_case)), mine)
