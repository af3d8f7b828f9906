"""How far a tumour lies from what must not be cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, Structure, StructureKind
from enbloc.case.finding import measured
from enbloc.case.geometry import triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.mark import Mark
from enbloc.case.table import Clearance
from enbloc.kernels.distances import nearest, skin, tiled
from enbloc.kernels.slabs import looked_up
from enbloc.measure.answers import Answer, missing
from enbloc.measure.spine.canal import within
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import half_voxel
from enbloc.measure.tumour.drawing import first, plane_at, segment
from enbloc.measure.tumour.extent import View
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import CLEARANCE_REACH

Floats = NDArray[np.float64]
CUBE_MM = 8.0
BY_SURFACES = "the nearest voxels of the two labels, surface to surface in space"
SPARED = (
    StructureKind.SAC,
    StructureKind.CORD,
    StructureKind.NERVE_ROOT,
    StructureKind.AORTA,
    StructureKind.VENA_CAVA,
    StructureKind.VERTEBRAL_ARTERY,
)
"""What must not be cut, in the order in which it is told."""
_PLURAL = {StructureKind.NERVE_ROOT: "nerve roots", StructureKind.VERTEBRAL_ARTERY: "vertebral arteries"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Skin:
    """The surface of a tumour, its voxels sorted into cubes, to be measured from again and again."""

    mass: Tumour

    @cached_property
    def tiles(self) -> tuple[Floats, NDArray[np.int64], Floats]:
        """The outermost voxels, as the kernel `distances.tiled` gives them."""
        return tiled(np.ascontiguousarray(self.mass.surface_mm), CUBE_MM)


@dataclass(frozen=True, eq=False, kw_only=True)
class Gap:
    """What lies between a tumour and a structure: its row, and the two ends of the shortest line."""

    row: Clearance
    line: Mark
    ends_mm: Floats


def clearances(images: Images, mass: Tumour, column: Column) -> Iterator[Answer]:
    """The distances from one tumour to dura, cord, roots and vessels, nearest first within each kind.

    What is not labelled and what is farther than is looked is named in the notes; if nothing is labelled, missing.
    """
    there = [named for kind in SPARED for named in images.present(kind)]
    notes = list(_not_labelled(there))
    if not there:
        yield missing(fact.CLEARANCES, mass.lesion, "; ".join(notes))
        return
    surface, gaps, far = Skin(mass=mass), [], []
    for named in there:
        gap = _gap(images, surface, named)
        if gap is None:
            far.append(str(named))
        else:
            gaps.append(gap)
    if far:
        notes.append(f"farther than {CLEARANCE_REACH.number:g} mm: {', '.join(far)}")
    near = sorted(gaps, key=lambda gap: gap.row.mm)
    view = View(mass=mass, column=column)
    where = view.where | {"method": BY_SURFACES, "place": f"around tumour {mass.lesion}"}
    if near:
        at = near[0].ends_mm.mean(axis=0)
        where |= {"at_mm": triple(at), "shows": plane_at(at, view.axis), "marks": first(gap.line for gap in near)}
    yield measured(fact.CLEARANCES, mass.lesion, tuple(gap.row for gap in gaps), **(where | {"notes": notes}))


def _not_labelled(there: list[Structure]) -> Iterator[str]:
    kinds = {named.kind for named in there}
    lacking = [_PLURAL.get(kind, kind.value) for kind in SPARED if kind not in kinds]
    if lacking:
        yield f"not labelled: {', '.join(lacking)}"


def _gap(images: Images, surface: Skin, named: Structure) -> Gap | None:
    """The gap to one structure; nothing if it is farther than is looked."""
    labels = images.map_of(named)
    assert labels is not None, named
    box = within(labels, surface.mass.corners_mm, CLEARANCE_REACH.number)
    own = labels.boxes[named]
    a, b, c = (
        slice(max(one.start, other.start), max(one.start, other.start, min(one.stop, other.stop)))
        for one, other in zip(box, own, strict=True)
    )
    held = labels.mask(named, (a, b, c))
    if named == SAC and CORD in labels.boxes:  # the dura holds the cord too: its label is a hole in that of the sac
        held = held | labels.mask(CORD, (a, b, c))
    mask, grid = held.astype(np.uint8), labels.grid.cropped((a, b, c))
    if not mask.any():
        return None
    return _touching(surface.mass, labels, named, mask, grid) or _between(surface, labels, named, mask, grid)


def _touching(mass: Tumour, labels: LabelMap, named: Structure, mask: NDArray[np.uint8], grid: Grid) -> Gap | None:
    """Where the tumour lies in the structure; nothing if it does not."""
    at = grid.indices(mass.corners_mm)
    if (at.max(axis=0) < -0.5).any() or (at.min(axis=0) > np.array(grid.shape) - 0.5).any():
        return None
    inverse = grid.inverse
    found = looked_up(mask, np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), mass.points_mm)
    inside = mass.points_mm[found > 0]
    if not len(inside):
        return None
    spot = inside[int(np.argmin(np.linalg.norm(inside - inside.mean(axis=0), axis=1)))]
    edge = 2.0 * max(half_voxel(one, way) for one in (mass.grid, grid) for way in one.directions.T)
    return _row(named, 0.0, edge + mass.labels.error_mm + labels.error_mm, np.stack([spot, spot]))


def _between(surface: Skin, labels: LabelMap, named: Structure, mask: NDArray[np.uint8], grid: Grid) -> Gap | None:
    mass = surface.mass
    points, others = surface.tiles, tiled(grid.points_mm(skin(mask)), CUBE_MM)
    mm, p, q = nearest(*points, _edges(mass.grid), *others, _edges(grid), CLEARANCE_REACH.number)
    if p < 0:
        return None
    off = others[0][q] - points[0][p]
    along = off / max(float(np.linalg.norm(off)), 1e-9)
    here, there = half_voxel(mass.grid, along), half_voxel(grid, along)
    ends = np.stack([points[0][p] + here * along, others[0][q] - there * along])
    return _row(named, mm, here + there + mass.labels.error_mm + labels.error_mm, ends)


def _edges(grid: Grid) -> Floats:
    """The edges of a voxel as rows, mm."""
    return np.ascontiguousarray(grid.affine[:3, :3].T)


def _row(named: Structure, mm: float, error: float, ends: Floats) -> Gap:
    words = "thecal sac" if named == SAC else str(named)
    x, y, z = (round(float(number), 1) + 0.0 for number in ends[1])
    row = Clearance(
        structure=words,
        mm=round(mm, 2),
        low_mm=max(0.0, float(np.floor((mm - error) * 100.0) / 100.0)),
        high_mm=float(np.ceil((mm + error) * 100.0) / 100.0),
        at_mm=(x, y, z),
    )
    return Gap(row=row, line=segment(f"to {words}", *ends), ends_mm=ends)
