"""The exposure of a tumour within the dura: laminae over its length, on one side or both, and a dumbbell's facet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Level, Part, Side, tumour
from enbloc.case.answer import Answer, Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.errors import RecordError
from enbloc.measure.spine.curve import Curve
from enbloc.measure.spine.vertebra import half_voxel
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.plan.field import Field
from enbloc.plan.laminae.behind import Behind, Stretch, behind, cut_off
from enbloc.plan.laminae.dura import within_cord, within_dura
from enbloc.plan.laminae.foramen import FORAMEN, Joint, is_dumbbell, joints
from enbloc.plan.laminae.laminectomy import NO_COLUMN, doubts
from enbloc.plan.laminae.midline import Sided, sided
from enbloc.plan.laminae.parameters import BEYOND_POLE
from enbloc.plan.price.opening import LAMINAE, Opened, Opening
from enbloc.value import value

Floats = NDArray[np.float64]
TOLD = (
    "whether the cord bears being turned or held aside, and the myelotomy of a tumour within it",
    "whether the tumour can be parted from cord and roots",
    "how much of the facet beside the laminae goes on the way, where none is named",
    "of the facet of a dumbbell, which of its two processes can stay: that of the upper vertebra is opened whole",
)
OUTSIDE = ("separation surgery of epidural tumour", "removal of the vertebral tumour, in one piece or not")


class Width(Enum):
    """How much of the arch an exposure opens at each level."""

    HEMILAMINECTOMY = "hemilaminectomy"
    LAMINECTOMY = "laminectomy"
    BORDERLINE = "borderline: hemilaminectomy or laminectomy"


@value
class Exposure:
    """The way to a tumour within the dura.

    ``levels`` lose laminae, ``levels_open`` are those that half a voxel decides about. ``side`` is that of a
    hemilaminectomy, also where half a voxel decides about it: then ``openings`` are those of the laminectomy and
    ``smaller`` those of the hemilaminectomy. ``length_mm`` is that of the tumour along the canal, ``beyond_mm`` how
    far beyond either pole is opened. ``right_edge_mm`` and ``left_edge_mm`` are how far to the left of the midline its
    edges lie, negative to the right of it. ``joints`` are the facet joints of a dumbbell, nothing where that is open.
    """

    lesion: str
    feasible: bool | Unknown
    levels: tuple[Level, ...] = ()
    levels_open: tuple[Level, ...] = ()
    width: Width | None = None
    side: Side | None = None
    length_mm: Interval | None = None
    beyond_mm: float = BEYOND_POLE.number
    right_edge_mm: Interval | None = None
    left_edge_mm: Interval | None = None
    joints: tuple[Joint, ...] | None = None
    openings: tuple[Opening, ...] = ()
    smaller: tuple[Opening, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()  # of the stretch, among what is missing: more laminae may lie behind it
    not_computed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    borderline: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Intradural:
    """A tumour within the dura: its voxels there, ``points_mm``, the stretch that they take and what lies behind it."""

    field: Field
    mass: Tumour
    points_mm: Floats
    stretch: Stretch
    behind: Behind
    sided: Sided | None
    in_cord: Answer

    @property
    def unseen(self) -> tuple[str, ...]:
        """What of the stretch nobody sees: more laminae may lie behind it."""
        return (*self.behind.missing, *cut_off(self.mass))

    @property
    def width(self) -> Width:
        """A hemilaminectomy where all of it lies on one side; both sides without a midline, and for one in the cord.

        A tumour in the cord is come to through the middle of its back (INTRA-06), whatever side it lies on.
        """
        if self.sided is None or self.sided.is_across or self.in_cord is True:
            return Width.LAMINECTOMY
        is_sure = self.sided.surely_on is not None and self.in_cord is False
        return Width.HEMILAMINECTOMY if is_sure else Width.BORDERLINE

    @property
    def side(self) -> Side | None:
        """The side of a hemilaminectomy, sure or not."""
        if self.sided is None or self.width is Width.LAMINECTOMY:
            return None
        return self.sided.surely_on or self.sided.mostly_on


def exposure(field: Field, *, beyond_mm: float = BEYOND_POLE.number) -> Exposure:
    """The laminae that expose a tumour within the dura and ``beyond_mm`` past either pole, or why there are none.

    Raises
    ------
    RecordError
        If ``beyond_mm`` is negative or no number.
    """
    if not (math.isfinite(beyond_mm) and beyond_mm >= 0.0):
        raise RecordError(f"{beyond_mm:g} mm beyond a tumour's poles is not possible.", remedy="Give 0 or more.")
    lesion, mass = field.lesion.id, tumour_of(field.images, field.lesion.id)
    inside = within_dura(field)
    if mass is None:
        ask = f"label of {tumour(lesion)}"
        return Exposure(
            lesion=lesion, feasible=unknown(ask), reasons=(f"{tumour(lesion)} has no label",), missing=(ask,)
        )
    if isinstance(inside, Unknown):
        asks = tuple(sorted(inside.ask))
        why = "whether the tumour lies within the dura is open"
        return Exposure(lesion=lesion, feasible=inside, reasons=(why,), missing=asks)
    if inside is False:
        why = "the tumour does not lie within the dura"
        return Exposure(lesion=lesion, feasible=False, reasons=(why,), nearest=OUTSIDE)
    curve = field.column.curve
    if curve is None:
        return Exposure(lesion=lesion, feasible=unknown(NO_COLUMN), missing=(NO_COLUMN,))
    return _told(_seen(field, mass, curve, beyond_mm), beyond_mm)


def _seen(field: Field, mass: Tumour, curve: Curve, beyond_mm: float) -> Intradural:
    points = _inside_mm(field, mass)
    stations = curve.stations(points)
    half = half_voxel(mass.grid, curve.tangent(float(stations.mean())))
    error = half + mass.labels.error_mm
    low, high = float(stations.min()) - half, float(stations.max()) + half
    stretch = Stretch(low_mm=low, high_mm=high, shorter_mm=error, longer_mm=error)
    found = behind(field.column, curve, stretch.widened(beyond_mm))
    side = sided(field.images, curve, mass, points)
    return Intradural(
        field=field, mass=mass, points_mm=points, stretch=stretch, behind=found, sided=side, in_cord=within_cord(field)
    )


def _inside_mm(field: Field, mass: Tumour) -> Floats:
    """The voxels of the tumour within sac and cord; all of them where neither is labelled there."""
    held = np.zeros(len(mass.points_mm), np.bool_)
    for named in (SAC, CORD):
        labels = field.images.map_of(named)
        if labels is not None:
            held |= labels.holds(named, mass.points_mm)
    return mass.points_mm[held] if held.any() else mass.points_mm


def _told(intradural: Intradural, beyond_mm: float) -> Exposure:
    passed, open_ = _joints(intradural)
    found = intradural.behind
    wide = _openings(found.levels, LAMINAE, passed or ())
    narrow = () if intradural.side is None else _openings(found.levels, ((Part.LAMINA, intradural.side),), passed or ())
    return Exposure(
        lesion=intradural.mass.lesion,
        feasible=True if found.levels else unknown(*(intradural.unseen or (NO_COLUMN,))),
        levels=found.levels,
        levels_open=found.open,
        width=intradural.width,
        side=intradural.side,
        length_mm=intradural.stretch.length,
        beyond_mm=beyond_mm,
        right_edge_mm=None if intradural.sided is None else intradural.sided.right_mm,
        left_edge_mm=None if intradural.sided is None else intradural.sided.left_mm,
        joints=passed,
        openings=narrow if intradural.width is Width.HEMILAMINECTOMY else wide,
        smaller=narrow if intradural.width is Width.BORDERLINE else (),
        reasons=tuple(_reasons(intradural, passed, beyond_mm)),
        missing=(*intradural.unseen, *open_, *_no_midline(intradural)),
        unseen=intradural.unseen,
        not_computed=TOLD,
        borderline=(*doubts(found), *_borderline(intradural)),
    )


def _joints(intradural: Intradural) -> tuple[tuple[Joint, ...] | None, tuple[str, ...]]:
    """The joints of a dumbbell on either side, or nothing and what to ask for while a side is open."""
    found: list[Joint] = []
    asks: list[str] = []
    for side in Side:
        answer = is_dumbbell(intradural.field, side)
        if isinstance(answer, Unknown):
            asks.append(f"tumour in the {side.value} foramen and outside the dura: {FORAMEN[side].ask}")
        elif answer:
            there = joints(intradural.field, intradural.mass, side)
            found += there
            asks += [] if there else [f"which {side.value} foramen the tumour passes"]
    return (None if asks else tuple(found)), tuple(asks)


def _openings(levels: Sequence[Level], parts: tuple[Opened, ...], passed: Sequence[Joint]) -> tuple[Opening, ...]:
    """The parts at each level, and the facet of the upper vertebra of each joint, head to foot."""
    taken: dict[Level, tuple[Opened, ...]] = dict.fromkeys(levels, parts)
    for joint in passed:
        taken[joint.above] = (*taken.get(joint.above, ()), (Part.FACET, joint.side))
    order = list(Level)
    return tuple(Opening(level=level, parts=taken[level]) for level in sorted(taken, key=order.index))


def _reasons(intradural: Intradural, passed: Sequence[Joint] | None, beyond_mm: float) -> Iterator[str]:
    levels = ", ".join(map(str, intradural.behind.levels)) or "no level"
    length = intradural.stretch.high_mm - intradural.stretch.low_mm
    yield f"laminae of {levels} expose {length:.0f} mm of tumour and {beyond_mm:g} mm beyond either pole"
    if intradural.sided is not None:
        of = " and ".join(map(str, intradural.sided.of))
        on = intradural.sided.surely_on
        where = (
            f"on the {on.value}" if on else "on both sides" if intradural.sided.is_across else "perhaps on both sides"
        )
        yield f"it lies {where} of the middle of the {of}: {intradural.width.value}"
    if intradural.in_cord is not False:
        sure = "lies" if intradural.in_cord is True else "may lie"
        yield f"it {sure} in the cord, which is entered in the middle (INTRA-06)"
    for joint in passed or ():
        yield f"dumbbell: {joint} is opened; a posterior and a lateral approach, or stages (APP-12, INTRA-04)"
    if passed == ():
        yield "no dumbbell: the facet joints are spared"


def _no_midline(intradural: Intradural) -> Iterator[str]:
    if intradural.sided is None:
        yield "label of cord or thecal sac beside the whole tumour, for the midline"


def _borderline(intradural: Intradural) -> Iterator[str]:
    if intradural.width is Width.BORDERLINE:
        side = intradural.side.value if intradural.side else ""
        yield f"half a voxel decides whether a hemilaminectomy on the {side} is enough"
