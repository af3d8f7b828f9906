"""Sizes along and across the column, levels, pieces, and what they are drawn from."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.mark import MarkKind
from tests.measure.solids import PITCH, Floats, Solid
from tests.measure.test_solids import ball
from tests.measure.tumour.seeing import empty, number, painted, seen, seen_of


def egg(x0: float, y0: float, z0: float, radii: tuple[float, float, float], turned: float = 0.0) -> Solid:
    cos, sin = np.cos(np.radians(turned)), np.sin(np.radians(turned))

    def inside(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        u, v = cos * (x - x0) + sin * (y - y0), cos * (y - y0) - sin * (x - x0)
        return np.asarray((u / radii[0]) ** 2 + (v / radii[1]) ** 2 + ((z - z0) / radii[2]) ** 2 <= 1.0)

    return inside


@pytest.mark.parametrize("turned", [0.0, 25.0, 90.0])
def test_an_egg_is_as_long_and_as_wide_as_it_was_drawn(turned: float) -> None:
    findings = seen(egg(0.0, 0.0, 4.0, (12.0, 7.0, 15.0), turned))
    for named, mm in ((fact.LENGTH, 30.0), (fact.AXIAL_DIAMETER, 24.0), (fact.SHORT_DIAMETER, 14.0)):
        found = number(findings, named)
        assert found.value == pytest.approx(mm, abs=1.0)
        assert found.low <= mm <= found.high


def test_the_marks_are_as_long_as_the_number_says() -> None:
    findings = seen(egg(3.0, 0.0, 0.0, (12.0, 7.0, 9.0), 30.0))
    for named in (fact.DIAMETER, fact.AXIAL_DIAMETER, fact.SHORT_DIAMETER):
        found = number(findings, named)
        (line,) = found.source.marks
        assert line.kind is MarkKind.SEGMENT
        start, stop = np.array(line.points_mm)
        if named is not fact.SHORT_DIAMETER:  # a width: between parallels, not from end to end
            assert np.linalg.norm(stop - start) == pytest.approx(found.value, abs=0.3)
        assert found.source.shows is not None
        assert np.abs(found.source.shows.distance_mm(np.array(line.points_mm))).max() < 1.5


def test_a_tumour_of_two_levels_is_as_long_as_both() -> None:
    def two(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray(ball(0.0, 0.0, 0.0, 8.0)(x, y, z) | ball(0.0, 0.0, PITCH, 8.0)(x, y, z))

    findings = seen(two)
    length = number(findings, fact.LENGTH)
    assert length.low <= PITCH + 16.0 <= length.high
    assert findings.value(fact.PIECES, "A") == 2
    assert findings.many(fact.LEVELS, "A") == (Level.T12, Level.L1)
    assert findings.many(fact.LEVELS_OPEN, "A") == ()
    assert len(length.source.marks[0].points_mm) >= 2


def test_soft_tissue_is_what_lies_outside_the_bone_in_one_piece() -> None:
    findings = seen(egg(0.0, -20.0, 0.0, (14.0, 10.0, 10.0)))  # the front wall of the body lies at -15
    found = number(findings, fact.SOFT_TISSUE_DIAMETER)
    assert found.low <= 28.0 <= found.high
    inside = number(seen(ball(0.0, 0.0, 0.0, 8.0)), fact.SOFT_TISSUE_DIAMETER)
    assert inside.value == 0.0
    assert "no tumour outside" in " ".join(inside.notes)


def test_a_skin_of_tumour_on_the_bone_may_be_bone() -> None:
    def skin(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((np.abs(x) <= 12.0) & (np.abs(z) <= 8.0) & (y < 0.0) & (y > -16.0))

    found = number(seen(skin), fact.SOFT_TISSUE_DIAMETER)
    assert found.value > 20.0
    assert found.low == 0.0


@pytest.mark.parametrize(("radius", "is_open"), [(2.2, True), (4.0, False)])
def test_a_level_that_half_a_voxel_decides_is_open(radius: float, is_open: bool) -> None:
    def two(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray(ball(0.0, 0.0, 0.0, 8.0)(x, y, z) | ball(0.0, 0.0, PITCH, radius)(x, y, z))

    findings = seen(two)
    assert (findings.many(fact.LEVELS_OPEN, "A") == (Level.T12,)) == is_open
    assert findings.value(fact.MAIN_LEVEL, "A") is Level.L1


def test_a_label_that_may_be_off_has_wider_intervals() -> None:
    images, held = empty()
    mass = ball(0.0, 0.0, 0.0, 8.0)
    sure, carried = seen_of(painted(images, mass), held), seen_of(painted(images, mass, error_mm=1.0), held)
    named: tuple[Fact[float], ...] = (fact.VOLUME, fact.DIAMETER, fact.LENGTH, fact.AXIAL_DIAMETER, fact.BODY_SHARE)
    for one in named:
        here, there = number(sure, one), number(carried, one)
        assert here.value == there.value
        assert there.low < here.low
        assert there.high > here.high


def test_every_number_can_be_looked_at() -> None:
    findings = seen(ball(12.0, 15.0, 3.0, 8.0))
    assert len(findings.found) > 30
    for found in findings.found:
        source = found.source
        assert source.method, found.fact
        assert source.document, found.fact
        assert source.at_mm is not None, found.fact
        assert source.shows is not None, found.fact
        assert 1 <= len(source.marks) <= 4, found.fact
        for mark in source.marks:
            off = np.abs(source.shows.distance_mm(np.array(mark.points_mm)))
            assert mark.kind is not MarkKind.OUTLINE or off.max() < 0.2, f"{found.fact}: {mark.words}"
