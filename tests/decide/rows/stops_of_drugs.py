"""Rows of the stops about drugs and consent."""

from __future__ import annotations

from datetime import datetime, timedelta

from enbloc.case import fact as f
from enbloc.case.fact import PrimarySite
from enbloc.case.patient import Sex
from enbloc.decide import Circumstances
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.rows.systemic import cut
from tests.decide.situations import CHORDOMA, METASTASIS

E = f.EsccReported
START = datetime(2026, 11, 20, 8)
COUNTED = START - timedelta(hours=72)

M = METASTASIS | {
    f.DRUGS_COMPLETE: True,
    f.PLAN_ELECTIVE: True,
    f.NEUTROPHILS: 1.5,
    f.OPERATION_AT: START,
    f.BLOOD_COUNT_AT: COUNTED,
}
AGAIN = M | {f.VEGF_RESTART: True, f.VEGF_RESTART_UNHEALED: False}
NEVER_AGAIN = M | {f.VEGF_RESTART: False}

DENOSUMAB = METASTASIS | {
    f.DENOSUMAB: True,
    f.CALCIUM_CORRECTED: 2.2,
    f.CALCIUM_LOWER_LIMIT: 2.2,
    f.PREGNANT: False,
    f.AGE: 40.0,
    f.WEIGHT: 70.0,
    f.SKELETALLY_MATURE: True,
    f.DENTAL_CHECK: True,
    f.DENOSUMAB_OTHER: False,
    f.DENOSUMAB_STOPPED: False,
}
CHILD = DENOSUMAB | {f.AGE: 15.0, f.WEIGHT: 45.0}
WILLING = METASTASIS | {f.DECLINES_SURGERY: False, f.CAPACITY_OPEN: False, f.ADVANCE_DECISION: False}
FLARE = METASTASIS | {
    f.HISTOLOGY: "prostate carcinoma",
    f.HORMONE_NAIVE: True,
    f.GNRH_AGONIST: True,
    f.FLARE_COVER: False,
}
ADULT = METASTASIS | {f.AGE: 40.0, f.WEIGHT: 70.0, f.ADULT_FIGURES: True}
ACT = {"act": Act.SEPARATION}

ROWS: list[Row] = [
    ("STOP-17", "bevacizumab 27 days ago", NEVER_AGAIN, cut(("bevacizumab", 27)), YES),
    ("STOP-17", "bevacizumab 28 days ago", NEVER_AGAIN, cut(("bevacizumab", 28)), NO),
    ("STOP-17", "cabozantinib 27 days ago", NEVER_AGAIN, cut(("cabozantinib", 27)), YES),
    ("STOP-17", "cabozantinib 28 days ago", NEVER_AGAIN, cut(("cabozantinib", 28)), NO),
    ("STOP-17", "no emergency elective", NEVER_AGAIN | {f.PLAN_ELECTIVE: False}, cut(("bevacizumab", 1)), NO),
    ("STOP-17", "elective?", NEVER_AGAIN | {f.PLAN_ELECTIVE: None}, cut(("bevacizumab", 1)), OPEN),
    ("STOP-17", "last dose not known", NEVER_AGAIN, cut(("pazopanib", None)), OPEN),
    ("STOP-17", "last dose after the day of the case", NEVER_AGAIN, cut(("pazopanib", -3)), OPEN),
    ("STOP-17", "no such drug", M, cut(("docetaxel", 100)), NO),
    ("STOP-17", "the list may not be complete", M | {f.DRUGS_COMPLETE: None}, cut(), OPEN),
    ("STOP-17", "a drug that nobody knows", M, cut(("compound 17", 100)), OPEN),
    ("STOP-17", "a needle", NEVER_AGAIN, cut(("bevacizumab", 1), act=Act.BIOPSY), NO),
    ("STOP-17", "bevacizumab again after 27 days", AGAIN | {f.VEGF_RESTART_DAYS: 27}, cut(("bevacizumab", 90)), YES),
    ("STOP-17", "bevacizumab again after 28 days", AGAIN | {f.VEGF_RESTART_DAYS: 28}, cut(("bevacizumab", 90)), NO),
    ("STOP-17", "another again after 13 days", AGAIN | {f.VEGF_RESTART_DAYS: 13}, cut(("lenvatinib", 90)), YES),
    ("STOP-17", "another again after 14 days", AGAIN | {f.VEGF_RESTART_DAYS: 14}, cut(("lenvatinib", 90)), NO),
    (
        "STOP-17",
        "again with an unhealed wound",
        AGAIN | {f.VEGF_RESTART_DAYS: 60, f.VEGF_RESTART_UNHEALED: True},
        cut(("lenvatinib", 90)),
        YES,
    ),
    ("STOP-17", "again, when?", AGAIN, cut(("lenvatinib", 90)), OPEN),
    ("STOP-33", "all well", M, cut(), NO),
    ("STOP-33", "neutrophils 1.49", M | {f.NEUTROPHILS: 1.49}, cut(), YES),
    ("STOP-33", "neutrophils?", M | {f.NEUTROPHILS: None}, cut(), OPEN),
    ("STOP-33", "cytotoxic 20 days ago", M, cut(("FOLFIRI", 20)), YES),
    ("STOP-33", "cytotoxic 21 days ago", M, cut(("FOLFIRI", 21)), NO),
    ("STOP-33", "count of 72 hours and a minute", M | {f.BLOOD_COUNT_AT: COUNTED - timedelta(minutes=1)}, cut(), YES),
    ("STOP-33", "count of 71 hours", M | {f.BLOOD_COUNT_AT: COUNTED + timedelta(hours=1)}, cut(), NO),
    ("STOP-33", "count, when?", M | {f.BLOOD_COUNT_AT: None}, cut(), OPEN),
    ("STOP-33", "count from tomorrow", M | {f.BLOOD_COUNT_AT: START + timedelta(days=1)}, cut(), OPEN),
    ("STOP-33", "hour of the operation decides", M | {f.OPERATION_AT: datetime(2026, 11, 20)}, cut(), OPEN),
    ("STOP-33", "no day", M | {f.OPERATION_AT: None}, cut(circumstances=Circumstances()), OPEN),
    ("STOP-33", "urgent", M | {f.NEUTROPHILS: 0.2, f.PLAN_ELECTIVE: False}, cut(), NO),
    ("STOP-26", "all well", DENOSUMAB, {}, NO),
    ("STOP-26", "not planned", METASTASIS | {f.DENOSUMAB: False, f.DENOSUMAB_STOPPED: False}, {}, NO),
    ("STOP-26", "calcium below the limit", DENOSUMAB | {f.CALCIUM_CORRECTED: 2.19}, {}, YES),
    ("STOP-26", "calcium above the limit", DENOSUMAB | {f.CALCIUM_CORRECTED: 2.21}, {}, NO),
    ("STOP-26", "calcium?", DENOSUMAB | {f.CALCIUM_CORRECTED: None}, {}, OPEN),
    ("STOP-26", "pregnancy?", DENOSUMAB | {f.PREGNANT: None}, {}, OPEN),
    ("STOP-26", "a man", DENOSUMAB | {f.PREGNANT: None, f.SEX: Sex.MALE}, {}, NO),
    ("STOP-26", "pregnant", DENOSUMAB | {f.PREGNANT: True}, {}, YES),
    ("STOP-26", "a child, mature, 45 kg", CHILD, {}, NO),
    ("STOP-26", "a child, mature, 44.9 kg", CHILD | {f.WEIGHT: 44.9}, {}, YES),
    ("STOP-26", "a child, not mature", CHILD | {f.SKELETALLY_MATURE: False}, {}, YES),
    ("STOP-26", "no dental check", DENOSUMAB | {f.DENTAL_CHECK: False}, {}, YES),
    ("STOP-26", "another product", DENOSUMAB | {f.DENOSUMAB_OTHER: True}, {}, YES),
    (
        "STOP-26",
        "stopped without a plan",
        DENOSUMAB | {f.DENOSUMAB: False, f.DENOSUMAB_STOPPED: True, f.REBOUND_PLAN: False},
        {},
        YES,
    ),
    ("STOP-26", "planned?", METASTASIS, {}, OPEN),
    ("STOP-28", "willing", WILLING, ACT, NO),
    ("STOP-28", "declines", WILLING | {f.DECLINES_SURGERY: True}, ACT, YES),
    ("STOP-28", "capacity open", WILLING | {f.CAPACITY_OPEN: True}, ACT, YES),
    ("STOP-28", "advance decision", WILLING | {f.ADVANCE_DECISION: True}, ACT, YES),
    (
        "STOP-28",
        "advance decision against surgery alone",
        WILLING | {f.ADVANCE_DECISION: True, f.REFUSED: False},
        {"act": Act.RADIOTHERAPY},
        NO,
    ),
    ("STOP-28", "observation", WILLING | {f.DECLINES_SURGERY: True}, {"act": Act.OBSERVATION}, NO),
    ("STOP-28", "nobody has asked", METASTASIS, ACT, OPEN),
    ("STOP-34", "agonist alone", FLARE, {}, YES),
    ("STOP-34", "covered", FLARE | {f.FLARE_COVER: True}, {}, NO),
    ("STOP-34", "not naive", FLARE | {f.HORMONE_NAIVE: False}, {}, NO),
    ("STOP-34", "no epidural disease", FLARE | {f.ESCC_REPORTED: E.GRADE_0}, {}, NO),
    ("STOP-34", "renal", FLARE | {f.HISTOLOGY: "renal cell carcinoma"}, {}, NO),
    ("STOP-34", "a chordoma", CHORDOMA | {f.HISTOLOGY: None}, {}, NO),
    ("STOP-34", "by the site alone", FLARE | {f.HISTOLOGY: None, f.PRIMARY_SITE: PrimarySite.PROSTATE}, {}, YES),
    ("STOP-34", "which tumour?", FLARE | {f.HISTOLOGY: None}, {}, OPEN),
    ("STOP-34", "cover?", FLARE | {f.FLARE_COVER: None}, {}, OPEN),
    ("STOP-35", "an adult", ADULT, ACT, NO),
    ("STOP-35", "age 17", ADULT | {f.AGE: 17.0}, ACT, YES),
    ("STOP-35", "eighteen this year", ADULT | {f.AGE: 18.0}, ACT, OPEN),
    ("STOP-35", "nineteen this year", ADULT | {f.AGE: 19.0}, ACT, NO),
    ("STOP-35", "a child, figures of children", ADULT | {f.AGE: 10.0, f.ADULT_FIGURES: False}, ACT, NO),
    ("STOP-35", "weight?", ADULT | {f.WEIGHT: None}, ACT, OPEN),
    ("STOP-35", "age?", ADULT | {f.AGE: None}, ACT, OPEN),
]
