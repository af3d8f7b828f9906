"""Rows of the rules about segmental and vertebral arteries."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Side
from enbloc.case.sided import SegmentalArtery
from enbloc.decide.decision import Act
from tests.decide.rows.roots import both
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS

M = METASTASIS


def arteries(*words: str) -> tuple[SegmentalArtery, ...]:
    return tuple(SegmentalArtery(word) for word in words)


# Nothing was lost before, and the artery of Adamkiewicz was looked for and not seen.
C: dict[Any, Any] = CHORDOMA | {f.EARLIER_ARTERIES: (), f.ADAMKIEWICZ: ()}
THREE, FOUR = both("T7", "T8", "T9"), both("T6", "T7", "T8", "T9")


def taking(*words: str, act: Act = Act.EN_BLOC, **more: Any) -> dict[str, Any]:
    """A plan that takes these arteries."""
    return {"act": act, "of_plan": {f.SEGMENTAL_ARTERIES: arteries(*words)}} | more


def ways(*approaches: f.Approach, taken: tuple[str, ...] = ("T8 left",)) -> dict[str, Any]:
    return {"act": Act.EN_BLOC, "of_plan": {f.APPROACHES: approaches, f.SEGMENTAL_ARTERIES: arteries(*taken)}}


FRONT, BACK = f.Approach.ANTERIOR, f.Approach.POSTERIOR
IN_NECK: dict[str, Any] = {"act": Act.EN_BLOC, "level": Level.C5}
EARLIER = {f.EARLIER_ARTERIES: arteries(*both("T2", "T3"))}
TOTAL = both("L1", "L2")

ROWS: list[Row] = [
    ("VASC-01", "two levels", C, taking(*both("T7", "T8")), YES),
    ("VASC-01", "three levels", C, taking(*THREE), YES),
    ("VASC-01", "four levels", C, taking(*FOUR), NO),
    ("VASC-01", "one side only", C, taking("T7 left", "T8 left"), NO),
    ("VASC-01", "embolisation of three levels", C, taking(*THREE, act=Act.EMBOLISATION), YES),
    ("VASC-01", "the level of Adamkiewicz", C | {f.ADAMKIEWICZ: arteries("T9 left")}, taking(*THREE), NO),
    ("VASC-01", "nothing known of before", C | {f.EARLIER_ARTERIES: None}, taking(*THREE), OPEN),
    ("VASC-01", "plan not stated", C, {"act": Act.EN_BLOC}, OPEN),
    ("VASC-01", "radiosurgery", M, {"act": Act.RADIOSURGERY}, NO),
    ("VASC-02", "four levels", C, taking(*FOUR), YES),
    ("VASC-02", "three levels", C, taking(*THREE), NO),
    ("VASC-02", "four levels, one apart", C, taking(*both("T5", "T7", "T8", "T9")), NO),
    ("VASC-02", "four levels, nothing known of before", C | {f.EARLIER_ARTERIES: None}, taking(*FOUR), YES),
    ("VASC-02", "three now, one before", C | {f.EARLIER_ARTERIES: arteries(*both("T10"))}, taking(*THREE), YES),
    ("VASC-02", "the level of Adamkiewicz", C | {f.ADAMKIEWICZ: arteries("T8 right")}, taking("T8 left"), YES),
    ("VASC-02", "Adamkiewicz elsewhere", C | {f.ADAMKIEWICZ: arteries("T10 left")}, taking(*THREE), NO),
    ("VASC-02", "Adamkiewicz unknown", C | {f.ADAMKIEWICZ: None}, taking("T8 left"), OPEN),
    ("VASC-02", "no artery", C | {f.ADAMKIEWICZ: None, f.EARLIER_ARTERIES: None}, taking(), NO),
    ("VASC-02", "radiotherapy", M, {"act": Act.RADIOTHERAPY}, NO),
    ("VASC-03", "from the front", C, ways(FRONT), YES),
    ("VASC-03", "combined", C, ways(FRONT, BACK), YES),
    ("VASC-03", "from behind", C, ways(BACK), NO),
    ("VASC-03", "no artery is taken", C, ways(FRONT, taken=()), NO),
    ("VASC-03", "approach not stated", C, taking("T8 left"), OPEN),
    ("VASC-03", "embolisation", C, {"act": Act.EMBOLISATION}, NO),
    ("VASC-04", "held by the tumour", C | {f.VERTEBRAL_IN_TUMOUR: (Side.LEFT,)}, IN_NECK, YES),
    ("VASC-04", "layer F", C | {f.WBB_LAYERS: ("B", "F")}, IN_NECK, YES),
    (
        "VASC-04",
        "free and kept",
        C | {f.VERTEBRAL_IN_TUMOUR: ()},
        IN_NECK | {"of_plan": {f.VERTEBRAL_SACRIFICED: ()}},
        NO,
    ),
    (
        "VASC-04",
        "free and sacrificed",
        C | {f.VERTEBRAL_IN_TUMOUR: ()},
        IN_NECK | {"of_plan": {f.VERTEBRAL_SACRIFICED: (Side.LEFT,)}},
        YES,
    ),
    ("VASC-04", "nobody looked", C, IN_NECK, OPEN),
    ("VASC-04", "first thoracic level", C, {"act": Act.EN_BLOC, "level": Level.T1}, OPEN),
    ("VASC-04", "second thoracic level", C, {"act": Act.EN_BLOC, "level": Level.T2}, NO),
    ("VASC-05", "two sessions", C | EARLIER, taking(*TOTAL), YES),
    ("VASC-05", "no earlier session", C, taking(*TOTAL), NO),
    ("VASC-05", "no artery now", C | EARLIER, taking(), NO),
    ("VASC-05", "separation surgery", C | EARLIER, taking(*TOTAL, act=Act.SEPARATION), NO),
    ("VASC-05", "nothing known of before", C | {f.EARLIER_ARTERIES: None}, taking(*TOTAL), OPEN),
]
