"""Rows of the rules about neuromonitoring, every limit on, below and above, and of the stop of a lost signal."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.sided import Root, SegmentalArtery
from enbloc.decide.decision import Act
from tests.decide.rows.intradural import EPENDYMOMA, MENINGIOMA, named
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS

E = f.EsccReported
OPERATE: dict[str, Any] = {"act": Act.INTRADURAL}
SEPARATE: dict[str, Any] = {"act": Act.SEPARATION}
FAR = {f.NEAR_ROOT: False}
AT_L4: dict[str, Any] = {"level": Level.L4}
CAUDA: dict[Any, Any] = METASTASIS
INSIDE: dict[Any, Any] = MENINGIOMA | {f.HISTOLOGY: None, f.EXTRAMEDULLARY_SHARE: 100.0}
NO_NERVES: dict[Any, Any] = {f.ROOTS_CUT: (), f.SEGMENTAL_ARTERIES: ()}


def d_wave(percent: float) -> dict[Any, Any]:
    return EPENDYMOMA | {f.D_WAVE_FALL: percent}


def mep(percent: float) -> dict[Any, Any]:
    return EPENDYMOMA | {f.MEP_FALL: percent, f.MEP_LOST: False}


LOST: dict[Any, Any] = EPENDYMOMA | {f.MEP_LOST: True}

ROWS: list[Row] = [
    ("IONM-01", "within the cord", EPENDYMOMA, OPERATE, YES),
    ("IONM-01", "outside it", MENINGIOMA, OPERATE, NO),
    ("IONM-01", "irradiated", EPENDYMOMA, {"act": Act.RADIOTHERAPY}, NO),
    ("IONM-01", "which compartment?", named("Solitary fibrous tumour"), OPERATE, OPEN),
    ("IONM-02", "within the dura", MENINGIOMA, OPERATE, YES),
    ("IONM-02", "within the cord", EPENDYMOMA, OPERATE, NO),
    ("IONM-02", "ESCC 2", METASTASIS, SEPARATE, YES),
    ("IONM-02", "ESCC 1c, far from roots", METASTASIS | FAR | {f.ESCC_REPORTED: E.GRADE_1C}, SEPARATE, NO),
    ("IONM-02", "ESCC 1c, near a root", METASTASIS | {f.NEAR_ROOT: True, f.ESCC_REPORTED: E.GRADE_1C}, SEPARATE, YES),
    ("IONM-02", "a root is cut", CHORDOMA | {f.ROOTS_CUT: (Root("T8 left"),)}, {"act": Act.EN_BLOC}, YES),
    ("IONM-02", "near a root?", CHORDOMA, {"act": Act.EN_BLOC}, OPEN),
    ("IONM-03", "at half", d_wave(50.0), {}, YES),
    ("IONM-03", "just less", d_wave(49.9), {}, NO),
    ("IONM-03", "just more", d_wave(50.1), {}, YES),
    ("IONM-03", "nobody monitors", EPENDYMOMA, {}, NO),
    ("IONM-03", "D-wave?", mep(10.0), {}, OPEN),
    ("IONM-04", "lost, D-wave above half", LOST | {f.D_WAVE_FALL: 49.9}, {}, YES),
    ("IONM-04", "lost, D-wave at half", LOST | {f.D_WAVE_FALL: 50.0}, {}, NO),
    ("IONM-04", "lost, D-wave below half", LOST | {f.D_WAVE_FALL: 50.1}, {}, NO),
    ("IONM-04", "not lost", mep(10.0), {}, NO),
    ("IONM-04", "nobody monitors", EPENDYMOMA, {}, NO),
    ("IONM-04", "D-wave?", LOST, {}, OPEN),
    ("IONM-05", "at half", mep(50.0), {}, NO),
    ("IONM-05", "just less", mep(49.9), {}, NO),
    ("IONM-05", "just more", mep(50.1), {}, YES),
    ("IONM-05", "lost", LOST, {}, YES),
    ("IONM-05", "MEP?", d_wave(10.0), {}, OPEN),
    ("IONM-05", "nobody monitors", EPENDYMOMA, {}, NO),
    ("IONM-06", "at half", EPENDYMOMA | {f.SSEP_FALL: 50.0}, {}, YES),
    ("IONM-06", "just less", EPENDYMOMA | {f.SSEP_FALL: 49.9, f.SSEP_DELAY: 9.9}, {}, NO),
    ("IONM-06", "just more", EPENDYMOMA | {f.SSEP_FALL: 50.1}, {}, YES),
    ("IONM-06", "later by a tenth", EPENDYMOMA | {f.SSEP_FALL: 0.0, f.SSEP_DELAY: 10.0}, {}, YES),
    ("IONM-06", "later by more", EPENDYMOMA | {f.SSEP_DELAY: 10.1}, {}, YES),
    ("IONM-06", "latency?", EPENDYMOMA | {f.SSEP_FALL: 20.0}, {}, OPEN),
    ("IONM-06", "nobody monitors", EPENDYMOMA, {}, NO),
    ("IONM-07", "within the cord", EPENDYMOMA, OPERATE, YES),
    ("IONM-07", "outside it", MENINGIOMA, OPERATE, NO),
    ("IONM-07", "not operated", EPENDYMOMA, {}, NO),
    ("IONM-07", "which compartment?", named("Solitary fibrous tumour"), OPERATE, OPEN),
    ("IONM-08", "a root", CHORDOMA | NO_NERVES | {f.ROOTS_CUT: (Root("T8 left"),)}, {"act": Act.EN_BLOC}, YES),
    (
        "IONM-08",
        "an artery",
        CHORDOMA | NO_NERVES | {f.SEGMENTAL_ARTERIES: (SegmentalArtery("T8 left"),)},
        {"act": Act.EN_BLOC},
        YES,
    ),
    ("IONM-08", "neither", CHORDOMA | NO_NERVES, {"act": Act.EN_BLOC}, NO),
    ("IONM-08", "not resected", CHORDOMA, {"act": Act.RADIOSURGERY}, NO),
    ("IONM-08", "which roots?", CHORDOMA, {"act": Act.EN_BLOC}, OPEN),
    ("STOP-21", "D-wave at half", d_wave(50.0), {}, YES),
    ("STOP-21", "D-wave just above half", d_wave(49.9) | {f.MEP_LOST: False}, {}, NO),
    ("STOP-21", "D-wave below half", d_wave(50.1), {}, YES),
    ("STOP-21", "lost, causes excluded", LOST | {f.OTHER_CAUSES_EXCLUDED: True}, {}, YES),
    ("STOP-21", "lost, causes?", LOST | {f.D_WAVE_FALL: 0.0}, {}, OPEN),
    ("STOP-21", "lost by a cause", LOST | {f.D_WAVE_FALL: 0.0, f.OTHER_CAUSES_EXCLUDED: False}, {}, NO),
    ("STOP-21", "D-wave not stated", mep(10.0), {}, OPEN),
    ("STOP-21", "below the conus", mep(10.0) | {f.CORD_LEVEL: False}, {"level": Level.L4}, NO),
    ("STOP-21", "nobody monitors", EPENDYMOMA, {}, NO),
    ("STOP-24", "cauda equina, judged by the cord", CAUDA | {f.CORD_LEVEL: False}, SEPARATE | AT_L4, YES),
    (
        "STOP-24",
        "cauda equina, the sac judged",
        CAUDA | {f.CORD_LEVEL: False, f.SAC_EFFACED: True},
        SEPARATE | AT_L4,
        NO,
    ),
    (
        "STOP-24",
        "cauda equina, its deficit judged",
        CAUDA | {f.CORD_LEVEL: False, f.CAUDA_DEFICIT: False},
        SEPARATE | AT_L4,
        NO,
    ),
    (
        "STOP-24",
        "cauda equina, no grade reported",
        METASTASIS | {f.ESCC_REPORTED: None, f.CORD_LEVEL: False},
        SEPARATE | AT_L4,
        NO,
    ),
    ("STOP-24", "the conus still beside it", CAUDA | {f.CORD_LEVEL: True}, SEPARATE | AT_L4, NO),
    ("STOP-24", "is there a cord?", CAUDA, SEPARATE | AT_L4, OPEN),
    ("STOP-24", "thoracic", CAUDA, SEPARATE, NO),
    ("STOP-24", "nameless, within the dura by its shares", INSIDE, SEPARATE, YES),
    ("STOP-24", "resected within the dura, by its own rules", MENINGIOMA, OPERATE, NO),
]
