"""What would change the picture: each open question answered every way, and the case judged again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enbloc.decide.decision import Act, Holds
from enbloc.decide.options import words_of
from enbloc.decide.questions import Question, questions
from enbloc.decide.recommendation import Answered, Change, Why
from enbloc.decide.situation import Situation
from enbloc.decide.supposing import Basis, Moved, Supposed, suppose
from enbloc.stage.score import Score


def changes(now: Basis) -> tuple[Change, ...]:
    """For each input in question what its answers would do, the most telling first; what changes nothing is left out.

    The order: what puts another option first, what changes the branch, what makes a stop hold, what closes one, what
    moves a score; among equals by how many stops it moves, then as first read.
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


def _weight(change: Change) -> tuple[bool, bool, bool, bool, int]:
    each = change.answers
    moved = {stop for one in each for stop in (*one.opens, *one.closes)}
    return (
        not any(one.leading for one in each),
        not any(one.branch for one in each),
        not any(one.opens for one in each),
        not moved,
        -len(moved),
    )


def effect_of(now: Basis, then: Supposed) -> Answered:
    """The difference between the case as it stands and as supposed; without words if there is none."""
    several = len(now.lesions) > 1
    leading: list[str] = []
    branch: list[str] = []
    closes: list[str] = []
    opens: list[str] = []
    rules: list[str] = []
    for id, moved in then.lesions.items():
        before, after, tail = now.lesions[id], moved.after, f" ({id})" if several else ""
        if after.leading is not before.leading:
            leading.append(f"{_option(after.about, after.leading)}{tail}")
            rules += [f"{rule}{tail}" for rule in _voices(moved)]
        if after.about.kind is not before.about.kind:
            branch.append(f"{after.about.kind.value if after.about.kind else 'open'}{tail}")
        for stop in sorted({rule for _, rule in moved.rules if rule.startswith("STOP")}):
            was, will = before.stop(stop), after.stop(stop)
            if was is not will:
                (closes if will is None else opens if will is Holds.YES or was is None else []).append(f"{stop}{tail}")
    return Answered(
        answers=(),
        leading="; ".join(leading),
        branch="; ".join(branch),
        scores=tuple(_moved_scores(now.scores, then.scores)),
        closes=tuple(closes),
        opens=tuple(opens),
        rules=tuple(rules),
    )


def _voices(moved: Moved) -> list[str]:
    """The rules for and against options that say something else."""
    return sorted({rule for _, rule in moved.rules if not rule.startswith("STOP")})


def _option(about: Situation, act: Act | None) -> str:
    return "no option" if act is None else words_of(act, about.levels, about.kind)


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
