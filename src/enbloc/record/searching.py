"""The worklist's questions, apart from who asks them: a page by its place, a search by words, counts that were kept.

A page is found by going down the list, or down the lines of a word, which stand in the same order; what few lines
answer is asked by an index of its own and put in order. A question is built once for each shape; what is asked in
particular are its parameters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal_column, or_, select, true

from enbloc.errors import RecordError
from enbloc.record.reach import Reach, within
from enbloc.record.tables import CASES, TALLIES, TEAMS, WORDS, WORKLIST

VIEWS = ("all", "urgent", "board", "missing", "due")
DEGREES = ("stop", "urgent", "caution", "note", "")
"""How loud a case is; the order of the list."""
FEW = 1000
"""So many lines are looked up one by one; if there are more, some are soon met on the way down the list."""
MANY = 5000
"""A word that stands in so many lines is a common one, however many there are."""
SPELLINGS = 8
"""So many words that begin alike are gone down each for itself."""
END = "~"
"""After every place in the list."""
MOST_WORDS = 8
LONGEST_QUESTION = 200
LONGEST_WORD = 40
OPEN, CLOSED = "", "*"
"""Whose a tally is: cases open to the centre, closed ones; those of a person stand under their name."""
_LAST = "\U0010ffff"


def _given(name: str) -> Any:
    return bindparam(name)


CENTRE, ACTOR, TODAY, SOON, AFTER, MOST = map(_given, ("centre", "actor", "today", "soon", "after", "most"))
_OWN_TEAM = and_(TEAMS.c.centre == CENTRE, TEAMS.c.person == ACTOR)
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
    """The place of a line in the list: the loudest first, then the day it is due, then its key.

    What is urgent and has its day stands among the stops that have theirs: a clock that runs comes before a stop that
    waits for a signature.
    """
    loudness = "stop" if due and degree == "urgent" else degree
    return f"{DEGREES.index(loudness)}_{due or '~'}_{case_id}"


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


@cache
def tallied(reach: Reach) -> Any:
    """How many lines each view has for the person."""
    whose = {Reach.ALL: (OPEN, CLOSED), Reach.CENTRE: (OPEN, ACTOR), Reach.TEAM: (ACTOR,)}[reach]
    own = TALLIES.c
    counts = or_(
        *(own.view == view for view in ("all", "urgent", "missing")),
        and_(own.view == "board", own.day >= TODAY),
        and_(own.view == "due", own.day <= SOON),
    )
    mine = (own.centre == CENTRE, or_(*(own.who == who for who in whose)), counts)
    return select(own.view, func.sum(own.lines).label("lines")).where(*mine).group_by(own.view)


# --- pages ------------------------------------------------------------------------------------------------------------


class Way(Enum):
    """How the lines of a page are found."""

    DOWN = "down"
    """Going down the list, from line to line."""
    LISTED = "listed"
    """All of the view, put in order."""
    TEAM = "team"
    """The cases whose team names the person, put in order."""
    SPELLED = "spelled"
    """Going down the lines of one word, of those that begin as the rarest does."""
    ONE_WORD = "one word"
    """The cases with the rarest word, put in order."""


@cache
def page(way: Way, view: str, reach: Reach, words: int, known: tuple[int, ...] = ()) -> Any:
    """A page of the lines that the person may see and that have all the words, the rarest first.

    Of those that are ``known`` it is given how they go on.
    """
    lines = _lines(reach).where(_in_view(view))
    if way is Way.DOWN:
        down = lines.where(WORKLIST.c.spot > AFTER, WORKLIST.c.spot <= bindparam("until"))
        return down.where(*map(_has, range(words))).order_by(WORKLIST.c.spot).limit(MOST)
    if way is Way.SPELLED:
        of_word = and_(WORDS.c.centre == WORKLIST.c.centre, WORDS.c.case_id == WORKLIST.c.case_id)
        down = lines.join(WORDS, of_word).where(WORDS.c.centre == CENTRE, WORDS.c.word == _given("word"))
        others = (_stands_beside(other) if other in known else _has(other, WORDS) for other in range(1, words))
        down = down.where(WORDS.c.spot > AFTER, *others)
        return down.order_by(WORDS.c.spot).limit(MOST)
    spot = WORKLIST.c.spot.concat("")  # their place is kept from the database's eye: it would go down the list
    few = lines.where(spot > AFTER).order_by(spot).limit(MOST)
    if way is Way.ONE_WORD:
        return few.where(WORKLIST.c.case_id.in_(_with(0, *range(1, words))))
    if way is Way.TEAM:
        few = few.where(WORKLIST.c.case_id.in_(select(TEAMS.c.case_id).where(_OWN_TEAM)))
    return few.where(*map(_has, range(words)))


@cache
def spelled() -> Any:
    """The words that begin as one does; one more than are of use, if there are so many."""
    own = WORDS.c
    first = select(func.min(own.word).label("word")).where(own.centre == CENTRE, *_begins(WORDS, 0))
    found = first.cte("found", recursive=True)
    later = select(func.min(own.word)).where(own.centre == CENTRE, own.word > found.c.word, *_begins(WORDS, 0))
    found = found.union_all(select(later.scalar_subquery()).where(found.c.word.is_not(None)))
    return select(found.c.word).where(found.c.word.is_not(None)).limit(SPELLINGS + 1)


@cache
def line(reach: Reach) -> Any:
    """The line of one case."""
    return _lines(reach).where(WORKLIST.c.case_id == bindparam("case_id"))


@cache
def ahead() -> Any:
    """The place that lies some lines further down the list."""
    further = select(WORKLIST.c.spot).where(WORKLIST.c.centre == CENTRE, WORKLIST.c.spot > AFTER)
    return further.order_by(WORKLIST.c.spot).offset(bindparam("lines")).limit(1)


@cache
def counted() -> Any:
    """How often a word begins so, counted no further than is of use."""
    hits = select(WORDS.c.word).where(WORDS.c.centre == CENTRE, *_begins(WORDS, 0)).limit(MANY).subquery()
    return select(func.count()).select_from(hits)


def beginnings(words: Sequence[str]) -> dict[str, str]:
    """The words as the questions take them."""
    given = {f"word_{number}": word for number, word in enumerate(words)}
    return given | {f"end_{number}": word + _LAST for number, word in enumerate(words)}


def _lines(reach: Reach) -> Any:
    """Lines with what a person is told of them, in the order in which they are told, and then their place."""
    case = and_(CASES.c.centre == WORKLIST.c.centre, CASES.c.case_id == WORKLIST.c.case_id)
    of_team = and_(TEAMS.c.centre == WORKLIST.c.centre, TEAMS.c.case_id == WORKLIST.c.case_id)
    own = (column for column in WORKLIST.c if column.name not in ("centre", "spot"))
    told = (*own, exists().where(of_team).label("is_closed"), CASES.c.saved_by, CASES.c.saved_at, WORKLIST.c.spot)
    asked = select(*told).join_from(WORKLIST, CASES, case)
    return asked.where(WORKLIST.c.centre == CENTRE, within(reach, ACTOR, WORKLIST))


def _in_view(view: str) -> ColumnElement[bool]:
    """Whether a line is in a view; said as the indexes of these lines say it."""
    own = WORKLIST.c
    return {
        "all": true(),
        "urgent": own.spot < str(DEGREES.index("caution")),
        "missing": own.missing > literal_column("0"),
        "board": and_(own.board != literal_column("''"), own.board >= TODAY),
        "due": and_(own.due != literal_column("''"), own.due <= SOON),
    }[view]


def _with(number: int, *others: int) -> Any:
    """The cases that have a word, and the others too."""
    own = WORDS.alias()
    asked = select(own.c.case_id).where(own.c.centre == CENTRE, *_begins(own, number))
    return asked.where(*(_has(other, own) for other in others))


def _has(number: int, of: Any = WORKLIST) -> ColumnElement[bool]:
    own = WORDS.alias()
    case = and_(own.c.centre == of.c.centre, own.c.case_id == of.c.case_id)
    return exists().where(case, *_begins(own, number))


def _stands_beside(number: int) -> ColumnElement[bool]:
    """Whether a word of those that begin like this one stands at the same place: its lines lie together."""
    own = WORDS.alias()
    same = and_(own.c.centre == WORDS.c.centre, own.c.spot == WORDS.c.spot)
    return exists().where(same, own.c.word.in_(bindparam(f"spelled_{number}", expanding=True)))


def _begins(own: Any, number: int) -> tuple[ColumnElement[bool], ...]:
    return (own.c.word >= bindparam(f"word_{number}"), own.c.word < bindparam(f"end_{number}"))
