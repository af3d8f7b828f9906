"""The Clavien-Dindo grade of one complication: by the treatment that was given."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

GRADES = ("I", "II", "IIIa", "IIIb", "IVa", "IVb", "V")
"""Mildest first."""

MAJOR_FROM = "IIIa"


class Treatment(Enum):
    """The most that one complication needed."""

    grade: str

    def __new__(cls, word: str, grade: str) -> Treatment:
        member = object.__new__(cls)
        member._value_ = word
        member.grade = grade
        return member

    NONE = "none", "I"
    ALLOWED_DRUGS = "antiemetic_antipyretic_analgesic_diuretic_or_electrolytes", "I"
    PHYSIOTHERAPY = "physiotherapy", "I"
    BEDSIDE_WOUND = "wound_opened_at_the_bedside", "I"
    OTHER_DRUGS = "other_drugs", "II"
    TRANSFUSION = "transfusion", "II"
    PARENTERAL_NUTRITION = "total_parenteral_nutrition", "II"
    INTERVENTION = "intervention_without_general_anaesthesia", "IIIa"
    INTERVENTION_ASLEEP = "intervention_under_general_anaesthesia", "IIIb"
    ONE_ORGAN = "life_threatening_in_intensive_care_one_organ", "IVa"
    ORGANS = "life_threatening_in_intensive_care_several_organs", "IVb"
    DEATH = "death", "V"


DISABILITY = "suffix d: disability at discharge"


@value
class Complication:
    """One complication: what it needed, and whether it left a disability.

    Examples
    --------
    >>> Complication(treatment=Treatment.TRANSFUSION, disability=False).outcome.category
    'II'
    """

    treatment: Annotated[Treatment, Ask(words="the most that the complication needed")]
    disability: Annotated[bool, Ask(words="disability at discharge by the complication")]

    def __post_init__(self) -> None:
        """Who died was not discharged."""
        if self.treatment is Treatment.DEATH and self.disability:
            raise RecordError(
                "A disability at discharge is stated of a patient who died.", remedy="Answer no, or correct the death."
            )

    @property
    def outcome(self) -> Outcome:
        """The grade, with the suffix as a flag."""
        return Outcome(category=self.treatment.grade, flags=(DISABILITY,) if self.disability else ())


def of_patient(grades: Iterable[str]) -> str:
    """The grade of a patient: the highest of all complications, each of which stays in the record.

    Examples
    --------
    >>> of_patient(["II", "IIIb", "I"])
    'IIIb'
    """
    return max(grades, key=GRADES.index)


CLAVIEN_DINDO = Instrument(
    id="clavien_dindo",
    name="Clavien-Dindo grade",
    version="2004, specification of 2026-11-20",
    form=Complication,
    population="a complication of an operation",
    better=Better.LOWER,
    categories=tuple(
        Category(word=grade, published="major" if at >= GRADES.index(MAJOR_FROM) else "")
        for at, grade in enumerate(GRADES)
    ),
    warnings=("the grade of a patient is that of the worst complication; every one stays in the record",),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("dindo2004"),),
)
