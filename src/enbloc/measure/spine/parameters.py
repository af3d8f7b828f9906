"""What a measurement of vertebrae and their alignment depends on and no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

SLAB_WIDTH = project_value("width of the sagittal slab for body heights", 10.0, "mm", "=", source="staging 1.4.2")
COLLAPSE_ERROR = project_value("least error of collapse", 5.0, "percentage points", "±", source="staging 1.4.3")
COLLAPSE_ERROR_ONE_NEIGHBOUR = project_value(
    "least error of collapse with one neighbour", 10.0, "percentage points", "±", source="staging 1.4.3"
)
COLLAPSE_ERROR_PER_LEVEL = project_value(
    "more error of collapse for each level to a single neighbour", 5.0, "percentage points", "+", source="staging 1.4.3"
)
SPREAD_OF_AXES = project_value("canal seen for the axis of a vertebra, each way", 14.0, "mm", "=", source="planning 1")
HOLE_AREA = project_value("least opening of a ring of bone that is a canal", 60.0, "mm²", "≥", source="planning 1")
HOLE_LENGTH = project_value("least length of a ring of bone that is a canal", 4.0, "mm", "≥", source="planning 1")

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
