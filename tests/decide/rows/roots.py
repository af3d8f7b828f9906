"""Rows of the rules about cutting nerve roots."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.sided import Root
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS

C, M = CHORDOMA | {f.AGE: 55.0}, METASTASIS


def cut(*words: str, act: Act = Act.EN_BLOC) -> dict[str, Any]:
    """An operation that cuts these roots."""
    return {"act": act, "of_plan": {f.ROOTS_CUT: tuple(Root(word) for word in words)}}


def both(*nerves: str) -> tuple[str, ...]:
    return tuple(f"{nerve} {side}" for nerve in nerves for side in ("left", "right"))


UNSTATED: dict[str, Any] = {"act": Act.EN_BLOC}
S2_TO_S5, S3_TO_S5 = both("S2", "S3", "S4", "S5"), both("S3", "S4", "S5")

# The rule, roots of which one is enough, a root next to them that is not.
_BY_ROOT = (
    ("NERV-01", ("C1 left", "C2 right"), "C3 left"),
    ("NERV-02", ("C3 left", "C4 right"), "C5 left"),
    ("NERV-03", ("C5 left",), "C6 left"),
    ("NERV-04", ("C6 right",), "C7 left"),
    ("NERV-05", ("C7 left",), "C8 left"),
    ("NERV-06", ("C8 right",), "C7 right"),
    ("NERV-07", ("T1 left",), "T2 left"),
    ("NERV-08", ("T2 left", "T8 right", "T12 left"), "T13 left"),
    ("NERV-09", ("L1 left",), "T12 left"),
    ("NERV-10", ("L2 left", "L3 right"), "L4 left"),
    ("NERV-11", ("L4 left",), "L5 left"),
    ("NERV-12", ("L5 right",), "L6 right"),
    ("NERV-13", ("S1 left",), "S2 left"),
)

ROWS: list[Row] = [
    *((id, f"{word} is cut", C, cut(word), YES) for id, words, _ in _BY_ROOT for word in words),
    *((id, f"{other} is cut", C, cut(other), NO) for id, _, other in _BY_ROOT),
    *((id, "roots not stated", C, UNSTATED, OPEN) for id, _, _ in _BY_ROOT),
    *((id, "no root is cut", C, cut(), NO) for id, _, _ in _BY_ROOT),
    *((f"NERV-{number}", "roots not stated", C, UNSTATED, OPEN) for number in range(14, 24)),
    *((f"NERV-{number}", "no root is cut", C, cut(), NO) for number in range(14, 24)),
    *((f"NERV-{number}", "radiosurgery", M, {"act": Act.RADIOSURGERY}, NO) for number in range(14, 24)),
    ("NERV-14", "S2 to S5 on both sides", C, cut(*S2_TO_S5), YES),
    ("NERV-14", "one S2 kept", C, cut(*S2_TO_S5[1:]), NO),
    ("NERV-15", "S3 to S5 on both sides", C, cut(*S3_TO_S5), YES),
    ("NERV-15", "one S2 cut too", C, cut("S2 left", *S3_TO_S5), NO),
    ("NERV-16", "S4 and S5 on both sides", C, cut(*both("S4", "S5")), YES),
    ("NERV-16", "one S3 cut too", C, cut("S3 left", *both("S4", "S5")), NO),
    ("NERV-17", "one S3 kept", C, cut("S3 left", *both("S4", "S5")), YES),
    ("NERV-17", "no S3 kept", C, cut("S2 left", *S3_TO_S5), NO),
    ("NERV-17", "one side intact", C, cut("S3 left", "S4 left"), NO),
    ("NERV-18", "left side only", C, cut("S3 left", "S4 left"), YES),
    ("NERV-18", "S1 of the other side too", C, cut("S3 left", "S1 right"), NO),
    ("NERV-18", "S1 alone", C, cut("S1 right"), NO),
    ("NERV-19", "S5 alone", C, cut("S5 left"), YES),
    ("NERV-19", "S1 alone", C, cut("S1 left"), NO),
    ("NERV-20", "a thoracic root", C, cut("T8 left"), YES),
    ("NERV-20", "the coccygeal root", C, cut("Co left"), YES),
    ("NERV-20", "a root in stabilisation", M, cut("T8 left", act=Act.STABILISATION), YES),
    ("NERV-21", "all sacral roots", C, cut(*both("S1"), *S2_TO_S5), YES),
    ("NERV-21", "one S1 kept", C, cut("S1 left", *S2_TO_S5), NO),
    ("NERV-22", "both roots of C4", C, cut(*both("C4")), YES),
    ("NERV-22", "two of C3 to C5 on each side", C, cut(*both("C3", "C5")), YES),
    ("NERV-22", "two on each side that differ", C, cut("C3 left", "C4 left", "C3 right", "C5 right"), YES),
    ("NERV-22", "both roots of C5", C, cut(*both("C5")), NO),
    ("NERV-22", "three on one side", C, cut("C3 left", "C4 left", "C5 left"), NO),
    ("NERV-23", "S3 on both sides", C, cut(*both("S3")), YES),
    ("NERV-23", "S2 on both sides", C, cut(*both("S2")), YES),
    ("NERV-23", "S2 and S3 on one side", C, cut("S2 left", "S3 left"), NO),
    ("NERV-23", "S4 on both sides", C, cut(*both("S4")), NO),
]
