"""What may not depend on how the patient lay in the scanner: rigid motion, mirroring and the order of the axes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import SECTORS, Layer, Sector, Side
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.image import Grid, Images
from enbloc.case.table import CoxSector
from tests.measure.solids import Floats, Solid
from tests.measure.tumour.seeing import empty, number, painted, seen, seen_of

NUMBERS: tuple[Fact[float], ...] = (
    fact.VOLUME,
    fact.DIAMETER,
    fact.LENGTH,
    fact.AXIAL_DIAMETER,
    fact.SHORT_DIAMETER,
    fact.SOFT_TISSUE_DIAMETER,
    fact.EXTRADURAL_SHARE,
    fact.EXTRAMEDULLARY_SHARE,
    fact.BODY_SHARE,
    fact.POSTEROLATERAL_LEFT,
    fact.POSTEROLATERAL_RIGHT,
)
SETS: tuple[Fact[Any], ...] = (
    fact.LEVELS,
    fact.WBB_SECTORS,
    fact.WBB_LAYERS,
    fact.TOMITA_SITES,
    fact.COX_SECTORS,
)


def skew(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
    """Tumour in the body, through its wall into the canal, in the left pedicle and beside the left of the body."""
    body = ((x - 8.0) / 9.0) ** 2 + ((y - 8.0) / 9.0) ** 2 + (z / 8.0) ** 2 <= 1.0
    pedicle = (x - 15.0) ** 2 + (y - 25.0) ** 2 + (z - 3.0) ** 2 <= 36.0
    beside = (x - 22.0) ** 2 + y**2 + z**2 <= 49.0
    return np.asarray(body | pedicle | beside)


def mirrored(mass: Solid) -> Solid:
    return lambda x, y, z: mass(-x, y, z)


def turned(images: Images, axis: int, degrees: float) -> Images:
    """The same arrays in a patient who is turned and moved."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, j = (one for one in range(3) if one != axis)
    turn = np.eye(4)
    turn[[i, j], [i, j]], turn[i, j], turn[j, i] = cos, -sin, sin
    turn[:3, 3] = (11.0, -7.0, 23.0)

    def grid(one: Grid) -> Grid:
        return Grid(shape=one.shape, affine=turn @ one.affine)

    return replace(
        images,
        volumes={role: replace(scan, grid=grid(scan.grid)) for role, scan in images.volumes.items()},
        labels={role: replace(one, grid=grid(one.grid)) for role, one in images.labels.items()},
    )


def same(one: Findings, other: Findings, within: float) -> None:
    for named in NUMBERS:
        assert number(one, named).value == pytest.approx(number(other, named).value, abs=within), named.id
    for several in SETS:
        assert one.many(several, "A") == other.many(several, "A"), several.id


@pytest.mark.parametrize("axes", ["RAS", "PSL"])
def test_the_order_and_the_direction_of_the_axes_do_not_matter(axes: str) -> None:
    same(seen(skew, axes=axes), seen(skew), 0.35)


@pytest.mark.parametrize(("axis", "degrees"), [(0, 15.0), (1, -20.0)])
def test_a_rigid_motion_does_not_matter(axis: int, degrees: float) -> None:
    images, _ = empty()
    moved = seen_of(turned(painted(images, skew), axis, degrees))
    # The voxels are turned with the patient, so all but the direction in which a voxel is thick stays the same.
    same(moved, seen(skew), 0.6)


def test_in_a_mirrored_patient_the_sides_swap_exactly() -> None:
    here, there = seen(skew), seen(mirrored(skew))
    for named in NUMBERS[:9]:
        assert number(here, named).value == pytest.approx(number(there, named).value, abs=0.2), named.id
    assert number(here, fact.POSTEROLATERAL_LEFT).value == pytest.approx(
        number(there, fact.POSTEROLATERAL_RIGHT).value, abs=0.01
    )
    assert number(here, fact.POSTEROLATERAL_RIGHT).value == number(there, fact.POSTEROLATERAL_LEFT).value == 0.0
    sectors, others = here.many(fact.WBB_SECTORS, "A"), there.many(fact.WBB_SECTORS, "A")
    assert sectors
    assert others
    assert sorted(13 - one.number for one in others) == [one.number for one in sectors]
    assert here.many(fact.COX_SECTORS, "A") == (CoxSector.BODY, CoxSector.PEDICLE_LEFT)
    assert there.many(fact.COX_SECTORS, "A") == (CoxSector.BODY, CoxSector.PEDICLE_RIGHT)


def test_a_mirrored_table_is_on_the_other_side() -> None:
    here, there = seen(skew), seen(mirrored(skew))
    one, other = cells(here, flipped=False), cells(there, flipped=True)
    assert sum(one.values()) == pytest.approx(sum(other.values()), abs=0.01)
    for sector in SECTORS:
        mine, yours = (sum(cc for (at, _), cc in found.items() if at is sector) for found in (one, other))
        # The frame is read off thinned points: 0.15 mm to one side in both patients, times some 400 mm² of a border.
        assert mine == pytest.approx(yours, abs=0.15), sector
    for layer in Layer:
        mine, yours = (sum(cc for (_, at), cc in found.items() if at is layer) for found in (one, other))
        assert mine == pytest.approx(yours, abs=0.15), layer


def cells(findings: Findings, *, flipped: bool) -> dict[tuple[Sector, Layer], float]:
    """Tumour by sector and layer, cc, on the side where it lies or on the other."""
    found: dict[tuple[Sector, Layer], float] = {}
    for cell in findings.many(fact.TABLE, "A") or ():
        at = Sector(f"{13 - cell.sector.number} {_other(cell.sector.side)}") if flipped else cell.sector
        found[at, cell.layer] = found.get((at, cell.layer), 0.0) + cell.cc
    return found


def _other(side: Side) -> str:
    return "right" if side is Side.LEFT else "left"
