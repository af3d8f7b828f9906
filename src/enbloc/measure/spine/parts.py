"""The parts of a vertebra: body, pedicles, laminae, facets, processes, with their sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side
from enbloc.case.image import Images
from enbloc.kernels import fronts
from enbloc.kernels.fronts import nearest_limb
from enbloc.measure.spine.arch import LIMBS, NECK, beside_body, gauge, limbs, told_apart
from enbloc.measure.spine.heights import is_sacral
from enbloc.measure.spine.isthmus import SIGNS, Half, Isthmus, isthmuses, mirrored, supposed
from enbloc.measure.spine.memory import Memory
from enbloc.measure.spine.parameters import COSTOVERTEBRAL_REACH
from enbloc.measure.spine.subregions import Given, subregions
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
WALL_MM = 0.7  # beyond the side of the body of a neck, where its transverse process begins
NEAR_MIDLINE_MM = 5.0
THORACIC = frozenset(level for level in Level if level.value.startswith("T"))
FLOATING = frozenset({Level.T11, Level.T12, Level.T13})  # their ribs do not reach the transverse process

_SIDED = (Part.PEDICLE, Part.LAMINA, Part.FACET, Part.TRANSVERSE_PROCESS, Part.COSTOVERTEBRAL)

CODES: tuple[tuple[Part, Side | None], ...] = (
    (Part.BODY, None),
    (Part.SPINOUS_PROCESS, None),
    *((part, side) for part in _SIDED for side in Side),
)
"""What the codes 1, 2, … of `Parts` stand for, in this order."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Parts:
    """Which part each voxel of a vertebra belongs to: ``codes``, uint8 on the grid of its crop, 0 outside the bone.

    ``method`` says in a clause how they were told apart, ``notes`` what is doubtful about it. ``isthmuses`` are the
    narrowest sections of the pedicles that the label has.
    """

    codes: NDArray[np.uint8]
    method: str
    notes: tuple[str, ...] = ()
    isthmuses: Mapping[Side, Isthmus] = field(default_factory=dict)

    def mask(self, part: Part, side: Side | None = None) -> NDArray[np.bool_]:
        """The voxels of one part."""
        return np.asarray(self.codes == code(part, side))


def code(part: Part, side: Side | None = None) -> int:
    """The code of a part.

    Examples
    --------
    >>> code(Part.BODY), code(Part.PEDICLE, Side.LEFT)
    (1, 3)
    """
    return CODES.index((part, side)) + 1


_LIMB_CODES = {
    side: np.array([code(part, None if part is Part.SPINOUS_PROCESS else side) for part in LIMBS], np.uint8)
    for side in Side
}


def parts_of(one: Vertebra, images: Images, memory: Memory | None = None) -> Parts:
    """The parts of one vertebra, from labels of its sub-regions where there are any, and else from its shape.

    By shape the body is the bone in front of both pedicles, which are found by their isthmus, and the arch behind is
    told apart by the limbs that its own tips show. Arch and pedicles that a label does not part are parted so too.
    """
    shape = (memory or Memory()).of("shape", one.level, (one,), partial(_by_shape, one))
    found, cuts, notes, flanks = shape.isthmuses, shape.cuts, shape.notes, shape.flanks
    here = shape.codes.copy()
    given, said = subregions(one, images)
    method = "isthmus of each pedicle, arch by its tips"
    if given is not None:
        here, method, notes = _named(here, given, flanks), "labels of sub-regions", ()
    _at_ribs(one, cuts, flanks, here)
    codes = np.zeros(one.crop.mask.shape, np.uint8)
    codes[one.crop.mask > 0] = here
    return Parts(codes=codes, method=method, notes=(*notes, *said), isthmuses=found)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Shape:
    """A vertebra by its shape alone: its isthmuses and those that stand for them, the code of each voxel, its sides."""

    isthmuses: Mapping[Side, Isthmus]
    cuts: Mapping[Side, Isthmus]
    notes: tuple[str, ...]
    codes: NDArray[np.uint8]
    flanks: tuple[Flank, ...]


def _by_shape(one: Vertebra) -> _Shape:
    found = isthmuses(one)
    cuts, notes = _both(one, found)
    codes, flanks = _shaped(one, cuts)
    return _Shape(isthmuses=found, cuts=cuts, notes=notes, codes=codes, flanks=flanks)


def _both(one: Vertebra, found: Mapping[Side, Isthmus]) -> tuple[Mapping[Side, Isthmus], tuple[str, ...]]:
    """An isthmus for each side: where one is missing the mirror image of the other, then where it usually is."""
    cuts, notes = {}, []
    for side, sign in SIGNS:
        if side in found:
            cuts[side] = found[side]
        elif found:
            (other,) = found.values()
            cuts[side] = mirrored(other, one)
            notes.append(f"no isthmus of the {side.value} pedicle of {one.level}: parted where the other side is")
        else:
            cuts[side] = supposed(one, side, sign)
    if not found:
        notes.append(f"no isthmus of either pedicle of {one.level}: parted by the plane of the canal's front")
    if not one.level.has_body:
        notes.append(f"{one.level} has no body: its bone in front of the canal stands as one")
    if is_sacral(one.level):
        notes.append(f"{one.level} is part of the sacrum: its parts are not those of a vertebra by itself")
    return cuts, tuple(notes)


@dataclass(frozen=True, eq=False, kw_only=True)
class Flank:
    """One side of a vertebra: which voxels, at which places (u, v, w), and the limbs of its arch."""

    side: Side
    here: Bools
    places: Floats
    rows: Floats


def _shaped(one: Vertebra, cuts: Mapping[Side, Isthmus]) -> tuple[NDArray[np.uint8], tuple[Flank, ...]]:
    """The code of each voxel of the vertebra by its shape, shape (n,), and both its sides."""
    height = float(np.mean([held.centre[2] for held in cuts.values()]))
    front, beside = _front(one, cuts)
    codes = np.where(front, code(Part.BODY), 0).astype(np.uint8)
    places = one.own_mm - (one.hole_mm[0], one.hole_mm[1], height)
    flanks = []
    for side, sign in SIGNS:
        here = (places[:, 0] > 0.0) == (side is Side.LEFT)
        behind, along = here & ~front, here & beside
        size = gauge(one, cuts[side], height)
        mine = places * (sign, 1.0, 1.0)
        rows = limbs(mine[behind], size)
        codes[behind] = _LIMB_CODES[side][told_apart(mine[behind], rows, size)]
        codes[along] = _LIMB_CODES[side][beside_body(mine[along], rows)]
        flanks.append(Flank(side=side, here=here, places=mine[here], rows=rows))
    return codes, tuple(flanks)


def _named(codes: NDArray[np.uint8], given: Given, flanks: tuple[Flank, ...]) -> NDArray[np.uint8]:
    """The parts that labels name; what they call arch is the nearer of pedicle and lamina."""
    named = codes.copy()
    for flank in flanks:
        for part, there in given.parts.items():
            named[there & flank.here] = code(part, flank.side if part in _SIDED else None)
        arch = given.arch[flank.here]
        nearest, _ = nearest_limb(flank.places[arch], flank.rows[:2])
        named[flank.here & given.arch] = _LIMB_CODES[flank.side][nearest]
    for (part, side), there in given.sided.items():
        named[there] = code(part, side)
    return named


def _at_ribs(one: Vertebra, cuts: Mapping[Side, Isthmus], flanks: tuple[Flank, ...], codes: NDArray[np.uint8]) -> None:
    """Set apart the bone of body and transverse process at which a rib meets them, in a thoracic vertebra.

    The head of a rib meets the body where the pedicle's outer border runs into it, a little above its middle; the
    tubercle meets the tip of the transverse process, down to T10. The region is the bone within a reach of these.
    """
    if one.level not in THORACIC:
        return
    height = float(np.mean([held.centre[2] for held in cuts.values()]))
    for flank in flanks:
        held = cuts[flank.side]
        head = held.centre + held.front_mm * held.axis + 0.5 * held.width_mm * held.across
        head = head + 0.25 * held.height_mm * held.upright - (one.hole_mm[0], one.hole_mm[1], height)
        meets = [head * (1.0 if flank.side is Side.LEFT else -1.0, 1.0, 1.0)]
        tip = flank.rows[LIMBS.index(Part.TRANSVERSE_PROCESS)]
        if one.level not in FLOATING and tip[-1] > 0.0:
            meets.append(tip[3:6])
        near = np.min([np.linalg.norm(flank.places - place, axis=1) for place in meets], axis=0)
        bone = np.isin(codes[flank.here], (code(Part.BODY), code(Part.TRANSVERSE_PROCESS, flank.side)))
        at = np.flatnonzero(flank.here)[bone & (near <= COSTOVERTEBRAL_REACH.number)]
        codes[at] = code(Part.COSTOVERTEBRAL, flank.side)


def _front(one: Vertebra, cuts: Mapping[Side, Isthmus]) -> tuple[Bools, Bools]:
    """Which voxels lie in front of the pedicle of their side, and which of these are beside the body of a neck.

    A piece in front that does not hang together with the body, and does not reach before the canal, belongs behind.
    """
    own = one.own_mm
    left = own[:, 0] > one.hole_mm[0]
    ahead = {side: (own - held.centre) @ held.axis > held.front_mm for side, held in cuts.items()}
    front = np.where(left, ahead[Side.LEFT], ahead[Side.RIGHT])
    beside = np.zeros(len(own), bool)
    if one.level in NECK:
        beside = front & (np.abs(own[:, 0] - one.hole_mm[0]) > _side_wall(one, cuts))
    mask, seeds = np.zeros((2, *one.crop.mask.shape), np.uint8)
    mask[one.crop.mask > 0] = front & ~beside
    seeds[one.crop.mask > 0] = own[:, 1] < one.back_mm
    joined = fronts.reached(mask, seeds)[one.crop.mask > 0] > 0
    return front & (joined | beside), beside


def _side_wall(one: Vertebra, cuts: Mapping[Side, Isthmus]) -> float:
    """How far the body of a neck reaches to its side: as far as it is half as tall as in its middle, mm.

    The roots of a transverse process, which arise from it, are lower. It ends inwards of the pedicles.
    """
    us, zs = np.arange(0.0, 30.0, 0.5), np.arange(one.low_mm, one.high_mm, 0.5)
    ys = np.arange(one.hole_mm[1] - 3.0 * (one.hole_mm[1] - one.back_mm), one.back_mm - 4.0)
    sides = [Half(one=one, side=side, sign=sign).affine for side, sign in SIGNS]
    tall = np.mean([fronts.thickness(one.crop.mask, affine, us, ys, zs) for affine in sides], axis=0)
    low = tall < 0.5 * np.median(tall[us < NEAR_MIDLINE_MM])
    reach = np.where(low.any(axis=0), us[low.argmax(axis=0)], us[-1])
    inner = min(abs(float(held.centre[0] - one.hole_mm[0])) - 0.5 * held.width_mm for held in cuts.values())
    return min(float(np.quantile(reach, 0.8)) + WALL_MM, inner)
