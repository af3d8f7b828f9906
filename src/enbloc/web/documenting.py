"""What the papers of a board are made from, out of the record: of each case the version and result that were looked at.

It is read in one turn and set on paper afterwards, so that nobody waits for a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from enbloc.case.board import AgendaItem, DecidedOn, Decision, Way
from enbloc.case.case import Case
from enbloc.errors import RecordError
from enbloc.exchange.document import from_json
from enbloc.present.case_page import CasePage
from enbloc.present.decision_sheet import Settled, moment
from enbloc.present.minutes import Heard
from enbloc.present.presented import Presented, presented, presented_alone
from enbloc.present.spoken import Asked, Looked
from enbloc.web.deciding import stands_at
from enbloc.web.listing import KIND, Listing, content_of

if TYPE_CHECKING:
    from enbloc.record import DecisionLine, MeetingLine, UnitOfWork

_BOARD = re.compile("axial|sagittal|solid")
"""In the names of the pictures that a board looks at."""
UNREADABLE = "Its page was written by another version of enbloc and cannot be read here: read its report."


@dataclass(frozen=True, kw_only=True)
class Material:
    """A version of a case as it lies in the record, with the page and the files of the result that was looked at."""

    version: int
    document: str
    page: bytes = b""
    listing: Listing | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def told(self) -> tuple[Presented, CasePage | None]:
        """The case as it was presented, and its page if it has one that can be read."""
        alone = presented_alone(from_json(Case, self.document), version=self.version)
        if not self.page:
            return alone, None
        try:
            page = from_json(CasePage, self.page.decode())
        except RecordError:
            mark = self.listing.fingerprint if self.listing else ""
            return replace(alone, fingerprint=mark, headlines=(UNREADABLE,)), None
        return presented(page, version=self.version), page


@dataclass(frozen=True, kw_only=True)
class Discussed:
    """A case of a meeting before it is set on paper."""

    item: AgendaItem
    material: Material
    settled: tuple[Settled, ...]
    asked: tuple[Asked, ...] = ()
    looked: tuple[Looked, ...] = ()

    def heard(self) -> Heard:
        """The same in words."""
        shown, _ = self.material.told()
        return Heard(shown=shown, item=self.item, settled=self.settled, asked=self.asked, looked=self.looked)


# --- cases ------------------------------------------------------------------------------------------------------------
def material(work: UnitOfWork, case_id: str, on: DecidedOn, *, with_pictures: bool = False) -> Material:
    """The version and the result that were looked at."""
    document, listing = work.read_case(case_id, on.version).document, _listing(work, case_id, on)
    if listing is None:
        return Material(version=on.version, document=document)
    shown = {name: held for name, held in listing.pictures.items() if with_pictures and _BOARD.search(name)}
    pictures = {name: content_of(work, case_id, held) for name, held in shown.items()}
    page = content_of(work, case_id, listing.page)
    return Material(version=on.version, document=document, page=page, listing=listing, pictures=pictures)


def document_of(work: UnitOfWork, case_id: str, on: DecidedOn, names: Iterable[str]) -> bytes | None:
    """The first of these documents that the result has; nothing if it has none."""
    listing = _listing(work, case_id, on)
    held = [listing.documents[name] for name in names if name in listing.documents] if listing else []
    return content_of(work, case_id, held[0]) if held else None


def _listing(work: UnitOfWork, case_id: str, on: DecidedOn) -> Listing | None:
    if not on.worked_up:
        return None
    for found in work.results(case_id, on.worked_up):
        if (found.number, found.kind) == (on.result, KIND):
            return from_json(Listing, work.read_file(case_id, found.sha256).decode())
    return None


def stood_at(work: UnitOfWork, case_id: str, at: datetime | None) -> DecidedOn:
    """The newest version at a moment and its latest result by then, so that old minutes never tell what came later."""
    if at is None:
        return stands_at(work, case_id)
    newest = work.read_case(case_id).line.version
    then = next((each for each in range(newest, 0, -1) if work.read_case(case_id, each).line.at <= at), 1)
    for version in range(then, 0, -1):
        found = [each for each in work.results(case_id, version) if each.kind == KIND and each.at <= at]
        if found:
            return DecidedOn(version=then, worked_up=version, result=found[-1].number)
    return DecidedOn(version=then)


# --- decisions --------------------------------------------------------------------------------------------------------
def settled(line: DecisionLine, *, ratified: str = "", superseded: str = "") -> Settled:
    """A decision as it was kept."""
    return Settled(decision=from_json(Decision, line.document), ratified=ratified, superseded=superseded)


def as_it_stands(work: UnitOfWork, line: DecisionLine) -> Settled:
    """A decision with what became of it since."""
    ratified = superseded = ""
    if line.ratified_at is not None:
        day = work.meeting(line.ratified_in).meeting.day.isoformat()
        ratified = f"by the meeting of {day}, recorded by {named(work, line.ratified_by)}, {moment(line.ratified_at)}"
    if line.superseded_by:
        after = work.decision(line.case_id, line.superseded_by)
        superseded = f"by decision {after.decision_id}, {moment(after.at)}"
    return settled(line, ratified=ratified, superseded=superseded)


def discussed(work: UnitOfWork, line: MeetingLine) -> tuple[Discussed, ...]:
    """The cases of a meeting, each with what was decided in it; nothing that happened after it ended."""
    made = work.decisions_of(line.meeting.id)
    return tuple(_discussed(work, item, made, line) for item in line.meeting.agenda)


def _discussed(work: UnitOfWork, item: AgendaItem, made: Iterable[DecisionLine], line: MeetingLine) -> Discussed:
    mine = [one for one in made if one.case_id == item.case]
    here = {one.decision_id for one in mine}
    done = tuple(settled(one, superseded=_replaced(one, here)) for one in mine)
    on = done[-1].decision.of if done else stood_at(work, item.case, line.closed_at)
    return Discussed(
        item=item,
        material=material(work, item.case, on),
        settled=done,
        asked=asked(work, line.meeting.id, item.case, line.closed_at),
        looked=looked(work, line.meeting.id, item.case, line.closed_at),
    )


def _replaced(line: DecisionLine, here: set[str]) -> str:
    return f"by decision {line.superseded_by} of this meeting" if line.superseded_by in here else ""


def by_phone(work: UnitOfWork, line: MeetingLine) -> tuple[Discussed, ...]:
    """What was decided by phone about the cases of a meeting: ratified in it, changed by it, or left to be ratified."""
    here = {one.decision_id for one in work.decisions_of(line.meeting.id)}
    return tuple(
        _phoned(work, one, line, here)
        for item in line.meeting.agenda
        for one in _waiting(work.decisions(item.case), line, here)
    )


def _waiting(those: Sequence[DecisionLine], line: MeetingLine, here: set[str]) -> Iterator[DecisionLine]:
    """Decisions by phone that this meeting settled, or that nobody had settled when it ended."""
    made_at = {one.decision_id: one.at for one in those}
    ended = line.closed_at or datetime.max.replace(tzinfo=UTC)
    for one in those:
        settled_at = (one.ratified_at, made_at.get(one.superseded_by))
        is_waiting = one.at <= ended and all(at is None or at > ended for at in settled_at)
        is_ours = one.ratified_in == line.meeting.id or one.superseded_by in here
        if one.way == Way.QUORUM.value and (is_ours or is_waiting):
            yield one


def _phoned(work: UnitOfWork, one: DecisionLine, line: MeetingLine, here: set[str]) -> Discussed:
    ratified = ""
    if one.ratified_in == line.meeting.id and one.ratified_at is not None:
        ratified = f"in this meeting, recorded by {named(work, one.ratified_by)}, {moment(one.ratified_at)}"
    made = settled(one, ratified=ratified, superseded=_replaced(one, here))
    held = material(work, one.case_id, made.decision.of)
    return Discussed(item=AgendaItem(case=one.case_id), material=held, settled=(made,))


# --- what was said ----------------------------------------------------------------------------------------------------
def asked(work: UnitOfWork, meeting_id: str, case_id: str, until: datetime | None) -> tuple[Asked, ...]:
    """What was asked about a case in a meeting, by a moment."""
    mine = (one for one in work.asked(meeting_id) if one.case_id == case_id and _was(one.at, until))
    return tuple(Asked(words=one.words, by=one.by, at=one.at) for one in mine)


def looked(work: UnitOfWork, meeting_id: str, case_id: str, until: datetime | None) -> tuple[Looked, ...]:
    """The second looks at a case in a meeting: told only if they were revealed by that moment."""
    return tuple(
        Looked(lesion=one.lesion, given=one.given, because=one.because, looks=one.looks)
        if one.revealed_at is not None and _was(one.revealed_at, until)
        else Looked(lesion=one.lesion, given=one.given)
        for one in work.looks(meeting_id, case_id)
    )


def _was(at: datetime, until: datetime | None) -> bool:
    return until is None or at <= until


# --- people -----------------------------------------------------------------------------------------------------------
def named(work: UnitOfWork, person: str) -> str:
    """The name of somebody by that which they sign in with, or that if the centre knows nobody of it."""
    with suppress(RecordError):
        return work.person(person).name
    return person


def names_in(work: UnitOfWork, those: Iterable[Settled], *also: str) -> dict[str, str]:
    """The names of everybody who is to do something, and of others."""
    every = [one.decision for one in those]
    people = {task.owner for one in every for task in one.tasks} | {one.responsible or "" for one in every}
    return {person: named(work, person) for person in sorted(people | set(also)) if person}


def who_spoke(asked: Iterable[Asked], looked: Iterable[Looked]) -> set[str]:
    """Those who asked something, or gave a second look that was revealed."""
    return {one.by for one in asked} | {look.person for one in looked for look in one.looks}
