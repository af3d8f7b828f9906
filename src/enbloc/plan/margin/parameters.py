"""The numbers that margins and their execution are judged by, named."""

from __future__ import annotations

from enbloc.evidence import Checked, Threshold, limit, project_value

_ROW = "row 3b of the planning specification, mostly from abstracts"

NEAR = tuple(
    project_value("tumour surface nearer than", mm, "mm", "<", source="planning specification, margin report")
    for mm in (1, 2, 5, 10)
)
LOWEST_SHARE = project_value(
    "share of the tumour's surface below the low margin that is told", 5, "%", "=", source="5th percentile"
)

NAVIGATION_MEAN = limit(
    "navigation, deviation, mean", 2.52, "mm", "=", f"PMID 23823054, 61 planes; {_ROW}", Checked.READ
)
NAVIGATION_SPREAD = limit(
    "navigation, deviation, standard deviation", 2.32, "mm", "=", f"PMID 23823054, 61 planes; {_ROW}", Checked.READ
)
SMALL_SERIES_MEAN = limit(
    "navigation, small series, deviation, mean", 1.56, "mm", "=", f"PMID 23920936, 14 planes; {_ROW}", Checked.READ
)
SMALL_SERIES_SPREAD = limit(
    "navigation, small series, standard deviation", 2.91, "mm", "=", f"PMID 23920936, 14 planes; {_ROW}", Checked.READ
)
GUIDE_LOCATION = limit(
    "patient-specific guide, pelvis, location accuracy",
    2.5,
    "mm",
    "=",
    f"PMC4101950, 11 patients; {_ROW}",
    Checked.READ,
)
GUIDE_MARGIN = limit(
    "patient-specific guide, pelvis, margin achieved less margin planned",
    -0.8,
    "mm",
    "=",
    f"PMC4101950, 11 patients; {_ROW}",
    Checked.READ,
)
KNEE_GUIDE = limit("patient-specific guide, knee, deviation", 2.0, "mm", "<", f"PMC6260549; {_ROW}", Checked.READ)
JIG = limit("jig, largest deviation", 2.0, "mm", "=", f"PMC3706671; {_ROW}", Checked.READ)
FREE_HAND = limit("free hand, largest deviation", 9.0, "mm", "=", f"PMC3706671; {_ROW}", Checked.READ)

BEYOND = project_value(
    "how far a blade may face off the way to cortex or disc and lie beyond it",
    30,
    "deg",
    "<=",
    source="the rim of an endplate still bounds",
)

SEARCH_BAND = project_value(
    "farthest that an achieved plane is looked for from its planned one", 15, "mm", "<=", source="over free hand's 9 mm"
)
FACING = project_value(
    "least cosine between the normal of a cut and a face of a voxel that it laid bare",
    0.25,
    "",
    ">=",
    source="what looks across a cut is laid bare by another one",
)
FEWEST_FACES = project_value(
    "fewest cut faces of voxels that make a plane", 30, "faces", ">=", source="far above the three that a plane needs"
)
LEAST_SPREAD = project_value(
    "least extent of a cut surface across its narrow way", 3.0, "mm", ">=", source="below it the tilt is not known"
)
FLATNESS = project_value(
    "largest scatter of a cut surface about its plane, beyond half a voxel",
    1.0,
    "mm",
    "<=",
    source="else it is no plane",
)
SHARE_ON_PLANE = project_value(
    "share of the cut surface that must lie on one plane", 70, "%", ">=", source="as for endplates"
)
SHARE_SHOWN = project_value(
    "share of what an achieved plane lays bare that the bone that is left shows",
    50,
    "%",
    ">=",
    source="below it most of a plane would be guessed",
)

PARAMETERS: tuple[Threshold, ...] = (
    *NEAR,
    BEYOND,
    LOWEST_SHARE,
    NAVIGATION_MEAN,
    NAVIGATION_SPREAD,
    SMALL_SERIES_MEAN,
    SMALL_SERIES_SPREAD,
    GUIDE_LOCATION,
    GUIDE_MARGIN,
    KNEE_GUIDE,
    JIG,
    FREE_HAND,
    SEARCH_BAND,
    FACING,
    FEWEST_FACES,
    LEAST_SPREAD,
    FLATNESS,
    SHARE_ON_PLANE,
    SHARE_SHOWN,
)
