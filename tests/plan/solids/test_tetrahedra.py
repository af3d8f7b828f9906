"""The net around any mask closes, whatever way its voxels touch."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from enbloc.plan.solids.mesh import solid
from enbloc.plan.solids.tetrahedra import Net, net_of

Mask = NDArray[np.bool_]
masks = arrays(np.bool_, st.tuples(*[st.integers(1, 4)] * 3))


def _points(mask: Mask, net: Net) -> NDArray[np.float64]:
    return net.points(mask.astype(np.float64), 0.5)


@given(masks)
def test_every_edge_is_gone_along_once_each_way(mask: Mask) -> None:
    triangles = net_of(np.pad(mask, 1)).triangles

    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    there = {(int(a), int(b)) for a, b in edges}
    assert len(there) == len(edges)
    assert all((b, a) in there for a, b in there)


@given(masks.filter(lambda mask: bool(mask.any())))
def test_the_library_of_solids_takes_it_as_one_that_encloses_its_voxels(mask: Mask) -> None:
    held = np.pad(mask, 1)
    net = net_of(held)
    points = _points(held, net)

    made = solid(points, net.triangles)
    assert np.isclose(made.volume(), net.volume(points))
    assert 0.0 < made.volume() < 8.0 * mask.sum()


def test_two_voxels_that_touch_at_an_edge_or_a_corner_alone_are_no_fault() -> None:
    for second in ([1, 1, 0], [1, 1, 1], [1, 0, 1]):
        mask = np.zeros((4, 4, 4), bool)
        mask[1, 1, 1] = mask[tuple(np.array([1, 1, 1]) + second)] = True
        net = net_of(mask)
        assert not solid(_points(mask, net), net.triangles).is_empty()


def test_the_vertices_of_a_long_box_lie_half_way_and_its_volume_is_that_of_its_voxels_less_the_edges() -> None:
    mask = np.zeros((22, 22, 22), bool)
    mask[1:21, 1:21, 1:21] = True
    net = net_of(mask)
    points = _points(mask, net)

    assert points.min() == 0.5
    assert points.max() == 20.5
    edges = 12 * 20 * 0.125 * 2  # a chamfer of half a voxel at each edge at most
    assert 8000.0 - edges < net.volume(points) < 8000.0
