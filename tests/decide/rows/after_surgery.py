"""Rows of the rules about the wound, the ward, thrombosis and rehabilitation."""

from __future__ import annotations

from datetime import datetime

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Antithrombotic
from enbloc.decide import Circumstances
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, UNSTABLE

E = f.EsccReported
CUT = {"act": Act.SEPARATION}
FIXED = {"act": Act.STABILISATION}
PHOTONS = {"act": Act.RADIOTHERAPY}
OBSERVED = {"act": Act.OBSERVATION}

SOUND = METASTASIS | {
    f.RADIOTHERAPY_AFTER: False,
    f.OPERATED_AT_LEVEL: False,
    f.DIAMETER: 100.0,
    f.BMI: 30.0,
}
M = METASTASIS
LOW = {f.ESCC_REPORTED: E.GRADE_1A}
WARD = M | {
    f.OPERATION_ENDED: datetime(2026, 11, 17, 12),
    f.EPIDURAL_HAEMATOMA: False,
    f.CSF_LEAK: False,
    f.DRAIN_8H: 299.0,
    f.INTRAMEDULLARY_OPERATION: False,
    f.PLATELETS: 50.0,
}
CORD = WARD | {f.INTRAMEDULLARY_OPERATION: True}
SACRUM = {"act": Act.EN_BLOC, "level": Level.S3}
LOOSE = M | UNSTABLE | {f.STABILISED: False}
A = Antithrombotic

ROWS: list[Row] = [
    ("CLOS-01", "nothing", SOUND, FIXED, NO),
    ("CLOS-01", "radiosurgery follows", SOUND, CUT, YES),
    ("CLOS-01", "radiotherapy before", SOUND | {f.PRIOR_RADIOTHERAPY: True}, FIXED, YES),
    ("CLOS-01", "radiotherapy planned", SOUND | {f.RADIOTHERAPY_AFTER: True}, FIXED, YES),
    ("CLOS-01", "revision", SOUND | {f.OPERATED_AT_LEVEL: True}, FIXED, YES),
    ("CLOS-01", "101 mm", SOUND | {f.DIAMETER: 101.0}, FIXED, YES),
    ("CLOS-01", "body mass index 30.1", SOUND | {f.BMI: 30.1}, FIXED, YES),
    ("CLOS-01", "sacrectomy", CHORDOMA, SACRUM, YES),
    ("CLOS-01", "body mass index?", SOUND | {f.BMI: None}, FIXED, OPEN),
    ("CLOS-01", "radiotherapy alone", SOUND, PHOTONS, NO),
    ("CLOS-02", "en bloc", CHORDOMA, {"act": Act.EN_BLOC}, YES),
    ("CLOS-02", "fixed alone", M, FIXED, NO),
    ("POST-01", "an operation", M, CUT, YES),
    ("POST-01", "radiotherapy", M, PHOTONS, NO),
    ("POST-02", "a leak", WARD | {f.CSF_LEAK: True}, {}, YES),
    ("POST-02", "none", WARD, {}, NO),
    ("POST-02", "not operated", M | {f.CSF_LEAK: True}, {}, NO),
    ("POST-02", "a leak?", WARD | {f.CSF_LEAK: None}, {}, OPEN),
    ("POST-03", "an operation", M, CUT, YES),
    ("POST-03", "radiotherapy", M, PHOTONS, NO),
    ("POST-04", "an operation", M, CUT, YES),
    ("POST-04", "radiotherapy", M, PHOTONS, NO),
    ("VTE-01", "an operation", M, CUT, YES),
    ("VTE-01", "radiotherapy", M, PHOTONS, NO),
    ("VTE-02", "a metastasis", M, CUT, YES),
    ("VTE-02", "a primary", CHORDOMA, {"act": Act.EN_BLOC}, NO),
    ("VTE-02", "what kind?", M | {f.KIND: None, f.HISTOLOGY: None}, CUT, OPEN),
    ("VTE-03", "on every limit", WARD, {}, NO),
    ("VTE-03", "haematoma", WARD | {f.EPIDURAL_HAEMATOMA: True}, {}, YES),
    ("VTE-03", "a leak", WARD | {f.CSF_LEAK: True}, {}, YES),
    ("VTE-03", "300 mL", WARD | {f.DRAIN_8H: 300.0}, {}, YES),
    ("VTE-03", "platelets 49", WARD | {f.PLATELETS: 49.0}, {}, YES),
    ("VTE-03", "cord, long ago", CORD, {}, NO),
    ("VTE-03", "cord, today", CORD | {f.OPERATION_ENDED: datetime(2026, 11, 20, 0, 30)}, {}, YES),
    ("VTE-03", "cord, just 48 hours at midnight", CORD | {f.OPERATION_ENDED: datetime(2026, 11, 18)}, {}, NO),
    ("VTE-03", "cord, the hour decides", CORD | {f.OPERATION_ENDED: datetime(2026, 11, 18, 12)}, {}, OPEN),
    ("VTE-03", "cord, no day", CORD, {"circumstances": Circumstances()}, OPEN),
    ("VTE-03", "not operated", M, {}, NO),
    ("VTE-03", "drain?", WARD | {f.DRAIN_8H: None}, {}, OPEN),
    ("VTE-04", "does not walk", M | {f.AMBULATION: "none"}, CUT, YES),
    ("VTE-04", "walks with aid", M | {f.AMBULATION: "aided"}, CUT, NO),
    ("VTE-04", "no compression", M | LOW | {f.AMBULATION: "none"}, CUT, NO),
    ("VTE-04", "walks?", M, CUT, OPEN),
    ("VTE-05", "apixaban", M | {f.ANTITHROMBOTICS: (A.APIXABAN,)}, CUT, YES),
    ("VTE-05", "heparin as prophylaxis", M | {f.ANTITHROMBOTICS: (A.LMWH_PROPHYLAXIS, A.ASPIRIN)}, CUT, NO),
    ("VTE-05", "clopidogrel", M | {f.ANTITHROMBOTICS: (A.CLOPIDOGREL,)}, CUT, NO),
    ("VTE-05", "which?", M, CUT, OPEN),
    ("REHAB-01", "an operation", CHORDOMA, {"act": Act.EN_BLOC}, YES),
    ("REHAB-01", "compression, radiotherapy", M, PHOTONS, YES),
    ("REHAB-01", "no compression, radiotherapy", M | LOW, PHOTONS, NO),
    ("REHAB-01", "grade?", M | {f.ESCC_REPORTED: None}, PHOTONS, OPEN),
    ("REHAB-02", "fixed", M, FIXED, YES),
    ("REHAB-02", "unstable, not fixed", LOOSE, {}, YES),
    ("REHAB-02", "unstable, observed", LOOSE, OBSERVED, YES),
    ("REHAB-02", "unstable, fixed before", LOOSE | {f.STABILISED: True}, {}, NO),
    ("REHAB-02", "stable", M, {}, NO),
    ("REHAB-02", "fixed before?", LOOSE | {f.STABILISED: None}, {}, OPEN),
    ("REHAB-02", "within the dura", CHORDOMA | UNSTABLE | {f.HISTOLOGY: "Meningioma"}, {}, NO),
    ("REHAB-03", "sacrectomy", CHORDOMA, SACRUM, YES),
    ("REHAB-03", "lumbar", CHORDOMA, {"act": Act.EN_BLOC, "level": Level.L5}, NO),
    ("REHAB-04", "an operation", M, CUT, YES),
    ("REHAB-04", "radiotherapy", M, PHOTONS, NO),
]

_ACT = "the act alone decides"
NEVER_OPEN = {
    "CLOS-02": _ACT,
    "POST-01": "it speaks of every operation; what is not known stands in its words",
    "POST-03": _ACT,
    "POST-04": _ACT,
    "VTE-01": _ACT,
    "REHAB-03": _ACT,
    "REHAB-04": _ACT,
}
