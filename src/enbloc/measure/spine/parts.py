"""The parts of a vertebra: body, pedicles, laminae, facets, processes, with their sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Part, Side
from enbloc.case.image import Images
from enbloc.measure.spine.vertebra import Vertebra

_SIDED = (Part.PEDICLE, Part.LAMINA, Part.FACET, Part.TRANSVERSE_PROCESS, Part.COSTOVERTEBRAL)

CODES: tuple[tuple[Part, Side | None], ...] = (
    (Part.BODY, None),
    (Part.SPINOUS_PROCESS, None),
    *((part, side) for part in _SIDED for side in Side),
)
"""What the codes 1, 2, … of `Parts` stand for, in this order."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Parts:
    """Which part each voxel of a vertebra belongs to: ``codes``, uint8 on the grid of its crop, 0 outside the bone.

    ``method`` says in a clause how they were told apart, ``notes`` what is doubtful about it.
    """

    codes: NDArray[np.uint8]
    method: str
    notes: tuple[str, ...] = ()

    def mask(self, part: Part, side: Side | None = None) -> NDArray[np.bool_]:
        """The voxels of one part."""
        return np.asarray(self.codes == code(part, side))


def code(part: Part, side: Side | None = None) -> int:
    """The code of a part.

    Examples
    --------
    >>> code(Part.BODY), code(Part.PEDICLE, Side.LEFT)
    (1, 3)
    """
    return CODES.index((part, side)) + 1


def parts_of(one: Vertebra, images: Images) -> Parts:
    """The parts of one vertebra, told apart by planes and angles about its canal."""
    own = one.inside(one.crop.points_mm)
    x, y = own[:, 0] - one.hole_mm[0], own[:, 1] - one.hole_mm[1]
    left = x > 0
    behind = np.abs(np.rad2deg(np.arctan2(x, y))) < 20.0
    found = np.where(left, code(Part.LAMINA, Side.LEFT), code(Part.LAMINA, Side.RIGHT))
    outer = np.abs(x) > one.pedicle_mm
    found[outer] = np.where(
        left[outer], code(Part.TRANSVERSE_PROCESS, Side.LEFT), code(Part.TRANSVERSE_PROCESS, Side.RIGHT)
    )
    found[behind & (y > one.half_depth_mm)] = code(Part.SPINOUS_PROCESS)
    pedicle = (own[:, 1] >= one.back_mm) & (y < 0) & (np.abs(x) > one.half_width_mm)
    found[pedicle] = np.where(left[pedicle], code(Part.PEDICLE, Side.LEFT), code(Part.PEDICLE, Side.RIGHT))
    found[own[:, 1] < one.back_mm] = code(Part.BODY)
    codes = np.zeros(one.crop.mask.shape, np.uint8)
    codes[one.crop.mask > 0] = found
    return Parts(codes=codes, method="planes and angles about the canal")
