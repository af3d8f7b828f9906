"""Frankel's grades of 1969, and why they are never the grades A to E of the ASIA impairment scale.

The letters are the same, the rules are not: A and B of the impairment scale need the segments S4-5, C and D are counts
of key muscles, while Frankel asks what the movement is useful for. A grade therefore carries its scale, none is turned
into the other, and two are compared on one scale only. Frankel's is the less stable over time.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Scale(Enum):
    """The two scales that share their letters."""

    FRANKEL = "Frankel"
    ASIA = "ASIA impairment scale"


class Movement(Enum):
    """Motor function below the injury, as Frankel asks for it."""

    NONE = "none"
    USELESS = "useless"
    USEFUL = "useful"
    RECOVERED = "recovered"  # no deficit is left; reflexes may be abnormal


@value
class NeurologicalGrade:
    """A letter on its scale.

    Examples
    --------
    >>> str(NeurologicalGrade(scale=Scale.FRANKEL, letter="D"))
    'Frankel D'
    """

    scale: Scale
    letter: str

    def __post_init__(self) -> None:
        if self.letter not in tuple("ABCDE"):
            raise RecordError(f"{self.scale.value} has no grade {self.letter!r}.", remedy="Write A, B, C, D or E.")

    def __str__(self) -> str:
        return f"{self.scale.value} {self.letter}"

    def is_worse_than(self, other: NeurologicalGrade) -> bool:
        """Whether this grade is worse than another on the same scale.

        Raises
        ------
        RecordError
            If the other is on the other scale.
        """
        if self.scale is not other.scale:
            raise RecordError(
                f"{self} and {other} are on different scales.", remedy="Grade both on one scale; none is converted."
            )
        return self.letter < other.letter


def frankel(movement: Movement, *, sensation: bool) -> NeurologicalGrade:
    """Frankel's grade: A complete, B sensory only, C motor useless, D motor useful, E recovered.

    Raises
    ------
    RecordError
        If somebody recovered has no sensation.

    Examples
    --------
    >>> str(frankel(Movement.NONE, sensation=True))
    'Frankel B'
    """
    if movement is Movement.RECOVERED and not sensation:
        raise RecordError("Somebody without sensation has not recovered.", remedy="Correct one of the two.")
    if movement is Movement.NONE:
        return NeurologicalGrade(scale=Scale.FRANKEL, letter="B" if sensation else "A")
    letters = {Movement.USELESS: "C", Movement.USEFUL: "D", Movement.RECOVERED: "E"}
    return NeurologicalGrade(scale=Scale.FRANKEL, letter=letters[movement])


@value
class Frankel:
    """Movement and sensation below the injury; sensation without movement is all that the second one tells apart.

    Examples
    --------
    >>> Frankel(movement=Movement.USEFUL, sensation=True).outcome.category
    'D'
    """

    movement: Annotated[Movement, Ask(words="movement below the injury: none, useless, useful, or no deficit left")]
    sensation: Annotated[bool, Ask(words="any sensation below the injury")]

    @property
    def outcome(self) -> Outcome:
        """The letter on this scale."""
        return Outcome(category=frankel(self.movement, sensation=self.sensation).letter)


FRANKEL = Instrument(
    id="frankel",
    name="Frankel",
    version="1969, specification of 2026-11-20",
    form=Frankel,
    population="injury of the spinal cord",
    better=Better.HIGHER,
    categories=(
        Category(word="A", published="complete"),
        Category(word="B", published="sensation only"),
        Category(word="C", published="movement that is of no use"),
        Category(word="D", published="movement that is of use"),
        Category(word="E", published="recovered; reflexes may be abnormal"),
    ),
    warnings=(
        "the letters are those of the ASIA impairment scale, the rules are not: never convert one into the other",
        "less stable over time than the ASIA impairment scale",
    ),
    checked=Checked.READ,
    cites=(cite("frankel1969"),),
)
