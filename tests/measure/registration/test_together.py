"""Examinations in frames of their own, brought into one: what is carried, how exactly, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CANAL, CORD, Level, Structure, StructureKind, vertebra
from enbloc.case.case import Case, ImageFile
from enbloc.case.finding import Finding
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality
from enbloc.measure.registration.rigid import STAY, Motion
from enbloc.measure.registration.together import brought_together, residuals
from tests.measure.registration.moving import labelled, motion, solids

Floats = NDArray[np.float64]
ABOVE, BELOW = Level.T8, Level.T9
WAY = motion(5.0)
TUBE_MM, TUBE_BACK_MM, HALF_LENGTH_MM = 5.0, 22.0, 9.0
CASE = Case(
    id="x",
    images={
        "ct": ImageFile(file="ct.nii.gz", modality=Modality.CT),
        "t2": ImageFile(file="t2.nii.gz", modality=Modality.MR),
    },
    lesions=(Lesion(id="A", levels=(ABOVE,)),),
)


def middle(level: Level) -> Floats:
    shape = solids()[level]
    return np.asarray((shape.low + shape.high) / 2.0, dtype=np.float64)


def from_tube(level: Level, before: Floats) -> tuple[Floats, Floats]:
    """How far points lie outside of a straight tube beside a vertebra: of its wall, and of its two ends; mm."""
    off = before - np.array([0.0, TUBE_BACK_MM, middle(level)[2]])
    return np.hypot(off[:, 0], off[:, 1]) - TUBE_MM, np.abs(off[:, 2]) - HALF_LENGTH_MM


def tubes(grid: Grid, moves: Mapping[Level, Motion]) -> NDArray[np.uint8]:
    """A piece of cord beside each vertebra that moved as it did."""
    points = grid.points_mm(np.indices(grid.shape).reshape(3, -1).T)
    drawn = np.zeros(len(points), np.uint8)
    for level, moved in moves.items():
        wall, ends = from_tube(level, moved.inverse.moved(points))
        drawn[(wall < 0) & (ends < 0)] = 1
    return drawn.reshape(grid.shape)


@cache
def planning() -> Images:
    """The CT of two vertebrae."""
    return on_scan(labelled({ABOVE: STAY, BELOW: STAY}), "ct", Modality.CT)


def on_scan(images: Images, role: str, modality: Modality) -> Images:
    drawn = images.labels["vertebrae"]
    scan = Volume(
        voxels=np.zeros(drawn.grid.shape, np.int16), grid=drawn.grid, modality=modality, document=f"{role}.nii"
    )
    return Images(volumes={role: scan}, labels={f"{role}-bone": replace(drawn, on=role, document=f"{role}-bone.nii")})


def examined(moves: Mapping[Level, Motion]) -> Images:
    """An MR of both vertebrae, each after its own motion, with the cord that went with them."""
    mr = on_scan(labelled(moves, spacing=(2.0, 1.1, 1.1)), "t2", Modality.MR)
    grid = mr.volumes["t2"].grid
    cord = LabelMap(labels=tubes(grid, moves), grid=grid, names={1: CORD}, on="t2", document="cord.nii")
    return replace(mr, labels={**mr.labels, "t2-cord": cord})


@cache
def still() -> Images:
    """An MR of the same column in the same place, and in a frame of its own."""
    return examined({ABOVE: STAY, BELOW: STAY})


@cache
def turned() -> Images:
    """An MR of a patient who lay otherwise, both vertebrae alike."""
    return examined({ABOVE: WAY, BELOW: WAY})


def brought(apart: Images, main: Images | None = None) -> Images:
    return brought_together(CASE, replace(main or planning(), apart={"t2": apart}))


def cubic_centimetres(labels: LabelMap, named: Structure) -> float:
    return float(labels.mask(named).sum()) * labels.grid.voxel_cc


@cache
def bent() -> tuple[Images, Images]:
    """Two vertebrae that moved differently, and the same brought together."""
    apart = examined({ABOVE: motion(8.0), BELOW: motion(3.0, (1.0, 0.0, 0.0), (7.0, -6.0, 3.0))})
    return apart, brought(apart)


def test_what_moved_with_each_vertebra_is_carried_within_half_a_voxel_and_the_residual() -> None:
    _, whole = bent()
    cord = whole.labels["t2-cord"]
    points = cord.grid.points_mm(np.argwhere(cord.mask(CORD)))
    half = 0.5 * np.linalg.norm(cord.grid.spacing_mm)
    for level in (ABOVE, BELOW):
        wall, ends = from_tube(level, points[np.abs(points[:, 2] - middle(level)[2]) < 14.0])
        assert wall.max() <= half + cord.error_mm
        assert ends.max() <= half + cord.error_mm
        assert wall.min() < -TUBE_MM + 1.0


def test_carrying_keeps_the_volume() -> None:
    apart, whole = bent()
    before = cubic_centimetres(apart.labels["t2-cord"], CORD)
    assert cubic_centimetres(whole.labels["t2-cord"], CORD) == pytest.approx(before, rel=0.02)


def test_a_carried_label_keeps_its_voxels_its_scan_and_says_how_far_it_may_be_off() -> None:
    apart, whole = bent()
    cord = whole.labels["t2-cord"]
    assert cord.grid.spacing_mm == apart.labels["t2-cord"].grid.spacing_mm
    assert cord.grid.is_same_as(whole.volumes["t2"].grid)
    assert cord.on == "t2"
    assert 0.0 < cord.error_mm < 1.0
    assert cord.error_mm >= max(join.residual_mm for join in whole.joins)
    assert dict(whole.apart) == {}
    assert any("laid onto the main frame" in line and "cord" in line for line in whole.said)


def test_a_patient_who_lay_still_has_no_voxel_drawn_anew() -> None:
    apart = turned()
    whole = brought(apart)
    found, given = whole.labels["t2-cord"], apart.labels["t2-cord"]
    moved = np.mean(found.labels != given.labels) * found.labels.size / given.labels.sum()
    assert moved < 0.02
    shift = found.grid.points_mm(np.argwhere(found.labels)).mean(axis=0)
    back = WAY.inverse.moved(given.grid.points_mm(np.argwhere(given.labels))).mean(axis=0)
    assert np.linalg.norm(shift - back) < 0.3


def test_the_residual_of_each_level_is_a_finding() -> None:
    _, whole = bent()
    found = list(residuals(whole))
    assert [(one.fact, one.about) for one in found] == [
        (fact.REGISTRATION_RESIDUAL.id, "T8"),
        (fact.REGISTRATION_RESIDUAL.id, "T9"),
    ]
    for one in found:
        assert isinstance(one, Finding)
        assert one.interval is not None
        assert one.value <= one.interval.high
        assert one.source.at_mm is not None
        assert one.notes[0].startswith("t2, moved onto it")
        assert one.source.shows is not None
        assert {mark.words for mark in one.source.marks} == {
            f"{one.about} as labelled here",
            f"{one.about} of the other scan",
        }


def test_bringing_together_twice_changes_nothing() -> None:
    _, whole = bent()
    assert brought_together(CASE, whole) is whole


def test_images_with_nothing_apart_come_back_as_they_are() -> None:
    assert brought_together(CASE, planning()) is planning()


def test_the_cord_of_a_ct_gives_way_to_that_of_the_mr_and_its_canal_stays_whole() -> None:
    ct = planning()
    grid = ct.volumes["ct"].grid
    drawn = tubes(grid, {ABOVE: STAY, BELOW: STAY})
    drawn[drawn > 0] = 2
    drawn[:, : grid.shape[1] // 2] = np.where(drawn[:, : grid.shape[1] // 2] > 0, 3, 0)
    canal = LabelMap(labels=drawn, grid=grid, names={2: CORD, 3: CANAL}, on="ct", document="canal.nii")
    whole = brought(bent()[0], replace(ct, labels={**ct.labels, "canal": canal}))
    assert whole.map_of(CORD) is whole.labels["t2-cord"]
    assert CORD not in whole.labels["canal"].boxes
    assert whole.labels["canal"].mask(CANAL).sum() == (drawn > 0).sum()


def test_what_the_main_examination_has_or_what_does_not_move_with_the_column_is_left_and_listed() -> None:
    aorta = Structure(kind=StructureKind.AORTA)
    given = turned()
    vessel = replace(given.labels["t2-cord"], names={1: aorta, 2: CORD})
    whole = brought(replace(given, labels={**given.labels, "t2-cord": vessel}))
    assert aorta not in {named for labels in whole.labels.values() for named in labels.boxes}
    assert [(one.what, one.why) for one in whole.unused] == [
        ("t2.nii: aorta", "it does not move with the column, so it is not carried over")
    ]


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_an_examination_without_vertebrae_stays_apart_with_the_reason() -> None:
    whole = brought(replace(still(), labels={"t2-cord": still().labels["t2-cord"]}))
    assert list(whole.apart) == ["t2"]
    assert (list(whole.volumes), list(whole.labels)) == (["ct"], ["ct-bone"])
    assert {one.what for one in whole.unused} == {"t2.nii", "cord.nii"}
    assert "no vertebra is labelled on it" in whole.unused[0].why


def test_an_examination_of_other_levels_stays_apart() -> None:
    apart = still()
    bone = replace(apart.labels["t2-bone"], names={1: vertebra(Level.L3), 2: vertebra(Level.L4)})
    whole = brought(replace(apart, labels={**apart.labels, "t2-bone": bone}))
    assert list(whole.apart) == ["t2"]
    assert "it has L3 L4, the main frame T8 T9" in whole.unused[0].why


def test_an_examination_whose_levels_are_misnamed_stays_apart() -> None:
    apart = turned()
    bone = replace(apart.labels["t2-bone"], names={1: vertebra(BELOW), 2: vertebra(Level.T10)})
    whole = brought(replace(apart, labels={**apart.labels, "t2-bone": bone}))
    assert list(whole.apart) == ["t2"]
    assert "one level above" in whole.unused[0].why
    assert all(join.why for join in whole.joins)
    assert [one.about for one in residuals(whole)] == ["T9"]


@pytest.mark.parametrize("left", ["one slice", "one voxel"])
def test_hardly_any_label_of_a_vertebra_is_refused_and_breaks_nothing(left: str) -> None:
    apart = still()
    bone = apart.labels["t2-bone"]
    middle = bone.grid.shape[0] // 2
    labels = np.zeros_like(bone.labels)
    if left == "one slice":
        labels[middle] = bone.labels[middle]
    else:
        labels[middle, 9, 9] = 1
    whole = brought(replace(apart, labels={**apart.labels, "t2-bone": replace(bone, labels=labels)}))
    assert list(whole.apart) == ["t2"]
    assert "its vertebrae do not fit" in whole.unused[0].why
    assert list(whole.volumes) == ["ct"]


def test_a_vertebra_that_does_not_fit_is_named_and_the_others_carry() -> None:
    apart = turned()
    bone = apart.labels["t2-bone"]
    labels = np.where(bone.labels == 1, 1, 0).astype(np.uint8)
    low = bone.boxes[vertebra(BELOW)][0].start + 6
    labels[low] = np.where(bone.labels[low] == 2, 2, labels[low])
    whole = brought(replace(apart, labels={**apart.labels, "t2-bone": replace(bone, labels=labels)}))
    assert dict(whole.apart) == {}
    assert "T9 was not used to lay it onto the main frame: one of its labels holds only" in whole.said[-1]
    points = whole.labels["t2-cord"].grid.points_mm(np.argwhere(whole.labels["t2-cord"].mask(CORD)))
    assert from_tube(ABOVE, points)[0].max() <= 0.5 * 2.6 + whole.labels["t2-cord"].error_mm


def test_an_examination_of_one_slice_stays_apart() -> None:
    apart = still()
    bone = apart.labels["t2-bone"]
    at = bone.boxes[vertebra(ABOVE)][0].start + 4
    thin = tuple(slice(at, at + 1) if axis == 0 else slice(0, size) for axis, size in enumerate(bone.grid.shape))
    box = (thin[0], thin[1], thin[2])
    one = replace(bone, labels=bone.labels[box], grid=bone.grid.cropped(box))
    scan = apart.volumes["t2"].cropped(box)
    whole = brought(Images(volumes={"t2": scan}, labels={"t2-bone": one}))
    assert list(whole.apart) == ["t2"]
    assert "of the bone of the other" in whole.unused[0].why


def test_an_earlier_examination_is_not_brought_in() -> None:
    was = replace(CASE, images={**CASE.images, "t2": replace(CASE.images["t2"], earlier=True)})
    images = replace(planning(), apart={"t2": bent()[0]})
    assert brought_together(was, images) is images


# --- one frame --------------------------------------------------------------------------------------------------------


def same_frame(moved: Motion) -> Images:
    """CT and MR of one frame of reference, between which the patient may have moved."""
    mr = still() if moved is STAY else examined({ABOVE: moved, BELOW: moved})
    return replace(mr, volumes={**planning().volumes, **mr.volumes}, labels={**planning().labels, **mr.labels})


def test_a_patient_who_lay_still_between_two_scans_of_one_frame_is_told_by_the_residual_alone() -> None:
    whole = brought_together(CASE, same_frame(STAY))
    assert whole.said == ()
    assert all(labels.error_mm == 0.0 for labels in whole.labels.values())
    assert all(join.residual_mm < 0.6 and not join.was_moved for join in whole.joins)


def test_a_patient_who_moved_between_two_scans_of_one_frame_is_told_and_nothing_is_moved() -> None:
    images = same_frame(Motion(rotation=np.eye(3), shift_mm=np.array([0.0, 3.0, 0.0])))
    whole = brought_together(CASE, images)
    assert whole.said[0].startswith("t2-bone.nii: the patient moved between the scans: T")
    assert "mm from where it lies on the first. Nothing was moved" in whole.said[0]
    assert whole.labels["t2-bone"].grid is images.labels["t2-bone"].grid
    for name in ("t2-bone", "t2-cord"):
        assert whole.labels[name].error_mm == pytest.approx(3.0, abs=0.2)
    assert whole.labels["ct-bone"].error_mm == 0.0
