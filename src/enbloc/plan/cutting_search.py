"""The search for one plane, by branch and bound over its normals.

A plane that keeps the margin touches the widened outline of the tumour. As its normal goes through a cell it turns
about that point, or moves further out. Bone that lies on the tumour's side of the planes through that point for all
four corners of the cell lies there for every normal of it: this much at least is removed. Cells in which even that is
too much are put aside, the others are split. The argument is exact. How sharp it is goes by how far bone lies from that
point: a normal that turns by an angle moves a plane at a distance r by at most ``2 r sin(angle / 2)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.plan.cones import Cells, Cone, first_cells
from enbloc.plan.cutting_bone import Outline, Rows
from enbloc.plan.cutting_parameters import SMALLEST_CELL

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

HAIR_MM = 1e-6  # a voxel on a plane counts as removed where a cut is priced, and as kept where a bound is
PLANES_A_CELL = 5  # its own and those of its four corners
NONE_YET = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False, kw_only=True)
class Task:
    """What is searched: ``near_mm`` and ``far_mm`` are the two faces of the blade beyond the tumour's outline.

    ``barred`` are the voxels of bone that no blade may touch, and ``half_axes`` the extent of a voxel.
    """

    cone: Cone
    rows: Rows
    outline: Outline
    near_mm: float
    far_mm: float
    barred: Rows
    half_axes: Floats

    def removed(self, normals: Floats) -> Counts:
        """The bone on the tumour's side of the far face, one number for each unit normal."""
        offsets = self.outline.reach_mm(normals)[0] + self.far_mm + HAIR_MM
        return self.rows.total - self.rows.beyond(normals, offsets)

    def is_barred(self, normals: Floats) -> NDArray[np.bool_]:
        """Whether the blade touches a voxel that it must not, for each unit normal."""
        reach, half = self.outline.reach_mm(normals)[0], np.abs(normals @ self.half_axes.T).sum(axis=1)
        high, low = reach + self.far_mm + half + HAIR_MM, reach + self.near_mm - half - HAIR_MM
        sides = np.stack([normals, -normals], axis=1)
        return self.barred.within(sides, np.stack([high, -low], axis=1)) > 0

    def removed_by_all(self, cells: Cells) -> Counts:
        """The bone that every plane of each cell removes, at least."""
        corners = cells.corners
        return self.rows.within(corners, _through(self._turning(cells, self.far_mm), corners))

    def barred_by_all(self, cells: Cells) -> NDArray[np.bool_]:
        """Whether every plane of each cell touches one and the same voxel that it must not."""
        corners, normals = cells.corners, cells.normals
        corner = np.where(normals @ self.half_axes.T >= 0, 1.0, -1.0) @ self.half_axes
        above = _through(self._turning(cells, self.far_mm) + corner, corners)
        flat = corners.reshape(-1, 3)
        length = np.linalg.norm(flat, axis=1)
        low = (self.outline.reach_mm(flat)[0] + self.near_mm * length).reshape(corners.shape[:2])
        low -= np.einsum("nmi,ni->nm", corners, corner)
        sides = np.concatenate([corners, -corners], axis=1)
        return self.barred.within(sides, np.concatenate([above, -low - HAIR_MM], axis=1)) > 0

    def _turning(self, cells: Cells, away_mm: float) -> Floats:
        """The point about which the plane of each cell turns: on its own plane, beyond the tumour's vertex."""
        return self.outline.reach_mm(cells.normals)[1] + away_mm * cells.normals


def _through(points: Floats, corners: Floats) -> Floats:
    """The offsets of the planes through one point of each cell that face as its corners do, a hair less."""
    return np.asarray(np.einsum("nmi,ni->nm", corners, points) - HAIR_MM)


@dataclass(frozen=True, eq=False, kw_only=True)
class Found:
    """The best normal found, or none; no plane of the cone removes fewer voxels than ``least``.

    ``planes`` is how many were counted; ``is_complete`` says that nothing was left for want of budget or of fineness.
    """

    normal: Floats | None
    removed: int
    least: int
    planes: int
    is_complete: bool


@dataclass(kw_only=True)
class Search:
    """A search under way: the best so far, and the least that any cell put aside can remove."""

    task: Task
    tolerance: float  # voxels
    budget: int
    removed: int = NONE_YET
    normal: Floats | None = None
    least: int = NONE_YET
    planes: int = 0
    is_complete: bool = True

    @cached_property
    def smallest(self) -> float:
        return SMALLEST_CELL.number

    def run(self, start: Floats | None) -> Found:
        """Search until every cell is put aside; the order, and so the result, is always the same."""
        if start is not None:
            self.planes += 1
            self._try(start[None])
        cells = first_cells(self.task.cone)
        bounds = np.zeros(len(cells), np.int64)
        while len(cells):
            cells, bounds = self._affordable(cells, bounds)
            cells, bounds = self._judged(cells, bounds)
            if cells.half < self.smallest:
                self._put_aside(bounds, complete=not len(bounds))
                break
            cells, bounds = cells.split(), np.repeat(bounds, 4)
            inside = cells.in_cone
            cells, bounds = cells.chosen(inside), bounds[inside]
        least = min(self.least, self.removed)
        return Found(
            normal=self.normal, removed=self.removed, least=least, planes=self.planes, is_complete=self.is_complete
        )

    def _affordable(self, cells: Cells, bounds: Counts) -> tuple[Cells, Counts]:
        """The cells that the budget allows for, those first that may hold the least."""
        room = (self.budget - self.planes) // PLANES_A_CELL
        if len(cells) <= room:
            return cells, bounds
        order = np.argsort(bounds, kind="stable")
        self._put_aside(bounds[order[room:]], complete=False)
        return cells.chosen(order[:room]), bounds[order[:room]]

    def _judged(self, cells: Cells, bounds: Counts) -> tuple[Cells, Counts]:
        """Try the plane of each cell, bound all of its planes, and keep the cells that may hold a better one."""
        self.planes += PLANES_A_CELL * len(cells)
        if self.task.barred.total:
            open_ = ~self.task.barred_by_all(cells)
            cells, bounds = cells.chosen(open_), bounds[open_]
        if not len(cells):
            return cells, bounds
        self._try(cells.normals)
        bounds = np.maximum(bounds, self.task.removed_by_all(cells))
        done = bounds >= self.removed - self.tolerance
        self._put_aside(bounds[done], complete=True)
        return cells.chosen(~done), bounds[~done]

    def _try(self, normals: Floats) -> None:
        removed = self.task.removed(normals)
        if self.task.barred.total:
            removed = np.where(self.task.is_barred(normals), NONE_YET, removed)
        best = int(np.argmin(removed))
        if removed[best] < self.removed:
            self.removed, self.normal = int(removed[best]), normals[best]

    def _put_aside(self, bounds: Counts, *, complete: bool) -> None:
        self.least = min(self.least, int(bounds.min(initial=NONE_YET)))
        self.is_complete = self.is_complete and complete


def search(task: Task, *, tolerance: float, budget: int, start: Floats | None = None) -> Found:
    """The plane of the cone that removes least among those that touch nothing barred, within ``tolerance`` voxels.

    ``start`` is a normal of the cone to begin with: what is found is never worse.
    """
    return Search(task=task, tolerance=tolerance, budget=budget).run(start)
