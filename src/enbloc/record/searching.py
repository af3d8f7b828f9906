"""The worklist's questions, apart from who asks them: a page by its place, a search by words, counts that were kept.

A question that few lines answer is asked by an index of its own and put in order; one that many answer is found by
going down the list. Both take about as long, however many cases there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, true

from enbloc.errors import RecordError
from enbloc.record.reach import Reach
from enbloc.record.tables import CASES, TALLIES, TEAMS, WORDS, WORKLIST

VIEWS = ("all", "urgent", "board", "missing", "due")
DEGREES = ("stop", "urgent", "caution", "note", "")
"""How loud a case is; the order of the list."""
FEW = 1000
"""So many lines are looked up one by one; if there are more, some are soon met on the way down the list."""
MOST_WORDS = 8
LONGEST_QUESTION = 200
LONGEST_WORD = 40
OPEN, CLOSED = "", "*"
"""Whose a tally is: cases open to the centre, closed ones; those of a person stand under their name."""
_LAST = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")


def words_in(*texts: str) -> set[str]:
    """The words of a text as they are looked for: without case and accents.

    Examples
    --------
    >>> sorted(words_in("Chordoma, T11–T12"))
    ['chordoma', 't11', 't12']
    """
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return {word[:LONGEST_WORD] for word in _WORD.findall(bare)}


def asked_words(question: str) -> tuple[str, ...]:
    """The beginnings of words that a question gives; one that begins another says nothing more.

    Raises
    ------
    RecordError
        If there are too many.
    """
    given = sorted(words_in(question)) if len(question) <= LONGEST_QUESTION else []
    if len(given) > MOST_WORDS or (question and len(question) > LONGEST_QUESTION):
        raise RecordError("These are too many words to search for.", remedy=f"Give at most {MOST_WORDS}.")
    return tuple(word for word, more in pairwise([*given, ""]) if not more.startswith(word))


def spot_of(degree: str, due: str, case_id: str) -> str:
    """The place of a line in the list: the loudest first, then the day it is due, then its key."""
    return f"{DEGREES.index(degree)}_{due or '~'}_{case_id}"


# --- tallies ----------------------------------------------------------------------------------------------------------

Tally = tuple[str, str, str]


def tallies_of(line: Mapping[str, Any], team: Sequence[str]) -> Counter[Tally]:
    """Where a line counts: for whom, in which view, on which day."""
    views = [("all", "")]
    views += [("urgent", "")] if line["degree"] in DEGREES[:2] else []
    views += [("missing", "")] if line["missing"] > 0 else []
    views += [("board", line["board"])] if line["board"] else []
    views += [("due", line["due"])] if line["due"] else []
    return Counter((who, *view) for who in ((CLOSED, *team) if team else (OPEN,)) for view in views)


def tallied(centre: str, reach: Reach, actor: str, today: str, soon: str) -> Any:
    """How many lines each view has for the person."""
    whose = {Reach.ALL: (OPEN, CLOSED), Reach.CENTRE: (OPEN, actor), Reach.TEAM: (actor,)}[reach]
    own = TALLIES.c
    counts = or_(
        own.view.in_(("all", "urgent", "missing")),
        and_(own.view == "board", own.day >= today),
        and_(own.view == "due", own.day <= soon),
    )
    mine = (own.centre == centre, own.who.in_(whose), counts)
    return select(own.view, func.sum(own.lines).label("lines")).where(*mine).group_by(own.view)


# --- pages ------------------------------------------------------------------------------------------------------------


def lines_of(centre: str, view: ColumnElement[bool], seen: ColumnElement[bool], words: Iterable[str]) -> Any:
    """The lines of a view that the person may see and that have all the words."""
    case = and_(CASES.c.centre == WORKLIST.c.centre, CASES.c.case_id == WORKLIST.c.case_id)
    of_team = and_(TEAMS.c.centre == WORKLIST.c.centre, TEAMS.c.case_id == WORKLIST.c.case_id)
    told = (CASES.c.saved_by, CASES.c.saved_at, exists().where(of_team).label("is_closed"))
    asked = select(WORKLIST, *told).join(CASES, case).where(WORKLIST.c.centre == centre, view, seen)
    return asked.where(*(_has(word) for word in words))


def walked(lines: Any, after: str, limit: int) -> Any:
    """A page, going down the list."""
    return lines.where(WORKLIST.c.spot > after).order_by(WORKLIST.c.spot).limit(limit)


def sorted_out(lines: Any, after: str, limit: int) -> Any:
    """A page of few lines, which are found first and then put in order: their place is kept from the database's eye."""
    spot = WORKLIST.c.spot.concat("")
    return lines.where(spot > after).order_by(spot).limit(limit)


def in_view(view: str, today: str, soon: str) -> ColumnElement[bool]:
    """Whether a line is in a view; said as the indexes of these lines say it."""
    own = WORKLIST.c
    return {
        "all": true(),
        "urgent": own.spot < str(DEGREES.index("caution")),
        "missing": own.missing > literal_column("0"),
        "board": and_(own.board != literal_column("''"), own.board >= today),
        "due": and_(own.due != literal_column("''"), own.due <= soon),
    }[view]


def one_of(case_ids: Iterable[str]) -> ColumnElement[bool]:
    """Whether a line is about one of these cases."""
    return WORKLIST.c.case_id.in_(sorted(set(case_ids)))


def of_member(centre: str, person: str) -> ColumnElement[bool]:
    """Whether a line is about a case whose team names the person."""
    return WORKLIST.c.case_id.in_(select(TEAMS.c.case_id).where(TEAMS.c.centre == centre, TEAMS.c.person == person))


def hits(centre: str, word: str) -> Any:
    """Cases with a word that begins so; if there are more than a few it is of no use to know which."""
    return select(WORDS.c.case_id).where(WORDS.c.centre == centre, *_begins(word)).limit(FEW + 1)


def _has(word: str) -> ColumnElement[bool]:
    case = and_(WORDS.c.centre == WORKLIST.c.centre, WORDS.c.case_id == WORKLIST.c.case_id)
    return exists().where(case, *_begins(word))


def _begins(word: str) -> Iterator[ColumnElement[bool]]:
    yield WORDS.c.word >= word
    yield WORDS.c.word < word + _LAST
