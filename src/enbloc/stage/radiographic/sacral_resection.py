"""A sacral resection: type by the junctions, lumbopelvic stability, and the function expected of the roots that stay.

All of it a draft. The type by the junctions follows from the highest segment; the one of Fourney, of which only the
names were had, is recorded as the surgeon chose it.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Segment(Enum):
    """The highest sacral segment that is involved."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"


class Plane(Enum):
    """How the resection runs."""

    TRANSVERSE = "transverse"
    SAGITTAL = "sagittal: half of the sacrum with ilium"
    WITH_L5 = "with L5"


class Fourney(Enum):
    """The type of Fourney as the surgeon chose it."""

    LOW = "1A midline, low"
    MIDDLE = "1B midline, mid"
    HIGH = "1C midline, high"
    TOTAL = "1D midline, total"
    HEMICORPORECTOMY = "1E hemicorporectomy"
    ECCENTRIC = "2 eccentric"
    NOT_RECORDED = "not recorded"


class Root(Enum):
    """The lowest root that stays on a side, all above it with it."""

    NONE = "none of S1 to S5"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"

    @property
    def rank(self) -> int:
        """How many sacral roots stay on that side."""
        return list(Root).index(self)


class Function(Enum):
    """What is expected of bowel and bladder, best first."""

    BOTH_S3 = "both S3 roots stay"
    ONE_SIDE = "all roots of one side stay, none of the other"
    ONE_S3 = "one S3 root stays"
    BOTH_S2 = "roots stay down to S2 on both sides"
    ONLY_S1 = "only S1 roots stay"
    NO_FIGURE = "no figure for these roots"


HALF_OF_JOINT = 50.0
RECONSTRUCTION = "lumbopelvic reconstruction is usually needed (from memory): S1 or more than half of a joint is lost"
EQUALITY = (
    "threshold_equality: exactly half of a sacroiliac joint is left open (more than 50 % asks for reconstruction)"
)
_BY_JUNCTIONS = {
    Segment.S1: "I: S1, with or without the segments below",
    Segment.S2: "II: S2 and below",
    Segment.S3: "III: below the S2-S3 junction",
    Segment.S4: "III: below the S2-S3 junction",
    Segment.S5: "III: below the S2-S3 junction",
}
_BY_PLANE = {Plane.SAGITTAL: "IV: sagittal hemisacrectomy with ilium", Plane.WITH_L5: "V: with L5"}


def _joint(side: str) -> Number:
    words = f"share of the {side} sacroiliac joint involved"
    return Number(words=words, unit="%", low=0, high=100, step=0.1, cuts=(HALF_OF_JOINT, HALF_OF_JOINT + 0.1))


@value
class SacralResection:
    """What is involved, how the resection runs, and which roots stay on either side.

    Examples
    --------
    >>> form = SacralResection(
    ...     highest=Segment.S3, plane=Plane.TRANSVERSE, canal=False, left_joint_percent=0, right_joint_percent=10,
    ...     left_root=Root.S3, right_root=Root.S2,
    ... )
    >>> form.outcome.category, dict(form.outcome.readings)["type by the junctions"]
    ('one S3 root stays', 'III: below the S2-S3 junction')
    """

    highest: Annotated[Segment, Ask(words="highest sacral segment involved")]
    plane: Annotated[Plane, Ask(words="how the resection runs")]
    canal: Annotated[bool, Ask(words="sacral canal involved")]
    left_joint_percent: Annotated[float, _joint("left")]
    right_joint_percent: Annotated[float, _joint("right")]
    left_root: Annotated[Root, Ask(words="lowest sacral root that stays on the left, all above it with it")]
    right_root: Annotated[Root, Ask(words="lowest sacral root that stays on the right, all above it with it")]
    fourney: Annotated[Fourney, Ask(words="type of Fourney, as the surgeon chose it")] = Fourney.NOT_RECORDED

    @property
    def function(self) -> Function:
        """What the published figures say of these roots; between them there is none."""
        fewer, more = sorted((self.left_root, self.right_root), key=lambda root: root.rank)
        if fewer.rank >= Root.S3.rank:
            return Function.BOTH_S3
        if more is Root.S5 and fewer is Root.NONE:
            return Function.ONE_SIDE
        if more.rank >= Root.S3.rank:
            return Function.ONE_S3
        if fewer is Root.S2:
            return Function.BOTH_S2
        return Function.ONLY_S1 if more is Root.S1 else Function.NO_FIGURE

    @property
    def outcome(self) -> Outcome:
        """Expected function, both types, and what stability asks for."""
        joints = (self.left_joint_percent, self.right_joint_percent)
        said = {
            RECONSTRUCTION: self.highest is Segment.S1 or max(joints) > HALF_OF_JOINT,
            EQUALITY: max(joints) == HALF_OF_JOINT,
        }
        return Outcome(
            category=self.function.value,
            flags=tuple(flag for flag, holds in said.items() if holds),
            readings=(
                ("type by the junctions", _BY_PLANE.get(self.plane, _BY_JUNCTIONS[self.highest])),
                ("type of Fourney", self.fourney.value),
                ("sacral canal", "involved" if self.canal else "not involved"),
                ("left roots", self.left_root.value),
                ("right roots", self.right_root.value),
            ),
        )


SACRAL_RESECTION = Instrument(
    id="sacral_resection",
    name="Sacral resection",
    version="specification of 2026-11-20",
    form=SacralResection,
    population="tumour of the sacrum before a resection",
    better=Better.NEITHER,
    categories=(
        Category(word=Function.BOTH_S3.value, published="bowel normal in nearly all, bladder in about two thirds"),
        Category(word=Function.ONE_SIDE.value, published="mostly normal"),
        Category(word=Function.ONE_S3.value, published="bowel normal in about two thirds, bladder in 60 %"),
        Category(word=Function.BOTH_S2.value, published="bowel normal in about 40 %, bladder in 25 %"),
        Category(word=Function.ONLY_S1.value, published="normal in none"),
        Category(word=Function.NO_FIGURE.value, published="nothing is remembered of these roots"),
    ),
    warnings=(
        "rule of thumb from these figures: both S2 and one S3 root",
        "the five types by the S1-S2 and S2-S3 junctions are from an abstract of 2011, the types of Fourney, the rule "
        "of reconstruction and the figures of the roots from memory",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("todd2002"), cite("fourney2005sacrum"), cite("sacral_types2011")),
)
