"""Rows of the rules about metastases: the axes of NOMS, LMNOP, surgery for compression, its stops, each primary."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import PrimarySite
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE, UNSTABLE

E = f.EsccReported
M, C = METASTASIS, CHORDOMA
LOW = {f.ESCC_REPORTED: E.GRADE_1A}
AT_1C = {f.ESCC_REPORTED: E.GRADE_1C}
NO_GRADE = {f.ESCC_REPORTED: None}
BREAST = {f.HISTOLOGY: "breast carcinoma"}
HAEM: dict[Any, Any] = {f.KIND: "haematological", f.HISTOLOGY: "lymphoma"}
PAINFUL = {f.PAIN: f.PainCharacter.NOT_MECHANICAL}
UNFIT = {f.ABLE: False}
SURGERY: dict[str, Any] = {"act": Act.SEPARATION}
NEEDLESS: dict[str, Any] = {"act": Act.INTRALESIONAL}
SRS: dict[str, Any] = {"act": Act.RADIOSURGERY}
RT: dict[str, Any] = {"act": Act.RADIOTHERAPY}
CAUDA: dict[str, Any] = {"level": Level.L3}
NO_CORD = {f.CORD_LEVEL: False}

AT_NOON = datetime(2026, 11, 18, 12)
DEFICIT: dict[Any, Any] = {f.DEFICIT: True, f.PRESENTED: AT_NOON}


def hours_later(hours: float) -> datetime:
    """So many hours after noon of the presentation."""
    return AT_NOON + timedelta(hours=hours)


TRIAL: dict[Any, Any] = {f.COMPRESSED_AREAS: 1, f.LIFE_EXPECTANCY: 12.0, f.AGE: 61.0, f.PARAPLEGIC: False}
LOST: dict[Any, Any] = {f.DEFICIT: True, f.PARAPLEGIC: True, f.PARAPLEGIC_SINCE: datetime(2026, 11, 16, 12)}
CALM: dict[Any, Any] = {f.LIFE_EXPECTANCY: 12.0, f.ECOG: 1, f.PARAPLEGIC: False}
CERTAIN: dict[Any, Any] = {f.ECOG: 1, f.ASA: f.AsaClass.II, f.UNCORRECTED_COAGULOPATHY: False}

STOPS: list[Row] = [
    ("STOP-08", "decided a minute after the last hour", M | DEFICIT | {f.DECIDED: hours_later(24.02)}, {}, YES),
    ("STOP-08", "decided in the last hour", M | DEFICIT | {f.DECIDED: hours_later(24)}, {}, NO),
    ("STOP-08", "decided a minute before it", M | DEFICIT | {f.DECIDED: hours_later(23.98)}, {}, NO),
    ("STOP-08", "no decision, two days later", M | DEFICIT, {}, YES),
    ("STOP-08", "no decision, the day after", M | DEFICIT | {f.PRESENTED: datetime(2026, 11, 19, 12)}, {}, OPEN),
    ("STOP-08", "no hour of anything", M | {f.DEFICIT: True}, {}, OPEN),
    ("STOP-08", "decided, presentation unknown", M | {f.DEFICIT: True, f.DECIDED: AT_NOON}, {}, OPEN),
    ("STOP-08", "decided before it began", M | DEFICIT | {f.DECIDED: hours_later(-1)}, {}, OPEN),
    ("STOP-08", "decided tomorrow", M | DEFICIT | {f.DECIDED: datetime(2026, 11, 21, 9)}, {}, OPEN),
    (
        "STOP-08",
        "only one of them names its time zone",
        M | DEFICIT | {f.DECIDED: datetime.fromisoformat("2026-11-19T09:00+01:00")},
        {},
        OPEN,
    ),
    ("STOP-08", "cauda equina pressed", M | LOW | NO_CORD | {f.CAUDA_DEFICIT: True} | DEFICIT, CAUDA, YES),
    ("STOP-22", "from the front", M | {f.LAMINECTOMY_ALONE: True, f.VENTRAL_COMPRESSION: True}, NEEDLESS, YES),
    (
        "STOP-22",
        "unstable",
        M | UNSTABLE | {f.LAMINECTOMY_ALONE: True, f.VENTRAL_COMPRESSION: False},
        NEEDLESS,
        YES,
    ),
    ("STOP-22", "from behind", M | {f.LAMINECTOMY_ALONE: True, f.VENTRAL_COMPRESSION: False}, NEEDLESS, NO),
    ("STOP-22", "with fixation", M | {f.LAMINECTOMY_ALONE: False, f.VENTRAL_COMPRESSION: True}, NEEDLESS, NO),
    ("STOP-22", "fixation unknown", M | {f.VENTRAL_COMPRESSION: True}, NEEDLESS, OPEN),
    ("STOP-22", "separation surgery stabilises", M | {f.VENTRAL_COMPRESSION: True}, SURGERY, NO),
    (
        "STOP-22",
        "separation surgery of which somebody says that it does not",
        M | {f.LAMINECTOMY_ALONE: True, f.VENTRAL_COMPRESSION: True},
        SURGERY,
        YES,
    ),
    ("STOP-22", "within the dura", M | {f.VENTRAL_COMPRESSION: True}, {"act": Act.INTRADURAL}, NO),
    ("STOP-22", "radiotherapy", M | {f.LAMINECTOMY_ALONE: True, f.VENTRAL_COMPRESSION: True}, RT, NO),
    ("STOP-23", "proven stable lymphoma", M | HAEM | {f.BONE_FRAGMENT: False}, SURGERY, YES),
    ("STOP-23", "fragment in the canal", M | HAEM | {f.BONE_FRAGMENT: True}, SURGERY, NO),
    ("STOP-23", "unstable", M | HAEM | UNSTABLE | {f.BONE_FRAGMENT: False}, SURGERY, NO),
    ("STOP-23", "not proven", M | HAEM | {f.BONE_FRAGMENT: False, f.PROVEN: False}, SURGERY, NO),
    (
        "STOP-23",
        "irradiation that failed",
        M | HAEM | {f.BONE_FRAGMENT: False, f.PRIOR_RADIOTHERAPY: True, f.RADIOTHERAPY_FAILED: True},
        SURGERY,
        NO,
    ),
    (
        "STOP-23",
        "decline during irradiation",
        M
        | HAEM
        | {f.BONE_FRAGMENT: False, f.PRIOR_RADIOTHERAPY: True, f.RADIOTHERAPY_FAILED: False}
        | {f.DECLINE_WITH_RADIOTHERAPY: f.DeclineWithRadiotherapy.DURING},
        SURGERY,
        NO,
    ),
    (
        "STOP-23",
        "irradiation that held, without decline",
        M
        | HAEM
        | {f.BONE_FRAGMENT: False, f.PRIOR_RADIOTHERAPY: True, f.RADIOTHERAPY_FAILED: False}
        | {f.DECLINE_WITH_RADIOTHERAPY: f.DeclineWithRadiotherapy.NONE},
        SURGERY,
        YES,
    ),
    ("STOP-23", "radiotherapy", M | HAEM | {f.BONE_FRAGMENT: False}, RT, NO),
    ("STOP-25", "1c, the dose plan proves it", M | AT_1C | {f.DOSE_PLAN_PROVES: True}, SRS, NO),
    ("STOP-25", "1c, the dose plan does not", M | AT_1C | {f.DOSE_PLAN_PROVES: False}, SRS, YES),
    (
        "STOP-25",
        "1c, and yet a dose beyond the limit",
        M | AT_1C | {f.DOSE_PLAN_PROVES: True, f.RT_FRACTIONS: 3, f.CORD_DMAX: 25.0},
        SRS,
        YES,
    ),
    (
        "STOP-25",
        "1c, a dose within the limit",
        M | AT_1C | {f.DOSE_PLAN_PROVES: True, f.RT_FRACTIONS: 3, f.CORD_DMAX: 10.0},
        SRS,
        NO,
    ),
    ("STOP-25", "2, whatever the dose plan proves", M | {f.DOSE_PLAN_PROVES: True}, SRS, YES),
    ("STOP-25", "grade unknown", M | NO_GRADE, SRS, OPEN),
]

FRAMEWORKS: list[Row] = [
    ("NOMS-11", "breast, irradiated", M | BREAST | {f.PRIOR_RADIOTHERAPY: True}, {}, YES),
    ("NOMS-11", "lymphoma, irradiated", M | HAEM | {f.PRIOR_RADIOTHERAPY: True}, {}, YES),
    ("NOMS-11", "breast, never irradiated", M | BREAST, {}, NO),
    ("NOMS-11", "resistant anyway", M | {f.PRIOR_RADIOTHERAPY: True}, {}, NO),
    ("NOMS-11", "irradiated?", M | BREAST | {f.PRIOR_RADIOTHERAPY: None}, {}, OPEN),
    ("NOMS-11", "a primary", C | {f.PRIOR_RADIOTHERAPY: True}, {}, NO),
    ("NOMS-15", "moderately sensitive", M | BREAST, {}, YES),
    ("NOMS-15", "not in the table", M | {f.HISTOLOGY: "some carcinoma"}, {}, YES),
    ("NOMS-15", "intermediate", M | {f.HISTOLOGY: "met_hnscc"}, {}, YES),
    ("NOMS-15", "resistant", M, {}, NO),
    ("NOMS-15", "sensitive", M | {f.HISTOLOGY: "seminoma"}, {}, NO),
    ("NOMS-15", "haematological without a name", M | HAEM | {f.HISTOLOGY: None}, {}, OPEN),
    ("NOMS-15", "a primary", C, {}, NO),
    ("NOMS-16", "middle of SINS, no opinion", M | MIDDLE, {}, YES),
    ("NOMS-16", "middle of SINS, opinion", M | MIDDLE | {f.STABILITY_OPINION: False}, {}, NO),
    ("NOMS-16", "stable", M, {}, NO),
    ("NOMS-16", "unstable", M | UNSTABLE, {}, NO),
    ("NOMS-16", "pain unknown, may be in the middle", M | MIDDLE | {f.PAIN: None}, {}, OPEN),
    ("NOMS-16", "a primary", C | MIDDLE, {}, NO),
    ("NOMS-17", "not judged", M | {f.ABLE: None}, {}, YES),
    ("NOMS-17", "able, expected to live two months", M | CERTAIN | {f.LIFE_EXPECTANCY: 2.0}, {}, YES),
    ("NOMS-17", "able, three months", M | CERTAIN | {f.LIFE_EXPECTANCY: 3.0}, {}, NO),
    ("NOMS-17", "able, just under three months", M | CERTAIN | {f.LIFE_EXPECTANCY: 2.99}, {}, YES),
    ("NOMS-17", "able, ASA III", M | CERTAIN | {f.LIFE_EXPECTANCY: 9.0, f.ASA: f.AsaClass.III_E}, {}, NO),
    ("NOMS-17", "able, ASA IV", M | CERTAIN | {f.LIFE_EXPECTANCY: 9.0, f.ASA: f.AsaClass.IV_E}, {}, YES),
    (
        "NOMS-17",
        "able, ECOG 3 by the compression",
        M | CERTAIN | {f.LIFE_EXPECTANCY: 9.0, f.ECOG: 3, f.STATUS_BY_COMPRESSION: True},
        {},
        NO,
    ),
    (
        "NOMS-17",
        "able, ECOG 3 by the disease",
        M | CERTAIN | {f.LIFE_EXPECTANCY: 9.0, f.ECOG: 3, f.STATUS_BY_COMPRESSION: False},
        {},
        YES,
    ),
    (
        "NOMS-17",
        "able, ECOG 2 by the disease",
        M | CERTAIN | {f.LIFE_EXPECTANCY: 9.0, f.ECOG: 2, f.STATUS_BY_COMPRESSION: False},
        {},
        NO,
    ),
    (
        "NOMS-17",
        "able, bleeding not corrected",
        M | CERTAIN | {f.LIFE_EXPECTANCY: 9.0, f.UNCORRECTED_COAGULOPATHY: True},
        {},
        YES,
    ),
    ("NOMS-17", "able, nothing else known", M, {}, OPEN),
    ("NOMS-17", "unable", M | UNFIT, {}, NO),
    ("NOMS-17", "a primary", C | {f.ABLE: None}, {}, NO),
    ("NOMS-18", "no cord at L3", M | NO_CORD, CAUDA, YES),
    ("NOMS-18", "T8", M, {}, NO),
    ("NOMS-18", "cord seen at L1", M | {f.CORD_LEVEL: True}, {"level": Level.L1}, NO),
    ("NOMS-18", "nothing epidural", M | NO_CORD | {f.ESCC_REPORTED: E.GRADE_0}, CAUDA, NO),
    ("NOMS-18", "nobody has looked at L1", M, {"level": Level.L1}, OPEN),
    ("NOMS-18", "a primary", C | NO_CORD, CAUDA, NO),
    ("NOMS-19", "two areas", M | {f.COMPRESSED_AREAS: 2}, {}, YES),
    ("NOMS-19", "three areas", M | {f.COMPRESSED_AREAS: 3}, {}, YES),
    ("NOMS-19", "one area", M | {f.COMPRESSED_AREAS: 1}, {}, NO),
    ("NOMS-19", "not counted", M, {}, OPEN),
    ("NOMS-19", "a primary", C | {f.COMPRESSED_AREAS: 2}, {}, NO),
    ("LMNOP-01", "a metastasis", M, {}, YES),
    ("LMNOP-01", "a primary", C, {}, NO),
    (
        "LMNOP-02",
        "high grade without symptoms",
        M | {f.DECLINES_SURGERY: False, f.LIFE_EXPECTANCY: 12.0},
        {},
        YES,
    ),
    (
        "LMNOP-02",
        "high grade with symptoms",
        M | {f.DECLINES_SURGERY: False, f.LIFE_EXPECTANCY: 12.0, f.DEFICIT: True},
        {},
        NO,
    ),
    ("LMNOP-02", "wishes unknown", M | {f.DEFICIT: True, f.LIFE_EXPECTANCY: 12.0}, {}, OPEN),
    ("LMNOP-02", "a primary", C, {}, NO),
    ("ISOC-01", "a metastasis", M, {}, YES),
    ("ISOC-01", "a primary", C, {}, NO),
]

COMPRESSION: list[Row] = [
    ("DEC-01", "as in the trial", M | TRIAL, {}, YES),
    ("DEC-01", "two areas", M | TRIAL | {f.COMPRESSED_AREAS: 2}, {}, NO),
    ("DEC-01", "three months", M | TRIAL | {f.LIFE_EXPECTANCY: 3.0}, {}, YES),
    ("DEC-01", "just above three months", M | TRIAL | {f.LIFE_EXPECTANCY: 3.01}, {}, YES),
    ("DEC-01", "just under three months", M | TRIAL | {f.LIFE_EXPECTANCY: 2.99}, {}, NO),
    ("DEC-01", "moderately sensitive", M | TRIAL | BREAST, {}, YES),
    ("DEC-01", "germ cell", M | TRIAL | {f.HISTOLOGY: "seminoma"}, {}, NO),
    ("DEC-01", "lymphoma", M | TRIAL | HAEM, {}, NO),
    ("DEC-01", "a name that is not in the table", M | TRIAL | {f.HISTOLOGY: "some carcinoma"}, {}, OPEN),
    ("DEC-01", "cauda and not cord", M | TRIAL | NO_CORD, CAUDA, NO),
    ("DEC-01", "unfit", M | TRIAL | UNFIT, {}, NO),
    ("DEC-01", "contact only", M | TRIAL | AT_1C, {}, NO),
    ("DEC-01", "paraplegic for 84 hours and more", M | TRIAL | LOST, {}, NO),
    (
        "DEC-01",
        "paraplegic for a day at most",
        M | TRIAL | LOST | {f.PARAPLEGIC_SINCE: datetime(2026, 11, 19, 0)},
        {},
        YES,
    ),
    ("DEC-01", "survival not judged", M | TRIAL | {f.LIFE_EXPECTANCY: None}, {}, OPEN),
    ("DEC-01", "a primary", C | TRIAL | {f.ESCC_REPORTED: E.GRADE_3}, {}, NO),
    ("DEC-03", "two months", M | CALM | {f.LIFE_EXPECTANCY: 2.0}, {}, YES),
    ("DEC-03", "just under three months", M | CALM | {f.LIFE_EXPECTANCY: 2.99}, {}, YES),
    ("DEC-03", "three months", M | CALM | {f.LIFE_EXPECTANCY: 3.0}, {}, NO),
    ("DEC-03", "just above three months", M | CALM | {f.LIFE_EXPECTANCY: 3.01}, {}, NO),
    ("DEC-03", "bedridden by the disease", M | CALM | {f.ECOG: 4, f.STATUS_BY_COMPRESSION: False}, {}, YES),
    ("DEC-03", "bedridden by the compression", M | CALM | {f.ECOG: 4, f.STATUS_BY_COMPRESSION: True}, {}, NO),
    ("DEC-03", "ECOG 3 by the disease", M | CALM | {f.ECOG: 3, f.STATUS_BY_COMPRESSION: False}, {}, NO),
    ("DEC-03", "bedridden, by what?", M | CALM | {f.ECOG: 4}, {}, OPEN),
    ("DEC-03", "paraplegic for 84 hours and more", M | CALM | LOST, {}, YES),
    ("DEC-03", "paraplegic, since when?", M | CALM | {f.DEFICIT: True, f.PARAPLEGIC: True}, {}, OPEN),
    # Two days and some hours of the day of the case: it may be less than 48 hours, and it may be more.
    (
        "DEC-03",
        "paraplegic for 44 to 68 hours",
        M | CALM | LOST | {f.PARAPLEGIC_SINCE: datetime(2026, 11, 18, 4)},
        {},
        OPEN,
    ),
    ("DEC-03", "paraplegic for 48 hours", M | CALM | LOST | {f.PARAPLEGIC_SINCE: datetime(2026, 11, 19, 0)}, {}, NO),
    (
        "DEC-03",
        "paraplegic for a little over 48 hours",
        M | CALM | LOST | {f.PARAPLEGIC_SINCE: datetime(2026, 11, 17, 23, 59)},
        {},
        YES,
    ),
    ("DEC-03", "walks", M | CALM | {f.PARAPLEGIC: None, f.AMBULATION: "aided", f.DEFICIT: True}, {}, NO),
    ("DEC-03", "no compression", M | CALM | LOW | {f.LIFE_EXPECTANCY: 2.0}, {}, NO),
    ("DEC-04", "unstable by its score", M | HAEM | UNSTABLE, {}, YES),
    ("DEC-04", "fragment with compression", M | HAEM | {f.BONE_FRAGMENT: True}, {}, YES),
    ("DEC-04", "fragment, low grade, no myelopathy", M | HAEM | LOW | {f.BONE_FRAGMENT: True}, {}, NO),
    (
        "DEC-04",
        "fragment, low grade, myelopathy",
        M | HAEM | LOW | {f.BONE_FRAGMENT: True, f.MYELOPATHY: True},
        {},
        YES,
    ),
    ("DEC-04", "nothing calls for it", M | {f.BONE_FRAGMENT: False}, {}, NO),
    ("DEC-04", "fragment?", M, {}, OPEN),
    ("DEC-04", "unable", M | UNSTABLE | UNFIT, {}, NO),
    (
        "DEC-04",
        "decline after irradiation",
        M | {f.PRIOR_RADIOTHERAPY: True, f.DECLINE_WITH_RADIOTHERAPY: f.DeclineWithRadiotherapy.AFTER},
        {},
        YES,
    ),
    ("DEC-04", "no dose left", M | {f.PRIOR_RADIOTHERAPY: True, f.NO_DOSE_LEFT: True}, {}, YES),
    ("DEC-04", "tissue by surgery only", M | {f.PROVEN: False, f.TISSUE_ONLY_BY_SURGERY: True}, {}, YES),
    ("DEC-04", "a primary", C | UNSTABLE, {}, NO),
    ("DEC-05", "unable", M | UNFIT, {}, YES),
    ("DEC-05", "able, and declines", M | {f.DECLINES_SURGERY: True}, {}, YES),
    ("DEC-05", "able, and does not decline", M | {f.DECLINES_SURGERY: False}, {}, NO),
    ("DEC-05", "able, wishes unknown", M, {}, OPEN),
    ("DEC-05", "able?", M | {f.ABLE: None}, {}, OPEN),
    ("DEC-05", "no compression", M | UNFIT | LOW, {}, NO),
    (
        "DEC-05",
        "cauda equina pressed",
        M | UNFIT | LOW | NO_CORD | {f.DEFICIT: True, f.CAUDA_DEFICIT: True},
        CAUDA,
        YES,
    ),
    ("DEC-05", "sac effaced", M | UNFIT | AT_1C | NO_CORD | {f.SAC_EFFACED: True}, CAUDA, YES),
    ("DEC-05", "sac effaced?", M | UNFIT | AT_1C | NO_CORD, CAUDA, OPEN),
    ("DEC-05", "below the conus, without either", M | UNFIT | LOW | NO_CORD, CAUDA, NO),
    ("DEC-06", "a year to live", M | UNFIT | {f.LIFE_EXPECTANCY: 12.0}, {}, YES),
    ("DEC-06", "just over eight weeks", M | UNFIT | {f.LIFE_EXPECTANCY: 1.85}, {}, YES),
    ("DEC-06", "just under eight weeks", M | UNFIT | {f.LIFE_EXPECTANCY: 1.83}, {}, NO),
    ("DEC-06", "irradiated before", M | UNFIT | {f.LIFE_EXPECTANCY: 12.0, f.PRIOR_RADIOTHERAPY: True}, {}, NO),
    ("DEC-06", "survival not judged", M | UNFIT, {}, OPEN),
    ("DEC-08", "separation surgery", M, SURGERY, YES),
    ("DEC-08", "radiosurgery", M, SRS, NO),
    ("DEC-08", "a primary", C, SURGERY, NO),
    ("DEC-10", "no surgeon asked", M | {f.SURGEON_CONSULTED: False}, RT, YES),
    ("DEC-10", "not scored", M | UNSTABLE | {f.PAIN: None, f.COLLAPSE_REPORTED: None}, RT, YES),
    ("DEC-10", "both done", M, RT, NO),
    ("DEC-10", "surgeon asked?", M | {f.SURGEON_CONSULTED: None}, RT, OPEN),
    ("DEC-10", "no compression", M | LOW | {f.SURGEON_CONSULTED: False}, RT, NO),
    ("DEC-10", "surgery", M | {f.SURGEON_CONSULTED: False}, SURGERY, NO),
    ("DEC-11", "intact", M | UNFIT, {}, YES),
    ("DEC-11", "able, and does not decline", M | {f.DECLINES_SURGERY: False}, {}, NO),
    ("DEC-11", "paraplegic for 84 hours and more", M | UNFIT | LOST, {}, NO),
    ("DEC-11", "paraplegic, since when?", M | UNFIT | {f.DEFICIT: True, f.PARAPLEGIC: True}, {}, OPEN),
    ("DISAGREE-1", "painful, low grade", M | LOW | PAINFUL, {}, YES),
    ("DISAGREE-1", "painless", M | LOW, {}, NO),
    ("DISAGREE-1", "high grade", M | PAINFUL, {}, NO),
    ("DISAGREE-1", "painful?", M | LOW | {f.PAIN: None}, {}, OPEN),
    ("DISAGREE-1", "a primary", C | PAINFUL, {}, NO),
]

OF_ROW: dict[str, str] = {
    "MET-01": "renal cell carcinoma",
    "MET-02": "papillary thyroid carcinoma",
    "MET-03": "hepatocellular carcinoma",
    "MET-04": "melanoma",
    "MET-05": "NSCLC",
    "MET-06": "SCLC",
    "MET-07": "breast carcinoma",
    "MET-08": "prostate carcinoma",
    "MET-09": "colorectal carcinoma",
    "MET-10": "met_sarcoma",
    "MET-11": "seminoma",
    "MET-12": "carcinoma of unknown primary",
    "MET-13": "urothelial carcinoma",
    "MET-14": "met_hnscc",
    "MET-15": "ovarian carcinoma",
    "MET-16": "neuroendocrine carcinoma",
    "MET-17": "myeloid_sarcoma",
    "MET-18": "met_other",
}


def _of_primaries() -> list[Row]:
    nobody = M | {f.HISTOLOGY: None}
    rows: list[Row] = []
    for id, tumour in OF_ROW.items():
        kind = "haematological" if id == "MET-17" else "metastasis"
        rows.append((id, tumour, M | {f.HISTOLOGY: tumour, f.KIND: kind}, {}, YES))
        rows.append((id, "another", M | {f.HISTOLOGY: "melanoma" if id != "MET-04" else "SCLC"}, {}, NO))
        rows.append((id, "a primary", C, {}, NO))
        rows.append((id, "nobody knows what", nobody, {}, OPEN))
    rows.append(("MET-13", "stomach", nobody | {f.PRIMARY_SITE: PrimarySite.STOMACH}, {}, YES))
    rows.append(("MET-15", "endometrium", nobody | {f.PRIMARY_SITE: PrimarySite.ENDOMETRIUM}, {}, YES))
    rows.append(("MET-05", "lung, which?", nobody | {f.PRIMARY_SITE: PrimarySite.LUNG}, {}, OPEN))
    rows.append(("MET-06", "lung, which?", nobody | {f.PRIMARY_SITE: PrimarySite.LUNG}, {}, OPEN))
    rows.append(("MET-18", "a name that is not in the table", M | {f.HISTOLOGY: "some carcinoma"}, {}, YES))
    return rows


ROWS: list[Row] = [*STOPS, *FRAMEWORKS, *COMPRESSION, *_of_primaries()]

NEVER_OPEN = {
    "LMNOP-01": "a field that is not known is told as such",
    "ISOC-01": "a step that is not known is told as such",
    "DEC-08": "the act alone decides",
}
