"""Cobb angles, local kyphosis and slips of bent columns whose angles are known, however they lie in the scanner."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level, Side, vertebra
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images
from enbloc.case.mark import MarkKind
from enbloc.measure import measure
from enbloc.phantom import Recipe, Scoliosis, build
from tests.measure.spine.painted import Bone, Floats, Scan, painted, rotation, straight

L = Level
LEVELS = (L.T11, L.T12, L.L1, L.L2)
COBB: tuple[Fact[float], ...] = (fact.COBB_CORONAL, fact.COBB_KYPHOSIS, fact.COBB_LORDOSIS, fact.COBB_3D)


def bent(leans: tuple[float, ...], lists: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0), **given: float) -> list[Bone]:
    return [
        replace(bone, lean=lean, list=tilt)
        for bone, lean, tilt in zip(straight(*LEVELS, **given), leans, lists, strict=True)
    ]


KYPHOTIC = bent((21.0, 13.0, 2.0, -6.0), wedge=3.0)
LORDOTIC = bent((-14.0, -6.0, 5.0, 17.0))
SCOLIOTIC = bent((4.0, 5.0, 4.0, 5.0), (-17.0, -5.0, 8.0, 15.0))
BOTH = bent((17.0, 9.0, 0.0, -9.0), (13.0, 5.0, -4.0, -12.0), side_wedge=4.0)


def findings(images: Images) -> Findings:
    return measure(Case(id="alignment"), images)


def finding(found: Findings, named: Fact[float], about: object = "patient") -> Finding[float]:
    one = found[named, about]
    assert isinstance(one, Finding), found.why_missing(named, about)
    return one


def lean(normal: Floats) -> float:
    return math.degrees(math.atan2(-normal[1], normal[2]))


def tilt(normal: Floats) -> float:
    return math.degrees(math.atan2(normal[0], normal[2]))


def truth(bones: list[Bone]) -> dict[Fact[float], float]:
    """The largest angles over all pairs of vertebrae, from the faces as they were painted."""
    found = dict.fromkeys(COBB, 0.0)
    for at, first in enumerate(bones):
        for last in bones[at + 1 :]:
            one, two = first.normal(upper=True), last.normal(upper=False)
            kyphosis = lean(one) - lean(two)
            found[fact.COBB_KYPHOSIS] = max(found[fact.COBB_KYPHOSIS], kyphosis)
            found[fact.COBB_LORDOSIS] = max(found[fact.COBB_LORDOSIS], -kyphosis)
            found[fact.COBB_CORONAL] = max(found[fact.COBB_CORONAL], abs(tilt(one) - tilt(two)))
            space = math.degrees(math.acos(min(1.0, float(one @ two))))
            found[fact.COBB_3D] = max(found[fact.COBB_3D], space)
    return found


CASES = {
    "kyphosis": (KYPHOTIC, Scan()),
    "lordosis": (LORDOTIC, Scan(phase=(0.3, 0.2, 0.4))),
    "scoliosis": (SCOLIOTIC, Scan(axes="RAI", tilt_deg=(4.0, 6.0, -5.0))),
    "both": (BOTH, Scan(axes="LSP", phase=(0.1, 0.4, 0.2))),
}


@pytest.mark.parametrize("what", CASES)
def test_angles_are_those_of_the_column_within_half_a_degree(what: str) -> None:
    bones, scan = CASES[what]
    found = findings(painted(bones, scan))
    for named, value in truth(bones).items():
        one = finding(found, named)
        assert one.low <= value <= one.high
        if value > 2.0:  # the faces of a straight column lie along the slices: half a voxel decides there
            assert one.value == pytest.approx(value, abs=0.5)


def test_the_ends_are_named_and_drawn() -> None:
    one = finding(findings(painted(KYPHOTIC)), fact.COBB_KYPHOSIS)
    assert one.source.place == "upper endplate of T11 to lower endplate of L2"
    assert [mark.kind for mark in one.source.marks] == [MarkKind.LINE] * 2
    assert one.source.shows is not None
    assert one.source.shows.normal == (1.0, 0.0, 0.0)
    for mark in one.source.marks:
        along = np.subtract(mark.points_mm[1], mark.points_mm[0])
        assert abs(along[0]) < 0.3, "seen in the plane that is shown"
    drawn = [np.subtract(mark.points_mm[1], mark.points_mm[0]) for mark in one.source.marks]
    cosine = abs(drawn[0] @ drawn[1]) / np.prod([np.linalg.norm(line) for line in drawn])
    assert math.degrees(math.acos(cosine)) == pytest.approx(one.value, abs=0.5)


def test_a_column_bent_one_way_is_not_bent_the_other() -> None:
    one = finding(findings(painted(KYPHOTIC)), fact.COBB_LORDOSIS)
    assert one.value == 0.0
    assert "no two labelled vertebrae enclose a lordosis" in one.notes


def test_a_mirrored_column_is_convex_to_the_other_side() -> None:
    here, there = (findings(painted(BOTH, mirrored=mirrored)) for mirrored in (False, True))
    assert "convex to the right" in finding(here, fact.COBB_CORONAL).notes
    assert "convex to the left" in finding(there, fact.COBB_CORONAL).notes
    for named in COBB:
        assert finding(here, named).value == pytest.approx(finding(there, named).value, abs=0.5)


@pytest.mark.parametrize("axes", ["IAR", "PSL"])
def test_the_order_of_the_axes_changes_nothing(axes: str) -> None:
    here, there = findings(painted(BOTH)), findings(painted(BOTH, Scan(axes=axes)))
    for named in COBB:
        assert finding(here, named).value == pytest.approx(finding(there, named).value, abs=0.3)


def test_what_a_turned_patient_keeps() -> None:
    """The angles in space and about one's own axes are kept; those in the planes of the scanner are others."""
    images = painted(BOTH)
    turn = np.eye(4)
    turn[:3, :3] = rotation((14.0, -11.0, 9.0))
    one = images.labels["v"]
    turned = replace(images, labels={"v": replace(one, grid=replace(one.grid, affine=turn @ one.grid.affine))})
    here, there = findings(images), findings(turned)
    kept = [(fact.COBB_3D, "patient"), *((fact.LOCAL_KYPHOSIS, level) for level in (L.T12, L.L1))]
    kept += [(fact.TRANSLATION, level) for level in (L.T11, L.T12, L.L1)]
    for named, about in kept:
        assert finding(here, named, about).value == pytest.approx(finding(there, named, about).value, abs=0.5)


def test_local_kyphosis_says_between_which_endplates() -> None:
    found = findings(painted(KYPHOTIC))
    one = finding(found, fact.LOCAL_KYPHOSIS, L.T12)
    above, below = KYPHOTIC[0].normal(upper=False), KYPHOTIC[2].normal(upper=True)
    assert one.value == pytest.approx(lean(above) - lean(below), abs=0.5)
    assert one.source.place == "lower endplate of T11 to upper endplate of L1"
    assert found.why_missing(fact.LOCAL_KYPHOSIS, L.T11) == "the vertebra above T11 is not labelled"
    assert found.why_missing(fact.LOCAL_KYPHOSIS, L.L2) == "the vertebra below L2 is not labelled"


def test_thicker_slices_widen_the_angle_and_too_thick_ones_have_none() -> None:
    widths = []
    for thick in (1.0, 2.0, 3.0):
        one = finding(findings(painted(KYPHOTIC, Scan(spacing=(thick, 1.0, 1.0)))), fact.COBB_KYPHOSIS)
        assert one.low <= truth(KYPHOTIC)[fact.COBB_KYPHOSIS] <= one.high
        widths.append(one.high - one.low)
    assert widths[0] < widths[1] < widths[2]
    found = findings(painted(KYPHOTIC, Scan(spacing=(5.0, 1.0, 1.0))))
    for named in COBB:
        assert found.why_missing(named, "patient") == "fewer than two vertebrae show an endplate"
    assert found.why_missing(fact.LOCAL_KYPHOSIS, L.L1) == "slices too thick (5 mm)"


def test_a_single_vertebra_has_no_angle() -> None:
    found = findings(painted(straight(L.L3)))
    for named in COBB:
        assert "fewer than two" in found.why_missing(named, "patient")


def test_vertebrae_named_out_of_order_have_no_angle() -> None:
    images = painted(KYPHOTIC)
    one = images.labels["v"]
    names = dict(one.names) | {2: vertebra(L.L1), 3: vertebra(L.T12)}
    found = findings(replace(images, labels={"v": replace(one, names=names)}))
    for named in COBB:
        assert "in the order of their names" in found.why_missing(named, "patient")


def test_the_sacrum_ends_a_lordosis_with_its_upper_endplate() -> None:
    bones = [replace(bone, level=level) for bone, level in zip(LORDOTIC, (L.L3, L.L4, L.L5, L.S1), strict=True)]
    found = findings(painted(bones))
    one = finding(found, fact.COBB_LORDOSIS)
    assert one.source.place == "upper endplate of L3 to upper endplate of S1"
    assert one.value == pytest.approx(31.0, abs=0.5)
    assert "part of the sacrum" in found.why_missing(fact.LOCAL_KYPHOSIS, L.S1)


@pytest.mark.parametrize("convex", list(Side))
def test_the_phantom_with_scoliosis(convex: Side) -> None:
    """Its endplates are square to its axes in the coronal plane, which lean 30° apart and a little forward."""
    recipe = Recipe(scoliosis=Scoliosis(angle_deg=30.0, convex=convex), spacing_mm=(1.2, 1.2, 1.2), ribs=False)
    phantom = build(recipe)
    one = finding(findings(phantom.images), fact.COBB_CORONAL)
    first, last = (phantom.truth.levels[at].pose.rotation[:, 2] for at in (0, -1))
    assert one.value == pytest.approx(abs(tilt(first) - tilt(last)), abs=0.6)
    assert f"convex to the {convex.value}" in one.notes
