"""What is odd about the input has a stated result: no exception, nothing made up, and a reason in clinical words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level, Structure, StructureKind, tumour
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.spine.column import REPLACED, column_of
from enbloc.measure.tumour.compartments import COMPARTMENTS
from enbloc.measure.tumour.sites import SITES
from enbloc.measure.tumour.sizes import ACROSS
from enbloc.measure.tumour.tallies import NO_FRAME
from tests.measure.solids import Floats, column
from tests.measure.test_solids import ball
from tests.measure.tumour.seeing import empty, number, painted, seen, seen_of

ALL_OF_A_TUMOUR: tuple[Fact[Any], ...] = (fact.VOLUME, fact.DIAMETER, fact.LEVELS, *ACROSS, *SITES, *COMPARTMENTS)


def told(findings: Findings) -> set[str]:
    """What is found or has a reason; nothing twice."""
    keys = [one.fact for one in findings.found] + [gap.fact for gap in findings.missing if gap.why]
    assert len(keys) == len(set(keys))
    return set(keys)


def whole(findings: Findings) -> None:
    assert told(findings) >= {named.id for named in ALL_OF_A_TUMOUR}
    for one in findings.found:
        assert one.interval is None or one.low <= one.value <= one.high


def test_a_tumour_far_from_every_bone_is_measured_and_is_in_no_part() -> None:
    findings = seen(ball(0.0, -24.0, 0.0, 4.0))
    whole(findings)
    assert number(findings, fact.VOLUME).value > 0.2
    assert number(findings, fact.BODY_SHARE).value == 0.0
    assert all(row.percent == 0.0 for row in findings.many(fact.PART_SHARES, "A") or ())
    assert "in no vertebra" in findings.why_missing(fact.DENSITY, "A")
    levels = findings[fact.LEVELS, "A"]
    assert isinstance(levels, Finding)
    assert "nearest body" in " ".join(levels.notes)


def test_a_vertebra_without_a_frame_gives_reasons() -> None:
    _, images = column(ball(0.0, 0.0, 0.0, 8.0), with_canal=False)
    anatomy = images.labels["anatomy"]
    # Bodies alone: no canal is labelled and no ring of bone is closed.
    y = anatomy.grid.points_mm(np.indices(anatomy.grid.shape).reshape(3, -1).T)[:, 1].reshape(anatomy.grid.shape)
    bodies = replace(anatomy, labels=np.where(y > 15.0, 0, anatomy.labels).astype(np.uint8))
    findings = seen_of(replace(images, labels={**images.labels, "anatomy": bodies}))
    whole(findings)
    for named in (*ACROSS, fact.SOFT_TISSUE_DIAMETER):
        assert findings.why_missing(named, "A") == NO_FRAME
    assert "has no frame" in findings.why_missing(fact.WBB_SECTORS, "A")
    assert "has no frame" in findings.why_missing(fact.TOMITA_SITES, "A")
    assert number(findings, fact.VOLUME).value > 2.0


def test_without_any_vertebra_there_is_still_a_volume() -> None:
    images, _ = empty()
    alone = painted(images, ball(0.0, 0.0, 0.0, 8.0)).labels["tumour"]
    findings = seen_of(Images(volumes={}, labels={"tumour": alone}))
    whole(findings)
    assert number(findings, fact.VOLUME).value > 2.0
    assert findings.why_missing(fact.LEVELS, "A") == "no vertebra is labelled"
    assert findings.why_missing(fact.DENSITY, "A") == "no CT"


def test_a_vertebra_without_pedicles_has_no_share_of_them() -> None:
    images, _ = empty()
    anatomy = images.labels["anatomy"]
    x, y, _ = anatomy.grid.points_mm(np.indices(anatomy.grid.shape).reshape(3, -1).T).T
    gone = ((y > 15.5) & (np.abs(x) > 8.0) & (anatomy.labels.reshape(-1) <= 3)).reshape(anatomy.grid.shape)
    lost = replace(anatomy, labels=np.where(gone, 0, anatomy.labels).astype(np.uint8))
    findings = seen_of(painted(replace(images, labels={"anatomy": lost}), ball(0.0, 0.0, 0.0, 8.0)))
    whole(findings)
    assert number(findings, fact.POSTEROLATERAL_LEFT).value == 0.0
    assert all(row.bone_cc > 0.0 for row in findings.many(fact.PART_SHARES, "A") or ())


@pytest.mark.parametrize("spacing", [(10.0, 1.0, 1.0), (1.0, 10.0, 1.0)])
def test_voxels_ten_times_as_long_as_wide_leave_wide_intervals(spacing: tuple[float, float, float]) -> None:
    images, held = empty()
    fine = images.labels["anatomy"].grid
    shape = tuple(max(1, int(size / step)) for size, step in zip(fine.shape, spacing, strict=True))
    affine = fine.affine @ np.diag([*spacing, 1.0])
    affine[:3, 3] = fine.points_mm((np.array([spacing]) - 1.0) / 2.0)[0]
    grid = Grid(shape=shape, affine=affine)  # type: ignore[arg-type]  # three of them
    x, y, z = grid.points_mm(np.indices(shape).reshape(3, -1).T).T
    labels = ball(4.0, 0.0, 0.0, 11.0)(x, y, z).reshape(shape).astype(np.uint8)
    coarse = LabelMap(labels=labels, grid=grid, names={1: tumour("A")}, on="ct", document="coarse.nii.gz")
    findings = seen_of(replace(images, labels={**images.labels, "tumour": coarse}), held)
    whole(findings)
    for named, truth in ((fact.VOLUME, 5.575), (fact.LENGTH, 22.0), (fact.AXIAL_DIAMETER, 22.0)):
        found = number(findings, named)
        assert found.low <= truth <= found.high, named.id
    share = number(findings, fact.BODY_SHARE)
    sharp = number(seen(ball(4.0, 0.0, 0.0, 11.0)), fact.BODY_SHARE)
    assert share.low <= sharp.value <= share.high
    assert share.high - share.low > sharp.high - sharp.low


def test_one_slice_of_tumour_is_a_volume_that_may_be_none() -> None:
    images, held = empty()

    def slab(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((x**2 + y**2 <= 100.0) & (np.abs(z - 0.5) < 0.3))

    findings = seen_of(painted(images, slab), held)
    whole(findings)
    volume = number(findings, fact.VOLUME)
    assert volume.low == 0.0
    assert number(findings, fact.LENGTH).value == pytest.approx(1.0, abs=0.02)
    assert number(findings, fact.LENGTH).low <= 0.02
    assert Level.L1 in (findings.many(fact.LEVELS, "A") or ())


def test_a_scan_of_one_slice_is_measured_as_far_as_it_goes() -> None:
    _, images = column(ball(0.0, 0.0, 3.0, 8.0))
    at = images.labels["anatomy"].grid.shape[0] // 2 + 3
    box = (slice(at, at + 1), *(slice(0, size) for size in images.labels["anatomy"].grid.shape[1:]))
    labels = {
        role: replace(one, labels=np.ascontiguousarray(one.labels[box]), grid=one.grid.cropped(box))  # type: ignore[arg-type]  # three of them
        for role, one in images.labels.items()
    }
    findings = seen_of(Images(volumes={}, labels=labels))
    whole(findings)
    assert number(findings, fact.VOLUME).low == 0.0
    assert "edge of the scan" in findings.why_missing(fact.BODY_SHARE, "A")


def test_a_tumour_on_another_grid_than_the_bone_has_the_same_table() -> None:
    images, held = empty()
    other, _ = empty("RAS", 0.8)
    mass = ball(12.0, 12.0, 2.0, 8.0)
    here = seen_of(painted(images, mass), held)
    apart = replace(images, labels={**images.labels, "tumour": painted(other, mass).labels["tumour"]})
    there = seen_of(apart, held)
    whole(there)
    for named in (fact.BODY_SHARE, fact.POSTEROLATERAL_LEFT_SHARE):
        assert number(there, named).value == pytest.approx(number(here, named).value, abs=1.0)
    sets: tuple[Fact[Any], ...] = (fact.WBB_SECTORS, fact.TOMITA_SITES, fact.COX_SECTORS)
    for several in sets:
        assert here.many(several, "A") == there.many(several, "A")


def test_a_missing_canal_is_the_hole_of_the_vertebra_and_said() -> None:
    findings = seen(ball(12.0, 12.0, 2.0, 8.0), with_canal=False)
    whole(findings)
    sectors = findings[fact.WBB_SECTORS, "A"]
    assert isinstance(sectors, Finding)
    assert any("hole" in note for note in sectors.notes)
    assert findings.why_missing(fact.EXTRADURAL_SHARE, "A") == "no label of the thecal sac"


def test_tumour_and_bone_in_one_map_leave_everything_about_the_bone_unknown() -> None:
    images, held = empty()
    drawn = painted(images, ball(0.0, 14.0, 0.0, 6.0))
    whole_map, mass = drawn.labels["anatomy"], drawn.labels["tumour"]
    one = replace(
        whole_map,
        labels=np.where(mass.labels > 0, 9, whole_map.labels).astype(np.uint8),
        names={**whole_map.names, 9: tumour("A")},
    )
    findings = seen_of(Images(volumes=images.volumes, labels={"all": one}), held)
    whole(findings)
    for named in (*SITES, fact.SOFT_TISSUE_DIAMETER, fact.DENSITY):
        assert findings.why_missing(named, "A") == REPLACED
    assert number(findings, fact.LENGTH).value > 10.0


def test_a_tumour_beside_the_map_of_the_bone_is_outside_all_of_it() -> None:
    images, held = empty()
    grid = images.labels["anatomy"].grid
    far = Grid(shape=(20, 20, 20), affine=np.array(grid.affine) + np.array([[0, 0, 0, 300.0], *np.zeros((3, 4))]))
    labels = np.zeros(far.shape, np.uint8)
    labels[5:15, 5:15, 5:15] = 1
    away = LabelMap(labels=labels, grid=far, names={1: tumour("A")}, on="ct", document="far.nii.gz")
    findings = seen_of(replace(images, labels={**images.labels, "tumour": away}), held)
    whole(findings)
    assert number(findings, fact.BODY_SHARE).value == 0.0
    assert column_of(images).levels == held.levels
    gone = findings[fact.CLEARANCES, "A"]
    assert isinstance(gone, Finding)
    assert "farther than 60 mm" in " ".join(gone.notes)


def test_two_tumours_in_one_label_are_counted() -> None:
    def two(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray(ball(-12.0, 0.0, 0.0, 4.0)(x, y, z) | ball(12.0, 0.0, 0.0, 4.0)(x, y, z))

    findings = seen(two)
    whole(findings)
    assert findings.value(fact.PIECES, "A") == 2
    assert "2 separate pieces" in " ".join(number(findings, fact.VOLUME).notes)
    assert number(findings, fact.AXIAL_DIAMETER).value == pytest.approx(32.0, abs=1.0)


def test_a_sacrum_says_that_its_sectors_are_its_own() -> None:
    images, _ = empty()
    anatomy = images.labels["anatomy"]
    levels = dict(zip((1, 2, 3), (Level.L5, Level.S1, Level.S2), strict=True))
    names = {
        at: Structure(kind=StructureKind.VERTEBRA, level=levels[at]) if at in levels else one
        for at, one in anatomy.names.items()
    }
    low = replace(images, labels={"anatomy": replace(anatomy, names=names)})
    found = seen_of(painted(low, ball(0.0, 0.0, 0.0, 8.0)))[fact.COX_SECTORS, "A"]
    assert isinstance(found, Finding)
    assert "the sacrum has target sectors of its own" in " ".join(found.notes)
