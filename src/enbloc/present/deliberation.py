"""A decision in words for the board: what must be resolved, what leads and why, what else, what would change it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from enbloc.case import fact as vocabulary
from enbloc.decide.contradictory import Contradiction, Side
from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.decide.recommendation import Decision, Standing
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.asking import Stopping, open_topics, stoppings
from enbloc.present.counsel import ContradictionRow, Counsel, Held, OverrideRow, Rule
from enbloc.present.dating import clock_of, days
from enbloc.present.rules import every_rule, families, rule
from enbloc.present.weighing import changed, choices, framework, minutes, nearest_rows, override_row


def counsel(decision: Decision, *, as_of: date | None, plans: Sequence[Plan] = ()) -> Counsel:
    """Everything that is told of a decision; ``plans`` are proposed operations, whose stops are told as well."""
    held, open_ = stoppings(decision, Holds.YES), stoppings(decision, Holds.UNKNOWN)
    told = {one.stop.rule for one in (*held, *open_) if not one.is_aside}
    spoken = _spoken(decision)
    spoke = every_rule(decision, (s for plan in plans for s in _said_of(plan)))
    return Counsel(
        held=(*_held((one for one in held if not one.is_aside), len(decision.lesions)), *_of_plans(plans, held)),
        urgent=tuple(_urgent(decision)),
        waiting=_waiting(decision),
        open=open_topics(one for one in open_ if not one.is_aside),
        aside=", ".join(sorted({one.stop.rule for one in (*held, *open_)} - told)),
        contradictions=tuple(_contradiction(one) for one in decision.contradictions),
        overrides=_overrides(decision, plans),
        choices=tuple(choices(decision)),
        not_taken=tuple(_not_taken(decision)),
        unsupported=tuple(_unsupported(decision)),
        frameworks=tuple(framework(one) for one in decision.lesions if one.frameworks is not None),
        disagreements=tuple(_of_degree(spoken, Degree.CAUTION, "DISAGREE")),
        cautions=tuple(one for one in _of_degree(spoken, Degree.CAUTION) if not one.id.startswith("DISAGREE")),
        changes=tuple(changed(one) for one in decision.changes),
        nearest=tuple(nearest_rows(decision)),
        days=days(decision.timeline, as_of, several=len(decision.lesions) > 1),
        minutes=tuple(minutes(one) for one in decision.lesions),
        missing=decision.missing,
        pending=families(_pending(decision)),
        rules=spoke,
        sources=tuple(sorted({cite for one in spoke for cite in one.cites})),
        judged=_judged(decision),
        draft_share=words.quantity(decision.draft_share, vocabulary.Unit.SHARE),
    )


def _judged(decision: Decision) -> str:
    drafts = f"{decision.drafts} of them drafts not yet compared with their source"
    overdue = f", {decision.overdue} due for review" if decision.overdue else ""
    return f"{decision.rules} rules judged, {drafts}{overdue}"


def _said_of(plan: Plan) -> tuple[Statement, ...]:
    return (*plan.stops, *(one.stop for one in plan.overridden), *plan.supports, *plan.against, *plan.rules)


# --- what must be resolved --------------------------------------------------------------------------------------------
def _held(those: Iterable[Stopping], lesions: int) -> Iterator[Held]:
    """Stops that hold: first those of the case and of the leading option; the same of several lesions stands once."""
    same: dict[tuple[str, str, str, str], list[Stopping]] = {}
    for one in sorted(those, key=lambda one: not one.leads):
        same.setdefault((one.stop.rule, one.stop.do, one.stop.because, one.of), []).append(one)
    for first, *more in same.values():
        about = _abouts([one.stop.about for one in (first, *more)], lesions)
        yield Held(rule=rule(first.stop), of=", ".join(part for part in (first.of, about) if part), clock="")


def _abouts(abouts: Sequence[str], lesions: int) -> str:
    """The lesions that something concerns; empty where it is every one, or the patient."""
    named = [one for one in dict.fromkeys(abouts) if one not in ("", "patient")]
    if not named or len(named) == lesions:
        return ""
    return f"lesion{'s' if len(named) > 1 else ''} {', '.join(named)}"


def _of_plans(plans: Iterable[Plan], known: Sequence[Stopping]) -> Iterator[Held]:
    """Stops that hold of a proposed operation alone."""
    said = {(one.stop.rule, one.stop.about) for one in known}
    for plan in plans:
        for stop in plan.stops:
            if stop.holds is Holds.YES and (stop.rule, stop.about) not in said:
                yield Held(rule=rule(stop), of=f"proposed operation {plan.id}", clock="")


def _urgent(decision: Decision) -> Iterator[Held]:
    """What a clock runs for: of the case, and of the leading options; whatever RED says is always among it."""
    leading = [one for one in decision.options if one.standing is Standing.LEADING]
    found = [s for lesion in decision.lesions for s in lesion.said.speaks]
    found += [s for option in leading for s in option.every]
    same: dict[tuple[str, str, str], list[Statement]] = {}
    for one in found:
        if one.holds is Holds.YES and _is_urgent(one):
            same.setdefault((one.rule, one.do, one.because), []).append(one)
    for first, *more in same.values():
        of = _abouts([one.about for one in (first, *more)], len(decision.lesions))
        yield Held(rule=rule(first), of=of, clock=clock_of(first.rule, first.about, decision.timeline))


def _is_urgent(one: Statement) -> bool:
    return one.degree is Degree.URGENT or (one.rule.startswith("RED-") and one.degree is not Degree.STOP)


_FIRST = 2


def _waiting(decision: Decision) -> str:
    """Urgent rules of the case and of the leading options that cannot be judged yet, with what most of them ask."""
    leading = [one for one in decision.options if one.standing is Standing.LEADING]
    found = [s for lesion in decision.lesions for s in lesion.said.pending]
    found += [s for option in leading for s in option.every]
    open_ = list(_each(one for one in found if one.holds is Holds.UNKNOWN and _is_urgent(one)))
    if not open_:
        return ""
    asked = Counter(ask for one in open_ for ask in one.ask)
    first = [ask for ask, _ in asked.most_common(_FIRST)]
    more = f" · and {len(asked) - _FIRST} more, in the annex" if len(asked) > _FIRST else ""
    ids = dict.fromkeys(one.rule for one in open_)
    return f"{', '.join(ids)}. Ask first: {' · '.join(first)}{more}"


def _each(those: Iterable[Statement]) -> Iterator[Statement]:
    """Each once, whether several lesions or a case and its act say it."""
    yield from {(one.rule, one.do, one.because): one for one in those}.values()


def _spoken(decision: Decision) -> list[Statement]:
    return list(_each(one for one in decision.statements if one.holds is Holds.YES))


def _of_degree(those: Iterable[Statement], degree: Degree, family: str = "") -> Iterator[Rule]:
    yield from (rule(one) for one in those if one.degree is degree and one.rule.startswith(family))


def _pending(decision: Decision) -> Iterator[Statement]:
    for lesion in decision.lesions:
        yield from lesion.said.pending
        for option in lesion.options:
            yield from option.pending


def _contradiction(one: Contradiction) -> ContradictionRow:
    """A contradiction with both of its sides, each with where it stands."""
    return ContradictionRow(words=one.words, sides=tuple(_side(side) for side in one.sides), ask=(one.ask,))


def _side(one: Side) -> str:
    where = ", ".join(part for part in (one.source.document, one.source.place, one.source.by) if part)
    return f"{one.words}: {one.value} ({where})"


# --- overrides --------------------------------------------------------------------------------------------------------
def _overrides(decision: Decision, plans: Iterable[Plan]) -> tuple[OverrideRow, ...]:
    """Each override that meets a stop, once."""
    met = [one for lesion in decision.lesions for one in lesion.overridden]
    met += [one for option in decision.options for one in option.overridden]
    met += [one for plan in plans for one in plan.overridden]
    return tuple(dict.fromkeys(override_row(one) for one in met))


def _not_taken(decision: Decision) -> Iterator[str]:
    """Of a lesion without a rejected option, what its summary names instead: a board always reads one."""
    for lesion in decision.lesions:
        if all(one.standing is not Standing.REJECTED for one in lesion.options):
            yield from lesion.summary.rejected


def _unsupported(decision: Decision) -> Iterator[str]:
    """The options that no rule speaks for, together."""
    for lesion in decision.lesions:
        names = [one.words for one in lesion.options if one.standing is Standing.UNSUPPORTED]
        if names:
            head = f"lesion {lesion.about}: " if len(decision.lesions) > 1 else ""
            yield head + " · ".join(names)
