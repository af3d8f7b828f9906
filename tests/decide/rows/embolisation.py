"""Rows of the rules about embolisation."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.rows.vessels import arteries
from tests.decide.situations import CHORDOMA, METASTASIS

E = f.EsccReported
M, C = METASTASIS, CHORDOMA
SURGERY: dict[str, Any] = {"act": Act.SEPARATION}
CATHETER: dict[str, Any] = {"act": Act.EMBOLISATION}
DECLINE = {f.DEFICIT: True, f.PROGRESSING: True}
OSTEOBLASTOMA = C | {f.HISTOLOGY: "osteoblastoma"}
MELANOMA = M | {f.HISTOLOGY: "melanoma"}
BREAST = M | {f.HISTOLOGY: "breast carcinoma"}


def after(hours: float | None, *, embolised: bool | None = True) -> dict[str, Any]:
    of_plan = {f.EMBOLISATION_PLANNED: embolised, f.HOURS_FROM_EMBOLISATION: hours}
    return {"act": Act.SEPARATION, "of_plan": of_plan}


PALLIATIVE = M | {f.RESECTABLE: False, f.PAIN_REFRACTORY: True}
SAFE = {
    f.FEEDS_CORD: False,
    f.UNCORRECTED_COAGULOPATHY: False,
    f.CREATININE_CLEARANCE: 60.0,
    f.CONTRAST_UNPROTECTED: False,
}

ROWS: list[Row] = [
    ("EMB-01", "renal", M, SURGERY, YES),
    ("EMB-01", "breast", BREAST, SURGERY, NO),
    ("EMB-01", "urgent decline", M | DECLINE, SURGERY, NO),
    ("EMB-01", "deficit, decline unknown", M | {f.DEFICIT: True}, SURGERY, OPEN),
    ("EMB-01", "radiosurgery", M, {"act": Act.RADIOSURGERY}, NO),
    ("EMB-01", "large osteoblastoma", OSTEOBLASTOMA | {f.LARGE_FOR_EMBOLISATION: True}, SURGERY, YES),
    ("EMB-01", "small osteoblastoma", OSTEOBLASTOMA | {f.LARGE_FOR_EMBOLISATION: False}, SURGERY, NO),
    ("EMB-01", "osteoblastoma, size unknown", OSTEOBLASTOMA, SURGERY, OPEN),
    ("EMB-01", "plasmacytoma", M | {f.KIND: "haematological", f.HISTOLOGY: "plasmacytoma"}, SURGERY, YES),
    ("EMB-01", "melanoma", MELANOMA, SURGERY, OPEN),
    ("EMB-01", "vascular melanoma", MELANOMA | {f.HYPERVASCULAR: True}, SURGERY, YES),
    ("EMB-01", "typical haemangioma", C | {f.HISTOLOGY: "haemangioma_typ"}, SURGERY, OPEN),
    ("EMB-01", "histology unknown", M | {f.HISTOLOGY: None}, SURGERY, OPEN),
    ("EMB-02", "not vascular", BREAST | {f.HYPERVASCULAR: False}, {}, YES),
    ("EMB-02", "vascular", M | {f.HYPERVASCULAR: True}, {}, NO),
    ("EMB-02", "low grade", BREAST | {f.HYPERVASCULAR: False, f.ESCC_REPORTED: E.GRADE_1A}, {}, NO),
    ("EMB-02", "a primary", C | {f.HYPERVASCULAR: False, f.ESCC_REPORTED: E.GRADE_2}, {}, NO),
    ("EMB-02", "vessels unknown", BREAST, {}, OPEN),
    ("EMB-03", "after 24 hours", M, after(24.0), NO),
    ("EMB-03", "just after 24 hours", M, after(24.1), YES),
    ("EMB-03", "just before 24 hours", M, after(23.9), NO),
    ("EMB-03", "after 80 hours", M, after(80.0), YES),
    ("EMB-03", "time unknown", M, after(None), OPEN),
    ("EMB-03", "not embolised", M, after(None, embolised=False), NO),
    ("EMB-03", "embolised?", M, after(30.0, embolised=None), OPEN),
    ("EMB-03", "radiosurgery", M, {"act": Act.RADIOSURGERY}, NO),
    ("EMB-04", "shared origin", M | {f.FEEDS_CORD: True}, CATHETER, YES),
    ("EMB-04", "Adamkiewicz at the level", M | {f.ADAMKIEWICZ: arteries("T8 left")}, CATHETER, YES),
    (
        "EMB-04",
        "Adamkiewicz elsewhere",
        M | {f.FEEDS_CORD: False, f.ADAMKIEWICZ: arteries("T9 left")},
        CATHETER | {"of_plan": {f.SEGMENTAL_ARTERIES: arteries("T8 left")}},
        NO,
    ),
    (
        "EMB-04",
        "Adamkiewicz in the plan",
        M | {f.FEEDS_CORD: False, f.ADAMKIEWICZ: arteries("T9 left")},
        CATHETER | {"of_plan": {f.SEGMENTAL_ARTERIES: arteries("T9 right")}},
        YES,
    ),
    (
        "EMB-04",
        "Adamkiewicz elsewhere, arteries of the plan not stated",
        M | {f.FEEDS_CORD: False, f.ADAMKIEWICZ: arteries("T9 left")},
        CATHETER,
        OPEN,
    ),
    ("EMB-04", "Adamkiewicz not seen", M | {f.FEEDS_CORD: False, f.ADAMKIEWICZ: ()}, CATHETER, NO),
    ("EMB-04", "nobody looked", M, CATHETER, OPEN),
    ("EMB-04", "radiotherapy", M | {f.FEEDS_CORD: True}, {"act": Act.RADIOTHERAPY}, NO),
    ("EMB-05", "declining", M | DECLINE, SURGERY, YES),
    ("EMB-05", "rapidly declining", M | {f.DEFICIT: True, f.RAPID_DECLINE: True}, SURGERY, YES),
    ("EMB-05", "intact", M, SURGERY, NO),
    ("EMB-05", "decline unknown", M | {f.DEFICIT: True}, SURGERY, OPEN),
    ("EMB-05", "radiotherapy", M | DECLINE, {"act": Act.RADIOTHERAPY}, NO),
    ("EMB-TACE-01", "renal, refractory", PALLIATIVE, {}, YES),
    ("EMB-TACE-01", "hepatocellular", PALLIATIVE | {f.HISTOLOGY: "hcc"}, {}, YES),
    ("EMB-TACE-01", "breast", PALLIATIVE | {f.HISTOLOGY: "breast carcinoma"}, {}, NO),
    ("EMB-TACE-01", "resectable", PALLIATIVE | {f.RESECTABLE: True}, {}, NO),
    ("EMB-TACE-01", "pain not refractory", PALLIATIVE | {f.PAIN_REFRACTORY: False}, {}, NO),
    ("EMB-TACE-01", "deficit", PALLIATIVE | {f.DEFICIT: True}, {}, NO),
    ("EMB-TACE-01", "myelopathy", PALLIATIVE | {f.MYELOPATHY: True}, {}, NO),
    ("EMB-TACE-01", "pain unknown", PALLIATIVE | {f.PAIN_REFRACTORY: None}, {}, OPEN),
    ("EMB-TACE-02", "shared feeder", M | SAFE | {f.FEEDS_CORD: True}, CATHETER, YES),
    ("EMB-TACE-02", "coagulopathy", M | SAFE | {f.UNCORRECTED_COAGULOPATHY: True}, CATHETER, YES),
    ("EMB-TACE-02", "allergy", M | SAFE | {f.CONTRAST_UNPROTECTED: True}, CATHETER, YES),
    ("EMB-TACE-02", "clearance 29", M | SAFE | {f.CREATININE_CLEARANCE: 29.0}, CATHETER, YES),
    ("EMB-TACE-02", "clearance 30", M | SAFE | {f.CREATININE_CLEARANCE: 30.0}, CATHETER, NO),
    ("EMB-TACE-02", "clearance 31", M | SAFE | {f.CREATININE_CLEARANCE: 31.0}, CATHETER, NO),
    ("EMB-TACE-02", "clearance unknown", M | SAFE | {f.CREATININE_CLEARANCE: None}, CATHETER, OPEN),
    ("EMB-TACE-02", "separation surgery", M | {f.FEEDS_CORD: True}, SURGERY, NO),
    ("DISAGREE-8", "renal", M, {}, YES),
    ("DISAGREE-8", "breast", BREAST, {}, NO),
    ("DISAGREE-8", "melanoma", MELANOMA, {}, OPEN),
    ("DISAGREE-8", "sacral chordoma", C, {"level": Level.S2}, NO),
]
