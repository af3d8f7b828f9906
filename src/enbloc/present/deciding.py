"""A decision as lines of a terminal: what must be resolved, what leads and why, what would change it, the days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from enbloc.decide.pathway import Explanation
from enbloc.decide.rule import Rule as Declared
from enbloc.follow.deciding import Deciding
from enbloc.present import words
from enbloc.present.counsel import ChangeRow, Choice, Counsel, DayRow, Held, OpenTopic, Rule
from enbloc.present.deliberation import counsel
from enbloc.present.weighing import effect_words

CHECK = "Decision support for a board: nothing here is an order, and every line is to be confirmed."
WIDE = 118
_CHANGES, _DAYS, _WAITING, _ASKED = 6, 6, 3, 52
"""How many lines of each a terminal shows, and how much of a question; the report has all."""


def told(found: Deciding) -> Iterator[str]:
    """Lines about a case: the dangerous first, then what leads, then what else there is, and the counts."""
    said = counsel(found.decision, as_of=found.provenance.as_of)
    parts = (
        _contradictions(said),
        _overrides(said),
        _held("MUST BE RESOLVED", said.held),
        _held("A CLOCK RUNS", said.urgent),
        _leading(said),
        _options(said),
        _open(said.open, said.aside),
        _changes(said),
        _days(said),
    )
    for nth, part in enumerate(lines for each in parts if (lines := list(each))):
        yield from ("", *part) if nth else part
    yield ""
    yield from _wrapped(f"{said.judged}; {said.draft_share} of those that spoke are drafts.")
    yield from _wrapped(f"Not judged yet, by family: {said.pending}") if said.pending else ()
    yield CHECK


def _wrapped(line: str, indent: str = "", further: str = "    ") -> Iterator[str]:
    """A line in as many as it takes."""
    plain = line.replace(words.THIN, " ")
    yield from wrap(plain, WIDE, initial_indent=indent, subsequent_indent=indent + further, break_on_hyphens=False)


def _contradictions(said: Counsel) -> Iterator[str]:
    if said.contradictions:
        yield "CONTRADICTIONS: the rules that read them are withheld"
    for one in said.contradictions:
        yield from _wrapped(f"{one.words} {' / '.join(one.sides)}", "  ")


def _overrides(said: Counsel) -> Iterator[str]:
    if said.overrides:
        yield "OVERRIDDEN BY NAME: each stop stays printed"
    for one in said.overrides:
        yield from _wrapped(f"{one.words} ({one.where})", "  ")


def _held(head: str, those: Sequence[Held]) -> Iterator[str]:
    if those:
        yield head
    for one in those:
        of = f" [{one.of}]" if one.of else ""
        clock = f" – {one.clock}" if one.clock else ""
        yield from _wrapped(f"{one.rule.degree.value} {one.rule.id}{_draft(one.rule)}{of}: {one.rule.do}{clock}", "  ")


def _draft(one: Rule) -> str:
    return f" ({one.mark}, draft)" if one.is_draft else f" ({one.mark})"


def _leading(said: Counsel) -> Iterator[str]:
    leading = [one for one in said.choices if one.is_leading]
    for one in leading:
        draft = " (draft)" if one.is_draft else ""
        yield f"LEADS, lesion {one.about}: {one.words}{draft}"
        yield from _wrapped(f"because {one.because}; {_stops(one)}", "  ")
    if not leading:
        yield "No option leads."
    for row in said.nearest:
        yield from _wrapped(f"nearest change ({row.about}): {row.words}", "  ")


def _stops(one: Choice) -> str:
    parts = [f"stops that hold: {', '.join(each.id for each in one.held)}"] if one.held else ["no stop holds"]
    parts += [f"{len(one.open)} cannot be excluded"] if one.open else []
    parts += [f"risks to accept: {', '.join(each.id for each in one.risks)}"] if one.risks else []
    parts += [f"overridden: {', '.join(each.stop for each in one.overridden)}"] if one.overridden else []
    return "; ".join(parts)


def _options(said: Counsel) -> Iterator[str]:
    yield "OPTIONS, in order of support"
    for number, one in enumerate(said.choices, 1):
        draft = ", draft" if one.is_draft else ""
        why = "" if one.is_leading else f": {one.short}"
        yield from _wrapped(f"{number} {one.words} – {one.standing}{draft}{why}", "  ")
    for names in said.unsupported:
        yield from _wrapped(f"no rule speaks for: {names}", "  ")


def _open(topics: Sequence[OpenTopic], aside: str) -> Iterator[str]:
    if topics:
        count = len({stop.id for topic in topics for stop in topic.stops})
        yield f"CANNOT BE EXCLUDED: {words.counted(count, 'stop')}, by what to ask for"
    for topic in topics:
        yield from _wrapped(f"{topic.topic}: {'; '.join(_asked(topic))}", "  ")
    if aside:
        yield from _wrapped(f"of options alone that are rejected or unsupported: {aside}", "  ")


def _asked(topic: OpenTopic) -> Iterator[str]:
    for stop in topic.stops:
        of = f" [{stop.of}]" if stop.of else ""
        first = stop.questions[0] if stop.questions else ""
        asks = first if len(first) <= _ASKED else first[:_ASKED].rpartition(" ")[0]
        more = " …" if len(stop.questions) > 1 or asks != first else ""
        yield f"{stop.id}{of} {asks}{more}".strip()


def _changes(said: Counsel) -> Iterator[str]:
    if not said.changes:
        return
    yield "WHAT WOULD CHANGE IT, the most telling first"
    for one in said.changes[:_CHANGES]:
        yield from _wrapped(_changed(one), "  ")
    more = len(said.changes) - _CHANGES
    if more > 0:
        yield f"  and {more} more inputs, in the report and with --json"


def _changed(one: ChangeRow) -> str:
    each = (f"{effect.answers} → {effect_words(effect)}" for effect in one.effects)
    return f"{one.ask} ({one.why}): {' | '.join(each)}"


def _days(said: Counsel) -> Iterator[str]:
    days = said.days
    if days.rows or days.undated:
        yield "DAYS"
    yield from (line for row in days.rows[:_DAYS] for line in _wrapped(_day(row), "  "))
    rest = [f"{len(days.rows) - _DAYS} later"] if len(days.rows) > _DAYS else []
    rest += [f"{len(days.past)} long past"] if days.past else []
    if rest:
        yield f"  and {' and '.join(rest)}, in the report and with --json"
    for one in days.undated[:_WAITING]:
        yield from _wrapped(f"no day without: {one.ask} – {'; '.join(one.entries)}", "  ")
    if len(days.undated) > _WAITING:
        yield f"  and {len(days.undated) - _WAITING} more questions that days wait for"


def _day(row: DayRow) -> str:
    draft = ", draft" if row.is_draft else ""
    return f"{row.when}  {row.left}: {row.words}, {row.what} ({row.rule}, {row.mark}{draft})"


def explained(rule: Declared, found: Iterable[Explanation]) -> Iterator[str]:
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
