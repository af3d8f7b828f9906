"""The margin of a plan point by point, once more for a picture: from its own cuts, without a search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.finding import Findings
from enbloc.case.geometry import PATIENT, Pose
from enbloc.case.image import Images
from enbloc.errors import RecordError
from enbloc.plan.field import outline_error_mm
from enbloc.plan.margin.map import margin_map
from enbloc.plan.margin.surface import Surface, barriers_of, bounding, surface_of
from enbloc.plan.proposal import Plan

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class ShownMargin:
    """How far each point of the tumour's surface lies from the nearest cut or barrier: ``mm``, shape (n,)."""

    surface: Surface
    mm: Floats


def margin_map_of(plan: Plan, images: Images, findings: Findings) -> ShownMargin:
    """The margin of a resection at every point of its tumour's surface, as it was reckoned for the plan.

    Raises
    ------
    RecordError
        If the plan has no cuts, or the tumour is not labelled.
    """
    if plan.resected is None or not plan.cuts:
        raise RecordError(f"{plan.id} has no cuts, so it has no margin to map.", remedy="Choose one that has.")
    surface = surface_of(images, plan.about)
    barriers = bounding(barriers_of(images, plan.about, plan.levels), plan.resected.piece(plan.id))
    error = outline_error_mm(findings, plan.about)
    cuts = [cut.placed for cut in plan.cuts]
    found = margin_map(surface, cuts, barriers, frame=_as_the_patient_lies(), error_mm=error)
    return ShownMargin(surface=surface, mm=found.mm)


def _as_the_patient_lies() -> Pose:
    """Any frame will do: it names the faces, which no picture of distances shows."""
    return Pose(child=PATIENT, axes=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), origin_mm=(0.0, 0.0, 0.0))
