"""The foramina that a dumbbell tumour passes, and the facet joint behind each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level, Side
from enbloc.case.answer import Answer, all_of
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import FORAMEN_REACH, FORAMEN_VOLUME
from enbloc.plan.field import Field
from enbloc.plan.laminae.dura import outside_dura, within_dura
from enbloc.plan.price.roots import are_neighbours
from enbloc.value import value

Floats = NDArray[np.float64]
FORAMEN = {Side.LEFT: fact.FORAMEN_LEFT, Side.RIGHT: fact.FORAMEN_RIGHT}


@value
class Joint:
    """The facet joint behind a foramen that holds tumour, between two vertebrae on one side; how much tumour, cc."""

    above: Level
    below: Level
    side: Side
    cc: float

    def __str__(self) -> str:
        return f"facet joint {self.above}/{self.below} {self.side.value}"


def is_dumbbell(field: Field, side: Side) -> Answer:
    """Whether the tumour lies within the dura and outside of it, and in a foramen of that side."""
    through = field.findings.answer(FORAMEN[side], field.lesion.id)
    return all_of(within_dura(field), outside_dura(field), through)


def joints(field: Field, mass: Tumour, side: Side) -> tuple[Joint, ...]:
    """The joints behind the foramina of one side with enough tumour to count, head to foot; else that with most."""
    found = [one for one in _filled(field, mass, side) if one.cc > 0.0]
    enough = tuple(one for one in found if FORAMEN_VOLUME.number <= one.cc)
    return enough or tuple(sorted(found, key=lambda one: -one.cc)[:1])


def _filled(field: Field, mass: Tumour, side: Side) -> Iterator[Joint]:
    """Each foramen of a side, from the middle of the pedicles above to that of those below, with what it holds."""
    spine = field.column.spine
    for above, below in pairwise(spine):
        if are_neighbours(above, below):
            upper, lower = spine[above], spine[below]
            own = upper.inside(mass.points_mm)
            between = (own[:, 2] < upper.hole_mm[2]) & (lower.inside(mass.points_mm)[:, 2] >= lower.hole_mm[2])
            count = int((between & _beside_canal(upper, own, side)).sum())
            yield Joint(above=above, below=below, side=side, cc=count * mass.grid.voxel_cc)


def _beside_canal(one: Vertebra, own_mm: Floats, side: Side) -> NDArray[np.bool_]:
    """Which points lie beside the canal where the foramen is looked for when it is measured."""
    x, y = (own_mm[:, axis] - one.hole_mm[axis] for axis in (0, 1))
    out = x if side is Side.LEFT else -x
    across = (out > one.half_width_mm) & (out <= one.pedicle_mm + FORAMEN_REACH.number)
    return np.asarray(across & (y >= one.back_mm - one.hole_mm[1]) & (y <= one.half_depth_mm))
