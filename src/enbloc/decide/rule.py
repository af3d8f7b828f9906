"""What a rule is, how one is declared, and what it says of a situation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from enbloc.case.answer import Answer, Unknown
from enbloc.decide.acts import EVERY
from enbloc.decide.decision import Act, Degree, Holds, Statement
from enbloc.decide.review import REVIEW_BY, VALID_FROM
from enbloc.decide.situation import Situation
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation, cite
from enbloc.value import value

VERSION = "pathway 0.2, 2026-11-20"

PROJECT = Citation(
    key="project",
    authors="enbloc",
    title="Clinical pathway knowledge base: rules of this project",
    year=2026,
    where="pathway 0.2, sections B and C",
)
"""What a rule cites that no paper states."""


@value
class Advice:
    """One thing to do, and the fact of this case that calls for it."""

    do: str
    because: str


Verdict = Advice | Unknown | None
"""The rule speaks; it cannot be judged yet; it does not hold."""


@value
class Rule:
    """A published statement as code. Call it with a situation.

    ``favours`` and ``against`` are the acts that the statement speaks for and against. ``acts`` are those that a rule
    about an act concerns: it is not asked about any other. After the day of ``review_by`` it still speaks, and is due
    to be compared with its sources again.
    """

    id: str
    statement: str
    degree: Degree
    strength: str
    checked: Checked
    cites: tuple[Citation, ...]
    judge: Callable[[Situation], Verdict]
    favours: tuple[Act, ...] = ()
    against: tuple[Act, ...] = ()
    acts: tuple[Act, ...] = EVERY
    disagrees: tuple[str, ...] = ()
    version: str = VERSION
    valid_from: date = VALID_FROM
    review_by: date = REVIEW_BY

    @property
    def family(self) -> str:
        """The family of its id: ``STER`` of STER-04."""
        return self.id.rpartition("-")[0]

    def is_overdue(self, day: date) -> bool:
        """Whether its review is due on a day: the day of ``review_by`` itself is not too late."""
        return day > self.review_by

    def __call__(self, situation: Situation) -> Verdict:
        """What it says; nothing of an act that it does not concern, nor without an act where it concerns some alone."""
        return self.judge(situation) if situation.may_ask(self.acts) else None


def rule(
    id: str,
    *,
    cites: tuple[str, ...],
    checked: Checked,
    strength: str,
    degree: Degree = Degree.NOTE,
    favours: tuple[Act, ...] = (),
    against: tuple[Act, ...] = (),
    acts: tuple[Act, ...] = EVERY,
    disagrees: tuple[str, ...] = (),
) -> Callable[[Callable[[Situation], Verdict]], Rule]:
    """Declare a function to be a rule; its docstring is the published statement, ``cites`` are bibliography keys.

    Raises
    ------
    RecordError
        If there is no statement, no citation, or one that the bibliography does not know.
    """

    def declare(judge: Callable[[Situation], Verdict]) -> Rule:
        statement = " ".join((judge.__doc__ or "").split())
        if not statement or not cites:
            raise RecordError(f"Rule {id} has no statement or no citation.", remedy="Give it both.")
        return Rule(
            id=id,
            statement=statement,
            degree=degree,
            strength=strength,
            checked=checked,
            cites=tuple(PROJECT if key == PROJECT.key else cite(key) for key in cites),
            judge=judge,
            favours=favours,
            against=against,
            acts=acts,
            disagrees=disagrees,
        )

    return declare


def when(condition: Answer, *, do: str, because: str) -> Verdict:
    """Advice if the condition holds, the unknown if it cannot be judged, nothing if it does not hold."""
    if isinstance(condition, Unknown):
        return condition
    return Advice(do=do, because=because) if condition else None


def spoken(judged: Rule, situation: Situation) -> Statement | None:
    """What a rule says of a situation; a stop that cannot be judged is open, and says what would close it.

    A rule that did not look at the plan says the same of every act that it concerns, and is not asked again.
    """
    if not situation.may_ask(judged.acts):
        return None
    memory, read = situation.memory, situation.findings.read
    held: tuple[Rule, Statement | None] | None = memory.get(id(judged))
    if held is not None:
        return held[1]
    read.clear()
    situation.forget_plan()
    verdict = judged.judge(situation)
    said = None if verdict is None else _stated(judged, situation, verdict)
    if not situation.forget_plan():
        memory[id(judged)] = (judged, said)  # the rule is kept, so that its place is no other's
    read.clear()
    return said


def _stated(judged: Rule, situation: Situation, verdict: Advice | Unknown) -> Statement:
    """A verdict with everything that the rule brings along."""
    if isinstance(verdict, Unknown):
        holds, (ask, do) = Holds.UNKNOWN, _asked(verdict.ask)
        because = "Cannot be excluded." if judged.degree is Degree.STOP else "Cannot be judged yet."
    else:
        holds, ask, do, because = Holds.YES, (), verdict.do, verdict.because
    return Statement(
        rule=judged.id,
        degree=judged.degree,
        holds=holds,
        statement=judged.statement,
        do=do,
        because=because,
        ask=ask,
        about=situation.about,
        strength=judged.strength,
        checked=judged.checked,
        cites=judged.cites,
        disagrees=judged.disagrees,
        read=tuple([f"{fact} about {about}" for fact, about in situation.findings.read]),
    )


@lru_cache(maxsize=4096)
def _asked(questions: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Questions in the order of their words, and what to do about them; most are asked by many rules."""
    ask = tuple(sorted(questions))
    return ask, f"Find out: {' · '.join(ask)}"
