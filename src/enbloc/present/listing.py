"""Measurements as lines for a terminal: counts first, then each lesion and its levels, then the column at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from enbloc.follow.measuring import MeasureResult
from enbloc.present import words
from enbloc.present.content import Absent, Group, LevelRow
from enbloc.present.measures import NOT_VERIFIED, measures

WIDE = 118
_MARK = "◆"


def listing(result: MeasureResult) -> tuple[str, ...]:
    """The lines; those of the levels that no lesion takes are one line each."""
    told = measures(result.case, result.findings)
    made = result.provenance
    head = f"Case {result.case.id} · as of {words.day(made.as_of)} · enbloc {made.enbloc}"
    lines = [
        head,
        *told.counts,
        f"Places are millimetres from the origin of the images. {_MARK} the interval holds a cut-off.",
    ]
    for at, group in enumerate(told.groups):
        if at == 0 or told.groups[at - 1].about != group.about:
            lines += ["", group.about.upper() if group.about.startswith("lesion") else group.about]
            lines += wrap(f"{_MARK} {NOT_VERIFIED}: {group.doubt}", WIDE) if group.doubt else []
        lines += _group(group)
    if told.column:
        lines += ["", "THE COLUMN, LEVEL BY LEVEL", *_column(told.heads, told.column)]
    if told.missing:
        lines += ["", "NOT MEASURED", *_missing(told.missing)]
    return tuple(line.replace(words.THIN, " ").rstrip() for line in lines)


_LONG = 24  # a value longer than this has its line for itself


def _group(group: Group) -> Iterator[str]:
    yield f"  {group.topic}"
    words = max(len(row.words) for row in group.rows)
    value = max((len(row.value) for row in group.rows if len(row.value) < _LONG), default=0)
    span = max(len(row.interval) for row in group.rows)
    for row in group.rows:
        if len(row.value) < _LONG:
            told = f"{_MARK} {row.borderline}" if row.borderline else row.at
            yield f"    {row.words:<{words}}  {row.value:>{value}}  {row.interval:<{span}}  {told}"
        else:
            yield f"    {row.words:<{words}}  {row.value}"
    for method in group.methods:
        yield from wrap(f"by {method}", WIDE, initial_indent="      ", subsequent_indent="      ")


def _column(heads: Sequence[str], rows: Sequence[LevelRow]) -> Iterator[str]:
    shown = [at for at in range(len(heads)) if any(row.cells[at] for row in rows)]
    wide = [max(len(heads[at]), *(len(row.cells[at]) for row in rows)) for at in shown]
    yield "  level  " + "  ".join(f"{heads[at]:>{w}}" for at, w in zip(shown, wide, strict=True))
    for row in rows:
        cells = "  ".join(f"{row.cells[at] or '–':>{w}}" for at, w in zip(shown, wide, strict=True))
        sign = _MARK if row.doubt else "●" if row.is_affected else " "
        yield f"{sign} {row.level:<5}  {cells}"
    if any(row.is_affected for row in rows):
        yield "  ● taken by a lesion"
    for row in rows:
        if row.doubt:
            yield from wrap(f"{_MARK} {row.level} {NOT_VERIFIED}: {row.doubt}", WIDE, subsequent_indent="    ")


def _missing(those: Sequence[Absent]) -> Iterator[str]:
    for one in those:
        yield from wrap(f"  {one.why}: {one.what}", WIDE, subsequent_indent="      ")
