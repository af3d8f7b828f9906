"""A neurological examination as lines for people: levels, zones and totals, right beside left as on the paper form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enbloc.present import words
from enbloc.stage.instrument import Instrument
from enbloc.stage.neurology.examination import LEVELS
from enbloc.stage.score import Score

SIDES = ("right", "left")


def lines(one: Instrument, score: Score) -> Iterator[str]:
    """The result of an examination: the grade, a table with right and left, both sides together, what to ask for."""
    yield f"{one.name}: {words.either(score.categories)}"
    for category in one.categories:
        if category.word in score.categories:
            yield f"  {category.word}: {category.published}"
    held = {each.name: each.values for each in score.items} | {each.name: each.values for each in score.also}
    yield from (f"  {row}" for row in table(held))
    sided = {name for name in held if name.startswith(SIDES)}
    yield from (f"  {each.name}: {listed(each.values)}" for each in score.also if each.name not in sided)
    yield from (f"  ask for: {each}" for each in asked(score.missing))
    static = {f"{each.name}: {' · '.join(each.values)}" for each in score.also}
    yield from (f"  note: {each}" for each in (*score.remarks, *one.validations) if each not in static)
    yield f"  for {one.population}; {one.version}; {one.checked.value}; {score.cites[0]}"


def table(held: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The rows that have a right and a left cell, one under the other.

    Examples
    --------
    >>> for row in table({"right motor level": ("C5",), "left motor level": ("C5", "C6", "C7", "T1")}):
    ...     print(row)
                 right  left
    motor level  C5     C5 to C7, T1
    """
    named = [name.removeprefix("right ") for name in held if name.startswith("right ")]
    rows: list[tuple[str, ...]] = [("", *SIDES)]
    rows += [(_short(name), *(listed(held.get(f"{side} {name}", ())) for side in SIDES)) for name in named]
    wide = [max(len(row[at]) for row in rows) for at in (0, 1)]
    return tuple(f"{row[0].ljust(wide[0])}  {row[1].ljust(wide[1])}  {row[2]}".rstrip() for row in rows)


def _short(name: str) -> str:
    return name.replace("zone of partial preservation", "zone")


def listed(values: Iterable[str]) -> str:
    """What a result can be, with segments that follow each other drawn together.

    Examples
    --------
    >>> listed(["NA", "C1", "C2", "C3", "T1", "INT"])
    'NA, C1 to C3, T1, INT'
    """
    runs: list[list[str]] = []
    for each in values:
        if runs and each in LEVELS and runs[-1][-1] in LEVELS and _follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def _follows(one: str, other: str) -> bool:
    return LEVELS.index(other) == LEVELS.index(one) + 1


def asked(missing: Iterable[str]) -> tuple[str, ...]:
    """What was not tested: the segments of each part of each side in one line.

    Examples
    --------
    >>> asked(["L2 right motor", "L3 right motor", "L4 right motor", "deep anal pressure"])
    ('right motor: L2 to L4', 'deep anal pressure')
    """
    parts: dict[str, list[str]] = {}
    for each in missing:
        segment, _, part = each.partition(" ")
        parts.setdefault(part if segment in LEVELS else each, []).append(segment)
    return tuple(f"{part}: {listed(segments)}" if segments[0] in LEVELS else part for part, segments in parts.items())
