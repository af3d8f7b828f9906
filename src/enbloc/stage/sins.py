"""The Spinal Instability Neoplastic Score (SINS): its items, their points, and its location table."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, Threshold, cite
from enbloc.stage.form import Component
from enbloc.value import value

CITES = (cite("fisher2010sins"), cite("sins_table_copy"))
VERSION = "Fisher 2010, specification of 2026-11-20"
OUT_OF = 18

STABLE_TO = Threshold(
    name="highest stable total",
    number=6,
    unit="points",
    comparator="<=",
    source="fisher2010sins",
    checked=Checked.READ_IN_A_COPY,
    since="2026-11-20",
)
UNSTABLE_FROM = Threshold(
    name="lowest unstable total",
    number=13,
    unit="points",
    comparator=">=",
    source="fisher2010sins",
    checked=Checked.READ_IN_A_COPY,
    since="2026-11-20",
)
CONSULT_FROM = Threshold(
    name="lowest total that warrants a surgical consultation",
    number=7,
    unit="points",
    comparator=">=",
    source="fisher2010sins",
    checked=Checked.READ_IN_A_COPY,
    since="2026-11-20",
)


class Location(Component):
    """Where in the column the lesion lies."""

    RIGID = "rigid", 0
    SEMIRIGID = "semirigid", 1
    MOBILE = "mobile", 2
    JUNCTIONAL = "junctional", 3


class Pain(Component):
    """Pain at the lesion; mechanical wins where both kinds are present."""

    NONE = "none", 0
    NOT_MECHANICAL = "not mechanical", 1
    MECHANICAL = "mechanical", 3


class Bone(Component):
    """How the lesion changes the bone."""

    BLASTIC = "blastic", 0
    MIXED = "mixed", 1
    LYTIC = "lytic", 2


class Alignment(Component):
    """New change of alignment; a physiological or degenerative curve is normal."""

    NORMAL = "normal", 0
    DEFORMITY = "new deformity", 2
    SUBLUXATION = "subluxation", 4


class Collapse(Component):
    """Collapse of the vertebral body."""

    NONE = "none", 0
    BODY_OVER_HALF_INVOLVED = "none, over half of the body involved", 1
    UNDER_HALF = "under half", 2
    OVER_HALF = "over half", 3


class Posterolateral(Component):
    """Pedicle, facet or costovertebral joint fractured or replaced; lamina and spinous process do not count."""

    NONE = "none", 0
    UNILATERAL = "unilateral", 1
    BILATERAL = "bilateral", 3


class Stability(Enum):
    """The three bands of the total, best first."""

    STABLE = "stable"
    POTENTIALLY_UNSTABLE = "potentially unstable"
    UNSTABLE = "unstable"


@value
class Sins:
    """Six observations of one lesion, and what they add up to.

    Examples
    --------
    >>> str(Sins(location=Location.SEMIRIGID, pain=Pain.MECHANICAL, bone=Bone.LYTIC, alignment=Alignment.NORMAL,
    ...          collapse=Collapse.UNDER_HALF, posterolateral=Posterolateral.BILATERAL))
    'SINS 11 of 18, potentially unstable'
    """

    location: Location
    pain: Pain
    bone: Bone
    alignment: Alignment
    collapse: Collapse
    posterolateral: Posterolateral

    @property
    def components(self) -> tuple[Component, ...]:
        """The six observations, in the order of the published table."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def total(self) -> int:
        """The points of all six, 0 to 18."""
        return sum(component.points for component in self.components)

    @property
    def stability(self) -> Stability:
        """The band that the total falls into."""
        return stability(self.total)

    def __str__(self) -> str:
        return f"SINS {self.total} of {OUT_OF}, {self.stability.value}"


def stability(total: int) -> Stability:
    """The band that a total falls into."""
    if total <= STABLE_TO.number:
        return Stability.STABLE
    return Stability.UNSTABLE if total >= UNSTABLE_FROM.number else Stability.POTENTIALLY_UNSTABLE


def warrants_consultation(total: float) -> bool:
    """Whether a surgeon should see the patient; not to be used for other cuts of the score."""
    return total >= CONSULT_FROM.number


def sub_band(total: int) -> str:
    """The half of the middle band used by later work (7 to 9, 10 to 12); never a category of the score.

    Examples
    --------
    >>> sub_band(9), sub_band(10), sub_band(13)
    ('7–9', '10–12', '')
    """
    if stability(total) is not Stability.POTENTIALLY_UNSTABLE:
        return ""
    return "7–9" if total <= _LOWER_HALF_TO else "10–12"


_LOWER_HALF_TO = 9

_CLASSES: dict[Location, str] = {
    Location.JUNCTIONAL: "O C1 C2 C7 T1 T2 T11 T12 L1 L5 S1",
    Location.MOBILE: "C3 C4 C5 C6 L2 L3 L4",
    Location.SEMIRIGID: "T3 T4 T5 T6 T7 T8 T9 T10",
    Location.RIGID: "S2 S3 S4 S5 Co",
}
LOCATION: dict[Level, Location] = {Level(name): place for place, names in _CLASSES.items() for name in names.split()}
"""The class of every level that has one. T13 and L6 have none: what they stand for is never inferred.

The coccyx is not in the published table; it counts as rigid and carries the flag ``outside_original_table``.
"""
