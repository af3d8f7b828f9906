"""The numbers that the resection of a sacrum uses, named."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

ACROSS_CONE = project_value(
    "half-angle of the cone of a cut across the sacrum, about its own axis",
    25.0,
    "deg",
    "<=",
    source="ours: no paper gives one; the sacrum is curved, and a blade comes from behind; editable",
)
ALONG_CONE = project_value(
    "half-angle of the cone of a cut along the middle of the sacrum",
    15.0,
    "deg",
    "<=",
    source="ours: no paper gives one; editable",
)
REMNANT = project_value(
    "distance from the border of two sacral segments within which a cut counts as one through their disc remnant",
    4.0,
    "mm",
    "<=",
    source="ours: no paper gives one; half a voxel within it the upper segment's root is taken as spared; editable",
)

PARAMETERS: tuple[Threshold, ...] = (ACROSS_CONE, ALONG_CONE, REMNANT)
