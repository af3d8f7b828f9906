"""Rows of the rules that came first: evaluation, imaging, biopsy, NOMS, metastases, primaries, and their stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide import Circumstances
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE, READY, TODAY, UNSTABLE

E = f.EsccReported

LOW = {f.ESCC_REPORTED: E.GRADE_1A}
SENSITIVE = {f.HISTOLOGY: "breast carcinoma"}
SHAKY = dict(UNSTABLE)
UNFIT = {f.ABLE: False}
NO_TISSUE = {f.PROVEN: False, f.SOLITARY: True}
OLD = Circumstances(ct_slice_mm=3.0, mr_dates=(date(2026, 1, 1),), as_of=TODAY)
NOTHING = Circumstances(labels_confirmed=True, level_confirmed=True)
LONG_AGO = date(2026, 1, 1)
UNSEEN = replace(NOTHING, as_of=TODAY)  # no picture in the case
SCALED = (
    f.ESCC_REPORTED,
    f.BONE_REPORTED,
    f.ALIGNMENT_REPORTED,
    f.COLLAPSE_REPORTED,
    f.POSTEROLATERAL_REPORTED,
)
DAY = date(2026, 11, 10)  # of the MRI
AHEAD = replace(READY, mr_dates=(date(2026, 11, 21),))

# rule, what is special, what differs from the plain metastasis (or chordoma), the act and the like, the verdict
M, C = METASTASIS, CHORDOMA
ROWS: list[Row] = [
    ("EVAL-03", "unstable", M | SHAKY, {}, YES),
    ("EVAL-03", "stable", M, {}, NO),
    ("EVAL-03", "within the dura", C | SHAKY | {f.HISTOLOGY: "Meningioma"}, {}, NO),
    (
        "EVAL-03",
        "pain unknown across seven",
        M | {f.PAIN: None, f.COLLAPSE_REPORTED: f.CollapseClass.UNDER_HALF},
        {},
        OPEN,
    ),
    ("BX-01", "solitary, no tissue", M | NO_TISSUE, {}, YES),
    ("BX-01", "a typical haemangioma", C | NO_TISSUE | {f.HISTOLOGY: "haemangioma_typ"}, {}, OPEN),
    ("BX-01", "a meningioma: no lesion of bone", C | NO_TISSUE | {f.HISTOLOGY: "meningioma"}, {}, NO),
    ("BX-01", "proven", M | {f.SOLITARY: True}, {}, NO),
    ("BX-01", "solitary unknown", M | NO_TISSUE | {f.SOLITARY: None}, {}, OPEN),
    ("DEC-02", "high, resistant", M, {}, YES),
    ("DEC-02", "high, moderately sensitive", M | SENSITIVE, {}, YES),
    ("DEC-02", "high, sensitive", M | {f.HISTOLOGY: "seminoma"}, {}, NO),
    ("DEC-02", "low", M | LOW, {}, NO),
    ("DEC-02", "a primary", C | {f.ESCC_REPORTED: E.GRADE_3}, {}, NO),
    ("DEC-02", "unable", M | UNFIT, {}, NO),
    ("DEC-02", "grade unknown", M | {f.ESCC_REPORTED: None}, {}, OPEN),
    ("DEC-07", "separation of high grade", M, {"act": Act.SEPARATION}, YES),
    ("DEC-07", "another act", M, {"act": Act.RADIOSURGERY}, NO),
    ("DEC-07", "no epidural disease", M | LOW, {"act": Act.SEPARATION}, NO),
    ("DEC-07", "grade unknown", M | {f.ESCC_REPORTED: None}, {"act": Act.SEPARATION}, OPEN),
    ("DEC-09", "silent and low", M | LOW, {}, YES),
    ("DEC-09", "myelopathy", M | LOW | {f.MYELOPATHY: True}, {}, NO),
    ("DEC-09", "myelopathy unknown", M | LOW | {f.MYELOPATHY: None}, {}, OPEN),
    ("DEC-09", "painful", M | LOW | {f.PAIN: f.PainCharacter.NOT_MECHANICAL}, {}, NO),
    ("DEC-09", "ESCC 1c", M | {f.ESCC_REPORTED: E.GRADE_1C}, {}, NO),
    ("DEC-09", "deficit unknown", M | LOW | {f.DEFICIT: None}, {}, OPEN),
    ("DISAGREE-4", "high", M, {}, YES),
    ("DISAGREE-4", "1c, resistant", M | {f.ESCC_REPORTED: E.GRADE_1C}, {}, YES),
    ("DISAGREE-4", "1c, sensitive", M | SENSITIVE | {f.ESCC_REPORTED: E.GRADE_1C}, {}, NO),
    ("DISAGREE-4", "grade unknown", M | {f.ESCC_REPORTED: None}, {}, OPEN),
    ("PRIM-01", "resectable chordoma", C, {}, YES),
    ("PRIM-01", "not resectable", C | {f.RESECTABLE: False}, {}, NO),
    ("PRIM-01", "a metastasis", M | {f.RESECTABLE: True}, {}, NO),
    ("PRIM-01", "resectable?", C | {f.RESECTABLE: None}, {}, OPEN),
    ("PRIM-03", "not resectable", C | {f.RESECTABLE: False}, {}, YES),
    ("PRIM-03", "high sacrum", C, {"level": Level.S2}, YES),
    ("PRIM-03", "mobile spine, resectable, accepted", C | {f.DECLINED: False}, {}, NO),
    ("PRIM-03", "resectable?", C | {f.RESECTABLE: None}, {}, OPEN),
    ("PRIM-06", "chondrosarcoma", C | {f.HISTOLOGY: "chondrosarcoma"}, {}, YES),
    ("PRIM-06", "chordoma", C, {}, NO),
    ("PRIM-01", "dedifferentiated", C | {f.HISTOLOGY: "Chordoma, dedifferentiated"}, {}, NO),
    ("PRIM-40", "dedifferentiated chordoma", C | {f.HISTOLOGY: "Chordoma, dedifferentiated"}, {}, YES),
    ("PRIM-40", "conventional chordoma", C, {}, NO),
    ("PRIM-41", "a name that is not in the table", C | {f.HISTOLOGY: "some sarcoma"}, {}, YES),
    ("PRIM-41", "chordoma, images agree", C | {f.BIOPSY_DISAGREES: False}, {}, NO),
    ("PRIM-41", "a metastasis that is not in the table", M | {f.HISTOLOGY: "some carcinoma"}, {}, NO),
    ("PRIM-41", "no name yet", C | {f.HISTOLOGY: None}, {}, NO),
    (
        "PRIM-40",
        "resectable?",
        C | {f.HISTOLOGY: "Clear cell chondrosarcoma", f.RESECTABLE: None},
        {},
        OPEN,
    ),
    ("DISAGREE-7", "chordoma", C, {}, YES),
    ("DISAGREE-7", "metastasis", M, {}, NO),
    ("NOMS-12", "1c, resistant", M | {f.ESCC_REPORTED: E.GRADE_1C}, {}, YES),
    ("NOMS-12", "high", M, {}, NO),
    ("NOMS-12", "1c, myelopathy", M | {f.ESCC_REPORTED: E.GRADE_1C, f.MYELOPATHY: True}, {}, NO),
    ("NOMS-12", "grade unknown", M | {f.ESCC_REPORTED: None}, {}, OPEN),
    ("NOMS-13", "unstable, unable, low", M | SHAKY | UNFIT | LOW, {}, YES),
    ("NOMS-13", "unstable, unable, high, resistant", M | SHAKY | UNFIT, {}, NO),
    ("NOMS-13", "fitness unknown", M | SHAKY | LOW | {f.ABLE: None}, {}, OPEN),
    ("NOMS-14", "myelopathy, low", M | LOW | {f.MYELOPATHY: True}, {}, YES),
    ("NOMS-14", "myelopathy unknown", M | LOW | {f.MYELOPATHY: None}, {}, OPEN),
    ("NOMS-14", "myelopathy, high", M | {f.MYELOPATHY: True}, {}, NO),
    ("NOMS-14", "myelopathy, grade unknown", M | {f.MYELOPATHY: True, f.ESCC_REPORTED: None}, {}, OPEN),
    ("STOP-01", "solitary, no tissue", M | NO_TISSUE, {"act": Act.SEPARATION}, YES),
    ("STOP-01", "en bloc does not enter", M | NO_TISSUE, {"act": Act.EN_BLOC}, NO),
    ("STOP-01", "proven", M | {f.SOLITARY: True}, {"act": Act.SEPARATION}, NO),
    ("STOP-01", "tissue unknown", M | {f.SOLITARY: True, f.PROVEN: None}, {"act": Act.SEPARATION}, OPEN),
    ("STOP-02", "chordoma entered", C, {"act": Act.SEPARATION}, YES),
    ("STOP-02", "chordoma en bloc", C, {"act": Act.EN_BLOC}, NO),
    ("STOP-02", "proven, and not in the table", C | {f.HISTOLOGY: "some sarcoma"}, {"act": Act.SEPARATION}, OPEN),
    ("STOP-02", "filed as a metastasis", C | {f.KIND: "metastasis"}, {"act": Act.SEPARATION}, YES),
    ("STOP-02", "giant cell tumour, stage unknown", C | {f.HISTOLOGY: "gct"}, {"act": Act.SEPARATION}, OPEN),
    (
        "STOP-03",
        "no MRI of the whole spine",
        M | {f.WHOLE_SPINE_MRI: False, f.MYELOGRAM: False},
        {"act": Act.EN_BLOC},
        YES,
    ),
    ("STOP-03", "both done", M, {"act": Act.EN_BLOC}, NO),
    ("STOP-03", "myelogram instead", M | {f.LEVEL_MRI: False, f.MYELOGRAM: True}, {"act": Act.RADIOSURGERY}, NO),
    ("STOP-03", "unknown", M | {f.WHOLE_SPINE_MRI: None}, {"act": Act.RADIOSURGERY}, OPEN),
    ("STOP-03", "conventional radiotherapy", M | {f.LEVEL_MRI: False}, {"act": Act.RADIOTHERAPY}, NO),
    ("STOP-04", "no surgeon asked", M | MIDDLE | {f.SURGEON_CONSULTED: False}, {"act": Act.RADIOTHERAPY}, YES),
    ("STOP-04", "surgeon asked", M | MIDDLE, {"act": Act.RADIOTHERAPY}, NO),
    ("STOP-04", "unknown", M | MIDDLE | {f.SURGEON_CONSULTED: None}, {"act": Act.RADIOTHERAPY}, OPEN),
    ("STOP-05", "labels not confirmed", M, {"act": Act.EN_BLOC, "circumstances": OLD}, YES),
    ("STOP-05", "confirmed", M, {"act": Act.EN_BLOC}, NO),
    ("STOP-05", "radiosurgery", M, {"act": Act.RADIOSURGERY, "circumstances": OLD}, YES),
    ("STOP-05", "observed", M, {"act": Act.OBSERVATION, "circumstances": OLD}, NO),
    ("STOP-05", "a drug", M, {"act": Act.SYSTEMIC, "circumstances": OLD}, NO),
    ("STOP-05", "comfort", M, {"act": Act.PALLIATIVE, "circumstances": OLD}, NO),
    ("STOP-05", "labels at another level", M | {f.LEVELS: (Level.T9,)}, {"act": Act.EN_BLOC, "level": Level.T8}, YES),
    ("STOP-05", "labels at the same level", M | {f.LEVELS: (Level.T8,)}, {"act": Act.EN_BLOC}, NO),
    ("STOP-08", "no deficit", M, {}, NO),
    (
        "STOP-08",
        "within the dura, beside the cord",
        C | {f.HISTOLOGY: "meningioma", f.DEFICIT: True, f.CORD_LEVEL: True, f.ESCC_REPORTED: None},
        {},
        NO,
    ),
    ("STOP-08", "low grade", M | LOW | {f.DEFICIT: True}, {}, NO),
    ("STOP-08", "deficit and high grade", M | {f.DEFICIT: True}, {}, OPEN),
    (
        "STOP-23",
        "proven stable lymphoma",
        M | {f.KIND: "haematological", f.HISTOLOGY: "lymphoma"},
        {"act": Act.SEPARATION},
        OPEN,
    ),
    ("STOP-23", "renal", M, {"act": Act.SEPARATION}, NO),
    (
        "STOP-23",
        "irradiated, and nobody says that this failed",
        M | {f.KIND: "haematological", f.HISTOLOGY: "lymphoma", f.PRIOR_RADIOTHERAPY: True},
        {"act": Act.SEPARATION},
        OPEN,
    ),
    (
        "STOP-23",
        "a name that is not in the table",
        M | {f.KIND: "haematological", f.HISTOLOGY: "follicular lymphoma"},
        {"act": Act.SEPARATION},
        OPEN,
    ),
    ("STOP-24", "meningioma", C | {f.HISTOLOGY: "Meningioma, CNS WHO grade 1"}, {"act": Act.EN_BLOC}, YES),
    ("STOP-24", "meningioma, observed", C | {f.HISTOLOGY: "Meningioma"}, {"act": Act.OBSERVATION}, NO),
    (
        "STOP-24",
        "meningioma, neither scale read",
        C | {f.HISTOLOGY: "Meningioma"} | dict.fromkeys(SCALED),
        {"act": Act.RADIOTHERAPY},
        NO,
    ),
    (
        "STOP-24",
        "meningioma, collapse read",
        C | {f.HISTOLOGY: "Meningioma"} | dict.fromkeys(SCALED) | {f.COLLAPSE_REPORTED: f.CollapseClass.NONE},
        {"act": Act.RADIOTHERAPY},
        YES,
    ),
    ("STOP-24", "chordoma", C, {"act": Act.EN_BLOC}, NO),
    ("STOP-24", "solitary fibrous tumour", C | {f.HISTOLOGY: "Solitary fibrous tumour"}, {"act": Act.EN_BLOC}, OPEN),
    ("STOP-24", "nobody knows what", C | {f.HISTOLOGY: None, f.KIND: None}, {"act": Act.EN_BLOC}, OPEN),
    ("STOP-24", "in the bone", C | {f.HISTOLOGY: None, f.WBB_LAYERS: ("B", "C")}, {"act": Act.EN_BLOC}, NO),
    ("STOP-24", "within the sac", C | {f.HISTOLOGY: None, f.WBB_LAYERS: ("C", "E")}, {"act": Act.EN_BLOC}, OPEN),
    ("STOP-25", "high grade", M, {"act": Act.RADIOSURGERY}, YES),
    ("STOP-25", "1a", M | LOW, {"act": Act.RADIOSURGERY}, NO),
    (
        "STOP-25",
        "within the dura, no grade read",
        C | {f.HISTOLOGY: "meningioma", f.ESCC_REPORTED: None},
        {"act": Act.RADIOSURGERY},
        NO,
    ),
    ("STOP-25", "1c without dose plan", M | {f.ESCC_REPORTED: E.GRADE_1C}, {"act": Act.RADIOSURGERY}, OPEN),
    ("STOP-25", "after separation", M, {"act": Act.SEPARATION}, NO),
    ("STOP-29", "old", M, {"act": Act.EN_BLOC, "circumstances": OLD}, YES),
    ("STOP-29", "old, conventional radiotherapy", M, {"act": Act.RADIOTHERAPY, "circumstances": OLD}, YES),
    ("STOP-29", "old, observed", M, {"act": Act.OBSERVATION, "circumstances": OLD}, NO),
    ("STOP-29", "recent", M, {"act": Act.EN_BLOC}, NO),
    ("STOP-29", "no date", M, {"act": Act.EN_BLOC, "circumstances": NOTHING}, OPEN),
    ("STOP-29", "entered", M | {f.MRI_ON: DAY}, {"act": Act.EN_BLOC, "circumstances": UNSEEN}, NO),
    ("STOP-29", "entered, old", M | {f.MRI_ON: LONG_AGO}, {"act": Act.EN_BLOC, "circumstances": UNSEEN}, YES),
    ("STOP-29", "deficit since", M | {f.DEFICIT: True}, {"act": Act.EN_BLOC, "since": date(2026, 11, 15)}, YES),
    ("STOP-29", "deficit before", M | {f.DEFICIT: True}, {"act": Act.EN_BLOC, "since": date(2026, 11, 1)}, NO),
    ("STOP-29", "deficit on the day of the MRI", M | {f.DEFICIT: True}, {"act": Act.EN_BLOC, "since": DAY}, OPEN),
    ("STOP-29", "an MRI from tomorrow", M, {"act": Act.EN_BLOC, "circumstances": AHEAD}, OPEN),
    ("STOP-29", "deficit, when?", M | {f.DEFICIT: True}, {"act": Act.EN_BLOC}, OPEN),
    ("IMG-03", "3 mm", M, {"act": Act.EN_BLOC, "circumstances": OLD}, YES),
    ("IMG-03", "1 mm", M, {"act": Act.EN_BLOC}, NO),
    ("IMG-03", "unknown", M, {"act": Act.EN_BLOC, "circumstances": NOTHING}, OPEN),
    ("IMG-03", "radiosurgery", M, {"act": Act.RADIOSURGERY, "circumstances": OLD}, NO),
]

NEVER_OPEN = {
    "PRIM-06": "the histology alone decides",
    "DISAGREE-7": "the histology alone decides",
    "STOP-05": "every confirmation is either there or not",
}
