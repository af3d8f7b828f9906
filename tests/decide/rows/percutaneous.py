"""Rows of the rules about cement and ablation and of their stops, every limit on, below and above."""

from __future__ import annotations

from datetime import date
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import AblationKind, Allergen, CementLeak, HormoneRelease
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE, STABLE, UNSTABLE

E = f.EsccReported
CEMENT: dict[str, Any] = {"act": Act.CEMENT}
ABLATE: dict[str, Any] = {"act": Act.ABLATION}
RADIATE: dict[str, Any] = {"act": Act.RADIOTHERAPY}
FIX: dict[str, Any] = {"act": Act.STABILISATION}

CLEAN: dict[Any, Any] = {f.INFECTION_EXCLUDED: True, f.UNCORRECTED_COAGULOPATHY: False, f.BACTERAEMIA: False}
CALM: dict[Any, Any] = METASTASIS | CLEAN | {f.ESCC_REPORTED: E.GRADE_1A, f.BONE_FRAGMENT: False}
SICK: dict[Any, Any] = {f.INFECTION_EXCLUDED: False, f.DEFICIT: True, f.TEMPERATURE: 39.0}
BARE: dict[Any, Any] = CALM | {f.DECOMPRESSION_PLANNED: False, f.ALLERGIES: (Allergen.NONE,)}
COVERED: dict[Any, Any] = BARE | {f.DECOMPRESSION_PLANNED: True}
OSTEOID: dict[Any, Any] = CHORDOMA | CLEAN | {f.HISTOLOGY: "Osteoid osteoma", f.BONE_FRAGMENT: False}
CHANGE_AT_1C: dict[Any, Any] = {f.ESCC_REPORTED: E.GRADE_1C}

FRACTURE: dict[Any, Any] = CALM | {
    f.PAIN: f.PainCharacter.MECHANICAL,
    f.PAINFUL_FRACTURES: 2,
    f.PERCUSSION_PAIN: True,
    f.PAIN_SCORE: 6,
    f.ROLAND_MORRIS: 18,
    f.MARROW_OEDEMA: True,
    f.LIFE_EXPECTANCY: 9.0,
}
HEAT: dict[Any, Any] = BARE | {
    f.PAIN: f.PainCharacter.NOT_MECHANICAL,
    f.ABLATION_KIND: AblationKind.RADIOFREQUENCY,
    f.ABLATION_TO_NERVE: 12.0,
    f.THERMAL_PROTECTION: False,
    f.ABLATION_LESIONS: 3,
    f.RADIOTHERAPY_FAILED: True,
    f.AUGMENTATION_PLANNED: True,
}
COLD: dict[Any, Any] = HEAT | {f.ABLATION_KIND: AblationKind.CRYOABLATION}
LASER: dict[Any, Any] = HEAT | {
    f.ABLATION_KIND: AblationKind.LASER,
    f.ESCC_REPORTED: E.GRADE_2,
    f.ABLE: False,
}
VOLUME: dict[Any, Any] = CALM | {
    f.CEMENT_VOLUME: 30.0,
    f.CEMENT_LEVELS: 3,
    f.CARDIOPULMONARY: False,
    f.RIGHT_TO_LEFT_SHUNT: False,
}
NET: dict[Any, Any] = METASTASIS | {f.HISTOLOGY: "neuroendocrine carcinoma"}

ROWS: list[Row] = [
    ("PERC-01", "as in the trial", FRACTURE, {}, YES),
    *(
        ("PERC-01", f"{fact.words} {value}", FRACTURE | {fact: value}, {}, verdict)
        for fact, value, verdict in (
            (f.PAINFUL_FRACTURES, 0, NO),
            (f.PAINFUL_FRACTURES, 1, YES),
            (f.PAINFUL_FRACTURES, 3, YES),
            (f.PAINFUL_FRACTURES, 4, NO),
            (f.PAIN_SCORE, 3, NO),
            (f.PAIN_SCORE, 4, YES),
            (f.PAIN_SCORE, 5, YES),
            (f.ROLAND_MORRIS, 9, NO),
            (f.ROLAND_MORRIS, 10, YES),
            (f.ROLAND_MORRIS, 11, YES),
            (f.LIFE_EXPECTANCY, 2.9, NO),
            (f.LIFE_EXPECTANCY, 3.0, YES),
            (f.LIFE_EXPECTANCY, 3.1, YES),
        )
    ),
    ("PERC-01", "above T5", FRACTURE, {"level": Level.T4}, NO),
    ("PERC-01", "at T5", FRACTURE, {"level": Level.T5}, YES),
    ("PERC-01", "sacral", FRACTURE, {"level": Level.S1}, NO),
    ("PERC-01", "not proven", FRACTURE | {f.PROVEN: False}, {}, NO),
    ("PERC-01", "on percussion?", FRACTURE | {f.PERCUSSION_PAIN: None}, {}, OPEN),
    ("PERC-02", "nothing against it", BARE, CEMENT, NO),
    ("PERC-02", "ESCC 2", BARE | {f.ESCC_REPORTED: E.GRADE_2}, CEMENT, YES),
    ("PERC-02", "unstable, no fixation", BARE | UNSTABLE | {f.FIXATION_PLANNED: False}, CEMENT, YES),
    ("PERC-02", "unstable, fixed", BARE | UNSTABLE | {f.FIXATION_PLANNED: True}, CEMENT, NO),
    ("PERC-02", "allergy", BARE | {f.ALLERGIES: (Allergen.CEMENT,)}, CEMENT, YES),
    ("PERC-02", "plasmacytoma", BARE | {f.KIND: "primary", f.HISTOLOGY: "plasmacytoma"}, CEMENT, YES),
    ("PERC-02", "allergy?", CALM, CEMENT, OPEN),
    ("PERC-02", "no cement", BARE | {f.ESCC_REPORTED: E.GRADE_2}, RADIATE, NO),
    ("PERC-03", "wall broken", CALM | {f.POSTERIOR_WALL_BREACH: True}, CEMENT, YES),
    ("PERC-03", "wall whole", CALM | {f.POSTERIOR_WALL_BREACH: False}, CEMENT, NO),
    ("PERC-03", "wall?", CALM, CEMENT, OPEN),
    ("PERC-03", "no cement", CALM, RADIATE, NO),
    ("DISAGREE-9", "wall broken", CALM | {f.POSTERIOR_WALL_BREACH: True}, CEMENT, YES),
    ("DISAGREE-9", "wall whole", CALM | {f.POSTERIOR_WALL_BREACH: False}, CEMENT, NO),
    ("DISAGREE-9", "wall?", CALM, CEMENT, OPEN),
    ("DISAGREE-9", "no cement", CALM, RADIATE, NO),
    ("PERC-04", "ESCC 1a", CALM, CEMENT, YES),
    ("PERC-04", "ESCC 0", CALM | {f.ESCC_REPORTED: E.GRADE_0}, CEMENT, NO),
    ("PERC-04", "ESCC 1c", CALM | CHANGE_AT_1C, CEMENT, YES),
    ("PERC-04", "ESCC?", CALM | {f.ESCC_REPORTED: None}, CEMENT, OPEN),
    ("PERC-04", "no cement", CALM, RADIATE, NO),
    ("PERC-05", "type B", CALM | {f.CEMENT_LEAK: (CementLeak.B,), f.CEMENT_IN_CANAL: False}, {}, YES),
    ("PERC-05", "in the canal", CALM | {f.CEMENT_IN_CANAL: True}, {}, YES),
    ("PERC-05", "none", CALM | {f.CEMENT_LEAK: (CementLeak.NONE,), f.CEMENT_IN_CANAL: False}, {}, NO),
    ("PERC-05", "none, canal?", CALM | {f.CEMENT_LEAK: (CementLeak.NONE,)}, {}, OPEN),
    ("PERC-05", "no cement yet", CALM, {}, NO),
    ("PERC-06", "within the limits", HEAT, ABLATE, YES),
    ("PERC-06", "outside: said so", HEAT | CHANGE_AT_1C, ABLATE, YES),
    ("PERC-06", "how far?", HEAT | {f.ABLATION_TO_NERVE: None, f.CORTEX_INTACT: None}, ABLATE, OPEN),
    (
        "PERC-06",
        "a nidus, which has its own row",
        HEAT | {f.KIND: "primary", f.HISTOLOGY: "osteoid osteoma"},
        ABLATE,
        NO,
    ),
    ("PERC-06", "cold", COLD, ABLATE, NO),
    ("PERC-06", "cement", HEAT, CEMENT, NO),
    ("PERC-07", "within the limits", COLD, ABLATE, YES),
    ("PERC-07", "heat", HEAT, ABLATE, NO),
    ("PERC-07", "how far?", COLD | {f.ABLATION_TO_NERVE: None}, ABLATE, OPEN),
    ("PERC-08", "within the limits", LASER, ABLATE, YES),
    ("PERC-08", "heat", HEAT, ABLATE, NO),
    ("PERC-08", "fit?", LASER | {f.ABLE: None}, ABLATE, OPEN),
    *(
        ("PERC-09", f"nidus at {mm} mm", OSTEOID | {f.NIDUS_TO_NERVE: mm}, ABLATE, verdict)
        for mm, verdict in ((4.9, YES), (5.0, NO), (5.1, NO))
    ),
    ("PERC-09", "how far?", OSTEOID, ABLATE, OPEN),
    ("PERC-09", "a metastasis", HEAT, ABLATE, NO),
    ("PERC-09", "excised", OSTEOID | {f.NIDUS_TO_NERVE: 2.0}, {"act": Act.INTRALESIONAL}, NO),
    ("PERC-10", "SINS 7, alone", HEAT | MIDDLE | {f.AUGMENTATION_PLANNED: False}, ABLATE, YES),
    ("PERC-10", "SINS 7, augmented", HEAT | MIDDLE, ABLATE, NO),
    ("PERC-10", "stable", HEAT | STABLE | {f.AUGMENTATION_PLANNED: False}, ABLATE, NO),
    ("PERC-10", "augmented?", HEAT | MIDDLE | {f.AUGMENTATION_PLANNED: None}, ABLATE, OPEN),
    ("PERC-10", "irradiated", HEAT | MIDDLE | {f.AUGMENTATION_PLANNED: False}, RADIATE, NO),
    ("PERC-11", "at both limits", VOLUME, CEMENT, NO),
    ("PERC-11", "29.9 mL", VOLUME | {f.CEMENT_VOLUME: 29.9}, CEMENT, NO),
    ("PERC-11", "30.1 mL", VOLUME | {f.CEMENT_VOLUME: 30.1}, CEMENT, YES),
    ("PERC-11", "two levels", VOLUME | {f.CEMENT_LEVELS: 2}, CEMENT, NO),
    ("PERC-11", "four levels", VOLUME | {f.CEMENT_LEVELS: 4}, CEMENT, YES),
    ("PERC-11", "shunt", VOLUME | {f.RIGHT_TO_LEFT_SHUNT: True}, CEMENT, YES),
    ("PERC-11", "shunt?", VOLUME | {f.RIGHT_TO_LEFT_SHUNT: None}, CEMENT, OPEN),
    ("PERC-11", "no cement", VOLUME | {f.CEMENT_LEVELS: 4}, RADIATE, NO),
    ("PERC-12", "fever and a deficit", CALM | SICK, CEMENT, YES),
    ("PERC-12", "excluded", CALM, CEMENT, NO),
    ("PERC-12", "recent bacteraemia", CALM | {f.BACTERAEMIA: True, f.BACTERAEMIA_ON: date(2026, 11, 1)}, FIX, YES),
    ("PERC-12", "bacteraemia, when?", CALM | {f.BACTERAEMIA: True}, ABLATE, OPEN),
    ("PERC-12", "irradiated", CALM | SICK, RADIATE, NO),
    ("STOP-09", "cement, 1a", BARE, CEMENT, NO),
    ("STOP-09", "cement, 1c", BARE | CHANGE_AT_1C, CEMENT, YES),
    ("STOP-09", "cement, 1c, decompressed", COVERED | CHANGE_AT_1C, CEMENT, NO),
    ("STOP-09", "cement, not graded", BARE | {f.ESCC_REPORTED: None}, CEMENT, YES),
    ("STOP-09", "cement, 1c, no decompression planned", CALM | CHANGE_AT_1C, CEMENT, YES),
    ("STOP-09", "cement, myelopathy", COVERED | {f.MYELOPATHY: True}, CEMENT, YES),
    ("STOP-09", "cement, a primary", COVERED | {f.KIND: "primary", f.HISTOLOGY: "chordoma"}, CEMENT, YES),
    ("STOP-09", "cement, haemangioma", COVERED | {f.KIND: "primary", f.HISTOLOGY: "haemangioma"}, CEMENT, NO),
    ("STOP-09", "cement, plasmacytoma", COVERED | {f.KIND: "primary", f.HISTOLOGY: "plasmacytoma"}, CEMENT, YES),
    ("STOP-09", "cement, a nameless primary", COVERED | {f.KIND: "primary", f.HISTOLOGY: None}, CEMENT, OPEN),
    ("STOP-09", "solitary without tissue", BARE | {f.SOLITARY: True, f.PROVEN: False}, CEMENT, YES),
    ("STOP-09", "coagulopathy", BARE | {f.UNCORRECTED_COAGULOPATHY: True}, CEMENT, YES),
    ("STOP-09", "coagulopathy?", BARE | {f.UNCORRECTED_COAGULOPATHY: None}, CEMENT, OPEN),
    ("STOP-09", "infection", BARE | SICK, CEMENT, YES),
    ("STOP-09", "ablation", HEAT, ABLATE, NO),
    ("STOP-09", "ablation, 1c", HEAT | CHANGE_AT_1C, ABLATE, NO),
    ("STOP-09", "ablation, ESCC 2", HEAT | {f.ESCC_REPORTED: E.GRADE_2}, ABLATE, YES),
    ("STOP-09", "laser, ESCC 2", LASER, ABLATE, NO),
    ("STOP-09", "laser, ESCC 2, fit", LASER | {f.ABLE: True}, ABLATE, YES),
    ("STOP-09", "laser, ESCC 3", LASER | {f.ESCC_REPORTED: E.GRADE_3}, ABLATE, YES),
    ("STOP-09", "9.9 mm to nerves", HEAT | {f.ABLATION_TO_NERVE: 9.9}, ABLATE, YES),
    ("STOP-09", "10 mm to nerves", HEAT | {f.ABLATION_TO_NERVE: 10.0}, ABLATE, NO),
    ("STOP-09", "10.1 mm to nerves", HEAT | {f.ABLATION_TO_NERVE: 10.1}, ABLATE, NO),
    ("STOP-09", "9.9 mm, protected", HEAT | {f.ABLATION_TO_NERVE: 9.9, f.THERMAL_PROTECTION: True}, ABLATE, NO),
    ("STOP-09", "how near?", HEAT | {f.ABLATION_TO_NERVE: None}, ABLATE, OPEN),
    ("STOP-09", "nidus at 4.9 mm", OSTEOID | {f.NIDUS_TO_NERVE: 4.9, f.THERMAL_PROTECTION: False}, ABLATE, YES),
    ("STOP-09", "nidus at 5 mm", OSTEOID | {f.NIDUS_TO_NERVE: 5.0, f.THERMAL_PROTECTION: False}, ABLATE, NO),
    ("STOP-09", "ablation of a chordoma", HEAT | {f.KIND: "primary", f.HISTOLOGY: "chordoma"}, ABLATE, YES),
    ("STOP-09", "irradiated", BARE | CHANGE_AT_1C, RADIATE, NO),
    ("STOP-37", "fever and a deficit", CALM | SICK, CEMENT, YES),
    ("STOP-37", "an implant", CALM | SICK, FIX, YES),
    ("STOP-37", "an elective steroid", CALM | SICK | {f.STEROID_PLANNED: True, f.PLAN_ELECTIVE: True}, RADIATE, YES),
    ("STOP-37", "an urgent steroid", CALM | SICK | {f.STEROID_PLANNED: True, f.PLAN_ELECTIVE: False}, RADIATE, NO),
    ("STOP-37", "excluded", CALM, CEMENT, NO),
    ("STOP-37", "temperature?", CALM | SICK | {f.TEMPERATURE: None}, CEMENT, OPEN),
    ("STOP-37", "irradiated, no steroid", CALM | SICK | {f.STEROID_PLANNED: False}, RADIATE, NO),
    ("STOP-37", "irradiated, a steroid?", CALM | SICK | {f.PLAN_ELECTIVE: True}, RADIATE, OPEN),
    ("STOP-37", "a steroid, elective?", CALM | SICK | {f.STEROID_PLANNED: True}, RADIATE, OPEN),
    ("STOP-37", "an elective dose", CALM | SICK | {f.STEROID_DAILY: 16.0, f.PLAN_ELECTIVE: True}, RADIATE, YES),
    ("STOP-38", "not tested", NET | {f.HORMONE_RELEASE: HormoneRelease.NOT_TESTED}, FIX, YES),
    ("STOP-38", "none found", NET | {f.HORMONE_RELEASE: HormoneRelease.NEGATIVE}, FIX, NO),
    (
        "STOP-38",
        "released, no plan",
        NET | {f.HORMONE_RELEASE: HormoneRelease.POSITIVE, f.BLOCKADE_PLAN: False},
        FIX,
        YES,
    ),
    (
        "STOP-38",
        "released, blocked",
        NET | {f.HORMONE_RELEASE: HormoneRelease.POSITIVE, f.BLOCKADE_PLAN: True},
        FIX,
        NO,
    ),
    ("STOP-38", "tested?", NET, FIX, OPEN),
    ("STOP-38", "a proven other tumour", METASTASIS, FIX, NO),
    ("STOP-38", "not proven, possible?", METASTASIS | {f.PROVEN: False}, {"act": Act.BIOPSY}, OPEN),
    ("STOP-38", "irradiated", NET | {f.HORMONE_RELEASE: HormoneRelease.NOT_TESTED}, RADIATE, NO),
]
