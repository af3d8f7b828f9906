"""The scene of a plan: every part by its name, and the tumour in the colours of its margin."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.case import Case
from enbloc.case.origin import Origin
from enbloc.plan.solids.tumour import BANDS_MM
from enbloc.present.planned_scene import BAND_COLOURS, planned_scene
from enbloc.present.tokens import rgb
from tests.plan.solids.plans import planned

CASE = Case(id="2f41", origin=Origin.PHANTOM)


def _scene() -> bytes:
    return planned_scene(planned(), CASE, version="0")


def _read(file: bytes) -> tuple[dict[str, Any], bytes]:
    size, _ = struct.unpack_from("<I4s", file, 12)
    return json.loads(file[20 : 20 + size]), file[28 + size :]


def _points(described: dict[str, Any], held: bytes, accessor: int) -> NDArray[np.float32]:
    told = described["accessors"][accessor]
    view = described["bufferViews"][told["bufferView"]]
    return np.frombuffer(held, "<f4", told["count"] * 3, view["byteOffset"]).reshape(-1, 3)


def test_parts_and_sheets_are_named_nodes() -> None:
    described, _ = _read(_scene())

    names = [node["name"] for node in described["nodes"]]
    assert {"specimen T8 body", "remaining T7 T8 T9", "opened T8", "tumour A", "sheet of the cranial cut"} <= set(names)
    assert len(names) == len(set(names)) == len(planned().bodies) + 1 + 4


def test_the_tumour_has_the_colour_of_its_margin_at_every_point() -> None:
    described, held = _read(_scene())
    at = [node["name"] for node in described["nodes"]].index("tumour A")
    attributes = described["meshes"][at]["primitives"][0]["attributes"]

    surface = planned().tumour
    np.testing.assert_array_equal(_points(described, held, attributes["POSITION"]), surface.mesh.points)
    assert surface.bands is not None
    assert len(set(surface.bands.tolist())) > 1
    expected = np.array([rgb(colour) for colour in BAND_COLOURS])[surface.bands]
    np.testing.assert_allclose(_points(described, held, attributes["COLOR_0"]), expected, atol=1e-6)
    assert described["materials"][at]["pbrMetallicRoughness"]["baseColorFactor"] == [1.0, 1.0, 1.0, 1.0]
    others = [mesh["primitives"][0]["attributes"] for place, mesh in enumerate(described["meshes"]) if place != at]
    assert all(set(one) == {"POSITION"} for one in others)


def test_there_is_a_colour_for_every_band() -> None:
    assert len(BAND_COLOURS) == len(set(BAND_COLOURS)) == len(BANDS_MM) + 1


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert _scene() == _scene()
