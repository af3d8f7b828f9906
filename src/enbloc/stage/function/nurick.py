"""The Nurick grade: what disease of the cord has left of walking and work."""

from __future__ import annotations

from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Gait(Component):
    """Signs, walking and work in six steps; the points are the grade."""

    ROOT_SIGNS = "root signs only", 0
    CORD_SIGNS = "cord signs, walking normal", 1
    WORKS = "slight walking difficulty, works full-time", 2
    STOPPED_WORK = "difficulty prevents full-time work or housework, walks without help", 3
    WITH_HELP = "walks only with another person or a frame", 4
    CHAIR_OR_BED = "chair-bound or bedridden", 5


def _grade(gait: Gait) -> str:
    return f"grade {gait.points}: {gait.value}"


@value
class Nurick:
    """One description, one grade, 0 to 5.

    Examples
    --------
    >>> outcome = Nurick(gait=Gait.WITH_HELP).outcome
    >>> outcome.total, outcome.category
    (4, 'grade 4: walks only with another person or a frame')
    """

    gait: Annotated[Gait, Ask(words="signs of root or cord, walking and work")]

    @property
    def outcome(self) -> Outcome:
        """The grade."""
        return Outcome(points=(("gait", self.gait.points),), total=self.gait.points, category=_grade(self.gait))


NURICK = Instrument(
    id="nurick",
    name="Nurick",
    version="year not stated, specification of 2026-11-20",
    form=Nurick,
    population="signs of roots or cord; the specification names no population",
    better=Better.LOWER,
    categories=tuple(Category(word=_grade(each)) for each in Gait),
    lowest=0,
    highest=5,
    checked=Checked.READ,
    cites=(cite("nurick_copy"),),
)
