"""The side of a cut on which the tumour lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from enbloc.plan.cutting.roles import HAIR_MM, Domain, reached
from enbloc.plan.cutting.rows import Floats, Lines, Mask


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """The tumour's side of a placed cut: ``normal . x <= offset_mm``, up to the far face of the blade.

    So is everything that lies outside of the half-spaces ``within`` which the blade runs. ``half_mm`` is how far the
    cut moves when the tumour's surface lies half a voxel off; 0 for a cut that a person placed.
    """

    normal: Floats
    offset_mm: float
    half_mm: float
    within: Domain = ()

    def holds(self, points_mm: Floats) -> Mask:
        """Which of the points, shape (n, 3), lie there; shape (n,)."""
        held = np.asarray(points_mm @ self.normal <= self.offset_mm)
        return held | ~reached(self.within, points_mm) if self.within else held


def held_by(sides: Iterable[Side], lines: Lines, domains: dict[Domain, Mask]) -> Mask:
    """Which voxels of ``lines`` lie on the tumour's side of every cut, shape (n,): they are removed.

    ``domains`` are those met before; each is looked at once and kept.
    """
    given = tuple(sides)
    endless = [side for side in given if not side.within]
    held = lines.inside(*_half_spaces(endless)) if endless else np.ones(len(lines.row), bool)
    for side in given:
        if side.within:
            if side.within not in domains:
                domains[side.within] = domain_of(side.within, lines)
            held &= lines.inside(*_half_spaces((side,))) | ~domains[side.within]
    return held


def domain_of(within: Domain, lines: Lines, half_axes: Floats | None = None) -> Mask:
    """Which voxels of ``lines`` lie within these half-spaces: their centres, or any part of voxels so large; (n,)."""
    if not within:
        return np.ones(len(lines.row), bool)
    normals = np.array([plane.normal for plane in within], np.float64)
    offsets = HAIR_MM - np.einsum("mi,mi->m", normals, [plane.point_mm for plane in within])
    if half_axes is not None:
        offsets += np.abs(normals @ half_axes.T).sum(axis=1)
    return lines.inside(-normals, offsets)


def _half_spaces(sides: Iterable[Side]) -> tuple[Floats, Floats]:
    given = tuple(sides)
    return np.array([side.normal for side in given]), np.array([side.offset_mm for side in given])
