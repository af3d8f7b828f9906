"""The parts of a vertebra against phantoms that know them, and against labels that others made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side, Structure, StructureKind, vertebra
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.spine.column import column_of
from enbloc.measure.spine.parts import CODES, Parts, code
from enbloc.phantom.morphometry import size
from enbloc.phantom.recipe import Collapse
from tests.data import real_data
from tests.measure.reading import VERSE, label_map
from tests.measure.spine.known import Known, Lost, known, labelled, opposite, shares_right

LEVELS = (Level.C5, Level.T8, Level.L3)


def parts_of(images: Images, level: Level) -> Parts:
    return column_of(images).parts[level]


def dice(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float(2.0 * (one & other).sum() / (one.sum() + other.sum()))


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_voxels_are_found_to_be_the_part_that_they_are(level: Level) -> None:
    right = shares_right(known(level))
    others = [share for part, share in right.items() if part is not Part.BODY]

    assert right[Part.BODY] >= 0.97
    assert np.mean(others) >= 0.8
    assert min(others) >= (0.5 if level is Level.C5 else 0.7)  # the pedicles of a neck are 5 mm long


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_every_voxel_of_the_bone_is_one_part(level: Level) -> None:
    held = known(level)
    column = held.column()
    parts = column.parts[level]

    np.testing.assert_array_equal(parts.codes > 0, column.spine[level].crop.mask > 0)
    assert parts.codes.max() <= len(CODES)
    assert parts.notes == ()


@pytest.mark.parametrize(
    ("level", "kind", "percent"),
    [
        (Level.T8, Collapse.WEDGE, 60.0),
        (Level.T8, Collapse.CRUSH, 80.0),
        (Level.L3, Collapse.BICONCAVE, 80.0),
        (Level.L3, Collapse.CRUSH, 80.0),
        (Level.C5, Collapse.CRUSH, 50.0),
    ],
)
def test_a_fracture_does_not_move_the_parts(level: Level, kind: Collapse, percent: float) -> None:
    right = shares_right(known(level, (kind, percent)))

    assert right[Part.BODY] >= 0.9
    assert np.mean([share for part, share in right.items() if part is not Part.BODY]) >= 0.75


def _pedicle_lost(level: Level) -> Known:
    row = size(level)
    front, rear, inner = row.body_depth / 2, row.canal_centre_mm, 0.2 * row.canal_width
    return known(level).without(lambda x, y, z: (x > inner) & (y > front) & (y < rear) & (np.abs(z) < 14.0))


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_where_a_pedicle_is_destroyed_the_other_side_parts_body_and_arch(level: Level) -> None:
    held = _pedicle_lost(level)
    parts = parts_of(held.images, level)
    right = shares_right(held)

    assert set(parts.isthmuses) == {Side.RIGHT}
    assert parts.notes == (f"no isthmus of the left pedicle of {level}: parted where the other side is",)
    assert right[Part.BODY] >= 0.95
    assert np.mean(list(right.values())) >= 0.8


def test_without_both_pedicles_the_front_of_the_canal_parts_body_and_arch() -> None:
    row = size(Level.L3)
    front, rear, inner = row.body_depth / 2, row.canal_centre_mm, 0.2 * row.canal_width
    held = known(Level.L3).without(lambda x, y, z: (np.abs(x) > inner) & (y > front) & (y < rear) & (np.abs(z) < 14.0))
    column = held.column()
    parts, one = column.parts[Level.L3], column.spine[Level.L3]

    assert not parts.isthmuses
    assert parts.notes == ("no isthmus of either pedicle of L3: parted by the plane of the canal's front",)
    body = parts.mask(Part.BODY)[one.crop.mask > 0]
    np.testing.assert_array_equal(body, one.own_mm[:, 1] < one.back_mm)


@pytest.mark.parametrize(
    "lost", [lambda x, y, z: y < 0.0, lambda x, y, z: (x > 0.0) & (y < 12.0), lambda x, y, z: (z > 3.0) & (y < 12.0)]
)
def test_half_a_body_is_still_the_body(lost: Lost) -> None:
    """Its front, its left, or its upper part is lost."""
    held = known(Level.L3).without(lost)
    right = shares_right(held)

    assert right[Part.BODY] >= 0.95
    assert np.mean(list(right.values())) >= 0.8


def test_holes_in_the_body_and_islands_in_them_stay_body() -> None:
    def lost(x: NDArray[np.float64], y: NDArray[np.float64], z: NDArray[np.float64]) -> NDArray[np.bool_]:
        far = np.sqrt((x - 8.0) ** 2 + y**2 + z**2)
        return (far < 9.0) & (far > 3.0)

    held = known(Level.L3).without(lost)
    column = held.column()
    at = np.linalg.norm(
        column.spine[Level.L3].crop.points_mm - held.made.column.poses[Level.L3].origin - (8, 0, 0), axis=1
    )
    codes = column.parts[Level.L3].codes[column.spine[Level.L3].crop.mask > 0]

    assert set(codes[at < 3.0]) == {code(Part.BODY)}
    assert shares_right(held)[Part.BODY] >= 0.97


def test_an_arch_without_laminae_and_spinous_process_keeps_its_other_parts() -> None:
    row = size(Level.L3)
    inner, rear = row.canal_width / 2, row.canal_centre_mm + 3.0
    held = known(Level.L3).without(lambda x, y, z: (np.abs(x) < inner) & (y > rear))
    right = shares_right(held)

    assert Part.SPINOUS_PROCESS not in right or right[Part.SPINOUS_PROCESS] == 0.0
    assert min(right[part] for part in (Part.BODY, Part.PEDICLE, Part.TRANSVERSE_PROCESS, Part.FACET)) >= 0.7


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_a_mirrored_patient_has_mirrored_parts(level: Level) -> None:
    labels = known(level).labels
    axis = labels.grid.axes.index("L")
    plain = parts_of(labelled(labels, labels.labels), level)
    turned = parts_of(labelled(labels, np.ascontiguousarray(np.flip(labels.labels, axis))), level)

    table = np.array([0, *(code(part, opposite(side)) for part, side in CODES)])
    back = table[np.flip(turned.codes, axis)]
    assert (back == plain.codes)[plain.codes > 0].mean() >= 0.98
    assert not np.isin(plain.codes[back == code(Part.PEDICLE, Side.LEFT)], [code(Part.PEDICLE, Side.RIGHT)]).any()


def test_the_order_of_the_axes_changes_no_part() -> None:
    labels = known(Level.T8).labels
    plain = parts_of(labelled(labels, labels.labels), Level.T8)
    order = (2, 0, 1)
    affine = labels.grid.affine[:, (*order, 3)]
    a, b, c = (labels.grid.shape[at] for at in order)
    grid = Grid(shape=(a, b, c), affine=affine)
    turned = LabelMap(
        labels=np.ascontiguousarray(labels.labels.transpose(order)), grid=grid, names=labels.names, on="ct"
    )
    other = parts_of(Images(volumes={}, labels={"anatomy": turned}), Level.T8)

    assert (other.codes == plain.codes.transpose(order)).mean() >= 0.999


def test_a_thoracic_vertebra_alone_meets_ribs_and_by_its_sides_alike() -> None:
    thoracic, lumbar = (parts_of(known(level).images, level) for level in (Level.T8, Level.L3))
    left, right = (int(thoracic.mask(Part.COSTOVERTEBRAL, side).sum()) for side in Side)

    assert 300 < left < 900
    assert abs(left - right) < 0.1 * left
    assert not any(lumbar.mask(Part.COSTOVERTEBRAL, side).any() for side in Side)


# ---------------------------------------------------------------------------------------------------------------------
# sub-regions that others labelled

_SPINEPS = {
    41: Structure(kind=StructureKind.ARCH),
    42: Structure(kind=StructureKind.SPINOUS_PROCESS),
    49: Structure(kind=StructureKind.BODY),
    50: Structure(kind=StructureKind.BODY),
} | {
    first + at: Structure(kind=kind, side=side)
    for first, kind in (
        (43, StructureKind.TRANSVERSE_PROCESS),
        (45, StructureKind.UPPER_ARTICULAR_PROCESS),
        (47, StructureKind.LOWER_ARTICULAR_PROCESS),
    )
    for at, side in enumerate(Side)
}
_THEIRS = {
    Part.BODY: (49, 50),
    Part.SPINOUS_PROCESS: (42,),
    Part.TRANSVERSE_PROCESS: (43, 44),
    Part.FACET: (45, 46, 47, 48),
}


def _real() -> tuple[LabelMap, LabelMap]:
    folder = real_data("vertebra-subregions")
    whole = label_map(folder / "sub-ct_seg-vert_label-22_msk.nii.gz", VERSE)
    return whole, label_map(folder / "sub-ct_seg-subreg_label-22_msk.nii.gz", _SPINEPS)


def _of(parts: Parts, part: Part) -> NDArray[np.bool_]:
    return np.isin(parts.codes, [code(named, side) for named, side in CODES if named is part])


def test_the_whole_vertebra_alone_gives_the_parts_that_others_labelled() -> None:
    whole, given = _real()
    column = column_of(Images(volumes={}, labels={"whole": whole}))
    one, parts = column.spine[Level.L3], column.parts[Level.L3]
    theirs = np.where(one.crop.mask > 0, given.labels[one.crop.box], 0)

    agreement = {part: dice(_of(parts, part), np.isin(theirs, ids)) for part, ids in _THEIRS.items()}
    assert agreement[Part.BODY] >= 0.98
    assert agreement[Part.TRANSVERSE_PROCESS] >= 0.85
    assert agreement[Part.FACET] >= 0.85
    assert agreement[Part.SPINOUS_PROCESS] >= 0.75
    arch = _of(parts, Part.PEDICLE) | _of(parts, Part.LAMINA)
    assert dice(arch, theirs == 41) >= 0.7
    for left, right in ((43, 44), (45, 46)):
        for id, side in ((left, Side.LEFT), (right, Side.RIGHT)):
            other = [code(part, opposite(side)) for part in Part if (part, opposite(side)) in CODES]
            assert not np.isin(parts.codes[theirs == id], other).any()


@pytest.mark.parametrize("roles", [("whole", "parts"), ("parts", "whole")])
def test_labels_of_sub_regions_are_used_where_given(roles: tuple[str, str]) -> None:
    maps = dict(zip(("whole", "parts"), _real(), strict=True))
    column = column_of(Images(volumes={}, labels={role: maps[role] for role in roles}))
    one, parts = column.spine[Level.L3], column.parts[Level.L3]
    theirs = np.where(one.crop.mask > 0, maps["parts"].labels[one.crop.box], 0)

    assert parts.method == "labels of sub-regions"
    assert parts.notes == ()
    for part, ids in _THEIRS.items():
        np.testing.assert_array_equal(_of(parts, part), np.isin(theirs, ids))
    arch = _of(parts, Part.PEDICLE) | _of(parts, Part.LAMINA)
    np.testing.assert_array_equal(arch, theirs == 41)
    assert all(parts.mask(Part.PEDICLE, side).sum() > 100 for side in Side)


def test_sub_regions_on_another_grid_say_the_same() -> None:
    whole, given = _real()
    wider = np.pad(given.labels, 2)
    affine = given.grid.affine.copy()
    affine[:3, 3] = given.grid.points_mm(np.array([[-2.0, -2.0, -2.0]]))[0]
    a, b, c = wider.shape
    moved = replace(given, labels=wider, grid=Grid(shape=(a, b, c), affine=affine))
    same = parts_of(Images(volumes={}, labels={"whole": whole, "parts": given}), Level.L3)
    other = parts_of(Images(volumes={}, labels={"whole": whole, "parts": moved}), Level.L3)

    np.testing.assert_array_equal(same.codes, other.codes)


def test_exchanged_sides_of_sub_regions_are_not_believed() -> None:
    whole, given = _real()
    swapped = {id: replace(named, side=opposite(named.side)) for id, named in _SPINEPS.items()}
    plain = parts_of(Images(volumes={}, labels={"whole": whole, "parts": given}), Level.L3)
    other = parts_of(Images(volumes={}, labels={"whole": whole, "parts": replace(given, names=swapped)}), Level.L3)

    assert any("left and right exchanged" in note for note in other.notes)
    assert (plain.codes == other.codes)[plain.codes > 0].mean() > 0.99


def test_sub_regions_that_name_little_of_a_vertebra_are_left_out_and_that_is_said() -> None:
    whole, given = _real()
    few = given.labels.copy()
    few[np.isin(few, (41, 42, 47, 50))] = 0
    without = parts_of(Images(volumes={}, labels={"whole": whole}), Level.L3)
    parts = parts_of(Images(volumes={}, labels={"whole": whole, "parts": replace(given, labels=few)}), Level.L3)

    assert parts.method == without.method
    assert len(parts.notes) == 1
    assert "of L3: not used" in parts.notes[0]
    np.testing.assert_array_equal(parts.codes, without.codes)


def test_levels_that_have_no_body_or_are_not_free_say_so() -> None:
    labels = known(Level.L3).labels
    for level, words in ((Level.C1, "C1 has no body"), (Level.S1, "S1 is part of the sacrum")):
        names = {id: vertebra(level) if named == vertebra(Level.L3) else named for id, named in labels.names.items()}
        renamed = Images(volumes={}, labels={"anatomy": replace(labels, names=names)})
        assert any(words in note for note in parts_of(renamed, level).notes)
