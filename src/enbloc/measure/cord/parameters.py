"""What a measurement of the canal, the sac and the cord depends on and no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

EPIDURAL_AREA = project_value("epidural tumour in a slice", 5.0, "mm²", "≥", source="staging 2.3")
PLANE_PIXEL = project_value("pixel of the planes across the canal", 0.5, "mm", "=", source="staging 2.3")
COARSE_PLANE = project_value("voxel across the canal too coarse for sac and cord", 2.0, "mm", ">", source="staging 2.3")
OUTLINE_NOISE = project_value(
    "share of half a voxel by which two outlines differ by chance", 0.25, "", "±", source="staging 2.3"
)
WALL_ERROR = project_value("error of a canal that has no label of its own", 1.0, "mm", "±", source="staging 2.3")
CSF_THICKNESS = project_value("fluid around the cord that counts", 0.5, "mm", "≥", source="staging 2.3")
LABEL_LOST = project_value(
    "share of a structure's usual area on a plane under which its label is lost there",
    0.05,
    "",
    "≤",
    source="staging 2.3",
)
LABEL_DIP = project_value(
    "share of the area on both neighbouring planes under which a label is lost between them",
    0.5,
    "",
    "<",
    source="staging 2.3",
)
FREE_DISTANCE = project_value(
    "distance of a free slice from the tumour, in body heights", 0.5, "", "≥", source="staging 2.3"
)

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
