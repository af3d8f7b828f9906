"""What outlining a tumour from strokes depends on and no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

MARGIN = project_value("room around the strokes in which a tumour is looked for", 25.0, "mm", "=", source="a vertebra")
SMOOTHING = project_value("smoothing before a tumour is outlined", 0.7, "mm", "=", source="phantom lesions, 12-25 HU")
STEEPNESS = project_value(
    "resistance to leaving the density of the strokes", 100.0, "", "=", source="phantom lesions, 12-25 HU noise"
)
LEAST_CONTRAST = project_value(
    "difference between tumour and background strokes", 3.0, "times the noise", ">", source="phantom lesions"
)
OPEN_BORDER = project_value("share of a border where nothing is seen", 20.0, "%", ">", source="to be said, not graded")
LARGEST_BOX = project_value("voxels of a box that is outlined", 4e6, "", "≤", source="two seconds on one core")

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of an outline."""
