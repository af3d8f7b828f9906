"""Frames are kept, and a pose and its inverse cancel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case.geometry import PATIENT, Frame, Plane, Point, Pose, triple
from enbloc.errors import FrameMismatchError

mm = st.floats(-500, 500)


@st.composite
def poses(draw: st.DrawFn) -> Pose:
    turn = draw(st.floats(-np.pi, np.pi))
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    axes = ((cos, sin, 0.0), (-sin, cos, 0.0), (0.0, 0.0, 1.0))
    return Pose(child=Frame(name="T11"), axes=axes, origin_mm=draw(st.tuples(mm, mm, mm)))


@given(poses(), st.tuples(mm, mm, mm))
def test_a_pose_and_its_inverse_cancel(pose: Pose, xyz: tuple[float, float, float]) -> None:
    there = pose @ Point(xyz_mm=xyz, frame=pose.child)
    back = pose.inverse @ there
    assert there.frame == PATIENT
    assert back.frame == pose.child
    np.testing.assert_allclose(back.xyz_mm, xyz, atol=1e-9)


def test_a_point_of_another_frame_is_refused() -> None:
    pose = Pose(child=Frame(name="T11"), axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0, 0, 0))
    with pytest.raises(FrameMismatchError, match="'T11', got 'T12'"):
        _ = pose @ Point(xyz_mm=(0.0, 0.0, 0.0), frame=Frame(name="T12"))


def test_a_plane_measures_towards_its_normal() -> None:
    plane = Plane(point_mm=(0.0, 0.0, 10.0), normal=(0.0, 0.0, -1.0))
    np.testing.assert_allclose(plane.distance_mm(np.array([[5.0, 5.0, 4.0], [0.0, 0.0, 11.0]])), [6.0, -1.0])


def test_a_triple_is_plain_floats() -> None:
    assert triple(np.arange(3, dtype=np.float64)) == (0.0, 1.0, 2.0)
