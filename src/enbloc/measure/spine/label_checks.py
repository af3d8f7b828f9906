"""What can be wrong with the label of one vertebra: cut, scrap, too coarse, in pieces, or of an odd size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from enbloc.case.anatomy import Level, StructureKind
from enbloc.case.fact import LabelTrust
from enbloc.case.image import Images
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.spine.heights import Heights, is_sacral
from enbloc.measure.spine.label import Doubt, Label
from enbloc.measure.spine.parameters import LEAST_LABEL, PART_OF_ONE, PIECE_DISTANCE, PIECE_VOLUME, TWO_IN_ONE
from enbloc.measure.spine.vertebra import cut_through

Labels = Mapping[Level, Label]
NEAR = 3  # neighbours on either side that a vertebra is compared with
_UNLIKE = {Level.O, Level.C1, Level.C2, Level.CO}  # no other vertebra has their size


def cut(labels: Labels) -> Iterator[Doubt]:
    """Vertebrae that the edge of the scan may have cut through the body; only measured in part."""
    for level, one in labels.items():
        if one.is_cut:
            edge = " and ".join(cut_through(one.crop))
            why = f"{level} is cut by the {edge} edge of the scan: no heights and no volume of it"
            yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE)


def scrap(labels: Labels) -> Iterator[Doubt]:
    """Labels that hold next to nothing, or lie in one slice."""
    for level, one in labels.items():
        why = ""
        if min(one.crop.mask.shape) == 1:
            why = f"the label of {level} lies in one slice"
        elif one.cc < LEAST_LABEL.number:
            why = f"the label of {level} holds only {one.cc:.2f} cc"
        if why:
            yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE)


def coarse(labels: Labels) -> Iterator[Doubt]:
    """Voxels too large for the finer measures."""
    for level, one in labels.items():
        widest = max(one.crop.grid.spacing_mm)
        if round(widest, 2) > THICK_SLICE.number:
            why = f"slices of {widest:.3g} mm are too thick for body heights, collapse, slips, sac and cord"
            yield Doubt(why=why, levels=(level,))


def pieces(labels: Labels) -> Iterator[Doubt]:
    """Labels of which a sizeable piece lies far from the rest."""
    for level, one in labels.items():
        far = [(cc, mm) for cc, mm in one.apart if cc >= PIECE_VOLUME.number and mm >= PIECE_DISTANCE.number]
        if far:
            cc, mm = max(far)
            why = f"the label of {level} lies in {len(far) + 1} pieces; one of {cc:.1f} cc is {mm:.0f} mm away"
            yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE)


def sizes(labels: Labels, heights: Mapping[Level, Heights]) -> Iterator[Doubt]:
    """Labels much larger or taller than their neighbours', or much smaller; a collapse makes none of these."""
    volumes = {level: one.cc for level, one in labels.items() if _comparable(one)}
    tall = {level: float(np.max(heights[level].mm)) for level in volumes if level in heights}
    for level in volumes:
        volume, height = _excess(volumes, level), _excess(tall, level)
        if max(volume, height) >= TWO_IN_ONE.number:
            what = "large" if volume >= height else "tall"
            why = (
                f"{level} is {max(volume, height):.1f} times as {what} as its neighbours: two vertebrae under one name?"
            )
            yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE, names=True)
        elif (part := _ratio(volumes, level)) <= PART_OF_ONE.number:
            why = f"the label of {level} is {part:.1f} times as large as its neighbours': a part of a vertebra?"
            yield Doubt(why=why, levels=(level,))


def _comparable(one: Label) -> bool:
    odd = one.level in _UNLIKE or is_sacral(one.level)
    return not odd and not one.is_cut and one.cc >= LEAST_LABEL.number


def _excess(values: Mapping[Level, float], level: Level) -> float:
    """How many times its neighbours' a value is: of those near it, and of both beside it.

    Beside two halves of one vertebra every other one is twice as large as most that are near it, and yet not wrong.
    """
    if level not in values:
        return 1.0
    beside = _near(values, level, 1)
    return min(_ratio(values, level), values[level] / max(beside)) if beside else 1.0


def _ratio(values: Mapping[Level, float], level: Level) -> float:
    """A value over the median of those near it; 1 with fewer than two of them."""
    near = _near(values, level, NEAR)
    return values[level] / float(np.median(near)) if len(near) > 1 else 1.0


def _near(values: Mapping[Level, float], level: Level, count: int) -> list[float]:
    order = list(values)
    at = order.index(level)
    return [values[other] for other in (*order[max(0, at - count) : at], *order[at + 1 : at + 1 + count])]


def duplicates(labels: Labels, images: Images, spacing_mm: float) -> Iterator[Doubt]:
    """Levels that two label maps put in different places, more than half of ``spacing_mm`` apart along the column."""
    for level, one in labels.items():
        for other in images.labels.values():
            for named, box in other.boxes.items():
                if other is one.crop.labels or named.kind is not StructureKind.VERTEBRA or named.level is not level:
                    continue
                middle = np.array([[(part.start + part.stop - 1) / 2 for part in box]])
                own = np.array([[(part.start + part.stop - 1) / 2 for part in one.crop.box]])
                apart = abs(float(other.grid.points_mm(middle)[0, 2] - one.crop.labels.grid.points_mm(own)[0, 2]))
                if apart > 0.5 * spacing_mm:
                    why = f"two label maps put {level} in places {apart:.0f} mm apart"
                    yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE, names=True)
