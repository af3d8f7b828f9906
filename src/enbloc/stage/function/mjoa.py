"""The modified Japanese Orthopaedic Association score of Benzel, 18 points.

At least two forms of 17 points go by the same name; the severity belongs to the 18 points, so the variant is asked for.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Variant(Enum):
    """Which form was filled in."""

    BENZEL_18 = "Benzel 1991, 18 points"
    LEGS_TO_4 = "17 points: arms 0 to 4, legs 0 to 4, three sensations, bladder"
    LEGS_TO_7 = "17 points: arms 0 to 4, legs 0 to 7, sensation, sphincter"


class Arms(Component):
    """Motor function of the arms."""

    NO_HANDS = "unable to move hands", 0
    NO_SPOON = "cannot eat with a spoon, moves hands", 1
    NO_BUTTONS = "cannot button, can use a spoon", 2
    GREAT_DIFFICULTY = "buttons with great difficulty", 3
    SLIGHT_DIFFICULTY = "buttons with slight difficulty", 4
    NORMAL = "normal", 5


class Legs(Component):
    """Motor function of the legs."""

    COMPLETE_LOSS = "complete loss of motor and sensory function", 0
    SENSORY_ONLY = "sensory function only", 1
    CANNOT_WALK = "moves legs, cannot walk", 2
    WITH_AID = "walks on the flat with an aid", 3
    HANDRAIL = "stairs with a handrail", 4
    UNSTABLE = "moderate to significant instability, stairs without a rail", 5
    MILDLY_UNSTABLE = "mild instability, smooth unaided gait", 6
    NORMAL = "normal", 7


class Sensation(Component):
    """Sensation of the hands."""

    COMPLETE_LOSS = "complete loss in the hands", 0
    SEVERE_LOSS = "severe loss or pain", 1
    MILD_LOSS = "mild loss", 2
    NO_LOSS = "none lost", 3


class Sphincter(Component):
    """Voiding."""

    UNABLE = "unable", 0
    MARKED_DIFFICULTY = "marked difficulty", 1
    MILD_DIFFICULTY = "mild to moderate difficulty", 2
    NORMAL = "normal", 3


class Severity(Enum):
    """The bands of the 18 points, best first, and what the other forms come to."""

    NONE = "18: no myelopathy"
    MILD = "15 to 17: mild"
    MODERATE = "12 to 14: moderate"
    SEVERE = "0 to 11: severe"
    NOT_GRADED = "not graded: the bands belong to the form of 18 points"


@value
class ModifiedJoa:
    """Four functions and what they add up to, 0 to 18; a form of 17 points is neither added up nor graded.

    Examples
    --------
    >>> form = ModifiedJoa(
    ...     variant=Variant.BENZEL_18, arms=Arms.NORMAL, legs=Legs.NORMAL, sensation=Sensation.MILD_LOSS,
    ...     sphincter=Sphincter.NORMAL,
    ... )
    >>> form.outcome.total, form.outcome.category
    (17, '15 to 17: mild')
    """

    variant: Annotated[Variant, Ask(words="which form of the score was filled in")]
    arms: Annotated[Arms, Ask(words="motor function of the arms")]
    legs: Annotated[Legs, Ask(words="motor function of the legs")]
    sensation: Annotated[Sensation, Ask(words="sensation of the hands")]
    sphincter: Annotated[Sphincter, Ask(words="sphincter function")]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and severity."""
        if self.variant is not Variant.BENZEL_18:
            return Outcome(category=Severity.NOT_GRADED.value)
        points = tuple((name, getattr(self, name).points) for name in ("arms", "legs", "sensation", "sphincter"))
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=severity(total))


def severity(total: float) -> str:
    """The severity of a total of the form of 18 points."""
    if total <= 11:
        return Severity.SEVERE.value
    if total <= 14:
        return Severity.MODERATE.value
    return Severity.MILD.value if total <= 17 else Severity.NONE.value


MJOA = Instrument(
    id="mjoa",
    name="mJOA",
    version="1991 (Benzel, 18 points), severity of 2017, specification of 2026-11-20",
    form=ModifiedJoa,
    population="degenerative cervical myelopathy; not validated in tumours",
    better=Better.HIGHER,
    categories=tuple(Category(word=each.value) for each in Severity),
    lowest=0,
    highest=18,
    warnings=(
        "validated in degenerative myelopathy, not in tumours",
        "its words and the split of its points were seen on one secondary page, which leaves out level 5 of the arms",
    ),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("tetreault2017mjoa"), cite("mjoa_points_copy")),
)
