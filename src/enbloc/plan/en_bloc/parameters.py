"""The numbers that en bloc resections are laid out with, named; each is the project's and may be replaced."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

_EDITABLE = "the project's; no source gives one; editable"

MARGIN = project_value(
    "margin that cuts are planned with",
    4,
    "mm",
    ">=",
    source="RES-02: 2 mm for segmentation and 2 mm for registration where neither is recorded; editable",
)
MARGIN_STEP = project_value(
    "steps in which a smaller margin is tried where the one asked for has no cut", 0.5, "mm", "=", source=_EDITABLE
)
RIM = project_value(
    "how much of the edge of a vertebral body that goes whole a cut may round off", 4, "mm", "<=", source=_EDITABLE
)

CORD_AWAY = project_value("distance of a blade from the cord", 2, "mm", ">=", source=_EDITABLE)
DURA_AWAY = project_value(
    "distance of a blade from dura and roots, below which they are shielded", 1, "mm", ">=", source=_EDITABLE
)
VESSEL_AWAY = project_value("distance of a blade from a great vessel", 2, "mm", ">=", source=_EDITABLE)
WAY_OUT_AWAY = project_value("distance of the specimen from the cord on its way out", 1, "mm", ">=", source=_EDITABLE)
YIELDS = project_value(
    "how far dura, roots and vessels yield that the specimen lies against", 2, "mm", "<=", source=_EDITABLE
)

END_TILT = project_value("tilt of a cranial or caudal cut against the vertebra", 15, "deg", "<=", source=_EDITABLE)
ARCH_END_TILT = project_value(
    "tilt of a cranial or caudal cut of the arch, whose laminae slope", 30, "deg", "<=", source=_EDITABLE
)
PEDICLE_OUTWARD = project_value(
    "how far a pedicle cut of a vertebrectomy faces outward from straight back", 30, "deg", "=", source=_EDITABLE
)
PEDICLE_TILT = project_value("tilt of a pedicle cut against that direction", 30, "deg", "<=", source=_EDITABLE)
LAMINA_OUTWARD = project_value(
    "how far a cut that frees the arch faces outward from straight ahead", 30, "deg", "=", source=_EDITABLE
)
LAMINA_TILT = project_value("tilt of such a cut against that direction", 35, "deg", "<=", source=_EDITABLE)
SAGITTAL_TILT = project_value("tilt of a sagittal cut against the midline", 25, "deg", "<=", source=_EDITABLE)
POSTERIOR_TILT = project_value("tilt of the cut behind an anterior resection", 25, "deg", "<=", source=_EDITABLE)

PARAMETERS: tuple[Threshold, ...] = (
    MARGIN,
    MARGIN_STEP,
    RIM,
    CORD_AWAY,
    DURA_AWAY,
    VESSEL_AWAY,
    WAY_OUT_AWAY,
    YIELDS,
    END_TILT,
    ARCH_END_TILT,
    PEDICLE_OUTWARD,
    PEDICLE_TILT,
    LAMINA_OUTWARD,
    LAMINA_TILT,
    SAGITTAL_TILT,
    POSTERIOR_TILT,
)
