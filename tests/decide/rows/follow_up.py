"""Rows of the rules about follow-up and palliative care."""

from __future__ import annotations

from datetime import date
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.neurology import Ambulation
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS

M, C = METASTASIS, CHORDOMA
IN_MAY = date(2026, 5, 20)


def treated(
    kind: TreatmentKind = TreatmentKind.OPERATION,
    what: str = "resection",
    day: date | None = IN_MAY,
    levels: tuple[Level, ...] = (Level.T8,),
) -> dict[str, Any]:
    return {"treatments": (Treatment(kind=kind, what=what, ended=day, levels=levels),)}


OPERATED = treated()
SBRT = treated(TreatmentKind.RADIOTHERAPY, "SBRT")
BEAM = treated(TreatmentKind.RADIOTHERAPY, "30 Gy in 10")
BOTH: dict[str, Any] = {"treatments": (*OPERATED["treatments"], *SBRT["treatments"])}
UNDATED = treated(day=None)
UNPLACED = treated(levels=())
SBRT_UNDATED = treated(TreatmentKind.RADIOTHERAPY, "SBRT", day=None)
CONVENTIONAL = {f.STEREOTACTIC_BEFORE: False}


def named(histology: str) -> dict[Any, Any]:
    return C | {f.HISTOLOGY: histology}


SCHWANNOMA = named("Schwannoma")
WHOLE = {f.RESECTION_EXTENT: f.ResectionExtent.GROSS_TOTAL}
PART = {f.RESECTION_EXTENT: f.ResectionExtent.SUBTOTAL}
MENINGIOMA = named("Meningioma, CNS WHO grade 1")
BENIGN = named("Benign notochordal cell tumour") | {f.PAIN: f.PainCharacter.NONE, f.DEFICIT: False}
WATCHED = {"act": Act.OBSERVATION}

HISTOLOGIES: tuple[tuple[str, str, dict[Any, Any]], ...] = (
    ("FU-04", "chordoma", {}),
    ("FU-05", "chondrosarcoma", {}),
    ("FU-06", "Osteosarcoma", {}),
    ("FU-07", "gct", {}),
    ("FU-08", "Osteoblastoma", {}),
    ("FU-09", "Meningioma, CNS WHO grade 1", WHOLE),
    ("FU-10", "Schwannoma", WHOLE),
    ("FU-11", "Spinal ependymoma, grade 2", {}),
    ("FU-13", "plasmacytoma", {}),
)
BY_HISTOLOGY: list[Row] = [
    row
    for id, name, more in HISTOLOGIES
    for row in (
        (id, f"{name}, operated", named(name) | more, OPERATED, YES),
        (id, f"{name}, irradiated", named(name) | more, BEAM, YES),
        (id, f"{name}, not treated", named(name) | more, {}, NO),
        (id, f"{name}, treated elsewhere", named(name) | more, treated(levels=(Level.L3,)), NO),
        (id, f"{name}, when?", named(name) | more, UNDATED, OPEN),
        (id, f"{name}, where?", named(name) | more, UNPLACED, OPEN),
        (id, f"{name}, tomorrow", named(name) | more, treated(day=date(2026, 11, 21)), OPEN),
        (id, "metastasis", M, OPERATED, NO),
    )
]

WELL: dict[Any, Any] = {
    f.ECOG: 1,
    f.LIFE_EXPECTANCY: 12.0,
    f.NO_THERAPY_LEFT: False,
    f.PAIN_AFTER_48_HOURS: 2,
    f.DYSPNOEA: False,
    f.CAREGIVER_DISTRESS: False,
    f.AMBULATION: Ambulation.INDEPENDENT.value,
    f.LAST_DAYS: False,
}
FINE = C | WELL
MONTH = 365.25 / 12
CALM = {f.DEFICIT: False, f.MYELOPATHY: False, f.PAIN: f.PainCharacter.NONE}

ROWS: list[Row] = [
    ("FU-01", "SBRT by name", M, SBRT, YES),
    ("FU-01", "SBRT as stated", M | {f.STEREOTACTIC_BEFORE: True}, BEAM, YES),
    ("FU-01", "conventional", M | CONVENTIONAL, BEAM, NO),
    ("FU-01", "which?", M, BEAM, OPEN),
    ("FU-01", "when?", M, SBRT_UNDATED, OPEN),
    ("FU-01", "not irradiated", M, {}, NO),
    ("FU-01", "chordoma", C, SBRT, NO),
    ("FU-16", "group not named", M, SBRT, YES),
    ("FU-16", "high risk", M | {f.RISK_GROUP: f.RiskGroup.HIGH}, SBRT, YES),
    ("FU-16", "conventional", M | CONVENTIONAL, BEAM, NO),
    ("FU-16", "which?", M, BEAM, OPEN),
    ("FU-02", "operated and SBRT", M, BOTH, YES),
    ("FU-02", "SBRT only", M, SBRT, NO),
    ("FU-02", "operated only", M, OPERATED, NO),
    (
        "FU-02",
        "operated, and irradiated somehow",
        M,
        {"treatments": (*OPERATED["treatments"], *BEAM["treatments"])},
        OPEN,
    ),
    ("FU-03", "conventional", M | CONVENTIONAL, BEAM, YES),
    ("FU-03", "SBRT", M, SBRT, NO),
    ("FU-03", "not irradiated", M, {}, NO),
    ("FU-03", "which?", M, BEAM, OPEN),
    *BY_HISTOLOGY,
    ("FU-09", "extent?", MENINGIOMA, OPERATED, OPEN),
    ("FU-09", "subtotal", MENINGIOMA | PART, OPERATED, YES),
    ("FU-10", "extent?", SCHWANNOMA, OPERATED, OPEN),
    ("FU-12", "silent, observed", BENIGN, WATCHED, YES),
    ("FU-12", "painful", BENIGN | {f.PAIN: f.PainCharacter.NOT_MECHANICAL}, WATCHED, NO),
    ("FU-12", "typical haemangioma", BENIGN | {f.HISTOLOGY: "haemangioma_typ"}, WATCHED, NO),
    ("FU-12", "chordoma", C, WATCHED, NO),
    ("FU-12", "operated on", BENIGN, {"act": Act.EN_BLOC}, NO),
    ("FU-12", "painful?", BENIGN | {f.PAIN: None}, WATCHED, OPEN),
    ("FU-14", "a new deficit", M | CALM | {f.DEFICIT: True}, OPERATED, YES),
    ("FU-14", "a new deficit, treated nobody knows when", M | CALM | {f.DEFICIT: True}, UNDATED, YES),
    ("FU-14", "mechanical pain", M | CALM | {f.PAIN: f.PainCharacter.MECHANICAL}, OPERATED, YES),
    ("FU-14", "calm", M | CALM, OPERATED, NO),
    ("FU-14", "not treated", M | {f.DEFICIT: True}, {}, NO),
    ("FU-14", "signs?", M | CALM | {f.MYELOPATHY: None}, OPERATED, OPEN),
    ("FU-15", "recurrence", M | {f.RECURRENT: True}, OPERATED, YES),
    ("FU-15", "none", M | {f.RECURRENT: False}, OPERATED, NO),
    ("FU-15", "never treated", M | {f.RECURRENT: True}, {}, NO),
    ("FU-15", "recurrence?", M, OPERATED, OPEN),
    ("PALL-01", "a metastasis", M | WELL, {}, YES),
    ("PALL-01", "nothing calls for it", FINE, {}, NO),
    ("PALL-01", "ECOG 2", FINE | {f.ECOG: 2}, {}, NO),
    ("PALL-01", "ECOG 3", FINE | {f.ECOG: 3}, {}, YES),
    ("PALL-01", "ECOG 4", FINE | {f.ECOG: 4}, {}, YES),
    ("PALL-01", "2.9 months", FINE | {f.LIFE_EXPECTANCY: 2.9}, {}, YES),
    ("PALL-01", "3 months", FINE | {f.LIFE_EXPECTANCY: 3.0}, {}, NO),
    ("PALL-01", "3.1 months", FINE | {f.LIFE_EXPECTANCY: 3.1}, {}, NO),
    ("PALL-01", "pain 6", FINE | {f.PAIN_AFTER_48_HOURS: 6}, {}, NO),
    ("PALL-01", "pain 7", FINE | {f.PAIN_AFTER_48_HOURS: 7}, {}, YES),
    ("PALL-01", "pain 8", FINE | {f.PAIN_AFTER_48_HOURS: 8}, {}, YES),
    ("PALL-01", "dyspnoea", FINE | {f.DYSPNOEA: True}, {}, YES),
    ("PALL-01", "last days", FINE | {f.LAST_DAYS: True}, {}, YES),
    (
        "PALL-01",
        "walking lost under compression",
        FINE | {f.AMBULATION: Ambulation.NONE.value, f.ESCC_REPORTED: f.EsccReported.GRADE_2},
        {},
        YES,
    ),
    ("PALL-01", "not asked", FINE | {f.CAREGIVER_DISTRESS: None}, {}, OPEN),
    ("PALL-02", "not for active treatment", M | {f.NOT_FOR_ACTIVE_TREATMENT: True}, {}, YES),
    ("PALL-02", "for active treatment", M | {f.NOT_FOR_ACTIVE_TREATMENT: False}, {}, NO),
    ("PALL-02", "nobody says", M, {}, OPEN),
    ("PALL-03", "just under four weeks", M | {f.LIFE_EXPECTANCY: 27.9 / MONTH}, {}, NO),
    ("PALL-03", "four weeks", M | {f.LIFE_EXPECTANCY: 28.0001 / MONTH}, {}, YES),
    ("PALL-03", "just over four weeks", M | {f.LIFE_EXPECTANCY: 28.1 / MONTH}, {}, YES),
    ("PALL-03", "a primary tumour", FINE, {}, NO),
    ("PALL-03", "nobody says", M, {}, OPEN),
    ("PALL-04", "a plan against it", M | {f.AGGRESSIVE_SURGERY_UNWANTED: True}, {}, YES),
    ("PALL-04", "an advance decision", M | {f.ADVANCE_DECISION: True}, {}, YES),
    ("PALL-04", "none against it", M | {f.AGGRESSIVE_SURGERY_UNWANTED: False}, {}, NO),
    ("PALL-04", "not recorded", M, {}, OPEN),
]
