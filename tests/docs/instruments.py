"""The pages of the instruments, rendered from the registry: ``python -m tests.docs.instruments``.

One page each, with its worked examples as the code computes them, and one that lists them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any

from enbloc.errors import RecordError
from enbloc.stage.form import Number, Question, completions, questions
from enbloc.stage.instrument import TUMOUR, Instrument, judged, whole
from enbloc.stage.registry import INSTRUMENTS
from tests.docs.pages import DOCS
from tests.published.rows import Row, rows

PAGE = DOCS / "reference" / "instruments.md"
FOLDER = DOCS / "reference" / "instruments"

HEAD = """# Instruments

Rendered from the registry by `python -m tests.docs.instruments`; a test holds it. `enbloc stage NAME` shows what one
asks, `enbloc stage NAME FILE` computes it from a form and `enbloc stage NAME CASE` from a case, `enbloc stage all CASE`
computes every one and `enbloc stage survival CASE` lays the survival scores side by side.

Marks: V read in the source, V2 in a copy of it, U from memory (a draft: shown as such, never the only support of
anything), project: a choice of this project. What is left out of a form stays open: the result is then every total and
category that can be reached."""

_GROUPS = {
    "stage": "A lesion",
    "surgical": "Surgical staging and margins",
    "stability": "Stability",
    "radiographic": "Radiographic measures",
    "neurology": "Neurology",
    "function": "Function",
    "performance": "Performance status",
    "survival": "Survival",
    "external": "Results obtained elsewhere",
    "frailty": "Frailty and comorbidity",
    "fracture": "Fracture after radiosurgery",
    "complication": "Complications",
    "response": "Response and follow-up imaging",
    "outcome": "Reported by the patient",
}


def pages() -> dict[Path, str]:
    """Every page as it should stand."""
    each = {FOLDER / f"{one.id}.md": "\n".join(_page(one)) + "\n" for one in INSTRUMENTS.values()}
    return {PAGE: "\n".join(_list()) + "\n"} | each


def _list() -> Iterator[str]:
    yield HEAD
    groups: dict[str, list[Instrument]] = {group: [] for group in _GROUPS}
    for one in INSTRUMENTS.values():
        groups[_group(one)].append(one)
    for group, those in groups.items():
        if those:
            yield from (
                "",
                f"## {_GROUPS[group]}",
                "",
                "| instrument | range | for | mark |",
                "| --- | --- | --- | --- |",
            )
            yield from (_listed(one) for one in those)


def _group(one: Instrument) -> str:
    """The subpackage that its form lies in; those of a lesion lie in the package itself."""
    parts = one.form.__module__.split(".")
    return parts[2] if len(parts) > 3 else "stage"


def _listed(one: Instrument) -> str:
    named = f"[`{one.id}`](instruments/{one.id}.md) {_cell(one.name)}"
    return f"| {named} | {_range(one)} | {_cell(one.population)} | {one.checked.value} |"


def _range(one: Instrument) -> str:
    scale = "" if one.lowest is None or one.highest is None else f"{one.lowest:g} to {one.highest:g}, "
    return f"{scale}{one.better.value}"


def _page(one: Instrument) -> Iterator[str]:
    yield from (f"# {_cell(one.name)}", "", f"`{one.id}` · {_range(one)} · {_cell(one.version)} · {one.checked.value}")
    yield from ("", f"Population: {_cell(one.population)}. {_capital(one.licence)}.")
    if one.cohort is not None:
        patients = f"{one.cohort.patients:,} patients, " if one.cohort.patients is not None else ""
        yield from ("", f"Figures: {patients}{one.cohort.years}.")
    yield from ("", "## What it asks", "", "| item | asks | answer | points |", "| --- | --- | --- | --- |")
    yield from _asked(one)
    yield from ("", "## What it comes to", "", "| result | totals | what it meant when published |")
    yield from ("| --- | --- | --- |", *_results(one))
    yield from _section("What to know", [*one.warnings])
    yield from _section("How well it holds", [*one.validations])
    yield from _examples(rows(one.id), one)
    yield from _section("Source", [str(each).replace("https://", "") for each in one.cites])


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    said = [f"- {_cell(line)}" for line in lines]
    yield from ("", f"## {heading}", "", *said) if said else ()


def _asked(one: Instrument) -> Iterator[str]:
    """Each item with its answers; an answer that is scored shows its points."""
    if len(one.questions) > _MOST_ITEMS:
        yield from _in_runs(one)
        return
    for each in one.questions:
        points = {} if each == TUMOUR or one.needs or one.judge else _points(one, each)
        rows = points.items() or [(each.allowed, "")]
        for at, (answer, scored) in enumerate(rows):
            lead = f"| `{each.name}` | {_cell(each.ask.words)} |" if at == 0 else "| | |"
            yield f"{lead} {_cell(answer)} | {scored} |"


_MOST_ITEMS = 60


def _in_runs(one: Instrument) -> Iterator[str]:
    """The items of a whole examination: those that follow each other and are answered alike share a line."""
    alike = groupby(one.questions, key=lambda each: (_after(each), each.allowed, _scored(one, each)))
    for (_, allowed, scored), run in alike:
        those = list(run)
        named = those if len(those) < 2 else [those[0], those[-1]]
        items = " to ".join(f"`{each.name}`" for each in named)
        yield f"| {items} | {_cell(' to '.join(each.ask.words for each in named))} | {_cell(allowed)} | {scored} |"


def _after(item: Question) -> str:
    """What an item asks, without the segment that it asks it of."""
    return item.ask.words.partition(" ")[2]


def _scored(one: Instrument, item: Question) -> str:
    points = {} if item == TUMOUR or one.needs or one.judge else _points(one, item)
    return " or ".join(dict.fromkeys(points.values()))


def _points(one: Instrument, item: Question) -> dict[str, str]:
    """The points of every answer to an item, where the others allow it and do not change them."""
    found: dict[str, set[float]] = {}
    others = {each.name: each.answers for each in questions(one.form) if each.name != item.name}
    first = {name: answers[:1] for name, answers in others.items()}
    rest = [first] + [first | {name: answers[-1:]} for name, answers in others.items()]
    for answer, words in zip(item.answers, _answers(item), strict=True):
        for fixed in rest:
            for chosen in completions(fixed):
                try:
                    outcome = one.form(**{item.name: answer}, **chosen).outcome
                except RecordError:
                    continue
                found.setdefault(words, set()).update(points for name, points in outcome.points if name == item.name)
    return {
        words: " or ".join(f"{whole(each)}" for each in sorted(points)) for words, points in found.items() if points
    }


def _answers(item: Question) -> list[str]:
    """Every answer that counts differently, in words: a number as its band."""
    if issubclass(item.kind, Enum):
        return [str(each.value) for each in item.answers]
    if item.kind is bool:
        return ["no", "yes"]
    assert isinstance(item.ask, Number)
    starts = [float(each) for each in item.answers]
    return [_band(item.ask, low, upper) for low, upper in zip(starts, [*starts[1:], None], strict=True)]


def _band(ask: Number, low: float, upper: float | None) -> str:
    unit = f" {ask.unit}" if ask.unit else ""
    if upper is None:
        return f"{low:g}{unit}" if low == ask.high else f"{low:g} to {ask.high:g}{unit}"
    if not ask.step:
        return f"{low:g} to under {upper:g}{unit}"
    last = upper - ask.step
    return f"{low:g}{unit}" if abs(last - low) < ask.step / 2 else f"{low:g} to {last:g}{unit}"


def _results(one: Instrument) -> Iterator[str]:
    totals: dict[str, str] = {}
    if one.band is not None and one.lowest is not None and one.highest is not None:
        every = judged(one, {}).totals
        for category in one.categories:
            held = [total for total in every if one.band(total) == category.word]
            totals[category.word] = f"{held[0]} to {held[-1]}" if len(held) > 1 else f"{held[0]}" if held else ""
    for category in one.categories:
        meant = "; ".join((*filter(None, (category.published,)), *(each.words for each in category.survival)))
        yield f"| {_cell(category.word)} | {totals.get(category.word, '')} | {_cell(meant)} |"


def _examples(examples: tuple[Row, ...], one: Instrument) -> Iterator[str]:
    if not examples:
        return
    yield from ("", "## Worked examples", "", "As `enbloc stage` computes them from the form beside them.", "")
    yield from ("| example | form | result |", "| --- | --- | --- |")
    for row in examples:
        yield f"| {_cell(row.words)} | {_form(row.form)} | {_cell(_result(one, row))} |"


def _form(form: dict[str, Any]) -> str:
    said = json.dumps(form, ensure_ascii=False)
    return f"`{_cell(said)}`" if len(said) <= _LONGEST_FORM else "a whole examination"


_LONGEST_FORM = 900


def _result(one: Instrument, row: Row) -> str:
    try:
        score = judged(one, one.read(row.form))
    except RecordError as refused:
        return f"refused: {refused}"
    return score.headline


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _written() -> None:
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for stale in set(FOLDER.glob("*.md")) - wanted.keys():
        stale.unlink()
    for page, text in wanted.items():
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _written()
