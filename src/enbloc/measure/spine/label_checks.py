"""What can be wrong with the label of one vertebra: cut, scrap, too coarse, in pieces, or of an odd size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.fact import LabelTrust
from enbloc.case.image import Images, LabelMap
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


def doubled(labels: Labels, heights: Mapping[Level, Heights]) -> Iterator[Doubt]:
    """Labels much larger or taller than any near them."""
    volumes = {level: one.cc for level, one in labels.items() if _comparable(one)}
    tall = {level: float(np.max(heights[level].mm)) for level in volumes if level in heights}
    for level in volumes:
        times, what = max((_ratio(volumes, level, max), "large"), (_ratio(tall, level, max), "tall"))
        if times >= TWO_IN_ONE.number:
            why = f"{level} is {times:.1f} times as {what} as any neighbour: two vertebrae under one name?"
            yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE, names=True)


def partial(labels: Labels) -> Iterator[Doubt]:
    """Labels that reach over much less than those near them; a collapsed vertebra reaches as far as before."""
    shadows = {level: one.shadow_mm2 for level, one in labels.items() if _comparable(one)}
    for level in shadows:
        times = _ratio(shadows, level, np.median)
        if times <= PART_OF_ONE.number:
            why = f"the label of {level} reaches over {times:.1f} times the area of others: a part of a vertebra?"
            yield Doubt(why=why, levels=(level,))


def _comparable(one: Label) -> bool:
    odd = one.level in _UNLIKE or is_sacral(one.level)
    return not odd and not one.is_cut and one.cc >= LEAST_LABEL.number


def _ratio(values: Mapping[Level, float], level: Level, summed: Callable[[list[float]], Any]) -> float:
    """A value over the greatest, or the median, of those near it; 1 with fewer than two of them."""
    order = list(values)
    if level not in order:
        return 1.0
    at = order.index(level)
    near = [values[other] for other in (*order[max(0, at - NEAR) : at], *order[at + 1 : at + 1 + NEAR])]
    return values[level] / float(summed(near)) if len(near) > 1 else 1.0


def duplicates(labels: Labels, images: Images, spacing_mm: float) -> Iterator[Doubt]:
    """Levels that two label maps put in different places, more than half of ``spacing_mm`` apart along the column."""
    for level, one in labels.items():
        own, first = one.crop.labels, _height_mm(one.crop.labels, level)
        apart = [abs(_height_mm(other, level) - first) for other in _holding(images, level) if other is not own]
        if apart and max(apart) > 0.5 * spacing_mm:
            why = f"two label maps put {level} in places {max(apart):.0f} mm apart"
            yield Doubt(why=why, levels=(level,), trust=LabelTrust.UNUSABLE, names=True)


def _holding(images: Images, level: Level) -> list[LabelMap]:
    return [drawn for drawn in images.labels.values() if vertebra(level) in drawn.boxes]


def _height_mm(drawn: LabelMap, level: Level) -> float:
    """How high in the patient the middle of a vertebra's box lies."""
    middle = np.array([[(part.start + part.stop - 1) / 2 for part in drawn.boxes[vertebra(level)]]])
    return float(drawn.grid.points_mm(middle)[0, 2])
