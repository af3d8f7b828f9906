"""What would change the picture: each open question answered every way, and the case judged again (decisions/0013)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enbloc.decide.decision import Holds
from enbloc.decide.questions import Question, questions
from enbloc.decide.recommendation import Answered, Change, Why
from enbloc.decide.supposing import Basis, Judged, Moved, Supposed, suppose
from enbloc.stage.score import Score


def changes(now: Basis) -> tuple[Change, ...]:
    """For each input in question what its answers would do, the most telling first; what changes nothing is left out.

    The order: what puts another option first, what changes the branch, what decides a stop either way, what closes
    one, what makes one hold, what opens one, what moves a score; among equals by how many stops, then as first read.
    """
    found = [change for question in questions(now) if (change := _change(now, question)) is not None]
    return tuple(sorted((*found, *_withdrawn(now)), key=_weight))


def _change(now: Basis, question: Question) -> Change | None:
    effects: dict[Answered, list[str]] = {}
    for tried in question.answers:
        effect = effect_of(now, suppose(now, question.supposing(tried)))
        effects.setdefault(effect, []).append(tried.words)
    told = tuple(replace(effect, answers=tuple(words)) for effect, words in effects.items() if effect.words)
    if not told:
        return None
    return Change(
        fact=question.fact.id,
        about=question.about,
        ask=_asked(now, question),
        why=question.why,
        now=question.now,
        answers=told,
    )


def _asked(now: Basis, question: Question) -> str:
    several = len(now.lesions) > 1 and question.about != "patient"
    return f"{question.fact.words} ({question.about})" if several else question.fact.words


def _withdrawn(now: Basis) -> Iterator[Change]:
    """What it would mean if a stop had not been overridden: it would block again."""
    for one in now.case.overrides:
        yield Change(
            fact=f"override.{one.stop}",
            about=one.about,
            ask=f"override of {one.stop}",
            why=Why.OVERRULED,
            now=f"by {one.by}",
            answers=(Answered(answers=("withdrawn",), opens=(one.stop,)),),
        )


def _weight(change: Change) -> tuple[bool, bool, int, int]:
    """What a change flips, and then how many stops."""
    each = change.answers
    closed, held = {stop for one in each for stop in one.closes}, {stop for one in each for stop in one.holds}
    decided = 0 if closed & held else 1 if closed else 2 if held else 3 if any(one.opens for one in each) else 4
    return (
        not any(one.leading for one in each),
        not any(one.branch for one in each),
        decided,
        -len(closed | held),
    )


_NOTHING = Answered(answers=())


def effect_of(now: Basis, then: Supposed) -> Answered:
    """The difference between the case as it stands and as supposed; without words if there is none."""
    if not then.lesions and then.scores is now.scores:
        return _NOTHING
    told = [_of_lesion(now.lesions[id], moved) for id, moved in then.lesions.items()]
    tails = [f" ({id})" if len(now.lesions) > 1 else "" for id in then.lesions]
    return Answered(
        answers=(),
        leading="; ".join(f"{one.leading}{tail}" for one, tail in zip(told, tails, strict=True) if one.leading),
        branch="; ".join(f"{one.branch}{tail}" for one, tail in zip(told, tails, strict=True) if one.branch),
        closes=_all(told, tails, "closes"),
        holds=_all(told, tails, "holds"),
        opens=_all(told, tails, "opens"),
        scores=tuple(_moved_scores(now.scores, then.scores)),
        rules=_all(told, tails, "rules"),
    )


def _all(told: Sequence[Answered], tails: Sequence[str], of: str) -> tuple[str, ...]:
    return tuple(f"{each}{tail}" for one, tail in zip(told, tails, strict=True) for each in getattr(one, of))


def _of_lesion(before: Judged, moved: Moved) -> Answered:
    """What changes about one lesion; stops are compared on the acts that are offered before and after."""
    after = moved.after
    acts = tuple(act for act in before.offered if act in after.offered)
    stood = {rule: (before.stop(rule, acts), after.stop(rule, acts)) for rule in moved.stops}
    leads = after.leading is not before.leading
    branch = after.about.kind is not before.about.kind
    return Answered(
        answers=(),
        leading=after.words if leads else "",
        branch=(after.about.kind.value if after.about.kind else "open") if branch else "",
        closes=tuple(stop for stop, (was, will) in stood.items() if was is not None and will is None),
        holds=tuple(stop for stop, (was, will) in stood.items() if was is not will is Holds.YES),
        opens=tuple(stop for stop, (was, will) in stood.items() if was is None and will is Holds.UNKNOWN),
        rules=moved.voices if leads else (),
    )


_FEW = 3


def _moved_scores(before: Sequence[Score], after: Sequence[Score]) -> Iterator[str]:
    """Scores that come to other categories, or to few totals of many, as the answer would make them."""
    held = {(one.instrument, one.about): one for one in before}
    for new in after:
        old = held.get((new.instrument, new.about), new)
        told = old.categories != new.categories or (old.totals != new.totals and len(new.totals) <= _FEW)
        if told:
            reached = " or ".join(new.categories)
            totals = f"{' · '.join(map(str, new.totals))}, " if new.totals else ""
            yield f"{new.name} {totals}{reached}"
