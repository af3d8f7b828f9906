"""Binary STL: little-endian, in patient LPS, closed when it is read back."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from enbloc.errors import RecordError
from enbloc.exchange.stl import read_stl, stl
from enbloc.plan.solids.mesh import Mesh

CORNERS = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
OUTWARD = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]])
TETRAHEDRON = Mesh(points=CORNERS, triangles=OUTWARD)


def test_the_head_says_name_frame_and_unit_and_the_triangles_follow() -> None:
    written = stl(TETRAHEDRON, "specimen T8")

    assert written[:80].decode().rstrip() == "enbloc: specimen T8; patient LPS, mm"
    assert not written.startswith(b"solid")
    assert struct.unpack_from("<I", written, 80) == (4,)
    assert len(written) == 84 + 4 * 50
    normal_and_corners = np.frombuffer(written, "<f4", 12, 84).reshape(4, 3)
    np.testing.assert_array_equal(normal_and_corners, [[0, 0, -1], *CORNERS[OUTWARD[0]]])


def test_a_long_name_leaves_room_for_the_frame() -> None:
    written = stl(TETRAHEDRON, "cut " * 40)
    assert written[:80].decode().endswith("; patient LPS, mm")
    assert len(written) == 84 + 4 * 50


def test_what_is_written_is_read_back() -> None:
    back = read_stl(stl(TETRAHEDRON, "a"))

    assert back.is_closed
    assert back.volume_mm3 == pytest.approx(1.0 / 6.0)
    assert {tuple(point) for point in back.points.tolist()} == {tuple(point) for point in CORNERS.tolist()}


def test_a_hole_or_a_triangle_turned_round_is_seen() -> None:
    assert not Mesh(points=CORNERS, triangles=OUTWARD[:3]).is_closed
    turned = OUTWARD.copy()
    turned[0] = turned[0][::-1]
    assert not Mesh(points=CORNERS, triangles=turned).is_closed
    assert Mesh(points=CORNERS, triangles=OUTWARD[:, ::-1]).volume_mm3 == pytest.approx(-1.0 / 6.0)


@pytest.mark.parametrize(
    "content",
    [b"", b"solid of words", stl(TETRAHEDRON, "a")[:-1], stl(TETRAHEDRON, "a") + b"\0"],
    ids=["empty", "text", "short", "long"],
)
def test_what_is_no_binary_stl_is_refused(content: bytes) -> None:
    with pytest.raises(RecordError, match="no binary STL"):
        read_stl(content, where="part.stl")


def test_a_corner_that_is_no_number_is_refused() -> None:
    broken = Mesh(points=np.where(CORNERS == 1, np.float32(np.nan), CORNERS), triangles=OUTWARD)
    with pytest.raises(RecordError, match="not a number"):
        read_stl(stl(broken, "a"))
