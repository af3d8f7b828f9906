"""What must be labelled, and true, before a dura can be freed; and what stands in for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Structure, tumour
from enbloc.case.answer import Unknown
from enbloc.case.image import LabelMap
from enbloc.phantom import Epidural, Tumour, in_body
from enbloc.plan.decompression.decompression import Nearest, Obstacle
from enbloc.plan.decompression.of_field import tumour_left
from enbloc.plan.field import Field
from tests.plan.decompression.phantoms import (
    GRADE,
    bare,
    column_of_voxels,
    field_of_recipe,
    grown,
    made,
    mask_of,
    painted,
    planned,
    recipe,
    refused,
    seen,
    without,
)


def test_a_tumour_that_nobody_drew_is_not_planned() -> None:
    assert refused(without(grown(GRADE.GRADE_2), tumour("A"))).obstacle is Obstacle.NOT_DRAWN


def test_without_anything_that_shows_the_dura_nothing_is_planned() -> None:
    found = refused(without(grown(GRADE.GRADE_2), SAC, CORD, CANAL))
    assert found.obstacle is Obstacle.NO_DURA
    assert "Label" in found.remedy


def test_bone_alone_has_nothing_to_separate() -> None:
    found = refused(grown(GRADE.GRADE_0))
    assert found.obstacle is Obstacle.NOT_EPIDURAL
    assert "nothing to separate" in found.reason


def test_tumour_away_from_the_dura_has_nothing_to_separate() -> None:
    sac = column_of_voxels(bare(), (-4, 3), (-2, 3), (-50, 50))
    found = refused(painted(column_of_voxels(bare(), (-3, 2), (-20, -12), (-4, 4)), sac=sac))
    assert found.obstacle is Obstacle.NOT_EPIDURAL


def test_tumour_in_the_sac_is_another_operation() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    inside = painted(column_of_voxels(bare(), (-4, 3), (-6, 2), (-5, 5)), sac=sac)
    found = refused(inside)
    assert found.obstacle is Obstacle.INTRADURAL
    assert "within the thecal sac" in found.reason
    assert "intradural removal" in found.remedy


def test_outlines_that_overlap_by_a_voxel_are_not_intradural() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    found = made(painted(column_of_voxels(bare(), (-4, 3), (-8, -4), (-5, 5)), sac=sac))
    assert isinstance(found.to_sac, Nearest)
    assert found.to_sac.mm == 0.0


def test_a_closed_canal_is_not_planned() -> None:
    field = grown(GRADE.GRADE_3)
    anatomy = field.images.labels["anatomy"]
    labels = anatomy.labels.copy()
    ill = np.flatnonzero(field.images.labels["tumour"].labels.any(axis=(1, 2)))
    middle = slice(int(np.median(ill)) - 3, int(np.median(ill)) + 4)
    contents = [number for number, named in anatomy.names.items() if named in (SAC, CORD)]
    labels[middle][np.isin(labels[middle], contents)] = 0
    found = refused(seen(field, anatomy=replace(anatomy, labels=labels), tumour=field.images.labels["tumour"]))
    assert found.obstacle is Obstacle.CLOSED
    assert "T8" in found.reason
    assert "closed" in found.reason


def _apart(field: Field, structure: Structure, keep: slice) -> dict[str, LabelMap]:
    """One structure in a map of its own, of which only some slices were scanned; all else as it was."""
    anatomy = field.images.labels["anatomy"]
    (number,) = (number for number, named in anatomy.names.items() if named == structure)
    rest = {key: named for key, named in anatomy.names.items() if named != structure}
    whole = (keep, slice(0, anatomy.grid.shape[1]), slice(0, anatomy.grid.shape[2]))
    alone = replace(
        anatomy, labels=anatomy.labels[whole].copy(), grid=anatomy.grid.cropped(whole), names={number: structure}
    )
    return {"anatomy": replace(anatomy, names=rest), "short": alone, "tumour": field.images.labels["tumour"]}


def test_a_cord_cut_by_the_end_of_the_scan_leaves_the_distance_open() -> None:
    field = grown(GRADE.GRADE_2)
    ill = np.flatnonzero(field.images.labels["tumour"].labels.any(axis=(1, 2)))
    found = made(seen(field, **_apart(field, CORD, slice(0, int(np.median(ill))))))
    assert isinstance(found.to_cord, Unknown)
    assert any("T8" in one and "scan" in one for one in found.to_cord.ask)
    assert all(isinstance(one.to_cord, Unknown) and isinstance(one.near_cord, Unknown) for one in found.targets)
    assert any("leaves the cord out" in one for one in found.cautions)


def _lumbar() -> Field:
    """A tumour at L1 beside the conus, with the cord's own end in the scan."""
    ill = Tumour(solids=(in_body(Level.L1),), epidural=(Epidural(level=Level.L1, grade=GRADE.GRADE_1C),))
    levels = (Level.T12, Level.L1, Level.L2)
    return field_of_recipe(replace(recipe(GRADE.GRADE_1C, spacing=2.0), levels=levels, tumours=(ill,)))


def test_a_cord_may_end_beside_a_tumour_at_the_conus_and_only_downwards() -> None:
    field = _lumbar()
    size = field.images.labels["anatomy"].grid.shape[0]
    ill = np.flatnonzero(field.images.labels["tumour"].labels.any(axis=(1, 2)))
    # Ended short of the edge of the scan: its upper part is there.
    ended = _apart(field, CORD, slice(0, size))
    ended["short"].labels[: int(np.median(ill))] = 0
    assert isinstance(made(seen(field, **ended)).to_cord, Nearest)
    lost = _apart(field, CORD, slice(0, size))
    lost["short"].labels[int(np.median(ill)) :] = 0
    assert isinstance(made(seen(field, **lost)).to_cord, Unknown)
    cut = _apart(field, CORD, slice(int(np.median(ill)), size))
    assert isinstance(made(seen(field, **cut)).to_cord, Unknown)


def test_a_gap_in_the_cord_leaves_the_distance_open() -> None:
    field = grown(GRADE.GRADE_2)
    ill = int(np.median(np.flatnonzero(field.images.labels["tumour"].labels.any(axis=(1, 2)))))
    gapped = _apart(field, CORD, slice(0, field.images.labels["anatomy"].grid.shape[0]))
    gapped["short"].labels[ill - 3 : ill + 4] = 0
    found = made(seen(field, **gapped)).to_cord
    assert isinstance(found, Unknown)
    assert any("gap" in one for one in found.ask)


def test_without_a_cord_at_the_level_the_scale_holds_by_analogy() -> None:
    ill = Tumour(solids=(in_body(Level.L4),), epidural=(Epidural(level=Level.L4, grade=GRADE.GRADE_2),))
    asked = replace(recipe(GRADE.GRADE_2, spacing=2.0), levels=(Level.L3, Level.L4, Level.L5), tumours=(ill,))
    found = made(field_of_recipe(asked))
    assert isinstance(found.to_cord, Unknown)
    assert all(one.removed.cc > 0.0 for one in found.targets)


def test_a_sac_cut_by_the_end_of_the_scan_is_not_planned() -> None:
    field = grown(GRADE.GRADE_2)
    ill = np.flatnonzero(field.images.labels["tumour"].labels.any(axis=(1, 2)))
    labels = _apart(field, SAC, slice(0, int(np.median(ill))))
    found = refused(seen(field, **labels))
    assert found.obstacle is Obstacle.LABEL_ENDS
    assert "edge of the scan" in found.reason


def test_a_cord_in_a_map_of_its_own_is_the_same_cord() -> None:
    field, whole = grown(GRADE.GRADE_2), planned(GRADE.GRADE_2)
    found = made(seen(field, **_apart(field, CORD, slice(0, field.images.labels["anatomy"].grid.shape[0]))))
    assert found.to_cord == whole.to_cord
    assert found.to_sac == whole.to_sac
    assert [one.removed for one in found.targets] == [one.removed for one in whole.targets]


def test_without_a_cord_the_volume_stands_and_the_distance_is_asked_for() -> None:
    found, whole = made(without(grown(GRADE.GRADE_2), CORD)), planned(GRADE.GRADE_2)
    assert isinstance(found.to_cord, Unknown)
    assert any("cord" in one for one in found.to_cord.ask)
    assert any("leaves the cord out" in one for one in found.cautions)  # here it is pressed against the dura
    for one, other in zip(found.targets, whole.targets, strict=True):
        assert 0.9 * other.removed.cc <= one.removed.cc <= other.removed.cc <= one.removed.interval.high
        assert isinstance(one.near_cord, Unknown)


def test_the_canal_stands_for_the_dura_and_tells_the_most() -> None:
    found, whole = made(without(grown(GRADE.GRADE_2), SAC)), planned(GRADE.GRADE_2)
    assert found.dura == "canal"
    assert any("canal stands for the dura" in one for one in found.cautions)
    for one, true in zip(found.targets, whole.targets, strict=True):
        assert one.removed.cc >= true.removed.cc
        assert one.removed.interval.low <= true.removed.cc
        assert isinstance(one.to_sac, Unknown)


def test_where_the_canal_stands_for_the_dura_all_tumour_in_it_goes() -> None:
    field = without(grown(GRADE.GRADE_3), SAC)
    box = field.images.labels["tumour"].boxes[tumour("A")]
    in_canal = mask_of(field.images, CANAL)[box] | mask_of(field.images, CORD)[box]
    found = tumour_left(field, 2.0)
    assert (found.removed & in_canal).any()
    assert not (found.left & in_canal).any()


def test_the_cord_stands_for_the_dura_and_tells_the_least() -> None:
    found, whole = made(without(grown(GRADE.GRADE_2), SAC, CANAL)), planned(GRADE.GRADE_2)
    assert found.dura == "cord"
    assert any("cord stands for the dura" in one for one in found.cautions)
    for one, true in zip(found.targets, whole.targets, strict=True):
        assert one.removed.cc <= true.removed.cc <= one.removed.interval.high
        assert one.left.interval.low == 0.0


def test_a_sac_outlined_on_ct_is_counted_and_promises_nothing() -> None:
    field, whole = grown(GRADE.GRADE_2), planned(GRADE.GRADE_2)
    on_ct = {role: scan for role, scan in field.images.volumes.items() if role == "ct"}
    found = made(replace(field, images=replace(field.images, volumes=on_ct)))
    assert any("not outlined on an MR" in one for one in found.cautions)
    assert [one.removed for one in found.targets] == [one.removed for one in whole.targets]
    assert all(isinstance(one.meets, Unknown) for one in found.targets)
    assert not any("MR" in one for one in whole.cautions)


def test_a_map_of_tumour_and_vertebrae_does_not_tell_what_lies_in_bone() -> None:
    field = grown(GRADE.GRADE_2)
    anatomy, ill = field.images.labels["anatomy"], field.images.labels["tumour"].labels > 0
    joined = np.where(ill, 250, anatomy.labels).astype(np.uint8)
    names = {**anatomy.names, 250: tumour("A")}
    found = made(seen(field, anatomy=replace(anatomy, labels=joined, names=names)))
    assert any("lies in bone is not known" in one for one in found.cautions)
    for one in found.targets:
        assert isinstance(one.in_bone, Unknown)
        assert isinstance(one.free, Unknown)
        assert all(part.in_bone_cc is None for part in one.at)


def test_another_tumour_at_the_dura_is_named_and_not_counted() -> None:
    field = grown(GRADE.GRADE_2)
    drawn = field.images.labels["tumour"]
    halves = drawn.labels.copy()
    slices = np.flatnonzero(halves.any(axis=(1, 2)))
    halves[: int(np.median(slices))][halves[: int(np.median(slices))] > 0] = 2
    names = {1: tumour("A"), 2: tumour("B")}
    found = made(seen(field, anatomy=field.images.labels["anatomy"], tumour=replace(drawn, labels=halves, names=names)))
    assert any("tumour B lies within 3 mm of the dura too" in one for one in found.cautions)
    assert found.targets[0].removed.cc < planned(GRADE.GRADE_2).targets[0].removed.cc
    assert found.targets[0].levels == (Level.T8,)
