"""The frame of each vertebra: first from canal and neighbours, then from its endplates and its mirror plane."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.case.image import Images
from enbloc.kernels.mirrors import mirror
from enbloc.kernels.voxels import moved
from enbloc.measure.spine.canal import Canal, Ring, canal_points, hole, swept, thinned
from enbloc.measure.spine.curve import curve_of
from enbloc.measure.spine.endplates import endplates
from enbloc.measure.spine.memory import Memory
from enbloc.measure.spine.parameters import ALIKE, AXIS_OF_CANAL, AXIS_OF_ENDPLATES, SPREAD_OF_AXES
from enbloc.measure.spine.vertebra import (
    Crop,
    Endplate,
    Vertebra,
    crop_of,
    cut_through,
    half_voxel,
    neighbour_axis,
)

Floats = NDArray[np.float64]
HEAD = np.array([0.0, 0.0, 1.0])
BACK = np.array([0.0, 1.0, 0.0])
USUAL_PEDICLE_MM = 8.0
FEW, SOME = 800, 3000
TURNS = np.deg2rad(np.arange(-24.0, 24.1, 4.0))
SHIFTS_MM = np.arange(-3.0, 3.1, 1.5)
STIFFNESS = 0.015  # overlap that a shift of 1 mm from the canal's middle costs; 1 mm off a body's, it costs a tenth


def vertebrae(images: Images, memory: Memory | None = None) -> tuple[dict[Level, Vertebra], dict[Level, str]]:
    """Every labelled vertebra in its frame, cranial to caudal, and why some have none.

    Of a vertebra that is as the ``memory`` has it, with all that bears on it, the frame is not worked out again.
    """
    levels, memory = images.levels, memory or Memory()
    drawn = {level: crop_of(images, level) for level in levels}
    crops = {level: memory.of("crop", level, (crop,), partial(_same, crop)) for level, crop in drawn.items()}
    centroids = {level: crop.centroid for level, crop in crops.items()}
    first: dict[Level, Vertebra] = {}
    for level, crop in crops.items():
        guess = neighbour_axis(centroids, level, levels)
        if guess is None or guess[2] < 0.5:  # labels out of order, or steeper than any spine: trust the patient's axis
            guess = HEAD
        canal = canal_points(images, crop.grid) or memory.of(
            "hole", level, (crop, guess), partial(_ringed, crop, guess)
        )
        found = None
        if canal is not None:
            found = memory.of("framed", level, (crop, canal, guess), partial(framed, crop, canal, guess))
        if found is not None:
            first[level] = found
    first = _joined(first, crops, levels)
    bodies = {level: one.origin for level, one in first.items() if not cut_through(one.crop)}
    chords = {level: _chord(bodies, level, levels) for level in first}
    first = {
        level: memory.of("refined", level, (one, chords[level]), partial(refined, one, chords[level]))
        for level, one in first.items()
    }
    spine = {
        level: memory.of("settled", level, (one,), partial(settled, one)) for level, one in _leaning(first).items()
    }
    spine = {level: _drawn_in(drawn[level], one) for level, one in spine.items()}
    return spine, {level: _why_frameless(crop) for level, crop in crops.items() if level not in spine}


def _same(crop: Crop) -> Crop:
    return crop


def _ringed(crop: Crop, guess: Floats) -> Canal | None:
    return hole(crop.mask, crop.grid, guess, crop.centroid)


def _drawn_in(crop: Crop, one: Vertebra) -> Vertebra:
    """The vertebra in the label map as it is now."""
    return one if one.crop.labels is crop.labels else replace(one, crop=crop)


def framed(crop: Crop, canal: Canal, axis: Floats) -> Vertebra | None:
    """The vertebra in its frame, from a first guess of the direction to the head; nothing if no body lies before."""
    axis = _along(canal, crop.centroid, axis)
    first = _placed(crop, canal, axis)
    if first is None:
        return None
    return _placed(crop, canal, _along(canal, first.origin, axis)) or first


def refined(first: Vertebra, chord: Floats | None) -> Vertebra:
    """The vertebra with its axis halfway between the canal's and that of the neighbouring bodies' centres."""
    canal = first.canal
    if chord is None and not canal.is_cord_only:
        return first
    axis = first.axes[2] if chord is None else first.axes[2] + chord
    axis = axis / np.linalg.norm(axis)
    if canal.is_cord_only:  # a cord does not reach the walls of the canal: the hole around it does
        found = hole(first.crop.mask, first.crop.grid, axis, first.crop.centroid)
        canal = canal if found is None else replace(found, notes=canal.notes)
    return _placed(first.crop, canal, axis) or first


def settled(one: Vertebra) -> Vertebra:
    """The vertebra with its axis square to its endplates on average, and its left and right told by its mirror plane.

    Neither is pulled by what is missing on one side: a hole takes columns from an endplate, which is fitted to the
    rest, and takes the same from every mirror plane.
    """
    upper, lower = endplates(one)
    axis = _axis(one, upper, lower)
    back = one.axes[1] - (one.axes[1] @ axis) * axis
    back = back / np.linalg.norm(back)
    axes = np.stack([np.cross(back, axis), back, axis])
    pivot = one.origin + one.hole_mm @ one.axes
    turn, shift = _mirrored(one, axes, pivot)
    cos, sin = np.cos(turn), np.sin(turn)
    axes = np.stack([cos * axes[0] + sin * axes[1], cos * axes[1] - sin * axes[0], axis])
    origin, back_mm = _body(one.crop.points_mm, one.canal, axes, one.origin)
    # In the mirror plane: what is left of a half-eaten body has its centre to one side.
    origin = origin - ((origin - pivot) @ axes[0] - shift) * axes[0]
    return replace(_measured(one.crop, one.canal, axes, origin, back_mm), upper=upper, lower=lower)


def _axis(one: Vertebra, upper: Endplate | None, lower: Endplate | None) -> Floats:
    """Between the axis of canal and neighbours and that of the endplates, the nearer to the surer of both.

    Where there are not both endplates, or where they are far from it, the axis stays.
    """
    held: Floats = one.axes[2]
    if upper is None or lower is None:
        return held
    axis: Floats = upper.normal + lower.normal
    axis = axis / np.linalg.norm(axis)
    apart = np.degrees(np.arccos(np.clip(axis @ held, -1.0, 1.0)))
    if apart > AXIS_OF_ENDPLATES.number:
        return held
    error = np.mean((*upper.error_deg, *lower.error_deg)) / np.sqrt(2.0)  # of the mean of two
    axis = axis / error**2 + held / AXIS_OF_CANAL.number**2
    return np.asarray(axis / np.linalg.norm(axis), dtype=np.float64)


def _mirrored(one: Vertebra, axes: Floats, pivot: Floats) -> tuple[float, float]:
    """Turn (radians) and shift (mm) of the vertebra's mirror plane from the y-z plane of ``axes`` through ``pivot``.

    By the arch with its processes if its two sides are alike, else by the whole vertebra: the rest of a body of which
    one side is gone is most like itself folded about its own middle. None of both where a side was not scanned, or
    where no plane near that one is the best.
    """
    if {"left", "right"} & set(one.crop.cut):
        return 0.0, 0.0
    inverse = one.crop.grid.inverse
    matrix = np.ascontiguousarray(inverse[:3, :3] @ axes.T)
    offset = np.ascontiguousarray(inverse[:3, :3] @ pivot + inverse[:3, 3])
    whole = moved(one.crop.points_mm, axes, -axes @ pivot)
    arch = whole[moved(one.crop.points_mm, one.axes, -one.axes @ one.origin)[:, 1] > one.back_mm]
    for points, least in ((arch, ALIKE.number), (whole, 0.0)):
        some = thinned(points, SOME)
        turn, shift, alike = mirror(
            one.crop.mask, matrix, offset, some, thinned(some, FEW), TURNS, SHIFTS_MM, STIFFNESS
        )
        if alike >= least and abs(turn) < TURNS[-1] and abs(shift) < SHIFTS_MM[-1]:
            return float(turn), float(shift)
    return 0.0, 0.0


def _along(canal: Canal, centre: Floats, axis: Floats) -> Floats:
    """The direction of the canal beside ``centre``, to the head; the guess where too little of it is seen."""
    for _ in range(2):
        height = (canal.points_mm - centre) @ axis
        near = canal.points_mm[np.abs(height) <= SPREAD_OF_AXES.number]
        if len(near) < 30 or np.ptp(height[np.abs(height) <= SPREAD_OF_AXES.number]) < SPREAD_OF_AXES.number:
            return axis
        off = near - near.mean(axis=0)
        along = off @ axis
        # Least squares of position on height: unlike a principal axis it cannot turn into a wide canal's width.
        slope = (off * along[:, None]).sum(axis=0) / (along @ along)
        axis = slope / np.linalg.norm(slope)
    return np.asarray(axis, dtype=np.float64)


def _placed(crop: Crop, canal: Canal, axis: Floats) -> Vertebra | None:
    """Body, arch and canal of a vertebra whose direction to the head is known; back is from body to canal."""
    back = BACK - (BACK @ axis) * axis
    back = back / np.linalg.norm(back)
    bone = thinned(crop.sample_mm, SOME)
    body = crop.centroid
    for _ in range(4):
        centre, border = _border(canal, body, axis, back)
        front = (bone - centre) @ back < border
        if front.sum() < 0.05 * len(front):
            return None
        body = bone[front].mean(axis=0)
        back = (centre - body) - ((centre - body) @ axis) * axis
        back = back / np.linalg.norm(back)
    axes = np.stack([np.cross(back, axis), back, axis])
    origin, back_mm = _body(crop.sample_mm, canal, axes, body)
    return _measured(crop, canal, axes, origin, back_mm)


def _border(canal: Canal, body: Floats, axis: Floats, back: Floats) -> tuple[Floats, float]:
    """The centre of the canal beside the body, and how far before it (negative) its front wall lies."""
    height = np.abs((canal.points_mm - body) @ axis)
    beside = canal.points_mm[height <= max(float(height.min()) + 2.0, 8.0)]
    centre = beside.mean(axis=0)
    return centre, float(np.quantile((beside - centre) @ back, 0.02)) - half_voxel(canal.grid, back)


def _body(bone: Floats, canal: Canal, axes: Floats, body: Floats) -> tuple[Floats, float]:
    """The centre of the bone before the canal, and the y from there of the plane between them."""
    centre, border = _border(canal, body, axes[2], axes[1])
    body = bone[(bone - centre) @ axes[1] < border].mean(axis=0)
    return body, float((centre - body) @ axes[1] + border)


def _measured(crop: Crop, canal: Canal, axes: Floats, origin: Floats, back_mm: float) -> Vertebra:
    own = (crop.sample_mm - origin) @ axes.T
    around = (canal.points_mm - origin) @ axes.T
    low, high = np.quantile(own[own[:, 1] < back_mm, 2], (0.005, 0.995))
    beside = around[(around[:, 2] > low) & (around[:, 2] < high)]
    beside = beside if len(beside) else around
    middle = np.median(beside, axis=0)
    width = float(np.quantile(np.abs(beside[:, 0] - middle[0]), 0.98))
    pedicles = own[(own[:, 1] > back_mm) & (own[:, 1] < middle[1]) & (np.abs(own[:, 0] - middle[0]) > width)]
    at = float(np.median(pedicles[:, 2])) if len(pedicles) else 0.5 * (low + high)
    slab = around[np.abs(around[:, 2] - at) <= max(2.0, 2.0 * half_voxel(canal.grid, axes[2]))]
    slab = slab if len(slab) else beside
    centre = np.array([slab[:, 0].mean(), slab[:, 1].mean(), at])
    reach = np.quantile(np.abs(slab[:, :2] - centre[:2]), 0.98, axis=0)
    return Vertebra(
        crop=crop,
        axes=axes,
        origin=origin,
        back_mm=back_mm,
        low_mm=float(low) - half_voxel(crop.grid, axes[2]),
        high_mm=float(high) + half_voxel(crop.grid, axes[2]),
        hole_mm=centre,
        half_width_mm=float(reach[0]) + half_voxel(canal.grid, axes[0]),
        half_depth_mm=float(reach[1]) + half_voxel(canal.grid, axes[1]),
        pedicle_mm=_pedicle_reach(pedicles, centre, axes, crop) if len(pedicles) else width + USUAL_PEDICLE_MM,
        canal=canal,
        notes=canal.notes,
    )


def _pedicle_reach(pedicles: Floats, centre: Floats, axes: Floats, crop: Crop) -> float:
    """How far out the pedicles reach, from the middle of the canal, just behind the body."""
    front = pedicles[pedicles[:, 1] <= np.quantile(pedicles[:, 1], 0.4)]
    return float(np.quantile(np.abs(front[:, 0] - centre[0]), 0.95)) + half_voxel(crop.grid, axes[0])


def _joined(first: dict[Level, Vertebra], crops: dict[Level, Crop], levels: tuple[Level, ...]) -> dict[Level, Vertebra]:
    """Also the vertebrae whose ring is open, by the canal swept between the holes of those directly above and below."""
    found = dict(first)
    for at, level in enumerate(levels):
        above, below = levels[at - 1 : at], levels[at + 1 : at + 2]
        if level in first or not above or not below or above[0] not in first or below[0] not in first:
            continue
        upper, lower = first[above[0]], first[below[0]]
        canal = swept(_ring(lower), _ring(upper), f"{lower.level} and {upper.level}")
        axis = upper.origin - lower.origin
        one = framed(crops[level], canal, axis / np.linalg.norm(axis))
        if one is not None:
            found[level] = one
    return {level: found[level] for level in levels if level in found}


def _leaning(first: dict[Level, Vertebra]) -> dict[Level, Vertebra]:
    """Those that the upper or lower edge of the scan cuts lean as the canal of the others does beside them.

    Too little of their own canal is seen, and the middle of what is left of them is not that of their body.
    """
    whole = {level: one for level, one in first.items() if not {"upper", "lower"} & set(one.crop.cut)}
    curve = curve_of(whole, {}) if 1 < len(whole) < len(first) else None
    if curve is None:
        return first
    leaning = dict(first)
    for level in first.keys() - whole.keys():
        one = first[level]
        axis = curve.tangent(float(curve.stations(one.crop.centroid[None])[0]))
        leaning[level] = _placed(one.crop, one.canal, axis) or one
    return leaning


def _ring(one: Vertebra) -> Ring:
    return Ring(
        centre=one.origin + one.hole_mm @ one.axes,
        axes=one.axes,
        half_width_mm=one.half_width_mm,
        half_depth_mm=one.half_depth_mm,
    )


def _why_frameless(crop: Crop) -> str:
    cut = f"{crop.level} is cut by the {' and '.join(crop.cut)} edge of the scan; " if crop.cut else ""
    return f"{cut}no canal beside {crop.level} and no closed ring of bone: its frame is not known"


def _chord(bodies: dict[Level, Floats], level: Level, levels: tuple[Level, ...]) -> Floats | None:
    """The chord through both neighbouring bodies; nothing unless both are whole, as one alone would tilt it."""
    at = levels.index(level)
    if not 0 < at < len(levels) - 1 or levels[at - 1] not in bodies or levels[at + 1] not in bodies:
        return None
    return neighbour_axis(bodies, level, levels)
