"""The numbers that the cut sheet is read with, named."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

STEP_MM = project_value("step that lengths on the cut sheet are told in", 0.5, "mm", "=", source="what a rule shows")
STEP_DEG = project_value("step that angles on the cut sheet are told in", 1.0, "deg", "=", source="what a guide shows")
FACING = project_value(
    "angle between a sheet and the approach from which the blade goes in along it",
    30.0,
    "deg",
    ">=",
    source="a flatter one is told from its upper edge; editable",
)
SMALLEST = project_value(
    "area from which a part of a sheet in bone has numbers of its own", 4.0, "mm²", ">=", source="2 mm by 2 mm"
)
LEVELLED = project_value(
    "how much deeper a place may lie and count as met first", 0.25, "mm", "<=", source="half a step"
)
ENTERED = project_value(
    "how far a blade is in when its line of entry is told",
    5.0,
    "mm",
    "<=",
    source="a cortex and a rounded edge; editable",
)
LYING = project_value(
    "angle to an endplate below which a sheet runs along a disc, and is told from its endplates",
    45.0,
    "deg",
    "<",
    source="a steeper one crosses the disc; editable",
)

PARAMETERS: tuple[Threshold, ...] = (STEP_MM, STEP_DEG, FACING, SMALLEST, LEVELLED, ENTERED, LYING)
