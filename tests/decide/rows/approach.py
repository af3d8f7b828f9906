"""Rows of the rules about the approach."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, sector
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS

C, M = CHORDOMA, METASTASIS


def on(*numbers: int, layers: tuple[str, ...] = ("B", "C")) -> dict[Any, Any]:
    """The sectors and layers that hold tumour."""
    return {f.WBB_SECTORS: tuple(sector(number) for number in numbers), f.WBB_LAYERS: layers}


def at(*levels: Level) -> dict[Any, Any]:
    return {f.LEVELS: levels}


def at_level(level: Level, act: Act = Act.EN_BLOC) -> dict[str, Any]:
    return {"act": act, "level": level}


EN_BLOC: dict[str, Any] = {"act": Act.EN_BLOC}
FREE = {f.GREAT_VESSEL_CONTACT: False, f.LUNG_CONTACT: False}
BODY = on(5, 6)
SOFT = on(5, 6, layers=("A", "B"))

ROWS: list[Row] = [
    ("APP-01", "C2", C, at_level(Level.C2), YES),
    ("APP-01", "occiput", C, at_level(Level.O), YES),
    ("APP-01", "C3", C, at_level(Level.C3), NO),
    ("APP-01", "C2, radiotherapy", C, at_level(Level.C2, Act.RADIOTHERAPY), NO),
    ("APP-02", "ventral at C5", C | BODY, at_level(Level.C5), YES),
    ("APP-02", "dorsal at C5", C | on(11, 12), at_level(Level.C5), NO),
    ("APP-02", "ventral as stated", C | {f.VENTRAL: True}, at_level(Level.C5), YES),
    ("APP-02", "ventral at T2", C | BODY, at_level(Level.T2), NO),
    ("APP-02", "separation surgery", M | BODY, at_level(Level.C5, Act.SEPARATION), NO),
    ("APP-02", "sectors unknown", C, at_level(Level.C5), OPEN),
    ("APP-02", "a sector of the body open", C | on(3) | {f.WBB_SECTORS_OPEN: (sector(4),)}, at_level(Level.C5), OPEN),
    ("APP-03", "C7", C, at_level(Level.C7), YES),
    ("APP-03", "T2", C, at_level(Level.T2), YES),
    ("APP-03", "C6", C, at_level(Level.C6), NO),
    ("APP-03", "T3", C, at_level(Level.T3), NO),
    ("APP-04", "T2", M, at_level(Level.T2, Act.SEPARATION), YES),
    ("APP-04", "T11", M, at_level(Level.T11, Act.SEPARATION), YES),
    ("APP-04", "T12", M, at_level(Level.T12, Act.SEPARATION), NO),
    ("APP-04", "T8 en bloc", M, at_level(Level.T8), NO),
    ("APP-05", "left pedicle and body", C | on(4, 5, 6, 7, 8), EN_BLOC, YES),
    ("APP-05", "right pedicle and body", C | on(5, 6, 7, 8, 9), EN_BLOC, YES),
    ("APP-05", "both pedicles", C | on(4, 5, 6, 7, 8, 9), EN_BLOC, NO),
    ("APP-05", "layer A, free", C | SOFT | FREE, EN_BLOC, YES),
    ("APP-05", "layer A on the aorta", C | SOFT | FREE | {f.GREAT_VESSEL_CONTACT: True}, EN_BLOC, NO),
    ("APP-05", "layer A on the lung", C | SOFT | FREE | {f.LUNG_CONTACT: True}, EN_BLOC, NO),
    ("APP-05", "layer A, contact unknown", C | SOFT, EN_BLOC, OPEN),
    ("APP-05", "layer A decided by half a voxel", C | BODY | {f.WBB_LAYERS_OPEN: ("A",)}, EN_BLOC, OPEN),
    ("APP-05", "sectors unknown", C, EN_BLOC, OPEN),
    ("APP-05", "T12", C | BODY, at_level(Level.T12), NO),
    ("APP-05", "reaches out of the thorax", C | BODY | at(Level.T11, Level.T12), EN_BLOC, NO),
    ("APP-05", "separation surgery", C | BODY, {"act": Act.SEPARATION}, NO),
    ("APP-06", "at a vessel", C | SOFT | {f.GREAT_VESSEL_CONTACT: True}, at_level(Level.L2), YES),
    ("APP-06", "no vessel", C | SOFT | FREE, at_level(Level.L2), NO),
    ("APP-06", "no soft tissue", C | BODY | {f.GREAT_VESSEL_CONTACT: True}, at_level(Level.L2), NO),
    ("APP-06", "dorsal", C | on(11, 12, layers=("A",)) | {f.GREAT_VESSEL_CONTACT: True}, at_level(Level.L2), NO),
    ("APP-06", "at L3", C | SOFT | {f.GREAT_VESSEL_CONTACT: True}, at_level(Level.L3), NO),
    ("APP-06", "vessel unknown", C | SOFT, at_level(Level.T11), OPEN),
    ("APP-07", "L2", C, at_level(Level.L2), YES),
    ("APP-07", "L4", C, at_level(Level.L4), YES),
    ("APP-07", "L5", C, at_level(Level.L5), NO),
    ("APP-07", "L3, separation surgery", C, at_level(Level.L3, Act.SEPARATION), NO),
    ("APP-08", "L5", C, at_level(Level.L5), YES),
    ("APP-08", "L4", C, at_level(Level.L4), NO),
    ("APP-08", "L5, separation surgery", C, at_level(Level.L5, Act.SEPARATION), NO),
    ("APP-09", "S2", C, at_level(Level.S2), YES),
    ("APP-09", "S2 to S4", C | at(Level.S2, Level.S3, Level.S4), EN_BLOC, YES),
    ("APP-09", "S3", C, at_level(Level.S3), NO),
    ("APP-10", "S3", C, at_level(Level.S3), YES),
    ("APP-10", "coccyx", C, at_level(Level.CO), YES),
    ("APP-10", "S2 to S4", C | at(Level.S2, Level.S3, Level.S4), EN_BLOC, NO),
    ("APP-11", "left edge of the body", C | on(3, 4, 5), EN_BLOC, YES),
    ("APP-11", "right edge of the body", C | on(8, 9, 10), EN_BLOC, YES),
    ("APP-11", "posterior elements", C | on(12, 1), EN_BLOC, YES),
    ("APP-11", "both sides", C | on(3, 10, 5), EN_BLOC, NO),
    ("APP-11", "sectors unknown", C, EN_BLOC, OPEN),
    ("APP-11", "separation surgery", C | on(3, 4, 5), {"act": Act.SEPARATION}, NO),
    ("APP-12", "dumbbell", C | {f.DUMBBELL: True}, {"act": Act.INTRADURAL}, YES),
    ("APP-12", "no dumbbell", C | {f.DUMBBELL: False}, EN_BLOC, NO),
    ("APP-12", "unknown", C, EN_BLOC, OPEN),
    ("APP-12", "observation", C | {f.DUMBBELL: True}, {"act": Act.OBSERVATION}, NO),
    ("APP-13", "20 mm", C | SOFT | FREE | {f.SOFT_TISSUE_DIAMETER: 20.0}, EN_BLOC, NO),
    ("APP-13", "just over 20 mm", C | SOFT | FREE | {f.SOFT_TISSUE_DIAMETER: 20.1}, EN_BLOC, YES),
    ("APP-13", "just under 20 mm", C | SOFT | FREE | {f.SOFT_TISSUE_DIAMETER: 19.9}, EN_BLOC, NO),
    ("APP-13", "on the lung", C | SOFT | {f.LUNG_CONTACT: True}, EN_BLOC, YES),
    ("APP-13", "no layer A", C | BODY | {f.SOFT_TISSUE_DIAMETER: 40.0}, EN_BLOC, NO),
    ("APP-13", "size unknown", C | SOFT | FREE, EN_BLOC, OPEN),
    ("APP-14", "C5", M, at_level(Level.C5, Act.SEPARATION), YES),
    ("APP-14", "T12", M, at_level(Level.T12, Act.SEPARATION), YES),
    ("APP-14", "L5", M, at_level(Level.L5, Act.SEPARATION), YES),
    ("APP-14", "T8", M, at_level(Level.T8, Act.SEPARATION), NO),
    ("APP-14", "L3 en bloc", C, at_level(Level.L3), NO),
    ("APP-15", "front of the body, A and B", C | on(5, 6, 7, 8, layers=("A", "B")), EN_BLOC, YES),
    ("APP-15", "layer C", C | on(5, 6), EN_BLOC, NO),
    ("APP-15", "a pedicle", C | on(4, 5, layers=("A", "B")), EN_BLOC, NO),
    ("APP-15", "layers unknown", C | on(5, 6) | {f.WBB_LAYERS: None}, EN_BLOC, OPEN),
]

_BY_LEVEL = ("APP-01", "APP-03", "APP-04", "APP-07", "APP-08", "APP-09", "APP-10", "APP-14")
NEVER_OPEN = dict.fromkeys(_BY_LEVEL, "act and level decide; open without any level, as shown in test_approach")
