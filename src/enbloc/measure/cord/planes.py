"""The planes across the canal beside a tumour: where it has entered the canal, and what a free plane looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import Level
from enbloc.case.image import Images
from enbloc.kernels import stacks
from enbloc.measure.cord.line import FREE_RUN_MM, REACH_MM, Line, line_beside
from enbloc.measure.cord.parameters import COARSE_PLANE, FREE_DISTANCE, OUTLINE_NOISE, PLANE_PIXEL, WALL_ERROR
from enbloc.measure.cord.stack import BONE, IN_CANAL, IN_CORD, IN_SAC, MASS, OTHER, Stack, looked, pixels
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
RUN_MM = 2.5
RUN_PLANES = 6
RIM = 3  # pixels
AWAY_MM = 6.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Planes(Stack):
    """A stack of planes beside a tumour, as wide as the canal; ``wide`` are the same as far as tumour is looked for.

    ``at`` is counted from the centre of the vertebra ``one``. ``in_canal`` is the tumour within the canal, ``room`` the
    canal itself. ``free`` are the planes above and below the tumour that serve as reference. ``error_mm`` is half a
    voxel in the plane and what the label map says of itself, ``coarsest_mm`` the longer side of a voxel, both of the
    coarsest label map that takes part: a fine canal makes no fine cord.
    """

    one: Vertebra
    wide: Stack
    error_mm: float
    coarsest_mm: float
    step_mm: float
    in_canal: Mask
    room: Mask
    free: tuple[Rows, Rows]

    @cached_property
    def mass(self) -> Mask:
        """The tumour, in the canal or near it."""
        return self.has(MASS)

    @cached_property
    def tumour_area_mm2(self) -> Floats:
        """Epidural tumour on each plane."""
        return np.asarray(self.in_canal.sum(axis=(1, 2)) * self.pixel_mm2, dtype=np.float64)

    @cached_property
    def has_canal(self) -> bool:
        """Whether the canal has a label of its own, and not just what lies in it."""
        return has_canal(self.bits)

    @cached_property
    def reached(self) -> Mask:
        """Where in the canal the tumour would be if its surface stood half a voxel further out."""
        error = self.error_mm if self.has_canal else self.error_mm + WALL_ERROR.number
        if self.coarse:  # a layer thinner than a voxel may have no label at all
            error = max(error, 1.5 * self.coarsest_mm)
        reach = max(error / PLANE_PIXEL.number, 1.0)
        near = stacks.distances(self.mass, reach + 1.0) <= reach
        return np.asarray(near & self.room & ~self.has(IN_CORD))

    @property
    def is_thick(self) -> bool:
        return round(self.step_mm, 2) > THICK_SLICE.number

    @property
    def coarse(self) -> str:
        """Why sac and cord cannot be measured on these voxels; empty if they can."""
        if self.is_thick:
            return f"slices of {self.step_mm:.2g} mm are too thick for sac and cord"
        if self.coarsest_mm <= COARSE_PLANE.number + 0.005:
            return ""
        return f"voxels of {self.coarsest_mm:.2g} mm across the canal are too coarse for sac and cord"

    @cached_property
    def beside(self) -> Rows:
        """The planes on which there is tumour at all; the middle one if there is none."""
        rows = np.nonzero(self.wide.has(MASS).any(axis=(1, 2)))[0]
        return rows if len(rows) else np.array([len(self.at) // 2])

    def along(self, numbers: Floats, there: Any, run_mm: float = RUN_MM) -> Floats:
        """Numbers of the planes, each the mean over the planes within a short run around it.

        One plane alone shows how the voxels happen to fall; planes where the structure is not ``there`` count for
        nothing.
        """
        near = np.abs(self.at[:, None] - self.at[None, :]) <= run_mm
        weight = near * there[None, :]
        held = np.where(there, numbers, 0.0)
        return np.asarray((weight * held[None, :]).sum(axis=1) / np.maximum(weight.sum(axis=1), 1), dtype=np.float64)

    @property
    def depth_error_mm(self) -> float:
        """How far a depth read on these planes may be off: half a voxel, and half a pixel of the planes themselves."""
        return self.error_mm + 0.5 * PLANE_PIXEL.number

    def chance(self) -> float:
        """How far an outline averaged over a short run differs by chance, as a share of half a voxel.

        A run of six planes or more averages the noise of one plane; where slices are thick there are fewer.
        """
        planes = max(1, min(RUN_PLANES, 1 + 2 * int(RUN_MM / self.step_mm)))
        return float(OUTLINE_NOISE.number * np.sqrt(RUN_PLANES / planes))

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

    def reference(self, structure: Mask, there: Mask) -> Floats | None:
        """The mean outline of a structure on the free planes, for every plane, as a signed distance, positive inside.

        ``structure`` is a stack like ``bits``. Nothing without a free plane on which it is ``there``.
        """
        rows = [row for side in self._seen_free(there) for row in side]
        if not rows:
            return None
        fields = np.zeros(structure.shape)
        fields[rows] = signed(structure[rows])
        return np.asarray(self.usual(fields, there), dtype=np.float64)


def signed(masks: Mask) -> Floats:
    """Distance to the outline on each plane, mm, positive inside, at most 6 outside; exact to half a pixel."""
    inside = stacks.distances(~masks, masks.shape[1]) - 0.5
    outside = stacks.distances(masks, AWAY_MM / PLANE_PIXEL.number) - 0.5
    return np.asarray(np.where(masks, inside, -outside) * PLANE_PIXEL.number, dtype=np.float64)


def planes(images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], main: Level) -> Planes | None:
    """The planes across the canal beside the tumour; nothing if no canal, sac or cord is labelled beside all of it."""
    one = spine[main]
    line = line_beside(images, mass, one)
    if line is None:
        return None
    wide = _wide(images, mass, line, one)
    across, deep = _window(wide, one)
    bits = np.ascontiguousarray(wide.bits[:, across, deep])
    in_canal, room = _in_canal(bits, wide.us[across], wide.vs[deep], one)
    return Planes(
        bits=bits,
        origins=wide.origins,
        left=wide.left,
        back=wide.back,
        at=line.at,
        us=wide.us[across],
        vs=wide.vs[deep],
        one=one,
        wide=wide,
        error_mm=line.error_mm,
        coarsest_mm=line.coarsest_mm,
        step_mm=line.step_mm,
        in_canal=in_canal,
        room=room,
        free=_free(bits, line, in_canal, one),
    )


def _wide(images: Images, mass: Tumour, line: Line, one: Vertebra) -> Stack:
    steps = pixels(REACH_MM)
    origins, left, back = line.placed(one)
    bits = looked(images, mass.lesion, steps, origins=origins, left=left, back=back)
    return Stack(bits=bits, origins=origins, left=left, back=back, at=line.at, us=steps, vs=steps)


def _window(wide: Stack, one: Vertebra) -> tuple[slice, slice]:
    """The part of the planes that holds the canal on all of them, labelled or as wide as the hole of the vertebra."""
    canal = np.asarray(wide.has(IN_CANAL).any(axis=0))
    parts = []
    for axis, half in enumerate((one.half_width_mm, one.half_depth_mm)):
        there = wide.us[np.asarray(canal.any(axis=1 - axis))]
        low, high = min(float(there.min(initial=0.0)), -half), max(float(there.max(initial=0.0)), half)
        held = np.flatnonzero((wide.us >= low - AWAY_MM) & (wide.us <= high + AWAY_MM))
        parts.append(slice(int(held[0]), int(held[-1]) + 1))
    return parts[0], parts[1]


def _in_canal(bits: NDArray[np.uint8], us: Floats, vs: Floats, one: Vertebra) -> tuple[Mask, Mask]:
    """Where the tumour is in the canal, and where the canal is.

    That is on the canal's own label, or, where the tumour took its place, within the outline that the canal has on
    the planes without tumour.
    """
    mass = (bits & MASS != 0) & (bits & BONE == 0)
    labelled = bits & IN_CANAL != 0
    if not has_canal(bits):  # sac or cord alone: the canal is as wide as the vertebra's own hole
        oval = (us[:, None] / one.half_width_mm) ** 2 + (vs[None, :] / one.half_depth_mm) ** 2 <= 1.0
        room = labelled | (oval & (bits & BONE == 0))
        return np.asarray(mass & room), np.asarray(room)
    alone = labelled.any(axis=(1, 2)) & ~mass.any(axis=(1, 2))
    if not alone.any():
        return np.asarray(mass & labelled), np.asarray(labelled)
    usual = np.mean(labelled[alone], axis=0) >= 0.5
    # A rim of a voxel is left out at first: the posterior wall of a body must not count as canal.
    core = ndimage.binary_erosion(usual, iterations=RIM)
    entered = (mass & core).any(axis=(1, 2))
    inside = (mass & labelled) | (mass & usual & entered[:, None, None])
    return np.asarray(inside), np.asarray(labelled | inside)


def has_canal(bits: NDArray[np.uint8]) -> bool:
    """Whether the canal has a label of its own, and not just what lies in it."""
    return bool(((bits & IN_CANAL != 0) & (bits & IN_SAC == 0)).any())


def _free(bits: NDArray[np.uint8], line: Line, in_canal: Mask, one: Vertebra) -> tuple[Rows, Rows]:
    """The free planes nearest above and below, half a body's height or more away from the tumour in the canal.

    A plane is not free either where another lesion stands in the canal: a cord that B presses is no measure for A.
    """
    at, gap = line.at, FREE_DISTANCE.number * (one.high_mm - one.low_mm)
    canal = bits & IN_CANAL != 0
    labelled = canal.any(axis=(1, 2))
    usual = np.mean(canal[labelled], axis=0) >= 0.5 if labelled.any() else np.zeros(canal.shape[1:], np.bool_)
    others = at[((bits & OTHER != 0) & (canal | usual)).any(axis=(1, 2))]
    if len(others):
        labelled &= np.abs(at[:, None] - others[None, :]).min(axis=1) >= gap
    taken = at[in_canal.any(axis=(1, 2))]
    low, high = (float(taken.min()), float(taken.max())) if len(taken) else line.beside
    above = np.nonzero(labelled & (at >= high + gap) & (at <= high + gap + FREE_RUN_MM))[0]
    below = np.nonzero(labelled & (at <= low - gap) & (at >= low - gap - FREE_RUN_MM))[0]
    return above, below
