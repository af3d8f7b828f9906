"""The compartment of a tumour: outside the dura, inside it beside the cord, or within the cord."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from functools import lru_cache
from itertools import combinations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Side
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, Interval
from enbloc.evidence import Checked, Citation
from enbloc.stage.extent import levels_of
from enbloc.stage.reading import bounds, project, quoted
from enbloc.stage.score import Item, Score
from enbloc.value import value

CITES = (
    Citation(
        key="project",
        authors="enbloc",
        title="Staging specification of this project: compartments by shares of the tumour",
        year=2026,
        where="section 6",
    ),
)
VERSION = "specification of 2026-11-20"
ALONE_FROM = project("share of a tumour in one compartment that counts as all of it", 90, "%", ">=")
ALSO_FROM = project("share of a tumour that puts it in a compartment as well", 5, "%", ">=")
ROUNDING = 0.05  # by which three measured shares may miss 100 together


class Compartment(Enum):
    """Where a tumour lies to dura and cord."""

    EXTRADURAL = "extradural"
    EXTRAMEDULLARY = "intradural extramedullary"
    INTRAMEDULLARY = "intramedullary"


SHARES: dict[Compartment, Fact[float]] = {
    Compartment.EXTRADURAL: vocabulary.EXTRADURAL_SHARE,
    Compartment.EXTRAMEDULLARY: vocabulary.EXTRAMEDULLARY_SHARE,
    Compartment.INTRAMEDULLARY: vocabulary.INTRAMEDULLARY_SHARE,
}


@value
class Shares:
    """The shares of a tumour in the three compartments, per cent.

    Examples
    --------
    >>> [one.value for one in Shares(extradural=70.0, extramedullary=30.0, intramedullary=0.0).compartments]
    ['extradural', 'intradural extramedullary']
    """

    extradural: float
    extramedullary: float
    intramedullary: float

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The one that holds nine tenths, otherwise each that holds a sizeable share."""
        each = dict(zip(Compartment, (self.extradural, self.extramedullary, self.intramedullary), strict=True))
        alone = [one for one, share in each.items() if share >= ALONE_FROM.number]
        return tuple(alone or (one for one, share in each.items() if share >= ALSO_FROM.number))


Spans = tuple[Interval, Interval, Interval]


@lru_cache(maxsize=1024)
def reachable(spans: Spans) -> tuple[tuple[Compartment, ...], ...]:
    """Every answer that three shares within these intervals, 100 together, can give."""
    found: list[tuple[Compartment, ...]] = []
    for count in (1, 2, 3):
        for held in combinations(Compartment, count):
            limits = [_limits(one, held) for one in Compartment]
            if _meet(spans, limits):
                found.append(held)
    return tuple(found)


_BELOW = 1e-6


def _limits(one: Compartment, held: Collection[Compartment]) -> tuple[float, float]:
    """Between which shares a compartment must lie for just these to be held."""
    alone, also = ALONE_FROM.number, ALSO_FROM.number
    if len(held) == 1:
        return (alone, 100.0) if one in held else (0.0, 100.0 - alone)
    return (also, alone - _BELOW) if one in held else (0.0, also - _BELOW)


def _meet(spans: Spans, limits: list[tuple[float, float]]) -> bool:
    lows = [max(span.low, low) for span, (low, _) in zip(spans, limits, strict=True)]
    highs = [min(span.high, high) for span, (_, high) in zip(spans, limits, strict=True)]
    fits = all(low <= high for low, high in zip(lows, highs, strict=True))
    return fits and sum(lows) <= 100.0 + ROUNDING and sum(highs) >= 100.0 - ROUNDING


def compartment_score(case: Case, findings: Findings, lesion: str) -> Score | None:
    """Every compartment, or several together, that the shares of a lesion allow; nothing if no share is known."""
    known = {one: bounds(findings, named, lesion) for one, named in SHARES.items()}
    if all(span is None for span in known.values()):
        return None
    first, second, third = (span or Interval(low=0.0, high=100.0) for span in known.values())
    answers = reachable((first, second, third))
    words = tuple(" and ".join(str(one.value) for one in held) for held in answers)
    unknown = tuple(dict.fromkeys(SHARES[one].ask for one, span in known.items() if span is None))
    item = Item(
        name="compartment",
        values=words,
        points=(),
        facts=tuple(SHARES[one].id for one, span in known.items() if span is not None),
        ask=unknown[0] if unknown and len(words) != 1 else "",
        borderline=not unknown and len(words) > 1,
        note=quoted(findings, lesion, *SHARES.values()),
    )
    return Score(
        instrument="compartment",
        name="Compartment",
        about=lesion,
        at=", ".join(map(str, levels_of(case, findings, lesion))) or "level unknown",
        items=(item,),
        totals=(),
        out_of=None,
        categories=words,
        missing=unknown if len(words) != 1 else (),
        flags=tuple(_flags(findings, lesion, answers)),
        checked=Checked.OURS,
        cites=CITES,
        version=VERSION,
    )


def _flags(findings: Findings, lesion: str, answers: tuple[tuple[Compartment, ...], ...]) -> Iterator[str]:
    if not answers:
        yield "inconsistent: the shares of the three compartments do not make a whole"
    sides = ((Side.LEFT, vocabulary.FORAMEN_LEFT), (Side.RIGHT, vocabulary.FORAMEN_RIGHT))
    through = [side.value for side, named in sides if findings.value(named, lesion) is True]
    both = any(Compartment.EXTRADURAL in held and len(held) > 1 for held in answers)
    for side in through:
        yield f"{'dumbbell, ' if both else ''}in a {side} neural foramen"
