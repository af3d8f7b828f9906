"""The survival instruments side by side as lines for people: who says what at which month, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.present import words
from enbloc.stage.comparison import Comparison, Horizon, Input, Line, Said
from enbloc.stage.survival.horizon import Agreement, Voice

HEAD = "How long other patients lived, by published scores. Each speaks of its own patients and years."
QUESTION = "At least half of the patients of this category alive?"
KEY = "yes, no · open: depends on what is missing · -: nothing follows from its figures · (draft): from memory"
NO_FIGURE = "no survival published for it"

_MARKS = {Voice.YES: "yes", Voice.NO: "no", Voice.OPEN: "open", Voice.NOTHING: "-"}
_MOST_INPUTS = 8

_TOGETHER = {
    Agreement.AGREE: "all that speak agree",
    Agreement.DISAGREE: "they disagree",
    Agreement.OPEN: "open",
    Agreement.ALONE: "one speaks alone",
    Agreement.NOTHING: "none speaks",
}


def told(comparison: Comparison) -> tuple[str, ...]:
    """Everything about one lesion: the scores on one axis, where they agree, the years, what to ask for, who is absent.

    No line says what to do.
    """
    return tuple(_told(comparison))


def _told(one: Comparison) -> Iterator[str]:
    yield f"Survival, lesion {one.about}: {HEAD}"
    if one.lines:
        yield from ("", *_table(one), "", KEY)
        yield from ("", *_horizons(one.horizons))
    yield from _part("Years", one.era)
    yield from _part("Ask first", (_asked(each) for each in one.inputs[:_MOST_INPUTS]))
    yield from _part("Not here", (f"{each.name}: {each.why}" for each in one.absent))
    yield from _part("Notes", dict.fromkeys(flag for line in one.lines for flag in line.flags))


def _part(head: str, lines: Iterable[str]) -> Iterator[str]:
    held = tuple(lines)
    yield from ("", f"{head}:", *(f"  {line}" for line in held)) if held else ()


# --- the scores on one axis -------------------------------------------------------------------------------------------


def _table(one: Comparison) -> Iterator[str]:
    months = tuple(f"{each.months:g}" for each in one.horizons)
    rows = [_row(line) for line in one.lines]
    wide = [max(len(row[at]) for row in rows) for at in range(2)]
    marks = [max(len(head), *(len(row[2 + at]) for row in rows)) for at, head in enumerate(months)]
    yield f"{'':{wide[0]}}  {'':{wide[1]}}  {QUESTION} After months:"
    yield _aligned(("score", "result", *months), (*wide, *marks))
    for line, row in zip(one.lines, rows, strict=True):
        yield _aligned(row, (*wide, *marks))
        yield from (f"    {each}" for each in _below(line))


def _below(line: Line) -> Iterator[str]:
    """What stands under a score: its categories, whose figures these are, how well it held, what it lacks."""
    for category in line.categories:
        yield f"{category.word}: {'; '.join(category.words) or NO_FIGURE}"
    yield f"figures: {_patients(line)}"
    yield from (f"held: {each}" for each in line.validations[:1])
    if line.missing:
        yield f"lacks: {'; '.join(line.missing)}"


def _row(line: Line) -> tuple[str, ...]:
    result = words.reachable(line.totals) if line.totals else " or ".join(each.word for each in line.categories)
    scale = f" of {line.out_of:g}" if line.totals and line.out_of is not None else ""
    draft = " (draft)" if line.is_draft else ""
    return (f"{line.name}{draft}", f"{result}{scale}", *(_mark(each) for each in line.says))


def _mark(said: Said) -> str:
    return f"({_MARKS[said.voice]})" if said.is_draft else _MARKS[said.voice]


def _patients(line: Line) -> str:
    if line.cohort is None:
        return line.better.value
    many = f"{line.cohort.patients:,} patients" if line.cohort.patients is not None else ""
    return f"{', '.join(filter(None, (many, line.cohort.treatment, line.years)))}; {line.better.value}"


def _aligned(cells: Sequence[str], wide: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, wide, strict=True)).rstrip()


# --- all together -----------------------------------------------------------------------------------------------------


def _horizons(horizons: Sequence[Horizon]) -> Iterator[str]:
    yield QUESTION
    for each in horizons:
        counts = f"{len(each.yes)} yes, {len(each.no)} no, {len(each.open)} open, {len(each.nothing)} say nothing"
        yield f"  {each.months:g} months: {_TOGETHER[each.agreement]} ({counts})"
        for side, names in (("yes", each.yes), ("no", each.no), ("open", each.open)):
            if names:
                yield f"    {side}: {', '.join(names)}"
        if each.drafts:
            drafts = ", ".join(f"{name} {_MARKS[voice]}" for name, voice in each.drafts)
            yield f"    drafts, which decide nothing: {drafts}"


def _asked(one: Input) -> str:
    return f"{one.words} (would close {one.closes:g} categories on average: {', '.join(one.instruments)})"
