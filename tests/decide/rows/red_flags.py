"""Rows of the red flags and their clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.neurology import Ambulation
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY

P, Cauda = f.PainPattern, f.CaudaSign
CUT = {"act": Act.SEPARATION}

WELL: dict[Any, Any] = {f.DEFICIT: False, f.MYELOPATHY: False, f.PAIN: f.PainCharacter.NONE}
SIGN = {f.DEFICIT: True}
PAIN = {f.SPINAL_PAIN: True}
CANCER = {f.KNOWN_CANCER: True}
NO_CANCER = {f.KNOWN_CANCER: False, f.CANCER_SUSPECTED: False}
NIGHT = {f.PAIN_PATTERN: (P.NOCTURNAL,)}
PLAIN = {f.PAIN_PATTERN: (P.NONE,)}
CALM = PAIN | PLAIN | {f.WEIGHT_LOSS: False, f.TEMPERATURE: 37.0, f.AGE: 40.0, f.PAIN_WEEKS: 1.0}
ABLE = {f.DEFICIT: False, f.MYELOPATHY: False}
CLEAN = PAIN | ABLE | {
    f.TEMPERATURE: 37.0,
    f.BACTERAEMIA: False,
    f.INTRAVENOUS_DRUGS: False,
    f.DISC_CENTRED: False,
    f.RIM_ENHANCING: False,
    f.NEUTROPHILS: 4.0,
    f.IMMUNOSUPPRESSED: False,
}  # fmt: skip
RISING = {f.CRP_RISING: True}
BEDBOUND = {f.DEFICIT: True, f.AMBULATION: Ambulation.NONE.value}
PARAPLEGIC = {f.DEFICIT: True, f.PARAPLEGIC: True}
CHILD, GROWN = {f.AGE: 12.0}, {f.AGE: 40.0}


def ago(days: float) -> datetime:
    return datetime(2026, 11, 20, 0) - timedelta(days=days)


def bacteraemia(days: int) -> dict[Any, Any]:
    return CLEAN | {f.BACTERAEMIA: True, f.BACTERAEMIA_ON: TODAY - timedelta(days=days)}


ROWS: list[Row] = [
    ("RED-01", "cancer, pain, deficit", CANCER | PAIN | SIGN, {}, YES),
    ("RED-01", "a metastasis by record, pain not asked", {f.KIND: "metastasis"} | SIGN, {}, YES),
    ("RED-01", "cancer only suspected", {f.CANCER_SUSPECTED: True} | PAIN | SIGN, {}, YES),
    ("RED-01", "a gait that changed", CANCER | PAIN | WELL | {f.GAIT_CHANGE: True, f.PAIN: None}, {}, YES),
    ("RED-01", "no pain", CANCER | SIGN | {f.PAIN: f.PainCharacter.NONE}, {}, NO),
    ("RED-01", "no sign", CANCER | PAIN | ABLE, {}, NO),
    ("RED-01", "no cancer", NO_CANCER | PAIN | SIGN, {}, NO),
    ("RED-01", "signs not looked for", CANCER | PAIN, {}, OPEN),
    ("RED-01", "cord not looked at", CANCER | PAIN | {f.DEFICIT: False}, {}, OPEN),
    ("RED-02", "nocturnal", CANCER | PAIN | NIGHT | ABLE, {}, YES),
    ("RED-02", "mechanical", CANCER | ABLE | {f.PAIN: f.PainCharacter.MECHANICAL}, {}, YES),
    ("RED-02", "neurology not looked at", CANCER | PAIN | NIGHT, {}, YES),
    ("RED-02", "with a sign it is RED-01", CANCER | PAIN | NIGHT | SIGN, {}, NO),
    ("RED-02", "another pain", CANCER | PAIN | PLAIN | ABLE, {}, NO),
    ("RED-02", "what pain?", CANCER | PAIN | ABLE, {}, OPEN),
    ("RED-02", "no cancer", NO_CANCER | PAIN | NIGHT | ABLE, {}, NO),
    ("RED-03", "nocturnal", NO_CANCER | CALM | NIGHT, {}, YES),
    ("RED-03", "nobody knows of a cancer", CALM | NIGHT, {}, YES),
    ("RED-03", "weight loss", CALM | {f.WEIGHT_LOSS: True}, {}, YES),
    ("RED-03", "37.9 °C", CALM | {f.TEMPERATURE: 37.9}, {}, NO),
    ("RED-03", "38 °C", CALM | {f.TEMPERATURE: 38.0}, {}, YES),
    ("RED-03", "38.1 °C", CALM | {f.TEMPERATURE: 38.1}, {}, YES),
    ("RED-03", "51, four weeks", CALM | {f.AGE: 51.0, f.PAIN_WEEKS: 4.0}, {}, YES),
    ("RED-03", "50, four weeks", CALM | {f.AGE: 50.0, f.PAIN_WEEKS: 4.0}, {}, NO),
    ("RED-03", "51, under four weeks", CALM | {f.AGE: 51.0, f.PAIN_WEEKS: 3.9}, {}, NO),
    ("RED-03", "51, over four weeks", CALM | {f.AGE: 51.0, f.PAIN_WEEKS: 4.1}, {}, YES),
    ("RED-03", "51, how long?", CALM | {f.AGE: 51.0, f.PAIN_WEEKS: None}, {}, OPEN),
    ("RED-03", "known cancer", CANCER | CALM | NIGHT, {}, NO),
    ("RED-04", "saddle anaesthesia", {f.CAUDA_SIGNS: (Cauda.SADDLE,)}, {}, YES),
    ("RED-04", "a deficit of cauda type", SIGN | {f.CAUDA_DEFICIT: True}, {}, YES),
    ("RED-04", "none", {f.CAUDA_SIGNS: (Cauda.NONE,)}, {}, NO),
    ("RED-04", "no deficit at all", WELL, {}, NO),
    ("RED-04", "not looked for", SIGN, {}, OPEN),
    ("RED-05", "called normal", {f.RADIOGRAPH_NORMAL: True}, {}, YES),
    ("RED-05", "not normal", {f.RADIOGRAPH_NORMAL: False}, {}, NO),
    ("RED-05", "nobody says", {}, {}, OPEN),
    ("RED-06", "deficit", CANCER | SIGN, {}, YES),
    ("RED-06", "severe pain on movement", CANCER | ABLE | {f.SEVERE_MOVEMENT_PAIN: True}, {}, YES),
    ("RED-06", "neither", CANCER | ABLE | {f.SEVERE_MOVEMENT_PAIN: False}, {}, NO),
    ("RED-06", "nobody knows of a cancer", SIGN, {}, YES),
    ("RED-06", "no cancer", NO_CANCER | SIGN, {}, NO),
    ("RED-06", "an image excludes it", CANCER | SIGN | {f.ESCC_REPORTED: f.EsccReported.GRADE_1A}, {}, NO),
    ("RED-06", "within the dura", CANCER | SIGN | {f.KIND: "primary", f.HISTOLOGY: "meningioma"}, {}, NO),
    ("RED-06", "severe?", CANCER | ABLE, {}, OPEN),
    ("RED-07", "child with painful scoliosis", CHILD | {f.PAINFUL_SCOLIOSIS: True}, {}, YES),
    ("RED-07", "adolescent, relieved", {f.AGE: 17.0, f.NIGHT_PAIN_RELIEVED: True}, {}, YES),
    ("RED-07", "the year of the eighteenth birthday", {f.AGE: 18.0, f.NIGHT_PAIN_RELIEVED: True}, {}, OPEN),
    ("RED-07", "nineteen", {f.AGE: 19.0, f.NIGHT_PAIN_RELIEVED: True}, {}, NO),
    ("RED-07", "neither", CHILD | {f.PAINFUL_SCOLIOSIS: False, f.NIGHT_PAIN_RELIEVED: False}, {}, NO),
    ("RED-07", "not asked", CHILD, {}, OPEN),
    ("RED-08", "three days", PARAPLEGIC | {f.PARAPLEGIC_SINCE: ago(3)}, {}, YES),
    ("RED-08", "exactly two days to the morning", PARAPLEGIC | {f.PARAPLEGIC_SINCE: ago(2)}, {}, OPEN),
    ("RED-08", "an hour less at the morning", PARAPLEGIC | {f.PARAPLEGIC_SINCE: ago(1)}, {}, NO),
    ("RED-08", "an hour more", PARAPLEGIC | {f.PARAPLEGIC_SINCE: ago(2) - timedelta(hours=1)}, {}, YES),
    ("RED-08", "walks", {f.AMBULATION: Ambulation.AIDED.value}, {}, NO),
    ("RED-08", "since when?", PARAPLEGIC, {}, OPEN),
    ("RED-09", "walks", METASTASIS | SIGN | {f.AMBULATION: Ambulation.AIDED.value}, CUT, YES),
    ("RED-09", "fell today", METASTASIS | BEDBOUND, CUT | {"since": TODAY}, YES),
    ("RED-09", "age of the deficit not known", METASTASIS | BEDBOUND, CUT, YES),
    ("RED-09", "two days, may be younger", METASTASIS | BEDBOUND, CUT | {"since": date(2026, 11, 18)}, YES),
    ("RED-09", "three days", METASTASIS | BEDBOUND, CUT | {"since": date(2026, 11, 17)}, NO),
    ("RED-09", "presented 47 h ago", METASTASIS | BEDBOUND | {f.PRESENTED: ago(47 / 24)}, CUT, YES),
    ("RED-09", "presented 48 h ago", METASTASIS | BEDBOUND | {f.PRESENTED: ago(2)}, CUT, NO),
    ("RED-09", "presented 49 h ago", METASTASIS | BEDBOUND | {f.PRESENTED: ago(49 / 24)}, CUT, NO),
    ("RED-09", "an old deficit: walks?", METASTASIS | SIGN, CUT | {"since": date(2026, 11, 1)}, OPEN),
    ("RED-09", "grade not known", METASTASIS | SIGN | {f.ESCC_REPORTED: None}, CUT, OPEN),
    ("RED-09", "low grade", METASTASIS | SIGN | {f.ESCC_REPORTED: f.EsccReported.GRADE_1B}, CUT, NO),
    ("RED-09", "radiotherapy", METASTASIS | SIGN, {"act": Act.RADIOTHERAPY}, NO),
    (
        "RED-09",
        "a primary tumour without a deficit",
        CHORDOMA | {f.ESCC_REPORTED: f.EsccReported.GRADE_2},
        {"act": Act.EN_BLOC},
        NO,
    ),
    ("RED-10", "deficit, no cancer", NO_CANCER | SIGN, {}, YES),
    ("RED-10", "deficit, and nothing else is known", SIGN, {}, YES),
    ("RED-10", "cancer and a sign, no pain", CANCER | SIGN | {f.PAIN: f.PainCharacter.NONE}, {}, YES),
    ("RED-10", "cancer, sign and pain are RED-01", CANCER | SIGN | PAIN, {}, NO),
    ("RED-10", "weak leg", {f.LEG_STRENGTH: 4}, {}, YES),
    ("RED-10", "strong leg, no deficit", WELL | {f.LEG_STRENGTH: 5}, {}, NO),
    ("RED-10", "a level that nobody looked for", NO_CANCER, {}, OPEN),
    ("RED-11", "clean", CLEAN, {}, NO),
    ("RED-11", "37.9 °C", CLEAN | {f.TEMPERATURE: 37.9}, {}, NO),
    ("RED-11", "38 °C", CLEAN | {f.TEMPERATURE: 38.0}, {}, YES),
    ("RED-11", "bacteraemia 90 days ago", bacteraemia(90), {}, YES),
    ("RED-11", "bacteraemia 91 days ago", bacteraemia(91), {}, NO),
    ("RED-11", "bacteraemia 92 days ago", bacteraemia(92), {}, NO),
    ("RED-11", "bacteraemia, when?", CLEAN | {f.BACTERAEMIA: True}, {}, OPEN),
    ("RED-11", "bacteraemia tomorrow", bacteraemia(-1), {}, OPEN),
    ("RED-11", "intravenous drugs, everything else unknown", SIGN | {f.INTRAVENOUS_DRUGS: True}, {}, YES),
    ("RED-11", "neutrophils 1.4, CRP rising", CLEAN | RISING | {f.NEUTROPHILS: 1.4}, {}, YES),
    ("RED-11", "neutrophils 1.5, CRP rising", CLEAN | RISING | {f.NEUTROPHILS: 1.5}, {}, NO),
    ("RED-11", "neutrophils 1.6, CRP rising", CLEAN | RISING | {f.NEUTROPHILS: 1.6}, {}, NO),
    ("RED-11", "immunosuppressant, CRP rising", CLEAN | RISING | {f.IMMUNOSUPPRESSED: True}, {}, YES),
    ("RED-11", "immunosuppressant, CRP?", CLEAN | {f.IMMUNOSUPPRESSED: True}, {}, OPEN),
    ("RED-11", "neither pain nor sign", WELL | {f.TEMPERATURE: 39.0}, {}, NO),
]
