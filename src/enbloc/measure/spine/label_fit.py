"""Whether labels lie where they should: on the bone of their CT, and left and right where the patient has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side, Structure, StructureKind
from enbloc.case.fact import LabelTrust
from enbloc.case.image import Images, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.measure.spine.label import Doubt, Label
from enbloc.measure.spine.parameters import BETTER_TURNED, BONE_CONTRAST, OFF_MIDLINE

Floats = NDArray[np.float64]
Labels = Mapping[Level, Label]
_Sample = tuple[Floats, Floats]  # points in a label, and points beside it
SAMPLES = 250  # voxels of each vertebra that are looked up
SEVERAL = 3  # vertebrae: of fewer the bone may be destroyed altogether
AROUND_MM = 6.0
WINDOW_HU = (-100.0, 500.0)  # so that neither lung nor metal decides what is denser than its surroundings
GOLDEN = 0.6180339887498949
AORTA_REACH_MM = 60.0
STEP = 4
_AHEAD_OF = tuple(Level)[tuple(Level).index(Level.T6) : tuple(Level).index(Level.L4)]
_WAYS = ("left to right", "front to back", "head to feet")
_SHIFTS = AROUND_MM * np.concatenate([np.eye(3), -np.eye(3)])


def on_bone(labels: Labels, images: Images) -> Iterator[Doubt]:
    """Maps whose vertebrae are no denser than what surrounds them in the CT, or would be if the map were turned."""
    for drawn in {id(one.crop.labels): one.crop.labels for one in labels.values()}.values():
        scan = images.volumes.get(drawn.on)
        if scan is not None and scan.modality is Modality.CT:
            own = {level: one for level, one in labels.items() if one.crop.labels is drawn}
            yield from _laid(own, drawn, scan)


def _laid(labels: Labels, drawn: LabelMap, scan: Volume) -> Iterator[Doubt]:
    samples = {level: _sampled(one, drawn) for level, one in labels.items()}
    judged = {level: two for level, two in samples.items() if len(two[1])}
    if not judged:
        return
    plain = _contrasts(judged.values(), scan)
    why = _misplaced(plain, list(judged.values()), drawn, scan) if len(judged) >= SEVERAL else ""
    if why:
        yield Doubt(why=why, levels=tuple(labels), trust=LabelTrust.UNUSABLE, names=True)
        return
    for level, own in zip(judged, plain, strict=True):
        if own < BONE_CONTRAST.number:
            why = f"{level} is only {own:.0f} HU denser than its surroundings: bone destroyed, or the label beside it?"
            yield Doubt(why=why, levels=(level,))


def _misplaced(plain: Floats, samples: list[_Sample], drawn: LabelMap, scan: Volume) -> str:
    """That a whole map does not lie on bone, or that it would lie better if it were turned round; empty if it does.

    The vertebra in the middle decides, so that neither a destroyed one nor one of dense metal does.
    """
    given = float(np.median(plain))
    turned = {}
    for ways in _TURNS:
        flipped = [(_flip(inside, drawn, ways), _flip(around, drawn, ways)) for inside, around in samples]
        turned[ways] = float(np.median(_contrasts(flipped, scan)))
    best = max(turned, key=turned.__getitem__)
    if turned[best] >= max(BETTER_TURNED.number * given, BONE_CONTRAST.number):
        return (
            f"the labels do not lie on the bone of their scan: turned round {' and '.join(best)} they would fit better"
        )
    if given < BONE_CONTRAST.number:
        return f"the labels do not lie on bone ({given:.0f} HU above their surroundings): turned, or of another scan?"
    return ""


def _sampled(one: Label, drawn: LabelMap) -> _Sample:
    """Voxels of a label, and points a little outside of it that no label holds; patient LPS."""
    points = one.crop.points_mm
    if len(points) > SAMPLES:
        points = points[(np.arange(SAMPLES) * GOLDEN % 1.0 * len(points)).astype(np.intp)]
    beside = (points[:, None, :] + _SHIFTS).reshape(-1, 3)
    beside = beside[drawn.grid.encloses(beside)]
    at = tuple(np.rint(drawn.grid.indices(beside)).astype(np.intp).T)
    return points, beside[drawn.labels[at] == 0]


_Ways = tuple[str, ...]
_TURNS: tuple[_Ways, ...] = tuple(
    tuple(way for way, turn in zip(_WAYS, turns, strict=True) if turn)
    for turns in product((False, True), repeat=3)
    if any(turns)
)


def _flip(points: Floats, drawn: LabelMap, ways: _Ways) -> Floats:
    """The points where they would lie if the map's array ran the other way along the axes nearest to these."""
    at = drawn.grid.indices(points)
    for axis, letter in enumerate(drawn.grid.axes):
        if _WAYS[("LR", "AP", "SI").index(next(pair for pair in ("LR", "AP", "SI") if letter in pair))] in ways:
            at[:, axis] = drawn.grid.shape[axis] - 1 - at[:, axis]
    return drawn.grid.points_mm(at)


def _contrasts(samples: Iterable[_Sample], scan: Volume) -> Floats:
    """How much denser each vertebra is than what surrounds it, HU; air outside the scan."""
    each = [_density(inside, scan).mean() - _density(around, scan).mean() for inside, around in samples]
    return np.array(each, dtype=np.float64)


def _density(points: Floats, scan: Volume) -> Floats:
    held = scan.grid.encloses(points)
    found = np.full(len(points), WINDOW_HU[0])
    at = np.rint(scan.grid.indices(points[held])).astype(np.intp)
    found[held] = np.clip(scan.voxels[tuple(at.T)], *WINDOW_HU)
    return np.asarray(found, dtype=np.float64)


def sides(labels: Labels, images: Images) -> Iterator[Doubt]:
    """Liver, aorta or ribs that lie on the other side of the column than in most people."""
    if not labels:
        return
    for why in (*_liver(labels, images), *_aorta(labels, images), *_crossed(images)):
        yield Doubt(why=why, levels=tuple(labels))


def _liver(labels: Labels, images: Images) -> Iterator[str]:
    liver = Structure(kind=StructureKind.LIVER)
    drawn = images.map_of(liver)
    if drawn is not None:
        middle = _box_middle(drawn, liver)
        leftward = float(middle[0] - _midline(labels, middle[None])[0, 0])
        if leftward > OFF_MIDLINE.number:
            yield f"the liver lies {leftward:.0f} mm to the patient's left of the column: mirrored, or turned organs?"


def _aorta(labels: Labels, images: Images) -> Iterator[str]:
    """The descending aorta, beside T6 to L3 and in front of them; lower it parts, higher it arches."""
    aorta = Structure(kind=StructureKind.AORTA)
    drawn, beside = images.map_of(aorta), [one.middle[2] for level, one in labels.items() if level in _AHEAD_OF]
    if drawn is None or len(beside) < 2:
        return
    a, b, c = (slice(part.start, part.stop, STEP) for part in drawn.boxes[aorta])
    points = drawn.grid.points_mm(np.argwhere(drawn.mask(aorta, (a, b, c))) * STEP + (a.start, b.start, c.start))
    ahead = _midline(labels, points) - points
    near = (points[:, 2] >= min(beside)) & (points[:, 2] <= max(beside))
    near &= (ahead[:, 1] > 0.0) & (ahead[:, 1] < AORTA_REACH_MM)
    if near.any() and (rightward := float(ahead[near, 0].mean())) > OFF_MIDLINE.number:
        yield f"the aorta lies {rightward:.0f} mm to the patient's right of the column: mirrored, or a variant?"


def _crossed(images: Images) -> Iterator[str]:
    """Ribs named left that lie to the right of their counterpart."""
    crossed = [str(named) for drawn in images.labels.values() for named in drawn.boxes if _is_crossed(named, drawn)]
    if crossed:
        yield f"{' and '.join(crossed)} lies to the right of its counterpart: sides exchanged?"


def _is_crossed(named: Structure, drawn: LabelMap) -> bool:
    other = replace(named, side=Side.RIGHT)
    if named.kind is not StructureKind.RIB or named.side is not Side.LEFT or other not in drawn.boxes:
        return False
    return bool(_box_middle(drawn, named)[0] <= _box_middle(drawn, other)[0])


def _box_middle(drawn: LabelMap, named: Structure) -> Floats:
    middle = np.array([[(part.start + part.stop - 1) / 2 for part in drawn.boxes[named]]])
    return np.asarray(drawn.grid.points_mm(middle)[0], dtype=np.float64)


def _midline(labels: Labels, points: Floats) -> Floats:
    """The point of the column at the height of each point, shape (n, 3)."""
    middles = np.stack([one.middle for one in labels.values()])
    middles = middles[np.argsort(middles[:, 2])]
    across = [np.interp(points[:, 2], middles[:, 2], middles[:, axis]) for axis in (0, 1)]
    return np.stack([*across, points[:, 2]], axis=1)
