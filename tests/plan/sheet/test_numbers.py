"""The numbers of the cut sheet: known where the cut was placed, the same in a tilted scan, and mirrored with sides."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, SAC, Level, Side
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.exchange.document import from_json, to_json
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.sheet.landmarks import (
    Landmarks,
    beside,
    landmarks_of,
    nearest_step,
    step_down,
    to_endplate,
    to_midline,
)
from enbloc.plan.sheet.numbers import cut_numbers
from enbloc.plan.sheet.values import Beside, CutNumbers, NearStructure, Tilt, Way, Wound
from tests.plan.solids import phantoms as made
from tests.plan.solids.plans import of

STEP, VOXEL = 0.5, 2.0
SWAPPED = {Way.LEFT: Way.RIGHT, Way.RIGHT: Way.LEFT, Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@cache
def _sagittal(
    lean: float = 0.0, *, mirrored: bool = False, tilt_deg: Triple = (0.0, 0.0, 0.0), wound: Wound = Wound.POSTERIOR
) -> tuple[CutNumbers, ...]:
    column = made.spine(mirrored=mirrored, tilt_deg=tilt_deg)
    piece = made.sagittal_piece(column, sign=-1.0 if mirrored else 1.0, lean=lean)
    return cut_numbers(of(piece, mirrored=mirrored, tilt_deg=tilt_deg), column, wound=wound)


def _landmarks() -> Landmarks:
    return landmarks_of(made.spine(), Level.T8)


def test_a_sagittal_cut_is_told_where_it_was_placed() -> None:
    cut = _sagittal()[0]

    assert (cut.cut, cut.level, cut.entered_from) == ("sagittal cut", Level.T8, Way.BACK)
    assert cut.to_midline == Tilt(deg=0.0)
    assert all(entry.midline == beside(7.0, Way.LEFT, Way.RIGHT) for run in cut.runs for entry in run.entries)
    assert {entry.place for entry in cut.runs[0].entries} == {"met first", "head end", "foot end"}


def test_its_depth_and_length_are_those_of_the_bone_in_its_plane() -> None:
    cut, one = _sagittal()[0], made.spine().spine[Level.T8]
    own = one.own_mm[np.abs(one.own_mm[:, 0] - 7.0) < 1.0]
    deep, tall = np.ptp(own[:, 1]) + 2.0, np.ptp(own[:, 2]) + 2.0

    assert cut.depth_mm is not None
    assert deep - 2.5 <= cut.depth_mm <= deep + 0.5
    assert tall - 2.5 <= sum(run.length_mm for run in cut.runs) <= 2 * tall
    first = min(cut.runs, key=lambda run: -run.entries[0].own_mm[1])
    assert first.entries[0].own_mm[1] == pytest.approx(own[:, 1].max() + 1.0, abs=1.5)


def test_the_distances_of_an_entry_are_those_to_the_landmarks() -> None:
    marks = _landmarks()
    assert marks.tip is not None
    assert marks.base is not None
    assert marks.upper is not None
    assert marks.lower is not None
    upper = made.spine().spine[Level.T8].upper
    assert upper is not None
    for run in _sagittal()[0].runs:
        for entry in run.entries:
            own, patient = np.array(entry.own_mm), np.array(entry.patient_mm)
            assert entry.spinous_tip_mm == pytest.approx(float(np.linalg.norm(own - marks.tip)), abs=0.4)
            assert entry.spinous_base_mm == pytest.approx(float(np.linalg.norm(own - marks.base)), abs=0.4)
            assert entry.facet is not None
            assert entry.facet.side is Side.LEFT
            assert entry.facet.mm == pytest.approx(float(np.linalg.norm(own - marks.facets[Side.LEFT])), abs=0.4)
            above = float((patient - upper.centre_mm) @ upper.normal)
            assert entry.upper is not None
            assert entry.upper.mm == pytest.approx(abs(above), abs=0.4)
            assert entry.upper.way is (None if entry.upper.mm == 0 else Way.HEAD if above > 0 else Way.FOOT)


def test_the_landmarks_lie_where_a_hand_would_find_them() -> None:
    marks, one = _landmarks(), made.spine().spine[Level.T8]
    assert marks.tip is not None
    assert marks.base is not None

    assert marks.tip[1] > marks.base[1] > one.hole_mm[1]
    assert abs(marks.tip[0]) < 1.5
    assert marks.facets[Side.LEFT][0] > one.half_width_mm
    assert marks.facets[Side.RIGHT][0] < -one.half_width_mm
    assert marks.notes == ()
    assert replace(marks, tip=None, facets={}).notes == (
        "The spinous process of T8: not known.",
        "The facets of T8: not known.",
    )


@pytest.mark.parametrize(("lean", "towards"), [(0.3, Way.RIGHT), (-0.3, Way.LEFT)])
def test_a_sheet_that_leans_says_to_which_side(lean: float, towards: Way) -> None:
    # normal (-1, lean, 0): on the way forward, -y, the sheet moves by -lean along x.
    cut = _sagittal(lean)[0]
    assert cut.to_midline == Tilt(deg=round(math.degrees(math.atan(0.3))), towards=towards, along=Way.FRONT)


def test_angles_of_planes_are_plain_trigonometry() -> None:
    up = np.array([0.0, 0.0, 1.0])
    for deg in (10.0, 45.0, 80.0):
        sine, cosine = math.sin(math.radians(deg)), math.cos(math.radians(deg))
        assert to_endplate(np.array([0.0, sine, cosine]), up) == Tilt(deg=deg, towards=Way.FRONT)
        assert to_endplate(np.array([0.0, -sine, cosine]), up) == Tilt(deg=deg, towards=Way.BACK)
        assert to_endplate(-np.array([-sine, 0.0, cosine]), up) == Tilt(deg=deg, towards=Way.LEFT)
        assert to_midline(np.array([cosine, 0.0, sine])) == Tilt(deg=deg, towards=Way.RIGHT, along=Way.HEAD)
        assert to_midline(np.array([cosine, sine, 0.0])) == Tilt(deg=deg, towards=Way.LEFT, along=Way.FRONT)
    assert to_endplate(up, up) == Tilt(deg=0.0)
    assert to_midline(up) == Tilt(deg=90.0)


def test_numbers_are_rounded_as_the_sheet_says() -> None:
    assert [nearest_step(mm) for mm in (0.24, 0.25, 0.74, 12.0)] == [0.0, 0.5, 0.5, 12.0]
    assert [step_down(mm) for mm in (0.49, 0.5, 0.99, 12.0)] == [0.0, 0.5, 0.5, 12.0]
    assert beside(-0.2, Way.LEFT, Way.RIGHT).way is None


def _mirrored(held: Any) -> Any:
    """The same value for a mirrored patient, its places aside."""
    if isinstance(held, Enum):
        return SWAPPED.get(held, held)
    if is_dataclass(held):
        return {each.name: _mirrored(getattr(held, each.name)) for each in fields(held) if each.name[-6:] != "own_mm"}
    if isinstance(held, tuple):
        return [_mirrored(item) for item in held]
    if isinstance(held, str):
        return held.replace("left", "_").replace("right", "left").replace("_", "right")
    return held


def _plain(held: Any) -> Any:
    if is_dataclass(held):
        return {each.name: _plain(getattr(held, each.name)) for each in fields(held)}
    return [_plain(item) for item in held] if isinstance(held, tuple) else held


def _same(mine: Any, other: Any, mm: float) -> None:
    """Alike, where numbers may lie ``mm`` apart (and areas as much along their rim)."""
    if isinstance(mine, dict) and set(mine) == {"mm", "way"}:
        signs = [1.0 if each["way"] in {Way.HEAD, Way.LEFT, None} else -1.0 for each in (mine, other)]
        assert signs[0] * mine["mm"] == pytest.approx(signs[1] * other["mm"], abs=mm)
    elif isinstance(mine, dict):
        for key in mine:
            if key == "area_mm2":
                assert mine[key] == pytest.approx(other[key], rel=0.1)
            elif key not in {"own_mm", "patient_mm"}:
                # A place on a flat face, and a length, may lie a voxel off: depths and angles do not.
                _same(mine[key], other[key], VOXEL if key in {"entries", "length_mm"} else mm)
    elif isinstance(mine, list):
        assert len(mine) == len(other)
        for one, its in zip(mine, other, strict=True):
            _same(one, its, mm)
    elif isinstance(mine, float):
        assert mine == pytest.approx(other, abs=mm)
    else:
        assert mine == other


def test_a_mirrored_patient_has_the_same_numbers_with_sides_swapped() -> None:
    for lean in (0.0, 0.3):
        mine, other = _sagittal(lean)[0], _sagittal(lean, mirrored=True)[0]
        assert mine.runs
        _same(_mirrored(mine), _plain(other), STEP)


def test_a_tilted_scan_gives_the_same_numbers_within_a_voxel() -> None:
    straight, tilted = _sagittal(0.3)[0], _sagittal(0.3, tilt_deg=(12.0, 0.0, 7.0))[0]

    assert straight.depth_mm == pytest.approx(tilted.depth_mm, abs=2.0)
    assert straight.to_midline.towards is tilted.to_midline.towards
    assert straight.to_midline.deg == pytest.approx(tilted.to_midline.deg, abs=1.0)
    for mine, other in zip(straight.runs[0].entries, tilted.runs[0].entries, strict=True):
        assert mine.place == other.place
    first, again = (numbers.runs[0].entries[0] for numbers in (straight, tilted))
    assert first.midline.mm == pytest.approx(again.midline.mm, abs=2.0)
    assert first.spinous_base_mm == pytest.approx(again.spinous_base_mm, abs=3.0)


def test_from_the_front_the_blade_meets_the_body_first() -> None:
    back, front = _sagittal()[0], _sagittal(wound=Wound.ANTERIOR)[0]

    assert front.entered_from is Way.FRONT
    assert front.runs[0].entries[0].own_mm[1] < -10.0
    assert front.depth_mm == back.depth_mm


def test_a_sheet_that_faces_the_approach_is_told_from_its_upper_edge() -> None:
    column = made.spine()
    numbers = cut_numbers(of(made.body_piece(column)), column)
    pedicle = numbers[2]

    assert pedicle.entered_from is Way.HEAD
    assert "The sheet faces the approach: it is told from its upper edge." in pedicle.notes
    assert pedicle.to_midline.deg == 90.0
    run = pedicle.runs[0]
    assert run.entries[0].own_mm[2] == pytest.approx(max(entry.own_mm[2] for entry in run.entries), abs=0.3)


def test_a_cut_that_meets_no_bone_says_so() -> None:
    column = made.spine()
    one = column.spine[Level.T8]
    far = made.own_cut(column, "far", (0.0, one.hole_mm[1] + 80.0, 0.0), (0.0, 1.0, 0.0))
    (cut,) = cut_numbers(of(Piece(name="all", cuts=(far,))), column)

    assert cut.runs == ()
    assert cut.depth_mm is None
    assert cut.length_mm == 0.0
    assert "The sheet meets no bone." in cut.notes


def test_the_nearest_structure_is_rounded_down_and_what_is_not_labelled_is_told() -> None:
    column = made.spine()
    near = (
        Clearance(structure=CORD, at_least_mm=1.0, mm=4.9, is_labelled=True, is_shielded=False),
        Clearance(structure=SAC, at_least_mm=1.0, mm=None, is_labelled=False, is_shielded=True),
    )
    cut = cut_numbers(of(made.sagittal_piece(column)), column, clearances={"sagittal cut": near})[0]

    assert cut.nearest == NearStructure(structure=CORD, mm=4.5, is_shielded=False)
    assert f"How near it comes to the {SAC} is not known: that is not labelled." in cut.notes
    assert "How near it comes to a structure was not asked." in _sagittal()[0].notes


def test_the_sheet_is_written_and_read_back() -> None:
    for cut in _sagittal(0.3):
        assert from_json(CutNumbers, to_json(cut)) == cut


def _through(
    level_mm: float,
    tilt: Triple = (0.0, 0.0, 1.0),
    *,
    mirrored: bool = False,
    wound: Wound = Wound.POSTERIOR,
) -> CutNumbers:
    """One cut above the body of T8, ``level_mm`` above the middle of its upper endplate."""
    column = made.spine(mirrored=mirrored)
    one = column.spine[Level.T8]
    assert one.upper is not None
    x, y, z = one.inside(one.upper.centre_mm[None])[0]
    cut = made.own_cut(column, "cranial cut", (float(x), float(y), float(z) + level_mm), tilt)
    return cut_numbers(of(Piece(name="all", cuts=(cut,)), mirrored=mirrored), column, wound=wound)[0]


def test_a_cut_through_a_disc_is_told_from_both_endplates() -> None:
    cut, column = _through(2.0), made.spine()
    disc = cut.disc
    lower, upper = column.spine[Level.T7].lower, column.spine[Level.T8].upper
    assert disc is not None
    assert lower is not None
    assert upper is not None
    middle, back = disc.places

    assert (disc.upper, disc.lower) == (Level.T7, Level.T8)
    assert middle.place == "middle of the disc"
    # Along the normal of the endplate, which leans a little against the frame.
    assert middle.below is not None
    assert middle.below.way is Way.HEAD
    assert middle.below.mm == pytest.approx(2.0, abs=0.5)
    assert middle.above is not None
    assert middle.above.way is Way.FOOT
    apart = float((lower.centre_mm - upper.centre_mm) @ upper.normal)
    assert middle.above.mm + middle.below.mm == pytest.approx(apart, abs=1.0)
    np.testing.assert_allclose(back.own_mm[:2], (0.0, column.spine[cut.level].back_mm), atol=0.1)


def test_a_tilted_cut_through_a_disc_lies_elsewhere_at_the_back() -> None:
    # The normal leans to the back, so that the sheet sinks towards the back.
    disc = _through(3.0, (0.0, math.sin(math.radians(8.0)), math.cos(math.radians(8.0)))).disc
    assert disc is not None
    middle, back = disc.places
    assert middle.below is not None
    assert back.below is not None

    deep = back.own_mm[1] - middle.own_mm[1]
    sunk = middle.own_mm[2] - back.own_mm[2]
    assert sunk == pytest.approx(deep * math.tan(math.radians(8.0)), abs=0.2)
    signed = [one.mm * (1.0 if one.way is Way.HEAD else -1.0) for one in (middle.below, back.below)]
    assert signed[1] < signed[0] - 0.5
    assert disc.to_below is not None
    assert disc.to_below.deg == pytest.approx(8.0, abs=3.0)


def test_from_the_front_a_disc_is_told_at_its_front_edge() -> None:
    lean = (0.0, math.sin(math.radians(8.0)), math.cos(math.radians(8.0)))
    disc, front = (_through(3.0, lean, wound=wound).disc for wound in (Wound.POSTERIOR, Wound.ANTERIOR))
    assert disc is not None
    assert front is not None

    assert [place.place for place in front.places] == ["middle of the disc", "front edge, midline"]
    assert front.places[0] == disc.places[0]
    # The sheet sinks towards the back: it lies higher in front.
    assert front.places[1].own_mm[1] < disc.places[0].own_mm[1] < disc.places[1].own_mm[1]
    assert front.places[1].own_mm[2] > disc.places[0].own_mm[2] > disc.places[1].own_mm[2]


def test_a_cut_at_the_side_of_a_disc_or_through_a_body_meets_none() -> None:
    assert _sagittal()[0].disc is None
    assert _through(-8.0).disc is None
    column = made.spine()
    assert all(cut.disc is None for cut in cut_numbers(of(made.body_piece(column)), column)[2:])


def test_a_cut_across_a_disc_is_not_told_from_its_endplates() -> None:
    column = made.spine()
    upper = column.spine[Level.T8].upper
    assert upper is not None
    # Through the middle of the disc, but upright: 80 degrees to the endplate.
    turn = math.radians(80.0)
    point = column.spine[Level.T8].inside((upper.centre_mm + upper.normal)[None])[0]
    cut = made.own_cut(column, "upright", triple(point), (math.sin(turn), 0.0, math.cos(turn)))
    assert cut_numbers(of(Piece(name="all", cuts=(cut,))), column)[0].disc is None


def test_a_disc_at_the_end_of_what_is_labelled_is_told_from_the_endplate_that_is_known() -> None:
    column = made.spine()
    one = column.spine[Level.T7]
    assert one.upper is not None
    above = one.upper.centre_mm + 3.0 * one.upper.normal
    plane = Plane(point_mm=triple(above), normal=triple(one.upper.normal))
    # Nothing but T7 lies on the specimen's side, so that the cut is told in T7.
    below = made.own_cut(column, "caudal cut", (0.0, 0.0, column.spine[Level.T8].high_mm + 2.0), (0.0, 0.0, -1.0))
    cut = FixedCut(name="cranial cut", plane=plane, kerf_mm=1.0)
    disc = cut_numbers(of(Piece(name="all", cuts=(cut, below))), column)[0].disc
    assert disc is not None

    assert (disc.upper, disc.lower) == (None, Level.T7)
    assert disc.places[0].above is None
    assert disc.places[0].below == Beside(mm=3.0, way=Way.HEAD)
    assert disc.to_below == Tilt(deg=0.0)


def test_a_cut_that_meets_neither_bone_nor_disc_says_that_it_cannot_be_found() -> None:
    column = made.spine()
    far = made.own_cut(column, "far", (0.0, column.spine[Level.T8].hole_mm[1] + 80.0, 0.0), (0.0, 1.0, 0.0))
    (cut,) = cut_numbers(of(Piece(name="all", cuts=(far,))), column)

    assert cut.disc is None
    assert any(note.startswith("Nothing on this sheet says where to find this cut") for note in cut.notes)
    assert not any("Nothing" in note for note in _through(2.0).notes)


def test_a_mirrored_disc_has_the_same_numbers() -> None:
    mine, other = _through(2.0).disc, _through(2.0, mirrored=True).disc
    assert mine is not None
    assert other is not None
    _same(_mirrored(mine), _plain(other), STEP)
