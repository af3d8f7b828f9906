"""Endplates, depth, width and wedge of bodies whose faces are known, whole and eaten, in thin and thick slices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.geometry import Plane
from enbloc.case.image import Images
from enbloc.case.mark import MarkKind
from enbloc.measure import measure
from enbloc.measure.spine.column import column_of
from tests.measure.spine.painted import DEPTH, WIDTH, Bone, Scan, painted, straight

L = Level
LEANING = Bone(level=L.L1, lean=7.0, list=4.0, turn=3.0)
SHAPE: tuple[Fact[float], ...] = (fact.BODY_DEPTH, fact.BODY_WIDTH, fact.SAGITTAL_WEDGE, fact.CORONAL_WEDGE)
PLATES: tuple[Fact[Plane], ...] = (fact.ENDPLATE_UPPER, fact.ENDPLATE_LOWER)


def findings(images: Images) -> Findings:
    return measure(Case(id="endplates"), images)


def finding(found: Findings, named: Fact[float], about: object = L.L1) -> Finding[float]:
    one = found[named, about]
    assert isinstance(one, Finding), found.why_missing(named, about)
    return one


def tilts(bones: list[Bone], scan: Scan | None = None) -> list[float]:
    """How far each endplate is off, degrees."""
    column, off = column_of(painted(bones, scan)), []
    for bone in bones:
        one = column.spine[bone.level]
        for plate, upper in ((one.upper, True), (one.lower, False)):
            assert plate is not None
            off.append(float(np.degrees(np.arccos(min(1.0, float(plate.normal @ bone.normal(upper=upper)))))))
    return off


@pytest.mark.parametrize(
    ("bone", "scan"),
    [
        (LEANING, Scan()),
        (replace(LEANING, wedge=16.0), Scan(phase=(0.4, 0.2, 0.3))),
        (replace(LEANING, side_wedge=-12.0), Scan(axes="RAI", tilt_deg=(5.0, 3.0, -6.0))),
        (replace(LEANING, height=11.0, wedge=10.0), Scan(spacing=(0.7, 0.7, 0.7))),
    ],
)
def test_endplates_lie_as_they_were_painted(bone: Bone, scan: Scan) -> None:
    assert max(tilts([bone], scan)) < 0.3


GONE = {
    "front": lambda x, y, z: (y < -6.5) & (z > 2.0),  # 28 % of the upper endplate, 10 mm deep
    "left": lambda x, y, z: (x > 8.5) & (y < 15.0) & (z > 0.0),
    "middle": lambda x, y, z: (np.hypot(x, y) < 10.0) & (z > 0.0),
    "right, through and through": lambda x, y, z: (x < -9.0) & (y < 15.0),
}
MORE = {
    "spur in front": lambda x, y, z: (y < -9.0) & (y > -22.0) & (np.abs(x) < 12.0) & (np.abs(z) < 16.0),
    "spur on the left": lambda x, y, z: (x > 14.0) & (x < 27.0) & (np.abs(y) < 10.0) & (z > 0.0) & (z < 17.0),
}


@pytest.mark.parametrize("what", [*GONE, *MORE])
def test_a_third_of_it_lost_or_overgrown_does_not_tilt_an_endplate(what: str) -> None:
    bone = replace(LEANING, gone=GONE.get(what, LEANING.gone), more=MORE.get(what, LEANING.more))
    assert max(tilts([bone])) < 0.6


def test_the_shape_of_a_body() -> None:
    found = findings(painted([replace(LEANING, wedge=9.0, side_wedge=5.0)]))
    wanted = {fact.BODY_DEPTH: DEPTH, fact.BODY_WIDTH: WIDTH, fact.SAGITTAL_WEDGE: 9.0, fact.CORONAL_WEDGE: 5.0}
    for named, value in wanted.items():
        one = finding(found, named)
        assert one.value == pytest.approx(value, abs=0.5)
        assert one.low <= value <= one.high
        assert one.source.method
        assert one.source.shows is not None
        assert 1 <= len(one.source.marks) <= 4
    for endplate, upper in zip(PLATES, (True, False), strict=True):
        plate = found[endplate, L.L1]
        assert isinstance(plate, Finding)
        own = (np.array(plate.value.point_mm) @ LEANING.axes.T)[2]
        assert own == pytest.approx(12.0 if upper else -12.0, abs=1.0)
        assert plate.value.normal[2] > 0.9, "to the head"
        assert [mark.kind for mark in plate.source.marks] == [MarkKind.LINE] * 2
        assert any("tilt ±" in note for note in plate.notes)


def test_a_mirrored_body_has_its_coronal_wedge_turned_round() -> None:
    bones = [replace(LEANING, side_wedge=8.0, wedge=4.0)]
    here, there = (findings(painted(bones, mirrored=mirrored)) for mirrored in (False, True))
    assert finding(here, fact.CORONAL_WEDGE).value == pytest.approx(-finding(there, fact.CORONAL_WEDGE).value, abs=0.4)
    assert finding(here, fact.SAGITTAL_WEDGE).value == pytest.approx(finding(there, fact.SAGITTAL_WEDGE).value, abs=0.4)


def test_thicker_slices_widen_the_interval_and_too_thick_ones_say_so() -> None:
    bones = [replace(LEANING, wedge=9.0)]
    widths = []
    for thick in (1.0, 2.0, 3.0):
        one = finding(findings(painted(bones, Scan(spacing=(thick, 1.0, 1.0)))), fact.SAGITTAL_WEDGE)
        assert one.low <= 9.0 <= one.high
        widths.append(one.high - one.low)
    assert widths[0] < widths[1] < widths[2]
    found = findings(painted(bones, Scan(spacing=(5.0, 1.0, 1.0))))
    unseen: tuple[Fact[Any], ...] = (*SHAPE, *PLATES)
    for named in unseen:
        assert found.why_missing(named, L.L1) == "slices too thick (5 mm)"


@pytest.mark.parametrize("spacing", [(3.0, 3.0, 0.3), (0.3, 3.0, 3.0)])
def test_voxels_ten_times_longer_than_wide(spacing: tuple[float, float, float]) -> None:
    one = finding(findings(painted([replace(LEANING, wedge=9.0)], Scan(spacing=spacing))), fact.SAGITTAL_WEDGE)
    assert one.low <= 9.0 <= one.high


def test_a_label_map_that_is_off_by_a_millimetre_is_less_sure() -> None:
    images = painted([replace(LEANING, wedge=9.0)])
    worse = replace(images, labels={"v": replace(images.labels["v"], error_mm=1.0)})
    for named in SHAPE:
        sure, unsure = finding(findings(images), named), finding(findings(worse), named)
        assert unsure.value == sure.value
        assert unsure.low < sure.low
        assert unsure.high > sure.high


def test_a_body_that_is_not_there_has_no_endplates() -> None:
    empty = replace(LEANING, lean=0.0, list=0.0, turn=0.0, gone=lambda x, y, z: y < 14.0)
    found = findings(painted([*straight(L.T12), empty, *straight(L.L2)]))
    unseen: tuple[Fact[Any], ...] = (*SHAPE, *PLATES, fact.HEIGHT_MIDDLE)
    for named in unseen:
        assert found.value(named, L.L1) is None
        assert found.why_missing(named, L.L1)


def test_the_dens_is_no_endplate_and_the_sacrum_has_one() -> None:
    neck = findings(painted(straight(L.C2, L.C3)))
    assert neck.why_missing(fact.ENDPLATE_UPPER, L.C2) == "C2 has a dens and no upper endplate"
    assert neck.value(fact.ENDPLATE_LOWER, L.C2) is not None
    base = findings(painted(straight(L.L5, L.S1)))
    assert base.value(fact.ENDPLATE_UPPER, L.S1) is not None
    assert "part of the sacrum" in base.why_missing(fact.ENDPLATE_LOWER, L.S1)
    assert "part of the sacrum" in base.why_missing(fact.BODY_DEPTH, L.S1)


def test_a_cut_vertebra_says_so() -> None:
    found = findings(painted(straight(L.T12, L.L1), Scan(cut_above_mm=34.0)))
    unseen: tuple[Fact[Any], ...] = (*SHAPE, *PLATES)
    for named in unseen:
        assert "cut by the upper edge" in found.why_missing(named, L.T12)
    assert found.value(fact.ENDPLATE_UPPER, L.L1) is not None
