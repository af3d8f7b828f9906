"""The McCormick grades of function with an intramedullary tumour: four of 1990, and the modified five.

Grades II to IV of the two do not correspond: one is never converted into the other.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Function(Enum):
    """What a patient can do, in the four steps of 1990."""

    NORMAL_GAIT = "neurologically normal or mild focal deficit, normal gait"
    GAIT_DIFFICULTY = (
        "sensorimotor deficit affecting the limb, mild to moderate gait difficulty or severe pain or dysaesthesia, "
        "still independent"
    )
    CANE_OR_BRACE = "needs cane or brace, or significant bilateral arm deficit; independent or not"
    WHEELCHAIR = "severe deficit, wheelchair, or cane or brace with bilateral arm deficit; usually dependent"


class ModifiedFunction(Enum):
    """What a patient can do, in the five steps of the modified scale."""

    INTACT = "intact, normal gait, minimal dysaesthesia"
    INDEPENDENT = "mild deficit, functionally independent"
    EXTERNAL_AID = "moderate deficit, limited, independent with external aid"
    DEPENDENT = "severe deficit, dependent"
    PARALYSED = "paraplegia or quadriplegia, even with flicker"


_NUMERALS = ("I", "II", "III", "IV", "V")


def _grade(function: Enum) -> str:
    """The grade of a description: its place on its own scale."""
    return f"grade {_NUMERALS[list(type(function)).index(function)]}: {function.value}"


@value
class McCormick:
    """The scale of 1990: one description, one grade.

    Examples
    --------
    >>> McCormick(function=Function.NORMAL_GAIT).outcome.category
    'grade I: neurologically normal or mild focal deficit, normal gait'
    """

    function: Annotated[Function, Ask(words="function with the intramedullary tumour, McCormick 1990")]

    @property
    def outcome(self) -> Outcome:
        """The grade."""
        return Outcome(category=_grade(self.function))


@value
class ModifiedMcCormick:
    """The modified scale: one description, one grade.

    Examples
    --------
    >>> ModifiedMcCormick(function=ModifiedFunction.DEPENDENT).outcome.category
    'grade IV: severe deficit, dependent'
    """

    function: Annotated[ModifiedFunction, Ask(words="function with the intramedullary tumour, modified McCormick")]

    @property
    def outcome(self) -> Outcome:
        """The grade."""
        return Outcome(category=_grade(self.function))


_WARNINGS = (
    "grades II to IV of the original and of the modified scale do not correspond: never converted",
    "bladder and bowel are not graded",
)

MCCORMICK = Instrument(
    id="mccormick_1990",
    name="McCormick",
    version="1990, specification of 2026-11-20",
    form=McCormick,
    population="intramedullary tumour",
    better=Better.LOWER,
    categories=tuple(Category(word=_grade(each)) for each in Function),
    warnings=_WARNINGS,
    checked=Checked.READ,
    cites=(cite("mccormick1990"),),
)

MODIFIED_MCCORMICK = Instrument(
    id="mccormick_modified",
    name="Modified McCormick",
    version="year of the modification not stated, specification of 2026-11-20",
    form=ModifiedMcCormick,
    population="intramedullary tumour",
    better=Better.LOWER,
    categories=tuple(Category(word=_grade(each)) for each in ModifiedFunction),
    warnings=_WARNINGS,
    checked=Checked.READ,
    cites=(cite("mccormick_modified_copy"),),
)
