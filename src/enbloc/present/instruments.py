"""Instruments and their results as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enbloc.present import words
from enbloc.stage.instrument import Instrument
from enbloc.stage.score import Item, Score


def listed(those: Iterable[Instrument]) -> tuple[str, ...]:
    """One line an instrument: its id, its name, its range, whom it is for."""
    rows = [(one.id, one.name, _range(one), one.population, "draft" if one.checked.is_draft else "") for one in those]
    wide = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    return tuple(
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, wide, strict=False)), *filter(None, row[3:])))
        for row in rows
    )


def _range(one: Instrument) -> str:
    if one.lowest is None or one.highest is None:
        return one.better.value
    return f"{one.lowest:g} to {one.highest:g}, {one.better.value}"


def asked(one: Instrument) -> tuple[str, ...]:
    """What a form of the instrument holds, as the lines of a form to fill in."""
    return tuple(f"{each.name}: unknown  # {each.ask.words}: {each.allowed}" for each in one.questions)


def told(one: Instrument, score: Score) -> tuple[str, ...]:
    """A result: the headline, what the categories meant, the items, what to ask for, what to know."""
    if one.id != "isncsci":
        return tuple(_told(one, score))
    from enbloc.present import neurology  # loaded for an examination alone

    return tuple(neurology.lines(one, score))


def _told(one: Instrument, score: Score) -> Iterator[str]:
    yield f"{one.name}: {_reached(one, score)}"
    for category in one.categories:
        meant = "; ".join((*filter(None, (category.published,)), *(figure.words for figure in category.survival)))
        if category.word in score.categories and meant:
            yield f"  {category.word}: {meant}"
    if one.cohort is not None:
        patients = f"{one.cohort.patients:,} patients, " if one.cohort.patients is not None else ""
        yield f"  its figures: {patients}{one.cohort.years}"
    yield from (f"  {_item(item)}" for item in score.items)
    yield from (f"  ask for: {each}" for each in score.missing)
    yield from (f"  note: {each}" for each in (*score.remarks, *one.validations))
    yield f"  for {one.population}; {one.better.value}; {one.version}; {one.checked.value}; {score.cites[0]}"


def _reached(one: Instrument, score: Score) -> str:
    either = words.either(score.categories)
    if not score.totals:
        return either
    scale = f" of {score.out_of:g}" if score.out_of is not None else ""
    unit = f" {one.unit}" if one.unit else ""
    return f"{words.reachable(score.totals)}{scale}{unit}, {either}"


def _item(item: Item) -> str:
    if not item.is_settled:
        return f"{item.name}: not known ({' or '.join(f'{each:g}' for each in item.points) or 'any'})"
    points = f" ({item.points[0]:g})" if item.points else ""
    return f"{item.name}: {item.values[0]}{points}"
