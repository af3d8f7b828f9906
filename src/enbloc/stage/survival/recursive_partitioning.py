"""Two partitions of patients before spine radiosurgery into three classes: Chao 2012 and Balagamwala 2018.

They ask and cut differently and share nothing but the form of their result.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort, Median
from enbloc.stage.survival.asked import VISCERAL, age, karnofsky, months_since_diagnosis
from enbloc.value import value


class Class(Enum):
    """The three classes, best first."""

    ONE = "class 1"
    TWO = "class 2"
    THREE = "class 3"


@value
class Chao:
    """Time since diagnosis first; then Karnofsky of the late, age of the early.

    Examples
    --------
    >>> Chao(months=48, karnofsky=80, age=75).outcome.category
    'class 1'
    """

    months: Annotated[float, months_since_diagnosis(30.01)]
    karnofsky: Annotated[int, karnofsky(80)]
    age: Annotated[int, age(70)]

    @property
    def outcome(self) -> Outcome:
        """The class; Karnofsky does not count up to 30 months, and age does not count afterwards."""
        if self.months > 30:
            reached = Class.ONE if self.karnofsky > 70 else Class.TWO
        else:
            reached = Class.TWO if self.age < 70 else Class.THREE
        return Outcome(category=reached.value)


@value
class Balagamwala:
    """Karnofsky first; then control of the disease, or age and organs.

    Examples
    --------
    >>> Balagamwala(karnofsky=60, controlled=False, age=50, visceral=False).outcome.category
    'class 3'
    """

    karnofsky: Annotated[int, karnofsky(80)]
    controlled: Annotated[bool, Ask(words="systemic disease controlled", answered_by=vocabulary.CONTROLLED)]
    age: Annotated[int, age(54)]
    visceral: Annotated[bool, VISCERAL]

    @property
    def outcome(self) -> Outcome:
        """The class; of patients in a poor state the younger are in the worst one."""
        if self.karnofsky > 70:
            reached = Class.ONE if self.controlled else Class.TWO
        else:
            reached = Class.THREE if self.age < 54 or self.visceral else Class.TWO
        return Outcome(category=reached.value)


def _remembered(months: float) -> tuple[Median, ...]:
    return (Median(months=months, checked=Checked.FROM_MEMORY),)


CHAO = Instrument(
    id="chao_rpa_2012",
    name="Recursive partitioning for spine radiosurgery (Chao)",
    version="2012, specification of 2026-11-20",
    form=Chao,
    population="spinal metastasis, before stereotactic body radiotherapy",
    better=Better.LOWER,
    categories=(
        Category(word=Class.ONE.value, survival=_remembered(21.1)),
        Category(word=Class.TWO.value, survival=_remembered(8.7)),
        Category(word=Class.THREE.value, survival=_remembered(2.4)),
    ),
    tumours=SPREAD,
    cohort=Cohort(published=2012, patients=174, treatment="stereotactic body radiotherapy of the spine"),
    is_survival=True,
    validations=("derivation: median survival of all 174 patients 10.7 months",),
    checked=Checked.READ,
    cites=(cite("chao2012rpa"),),
)


def _validated(months: float, later: float) -> tuple[Median, ...]:
    return (Median(months=months), Median(months=later, elsewhere="749 patients of a validation"))


BALAGAMWALA = Instrument(
    id="balagamwala_rpa_2018",
    name="Recursive partitioning for single-fraction spine radiosurgery (Balagamwala)",
    version="2018, specification of 2026-11-20",
    form=Balagamwala,
    population="spinal metastasis, before radiosurgery in a single fraction",
    better=Better.LOWER,
    categories=(
        Category(word=Class.ONE.value, survival=_validated(26.7, 27.1)),
        Category(word=Class.TWO.value, survival=_validated(13.4, 13.0)),
        Category(word=Class.THREE.value, survival=_validated(4.5, 3.5)),
    ),
    tumours=SPREAD,
    cohort=Cohort(published=2018, patients=444, treatment="radiosurgery of the spine in one fraction"),
    is_survival=True,
    validations=(
        "later in three sets of 221, 749 and 214 patients: median survival 19.9, 11.0 and 24.4 months"
        " (conference abstract)",
    ),
    checked=Checked.READ,
    cites=(cite("balagamwala2018rpa"),),
)
