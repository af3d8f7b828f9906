"""From a recipe to a whole case: pictures, labels, record and truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import ENBLOC_LABELS, Level, Structure, StructureKind, tumour, vertebra
from enbloc.case.case import Case, ImageFile, LabelFile
from enbloc.case.fact import BoneQuality
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality, Origin
from enbloc.kernels.sampling import grid_points
from enbloc.phantom.column import frame_along, half_height
from enbloc.phantom.limb import PARTS, SIDES, Limb, limb_row
from enbloc.phantom.model import Model, model
from enbloc.phantom.morphometry import size
from enbloc.phantom.recipe import Recipe, Tumour
from enbloc.phantom.scanner import Canvas, Cover, Shape, box_of, clumps, cover, grid_around, scanned, shape_of
from enbloc.phantom.surroundings import NUMBERS, lay_bone, lay_grain, lay_surroundings, tube_shape
from enbloc.phantom.tissue import CORD, DISC, FAT, FLUID, GROWTH, MUSCLE, ROOT, SCLEROSIS
from enbloc.phantom.truth import Truth, truth_of

Floats = NDArray[np.float64]

TAKEN = date(2026, 11, 17)
AS_OF = date(2026, 11, 20)

DISC_REACH_MM = 4.0  # how far a disc reaches into the two end-plates together
T2_NOISE = 14.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Phantom:
    """A made patient: the record, the pictures with their labels, and what is exactly true of them."""

    case: Case
    images: Images
    recipe: Recipe
    model: Model

    @cached_property
    def truth(self) -> Truth:
        """What is true of the geometry, found by dense integration and not on the grid of the pictures."""
        return truth_of(self.model)


def build(recipe: Recipe) -> Phantom:
    """Make the pictures, labels and record of a recipe; the same recipe gives the same bytes.

    Examples
    --------
    >>> phantom = build(Recipe(levels=(Level.L3,), spacing_mm=(3.0, 3.0, 3.0)))
    >>> [str(level) for level in phantom.images.levels], phantom.case.origin.value
    (['L3'], 'phantom')
    """
    made = model(recipe)
    canvas = Canvas(grid_of(made), MUSCLE, with_mr=recipe.with_mr)
    lay_surroundings(canvas, made)
    _discs(canvas, made)
    _bones(canvas, made)
    if recipe.organs:
        lay_grain(canvas, recipe.seed)
    _canal(canvas, made)
    tumours = _tumours(canvas, made)
    images = Images(volumes=_volumes(canvas, recipe), labels=_label_maps(canvas, tumours))
    return Phantom(case=_record(recipe, images), images=images, recipe=recipe, model=made)


def grid_of(made: Model) -> Grid:
    """The grid of a recipe: around its vertebrae with the margin, at least as wide and deep as asked."""
    recipe = made.recipe
    shapes = [shape_of(rows) for rows in made.rows.values()]
    low = np.min([shape.low for shape in shapes], axis=0) + 1.0
    high = np.max([shape.high for shape in shapes], axis=0) - 1.0
    low = low - np.array([0.0, 24.0, recipe.margin_mm])
    high = high + np.array([0.0, 6.0, recipe.margin_mm])
    wanted = np.array([*recipe.field_mm, 0.0])
    slack = np.maximum(wanted - (high - low), 0.0) / 2.0
    turn = Rotation.from_euler("xyz", recipe.tilt_deg, degrees=True).as_matrix()
    if recipe.shape is not None:
        low, high = box_of(recipe.shape, recipe.spacing_mm, recipe.axes, (low + high) / 2.0)
        slack = np.zeros(3)
    return grid_around(low - slack, high + slack, recipe.spacing_mm, recipe.axes, turn)


def _discs(canvas: Canvas, made: Model) -> None:
    """Each disc, as a column between two bodies over whose ends the vertebrae are laid."""
    levels = made.recipe.levels
    for upper, lower in pairwise(levels):
        shape = _disc_shape(made, upper, lower)
        disc = Structure(kind=StructureKind.DISC, level=upper)
        canvas.lay(shape, DISC, NUMBERS[disc])


def _disc_shape(made: Model, upper: Level, lower: Level) -> Shape:
    """A drum between two end-plates, high enough to reach into their dents; the vertebrae are laid over it."""
    below, above = made.column.poses[lower], made.column.poses[upper]
    floor = below.origin + below.rotation[:, 2] * half_height(made.recipe, lower)
    roof = above.origin - above.rotation[:, 2] * half_height(made.recipe, upper)
    drum = made.rows[lower][0].copy()
    drum[1] = 0.0
    drum[4:7] = (floor + roof) / 2.0
    drum[7:16] = frame_along(below.rotation[:, 2] + above.rotation[:, 2]).ravel()
    drum[16:18] *= 0.96
    lost = sum(made.recipe.fractures[level].percent for level in (upper, lower) if level in made.recipe.fractures)
    drum[18:20] = size(upper).disc_height + DISC_REACH_MM + 0.06 * lost
    drum[20:22], drum[23:26] = 0.0, 0.0
    return shape_of(drum[None])


def _bones(canvas: Canvas, made: Model) -> None:
    for level in made.recipe.levels:
        lay_bone(canvas, made.vertebra_shape(level), NUMBERS[vertebra(level)])


def _canal(canvas: Canvas, made: Model) -> None:
    held, curve = made.canal, made.column.curve
    canvas.lay(tube_shape(curve, held.canal), FAT, NUMBERS[Structure(kind=StructureKind.CANAL)])
    for level in made.recipe.levels:
        for side, sign in SIDES:
            root = Structure(kind=StructureKind.NERVE_ROOT, level=level, side=side)
            for limb, number in _roots(level, sign, NUMBERS[root]):
                _lay_root(canvas, limb_row(limb, made.column.poses[level]), number)
    sac = replace(tube_shape(curve, held.sac), distance=held.sac_distance)
    canvas.lay(sac, FLUID, NUMBERS[Structure(kind=StructureKind.SAC)])
    if held.cord[:, 0].max() > 1.0:
        canvas.lay(tube_shape(curve, held.cord), CORD, NUMBERS[Structure(kind=StructureKind.CORD)])


def _roots(level: Level, sign: float, number: int) -> Iterator[tuple[Limb, int | None]]:
    """The roots on one side of a vertebra with their labels: below its pedicle, or above it in the neck.

    Below C7 leaves the eighth cervical root, which has no vertebra of its own, and so no label.
    """
    row = size(level)
    inner, back, tall = row.canal_width / 2, row.canal_centre_mm, row.posterior_height
    if row.is_cervical:
        above = (sign * (inner - 3.0), back - 1.0, 0.72 * tall), (sign * (inner + 9.0), back - 12.0, 0.40 * tall)
        yield Limb(part=PARTS[0], start=above[0], end=above[1], radii_mm=(1.8, 1.8)), number
    if not row.is_cervical or level is Level.C7:
        yield (
            Limb(
                part=PARTS[0],
                start=(sign * (inner - 3.0), back, -0.30 * tall),
                end=(sign * (inner + 12.0), back - 3.0, -0.62 * tall),
                radii_mm=(2.6, 2.6) if not (row.is_thoracic or row.is_cervical) else (1.7, 1.7),
            ),
            None if row.is_cervical else number,
        )


def _lay_root(canvas: Canvas, row: Floats, label: int | None) -> None:
    """Lay a root, which gives way to bone."""
    covered = cover(canvas.grid, shape_of(row[None]))
    if covered is None:
        return
    free = canvas.labels[covered.box] > max(NUMBERS[vertebra(known)] for known in Level)
    free |= canvas.labels[covered.box] == 0
    canvas.blend(covered.box, covered.shares[0] * free, ROOT)
    if label is not None:
        canvas.labels[covered.box][covered.inside & free] = label


def _tumours(canvas: Canvas, made: Model) -> LabelMap | None:
    """Lay every tumour; the label map numbers them in their order from 1."""
    if not made.recipe.tumours:
        return None
    labels = np.zeros(canvas.grid.shape, np.uint8)
    for number, lesion in enumerate(made.recipe.tumours, start=1):
        covered = cover(canvas.grid, made.tumour_shape(lesion))
        if covered is not None:
            _blend_tumour(canvas, made, lesion, covered)
            labels[covered.box][covered.inside] = number
    names = {number: tumour(lesion.lesion) for number, lesion in enumerate(made.recipe.tumours, start=1)}
    return LabelMap(labels=labels, grid=canvas.grid, names=names, on="ct")


def _blend_tumour(canvas: Canvas, made: Model, lesion: Tumour, covered: Cover) -> None:
    canvas.blend(covered.box, covered.shares[0], GROWTH)
    if lesion.bone is BoneQuality.LYTIC:
        return
    sides = covered.inside.shape
    points = grid_points(canvas.grid.affine, np.array([part.start for part in covered.box]), np.array(sides))
    deep = np.min([made.bone(points, level)[0] for level in made.recipe.levels], axis=0)
    dense = np.clip(0.5 - deep, 0.0, 1.0)
    if lesion.bone is BoneQuality.MIXED:
        dense *= clumps(points)
    canvas.blend(covered.box, (covered.shares[0] * dense.reshape(sides)).astype(np.float32), SCLEROSIS)


def _volumes(canvas: Canvas, recipe: Recipe) -> dict[str, Volume]:
    ct = scanned(canvas.ct, canvas.grid, recipe.blur_mm, recipe.noise_hu, recipe.seed)
    voxels = np.clip(np.rint(ct, out=ct), -1024, 3071).astype(np.int16)
    volumes = {"ct": Volume(voxels=voxels, grid=canvas.grid, modality=Modality.CT, taken=TAKEN)}
    if canvas.mr is not None:
        noise = T2_NOISE if recipe.noise_hu > 0 else 0.0
        t2 = np.maximum(scanned(canvas.mr, canvas.grid, 0.8 * recipe.blur_mm, noise, recipe.seed + 1), 0)
        volumes["t2"] = Volume(voxels=t2, grid=canvas.grid, modality=Modality.MR, taken=TAKEN)
    return volumes


def _label_maps(canvas: Canvas, tumours: LabelMap | None) -> dict[str, LabelMap]:
    present = np.flatnonzero(np.bincount(canvas.labels.ravel(), minlength=256))
    names = {int(number): ENBLOC_LABELS[int(number)] for number in present if number}
    maps = {"anatomy": LabelMap(labels=canvas.labels, grid=canvas.grid, names=names, on="ct")}
    return maps | ({"tumour": tumours} if tumours else {})


def _record(recipe: Recipe, images: Images) -> Case:
    labels = {"anatomy": LabelFile(file="labels/anatomy.nii.gz", on="ct", scheme="enbloc")}
    if recipe.tumours:
        words = {number: f"tumour {lesion.lesion}" for number, lesion in enumerate(recipe.tumours, start=1)}
        labels["tumour"] = LabelFile(file="labels/tumour.nii.gz", on="ct", structures=words)
    files = {"ct": "images/ct.nii.gz", "t2": "images/mr-t2.nii.gz"}
    return Case(
        id="phantom",
        as_of=AS_OF,
        origin=Origin.PHANTOM,
        images={
            role: ImageFile(file=files[role], modality=volume.modality, date=volume.taken)
            for role, volume in images.volumes.items()
        },
        labels=labels,
        lesions=tuple(Lesion(id=lesion.lesion, levels=lesion.levels) for lesion in recipe.tumours),
    )
