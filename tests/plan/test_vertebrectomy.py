"""The first en bloc proposal, on solids whose distances are known by construction."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, Level, sector, tumour, vertebra
from enbloc.case.finding import Finding, Findings, measured
from enbloc.case.geometry import Frame, Plane, Pose
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.plan.cutting.shell import Shell, shell, to_plane, to_structure
from enbloc.plan.margin.margin import MarginClass
from enbloc.plan.proposal import Plan
from enbloc.plan.vertebrectomy import vertebrectomy

T7, T8, T9 = Level.T7, Level.T8, Level.T9
STEP = 30.0  # from body to body, mm
HEIGHT = 24.0
HAIR = 1e-6  # mm: what binary fractions may lose


def column(*, tumour_z: tuple[float, float] = (-6.0, 6.0), sac: bool = True, spacing: float = 1.0) -> Images:
    """Three bodies of 30 × 30 × 24 mm, a sac behind them, a tumour in the middle one; centre of T8 at the origin."""
    shape = (int(100 / spacing), int(60 / spacing), int(40 / spacing))
    affine = np.array([[0, 0, spacing, -20], [0, spacing, 0, -20], [spacing, 0, 0, -50], [0, 0, 0, 1.0]])
    affine[:3, 3] += spacing / 2
    grid = Grid(shape=shape, affine=affine)
    z, y, x = np.meshgrid(*(np.arange(n) * spacing + spacing / 2 for n in shape), indexing="ij")
    x, y, z = x - 20, y - 20, z - 50
    anatomy = np.zeros(shape, np.uint8)
    names = {1: vertebra(T7), 2: vertebra(T8), 3: vertebra(T9), 4: SAC if sac else CORD}
    for label, centre in ((1, STEP), (2, 0.0), (3, -STEP)):
        anatomy[(abs(x) < 15) & (abs(y) < 15) & (abs(z - centre) < HEIGHT / 2)] = label
    anatomy[(abs(x) < 8) & (y > 18) & (y < 34)] = 4
    ill = np.zeros(shape, np.uint8)
    ill[(abs(x) < 8) & (abs(y) < 8) & (z > tumour_z[0]) & (z < tumour_z[1])] = 1
    return Images(
        volumes={},
        labels={
            "anatomy": LabelMap(labels=anatomy, grid=grid, names=names, on="ct"),
            "tumour": LabelMap(labels=ill, grid=grid, names={1: tumour("A")}, on="ct"),
        },
    )


def known(sectors: tuple[int, ...] = (5, 6, 7)) -> Findings:
    found: list[Finding[Any]] = []
    for level, z in ((T7, STEP), (T8, 0.0), (T9, -STEP)):
        pose = Pose(child=Frame(name=level.value), axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0.0, 0.0, z))
        found += [measured(fact.POSE, level, pose), measured(fact.HEIGHT_MIDDLE, level, HEIGHT)]
    involved = tuple(sector(number) for number in sectors)
    found += [measured(fact.LEVELS, "A", (T8,)), measured(fact.WBB_SECTORS, "A", involved)]
    return Findings(found=tuple(found))


def propose(images: Images, findings: Findings) -> Plan:
    return vertebrectomy(Lesion(id="A"), images, findings)


def test_the_planes_run_midway_through_the_discs() -> None:
    plan = propose(column(), known())
    assert plan.id == "en bloc vertebrectomy T8"
    assert plan.feasible
    cranial, caudal = plan.cuts
    assert cranial.name == "cranial cut, through the disc T7/T8"
    np.testing.assert_allclose(cranial.plane.point_mm, (0, 0, 15), atol=1e-9)
    np.testing.assert_allclose(caudal.plane.point_mm, (0, 0, -15), atol=1e-9)
    np.testing.assert_allclose(cranial.plane.normal, (0, 0, -1), atol=1e-9)


def test_the_margin_is_the_smallest_distance_rounded_down_with_its_interval() -> None:
    plan = propose(column(tumour_z=(-6.0, 6.0)), known())
    assert [cut.margin_mm for cut in plan.cuts] == [9.0, 9.0]
    assert plan.margin is not None
    assert plan.margin.barrier in {"cranial cut, through the disc T7/T8", "caudal cut, through the disc T8/T9"}
    assert plan.margin.mm == 9.0
    assert plan.margin.interval.low == 8.5
    assert plan.margin.interval.high == 9.5
    assert plan.margin.classes == (MarginClass.MARGINAL, MarginClass.WIDE)


def test_a_cut_through_tumour_makes_the_plan_infeasible_and_intralesional() -> None:
    plan = propose(column(tumour_z=(-6.0, 18.0)), known())
    assert not plan.feasible
    assert any("cranial cut, through the disc T7/T8 runs through tumour" in reason for reason in plan.reasons)
    assert plan.margin is not None
    assert plan.margin.mm <= -3.0
    assert plan.margin.classes == (MarginClass.INTRALESIONAL,)


def test_the_dura_bounds_the_margin_where_it_is_nearest() -> None:
    images = column()
    ill = images.labels["tumour"].labels
    ill[48:52, 26:38, 18:22] = 1  # up to the sac, which begins at y = 18
    plan = propose(Images(volumes={}, labels=dict(images.labels)), known())
    assert plan.margin is not None
    assert plan.margin.barrier == "thecal sac"
    assert plan.margin.mm == 0.0
    assert set(plan.margin.classes) == {MarginClass.INTRALESIONAL, MarginClass.MARGINAL}


def test_without_a_sac_nothing_is_ready_and_the_gap_is_named() -> None:
    plan = propose(column(sac=False), known())
    assert plan.not_ready == ("no thecal sac is labelled: the distance to the dura is not known",)
    assert not plan.is_ready


@pytest.mark.parametrize("sectors", [(3, 4, 5), (4, 9), (8, 9, 10), (1,), (4, 5, 6, 7, 8, 9)])
def test_both_pedicles_or_the_arch_close_the_operation(sectors: tuple[int, ...]) -> None:
    plan = propose(column(), known(sectors))
    assert not plan.feasible
    assert "Boriani" in plan.reasons[0]


@pytest.mark.parametrize("sectors", [(4, 5, 6, 7, 8), (5, 6, 7, 8, 9), (6,)])
def test_one_free_pedicle_opens_it(sectors: tuple[int, ...]) -> None:
    assert propose(column(), known(sectors)).feasible


def test_bone_between_the_cuts_is_counted_with_and_without_tumour() -> None:
    plan = propose(column(), known())
    assert plan.removed_cc == pytest.approx(30 * 30 * 24 / 1000, abs=0.01)
    assert plan.healthy_cc == pytest.approx((30 * 30 * 24 - 16 * 16 * 12) / 1000, abs=0.01)


def test_a_missing_neighbour_is_a_reason_not_a_guess() -> None:
    only = Findings(found=tuple(f for f in known().found if f.about != "T7"))
    plan = propose(column(), only)
    assert not plan.feasible
    assert plan.reasons == ("no vertebra is labelled above T8",)
    assert plan.margin is None


@given(
    centre=st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5)),
    spacing=st.tuples(st.floats(0.5, 3), st.floats(0.5, 3), st.floats(0.5, 3)),
    turn=st.floats(-np.pi, np.pi),
)
def test_the_true_distance_of_a_ball_lies_in_the_interval(
    centre: tuple[float, float, float], spacing: tuple[float, float, float], turn: float
) -> None:
    radius, away = 9.0, 20.0
    rotation = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    affine = np.eye(4)
    affine[:3, :3] = rotation * np.array(spacing)
    a, b, c = (int(40 / step) for step in spacing)
    shape = (a, b, c)
    affine[:3, 3] = -affine[:3, :3] @ (np.array(shape) / 2)
    grid = Grid(shape=shape, affine=affine)
    indices = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1).reshape(-1, 3)
    inside = np.linalg.norm(grid.points_mm(indices) - centre, axis=1) < radius
    labels = inside.reshape(shape).astype(np.uint8)
    images = Images(volumes={}, labels={"tumour": LabelMap(labels=labels, grid=grid, names={1: tumour("A")}, on="ct")})
    rim = shell(images, tumour("A"))
    assert rim is not None
    plane = Plane(point_mm=(centre[0] - away, centre[1], centre[2]), normal=(1.0, 0.0, 0.0))
    found = to_plane(rim, plane)
    # Voxels are coarse where a ball is thin: beyond the outermost centre lies at most one voxel and the ball's curve.
    cap = sum(step**2 for step in spacing) / (2 * radius)
    assert found.low - cap <= away - radius <= found.high


@pytest.mark.parametrize("spacing", [0.73, 0.91, 1.37, 2.3])
def test_a_printed_margin_is_never_more_than_was_measured(spacing: float) -> None:
    images = column(tumour_z=(-6.0, 6.0), spacing=spacing)
    rim = shell(images, tumour("A"))
    plan = propose(images, known())
    assert rim is not None
    assert plan.margin is not None
    for cut in plan.cuts:
        true = to_plane(rim, cut.plane)
        assert -HAIR < true.mm - cut.margin_mm < 0.1
        assert plan.margin.mm <= true.mm + HAIR
        assert plan.margin.interval.low <= true.low + HAIR


def test_touching_structures_are_at_distance_zero() -> None:
    grid = Grid(shape=(4, 4, 4), affine=np.eye(4))
    here = Shell(points_mm=np.array([[0.0, 0.0, 0.0]]), grid=grid)
    there = Shell(points_mm=np.array([[1.0, 0.0, 0.0]]), grid=grid)
    assert to_structure(here, there).mm == 0.0
    far = Shell(points_mm=np.array([[5.0, 0.0, 0.0]]), grid=grid)
    assert (to_structure(here, far).low, to_structure(here, far).mm, to_structure(here, far).high) == (3.0, 4.0, 5.0)
