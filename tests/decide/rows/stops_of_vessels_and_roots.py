"""Rows of the stops about arteries and nerve roots."""

from __future__ import annotations

from datetime import date

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Side
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.roots import both, cut
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.rows.vessels import FOUR, IN_NECK, THREE, C, arteries, taking
from tests.decide.situations import METASTASIS

M = METASTASIS
UNPREPARED = {f.ANGIOGRAPHY: False, f.ISCHAEMIA_PLAN: False}
PREPARED = {f.ANGIOGRAPHY: True, f.ISCHAEMIA_PLAN: True}
SIGNED, UNSIGNED = {f.FUNCTION_CONSENT: True}, {f.FUNCTION_CONSENT: False}
BEFORE = (
    Treatment(
        kind=TreatmentKind.EMBOLISATION,
        what="particles, T10",
        levels=(Level.T10,),
        started=date(2026, 3, 1),
    ),
)
IMAGED = {f.VERTEBRAL_DOMINANCE: f.Dominance.RIGHT}
TOLERATED = {f.OCCLUSION_TEST: f.OcclusionTest.TOLERATED}
GONE = IN_NECK | {"of_plan": {f.VERTEBRAL_SACRIFICED: (Side.LEFT,)}}
KEPT = IN_NECK | {"of_plan": {f.VERTEBRAL_SACRIFICED: ()}}
BY_CATHETER = {"act": Act.EMBOLISATION}
WITH_OPERATION = {"act": Act.EN_BLOC, "of_plan": {f.EMBOLISATION_PLANNED: True}}

ROWS: list[Row] = [
    ("STOP-13", "four levels, unprepared", C | UNPREPARED, taking(*FOUR), YES),
    ("STOP-13", "three levels, unprepared", C | UNPREPARED, taking(*THREE), NO),
    ("STOP-13", "four levels, prepared", C | PREPARED, taking(*FOUR), NO),
    ("STOP-13", "four levels, no ischaemia plan", C | PREPARED | {f.ISCHAEMIA_PLAN: False}, taking(*FOUR), YES),
    ("STOP-13", "four levels, no angiography", C | PREPARED | {f.ANGIOGRAPHY: False}, taking(*FOUR), YES),
    ("STOP-13", "four levels, preparation unknown", C, taking(*FOUR), OPEN),
    ("STOP-13", "four levels by embolisation", C | UNPREPARED, taking(*FOUR, act=Act.EMBOLISATION), YES),
    (
        "STOP-13",
        "three now, one embolised before",
        C | UNPREPARED | {f.EARLIER_ARTERIES: arteries(*both("T10"))},
        taking(*THREE),
        YES,
    ),
    (
        "STOP-13",
        "three now, one side taken before",
        C | UNPREPARED | {f.EARLIER_ARTERIES: arteries("T10 left")},
        taking(*THREE),
        NO,
    ),
    (
        "STOP-13",
        "three now, an embolisation of unknown sides in the record",
        C | UNPREPARED | {f.EARLIER_ARTERIES: None},
        taking(*THREE, treatments=BEFORE),
        OPEN,
    ),
    (
        "STOP-13",
        "the gap of an earlier operation is closed",
        C | UNPREPARED | {f.EARLIER_ARTERIES: arteries(*both("T6", "T7", "T9"))},
        taking(*both("T8")),
        YES,
    ),
    (
        "STOP-13",
        "four levels lost before, elsewhere",
        C | UNPREPARED | {f.EARLIER_ARTERIES: arteries(*both("T2", "T3", "T4", "T5"))},
        taking(*both("T8")),
        NO,
    ),
    ("STOP-13", "across the thoracolumbar border", C | UNPREPARED, taking(*both("T11", "T12", "L1", "L2")), YES),
    ("STOP-13", "level of Adamkiewicz", C | UNPREPARED | {f.ADAMKIEWICZ: arteries("T8 left")}, taking("T8 right"), YES),
    ("STOP-13", "Adamkiewicz unknown", C | UNPREPARED | {f.ADAMKIEWICZ: None}, taking("T8 left"), OPEN),
    ("STOP-13", "plan not stated", C | UNPREPARED, {"act": Act.EN_BLOC}, OPEN),
    ("STOP-13", "no artery", C | UNPREPARED | {f.ADAMKIEWICZ: None}, taking(), NO),
    ("STOP-13", "radiosurgery", M | UNPREPARED, {"act": Act.RADIOSURGERY}, NO),
    ("STOP-14", "not tested", C | IMAGED | {f.OCCLUSION_TEST: f.OcclusionTest.NOT_DONE}, GONE, YES),
    ("STOP-14", "not tolerated", C | IMAGED | {f.OCCLUSION_TEST: f.OcclusionTest.NOT_TOLERATED}, GONE, YES),
    ("STOP-14", "imaged and tolerated", C | IMAGED | TOLERATED, GONE, NO),
    ("STOP-14", "dominance unknown", C | TOLERATED, GONE, OPEN),
    ("STOP-14", "kept", C, KEPT, NO),
    ("STOP-14", "not stated", C | IMAGED, IN_NECK, OPEN),
    ("STOP-14", "thoracic", C, {"act": Act.EN_BLOC}, NO),
    ("STOP-15", "L5 without consent", C | UNSIGNED, cut("L5 left"), YES),
    ("STOP-15", "C1 without consent", C | UNSIGNED, cut("C1 right"), YES),
    ("STOP-15", "C8 without consent", C | UNSIGNED, cut("C8 right"), YES),
    ("STOP-15", "T1 without consent", C | UNSIGNED, cut("T1 left"), YES),
    ("STOP-15", "T2 without consent", C | UNSIGNED, cut("T2 left"), NO),
    ("STOP-15", "T12 without consent", C | UNSIGNED, cut("T12 left"), NO),
    ("STOP-15", "L1 without consent", C | UNSIGNED, cut("L1 left"), YES),
    ("STOP-15", "S3 without consent", C | UNSIGNED, cut("S3 left"), YES),
    ("STOP-15", "S4 without consent", C | UNSIGNED, cut("S4 left"), NO),
    ("STOP-15", "L5 with consent", C | SIGNED, cut("L5 left"), NO),
    ("STOP-15", "L5, consent unknown", C, cut("L5 left"), OPEN),
    ("STOP-15", "both C4 with consent", C | SIGNED, cut(*both("C4")), YES),
    ("STOP-15", "both C3 and both C5 with consent", C | SIGNED, cut(*both("C3", "C5")), YES),
    ("STOP-15", "both C3 with consent", C | SIGNED, cut(*both("C3")), NO),
    ("STOP-15", "roots not stated", C | SIGNED, {"act": Act.EN_BLOC}, OPEN),
    ("STOP-15", "no root", C | UNSIGNED, cut(), NO),
    ("STOP-15", "radiosurgery", M | UNSIGNED, {"act": Act.RADIOSURGERY}, NO),
    ("STOP-19", "a feeder of the cord", C | {f.FEEDS_CORD: True}, BY_CATHETER, YES),
    ("STOP-19", "before an operation", C | {f.FEEDS_CORD: True}, WITH_OPERATION, YES),
    ("STOP-19", "no feeder of the cord", C | {f.FEEDS_CORD: False}, BY_CATHETER, NO),
    ("STOP-19", "nobody looked", C, BY_CATHETER, OPEN),
    ("STOP-19", "embolisation planned?", C | {f.FEEDS_CORD: True}, {"act": Act.EN_BLOC}, OPEN),
    (
        "STOP-19",
        "no embolisation",
        C | {f.FEEDS_CORD: True},
        {"act": Act.EN_BLOC, "of_plan": {f.EMBOLISATION_PLANNED: False}},
        NO,
    ),
    ("STOP-19", "radiotherapy", M | {f.FEEDS_CORD: True}, {"act": Act.RADIOTHERAPY}, NO),
]
