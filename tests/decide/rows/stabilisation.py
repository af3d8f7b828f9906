"""Rows of the rules about stabilisation and of the stops about a construct, every limit on, below and above."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE, STABLE, UNSTABLE

M, C = METASTASIS, CHORDOMA
SEPARATE: dict[str, Any] = {"act": Act.SEPARATION}
FIX: dict[str, Any] = {"act": Act.STABILISATION}
RESECT: dict[str, Any] = {"act": Act.EN_BLOC}
RADIATE: dict[str, Any] = {"act": Act.RADIOTHERAPY}
SACRAL: dict[str, Any] = {"act": Act.EN_BLOC, "level": Level.S2}


def screws(*names: str) -> dict[Any, Any]:
    """Screws at these levels; no other vertebra is unsound, and the board has no reason of its own."""
    levels = tuple(Level(name) for name in names)
    return M | {f.SCREW_LEVELS: levels, f.UNSOUND_LEVELS: (), f.END_ACCEPTED: False}


LONG, SHORT = screws("T6", "T7", "T9", "T10"), screws("T7", "T9")
CEMENTED: dict[Any, Any] = {f.SCREWS_CEMENTED: True, f.ANTERIOR_COLUMN_INTACT: True}
SOUND_BONE: dict[Any, Any] = {f.TRABECULAR_DENSITY: 150.0, f.OSTEOPOROSIS: False, f.SCREW_IN_FIELD: False}
FRONT: dict[Any, Any] = {f.ANTERIOR_DEFECT: 50.0, f.CORPECTOMY: False}
PELVIS: dict[Any, Any] = {f.SACRUM_CUT_HIGH: False, f.SACROILIAC_REMOVED: 50.0}
FIELD = Treatment(kind=TreatmentKind.RADIOTHERAPY, what="30 Gy", levels=(Level.T9, Level.T10))


def unsound(*names: str) -> dict[Any, Any]:
    return {f.UNSOUND_LEVELS: tuple(Level(name) for name in names)}


def spanned(*names: str, named: tuple[str, ...] | None = None) -> dict[Any, Any]:
    """A construct over these levels; plan and consent name those."""
    consented = None if named is None else tuple(Level(name) for name in named)
    return M | {f.INSTRUMENTED_LEVELS: tuple(Level(name) for name in names), f.CONSENTED_LEVELS: consented}


ROWS: list[Row] = [
    ("STAB-01", "not stated yet", M, SEPARATE, YES),
    ("STAB-01", "two and two", LONG, SEPARATE, NO),
    ("STAB-01", "one below", screws("T6", "T7", "T9"), SEPARATE, OPEN),
    ("STAB-01", "one and one, cemented, front intact", SHORT | CEMENTED, SEPARATE, NO),
    ("STAB-01", "one and one, front broken", SHORT | CEMENTED | {f.ANTERIOR_COLUMN_INTACT: False}, SEPARATE, YES),
    ("STAB-01", "none below, cemented", screws("T6", "T7") | CEMENTED, SEPARATE, YES),
    ("STAB-01", "cemented?", SHORT, SEPARATE, OPEN),
    ("STAB-01", "cervical", M, SEPARATE | {"level": Level.C5}, NO),
    ("STAB-01", "fixation alone", M, FIX, NO),
    ("STAB-02", "sound ends", LONG, FIX, NO),
    ("STAB-02", "an end at a junction", screws("T6", "T7", "T9", "T10", "T11"), FIX, YES),
    ("STAB-02", "an end beyond the junction", screws("T6", "T10", "L2"), FIX, NO),
    ("STAB-02", "an end in another unsound vertebra", LONG | unsound("T6"), FIX, YES),
    ("STAB-02", "an end next to another unsound vertebra", LONG | unsound("T5"), FIX, YES),
    ("STAB-02", "one sound vertebra between", LONG | unsound("T4"), FIX, NO),
    ("STAB-02", "the board's reason", LONG | unsound("T5") | {f.END_ACCEPTED: True}, FIX, NO),
    ("STAB-02", "other vertebrae?", LONG | {f.UNSOUND_LEVELS: None}, FIX, OPEN),
    ("STAB-02", "which screws?", M | {f.END_ACCEPTED: False}, FIX, OPEN),
    ("STAB-02", "not operated", LONG, RADIATE, NO),
    ("STAB-03", "levels crossed", spanned("T6", "T7", "T8"), FIX, YES),
    ("STAB-03", "none crossed", spanned(), FIX, NO),
    ("STAB-03", "which levels?", M, FIX, OPEN),
    ("STAB-04", "109.9 HU", M | SOUND_BONE | {f.TRABECULAR_DENSITY: 109.9}, FIX, YES),
    ("STAB-04", "110 HU", M | SOUND_BONE | {f.TRABECULAR_DENSITY: 110.0}, FIX, YES),
    ("STAB-04", "110.1 HU", M | SOUND_BONE | {f.TRABECULAR_DENSITY: 110.1}, FIX, YES),
    ("STAB-04", "134.9 HU", M | SOUND_BONE | {f.TRABECULAR_DENSITY: 134.9}, FIX, YES),
    ("STAB-04", "135 HU", M | SOUND_BONE | {f.TRABECULAR_DENSITY: 135.0}, FIX, YES),
    ("STAB-04", "135.1 HU", M | SOUND_BONE | {f.TRABECULAR_DENSITY: 135.1}, FIX, NO),
    ("STAB-04", "osteoporosis", M | SOUND_BONE | {f.OSTEOPOROSIS: True}, FIX, YES),
    ("STAB-04", "screws in a field", LONG | SOUND_BONE, FIX | {"treatments": (FIELD,)}, YES),
    ("STAB-04", "density?", M | SOUND_BONE | {f.TRABECULAR_DENSITY: None}, FIX, OPEN),
    ("STAB-05", "radiosurgery follows", M, SEPARATE, YES),
    ("STAB-05", "nothing follows", M | {f.IMAGED_AFTERWARDS: False}, FIX, NO),
    ("STAB-05", "what follows?", M, FIX, OPEN),
    ("STAB-06", "half", M | FRONT, FIX, NO),
    ("STAB-06", "less than half", M | FRONT | {f.ANTERIOR_DEFECT: 49.9}, FIX, NO),
    ("STAB-06", "more than half", M | FRONT | {f.ANTERIOR_DEFECT: 50.1}, FIX, YES),
    ("STAB-06", "corpectomy", M | FRONT | {f.CORPECTOMY: True}, FIX, YES),
    ("STAB-06", "corpectomy?", M | FRONT | {f.CORPECTOMY: None}, FIX, OPEN),
    ("STAB-07", "half of the joint", C | PELVIS, SACRAL, NO),
    ("STAB-07", "less than half of the joint", C | PELVIS | {f.SACROILIAC_REMOVED: 49.9}, SACRAL, NO),
    ("STAB-07", "more than half of the joint", C | PELVIS | {f.SACROILIAC_REMOVED: 50.1}, SACRAL, YES),
    ("STAB-07", "cut above", C | PELVIS | {f.SACRUM_CUT_HIGH: True}, SACRAL, YES),
    ("STAB-07", "cut above?", C | PELVIS | {f.SACRUM_CUT_HIGH: None}, SACRAL, OPEN),
    ("STAB-07", "thoracic", C, RESECT, NO),
    ("STAB-08", "a primary", C, RESECT, YES),
    ("STAB-08", "a metastasis, 12.1 months", M | {f.LIFE_EXPECTANCY: 12.1}, FIX, YES),
    ("STAB-08", "a metastasis, 11.9 months", M | {f.LIFE_EXPECTANCY: 11.9}, FIX, YES),
    ("STAB-08", "a metastasis, 12 months: the row says nothing", M | {f.LIFE_EXPECTANCY: 12.0}, FIX, NO),
    ("STAB-08", "prognosis?", M, FIX, OPEN),
    ("STAB-08", "irradiated", C, RADIATE, NO),
    ("STAB-09", "middle band", M | MIDDLE, {}, YES),
    ("STAB-09", "stable", M | STABLE, {}, NO),
    ("STAB-09", "unstable", M | UNSTABLE, {}, NO),
    ("STAB-09", "within the dura", C | MIDDLE | {f.HISTOLOGY: "Meningioma"}, {}, NO),
    ("STAB-09", "pain?", M | MIDDLE | {f.PAIN: None}, {}, OPEN),
    ("STAB-10", "unfit", M | UNSTABLE | {f.ABLE: False}, {}, YES),
    ("STAB-10", "fit", M | UNSTABLE, {}, NO),
    ("STAB-10", "middle band, unfit", M | MIDDLE | {f.ABLE: False}, {}, NO),
    ("STAB-10", "fit?", M | UNSTABLE | {f.ABLE: None}, {}, OPEN),
    ("STAB-11", "lytic sacrum", M, {"level": Level.S1}, YES),
    ("STAB-11", "blastic sacrum", M | {f.BONE_REPORTED: f.BoneQuality.BLASTIC}, {"level": Level.S1}, NO),
    ("STAB-11", "lumbar", M, {"level": Level.L5}, NO),
    ("STAB-11", "lytic?", M | {f.BONE_REPORTED: None}, {"level": Level.S1}, OPEN),
    ("STOP-06", "all named", spanned("T6", "T7", "T8", named=("T6", "T7", "T8")), FIX, NO),
    ("STOP-06", "one not named", spanned("T6", "T7", "T8", named=("T6", "T8")), FIX, YES),
    ("STOP-06", "a screw not named", LONG | {f.CONSENTED_LEVELS: (Level.T8,)}, FIX, YES),
    ("STOP-06", "nothing spanned", spanned(), FIX, NO),
    ("STOP-06", "what is named?", spanned("T6", "T7", "T8"), FIX, OPEN),
    ("STOP-06", "what is spanned?", M | {f.CONSENTED_LEVELS: (Level.T8,)}, FIX, OPEN),
    ("STOP-06", "screws named, what do the rods span?", LONG | {f.CONSENTED_LEVELS: tuple(Level)}, FIX, OPEN),
    ("STOP-06", "not operated", M, RADIATE, NO),
    ("STOP-07", "sound ends", LONG, FIX, NO),
    ("STOP-07", "a short construct over the lesion", SHORT, FIX, NO),
    ("STOP-07", "an end in the lesion", screws("T6", "T7", "T8"), FIX, YES),
    ("STOP-07", "an end short of the lesion", screws("T5", "T6", "T7"), FIX, YES),
    ("STOP-07", "an end next to another", LONG | unsound("T11"), FIX, YES),
    ("STOP-07", "an end next to another inside it", LONG | unsound("T7"), FIX, YES),
    ("STOP-07", "others?", LONG | {f.UNSOUND_LEVELS: None}, FIX, OPEN),
    ("STOP-07", "an end in the lesion, others?", screws("T6", "T8") | {f.UNSOUND_LEVELS: None}, FIX, YES),
    ("STOP-07", "which screws?", M, FIX, OPEN),
    ("STOP-07", "not operated", LONG, RADIATE, NO),
]
