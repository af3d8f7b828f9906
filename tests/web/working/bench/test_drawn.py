"""Lines over a slice lie on the slice, on the patient's own side, and around what they name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, Level
from enbloc.measure.spine.column import Column, column_of
from enbloc.web.bench_nouns import Drawn
from enbloc.web.working.bench.drawn import drawn
from enbloc.web.working.bench.opened import Opened
from tests.web.working.bench.laid import laid


@pytest.fixture(scope="module")
def case() -> Iterator[Opened]:
    with laid() as made:
        yield made


@pytest.fixture(scope="module")
def column(case: Opened) -> Column:
    return column_of(case.images)


def at_t9(case: Opened, column: Column, axis: str = "axial") -> Drawn:
    place = column.spine[Level.T9].origin
    return drawn(case, column, axis, float(place[{"sagittal": 0, "coronal": 1, "axial": 2}[axis]]))


def test_twelve_sectors_lie_on_the_slice_and_on_their_sides(case: Opened, column: Column) -> None:
    found = at_t9(case, column)
    sectors = [line for line in found.lines if line.name.startswith("T9 sector")]
    assert [line.name for line in sectors][:1] == ["T9 sector 1 left"]
    assert len(sectors) == 12
    one = column.spine[Level.T9]
    for line in sectors:
        points = np.array(line.points_mm)
        np.testing.assert_allclose(points[:, 2], found.mm, atol=0.02)
        across = one.inside(points)[1:, 0].mean() - one.hole_mm[0]
        assert bool(across > 0) is ("left" in line.name)
    rings = [line for line in found.lines if line.kind == "layer" and line.name.startswith("T9")]
    assert {line.name for line in rings} == {f"T9 layers {pair}" for pair in ("A and B", "B and C", "C and D")}


@pytest.mark.parametrize("axis", ["axial", "sagittal", "coronal"])
def test_an_outline_goes_round_what_it_names(case: Opened, column: Column, axis: str) -> None:
    at = {"sagittal": 0, "coronal": 1, "axial": 2}[axis]
    labels = next(one for one in case.images.labels.values() if CORD in one.boxes)
    points = labels.points_mm(CORD)
    mm = float(np.median(points[:, at]))
    lines = [line for line in drawn(case, column, axis, mm).lines if line.name == "cord"]
    held = points[np.abs(points[:, at] - mm) < case.grid.spacing_mm[0] / 2]
    drawn_points = np.concatenate([np.array(line.points_mm) for line in lines])
    np.testing.assert_allclose(drawn_points[:, at], mm, atol=0.01)
    for other in {0, 1, 2} - {at}:
        window = 75.0 + case.grid.spacing_mm[0]
        low, high = max(held[:, other].min(), held[:, other].mean() - window), held[:, other].max()
        assert drawn_points[:, other].min() == pytest.approx(low, abs=3.0)
        assert drawn_points[:, other].max() == pytest.approx(high, abs=3.0)


def test_where_there_is_nothing_it_is_said(case: Opened, column: Column) -> None:
    found = drawn(case, column, "axial", 4000.0)
    assert found.lines == ()
    assert "no vertebra" in found.missing[-1]
