"""Rows of biopsy, board, pathology, staging, and of the stops about tissue."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, sector
from enbloc.case.patient import Sex
from enbloc.case.table import TomitaSite
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, UNSTABLE

M, C = METASTASIS, CHORDOMA
R = f.EnnekingReported
W = f.MarginWord
E = f.EsccReported
BIOPSY, EN_BLOC = {"act": Act.BIOPSY}, {"act": Act.EN_BLOC}
NO_TISSUE = {f.PROVEN: False, f.SOLITARY: True}
LOW = {f.ESCC_REPORTED: E.GRADE_1A}
CLOTS: dict[Any, Any] = {f.ANTITHROMBOTICS: (f.Antithrombotic.NONE,), f.INR: 1.0, f.PLATELETS: 200.0}
KNOWN: dict[Any, Any] = M | {
    f.KNOWN_CANCER: True,
    f.FIRST_METASTASIS: False,
    f.MONTHS_SINCE_DIAGNOSIS: 12.0,
    f.TISSUE_WOULD_CHANGE: False,
    f.TYPICAL_METASTASES: True,
    f.TISSUE_OF_METASTASIS: True,
}
PRESSED = {f.PROVEN: False, f.DEFICIT: True, f.ESCC_REPORTED: E.GRADE_3}


def at(numbers: tuple[int, ...], *layers: str) -> dict[Any, Any]:
    """Sectors by their numbers, and layers."""
    return {f.WBB_SECTORS: tuple(sector(number) for number in numbers), f.WBB_LAYERS: tuple(layers or ("B",))}


_BIOPSY: list[Row] = [
    ("BX-01", "an image that the board agreed not to touch", C | NO_TISSUE | {
        f.HISTOLOGY: "enostosis", f.DO_NOT_TOUCH: True}, {}, NO),
    ("BX-01", "an image that it did not", C | NO_TISSUE | {f.HISTOLOGY: "enostosis", f.DO_NOT_TOUCH: False}, {}, YES),
    ("BX-02", "a primary", C | NO_TISSUE, BIOPSY, YES),
    ("BX-02", "nobody knows what", {}, BIOPSY, YES),
    ("BX-02", "a solitary metastasis without tissue", M | NO_TISSUE, BIOPSY, YES),
    ("BX-02", "a metastasis, one of many", M | {f.PROVEN: False}, BIOPSY, NO),
    ("BX-02", "a metastasis, the only one?", M | NO_TISSUE | {f.SOLITARY: None}, BIOPSY, OPEN),
    ("BX-02", "another act", C, EN_BLOC, NO),
    ("BX-03", "sacrum", C, {"act": Act.BIOPSY, "level": Level.S2}, YES),
    ("BX-03", "mobile spine", C, BIOPSY, NO),
    ("BX-03", "another act", C, {"act": Act.EN_BLOC, "level": Level.S2}, NO),
    ("BX-04", "a biopsy", C, BIOPSY, YES),
    ("BX-04", "another act", C, EN_BLOC, NO),
    ("BX-05", "a biopsy", C, BIOPSY, YES),
    ("BX-05", "another act", C, EN_BLOC, NO),
    ("BX-06", "not diagnostic", C | {f.BIOPSY_NON_DIAGNOSTIC: True}, {}, YES),
    ("BX-06", "diagnostic", C | {f.BIOPSY_NON_DIAGNOSTIC: False}, {}, NO),
    ("BX-06", "unknown", C, {}, OPEN),
    ("BX-07", "chondrosarcoma", C | {f.HISTOLOGY: "chondrosarcoma"}, {}, YES),
    ("BX-07", "chordoma", C, {}, NO),
    ("BX-08", "larger", C | {f.LARGER_NEEDLE: True}, BIOPSY, YES),
    ("BX-08", "not larger", C | {f.LARGER_NEEDLE: False}, BIOPSY, NO),
    ("BX-08", "unknown", C, BIOPSY, OPEN),
    ("BX-08", "another act", C | {f.LARGER_NEEDLE: True}, EN_BLOC, NO),
    ("BX-09", "would change treatment", KNOWN | {
        f.TISSUE_WOULD_CHANGE: True, f.TYPICAL_METASTASES: False}, {}, YES),
    ("BX-09", "solitary, whatever cancer came before", KNOWN | {f.SOLITARY: True}, {}, YES),
    ("BX-09", "first, no tissue yet", KNOWN | {f.FIRST_METASTASIS: True, f.TISSUE_OF_METASTASIS: False}, {}, YES),
    ("BX-09", "first, typical and multifocal with tissue", KNOWN | {f.FIRST_METASTASIS: True}, {}, NO),
    ("BX-09", "five years ago", KNOWN | {f.MONTHS_SINCE_DIAGNOSIS: 60.0, f.TYPICAL_METASTASES: False}, {}, NO),
    ("BX-09", "just more than five", KNOWN | {f.MONTHS_SINCE_DIAGNOSIS: 60.1, f.TYPICAL_METASTASES: False}, {}, YES),
    ("BX-09", "just less than five", KNOWN | {f.MONTHS_SINCE_DIAGNOSIS: 59.9, f.TYPICAL_METASTASES: False}, {}, NO),
    ("BX-09", "the known cancer itself, with tissue", C | {f.KNOWN_CANCER: True}, {}, NO),
    ("BX-09", "a primary tumour without tissue", C | {f.KNOWN_CANCER: True, f.PROVEN: False}, {}, YES),
    ("BX-09", "no known cancer", KNOWN | {f.KNOWN_CANCER: False, f.SOLITARY: True}, {}, NO),
    ("BX-09", "known cancer?", KNOWN | {f.KNOWN_CANCER: None, f.SOLITARY: True}, {}, OPEN),
    ("BX-10", "entered before", C | {f.INTRALESIONAL_BEFORE: True}, {}, YES),
    ("BX-10", "never entered", C | {f.INTRALESIONAL_BEFORE: False}, {}, NO),
    ("BX-10", "unknown", C, {}, OPEN),
    ("BX-10", "a tumour that does not want en bloc", C | {
        f.HISTOLOGY: "abc", f.INTRALESIONAL_BEFORE: True}, {}, NO),
    ("BX-10", "a metastasis", M | {f.INTRALESIONAL_BEFORE: True}, {}, NO),
    ("BX-11", "lymphoma suspected", M | {f.PROVEN: False, f.HAEMATOLOGICAL_SUSPECTED: True}, {}, YES),
    ("BX-11", "declining", M | {
        f.PROVEN: False, f.HAEMATOLOGICAL_SUSPECTED: True, f.DEFICIT: True, f.PROGRESSING: True}, {}, NO),
    ("BX-11", "proven", M | {f.HAEMATOLOGICAL_SUSPECTED: True}, {}, NO),
    ("BX-11", "an image that the board agreed not to touch", C | {
        f.HISTOLOGY: "haemangioma_typ", f.PROVEN: False, f.DO_NOT_TOUCH: True}, {}, NO),
    ("BX-11", "suspected?", M | {f.PROVEN: False}, {}, OPEN),
    ("BX-12", "apixaban", C | CLOTS | {f.ANTITHROMBOTICS: (f.Antithrombotic.APIXABAN,)}, BIOPSY, YES),
    ("BX-12", "none, clots well", C | CLOTS, BIOPSY, NO),
    ("BX-12", "INR at the limit", C | CLOTS | {f.INR: 1.5}, BIOPSY, NO),
    ("BX-12", "INR just above", C | CLOTS | {f.INR: 1.51}, BIOPSY, YES),
    ("BX-12", "INR just below", C | CLOTS | {f.INR: 1.49}, BIOPSY, NO),
    ("BX-12", "platelets at the limit", C | CLOTS | {f.PLATELETS: 50.0}, BIOPSY, YES),
    ("BX-12", "platelets just above", C | CLOTS | {f.PLATELETS: 51.0}, BIOPSY, NO),
    ("BX-12", "platelets just below", C | CLOTS | {f.PLATELETS: 49.0}, BIOPSY, YES),
    ("BX-12", "drugs unknown", C | CLOTS | {f.ANTITHROMBOTICS: None}, BIOPSY, OPEN),
    ("BX-12", "another act", C, EN_BLOC, NO),
    ("BX-13", "a biopsy", C, BIOPSY, YES),
    ("BX-13", "surgery without tissue", C | NO_TISSUE, EN_BLOC, YES),
    ("BX-13", "surgery, proven", C, EN_BLOC, NO),
    ("BX-13", "surgery, proven?", C | {f.PROVEN: None}, EN_BLOC, OPEN),
    ("BX-13", "radiotherapy", C | NO_TISSUE, {"act": Act.RADIOTHERAPY}, NO),
    ("BX-14", "deficit, high grade, no tissue", M | PRESSED, {"act": Act.SEPARATION}, YES),
    ("BX-14", "proven", M | PRESSED | {f.PROVEN: True}, {"act": Act.SEPARATION}, NO),
    ("BX-14", "no deficit", M | PRESSED | {f.DEFICIT: False}, {"act": Act.SEPARATION}, NO),
    ("BX-14", "deficit unknown", M | PRESSED | {f.DEFICIT: None}, {"act": Act.SEPARATION}, OPEN),
    ("BX-14", "within the dura", C | PRESSED | {f.HISTOLOGY: "meningioma"}, {"act": Act.INTRADURAL}, NO),
    ("BX-14", "radiotherapy", M | PRESSED, {"act": Act.RADIOTHERAPY}, NO),
]  # fmt: skip
_STAGING: list[Row] = [
    ("STG-01", "active", C | {f.HISTOLOGY: "abc", f.ENNEKING_REPORTED: R.S2}, {}, YES),
    ("STG-01", "stage unknown", C | {f.HISTOLOGY: "abc"}, {}, OPEN),
    ("STG-01", "a malignant tumour", C | {f.ENNEKING_REPORTED: R.IB}, {}, NO),
    ("STG-01", "a metastasis", M | {f.ENNEKING_REPORTED: R.S2}, {}, NO),
    ("STG-01", "histiocytes", C | {f.HISTOLOGY: "lch", f.ENNEKING_REPORTED: R.S2}, {}, NO),
    ("STG-01", "a stage of malignant tumours", C | {f.HISTOLOGY: "abc", f.ENNEKING_REPORTED: R.IIB}, {}, OPEN),
    ("STG-02", "high grade", C | {f.ENNEKING_REPORTED: R.IIB}, {}, YES),
    ("STG-02", "stage unknown", C, {}, OPEN),
    ("STG-02", "a benign tumour", C | {f.HISTOLOGY: "abc", f.ENNEKING_REPORTED: R.S2}, {}, NO),
    ("STG-02", "a metastasis", M | {f.ENNEKING_REPORTED: R.IIB}, {}, NO),
    ("STG-02", "plasmacytoma", C | {f.HISTOLOGY: "plasmacytoma", f.ENNEKING_REPORTED: R.IIB}, {}, NO),
    ("STG-03", "no sectors", C, {}, YES),
    ("STG-03", "sectors and sides", C | at((4, 5)), {}, NO),
    ("STG-03", "a metastasis", M, {}, NO),
    ("STG-03", "primary?", C | {f.KIND: None, f.HISTOLOGY: None}, {}, OPEN),
    ("STG-04", "4 to 8", C | at((4, 5, 6, 7, 8)), EN_BLOC, YES),
    ("STG-04", "5 to 9", C | at((5, 6, 7, 8, 9)), EN_BLOC, YES),
    ("STG-04", "4 to 9", C | at((4, 5, 6, 7, 8, 9)), EN_BLOC, NO),
    ("STG-04", "3 to 8", C | at((3, 4, 5, 6, 7, 8)), EN_BLOC, NO),
    ("STG-04", "no sectors", C, EN_BLOC, OPEN),
    ("STG-04", "another act", C | at((5, 6)), BIOPSY, NO),
    ("STG-05", "left", C | at((3, 4, 5)), EN_BLOC, YES),
    ("STG-05", "right", C | at((8, 9, 10)), EN_BLOC, YES),
    ("STG-05", "both sides", C | at((5, 8)), EN_BLOC, NO),
    ("STG-05", "no sectors", C, EN_BLOC, OPEN),
    ("STG-06", "through 12", C | at((10, 11, 12, 1, 2, 3)), EN_BLOC, YES),
    ("STG-06", "3 to 10 is not it", C | at((3, 4, 5, 6, 7, 8, 9, 10)), EN_BLOC, NO),
    ("STG-06", "no sectors", C, EN_BLOC, OPEN),
    ("STG-07", "layer E", C | at((5, 6), "B", "E"), EN_BLOC, YES),
    ("STG-07", "both pedicles", C | at((4, 9)) | {f.EPIDURAL_CIRCUMFERENTIAL: False}, EN_BLOC, YES),
    ("STG-07", "all round", C | at((5,)) | {f.EPIDURAL_CIRCUMFERENTIAL: True}, EN_BLOC, YES),
    ("STG-07", "none of them", C | at((4, 5)) | {f.EPIDURAL_CIRCUMFERENTIAL: False}, EN_BLOC, NO),
    ("STG-07", "all round?", C | at((4, 5)), EN_BLOC, OPEN),
    ("STG-07", "one pedicle on the edge", C | at((4, 5)) | {
        f.WBB_SECTORS_OPEN: (sector(9),), f.EPIDURAL_CIRCUMFERENTIAL: False}, EN_BLOC, OPEN),
    ("STG-07", "another act", C | at((4, 9)), BIOPSY, NO),
    ("STG-08", "body and pedicle", C | {f.TOMITA_SITES: (TomitaSite.BODY, TomitaSite.PEDICLE)}, EN_BLOC, YES),
    ("STG-08", "sites unknown", C, EN_BLOC, OPEN),
    ("STG-08", "another act", C, BIOPSY, NO),
    ("STG-09", "muscle", C | {f.SACRAL_MUSCLE: True, f.SACRAL_JOINT: False}, {"level": Level.S2}, YES),
    ("STG-09", "neither", C | {f.SACRAL_MUSCLE: False, f.SACRAL_JOINT: False}, {"level": Level.S2}, NO),
    ("STG-09", "joint unknown", C | {f.SACRAL_MUSCLE: False}, {"level": Level.S2}, OPEN),
    ("STG-09", "mobile spine", C | {f.SACRAL_MUSCLE: True}, {}, NO),
    ("STG-10", "5 to 8, superficial", C | at((5, 6, 7, 8), "A", "B"), EN_BLOC, YES),
    ("STG-10", "with layer C", C | at((5, 6, 7, 8), "B", "C"), EN_BLOC, NO),
    ("STG-10", "no sectors", C, EN_BLOC, OPEN),
]  # fmt: skip
_BOARD: list[Row] = [
    ("MDT-01", "a primary", C, {}, YES),
    ("MDT-01", "high grade", M, {}, YES),
    ("MDT-01", "ESCC 1c", M | {f.ESCC_REPORTED: E.GRADE_1C}, {}, YES),
    ("MDT-01", "ESCC 1b, stable", M | {f.ESCC_REPORTED: E.GRADE_1B}, {}, NO),
    ("MDT-01", "unstable", M | LOW | UNSTABLE, {}, YES),
    ("MDT-01", "grade unknown", M | {f.ESCC_REPORTED: None}, {}, OPEN),
    ("MDT-01", "malignant within the dura", C | {f.HISTOLOGY: "meningioma_g3"}, {}, YES),
    ("MDT-01", "benign within the dura", C | {f.HISTOLOGY: "schwannoma"}, {}, NO),
    ("MDT-02", "chordoma", C, {}, YES),
    ("MDT-02", "a benign tumour", C | {f.HISTOLOGY: "abc"}, {}, NO),
    ("MDT-02", "plasmacytoma", C | {f.HISTOLOGY: "plasmacytoma"}, {}, NO),
    ("MDT-02", "a metastasis", M, {}, NO),
    ("MDT-02", "a primary without a name", C | {f.HISTOLOGY: None}, {}, OPEN),
    ("MDT-03", "out of hours", M | {f.OUT_OF_HOURS: True, f.DEFICIT: True}, {}, YES),
    ("MDT-03", "within hours", M | {f.OUT_OF_HOURS: False, f.DEFICIT: True}, {}, NO),
    ("MDT-03", "no emergency", M | {f.OUT_OF_HOURS: True}, {}, NO),
    ("MDT-03", "hours unknown", M | {f.DEFICIT: True}, {}, OPEN),
    ("MDT-04", "any", M, {}, YES),
    ("PATH-01", "a biopsy", C, BIOPSY, YES),
    ("PATH-01", "an operation", C, EN_BLOC, YES),
    ("PATH-01", "radiotherapy", C, {"act": Act.RADIOTHERAPY}, NO),
    ("PATH-02", "worse", C | {f.PLANNED_MARGIN: W.WIDE, f.FINAL_MARGIN: W.MARGINAL}, {}, YES),
    ("PATH-02", "as planned", C | {f.PLANNED_MARGIN: W.WIDE, f.FINAL_MARGIN: W.WIDE}, {}, NO),
    ("PATH-02", "better", C | {f.PLANNED_MARGIN: W.MARGINAL, f.FINAL_MARGIN: W.WIDE}, {}, NO),
    ("PATH-02", "nothing resected", C, {}, NO),
    ("PATH-02", "planned, not resected", C | {f.PLANNED_MARGIN: W.WIDE, f.OPERATED_AT_LEVEL: False}, {}, NO),
    ("PATH-02", "plan unknown", C | {f.FINAL_MARGIN: W.MARGINAL}, {}, OPEN),
    ("PATH-02", "resected, no report yet", C | {f.PLANNED_MARGIN: W.WIDE, f.OPERATED_AT_LEVEL: True}, {}, OPEN),
]  # fmt: skip
UNPROVEN: dict[Any, Any] = M | {
    f.PROVEN: False,
    f.KNOWN_CANCER: False,
    f.TYPICAL_METASTASES: False,
    f.BOARD_QUORUM_RADIOTHERAPY: False,
    f.ANDROGEN_DEPRIVATION: False,
}
DEPRIVED = UNPROVEN | {f.ANDROGEN_DEPRIVATION: True, f.TYPICAL_BLASTIC_EPIDURAL: True, f.PSA: 101.0, f.SEX: Sex.MALE}
SAFE = {f.BIOPSY_ROUTE: f.BiopsyRoute.TRANSPEDICULAR, f.TRACT_IN_RESECTION: True}
SYSTEMIC, RADIATION = {"act": Act.SYSTEMIC}, {"act": Act.RADIOTHERAPY}
_STOPS: list[Row] = [
    ("STOP-02", "a reason of the board", C | {f.BOARD_REASON: True}, {"act": Act.SEPARATION}, NO),
    ("STOP-02", "no reason of the board", C | {f.BOARD_REASON: False}, {"act": Act.SEPARATION}, YES),
    ("STOP-02", "giant cell S3", C | {f.HISTOLOGY: "gct", f.ENNEKING_REPORTED: R.S3}, {
        "act": Act.INTRALESIONAL}, YES),
    ("STOP-02", "giant cell S2", C | {f.HISTOLOGY: "gct", f.ENNEKING_REPORTED: R.S2}, {
        "act": Act.INTRALESIONAL}, NO),
    ("STOP-02", "giant cell, a stage that is none of it", C | {
        f.HISTOLOGY: "gct", f.ENNEKING_REPORTED: R.IIB}, {"act": Act.INTRALESIONAL}, YES),
    ("STOP-02", "Ewing after chemotherapy", C | {f.HISTOLOGY: "ewing", f.CHEMOTHERAPY: True}, {
        "act": Act.INTRALESIONAL}, YES),
    ("STOP-02", "Ewing before chemotherapy", C | {f.HISTOLOGY: "ewing", f.CHEMOTHERAPY: False}, {
        "act": Act.INTRALESIONAL}, NO),
    ("STOP-02", "Ewing, chemotherapy?", C | {f.HISTOLOGY: "ewing"}, {"act": Act.INTRALESIONAL}, OPEN),
    ("STOP-20", "outside the resection", C | SAFE | {f.TRACT_IN_RESECTION: False}, BIOPSY, YES),
    ("STOP-20", "through the rectum", M | {f.BIOPSY_ROUTE: f.BiopsyRoute.TRANSRECTAL}, BIOPSY, YES),
    ("STOP-20", "through the pedicle, inside", C | SAFE, BIOPSY, NO),
    ("STOP-20", "one of many metastases", M | SAFE | {f.TRACT_IN_RESECTION: None}, BIOPSY, NO),
    ("STOP-20", "route unknown", C | SAFE | {f.BIOPSY_ROUTE: None}, BIOPSY, OPEN),
    ("STOP-20", "en bloc that leaves the tract", C | {f.TRACT_IN_RESECTION: False}, EN_BLOC, YES),
    ("STOP-20", "en bloc that takes it", C | {f.TRACT_IN_RESECTION: True}, EN_BLOC, NO),
    ("STOP-20", "en bloc, tract unknown", C, EN_BLOC, OPEN),
    ("STOP-20", "en bloc, never biopsied", C | {f.PROVEN: False}, EN_BLOC, NO),
    ("STOP-20", "another act", C | {f.TRACT_IN_RESECTION: False}, RADIATION, NO),
    ("STOP-42", "a drug without tissue", UNPROVEN, SYSTEMIC, YES),
    ("STOP-42", "radiotherapy without tissue", UNPROVEN, RADIATION, YES),
    ("STOP-42", "proven", M, RADIATION, NO),
    ("STOP-42", "known cancer, typical and multifocal", UNPROVEN | {
        f.KNOWN_CANCER: True, f.TYPICAL_METASTASES: True}, SYSTEMIC, NO),
    ("STOP-42", "known cancer, solitary", UNPROVEN | {
        f.KNOWN_CANCER: True, f.TYPICAL_METASTASES: True, f.SOLITARY: True}, SYSTEMIC, YES),
    ("STOP-42", "quorum", UNPROVEN | {f.BOARD_QUORUM_RADIOTHERAPY: True}, RADIATION, NO),
    ("STOP-42", "a quorum for radiotherapy frees no drug", UNPROVEN | {
        f.BOARD_QUORUM_RADIOTHERAPY: True}, SYSTEMIC, YES),
    ("STOP-42", "deprivation, PSA 101", DEPRIVED, SYSTEMIC, NO),
    ("STOP-42", "deprivation, PSA 100", DEPRIVED | {f.PSA: 100.0}, SYSTEMIC, YES),
    ("STOP-42", "deprivation, PSA 99", DEPRIVED | {f.PSA: 99.0}, SYSTEMIC, YES),
    ("STOP-42", "deprivation, PSA unknown", DEPRIVED | {f.PSA: None}, SYSTEMIC, OPEN),
    ("STOP-42", "deprivation frees no radiotherapy", DEPRIVED, RADIATION, YES),
    ("STOP-42", "deprivation, a primary tumour", DEPRIVED | {f.KIND: "primary", f.HISTOLOGY: None}, SYSTEMIC, YES),
    ("STOP-42", "deprivation, a woman", DEPRIVED | {f.SEX: Sex.FEMALE}, SYSTEMIC, YES),
    ("STOP-42", "deprivation, man or woman?", DEPRIVED | {f.SEX: None}, SYSTEMIC, OPEN),
    ("STOP-42", "surgery", UNPROVEN, EN_BLOC, NO),
]  # fmt: skip
ROWS: list[Row] = [*_BIOPSY, *_STAGING, *_BOARD, *_STOPS]
NEVER_OPEN = {
    "BX-03": "every situation of these tests has a level; without one it is open",
    "BX-04": "figures for consent, told of every biopsy",
    "BX-05": "figures for consent, told of every biopsy",
    "BX-07": "the histology alone decides",
    "MDT-04": "said of every case",
    "PATH-01": "asked of all tissue",
}
ALWAYS = {"MDT-04": "said of every case"}
