"""Second looks: each member says which option they would lead with before they see what the others say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, and_, insert, select

from enbloc.case.board import SecondLook
from enbloc.errors import RecordError, SettledError
from enbloc.record.board_rows import likeness
from enbloc.record.board_tables import DECISIONS, REVEALS, SECOND_LOOKS
from enbloc.record.board_values import LooksLine
from enbloc.record.deciding import Deciding
from enbloc.record.tables import PEOPLE
from enbloc.record.words import moment

FEWEST = 2
"""Of fewer there is nothing to be blind to, so that nothing is revealed by itself."""
ALL_GIVEN = "all who take part have given theirs"
BY_THE_CHAIR = "by the chair"


class SecondLooks(Deciding):
    """What is done with second looks."""

    def look(self, given: SecondLook, *, awaited: Collection[str] = ()) -> LooksLine:
        """Give one's own second look, or another in the place of one's own; those ``awaited`` are who takes part.

        Once all of two or more have given theirs, they are revealed.

        Raises
        ------
        SettledError
            If they were revealed, the meeting is closed, or it has decided.
        """
        meeting_id, case_id, lesion = given.meeting, given.case, given.lesion
        self._refuse_closed(self._on_agenda("second look", meeting_id, case_id))
        self._refuse_seen(meeting_id, case_id, lesion)
        held = self._look_rows(meeting_id, case_id, lesion)
        row: dict[str, Any] = {"meeting_id": meeting_id, "case_id": case_id, "lesion": lesion}
        row |= {"person": self._link.actor, "number": 1 + sum(one.person == self._link.actor for one in held)}
        row |= {"option": given.option, "because": given.because, "voted_at": self._link.at}
        told = {"case_id": case_id, "meeting": meeting_id, "is_now": likeness(row)}
        entry = self._wrote("second look", **told)
        self._write(insert(SECOND_LOOKS), [{"centre": self._centre, **row, "entry": entry}])
        if len(set(awaited)) >= FEWEST and set(awaited) <= {self._link.actor, *(one.person for one in held)}:
            self._show(meeting_id, case_id, lesion, ALL_GIVEN)
        return next(line for line in self._looks(meeting_id, case_id) if line.lesion == lesion)

    def looks(self, meeting_id: str, case_id: str) -> tuple[LooksLine, ...]:
        """The second looks at each lesion of a case: those of others only once they were revealed."""
        self._on_agenda("read second looks", meeting_id, case_id)
        self._read("read second looks", case_id=case_id, meeting=meeting_id)
        return self._looks(meeting_id, case_id)

    def reveal(self, meeting_id: str, case_id: str) -> tuple[LooksLine, ...]:
        """Show all second looks at a case to all; none is added or changed after it.

        Raises
        ------
        SettledError
            If there is none that was not revealed yet.
        """
        self._on_agenda("reveal second looks", meeting_id, case_id)
        hidden = [line.lesion for line in self._looks(meeting_id, case_id) if line.revealed_at is None]
        if not hidden:
            raise SettledError("There is nothing to reveal.", remedy="Wait until somebody gave a second look.")
        for lesion in hidden:
            self._show(meeting_id, case_id, lesion, BY_THE_CHAIR)
        return self._looks(meeting_id, case_id)

    def options_looked_at(self, year: int) -> tuple[tuple[str, ...], ...]:
        """The options of every second look that was revealed in a year, without the case or who gave them."""
        if not 1900 <= year <= 9999:
            raise RecordError("This is no year.", remedy="Write it as 2026.")
        self._read("read agreement", year=year)
        own, shown = SECOND_LOOKS.c, REVEALS.c
        of_it = and_(
            shown.centre == own.centre,
            shown.meeting_id == own.meeting_id,
            shown.case_id == own.case_id,
            shown.lesion == own.lesion,
        )
        within = (shown.centre == self._centre, shown.revealed_at >= f"{year}", shown.revealed_at < f"{year + 1}")
        asked = select(SECOND_LOOKS).join(REVEALS, of_it).where(*within)
        asked = asked.order_by(shown.revealed_at, own.meeting_id, own.case_id, own.lesion, own.person, own.number)
        found: dict[tuple[str, str, str], dict[str, str]] = {}
        for row in self._rows(asked):
            found.setdefault((row.meeting_id, row.case_id, row.lesion), {})[row.person] = row.option
        return tuple(tuple(options.values()) for options in found.values())

    # --- below --------------------------------------------------------------------------------------------------------

    def _look_rows(self, meeting_id: str, case_id: str, lesion: str | None = None) -> Sequence[Row[Any]]:
        own = SECOND_LOOKS.c
        mine = [own.centre == self._centre, own.meeting_id == meeting_id, own.case_id == case_id]
        mine += [own.lesion == lesion] if lesion is not None else []
        return self._rows(select(SECOND_LOOKS).where(*mine).order_by(own.lesion, own.number, own.person))

    def _revealed(self, meeting_id: str, case_id: str) -> dict[str, Row[Any]]:
        mine = (REVEALS.c.centre == self._centre, REVEALS.c.meeting_id == meeting_id, REVEALS.c.case_id == case_id)
        return {row.lesion: row for row in self._rows(select(REVEALS).where(*mine))}

    def _looks(self, meeting_id: str, case_id: str) -> tuple[LooksLine, ...]:
        revealed = self._revealed(meeting_id, case_id)
        last: dict[str, dict[str, SecondLook]] = {}
        for row in self._look_rows(meeting_id, case_id):
            last.setdefault(row.lesion, {})[row.person] = _look(row)
        return tuple(self._told_of(lesion, looks, revealed.get(lesion)) for lesion, looks in last.items())

    def _told_of(self, lesion: str, looks: dict[str, SecondLook], shown: Row[Any] | None) -> LooksLine:
        mine = looks.get(self._link.actor)
        if shown is None:
            return LooksLine(lesion=lesion, given=len(looks), mine=mine)
        return LooksLine(
            lesion=lesion,
            given=len(looks),
            mine=mine,
            looks=tuple(looks[person] for person in sorted(looks)),
            revealed_by=shown.revealed_by,
            revealed_at=moment(shown.revealed_at),
            because=shown.because,
        )

    def _show(self, meeting_id: str, case_id: str, lesion: str, because: str) -> None:
        row = {"meeting_id": meeting_id, "case_id": case_id, "lesion": lesion, "because": because}
        row |= {"revealed_by": self._link.actor, "revealed_at": self._link.at}
        told = {"case_id": case_id, "meeting": meeting_id, "is_now": likeness(row)}
        entry = self._wrote("reveal second looks", **told)
        self._write(insert(REVEALS), [{"centre": self._centre, **row, "entry": entry}])

    def _refuse_seen(self, meeting_id: str, case_id: str, lesion: str) -> None:
        """Who has seen what others say, or what was decided, looks no second time."""
        if lesion in self._revealed(meeting_id, case_id):
            raise SettledError("The second looks were revealed.", remedy="Say it in the meeting, or as a dissent.")
        own = DECISIONS.c
        mine = (own.centre == self._centre, own.case_id == case_id, own.meeting_id == meeting_id, own.lesion == lesion)
        if self._rows(select(own.entry).where(*mine).limit(1)):
            raise SettledError("The meeting has decided.", remedy="Say it in the meeting, or as a dissent.")
        known = (PEOPLE.c.centre == self._centre, PEOPLE.c.person == self._link.actor)
        if not self._rows(select(PEOPLE.c.entry).where(*known)):
            raise RecordError("There is no such person.", remedy="Look them up in the list.")


def _look(row: Row[Any]) -> SecondLook:
    return SecondLook(
        meeting=row.meeting_id,
        case=row.case_id,
        lesion=row.lesion,
        person=row.person,
        option=row.option,
        because=row.because,
    )
