"""Heights of bodies of known height at odd places between the voxels, and what is drawn of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images
from enbloc.measure import measure
from enbloc.measure.spine.column import column_of
from enbloc.measure.spine.heights import middle_third
from tests.measure.spine.painted import DEPTH, Bone, Scan, painted, straight
from tests.sampling import sampled

L = Level
HEIGHTS: tuple[Fact[float], ...] = (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR)


def findings(images: Images) -> Findings:
    return measure(Case(id="heights"), images)


def finding(found: Findings, named: Fact[float], about: object = L.L1) -> Finding[float]:
    one = found[named, about]
    assert isinstance(one, Finding), found.why_missing(named, about)
    return one


def heights(bone: Bone) -> list[float]:
    """Anterior, middle and posterior, each in the middle of its third of the depth."""
    slope = bone.slopes(upper=True)[1] - bone.slopes(upper=False)[1]
    return [bone.height + slope * y for y in (-DEPTH / 3.0, 0.0, DEPTH / 3.0)]


SLANTED = [
    (Bone(level=L.L1, height=height, wedge=wedge, lean=lean, list=6.0), Scan(phase=phase, axes=axes))
    for height, wedge in ((24.3, 0.0), (17.7, 12.0), (9.6, 6.0))
    for lean in (9.0, -13.0)
    for phase, axes in (((0.0, 0.0, 0.0), "SPL"), ((0.37, 0.11, 0.23), "RAI"), ((0.71, 0.5, 0.09), "LSP"))
]


@pytest.mark.parametrize(("bone", "scan"), sampled(SLANTED, 7))
def test_a_slanting_body_is_measured_within_three_tenths(bone: Bone, scan: Scan) -> None:
    """Endplates that cross the slices are finer than a voxel: 0.3 mm at 1 mm."""
    held = column_of(painted([bone], scan)).heights[L.L1]
    np.testing.assert_allclose(held.mm, heights(bone), atol=0.3)


@pytest.mark.parametrize("phase", [0.0, 0.15, 0.3, 0.45])
@pytest.mark.parametrize("height", [24.0, 23.6])
def test_a_body_along_the_slices_is_a_whole_number_of_them(phase: float, height: float) -> None:
    """Nothing is finer than a voxel there: its two faces are half a voxel off at most, and the interval says so."""
    found = findings(painted([Bone(level=L.L1, height=height)], Scan(phase=(phase, 0.0, 0.0))))
    for named in HEIGHTS:
        one = finding(found, named)
        assert one.value == pytest.approx(height, abs=1.0)
        assert one.low <= height <= one.high


def test_each_height_is_drawn_as_long_as_it_is() -> None:
    found = findings(painted([SLANTED[8][0]]))
    for at, named in enumerate(HEIGHTS):
        one = finding(found, named)
        assert len(one.source.marks) == 3
        start, stop = (np.array(point) for point in one.source.marks[at].points_mm)
        assert np.linalg.norm(stop - start) == pytest.approx(one.value, abs=0.2)
        shown = one.source.shows
        assert shown is not None
        assert np.abs(shown.distance_mm(np.stack([start, stop]))).max() < 0.2, "in the plane that is shown"


def test_thicker_slices_widen_the_interval() -> None:
    bone, widths = SLANTED[0][0], []
    for thick in (1.0, 2.0, 3.0):
        found = findings(painted([bone], Scan(spacing=(thick, 1.0, 1.0))))
        for named, mm in zip(HEIGHTS, heights(bone), strict=True):
            assert finding(found, named).low <= mm <= finding(found, named).high
        widths.append(finding(found, fact.HEIGHT_MIDDLE).high - finding(found, fact.HEIGHT_MIDDLE).low)
    assert widths[0] < widths[1] < widths[2]
    assert findings(painted([bone], Scan(spacing=(5.0, 1.0, 1.0)))).why_missing(HEIGHTS[0], L.L1) == (
        "slices too thick (5 mm)"
    )


def test_the_middle_third_is_deaf_to_a_hole_and_a_spur() -> None:
    tall = np.full(90, 20.0)
    tall[:25], tall[-25:] = 3.0, 40.0
    assert middle_third(tall) == 20.0
    assert middle_third(np.array([np.nan, 19.0, 20.0, 21.0])) == 20.0
    assert middle_third(np.array([7.0])) == 7.0


COLLAPSED = [
    (height, wedge, phase) for height in (20.4, 16.8, 12.5, 8.0) for wedge in (0.0, 8.0) for phase in (0.0, 0.4)
]


@pytest.mark.parametrize(("height", "wedge", "phase"), sampled(COLLAPSED, 8))
def test_collapse_is_right_to_two_points_at_1_mm(height: float, wedge: float, phase: float) -> None:
    bones = [replace(bone, lean=lean) for bone, lean in zip(straight(L.T12, L.L1, L.L2), (11.0, 6.0, 4.0), strict=True)]
    bones[1] = replace(bones[1], height=height, wedge=wedge)
    found = findings(painted(bones, Scan(phase=(phase, 0.0, 0.0))))

    losses = [100.0 * (1.0 - own / 24.0) for own in heights(bones[1])]
    thirds = (fact.LOSS_ANTERIOR, fact.LOSS_MIDDLE, fact.LOSS_POSTERIOR)
    for named, lost in zip((*thirds, fact.COLLAPSE), (*losses, max(losses)), strict=True):
        one = finding(found, named)
        assert one.value == pytest.approx(lost, abs=2.0)
        assert one.low <= lost <= one.high
