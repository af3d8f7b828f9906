"""How far a vertebra has slipped on the one below it, by Meyerding's quarters of the endplate."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings, Interval
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Threshold, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.reading import EQUALITY, bounds, in_order, quoted
from enbloc.stage.score import Item, Score
from enbloc.stage.sins_items import TRANSLATION_FROM
from enbloc.value import value

CITES = (cite("meyerding1932"),)
VERSION = "Meyerding 1932, draft from memory, specification of 2026-11-20"
DRAFT = "Meyerding's quarters are written from memory: a draft, not yet source-checked"


def _quarter(name: str, percent: float) -> Threshold:
    return Threshold(
        name=f"slip up to which it is Meyerding {name}",
        number=percent,
        unit="%",
        comparator="<=",
        source="Meyerding 1932, from memory",
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


FIRST_TO = _quarter("I", 25)
SECOND_TO = _quarter("II", 50)
THIRD_TO = _quarter("III", 75)
FOURTH_TO = _quarter("IV", 100)
_CUTS = (FIRST_TO, SECOND_TO, THIRD_TO, FOURTH_TO)


class Slip(Enum):
    """Quarters of the endplate below, and beyond it."""

    NONE = "no slip"
    FIRST = "I"
    SECOND = "II"
    THIRD = "III"
    FOURTH = "IV"
    BEYOND = "V, spondyloptosis"


def slip(percent: float) -> Slip:
    """The grade of a slip, forward or backward, in per cent of the depth of the endplate below.

    Examples
    --------
    >>> slip(25.0).value, slip(-26.0).value
    ('I', 'II')
    """
    grades = list(Slip)[1:]
    return next((grade for grade, cut in zip(grades, _CUTS, strict=False) if abs(percent) <= cut.number), Slip.BEYOND)


def reachable(span: Interval) -> tuple[Slip, ...]:
    """Every grade that a slip within the interval has, whichever way it goes."""
    low = 0.0 if span.low <= 0.0 <= span.high else min(abs(span.low), abs(span.high))
    high = max(abs(span.low), abs(span.high))
    between = list(Slip)[list(Slip).index(slip(low)) : list(Slip).index(slip(high)) + 1]
    return tuple(between)


BACKWARD = "backward: Meyerding graded forward slips"


@value
class Meyerding:
    """The slip of a vertebra on the one below, forward positive: in millimetres, and of the depth of the endplate.

    Examples
    --------
    >>> Meyerding(translation_mm=9.0, slip_percent=26.0).outcome.category
    'II'
    """

    translation_mm: Annotated[
        float,
        Number(
            words="translation on the vertebra below, forward positive",
            unit="mm",
            low=-60,
            high=60,
            step=0,
            cuts=(-TRANSLATION_FROM.number, 0, TRANSLATION_FROM.number),  # less, either way, is how healthy ones stand
        ),
    ]
    slip_percent: Annotated[
        float,
        Number(
            words="the same in per cent of the depth of the endplate below",
            unit="%",
            low=-150,
            high=150,
            step=0,
            cuts=(*(-cut.number for cut in reversed(_CUTS)), 0, *(cut.number for cut in _CUTS)),
        ),
    ]

    def __post_init__(self) -> None:
        if self.translation_mm * self.slip_percent < 0:
            raise RecordError("A vertebra slips forward or backward, not both.", remedy="Correct the sign of one.")

    @property
    def outcome(self) -> Outcome:
        """The quarter; none where vertebrae that are healthy stand so."""
        if abs(self.translation_mm) < TRANSLATION_FROM.number:
            return Outcome(category=Slip.NONE.value)
        return Outcome(category=slip(self.slip_percent).value, flags=_flags(self.slip_percent, self.translation_mm < 0))


def _flags(stated: float | None, backward: bool) -> tuple[str, ...]:
    equal = stated is not None and abs(stated) in {one.number for one in _CUTS}
    return ((BACKWARD,) if backward else ()) + ((EQUALITY,) if equal else ())


MEYERDING = Instrument(
    id="meyerding",
    name="Meyerding",
    version=VERSION,
    form=Meyerding,
    population="a vertebra that slipped on the one below",
    better=Better.LOWER,
    categories=(
        Category(word=Slip.NONE.value, published="less than 3 mm: how healthy vertebrae stand (project value)"),
        Category(word=Slip.FIRST.value, published="up to a quarter of the endplate"),
        Category(word=Slip.SECOND.value, published="up to a half"),
        Category(word=Slip.THIRD.value, published="up to three quarters"),
        Category(word=Slip.FOURTH.value, published="up to the whole"),
        Category(word=Slip.BEYOND.value, published="beyond the endplate"),
    ),
    needs=("translation_mm", "slip_percent"),
    checked=Checked.FROM_MEMORY,
    cites=CITES,
)


def meyerding_score(findings: Findings, about: str, level: Level) -> Score | None:
    """Every grade of the slip of a vertebra on the one below; nothing unless it slips, or may.

    A slip is there from the translation that SINS may read as one: less is how healthy vertebrae stand.
    """
    span = bounds(findings, vocabulary.SLIP, level)
    translation = bounds(findings, vocabulary.TRANSLATION, level)
    if span is None or translation is None:
        return None
    cut = TRANSLATION_FROM.number
    if max(abs(translation.low), abs(translation.high)) < cut:
        return None
    sure = translation.low >= cut or translation.high <= -cut
    grades = in_order(Slip, {*reachable(span), *(() if sure else (Slip.NONE,))})
    named = (vocabulary.TRANSLATION, vocabulary.SLIP)
    item = Item(
        name="slip",
        values=tuple(str(grade.value) for grade in grades),
        points=(),
        facts=tuple(one.id for one in named),
        borderline=len(grades) > 1,
        note=quoted(findings, level, *named),
    )
    return Score(
        instrument=MEYERDING.id,
        name=MEYERDING.name,
        about=about,
        at=str(level),
        items=(item,),
        totals=(),
        out_of=None,
        categories=item.values,
        missing=(),
        flags=(DRAFT, *_flags(findings.value(vocabulary.SLIP, level), translation.high < 0.0)),
        warnings=MEYERDING.warnings,
        checked=MEYERDING.checked,
        cites=MEYERDING.cites,
        version=MEYERDING.version,
    )
