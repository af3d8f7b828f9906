"""The curve of the column and the frames along it, against painted vertebrae whose axes are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case.anatomy import Level
from enbloc.case.image import Images
from enbloc.measure.spine.column import Column, column_of
from enbloc.measure.spine.curve import curve_of
from tests.measure.spine.painted import CANAL_BACK, Bone, Floats, Scan, centres, painted, rotation, straight

L = Level
BENT = [
    replace(bone, lean=lean, list=tilt, turn=turn)
    for bone, lean, tilt, turn in zip(
        straight(L.T11, L.T12, L.L1, L.L2),
        (18.0, 9.0, -3.0, -14.0),
        (8.0, 3.0, -2.0, -6.0),
        (5.0, 3.0, 0.0, -2.0),
        strict=True,
    )
]
SCANS = [
    Scan(),
    Scan(axes="RAI", tilt_deg=(6.0, -4.0, 9.0), phase=(0.3, 0.1, 0.45)),
    Scan(spacing=(3.0, 1.0, 1.0)),
    Scan(spacing=(2.0, 1.0, 1.5), axes="LSP"),
]


def canal_centres(bones: list[Bone]) -> Floats:
    return np.array([at + CANAL_BACK * bone.axes[1] for at, bone in zip(centres(bones), bones, strict=True)])


def angles(column: Column, bones: list[Bone]) -> Floats:
    """How far each frame is off: in the sagittal plane, in the coronal plane and about the axis, degrees."""
    off = []
    for bone in bones:
        turned = column.spine[bone.level].axes @ bone.axes.T
        off.append([turned[2, 1], turned[2, 0], turned[0, 1]])
    return np.abs(np.degrees(np.arcsin(off)))


@pytest.mark.parametrize(("scan", "with_canal"), [*((scan, True) for scan in SCANS), (SCANS[0], False)], ids=str)
def test_the_curve_runs_through_the_canal(scan: Scan, with_canal: bool) -> None:
    column = column_of(painted(BENT, scan, with_canal=with_canal))
    curve = column.curve
    assert curve is not None
    assert ("hole" in curve.method) == (not with_canal)

    wanted = canal_centres(BENT)
    stations = curve.stations(wanted)
    assert np.all(np.diff(stations) < 0.0)  # the first is nearest to the head
    for bone, place, station in zip(BENT, wanted, stations, strict=True):
        # A hole is the middle of its ring only, so that the curve may end a little before the last vertebra's middle.
        assert np.linalg.norm(curve.position(station) - place) < (1.0 if with_canal else 2.5)
        assert np.degrees(np.arccos(curve.tangent(station) @ bone.axes[2])) < 4.0  # the bones are chords of it
    steps = np.linalg.norm(np.diff(curve.points_mm, axis=0), axis=1)
    np.testing.assert_allclose(steps, np.diff(curve.stations_mm), rtol=0.01)


def test_its_frames_are_square_and_do_not_turn() -> None:
    curve = column_of(painted(BENT)).curve
    assert curve is not None
    for station in np.linspace(0.0, curve.length_mm, 23):
        frame = curve.frame(station)
        np.testing.assert_allclose(frame @ frame.T, np.eye(3), atol=1e-9)
        assert np.linalg.det(frame) == pytest.approx(1.0)
        assert frame[0, 0] > 0.97  # left stays left
    ahead, back, head = curve.axes[1:, 0], curve.axes[:-1, 1], curve.axes[:-1, 2]
    spin = (ahead * back).sum(axis=1)
    bend = np.linalg.norm(curve.axes[1:, 2] - head, axis=1)
    assert np.all(np.abs(spin) <= bend**2 + 1e-9)


def test_beyond_its_ends_it_runs_on_straight() -> None:
    curve = column_of(painted(BENT)).curve
    assert curve is not None
    ends = np.stack([curve.points_mm[0] - 7.0 * curve.axes[0, 2], curve.points_mm[-1] + 5.0 * curve.axes[-1, 2]])
    np.testing.assert_allclose(curve.stations(ends), [-7.0, curve.length_mm + 5.0], atol=1e-6)


def test_without_a_frame_it_runs_through_the_middles_of_two_vertebrae_and_not_of_one() -> None:
    middles = {L.T12: np.array([0.0, 0.0, 30.0]), L.L1: np.zeros(3)}
    curve = curve_of({}, middles)
    assert curve is not None
    assert curve.length_mm == pytest.approx(30.0)
    assert curve.method == "through the middles of the vertebrae"
    assert curve_of({}, {L.L1: np.zeros(3)}) is None


@pytest.mark.parametrize("scan", SCANS, ids=str)
def test_frames_are_those_of_the_vertebrae(scan: Scan) -> None:
    """The turn about the long axis, that of the mirror plane, within 1° also in slices of 3 mm."""
    off = angles(column_of(painted(BENT, scan)), BENT)
    coarse = max(scan.spacing) > 1.0
    assert off[:, 2].max() < 1.0
    assert off[:, :2].max() < (3.5 if coarse else 1.0)


EATEN = {
    "left half of the body": lambda x, y, z: (x > 0.0) & (y < 15.0),
    "left wall and pedicle": lambda x, y, z: (x > 8.0) & (y < 34.0),
    "left front": lambda x, y, z: (x > 0.0) & (y < 0.0),
    "upper left third": lambda x, y, z: (x > 5.0) & (y < 15.0) & (z > -6.0),
    "left half of the arch": lambda x, y, z: (x > 0.0) & (y > 22.0),
    "whole arch": lambda x, y, z: y > 24.0,
    "spinous process": lambda x, y, z: y > 41.0,
}


@pytest.mark.parametrize(("what", "turn"), [(what, (6.0, -10.0)[at % 2]) for at, what in enumerate(EATEN)])
def test_what_is_missing_on_one_side_does_not_turn_the_frame(what: str, turn: float) -> None:
    """Measured: 1.9° at most; by the middle of the body alone half a body turned its frame by 22°."""
    middle = replace(BENT[2], lean=0.0, list=0.0, turn=turn, gone=EATEN[what])
    bones = [*straight(L.T12), middle, *straight(L.L2)]
    column = column_of(painted(bones))

    assert angles(column, bones)[1].max() < 2.0
    own = column.spine[L.L1].origin @ middle.axes.T
    assert abs(own[0]) < 1.5, "the origin lies in the mirror plane"


def test_a_vertebra_with_an_open_ring_takes_its_canal_from_those_beside_it() -> None:
    bones = [replace(bone, turn=0.0) for bone in BENT]
    bones[1] = replace(bones[1], gone=EATEN["left half of the arch"])
    column = column_of(painted(bones, with_canal=False))

    one = column.spine[bones[1].level]
    assert one.notes == ("canal swept between the holes of L1 and T11",)
    assert angles(column, bones)[1].max() < 3.0
    assert np.linalg.norm(one.origin + one.hole_mm @ one.axes - canal_centres(bones)[1]) < 4.0


def test_an_open_ring_at_the_end_is_not_extrapolated() -> None:
    bones = [replace(BENT[0], gone=EATEN["left half of the arch"]), *BENT[1:]]
    column = column_of(painted(bones, with_canal=False))
    assert "no closed ring of bone" in column.frameless[L.T11]
    assert column.curve is not None


def test_a_cut_vertebra_leans_as_the_canal_beside_it_does() -> None:
    bones = [replace(bone, list=0.0, turn=0.0) for bone in BENT]
    above = centres(bones)[0][2] - 4.0
    column = column_of(painted(bones, Scan(cut_above_mm=above)))

    assert "upper" in column.spine[L.T11].crop.cut
    assert angles(column, bones)[0, 0] < 6.0  # it was 20° off by the middle of what is left of it
    assert column.spine[L.T11].upper is None
    assert column.spine[L.T11].lower is not None


def turned(images: Images, degrees: tuple[float, float, float]) -> Images:
    """The patient turned in space, with the grid."""
    one = images.labels["v"]
    turn = np.eye(4)
    turn[:3, :3] = rotation(degrees)
    return replace(images, labels={"v": replace(one, grid=replace(one.grid, affine=turn @ one.grid.affine))})


def test_frames_turn_with_the_patient() -> None:
    plain = painted(BENT)
    here, there = column_of(plain), column_of(turned(plain, (10.0, -8.0, 12.0)))
    for level, one in here.spine.items():
        np.testing.assert_allclose(there.spine[level].axes, one.axes @ rotation((10.0, -8.0, 12.0)).T, atol=0.01)
