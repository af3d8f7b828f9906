"""Rows of the rules about resection and decompression, every limit on, below and above."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, UNSTABLE

E = f.EsccReported
M, C = METASTASIS, CHORDOMA
EN_BLOC: dict[str, Any] = {"act": Act.EN_BLOC}
SEPARATE: dict[str, Any] = {"act": Act.SEPARATION}
RADIATE: dict[str, Any] = {"act": Act.RADIOSURGERY}
AT_L4: dict[str, Any] = {"level": Level.L4}


def cut(mm: float, registration: float | None = 1.0, segmentation: float | None = 1.0) -> dict[Any, Any]:
    """A cut so far from the tumour, with what registration and segmentation err."""
    return C | {
        f.CUT_TO_TUMOUR: mm,
        f.REGISTRATION_ERROR: registration,
        f.SEGMENTATION_ERROR: segmentation,
    }


ROWS: list[Row] = [
    ("RES-01", "en bloc", C, EN_BLOC, YES),
    ("RES-01", "separation", M, SEPARATE, NO),
    ("RES-02", "crosses", cut(-3.0), EN_BLOC, YES),
    ("RES-02", "touches", cut(0.0), EN_BLOC, YES),
    ("RES-02", "inside the errors", cut(1.9), EN_BLOC, YES),
    ("RES-02", "at the errors", cut(2.0), EN_BLOC, NO),
    ("RES-02", "outside the errors", cut(2.1), EN_BLOC, NO),
    ("RES-02", "segmentation not recorded", cut(2.9, segmentation=None), EN_BLOC, YES),
    ("RES-02", "segmentation not recorded, at it", cut(3.0, segmentation=None), EN_BLOC, NO),
    ("RES-02", "registration not recorded, near", cut(2.9, registration=None), EN_BLOC, YES),
    ("RES-02", "registration not recorded, far", cut(3.0, registration=None), EN_BLOC, OPEN),
    ("RES-02", "how near?", C, EN_BLOC, OPEN),
    ("RES-02", "entered on purpose", cut(-3.0), SEPARATE, NO),
    ("RES-03", "layer D", C | {f.WBB_LAYERS: ("C", "D")}, EN_BLOC, YES),
    ("RES-03", "layers B and C", C | {f.WBB_LAYERS: ("B", "C")}, EN_BLOC, NO),
    ("RES-03", "layers?", C, EN_BLOC, OPEN),
    ("RES-03", "not en bloc", C | {f.WBB_LAYERS: ("D",)}, RADIATE, NO),
    ("RES-04", "spilled", C | {f.TUMOUR_SPILLED: True}, {}, YES),
    ("RES-04", "not spilled", C | {f.TUMOUR_SPILLED: False}, {}, NO),
    ("RES-04", "operated, spilled?", C | {f.OPERATED_AT_LEVEL: True}, {}, OPEN),
    ("RES-04", "not operated yet", C, {}, NO),
    ("DECOMP-01", "from the front", M | {f.VENTRAL_COMPRESSION: True}, SEPARATE, YES),
    ("DECOMP-01", "unstable", M | UNSTABLE | {f.VENTRAL_COMPRESSION: False}, SEPARATE, YES),
    ("DECOMP-01", "from behind, stable", M | {f.VENTRAL_COMPRESSION: False}, SEPARATE, NO),
    ("DECOMP-01", "from where?", M, SEPARATE, OPEN),
    ("DECOMP-01", "a chordoma", C | {f.VENTRAL_COMPRESSION: True}, SEPARATE, NO),
    ("DECOMP-01", "not operated", M | {f.VENTRAL_COMPRESSION: True}, RADIATE, NO),
    ("DECOMP-02", "ESCC 2", M, SEPARATE, YES),
    ("DECOMP-02", "ESCC 1c", M | {f.ESCC_REPORTED: E.GRADE_1C}, SEPARATE, NO),
    ("DECOMP-02", "ESCC?", M | {f.ESCC_REPORTED: None}, SEPARATE, OPEN),
    ("DECOMP-02", "irradiated", M, RADIATE, NO),
    ("DECOMP-03", "no cord", M | {f.CORD_LEVEL: False}, AT_L4, YES),
    ("DECOMP-03", "thoracic", M, {}, NO),
    ("DECOMP-03", "is there a cord?", M, AT_L4, OPEN),
]

NEVER_OPEN = {"RES-01": "every en bloc resection asks for it"}
