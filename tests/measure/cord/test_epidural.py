"""Tumour in a constructed canal: what is said of each plane, what can be looked at, and what must not be measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.mark import MarkKind
from enbloc.case.table import CanalPlane
from enbloc.measure.answers import gathered
from enbloc.measure.cord.epidural import EPIDURAL, epidural
from enbloc.measure.cord.sac import OF_THE_SAC
from enbloc.measure.cord.spinal_cord import OF_THE_CORD
from enbloc.measure.tumour.mass import tumour_of
from enbloc.stage.escc import Escc
from enbloc.stage.escc_items import grades
from tests.measure.cord.canals import (
    BONE,
    DISC,
    IN_CANAL,
    IN_CORD,
    IN_SAC,
    Floats,
    Mask,
    Scan,
    Solid,
    ellipse,
    scene,
    upside_down,
)

LAYERS: list[tuple[int, Solid]] = [
    (IN_CANAL, ellipse(10.5, 8.5)),
    (IN_SAC, ellipse(9.0, 7.2)),
    (IN_CORD, ellipse(5.0, 3.6)),
]


def front(depth: float, half: float = 8.0) -> Solid:
    """Tumour before a flat face ``depth`` before the cord's middle, in the canal and a little before it."""
    return lambda u, v, w: np.asarray((v <= -depth) & (v > -11.0) & (np.abs(u) <= 8.0) & (np.abs(w) <= half))


def pressed(
    depth: float, scan: Scan | None = None, *, layers: list[tuple[int, Solid]] = LAYERS, with_mr: bool = True
) -> Findings:
    """All findings where tumour has taken the place of what lay before a flat face."""
    mass = front(depth)

    def left(solid: Solid) -> Solid:
        return lambda u, v, w: np.asarray(solid(u, v, w) & ~mass(u, v, w))

    kept = [(number, solid if number == IN_CANAL else left(solid)) for number, solid in layers]
    images, one, spine = scene(scan or Scan(), kept, mass, with_mr=with_mr)
    return gathered(epidural(images, one, spine, Level.T8))


def finding(found: Findings, named: Fact[float]) -> Finding[float]:
    one = found[named, "A"]
    assert isinstance(one, Finding), found.why_missing(named, "A")
    return one


def profile(found: Findings) -> tuple[CanalPlane, ...]:
    rows = found.many(fact.CANAL_PROFILE, "A")
    assert rows is not None
    return rows


# --- the table of planes ----------------------------------------------------------------------------------------------
def test_every_plane_has_its_numbers_and_the_worst_is_that_of_the_finding() -> None:
    found = pressed(3.0)
    rows = profile(found)
    along = [row.along_mm for row in rows]
    assert along == sorted(along, reverse=True), "head first"
    assert max(row.tumour_mm2 for row in rows) == finding(found, fact.EPIDURAL_AREA).value
    beside = [row for row in rows if row.tumour_mm2 >= 5.0]
    worst = {
        fact.SAC_INDENTATION: max(row.sac_indentation_mm or 0.0 for row in beside),
        fact.SAC_AREA_RATIO: min(row.sac_area_ratio or 9.0 for row in beside),
        fact.CORD_AREA_RATIO: min(row.cord_area_ratio or 9.0 for row in beside),
        fact.CORD_SHIFT: max(row.cord_shift_mm or 0.0 for row in beside),
        fact.CSF_SHARE: min(row.csf_share if row.csf_share is not None else 9.0 for row in beside),
        fact.CORD_DISTANCE: min(row.cord_distance_mm if row.cord_distance_mm is not None else 99.0 for row in rows),
    }
    for named, number in worst.items():
        assert finding(found, named).value == pytest.approx(number, abs=0.006), named.id
    free = [row for row in rows if abs(row.along_mm) > 15.0]
    for row in free:
        assert row.tumour_mm2 == 0.0
        assert row.cord_distance_mm is None
        assert row.canal_mm2 == pytest.approx(np.pi * 10.5 * 8.5, rel=0.05)
        assert row.cord_depth_to_width == pytest.approx(0.72, abs=0.06)


@pytest.mark.parametrize("half", [4.0, 8.0, 12.0])
def test_the_length_is_that_of_the_tumour_in_the_canal(half: float) -> None:
    mass = front(5.0, half)
    images, one, spine = scene(Scan(size_mm=(30.0, 28.0, 90.0)), LAYERS, mass)
    found = gathered(epidural(images, one, spine, Level.T8))
    length = finding(found, fact.EPIDURAL_LENGTH)
    assert length.value == pytest.approx(2.0 * half, abs=1.01)
    assert length.low <= 2.0 * half <= length.high


# --- evidence ---------------------------------------------------------------------------------------------------------
def test_every_number_can_be_looked_at() -> None:
    found = pressed(3.0, Scan(lean_deg=(0.0, 8.0)))
    head = Scan(lean_deg=(0.0, 8.0)).axes[2]
    for named in EPIDURAL:
        if named is fact.OTHER_COMPRESSION:
            continue
        one = found[named, "A"]
        assert isinstance(one, Finding), named.id
        shows = one.source.shows
        assert shows is not None, named.id
        assert one.source.method
        assert one.source.at_mm is not None
        assert 1 <= len(one.source.marks) <= 4
        assert np.dot(shows.normal, head) == pytest.approx(1.0, abs=0.01)
        points = np.array([point for mark in one.source.marks for point in mark.points_mm])
        assert np.abs(shows.distance_mm(points)).max() < 0.2, "the marks lie on the plane that is shown"
        np.testing.assert_allclose(points, np.round(points, 1), atol=1e-9)


def test_the_marks_are_the_outlines_and_the_ways_that_were_measured() -> None:
    found = pressed(3.0)
    indentation = finding(found, fact.SAC_INDENTATION)
    way = next(mark for mark in indentation.source.marks if mark.kind is MarkKind.SEGMENT)
    ends = np.array(way.points_mm)
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(indentation.value, abs=0.3)
    words = {mark.words for mark in indentation.source.marks}
    assert {"sac", "sac as on the free planes", "tumour in the canal"} <= words
    cord = next(mark for mark in finding(found, fact.CSF_SHARE).source.marks if mark.words == "cord")
    x, y, _ = np.array(cord.points_mm).T
    assert np.ptp(x) == pytest.approx(10.0, abs=1.5)
    assert y.min() > -3.6 - 0.8


# --- what is not measured ---------------------------------------------------------------------------------------------
def test_on_ct_alone_nothing_of_sac_and_cord_is_measured_and_no_grade_is_settled() -> None:
    found = pressed(2.0, with_mr=False)
    for named in (*OF_THE_SAC, *OF_THE_CORD, fact.CSF_SHARE):
        assert "outlined on CT" in found.why_missing(named, "A")
    assert all(row.sac_mm2 is None and row.cord_mm2 is None for row in profile(found))
    assert {Escc.GRADE_2, Escc.GRADE_3} <= set(grades(found, "A").grades)
    assert len(grades(found, "A").grades) > 2


def test_without_sac_and_cord_no_grade_is_settled() -> None:
    found = pressed(5.0, layers=LAYERS[:1], with_mr=False)
    assert found.why_missing(fact.EPIDURAL_TURN, "A") == "no thecal sac or cord label beside the tumour"
    assert found.why_missing(fact.CORD_DISTANCE, "A") == "no cord label beside the tumour"
    assert len(grades(found, "A").grades) == 5, "there is tumour in the canal, and no more is known"


def test_without_a_sac_the_cord_is_measured_and_the_fluid_is_not() -> None:
    found = pressed(2.0, layers=[LAYERS[0], LAYERS[2]])
    assert found.why_missing(fact.SAC_AREA_RATIO, "A") == "no thecal sac label"
    assert found.why_missing(fact.CSF_SHARE, "A") == "no thecal sac label"
    assert finding(found, fact.CORD_AREA_RATIO).value < 0.9


def test_without_a_cord_the_sac_is_measured() -> None:
    found = pressed(4.0, layers=LAYERS[:2])
    assert found.why_missing(fact.CORD_AREA_RATIO, "A") == "no cord label beside the tumour"
    assert finding(found, fact.SAC_INDENTATION).value == pytest.approx(3.2, abs=1.0)


# --- the order of the array -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("order", "flip"), [((0, 2, 1), (1, 1, 1)), ((1, 2, 0), (-1, 1, -1)), ((2, 1, 0), (-1, -1, -1))]
)
def test_the_order_of_the_axes_changes_nothing(order: tuple[int, int, int], flip: tuple[int, int, int]) -> None:
    # A little lean, lest a pixel lie on the very border of two voxels.
    plain = pressed(3.0, Scan(spacing_mm=(0.9, 0.9, 1.5), lean_deg=(3.0, 5.0)))
    other = pressed(3.0, Scan(spacing_mm=(0.9, 0.9, 1.5), lean_deg=(3.0, 5.0), order=order, flip=flip))
    for named in EPIDURAL:
        one, two = plain.value(named, "A"), other.value(named, "A")
        if isinstance(one, float):
            assert two == pytest.approx(one, abs=1e-6), named.id


def test_the_same_array_stored_upside_down_gives_the_same() -> None:
    images, one, spine = scene(Scan(lean_deg=(4.0, 6.0)), LAYERS, front(6.0))
    turned = upside_down(images)
    again = tumour_of(turned, "A")
    assert again is not None
    plain, other = gathered(epidural(images, one, spine, Level.T8)), gathered(epidural(turned, again, spine, Level.T8))
    for named in EPIDURAL:
        assert plain.value(named, "A") == other.value(named, "A"), named.id


def test_a_mirrored_patient_has_the_same_numbers() -> None:
    def side(sign: float) -> Findings:
        def mass(u: Floats, v: Floats, w: Floats) -> Mask:
            return np.asarray((sign * u >= 5.5) & (np.abs(v) <= 6.0) & (np.abs(u) <= 12.0) & (np.abs(w) <= 8.0))

        images, one, spine = scene(Scan(), LAYERS, mass)
        return gathered(epidural(images, one, spine, Level.T8))

    left, right = side(1.0), side(-1.0)
    for named in (fact.EPIDURAL_AREA, fact.CORD_DISTANCE, fact.EPIDURAL_TURN, fact.SAC_AREA_RATIO):
        assert finding(left, named).value == pytest.approx(finding(right, named).value, rel=0.12, abs=0.02)
    at = [found.value(fact.EPIDURAL_AT, "A") for found in (left, right)]
    assert [point is not None and np.sign(point.xyz_mm[0]) for point in at] == [1.0, -1.0]


# --- bone and disc ----------------------------------------------------------------------------------------------------
def behind(u: Floats, v: Floats, w: Floats) -> Mask:
    """Tumour in the arch, behind the canal."""
    return np.asarray((np.abs(u) <= 6.0) & (v >= 9.5) & (v <= 13.0) & (np.abs(w) <= 8.0))


def fragment(depth: float) -> Solid:
    """What stands in the canal from the front, as far back as ``depth`` before its middle."""
    return lambda u, v, w: np.asarray((v <= -depth) & (v > -12.0) & (np.abs(u) <= 6.0) & (np.abs(w) <= 6.0))


@pytest.mark.parametrize("number", [BONE, DISC])
def test_bone_or_disc_without_tumour_that_presses_is_said_and_not_graded(number: int) -> None:
    images, one, spine = scene(Scan(), [*LAYERS, (number, fragment(4.5))], behind)
    found = gathered(epidural(images, one, spine, Level.T8))
    other = found[fact.OTHER_COMPRESSION, "A"]
    assert isinstance(other, Finding)
    assert other.value is True
    assert "bone or disc in the canal" in {mark.words for mark in other.source.marks}
    assert grades(found, "A").flags == ("non_tumour_compression",)


def test_bone_that_tumour_touches_is_part_of_its_compression() -> None:
    def beside_it(u: Floats, v: Floats, w: Floats) -> Mask:
        return np.asarray((np.abs(u) <= 6.0) & (v > -4.5) & (v <= -3.0) & (np.abs(w) <= 7.0))

    images, one, spine = scene(Scan(), [*LAYERS, (BONE, fragment(4.5))], beside_it)
    found = gathered(epidural(images, one, spine, Level.T8))
    assert found.value(fact.OTHER_COMPRESSION, "A") is False


def test_a_free_canal_has_no_other_compression_and_a_thin_spur_is_undecided() -> None:
    images, one, spine = scene(Scan(), LAYERS, behind)
    free = gathered(epidural(images, one, spine, Level.T8))
    assert free.value(fact.OTHER_COMPRESSION, "A") is False
    images, one, spine = scene(Scan(), [*LAYERS, (BONE, fragment(6.9))], behind)
    spur = gathered(epidural(images, one, spine, Level.T8))
    assert spur.value(fact.OTHER_COMPRESSION, "A") is None
    assert "half a voxel decides" in spur.why_missing(fact.OTHER_COMPRESSION, "A")


def test_an_error_of_the_label_map_itself_widens_every_interval() -> None:
    images, one, spine = scene(Scan(), LAYERS, front(6.0))
    carried = replace(images.labels["anatomy"], error_mm=1.0)
    sure = gathered(epidural(images, one, spine, Level.T8))
    unsure = gathered(epidural(replace(images, labels={**images.labels, "anatomy": carried}), one, spine, Level.T8))
    for named in (fact.EPIDURAL_AREA, fact.CORD_DISTANCE, fact.SAC_INDENTATION):
        wide, narrow = finding(unsure, named), finding(sure, named)
        assert wide.high > narrow.high + 0.9
        assert wide.value == narrow.value
