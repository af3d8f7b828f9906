"""A sheet is where its plane meets bone, and ends where its blade does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import Level
from enbloc.case.geometry import PATIENT, Plane, Point
from enbloc.errors import FrameMismatchError
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.solids.fate import Fate
from enbloc.plan.solids.framed import cut_in, framed_cuts
from enbloc.plan.solids.parameters import RIM
from enbloc.plan.solids.sheets import all_sheets, sheets_of
from tests.plan.solids import phantoms as made


def test_the_sheet_through_a_block_is_its_section() -> None:
    (sheet,) = sheets_of(made.solid_block(), made.front_of_block())

    assert sheet.area_mm2 == pytest.approx(600.0, rel=0.01)
    ((outer,),) = sheet.islands
    np.testing.assert_allclose(outer[:, 1], 2.0, atol=1e-9)
    np.testing.assert_allclose(np.abs(outer).max(axis=0), [15.0, 2.0, 10.0], atol=0.15)
    np.testing.assert_allclose(np.abs(sheet.points).max(axis=0)[[0, 2]], [15 + RIM.number, 10 + RIM.number], atol=0.3)
    a, b, c = (sheet.points[sheet.triangles[:, at]] for at in range(3))
    shown = np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2.0
    assert 600.0 < shown <= 36.0 * 26.0


def test_a_sheet_ends_at_its_half_spaces_and_at_the_other_blades() -> None:
    above, left = sheets_of(made.solid_block(), made.quarter_of_block())

    assert left.area_mm2 == pytest.approx(11 * 24, rel=0.01)
    assert above.area_mm2 == pytest.approx(19 * 24, rel=0.01)
    assert min(line[:, 0].min() for line in left.islands[0]) == pytest.approx(4.0, abs=1e-3)


@pytest.mark.parametrize("tilt_deg", [0.0, 0.001, 0.5, 1.3, 2.0])
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_border_that_is_nearly_parallel_takes_nothing_that_lies_before_it(tilt_deg: float, side: float) -> None:
    # The border lies 26 mm off: tilted by a degree it meets the plane of the sheet a metre and more away.
    turn = side * np.radians(tilt_deg)
    border = Plane(point_mm=(0.0, -24.0, 0.0), normal=(float(np.sin(turn)), float(np.cos(turn)), 0.0))
    (cut,) = made.front_of_block().cuts
    (sheet,) = sheets_of(made.solid_block(), Piece(name="front", cuts=(cut,), limits=(border,)))

    assert sheet.area_mm2 == pytest.approx(600.0, rel=0.01)


def test_a_cut_beside_the_bone_has_no_islands_and_is_shown_as_wide_as_it() -> None:
    beside = made.plane_cut("beside", (0.0, 14.0, 0.0), (0.0, 1.0, 0.0))
    piece = Piece(name="all", cuts=(beside,))
    (sheet,) = sheets_of(made.solid_block(), piece)

    assert not sheet.is_in_bone
    assert sheet.area_mm2 == 0.0
    np.testing.assert_allclose(np.ptp(sheet.points, axis=0), [30.0, 0.0, 20.0], atol=0.3)


def test_a_blade_takes_its_sheet_times_its_kerf() -> None:
    bone = made.solid_spine()
    piece = made.body_piece(bone.column)
    blades = {one.cut: one.volume_mm3 for one in bone.cut((piece,)) if one.fate is Fate.BLADE}

    for sheet in all_sheets(bone, (piece,)):
        # Blades meet in corners, where what both would take is the first one's.
        share = blades[sheet.cut.name] / (sheet.area_mm2 * sheet.cut.kerf_mm)
        assert share == pytest.approx(1.0, abs=0.1) if sheet.cut.name == "cranial cut" else 0.75 < share < 1.05


@settings(max_examples=20, deadline=None)
@given(st.tuples(*[st.floats(-60.0, 60.0)] * 3), st.floats(-4.0, 4.0))
def test_both_frames_say_the_same_of_every_point(place: tuple[float, float, float], move: float) -> None:
    column = made.spine()
    for cut in framed_cuts(column, made.LEVELS, (made.body_piece(column, move_mm=move),)):
        own = cut.pose.inverse @ Point(xyz_mm=place)
        assert cut.own.plane.frame == cut.pose.child
        assert cut.patient.plane.frame == PATIENT
        for there, here in ((cut.patient.plane, cut.own.plane), *zip(cut.patient.within, cut.own.within, strict=True)):
            expected = there.distance_mm(np.array([place]))
            np.testing.assert_allclose(here.distance_mm(np.array([own.xyz_mm])), expected, atol=1e-6)


def test_a_cut_belongs_to_the_vertebra_whose_bone_it_meets_most() -> None:
    column = made.spine()
    upper = column.spine[Level.T7]
    x, y, z = column.spine[Level.T8].inside(upper.origin[None])[0]
    piece = Piece(
        name="two",
        cuts=(
            made.own_cut(column, "in T8", (0.0, 0.0, 2.0), (0.0, 0.0, -1.0)),
            made.own_cut(column, "in T7", (float(x), float(y), float(z)), (0.0, 0.0, 1.0)),
        ),
    )
    assert [cut.level for cut in framed_cuts(column, made.LEVELS, (piece,))] == [Level.T8, Level.T7]


def test_a_plane_of_another_frame_is_refused() -> None:
    (cut, *_) = framed_cuts(made.spine(), made.LEVELS, (made.body_piece(made.spine()),))
    with pytest.raises(FrameMismatchError):
        cut_in(cut.own, cut.pose)
