"""Every number that a measurement depends on and that no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

THICK_SLICE = project_value("spacing too thick for body heights, sac and cord", 3.0, "mm", ">", source="staging 1.4")
SLAB_WIDTH = project_value("width of the sagittal slab for body heights", 10.0, "mm", "=", source="staging 1.4.2")
COLLAPSE_ERROR = project_value("least error of collapse", 5.0, "percentage points", "±", source="staging 1.4.3")
COLLAPSE_ERROR_ONE_NEIGHBOUR = project_value(
    "least error of collapse with one neighbour", 10.0, "percentage points", "±", source="staging 1.4.3"
)
COLLAPSE_ERROR_PER_LEVEL = project_value(
    "more error of collapse for each level to a single neighbour", 5.0, "percentage points", "+", source="staging 1.4.3"
)
METAL = project_value("density that only metal or dense cement has", 2500.0, "HU", ">", source="hazard H17")
LEVEL_INVOLVED = project_value(
    "tumour within a vertebra that makes its level involved", 0.05, "cc", "≥", source="staging 4.2"
)
LEVEL_TOUCHED = project_value(
    "tumour outside bone in touch with a vertebra that involves its level", 0.5, "cc", "≥", source="4.2"
)
SECTOR_VOLUME = project_value("tumour in a sector", 0.1, "cc", "≥", source="staging 4.1")
SECTOR_SHARE = project_value("share of a sector's bone", 5.0, "%", "≥", source="staging 4.1")
LAYER_VOLUME = project_value("tumour in layer A, B or C", 0.1, "cc", "≥", source="staging 4.2")
CANAL_LAYER_VOLUME = project_value("tumour in layer D or E", 0.02, "cc", "≥", source="staging 4.2")
FACET_REACH = project_value("facets behind the canal's back wall", 4.0, "mm", "≤", source="staging 1.4.5")
PEDICLE_REACH = project_value("facets outside the pedicles", 2.0, "mm", "≤", source="staging 1.4.5")
BONE_SPREAD = project_value("distance from normal bone", 2.0, "standard deviations", ">", source="staging 1.4.6")
BONE_RIM = project_value("rim of a body left out of its normal bone", 4.0, "mm", "=", source="staging 1.4.6")
EPIDURAL_AREA = project_value("epidural tumour in a slice", 5.0, "mm²", "≥", source="staging 2.3")
PLANE_PIXEL = project_value("pixel of the planes across the canal", 0.5, "mm", "=", source="staging 2.3")
COARSE_PLANE = project_value("voxel across the canal too coarse for sac and cord", 2.0, "mm", ">", source="staging 2.3")
OUTLINE_NOISE = project_value(
    "share of half a voxel by which two outlines differ by chance", 0.25, "", "±", source="staging 2.3"
)
WALL_ERROR = project_value("error of a canal that has no label of its own", 1.0, "mm", "±", source="staging 2.3")
CSF_THICKNESS = project_value("fluid around the cord that counts", 0.5, "mm", "≥", source="staging 2.3")
CIRCUMFERENTIAL = project_value(
    "share of the directions from the cord that meet tumour", 0.95, "", "≥", source="staging 2.3"
)
FREE_DISTANCE = project_value(
    "distance of a free slice from the tumour, in body heights", 0.5, "", "≥", source="staging 2.3"
)
SPREAD_OF_AXES = project_value("canal seen for the axis of a vertebra, each way", 14.0, "mm", "=", source="planning 1")

HOLE_AREA = project_value("least opening of a ring of bone that is a canal", 60.0, "mm²", "≥", source="planning 1")
HOLE_LENGTH = project_value("least length of a ring of bone that is a canal", 4.0, "mm", "≥", source="planning 1")

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
