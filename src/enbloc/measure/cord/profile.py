"""What lies in the canal, plane by plane: the raw numbers from which each finding takes its worst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.case.table import CanalPlane
from enbloc.kernels import stacks
from enbloc.measure.cord.parameters import CSF_THICKNESS, EPIDURAL_AREA, LABEL_DIP, LABEL_LOST, PLANE_PIXEL
from enbloc.measure.cord.planes import Planes
from enbloc.measure.cord.stack import IN_CORD, IN_SAC, MASS, ROOT

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
TURNS = 72
THICKEST_MM = 6.0
NEAR_MM = 2.0
MOST_RATIO = 5.0
BAR = 2.0 * np.sqrt(3.0)  # the width of a bar from its standard deviation; four for a disc is near enough
EARLIEST_CONUS = Level.T11
NO_CORD = "no cord label beside the tumour"
NO_MR = "no MR shows it: a sac or cord outlined on CT is not a validated outline"


@dataclass(frozen=True, eq=False, kw_only=True)
class Profile:
    """Sac and cord on the planes ``seen``, each number read when first asked; all arrays have one row for a plane.

    ``sac_on_mr`` and ``cord_on_mr`` say whether the outlines show what an MR shows, ``main`` is the tumour's level.
    """

    seen: Planes
    main: Level
    sac_on_mr: bool
    cord_on_mr: bool

    @cached_property
    def cord(self) -> Mask:
        return self.seen.has(IN_CORD)

    @cached_property
    def sac(self) -> Mask:
        """The thecal sac with all that lies in it."""
        return stacks.filled(self.seen.has(IN_SAC))

    @cached_property
    def fluid(self) -> Mask:
        """The sac without cord and nerve roots."""
        return np.asarray(self.seen.has(IN_SAC) & ~self.cord & ~self.seen.has(ROOT))

    @cached_property
    def of_cord(self) -> Floats:
        """Count, centre and spread of the cord's pixels, shape (planes, 5)."""
        return stacks.moments(self.cord)

    @cached_property
    def of_sac(self) -> Floats:
        """Count, centre and spread of the sac's pixels, shape (planes, 5)."""
        return stacks.moments(self.sac)

    @cached_property
    def has_cord(self) -> Mask:
        return np.asarray(self.of_cord[:, 0] > 0)

    @cached_property
    def has_sac(self) -> Mask:
        return np.asarray(self.of_sac[:, 0] > 0)

    @cached_property
    def cord_gap(self) -> str:
        """Why the cord's label does not show the cord beside the tumour; empty if it does."""
        order = list(Level)
        may_end = order.index(self.main) >= order.index(EARLIEST_CONUS)
        gap = is_interrupted(self.of_cord[:, 0], self.seen.beside, may_end=may_end)
        return "the cord label is interrupted beside the tumour" if gap else ""

    @cached_property
    def cord_rows(self) -> Rows:
        """The planes with tumour in the canal, or beside it if there is none, on which the cord is seen."""
        return np.array([row for row in self.rows if self.has_cord[row]], dtype=np.intp)

    @cached_property
    def rows(self) -> Rows:
        """The planes with epidural tumour; those with any tumour if it has not entered the canal."""
        entered = np.nonzero(self.seen.tumour_area_mm2 >= EPIDURAL_AREA.number)[0]
        return entered if len(entered) else self.seen.beside

    @cached_property
    def no_sac(self) -> str:
        """Why the sac cannot be measured; empty if it can."""
        if not self.sac_on_mr:
            return NO_MR
        if not (self.seen.has(IN_SAC) & ~self.cord).any():
            return "no thecal sac label"
        gap = is_interrupted(self.of_sac[:, 0], self.rows, may_end=False)
        lost = "the thecal sac label is interrupted beside the tumour" if gap else ""
        free = any(self.has_sac[row] for side in self.seen.free for row in side)
        return self.seen.coarse or lost or ("" if free else "no free slice of the sac above or below the tumour")

    @cached_property
    def no_cord(self) -> str:
        """Why the cord cannot be measured; empty if it can."""
        if not self.cord.any():
            return NO_CORD
        if not self.cord_on_mr:
            return NO_MR
        if not len(self.cord_rows):
            return self.cord_gap or "no cord at the tumour"
        free = any(self.has_cord[row] for side in self.seen.free for row in side)
        why = "" if free else "no free slice of the cord above or below the tumour"
        return self.seen.coarse or self.cord_gap or why

    @cached_property
    def usual_sac(self) -> Floats:
        """The outline of the free sac on every plane, a signed distance in mm; only where the sac can be measured."""
        usual = self.seen.reference(self.sac, self.has_sac)
        assert usual is not None, self.no_sac
        return usual

    @cached_property
    def usual_cord(self) -> Floats | None:
        """The outline of the free cord on every plane, likewise; nothing where it is not seen free."""
        return self.seen.reference(self.cord, self.has_cord)

    @cached_property
    def lost_sac_mm(self) -> Floats:
        """How deep within the free outline what is not sac lies, near the tumour: shape (planes, left, back), mm."""
        limit = NEAR_MM / PLANE_PIXEL.number
        near = stacks.distances(self.seen.in_canal, limit + 1.0) <= limit
        return np.where(~self.sac & near, np.maximum(self.usual_sac, 0.0), 0.0)

    @cached_property
    def indentation_mm(self) -> Floats:
        """The deepest of each plane."""
        return np.asarray(self.lost_sac_mm.max(axis=(1, 2)))

    @cached_property
    def csf_mm(self) -> Floats:
        """The fluid next to the cord in 72 directions from its centre, mm, shape (planes, 72)."""
        runs = stacks.thickness(self.cord, self.fluid, self.of_cord[:, 1:3], TURNS)
        return np.minimum(runs * PLANE_PIXEL.number, THICKEST_MM)

    def csf_share(self, shift_mm: float = 0.0) -> Floats:
        """The share of the directions in which there is fluid enough; with the limit moved, but never to nothing."""
        enough = max(0.5 * CSF_THICKNESS.number, CSF_THICKNESS.number + shift_mm)
        return np.asarray((self.csf_mm >= enough).mean(axis=1))

    @cached_property
    def nearest(self) -> Floats:
        """Of each wide plane the least distance of tumour and cord, and the two pixels, as `nearest_pairs` has it."""
        return stacks.nearest_pairs(self.seen.wide.has(MASS), self.seen.wide.has(IN_CORD))

    @cached_property
    def gap_mm(self) -> Floats:
        """From the border of the tumour to that of the cord; infinite where one of them is not."""
        return np.maximum(self.nearest[:, 0] - 1.0, 0.0) * PLANE_PIXEL.number

    @cached_property
    def fluid_gap_mm(self) -> Floats:
        """The least fluid between cord and tumour in the canal: tumour may push the dura ahead of it, mm."""
        met = stacks.directions_met(self.seen.in_canal, self.of_cord[:, 1:3], TURNS)
        least = np.where(met, self.csf_mm, np.inf).min(axis=1)
        return np.where(self.fluid.any(axis=(1, 2)) & self.cord_on_mr, least, np.inf)

    @cached_property
    def distance_mm(self) -> Floats:
        """From tumour to cord on each plane; infinite where one of them is not."""
        seen = np.isfinite(self.gap_mm)
        return np.where(seen, np.minimum(self.gap_mm, self.fluid_gap_mm), np.inf)

    def depth_to_width(self, wider_mm: float = 0.0) -> Floats:
        """Depth of the cord over its width by their spread; of one ``wider_mm`` larger both ways. 0 without a cord."""
        least = PLANE_PIXEL.number
        width, depth = (np.maximum(np.nan_to_num(self.of_cord[:, at]) * least * BAR, least) for at in (3, 4))
        shape = np.maximum(depth + wider_mm, least) / np.maximum(width + wider_mm, least)
        return np.where(self.has_cord, shape, 0.0)

    @cached_property
    def shift_mm(self) -> Floats | None:
        """How far the cord's centre lies from the line between its centres on the free planes, over a short run.

        NaN on planes without a cord; nothing unless it is seen free on both sides.
        """
        line = self.cord_line
        if line is None:
            return None
        off = [self.seen.along(away, self.has_cord) for away in (self.of_cord[:, 1:3] - line).T]
        return np.where(self.has_cord, np.hypot(*off) * PLANE_PIXEL.number, np.nan)

    @cached_property
    def cord_line(self) -> Floats | None:
        """Where the cord's centre would be on each plane by its centres on the free ones, (p, q)."""
        sides = [[row for row in side if self.has_cord[row]] for side in self.seen.free]
        if not all(sides):
            return None
        (high, top), (low, bottom) = (
            (float(self.seen.at[side].mean()), self.of_cord[side, 1:3].mean(axis=0)) for side in sides
        )
        share = ((self.seen.at - low) / (high - low))[:, None]
        return np.asarray(share * top + (1.0 - share) * bottom)


def is_interrupted(pixels: Floats, rows: Rows, *, may_end: bool) -> bool:
    """Whether a structure of so many ``pixels`` has no label on a plane beside the tumour though it goes on there.

    Labels are lost where the tumour presses most: the planes that are left would show the cord at its best. A cord
    ``may_end`` beside the tumour; between two planes that show it, it cannot be absent.
    """
    if not pixels.any():
        return False
    # On a plane that lies askew to the slices a lost slice leaves a part of the structure: less than on both sides.
    around = np.minimum(np.append(pixels[1:], 0.0), np.append(0.0, pixels[:-1]))
    there = (pixels > LABEL_LOST.number * np.median(pixels[pixels > 0])) & (pixels >= LABEL_DIP.number * around)
    seen = np.flatnonzero(there)
    lost = [row for row in rows if not there[row]]
    return bool(lost) and (not may_end or any(seen[0] < row < seen[-1] for row in lost))


def area_ratio(seen: Planes, area: Floats, moved: Floats | float, there: Mask) -> Floats:
    """Area on each plane against that on the free ones, if all had ``moved`` by so much: the same label moves alike."""
    taken = np.maximum(area + moved, 0.0)
    usual = seen.usual(taken, there)
    assert usual is not None  # asked before
    ratio = seen.along(taken, np.ones(len(area), np.bool_)) / np.maximum(usual, PLANE_PIXEL.number)
    return np.asarray(np.minimum(ratio, MOST_RATIO))


def areas(seen: Planes, masks: Mask) -> tuple[Floats, Floats]:
    """Area of the mask on each plane, mm², and what it gains when its outline moves outward by its error."""
    area = masks.sum(axis=(1, 2)) * seen.pixel_mm2
    edge = stacks.edges(masks) * PLANE_PIXEL.number * seen.error_mm
    return np.asarray(area, dtype=np.float64), np.asarray(edge, dtype=np.float64)


def canal_planes(profile: Profile) -> tuple[CanalPlane, ...]:
    """Every plane with its raw numbers, head first; nothing where sac or cord cannot be measured."""
    seen = profile.seen
    columns: dict[str, Floats] = {}
    if seen.has_canal:
        columns["canal_mm2"] = areas(seen, seen.room)[0]
    if not profile.no_sac:
        columns["sac_mm2"] = areas(seen, profile.sac)[0]
        columns["sac_area_ratio"] = area_ratio(seen, columns["sac_mm2"], 0.0, profile.has_sac)
        columns["sac_indentation_mm"] = profile.indentation_mm
    if not profile.no_cord:
        there = profile.has_cord
        columns["cord_mm2"] = areas(seen, profile.cord)[0]
        columns["cord_area_ratio"] = np.where(there, area_ratio(seen, columns["cord_mm2"], 0.0, there), np.nan)
        columns["cord_depth_to_width"] = np.where(there, profile.depth_to_width(), np.nan)
        if profile.shift_mm is not None:
            columns["cord_shift_mm"] = profile.shift_mm
        if profile.fluid.any():
            columns["csf_share"] = np.where(there, profile.csf_share(), np.nan)
        columns["cord_distance_mm"] = np.where(np.isfinite(profile.distance_mm), profile.distance_mm, np.nan)
    centres = stacks.moments(seen.room)[:, 1:3]
    columns |= {"along_mm": seen.at, "tumour_mm2": seen.tumour_area_mm2}
    return tuple(_canal_plane(profile, row, centres[row], columns) for row in range(len(seen.at)))


_DECIMALS = {"mm2": 1, "mm": 2}


def _canal_plane(profile: Profile, row: int, centre: Floats, columns: Mapping[str, Floats]) -> CanalPlane:
    numbers: dict[str, Any] = {}
    for name, column in columns.items():
        number = float(column[row])
        numbers[name] = None if np.isnan(number) else round(number, _DECIMALS.get(name.rsplit("_", 1)[-1], 3)) + 0.0
    p, q = profile.seen.middle if np.isnan(centre).any() else centre
    x, y, z = (round(at, 1) + 0.0 for at in profile.seen.place(row, float(p), float(q)))
    return CanalPlane(at_mm=(x, y, z), **numbers)
