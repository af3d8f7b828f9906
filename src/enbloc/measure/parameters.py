"""Every number that a measurement depends on and that no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Checked, Threshold


def _ours(name: str, number: float, unit: str, comparator: str, where: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=f"project value ({where})",
        checked=Checked.OURS,
        since="2026-11-20",
    )


THICK_SLICE = _ours("spacing too thick for body heights", 3.0, "mm", ">", "staging 1.4")
SLAB_WIDTH = _ours("width of the sagittal slab for body heights", 10.0, "mm", "=", "staging 1.4.2")
COLLAPSE_ERROR = _ours("least error of collapse", 5.0, "percentage points", "±", "staging 1.4.3")
COLLAPSE_ERROR_ONE_NEIGHBOUR = _ours(
    "least error of collapse with one neighbour", 10.0, "percentage points", "±", "staging 1.4.3"
)
LEVEL_INVOLVED = _ours("tumour within a vertebra that makes its level involved", 0.05, "cc", "≥", "staging 4.2")
LEVEL_TOUCHED = _ours("tumour outside bone in touch with a vertebra that involves its level", 0.5, "cc", "≥", "4.2")
SECTOR_VOLUME = _ours("tumour in a sector", 0.1, "cc", "≥", "staging 4.1")
SECTOR_SHARE = _ours("share of a sector's bone", 5.0, "%", "≥", "staging 4.1")
LAYER_VOLUME = _ours("tumour in layer A, B or C", 0.1, "cc", "≥", "staging 4.2")
CANAL_LAYER_VOLUME = _ours("tumour in layer D or E", 0.02, "cc", "≥", "staging 4.2")
FACET_REACH = _ours("facets behind the canal's back wall", 4.0, "mm", "≤", "staging 1.4.5")
PEDICLE_REACH = _ours("facets outside the pedicles", 2.0, "mm", "≤", "staging 1.4.5")
BONE_SPREAD = _ours("distance from normal bone", 2.0, "standard deviations", ">", "staging 1.4.6")
BONE_RIM = _ours("rim of a body left out of its normal bone", 4.0, "mm", "=", "staging 1.4.6")
EPIDURAL_AREA = _ours("epidural tumour in a slice", 5.0, "mm²", "≥", "staging 2.3")
PLANE_PIXEL = _ours("pixel of the planes across the canal", 0.5, "mm", "=", "staging 2.3")
COARSE_PLANE = _ours("voxel across the canal too coarse for sac and cord", 2.0, "mm", ">", "staging 2.3")
OUTLINE_NOISE = _ours("share of half a voxel by which two outlines differ by chance", 0.25, "", "±", "staging 2.3")
WALL_ERROR = _ours("error of a canal that has no label of its own", 1.0, "mm", "±", "staging 2.3")
CSF_THICKNESS = _ours("fluid around the cord that counts", 0.5, "mm", "≥", "staging 2.3")
FREE_DISTANCE = _ours("distance of a free slice from the tumour, in body heights", 0.5, "", "≥", "staging 2.3")
SPREAD_OF_AXES = _ours("canal seen for the axis of a vertebra, each way", 14.0, "mm", "=", "planning 1")

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
