"""Checking what moves: people against what the audit last told of them, the worklist against its cases."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, or_, outerjoin, select

from enbloc.record.fault import Fault
from enbloc.record.jobs import UNDER_WAY
from enbloc.record.people import likeness
from enbloc.record.searching import tallies_of
from enbloc.record.tables import AUDIT, CASES, JOBS, PEOPLE, TALLIES, TEAMS, WORDS, WORKLIST
from enbloc.record.worklist import WORKING, words_of

BATCH = 500
CHANGES = ("add person", "change person", "set secrets")
Key = tuple[str, str]


def of_people(connection: Connection) -> Iterator[Fault]:
    """Rights and secrets that were set past the record, and people who were added or removed past it."""
    last = _last_told(connection)
    for row in connection.execute(select(PEOPLE).order_by(PEOPLE.c.centre, PEOPLE.c.person)):
        entry, is_now = last.pop((row.centre, row.person), (0, ""))
        if (entry, is_now) != (row.entry, likeness(dict(row._mapping))):
            yield Fault(where=f"{row.centre} person {row.person}", what="the audit tells otherwise of them")
    for centre, person in sorted(last):
        yield Fault(where=f"{centre} person {person}", what="the audit tells of them, and they are gone")


def _last_told(connection: Connection) -> dict[Key, tuple[int, str]]:
    told = select(AUDIT.c.centre, AUDIT.c.entry, AUDIT.c.detail).where(AUDIT.c.act.in_(CHANGES))
    last = {}
    for row in connection.execute(told.order_by(AUDIT.c.centre, AUDIT.c.entry)):
        detail = json.loads(row.detail)
        last[row.centre, str(detail.get("person"))] = (int(row.entry), str(detail.get("is_now")))
    return last


def of_worklist(connection: Connection) -> Iterator[Fault]:
    """Lines about versions that are not there, and words or counts that are not those of the lines."""
    teams = defaultdict(list)
    for row in connection.execute(select(TEAMS)):
        teams[row.centre, row.case_id].append(row.person)
    counted: dict[str, Counter[Any]] = defaultdict(Counter)
    for row, words in _lines(connection):
        where = f"{row.centre} case {row.case_id} in the worklist"
        if row.newest is not None and row.version > row.newest:
            yield Fault(where=where, what=f"it tells of version {row.version}, and the newest is {row.newest}")
        line = dict(row._mapping)
        if words != {(word, row.spot) for word in words_of(line)}:
            yield Fault(where=where, what="the words that it is found by are not its own")
        counted[row.centre].update(tallies_of(line, teams.get((row.centre, row.case_id), [])))
    yield from _counts(connection, counted)


def _lines(connection: Connection) -> Iterator[tuple[Row[Any], set[Key]]]:
    """Every line with the version of its case, and the words that it is found by, each with its place."""
    own = WORKLIST.c
    case = and_(CASES.c.centre == own.centre, CASES.c.case_id == own.case_id)
    asked = select(WORKLIST, CASES.c.version.label("newest")).select_from(outerjoin(WORKLIST, CASES, case))
    after: Key = ("", "")
    while rows := connection.execute(
        asked.where(or_(own.centre > after[0], and_(own.centre == after[0], own.case_id > after[1])))
        .order_by(own.centre, own.case_id)
        .limit(BATCH)
    ).all():
        words = _words(connection, rows)
        yield from ((row, words.get((row.centre, row.case_id), set())) for row in rows)
        after = (rows[-1].centre, rows[-1].case_id)


def _words(connection: Connection, rows: Any) -> dict[Key, set[Key]]:
    found = defaultdict(set)
    for centre, some in groupby(rows, key=lambda row: row.centre):
        ids = [row.case_id for row in some]
        within = (WORDS.c.centre == centre, WORDS.c.case_id >= ids[0], WORDS.c.case_id <= ids[-1])
        for row in connection.execute(select(WORDS).where(*within)):
            found[row.centre, row.case_id].add((row.word, row.spot))
    return found


def _counts(connection: Connection, counted: Mapping[str, Counter[Any]]) -> Iterator[Fault]:
    kept: dict[str, Counter[Any]] = defaultdict(Counter)
    for row in connection.execute(select(TALLIES).where(TALLIES.c.lines != 0)):
        kept[row.centre][row.who, row.view, row.day] = int(row.lines)
    for centre in sorted(kept.keys() | counted.keys()):
        if kept.get(centre, Counter()) != counted.get(centre, Counter()):
            yield Fault(where=f"{centre} worklist", what="its counts are not those of its lines")


def left_out(connection: Connection) -> Iterator[str]:
    """Cases that the worklist does not show as they are; who saved them did not line them up."""
    case = and_(WORKLIST.c.centre == CASES.c.centre, WORKLIST.c.case_id == CASES.c.case_id)
    both = select(func.count()).select_from(outerjoin(CASES, WORKLIST, case))
    its = (JOBS.c.centre == CASES.c.centre, JOBS.c.case_id == CASES.c.case_id, JOBS.c.state.in_(UNDER_WAY))
    for what, words in (
        (WORKLIST.c.case_id.is_(None), "cases without a line in the worklist"),
        (WORKLIST.c.version < CASES.c.version, "lines of the worklist about an older version"),
        (and_(WORKLIST.c.state == WORKING, ~exists().where(*its)), "lines of the worklist that wait for no job"),
    ):
        if number := int(connection.execute(both.where(what)).scalar_one()):
            yield f"{number} {words}"
