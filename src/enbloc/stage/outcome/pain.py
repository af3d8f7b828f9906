"""Pain as a number: the numerical rating scale, the visual analogue scale, and the means of the Brief Pain Inventory.

A rating of 0 to 10 and a mark in millimetres are two instruments: one is never converted into the other.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite, project_value
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.outcome.asked import WITHOUT_BANDS, UpTo10, answered, item, shown, total_of
from enbloc.value import value


@value
class Rating:
    """Pain from 0 to 10.

    Examples
    --------
    >>> Rating(pain=7).outcome.total
    7
    """

    pain: Annotated[int, Number(words="pain, 0 to 10", unit="", low=0, high=10, cuts=tuple(range(1, 11)))]

    @property
    def outcome(self) -> Outcome:
        """The rating."""
        return Outcome(points=(("pain", self.pain),), total=self.pain, category=WITHOUT_BANDS)


@value
class Mark:
    """Pain as a mark on a line of 100 mm.

    Examples
    --------
    >>> Mark(pain=70).outcome.total
    70
    """

    pain: Annotated[int, Number(words="pain, mark on the line", unit="mm", low=0, high=100, cuts=tuple(range(1, 101)))]

    @property
    def outcome(self) -> Outcome:
        """The mark."""
        return Outcome(points=(("pain", self.pain),), total=self.pain, category=WITHOUT_BANDS)


def _severity(number: int) -> Number:
    words = f"severity item {number} of the licensed form"
    return Number(words=words, unit="", low=0, high=10, cuts=tuple(range(1, 11)))


@value
class Severity:
    """Four items of severity; all are needed.

    Examples
    --------
    >>> Severity(item_1=8, item_2=2, item_3=5, item_4=4).outcome.total
    4.75
    """

    item_1: Annotated[int, _severity(1)]
    item_2: Annotated[int, _severity(2)]
    item_3: Annotated[int, _severity(3)]
    item_4: Annotated[int, _severity(4)]

    @property
    def outcome(self) -> Outcome:
        """Points by item and their mean."""
        points = tuple((each.name, getattr(self, each.name)) for each in fields(self))
        return Outcome(points=points, total=shown(total_of(points) / len(points)), category=WITHOUT_BANDS)


INTERFERENCE_ITEMS = 7
FEWEST = project_value(
    "bpi_fewest_items", 4, "items", ">=", source="prognosis 8: interference is a mean of 4 or more of 7, from memory"
)


@value
class Interference:
    """Seven items of interference; four or more must be answered.

    Examples
    --------
    >>> Interference(**{f"item_{number}": UpTo10("3") for number in range(1, 8)}).outcome.total
    3.0
    """

    item_1: Annotated[UpTo10, item(1, "interference item")]
    item_2: Annotated[UpTo10, item(2, "interference item")]
    item_3: Annotated[UpTo10, item(3, "interference item")]
    item_4: Annotated[UpTo10, item(4, "interference item")]
    item_5: Annotated[UpTo10, item(5, "interference item")]
    item_6: Annotated[UpTo10, item(6, "interference item")]
    item_7: Annotated[UpTo10, item(7, "interference item")]

    @property
    def outcome(self) -> Outcome:
        """Points by item and the mean of those answered."""
        points = answered(self)
        return replace(interference(total_of(points), len(points)), points=points)


def interference(total: float, number: int) -> Outcome:
    """The mean of a sum over so many answered items.

    Raises
    ------
    RecordError
        If too few were answered.
    """
    if number < FEWEST.number:
        raise RecordError(
            f"Only {number} of {INTERFERENCE_ITEMS} items of interference are answered.",
            remedy=f"At least {FEWEST.number:g} must be answered for a mean.",
        )
    flags = () if number == INTERFERENCE_ITEMS else (f"mean of the {number} of {INTERFERENCE_ITEMS} items answered",)
    return Outcome(total=shown(total / number), category=WITHOUT_BANDS, flags=flags)


NRS = Instrument(
    id="nrs",
    name="Numerical rating of pain",
    version="specification of 2026-11-20",
    form=Rating,
    population="pain of any cause; figures of change from degenerative disease",
    better=Better.LOWER,
    categories=(Category(word=WITHOUT_BANDS),),
    lowest=0,
    highest=10,
    validations=(
        "smallest change that matters: back 2.7, leg 3.2, with an error of measurement of 3.6 to 3.7 (degenerative)",
    ),
    warnings=("not interchangeable with a mark on a line in millimetres",),
    licence="free to use",
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("pain_change_degenerative"),),
)

VAS = Instrument(
    id="vas",
    name="Visual analogue scale of pain",
    version="specification of 2026-11-20",
    form=Mark,
    population="pain of any cause",
    better=Better.LOWER,
    categories=(Category(word=WITHOUT_BANDS),),
    lowest=0,
    highest=100,
    warnings=("not interchangeable with a rating of 0 to 10",),
    licence="free to use",
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("pain_change_degenerative"),),
)

_LICENCE = "licence of MD Anderson (as remembered); words not shipped, scoring only"

BPI_SEVERITY = Instrument(
    id="bpi_severity",
    name="Brief Pain Inventory, severity",
    version="short form, specification of 2026-11-20",
    form=Severity,
    population="pain of any cause",
    better=Better.LOWER,
    categories=(Category(word=WITHOUT_BANDS),),
    lowest=0,
    highest=10,
    warnings=("that each item runs from 0 to 10 is from memory",),
    licence=_LICENCE,
    checked=Checked.FROM_MEMORY,
    cites=(cite("bpi_short_form"),),
)

BPI_INTERFERENCE = Instrument(
    id="bpi_interference",
    name="Brief Pain Inventory, interference",
    version="short form, specification of 2026-11-20",
    form=Interference,
    population="pain of any cause",
    better=Better.LOWER,
    categories=(Category(word=WITHOUT_BANDS),),
    lowest=0,
    highest=10,
    averaged=interference,
    warnings=("that each item runs from 0 to 10 is from memory",),
    licence=_LICENCE,
    checked=Checked.FROM_MEMORY,
    cites=(cite("bpi_short_form"),),
)
