"""Stability after Kostuik: how many of six segments of a vertebra are destroyed, and the angulation.

"Destroyed" has no published percentage: it is the reader's call and never a threshold on a mask.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

UNSTABLE_FROM_DEG = 20


class Stability(Enum):
    """The three classes, best first."""

    STABLE = "stable"
    UNSTABLE = "unstable"
    MARKEDLY_UNSTABLE = "markedly unstable"


LIFTED = "unstable by its angulation alone"


@value
class Kostuik:
    """Six segments of one vertebra, each destroyed or not, and its angulation.

    Examples
    --------
    >>> form = Kostuik(
    ...     anterior_left=True, anterior_right=True, middle_left=True,
    ...     middle_right=False, posterior_left=False, posterior_right=False, angulation=0,
    ... )
    >>> form.outcome.total, form.outcome.category
    (3, 'unstable')
    """

    anterior_left: Annotated[bool, Ask(words="anterior left segment destroyed, as the reader calls it")]
    anterior_right: Annotated[bool, Ask(words="anterior right segment destroyed, as the reader calls it")]
    middle_left: Annotated[bool, Ask(words="middle left segment destroyed, as the reader calls it")]
    middle_right: Annotated[bool, Ask(words="middle right segment destroyed, as the reader calls it")]
    posterior_left: Annotated[bool, Ask(words="posterior left segment destroyed, as the reader calls it")]
    posterior_right: Annotated[bool, Ask(words="posterior right segment destroyed, as the reader calls it")]
    angulation: Annotated[
        float, Number(words="angulation", unit="degrees", low=0, high=180, step=0, cuts=(UNSTABLE_FROM_DEG,))
    ]

    @property
    def outcome(self) -> Outcome:
        """The count of destroyed segments and the class; angulation lifts "stable" and never lowers."""
        segments = {
            "anterior_left": self.anterior_left,
            "anterior_right": self.anterior_right,
            "middle_left": self.middle_left,
            "middle_right": self.middle_right,
            "posterior_left": self.posterior_left,
            "posterior_right": self.posterior_right,
        }
        count = sum(segments.values())
        lifted = count <= 2 and self.angulation >= UNSTABLE_FROM_DEG
        unlifted = Stability.STABLE if count <= 2 else Stability.UNSTABLE if count <= 4 else Stability.MARKEDLY_UNSTABLE
        return Outcome(
            points=tuple((name, int(destroyed)) for name, destroyed in segments.items()),
            total=count,
            category=(Stability.UNSTABLE if lifted else unlifted).value,
            flags=(LIFTED,) if lifted else (),
        )


KOSTUIK = Instrument(
    id="kostuik",
    name="Kostuik",
    version="1991, specification of 2026-11-20",
    form=Kostuik,
    population="one vertebra with a tumour",
    better=Better.LOWER,
    categories=(
        Category(word=Stability.STABLE.value, published="0 to 2 segments destroyed"),
        Category(word=Stability.UNSTABLE.value, published="3 or 4 segments destroyed, or angulation of 20 degrees"),
        Category(word=Stability.MARKEDLY_UNSTABLE.value, published="5 or 6 segments destroyed"),
    ),
    lowest=0,
    highest=6,
    validations=("kappa .505 between and .595 within readers (2020)",),
    warnings=("'destroyed' has no published percentage: it is the reader's call",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("kostuik1991"), cite("kostuik1988")),
)
