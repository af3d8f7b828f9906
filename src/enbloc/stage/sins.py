"""The Spinal Instability Neoplastic Score (SINS): its items, their points, and its location table."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Annotated, Self

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, Threshold, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

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
    """Where in the column the lesion lies; a level of the published table is read as its class."""

    RIGID = "rigid", 0
    SEMIRIGID = "semirigid", 1
    MOBILE = "mobile", 2
    JUNCTIONAL = "junctional", 3

    @classmethod
    def _missing_(cls, given: object) -> Self | None:
        """The class of a level; the coccyx is in no published table, and T13 and L6 need somebody to say."""
        places = {level.value: place.value for level, place in LOCATION.items() if level is not Level.CO}
        return next((place for place in cls if place.value == places.get(str(given))), None)


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

    location: Annotated[Location, Ask(words="location: the level, or its class")]
    pain: Annotated[Pain, Ask(words="pain: relieved lying down or provoked by movement or loading?")]
    bone: Annotated[Bone, Ask(words="bone lesion on CT: lytic, mixed or blastic?")]
    alignment: Annotated[Alignment, Ask(words="new deformity or subluxation against earlier images?")]
    collapse: Annotated[Collapse, Ask(words="height of the vertebral body against its neighbours")]
    posterolateral: Annotated[
        Posterolateral,
        Ask(words="pedicle, facet or costovertebral joint replaced or fractured: none, one side, both?"),
    ]

    @property
    def components(self) -> tuple[Component, ...]:
        """The six observations, in the order of the published table."""
        return (self.location, self.pain, self.bone, self.alignment, self.collapse, self.posterolateral)

    @property
    def total(self) -> int:
        """The points of all six, 0 to 18."""
        return sum(component.points for component in self.components)

    @property
    def stability(self) -> Stability:
        """The band that the total falls into."""
        return stability(self.total)

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and band; beside them the referral at 7, and the half of the middle band."""
        return _outcome(tuple([component.points for component in self.components]))

    def __str__(self) -> str:
        return f"SINS {self.total} of {OUT_OF}, {self.stability.value}"


_ITEMS = tuple(field.name for field in fields(Sins))


@cache
def _outcome(points: tuple[int, ...]) -> Outcome:
    """The outcome of six numbers of points; an open score goes through a thousand forms with few different ones."""
    total = sum(points)
    consult = "recommended" if warrants_consultation(total) else "not on this score alone"
    half = sub_band(total)
    readings = (("surgical consultation", consult), *((("half of the middle band", half),) if half else ()))
    by_item = tuple(zip(_ITEMS, points, strict=True))
    return Outcome(points=by_item, total=total, category=stability(total).value, readings=readings)


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


SINS = Instrument(
    id="sins",
    name="SINS",
    version="Fisher 2010, specification of 2026-11-20",
    form=Sins,
    population="adults with metastatic or primary tumour of the spinal column, one lesion at one level",
    better=Better.LOWER,
    categories=(
        Category(word=Stability.STABLE.value),
        Category(word=Stability.POTENTIALLY_UNSTABLE.value, published="surgical consultation recommended"),
        Category(word=Stability.UNSTABLE.value, published="surgical consultation recommended"),
    ),
    lowest=0,
    highest=OUT_OF,
    band=lambda total: stability(int(total)).value,
    validations=(
        "30 cases, Spine Oncology Study Group: between readers κ location 0.790, pain 0.841, bone 0.244, alignment"
        " 0.456, collapse 0.462, posterolateral 0.492; total ICC 0.846 (0.773 to 0.911) between and 0.886 (0.868 to"
        " 0.902) within readers; sensitivity 95.7 %, specificity 79.5 % for potentially unstable or unstable"
        " (doi 10.1200/JCO.2010.34.3897)",
        "30 patients, independent: ICC between readers 0.79, within 0.96; κ 0.81, 0.58, 0.21, 0.45, 0.42, 0.29 in the"
        " order of the items (PMID 24275615)",
        "33 radiation oncologists, at the cut of 7: κ between 0.76, within 0.80; no unstable case was called stable"
        " (doi 10.1186/1748-717X-9-69)",
        "80 patients: between readers 0.831, within 0.874 (doi 10.1016/j.wneu.2020.02.038)",
        "review of 21 studies, 2,118 patients: location predicted fracture in none of 8, the reliability of bone is"
        " only fair (doi 10.3340/jkns.2020.0105)",
    ),
    warnings=(
        "SINS has no neurological or epidural item: a low total never argues against urgent decompression",
        "other instruments cut SINS elsewhere: over 6 in a fracture score, 6 or more in a survival score",
        *(f"{place.value}: {', '.join(names.split())}" for place, names in _CLASSES.items()),
    ),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("fisher2010sins"), cite("sins_table_copy")),
)
