"""The numbers that the search for a way out uses, named; the clearance itself is for the surgeon to give."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

TURN_STEP = project_value("turn from pose to pose", 7.5, "deg", "=", source="48 poses all round; editable")
MOVE_STEP = project_value("move from pose to pose", 3.0, "mm", "=", source="half the depth of a narrow canal; editable")
FIELD_STEP = project_value(
    "distance between samples of the room around structures", 0.75, "mm", "=", source="rounds down by 0.65 mm at most"
)
AROUND = project_value("room beyond which no more is told", 6.0, "mm", "=", source="further off no pose is decided")
FINER = project_value("times finer steps to prove that nothing leads out", 3, "", "=", source="rings on phantoms")

INNERMOST = project_value(
    "depth of the innermost part of a structure, of its own",
    0.6,
    "",
    ">",
    source="so that a thin root stays in the way",
)

PARAMETERS: tuple[Threshold, ...] = (INNERMOST, TURN_STEP, MOVE_STEP, FIELD_STEP, AROUND, FINER)
