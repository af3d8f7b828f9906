"""Distances from a tumour to what must be spared: as far as was drawn, and nothing absent in silence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Structure, StructureKind, structure, tumour
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.mark import MarkKind
from enbloc.case.table import Clearance
from enbloc.measure.answers import gathered
from enbloc.measure.spine.column import column_of
from enbloc.measure.tumour.mass import tumour_of
from enbloc.measure.tumour.surroundings import clearances
from tests.measure.solids import CANAL_BACK
from tests.measure.test_solids import ball
from tests.measure.tumour.seeing import empty, painted, seen, seen_of

AORTA = Structure(kind=StructureKind.AORTA)


def rows(findings: Findings) -> dict[str, Clearance]:
    return {row.structure: row for row in findings.many(fact.CLEARANCES, "A") or ()}


def notes(findings: Findings) -> str:
    found = findings[fact.CLEARANCES, "A"]
    assert isinstance(found, Finding)
    return "; ".join(found.notes)


def blocks(
    gap_mm: float, spacing: tuple[float, float, float] = (1.0, 1.0, 1.0), *, size_mm: float = 12.0, start: float = 0.0
) -> Findings:
    """A cube of tumour and one of aorta beside it, ``gap_mm`` apart along the thick axis; no spine at all."""
    shape = tuple(
        round(length / step) for length, step in zip((2.0 * size_mm + gap_mm + 8.0, 20.0, 20.0), spacing, strict=True)
    )
    affine = np.diag([*spacing, 1.0])
    affine[:3, :3] = affine[:3, :3][[2, 1, 0]]  # the first axis runs to the head
    grid = Grid(shape=shape, affine=affine)  # type: ignore[arg-type]  # three of them
    z = grid.points_mm(np.indices(shape).reshape(3, -1).T)[:, 2].reshape(shape)
    labels = np.zeros(shape, np.uint8)
    labels[(z > start) & (z < start + size_mm)] = 1
    labels[(z > start + size_mm + gap_mm) & (z < start + 2.0 * size_mm + gap_mm)] = 2
    held = LabelMap(labels=labels, grid=grid, names={1: tumour("A"), 2: AORTA}, on="ct", document="both.nii.gz")
    images = Images(volumes={}, labels={"both": held})
    mass = tumour_of(images, "A")
    assert mass is not None
    return gathered(clearances(images, mass, column_of(images)))


@pytest.mark.parametrize("gap", np.arange(0.3, 9.0, 0.7).round(1))
def test_the_gap_between_two_blocks_is_right_to_within_its_interval(gap: float) -> None:
    row = rows(blocks(gap, start=0.17))["aorta"]
    assert row.low_mm <= gap <= row.high_mm
    assert row.high_mm - row.mm <= 1.01
    assert abs(row.mm - gap) <= 1.0


def test_on_the_grid_of_the_voxels_the_gap_is_exact() -> None:
    row = rows(blocks(5.0, start=0.5))["aorta"]
    assert (row.mm, row.low_mm, row.high_mm) == (5.0, 4.0, 6.0)
    thick = rows(blocks(20.0, (5.0, 1.0, 1.0), start=-2.5, size_mm=10.0))["aorta"]
    assert (thick.mm, thick.low_mm, thick.high_mm) == (20.0, 15.0, 25.0)


@pytest.mark.parametrize("x0", [-3.3, 0.0, 2.6])
def test_a_ball_beside_the_cord_is_as_far_as_it_was_drawn(x0: float) -> None:
    findings = seen(ball(x0, 3.2, 1.1, 7.0))
    gap = float(np.hypot(x0, CANAL_BACK - 3.2)) - 7.0
    for name, radius in (("cord", 4.0), ("thecal sac", 8.0)):
        row = rows(findings)[name]
        assert row.mm == pytest.approx(gap - radius, abs=0.75)  # half a voxel of each of two round labels
        assert row.low_mm <= gap - radius <= row.high_mm
        on = np.hypot(row.at_mm[0], row.at_mm[1] - CANAL_BACK)
        assert on == pytest.approx(radius, abs=0.8)


def test_what_touches_or_holds_the_tumour_is_at_no_distance() -> None:
    found = rows(seen(ball(0.0, CANAL_BACK, 0.0, 2.5)))
    assert found["cord"].mm == found["thecal sac"].mm == 0.0
    touching = rows(seen(ball(0.0, 14.0, 0.0, 6.0)))
    assert touching["thecal sac"].mm == 0.0
    assert touching["thecal sac"].low_mm == 0.0


def test_what_is_not_labelled_and_what_is_far_is_said() -> None:
    findings = seen(ball(0.0, 0.0, 0.0, 6.0))
    assert notes(findings) == "not labelled: nerve roots, aorta, vena cava, vertebral arteries"
    far = blocks(75.0)
    assert "farther than 60 mm: aorta" in notes(far)
    assert rows(far) == {}
    images, held = empty(with_canal=False)
    bare = seen_of(painted(images, ball(0.0, 0.0, 0.0, 6.0)), held)
    assert bare.why_missing(fact.CLEARANCES, "A").startswith("not labelled: thecal sac, cord, nerve roots")


def test_each_root_and_vessel_has_its_own_row_with_its_side() -> None:
    images, held = empty()
    drawn = painted(images, ball(0.0, 0.0, 0.0, 6.0))
    grid = images.labels["anatomy"].grid
    x, y, z = grid.points_mm(np.indices(grid.shape).reshape(3, -1).T).T
    names = ("nerve root L1 left", "nerve root L1 right", "vertebral artery left", "vena cava")
    places = ((15.0, 25.0, -8.0), (-15.0, 25.0, -8.0), (25.0, 10.0, 20.0), (-12.0, -22.0, 0.0))
    labels: NDArray[np.uint8] = np.zeros(grid.shape, np.uint8)
    for at, (a, b, c) in enumerate(places):
        labels.reshape(-1)[(x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 <= 9.0] = at + 1
    held_names = {at + 1: structure(name) for at, name in enumerate(names)}
    organs = LabelMap(labels=labels, grid=grid, names=held_names, on="ct", document="organs.nii.gz")
    findings = seen_of(replace(drawn, labels={**drawn.labels, "organs": organs}), held)
    found = rows(findings)
    for name, place in zip(names, places, strict=True):
        assert found[name].mm == pytest.approx(float(np.linalg.norm(place)) - 9.0, abs=0.8)
    assert found["nerve root L1 left"].at_mm[0] > 0.0 > found["nerve root L1 right"].at_mm[0]
    source = findings[fact.CLEARANCES, "A"].source  # type: ignore[union-attr]  # it is there
    assert {mark.kind for mark in source.marks} == {MarkKind.SEGMENT}
    nearest = min(found.values(), key=lambda row: row.mm)
    assert nearest.structure in source.marks[0].words


def test_a_cord_in_the_sac_is_part_of_what_the_dura_holds() -> None:
    images, held = empty()
    assert CORD in images.labels["anatomy"].boxes
    inside = seen_of(painted(images, ball(0.0, CANAL_BACK, 0.0, 1.5)), held)
    assert rows(inside)["thecal sac"].mm == 0.0
