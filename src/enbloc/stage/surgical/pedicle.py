"""Involvement of the pedicles, recorded side by side: other classifications read it, none follows from it alone."""

from __future__ import annotations

from enum import Enum
from itertools import product
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Involvement(Enum):
    """Of one pedicle."""

    NONE = "none"
    PARTIAL = "partial"
    COMPLETE = "complete"


BOTH = (
    "both pedicles are involved: cutting them crosses tumour, and no standard vertebrectomy is free of it (WBB 4 and 9)"
)


@value
class Pedicles:
    """Both pedicles of one vertebra.

    Examples
    --------
    >>> Pedicles(left=Involvement.PARTIAL, right=Involvement.NONE).outcome.category
    'left partial, right none'
    """

    left: Annotated[Involvement, Ask(words="involvement of the left pedicle")]
    right: Annotated[Involvement, Ask(words="involvement of the right pedicle")]

    @property
    def outcome(self) -> Outcome:
        """Both sides in words; a side is never left out."""
        both = Involvement.NONE not in (self.left, self.right)
        return Outcome(category=_words(self.left, self.right), flags=(BOTH,) if both else ())


def _words(left: Involvement, right: Involvement) -> str:
    return f"left {left.value}, right {right.value}"


PEDICLE = Instrument(
    id="pedicle",
    name="Pedicle involvement",
    version="specification of 2026-11-20",
    form=Pedicles,
    population="one vertebra with a tumour, on MRI or CT",
    better=Better.NEITHER,
    categories=tuple(Category(word=_words(left, right)) for left, right in product(Involvement, Involvement)),
    validations=("MRI against surgery in 45 patients: accuracy 94.4 %, sensitivity 95.5 %, specificity 91.3 %",),
    warnings=("read by SINS (posterolateral), WBB (sectors 4 left and 9 right) and Tomita's type (site 2)",),
    checked=Checked.READ,
    cites=(cite("pedicle_mri2016"),),
)
