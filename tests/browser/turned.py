"""A small patient for the workbench, and as another scanner would have stored him: other axes and order, oblique."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, StructureKind
from enbloc.case.case import Case
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.exchange.folder import write_case
from enbloc.exchange.images import write_images
from enbloc.phantom import Phantom, Recipe, Tumour, build, in_body

OBLIQUE_DEG = 9.0
_AXIS = np.array([1.0, 2.0, 3.0]) / np.sqrt(14)
_ORDER = (2, 0, 1)
"""Which axis of the array as it was comes first, second and third."""


@cache
def small_patient() -> Phantom:
    """Three vertebrae, a tumour in the body of the middle one, on a coarse CT."""
    levels = (Level.T8, Level.T9, Level.T10)
    return build(Recipe(levels=levels, tumours=(Tumour(solids=(in_body(Level.T9),)),), spacing_mm=(2.0, 1.5, 1.5)))


def turned(images: Images) -> Images:
    """The images on flipped axes in another order, the patient himself turned about an oblique axis."""
    return Images(
        volumes={role: _volume(each) for role, each in images.volumes.items()},
        labels={role: _labels(each) for role, each in images.labels.items()},
    )


def of_one_slice(images: Images) -> Images:
    """The slice of the CT alone in which most of the tumour lies."""
    (tumour,) = images.present(StructureKind.TUMOUR)
    labels = images.map_of(tumour)
    assert labels is not None
    most = int(labels.mask(tumour).sum(axis=(1, 2)).argmax())
    box = (slice(most, most + 1), slice(0, labels.grid.shape[1]), slice(0, labels.grid.shape[2]))
    return Images(
        volumes={"ct": images.volumes["ct"].cropped(box)},
        labels={
            role: replace(each, labels=each.labels[box], grid=each.grid.cropped(box))
            for role, each in images.labels.items()
        },
    )


def zipped(images: Images, folder: Path, case: Case | None = None) -> Path:
    """The case folder with these images, in a zip; the case is that of the small patient where none is named."""
    home, case = folder / "small", case or small_patient().case
    write_images(home, case, images)
    write_case(home, case)
    path = folder / "small.zip"
    with ZipFile(path, "w", ZIP_STORED) as out:
        for file in sorted(home.rglob("*")):
            if file.is_file():
                out.write(file, f"small/{file.relative_to(home)}")
    return path


def _volume(each: Volume) -> Volume:
    array, grid = _turned(each.voxels, each.grid)
    return replace(each, voxels=array, grid=grid)


def _labels(each: LabelMap) -> LabelMap:
    array, grid = _turned(each.labels, each.grid)
    return replace(each, labels=array, grid=grid)


def _turned(array: NDArray[Any], grid: Grid) -> tuple[NDArray[Any], Grid]:
    """The first and the last axis of the new array run backwards."""
    made = np.ascontiguousarray(array.transpose(_ORDER)[::-1, :, ::-1])
    before = np.zeros((4, 4))  # from an index of the new array to one of the old
    before[3, 3] = 1
    for new, old in enumerate(_ORDER):
        sign = 1 if new == 1 else -1
        before[old, new] = sign
        before[old, 3] = 0 if sign > 0 else made.shape[new] - 1
    turn = np.eye(4)
    turn[:3, :3] = Rotation.from_rotvec(np.deg2rad(OBLIQUE_DEG) * _AXIS).as_matrix()
    a, b, c = made.shape
    return made, Grid(shape=(a, b, c), affine=turn @ grid.affine @ before)
