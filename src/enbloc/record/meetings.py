"""The meetings of the board. What is on an agenda that is not closed is on the board: the worklist follows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from secrets import token_hex
from typing import Any

from sqlalchemy import Row, delete, func, insert, literal, select, tuple_, update

from enbloc.case.board import LONGEST_NAME, LONGEST_WORDS, MOST, AgendaItem, Meeting, MeetingState
from enbloc.errors import RecordError, SettledError
from enbloc.record.board_rows import agenda_rows, item_of, likeness, line_of_meeting, meeting_row
from enbloc.record.board_tables import AGENDA, ASKED, DECISIONS, MEETINGS, SECOND_LOOKS
from enbloc.record.board_values import AskedLine, MeetingLine, MovedOn
from enbloc.record.tables import PEOPLE
from enbloc.record.waiting import waiting_for
from enbloc.record.words import day_of, key, moment, no_such_meeting, page_of, said
from enbloc.record.worklist import Listing

PAGE = 50
PLANNED, OPEN, CLOSED = (state.value for state in MeetingState)
BOARD = "Tumour board"
"""What a meeting is called that nobody has named."""
Spot = tuple[str, str, str]
FIRST: Spot = ("", "", "")
"""Before every meeting."""


class Meetings(Listing):
    """What is done with the meetings of the board."""

    def plan_meeting(self, meeting: Meeting) -> MeetingLine:
        """A new meeting, with its agenda if it has one.

        Raises
        ------
        RecordError
            If its id is taken, somebody it names is nobody of the centre, or a case is not there.
        SettledError
            If a case on its agenda is being discussed in another meeting.
        """
        if self._meeting_rows(key("meeting", meeting.id)):
            raise RecordError("There is a meeting of this id.", remedy="Take another.")
        self._refuse_nobodies(meeting)
        items = replace(meeting, state=MeetingState.PLANNED).agenda
        row: dict[str, Any] = {"centre": self._centre, **meeting_row(meeting), "state": PLANNED, "version": 0}
        row |= dict.fromkeys(("opened_by", "opened_at", "closed_by", "closed_at"), "")
        row |= {"shown_case": "", "shown_view": "", "shown_by": "", "shown_turn": 0}
        self._write(insert(MEETINGS), [self._meeting_told("plan meeting", row, ())])
        if items:
            self._put_on(self._meeting_row(meeting.id), items)
        return self._meeting_line(meeting.id)

    def meeting(self, meeting_id: str) -> MeetingLine:
        """A meeting with what the person may see of its agenda.

        Raises
        ------
        RecordError
            If the centre has no such meeting.
        """
        self._meeting_row(meeting_id)
        self._read("read meeting", meeting=meeting_id)
        return self._meeting_line(meeting_id)

    def meetings(self, *, since: str = "", after: Spot = FIRST, limit: int = PAGE) -> tuple[MeetingLine, ...]:
        """A page of the centre's meetings from the day ``since`` on, the earliest first, after the one at ``after``."""
        since = since and day_of(since)
        found = self._rows(meetings_after(self._centre, max(after, (since, "", "")), page_of(limit)))
        self._read("list meetings", since=since, shown=len(found))
        items = self._items([row.meeting_id for row in found])
        return tuple(line_of_meeting(row, items.get(row.meeting_id, ())) for row in found)

    def change_meeting(self, meeting: Meeting, *, made_from: int) -> MeetingLine | MovedOn:
        """Change what is said of a meeting; its agenda and its state stay.

        Raises
        ------
        SettledError
            If it is closed, or is open and would move to another day.
        """
        row = self._meeting_row(meeting.id)
        if row.version != made_from:
            return self._moved_on("refuse change of meeting", row)
        self._refuse_closed(row)
        self._refuse_nobodies(meeting)
        new = {**meeting_row(meeting), "state": row.state}
        if row.state == OPEN and new["day"] != row.day:
            raise SettledError("The meeting goes on just now.", remedy="Close it, and plan another.", where="day")
        self._meeting_kept("change meeting", row, **new)
        if new["day"] != row.day:
            self._follow(item.case_id for item in self._agenda(meeting.id))
        return self._meeting_line(meeting.id)

    def set_agenda(self, meeting_id: str, items: Sequence[AgendaItem], *, made_from: int) -> MeetingLine | MovedOn:
        """The agenda as it shall be. Cases on it that the person may not see stay where they are.

        A case that is put on it is taken off the one that it waited for before.

        Raises
        ------
        RecordError
            If a case is not there, or there are too many.
        SettledError
            If the meeting is closed, a case is being discussed in another meeting, or was already decided in this one.
        """
        row = self._meeting_row(meeting_id)
        if row.version != made_from:
            return self._moved_on("refuse agenda", row)
        self._refuse_closed(row)
        self._put_on(row, items)
        return self._meeting_line(meeting_id)

    def open_meeting(self, meeting_id: str) -> MeetingLine:
        """The meeting begins.

        Raises
        ------
        SettledError
            If it is open or closed already, or there is no case on its agenda.
        """
        row = self._meeting_row(meeting_id)
        self._refuse_closed(row)
        if row.state == OPEN:
            raise SettledError(f"The meeting is open: {_who_when(row, 'opened')}.", remedy="Go on in it.")
        if not self._agenda(meeting_id):
            raise SettledError("There is no case on the agenda.", remedy="Put one on it first.", where="agenda")
        self._meeting_kept("open meeting", row, state=OPEN, opened_by=self._link.actor, opened_at=self._link.at)
        return self._meeting_line(meeting_id)

    def close_meeting(self, meeting_id: str) -> MeetingLine:
        """The meeting ends, or is called off if it never began; its cases wait for it no more.

        Raises
        ------
        SettledError
            If it is closed already: by whom, and when.
        """
        row = self._meeting_row(meeting_id)
        self._refuse_closed(row)
        ended: dict[str, Any] = {"state": CLOSED, "closed_by": self._link.actor, "closed_at": self._link.at}
        self._meeting_kept("close meeting", row, **ended, shown_case="", shown_view="")
        self._follow(item.case_id for item in self._agenda(meeting_id))
        return self._meeting_line(meeting_id)

    def show(self, meeting_id: str, case_id: str, view: str) -> int:
        """What the presenter shows now; the number of this turn, for two made at once may be heard in either order."""
        row = self._on_agenda("show case", meeting_id, case_id)
        if row.state != OPEN:
            raise SettledError("The meeting is not open.", remedy="Open it first.")
        view = said("view", view)
        self._read("show case", case_id=case_id, meeting=meeting_id)
        told = {"shown_case": case_id, "shown_view": view, "shown_by": self._link.actor}
        turned = (
            update(MEETINGS).where(*self._of_meeting(meeting_id)).values(**told, shown_turn=MEETINGS.c.shown_turn + 1)
        )
        self._write(turned)
        return int(self._meeting_row(meeting_id).shown_turn)

    def ask_meeting(self, meeting_id: str, case_id: str, words: str) -> AskedLine:
        """Ask something about a case; it stays with the meeting."""
        row = self._on_agenda("ask meeting", meeting_id, case_id)
        self._refuse_closed(row)
        words = said("question", words, LONGEST_WORDS)
        last = select(func.max(ASKED.c.number)).where(ASKED.c.centre == self._centre, ASKED.c.meeting_id == meeting_id)
        number = int(self._rows(last)[0][0] or 0) + 1
        asked = {"meeting_id": meeting_id, "number": number, "case_id": case_id, "words": words}
        asked |= {"asked_by": self._link.actor, "asked_at": self._link.at}
        told = {"case_id": case_id, "meeting": meeting_id, "number": number, "is_now": likeness(asked)}
        self._write(insert(ASKED), [{"centre": self._centre, **asked, "entry": self._wrote("ask meeting", **told)}])
        return AskedLine(number=number, case_id=case_id, words=words, by=self._link.actor, at=moment(self._link.at))

    def asked(self, meeting_id: str) -> tuple[AskedLine, ...]:
        """What was asked about the cases that the person may see, oldest first."""
        self._meeting_row(meeting_id)
        self._read("list questions", meeting=meeting_id)
        mine = (ASKED.c.centre == self._centre, ASKED.c.meeting_id == meeting_id, self._seen(ASKED))
        return tuple(
            AskedLine(
                number=int(row.number),
                case_id=row.case_id,
                words=row.words,
                by=row.asked_by,
                at=moment(row.asked_at),
            )
            for row in self._rows(select(ASKED).where(*mine).order_by(ASKED.c.number))
        )

    def set_board(self, case_id: str, day: str) -> None:
        """Put the case on the agenda of a meeting of that day, which is planned if there is none; an empty one takes it
        off.

        Raises
        ------
        RecordError
            If the case has no line in the worklist.
        SettledError
            If it is being discussed just now.
        """
        self._there("set board", case_id)
        day = day and day_of(day)
        if self._lined(case_id) is None:
            raise RecordError("The case is not in the worklist.", remedy="Line it up first.")
        self._wrote("set board", case_id=case_id, day=day)
        waits_for = self._waiting_for(case_id)
        if day and waits_for is not None and waits_for.day == day:
            return
        if not day:
            self._take_off(case_id, waits_for)
            return
        meeting = self._with_room(day)
        items = [*map(item_of, self._agenda(meeting.meeting_id)), AgendaItem(case=case_id)]
        self._settle_agenda(meeting, items)

    def waits_for(self, case_id: str) -> str:
        """The meeting that the case waits for, or is discussed in; empty if there is none."""
        self._there("read meeting of case", case_id)
        self._read("read meeting of case", case_id=case_id)
        row = self._waiting_for(case_id)
        return str(row.meeting_id) if row is not None else ""

    # --- below --------------------------------------------------------------------------------------------------------

    def _of_meeting(self, meeting_id: str) -> tuple[Any, ...]:
        return (MEETINGS.c.centre == self._centre, MEETINGS.c.meeting_id == meeting_id)

    def _meeting_rows(self, meeting_id: str) -> Sequence[Row[Any]]:
        return self._rows(select(MEETINGS).where(*self._of_meeting(meeting_id)))

    def _meeting_row(self, meeting_id: str) -> Row[Any]:
        if found := self._meeting_rows(key("meeting", meeting_id)):
            return found[0]
        raise no_such_meeting()

    def _meeting_line(self, meeting_id: str) -> MeetingLine:
        return line_of_meeting(self._meeting_row(meeting_id), self._items([meeting_id]).get(meeting_id, ()))

    def _items(self, meetings: Sequence[str]) -> Mapping[str, Sequence[AgendaItem]]:
        """What the person may see of the agendas of these meetings."""
        mine = (AGENDA.c.centre == self._centre, AGENDA.c.meeting_id.in_(meetings), self._seen(AGENDA))
        items: dict[str, list[AgendaItem]] = {}
        for row in self._rows(select(AGENDA).where(*mine).order_by(AGENDA.c.position)) if meetings else ():
            items.setdefault(row.meeting_id, []).append(item_of(row))
        return items

    def _agenda(self, meeting_id: str) -> Sequence[Row[Any]]:
        """The whole agenda, whoever may see it."""
        mine = (AGENDA.c.centre == self._centre, AGENDA.c.meeting_id == meeting_id)
        return self._rows(select(AGENDA).where(*mine).order_by(AGENDA.c.position))

    def _on_agenda(self, act: str, meeting_id: str, case_id: str) -> Row[Any]:
        """The meeting, if the case is on its agenda and the person may see it."""
        row = self._meeting_row(meeting_id)
        self._there(act, case_id)
        if case_id not in {item.case_id for item in self._agenda(meeting_id)}:
            raise SettledError("The case is not on the agenda of this meeting.", remedy="Put it on first.")
        return row

    def _put_on(self, row: Row[Any], items: Sequence[AgendaItem]) -> None:
        held = self._agenda(row.meeting_id)
        seen = {item.case for item in self._items([row.meeting_id]).get(row.meeting_id, ())}
        wanted = [item.case for item in items]
        if len(set(wanted)) != len(wanted):
            raise RecordError("One of them stands twice.", remedy="Name each once.", where="agenda")
        for case_id in wanted:
            self._there("set agenda", case_id)
        merged = list(items)
        for item in held:
            if item.case_id not in seen:
                merged.insert(int(item.position), item_of(item))
        self._settle_agenda(row, merged)

    def _settle_agenda(self, row: Row[Any], items: Sequence[AgendaItem]) -> None:
        """The whole agenda as it shall be, with all that follows from it."""
        if len(items) > MOST:
            raise RecordError(f"An agenda of {len(items)} cases is none.", remedy=f"Give at most {MOST}.")
        before, after = {item.case_id for item in self._agenda(row.meeting_id)}, {item.case for item in items}
        for case_id in sorted(before - after):
            self._refuse_done(row.meeting_id, case_id)
            self._wrote("take off agenda", case_id=case_id, meeting=row.meeting_id)
        for case_id in sorted(after - before):
            self._take_off(case_id, self._waiting_for(case_id))
            self._wrote("put on agenda", case_id=case_id, meeting=row.meeting_id)
        self._write_agenda(row, items)
        self._follow(before ^ after)

    def _write_agenda(self, row: Row[Any], items: Sequence[AgendaItem]) -> None:
        rows = agenda_rows(items)
        self._meeting_kept("set agenda", row, agenda=rows)
        here = {"centre": self._centre, "meeting_id": row.meeting_id}
        self._write(delete(AGENDA).where(*(AGENDA.c[name] == given for name, given in here.items())))
        if rows:
            self._write(insert(AGENDA), [{**here, **item} for item in rows])

    def _take_off(self, case_id: str, row: Row[Any] | None) -> None:
        """The case waits no more for the meeting that it waited for."""
        if row is None:
            return
        if row.state == OPEN:
            raise SettledError("The case is on the agenda of a meeting that is open.", remedy="Close that one first.")
        self._refuse_done(row.meeting_id, case_id)
        self._wrote("take off agenda", case_id=case_id, meeting=row.meeting_id)
        self._write_agenda(row, [item_of(item) for item in self._agenda(row.meeting_id) if item.case_id != case_id])
        self._follow([case_id])

    def _refuse_done(self, meeting_id: str, case_id: str) -> None:
        """What was decided or looked at in a meeting stays on its agenda."""
        for table in (DECISIONS, SECOND_LOOKS):
            mine = (table.c.centre == self._centre, table.c.case_id == case_id, table.c.meeting_id == meeting_id)
            if self._rows(select(table.c.entry).where(*mine).limit(1)):
                remedy = "Leave it on the agenda."
                raise SettledError("This meeting has decided or voted on the case.", remedy=remedy, where="agenda")

    def _waiting_for(self, case_id: str) -> Row[Any] | None:
        """The meeting that the case waits for: there is one at most that is not closed."""
        asked = waiting_for(self._centre, case_id)
        return next(iter(self._rows(asked)), None)

    def _with_room(self, day: str) -> Row[Any]:
        """The first planned meeting of the day that has room, or a new one."""
        mine = (MEETINGS.c.centre == self._centre, MEETINGS.c.day == day, MEETINGS.c.state == PLANNED)
        for row in self._rows(select(MEETINGS).where(*mine).order_by(MEETINGS.c.starts, MEETINGS.c.meeting_id)):
            if len(self._agenda(row.meeting_id)) < MOST:
                return row
        made = Meeting(id=token_hex(4), day=date.fromisoformat(day), title=BOARD)
        self.plan_meeting(made)
        return self._meeting_row(made.id)

    def _follow(self, cases: Iterable[str]) -> None:
        for case_id in sorted(set(cases)):
            self._follow_board(case_id)

    def _meeting_kept(
        self, act: str, row: Row[Any], *, agenda: Sequence[Mapping[str, Any]] | None = None, **new: Any
    ) -> None:
        """The row with what is new of it, and the entry that tells of it."""
        items = [dict(item._mapping) for item in self._agenda(row.meeting_id)] if agenda is None else agenda
        now = self._meeting_told(act, {**row._mapping, **new}, items)
        self._write(update(MEETINGS).where(*self._of_meeting(row.meeting_id)).values(**now))

    def _meeting_told(self, act: str, row: dict[str, Any], agenda: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        now = {**row, "version": row["version"] + 1, "changed_by": self._link.actor, "changed_at": self._link.at}
        now.pop("entry", None)
        return {**now, "entry": self._wrote(act, meeting=row["meeting_id"], is_now=likeness(now, agenda))}

    def _moved_on(self, act: str, row: Row[Any]) -> MovedOn:
        self._read(act, meeting=row.meeting_id)
        return MovedOn(version=int(row.version), by=row.changed_by, at=moment(row.changed_at))

    def _refuse_closed(self, row: Row[Any]) -> None:
        if row.state == CLOSED:
            raise SettledError(f"The meeting is closed: {_who_when(row, 'closed')}.", remedy="Plan another.")

    def _refuse_nobodies(self, meeting: Meeting) -> None:
        """Who is named by a sign-in name is somebody of the centre."""
        named = sorted({one.person for one in meeting.attendance if one.person} | ({meeting.chair} - {""}))
        known = select(PEOPLE.c.person).where(PEOPLE.c.centre == self._centre, PEOPLE.c.person.in_(named))
        if len(self._rows(known)) != len(named):
            raise RecordError("There is no such person.", remedy="Look them up in the list.")


def _who_when(row: Row[Any], deed: str) -> str:
    by, at = row._mapping[f"{deed}_by"][:LONGEST_NAME], moment(row._mapping[f"{deed}_at"])
    return f"{by} {deed} it on {at:%Y-%m-%d at %H:%M} UTC"


# --- the questions, apart from who asks them: their plans are tested --------------------------------------------------


def meetings_after(centre: str, after: Spot, limit: int) -> Any:
    """A page of meetings."""
    own = MEETINGS.c
    later = tuple_(own.day, own.starts, own.meeting_id) > tuple_(*map(literal, after))
    asked = select(MEETINGS).where(own.centre == centre, own.day >= after[0], later)
    return asked.order_by(own.day, own.starts, own.meeting_id).limit(limit)
