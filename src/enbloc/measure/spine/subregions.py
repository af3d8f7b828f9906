"""Labels of the sub-regions of vertebrae, which stand beside a map of whole vertebrae without a level of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Part, Side, Structure, StructureKind
from enbloc.case.image import Images, LabelMap
from enbloc.kernels.slabs import looked_up
from enbloc.measure.spine.parameters import SUBREGIONS_SHARE
from enbloc.measure.spine.vertebra import Vertebra

Bools = NDArray[np.bool_]

PARTS: Mapping[StructureKind, Part] = {
    StructureKind.BODY: Part.BODY,
    StructureKind.SPINOUS_PROCESS: Part.SPINOUS_PROCESS,
    StructureKind.TRANSVERSE_PROCESS: Part.TRANSVERSE_PROCESS,
    StructureKind.UPPER_ARTICULAR_PROCESS: Part.FACET,
    StructureKind.LOWER_ARTICULAR_PROCESS: Part.FACET,
}
"""What each kind of sub-region is a part of; an arch is pedicles and laminae together."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Given:
    """Which voxels of a vertebra, shape (n,), labels call a part, a part of a side, or the arch.

    A side is that of the label; where that is not believed, the part stands without one.
    """

    parts: Mapping[Part, Bools]
    sided: Mapping[tuple[Part, Side], Bools]
    arch: Bools


def subregions(one: Vertebra, images: Images) -> tuple[Given | None, tuple[str, ...]]:
    """The sub-regions of one vertebra, if labels name enough of it, and what is doubtful about them."""
    for labels in images.labels.values():
        names = {number: named for number, named in labels.names.items() if _is_subregion(named, one)}
        if any(named.kind is StructureKind.BODY for named in names.values()):
            values = _at(one, labels)
            named = np.isin(values, list(names))
            share = 100.0 * float(named.mean())
            if share == 0.0:
                continue
            if share < SUBREGIONS_SHARE.number:
                return None, (f"labels of sub-regions name only {share:.0f} % of {one.level}: not used",)
            return _given(one, values, names)
    return None, ()


def _is_subregion(named: Structure, one: Vertebra) -> bool:
    return (named.kind in PARTS or named.kind is StructureKind.ARCH) and named.level in (None, one.level)


def _at(one: Vertebra, labels: LabelMap) -> NDArray[np.int64]:
    """The labels at the voxels of the vertebra, which may lie on another grid."""
    if labels.grid.is_same_as(one.crop.labels.grid):
        return np.asarray(labels.labels[one.crop.box][one.crop.mask > 0], dtype=np.int64)
    inverse = labels.grid.inverse
    matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
    return looked_up(labels.labels, matrix, offset, one.crop.points_mm)


def _given(one: Vertebra, values: NDArray[np.int64], names: Mapping[int, Structure]) -> tuple[Given, tuple[str, ...]]:
    left = one.own_mm[:, 0] > one.hole_mm[0]
    masks = {named: np.zeros(len(values), bool) for named in names.values()}
    for number, named in names.items():
        masks[named] |= values == number
    sided = {named: there for named, there in masks.items() if named.side is not None and named.kind in PARTS}
    wrong = sum(int((there & (left != (named.side is Side.LEFT))).sum()) for named, there in sided.items())
    notes: tuple[str, ...] = ()
    if 2 * wrong > sum(int(there.sum()) for there in sided.values()):
        notes = (f"labels of sub-regions of {one.level} have left and right exchanged: sides are those of the patient",)
        sided = {}
    parts = {part: np.zeros(len(values), bool) for part in PARTS.values()}
    both = {(part, side): np.zeros(len(values), bool) for part in PARTS.values() for side in Side}
    arch = np.zeros(len(values), bool)
    for named, there in masks.items():
        if named.kind is StructureKind.ARCH:
            arch |= there
        elif named in sided and named.side is not None:
            both[PARTS[named.kind], named.side] |= there
        else:
            parts[PARTS[named.kind]] |= there
    return Given(parts=parts, sided={key: there for key, there in both.items() if there.any()}, arch=arch), notes
