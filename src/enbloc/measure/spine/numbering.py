"""Whether the names of the levels fit their order, their spacing and the ribs, and what they are counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, StructureKind, in_order
from enbloc.case.fact import LabelTrust
from enbloc.case.image import Images
from enbloc.measure.spine.heights import is_sacral
from enbloc.measure.spine.label import Doubt, Label
from enbloc.measure.spine.parameters import BESIDE_SACRUM, LEAST_LABEL, NARROW_SPACING, WIDE_SPACING

Floats = NDArray[np.float64]
Labels = Mapping[Level, Label]
NEAR = 3  # spacings on either side that one is compared with
RIB_REACH_MM = 45.0  # from the middle of a vertebra to the heads of its ribs, generously
RIB_MARGIN = 0.5  # of a level: so much nearer to another vertebra, for in a curve a rib slants
THINNED = 3
USUAL_SPACING_MM = 25.0  # where no two vertebrae are labelled, only to tell one place from another
_ORDER = tuple(Level)
_RIBBED = tuple(level for level in Level if level.value.startswith("T"))
_LAST_LUMBAR = (Level.L5, Level.L6)
_LAST_RIBS = (Level.T11, Level.T12, Level.T13)


def order(labels: Labels) -> Iterator[Doubt]:
    """Names that do not run from the head to the feet."""
    inverted = [(upper, lower) for upper, lower in pairwise(labels) if _above(labels[lower], labels[upper])]
    if len(labels) > 2 and len(inverted) == len(labels) - 1:
        why = "the names of the levels run from the feet to the head: labels upside down"
        yield Doubt(why=why, levels=tuple(labels), trust=LabelTrust.UNUSABLE, names=True)
        return
    for upper, lower in inverted:
        why = f"{lower} lies above {upper}: the names are out of order"
        yield Doubt(why=why, levels=(upper, lower), trust=LabelTrust.UNUSABLE, names=True)


def _above(one: Label, other: Label) -> bool:
    return bool(one.middle[2] >= other.middle[2])


def spacing_mm(labels: Labels) -> float:
    """The usual distance between two labelled neighbours."""
    mm = [each.mm for each in _spacings(labels)]
    return float(np.median(mm)) if mm else USUAL_SPACING_MM


def gaps(labels: Labels) -> Iterator[Doubt]:
    """Levels without a label between two others, and neighbours that are much nearer or farther than the rest."""
    for upper, lower in pairwise(labels):
        absent = _between(upper, lower)
        if absent and not is_sacral(upper):
            why = f"{_listed(absent)} between {upper} and {lower} {'has' if len(absent) == 1 else 'have'} no label"
            yield Doubt(why=why, levels=(upper, lower), names=True)
    spacings = _spacings(labels)
    for at, one in enumerate(spacings):
        near = [each.mm for each in (*spacings[max(0, at - NEAR) : at], *spacings[at + 1 : at + 1 + NEAR])]
        if near and (why := one.oddness(one.mm / float(np.median(near)))):
            yield Doubt(why=why, levels=(one.upper, one.lower), names=True)


@dataclass(frozen=True, kw_only=True)
class _Spacing:
    """The distance of two labelled neighbours, mm per level that their names are apart."""

    upper: Level
    lower: Level
    absent: tuple[Level, ...]  # the levels between their names
    mm: float

    def oddness(self, ratio: float) -> str:
        """What is odd about a spacing of so many times its neighbours', in a sentence; empty if nothing is."""
        if ratio >= WIDE_SPACING.number:
            return f"{self.upper} and {self.lower} are {ratio:.1f} times as far apart as their names say: one left out?"
        if ratio > NARROW_SPACING.number:
            return ""
        if self.absent:
            return f"{self.upper} and {self.lower} lie next to each other, with no {_listed(self.absent)} between"
        return f"{self.upper} and {self.lower} are {ratio:.1f} times as far apart as others: two parts of one vertebra?"


def _spacings(labels: Labels) -> list[_Spacing]:
    """The spacings of the whole vertebrae from C2 to S1, where the names are in order."""
    found = []
    for upper, lower in pairwise(labels.values()):
        if _is_spaced(upper) and _is_spaced(lower) and not is_sacral(upper.level) and not _above(lower, upper):
            absent = _between(upper.level, lower.level)
            mm = float(np.linalg.norm(upper.middle - lower.middle)) / (len(absent) + 1)
            found.append(_Spacing(upper=upper.level, lower=lower.level, absent=absent, mm=mm))
    return found


def _is_spaced(one: Label) -> bool:
    unlike = one.level in {Level.O, Level.C1, Level.CO}
    return not unlike and not one.is_cut and one.cc >= LEAST_LABEL.number


def _between(upper: Level, lower: Level) -> tuple[Level, ...]:
    """The levels that everybody has between two."""
    inner = _ORDER[_ORDER.index(upper) + 1 : _ORDER.index(lower)]
    return tuple(level for level in inner if not level.is_transitional)


def _listed(levels: tuple[Level, ...]) -> str:
    return " and ".join(map(str, levels))


def transitional(labels: Labels) -> Iterator[Doubt]:
    """Levels that most people do not have: another count may name them otherwise."""
    for level in labels:
        if level.is_transitional:
            other = "a 13th thoracic or a first lumbar" if level is Level.T13 else "a sixth lumbar or a first sacral"
            yield Doubt(
                why=f"{level} is labelled: {other} vertebra, by the way of counting", levels=(level,), names=True
            )


def ribs(labels: Labels, images: Images) -> Iterator[Doubt]:
    """Ribs that contradict the names: none at the lowest thoracic level, some at a lumbar one, or beside another."""
    found = images.present(StructureKind.RIB)
    carrying = in_order(rib.level for rib in found if rib.level is not None)
    if not carrying:
        return
    thoracic = [level for level in labels if level in _RIBBED and not labels[level].is_cut]
    if thoracic and thoracic[-1] not in carrying and any(level in carrying for level in thoracic):
        why = f"{thoracic[-1]} carries no rib: eleven pairs of ribs, or a lumbar vertebra?"
        yield Doubt(why=why, levels=(thoracic[-1],), names=True)
    for level in carrying:
        if level not in _RIBBED:
            yield Doubt(
                why=f"{level} carries a rib: thirteen pairs, or a thoracic vertebra?", levels=(level,), names=True
            )
    for rib in found:
        if rib.level in _LAST_RIBS and rib.level in labels:
            yield from _beside(rib, labels, images)


def _beside(rib: Structure, labels: Labels, images: Images) -> Iterator[Doubt]:
    """A last rib whose head lies nearer to another vertebra than to its own; higher ribs touch two."""
    drawn, own = images.map_of(rib), rib.level
    if drawn is None or own is None:
        return
    a, b, c = (slice(part.start, part.stop, THINNED) for part in drawn.boxes[rib])
    points = drawn.grid.points_mm(np.argwhere(drawn.mask(rib, (a, b, c))) * THINNED + (a.start, b.start, c.start))
    middles = np.stack([one.middle for one in labels.values()])
    apart = np.linalg.norm(points[:, None, :2] - middles[None, :, :2], axis=2).min(axis=1)
    heads = points[apart <= apart.min(initial=np.inf) + THINNED] if len(points) else points
    if len(heads) == 0 or apart.min() > RIB_REACH_MM:
        return
    off = dict(zip(labels, np.abs(heads[:, 2].mean() - middles[:, 2]), strict=True))
    nearest = min(off, key=off.__getitem__)
    if off[own] - off[nearest] > RIB_MARGIN * spacing_mm(labels):
        why = f"the {rib} meets {nearest}, not {own}"
        yield Doubt(why=why, levels=tuple(in_order((nearest, own))), names=True)


def sacrum(labels: Labels, images: Images) -> Iterator[Doubt]:
    """A lowest vertebra that does not lie on the sacrum as L5 does, or that does and is called otherwise."""
    lowest = _lowest_free(labels)
    gap = _above_sacrum_mm(labels, images)
    if lowest is None or gap is None:
        return
    beside = gap <= BESIDE_SACRUM.number * spacing_mm(labels)
    if beside and lowest not in _LAST_LUMBAR:
        yield Doubt(why=f"{lowest} lies on the sacrum, as L5 does in most people", levels=(lowest,), names=True)
    if not beside and lowest in _LAST_LUMBAR:
        why = f"{lowest} lies {gap:.0f} mm above the sacrum: one left out?"
        yield Doubt(why=why, levels=(lowest,), names=True)


def _lowest_free(labels: Labels) -> Level | None:
    """The lowest labelled vertebra above the sacrum."""
    return next((level for level in reversed(tuple(labels)) if not is_sacral(level) and level is not Level.CO), None)


def _above_sacrum_mm(labels: Labels, images: Images) -> float | None:
    """How far the middle of the lowest free vertebra lies above the top of the sacrum; nothing if S1 has a label."""
    named, lowest = Structure(kind=StructureKind.SACRUM), _lowest_free(labels)
    drawn = images.map_of(named)
    if drawn is None or lowest is None or Level.S1 in labels:
        return None
    box = drawn.boxes[named]
    corners = np.array(list(product(*((part.start, part.stop - 1) for part in box))))
    return float(labels[lowest].middle[2] - drawn.grid.points_mm(corners)[:, 2].max())


def anchors(labels: Labels, images: Images) -> tuple[str, ...]:
    """What the levels are counted from, in words; nothing if neither end of the column is in the scan."""
    found = []
    if Level.C2 in labels or Level.C1 in labels:
        found.append("the upper cervical spine")
    gap = _above_sacrum_mm(labels, images)
    if Level.S1 in labels or (gap is not None and gap <= BESIDE_SACRUM.number * spacing_mm(labels)):
        found.append("the sacrum")
    carrying = {rib.level for rib in images.present(StructureKind.RIB)}
    if Level.T12 in carrying and Level.T12 in labels and Level.L1 in labels and Level.L1 not in carrying:
        found.append("the last rib")
    return tuple(found)


def unanchored(labels: Labels, images: Images) -> Iterator[Doubt]:
    """That the levels are counted from nothing that could be seen."""
    if not anchors(labels, images):
        why = "levels counted from no anchor (neither C2, the sacrum nor the last rib is labelled)"
        yield Doubt(why=why, names=True)
