"""Frailty indices made in patients with spinal tumours: one for metastases, one for primary tumours."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

NOT_FRAIL = "0: not frail"
MILD = "1: mildly frail"
MODERATE = "2: moderately frail"
SEVERE = "3 or more: severely frail"


def band(count: float) -> str:
    """The tier of a count; both indices have the same."""
    return SEVERE if count >= 3 else (NOT_FRAIL, MILD, MODERATE)[int(count)]


@value
class Metastatic:
    """Seven conditions and two features of the operation, one point each.

    Examples
    --------
    >>> none = dict.fromkeys(METASTATIC_ITEMS, False)
    >>> form = Metastatic(**(none | {"anaemia": True, "urgent": True}))
    >>> form.outcome.total, form.outcome.category
    (2, '2: moderately frail')
    """

    anaemia: Annotated[bool, Ask(words="anaemia")]
    chronic_lung_disease: Annotated[
        bool, Ask(words="chronic lung disease", answered_by=vocabulary.CHRONIC_LUNG_DISEASE)
    ]
    coagulopathy: Annotated[bool, Ask(words="coagulopathy")]
    electrolytes: Annotated[bool, Ask(words="electrolyte abnormality")]
    pulmonary_circulation: Annotated[bool, Ask(words="disorder of the pulmonary circulation")]
    renal_failure: Annotated[bool, Ask(words="renal failure")]
    malnutrition: Annotated[bool, Ask(words="malnutrition")]
    urgent: Annotated[bool, Ask(words="emergent or urgent admission")]
    anterior: Annotated[bool, Ask(words="anterior or combined approach planned")]

    @property
    def outcome(self) -> Outcome:
        """One point for each that is present."""
        points = tuple((name, int(getattr(self, name))) for name in METASTATIC_ITEMS)
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


METASTATIC_ITEMS = tuple(each.name for each in fields(Metastatic))
"""The items, by name."""

_COHORT = "4,583 inpatients with spinal metastases"

MSTFI = Instrument(
    id="mstfi_2016",
    name="Metastatic Spinal Tumor Frailty Index",
    version="2016, specification of 2026-11-20",
    form=Metastatic,
    population="operation for a spinal metastasis of breast, lung, thyroid, kidney or prostate",
    better=Better.LOWER,
    categories=(
        Category(word=NOT_FRAIL, published=f"reference of the odds in {_COHORT}"),
        Category(word=MILD, published=f"odds of a major complication 1.88 in {_COHORT}"),
        Category(word=MODERATE, published=f"odds of a major complication 3.83, of death 5.15, in {_COHORT}"),
        Category(word=SEVERE, published=f"odds of a major complication 6.97, of death 5.74, in {_COHORT}"),
    ),
    lowest=0,
    highest=9,
    band=band,
    validations=(
        "weak in 479 other patients: area under the curve 0.56 for complications",
        "area under the curve 0.69 for death in the same 479",
    ),
    warnings=(
        "two of the nine items belong to the operation: compute it again for each planned approach",
        "one point for each item is not printed in the abstract of the paper: draft, from its first version",
        "not the first version, which had heart failure and pathological fracture instead of admission and approach",
        "weak in other patients (area under the curve 0.56 for complications)",
    ),
    checked=Checked.READ,
    cites=(cite("delagarzaramos2016"),),
)


@value
class Primary:
    """How many of nine deficits are present.

    Examples
    --------
    >>> Primary(deficits=5).outcome.category
    '3 or more: severely frail'
    """

    deficits: Annotated[
        int,
        Number(
            words="how many of the nine deficits of the index are present",
            unit="",
            low=0,
            high=9,
            cuts=(1, 2, 3, 4, 5, 6, 7, 8, 9),
        ),
    ]

    @property
    def outcome(self) -> Outcome:
        """The count and its tier."""
        return Outcome(points=(("deficits", self.deficits),), total=self.deficits, category=band(self.deficits))


_SERIES = "1,589 patients of 2002 to 2011"

STFI = Instrument(
    id="stfi_2017",
    name="Spinal Tumor Frailty Index",
    version="2017, specification of 2026-11-20",
    form=Primary,
    population="operation for a primary spinal tumour",
    better=Better.LOWER,
    categories=(
        Category(word=NOT_FRAIL, published=f"mean stay 6.4 days in {_SERIES}"),
        Category(
            word=MILD,
            published=f"odds of a major complication 3.83 (2.63 to 5.58), mean stay 9.8 days, in {_SERIES}",
        ),
        Category(
            word=MODERATE,
            published=f"odds of a major complication 6.80 (4.10 to 11.3), mean stay 14.4 days, in {_SERIES}",
        ),
        Category(
            word=SEVERE,
            published=f"odds of a major complication 13.05 (6.34 to 26.87), mean stay 18.3 days, in {_SERIES}",
        ),
    ),
    lowest=0,
    highest=9,
    band=band,
    warnings=(
        "the nine items are from memory: anaemia, heart failure, chronic lung disease, coagulopathy, electrolyte "
        "abnormality, disorder of the pulmonary circulation, renal failure, malnutrition, pathological fracture",
        "10.6 % of the cohort had a major complication",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("ahmed2017"),),
)
