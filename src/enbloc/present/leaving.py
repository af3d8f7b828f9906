"""How a specimen leaves the patient and by which way the surgeon goes in, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from enbloc.case.fact import Unit
from enbloc.decide.decision import Degree, Holds
from enbloc.plan.approach import Approaches, Choice
from enbloc.plan.delivery.delivery import Delivery, Move, Outcome, Passing
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.planned import Block, Line
from enbloc.present.prices import unknown

_LOUD: dict[Outcome, tuple[Degree, str] | None] = {
    Outcome.FREE: None,
    Outcome.BLOCKED: (Degree.STOP, "BLOCKED"),
    Outcome.NOT_FOUND: (Degree.CAUTION, "NO WAY FOUND"),
    Outcome.UNKNOWN: (Degree.CAUTION, "NOT KNOWN"),
}
_NEAREST = 3
_WAYS = 2


def way_out_block(plan: Plan) -> Block | None:
    """Whether the specimen can leave, by which way, past what, or what blocks it; nothing without a specimen."""
    if plan.resected is None:
        return None
    return Block(title="Way out of the specimen", lines=tuple(_way_out(plan.resected.delivery)))


def moves_block(plan: Plan) -> Block | None:
    """The way step by step, and how near the specimen comes to each structure: told aside."""
    found = plan.resected.delivery if plan.resected else None
    if found is None or not (found.moves or found.passings):
        return None
    steps = [Line(label=f"move {nth}", said=f"to {_move(one)}") for nth, one in enumerate(_legs(found.moves), 1)]
    near = [Line(label=str(one.structure), said=_passing(one)) for one in _in_order(found)]
    return Block(title="Way out, move by move", lines=(*steps, *near), note=_searched(found), is_aside=True)


def _way_out(found: Delivery) -> Iterator[Line]:
    loud = _LOUD[found.outcome]
    yield Line(
        label="the specimen",
        said=_outcome(found),
        degree=loud[0] if loud else None,
        word=loud[1] if loud else "",
        is_unknown=found.outcome is Outcome.UNKNOWN,
    )
    if found.missing:
        yield unknown("missing labels", ", ".join(found.missing))
    if found.blockers:
        yield Line(label="in the way", said=", ".join(str(one) for one in found.blockers))
    if found.freed_by:
        yield Line(label="would free it", said=" or ".join(found.freed_by))
    near = [f"{one.structure} {words.margin(one.nearest_mm)}" for one in _in_order(found)[:_NEAREST]]
    if near:
        yield Line(label="nearest to it", said=" · ".join(near))
    if found.searched is not None:
        yield Line(label="not looked at", said="; ".join(found.searched.not_checked))


def _outcome(found: Delivery) -> str:
    """What is known of the way; one that was found while a label is missing is never called free."""
    steps = f"in {words.counted(len(_legs(found.moves)), 'move')}" if found.moves else ""
    if found.outcome is Outcome.FREE:
        return f"can leave {found.way} {steps}".rstrip()
    if found.outcome is Outcome.UNKNOWN:
        return f"past what is labelled there is a way {found.way} {steps}".rstrip() if found.moves else words.UNKNOWN
    return str(found.outcome.value)


def _in_order(found: Delivery) -> list[Passing]:
    return sorted(found.passings, key=lambda one: one.nearest_mm)


def _passing(one: Passing) -> str:
    way = "" if one.way_mm is None else f", {words.margin(one.way_mm)} on the way"
    kept = f"; {one.clearance_mm:g}{words.THIN}mm to be kept"
    return f"{words.margin(one.start_mm)} where it lies{way}{kept}"


def _legs(moves: Sequence[Move]) -> tuple[Move, ...]:
    """The poses at which a way ends or changes its direction, without the one that it begins at."""
    steps = [_step(one, other) for one, other in pairwise(moves)]
    return tuple(moves[nth + 1] for nth, step in enumerate(steps) if nth + 1 == len(steps) or steps[nth + 1] != step)


def _step(one: Move, other: Move) -> tuple[float, float, float]:
    turned, left, back = other.turn_deg - one.turn_deg, other.left_mm - one.left_mm, other.back_mm - one.back_mm
    return round(turned, 3), round(left, 3), round(back, 3)


def _move(one: Move) -> str:
    """A pose on the way, with its sides: ``12.0 mm left, 40.0 mm back, turned 30° (its front to its left)``."""
    parts = [
        f"{words.quantity(abs(mm), Unit.MM)} {ways[mm < 0]}"
        for mm, ways in ((one.left_mm, ("left", "right")), (one.back_mm, ("back", "forward")))
        if mm
    ]
    if one.turn_deg:
        side = "left" if one.turn_deg > 0 else "right"
        parts.append(f"turned {words.quantity(abs(one.turn_deg), Unit.DEGREE)} (its front to its {side})")
    return ", ".join(parts) or "where it lay"


def _searched(found: Delivery) -> str:
    held = found.searched
    if held is None:
        return ""
    steps = (
        f"{held.turn_step_deg:g}° and {held.move_step_mm:g}{words.THIN}mm, as far as {held.reach_mm:g}{words.THIN}mm"
    )
    return f"{held.poses} poses of {held.voxels} outermost voxels looked at, in steps of {steps}."


# --- the way in -------------------------------------------------------------------------------------------------------
def approaches_said(found: Approaches | None) -> str:
    """The number of approaches of the way that stands first, with its words."""
    first = found.first if found else None
    return words.UNKNOWN if first is None else f"{first.count_words} ({first.kind.value})"


def approach_block(plan: Plan) -> Block:
    """The ways that the rows prefer, the safer first, each with its rules."""
    if plan.operation is Operation.OBSERVATION:
        return Block(title="Approach", lines=(Line(label="way in", said="none is needed"),))
    found = plan.approach
    if found is None:
        return Block(title="Approach", lines=(unknown("way in", "no row was asked"),))
    ways = tuple(_way(nth, one) for nth, one in enumerate(found.choices, 1))
    types = tuple(
        Line(label=f"technique {one.number}", said=one.words, notes=(one.because, *one.notes))
        for one in found.techniques
    )
    none = () if ways else (unknown("way in", "no row names one for this operation here"),)
    more = words.counted_words(str(len(ways) - _WAYS), "more way", "more ways") if len(ways) > _WAYS else ""
    notes = (f"{more} below." if more else "", *found.notes)
    return Block(title="Approach", lines=(*ways[:_WAYS], *none, *types), note=" ".join(note for note in notes if note))


def more_ways_block(plan: Plan) -> Block | None:
    """The ways that come after the first ones: told aside."""
    ways = plan.approach.choices[_WAYS:] if plan.approach else ()
    lines = tuple(_way(nth, one) for nth, one in enumerate(ways, _WAYS + 1))
    return Block(title="More ways in", lines=lines, is_aside=True) if lines else None


def _way(number: int, one: Choice) -> Line:
    is_open = one.holds is Holds.UNKNOWN
    rules = f"by {', '.join(one.rules)}" if one.rules else "by its name"
    notes = [f"{words.counted_words(one.count_words, 'approach', 'approaches')}, {rules}"]
    notes += [f"{each.rule}: {each.do}" for each in one.statements if each.holds is Holds.YES]
    notes += [f"if it turns out so; ask: {' · '.join(one.ask)}"] if is_open and one.ask else []
    notes += [f"wants more than this way gives: {', '.join(one.against)}"] if one.against else []
    return Line(
        label=f"{number}  {one.kind.value}",
        said=one.words,
        notes=tuple(notes),
        is_draft=one.is_draft,
        is_unknown=is_open,
    )
