"""The outermost voxels of a structure: what distances to it are measured from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.image import Grid, Images
from enbloc.kernels.distances import skin

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Shell:
    """The outermost voxels of a structure: their centres ``points_mm``, shape (n, 3), patient LPS, and their grid."""

    points_mm: Floats
    grid: Grid


def shell(images: Images, named: Structure) -> Shell | None:
    """The outermost voxels of a structure, or nothing if it is not labelled."""
    labels = images.map_of(named)
    if labels is None:
        return None
    box = labels.boxes[named]
    indices = skin(labels.mask(named, box).astype(np.uint8)) + [part.start for part in box]
    return Shell(points_mm=labels.grid.points_mm(indices), grid=labels.grid)
