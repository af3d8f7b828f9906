"""Made spines with tumours in known sectors, and their operative fields."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from enbloc.case.anatomy import Level, Side, Structure, StructureKind
from enbloc.case.case import Case
from enbloc.case.geometry import Triple
from enbloc.case.image import Grid, Images
from enbloc.measure.measuring import measure
from enbloc.phantom import Recipe, Tumour, build, in_body, in_pedicle
from enbloc.phantom.recipe import Solid
from enbloc.plan.field import Field, fields_of

T8 = Level.T8
RECIPE = Recipe(levels=(Level.T7, T8, Level.T9), kyphosis_deg=0.0, spacing_mm=(1.5, 1.5, 1.5), noise_hu=0.0)


def at(centre: Triple, radii: Triple, level: Level = T8) -> Solid:
    """A tumour in bone, in the frame of a vertebra."""
    return Solid(level=level, centre_mm=centre, radii_mm=radii)


def lateral(side: Side, level: Level = T8) -> Solid:
    """In the root of the lamina and the transverse process of a side: sector 3 or 10."""
    sign = 1.0 if side is Side.LEFT else -1.0
    return at((sign * 16.0, 24.0, 4.0), (7.0, 4.0, 5.0), level)


BODY = in_body(T8, radii_mm=(8.0, 7.0, 6.0), centre_mm=(0.0, -4.0, 0.0))
LEFT_BODY = in_body(T8, radii_mm=(6.0, 6.0, 6.0), centre_mm=(8.0, 3.0, 0.0))
SPINOUS = at((0.0, 36.0, -6.0), (3.0, 9.0, 8.0))
PATTERNS: dict[str, tuple[Solid, ...]] = {
    "body": (BODY,),
    "left body": (LEFT_BODY,),
    "body and left pedicle": (BODY, LEFT_BODY, in_pedicle(T8, Side.LEFT)),
    "left body, pedicle and lamina": (LEFT_BODY, in_pedicle(T8, Side.LEFT), lateral(Side.LEFT)),
    "spinous process": (SPINOUS,),
    "both pedicles": (BODY, in_pedicle(T8, Side.LEFT), in_pedicle(T8, Side.RIGHT)),
    "body and spinous process": (BODY, SPINOUS),
}


def recipe(*solids: Solid) -> Recipe:
    return replace(RECIPE, tumours=(Tumour(solids=solids),))


@cache
def field(name: str, *, mirrored: bool = False) -> Field:
    """The field of a pattern, or of its mirror image."""
    made = recipe(*PATTERNS[name])
    return field_of(made.mirrored if mirrored else made)


def field_of(made: Recipe, *, is_flipped: bool = False, lacking: frozenset[StructureKind] = frozenset()) -> Field:
    """The field of a patient; ``is_flipped``: of the mirror image of everything; ``lacking`` nobody has labelled."""
    phantom = build(made)
    return read(phantom.case, _flipped(phantom.images) if is_flipped else phantom.images, lacking)


def read(case: Case, images: Images, lacking: frozenset[StructureKind] = frozenset()) -> Field:
    """The field of a first lesion in images of which some labels are missing."""
    labels = {
        role: replace(held, names={number: one for number, one in held.names.items() if one.kind not in lacking})
        for role, held in images.labels.items()
    }
    shown = replace(images, labels=labels)
    return fields_of(case, shown, measure(case, shown))[0]


def _flipped(images: Images) -> Images:
    """The mirror image: the last axis of the arrays, which runs to the left, turned round, and every side renamed."""
    volumes = {
        role: replace(one, voxels=np.ascontiguousarray(one.voxels[..., ::-1]), grid=_mirror(one.grid))
        for role, one in images.volumes.items()
    }
    labels = {
        role: replace(
            one,
            labels=np.ascontiguousarray(one.labels[..., ::-1]),
            grid=_mirror(one.grid),
            names={number: _other_side(named) for number, named in one.names.items()},
        )
        for role, one in images.labels.items()
    }
    return replace(images, volumes=volumes, labels=labels)


def _mirror(grid: Grid) -> Grid:
    affine = grid.affine.copy()
    affine[0, 3] = -(affine[0, 3] + (grid.shape[2] - 1) * affine[0, 2])
    return replace(grid, affine=affine)


def _other_side(named: Structure) -> Structure:
    other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    return replace(named, side=other[named.side]) if named.side else named
