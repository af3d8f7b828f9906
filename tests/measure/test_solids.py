"""Measures of plain solids, whatever way the scan lies: above all, left is left."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.finding import Finding, Findings
from enbloc.measure import PARAMETERS, Column, column_of, measure
from tests.measure.solids import DEPTH, HEIGHT, ORDERS, WIDTH, Floats, Solid, column


def ball(x0: float, y0: float, z0: float, radius: float) -> Solid:
    def inside(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((x - x0) ** 2 + (y - y0) ** 2 + (z - z0) ** 2 <= radius**2)

    return inside


@cache
def bare(axes: str, *, with_mr: bool) -> Column:
    """The column by itself, measured once: no tumour changes it."""
    return column_of(column(axes=axes, with_mr=with_mr)[1])


def found(mass: Solid | None = None, axes: str = "SPL", *, with_mr: bool = False) -> Findings:
    """The findings of a tumour in the column."""
    return measure(*column(mass, axes=axes, with_mr=with_mr), column=bare(axes, with_mr=with_mr))


@pytest.mark.parametrize("axes", ORDERS)
def test_the_frame_points_left_back_and_up(axes: str) -> None:
    findings = found(axes=axes)

    for level, height in ((Level.T12, 32.0), (Level.L1, 0.0), (Level.L2, -32.0)):
        pose = findings.value(fact.POSE, level)
        assert pose is not None
        np.testing.assert_allclose(pose.rotation, np.eye(3), atol=0.03)
        np.testing.assert_allclose(pose.origin, [0.0, 0.0, height], atol=0.8)


@pytest.mark.parametrize("axes", ORDERS)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_tumour_in_a_pedicle_is_on_its_own_side(axes: str, side: str) -> None:
    sign = 1.0 if side == "left" else -1.0
    findings = found(ball(sign * 15.0, 25.0, 3.0, 5.5), axes)

    left, right = findings.value(fact.POSTEROLATERAL_LEFT, "A"), findings.value(fact.POSTEROLATERAL_RIGHT, "A")
    assert left is not None
    assert right is not None
    involved, free = (left, right) if side == "left" else (right, left)
    assert involved > 0.3
    assert free == 0.0
    sectors = findings.many(fact.WBB_SECTORS, "A")
    assert sectors is not None
    assert {sector.side.value for sector in sectors} == {side}
    assert (4 if side == "left" else 9) in {sector.number for sector in sectors}


def test_the_sectors_run_from_the_spinous_process_over_the_left() -> None:
    places = {  # a ball of bone in the middle of a sector: its angle from the posterior midline, towards the left
        1: (2.0, 46.0),
        4: (15.0, 21.0),
        6: (6.0, 5.0),
        7: (-6.0, 5.0),
        9: (-15.0, 21.0),
        12: (-2.0, 46.0),
    }
    for number, (x, y) in places.items():
        findings = found(ball(x, y, 0.0, 6.0))
        sectors = findings.many(fact.WBB_SECTORS, "A")
        assert sectors is not None
        assert number in {sector.number for sector in sectors}
        volume = findings.value(fact.VOLUME, "A")
        assert volume is not None


@pytest.mark.parametrize("axes", ["SPL", "RAS"])
def test_heights_are_those_of_the_box(axes: str) -> None:
    findings = found(axes=axes)

    for named in (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR):
        finding = findings[named, Level.L1]
        assert isinstance(finding, Finding)
        assert finding.value == pytest.approx(HEIGHT, abs=1.0)
        assert finding.low <= HEIGHT <= finding.high
        at = finding.source.at_mm
        assert at is not None
        assert abs(at[0]) < 6.0
        assert abs(at[2]) < 2.0


@pytest.mark.parametrize("height", [20.0, 16.0, 12.0])
def test_collapse_is_what_the_body_lost(height: float) -> None:
    findings = measure(*column(ball(0.0, 0.0, 0.0, 5.0), heights={Level.L1: height}))

    finding = findings[fact.COLLAPSE, Level.L1]
    assert isinstance(finding, Finding)
    lost = 100.0 * (1.0 - height / HEIGHT)
    assert finding.value == pytest.approx(lost, abs=3.0)
    assert finding.low <= lost <= finding.high
    assert finding.high - finding.low >= 10.0
    assert any("T12 and L2" in note for note in finding.notes)


def test_the_volume_of_the_body_and_its_share() -> None:
    findings = found(ball(5.0, 0.0, 0.0, 8.0))

    body, share = findings.value(fact.BODY_VOLUME, Level.L1), findings.value(fact.BODY_SHARE, "A")
    assert body is not None
    assert share is not None
    assert body == pytest.approx(WIDTH * DEPTH * HEIGHT / 1000.0, rel=0.06)
    assert share == pytest.approx(100.0 * 4.0 / 3.0 * np.pi * 8.0**3 / 1000.0 / body, rel=0.02)


def test_layers_from_outside_in() -> None:
    def layers(x: float, y: float, z: float, radius: float) -> tuple[str, ...]:
        return found(ball(x, y, z, radius), with_mr=True).many(fact.WBB_LAYERS, "A") or ()

    assert layers(0.0, -10.0, 0.0, 4.0) == ("B",)
    assert "C" in layers(0.0, 9.0, 0.0, 5.0)
    assert "A" in layers(0.0, -20.0, 0.0, 8.0)
    assert "D" in layers(0.0, 16.0, 0.0, 3.0)
    assert layers(0.0, 25.0, 0.0, 3.5) == ("E",)


def test_without_a_canal_the_hole_of_the_vertebra_serves() -> None:
    findings = measure(*column(ball(15.0, 25.0, 3.0, 5.5), with_canal=False))

    pose = findings[fact.POSE, Level.L1]
    assert isinstance(pose, Finding)
    assert any("hole" in note for note in pose.notes)
    assert (findings.value(fact.POSTEROLATERAL_LEFT, "A") or 0.0) > 0.3
    assert findings.why_missing(fact.EPIDURAL_AREA, "A").startswith("no canal, thecal sac or cord label")


def test_what_cannot_be_measured_says_why() -> None:
    thick = measure(*column(ball(0.0, 0.0, 0.0, 8.0), spacing=5.0))
    without = found()
    on_ct = found(ball(0.0, 14.0, 0.0, 6.0))

    assert thick.why_missing(fact.HEIGHT_MIDDLE, Level.L1) == "slices too thick (5 mm)"
    assert thick.why_missing(fact.COLLAPSE, Level.L1) == "slices too thick (5 mm)"
    assert without.why_missing(fact.VOLUME, "A") == "no label for tumour A"
    assert without.why_missing(fact.ESCC_REPORTED, "A") == ""
    assert "no MR" in on_ct.why_missing(fact.SAC_AREA_RATIO, "A")
    assert "no MR" in on_ct.why_missing(fact.CORD_AREA_RATIO, "A")
    assert (on_ct.value(fact.EPIDURAL_AREA, "A") or 0.0) > 5.0


def test_every_measured_fact_is_found_or_missing_once() -> None:
    findings = found(ball(0.0, 14.0, 0.0, 6.0), with_mr=True)
    keys = [(one.fact, one.about) for one in findings.found] + [(gap.fact, gap.about) for gap in findings.missing]

    assert len(keys) == len(set(keys))
    about_lesion = {name for name, about in keys if about == "A"}
    assert {name for name in fact.FACTS if name.startswith("epidural.")} <= about_lesion
    assert all(finding.source.document for finding in findings.found)
    assert all(gap.why for gap in findings.missing)


def test_the_same_images_give_the_same_findings() -> None:
    assert measure(*column(ball(3.0, 12.0, 1.0, 7.0))) == measure(*column(ball(3.0, 12.0, 1.0, 7.0)))


def test_lytic_and_blastic_shares_are_against_the_neighbours() -> None:
    case, images = column(ball(0.0, 0.0, 0.0, 8.0))
    scan, grown = images.volumes["ct"], images.labels["tumour"].labels > 0
    random = np.random.default_rng(5)
    voxels = scan.voxels + random.normal(0.0, 10.0, scan.voxels.shape)
    front = images.labels["tumour"].grid.points_mm(np.argwhere(grown))[:, 1] < 0.0
    voxels[grown] = np.where(front, 60.0, 700.0)
    changed = replace(images, volumes={"ct": replace(scan, voxels=voxels.astype(np.int16))})
    findings = measure(case, changed)

    lytic, blastic = findings[fact.LYTIC_SHARE, "A"], findings.value(fact.BLASTIC_SHARE, "A")
    assert isinstance(lytic, Finding)
    assert blastic is not None
    assert lytic.value == pytest.approx(100.0 * float(front.mean()), abs=0.1)
    assert lytic.value + blastic == pytest.approx(100.0, abs=0.1)
    assert any("T12 and L2" in note for note in lytic.notes)


def test_labels_on_another_grid_measure_the_same() -> None:
    case, images = column(ball(15.0, 25.0, 3.0, 6.0))
    _, other = column(ball(15.0, 25.0, 3.0, 6.0), axes="RAS", spacing=0.8)
    mixed = replace(images, labels={"anatomy": images.labels["anatomy"], "tumour": other.labels["tumour"]})
    same, apart = measure(case, images), measure(case, mixed)

    for named in (fact.POSTEROLATERAL_LEFT, fact.POSTEROLATERAL_LEFT_SHARE, fact.VOLUME):
        one, two = same.value(named, "A"), apart.value(named, "A")
        assert one is not None
        assert two is not None
        assert two == pytest.approx(one, rel=0.06)
    assert same.many(fact.WBB_SECTORS, "A") == apart.many(fact.WBB_SECTORS, "A")


def test_every_parameter_says_what_it_is_and_whose() -> None:
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS) > 15
    for parameter in PARAMETERS:
        assert parameter.source.startswith("project value (")
        assert parameter.comparator
