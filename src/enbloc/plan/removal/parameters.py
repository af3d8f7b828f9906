"""The numbers that the search for what an instrument reaches uses, named; the approaches are for the surgeon to set."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

CLEARANCE = project_value(
    "room between a straight instrument and what it must not touch",
    2.0,
    "mm",
    ">=",
    source="about half the width of a curette; ours and editable",
)
REACH = project_value(
    "how far a way out of the tumour is followed", 60.0, "mm", "<=", source="as clearances are looked at; editable"
)
STEP = project_value(
    "edge of the cells that ways are followed in", 1.5, "mm", "=", source="half of it stands in the interval; editable"
)
BETWEEN = project_value("angle between two directions of a cone", 5.0, "deg", "=", source="a few hundred; editable")
STRAIGHT = project_value(
    "half-angle of the directions from behind or from in front", 30.0, "deg", "<=", source="ours and editable"
)
OBLIQUE = project_value(
    "half-angle of the directions from behind and one side, or from one side",
    25.0,
    "deg",
    "<=",
    source="ours, editable",
)
TURN = project_value(
    "turn of a posterolateral, transpedicular way from the midline", 45.0, "deg", "=", source="ours and editable"
)
ENTERED = project_value(
    "healthy bone in the way that makes a part an opening", 0.1, "cc", ">=", source="as tumour in a sector; editable"
)

PARAMETERS: tuple[Threshold, ...] = (CLEARANCE, REACH, STEP, BETWEEN, STRAIGHT, OBLIQUE, TURN, ENTERED)
