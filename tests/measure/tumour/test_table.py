"""The table of parts, sectors and layers, and the shares of the parts, against what was built."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import SECTORS, Layer, Level, Part, Sector, Side
from enbloc.case.finding import Findings
from enbloc.case.table import Cell, PartShare
from enbloc.phantom import Phantom, Recipe, Tumour, beside, build, in_body, in_pedicle, whole_body
from tests.measure.solids import DEPTH, HEIGHT, WIDTH, Floats
from tests.measure.test_solids import ball
from tests.measure.tumour.seeing import number, seen, seen_of

T8 = Level.T8
MASSES = {
    "body and left pedicle": (in_body(T8), in_pedicle(T8, Side.LEFT)),
    "whole body and beside it": (whole_body(T8), beside(T8, Side.RIGHT)),
}


def cells(findings: Findings) -> tuple[Cell, ...]:
    found = findings.many(fact.TABLE, "A")
    assert found is not None
    return found


def share(findings: Findings, part: Part, side: Side | None = None) -> PartShare:
    rows = findings.many(fact.PART_SHARES, "A") or ()
    return next(row for row in rows if (row.part, row.side) == (part, side))


@cache
def built(name: str) -> tuple[Phantom, Findings]:
    recipe = Recipe(
        levels=(T8,), tumours=(Tumour(solids=MASSES[name]),), spacing_mm=(1.0, 0.9, 0.9), tilt_deg=(4.0, -3.0, 2.0)
    )
    phantom = build(recipe)
    return phantom, seen_of(phantom.images)


@pytest.mark.parametrize("name", MASSES)
def test_sectors_hold_what_was_built_to_within_two_points(name: str) -> None:
    phantom, findings = built(name)
    truth = phantom.truth.lesion().main
    found = dict.fromkeys(SECTORS, 0.0)
    for cell in cells(findings):
        if cell.part is not None:
            found[cell.sector] += cell.cc
    for sector, cc in zip(SECTORS, truth.sector_cc, strict=True):
        assert 100.0 * found[sector] / truth.bone_cc == pytest.approx(100.0 * cc / truth.bone_cc, abs=2.0), sector


@pytest.mark.parametrize("name", MASSES)
def test_the_volume_is_right_to_within_a_hundredth(name: str) -> None:
    phantom, findings = built(name)
    assert number(findings, fact.VOLUME).value == pytest.approx(phantom.truth.lesion().volume_cc, rel=0.01)


@pytest.mark.parametrize("name", MASSES)
def test_the_table_adds_up_to_the_tumour_and_each_cell_lies_in_its_interval(name: str) -> None:
    _, findings = built(name)
    rows = cells(findings)
    assert sum(cell.cc for cell in rows) == pytest.approx(number(findings, fact.VOLUME).value, rel=0.01)
    for cell in rows:
        assert 0.0 <= cell.low_cc <= cell.cc <= cell.high_cc
        assert (cell.layer in {Layer.B, Layer.C}) == (cell.part is not None)
        assert cell.part is None or cell.high_cc <= cell.bone_cc + 0.001
    for row in findings.many(fact.PART_SHARES, "A") or ():
        assert 0.0 <= row.low <= row.percent <= row.high <= 100.0


def test_a_tumour_that_fills_the_vertebra_is_all_of_every_part() -> None:
    def everything(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((np.abs(z) <= 15.0) & (y > -16.0) & (y < 63.0) & (np.abs(x) < 21.0))

    findings = seen(everything)
    assert number(findings, fact.BODY_SHARE).value == 100.0
    for row in findings.many(fact.PART_SHARES, "A") or ():
        assert row.percent == 100.0
        assert row.bone_cc == row.cc
    body = share(findings, Part.BODY)
    assert body.cc == pytest.approx(WIDTH * DEPTH * HEIGHT / 1000.0, rel=0.03)
    assert set(findings.many(fact.WBB_SECTORS, "A") or ()) == set(SECTORS)
    assert len(findings.many(fact.TOMITA_SITES, "A") or ()) == 5


@pytest.mark.parametrize(
    ("where", "sector"), [((6.0, 0.0), Sector.LEFT_6), ((-6.0, 0.0), Sector.RIGHT_7), ((-15.0, 22.0), Sector.RIGHT_9)]
)
def test_a_ball_lies_in_its_own_sector_and_part(where: tuple[float, float], sector: Sector) -> None:
    findings = seen(ball(*where, 3.0, 4.0))
    inside = [cell for cell in cells(findings) if cell.sector is sector]
    volume = number(findings, fact.VOLUME).value
    assert sum(cell.cc for cell in inside) >= 0.9 * volume
    part = Part.PEDICLE if where[1] > 15.0 else Part.BODY
    assert sum(cell.cc for cell in inside if cell.part is part) >= 0.9 * volume


@pytest.mark.parametrize("step", range(0, 20, 3))
def test_a_sector_that_grows_past_its_limit_is_in_or_open_as_it_should_be(step: int) -> None:
    """A bar of the left pedicle, longer by a tenth of a millimetre each time: 0.1 cc is reached at 2.5 mm."""
    length = 1.5 + 0.1 * step

    def bar(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((np.abs(x - 15.0) <= 4.0) & (np.abs(y - 22.0) <= 2.5) & (z > 0.0) & (z <= length))

    findings = seen(bar)
    there = Sector.LEFT_4 in (findings.many(fact.WBB_SECTORS, "A") or ())
    is_open = Sector.LEFT_4 in (findings.many(fact.WBB_SECTORS_OPEN, "A") or ())
    truth = 8.0 * 5.0 * length / 1000.0 >= 0.1
    assert is_open or there == truth


def test_what_half_a_voxel_decides_is_open_and_what_is_plain_is_not() -> None:
    plain = seen(ball(6.0, 0.0, 0.0, 8.0))
    assert plain.many(fact.WBB_SECTORS_OPEN, "A") == ()
    assert plain.many(fact.WBB_LAYERS_OPEN, "A") == ()
    small = seen(ball(15.0, 22.0, 3.0, 2.9))  # 0.1 cc
    assert small.many(fact.WBB_SECTORS_OPEN, "A") == (Sector.LEFT_4,)
    assert "half a voxel decides about sector 4 left" in " ".join(_notes(small))


def _notes(findings: Findings) -> tuple[str, ...]:
    found = findings[fact.WBB_SECTORS, "A"]
    return getattr(found, "notes", ())
