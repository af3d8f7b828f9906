"""Two scores of Rades for metastatic compression of the cord under radiotherapy; they run in opposite directions.

The points of the first are from memory; its bands were read. It is a draft until somebody compares it with the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, AliveAt, Cohort, Predicted
from enbloc.stage.survival import spread, state
from enbloc.stage.survival.asked import PRIMARY, VISCERAL, ecog
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value

LATE_MONTHS = 15.0
"""An interval from the diagnosis to the compression counts as long beyond this."""

_INTERVAL = Number(
    words="months from the diagnosis of the tumour to the compression of the cord",
    unit="months",
    low=0,
    high=1200,
    step=0.01,
    cuts=(15.01,),
    answered_by=vocabulary.MONTHS_TO_COMPRESSION,
)
_OTHER_BONE = Ask(words="other bone metastases", answered_by=spread.other_bone)
_AMBULATORY = Ask(words="walks before radiotherapy", answered_by=state.walks)


def _deficit(*cuts: float) -> Number:
    words = "days in which the motor deficit developed"
    return Number(words=words, unit="days", low=1, high=9999, cuts=cuts, answered_by=vocabulary.MOTOR_DEFICIT_DAYS)


_LISTED = (
    PrimarySite.LUNG,
    PrimarySite.PROSTATE,
    PrimarySite.BREAST,
    PrimarySite.MYELOMA,
    PrimarySite.LYMPHOMA,
)


def _primary(classes: Callable[[str], Component]) -> Ask:
    """Both scores list the same sites, each with points of its own."""
    read = by_site({site: classes(site.value) for site in _LISTED}, others=classes("other"))
    return Ask(words=PRIMARY, answered_by=read)


class SurvivalPrimary(Component):
    """The primary tumour in the survival score; more is better."""

    LUNG = "lung", 3
    OTHER = "other", 4
    PROSTATE = "prostate", 7
    BREAST = "breast", 8
    MYELOMA = "myeloma", 9
    LYMPHOMA = "lymphoma", 9


class Group(Enum):
    """The three groups of the regrouped survival score, worst first."""

    WORST = "20 to 30 points"
    MIDDLE = "31 to 35 points"
    BEST = "36 to 45 points"


OFF_BY_ONE = "the items as remembered run to 46 where the paper says 45: at least one may be off by one"
BEYOND_THE_PAPER = "a total of 46 lies beyond the published range: counted in the top group"


@value
class RadesSurvival:
    """Six items and what they add up to; every one is survival at 6 months in per cent, divided by ten.

    Examples
    --------
    >>> form = RadesSurvival(primary=SurvivalPrimary.PROSTATE, other_bone=True, visceral=False,
    ...                      months_to_compression=10, ambulatory=True, deficit_days=5)
    >>> form.outcome.total, form.outcome.category
    (34, '31 to 35 points')
    """

    primary: Annotated[SurvivalPrimary, _primary(SurvivalPrimary)]
    other_bone: Annotated[bool, _OTHER_BONE]
    visceral: Annotated[bool, VISCERAL]
    months_to_compression: Annotated[float, _INTERVAL]
    ambulatory: Annotated[bool, _AMBULATORY]
    deficit_days: Annotated[int, _deficit(8, 15)]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and group."""
        points = (
            ("primary", self.primary.points),
            ("other_bone", 5 if self.other_bone else 7),
            ("visceral", 2 if self.visceral else 8),
            ("months_to_compression", 7 if self.months_to_compression > LATE_MONTHS else 4),
            ("ambulatory", 7 if self.ambulatory else 3),
            ("deficit_days", 3 if self.deficit_days <= 7 else 6 if self.deficit_days <= 14 else 8),
        )
        total = sum(each for _, each in points)
        flags = (BEYOND_THE_PAPER,) if total > 45 else ()
        return Outcome(points=points, total=total, category=survival_band(total), flags=flags)


def survival_band(total: float) -> str:
    """The group of a total of the survival score."""
    if total <= 30:
        return Group.WORST.value
    return Group.MIDDLE.value if total <= 35 else Group.BEST.value


def _alive(group: Group, regrouped: float, *derived: AliveAt) -> Category:
    validated = "439 patients of the validation of 2010"
    later = AliveAt(months=6, percent=regrouped, elsewhere=validated, checked=Checked.READ)
    return Category(word=group.value, survival=(*derived, later))


def _of(percent: float, part: str = "", *, remembered: bool = False) -> AliveAt:
    return AliveAt(months=6, percent=percent, part=part, checked=Checked.FROM_MEMORY if remembered else Checked.READ)


RADES_2008 = Instrument(
    id="rades_2008",
    name="Rades survival score",
    version="2008, specification of 2026-11-20",
    form=RadesSurvival,
    population="metastatic compression of the spinal cord, before radiotherapy",
    better=Better.HIGHER,
    categories=(
        _alive(
            Group.BEST,
            80,
            _of(87, "36 to 40 points", remembered=True),
            _of(99, "41 to 45 points", remembered=True),
        ),
        _alive(Group.MIDDLE, 56, _of(48)),
        _alive(Group.WORST, 14, _of(4, "20 to 25 points"), _of(11, "26 to 30 points")),
    ),
    lowest=20,
    highest=46,
    band=survival_band,
    tumours=SPREAD,
    cohort=Cohort(published=2008, patients=1852, treatment="radiotherapy"),
    is_survival=True,
    validations=("alive at 6 months 7, 19, 56, 73 and 90 % in the five groups, in 439 patients (Cancer, 2010)",),
    warnings=(OFF_BY_ONE,),
    checked=Checked.FROM_MEMORY,
    cites=(cite("rades2008survival"),),
)


class ShortPrimary(Component):
    """The primary tumour in the score for a short life; more is worse."""

    BREAST = "breast", 1
    MYELOMA = "myeloma", 1
    LYMPHOMA = "lymphoma", 1
    PROSTATE = "prostate", 2
    LUNG = "lung", 3
    OTHER = "other", 3


class Short(Enum):
    """Whether a short life is predicted, best first."""

    NO = "6 to 18: death within 2 months is not predicted"
    YES = "19 to 25: death within 2 months is predicted"


@value
class RadesShort:
    """Seven items and what they add up to, 6 to 25; nobody with an ECOG status of 0 or 1 was in its cohort.

    Examples
    --------
    >>> form = RadesShort(ecog=3, primary=ShortPrimary.PROSTATE, other_bone=True, visceral=False,
    ...                   months_to_compression=20, ambulatory=False, deficit_days=3)
    >>> form.outcome.total, form.outcome.category
    (19, '19 to 25: death within 2 months is predicted')
    """

    ecog: Annotated[int, ecog(3, low=2)]
    primary: Annotated[ShortPrimary, _primary(ShortPrimary)]
    other_bone: Annotated[bool, _OTHER_BONE]
    visceral: Annotated[bool, VISCERAL]
    months_to_compression: Annotated[float, _INTERVAL]
    ambulatory: Annotated[bool, _AMBULATORY]
    deficit_days: Annotated[int, _deficit(8)]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and what is predicted."""
        points = (
            ("ecog", 4 if self.ecog >= 3 else 0),
            ("primary", self.primary.points),
            ("other_bone", 3 if self.other_bone else 1),
            ("visceral", 4 if self.visceral else 1),
            ("months_to_compression", 1 if self.months_to_compression > LATE_MONTHS else 3),
            ("ambulatory", 1 if self.ambulatory else 4),
            ("deficit_days", 4 if self.deficit_days <= 7 else 1),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=short_band(total))


def short_band(total: float) -> str:
    """What a total of the score for a short life predicts."""
    return Short.YES.value if total >= 19 else Short.NO.value


_ACCURACY = "from 19 points on: sensitivity 81 %, specificity 84 %, negative predictive value 95 %"

RADES_2013_SHORT = Instrument(
    id="rades_2013_short",
    name="Rades score for a short life expectancy",
    version="2013, specification of 2026-11-20",
    form=RadesShort,
    population="metastatic compression of the spinal cord, before radiotherapy, ECOG 2 to 4",
    better=Better.LOWER,
    categories=(
        Category(word=Short.NO.value, published=_ACCURACY, survival=(Predicted(from_months=2),)),
        Category(word=Short.YES.value, published=_ACCURACY, survival=(Predicted(to_months=2),)),
    ),
    lowest=6,
    highest=25,
    band=short_band,
    tumours=SPREAD,
    cohort=Cohort(published=2013, treatment="radiotherapy"),
    is_survival=True,
    warnings=("nobody in the derivation had an ECOG status of 0 or 1: it is refused",),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("rades2013short_copy"),),
)
