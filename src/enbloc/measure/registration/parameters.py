"""What registration depends on and no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

RESIDUAL_REJECTED = project_value(
    "residual of a registered vertebra that is rejected", 1.0, "mm", ">", source="planning 10"
)
CHANGED = project_value(
    "distance between two surfaces that is change of the bone, not motion", 2.5, "mm", ">", source="planning 10"
)
SURFACE_SHARE = project_value(
    "share of a vertebra's surface found again in another examination", 0.5, "", "≥", source="planning 10"
)
BONE_SHARE = project_value(
    "bone of a vertebra labelled on one examination against the other", 0.3, "", "≥", source="planning 10"
)
MOST_TURN = project_value("turn of a vertebra between two examinations", 45.0, "°", "≤", source="planning 10")
LESION_RIM = project_value("rim around a lesion left out of registration", 2.0, "mm", "=", source="planning 10")
BETTER_FIT = project_value(
    "misfit under another name or mirrored against that as named, which puts the name in doubt",
    0.75,
    "",
    "<",
    source="planning 10",
)
LEAST_GAIN = project_value(
    "misfit that another name or a mirror must take away to put a name in doubt", 0.03, "", ">", source="planning 10"
)

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
