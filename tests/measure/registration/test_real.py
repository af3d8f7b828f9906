"""Vertebrae of a real CT laid onto themselves after a known motion, with every third voxel along one axis left."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from enbloc.case.anatomy import Level, Structure, vertebra
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.registration.drawing import moved
from enbloc.measure.registration.joining import joined
from tests.data import real_data
from tests.measure.reading import VERSE, label_map
from tests.measure.registration.moving import motion

WAY = motion(9.0)
EVERY = 3


@cache
def column() -> LabelMap:
    """T9 to L5 of a real patient, 2 x 1 x 1 mm."""
    return label_map(real_data("ct-verse004") / "sub-verse004_seg-vert_msk.nii.gz", VERSE)


def thick(names: dict[int, Structure] | None = None) -> Images:
    """The same column after the motion, in slices of 3 mm."""
    drawn = column()
    along = next(at for at, letter in enumerate(drawn.grid.axes) if letter in "SI")
    labels = np.moveaxis(np.moveaxis(drawn.labels, along, 0)[1::EVERY], 0, along)
    affine = drawn.grid.affine.copy()
    affine[:3, 3] += affine[:3, along]
    affine[:3, along] *= EVERY
    a, b, c = labels.shape
    grid = moved(Grid(shape=(a, b, c), affine=affine), WAY)
    made = replace(drawn, labels=np.ascontiguousarray(labels), grid=grid, names=names or drawn.names)
    return Images(volumes={}, labels={"bone": made})


def planned() -> Images:
    return Images(volumes={}, labels={"bone": column()})


def test_real_vertebrae_are_laid_where_they_were() -> None:
    found = joined(thick(), planned(), only=(Level.T12, Level.L1, Level.L2))
    assert list(found.holding) == [Level.T12, Level.L1, Level.L2]
    for level, fit in found.holding.items():
        points = column().grid.points_mm(np.argwhere(column().mask(vertebra(level)))[::100])
        assert np.linalg.norm(fit.motion.moved(WAY.moved(points)) - points, axis=1).mean() <= 0.3
        assert fit.residual_mm == pytest.approx(0.5, abs=0.2)


def test_real_vertebrae_named_one_too_low_are_doubted() -> None:
    order = list(Level)
    present = [named for named in column().boxes if named.level in (Level.L1, Level.L2, Level.L3)]
    names = {
        id: vertebra(order[order.index(named.level) + 1])
        for id, named in column().names.items()
        if named in present and named.level is not None
    }
    found = joined(thick(names), planned())
    assert found.doubt == "its vertebrae fit those one level above better than those of the same name"
