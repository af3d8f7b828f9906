"""What the rules say of a case, as lines of a terminal: what speaks, each act with its stops, what is not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from enbloc.decide.decision import Degree, Statement
from enbloc.decide.pathway import Explanation, OfAct, OfLesion, Pathway
from enbloc.decide.rule import Rule
from enbloc.follow.deciding import Deciding

CHECK = "Decision support for a board: nothing here is an order, and every line is to be confirmed."


def told(found: Deciding) -> Iterator[str]:
    """Lines about every lesion, with the counts of rules and drafts."""
    for lesion in found.pathway.lesions:
        yield from _lesion(lesion)
    yield ""
    yield _counts(found.pathway)
    yield CHECK


def _counts(pathway: Pathway) -> str:
    return f"{pathway.rules} rules, {pathway.drafts} of them drafts that nobody has compared with their source yet."


def _lesion(lesion: OfLesion) -> Iterator[str]:
    yield f"Lesion {lesion.about}"
    yield from (f"  {_line(one)}" for one in (*lesion.said.speaks, *lesion.said.open_stops))
    yield from _pending("  ", lesion.said.pending)
    yield ""
    yield "  Acts, in no order of merit"
    for act in lesion.acts:
        yield from _act(act)


def _act(act: OfAct) -> Iterator[str]:
    held = [one for one in act.said.speaks if one.degree is Degree.STOP]
    yield f"    {act.act.value}: {_stops(len(held), len(act.said.open_stops))}"
    yield from (f"      {_line(one)}" for one in act.said.speaks)
    if act.said.open_stops:
        yield f"      cannot be excluded: {', '.join(one.rule for one in act.said.open_stops)}"
    yield from _pending("      ", act.said.pending)


def _stops(held: int, open_: int) -> str:
    if not held and not open_:
        return "no stop"
    parts = [f"{held} stop{'s' if held > 1 else ''}"] if held else []
    return ", ".join([*parts, *([f"{open_} that cannot be excluded"] if open_ else [])])


def _line(one: Statement) -> str:
    draft = ", draft" if one.is_draft else ""
    return f"{one.degree.value} {one.rule} ({one.checked.value}{draft}): {one.do}"


def _pending(indent: str, those: Iterable[Statement]) -> Iterator[str]:
    """How many rules of each family wait for a fact, and what most of them ask for."""
    families = Counter(one.rule.rpartition("-")[0] for one in those)
    if not families:
        return
    counted = ", ".join(f"{family} {number}" for family, number in families.items())
    asked = Counter(ask for one in those for ask in one.ask)
    first = "; ".join(ask for ask, _ in asked.most_common(3))
    yield f"{indent}not judged yet: {counted}; most ask: {first}"


def explained(rule: Rule, found: Iterable[Explanation]) -> Iterator[str]:
    """One rule: its statement, its sources, and what it said of each lesion and act from which facts."""
    yield f"{rule.id}: {rule.statement}"
    yield f"  {rule.strength}; {rule.checked.value}; {rule.version}"
    yield from (f"  {cite}" for cite in rule.cites)
    for one in found:
        yield f"lesion {one.about}{f', {one.act}' if one.act else ''}: {_verdict(one)}"
        yield from (f"    {read}" for read in one.read)


def _verdict(one: Explanation) -> str:
    if one.statement is None:
        return "does not hold"
    return f"{one.statement.holds.value}. {one.statement.because} {one.statement.do}"
