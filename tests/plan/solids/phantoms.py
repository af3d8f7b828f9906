"""A block of bone and a made spine with the pieces that are cut out of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from enbloc.case.anatomy import Level, tumour, vertebra
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.price.opening import LAMINAE, Opening
from enbloc.plan.solids.bone import BoneSolid, bone_solid

LEVELS = (Level.T7, Level.T8, Level.T9)
RECIPE = Recipe(
    levels=LEVELS,
    tumours=(Tumour(solids=(replace(in_body(Level.T8, radii_mm=(6.0, 6.0, 6.0)), centre_mm=(5.0, 0.0, 0.0)),)),),
    kyphosis_deg=0.0,
    spacing_mm=(2.0, 2.0, 2.0),
    noise_hu=0.0,
)
LAMINECTOMY = (Opening(level=Level.T8, parts=LAMINAE),)


@cache
def spine(*, mirrored: bool = False, tilt_deg: Triple = (0.0, 0.0, 0.0)) -> Column:
    recipe = replace(RECIPE, tilt_deg=tilt_deg)
    return column_of(build(recipe.mirrored if mirrored else recipe).images)


@cache
def solid_spine(*, mirrored: bool = False, tilt_deg: Triple = (0.0, 0.0, 0.0)) -> BoneSolid:
    return bone_solid(spine(mirrored=mirrored, tilt_deg=tilt_deg), LEVELS, "A")


def own_plane(column: Column, point: Triple, normal: Triple, level: Level = Level.T8) -> Plane:
    """A plane given in the frame of a vertebra."""
    one = column.spine[level]
    unit = np.array(normal) / np.linalg.norm(normal)
    return Plane(point_mm=one.at(*point), normal=triple(unit @ one.axes))


def own_cut(column: Column, name: str, point: Triple, normal: Triple, *within: Plane, kerf: float = 1.5) -> FixedCut:
    return FixedCut(name=name, plane=own_plane(column, point, normal), kerf_mm=kerf, within=within)


def body_piece(column: Column, *, sign: float = 1.0, move_mm: float = 0.0) -> Piece:
    """The body of T8 between four cuts: two across it, and one through each pedicle that ends at the midline."""
    one = column.spine[Level.T8]
    left, right = (own_plane(column, (0.0, 0.0, 0.0), (side, 0.0, 0.0)) for side in (sign, -sign))
    behind = one.back_mm
    return Piece(
        name="body",
        cuts=(
            own_cut(column, "cranial cut", (0.0, 0.0, one.high_mm - 3.0 + move_mm), (0.0, 0.1, 1.0)),
            own_cut(column, "caudal cut", (0.0, 0.0, one.low_mm + 3.0), (0.0, 0.0, -1.0)),
            own_cut(column, "pedicle cut with the tumour", (0.0, behind + 5.0, 0.0), (0.0, 1.0, 0.0), left),
            own_cut(column, "other pedicle cut", (0.0, behind + 3.0, 0.0), (0.0, 1.0, 0.0), right),
        ),
    )


def sagittal_piece(column: Column, *, sign: float = 1.0, at_mm: float = 7.0, lean: float = 0.0) -> Piece:
    """All of T8 to the left (``sign`` 1) of a plane beside the midline, which leans by ``lean`` on its way forward."""
    one = column.spine[Level.T8]
    return Piece(
        name="side",
        cuts=(
            own_cut(column, "sagittal cut", (sign * at_mm, 0.0, 0.0), (-sign, lean, 0.0)),
            own_cut(column, "cranial cut", (0.0, 0.0, one.high_mm + 1.0), (0.0, 0.0, 1.0)),
            own_cut(column, "caudal cut", (0.0, 0.0, one.low_mm - 1.0), (0.0, 0.0, -1.0)),
        ),
    )


@cache
def block() -> Column:
    """A block of bone of 30 × 24 × 20 mm about the origin in voxels of 1 mm, with a tumour that leaves it in front.

    The tumour is a cube of 6 mm about (0, -12, 0): half of it lies in the bone.
    """
    shape = (32, 40, 44)  # of z, y, x
    affine = np.zeros((4, 4))
    affine[0, 2] = affine[1, 1] = affine[2, 0] = affine[3, 3] = 1.0
    affine[:3, 3] = [-21.5, -19.5, -15.5]
    grid = Grid(shape=shape, affine=affine)
    at = grid.points_mm(np.argwhere(np.ones(shape, bool))).reshape(*shape, 3)
    bone = np.all(np.abs(at) < (15.0, 12.0, 10.0), axis=-1)
    ill = np.all(np.abs(at - (0.0, -12.0, 0.0)) < 3.0, axis=-1)
    maps = {
        "bone": LabelMap(labels=np.asarray(bone, np.uint8), grid=grid, names={1: vertebra(Level.T8)}, on="ct"),
        "tumour": LabelMap(labels=np.asarray(ill, np.uint8), grid=grid, names={1: tumour("A")}, on="ct"),
    }
    return column_of(Images(volumes={}, labels=maps))


@cache
def solid_block() -> BoneSolid:
    return bone_solid(block(), (Level.T8,), "A")


def plane_cut(name: str, point: Triple, normal: Triple, *within: Plane, kerf: float = 2.0) -> FixedCut:
    return FixedCut(name=name, plane=Plane(point_mm=point, normal=normal), kerf_mm=kerf, within=within)


def front_of_block() -> Piece:
    """All of the block in front of y = 1: the face of a blade of 2 mm whose middle is y = 2."""
    return Piece(name="front", cuts=(plane_cut("behind", (0.0, 2.0, 0.0), (0.0, 1.0, 0.0)),))


def quarter_of_block() -> Piece:
    """The block before z = 5 but for its left part, where a second cut, on the left alone, ends it at z = -2."""
    left = Plane(point_mm=(4.0, 0.0, 0.0), normal=(1.0, 0.0, 0.0))
    return Piece(
        name="stepped",
        cuts=(
            plane_cut("above", (0.0, 0.0, 6.0), (0.0, 0.0, 1.0)),
            plane_cut("above on the left", (0.0, 0.0, -1.0), (0.0, 0.0, 1.0), left),
        ),
    )
