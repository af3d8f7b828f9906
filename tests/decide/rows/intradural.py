"""Rows of the rules about intradural tumours, outside and within the cord."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import ResectionExtent as Extent
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA

ADULT: dict[Any, Any] = {f.AGE: 55.0}
TUMOUR = CHORDOMA | ADULT | {f.ESCC_REPORTED: None, f.GROWING: False}
OPERATE: dict[str, Any] = {"act": Act.INTRADURAL}


def named(histology: str) -> dict[Any, Any]:
    """A tumour of this name, without symptoms unless said."""
    return TUMOUR | {f.HISTOLOGY: histology}


MENINGIOMA, SCHWANNOMA = named("Meningioma"), named("Schwannoma")
EPENDYMOMA = named("Spinal ependymoma, grade 2") | {f.RESECTION_EXTENT: Extent.SUBTOTAL}
MASQUERADE: dict[Any, Any] = {f.KIND: "metastasis"}  # filed against what its name says
PAIN: dict[Any, Any] = {f.PAIN: f.PainCharacter.NOT_MECHANICAL}
STILL = {f.LAMINECTOMY_LEVELS: 2, f.FACET_REMOVED: 50.0}
NAMED_ALONE = {
    "INTRA-04": "Schwannoma",
    "INTRA-05": "Neurofibroma",
    "INTRA-06": "Spinal ependymoma, grade 2",
    "INTRA-08": "Myxopapillary ependymoma",
    "INTRA-09": "Spinal ependymoma MYCN-amplified",
    "INTRA-10": "Diffuse astrocytoma grade 2",
    "INTRA-11": "Pilocytic astrocytoma",
    "INTRA-17": "Cauda equina neuroendocrine tumour (paraganglioma)",
    "INTRA-18": "Subependymoma",
    "INTRA-19": "Epidermoid/dermoid/teratoma",
}
METASTATIC_ALONE = {
    "INTRA-15": "Intramedullary metastasis",
    "INTRA-16": "Leptomeningeal / intradural-extramedullary metastasis",
}
"""Rules for which the name alone decides, with a name each."""

ROWS: list[Row] = [
    *((rule, name, named(name), {}, YES) for rule, name in NAMED_ALONE.items()),
    *((rule, "a chordoma", CHORDOMA, {}, NO) for rule in (*NAMED_ALONE, *METASTATIC_ALONE)),
    *(
        (rule, f"filed as a metastasis: {name}", named(name) | MASQUERADE, {}, OPEN)
        for rule, name in NAMED_ALONE.items()
    ),
    *((rule, name, named(name) | MASQUERADE, {}, YES) for rule, name in METASTATIC_ALONE.items()),
    *((rule, f"filed as a primary: {name}", named(name), {}, OPEN) for rule, name in METASTATIC_ALONE.items()),
    ("INTRA-01", "painful", MENINGIOMA | PAIN, {}, YES),
    ("INTRA-01", "growing", MENINGIOMA | {f.GROWING: True}, {}, YES),
    ("INTRA-01", "silent", MENINGIOMA, {}, NO),
    ("INTRA-01", "growth unknown", MENINGIOMA | {f.GROWING: None}, {}, OPEN),
    ("INTRA-02", "grade 2, subtotal", named("Atypical meningioma") | {f.RESECTION_EXTENT: Extent.SUBTOTAL}, {}, YES),
    ("INTRA-02", "grade 2, total", named("Atypical meningioma") | {f.RESECTION_EXTENT: Extent.GROSS_TOTAL}, {}, YES),
    ("INTRA-02", "grade 2, not operated", named("Atypical meningioma") | {f.RESECTION_EXTENT: Extent.NONE}, {}, NO),
    ("INTRA-02", "grade 2, extent unknown", named("Atypical meningioma"), {}, OPEN),
    ("INTRA-02", "grade 3", named("Anaplastic (malignant) meningioma"), {}, YES),
    ("INTRA-02", "grade 1 by name", named("Meningioma, CNS WHO grade 1"), {}, NO),
    ("INTRA-02", "no grade", MENINGIOMA | {f.RESECTION_EXTENT: Extent.SUBTOTAL}, {}, OPEN),
    ("INTRA-02", "stated grade 3", MENINGIOMA | {f.CNS_GRADE: 3}, {}, YES),
    ("INTRA-02", "stated grade 1", MENINGIOMA | {f.CNS_GRADE: 1}, {}, NO),
    (
        "INTRA-02",
        "grades that contradict each other",
        named("Meningioma, CNS WHO grade 1") | {f.CNS_GRADE: 3},
        {},
        OPEN,
    ),
    ("INTRA-03", "silent", MENINGIOMA, {}, YES),
    ("INTRA-03", "painful", MENINGIOMA | PAIN, {}, NO),
    ("INTRA-03", "growing", MENINGIOMA | {f.GROWING: True}, {}, NO),
    ("INTRA-03", "deficit unknown", MENINGIOMA | {f.DEFICIT: None}, {}, OPEN),
    ("INTRA-06", "stated grade 3", EPENDYMOMA | {f.CNS_GRADE: 3}, {}, OPEN),
    ("INTRA-07", "subtotal", EPENDYMOMA, {}, YES),
    ("INTRA-07", "total", EPENDYMOMA | {f.RESECTION_EXTENT: Extent.GROSS_TOTAL}, {}, NO),
    ("INTRA-07", "extent unknown", EPENDYMOMA | {f.RESECTION_EXTENT: None}, {}, OPEN),
    ("DISAGREE-5", "subtotal", EPENDYMOMA, {}, YES),
    ("DISAGREE-5", "another ependymoma", EPENDYMOMA | {f.HISTOLOGY: "ependymoma_g3"}, {}, NO),
    ("DISAGREE-5", "extent unknown", EPENDYMOMA | {f.RESECTION_EXTENT: None}, {}, OPEN),
    ("INTRA-09", "grade 3", named("ependymoma_g3"), {}, YES),
    ("INTRA-09", "grade 2", EPENDYMOMA, {}, NO),
    ("INTRA-12", "no syndrome", named("Haemangioblastoma") | {f.VHL: False}, {}, YES),
    ("INTRA-12", "syndrome, silent", named("Haemangioblastoma") | {f.VHL: True}, {}, NO),
    ("INTRA-12", "syndrome, painful", named("Haemangioblastoma") | {f.VHL: True} | PAIN, {}, YES),
    ("INTRA-12", "syndrome?", named("Haemangioblastoma"), {}, OPEN),
    ("INTRA-13", "ependymoma", EPENDYMOMA, OPERATE, YES),
    ("INTRA-13", "meningioma", MENINGIOMA, OPERATE, NO),
    ("INTRA-13", "of the filum", named("cauda_nec"), OPERATE, NO),
    ("INTRA-13", "not operated", EPENDYMOMA, {}, NO),
    ("INTRA-13", "which compartment?", named("Solitary fibrous tumour"), OPERATE, OPEN),
    ("INTRA-13", "within the cord by its shares", named("sft") | {f.INTRAMEDULLARY_SHARE: 100.0}, OPERATE, YES),
    ("INTRA-14", "three levels", MENINGIOMA | STILL | {f.LAMINECTOMY_LEVELS: 3}, OPERATE, YES),
    ("INTRA-14", "two levels, half a facet", MENINGIOMA | STILL, OPERATE, NO),
    ("INTRA-14", "more than half a facet", MENINGIOMA | STILL | {f.FACET_REMOVED: 50.1}, OPERATE, YES),
    ("INTRA-14", "less than half a facet", MENINGIOMA | STILL | {f.FACET_REMOVED: 49.9}, OPERATE, NO),
    ("INTRA-14", "a child", MENINGIOMA | STILL | {f.AGE: 12.0}, OPERATE, YES),
    ("INTRA-14", "at a junction", MENINGIOMA | STILL, OPERATE | {"level": Level.T12}, YES),
    ("INTRA-14", "beside a junction", MENINGIOMA | STILL, OPERATE | {"level": Level.L2}, NO),
    ("INTRA-14", "how wide?", MENINGIOMA | STILL | {f.LAMINECTOMY_LEVELS: None}, OPERATE, OPEN),
    ("INTRA-14", "outside the dura", CHORDOMA | ADULT, {"act": Act.SEPARATION}, NO),
    ("INTRA-20", "painful", named("Intradural lipoma") | PAIN, {}, YES),
    ("INTRA-20", "tethered", named("Intradural lipoma") | {f.TETHERED: True}, {}, YES),
    ("INTRA-20", "silent", named("Intradural lipoma") | {f.TETHERED: False}, {}, NO),
    ("INTRA-20", "tethered?", named("Intradural lipoma"), {}, OPEN),
    ("INTRA-21", "rapid decline", MENINGIOMA | {f.RAPID_DECLINE: True}, {}, YES),
    ("INTRA-21", "no decline", MENINGIOMA | {f.RAPID_DECLINE: False}, {}, NO),
    ("INTRA-21", "decline?", MENINGIOMA, {}, OPEN),
    ("INTRA-21", "outside the dura", CHORDOMA | {f.RAPID_DECLINE: True}, {}, NO),
    (
        "INTRA-21",
        "nameless, within the dura by its shares",
        TUMOUR | {f.HISTOLOGY: None, f.EXTRAMEDULLARY_SHARE: 100.0, f.RAPID_DECLINE: True},
        {},
        YES,
    ),
]
