"""Canal, thecal sac and cord along the spine, and how epidural tumour deforms them, one step for each ESCC grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side
from enbloc.case.fact import EsccReported
from enbloc.kernels.shapes import FAR_MM, tube_distance
from enbloc.phantom.column import Column, Curve
from enbloc.phantom.morphometry import size
from enbloc.phantom.recipe import Epidural, Recipe

Floats = NDArray[np.float64]

FADE_MM = 6.0  # over which growth sinks from its full depth to nothing
BULGE_MM = 12.0  # radius of the rounded front of the growth
FLAT_MM = 100.0  # the same for grade 1a, which lines the wall
WRAP_MM = 30.0  # the same for grade 3, which wraps around the sac
THIN_MM = (2.4, 1.0)  # half-widths at which a cord no longer fills, and at which roots alone fill, what is squeezed
ROOTS = 0.42  # how much of the sac that is
NEAR_MM = 4.0  # farther from the wall of the canal its contents need not be looked at
SIDEWAYS = np.deg2rad(40.0)  # from the front, for growth from one side


@dataclass(frozen=True, eq=False, kw_only=True)
class Growth:
    """Epidural tumour of one lesion: at each station the front (mm from the canal's centre) and the way it comes."""

    lesion: str
    fronts: Floats
    towards: Floats
    radius_mm: float

    def distance(self, places: Floats) -> Floats:
        """Signed distance of places (left, back, station) to the rounded mass, the canal's walls not considered."""
        front = np.interp(places[:, 2], np.arange(len(self.fronts)), self.fronts)
        centre = self.towards * (front + self.radius_mm)[:, None]
        away = places[:, :2] - centre
        return np.asarray(np.hypot(away[:, 0], away[:, 1]) - self.radius_mm, dtype=np.float64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Canal:
    """What the canal holds: tables of half-width, half-depth and centre (left, back) at each sample of the curve."""

    curve: Curve
    canal: Floats
    sac: Floats
    cord: Floats
    growths: tuple[Growth, ...]

    def canal_distance(self, points: Floats) -> Floats:
        """Signed distance of points of the patient, shape (n, 3), to the wall of the canal."""
        return tube_distance(self.curve.places(points), self.canal)

    def growth_distance(self, points: Floats, lesion: str) -> Floats:
        """Signed distance to the epidural tumour of a lesion; far where there is none."""
        growths = [growth for growth in self.growths if growth.lesion == lesion]
        if not growths:
            return np.full(len(points), FAR_MM)
        places = self.curve.places(points)
        wall = tube_distance(places, self.canal)
        near = np.flatnonzero(wall < NEAR_MM)
        places = places[near]
        masses = np.min([growth.distance(places) for growth in growths], axis=0)
        # The sac gives way to the mass, not the mass to the sac.
        wall[near] = np.maximum(wall[near], masses)
        return wall

    def sac_distance(self, points: Floats) -> Floats:
        """Signed distance to the thecal sac as deformed by tumour."""
        places = self.curve.places(points)
        distance = tube_distance(places, self.sac)
        near = np.flatnonzero(distance < NEAR_MM)
        for growth in self.growths:
            distance[near] = np.maximum(distance[near], -growth.distance(places[near]))
        return distance

    def cord_distance(self, points: Floats) -> Floats:
        """Signed distance to the cord as deformed by tumour."""
        return tube_distance(self.curve.places(points), self.cord)


def canal(recipe: Recipe, column: Column) -> Canal:
    """The canal of a recipe with all its epidural growth."""
    tables = undeformed(recipe, column)
    growths = tuple(
        _grown(growth, tumour.lesion, column, tables)
        for tumour in recipe.tumours
        for growth in tumour.epidural
        if growth.grade is not EsccReported.GRADE_0
    )
    wall, sac, cord = tables
    return Canal(curve=column.curve, canal=wall, sac=sac, cord=cord, growths=growths)


def undeformed(recipe: Recipe, column: Column) -> tuple[Floats, Floats, Floats]:
    """Tables of the wall, the sac and the cord before any tumour."""
    levels = list(reversed(recipe.levels))
    at = np.array([station(column, level) for level in levels])
    stations = np.arange(len(column.curve.centres), dtype=np.float64)

    def between(numbers: Iterable[float]) -> Floats:
        return np.asarray(np.interp(stations, at, np.array(list(numbers))), dtype=np.float64)

    rows = [size(level) for level in levels]
    none = np.zeros_like(stations)
    wall = [between(row.canal_width / 2 for row in rows), between(row.canal_depth / 2 for row in rows), none, none]
    # The sac lies nearer to the front wall; the cord a little nearer to its back, as in a supine patient's T2 image.
    sac = [between(row.sac_width / 2 for row in rows), between(row.sac_depth / 2 for row in rows), none, none - 0.4]
    cord = [between(row.cord_width / 2 for row in rows), between(row.cord_depth / 2 for row in rows), none, none + 0.3]
    return np.stack(wall, axis=1), np.stack(sac, axis=1), np.stack(cord, axis=1)


def station(column: Column, level: Level) -> float:
    """Which sample of the curve lies behind the centre of a body."""
    return float(column.curve.places(column.poses[level].origin[None])[0, 2])


def support(table: Floats, towards: Floats) -> Floats:
    """How far each ellipse of a table reaches from the canal's centre in a direction, mm, shape (m,)."""
    reach = np.hypot(table[:, 0] * towards[0], table[:, 1] * towards[1])
    return np.asarray(reach + table[:, 2:] @ towards)


def _grown(growth: Epidural, lesion: str, column: Column, tables: tuple[Floats, Floats, Floats]) -> Growth:
    """The mass of one growth; it deforms the tables of sac and cord in place."""
    wall, sac, cord = tables
    towards = _direction(growth.towards)
    middle = station(column, growth.level)
    away = np.abs(np.arange(len(wall)) - middle) - growth.length_mm / 2.0
    share = np.clip(1.0 - away / FADE_MM, 0.0, 1.0)
    share = share * share * (3.0 - 2.0 * share)
    core = _core(cord, sac)
    before, rim, edge = support(wall, towards) + 0.5, support(sac, towards), support(core, towards)
    reach = _reach(growth.grade, rim, edge)
    if growth.grade in {EsccReported.GRADE_2, EsccReported.GRADE_3}:
        squeezed = _squeezed(core, sac, towards, growth.grade)
        reach = support(squeezed, towards)
        if growth.grade is EsccReported.GRADE_3:
            sac[:] = sac + (squeezed - sac) * share[:, None]
        # Where the conus is thinner than what is squeezed, it is pushed along within it.
        squeezed[:, :2] *= cord[:, :2] / core[:, :2]
        cord[:] = cord + (squeezed - cord) * share[:, None]
    radius = {EsccReported.GRADE_1A: FLAT_MM, EsccReported.GRADE_3: WRAP_MM}.get(growth.grade, BULGE_MM)
    return Growth(lesion=lesion, fronts=before + (reach - before) * share, towards=towards, radius_mm=radius)


def _core(cord: Floats, sac: Floats) -> Floats:
    """The cord, or beside and below its thin end the middle of the sac, where the roots would be squeezed."""
    core = cord.copy()
    thin, ended = THIN_MM
    share = np.clip((thin - cord[:, :1]) / (thin - ended), 0.0, 1.0)
    core[:, :2] += (ROOTS * sac[:, :2] - cord[:, :2]) * share
    return core


def _direction(side: Side | None) -> Floats:
    if side is None:
        return np.array([0.0, -1.0])
    sign = 1.0 if side is Side.LEFT else -1.0
    return np.array([sign * np.sin(SIDEWAYS), -np.cos(SIDEWAYS)])


def _reach(grade: EsccReported, rim: Floats, edge: Floats) -> Floats:
    """How far the front stays from the canal's centre for the grades that spare the cord.

    1a stops at the sac; 1b takes half of the fluid before the cord, about 1.8 mm; 1c all of it.
    """
    taken = {EsccReported.GRADE_1A: 0.0, EsccReported.GRADE_1B: 0.5}.get(grade, 1.0)
    return np.asarray(rim - taken * (rim - edge))


def _squeezed(cord: Floats, sac: Floats, towards: Floats, grade: EsccReported) -> Floats:
    """The cord, thinner in the way of the tumour and pushed off; in grade 3 against the far side of the sac."""
    tight = grade is EsccReported.GRADE_3
    along, across = (0.58, 1.0) if tight else (0.72, 1.03)
    squeezed = cord.copy()
    weight = towards**2
    squeezed[:, 0] *= along * weight[0] + across * weight[1]
    squeezed[:, 1] *= along * weight[1] + across * weight[0]
    if tight:
        shift = support(sac, -towards) - support(squeezed, -towards)
    else:
        shift = support(squeezed, towards) - support(cord, towards) + 2.0
    return np.concatenate([squeezed[:, :2], squeezed[:, 2:] - shift[:, None] * towards], axis=1)
