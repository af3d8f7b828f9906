"""The meshes of a work-up for the viewer: one binary glTF (GLB) a lesion, its nodes named as the structures are."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from enbloc.case.anatomy import StructureKind
from enbloc.case.case import Case
from enbloc.case.geometry import Triple
from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.present.banner import banner
from enbloc.present.bodies import Body, bodies, sheets_of
from enbloc.present.operations import foremost
from enbloc.present.pictures import centre_of
from enbloc.present.tokens import CUT, STRUCTURES, rgb

_SHOWN = (
    StructureKind.VERTEBRA,
    StructureKind.SACRUM,
    StructureKind.CORD,
    StructureKind.SAC,
    StructureKind.AORTA,
    StructureKind.VENA_CAVA,
    StructureKind.TUMOUR,
)
_STEP_MM = 2.0
_COMPONENTS = {2: 5123, 4: 5125}  # unsigned short, unsigned int
_GLASS = {StructureKind.VERTEBRA: 0.6, StructureKind.SAC: 0.35}


def scene_files(workup: Workup, images: Images) -> Mapping[str, bytes]:
    """The files of ``scene/`` by name: for each labelled lesion the meshes around it, in patient millimetres (LPS).

    The meshes are smoothed and coarse: to look at, not to measure on.
    """
    files = {}
    for lesion in workup.case.lesions:
        centre = centre_of(workup.findings, images, lesion.id)
        if centre is not None:
            files[f"lesion-{lesion.id}.glb"] = glb(
                _shown(workup, images, lesion.id, centre), workup.case, version=workup.provenance.enbloc
            )
    return files


def _shown(workup: Workup, images: Images, lesion: str, centre: Triple) -> list[Body]:
    return [*bodies(images, centre, _SHOWN, step_mm=_STEP_MM), *sheets_of(foremost(workup, lesion))]


def glb(shown: list[Body], case: Case, *, version: str) -> bytes:
    """Surfaces as one binary glTF 2.0 file; the same surfaces give the same bytes."""
    laid = _Laid()
    for body in shown:
        laid.lay(body.points.astype("<f4"))
        laid.lay(_indices(body), is_index=True)
    coloured = {at: laid.lay(body.colours.astype("<f4")) for at, body in enumerate(shown) if body.colours is not None}
    described = {
        "asset": {"version": "2.0", "generator": f"enbloc {version}", "extras": _extras(case)},
        "scene": 0,
        "scenes": [{"nodes": list(range(len(shown)))}],
        "nodes": [{"name": body.name, "mesh": at} for at, body in enumerate(shown)],
        "meshes": [_mesh(at, coloured.get(at)) for at in range(len(shown))],
        "materials": [_material(body) for body in shown],
        "buffers": [{"byteLength": len(laid.held)}],
        "bufferViews": laid.views,
        "accessors": laid.accessors,
    }
    return _packed(described, bytes(laid.held))


@dataclass(frozen=True, eq=False)
class _Laid:
    """The arrays of a file one after the other, with what says where each lies."""

    held: bytearray = field(default_factory=bytearray)
    views: list[dict[str, int]] = field(default_factory=list)
    accessors: list[dict[str, Any]] = field(default_factory=list)

    def lay(self, array: np.ndarray[Any, Any], *, is_index: bool = False) -> int:
        """Put an array at the end, filled up to four bytes; its number."""
        target = 34963 if is_index else 34962
        view = {"buffer": 0, "byteOffset": len(self.held), "byteLength": array.nbytes, "target": target}
        self.views.append(view)
        self.accessors.append(_accessor(len(self.views) - 1, array))
        self.held.extend(array.tobytes() + b"\0" * (-array.nbytes % 4))
        return len(self.accessors) - 1


def _extras(case: Case) -> dict[str, str]:
    return {"case": case.id, "frame": "patient LPS, mm", "banner": banner(case.origin)}


def _indices(body: Body) -> np.ndarray[Any, Any]:
    """The triangles as a column; two bytes a corner where that is enough."""
    kind = "<u2" if len(body.points) < 65535 else "<u4"
    return body.triangles.astype(kind).reshape(-1, 1)


def _accessor(view: int, array: np.ndarray[Any, Any]) -> dict[str, Any]:
    is_index = array.shape[1] == 1
    made: dict[str, Any] = {
        "bufferView": view,
        "componentType": _COMPONENTS[array.dtype.itemsize] if is_index else 5126,
        "count": len(array),
        "type": "SCALAR" if is_index else "VEC3",
    }
    if not is_index and len(array):
        made |= {"min": array.min(axis=0).tolist(), "max": array.max(axis=0).tolist()}
    return made


def _mesh(at: int, colours: int | None) -> dict[str, Any]:
    attributes = {"POSITION": 2 * at} | ({} if colours is None else {"COLOR_0": colours})
    return {"primitives": [{"attributes": attributes, "indices": 2 * at + 1, "material": at}]}


def _material(body: Body) -> dict[str, Any]:
    kind = body.structure.kind if body.structure else None
    alpha = body.alpha or (0.4 if kind is None else _GLASS.get(kind, 1.0))
    # A coloured point is multiplied with this: white leaves it as it is.
    tint = "#ffffff" if body.colours is not None else body.tint or (STRUCTURES[kind] if kind else CUT)
    colour = [round(part, 4) for part in rgb(tint)]
    surface = {"baseColorFactor": [*colour, alpha], "metallicFactor": 0, "roughnessFactor": 0.7}
    look = {"alphaMode": "BLEND"} if alpha < 1 else {}
    return {"name": body.name, "pbrMetallicRoughness": surface, "doubleSided": kind is None} | look


def _packed(described: dict[str, Any], held: bytes) -> bytes:
    """Header, JSON and binary chunk, each filled up to four bytes (glTF 2.0, section 4)."""
    text = json.dumps(described, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 4)
    held += b"\0" * (-len(held) % 4)
    length = 12 + 8 + len(text) + 8 + len(held)
    head = struct.pack("<4sII", b"glTF", 2, length)
    return head + struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(held), b"BIN\0") + held
