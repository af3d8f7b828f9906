"""Turning and moving past obstacles: the room of a pose, the way between two, and a search that misses nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.kernels import motions
from enbloc.kernels.distances import tiled
from enbloc.kernels.motions import Body, Field, Floats, Space

STEP = 0.5
SPACE = Space(turns=24, half=20, step=1.0)


def body_of(points: Floats) -> Body:
    held, first, cubes = tiled(np.ascontiguousarray(points), 2.0)
    flat = points[:, :2]
    return Body(
        points=held, first=first, cubes=cubes, outline=np.ascontiguousarray(flat), reach=float(np.hypot(*flat.T).max())
    )


def field_of(posts: Floats, kept: float, cap: float = 8.0) -> Field:
    """The room around upright posts at (x, y), each of no width."""
    line = np.arange(-12.0, 12.01, STEP)
    x, y = np.meshgrid(line, line, indexing="ij")
    far = np.min([np.hypot(x - u, y - v) for u, v in posts], axis=0)
    room = np.repeat(np.minimum(far - kept, cap)[..., None], 3, axis=2)
    return Field(room=np.ascontiguousarray(room), low=np.array([-12.0, -12.0, -STEP]), step=STEP, error=0.87 * STEP)


def truth(points: Floats, posts: Floats, kept: float, pose: tuple[float, float, float]) -> float:
    """The room of a pose by its definition."""
    turn, x, y = pose
    cos, sin = math.cos(turn), math.sin(turn)
    places = points[:, :2] @ np.array([[cos, sin], [-sin, cos]]) + (x, y)
    return float(np.linalg.norm(places[:, None] - posts[None], axis=-1).min()) - kept


def exits(posts: Floats, kept: float) -> Floats:
    ways = np.array([[0.0, 1.0], [1.0, 0.0], [-1.0, 0.0], [0.0, -1.0]])
    return np.column_stack([ways, (posts @ ways.T).max(axis=0) + kept])


def flat_points(seed: int, count: int = 12) -> Floats:
    places = np.random.default_rng(seed).uniform(-5.0, 5.0, (count, 3))
    places[:, 2] = 0.0
    return places


def posts_of(seed: int, count: int = 3) -> Floats:
    return np.random.default_rng(1000 + seed).uniform(-6.0, 6.0, (count, 2))


poses = st.tuples(st.floats(0.0, 6.2), st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))


@given(st.integers(0, 10_000), st.floats(0.0, 2.0), poses)
@settings(max_examples=80, deadline=None)
def test_the_room_lies_between_its_two_bounds(seed: int, kept: float, pose: tuple[float, float, float]) -> None:
    points, posts = flat_points(seed), posts_of(seed)
    body, field = body_of(points), field_of(posts, kept)
    true = min(truth(points, posts, kept, pose), 8.0)
    least = motions.room(body, field, pose, -1.0, -math.inf)
    assert least <= true + 1e-9
    if true < 8.0:
        most = motions.room(body, field, pose, 1.0, -math.inf)
        assert true - 1e-9 <= most
        inside = np.abs(pose[1]) + np.abs(pose[2]) + body.reach < 12.0
        assert not inside or most - least <= 4.0 * field.error


@given(st.integers(0, 10_000), st.floats(0.0, 1.0), st.integers(0, 40_000), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_a_way_that_passes_keeps_its_room_everywhere_between(seed: int, kept: float, node: int, move: int) -> None:
    points, posts = flat_points(seed, 5), posts_of(seed, 1)
    body, field = body_of(points), field_of(posts, kept)
    if not motions.passes(body, field, SPACE, node, move):
        return
    turn, x, y = motions.pose_of(SPACE, node)
    on = 1.0 - 2.0 * (move % 2)
    for share in np.linspace(0.0, 1.0, 21):
        dt = share * on * 2.0 * math.pi / SPACE.turns if move < 2 else 0.0
        dx, dy = share * on * (2 <= move < 4), share * on * (move >= 4)
        assert truth(points, posts, kept, (turn + dt, x + dx, y + dy)) >= -1e-9


def circle(radius: float, gap: float) -> Floats:
    """Points around the axis, with a gap (radians) towards the back."""
    angles = np.arange(gap / 2.0, 2.0 * math.pi - gap / 2.0 + 1e-9, 0.05) + math.pi / 2.0
    return np.column_stack([radius * np.cos(angles), radius * np.sin(angles), np.zeros(len(angles))])


CENTRE = np.zeros((1, 2))


def leaves(points: Floats, kept: float, posts: Floats = CENTRE) -> bool:
    last = motions.steered(body_of(points), field_of(posts, kept), SPACE, exits(posts, kept))[1]
    return bool(last >= 0)


def shut(points: Floats, kept: float, posts: Floats = CENTRE) -> bool:
    fine = Space(turns=96, half=60, step=0.25)
    return bool(motions.shut_in(body_of(points), field_of(posts, kept), fine, exits(posts, kept))[0])


@pytest.mark.parametrize(("gap", "is_free"), [(0.0, False), (0.3, False), (1.6, True), (math.pi, True)])
def test_a_ring_leaves_a_post_only_through_a_gap_that_is_wide_enough(gap: float, is_free: bool) -> None:
    assert leaves(circle(5.0, gap), 2.0) is is_free
    assert shut(circle(5.0, gap), 2.0) is not is_free


@given(st.floats(0.0, 2.5), st.floats(0.5, 3.0), st.floats(0.0, 1.0))
@settings(max_examples=25, deadline=None)
def test_what_is_kept_more_never_frees(gap: float, kept: float, more: float) -> None:
    ring = circle(5.0, gap)
    assert leaves(ring, kept) or not leaves(ring, kept + more)


@given(st.floats(0.0, 1.5), st.floats(0.5, 3.5))
@settings(max_examples=25, deadline=None)
def test_nothing_that_is_proved_shut_in_is_found_to_leave(gap: float, kept: float) -> None:
    ring = circle(5.0, gap)
    assert not (leaves(ring, kept) and shut(ring, kept))


def test_the_way_that_is_found_leads_from_the_start_by_single_steps() -> None:
    ring = circle(5.0, 2.0)
    body, field = body_of(ring), field_of(CENTRE, 1.0)
    parents, here, looked = motions.steered(body, field, SPACE, exits(CENTRE, 1.0))
    assert looked > 1
    assert motions.need(body, exits(CENTRE, 1.0), *motions.pose_of(SPACE, here))[0] <= 0.0
    steps = 0
    while here != motions.start_of(SPACE):
        before = int(parents[here])
        moves = [move for move in range(motions.MOVES) if motions._neighbour(SPACE, before, move) == here]
        assert moves
        assert motions.passes(body, field, SPACE, before, moves[0])
        here, steps = before, steps + 1
    assert steps > 3


def test_compiled_and_plain_agree() -> None:
    body, field = body_of(flat_points(3)), field_of(posts_of(3), 1.0)
    for pose in ((0.0, 0.0, 0.0), (1.0, 3.0, -2.0)):
        plain = motions.room.py_func(body, field, pose, -1.0, -math.inf)  # type: ignore[attr-defined]
        assert motions.room(body, field, pose, -1.0, -math.inf) == pytest.approx(plain)


def test_turning_goes_all_round_and_moving_ends_at_the_edge() -> None:
    start = motions.start_of(SPACE)
    assert motions.pose_of(SPACE, start) == (0.0, 0.0, 0.0)
    back = motions._neighbour(SPACE, start, 1)
    assert motions.pose_of(SPACE, back)[0] == pytest.approx(2.0 * math.pi * 23 / 24)
    assert motions._neighbour(SPACE, back, 0) == start
    node = start
    for _ in range(SPACE.half):
        node = motions._neighbour(SPACE, node, 2)
    assert motions.pose_of(SPACE, node)[1] == SPACE.half * SPACE.step
    assert motions._neighbour(SPACE, node, 2) == -1


@pytest.mark.parametrize("seed", range(4))
def test_least_distances_at_poses_are_those_of_every_pair(seed: int) -> None:
    random = np.random.default_rng(seed)
    points, posts = random.uniform(-15.0, 15.0, (200, 3)), random.uniform(10.0, 30.0, (150, 3))
    poses = random.uniform(-2.0, 2.0, (5, 3))
    turned = [
        points @ np.array([[np.cos(t), np.sin(t), 0.0], [-np.sin(t), np.cos(t), 0.0], [0.0, 0.0, 1.0]]) + (x, y, 0.0)
        for t, x, y in poses
    ]
    expected = min(np.linalg.norm(one[:, None] - posts, axis=-1).min() for one in turned)
    found = motions.least_apart(body_of(points), *tiled(posts, 5.0), poses)
    assert found == pytest.approx(expected, abs=1e-9)


def test_samples_are_as_far_from_the_nearest_point_as_they_are() -> None:
    random = np.random.default_rng(0)
    points, low, shape, step, reach = (
        random.uniform(-4.0, 9.0, (60, 3)),
        np.array([-9.0, -8.0, -7.0]),
        (12, 9, 15),
        1.3,
        4.0,
    )
    at = low + step * np.moveaxis(np.indices(shape), 0, -1)
    expected = np.minimum(np.linalg.norm(at[..., None, :] - points, axis=-1).min(axis=-1), reach)
    found = motions.sampled(*tiled(points, 3.0), low, shape, step, reach)
    assert (expected < reach).sum() > 100
    assert (expected == reach).any()
    np.testing.assert_allclose(found, expected, atol=1e-9)
