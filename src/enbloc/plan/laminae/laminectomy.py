"""Laminectomy alone: which laminae lie behind the compressed stretch of the canal, and the tumour that it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import Level, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.finding import Finding, Interval
from enbloc.case.table import CanalPlane
from enbloc.kernels import regions
from enbloc.measure.cord.parameters import EPIDURAL_AREA
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.curve import Curve
from enbloc.measure.tumour.amount import Amount, together
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.measure.tumour.parameters import CANAL_LAYER_VOLUME
from enbloc.measure.tumour.tallies import Tally, reach, tally
from enbloc.plan.field import Field
from enbloc.plan.laminae.behind import Behind, Stretch, behind, cut_off
from enbloc.plan.laminae.dura import within_dura
from enbloc.plan.price.opening import LAMINAE, Opening
from enbloc.plan.volume import Volume
from enbloc.value import value

FRONT, LEFT, RIGHT, BACK = (5, 6, 7, 8), (3, 4), (9, 10), (11, 12, 1, 2)
"""The sectors of the canal in front of its middle, beside it and behind it."""
TOLD = (
    "how far the cord moves back once the laminae are gone",
    "instability after it: SINS and the rules on fixation say more",
)
FOR_THE_TUMOUR = ("removal of the tumour itself, in one piece or by curettage", "observation")
FOR_THE_DURA = ("intradural removal",)
NO_COLUMN = "a labelled column whose canal can be followed"


@value
class InCanal:
    """The epidural tumour at the height of one vertebra by its place about the middle of the canal."""

    level: Level
    front: Volume
    left: Volume
    right: Volume
    back: Volume


@value
class Laminectomy:
    """A laminectomy without fixation, and what it leaves: it takes no tumour, and spares the facets.

    ``levels`` lose their laminae, ``levels_open`` are those that half a voxel decides about. ``front``, ``beside`` and
    ``back`` are the epidural tumour about the middle of the canal, over all levels ``in_canal``. ``nearest`` are the
    alternatives where this makes no sense.
    """

    lesion: str
    feasible: bool | Unknown
    levels: tuple[Level, ...] = ()
    levels_open: tuple[Level, ...] = ()
    stretch_mm: Interval | None = None
    in_canal: tuple[InCanal, ...] = ()
    front: Volume | None = None
    beside: Volume | None = None
    back: Volume | None = None
    openings: tuple[Opening, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()  # of the stretch, among what is missing: more laminae may lie behind it
    not_computed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    borderline: tuple[str, ...] = ()


def laminectomy(field: Field) -> Laminectomy:
    """The laminectomy behind the epidural tumour of a lesion, as long as that presses, or why there is none.

    The stretch goes from the first to the last plane across the canal with enough epidural tumour to count.
    """
    lesion, mass = field.lesion.id, tumour_of(field.images, field.lesion.id)
    planes = field.findings.many(fact.CANAL_PROFILE, lesion)
    if mass is None or planes is None:
        why = field.findings.why_missing(fact.CANAL_PROFILE, lesion) or f"{tumour(lesion)} has no label"
        return _open(lesion, fact.CANAL_PROFILE.ask, why)
    if within_dura(field) is True:
        return _senseless(lesion, "the tumour lies within the dura: the laminae are the way to it", FOR_THE_DURA)
    pressed = [one for one in planes if EPIDURAL_AREA.number <= one.tumour_mm2]
    if not pressed:
        return _without_tumour(field)
    curve = field.column.curve
    if curve is None:
        return _open(lesion, NO_COLUMN, "the canal cannot be followed")
    return _told(field, mass, curve, _stretch(field, curve, pressed, planes))


def _open(lesion: str, ask: str, why: str) -> Laminectomy:
    return Laminectomy(lesion=lesion, feasible=unknown(ask), reasons=(why,), missing=(ask,))


def _senseless(lesion: str, why: str, nearest: Sequence[str]) -> Laminectomy:
    return Laminectomy(lesion=lesion, feasible=False, reasons=(why,), nearest=tuple(nearest))


def _without_tumour(field: Field) -> Laminectomy:
    """No laminectomy where no plane holds enough epidural tumour; open where half a voxel decides that."""
    lesion, area = field.lesion.id, field.findings[fact.EPIDURAL_AREA, field.lesion.id]
    words = f"no plane across the canal holds {EPIDURAL_AREA.number:g} {EPIDURAL_AREA.unit} of epidural tumour"
    if isinstance(area, Finding) and area.high < EPIDURAL_AREA.number:
        return _senseless(lesion, f"{words}: there is nothing to decompress", FOR_THE_TUMOUR)
    return _open(lesion, fact.EPIDURAL_AREA.ask, f"{words}, and half a voxel decides")


def _stretch(field: Field, curve: Curve, pressed: Sequence[CanalPlane], planes: Sequence[CanalPlane]) -> Stretch:
    """From the first to the last pressed plane, each as thick as they lie apart, with the error of their length."""
    stations = curve.stations(np.array([one.at_mm for one in pressed]))
    along = np.sort([one.along_mm for one in planes])
    half = 0.5 * float(np.median(np.diff(along))) if len(along) > 1 else 0.0
    length: Finding[Any] | Unknown = field.findings[fact.EPIDURAL_LENGTH, field.lesion.id]
    shorter = longer = half
    if isinstance(length, Finding):
        shorter, longer = 0.5 * (float(length.value) - length.low), 0.5 * (length.high - float(length.value))
    low, high = float(stations.min()) - half, float(stations.max()) + half
    return Stretch(low_mm=low, high_mm=high, shorter_mm=max(0.0, shorter), longer_mm=max(0.0, longer))


def _told(field: Field, mass: Tumour, curve: Curve, stretch: Stretch) -> Laminectomy:
    found = behind(field.column, curve, stretch)
    unseen = (*found.missing, *cut_off(mass))
    tallies = tuple(_tallies(field, mass))
    front, beside, back = (
        _volume(together(_held(one, sectors) for one in tallies)) for sectors in (FRONT, LEFT + RIGHT, BACK)
    )
    return Laminectomy(
        lesion=mass.lesion,
        feasible=True if found.levels else unknown(*(unseen or (NO_COLUMN,))),
        levels=found.levels,
        levels_open=found.open,
        stretch_mm=stretch.length,
        in_canal=tuple(_in_canal(one) for one in tallies if _counts(one)),
        front=front,
        beside=beside,
        back=back,
        openings=tuple(Opening(level=level, parts=LAMINAE) for level in found.levels),
        reasons=_reasons(found, stretch, front, beside, back),
        missing=(*unseen, *_unlabelled(field)),
        unseen=unseen,
        not_computed=TOLD,
        borderline=doubts(found),
    )


def _reasons(found: Behind, stretch: Stretch, front: Volume, beside: Volume, back: Volume) -> tuple[str, ...]:
    levels = ", ".join(map(str, found.levels)) or "no level"
    return (
        f"laminae of {levels} lie behind {stretch.high_mm - stretch.low_mm:.0f} mm of epidural tumour",
        f"all of it is left: {front} in front of the middle of the canal, {beside} beside it, {back} behind it",
        "the facet joints are spared",
    )


def doubts(found: Behind) -> tuple[str, ...]:
    """The levels that half a voxel decides about, in a sentence."""
    return tuple(f"half a voxel decides whether the laminae of {level} lie behind it" for level in found.open)


def _unlabelled(field: Field) -> Iterator[str]:
    """What leaves open whether the tumour in the canal lies outside the dura."""
    if isinstance(within_dura(field), Unknown):
        yield "label of the thecal sac, to tell what lies within the dura"


def _tallies(field: Field, mass: Tumour) -> Iterator[Tally]:
    """Every vertebra with tumour at its height."""
    column: Column = field.column
    for level, one in column.spine.items():
        heights = one.inside(mass.points_mm)[:, 2]
        low, high = reach(one, column.spine)
        if ((heights >= low) & (heights < high)).any():
            yield tally(field.images, column, level, mass)


def _held(one: Tally, sectors: Sequence[int]) -> Amount:
    """Tumour in the canal, outside the dura, in some sectors."""
    rows = [number - 1 for number in sectors]
    return one.amount(one.table[0, rows, regions.WITHIN].sum(axis=0), in_bone=False)


def _volume(held: Amount) -> Volume:
    return Volume(cc=held.cc, interval=Interval(low=min(held.low, held.cc), high=max(held.high, held.cc)))


def _counts(one: Tally) -> bool:
    """Whether there may be enough tumour in the canal to count."""
    return _held(one, range(1, 13)).high >= CANAL_LAYER_VOLUME.number


def _in_canal(one: Tally) -> InCanal:
    front, left, right, back = (_volume(_held(one, sectors)) for sectors in (FRONT, LEFT, RIGHT, BACK))
    return InCanal(level=one.one.level, front=front, left=left, right=right, back=back)
