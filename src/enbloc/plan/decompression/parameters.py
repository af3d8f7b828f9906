"""The numbers that a separation is planned by, named; those of DECOMP-02 are declared with their rule."""

from __future__ import annotations

from enbloc.decide.resection import CLEAR_BETTER, CLEAR_FROM
from enbloc.evidence import Threshold, project_value

TARGETS: tuple[Threshold, ...] = (CLEAR_FROM, CLEAR_BETTER)
"""How far the dura is freed, in the order in which it is told."""

NEAR_CORD = tuple(
    project_value(
        "tumour left after separation, nearer to the cord than", mm, "mm", "<", source="ours, geometry only; editable"
    )
    for mm in (1, 2, 3, 5)
)
WAY_WIDTH = project_value(
    "width of the way in from behind beside the canal", 5.0, "mm", "=", source="ours: a burr and a sucker; editable"
)
IN_THE_WAY = project_value(
    "share of a part of bone in the way from behind from which it is opened", 10, "%", ">=", source="ours; editable"
)
WAY_FROM = project_value(
    "tumour in front of or beside the sac, on one side of one level, that asks for a way on that side",
    0.05,
    "cc",
    ">=",
    source="ours: 50 voxels of 1 mm; editable",
)
HEIGHT_STEP = project_value(
    "height of the slabs in which the sac's middle and the way in are told", 2.0, "mm", "=", source="ours; editable"
)

PARAMETERS: tuple[Threshold, ...] = (*NEAR_CORD, WAY_WIDTH, IN_THE_WAY, WAY_FROM, HEIGHT_STEP)
