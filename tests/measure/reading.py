"""Read the real data of the tests into our nouns, without the package's own readers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import SimpleITK

from enbloc.case.anatomy import CORD, Level, Structure, vertebra
from enbloc.case.image import Grid, LabelMap, Volume
from enbloc.case.origin import Modality

TOTAL = {27 + at: vertebra(level) for at, level in enumerate((Level.L5, Level.L4, Level.L3, Level.L2, Level.L1))} | {
    26: vertebra(Level.S1),
    32: vertebra(Level.T12),
    33: vertebra(Level.T11),
    79: CORD,
}
_VERSE = (*(Level(f"C{n}") for n in range(1, 8)), *(Level(f"T{n}") for n in range(1, 13)))
VERSE = {at: vertebra(level) for at, level in enumerate((*_VERSE, *(Level(f"L{n}") for n in range(1, 7))), start=1)}


def grid_of(image: SimpleITK.Image) -> Grid:
    direction = np.array(image.GetDirection()).reshape(3, 3) * np.array(image.GetSpacing())
    affine = np.eye(4)
    affine[:3, :3] = direction[:, ::-1]  # the array runs slice, row, column
    affine[:3, 3] = image.GetOrigin()
    a, b, c = image.GetSize()[::-1]
    return Grid(shape=(a, b, c), affine=affine)


def volume(path: Path) -> Volume:
    image = SimpleITK.ReadImage(str(path))
    voxels = SimpleITK.GetArrayFromImage(image).astype(np.int16)
    return Volume(voxels=voxels, grid=grid_of(image), modality=Modality.CT, document=path.name)


def label_map(path: Path, names: dict[int, Structure]) -> LabelMap:
    image = SimpleITK.ReadImage(str(path))
    labels = np.rint(SimpleITK.GetArrayFromImage(image)).astype(np.uint8)
    return LabelMap(labels=labels, grid=grid_of(image), names=names, on="ct", document=path.name)
