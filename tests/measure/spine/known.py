"""One phantom vertebra whose every voxel is known to belong to a part, and the same with pieces of it taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side, vertebra
from enbloc.case.image import Images, LabelMap
from enbloc.measure.spine.column import Column, column_of
from enbloc.measure.spine.parts import CODES, Parts
from enbloc.phantom import Recipe, build
from enbloc.phantom.limb import PARTS
from enbloc.phantom.model import Model, model
from enbloc.phantom.recipe import Collapse, Fracture

Floats = NDArray[np.float64]
Lost = Callable[[Floats, Floats, Floats], NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Known:
    """A vertebra, its images, and the model it was made of."""

    level: Level
    images: Images
    made: Model

    @property
    def labels(self) -> LabelMap:
        return self.images.labels["anatomy"]

    def column(self) -> Column:
        return column_of(self.images)

    def without(self, lost: Lost) -> Known:
        """The same vertebra without the bone where ``lost`` (x, y, z of its frame) holds."""
        named = self.labels.mask(vertebra(self.level))
        pose = self.made.column.poses[self.level]
        at = np.argwhere(named)
        own = (self.labels.grid.points_mm(at) - pose.origin) @ pose.rotation
        gone = at[lost(*own.T)]
        labels = self.labels.labels.copy()
        labels[tuple(gone.T)] = 0
        return replace(self, images=labelled(self.labels, labels))

    def truth(self, column: Column) -> NDArray[np.int64]:
        """The part of each voxel of the crop, as a place in the order of ``Part``."""
        _, tags = self.made.bone(column.spine[self.level].crop.points_mm, self.level)
        return np.array([list(Part).index(part) for part in PARTS])[tags]


def labelled(like: LabelMap, labels: NDArray[Any]) -> Images:
    """Images of nothing but one label map."""
    return Images(volumes={}, labels={"anatomy": replace(like, labels=labels)})


@cache
def known(
    level: Level, fracture: tuple[Collapse, float] | None = None, spacing: float = 1.0, axes: str = "SPL"
) -> Known:
    """One vertebra of the phantom by itself, collapsed by a kind and per cent."""
    fractures = {level: Fracture(kind=fracture[0], percent=fracture[1])} if fracture else {}
    recipe = Recipe(
        levels=(level,),
        fractures=fractures,
        spacing_mm=(spacing, spacing, spacing),
        axes=axes,
        noise_hu=0.0,
        ribs=False,
        field_mm=(90.0, 100.0),
    )
    built = build(recipe)
    return Known(level, Images(volumes={}, labels={"anatomy": built.images.labels["anatomy"]}), model(recipe))


def seen(parts: Parts, column: Column, level: Level) -> NDArray[np.int64]:
    """The part that each voxel of the crop was found to be, as a place in the order of ``Part``."""
    order = np.array([list(Part).index(part) for part, _ in CODES])
    return order[parts.codes[column.spine[level].crop.mask > 0] - 1]


def shares_right(held: Known) -> dict[Part, float]:
    """The share of each part's voxels that are found to be it; what meets a rib is right in the bone that it meets."""
    column = held.column()
    truth = held.truth(column)
    found = seen(column.parts[held.level], column, held.level)
    rib = list(Part).index(Part.COSTOVERTEBRAL)
    at_rib = (found == rib) & np.isin(truth, [list(Part).index(p) for p in (Part.BODY, Part.TRANSVERSE_PROCESS)])
    right = (found == truth) | at_rib
    return {part: float(right[truth == at].mean()) for at, part in enumerate(Part) if (truth == at).any()}


def opposite(side: Side | None) -> Side | None:
    """The other side."""
    return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, None: None}[side]
