"""A cut that a person put somewhere: from the frame it was given in to the patient, its normal away from the tumour."""

from __future__ import annotations

import math

import numpy as np

from enbloc.case.anatomy import Level
from enbloc.case.geometry import PATIENT, Plane, Pose, Triple, triple
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.bone import Outline
from enbloc.plan.cutting.parameters import SAW_KERF
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.en_bloc.template import Template
from enbloc.value import value


@value
class PlacedCut:
    """A plane in ``frame``: ``patient LPS``, or the name of a level whose vertebra it is given in; millimetres.

    The plane is the middle of the blade. Which way its normal points does not matter. A ``name`` of a searched cut
    takes that one's place, with the half-spaces that its blade runs in.
    """

    name: str
    point_mm: Triple
    normal: Triple
    frame: str = PATIENT.name
    kerf_mm: float = SAW_KERF.number

    def __post_init__(self) -> None:
        length = math.hypot(*self.normal)
        if not (math.isfinite(length) and length > 0 and all(math.isfinite(number) for number in self.point_mm)):
            raise RecordError(f"The {self.name} has no direction.", remedy="Give a normal with three finite numbers.")
        if not (math.isfinite(self.kerf_mm) and self.kerf_mm >= 0):
            raise RecordError(f"The {self.name} has a blade of {self.kerf_mm:g} mm.", remedy="Give 0 or more.")


def placed_in(placed: PlacedCut, template: Template, column: Column, tumour: Outline) -> FixedCut:
    """A placed cut in the patient, its normal a unit vector away from the middle of the tumour.

    Raises
    ------
    RecordError
        If its frame is no labelled vertebra.
    """
    point, normal = np.array(placed.point_mm), np.array(placed.normal) / math.hypot(*placed.normal)
    if placed.frame != PATIENT.name:
        pose = _level(placed, column)
        point, normal = pose.rotation @ point + pose.origin, pose.rotation @ normal
    if (tumour.vertices_mm.mean(axis=0) - point) @ normal > 0:
        normal = -normal
    within = next((role.within for role in template.roles if role.name == placed.name), ())
    plane = Plane(point_mm=triple(np.round(point, 9) + 0.0), normal=triple(np.round(normal, 9) + 0.0))
    return FixedCut(name=placed.name, plane=plane, kerf_mm=placed.kerf_mm, within=within)


def _level(placed: PlacedCut, column: Column) -> Pose:
    known = {level.value: one for level, one in column.spine.items()}
    if placed.frame not in known:
        named = ", ".join(known) or "none"
        is_level = placed.frame in Level._value2member_map_
        what = f"{placed.frame} has no frame" if is_level else f"{placed.frame!r} is no frame"
        raise RecordError(f"The {placed.name}: {what}.", remedy=f"Give {PATIENT.name!r} or a level: {named}.")
    return known[placed.frame].pose
