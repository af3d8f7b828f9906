"""Rows of the rules about systemic drugs and their wash-out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide import Circumstances
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import METASTASIS, TODAY


def drug(what: str, days: int | None) -> Treatment:
    """A systemic drug of which the last dose was so many days ago."""
    ended = None if days is None else TODAY - timedelta(days=days)
    return Treatment(kind=TreatmentKind.SYSTEMIC, what=what, ended=ended)


def cut(*drugs: tuple[str, int | None], act: Act = Act.SEPARATION, **more: Any) -> dict[str, Any]:
    """An operation after these drugs."""
    return {"act": act, "treatments": tuple(drug(*one) for one in drugs), **more}


M = METASTASIS | {f.DRUGS_COMPLETE: True, f.PLAN_ELECTIVE: True, f.NEUTROPHILS: 4.0, f.PLATELETS: 250.0}
FORGOTTEN = M | {f.DRUGS_COMPLETE: None}
URGENT = {f.PLAN_ELECTIVE: False}
CHECKED = M | {f.ENDOCRINE_CHECKED: True, f.STEROID_DAILY: 16.0, f.STEROID_PLANNED_DAYS: 14}
ICI = {"treatments": (drug("pembrolizumab", 30),)}
TIMELESS = Circumstances()
TOMORROW = datetime(2026, 11, 21, 8)

ROWS: list[Row] = [
    ("SYS-01", "bevacizumab 41 days ago", M, cut(("bevacizumab", 41)), YES),
    ("SYS-01", "bevacizumab 42 days ago", M, cut(("bevacizumab", 42)), NO),
    ("SYS-01", "another drug", M, cut(("pazopanib", 1)), NO),
    ("SYS-01", "last dose not known", M, cut(("Avastin", None)), OPEN),
    ("SYS-01", "last dose after the day of the case", M, cut(("bevacizumab", -1)), OPEN),
    ("SYS-01", "no day of the case", M, cut(("bevacizumab", 41), circumstances=TIMELESS), OPEN),
    ("SYS-01", "the list may not be complete", FORGOTTEN, cut(), OPEN),
    ("SYS-01", "a drug that nobody knows", M, cut(("compound 17", 41)), OPEN),
    ("SYS-01", "radiotherapy", M, cut(("bevacizumab", 1), act=Act.RADIOTHERAPY), NO),
    ("SYS-02", "cabozantinib, the longer of two values", M, cut(("cabozantinib", 27)), YES),
    ("SYS-02", "cabozantinib, out", M, cut(("cabozantinib", 28)), NO),
    ("SYS-02", "out on the day of the operation", M | {f.OPERATION_AT: TOMORROW}, cut(("cabozantinib", 27)), NO),
    ("SYS-02", "last dose not known", M, cut(("axitinib", None)), OPEN),
    ("SYS-03", "sunitinib 20 days ago", M, cut(("Sutent", 20)), YES),
    ("SYS-03", "sunitinib 21 days ago", M, cut(("Sutent", 21)), NO),
    ("SYS-03", "last dose not known", M, cut(("lenvatinib", None)), OPEN),
    ("SYS-04", "checkpoint inhibitor", M, cut(("nivolumab", 90)), YES),
    ("SYS-04", "none", M, cut(), NO),
    ("SYS-04", "a biopsy", M, cut(("nivolumab", 90), act=Act.BIOPSY), NO),
    ("SYS-04", "the list may not be complete", FORGOTTEN, cut(), OPEN),
    ("SYS-05", "osimertinib two days ago", M, cut(("osimertinib", 2)), YES),
    ("SYS-05", "osimertinib three days ago", M, cut(("osimertinib", 3)), NO),
    ("SYS-05", "last dose not known", M, cut(("dabrafenib", None)), OPEN),
    ("SYS-06", "27 days ago", M, cut(("FOLFOX", 27)), YES),
    ("SYS-06", "28 days ago", M, cut(("FOLFOX", 28)), NO),
    ("SYS-06", "28 days ago, neutrophils 1.5", M | {f.NEUTROPHILS: 1.5}, cut(("docetaxel", 28)), YES),
    ("SYS-06", "28 days ago, neutrophils 1.6", M | {f.NEUTROPHILS: 1.6}, cut(("docetaxel", 28)), NO),
    ("SYS-06", "28 days ago, platelets 100", M | {f.PLATELETS: 100.0}, cut(("docetaxel", 28)), YES),
    ("SYS-06", "28 days ago, platelets 101", M | {f.PLATELETS: 101.0}, cut(("docetaxel", 28)), NO),
    ("SYS-06", "28 days ago, no blood count", M | {f.NEUTROPHILS: None}, cut(("docetaxel", 28)), OPEN),
    ("SYS-06", "no cytotoxic drug", M | {f.NEUTROPHILS: 1.0}, cut(), NO),
    ("SYS-07", "palbociclib 6 days ago", M, cut(("palbociclib", 6)), YES),
    ("SYS-07", "palbociclib 7 days ago", M, cut(("palbociclib", 7)), NO),
    ("SYS-07", "everolimus 13 days ago", M, cut(("everolimus", 13)), YES),
    ("SYS-07", "everolimus 14 days ago", M, cut(("everolimus", 14)), NO),
    ("SYS-07", "last dose not known", M, cut(("everolimus", None)), OPEN),
    ("SYS-08", "zoledronate", M | {f.DENOSUMAB: False}, cut(("zoledronic acid", None)), YES),
    ("SYS-08", "neither", M | {f.DENOSUMAB: False}, cut(), NO),
    ("SYS-08", "denosumab?", M, cut(), OPEN),
    ("SYS-09", "urgent, inside", M | URGENT, cut(("lenvatinib", 6)), YES),
    ("SYS-09", "urgent, out", M | URGENT, cut(("lenvatinib", 7)), NO),
    ("SYS-09", "elective", M, cut(("lenvatinib", 6)), NO),
    ("SYS-09", "urgent?", M | {f.PLAN_ELECTIVE: None}, cut(("lenvatinib", 6)), OPEN),
    ("SYS-10", "BRAF inhibitor 6 days ago", M, cut(("vemurafenib", 6), act=Act.RADIOSURGERY), YES),
    ("SYS-10", "BRAF inhibitor 7 days ago", M, cut(("vemurafenib", 7), act=Act.RADIOSURGERY), NO),
    (
        "SYS-10",
        "radiosurgery planned later",
        M | {f.RADIOTHERAPY_DAY: TODAY + timedelta(days=1)},
        cut(("vemurafenib", 6), act=Act.RADIOSURGERY),
        NO,
    ),
    ("SYS-10", "EGFR inhibitor", M, cut(("osimertinib", 1), act=Act.RADIOSURGERY), NO),
    ("SYS-10", "conventional radiotherapy", M, cut(("vemurafenib", 1), act=Act.RADIOTHERAPY), NO),
    ("SYS-10", "last dose not known", M, cut(("pazopanib", None), act=Act.RADIOSURGERY), OPEN),
    ("SYS-11", "tivozanib 23 days ago", M, cut(("tivozanib", 23)), YES),
    ("SYS-11", "tivozanib 24 days ago", M, cut(("tivozanib", 24)), NO),
    ("SYS-11", "not listed, 27 days ago", M, cut(("new anti-VEGF antibody", 27)), YES),
    ("SYS-11", "not listed, 28 days ago: five half-lives?", M, cut(("new anti-VEGF antibody", 28)), OPEN),
    ("SYS-12", "checked, 16 mg, 14 days", CHECKED, ICI, NO),
    ("SYS-12", "above 16 mg", CHECKED | {f.STEROID_DAILY: 16.1}, ICI, YES),
    ("SYS-12", "15 days", CHECKED | {f.STEROID_PLANNED_DAYS: 15}, ICI, YES),
    ("SYS-12", "nobody has checked", CHECKED | {f.ENDOCRINE_CHECKED: None}, ICI, YES),
    ("SYS-12", "no checkpoint inhibitor", M, {}, NO),
    ("SYS-12", "how much steroid?", CHECKED | {f.STEROID_DAILY: None}, ICI, OPEN),
    ("SYS-13", "neutrophils 0.9", M | URGENT | {f.NEUTROPHILS: 0.9}, cut(), YES),
    ("SYS-13", "neutrophils 1.0", M | URGENT | {f.NEUTROPHILS: 1.0}, cut(), NO),
    ("SYS-13", "elective", M | {f.NEUTROPHILS: 0.9}, cut(), NO),
    ("SYS-13", "day 6", M | URGENT, cut(("carboplatin", 6)), NO),
    ("SYS-13", "day 7", M | URGENT, cut(("carboplatin", 7)), YES),
    ("SYS-13", "day 14", M | URGENT, cut(("carboplatin", 14)), YES),
    ("SYS-13", "day 15", M | URGENT, cut(("carboplatin", 15)), NO),
    ("SYS-13", "neutrophils?", M | URGENT | {f.NEUTROPHILS: None}, cut(), OPEN),
    ("DISAGREE-11", "41 days", M, cut(("bevacizumab", 41)), YES),
    ("DISAGREE-11", "42 days", M, cut(("bevacizumab", 42)), NO),
    ("DISAGREE-11", "last dose not known", M, cut(("bevacizumab", None)), OPEN),
]
