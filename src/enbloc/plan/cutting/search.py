"""The search for one plane, by branch and bound over its normals.

A plane that keeps the margin touches the widened outline of the tumour. As its normal goes through a cell it turns
about that point, or moves further out. Bone that lies on the tumour's side of the planes through that point for all
four corners of the cell lies there for every normal of it: this much at least is removed. Cells in which even that is
too much are put aside, the others are split. The argument is exact. How sharp it is goes by how far bone lies from that
point: a normal that turns by an angle moves a plane at a distance r by at most ``2 r sin(angle / 2)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.plan.cutting.bone import Outline
from enbloc.plan.cutting.cones import Cells, Cone, first_cells
from enbloc.plan.cutting.parameters import SMALLEST_CELL
from enbloc.plan.cutting.rows import Rows

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

HAIR_MM = 1e-6  # a voxel on a plane counts as removed where a cut is priced, and as kept where a bound is
MM_AWAY = 100.0  # how far bone may lie from the tumour, to set a turn beside a shift
PLANES_A_CELL = 5  # its own and those of its four corners
NONE_YET = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False, kw_only=True)
class Placed:
    """A plane: its unit ``normal``, and how much ``further_mm`` it lies than the tightest one with this normal."""

    normal: Floats
    further_mm: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Task:
    """What is searched: ``near_mm`` and ``far_mm`` are the two faces of the tightest blade beyond the tumour's outline.

    ``rows`` is the bone that the choice bears on; every plane removes ``always`` besides. ``barred`` are the voxels of
    bone that no blade may touch; to clear them it may lie up to ``furthest_mm`` further. ``half_axes`` is the extent of
    a voxel.
    """

    cone: Cone
    rows: Rows
    always: int
    outline: Outline
    near_mm: float
    far_mm: float
    barred: Rows
    furthest_mm: float
    half_axes: Floats

    def removed(self, normals: Floats, further_mm: Floats) -> Counts:
        """The bone on the tumour's side of the far face, one number for each plane."""
        offsets = self.outline.reach_mm(normals)[0] + self.far_mm + further_mm + HAIR_MM
        return self.always + self.rows.total - self.rows.beyond(normals, offsets)

    def is_barred(self, normals: Floats, further_mm: Floats) -> NDArray[np.bool_]:
        """Whether the blade touches a voxel that it must not, for each plane."""
        reach, half = self.outline.reach_mm(normals)[0] + further_mm, np.abs(normals @ self.half_axes.T).sum(axis=1)
        high, low = reach + self.far_mm + half + HAIR_MM, reach + self.near_mm - half - HAIR_MM
        sides = np.stack([normals, -normals], axis=1)
        return self.barred.within(sides, np.stack([high, -low], axis=1)) > 0

    def removed_by_all(self, cells: Cells) -> Counts:
        """The bone that every plane of each cell removes, at least."""
        return self.always + self.rows.within(cells.corners, _through(self._turning(cells), cells.corners))

    def barred_by_all(self, cells: Cells) -> NDArray[np.bool_]:
        """Whether every plane of each cell touches one and the same voxel that it must not."""
        corners, normals = cells.corners, cells.normals
        corner = np.where(normals @ self.half_axes.T >= 0, 1.0, -1.0) @ self.half_axes
        above = _through(self._turning(cells) + corner, corners)
        flat = corners.reshape(-1, 3)
        reach = self.outline.reach_mm(flat)[0].reshape(corners.shape[:2])
        # The near face of the furthest blade of the cell: what lies beyond it lies beyond those of all.
        near = self.near_mm + cells.further_mm + cells.depth_mm
        low = reach + near[:, None] * np.linalg.norm(corners, axis=2) - np.einsum("nmi,ni->nm", corners, corner)
        sides = np.concatenate([corners, -corners], axis=1)
        return self.barred.within(sides, np.concatenate([above, -low - HAIR_MM], axis=1)) > 0

    def _turning(self, cells: Cells) -> Floats:
        """The point about which the nearest plane of each cell turns: on its far face, beyond the tumour's vertex."""
        away = (self.far_mm + cells.further_mm)[:, None]
        return self.outline.reach_mm(cells.normals)[1] + away * cells.normals


def _through(points: Floats, corners: Floats) -> Floats:
    """The offsets of the planes through one point of each cell that face as its corners do, a hair less."""
    return np.asarray(np.einsum("nmi,ni->nm", corners, points) - HAIR_MM)


@dataclass(frozen=True, eq=False, kw_only=True)
class Found:
    """The best plane found, or none; no plane of the cone removes fewer voxels than ``least``.

    ``planes`` is how many were counted; ``is_complete`` says that nothing was left for want of budget or of fineness.
    """

    placed: Placed | None
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
    placed: Placed | None = None
    least: int = NONE_YET
    planes: int = 0
    is_complete: bool = True

    def run(self, start: Placed | None) -> Found:
        """Search until every cell is put aside; the order, and so the result, is always the same."""
        if start is not None:
            self.planes += 1
            self._try(start.normal[None], np.array([start.further_mm]))
        cells = first_cells(self.task.cone, self.task.furthest_mm if self.task.barred.total else 0.0)
        bounds = np.zeros(len(cells), np.int64)
        while len(cells):
            cells, bounds = self._affordable(cells, bounds)
            cells, bounds = self._judged(cells, bounds)
            if max(cells.half, cells.depth_mm / MM_AWAY) < SMALLEST_CELL.number:
                self._put_aside(bounds, complete=not len(bounds))
                break
            cells, bounds = cells.split(), np.repeat(bounds, cells.parts)
            inside = cells.in_cone
            cells, bounds = cells.chosen(inside), bounds[inside]
        return Found(
            placed=self.placed,
            removed=self.removed,
            least=min(self.least, self.removed),
            planes=self.planes,
            is_complete=self.is_complete,
        )

    def _affordable(self, cells: Cells, bounds: Counts) -> tuple[Cells, Counts]:
        """The cells that the budget allows for, those first that may hold the least."""
        room = max(0, self.budget - self.planes) // PLANES_A_CELL
        if len(cells) <= room:
            return cells, bounds
        order = np.argsort(bounds, kind="stable")
        self._put_aside(bounds[order[room:]], complete=False)
        return cells.chosen(order[:room]), bounds[order[:room]]

    def _judged(self, cells: Cells, bounds: Counts) -> tuple[Cells, Counts]:
        """Try a plane of each cell, bound all of its planes, and keep the cells that may hold a better one."""
        self.planes += PLANES_A_CELL * len(cells)
        if self.task.barred.total:
            open_ = ~self.task.barred_by_all(cells)
            cells, bounds = cells.chosen(open_), bounds[open_]
        if not len(cells):
            return cells, bounds
        self._try(cells.normals, cells.further_mm)
        bounds = np.maximum(bounds, self.task.removed_by_all(cells))
        done = bounds >= self.removed - self.tolerance
        self._put_aside(bounds[done], complete=True)
        return cells.chosen(~done), bounds[~done]

    def _try(self, normals: Floats, further_mm: Floats) -> None:
        removed = self.task.removed(normals, further_mm)
        if self.task.barred.total:
            removed = np.where(self.task.is_barred(normals, further_mm), NONE_YET, removed)
        best = int(np.argmin(removed))
        if removed[best] < self.removed:
            self.removed = int(removed[best])
            self.placed = Placed(normal=normals[best], further_mm=float(further_mm[best]))

    def _put_aside(self, bounds: Counts, *, complete: bool) -> None:
        self.least = min(self.least, int(bounds.min(initial=NONE_YET)))
        self.is_complete = self.is_complete and complete


def search(task: Task, *, tolerance: float, budget: int, start: Placed | None = None) -> Found:
    """The plane of the cone that removes least among those that touch nothing barred, within ``tolerance`` voxels.

    ``start`` is a plane of the cone to begin with: what is found is never worse.
    """
    return Search(task=task, tolerance=tolerance, budget=budget).run(start)
