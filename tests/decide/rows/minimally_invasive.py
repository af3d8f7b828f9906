"""Rows of the rules about small approaches and about going home the same day, every limit on, below and above."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Antithrombotic, AsaClass, Reach
from enbloc.decide.decision import Act
from tests.decide.rows.intradural import SCHWANNOMA
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE

M, C = METASTASIS, CHORDOMA
SEPARATE: dict[str, Any] = {"act": Act.SEPARATION}
OPERATE: dict[str, Any] = {"act": Act.INTRADURAL}
CEMENT: dict[str, Any] = {"act": Act.CEMENT}
ABLATE: dict[str, Any] = {"act": Act.ABLATION}
RADIATE: dict[str, Any] = {"act": Act.RADIOTHERAPY}

REACHED: dict[Any, Any] = M | {f.MINI_OPEN_REACH: Reach.CENTRED}
PLAIN: dict[Any, Any] = M | {f.HYPERVASCULAR: False, f.OPERATED_AT_LEVEL: False, f.MAJOR_DEFORMITY: False}
SMALL: dict[Any, Any] = SCHWANNOMA | {f.VENTRAL: False, f.DIAMETER: 30.0}
T_SPINE = (Level.T6, Level.T7, Level.T8, Level.T9)

HOME: dict[Any, Any] = M | {
    f.SAME_DAY: True,
    f.ECOG: 2,
    f.ASA: AsaClass.III,
    f.ANTITHROMBOTICS: (Antithrombotic.NONE,),
    f.INR: 1.5,
    f.PLATELETS: 75.0,
    f.CEMENT_LEVELS: 2,
    f.OBSERVED_FLAT: 2.0,
    f.OBSERVED_HOURS: 4.0,
    f.NEURO_CHECKED: True,
    f.CEMENT_IN_CANAL: False,
    f.OPIOID_PLAN: True,
    f.CARER_HOURS: 24.0,
    f.TRAVEL_HOURS: 1.0,
    f.EMBOLISED_SAME_DAY: False,
    f.CREATININE_RATIO: 2.0,
    f.NEW_OXYGEN_NEED: False,
    f.NEW_DEFICIT: False,
    f.DISCHARGE_PAIN: 6,
}
"""A patient who may go home the same day, every number at its limit."""

AROUND: tuple[tuple[Any, Any, Any], ...] = (
    (f.ECOG, 1, 3),
    (f.ASA, AsaClass.II, AsaClass.IV),
    (f.INR, 1.4, 1.6),
    (f.PLATELETS, 76.0, 74.0),
    (f.CEMENT_LEVELS, 1, 3),
    (f.OBSERVED_FLAT, 2.1, 1.9),
    (f.OBSERVED_HOURS, 4.1, 3.9),
    (f.CARER_HOURS, 24.1, 23.9),
    (f.TRAVEL_HOURS, 0.9, 1.1),
    (f.CREATININE_RATIO, 1.9, 2.1),
    (f.DISCHARGE_PAIN, 5, 7),
    (f.NEURO_CHECKED, True, False),
    (f.CEMENT_IN_CANAL, False, True),
    (f.OPIOID_PLAN, True, False),
    (f.ANTITHROMBOTICS, (Antithrombotic.NONE,), (Antithrombotic.APIXABAN,)),
    (f.EMBOLISED_SAME_DAY, False, True),
    (f.NEW_OXYGEN_NEED, False, True),
    (f.NEW_DEFICIT, False, True),
    (f.DEFICIT, False, True),
    (f.MYELOPATHY, False, True),
)
"""A fact, an answer beside its limit that allows the same day, and one that forbids it."""

ROWS: list[Row] = [
    ("MIS-01", "within reach", REACHED, SEPARATE, YES),
    ("MIS-01", "aside", M | {f.MINI_OPEN_REACH: Reach.ASIDE}, SEPARATE, NO),
    ("MIS-01", "two levels", REACHED | {f.LEVELS: T_SPINE[:2]}, SEPARATE, YES),
    ("MIS-01", "three levels", REACHED | {f.LEVELS: T_SPINE[:3]}, SEPARATE, YES),
    ("MIS-01", "four levels", REACHED | {f.LEVELS: T_SPINE}, SEPARATE, NO),
    ("MIS-01", "fibrotic", REACHED | {f.PRIOR_RADIOTHERAPY: True, f.RADIATION_FIBROSIS: True}, SEPARATE, NO),
    ("MIS-01", "fibrotic?", REACHED | {f.PRIOR_RADIOTHERAPY: True}, SEPARATE, OPEN),
    ("MIS-01", "a chordoma", C | {f.MINI_OPEN_REACH: Reach.CENTRED}, SEPARATE, NO),
    ("MIS-01", "another act", REACHED, {"act": Act.STABILISATION}, NO),
    ("MIS-02", "nothing calls for it", PLAIN, SEPARATE, NO),
    ("MIS-02", "a chordoma", PLAIN | {f.KIND: "primary", f.HISTOLOGY: "chordoma"}, SEPARATE, YES),
    ("MIS-02", "en bloc", PLAIN, {"act": Act.EN_BLOC}, YES),
    ("MIS-02", "many vessels", PLAIN | {f.HYPERVASCULAR: True}, SEPARATE, YES),
    ("MIS-02", "a revision", PLAIN | {f.OPERATED_AT_LEVEL: True}, SEPARATE, YES),
    ("MIS-02", "deformity?", PLAIN | {f.MAJOR_DEFORMITY: None}, SEPARATE, OPEN),
    ("MIS-02", "irradiated", PLAIN | {f.HYPERVASCULAR: True}, RADIATE, NO),
    ("MIS-03", "at 30 mm", SMALL, OPERATE, YES),
    ("MIS-03", "at 29.9 mm", SMALL | {f.DIAMETER: 29.9}, OPERATE, YES),
    ("MIS-03", "at 30.1 mm", SMALL | {f.DIAMETER: 30.1}, OPERATE, NO),
    ("MIS-03", "two levels", SMALL | {f.LEVELS: T_SPINE[:2]}, OPERATE, YES),
    ("MIS-03", "three levels", SMALL | {f.LEVELS: T_SPINE[:3]}, OPERATE, NO),
    ("MIS-03", "in front", SMALL | {f.VENTRAL: True}, OPERATE, NO),
    ("MIS-03", "in front?", SMALL | {f.VENTRAL: None}, OPERATE, OPEN),
    ("MIS-03", "an ependymoma", SMALL | {f.HISTOLOGY: "Spinal ependymoma, grade 2"}, OPERATE, NO),
    ("MIS-03", "another act", SMALL, RADIATE, NO),
    ("MIS-OUT-01", "every number at its limit", HOME, CEMENT, YES),
    *(("MIS-OUT-01", f"{one.words}: allows", HOME | {one: well}, CEMENT, YES) for one, well, _ in AROUND),
    *(("MIS-OUT-01", f"{one.words}: forbids", HOME | {one: ill}, CEMENT, NO) for one, _, ill in AROUND),
    *(("MIS-OUT-01", f"{one.words}: unknown", HOME | {one: None}, CEMENT, OPEN) for one, _, _ in AROUND[:4]),
    ("MIS-OUT-01", "SINS 7, no surgeon asked", HOME | MIDDLE | {f.SURGEON_CONSULTED: False}, CEMENT, NO),
    ("MIS-OUT-01", "SINS 7, surgeon asked", HOME | MIDDLE, CEMENT, YES),
    ("MIS-OUT-01", "separation surgery", HOME, SEPARATE, NO),
    ("MIS-OUT-02", "every number at its limit", HOME, CEMENT, NO),
    *(("MIS-OUT-02", f"{one.words}: allows", HOME | {one: well}, CEMENT, NO) for one, well, _ in AROUND),
    *(("MIS-OUT-02", f"{one.words}: forbids", HOME | {one: ill}, ABLATE, YES) for one, _, ill in AROUND),
    ("MIS-OUT-02", "opioid plan unknown: forbids", HOME | {f.OPIOID_PLAN: None}, CEMENT, YES),
    ("MIS-OUT-02", "new deficit unknown", HOME | {f.NEW_DEFICIT: None}, CEMENT, OPEN),
    ("MIS-OUT-02", "surgery", HOME, SEPARATE, YES),
    ("MIS-OUT-02", "surgery, nobody plans the same day", M, SEPARATE, NO),
    ("MIS-OUT-02", "stays", HOME | {f.SAME_DAY: False, f.ECOG: 3}, CEMENT, NO),
    ("MIS-OUT-02", "the same day?", HOME | {f.SAME_DAY: None, f.ECOG: 3}, CEMENT, OPEN),
    ("MIS-OUT-02", "embolised", HOME, {"act": Act.EMBOLISATION}, YES),
    ("MIS-OUT-02", "irradiated", HOME, RADIATE, NO),
]
