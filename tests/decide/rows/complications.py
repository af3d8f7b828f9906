"""Rows of the register of complications, as it stands and as it is recorded, and of the stop about unopened drafts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import CementLeak, Complication
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import METASTASIS

M = METASTASIS
OPERATION, BEAM, EMBOLISED = TreatmentKind.OPERATION, TreatmentKind.RADIOTHERAPY, TreatmentKind.EMBOLISATION
YESTERDAY = date(2026, 11, 19)


def done(
    kind: TreatmentKind, day: date | None = YESTERDAY, what: str = "SBRT", levels: tuple[Level, ...] = (Level.T8,)
) -> dict[str, Any]:
    return {"treatments": (Treatment(kind=kind, what=what, ended=day, levels=levels),)}


def recorded(*these: Complication) -> dict[Any, Any]:
    return M | {f.COMPLICATIONS: these}


WORDS: dict[str, tuple[Complication, TreatmentKind | None]] = {
    "COMP-01": (Complication.INFECTION, OPERATION),
    "COMP-06": (Complication.THROMBOEMBOLISM, OPERATION),
    "COMP-07": (Complication.IMPLANT_FAILURE, OPERATION),
    "COMP-08": (Complication.FRACTURE, BEAM),
    "COMP-09": (Complication.MYELOPATHY, BEAM),
    "COMP-10": (Complication.PAIN_FLARE, BEAM),
    "COMP-12": (Complication.VESSEL_OR_VISCUS, None),
    "COMP-13": (Complication.ANAESTHESIA, None),
    "COMP-14": (Complication.EMBOLISATION, EMBOLISED),
}
BY_WORD: list[Row] = [
    row
    for id, (word, kind) in WORDS.items()
    for row in (
        (id, "recorded", recorded(word), {}, YES),
        (id, "another is recorded", recorded(next(one for one in Complication if one is not word)), {}, NO),
        (id, "nothing was done", M, {}, NO),
        *([(id, "asked after it", M, done(kind), OPEN)] if kind else []),
    )
]

ACTS: tuple[tuple[str, Act, Act], ...] = (
    ("COMP-01", Act.SEPARATION, Act.RADIOSURGERY),
    ("COMP-02", Act.EN_BLOC, Act.SEPARATION),
    ("COMP-03", Act.EN_BLOC, Act.CEMENT),
    ("COMP-04", Act.INTRADURAL, Act.RADIOTHERAPY),
    ("COMP-05", Act.SEPARATION, Act.BIOPSY),
    ("COMP-06", Act.STABILISATION, Act.OBSERVATION),
    ("COMP-07", Act.STABILISATION, Act.RADIOTHERAPY),
    ("COMP-08", Act.RADIOSURGERY, Act.RADIOTHERAPY),
    ("COMP-09", Act.RADIOTHERAPY, Act.EN_BLOC),
    ("COMP-10", Act.RADIOSURGERY, Act.STABILISATION),
    ("COMP-11", Act.CEMENT, Act.ABLATION),
    ("COMP-12", Act.EN_BLOC, Act.EMBOLISATION),
    ("COMP-13", Act.EN_BLOC, Act.PALLIATIVE),
    ("COMP-14", Act.EMBOLISATION, Act.CEMENT),
)

ENDED = M | {f.OPERATION_ENDED: datetime(2026, 11, 19, 16)}
LONG_AGO = M | {f.OPERATION_ENDED: datetime(2026, 11, 1, 16)}
DRAFT = M | {f.DRAFTS_USED: True}

# The end of each watch, counted back from 2026-11-20: the last day on which it is asked for, and the day before.
ENDS: tuple[tuple[str, TreatmentKind, date, date], ...] = (
    ("COMP-01", OPERATION, date(2026, 10, 21), date(2026, 10, 20)),
    ("COMP-03", OPERATION, date(2026, 11, 19), date(2026, 11, 18)),
    ("COMP-05", OPERATION, date(2026, 11, 19), date(2026, 11, 18)),
    ("COMP-06", OPERATION, date(2026, 10, 21), date(2026, 10, 20)),
    ("COMP-07", OPERATION, date(2025, 11, 20), date(2025, 11, 19)),
    ("COMP-08", BEAM, date(2026, 5, 20), date(2026, 5, 19)),
    ("COMP-09", BEAM, date(2024, 11, 20), date(2024, 11, 19)),
    ("COMP-10", BEAM, date(2026, 11, 10), date(2026, 11, 9)),
    ("COMP-14", EMBOLISED, date(2026, 11, 19), date(2026, 11, 18)),
)
WATCHED: list[Row] = [
    row
    for id, kind, last, over in ENDS
    for row in (
        (id, "today", M, done(kind, date(2026, 11, 20)), OPEN),
        (id, "within its time", M, done(kind, date.fromordinal(last.toordinal() + 1)), OPEN),
        (id, "on its last day", M, done(kind, last), OPEN),
        (id, "its time is over", M, done(kind, over), NO),
        (id, "when?", M, done(kind, None), OPEN),
        (id, "where?", M, done(kind, levels=()), OPEN),
        (id, "elsewhere", M, done(kind, levels=(Level.L3,)), NO),
        (id, "tomorrow", M, done(kind, date(2026, 11, 21)), NO),
    )
]

ROWS: list[Row] = [
    *BY_WORD,
    *WATCHED,
    *((id, "an act that it follows", M, {"act": act}, YES) for id, act, _ in ACTS),
    *((id, "an act that it does not follow", M, {"act": act}, NO) for id, _, act in ACTS),
    ("COMP-01", "the end of the operation is recorded", ENDED, {}, OPEN),
    ("COMP-01", "operated nobody knows when", M | {f.OPERATED_AT_LEVEL: True}, {}, OPEN),
    ("COMP-02", "nothing planned", M, {}, NO),
    ("COMP-03", "no grade lost", ENDED | {f.MOTOR_FALL: 0}, {}, NO),
    ("COMP-03", "one grade lost", ENDED | {f.MOTOR_FALL: 1}, {}, YES),
    ("COMP-03", "two grades lost", ENDED | {f.MOTOR_FALL: 2}, {}, YES),
    ("COMP-03", "long after the operation", LONG_AGO | {f.MOTOR_FALL: 1}, {}, YES),
    ("COMP-03", "a fall goes before no deficit", ENDED | {f.MOTOR_FALL: 1, f.NEW_DEFICIT: False}, {}, YES),
    ("COMP-03", "no new deficit", ENDED | {f.NEW_DEFICIT: False}, {}, NO),
    ("COMP-03", "a new deficit, of how much?", ENDED | {f.NEW_DEFICIT: True}, {}, OPEN),
    ("COMP-03", "a new deficit of how much, nobody knows after what", M | {f.NEW_DEFICIT: True}, {}, OPEN),
    ("COMP-03", "not operated on", M, {}, NO),
    ("COMP-04", "a leak", M | {f.CSF_LEAK: True}, {}, YES),
    ("COMP-04", "none", M | {f.CSF_LEAK: False}, {}, NO),
    ("COMP-05", "a haematoma", M | {f.EPIDURAL_HAEMATOMA: True}, {}, YES),
    ("COMP-05", "none", M | {f.EPIDURAL_HAEMATOMA: False}, {}, NO),
    ("COMP-07", "an operation without screws", M, {"act": Act.INTRADURAL}, NO),
    ("COMP-08", "conventional", M | {f.STEREOTACTIC_BEFORE: False}, done(BEAM, what="30 Gy in 10"), NO),
    ("COMP-08", "which?", M, done(BEAM, what="30 Gy in 10"), OPEN),
    ("COMP-09", "irradiated nobody knows when", M | {f.PRIOR_RADIOTHERAPY: True}, {}, OPEN),
    ("COMP-11", "an embolism", recorded(Complication.CEMENT_EMBOLISM), {}, YES),
    ("COMP-11", "a leak", M | {f.CEMENT_LEAK: (CementLeak.C,)}, {}, YES),
    ("COMP-11", "no leak", M | {f.CEMENT_LEAK: (CementLeak.NONE,)}, {}, NO),
    ("COMP-11", "cement in the canal", M | {f.CEMENT_IN_CANAL: True}, {}, YES),
    ("COMP-11", "cement with the operation", M | {f.CEMENT_PLANNED: True}, {"act": Act.STABILISATION}, YES),
    ("COMP-11", "an operation without", M | {f.CEMENT_PLANNED: False}, {"act": Act.STABILISATION}, NO),
    ("COMP-14", "embolised before the operation", M | {f.EMBOLISATION_PLANNED: True}, {"act": Act.EN_BLOC}, YES),
    ("COMP-14", "embolised before the operation?", M, {"act": Act.EN_BLOC}, OPEN),
    ("COMP-14", "not embolised", M | {f.EMBOLISATION_PLANNED: False}, {"act": Act.EN_BLOC}, NO),
    ("STOP-32", "not opened", DRAFT | {f.DRAFTS_OPENED: False}, {"act": Act.EN_BLOC}, YES),
    ("STOP-32", "opened", DRAFT | {f.DRAFTS_OPENED: True}, {"act": Act.EN_BLOC}, NO),
    ("STOP-32", "none is used", M | {f.DRAFTS_USED: False}, {"act": Act.OBSERVATION}, NO),
    ("STOP-32", "opened?", DRAFT, {"act": Act.RADIOSURGERY}, OPEN),
    ("STOP-32", "used?", M, {"act": Act.RADIOSURGERY}, OPEN),
    ("STOP-32", "nothing planned", DRAFT, {}, NO),
]

_NO_WINDOW = "no time of watch is printed: it speaks once it is recorded"
NEVER_OPEN: dict[str, str] = {
    "COMP-02": "figures for consent only",
    "COMP-04": f"{_NO_WINDOW}, and POST-02 asks",
    "COMP-11": f"{_NO_WINDOW}, and nobody is asked for a leak where no cement was recorded",
    "COMP-12": _NO_WINDOW,
    "COMP-13": _NO_WINDOW,
}
