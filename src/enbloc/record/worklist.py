"""The worklist: one line a case, the loudest first. It is a projection: who saves or computes hands the line in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, exists, insert, select, update

from enbloc.errors import RecordError
from enbloc.record import of_case, searching
from enbloc.record.database import inserted, told
from enbloc.record.floor import Floor
from enbloc.record.jobs import UNDER_WAY
from enbloc.record.reach import Reach
from enbloc.record.searching import DEGREES, END, VIEWS, Tally, Way, asked_words, spot_of, tallies_of, words_in
from enbloc.record.tables import JOBS, PEOPLE, TALLIES, TEAMS, WORDS, WORKLIST
from enbloc.record.waiting import waiting_for
from enbloc.record.words import bounded, day_of, key, moment, page_of
from enbloc.value import value

PAGE = 50
WORKING = "working"
STATES = ("new", WORKING, "failed", "current", "out of date")
AHEAD = timedelta(days=7)
"""What falls due within a week of today is due: so long it takes to arrange it."""
LONGEST_TEXT = 2000


@value
class WorklistLine:
    """What the worklist tells of a case.

    ``worked_up`` is the version its results were computed from (0 for none); ``degree`` and ``what`` are its loudest
    rule. Board, team, and who saved it when are the record's own: what is handed in of them is not read.
    """

    case_id: str
    version: int
    worked_up: int = 0
    as_of: str = ""
    identity: str = ""
    headline: str = ""
    levels: str = ""
    histology: str = ""
    degree: str = ""
    what: str = ""
    due: str = ""
    due_what: str = ""
    missing: int = 0
    ask: str = ""
    follow_up: str = ""
    readiness: str = ""
    origin: str = ""
    state: str = "new"
    board: str = ""
    is_closed: bool = False
    saved_by: str = ""
    saved_at: datetime | None = None

    @property
    def at_rest(self) -> str:
        """The state of the case when nothing is computed for it."""
        if self.worked_up == self.version:
            return "current"
        return "out of date" if self.worked_up else "new"


@value
class WorklistPage:
    """A page of the worklist; ``next`` leads to the one after it and is empty at the end.

    ``counts`` says how many cases each view has for the person, whatever they searched for.
    """

    lines: tuple[WorklistLine, ...]
    next: str
    counts: Mapping[str, int]


_KEPT = tuple(column.name for column in WORKLIST.c if column.name not in ("centre", "board", "spot"))
_SHOWN = tuple(each.name for each in fields(WorklistLine))
_SEARCHED = (
    "case_id", "identity", "headline", "levels", "histology", "what", "due_what", "ask", "follow_up", "readiness",
)  # fmt: skip


class Listing(Floor):
    """What is done with the worklist."""

    def line_up(self, line: WorklistLine) -> bool:
        """Put the line of a case into the worklist, or in the place of its former one; board and team stay.

        False, and nothing is changed, if the case has a newer version than the one that the line is about.

        Raises
        ------
        RecordError
            If there is no such version, or the line is none.
        """
        row = _row(line)
        newest = self._there("line up", line.case_id)
        if line.version != newest:
            self._there("line up", line.case_id, line.version)
            return False
        self._wrote("line up", case_id=line.case_id, version=line.version)
        with self._counted_anew(line.case_id) as before:
            if before is None:
                self._write(insert(WORKLIST), [{"centre": self._centre, "board": self._board_of(line.case_id), **row}])
            else:
                self._write(update(WORKLIST).where(*self._of(WORKLIST, line.case_id)).values(**row))
        self._word(line.case_id, words_of(row), str(row["spot"]))
        return True

    def line(self, case_id: str) -> WorklistLine | None:
        """The line of a case; nothing if it was never lined up."""
        self._there("read line", case_id)
        self._read("read line", case_id=case_id)
        mine = self._rows(searching.line(self._reach), self._whose(case_id=case_id))
        return next(map(_line, mine), None)

    def worklist(
        self, *, today: str, view: str = "all", words: str = "", after: str = "", limit: int = PAGE
    ) -> WorklistPage:
        """A page of the worklist: running clocks first, then the loudest, then what is due earliest.

        ``board`` shows boards from ``today`` on; ``due`` what is due in the week to come, or was. Each of ``words`` is
        the beginning of a word of the line, in any case.
        """
        if view not in VIEWS:
            raise RecordError("The worklist has no such view.", remedy=f"Ask for one of: {', '.join(VIEWS)}.")
        today, soon = day_of(today), (date.fromisoformat(today) + AHEAD).isoformat()
        asked, limit = asked_words(words), page_of(limit)
        after = after and key("line of the worklist", after)
        given = self._whose(today=today, soon=soon, after=after, most=limit + 1)
        counts = self._counts(given)
        found = self._found(view, asked, counts, given)
        self._read("list worklist", view=view, words=len(asked), after=after, shown=min(len(found), limit))
        following = found[limit - 1].spot if len(found) > limit else ""
        return WorklistPage(lines=tuple(map(_line, found[:limit])), next=following, counts=counts)

    def settle_lines(self) -> None:
        """Lines that wait for a job which is not there any more tell what is known: a restored record begins none."""
        own = WORKLIST.c
        its = (JOBS.c.centre == own.centre, JOBS.c.case_id == own.case_id, JOBS.c.state.in_(UNDER_WAY))
        left = select(own.case_id).where(own.centre == self._centre, own.state == WORKING, ~exists().where(*its))
        for row in self._rows(left.order_by(own.case_id)):
            if line := self.line(row.case_id):
                self.line_up(replace(line, state=line.at_rest))

    def set_team(self, case_id: str, people: Sequence[str]) -> None:
        """Close the case to these people; without any it is open to the centre.

        Raises
        ------
        RecordError
            If one of them is nobody of the centre.
        """
        self._there("set team", case_id)
        team = sorted({key("person", person) for person in people})
        known = select(PEOPLE.c.person).where(PEOPLE.c.centre == self._centre, PEOPLE.c.person.in_(team))
        if len(self._rows(known)) != len(team):
            raise RecordError("There is no such person.", remedy="Look them up in the list.")
        self._wrote("set team", case_id=case_id, people=team)
        with self._counted_anew(case_id):
            self._write(delete(TEAMS).where(*self._of(TEAMS, case_id)))
            if team:
                here = {"centre": self._centre, "case_id": case_id}
                self._write(insert(TEAMS), [{**here, "person": person} for person in team])

    def team(self, case_id: str) -> tuple[str, ...]:
        """The people that the case is closed to; nobody if it is open to the centre."""
        self._there("read team", case_id)
        self._read("read team", case_id=case_id)
        return self._team(case_id)

    # --- below --------------------------------------------------------------------------------------------------------

    def _of(self, table: Any, case_id: str) -> tuple[Any, ...]:
        return (table.c.centre == self._centre, table.c.case_id == case_id)

    def _team(self, case_id: str) -> tuple[str, ...]:
        return tuple(row.person for row in self._rows(of_case.TEAM, self._whose(case_id=case_id)))

    def _counts(self, given: Mapping[str, Any]) -> dict[str, int]:
        found = self._rows(searching.tallied(self._reach), given)
        return {**dict.fromkeys(VIEWS, 0), **{row.view: int(row.lines) for row in found}}

    def _found(
        self, view: str, words: Sequence[str], counts: Mapping[str, int], given: Mapping[str, Any]
    ) -> Sequence[Row[Any]]:
        """One line more than a page has, if there are so many."""
        way, words = self._few(view, counts), self._rarest_first(words)
        given = {**given, "until": END, **searching.beginnings(words)}
        if not words or way is not Way.DOWN:
            return self._rows(searching.page(way, view, self._reach, len(words)), given)
        if (spelled := self._spelled(words[0])) is not None:
            return self._merged(view, spelled, words[1:], given)
        met = self._met(view, len(words), given)
        return self._rows(searching.page(Way.ONE_WORD, view, self._reach, len(words)), given) if met is None else met

    def _rarest_first(self, words: Sequence[str]) -> list[str]:
        return sorted(words, key=lambda word: (self._hits([word]), -len(word))) if len(words) > 1 else [*words]

    def _spelled(self, word: str) -> list[str] | None:
        """The words that begin so; nothing if they are many."""
        found = self._rows(searching.spelled(), self._whose(**searching.beginnings([word])))
        return [row.word for row in found] if len(found) <= searching.SPELLINGS else None

    def _merged(
        self, view: str, spelled: Sequence[str], others: Sequence[str], given: Mapping[str, Any]
    ) -> Sequence[Row[Any]]:
        """The page of all of these words; a line that has several of them stands in it once."""
        known = {number: self._spelled(word) for number, word in enumerate(others, 1)}
        given = {**given, **{f"spelled_{number}": found for number, found in known.items() if found is not None}}
        numbers = tuple(number for number, found in known.items() if found is not None)
        asked = searching.page(Way.SPELLED, view, self._reach, 1 + len(others), numbers)
        found = {row.spot: row for word in spelled for row in self._rows(asked, {**given, "word": word})}
        return [found[spot] for spot in sorted(found)[: given["most"]]]

    def _met(self, view: str, words: int, given: Mapping[str, Any]) -> Sequence[Row[Any]] | None:
        """The page, if going down the list meets it before all lines with the rarest word could be put in order."""
        if (hits := self._hits([given["word_0"]])) <= searching.FEW:
            return None
        further = self._rows(searching.ahead(), {**given, "lines": hits})
        until = further[0].spot if further else END
        met = self._rows(searching.page(Way.DOWN, view, self._reach, words), {**given, "until": until})
        return met if until == END or len(met) == given["most"] else None

    def _few(self, view: str, counts: Mapping[str, int]) -> Way:
        """The way to the lines of a view."""
        if self._reach is Reach.TEAM and counts["all"] <= searching.FEW:
            return Way.TEAM
        return Way.LISTED if view in ("board", "due") and counts[view] <= searching.FEW else Way.DOWN

    def _hits(self, words: Sequence[str]) -> int:
        """How often a word begins so, as far as that is of use."""
        found = self._rows(searching.counted(), self._whose(**searching.beginnings(words)))
        return int(found[0][0])

    @contextmanager
    def _counted_anew(self, case_id: str) -> Iterator[Row[Any] | None]:
        """What is changed of a line within this counts as it is afterwards; the line as it was comes in, if it was."""
        before, counted = self._tallied(case_id)
        yield before
        more: Counter[Tally] = self._tallied(case_id)[1]
        more.subtract(counted)
        keys = [column.name for column in TALLIES.primary_key.columns]
        for (who, view, day), lines in sorted(more.items()):
            if lines:
                row = {"centre": self._centre, "who": who, "view": view, "day": day, "lines": lines}
                with told():
                    connection = self._begun().connection
                    made, grown = inserted(connection, TALLIES).values(**row), {"lines": TALLIES.c.lines + lines}
                    connection.execute(made.on_conflict_do_update(index_elements=keys, set_=grown))

    def _lined(self, case_id: str) -> Row[Any] | None:
        return next(iter(self._rows(select(WORKLIST).where(*self._of(WORKLIST, case_id)))), None)

    def _board_of(self, case_id: str) -> str:
        """The day of the meeting that the case waits for; its agenda is what is true."""
        asked = waiting_for(self._centre, case_id)
        return next((str(row.day) for row in self._rows(asked)), "")

    def _follow_board(self, case_id: str) -> None:
        """The line says what the agendas say now."""
        line, day = self._lined(case_id), self._board_of(case_id)
        if line is not None and line.board != day:
            with self._counted_anew(case_id):
                self._write(update(WORKLIST).where(*self._of(WORKLIST, case_id)).values(board=day))

    def _tallied(self, case_id: str) -> tuple[Row[Any] | None, Counter[Tally]]:
        line = self._lined(case_id)
        return line, tallies_of(dict(line._mapping), self._team(case_id)) if line is not None else Counter()

    def _word(self, case_id: str, words: set[str], spot: str) -> None:
        """The words that the line is found by, as they are now, each with the place of the line."""
        before = {row.word for row in self._rows(select(WORDS.c.word).where(*self._of(WORDS, case_id)))}
        if gone := sorted(before - words):
            self._write(delete(WORDS).where(*self._of(WORDS, case_id), WORDS.c.word.in_(gone)))
        self._write(update(WORDS).where(*self._of(WORDS, case_id), WORDS.c.spot != spot).values(spot=spot))
        if new := sorted(words - before):
            here = {"centre": self._centre, "case_id": case_id, "spot": spot}
            self._write(insert(WORDS), [{**here, "word": word} for word in new])


def words_of(row: Mapping[str, Any]) -> set[str]:
    """The words that a line is found by."""
    return words_in(*(str(row[name]) for name in _SEARCHED))


def _row(line: WorklistLine) -> dict[str, Any]:
    for name, word, among in (("degree", line.degree, DEGREES), ("state", line.state, STATES)):
        if word not in among:
            raise RecordError(f"This is no {name} of a line.", remedy=f"Give one of: {', '.join(filter(None, among))}.")
    if line.missing < 0:
        raise RecordError("Less than nothing is missing.", remedy="Give 0 or more.")
    for day in filter(None, (line.due, line.as_of)):
        day_of(day)
    given = {name: getattr(line, name) for name in _KEPT}
    row = {name: bounded(name, one, LONGEST_TEXT) if isinstance(one, str) else one for name, one in given.items()}
    return {**row, "spot": spot_of(line.degree, line.due, key("case", line.case_id))}


def _line(row: Row[Any]) -> WorklistLine:
    told = dict(zip(_SHOWN, row, strict=False))
    told["is_closed"], told["saved_at"] = bool(row.is_closed), moment(row.saved_at)
    return WorklistLine(**told)
