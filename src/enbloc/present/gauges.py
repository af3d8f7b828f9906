"""Measured numbers with their intervals and the cut-offs of the score that they stand behind, ready to be drawn.

Nothing is judged here: cut-offs are read by name from ``enbloc.stage.PARAMETERS``; words say where an interval lies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact, Subject, Unit
from enbloc.case.finding import Finding, Findings, Interval, SourceKind
from enbloc.present import words
from enbloc.present.gauge import Gauge, Tick
from enbloc.stage import PARAMETERS
from enbloc.stage.score import Item, Score
from enbloc.value import value

_NAMED = {one.name: one for one in PARAMETERS}


@value
class Dial:
    """How a fact is drawn: its short label, the names of its cut-offs, and what the scale shows at least (in unit)."""

    label: str
    cuts: tuple[str, ...]
    scale: tuple[float, float]
    doubt: str = ""  # the name of where a band of doubt begins, below the first cut-off
    both_ways: bool = False  # the cut-off holds for the number without its sign


DIALS: dict[Fact[float], Dial] = {
    vocabulary.COLLAPSE: Dial(
        label="height loss",
        cuts=("least loss of height that counts as collapse", "loss of height read as over half"),
        doubt="least loss of height that may be read as collapse",
        scale=(0, 100),
    ),
    vocabulary.BODY_SHARE: Dial(
        label="body share", cuts=("share of the body involved that scores without collapse",), scale=(0, 100)
    ),
    vocabulary.LYTIC_SHARE: Dial(
        label="lytic share", cuts=("share below which a kind of bone change does not count",), scale=(0, 100)
    ),
    vocabulary.BLASTIC_SHARE: Dial(
        label="blastic share", cuts=("share below which a kind of bone change does not count",), scale=(0, 100)
    ),
    vocabulary.TRANSLATION: Dial(
        label="translation", cuts=("translation that may be a subluxation",), scale=(-6, 6), both_ways=True
    ),
    vocabulary.ANGULATION: Dial(
        label="kyphosis", cuts=("local kyphosis that may be a new deformity",), scale=(-10, 30)
    ),
    vocabulary.POSTEROLATERAL_LEFT_SHARE: Dial(
        label="left share", cuts=("share of a posterolateral region that is tumour",), scale=(0, 100)
    ),
    vocabulary.POSTEROLATERAL_RIGHT_SHARE: Dial(
        label="right share", cuts=("share of a posterolateral region that is tumour",), scale=(0, 100)
    ),
    vocabulary.POSTEROLATERAL_LEFT: Dial(label="left", cuts=("tumour in a posterolateral region",), scale=(0, 1)),
    vocabulary.POSTEROLATERAL_RIGHT: Dial(label="right", cuts=("tumour in a posterolateral region",), scale=(0, 1)),
    vocabulary.EPIDURAL_AREA: Dial(label="epidural", cuts=("epidural tumour area",), scale=(0, 40)),
    vocabulary.SAC_INDENTATION: Dial(label="indentation", cuts=("indentation of the sac",), scale=(0, 5)),
    vocabulary.SAC_AREA_RATIO: Dial(label="sac area", cuts=("sac area against the free levels",), scale=(0, 1.2)),
    vocabulary.CORD_DISTANCE: Dial(
        label="to the cord", cuts=("distance from tumour to cord read as contact",), scale=(0, 5)
    ),
    vocabulary.CORD_AREA_RATIO: Dial(label="cord area", cuts=("cord area against the free levels",), scale=(0, 1.2)),
    vocabulary.CORD_FLATTENING: Dial(
        label="flattening", cuts=("drop of the cord's depth to width ratio",), scale=(0, 40)
    ),
    vocabulary.CORD_SHIFT: Dial(label="shift", cuts=("displacement of the cord",), scale=(0, 5)),
    vocabulary.EPIDURAL_TURN: Dial(
        label="way round", cuts=("share of the way round the sac or cord that meets tumour",), scale=(0, 1)
    ),
    vocabulary.CSF_SHARE: Dial(label="fluid", cuts=("share of the cord's rim with fluid",), scale=(0, 1)),
}
"""How each measured number behind a score is drawn."""

_ON_BOARD: dict[str, tuple[tuple[Fact[float], ...], ...]] = {
    "bone lesion": ((vocabulary.LYTIC_SHARE,), (vocabulary.BLASTIC_SHARE,)),
    "alignment": ((vocabulary.TRANSLATION,), (vocabulary.ANGULATION,)),
    "collapse": ((vocabulary.COLLAPSE,), (vocabulary.BODY_SHARE,)),
    "posterolateral involvement": (
        (vocabulary.POSTEROLATERAL_LEFT_SHARE, vocabulary.POSTEROLATERAL_LEFT),
        (vocabulary.POSTEROLATERAL_RIGHT_SHARE, vocabulary.POSTEROLATERAL_RIGHT),
    ),
    "epidural tumour": ((vocabulary.EPIDURAL_AREA,),),
    "thecal sac deformed": ((vocabulary.SAC_AREA_RATIO,),),
    "contact with the cord": ((vocabulary.CORD_DISTANCE,),),
    "cord compressed or displaced": ((vocabulary.CORD_AREA_RATIO,),),
    "fluid seen around the cord": ((vocabulary.CSF_SHARE,),),
}
"""The numbers that stand beside each item: of each group the first that is known, and the others where they lie
elsewhere about their own cut-off."""


def gauges(score: Score, item: Item, findings: Findings) -> tuple[Gauge, ...]:
    """The numbers behind an item of a score, as far as they are known."""
    return tuple(shown for group in _ON_BOARD.get(item.name, ()) for shown in _telling(_known(group, score, findings)))


def _known(group: tuple[Fact[float], ...], score: Score, findings: Findings) -> tuple[Gauge, ...]:
    made = []
    for named in group:
        for about in _abouts(named, score, findings):
            found = findings[named, about]
            if not isinstance(found, Unknown):
                shown = gauge(named, found)
                is_next = named.about is Subject.LEVEL and about != score.at
                made.append(replace(shown, label=f"{about} on {score.at}") if is_next else shown)
    return tuple(made)


def _abouts(named: Fact[float], score: Score, findings: Findings) -> tuple[str, ...]:
    """Whom a number is about: the lesion, or its level; for a slip the vertebra above as well, which slips on it."""
    if named.about is not Subject.LEVEL:
        return (score.about,)
    names = [level.value for level in Level]
    if named is not vocabulary.TRANSLATION or score.at not in names:
        return (score.at,)
    for above in reversed(names[: names.index(score.at)]):
        if not Level(above).is_transitional or not isinstance(findings[named, above], Unknown):
            return (score.at, above)
    return (score.at,)


def _telling(group: tuple[Gauge, ...]) -> tuple[Gauge, ...]:
    return group[:1] + tuple(one for one in group[1:] if one.lies != group[0].lies)


def gauge(named: Fact[Any], found: Finding[float]) -> Gauge:
    """A number of a finding with its interval, its cut-offs and its words."""
    dial = DIALS.get(named) or _bare(named, found)
    factor = 100.0 if named.unit is Unit.SHARE else 1.0
    ticks = tuple(tick for name in dial.cuts for tick in _ticks(name, dial, named.unit))
    low, high = found.low * factor, found.high * factor
    before = _before(found, factor)
    seen = (low, high, *(before or ()))
    lies = tuple(_lies(low, high, tick.at) for tick in ticks)
    where = tuple(f"{lie} {tick.full}" for lie, tick in zip(lies, ticks, strict=True))
    return Gauge(
        place=place(found),
        label=dial.label,
        said=words.value(named, found.value),
        value=found.value * factor,
        low=low,
        high=high,
        is_exact=found.interval is None,
        is_measured=found.source.kind is SourceKind.MEASURED,
        before=before,
        ticks=ticks,
        doubt=_doubt(dial),
        scale=(min(dial.scale[0] * factor, *seen), max(dial.scale[1] * factor, *seen)),
        lies=lies,
        alt="; ".join((f"{named.words} {words.finding(named, found)}", *where, *_replaced(named, found))),
    )


def _before(found: Finding[float], factor: float) -> tuple[float, float] | None:
    old = found.overruled
    if old is None:
        return None
    span = old.interval or Interval(low=old.value, high=old.value)
    return (span.low * factor, span.high * factor)


def _replaced(named: Fact[Any], found: Finding[Any]) -> tuple[str, ...]:
    old = found.overruled
    if old is None:
        return ()
    span = f" ({words.interval(old.interval, named.unit)})" if old.interval else ""
    return (f"in place of {words.value(named, old.value)}{span}, {old.source.kind.value}",)


def place(found: Finding[Any]) -> str:
    """What others refer to a finding by."""
    return f"{found.fact}-{found.about}"


def margin_gauge(mm: float, span: Interval) -> Gauge:
    """A margin with its interval; below zero the cut runs through tumour."""
    tick = Tick(at=0.0, said="0", full=f"0{words.THIN}mm")
    lies = _lies(span.low, span.high, 0.0)
    return Gauge(
        place="",
        label="margin",
        said=words.margin(mm),
        value=mm,
        low=span.low,
        high=span.high,
        is_exact=False,
        is_measured=True,
        before=None,
        ticks=(tick,),
        doubt=None,
        scale=(min(-2.0, span.low), max(8.0, span.high)),
        lies=(lies,),
        alt=f"smallest margin {words.margin(mm)} ({words.margin_interval(span)}); {lies} {tick.full}",
    )


_WHOLE = {Unit.PERCENT: 100.0, Unit.SHARE: 1.0}


def _bare(named: Fact[Any], found: Finding[float]) -> Dial:
    """A number that no score cuts: a share of the whole, anything else from zero to a little beyond it."""
    if named.unit in _WHOLE:
        return Dial(label="", cuts=(), scale=(0.0, _WHOLE[named.unit]))
    return Dial(label="", cuts=(), scale=(min(0.0, 1.2 * found.low), max(0.0, 1.2 * found.high)))


def _ticks(name: str, dial: Dial, unit: Unit) -> tuple[Tick, ...]:
    cut = _NAMED[name].number * (100.0 if unit is Unit.SHARE else 1.0)
    return tuple(_tick(at, unit) for at in ((-cut, cut) if dial.both_ways else (cut,)))


def _tick(at: float, unit: Unit) -> Tick:
    said = f"{at:g}".replace("-", words.MINUS)  # a cut-off stands as it was set, never rounded
    sign = "%" if unit in {Unit.SHARE, Unit.PERCENT} else unit.value
    return Tick(at=at, said=said, full=f"{said}{sign}" if unit is Unit.DEGREE else f"{said}{words.THIN}{sign}")


def _doubt(dial: Dial) -> tuple[float, float] | None:
    return (_NAMED[dial.doubt].number, _NAMED[dial.cuts[0]].number) if dial.doubt else None


def _lies(low: float, high: float, cut: float) -> str:
    if low > cut:
        return "above"
    if high < cut:
        return "below"
    return "at" if low == high else "on both sides of"
