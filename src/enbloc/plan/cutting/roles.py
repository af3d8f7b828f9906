"""What a cut is for: the way its sheet may face, how wide the blade is, and what it must keep away from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.geometry import Plane
from enbloc.errors import RecordError
from enbloc.plan.cutting.cones import Cone
from enbloc.value import value

Domain = tuple[Plane, ...]

HAIR_MM = 1e-9  # what adding up may cost


@value
class KeepAway:
    """A structure that the sheet of a cut must stay ``at_least_mm`` away from.

    ``is_shielded``: the surgeon holds something between the two, so the distance binds nothing; it is still told.
    """

    structure: Structure
    at_least_mm: float
    is_shielded: bool = False

    def __post_init__(self) -> None:
        _not_negative(self.at_least_mm, f"the distance to {self.structure}")


@value
class Role:
    """One cut of an operation: ``cone`` holds the normals it may have, which point away from the tumour.

    The bone in the way of the blade, ``kerf_mm`` wide, is lost. The blade runs ``within`` these half-spaces alone,
    those that the normals point into; without any its sheet is endless.
    """

    name: str  # "caudal cut"
    cone: Cone
    kerf_mm: float
    keep_away: tuple[KeepAway, ...] = ()
    within: Domain = ()

    def __post_init__(self) -> None:
        _not_negative(self.kerf_mm, f"the kerf of the {self.name}")


@value
class FixedCut:
    """A cut that stands: ``plane`` is the middle of the blade, its normal points away from the tumour.

    The blade runs ``within`` these half-spaces alone, those that the normals point into.
    """

    name: str
    plane: Plane
    kerf_mm: float
    within: Domain = ()

    def __post_init__(self) -> None:
        _not_negative(self.kerf_mm, f"the kerf of the {self.name}")


def _not_negative(mm: float, what: str) -> None:
    if not (math.isfinite(mm) and mm >= 0):
        raise RecordError(f"{mm:g} mm is not possible for {what}.", remedy="Give 0 or more.")


def reached(within: Sequence[Plane], points_mm: NDArray[np.float64], slack_mm: float = HAIR_MM) -> NDArray[np.bool_]:
    """Which points, shape (n, 3), lie in all of the half-spaces that the normals point into, or so near; shape (n,)."""
    held = np.ones(len(points_mm), np.bool_)
    for plane in within:
        held &= plane.distance_mm(points_mm) >= -slack_mm
    return held
