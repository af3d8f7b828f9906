"""The numbers that surfaces of a plan are drawn with, named."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

SMOOTHING = project_value(
    "spread that a label is smoothed with before its surface is drawn", 0.5, "voxels", "=", source="takes stairs off"
)
HOLD = project_value(
    "least distance of a voxel's smoothed value from the surface's", 0.1, "", "=", source="no voxel changes its side"
)
SIMPLER = project_value(
    "how far fewer triangles may leave a surface",
    0.12,
    "voxels",
    "<=",
    source="measured: less than a quarter of a voxel",
)
SIMPLER_IN_HAND = project_value(
    "how far fewer triangles may leave a surface while a plane is dragged",
    0.25,
    "voxels",
    "<=",
    source="to be looked at alone: less than half a voxel; editable",
)
SEAM = project_value(
    "edge of a triangle that is too short for a file", 0.002, "mm", "<", source="far above the rounding of four bytes"
)
SLIVER = project_value(
    "volume of a part of a mesh that is only what rounding leaves", 0.001, "mm³", "<=", source="a tenth of a mm, cubed"
)
LOOSE = project_value(
    "volume from which a loose part of a specimen is told", 5.0, "mm³", ">=", source="a hundredth of a cc, rounded"
)
VOLUME_OFF = project_value(
    "how far the volume of a surface may lie off that of its voxels",
    2.0,
    "%",
    "<=",
    source="0.1 % on phantoms of 1 mm, 1.5 % of 3 mm",
)
RIM = project_value("how far a drawn sheet reaches beyond the bone", 3.0, "mm", "=", source="to be seen; editable")

PARAMETERS: tuple[Threshold, ...] = (SMOOTHING, HOLD, SIMPLER, SIMPLER_IN_HAND, SEAM, SLIVER, LOOSE, VOLUME_OFF, RIM)
