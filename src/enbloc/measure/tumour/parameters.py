"""What a measurement of a tumour depends on and no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

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
SITE_VOLUME = project_value("tumour in a site of Tomita, but the canal", 0.1, "cc", "≥", source="staging 5, as 4.2")
CANAL_SITE_VOLUME = project_value("tumour in the canal, for Tomita", 0.02, "cc", "≥", source="staging 5, as 4.2")
TARGET_VOLUME = project_value("tumour in a radiosurgery sector", 0.05, "cc", "≥", source="pathway CTV-01, as 4.2")
FORAMEN_VOLUME = project_value("tumour in a neural foramen", 0.05, "cc", "≥", source="staging 6, as 4.2")
FORAMEN_REACH = project_value("foramen outside the pedicles", 2.0, "mm", "≤", source="staging 6")
BONE_SPREAD = project_value("distance from normal bone", 2.0, "standard deviations", ">", source="staging 1.4.6")
SOFT_TISSUE = project_value("density of the soft tissue that fills lysed bone", 60.0, "HU", "≤", source="hazard H17")
BONE_RIM = project_value("rim of a body left out of its normal bone", 4.0, "mm", "=", source="staging 1.4.6")
CLEARANCE_REACH = project_value("distance from the tumour that is looked at", 60.0, "mm", "≤", source="planning 2")
USUAL_TUBE = project_value("tube voltage of the usual densities of bone", 120.0, "kV", "=", source="planning 2")

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
