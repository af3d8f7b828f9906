"""Surfaces of the anatomy and of an operation, to be looked at: MZ3, in the RAS that this format is read in."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure, StructureKind, tumour
from enbloc.case.geometry import Plane
from enbloc.errors import RecordError
from enbloc.plan.proposal import Plan
from enbloc.plan.solids.fate import Fate
from enbloc.plan.solids.mesh import Mesh, mesh_of, shown, solid_of
from enbloc.web.bench_plan_nouns import BenchMesh, BenchMeshes
from enbloc.web.working.bench.hand import Lesion
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.palette import COLOURS
from enbloc.web.working.bench.parts import detail_box

_HEAD = struct.Struct("<HHIII")
_MAGIC, _FACES, _VERTICES, _SCALARS = 0x5A4D, 1, 2, 8
_RAS = np.array([-1.0, -1.0, 1.0], np.float32)
SHOWN = (
    StructureKind.VERTEBRA,
    StructureKind.SACRUM,
    StructureKind.DISC,
    StructureKind.CANAL,
    StructureKind.SAC,
    StructureKind.CORD,
    StructureKind.NERVE_ROOT,
    StructureKind.AORTA,
    StructureKind.VENA_CAVA,
    StructureKind.VERTEBRAL_ARTERY,
    StructureKind.TUMOUR,
)
OPACITY = {StructureKind.VERTEBRA: 0.5, StructureKind.CANAL: 0.3, StructureKind.SAC: 0.3}
FATES = {Fate.SPECIMEN: ("specimen", "bone", 0.6), Fate.REMAINING: ("bone that stays", "bone", 0.35)}
CUT_HALF_MM = 45.0


def mz3(mesh: Mesh, scalars: NDArray[np.float32] | None = None) -> bytes:
    """A mesh in patient LPS as gzipped MZ3, which is RAS; the same mesh gives the same bytes."""
    kind = _FACES | _VERTICES | (_SCALARS if scalars is not None else 0)
    head = _HEAD.pack(_MAGIC, kind, len(mesh.triangles), len(mesh.points), 0)
    faces, points = mesh.triangles.astype("<i4"), (mesh.points * _RAS).astype("<f4")
    values = b"" if scalars is None else scalars.astype("<f4").tobytes()
    return gzip.compress(head + faces.tobytes() + points.tobytes() + values, 1, mtime=0)


@dataclass(frozen=True, kw_only=True)
class Surfaces:
    """What can be looked at: the ``case``, and an operation with the lesion that it is on, if one is named."""

    case: Opened
    plan: Plan | None = None
    lesion: Lesion | None = None

    def told(self) -> BenchMeshes:
        """The surfaces by their names."""
        return BenchMeshes(items=tuple(self._told()), seq=self.case.seq)

    def _told(self) -> Iterator[BenchMesh]:
        resected = self.plan.resected if self.plan is not None else None
        for named in self._structures():
            is_mapped = self.plan is not None and named == tumour(self.plan.about)
            if self.plan is None or named.kind is not StructureKind.VERTEBRA:
                yield BenchMesh(
                    name=str(named),
                    words=str(named),
                    colour=COLOURS.get(named.kind, "bone"),
                    opacity=OPACITY.get(named.kind, 1.0),
                    has_map=is_mapped,
                    asked_mm=resected.asked_mm if resected is not None and is_mapped else None,
                )
        if self.plan is not None and self.plan.resected is not None:
            for words, colour, opacity in FATES.values():
                yield BenchMesh(name=words, words=words, colour=colour, opacity=opacity, has_map=False)
            for cut in self.plan.cuts:
                yield BenchMesh(name=cut.name, words=cut.name, colour="cut", opacity=0.5, has_map=False)

    def content(self, name: str, margins_mm: NDArray[np.float64] | None) -> bytes:
        """One of them; that of the tumour of an operation carries its margin.

        Raises
        ------
        RecordError
            If there is none of this name.
        """
        if name not in {one.name for one in self.told().items}:
            raise RecordError("There is no such surface.", remedy="Read the list of them.", where="name")
        if self.plan is not None and self.lesion is not None:
            if name == str(tumour(self.plan.about)) and margins_mm is not None:
                return mz3(self.lesion.surface.mesh, self.lesion.map(margins_mm))
            fate = next((fate for fate, (words, _, _) in FATES.items() if words == name), None)
            if fate is not None:
                return mz3(self._part(fate))
            plane = next((cut.plane for cut in self.plan.cuts if cut.name == name), None)
            if plane is not None:
                return mz3(_sheet(plane))
        return mz3(self._structure(next(one for one in self._structures() if str(one) == name)))

    def _structures(self) -> list[Structure]:
        """What is labelled within what is shown in full."""
        box = detail_box(self.case, self.case.grid)
        held = {named: mine for boxes in self.case.boxes for named, mine in boxes.items() if named.kind in SHOWN}
        near = [
            named
            for named, mine in held.items()
            if all(a.start < b.stop and b.start < a.stop for a, b in zip(mine, box, strict=True))
        ]
        return sorted(near, key=lambda named: (SHOWN.index(named.kind), str(named)))

    def _structure(self, named: Structure) -> Mesh:
        if (
            named.kind is StructureKind.TUMOUR
            and self.lesion is not None
            and named == tumour(self.lesion.field.lesion.id)
        ):
            return self.lesion.surface.mesh
        near = detail_box(self.case, self.case.grid)
        nth = next(nth for nth, boxes in enumerate(self.case.boxes) if named in boxes)
        mine = self.case.boxes[nth][named]
        a, b, c = (slice(max(x.start, y.start), min(x.stop, y.stop)) for x, y in zip(mine, near, strict=True))
        held = self.case.images.labels[self.case.layers[nth].role].mask(named, (a, b, c))
        return shown(solid_of(held, self.case.grid.cropped((a, b, c)))) if held.any() else _empty()

    def _part(self, fate: Fate) -> Mesh:
        assert self.plan is not None, "asked of an operation"
        assert self.plan.resected is not None, "which has cuts"
        assert self.lesion is not None, "and a lesion"
        piece = self.plan.resected.piece(self.plan.id)
        parts = self.lesion.bone.cut((piece,), self.plan.openings, blades_apart=False)
        return next((mesh_of(one.solid) for one in parts if one.fate is fate), _empty())


def _empty() -> Mesh:
    return Mesh(points=np.zeros((0, 3), np.float32), triangles=np.zeros((0, 3), np.int64))


def _sheet(plane: Plane) -> Mesh:
    """A square of the middle of a blade, seen from both sides."""
    normal = plane.unit
    across = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
    across /= np.linalg.norm(across)
    along = np.cross(normal, across)
    corners = [np.array(plane.point_mm) + CUT_HALF_MM * (a * across + b * along) for a, b in _SQUARE]
    triangles = np.array([[0, 1, 2], [0, 2, 3], [0, 2, 1], [0, 3, 2]])
    return Mesh(points=np.array(corners, np.float32), triangles=triangles)


_SQUARE = ((-1, -1), (1, -1), (1, 1), (-1, 1))
