"""What the instruments come to in one case, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.follow.staging import OpenScore, Staging
from enbloc.present.instruments import told
from enbloc.stage.every import NothingKnown, Refused
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score


def overview(found: Staging) -> tuple[str, ...]:
    """Every instrument in its group: decided, open with what to ask for first, refused, and how many know nothing."""
    return tuple(_overview(found))


def one_instrument(found: Staging) -> tuple[str, ...]:
    """The scores of one instrument in full, about each lesion."""
    return tuple(_in_full(found))


def _overview(found: Staging) -> Iterator[str]:
    yield f"Decided: {len(found.decided)}"
    yield from (f"  {_where(one)}: {_headline(one)}" for one in found.decided)
    yield f"Open: {len(found.open)}"
    for each in found.open:
        yield f"  {_where(each.score)}: {_headline(each.score)}"
        yield from (f"    {line}" for line in _first(each))
    yield f"Refused: {len(found.refused)}"
    yield from (f"  {_refused(one)}" for one in found.refused)
    names = dict.fromkeys(one.instrument for one in found.nothing_known)
    yield f"Nothing known: {len(names)}"
    yield from ([f"  {', '.join(names)}"] if names else [])


def _in_full(found: Staging) -> Iterator[str]:
    narrowing = {id(each.score): each for each in found.open}
    for score in (*found.decided, *(each.score for each in found.open)):
        yield f"{_where(score)}:"
        yield from told(INSTRUMENTS[score.instrument], score)
        yield from (f"  note: {item.name}: {item.note}" for item in score.items if item.note)
        if id(score) in narrowing:
            yield from (f"  {line}" for line in _first(narrowing[id(score)]))
    yield from (_refused(one) for one in found.refused)
    yield from (f"{_about(one)}: {one.name}: nothing known" for one in found.nothing_known)


MOST_TOTALS = 10
"""More totals than these are counted in the overview; each stands in the full result."""


def _headline(score: Score) -> str:
    said = score.headline if score.categories else f"{score.name} cannot be judged yet"
    if len(score.totals) > MOST_TOTALS:
        ends = f"{score.totals[0]:g} to {score.totals[-1]:g}"
        said = f"{score.name} {len(score.totals)} totals from {ends}, {' or '.join(score.categories)}"
    return f"{said} (draft)" if score.checked.is_draft else said


def _first(each: OpenScore) -> Iterator[str]:
    """What to ask for first, and how many results it would leave."""
    if not each.ask_first:
        return
    best = next(iter(each.narrowing), None)
    if best is None or best.average >= best.of:
        yield f"ask first: {each.ask_first}"
        return
    left = str(best.fewest) if best.fewest == best.most else f"{best.fewest} to {best.most}"
    yield f"ask first: {each.ask_first} (leaves {left} of {best.of})"


def _refused(one: Refused) -> str:
    said = one.why if one.why.startswith(one.name) else f"{one.name}: {one.why}"
    return f"{_about(one)}: {said}"


def _about(one: Score | Refused | NothingKnown) -> str:
    return "patient" if one.about == "patient" else f"lesion {one.about}"


def _where(score: Score) -> str:
    return f"{_about(score)}, {score.at}" if score.at else _about(score)
