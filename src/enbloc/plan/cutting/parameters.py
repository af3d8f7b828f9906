"""The numbers that the search for cuts uses, named."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

SAW_KERF = project_value(
    "saw kerf", 1.25, "mm", "=", source="middle of the kerfs that users of planning tools ask for; set it to your saw"
)
TOLERANCE = project_value(
    "gap at which a cut counts as proved", 0.1, "cc", "<=", source="a tenth of a cubic centimetre of bone; editable"
)
BUDGET = project_value(
    "planes counted at most in one search", 1_000_000, "planes", "<=", source="a hundred times what phantoms needed"
)
WIDEST_CONE = project_value(
    "widest half-angle of a cone of normals", 75.0, "deg", "<=", source="cells are laid on a plane before the cone"
)
SMALLEST_CELL = project_value(
    "half the side of the smallest cell of directions", 1e-5, "", ">", source="a thousandth of a millimetre at 100 mm"
)

FURTHEST = project_value(
    "how much more than the margin a cut may keep to clear a structure",
    10.0,
    "mm",
    "<=",
    source="a wider one is asked for",
)
SHARING_ROUNDS = project_value(
    "rounds of sharing out bone between cuts", 32, "rounds", "<=", source="twice what phantoms with four cuts needed"
)
SPARING_TURN = project_value(
    "widest turn of a cut that spares facets", 8.0, "deg", "<=", source="ours: near what was found; editable"
)
SPARING_ROUNDS = project_value(
    "rounds of turning cuts to spare facets", 12, "rounds", "<=", source="six to halve the turn, and as many that win"
)

PARAMETERS: tuple[Threshold, ...] = (
    SAW_KERF,
    TOLERANCE,
    BUDGET,
    WIDEST_CONE,
    SMALLEST_CELL,
    FURTHEST,
    SHARING_ROUNDS,
    SPARING_TURN,
    SPARING_ROUNDS,
)
