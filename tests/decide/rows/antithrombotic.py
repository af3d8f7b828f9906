"""Rows of the rules about antithrombotic drugs before a procedure."""

from __future__ import annotations

from datetime import datetime, timedelta

from enbloc.case import fact as f
from enbloc.case.fact import Antithrombotic
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import METASTASIS, TODAY

A = Antithrombotic
START = datetime(2026, 11, 25, 8)

M = METASTASIS | {
    f.PLAN_ELECTIVE: True,
    f.OPERATION_AT: START,
    f.ANTITHROMBOTICS: (A.NONE,),
    f.PLATELETS: 250.0,
    f.CREATININE_CLEARANCE: 90.0,
    f.INR: 1.0,
}
CUT = {"act": Act.SEPARATION}
NEEDLE = {"act": Act.CEMENT}
WARFARIN = M | {f.ANTITHROMBOTICS: (A.WARFARIN,), f.LAST_WARFARIN: datetime(2026, 11, 19, 20)}
URGENT = {f.PLAN_ELECTIVE: False}
APIXABAN = M | {f.ANTITHROMBOTICS: (A.APIXABAN,), f.OPERATION_AT: datetime(2026, 11, 22, 8)}
RECENT = APIXABAN | {f.LAST_APIXABAN: datetime(2026, 11, 19, 8, 1)}
OLD = APIXABAN | {f.LAST_APIXABAN: datetime(2026, 11, 19, 8)}
RECORDED = {"treatments": (Treatment(kind=TreatmentKind.SYSTEMIC, what="enoxaparin", ended=TODAY - timedelta(days=9)),)}

ROWS: list[Row] = [
    ("ANES-06", "apixaban", OLD, CUT, YES),
    ("ANES-06", "apixaban, a needle", OLD, NEEDLE, YES),
    ("ANES-06", "none", M, CUT, NO),
    ("ANES-06", "radiotherapy", OLD, {"act": Act.RADIOTHERAPY}, NO),
    ("ANES-06", "nobody has asked", M | {f.ANTITHROMBOTICS: None}, CUT, OPEN),
    ("ANES-06", "under the treatments", M | {f.ANTITHROMBOTICS: None}, CUT | RECORDED, YES),
    ("ANES-09", "emergency, inside", RECENT | URGENT, CUT, YES),
    ("ANES-09", "emergency, outside", OLD | URGENT, CUT, NO),
    ("ANES-09", "elective", RECENT, CUT, NO),
    ("ANES-09", "emergency?", RECENT | {f.PLAN_ELECTIVE: None}, CUT, OPEN),
    ("ANES-09", "nobody has asked", M | URGENT | {f.ANTITHROMBOTICS: None}, CUT, OPEN),
    ("STOP-16", "apixaban just short of 72 hours", RECENT, CUT, YES),
    ("STOP-16", "apixaban 72 hours", OLD, CUT, NO),
    ("STOP-16", "apixaban 72 hours, low clearance", OLD | {f.CREATININE_CLEARANCE: 40.0}, CUT, NO),
    ("STOP-16", "last dose not known", APIXABAN, CUT, OPEN),
    ("STOP-16", "last dose after the day of the case", APIXABAN | {f.LAST_APIXABAN: START}, CUT, OPEN),
    ("STOP-16", "hour of the operation decides", OLD | {f.OPERATION_AT: datetime(2026, 11, 22)}, CUT, OPEN),
    ("STOP-16", "nobody has asked", M | {f.ANTITHROMBOTICS: None}, CUT, OPEN),
    ("STOP-16", "another drug", M | {f.ANTITHROMBOTICS: (A.OTHER,)}, CUT, OPEN),
    ("STOP-16", "aspirin alone", M | {f.ANTITHROMBOTICS: (A.ASPIRIN,)}, CUT, NO),
    ("STOP-16", "enoxaparin long ago", M, CUT | RECORDED, NO),
    ("STOP-16", "elective?", RECENT | {f.PLAN_ELECTIVE: None}, CUT, OPEN),
    ("STOP-16", "radiotherapy", RECENT, {"act": Act.RADIOTHERAPY}, NO),
    ("STOP-16", "warfarin, INR 1.4", WARFARIN | {f.INR: 1.4}, CUT, NO),
    ("STOP-16", "warfarin, INR 1.41", WARFARIN | {f.INR: 1.41}, CUT, YES),
    ("STOP-16", "warfarin, INR 1.5, needle", WARFARIN | {f.INR: 1.5}, NEEDLE, NO),
    ("STOP-16", "warfarin, INR 1.51, needle", WARFARIN | {f.INR: 1.51}, NEEDLE, YES),
    ("STOP-16", "warfarin, INR not known", WARFARIN | {f.INR: None}, CUT, OPEN),
    ("STOP-16", "warfarin, last dose not known", WARFARIN | {f.LAST_WARFARIN: None}, CUT, OPEN),
    ("STOP-16", "platelets 99", M | {f.PLATELETS: 99.0}, CUT, YES),
    ("STOP-16", "platelets 100", M | {f.PLATELETS: 100.0}, CUT, NO),
    ("STOP-16", "platelets 49, needle", M | {f.PLATELETS: 49.0}, NEEDLE, YES),
    ("STOP-16", "platelets 50, needle", M | {f.PLATELETS: 50.0}, NEEDLE, NO),
    ("STOP-16", "platelets not known", M | {f.PLATELETS: None}, CUT, OPEN),
    ("STOP-16", "emergency, no plan for reversal", RECENT | URGENT | {f.REVERSAL_PLAN: False}, CUT, YES),
    ("STOP-16", "emergency, plan for reversal", RECENT | URGENT | {f.REVERSAL_PLAN: True}, CUT, NO),
    ("STOP-16", "emergency, plan for reversal?", RECENT | URGENT, CUT, OPEN),
    ("STOP-16", "emergency, few platelets", M | URGENT | {f.PLATELETS: 20.0}, CUT, NO),
]
