"""Rows of the rules about the data set."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.neurology import Ais, Ambulation
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS

E = f.EsccReported

COMPLETE: dict[Any, Any] = METASTASIS | {
    f.AIS: Ais.E,
    f.AMBULATION: Ambulation.INDEPENDENT.value,
    f.SPHINCTER_CHANGE: False,
    f.PAIN_SCORE: 3,
    f.ECOG: 1,
    f.KARNOFSKY: 80,
    f.STAGED: True,
    f.STABILISED: False,
    f.ANTITHROMBOTICS: (f.Antithrombotic.NONE,),
    f.DRUGS_COMPLETE: True,
    f.ALBUMIN: 38.0,
    f.HAEMOGLOBIN: 130.0,
    f.PLATELETS: 250.0,
    f.CREATININE: 80.0,
    f.GLUCOSE: 5.5,
    f.MRI_UNSAFE: False,
    f.IMPLANTS: False,
}
"""A record that holds every field of EVAL-01."""

ROWS: list[Row] = [
    ("EVAL-01", "almost empty", {}, {}, YES),
    ("EVAL-01", "complete", COMPLETE, {}, NO),
    ("EVAL-01", "no glucose", COMPLETE | {f.GLUCOSE: None}, {}, YES),
    ("EVAL-02", "almost empty", {}, {}, YES),
    ("EVAL-02", "complete", COMPLETE, {}, NO),
    ("EVAL-02", "staging not done", COMPLETE | {f.STAGED: False}, {}, YES),
    ("EVAL-02", "drugs not complete", COMPLETE | {f.DRUGS_COMPLETE: False}, {}, YES),
    ("EVAL-02", "a deficit of unknown duration", COMPLETE | {f.DEFICIT: True}, {}, YES),
    ("EVAL-02", "irradiated, dose and date not known", COMPLETE | {f.PRIOR_RADIOTHERAPY: True}, {}, YES),
    ("EVAL-04", "high grade", METASTASIS, {}, YES),
    ("EVAL-04", "bone only", METASTASIS | {f.ESCC_REPORTED: E.GRADE_0}, {}, NO),
    ("EVAL-04", "epidural only", METASTASIS | {f.ESCC_REPORTED: E.GRADE_1A}, {}, YES),
    ("EVAL-04", "within the dura", CHORDOMA | {f.HISTOLOGY: "Meningioma"}, {}, NO),
    ("EVAL-04", "not graded", METASTASIS | {f.ESCC_REPORTED: None}, {}, OPEN),
    ("EVAL-05", "metastasis", METASTASIS, {}, YES),
    ("EVAL-05", "chordoma", CHORDOMA, {}, NO),
    ("EVAL-05", "what is it?", METASTASIS | {f.KIND: None, f.HISTOLOGY: None}, {}, OPEN),
    ("EVAL-06", "complete but for what rules come to need", COMPLETE, {}, YES),
]

NEVER_OPEN = {
    "EVAL-01": "a field is either held or missing",
    "EVAL-02": "a field is either held or missing",
    "EVAL-06": "a field is either held or missing",
}
ALWAYS = {"EVAL-06": "no row has a filled-in form; test_data_set has the record that holds everything"}
