"""What a price tells the rules: facts of the plan, and for each that cannot be told the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from enbloc.case import fact
from enbloc.case.anatomy import Level, Part, in_order
from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, measured
from enbloc.measure.answers import Answer, gathered, missing
from enbloc.plan.price.price import Price

METHOD = "what lies between the planned cuts, blades included, and bone that is opened"
NO_CONSTRUCT = "no rods, screws or cages are planned"


def facts_of(price: Price, lesion: str, *, instrumented: Iterable[Level] | None = None) -> Findings:
    """The facts of the plan that its price answers, about its lesion.

    Roots and arteries that may only just be met count as cut: their notes say so. Where one of them cannot be told
    the whole fact is missing, since a list that may be too short would close a stop. ``instrumented`` are the levels
    that rods, screws or cages span or end on; cuts alone do not tell them.
    """
    answers = [_roots(price, lesion), _arteries(price, lesion), _vertebral(price, lesion)]
    answers += [*_bone(price, lesion), _corpectomy(price, lesion), _defect(price, lesion)]
    answers.append(_instrumented(instrumented, lesion))
    return gathered(answers)


def _several(named: Fact[Any], lesion: str, held: tuple[Any, ...], notes: Iterable[str], why: Iterable[str]) -> Answer:
    reasons = tuple(why)
    if reasons:
        return missing(named, lesion, "; ".join(reasons))
    return measured(named, lesion, held, document="plan", method=METHOD, notes=notes)


def _roots(price: Price, lesion: str) -> Answer:
    why = (*price.beyond, *(f"{one}: {reason}" for one, reason in price.roots.unknown))
    doubts = [str(one) for one in price.roots.taken if one.is_inferred or not one.is_certain]
    doubts += [f"{one}: {reason}" for one, reason in price.roots.unfollowed]
    return _several(fact.ROOTS_CUT, lesion, price.roots.cut, doubts, why)


def _arteries(price: Price, lesion: str) -> Answer:
    why = (*price.beyond, *(f"{words} is not seen" for words in price.arteries.unknown))
    doubts = tuple(f"{one.artery} (not certain)" for one in price.arteries.taken if not one.is_certain)
    return _several(fact.SEGMENTAL_ARTERIES, lesion, price.arteries.cut, doubts, why)


def _vertebral(price: Price, lesion: str) -> Answer:
    held = price.vertebral_arteries
    if isinstance(held, Unknown):
        return missing(fact.VERTEBRAL_SACRIFICED, lesion, f"no {', no '.join(sorted(held.ask))}")
    return _several(fact.VERTEBRAL_SACRIFICED, lesion, held, (), price.beyond)


def _untold(price: Price, *, of_bodies: bool) -> tuple[str, ...]:
    """Why bone that goes cannot be told; of bodies, an opening that leaves them alone says nothing."""
    unopened = (one for one in price.unopened if one.may_take_body or not of_bodies)
    parts = (f"{level} cannot be told into parts" for level in price.stability.unknown)
    return (*price.beyond, *parts, *(str(one) for one in unopened))


def _bone(price: Price, lesion: str) -> Iterator[Answer]:
    """Laminae and facets; missing where of some bone that goes the parts cannot be told."""
    why = "; ".join(_untold(price, of_bodies=False))
    if why:
        yield from (missing(one, lesion, why) for one in (fact.LAMINECTOMY_LEVELS, fact.FACET_REMOVED))
        return
    laminae = in_order(one.level for one in price.bone if one.part is Part.LAMINA)
    yield measured(fact.LAMINECTOMY_LEVELS, lesion, len(laminae), document="plan", method=METHOD)
    percent = max((joint.percent for joint in price.joints), default=0.0)
    low = max((joint.interval.low for joint in price.joints), default=None)
    high = max((joint.interval.high for joint in price.joints), default=None)
    yield measured(fact.FACET_REMOVED, lesion, percent, low=low, high=high, document="plan", method=METHOD)


def _corpectomy(price: Price, lesion: str) -> Answer:
    why = "; ".join(_untold(price, of_bodies=True))
    if not why and price.stability.narrowed and not price.stability.cut_through:
        why = "a body is in part removed: whether that is a corpectomy is not told"
    if why:
        return missing(fact.CORPECTOMY, lesion, why)
    return measured(fact.CORPECTOMY, lesion, bool(price.stability.cut_through), document="plan", method=METHOD)


def _defect(price: Price, lesion: str) -> Answer:
    """Of the body that loses most, to the operation and to the tumour."""
    why = "; ".join(_untold(price, of_bodies=True))
    if not why and isinstance(price.bodies, Unknown):
        why = "what the tumour took of the bone is not labelled"
    elif not why and not price.bodies:
        why = "no body loses bone to the operation: what the tumour took of one is not priced"
    if why or isinstance(price.bodies, Unknown):
        return missing(fact.ANTERIOR_DEFECT, lesion, why)
    worst = max(price.bodies, key=lambda one: one.interval.high)
    return measured(
        fact.ANTERIOR_DEFECT,
        lesion,
        worst.percent,
        low=worst.interval.low,
        high=worst.interval.high,
        place=str(worst.level),
        document="plan",
        method=METHOD,
    )


def _instrumented(levels: Iterable[Level] | None, lesion: str) -> Answer:
    if levels is None:
        return missing(fact.INSTRUMENTED_LEVELS, lesion, NO_CONSTRUCT)
    return measured(fact.INSTRUMENTED_LEVELS, lesion, in_order(levels), document="plan", method="construct as given")
