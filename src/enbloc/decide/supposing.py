"""A case judged again with one answer supposed: only rules that read what changed are asked again.

Only rules that can move a stop or an option take part. Each remembers the facts and scores that it read when it was
first judged; whatever it did not read cannot change what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.finding import Finding
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.families import CASE_RULES, OF_ACT
from enbloc.decide.known import SCORE, Known
from enbloc.decide.known import Key as Read
from enbloc.decide.options import words_of
from enbloc.decide.pathway import acts_of
from enbloc.decide.ranking import Voice, Weighed, ranked, standings, weigh
from enbloc.decide.recommendation import Standing
from enbloc.decide.rule import Rule
from enbloc.decide.situation import Situation, situation
from enbloc.stage.classes import classes
from enbloc.stage.score import Score
from enbloc.stage.scoring import escc_score, sins_score


def _is_decisive(rule: Rule) -> bool:
    return rule.degree is Degree.STOP or bool(rule.favours or rule.against)


Key = tuple[str, str]
"""A rule and the act that it was asked about, by their names; no act where it speaks about the case."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decisive rule, asked about the case or about an act."""

    act: Act | None
    rule: Rule
    key: Key
    is_stop: bool


def _asked(act: Act | None, rules: Iterable[Rule]) -> tuple[Asked, ...]:
    name = "" if act is None else act.value
    return tuple(
        Asked(act=act, rule=rule, key=(name, rule.id), is_stop=rule.degree is Degree.STOP)
        for rule in rules
        if _is_decisive(rule)
    )


def _moves(one: Asked, act: Act) -> bool:
    return act in one.rule.favours or act in one.rule.against


_OF_CASE = _asked(None, CASE_RULES)
_OF_ACT = {act: _asked(act, OF_ACT[act]) for act in Act}
_VOICES = {act: tuple(one for one in (*_OF_CASE, *_OF_ACT[act]) if _moves(one, act)) for act in Act}
"""The rules that decide the place of each act."""

_MOVERS = {act: tuple(one for one in _OF_ACT[act] if _moves(one, act)) for act in Act}
_OTHERS = {act: tuple(one for one in _OF_ACT[act] if one.is_stop and not _moves(one, act)) for act in Act}
"""The rules about an act that decide its place, and the stops that do not."""

_STOPS = frozenset(one.rule.id for those in (_OF_CASE, *_OF_ACT.values()) for one in those if one.is_stop)
_MOVING = frozenset(one.key for those in _VOICES.values() for one in those)
_BUILDS = {vocabulary.KIND.id, vocabulary.HISTOLOGY.id, vocabulary.LEVELS.id}
"""Facts that a situation is made from: with another answer every rule is asked again."""

Heard = Mapping[Key, Holds | None]
Scoring = Callable[[Known], tuple[Score, ...]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the decisive rules say of one lesion, which act leads, and which of them read what.

    The place of every act is judged, and the stops of those that are ``offered``: supported and not rejected.
    """

    about: Situation
    acts: tuple[Act, ...]
    offered: tuple[Act, ...]
    heard: Heard
    leading: Act | None
    readers: Mapping[Read, tuple[Asked, ...]]
    branched: frozenset[Read]  # what the branch, and with it the acts, was read from

    @property
    def words(self) -> str:
        """The option that leads; where none does yet, the one that stands first if its rules turn out to hold."""
        if self.leading is not None:
            return self._words_of(self.leading)
        return f"none yet, {self._words_of(self.offered[0])} first if its rules hold" if self.offered else "none"

    def _words_of(self, act: Act) -> str:
        return words_of(act, self.about.levels, self.about.kind)

    @property
    def placing(self) -> tuple[Read, ...]:
        """What the rules read that decide the place of an act."""
        return tuple(read for read, those in self.readers.items() if any(one.key in _MOVING for one in those))

    def stop(self, id: str, acts: Iterable[Act]) -> Holds | None:
        """How a stop stands, of the case or of one of these acts; that it holds goes before that it may."""
        found = {self.heard.get((name, id)) for name in ("", *(act.value for act in acts))}
        return Holds.YES if Holds.YES in found else Holds.UNKNOWN if Holds.UNKNOWN in found else None


def judged(about: Situation) -> Judged:
    """The decisive rules on one lesion, and on each act of its branch."""
    about.findings.read.clear()
    acts = acts_of(about)
    branched = frozenset(about.findings.taken())
    ear = _Ear(about)
    heard: dict[Key, Holds | None] = {}
    readers: dict[Read, list[Asked]] = defaultdict(list)

    def hear(those: Iterable[Asked]) -> None:
        for one in those:
            heard[one.key], read = ear.hear(one)
            for each in read:
                readers[each].append(one)

    hear((*_OF_CASE, *(one for act in acts for one in _MOVERS[act])))
    leading, offered = _offered(acts, heard)
    hear(one for act in offered for one in _OTHERS[act])
    told = {read: tuple(those) for read, those in readers.items()}
    return Judged(
        about=about,
        acts=acts,
        offered=offered,
        heard=heard,
        leading=leading,
        readers=told | dict.fromkeys(branched - told.keys(), ()),
        branched=branched,
    )


class _Ear:
    """Asks rules about one lesion; what a rule says without looking at the plan holds for every act it concerns."""

    def __init__(self, about: Situation) -> None:
        self._planned: dict[Act | None, Situation] = {None: about}
        self._shared: dict[str, tuple[Holds | None, tuple[Read, ...]]] = {}

    def hear(self, one: Asked) -> tuple[Holds | None, tuple[Read, ...]]:
        """How a rule stands, and what it read."""
        held = self._shared.get(one.rule.id) if one.act is not None else None
        if held is not None:
            return held
        about = self._about(one.act)
        about.findings.read.clear()
        about.forget_plan()
        verdict = one.rule.judge(about)
        holds = None if verdict is None else Holds.UNKNOWN if isinstance(verdict, Unknown) else Holds.YES
        told = (holds, about.findings.taken())
        if one.act is not None and not about.forget_plan():
            self._shared[one.rule.id] = told
        return told

    def _about(self, act: Act | None) -> Situation:
        if act not in self._planned:
            about = self._planned[None]
            assert act is not None, "the lesion by itself is there from the beginning"
            self._planned[act] = about.planning(PlanFacts(act=act, about=about.about, levels=about.levels))
        return self._planned[act]


def _offered(acts: Iterable[Act], heard: Heard) -> tuple[Act | None, tuple[Act, ...]]:
    """The act that leads, if any, and all that are supported and not rejected."""
    order = ranked(_weighed(act, heard) for act in acts)
    stand = dict(zip((one.act for one in order), standings(order), strict=True))
    leading = next((act for act, how in stand.items() if how is Standing.LEADING), None)
    return leading, tuple(act for act, how in stand.items() if how in (Standing.LEADING, Standing.POSSIBLE))


def _weighed(act: Act, heard: Heard) -> Weighed:
    voices = ((one.rule, heard.get(one.key)) for one in _VOICES[act])
    return weigh(act, (Voice(rule=rule, holds=holds) for rule, holds in voices if holds is not None))


@dataclass(frozen=True, slots=True)
class Basis:
    """A case as it stands: its scores, its lesions judged, and the facts that the scores were read from."""

    case: Case
    known: Known
    scores: tuple[Score, ...]
    circumstances: Circumstances
    lesions: Mapping[str, Judged]
    scored: tuple[tuple[Scoring, frozenset[Read]], ...]  # every fact that each scoring asked for, known or not


def basis(case: Case, known: Known, scores: tuple[Score, ...], *, circumstances: Circumstances) -> Basis:
    """The case as it stands, ready to be judged again."""
    scored = tuple((scoring, _read_by(scoring, known)) for scoring in _scorings(case))
    lesions = {
        lesion.id: judged(situation(case, known, scores, lesion.id, circumstances=circumstances))
        for lesion in case.lesions
    }
    return Basis(
        case=case,
        known=known,
        scores=scores,
        circumstances=circumstances,
        lesions=lesions,
        scored=scored,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """One lesion judged again: as it then stands, and the rules that say something else."""

    after: Judged
    rules: tuple[Key, ...]

    @property
    def stops(self) -> tuple[str, ...]:
        """Those that are stops, by their ids."""
        return tuple(sorted({rule for _, rule in self.rules if rule in _STOPS}))

    @property
    def voices(self) -> tuple[str, ...]:
        """Those that speak for or against an option, by their ids."""
        return tuple(sorted({rule for key in self.rules if key in _MOVING and (rule := key[1]) not in _STOPS}))


@dataclass(frozen=True, slots=True)
class Supposed:
    """The case with one answer supposed: its scores, and each lesion of which a decisive rule says something else."""

    scores: tuple[Score, ...]
    lesions: Mapping[str, Moved]


def suppose(
    now: Basis, findings: Sequence[Finding[Any]], *, scores: tuple[Score, ...] | None = None, whole: bool = True
) -> Supposed:
    """The case if all of this were so; ``scores`` are given where they are supposed themselves.

    Where not the ``whole`` is asked for, only rules that decide the place of an act are judged again.
    """
    known = now.known.supposing(*findings)
    answered = {(one.fact, one.about) for one in findings}
    then = scores if scores is not None else _scores(now, known, answered)
    read = answered if then is now.scores else answered | _rescored(now.scores, then)
    lesions = {}
    for id, before in now.lesions.items():
        if any(fact in _BUILDS and about == id for fact, about in answered):
            again = judged(situation(now.case, known, then, id, circumstances=now.circumstances))
            lesions[id] = Moved(after=again, rules=_differing(before.heard, again.heard))
        elif not read.isdisjoint(before.readers):
            moved = _again(before, known, then, read, whole=whole)
            if moved.rules or moved.after.acts != before.acts:
                lesions[id] = moved
    return Supposed(scores=then, lesions=lesions)


def _differing(before: Heard, after: Heard) -> tuple[Key, ...]:
    keys = dict.fromkeys((*before, *after))
    return tuple(key for key in keys if before.get(key) is not after.get(key))


def _scores(now: Basis, known: Known, answered: set[Read]) -> tuple[Score, ...]:
    """The scores with these answers: those that no answer touches stay as they were handed over."""
    touched = [scoring for scoring, read in now.scored if not answered.isdisjoint(read)]
    if not touched:
        return now.scores
    again = {_place(one): one for scoring in touched for one in scoring(known)}
    kept = tuple(again.pop(_place(one), one) for one in now.scores)
    return (*kept, *again.values())


def _scorings(case: Case) -> Iterator[Scoring]:
    """The instruments by which rules judge, each apart: an answer touches few of them."""
    for lesion in case.lesions:
        yield partial(_sins, case, lesion.id)
        yield partial(_escc, case, lesion.id)
    yield partial(classes, case)


def _sins(case: Case, lesion: str, known: Known) -> tuple[Score, ...]:
    return (sins_score(case, known, lesion, {}),)


def _escc(case: Case, lesion: str, known: Known) -> tuple[Score, ...]:
    return (escc_score(case, known, lesion),)


def _read_by(scoring: Scoring, known: Known) -> frozenset[Read]:
    known.read.clear()
    scoring(known)
    return frozenset(known.taken())


def _place(one: Score) -> tuple[str, str]:
    return (one.instrument, one.about)


def _rescored(before: Iterable[Score], then: Iterable[Score]) -> set[Read]:
    """What rules would have read of the scores that come out otherwise."""
    held = {_place(one): one for one in before}
    return {(f"{SCORE}{one.instrument}", one.about) for one in then if held.get(_place(one)) != one}


def _again(before: Judged, known: Known, scores: tuple[Score, ...], read: set[Read], *, whole: bool) -> Moved:
    """The lesion with only those rules asked again that read one of these, and those that place an act that is new."""
    about = before.about.supposing(known, scores, read)
    acts = before.acts if read.isdisjoint(before.branched) else acts_of(about)
    concerned = [one for each in read for one in before.readers.get(each, ())]
    concerned += [one for act in acts if act not in before.acts for one in _MOVERS[act]]
    asked = {one.key: one for one in concerned if whole or one.key in _MOVING}
    ear = _Ear(about)
    told = {key: holds for key, one in asked.items() if (holds := ear.hear(one)[0]) is not before.heard.get(key)}
    heard = {**before.heard, **told} if told else before.heard
    leading, offered = before.leading, before.offered
    if acts != before.acts or not _MOVING.isdisjoint(told):
        leading, offered = _offered(acts, heard)
    after = replace(before, about=about, acts=acts, offered=offered, heard=heard, leading=leading)
    return Moved(after=after, rules=tuple(told))
