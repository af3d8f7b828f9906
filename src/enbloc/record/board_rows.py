"""What stands in the rows of the board, and its likeness: the digest by which the audit knows a row again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from enbloc.case.board import AgendaItem, Attendance, Joined, Meeting, MeetingState, Specialty
from enbloc.errors import RecordError
from enbloc.record.board_values import MeetingLine
from enbloc.record.documents import fingerprint
from enbloc.record.searching import words_in
from enbloc.record.words import holdable, moment, moment_if

_NOT_LIKENED = ("centre", "entry", "shown_case", "shown_view", "shown_by", "shown_turn")
"""Where a row is, and what is shown just now: it changes with every key that a presenter presses."""
_OF_ITEM = ("case_id", "position", "lesions", "question")


def likeness(row: Mapping[str, Any], agenda: Iterable[Mapping[str, Any]] = ()) -> str:
    """The digest of a row, and of the agenda if it is a meeting's: what was set past the record is found by it."""
    own = {name: given for name, given in row.items() if name not in _NOT_LIKENED}
    items = [[item[name] for name in _OF_ITEM] for item in agenda]
    return sha256(json.dumps([own, items], sort_keys=True).encode()).hexdigest()


def meeting_row(meeting: Meeting) -> dict[str, Any]:
    """What a meeting says of itself, as its row holds it."""
    return {
        "meeting_id": meeting.id,
        "day": meeting.day.isoformat(),
        "starts": meeting.starts,
        "place": meeting.place,
        "title": meeting.title,
        "chair": meeting.chair,
        "state": meeting.state.value,
        "attendance": json.dumps([_attending(one) for one in meeting.attendance]),
    }


def _attending(one: Attendance) -> dict[str, str]:
    return {"name": one.name, "specialty": one.specialty.value, "how": one.how.value, "person": one.person}


def agenda_rows(items: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """The rows of an agenda, in its order."""
    return [
        {"case_id": item.case, "position": at, "lesions": json.dumps(item.lesions), "question": item.question}
        for at, item in enumerate(items)
    ]


def item_of(row: Row[Any]) -> AgendaItem:
    """An item of an agenda."""
    return AgendaItem(case=row.case_id, lesions=tuple(json.loads(row.lesions)), question=row.question)


def line_of_meeting(row: Row[Any], agenda: Sequence[AgendaItem]) -> MeetingLine:
    """A meeting with the part of its agenda that somebody may see."""
    is_seen = row.shown_case in {item.case for item in agenda}
    return MeetingLine(
        meeting=replace(meeting_of(row), agenda=tuple(agenda)),
        version=int(row.version),
        changed_by=row.changed_by,
        changed_at=moment(row.changed_at),
        opened_by=row.opened_by,
        opened_at=moment_if(row.opened_at),
        closed_by=row.closed_by,
        closed_at=moment_if(row.closed_at),
        shown=row.shown_case if is_seen else "",
        view=row.shown_view if is_seen else "",
        shown_by=row.shown_by if is_seen else "",
        turn=int(row.shown_turn),
    )


def meeting_of(row: Row[Any]) -> Meeting:
    """What a row says of a meeting, without its agenda."""
    return Meeting(
        id=row.meeting_id,
        day=date.fromisoformat(row.day),
        starts=row.starts,
        place=row.place,
        title=row.title,
        chair=row.chair,
        state=MeetingState(row.state),
        attendance=tuple(
            Attendance(
                name=one["name"],
                specialty=Specialty(one["specialty"]),
                how=Joined(one["how"]),
                person=one["person"],
            )
            for one in json.loads(row.attendance)
        ),
    )


# --- what is read out of the document of a decision -------------------------------------------------------------------


def decision_row(document: str) -> dict[str, Any]:
    """What the row of a decision tells of its document.

    Raises
    ------
    RecordError
        If it is none of a decision.
    """
    data = decision_of(document)
    told = {name: holdable(data[name]) for name in ("lesion", "way", "meeting", "supersedes")}
    return {
        "case_id": data["case"],
        "decision_id": data["id"],
        "lesion": told["lesion"],
        "way": told["way"],
        "meeting_id": told["meeting"],
        "supersedes": told["supersedes"],
        "version": data["of"]["version"],
        "document": document,
        "sha256": fingerprint(document),
    }


def decision_of(document: str) -> Mapping[str, Any]:
    """The document of a decision as it can be read."""
    try:
        data = json.loads(document)
        texts = [data[name] for name in ("id", "case", "lesion", "way", "meeting", "supersedes")]
        is_one = all(isinstance(text, str) for text in texts) and type(data["of"]["version"]) is int
        is_one = is_one and all(isinstance(one["rule"], str) for one in data["disagreements"])
    except (ValueError, KeyError, TypeError, RecursionError):
        is_one = False
    if not is_one:
        raise RecordError("This is no document of a decision.", remedy="Give the JSON of a decision.")
    found: Mapping[str, Any] = data
    return found


def disagreement_rows(document: str) -> Iterator[dict[str, Any]]:
    """The rules that were not agreed with, one row each, with the words that each is found by."""
    for position, one in enumerate(decision_of(document)["disagreements"]):
        told = {name: holdable(str(one[name])) for name in ("rule", "name", "because")}
        yield {"position": position, **told, "words": "".join(f" {word}" for word in sorted(words_in(*told.values())))}
