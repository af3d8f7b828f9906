"""How each resection in one piece is laid out: its cuts, the bone that is opened for it, and the ways out.

Everything is laid out in the frames of the vertebrae, so that a scoliosis or a tilted scan changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Level, Part, Side, StructureKind
from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.errors import RecordError
from enbloc.evidence import Threshold
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.anatomy import SIGNS, vessels_beside
from enbloc.plan.begun import span
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.parameters import SAW_KERF
from enbloc.plan.cutting.roles import KeepAway, Role
from enbloc.plan.cutting.search import HAIR_MM
from enbloc.plan.en_bloc.criteria import side_of
from enbloc.plan.en_bloc.parameters import (
    ARCH_END_TILT,
    CORD_AWAY,
    DURA_AWAY,
    END_TILT,
    LAMINA_OUTWARD,
    LAMINA_TILT,
    PEDICLE_OUTWARD,
    PEDICLE_TILT,
    POSTERIOR_TILT,
    SAGITTAL_TILT,
    VESSEL_AWAY,
)
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.price.opening import ARCH, Opening
from enbloc.value import value

Floats = NDArray[np.float64]

RING = (*ARCH, *((part, side) for part in (Part.PEDICLE, Part.COSTOVERTEBRAL) for side in Side))
"""All of a vertebra but its body: what of it is in no specimen is taken away piecemeal."""


@value
class Template:
    """One operation laid out on one lesion: the cuts to be searched, natural borders, bone opened, and the ways out.

    ``levels`` are those that are resected; ``side`` is the one that is resected where only one is. ``takes_bodies``:
    the bodies go whole, so that no cut opens one even where the margin would allow it.
    """

    operation: Operation
    levels: tuple[Level, ...]
    side: Side | None
    roles: tuple[Role, ...]
    takes_bodies: bool = False
    limits: tuple[Plane, ...] = ()
    openings: tuple[Opening, ...] = ()
    ways: tuple[str, ...]

    @property
    def name(self) -> str:
        """The operation with its levels and its side."""
        words = (self.operation.value, span(self.levels), self.side.value if self.side else "")
        return " ".join(word for word in words if word)


def template(operation: Operation, field: Field) -> Template:
    """The lay-out of a resection in one piece.

    Raises
    ------
    RecordError
        If an involved vertebra has no frame to lay it out in, or the side of the tumour is not known.
    """
    spine = field.column.spine
    lacking = [level for level in field.levels if level not in spine]
    if lacking or not field.levels:
        named = ", ".join(str(level) for level in lacking) or "the involved levels"
        why = "; ".join(field.column.frameless[level] for level in lacking if level in field.column.frameless)
        what = f"{operation.value}: {named} cannot be placed{f' ({why})' if why else ''}."
        raise RecordError(what, remedy="Label the whole vertebra.")
    return _LAID_OUT[operation](field, [spine[level] for level in field.levels])


def _vertebrectomy(field: Field, ones: Sequence[Vertebra]) -> Template:
    pedicles = (role for one in ones for side in Side for role in [_pedicle_cut(one, side, ones, _away(field, ones))])
    return Template(
        operation=Operation.VERTEBRECTOMY,
        levels=field.levels,
        side=None,
        roles=(*_ends(field, ones, END_TILT), *pedicles),
        takes_bodies=True,
        limits=_beside(field, ones),
        openings=tuple(Opening(level=one.level, parts=RING) for one in ones),
        ways=("to the back", "to the left", "to the right", "to the front"),
    )


def _sagittal(field: Field, ones: Sequence[Vertebra]) -> Template:
    side = side_of(field.findings, field.lesion.id)
    if side is None:
        what = "sagittal resection: the sectors that the tumour may hold lie on no one side."
        raise RecordError(what, remedy="Settle first which sectors it holds.")
    middle = ones[len(ones) // 2]
    inward = -SIGNS[side] * middle.axes[0]
    cut = _role("sagittal cut", inward, SAGITTAL_TILT, _away(field, ones))
    out = f"to the {side.value}"
    return Template(
        operation=Operation.SAGITTAL,
        levels=field.levels,
        side=side,
        roles=(*_ends(field, ones, END_TILT), cut),
        limits=_beside(field, ones),
        ways=(out, "to the back", "to the front"),
    )


def _posterior_arch(field: Field, ones: Sequence[Vertebra]) -> Template:
    freeing = (role for one in ones for side in Side for role in [_lamina_cut(one, side, ones, _away(field, ones))])
    return Template(
        operation=Operation.POSTERIOR_ARCH,
        levels=field.levels,
        side=None,
        roles=(*_ends(field, ones, ARCH_END_TILT, (_front_of_canal(ones),)), *freeing),
        limits=(_front_of_canal(ones), *_beside(field, ones)),
        ways=("to the back",),
    )


def _anterior(field: Field, ones: Sequence[Vertebra]) -> Template:
    middle = ones[len(ones) // 2]
    behind = _role("posterior cut", middle.axes[1], POSTERIOR_TILT, _away(field, ones))
    return Template(
        operation=Operation.ANTERIOR,
        levels=field.levels,
        side=None,
        roles=(*_ends(field, ones, END_TILT), behind),
        limits=_beside(field, ones),
        ways=("to the front", "to the left", "to the right"),
    )


_LAID_OUT: dict[Operation, Callable[[Field, Sequence[Vertebra]], Template]] = {
    Operation.POSTERIOR_ARCH: _posterior_arch,
    Operation.SAGITTAL: _sagittal,
    Operation.ANTERIOR: _anterior,
    Operation.VERTEBRECTOMY: _vertebrectomy,
}
LAID_OUT: tuple[Operation, ...] = tuple(_LAID_OUT)
"""The resections in one piece that are laid out here; the sacrum has its own."""


def beyond(field: Field, laid_out: Template) -> Interval | None:
    """How far the tumour reaches beyond the natural borders of a specimen, mm; nothing where all of it lies within."""
    outline, far = field.outline, Interval(low=0.0, high=0.0)
    for limit in laid_out.limits:
        reach = -float(limit.distance_mm(outline.vertices_mm).min())
        if reach > max(far.high, HAIR_MM):
            far = Interval(low=max(0.0, reach - 2.0 * outline.half_voxel_mm(np.array(limit.normal))), high=reach)
    return far if far.high > 0.0 else None


# --- cuts -------------------------------------------------------------------------------------------------------------


def _role(name: str, axis: Floats, tilt: Threshold, away: tuple[KeepAway, ...], within: tuple[Plane, ...] = ()) -> Role:
    cone = Cone(axis=triple(axis), half_angle=math.radians(tilt.number))
    return Role(name=name, cone=cone, kerf_mm=SAW_KERF.number, keep_away=away, within=within)


def _ends(field: Field, ones: Sequence[Vertebra], tilt: Threshold, within: tuple[Plane, ...] = ()) -> tuple[Role, Role]:
    """The cranial and the caudal cut; those of an arch end at the canal."""
    away = _away(field, ones)
    return (
        _role("cranial cut", ones[0].axes[2], tilt, away, within),
        _role("caudal cut", -ones[-1].axes[2], tilt, away, within),
    )


def _pedicle_cut(one: Vertebra, side: Side, ones: Sequence[Vertebra], away: tuple[KeepAway, ...]) -> Role:
    """Through the pedicle, or behind one that the tumour has taken, towards the back and outward."""
    axis = _facing(one, side, PEDICLE_OUTWARD, back=True)
    return _role(_named("pedicle cut", one, side, ones), axis, PEDICLE_TILT, away, _half(one, side, ones))


def _lamina_cut(one: Vertebra, side: Side, ones: Sequence[Vertebra], away: tuple[KeepAway, ...]) -> Role:
    """Through the pedicle or the root of the lamina, which frees the arch from the body."""
    axis = _facing(one, side, LAMINA_OUTWARD, back=False)
    within = (*_half(one, side, ones), _front_of_canal(ones))
    return _role(_named("arch cut", one, side, ones), axis, LAMINA_TILT, away, within)


def _named(cut: str, one: Vertebra, side: Side, ones: Sequence[Vertebra]) -> str:
    return f"{side.value} {cut}{f' {one.level}' if len(ones) > 1 else ''}"


def _facing(one: Vertebra, side: Side, outward: Threshold, *, back: bool) -> Floats:
    turn = math.radians(outward.number)
    depth = math.cos(turn) if back else -math.cos(turn)
    return np.asarray(SIGNS[side] * math.sin(turn) * one.axes[0] + depth * one.axes[1])


def _half(one: Vertebra, side: Side, ones: Sequence[Vertebra]) -> tuple[Plane, ...]:
    """The half of its own vertebra that the cut of a side runs in: its blade ends in the canal, and at the discs."""
    middle = one.at(float(one.hole_mm[0]), 0.0, 0.0)
    held = [Plane(point_mm=middle, normal=triple(SIGNS[side] * one.axes[0]))]
    for upper, lower in pairwise(ones):
        if one is upper:
            held.append(_between(upper, lower, 1.0))
        if one is lower:
            held.append(_between(upper, lower, -1.0))
    return tuple(held)


def _between(upper: Vertebra, lower: Vertebra, head: float) -> Plane:
    """The plane midway between two neighbours; its normal points to the head, or with -1 to the feet."""
    axis = upper.axes[2] + lower.axes[2]
    axis = head * axis / np.linalg.norm(axis)
    low, high = upper.at(0.0, 0.0, upper.low_mm), lower.at(0.0, 0.0, lower.high_mm)
    return Plane(point_mm=triple((np.array(low) + np.array(high)) / 2), normal=triple(axis))


def _front_of_canal(ones: Sequence[Vertebra]) -> Plane:
    """The back of the body in the middle of the levels; what is behind it is arch, pedicles and canal."""
    middle = ones[len(ones) // 2]
    return Plane(point_mm=middle.at(0.0, middle.back_mm, 0.0), normal=triple(middle.axes[1]))


def _beside(field: Field, ones: Sequence[Vertebra]) -> tuple[Plane, Plane]:
    """How far the specimen reaches to either side: to the tip of the bone, or beyond the tumour where that is wider.

    No blade runs there: muscle and ribs are divided, and a rib further out is not taken.
    """
    middle = ones[len(ones) // 2]
    own = np.concatenate([middle.inside(one.crop.points_mm)[:, 0] for one in ones])
    ill = middle.inside(field.outline.vertices_mm)[:, 0]
    left, right = float(max(own.max(), ill.max())), float(min(own.min(), ill.min()))
    return (_side_plane(middle, left, -1.0), _side_plane(middle, right, 1.0))


def _side_plane(one: Vertebra, x: float, inward: float) -> Plane:
    point: Triple = one.at(x, 0.0, 0.0)
    return Plane(point_mm=point, normal=triple(inward * one.axes[0]))


def _away(field: Field, ones: Sequence[Vertebra]) -> tuple[KeepAway, ...]:
    return tuple(_kept_away(field, {one.level for one in ones}))


def _kept_away(field: Field, levels: set[Level]) -> Iterator[KeepAway]:
    """What no blade comes near to at these levels.

    Dura and roots lie against the bone that is cut: they are held away with an instrument, and their distance is told.
    A root that the specimen takes is in its price.
    """
    yield KeepAway(structure=CORD, at_least_mm=CORD_AWAY.number)
    yield KeepAway(structure=SAC, at_least_mm=DURA_AWAY.number, is_shielded=True)
    beside = [root for root in field.images.present(StructureKind.NERVE_ROOT) if root.level in field.around]
    yield from (KeepAway(structure=root, at_least_mm=DURA_AWAY.number, is_shielded=True) for root in beside)
    yield from (KeepAway(structure=named, at_least_mm=VESSEL_AWAY.number) for named in vessels_beside(levels))
