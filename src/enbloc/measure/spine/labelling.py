"""Whether the labels of the vertebrae can be relied on, and the names of their levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import LabelTrust
from enbloc.case.finding import measured
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.case.mark import LONGEST, Mark, MarkKind
from enbloc.measure.answers import Answer, missing
from enbloc.measure.spine import label_checks, label_fit, numbering
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.label import Doubt, Label, labels_of

_RANK = tuple(LabelTrust)
_METHOD = "edges, voxels, pieces and size of the label, its order and spacing in the column, ribs, sides"


def labelling(column: Column) -> Iterator[Answer]:
    """The trust in each label, with its reasons, and whether the names of the levels are in doubt.

    Nothing is corrected: a doubt is said, and a person counts the vertebrae.
    """
    labels = labels_of(column)
    if not labels:
        yield missing(fact.NUMBERING_DOUBTFUL, "patient", "no vertebra is labelled")
        return
    doubts = tuple(doubts_of(column, labels))
    for level, one in labels.items():
        yield _trust(column, one, [doubt for doubt in doubts if level in doubt.levels])
    yield _names(column, labels, [doubt for doubt in doubts if doubt.names])


def doubts_of(column: Column, labels: dict[Level, Label]) -> Iterator[Doubt]:
    """Every reason to doubt a label or a name."""
    images = column.images
    yield from label_checks.cut(labels)
    yield from label_checks.scrap(labels)
    yield from label_checks.coarse(labels)
    yield from label_checks.pieces(labels)
    yield from label_checks.doubled(labels, column.heights)
    yield from label_checks.partial(labels)
    yield from label_checks.duplicates(labels, images, numbering.spacing_mm(labels))
    yield from numbering.order(labels)
    yield from numbering.gaps(labels)
    yield from numbering.transitional(labels)
    yield from numbering.ribs(labels, images)
    yield from numbering.sacrum(labels, images)
    yield from numbering.unanchored(labels, images)
    yield from label_fit.on_bone(labels, images)
    yield from label_fit.sides(labels, images)


def _trust(column: Column, one: Label, doubts: list[Doubt]) -> Answer:
    trust = max((doubt.trust for doubt in doubts), key=_RANK.index, default=LabelTrust.SOUND)
    middle = _rounded(one.middle)
    return measured(
        fact.LABEL_TRUST,
        one.level,
        trust,
        document=one.crop.labels.document,
        place=f"vertebra {one.level}",
        at_mm=middle,
        notes=tuple(dict.fromkeys(doubt.why for doubt in doubts)),
        method=_METHOD,
        shows=_sagittal(column, one),
        marks=(Mark(kind=MarkKind.POINTS, words=f"middle of {one.level}", points_mm=(middle,)),),
    )


def _names(column: Column, labels: dict[Level, Label], doubts: list[Doubt]) -> Answer:
    levels = list(labels)
    doubted = [level for doubt in doubts for level in doubt.levels if level in labels]
    one = labels[doubted[0] if doubted else levels[len(levels) // 2]]
    anchors = numbering.anchors(labels, column.images)
    notes = [doubt.why for doubt in doubts] or [f"counted from {' and '.join(anchors)}"]
    middles = tuple(_rounded(each.middle) for each in labels.values())[:LONGEST]
    words = f"middles of the vertebrae named {levels[0]} to {levels[-1]}"
    where: dict[str, Any] = {"document": one.crop.labels.document, "place": words, "at_mm": _rounded(one.middle)}
    return measured(
        fact.NUMBERING_DOUBTFUL,
        "patient",
        bool(doubts),
        notes=tuple(dict.fromkeys(notes)),
        method="order and spacing of the names, ribs, and what they are counted from",
        shows=_sagittal(column, one),
        marks=(Mark(kind=MarkKind.LINE, words=words, points_mm=middles),),
        **where,
    )


def _sagittal(column: Column, one: Label) -> Plane:
    """The sagittal plane through the middle of a vertebra, seen from the patient's left or, framed, from its own."""
    axes = column.spine[one.level].axes if one.level in column.spine else np.eye(3)
    return Plane(point_mm=_rounded(one.middle), normal=triple(np.round(axes[0], 6) + 0.0))


def _rounded(point: Any) -> Triple:
    return triple(np.round(point, 1) + 0.0)
