"""The numbers that an exposure through the laminae uses, named."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

BEYOND_POLE = project_value(
    "how far beyond either pole of a tumour within the dura the laminae are opened",
    5.0,
    "mm",
    ">=",
    source="room to open and close the dura; ours and editable",
)
MIDLINE_PIECE = project_value(
    "length of canal over which the middle of cord or sac is taken", 3.0, "mm", "=", source="ours and editable"
)
FEWEST = project_value(
    "fewest voxels of a cord in such a piece that tell its middle", 6, "voxels", ">=", source="ours and editable"
)

PARAMETERS: tuple[Threshold, ...] = (BEYOND_POLE, MIDLINE_PIECE, FEWEST)
