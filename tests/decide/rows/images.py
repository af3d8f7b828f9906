"""Rows of the rules about which images are needed, and of the stops about safety, geometry and identity."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Side
from enbloc.case.patient import Sex
from enbloc.case.sided import SegmentalArtery
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY

M, C = METASTASIS, CHORDOMA
CUT, BLOC, BEAM = {"act": Act.SEPARATION}, {"act": Act.EN_BLOC}, {"act": Act.RADIOSURGERY}
AT_C5, AT_T4 = {"level": Level.C5}, {"level": Level.T4}
DONE = {f.STAGED: True}
CHEST = {f.CHEST_CT: True, f.WHOLE_BODY_SCAN: True}
TOUCHES = C | {f.FORAMEN_TRANSVERSARIUM: True}
DEFINED = TOUCHES | {f.VERTEBRAL_DOMINANCE: f.Dominance.LEFT}
NO_MAP = {f.ANGIOGRAPHY: False}
ARTERY = {f.SEGMENTAL_ARTERIES: (SegmentalArtery.T9_LEFT,)}
NONE_CUT: dict[Any, Any] = {f.SEGMENTAL_ARTERIES: ()}
CORD: dict[Any, Any] = C | {f.HISTOLOGY: "Spinal ependymoma, grade 2"}
SCANNED = {f.BRAIN_MRI: True, f.WHOLE_SPINE_MRI: True}
GADOLINIUM = {f.CONTRAST_PLANNED: (f.Contrast.GADOLINIUM,)}
CLEARED = {f.EGFR: 90.0, f.CONTRAST_REACTION: False, f.SEX: Sex.MALE}
SAFE = M | CLEARED | {f.MRI_UNSAFE: False, f.CONTRAST_PLANNED: (f.Contrast.NONE,), f.RISK_ACKNOWLEDGED: False}
WOMAN = {f.SEX: Sex.FEMALE}
SOUND = M | {f.GEOMETRY_FAULTS: (f.GeometryFault.NONE,), f.NAVIGATED: True, f.REGISTRATION_ERROR: 1.0}


def planned(days: int) -> dict[Any, Any]:
    """Radiosurgery so many days after its planning MRI."""
    return M | {
        f.PLANNING_MRI_ON: TODAY,
        f.RADIOTHERAPY_DAY: TODAY + timedelta(days=days),
        f.PLANNING_MRI_FUSED: True,
    }


ROWS: list[Row] = [
    ("IMG-01", "both done", M, {}, NO),
    ("IMG-01", "whole spine not done", M | {f.WHOLE_SPINE_MRI: False}, {}, YES),
    ("IMG-01", "nobody says", {}, {}, OPEN),
    ("IMG-01", "impossible", {f.MRI_IMPOSSIBLE: True}, {}, NO),
    ("IMG-02", "impossible", M | {f.MRI_IMPOSSIBLE: True}, {}, YES),
    ("IMG-02", "impossible, CT myelogram done", M | {f.MRI_IMPOSSIBLE: True, f.MYELOGRAM: True}, {}, NO),
    ("IMG-02", "possible", M | {f.MRI_IMPOSSIBLE: False}, {}, NO),
    ("IMG-02", "nobody says", M, {}, OPEN),
    ("IMG-04", "metastasis, not staged", M | {f.STAGED: False}, {}, YES),
    ("IMG-04", "metastasis, staged", M | DONE, {}, NO),
    ("IMG-04", "no name yet", {f.STAGED: False}, {}, YES),
    ("IMG-04", "proven chordoma", C | {f.STAGED: False}, {}, NO),
    ("IMG-04", "chordoma, not proven", C | {f.STAGED: False, f.PROVEN: False}, {}, YES),
    ("IMG-04", "staged?", M, {}, OPEN),
    ("IMG-05", "chordoma, no CT of the chest", C | CHEST | {f.CHEST_CT: False}, {}, YES),
    ("IMG-05", "chordoma, all done", C | CHEST, {}, NO),
    ("IMG-05", "osteoblastoma", C | {f.HISTOLOGY: "Osteoblastoma", f.CHEST_CT: False}, {}, NO),
    ("IMG-05", "plasmacytoma", C | {f.HISTOLOGY: "plasmacytoma", f.CHEST_CT: False}, {}, NO),
    ("IMG-05", "metastasis", M | {f.CHEST_CT: False}, {}, NO),
    ("IMG-05", "chordoma, done?", C, {}, OPEN),
    (
        "IMG-05",
        "no name, stage IIB",
        C | {f.HISTOLOGY: None, f.ENNEKING_REPORTED: f.EnnekingReported.IIB, f.CHEST_CT: False},
        {},
        YES,
    ),
    ("IMG-06", "touches, nothing known", TOUCHES, AT_C5, YES),
    ("IMG-06", "an artery in the tumour", C | {f.VERTEBRAL_IN_TUMOUR: (Side.LEFT,)}, AT_C5, YES),
    ("IMG-06", "in the chest", TOUCHES, {}, NO),
    ("IMG-06", "C7", TOUCHES, {"level": Level.C7}, YES),
    ("IMG-06", "T1", TOUCHES, {"level": Level.T1}, NO),
    ("IMG-06", "does not touch", C | {f.FORAMEN_TRANSVERSARIUM: False}, AT_C5, NO),
    ("IMG-06", "defined, 179 degrees", DEFINED | {f.VERTEBRAL_ENCASEMENT: 179.0}, AT_C5, NO),
    ("IMG-06", "defined, 180 degrees", DEFINED | {f.VERTEBRAL_ENCASEMENT: 180.0}, AT_C5, NO),
    ("IMG-06", "defined, 181 degrees", DEFINED | {f.VERTEBRAL_ENCASEMENT: 181.0}, AT_C5, YES),
    ("IMG-06", "touches?", C, AT_C5, OPEN),
    ("IMG-07", "vertebrectomy at T8", C | NO_MAP, BLOC, YES),
    ("IMG-07", "vertebrectomy at T4", C | NO_MAP, BLOC | AT_T4, NO),
    ("IMG-07", "vertebrectomy at T5", C | NO_MAP, BLOC | {"level": Level.T5}, YES),
    ("IMG-07", "vertebrectomy at L4", C | NO_MAP, BLOC | {"level": Level.L4}, YES),
    ("IMG-07", "vertebrectomy at L5", C | NO_MAP, BLOC | {"level": Level.L5}, NO),
    ("IMG-07", "mapped", C | {f.ANGIOGRAPHY: True}, BLOC, NO),
    ("IMG-07", "mapped?", C, BLOC, OPEN),
    ("IMG-07", "embolisation at T8", M | NO_MAP, {"act": Act.EMBOLISATION}, YES),
    ("IMG-07", "separation that cuts an artery", M | NO_MAP | ARTERY, CUT, YES),
    ("IMG-07", "separation that cuts none", M | NO_MAP | NONE_CUT, CUT, NO),
    ("IMG-07", "separation: arteries?", M | NO_MAP, CUT, OPEN),
    ("IMG-07", "radiosurgery", M | NO_MAP, BEAM, NO),
    ("IMG-08", "20 days", planned(20), BEAM, NO),
    ("IMG-08", "21 days", planned(21), BEAM, NO),
    ("IMG-08", "22 days", planned(22), BEAM, YES),
    ("IMG-08", "not fused", planned(5) | {f.PLANNING_MRI_FUSED: False}, BEAM, YES),
    (
        "IMG-08",
        "contoured on a fused MRI",
        planned(5) | {f.PLANNING_MRI_FUSED: None, f.CORD_CONTOUR: f.CordContour.FUSED_MRI},
        BEAM,
        NO,
    ),
    ("IMG-08", "after the first fraction", planned(-1), BEAM, OPEN),
    ("IMG-08", "no dates", M, BEAM, OPEN),
    ("IMG-08", "conventional radiotherapy", planned(40), {"act": Act.RADIOTHERAPY}, NO),
    ("IMG-09", "ependymoma, brain not done", CORD | SCANNED | {f.BRAIN_MRI: False}, {}, YES),
    ("IMG-09", "ependymoma, done", CORD | SCANNED | {f.HAEMANGIOBLASTOMAS: False, f.VHL: False}, {}, NO),
    ("IMG-09", "ependymoma, done, a syndrome?", CORD | SCANNED, {}, OPEN),
    ("IMG-09", "haemangioblastoma, done", CORD | SCANNED | {f.HISTOLOGY: "Haemangioblastoma"}, {}, YES),
    ("IMG-09", "several, done", CORD | SCANNED | {f.HAEMANGIOBLASTOMAS: True}, {}, YES),
    ("IMG-09", "chordoma", C, {}, NO),
    ("IMG-09", "done?", CORD, {}, OPEN),
    ("IMG-10", "not proven, not looked for", CORD | {f.PROVEN: False, f.MIMICS_EXCLUDED: False}, {}, YES),
    ("IMG-10", "not proven, excluded", CORD | {f.PROVEN: False, f.MIMICS_EXCLUDED: True}, {}, NO),
    ("IMG-10", "proven", CORD, {}, NO),
    ("IMG-10", "looked for?", CORD | {f.PROVEN: False}, {}, OPEN),
    ("IMG-10", "where is it?", {f.PROVEN: False, f.MIMICS_EXCLUDED: False}, {}, OPEN),
    (
        "IMG-10",
        "measured within the cord",
        {
            f.PROVEN: False,
            f.MIMICS_EXCLUDED: False,
            f.EXTRADURAL_SHARE: 0.0,
            f.EXTRAMEDULLARY_SHARE: 0.0,
            f.INTRAMEDULLARY_SHARE: 100.0,
        },
        {},
        YES,
    ),
    ("IMG-11", "nothing recorded", M | GADOLINIUM, {}, YES),
    ("IMG-11", "all recorded, eGFR 30", M | GADOLINIUM | CLEARED | {f.EGFR: 30.0}, {}, NO),
    ("IMG-11", "all recorded, eGFR 31", M | GADOLINIUM | CLEARED | {f.EGFR: 31.0}, {}, NO),
    ("IMG-11", "all recorded, eGFR 29", M | GADOLINIUM | CLEARED | {f.EGFR: 29.0}, {}, YES),
    ("IMG-11", "no contrast", M | {f.CONTRAST_PLANNED: (f.Contrast.NONE,)}, {}, NO),
    ("IMG-11", "contrast among the allergens of the plan", M | {f.EXPOSURES: (f.Allergen.CONTRAST,)}, {}, YES),
    ("IMG-11", "contrast?", M, {}, OPEN),
    ("STOP-30", "safe", SAFE, CUT, NO),
    ("STOP-30", "unsafe implant", SAFE | {f.MRI_UNSAFE: True}, CUT, YES),
    ("STOP-30", "unsafe implant, acknowledged", SAFE | {f.MRI_UNSAFE: True, f.RISK_ACKNOWLEDGED: True}, CUT, NO),
    ("STOP-30", "gadolinium, eGFR 30", SAFE | GADOLINIUM | {f.EGFR: 30.0}, CUT, NO),
    ("STOP-30", "gadolinium, eGFR 29", SAFE | GADOLINIUM | {f.EGFR: 29.0}, CUT, YES),
    ("STOP-30", "gadolinium, eGFR 31", SAFE | GADOLINIUM | {f.EGFR: 31.0}, CUT, NO),
    ("STOP-30", "gadolinium, eGFR?", SAFE | GADOLINIUM | {f.EGFR: None}, CUT, OPEN),
    ("STOP-30", "pregnant", SAFE | WOMAN | {f.PREGNANT: True}, {"act": Act.RADIOTHERAPY}, YES),
    ("STOP-30", "pregnant?", SAFE | WOMAN, {"act": Act.RADIOTHERAPY}, OPEN),
    ("STOP-30", "pregnant, observed", SAFE | WOMAN | {f.PREGNANT: True}, {"act": Act.OBSERVATION}, NO),
    ("STOP-31", "sound", SOUND, CUT, NO),
    ("STOP-31", "sides exchanged", SOUND | {f.GEOMETRY_FAULTS: (f.GeometryFault.FLIPPED,)}, CUT, YES),
    ("STOP-31", "error 1.9 mm", SOUND | {f.REGISTRATION_ERROR: 1.9}, CUT, NO),
    ("STOP-31", "error 2 mm", SOUND | {f.REGISTRATION_ERROR: 2.0}, CUT, NO),
    ("STOP-31", "error 2.1 mm", SOUND | {f.REGISTRATION_ERROR: 2.1}, CUT, YES),
    ("STOP-31", "error 2.1 mm, not navigated", SOUND | {f.REGISTRATION_ERROR: 2.1, f.NAVIGATED: False}, CUT, NO),
    ("STOP-31", "navigated, error?", SOUND | {f.REGISTRATION_ERROR: None}, CUT, OPEN),
    ("STOP-31", "not checked", M, CUT, OPEN),
    ("STOP-31", "radiosurgery is not navigated", SOUND | {f.REGISTRATION_ERROR: 5.0}, BEAM, NO),
    ("STOP-31", "observed", M, {"act": Act.OBSERVATION}, NO),
    ("STOP-36", "differs", M | {f.IDENTITY_DIFFERS: True}, CUT, YES),
    ("STOP-36", "agrees", M | {f.IDENTITY_DIFFERS: False}, CUT, NO),
    ("STOP-36", "not compared", M, CUT, OPEN),
]
