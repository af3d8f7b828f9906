"""EQ-5D: a profile of five digits in either version, and the visual analogue scale.

Words, translations and value sets belong to EuroQol and are not here, so that no index is computed. The two versions
are two instruments: a digit of one never stands in the other.
"""

from __future__ import annotations

from typing import Annotated, Any

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.outcome.asked import WITHOUT_BANDS
from enbloc.value import value

DIMENSIONS = 5
PROFILE = "a profile, not an index: an index needs a country's value set and the permission of EuroQol"


def _dimension(number: int, levels: int) -> Number:
    words = f"dimension {number} of the licensed form"
    return Number(words=words, unit="", low=1, high=levels, cuts=tuple(range(2, levels + 1)))


def _profiled(form: Any) -> Outcome:
    names = (f"dimension_{number}" for number in range(1, DIMENSIONS + 1))
    return Outcome(points=tuple((name, getattr(form, name)) for name in names), category=PROFILE)


@value
class ThreeLevels:
    """Five dimensions of 1 to 3.

    Examples
    --------
    >>> ThreeLevels(**profile("21321", 3)).outcome.points[0]
    ('dimension_1', 2)
    """

    dimension_1: Annotated[int, _dimension(1, 3)]
    dimension_2: Annotated[int, _dimension(2, 3)]
    dimension_3: Annotated[int, _dimension(3, 3)]
    dimension_4: Annotated[int, _dimension(4, 3)]
    dimension_5: Annotated[int, _dimension(5, 3)]

    @property
    def outcome(self) -> Outcome:
        """The digits by dimension; they are no points and have no sum."""
        return _profiled(self)


@value
class FiveLevels:
    """Five dimensions of 1 to 5.

    Examples
    --------
    >>> FiveLevels(**profile("21345", 5)).outcome.points[4]
    ('dimension_5', 5)
    """

    dimension_1: Annotated[int, _dimension(1, 5)]
    dimension_2: Annotated[int, _dimension(2, 5)]
    dimension_3: Annotated[int, _dimension(3, 5)]
    dimension_4: Annotated[int, _dimension(4, 5)]
    dimension_5: Annotated[int, _dimension(5, 5)]

    @property
    def outcome(self) -> Outcome:
        """The digits by dimension; they are no points and have no sum."""
        return _profiled(self)


def profile(digits: str, levels: int) -> dict[str, int]:
    """The items of a form from a profile that is written as five digits.

    Raises
    ------
    RecordError
        If it is no profile of that version.
    """
    allowed = {str(level) for level in range(1, levels + 1)}
    if len(digits) != DIMENSIONS or not set(digits) <= allowed:
        raise RecordError(
            f"This is no profile of EQ-5D-{levels}L.",
            remedy=f"Write {DIMENSIONS} digits of 1 to {levels}, as in 11111.",
        )
    return {f"dimension_{at}": int(digit) for at, digit in enumerate(digits, start=1)}


@value
class Thermometer:
    """The visual analogue scale.

    Examples
    --------
    >>> Thermometer(health=70).outcome.total
    70
    """

    health: Annotated[
        int, Number(words="mark on the scale of the licensed form", unit="", low=0, high=100, cuts=tuple(range(1, 101)))
    ]

    @property
    def outcome(self) -> Outcome:
        """The mark."""
        return Outcome(points=(("health", self.health),), total=self.health, category=WITHOUT_BANDS)


_LICENCE = "copyright of EuroQol, use needs registration; words and value sets not shipped"


def _described(id: str, name: str, form: type[Any]) -> Instrument:
    return Instrument(
        id=id,
        name=name,
        version="specification of 2026-11-20",
        form=form,
        population="health in general, as the patient reports it",
        better=Better.NEITHER,
        categories=(Category(word=PROFILE),),
        validations=("smallest change of the index that matters: 0.10 (degenerative disease)",),
        warnings=("a value set of the version with three levels is never used with five, nor the other way",),
        licence=_LICENCE,
        checked=Checked.READ_IN_A_COPY,
        cites=(cite("eq5d_index_change"),),
    )


EQ5D_3L = _described("eq5d_3l", "EQ-5D-3L", ThreeLevels)
EQ5D_5L = _described("eq5d_5l", "EQ-5D-5L", FiveLevels)
EQ5D_VAS = Instrument(
    id="eq5d_vas",
    name="EQ-5D visual analogue scale",
    version="specification of 2026-11-20",
    form=Thermometer,
    population="health in general, as the patient reports it",
    better=Better.HIGHER,
    categories=(Category(word=WITHOUT_BANDS),),
    lowest=0,
    highest=100,
    validations=("smallest change that matters: 19.6 in spinal metastases",),
    licence=_LICENCE,
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("eq5d_scale_change"),),
)
