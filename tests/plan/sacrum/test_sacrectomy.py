"""The levels of a sacrectomy: truth by construction, laws, and why there is none."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from enbloc.case import fact
from enbloc.case.anatomy import Level, Side
from enbloc.case.answer import Unknown
from enbloc.case.geometry import triple
from enbloc.case.sided import Root
from enbloc.decide.decision import Holds
from enbloc.decide.root_table import pairs, span
from enbloc.decide.sacral_table import SACRAL
from enbloc.errors import RecordError
from enbloc.plan.cutting.cones import Cone, grid_of_normals
from enbloc.plan.cutting.parameters import SAW_KERF
from enbloc.plan.sacrum.anatomy import SEGMENTS, sacrum_of
from enbloc.plan.sacrum.parameters import ACROSS_CONE, REMNANT
from enbloc.plan.sacrum.reading import facts_of
from enbloc.plan.sacrum.rows import Extent, NoSacrectomy, Sacrectomy, Transection
from enbloc.plan.sacrum.sacrectomy import sacrectomy
from tests.plan.sacrum.phantoms import BORDERS_MM, made

STEP = 2.0


def answered(margin_mm: float = 5.0, **given_: object) -> Sacrectomy:
    found = sacrectomy(made(**given_), margin_mm=margin_mm)  # type: ignore[arg-type]
    assert isinstance(found, Sacrectomy)
    return found


@cache
def low() -> Sacrectomy:
    """A tumour of S4 and S5 whose top lies at -86 mm: with 5 mm the cut stays below the border S3/S4 at -72 mm."""
    return answered(centre=(0.0, 0.0, -94.0))


@cache
def beside(*, mirrored: bool = False) -> Sacrectomy:
    return answered(centre=(20.0, 0.0, -60.0), sac=True, mirrored=mirrored, levels=(Level.S3,))


def lost(row: Transection) -> set[Root]:
    return {one.root for one in row.lost}


def sides_of(row: Transection, *nerves: str) -> set[Root]:
    return {one for one in lost(row) if one.nerve in nerves}


def spoken(row: Transection) -> dict[str, Holds]:
    return {one.rule: one.holds for one in row.rules}


# --- truth by construction --------------------------------------------------------------------------------------------
def test_each_level_above_the_tumour_is_a_row_the_most_sparing_first() -> None:
    named = [(row.extent, row.through) for row in low().rows]
    assert named == [
        (Extent.ACROSS, "S4"),
        (Extent.ACROSS, "the disc remnant S3/S4"),
        (Extent.ACROSS, "the disc remnant S2/S3"),
        (Extent.ACROSS, "the disc remnant S1/S2"),
        (Extent.TOTAL, "the disc above S1"),
    ]
    assert [lost(row) for row in low().rows] == [pairs(span(nerve, "S5")) for nerve in ("S4", "S4", "S3", "S2", "S1")]
    assert all(row.is_certain and row.is_proved and row.margin_mm >= 5.0 for row in low().rows)


def test_the_margin_of_each_row_is_the_distance_to_its_border() -> None:
    top = -86.0
    for row in low().rows[1:4]:
        level = Level(row.through.split("/")[0].split()[-1])
        assert row.margin_interval.low <= BORDERS_MM[level] - top <= row.margin_interval.high
        assert row.margin_mm <= BORDERS_MM[level] - top


def test_healthy_bone_is_that_below_the_cut_and_its_interval_holds_the_truth() -> None:
    truth = _blocks_cc(BORDERS_MM[Level.S3], _ball_cc(8.0))
    row = low().rows[1]
    assert row.healthy_interval.low <= truth <= row.healthy_interval.high
    assert row.lower_cc <= row.healthy_cc


def _blocks_cc(top: float, taken: float) -> float:
    """The bone between the end of the sacrum and a height, less the canal and what the tumour took, cc."""
    heights = [-120.0 + 0.1 * (at + 0.5) for at in range(int((top + SAW_KERF.number + 120.0) * 10))]
    areas = [4.0 * (48.0 + 0.28 * z) * (22.0 + 0.1 * z) - 12.0 * min(8.0, 18.0 + 0.1 * z) for z in heights]
    return sum(areas) * 0.1 / 1000.0 - taken


def _ball_cc(radius: float) -> float:
    return 4.18879 * radius**3 / 1000.0


@pytest.mark.parametrize("tenths", range(-800, -665, 5))
def test_a_root_flips_at_its_border_or_is_borderline(tenths: int) -> None:
    top = tenths / 10.0
    found = answered(2.0, centre=(0.0, 0.0, top - 8.0))
    far = top + 2.0 + SAW_KERF.number
    for level in SEGMENTS[:4]:
        clear, roots = BORDERS_MM[level] + REMNANT.number - far, pairs([str(level)])
        certain = {one.root for one in found.first.lost if one.is_certain}
        if clear > 2.5 * STEP:
            assert not roots & lost(found.first)
        if clear < -2.0 * STEP:
            assert roots <= certain


def test_within_the_band_a_root_is_borderline_and_counts_as_cut() -> None:
    far = BORDERS_MM[Level.S3] + REMNANT.number
    rows = answered(2.0, centre=(0.0, 0.0, far - SAW_KERF.number - 2.0 - 8.0)).rows
    doubtful = [one.root for row in rows for one in row.lost if one.root.nerve == "S3" and not one.is_certain]
    assert set(doubtful) == pairs(["S3"])
    for row in rows:
        assert not lost(row) & set(row.spared)
        assert row.is_certain == all(one.is_certain for one in row.lost)


def test_an_oblique_cut_that_keeps_one_s3_is_a_row_of_its_own() -> None:
    rows = answered(2.0, centre=(16.0, 0.0, -76.0)).rows
    oblique = next(row for row in rows if len(row.cuts) == 1)
    assert sides_of(oblique, "S3") == {Root.S3_LEFT}
    assert spoken(oblique)["NERV-17"] is Holds.YES


def test_total_sacrectomy_cuts_every_root_and_what_the_rules_ask_for_is_said() -> None:
    total = low().rows[-1]
    assert total.extent is Extent.TOTAL
    assert lost(total) == pairs(SACRAL)
    assert spoken(total)["NERV-21"] is Holds.YES
    assert total.cut_high is True
    assert spoken(total)["STAB-07"] is Holds.YES
    assert any("L5 is not labelled" in note for note in total.notes)


def test_a_low_cut_leaves_the_pelvis_open_since_the_joint_has_no_label() -> None:
    row = low().rows[0]
    assert row.cut_high is False
    assert spoken(row)["STAB-07"] is Holds.UNKNOWN
    told = facts_of(row.lost, row.cut_high, "A")
    assert isinstance(told[fact.SACROILIAC_REMOVED, "A"], Unknown)
    assert told.value(fact.SACRUM_CUT_HIGH, "A") is False
    assert set(told.many(fact.ROOTS_CUT, "A") or ()) == pairs(["S4", "S5"])


@pytest.mark.parametrize(("top", "is_high"), [(-32.0, False), (-10.0, True)])
def test_the_lower_half_of_s1_decides_whether_a_cut_is_high(top: float, is_high: bool) -> None:
    row = answered(2.0, centre=(0.0, 0.0, top - 8.0), levels=(Level.S1,)).rows[0]
    assert row.cut_high is is_high


def test_the_figures_of_the_pattern_and_the_range_of_the_sources_are_told() -> None:
    by_rule = {row.through: {one.rule: one for one in row.rules} for row in low().rows}
    assert "normal bowel 100 %, bladder 69 %" in by_rule["S4"]["NERV-16"].do
    middle = by_rule["the disc remnant S2/S3"]
    assert "normal bowel 40 %, bladder 25 %" in middle["NERV-15"].do
    assert "normal bladder 25 to 39.9 %" in middle["NERV-19"].do
    assert "NERV-14" in by_rule["the disc remnant S1/S2"]


def test_consent_is_asked_for_where_a_root_down_to_s3_goes() -> None:
    stops = {row.through: spoken(row).get("STOP-15") for row in low().rows}
    assert stops["S4"] is None
    assert stops["the disc remnant S2/S3"] is Holds.UNKNOWN
    assert all(spoken(row)["NERV-20"] is Holds.YES for row in low().rows)


@pytest.mark.parametrize("centre", [(16.0, 0.0, -76.0), (-9.0, 3.0, -60.0), (0.0, 0.0, -94.0)])
def test_no_plane_of_a_grid_spares_more_roots_or_takes_less_bone(centre: tuple[float, float, float]) -> None:
    field = made(centre=centre)
    found = sacrectomy(field, margin_mm=2.0)
    assert isinstance(found, Sacrectomy)
    across = [row for row in found.rows if len(row.cuts) == 1]
    bone = field.bone(SEGMENTS)
    sacrum = sacrum_of(field.images, bone, SEGMENTS)
    cone = Cone(axis=triple(sacrum.up), half_angle=math.radians(ACROSS_CONE.number))
    for normal in grid_of_normals(cone, math.radians(4.0)):
        far = float((field.outline.vertices_mm @ normal).max()) + 2.0 + SAW_KERF.number
        heights, half = bone.points_mm @ normal - far, float(0.5 * np.abs(normal @ bone.grid.affine[:3, :3]).sum())
        gone = sum(not (heights[course] > half).all() for course in sacrum.courses.values())
        assert gone >= min(len(row.lost) for row in across)
        taken = int(((heights <= 0.0) & ~bone.ill[bone.mask]).sum()) * bone.grid.voxel_cc
        assert taken >= min(row.lower_cc for row in across) - 1e-6


# --- one half ---------------------------------------------------------------------------------------------------------
def test_a_tumour_of_one_side_has_the_half_of_that_side_alone() -> None:
    found = beside()
    assert [row.extent for row in found.rows if len(row.cuts) == 2] == [Extent.LEFT]
    half = found.first
    assert half.extent is Extent.LEFT
    assert {one.side for one in lost(half)} == {Side.LEFT}
    assert spoken(half)["NERV-18"] is Holds.YES
    assert any(said.startswith("right hemisacrectomy: the tumour reaches") for said in found.excluded)


def test_a_tumour_in_the_middle_has_no_half() -> None:
    assert not any(len(row.cuts) == 2 for row in low().rows)
    assert sum("over the middle" in said for said in low().excluded) == 2


def test_the_half_leaves_the_other_half_untouched() -> None:
    half = beside().first
    far = half.cuts[1]
    assert far.plane.normal[0] < 0  # it faces the right
    reach = far.plane.point_mm[0] + far.role.kerf_mm / 2.0 * far.plane.normal[0]
    assert reach > 0.0


# --- sac and roots ----------------------------------------------------------------------------------------------------
def test_the_sac_is_divided_where_it_reaches_below_the_cut() -> None:
    found = answered(centre=(0.0, 0.0, -94.0), sac=True)
    divided = {row.through: row.divides_sac for row in found.rows}
    assert divided["the disc remnant S3/S4"] is False
    assert divided["the disc remnant S1/S2"] is True
    assert low().rows[0].divides_sac is None


def test_a_labelled_root_is_told_by_its_label() -> None:
    at = {"centre": (0.0, 0.0, -66.0), "margin_mm": 2.0}  # the far face of the blade lies at -54.75
    plain, seen_low = (answered(**at, roots=roots).rows for roots in ((), ((Level.S2, Side.LEFT, -64.0),)))  # type: ignore[arg-type]
    row = next(one for one in seen_low if one.extent is Extent.ACROSS and one.margin_mm < 3.0)
    assert not sides_of(plain[0], "S2")
    assert {str(one) for one in row.lost if one.root.nerve == "S2"} == {"S2 left"}


# --- laws -------------------------------------------------------------------------------------------------------------
def test_a_mirrored_patient_has_the_mirrored_rows() -> None:
    here, there = beside().rows, beside(mirrored=True).rows
    flipped = {Extent.LEFT: Extent.RIGHT, Extent.RIGHT: Extent.LEFT}
    assert [flipped.get(row.extent, row.extent) for row in here] == [row.extent for row in there]
    for one, other in zip(here, there, strict=True):
        assert {each.mirrored for each in lost(one)} == lost(other)
        assert one.margin_mm == pytest.approx(other.margin_mm, abs=0.1)
        assert one.healthy_cc == pytest.approx(other.healthy_cc, abs=0.2)


def test_a_turned_patient_has_the_same_rows() -> None:
    straight = beside()
    turned = answered(centre=(20.0, 0.0, -60.0), sac=True, turned_deg=27.0, levels=(Level.S3,))
    assert [row.name for row in straight.rows] == [row.name for row in turned.rows]
    for one, other in zip(straight.rows, turned.rows, strict=True):
        assert lost(one) == lost(other)
        assert one.healthy_cc == pytest.approx(other.healthy_cc, abs=0.3)


@settings(max_examples=6, deadline=None)
@given(
    st.floats(-30.0, 30.0),
    st.floats(-105.0, -15.0),
    st.floats(4.0, 9.0),
    st.floats(0.0, 4.0),
    st.floats(0.0, 5.0),
)
def test_a_larger_tumour_or_margin_never_spares_more(
    aside: float, height: float, radius: float, wider: float, margin: float
) -> None:
    small = answered(margin, centre=(aside, 0.0, height), radii=(radius,) * 3)
    grown = answered(margin, centre=(aside, 0.0, height), radii=(radius + wider,) * 3)
    further = answered(margin + wider, centre=(aside, 0.0, height), radii=(radius,) * 3)
    for larger in (grown, further):
        assert _fewest_across(larger) >= _fewest_across(small)
        assert len(larger.first.lost) >= len(small.first.lost)


def _fewest_across(found: Sacrectomy) -> int:
    return min(len(row.lost) for row in found.rows if len(row.cuts) == 1)


def test_it_is_written_and_read_back() -> None:
    adapter = TypeAdapter(Sacrectomy)
    assert adapter.validate_json(adapter.dump_json(beside()), strict=True) == beside()


def test_the_approach_follows_the_rows_of_the_sacrum() -> None:
    assert [one.rules[0] for one in beside().approaches.choices if one.holds is Holds.YES] == ["APP-10"]
    high = answered(centre=(0.0, 0.0, -40.0), levels=(Level.S2,))
    assert [one.rules[0] for one in high.approaches.choices if one.holds is Holds.YES] == ["APP-09"]


# --- why there is none ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"levels": (Level.T8,)}, "does not lie in the sacrum"),
        ({"as_one": True}, "labelled as one"),
        ({"without": (Level.S5,)}, "S5 is missing"),
        ({"levels": (Level.L5, Level.S1)}, "reaches L5"),
        ({"centre": (0.0, 0.0, 0.0), "lumbar": True, "levels": (Level.S1,)}, "reaches L5"),
    ],
)
def test_without_an_answer_the_reason_and_the_remedy_are_told(given_: dict[str, object], words: str) -> None:
    found = sacrectomy(made(**given_), margin_mm=5.0)  # type: ignore[arg-type]
    assert isinstance(found, NoSacrectomy)
    assert words in found.reason
    assert found.remedy


def test_a_negative_margin_is_refused() -> None:
    with pytest.raises(RecordError, match="cannot be planned"):
        sacrectomy(made(), margin_mm=-1.0)
