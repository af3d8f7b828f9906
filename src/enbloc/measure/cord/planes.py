"""Planes across the spinal canal beside a tumour: what lies where on each, and what a free plane looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, StructureKind, tumour
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.slabs import stacked
from enbloc.measure.cord.parameters import FREE_DISTANCE, PLANE_PIXEL
from enbloc.measure.spine.canal import within
from enbloc.measure.spine.vertebra import Vertebra, half_voxel
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
BONE, MASS, IN_CANAL, IN_SAC, IN_CORD, ROOT, OTHER = 1, 2, 4, 8, 16, 32, 64
REACH_MM = 30.0
FREE_RUN_MM = 14.0
RUN_MM = 2.5
SEEN_MM = 70.0
SLAB_MM = 2.0
LEAST_SLABS = 4


@dataclass(frozen=True, eq=False, kw_only=True)
class Planes:
    """A stack of planes across the canal, head first: ``bits`` has shape (planes, left, back).

    ``origins``, ``left`` and ``back``, shape (planes, 3), place them in the patient; ``at`` are their distances along
    the canal from the main vertebra's centre, mm, descending. ``free`` are the planes above and below the tumour that
    serve as reference. ``error_mm`` is half a voxel in the plane, ``coarsest_mm`` the longer side of one, both of the
    coarsest label map that takes part: a fine canal makes no fine cord.
    """

    bits: NDArray[np.uint8]
    origins: Floats
    left: Floats
    back: Floats
    at: Floats
    error_mm: float
    coarsest_mm: float
    step_mm: float
    in_canal: Mask  # tumour within the canal
    room: Mask  # the canal
    free: tuple[NDArray[np.intp], NDArray[np.intp]]
    notes: tuple[str, ...] = ()

    def has(self, bit: int) -> Mask:
        """Where a bit is set."""
        return np.asarray(self.bits & bit != 0)

    @property
    def steps(self) -> Floats:
        return np.arange(-REACH_MM, REACH_MM + 0.1, PLANE_PIXEL.number)

    @property
    def pixel_mm2(self) -> float:
        return PLANE_PIXEL.number**2

    @property
    def tumour_area_mm2(self) -> Floats:
        """Epidural tumour on each plane."""
        return np.asarray(self.in_canal.sum(axis=(1, 2)) * self.pixel_mm2, dtype=np.float64)

    def place(self, plane: int, p: float, q: float) -> tuple[float, float, float]:
        """A pixel of a plane in the patient."""
        u, v = (-REACH_MM + PLANE_PIXEL.number * number for number in (p, q))
        x, y, z = self.origins[plane] + u * self.left[plane] + v * self.back[plane]
        return (float(x), float(y), float(z))

    def along(self, numbers: Floats, there: Any) -> Floats:
        """Numbers of the planes, each the mean over the planes within a short run around it.

        One plane alone shows how the voxels happen to fall; planes where the structure is not ``there`` count for
        nothing.
        """
        near = np.abs(self.at[:, None] - self.at[None, :]) <= RUN_MM
        weight = near * there[None, :]
        return np.asarray((weight * numbers[None, :]).sum(axis=1) / np.maximum(weight.sum(axis=1), 1), dtype=np.float64)

    def usual(self, numbers: Any, there: Any) -> Any:
        """What the free planes let one expect of each plane: the mean of each side, interpolated along the canal.

        ``numbers`` has the planes as its first axis. Nothing without a free plane on which the structure is there.
        """
        sides = self._seen_free(there)
        if not sides:
            return None
        means = [np.mean(numbers[side], axis=0) for side in sides]
        if len(sides) == 1:
            return np.broadcast_to(means[0], numbers.shape)
        high, low = (float(self.at[side].mean()) for side in sides)
        share = np.clip((self.at - low) / (high - low), 0.0, 1.0).reshape(-1, *[1] * (numbers.ndim - 1))
        return share * means[0] + (1.0 - share) * means[1]

    def ends(self, numbers: Floats, there: Any) -> list[float]:
        """What the free planes above and those below let one expect, each by itself.

        Where a structure tapers, as the cord does at the conus, the two differ: what lies between is not known better.
        """
        return [float(np.mean(numbers[side])) for side in self._seen_free(there)]

    def is_ended(self, there: Any) -> bool:
        """Whether a structure that stands on some planes is gone on free ones, as the cord is below the conus."""
        return any(not there[row] for side in self.free for row in side)

    def _seen_free(self, there: Any) -> list[list[int]]:
        sides = [[row for row in side if there[row]] for side in self.free]
        return [side for side in sides if side]

    def reference(self, structure: Mask) -> Floats | None:
        """The mean outline of a structure on the free planes, for every plane, as a signed distance, positive inside.

        ``structure`` is a stack like ``bits``. Nothing without a free plane on which it is seen.
        """
        there = np.asarray(structure.any(axis=(1, 2)))
        rows = {int(row) for side in self.free for row in side if there[row]}
        fields = np.zeros(structure.shape)
        for row in sorted(rows):
            fields[row] = signed(structure[row])
        return None if not rows else np.asarray(self.usual(fields, there), dtype=np.float64)


def signed(mask: Mask) -> Floats:
    """Distance to the outline, mm, positive inside; exact to half a pixel."""
    inside = ndimage.distance_transform_edt(mask) - 0.5
    outside = ndimage.distance_transform_edt(~mask) - 0.5
    return np.asarray(np.where(mask, inside, -outside) * PLANE_PIXEL.number, dtype=np.float64)


def planes(images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], main: Level) -> Planes | None:
    """The planes across the canal beside the tumour; nothing if no canal, sac or cord is labelled beside all of it."""
    one = spine[main]
    parts = list(_canal(images, mass))
    if not parts:
        return None
    canal = one.inside(np.concatenate([points for points, _ in parts]))
    own = one.inside(mass.points_mm)
    line = _line(canal, own, one)
    if line is None:
        return None
    wide, deep, tall = (
        np.array([half_voxel(grid, one.axes[axis]) for grid in (mass.grid, *(grid for _, grid in parts))])
        for axis in range(3)
    )
    step = max(PLANE_PIXEL.number, 2.0 * float(tall.max()))
    if not _is_beside(canal, own, line, step):
        return None
    low, high = _range(canal, own, line, one)
    at = np.arange(high, low - 1e-6, -step)
    if len(at) < 2:
        return None
    origins, left, back = _placed(line, at, one)
    bits = _looked(images, mass.lesion, origins, left, back)
    inside, room = _in_canal(bits, one)
    taken = np.nonzero(inside.any(axis=(1, 2)))[0]
    if not len(taken):
        taken = np.nonzero((at <= own[:, 2].max()) & (at >= own[:, 2].min()))[0]
    free = _free(at, taken, FREE_DISTANCE.number * (one.high_mm - one.low_mm), bits)
    return Planes(
        bits=bits,
        origins=origins,
        left=left,
        back=back,
        at=at,
        error_mm=0.5 * float((wide + deep).max()),
        coarsest_mm=2.0 * float(max(wide.max(), deep.max())),
        step_mm=step,
        in_canal=inside,
        room=room,
        free=free,
    )


def _canal(images: Images, mass: Tumour) -> Iterator[tuple[Floats, Grid]]:
    corners = np.array([mass.points_mm.min(axis=0), mass.points_mm.max(axis=0)])
    corners = np.array([[corners[a, 0], corners[b, 1], corners[c, 2]] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    for named in (CANAL, SAC, CORD):
        labels = images.map_of(named)
        if labels is None:
            continue
        box = within(labels, corners, SEEN_MM)
        points = np.argwhere(labels.mask(named, box))
        if len(points) >= 50:
            grid = labels.grid.cropped(box)
            yield grid.points_mm(points), grid


def _line(canal: Floats, own: Floats, one: Vertebra) -> tuple[Floats, Floats] | None:
    """The canal's centre as polynomials (x, y) of the height, fitted on the slabs that the tumour leaves alone."""
    slabs = np.floor(canal[:, 2] / SLAB_MM).astype(int)
    names, where, count = np.unique(slabs, return_inverse=True, return_counts=True)
    centres = np.stack([np.bincount(where, canal[:, axis]) / count for axis in range(3)], axis=1)
    whole = count > 0.4 * np.median(count)
    near = np.abs(own[:, 0] - one.hole_mm[0]) < one.half_width_mm
    near &= np.abs(own[:, 1] - one.hole_mm[1]) < one.half_depth_mm
    beside = np.isin(names, np.floor(own[near, 2] / SLAB_MM).astype(int)) if near.any() else np.zeros(len(names), bool)
    good = whole & ~beside
    sides = (centres[good, 2] > own[near, 2].mean()) if near.any() and good.any() else np.ones(1, bool)
    if near.any() and not (sides.any() and (~sides).any()):
        good = whole  # the tumour reaches the end of what is seen: better a bent line than a guessed one
    if good.sum() < LEAST_SLABS:
        return None
    span = float(np.ptp(centres[good, 2]))
    degree = 3 if span > 60.0 and good.sum() > 12 else 1 if good.sum() < 6 else 2
    x, y = (np.polyfit(centres[good, 2], centres[good, axis], degree) for axis in (0, 1))
    return x, y


def _is_beside(canal: Floats, own: Floats, line: tuple[Floats, Floats], step: float) -> bool:
    """Whether the canal is labelled beside the whole of the tumour, within a voxel.

    Labels that end where the cord is pressed, as they do, would leave just the free rest of the canal to be graded.
    """
    heights = _near(own, line)
    return bool(heights.min() >= canal[:, 2].min() - step and heights.max() <= canal[:, 2].max() + step)


def _near(own: Floats, line: tuple[Floats, Floats]) -> Floats:
    """The heights of the tumour within reach of the canal; of all of it where none is."""
    off = np.hypot(own[:, 0] - np.polyval(line[0], own[:, 2]), own[:, 1] - np.polyval(line[1], own[:, 2]))
    near = off < REACH_MM
    return np.asarray(own[near, 2] if near.any() else own[:, 2])


def _range(canal: Floats, own: Floats, line: tuple[Floats, Floats], one: Vertebra) -> tuple[float, float]:
    half = 0.5 * (one.high_mm - one.low_mm)
    extra = 2.0 * FREE_DISTANCE.number * half + FREE_RUN_MM + 2.0
    beside = _near(own, line)
    low = max(float(beside.min()) - extra, float(canal[:, 2].min()))
    return low, min(float(beside.max()) + extra, float(canal[:, 2].max()))


def _placed(line: tuple[Floats, Floats], at: Floats, one: Vertebra) -> tuple[Floats, Floats, Floats]:
    """Origins and in-plane axes of the planes, in the patient."""
    x, y = line
    along = np.stack([np.polyval(np.polyder(x), at), np.polyval(np.polyder(y), at), np.ones_like(at)], axis=1)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    back = np.array([0.0, 1.0, 0.0]) - along[:, 1:2] * along
    back /= np.linalg.norm(back, axis=1, keepdims=True)
    left = np.cross(back, along)
    origins = np.stack([np.polyval(x, at), np.polyval(y, at), at], axis=1)
    return one.origin + origins @ one.axes, left @ one.axes, back @ one.axes


def _looked(images: Images, lesion: str, origins: Floats, left: Floats, back: Floats) -> NDArray[np.uint8]:
    steps = np.arange(-REACH_MM, REACH_MM + 0.1, PLANE_PIXEL.number)
    bits = np.zeros((len(origins), len(steps), len(steps)), np.uint8)
    for labels in images.labels.values():
        table = _meaning(labels, lesion)
        if table.any():
            inverse = labels.grid.inverse
            matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
            bits |= table[stacked(labels.labels, matrix, offset, origins, left, back, steps, steps)]
    return bits


_MEANING = {
    StructureKind.VERTEBRA: BONE,
    StructureKind.SACRUM: BONE,
    StructureKind.CANAL: IN_CANAL,
    StructureKind.SAC: IN_CANAL | IN_SAC,
    StructureKind.CORD: IN_CANAL | IN_SAC | IN_CORD,
    StructureKind.NERVE_ROOT: ROOT,
    StructureKind.TUMOUR: OTHER,  # of another lesion
}


def _meaning(labels: LabelMap, lesion: str) -> NDArray[np.uint8]:
    table = np.zeros(int(np.iinfo(labels.labels.dtype).max) + 1, np.uint8)
    for number, named in labels.names.items():
        table[number] = MASS if named == tumour(lesion) else _MEANING.get(named.kind, 0)
    return table


def _in_canal(bits: NDArray[np.uint8], one: Vertebra) -> tuple[Mask, Mask]:
    """Where the tumour is in the canal, and where the canal is.

    That is on the canal's own label, or, where the tumour took its place, within the outline that the canal has on
    the planes without tumour.
    """
    mass = (bits & MASS != 0) & (bits & BONE == 0)
    labelled = bits & IN_CANAL != 0
    if not has_canal(bits):  # sac or cord alone: the canal is as wide as the vertebra's own hole
        steps = np.arange(-REACH_MM, REACH_MM + 0.1, PLANE_PIXEL.number)
        oval = (steps[:, None] / one.half_width_mm) ** 2 + (steps[None, :] / one.half_depth_mm) ** 2 <= 1.0
        room = labelled | (oval & (bits & BONE == 0))
        return np.asarray(mass & room), np.asarray(room)
    alone = labelled.any(axis=(1, 2)) & ~mass.any(axis=(1, 2))
    if not alone.any():
        return np.asarray(mass & labelled), np.asarray(labelled)
    usual = np.mean(labelled[alone], axis=0) >= 0.5
    # A rim of a voxel is left out at first: the posterior wall of a body must not count as canal.
    core = ndimage.binary_erosion(usual, iterations=3)
    entered = (mass & core).any(axis=(1, 2))
    inside = (mass & labelled) | (mass & usual & entered[:, None, None])
    return np.asarray(inside), np.asarray(labelled | inside)


def has_canal(bits: NDArray[np.uint8]) -> bool:
    """Whether the canal has a label of its own, and not just what lies in it."""
    return bool(((bits & IN_CANAL != 0) & (bits & IN_SAC == 0)).any())


def _free(
    at: Floats, taken: NDArray[np.intp], gap: float, bits: NDArray[np.uint8]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The free planes nearest above and below, at least ``gap`` away from the tumour in the canal.

    A plane is not free either where another lesion stands in the canal: a cord that B presses is no measure for A.
    """
    canal = bits & IN_CANAL != 0
    labelled = canal.any(axis=(1, 2))
    usual = np.mean(canal[labelled], axis=0) >= 0.5 if labelled.any() else np.zeros(canal.shape[1:], np.bool_)
    others = at[((bits & OTHER != 0) & (canal | usual)).any(axis=(1, 2))]
    if len(others):
        labelled &= np.abs(at[:, None] - others[None, :]).min(axis=1) >= gap
    high, low = (float(at[taken].max()), float(at[taken].min())) if len(taken) else (float(at[0]), float(at[-1]))
    above = np.nonzero(labelled & (at >= high + gap) & (at <= high + gap + FREE_RUN_MM))[0]
    below = np.nonzero(labelled & (at <= low - gap) & (at >= low - gap - FREE_RUN_MM))[0]
    return above, below
