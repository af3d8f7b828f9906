"""Which meeting a case waits for: of those not closed one at most has it on its agenda; the worklist shows its day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select

from enbloc.case.board import MeetingState
from enbloc.record.board_tables import AGENDA, MEETINGS


def waiting_for(centre: str, case_id: str) -> Any:
    """The meeting that is not closed and has the case on its agenda."""
    held = and_(MEETINGS.c.centre == AGENDA.c.centre, MEETINGS.c.meeting_id == AGENDA.c.meeting_id)
    mine = (AGENDA.c.centre == centre, AGENDA.c.case_id == case_id, MEETINGS.c.state != MeetingState.CLOSED.value)
    return select(MEETINGS).join(AGENDA, held).where(*mine)
