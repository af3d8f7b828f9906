"""What lies around the spine: vessels and ribs, and on request muscle, fat, lung and the grain of bone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from enbloc.case.anatomy import ENBLOC_LABELS, Level, Part, Side, Structure, StructureKind
from enbloc.case.geometry import PATIENT, Frame, Pose, triple
from enbloc.kernels.shapes import tube_distance
from enbloc.phantom.column import Curve
from enbloc.phantom.limb import Limb, limb_row
from enbloc.phantom.model import Model
from enbloc.phantom.morphometry import Size, size
from enbloc.phantom.neck import ARTERY_MM, artery
from enbloc.phantom.organs import Place, lay_neck
from enbloc.phantom.scanner import Canvas, Shape, cover, shape_of
from enbloc.phantom.tissue import AIR, BLOOD, CORTEX, FAT, LUNG, MUSCLE, TRABECULAE
from enbloc.phantom.vertebra import rib_rows

Floats = NDArray[np.float64]

NUMBERS: Mapping[Structure, int] = {named: number for number, named in ENBLOC_LABELS.items()}
CORTEX_MM = 0.9
CHEST_WALL_MM = 5.0
MEET_MM = 9.0
GRAIN_HU, GRAIN_T2 = 38.0, 22.0

UPRIGHT = Pose(child=Frame(name="upright"), parent=PATIENT, axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0, 0, 0))


def tube_shape(curve: Curve, table: Floats) -> Shape:
    """A tube along the canal's curve as a shape."""
    centres = curve.centres + curve.axes[:, 0] * table[:, 2:3] + curve.axes[:, 1] * table[:, 3:4]
    wide = table[:, :2].max(axis=1, keepdims=True) + 1.0
    kept = table[:, 0] > 0.2
    if not kept.any():
        kept = np.ones_like(kept)
    return Shape(
        distance=lambda points: tube_distance(curve.places(points), table),
        low=(centres - wide)[kept].min(axis=0),
        high=(centres + wide)[kept].max(axis=0),
    )


def lay_surroundings(canvas: Canvas, made: Model) -> None:
    """Lay what the spine will be laid over."""
    if made.recipe.organs:
        _lay_organs(canvas, made)
    for kind, table in _vessels(made):
        canvas.lay(tube_shape(made.column.curve, table), BLOOD, NUMBERS[Structure(kind=kind)])
    _lay_arteries(canvas, made)
    for level in made.recipe.levels:
        pose = made.column.poses[level]
        if made.recipe.ribs and size(level).is_thoracic:
            for side in Side:
                rib = Structure(kind=StructureKind.RIB, level=level, side=side)
                lay_bone(canvas, shape_of(rib_rows(level, pose, side)), NUMBERS[rib])


def lay_grain(canvas: Canvas, seed: int) -> None:
    """Make trabecular bone uneven, as it is: coarser than noise, finer than a lesion."""
    white = np.random.default_rng([seed, 7]).standard_normal(canvas.grid.shape, dtype=np.float32)
    grain = gaussian_filter(white, [1.1 / mm for mm in canvas.grid.spacing_mm])
    grain /= max(float(grain.std()), 1e-6)
    bone = (canvas.labels > 0) & (canvas.labels <= NUMBERS[Structure(kind=StructureKind.VERTEBRA, level=Level.CO)])
    canvas.ct[bone] += np.float32(GRAIN_HU) * grain[bone]
    if canvas.mr is not None:
        canvas.mr[bone] += np.float32(GRAIN_T2) * grain[bone]


def _lay_organs(canvas: Canvas, made: Model) -> None:
    """Fat everywhere; in it the muscles of the back, and beside the bodies lung or psoas."""
    canvas.ct[:] = FAT.hu
    if canvas.mr is not None:
        canvas.mr[:] = FAT.t2
    neck = [level for level in made.recipe.levels if size(level).is_cervical]
    trunk = [level for level in made.recipe.levels if level not in neck]
    if neck:
        lay_neck(canvas, lambda where: _strand(made, neck, where))
    if trunk:  # the chest lies over the ends of the neck's muscles
        _lay_trunk(canvas, made, trunk)
    _lay_air(canvas, made)


def _lay_trunk(canvas: Canvas, made: Model, levels: list[Level]) -> None:
    thoracic = [level for level in levels if size(level).is_thoracic]
    lumbar = [level for level in levels if level not in thoracic]
    for sign in (1.0, -1.0):
        if thoracic:
            lung = (sign * 54.0, -14.0), (38.0, 44.0)
            wall = lung[0], (38.0 + CHEST_WALL_MM, 44.0 + CHEST_WALL_MM)
            canvas.lay(_strand(made, thoracic, wall), MUSCLE)
            canvas.lay(_strand(made, thoracic, lung), LUNG)
        if lumbar:
            canvas.lay(_strand(made, lumbar, ((sign * 36.0, 8.0), (15.0, 18.0))), MUSCLE)
        deep = 19.0 if thoracic else 23.0
        canvas.lay(_strand(made, levels, ((sign * 21.0, 28.0 + deep), (20.0, 15.0))), MUSCLE)
        canvas.lay(_strand(made, levels, ((sign * 9.0, 24.0 + deep), (10.0, 13.0))), MUSCLE)
    # What lies in front of the bodies: gullet and crura, in one.
    canvas.lay(_strand(made, levels, ((0.0, -26.0), (16.0, 9.0))), MUSCLE)


def _strand(made: Model, levels: list[Level], where: Place) -> Shape:
    """A strand that runs with the levels and beyond them, where neck and chest do not meet."""
    (left, back), (wide, deep) = where
    points = []
    for level in reversed(levels):
        pose = made.column.poses[level]
        points.append(pose.rotation @ np.array([left, back, 0.0]) + pose.origin)
    over = [_runs_over(made, levels[-1], Level.C7, Level.T1), _runs_over(made, levels[0], Level.T1, Level.C7)]
    ends = [
        made.column.poses[level].rotation[:, 2] * mm for level, mm in zip((levels[-1], levels[0]), over, strict=True)
    ]
    return strand_shape([points[0] - ends[0], *points, points[-1] + ends[1]], (wide, deep))


def _runs_over(made: Model, level: Level, end: Level, beyond: Level) -> float:
    """How far a strand runs on, mm: less where the other of neck and chest begins."""
    return MEET_MM if level is end and beyond in made.recipe.levels else 60.0


def strand_shape(points: list[Floats], radii_mm: tuple[float, float]) -> Shape:
    """A strand from point to point of the patient, foot to head; its radii are across and deep."""
    limbs = [
        Limb(
            part=Part.BODY,
            start=triple(start),
            end=triple(end),
            radii_mm=radii_mm,
            upright=(1.0, 0.0, 0.0),
        )
        for start, end in pairwise(points)
    ]
    return shape_of(np.array([limb_row(limb, UPRIGHT, blend_mm=3.0) for limb in limbs]))


def _lay_arteries(canvas: Canvas, made: Model) -> None:
    """The vertebral arteries: in front of C7, then up through the foramina. Our labels have no name for them."""
    neck = [level for level in reversed(made.recipe.levels) if size(level).is_cervical]
    for sign in (1.0, -1.0):
        points = []
        for level in neck:
            pose, (left, back) = made.column.poses[level], artery(level)
            points.append(pose.rotation @ np.array([sign * left, back, 0.0]) + pose.origin)
        if points:
            points = [points[0] - [0.0, 0.0, 30.0], *points, points[-1] + [0.0, 0.0, 30.0]]
            canvas.lay(strand_shape(points, (ARTERY_MM, ARTERY_MM)), BLOOD)


def _lay_air(canvas: Canvas, made: Model) -> None:
    """Air behind the skin: beyond the longest spinous process and some fat."""
    skin = max(pose.origin[1] + _behind(level) for level, pose in made.column.poses.items()) + 14.0
    high = canvas.grid.points_mm(np.array(np.meshgrid(*[(0, n - 1) for n in canvas.grid.shape])).reshape(3, -1).T)
    low = np.array([*high.min(axis=0)])
    top = high.max(axis=0)
    if top[1] > skin:
        low[1] = skin
        canvas.lay(Shape(distance=lambda points: skin - points[:, 1], low=low - 1.0, high=top + 1.0), AIR)


def _behind(level: Level) -> float:
    row = size(level)
    return row.canal_centre_mm + row.canal_depth / 2 + row.spinous_length


def _vessels(made: Model) -> Iterator[tuple[StructureKind, Floats]]:
    """Aorta in front and to the left, none in the neck; vena cava to the right, from T10 down."""
    levels = list(reversed(made.recipe.levels))
    at = [made.column.curve.places(made.column.poses[level].origin[None])[0, 2] for level in levels]
    stations = np.arange(len(made.column.curve.centres))
    rows = [size(level) for level in levels]
    for kind, sign, wide in ((StructureKind.AORTA, 1.0, 11.0), (StructureKind.VENA_CAVA, -1.0, 10.0)):
        radius = [wide if _has_vessel(row, kind) else 0.0 for row in rows]
        left = [sign * (12.0 + (4.0 if row.is_thoracic else 0.0)) for row in rows]
        back = [-(row.canal_centre_mm + row.body_depth / 2 + wide * (0.6 if row.is_thoracic else 1.1)) for row in rows]
        columns = [np.interp(stations, at, numbers) for numbers in (radius, radius, left, back)]
        yield kind, np.stack(columns, axis=1)


def _has_vessel(row: Size, kind: StructureKind) -> bool:
    return row.body_width > 33.0 if kind is StructureKind.VENA_CAVA else not row.is_cervical


def lay_bone(canvas: Canvas, shape: Shape, label: int) -> None:
    """Lay a bone with its cortex and trabeculae."""
    covered = cover(canvas.grid, shape, deeper=(CORTEX_MM,))
    if covered is None:
        return
    canvas.blend(covered.box, covered.shares[0], CORTEX)
    canvas.blend(covered.box, covered.shares[1], TRABECULAE)
    canvas.labels[covered.box][covered.inside] = label
