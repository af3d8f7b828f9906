"""The meshes of the scene: readable, named, and small."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np

from enbloc.present.scene import scene_files
from tests.present import patients


def _read(file: bytes) -> tuple[dict[str, Any], bytes]:
    magic, version, length = struct.unpack_from("<4sII", file)
    size, kind = struct.unpack_from("<I4s", file, 12)
    assert (magic, version, length, kind) == (b"glTF", 2, len(file), b"JSON")
    held, tail = struct.unpack_from("<I4s", file, 20 + size)
    assert (held, tail) == (len(file) - 28 - size, b"BIN\0")
    return json.loads(file[20 : 20 + size]), file[28 + size :]


def test_every_structure_and_cut_is_a_named_node_where_it_lies_in_the_patient() -> None:
    (name,) = files = scene_files(patients.workup(), patients.images())
    described, held = _read(files[name])

    names = [node["name"] for node in described["nodes"]]
    assert name == "lesion-A.glb"
    assert {"tumour A", "vertebra T8", "cord", "aorta", "cranial cut"} <= set(names)
    accessor = described["accessors"][2 * names.index("tumour A")]
    view = described["bufferViews"][accessor["bufferView"]]
    points = np.frombuffer(held, "<f4", accessor["count"] * 3, view["byteOffset"]).reshape(-1, 3)
    np.testing.assert_allclose(points.mean(axis=0), patients.TUMOUR_AT, atol=2.5)
    assert described["asset"]["extras"] == {"case": "2f41", "frame": "patient LPS, mm", "banner": "PAINTED DATA"}


def test_no_triangle_points_outside_its_mesh() -> None:
    (file,) = scene_files(patients.workup(), patients.images()).values()
    described, held = _read(file)

    for mesh in described["meshes"]:
        (part,) = mesh["primitives"]
        indices, points = (
            described["accessors"][part["indices"]],
            described["accessors"][part["attributes"]["POSITION"]],
        )
        view = described["bufferViews"][indices["bufferView"]]
        kind = {5123: "<u2", 5125: "<u4"}[indices["componentType"]]
        corners = np.frombuffer(held, kind, indices["count"], view["byteOffset"])
        assert corners.max() < points["count"]
        assert indices["count"] % 3 == 0


def test_it_stays_small_and_the_same() -> None:
    first, again = (scene_files(patients.workup(), patients.images()) for _ in range(2))

    assert first == again
    assert sum(map(len, first.values())) < 500_000
