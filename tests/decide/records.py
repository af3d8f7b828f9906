"""Whole records drawn at random for the laws of the pathway: plausible one fact at a time, over the whole vocabulary.

Each is drawn from one number, so that the number alone is the example: ``record(4711)`` is the same record every time.
What contradicts itself is withheld before a law is asked, as it is before the rules are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case, entered, recorded
from enbloc.case.fact import ENTERABLE, FACTS, Fact, Subject
from enbloc.case.finding import Entry, Finding, Findings, Interval
from enbloc.case.lesion import Lesion
from enbloc.case.neurology import Neurology
from enbloc.case.override import Override
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.circumstances import Circumstances
from enbloc.decide.contradictions import doubted
from enbloc.decide.deciding import settled
from enbloc.decide.decision import Act
from enbloc.decide.families import PARAMETERS
from enbloc.decide.histology import Histology, histologies
from enbloc.decide.pathway import Pathway, pathway
from enbloc.decide.recommendation import Decision
from enbloc.errors import RecordError
from enbloc.stage.classes import classes
from enbloc.stage.score import Score
from enbloc.stage.scoring import scores
from enbloc.value import value
from tests.decide.agreeing import agreeing
from tests.decide.situations import READY, TODAY

Choice = Callable[[Fact[Any]], bool]


@value
class Record:
    """A record with what is known of it and the circumstances; nothing in it contradicts itself."""

    case: Case
    findings: Findings
    circumstances: Circumstances

    @property
    def scores(self) -> tuple[Score, ...]:
        return (*scores(self.case, self.findings), *classes(self.case, self.findings))

    @property
    def heard(self) -> Pathway:
        """What every rule says of it."""
        return pathway(self.case, self.findings, self.scores, circumstances=self.circumstances)

    @property
    def decided(self) -> Decision:
        """The decision on it, without the question of what would change it."""
        return settled(self.case, self.findings, self.scores, circumstances=self.circumstances)

    def without(self, *keys: tuple[str, str]) -> Record:
        """The same record with some answers forgotten."""
        left = tuple(one for one in self.findings.found if (one.fact, one.about) not in keys)
        return replace(self, findings=Findings(found=left))

    def with_(self, *more: Finding[Any]) -> Record:
        """The same record with other answers."""
        keys = {(one.fact, one.about) for one in more}
        kept = tuple(one for one in self.findings.found if (one.fact, one.about) not in keys)
        return replace(self, findings=Findings(found=(*kept, *more)))


records = st.integers(0, 2**32 - 1)
"""The numbers that records are drawn from."""


def record(
    seed: int,
    *,
    lesions: int = 1,
    may_state: Choice = lambda _: True,
    age: float | None = None,
    overridden: bool = False,
) -> Record:
    """The record of a number: a tumour of any branch, its levels, what is known, what was done, what is overridden."""
    dice = random.Random(seed)
    while True:
        with suppress(RecordError):  # what a record refuses, such as a solitary lesion among many, is drawn again
            case = _case(dice, lesions, may_state, overridden)
            found = recorded(case) | entered(case)
            held = doubted(case, Findings(found=tuple(_aged(found, age))))
            circumstances = _circumstances(dice)
            spread = tuple(_spread(dice, one) for one in held.findings.found)
            return Record(case=held.case, findings=Findings(found=spread), circumstances=circumstances)


def _aged(found: Findings, age: float | None) -> Iterator[Finding[Any]]:
    """The findings with the patient's age as wanted, if any is."""
    for one in found.found:
        if age is None or one.fact != f.AGE.id:
            yield one
    if age is not None:
        yield Entry(fact=f.AGE.id, about="patient", value=age).answers(0)


def _case(dice: random.Random, lesions: int, may_state: Choice, overridden: bool) -> Case:
    held = tuple(_lesion(dice, "ABCDE"[at]) for at in range(lesions))
    share = dice.uniform(0.05, 0.95)
    asked = [one for one in VOCABULARY if may_state(one)]
    lines = [
        entry(one, subject, dice)
        for one in asked
        for subject in _subjects(one, held)
        if dice.random() < _likely(one, share)
    ]
    return Case(
        id="drawn",
        as_of=TODAY,
        lesions=held,
        neurology=Neurology(since=dice.choice([None, None, TODAY - timedelta(days=dice.randint(0, 9))])),
        treatments=tuple(_treatment(dice, held[0]) for _ in range(dice.choice([0, 0, 1, 2, 3]))),
        findings=tuple(agreeing(lines, dice)),
        overrides=tuple({(one.stop, one.about, one.act): one for one in _overrides(dice, overridden)}.values()),
    )


def _ids() -> tuple[Fact[Any], ...]:
    """What a person may enter of a patient or a lesion, except what the tumour is, which is drawn as a whole."""
    drawn = {f.HISTOLOGY.id, f.KIND.id}
    return tuple(
        one for id, one in FACTS.items() if id in ENTERABLE and one.about is not Subject.LEVEL and id not in drawn
    )


VOCABULARY = _ids()
_OF_COURSE = ("course.", "monitor.", "discharge.", "pathology.", "follow.")
"""What is known only during or after an operation: half as often as the rest."""


_ELSEWHERE = frozenset({f.LEVELS.id, f.LEVELS_OPEN.id, f.MAIN_LEVEL.id, f.CORD_LEVEL.id})
"""What says where the lesion lies, beside the levels of the record: seldom."""


def _likely(named: Fact[Any], share: float) -> float:
    if named.id in _ELSEWHERE:
        return share / 10
    return share / 2 if named.id.startswith(_OF_COURSE) else share


def _subjects(named: Fact[Any], lesions: tuple[Lesion, ...]) -> tuple[str, ...]:
    return ("patient",) if named.about is Subject.PATIENT else tuple(one.id for one in lesions)


# --- the tumour -------------------------------------------------------------------------------------------------------
_REGIONS = (
    (Level.C1, Level.C2),
    (Level.C5,),
    (Level.C7, Level.T1),
    (Level.T8,),
    (Level.T11, Level.T12, Level.L1),
    (Level.L3,),
    (Level.L5,),
    (Level.S1,),
    (Level.S3, Level.S4),
    (),
)


def _lesion(dice: random.Random, id: str) -> Lesion:
    """A lesion of any branch: by name with or without its kind, by kind alone, or of nobody knows what."""
    tumour = dice.choice(histologies())
    named = dice.random() < 0.85
    proven = dice.choice([True, True, False, None])
    return Lesion(
        id=id,
        levels=dice.choice(_REGIONS),
        histology=tumour.name if named else dice.choice([None, None, "a tumour nobody listed"]),
        kind=tumour.kind if dice.random() < 0.7 else None,
        proven=proven,
        solitary=dice.choice([True, False, None]),
    )


def of_tumour(given: Record, tumour: Histology, lesion: str = "A") -> Record:
    """The same record of a tumour of the table."""
    lines = (
        Entry(fact=f.HISTOLOGY.id, about=lesion, value=tumour.name).answers(0),
        *(Entry(fact=f.KIND.id, about=lesion, value=one.value).answers(0) for one in tumour.kinds[:1]),
    )
    return given.with_(*lines)


# --- what is known ----------------------------------------------------------------------------------------------------
def entry(named: Fact[Any], about: str, dice: random.Random) -> Entry:
    """A line of the record that states a fact, with a value at random; a number often lies at a limit of its unit."""
    count = dice.choice([1, 1, 2]) if named.many else 1
    drawn = tuple(dict.fromkeys(_some(named, dice) for _ in range(count)))
    return Entry(fact=named.id, about=about, value=drawn if named.many else drawn[0])


def _some(named: Fact[Any], dice: random.Random) -> Any:
    if issubclass(named.type, Enum):
        return dice.choice(list(named.type)).value
    if named.type is bool:
        return dice.random() < 0.5
    if named.type is str:
        return dice.choice(_WORDS.get(named.id, ["something"]))
    if named.type in (date, datetime):
        hours = dice.randint(6, 240) if named.id.startswith("plan.") else -dice.randint(0, 1500)
        moment = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=hours)
        return moment.isoformat() if named.type is datetime else moment.date().isoformat()
    return _number(named, dice)


_WORDS = {
    f.AMBULATION.id: ["independent", "aided", "none"],
    f.WBB_LAYERS.id: list("ABCDEF"),
    f.WBB_LAYERS_OPEN.id: list("ABCDEF"),
}


def _number(named: Fact[Any], dice: random.Random) -> Any:
    low, high = (default if end is None else end for end, default in ((named.low, 0), (named.high, 100)))
    near = [one for one in _limits(named.unit.value) if low <= one <= high]
    if near and dice.random() < 0.5:
        at = min(high, max(low, dice.choice(near) + dice.choice([-0.1, 0.0, 0.1])))
    else:
        at = dice.uniform(low, high)
    if named.step is not None:
        return named.type(low + round((at - low) / named.step) * named.step)
    return round(at) if named.type is int else round(at, 2)


@cache
def _limits(unit: str) -> tuple[float, ...]:
    """Every number that a rule compares something of this unit with."""
    return tuple(sorted({one.number for one in PARAMETERS if one.unit == unit}))


def _spread(dice: random.Random, found: Finding[Any]) -> Finding[Any]:
    """A number is now and then an interval, as a measured one is."""
    named = FACTS[found.fact]
    if named.type is not float or named.many or dice.random() < 0.7:
        return found
    low, high = (found.value if end is None else end for end in (named.low, named.high))
    width = dice.uniform(0, 0.1) * (high - low)
    return replace(found, interval=Interval(low=max(low, found.value - width), high=min(high, found.value + width)))


# --- what was done, and what is overridden ----------------------------------------------------------------------------
def _treatment(dice: random.Random, lesion: Lesion) -> Treatment:
    kind = dice.choice(list(TreatmentKind))
    began = TODAY - timedelta(days=dice.choice([3, 6, 7, 8, 13, 20, 27, 28, 60, 149, 151, 400]))
    courses = kind is TreatmentKind.RADIOTHERAPY
    drug = dice.choice(["bevacizumab", "sunitinib", "docetaxel", "denosumab", "letrozole", "nobody's drug"])
    return Treatment(
        kind=kind,
        what=drug if kind is TreatmentKind.SYSTEMIC else kind.value,
        levels=dice.choice([lesion.levels, (), (Level.L2,)]),
        started=dice.choice([began, None]),
        ended=dice.choice([began, None]),
        dose_gy=dice.choice([8.0, 20.0, 30.0, None]) if courses else None,
        fractions=dice.choice([1, 5, 10, None]) if courses else None,
    )


def _overrides(dice: random.Random, many: bool) -> Iterator[Override]:
    for _ in range(12 if many else dice.choice([0, 0, 1, 3])):
        yield Override(
            stop=f"STOP-{dice.randint(1, 42):02d}",
            about=dice.choice(["patient", "A"]),
            act=dice.choice(["", dice.choice(list(Act)).value]),
            by="R. Example",
            on=TODAY,
            because="the cord cannot wait: paraparesis since noon",
        )


def _circumstances(dice: random.Random) -> Circumstances:
    if dice.random() < 0.5:
        return READY
    return Circumstances(
        ct_slice_mm=dice.choice([None, 0.8, 1.0, 3.0]),
        mr_dates=tuple(TODAY - timedelta(days=days) for days in dice.choice([(), (3,), (22,), (29,), (100,)])),
        labels_confirmed=dice.random() < 0.5,
        level_confirmed=dice.random() < 0.5,
        as_of=TODAY,
    )
