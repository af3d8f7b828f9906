"""Straight canals of ellipses, painted voxel by voxel: canal, sac and cord round one line, and what presses on them.

``u`` is to the left, ``v`` to the back and ``w`` to the head, mm from the middle of the canal; the line may be tilted
against the scan, and the scan's voxels may lie anywhere against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Structure, StructureKind, tumour, vertebra
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.measure.spine.canal import Canal
from enbloc.measure.spine.vertebra import Crop, Vertebra
from enbloc.measure.tumour.mass import Tumour, tumour_of

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Solid = Callable[[Floats, Floats, Floats], Mask]
Sizes = Callable[[Floats], tuple[Floats, Floats]]
BONE, IN_CANAL, IN_SAC, IN_CORD, DISC = 1, 2, 3, 4, 5
NAMES: Mapping[int, Structure] = {
    BONE: vertebra(Level.T8),
    IN_CANAL: CANAL,
    IN_SAC: SAC,
    IN_CORD: CORD,
    DISC: Structure(kind=StructureKind.DISC, level=Level.T8),
}
HALF_BODY = 10.0


def ellipse(wide: float, deep: float) -> Solid:
    """A tube of half-width ``wide`` and half-depth ``deep``."""
    return lambda u, v, w: np.asarray((u / wide) ** 2 + (v / deep) ** 2 <= 1.0)


@dataclass(frozen=True, kw_only=True)
class Scan:
    """How the voxels lie: their size along (left, back, head), where the first one is, how the canal is tilted."""

    spacing_mm: tuple[float, float, float] = (1.0, 1.0, 1.0)
    phase: tuple[float, float, float] = (0.0, 0.0, 0.0)  # in voxels
    lean_deg: tuple[float, float] = (0.0, 0.0)  # to the left, to the back
    size_mm: tuple[float, float, float] = (30.0, 28.0, 76.0)
    order: tuple[int, int, int] = (2, 1, 0)  # which direction each array axis runs along
    flip: tuple[int, int, int] = (1, 1, 1)

    @property
    def axes(self) -> Floats:
        """Left, back and head of the canal in the patient, as rows."""
        x, y = np.tan(np.radians(self.lean_deg))
        head = np.array([x, y, 1.0]) / np.sqrt(x * x + y * y + 1.0)
        back = np.array([0.0, 1.0, 0.0]) - head[1] * head
        back /= np.linalg.norm(back)
        return np.stack([np.cross(back, head), back, head])

    @property
    def grid(self) -> Grid:
        affine, shape = np.eye(4), []
        affine[:3, :3] = 0.0
        for at, axis in enumerate(self.order):
            step = self.spacing_mm[axis] * self.flip[axis]
            count = int(self.size_mm[axis] / self.spacing_mm[axis])
            affine[axis, at] = step
            affine[axis, 3] = -step * (count - 1) / 2.0 + self.phase[axis] * self.spacing_mm[axis]
            shape.append(count)
        return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)

    def painted(self, layers: list[tuple[int, Solid]]) -> NDArray[np.uint8]:
        """Labels of solids laid over each other, the last on top."""
        grid = self.grid
        points = grid.points_mm(np.indices(grid.shape).reshape(3, -1).T) @ self.axes.T
        u, v, w = points.T
        labels = np.zeros(len(points), np.uint8)
        for number, solid in layers:
            labels[solid(u, v, w)] = number
        return labels.reshape(grid.shape)


def scene(
    scan: Scan, layers: list[tuple[int, Solid]], mass: Solid, *, with_mr: bool = True
) -> tuple[Images, Tumour, dict[Level, Vertebra]]:
    """Images of one canal with a tumour, and a vertebra whose frame is the canal's own."""
    grid = scan.grid
    on = "t2" if with_mr else "ct"
    anatomy = LabelMap(labels=scan.painted(layers), grid=grid, names=NAMES, on=on, document="anatomy")
    grown = LabelMap(labels=scan.painted([(1, mass)]), grid=grid, names={1: tumour("A")}, on=on, document="tumour")
    empty = np.zeros(grid.shape, np.float32)
    volumes = {on: Volume(voxels=empty, grid=grid, modality=Modality.MR if with_mr else Modality.CT)}
    images = Images(volumes=volumes, labels={"anatomy": anatomy, "tumour": grown})
    one = tumour_of(images, "A")
    assert one is not None, "no voxel of tumour"
    return images, one, {Level.T8: standing(scan, anatomy)}


def standing(scan: Scan, labels: LabelMap, level: Level = Level.T8, at_mm: float = 0.0) -> Vertebra:
    """A vertebra whose frame is the canal's, ``at_mm`` along it; of its bone nothing is known but the canal's size."""
    whole = (slice(0, labels.grid.shape[0]), slice(0, labels.grid.shape[1]), slice(0, labels.grid.shape[2]))
    mask = (labels.labels == BONE).astype(np.uint8)
    crop = Crop(level=level, labels=labels, box=whole, grid=labels.grid, mask=mask, cut=())
    return Vertebra(
        crop=crop,
        axes=scan.axes,
        origin=at_mm * scan.axes[2],
        back_mm=-12.0,
        low_mm=-HALF_BODY,
        high_mm=HALF_BODY,
        hole_mm=np.zeros(3),
        half_width_mm=11.0,
        half_depth_mm=9.0,
        pedicle_mm=18.0,
        canal=Canal(points_mm=np.zeros((1, 3)), grid=labels.grid),
    )


def upside_down(images: Images) -> Images:
    """The same images with every array stored from the other end of each axis."""

    def turned(labels: LabelMap) -> LabelMap:
        affine = labels.grid.affine.copy()
        affine[:3, 3] += affine[:3, :3] @ (np.array(labels.grid.shape) - 1)
        affine[:3, :3] *= -1.0
        array = np.ascontiguousarray(labels.labels[::-1, ::-1, ::-1])
        return replace(labels, labels=array, grid=Grid(shape=labels.grid.shape, affine=affine))

    return replace(images, labels={role: turned(labels) for role, labels in images.labels.items()})
