"""What goes with a vertebral fracture after stereotactic radiotherapy: factors listed one by one.

They are never multiplied: the product of hazard ratios is no risk.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.answering import LYTIC as IS_LYTIC
from enbloc.stage.answering import MALALIGNED, collapse
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD
from enbloc.stage.sins import Collapse
from enbloc.value import value


class Baseline(Enum):
    """The body before treatment."""

    NONE = "no fracture, half of the body involved or less"
    INVOLVED = "no fracture, more than half of the body involved"
    UNDER_HALF = "fracture of less than 50 %"
    HALF = "fracture of 50 % or more"


_BASELINE = collapse(
    {
        Collapse.NONE: (Baseline.NONE,),
        Collapse.BODY_OVER_HALF_INVOLVED: (Baseline.INVOLVED,),
        Collapse.UNDER_HALF: (Baseline.UNDER_HALF,),
        Collapse.OVER_HALF: (Baseline.HALF,),
    }
)


class Factors(Enum):
    """The results."""

    NONE = "none of the factors"
    SOME = "one or more of the factors"


class Dose(Enum):
    """The class of a dose per fraction, never of the total dose."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


MIDDLE_FROM_GY, HIGH_FROM_GY = 20, 24
BODY = {Baseline.NONE: 1.0, Baseline.INVOLVED: 4.46, Baseline.UNDER_HALF: 8.98, Baseline.HALF: 6.92}
ALIGNMENT, LYTIC = 2.99, 3.53
MIDDLE_DOSE, HIGH_DOSE = 4.91, 5.25
BETWEEN = "the published bands of dose (19 or less, 20 to 23, 24 or more Gy) leave this dose open: counted below"
FEW_WITH_HALF = "that less than 50 % has a higher ratio than 50 % or more rests on few cases in the latter"


@value
class Fracture:
    """Dose of each fraction, body, alignment and matrix before treatment.

    Examples
    --------
    >>> Fracture(dose_gy=24, baseline=Baseline.NONE, malaligned=False, lytic=True).factors
    (('24 Gy or more per fraction', 5.25), ('lytic', 3.53))
    """

    dose_gy: Annotated[
        float, Number(words="dose per fraction", unit="Gy", low=1, high=40, step=0, cuts=(MIDDLE_FROM_GY, HIGH_FROM_GY))
    ]
    baseline: Annotated[Baseline, Ask(words="vertebral body before treatment", answered_by=_BASELINE)]
    malaligned: Annotated[bool, Ask(words="alignment abnormal", answered_by=MALALIGNED)]
    lytic: Annotated[bool, Ask(words="lesion is lytic", answered_by=IS_LYTIC)]

    @property
    def dose(self) -> Dose:
        """The class of the dose per fraction; a dose between two printed bands counts to the lower one."""
        if self.dose_gy >= HIGH_FROM_GY:
            return Dose.HIGH
        return Dose.MIDDLE if self.dose_gy >= MIDDLE_FROM_GY else Dose.LOW

    @property
    def factors(self) -> tuple[tuple[str, float], ...]:
        """Each factor that holds, with its subhazard ratio against the reference."""
        dose = _DOSES[self.dose]
        body = () if self.baseline is Baseline.NONE else ((self.baseline.value, BODY[self.baseline]),)
        alignment = (("alignment abnormal", ALIGNMENT),) if self.malaligned else ()
        return (*dose, *body, *alignment, *((("lytic", LYTIC),) if self.lytic else ()))

    @property
    def outcome(self) -> Outcome:
        """The factors as a list; there is neither a sum nor a product."""
        listed = [f"{words}: subhazard ratio {ratio:.2f}" for words, ratio in self.factors]
        if 19 < self.dose_gy < 20 or 23 < self.dose_gy < 24:
            listed.append(BETWEEN)
        if self.baseline in (Baseline.UNDER_HALF, Baseline.HALF):
            listed.append(FEW_WITH_HALF)
        category = Factors.SOME if self.factors else Factors.NONE
        readings = (("dose class (per fraction)", self.dose.value),)
        return Outcome(category=category.value, flags=tuple(listed), readings=readings)


_DOSES: dict[Dose, tuple[tuple[str, float], ...]] = {
    Dose.LOW: (),
    Dose.MIDDLE: (("20 to 23 Gy per fraction", MIDDLE_DOSE),),
    Dose.HIGH: (("24 Gy or more per fraction", HIGH_DOSE),),
}


FRACTURE_AFTER_SBRT = Instrument(
    id="vcf_after_sbrt",
    name="Factors of fracture after stereotactic radiotherapy",
    version="2013, specification of 2026-11-20",
    form=Fracture,
    population="spinal metastasis before stereotactic body radiotherapy; new fracture or progression of one",
    tumours=SPREAD,
    better=Better.NEITHER,
    categories=(Category(word=Factors.NONE.value), Category(word=Factors.SOME.value)),
    validations=(
        "252 patients, 410 segments, 57 fractures (14 %): cumulative incidence 12.35 % at 1 year, 13.49 % at 2 years;"
        " median 2.46 months, 65 % within 4 months",
    ),
    warnings=("the ratios are not multiplied: their product is no risk",),
    checked=Checked.READ,
    cites=(cite("sahgal2013vcf"),),
)
