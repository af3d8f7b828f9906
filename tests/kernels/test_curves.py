"""Frames along circles and helices, whose turning is known, and nearest places against a search."""

from __future__ import annotations

import numpy as np
import pytest

from enbloc.kernels.curves import nearest_along, untwisted


def test_along_a_flat_curve_the_normal_across_it_stays() -> None:
    turn = np.linspace(0.0, 2.0, 60)
    points = np.stack([np.zeros(60), 80.0 * np.cos(turn), 80.0 * np.sin(turn)], axis=1)
    tangents = np.stack([np.zeros(60), -np.sin(turn), np.cos(turn)], axis=1)
    across = untwisted(points, tangents, np.array([1.0, 0.0, 0.0]))
    np.testing.assert_allclose(across, np.broadcast_to([1.0, 0.0, 0.0], (60, 3)), atol=1e-12)


@pytest.mark.parametrize("rise", [5.0, 40.0])
def test_along_a_helix_it_turns_back_by_its_torsion(rise: float) -> None:
    radius, turn = 30.0, np.linspace(0.0, 3.0, 300)
    speed = np.hypot(radius, rise)
    points = np.stack([radius * np.cos(turn), radius * np.sin(turn), rise * turn], axis=1)
    tangents = np.stack([-radius * np.sin(turn), radius * np.cos(turn), np.full(300, rise)], axis=1) / speed
    normals = -np.stack([np.cos(turn), np.sin(turn), np.zeros(300)], axis=1)  # of Frenet
    found = untwisted(points, tangents, normals[0])

    binormals = np.cross(tangents, normals)
    angle = np.unwrap(np.arctan2((found * binormals).sum(axis=1), (found * normals).sum(axis=1)))
    torsion = rise / speed**2
    np.testing.assert_allclose(angle, -torsion * speed * turn, atol=1e-5)
    np.testing.assert_allclose((found * tangents).sum(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-12)


def test_equal_points_and_equal_tangents_change_nothing() -> None:
    points, tangents = np.zeros((4, 3)), np.tile([0.0, 0.0, 1.0], (4, 1))
    np.testing.assert_array_equal(untwisted(points, tangents, np.array([0.0, 1.0, 0.0]))[-1], [0.0, 1.0, 0.0])


def test_the_nearest_place_is_that_of_a_fine_search() -> None:
    random = np.random.default_rng(2)
    corners = np.cumsum(random.normal(0.0, 5.0, (8, 3)), axis=0)
    stations = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))])
    wanted = random.normal(0.0, 15.0, (40, 3))

    fine = np.linspace(0.0, stations[-1], 20_001)
    dense = np.stack([np.interp(fine, stations, column) for column in corners.T], axis=1)
    for place, station in zip(wanted, nearest_along(corners, stations, wanted), strict=True):
        there = np.array([np.interp(station, stations, column) for column in corners.T])
        least = np.linalg.norm(dense - place, axis=1).min()
        assert np.linalg.norm(there - place) <= least + 1e-9
