"""Sites of Tomita, radiosurgery sectors, breaches and foramina: in, out, or open, and never the wrong one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.table import CoxSector, TomitaSite
from tests.measure.solids import Floats, Solid
from tests.measure.test_solids import ball
from tests.measure.tumour.seeing import seen

BODY, PEDICLE, ARCH, CANAL, BESIDE = TomitaSite


def tomita(findings: Findings) -> set[TomitaSite]:
    return set(findings.many(fact.TOMITA_SITES, "A") or ())


def cox(findings: Findings) -> set[CoxSector]:
    return set(findings.many(fact.COX_SECTORS, "A") or ())


PLACES: list[tuple[Solid, set[TomitaSite], set[CoxSector]]] = [
    (ball(0.0, 0.0, 0.0, 8.0), {BODY}, {CoxSector.BODY}),
    (ball(15.0, 25.0, 3.0, 4.0), {PEDICLE}, {CoxSector.PEDICLE_LEFT}),
    (ball(-15.0, 25.0, 3.0, 4.0), {PEDICLE}, {CoxSector.PEDICLE_RIGHT}),
    (ball(0.0, 54.0, 0.0, 6.0), {ARCH, BESIDE}, {CoxSector.SPINOUS}),
    (ball(9.0, 38.0, 3.0, 3.0), {ARCH}, {CoxSector.TRANSVERSE_LEFT}),
    (ball(-9.0, 38.0, 3.0, 3.0), {ARCH}, {CoxSector.TRANSVERSE_RIGHT}),
    (ball(0.0, 14.0, 0.0, 6.0), {BODY, CANAL}, {CoxSector.BODY}),
    (ball(0.0, -18.0, 0.0, 8.0), {BODY, BESIDE}, {CoxSector.BODY}),
]


@pytest.mark.parametrize("at", range(len(PLACES)))
def test_a_tumour_is_in_the_sites_and_sectors_that_it_was_drawn_in(at: int) -> None:
    mass, sites, sectors = PLACES[at]
    findings = seen(mass)
    nominal, undecided = tomita(findings), set(findings.many(fact.TOMITA_SITES_OPEN, "A") or ())
    assert nominal - undecided <= sites <= nominal | undecided
    assert cox(findings) == sectors


@pytest.mark.parametrize("depth", [1.2, 2.0, 2.6, 3.3, 5.0])
def test_growth_into_the_canal_is_a_site_or_open(depth: float) -> None:
    """A peg from the body into the canal, 2 mm by 10 mm: 0.02 cc of it are in the canal at a depth of 1 mm."""

    def peg(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((np.abs(x) <= 1.0) & (np.abs(z) <= 5.0) & (y > 5.0) & (y <= 15.0 + depth))

    findings = seen(peg)
    is_open = CANAL in (findings.many(fact.TOMITA_SITES_OPEN, "A") or ())
    assert is_open or (CANAL in tomita(findings)) == (2.0 * 10.0 * depth / 1000.0 >= 0.02)


def said(findings: Findings, named: Fact[bool]) -> bool | str:
    found = findings[named, "A"]
    return found.value if isinstance(found, Finding) else findings.why_missing(named, "A")


def test_a_tumour_inside_the_bone_has_broken_nothing() -> None:
    findings = seen(ball(0.0, 0.0, 0.0, 8.0))
    for named in (fact.CORTICAL_BREACH, fact.POSTERIOR_WALL_BREACH, fact.FORAMEN_LEFT, fact.FORAMEN_RIGHT):
        assert said(findings, named) is False


def test_a_tumour_on_both_sides_of_the_wall_has_broken_it_there() -> None:
    behind, before = seen(ball(0.0, 14.0, 0.0, 6.0)), seen(ball(0.0, -18.0, 0.0, 8.0))
    assert said(behind, fact.POSTERIOR_WALL_BREACH) is True
    assert said(behind, fact.CORTICAL_BREACH) is True
    assert said(before, fact.POSTERIOR_WALL_BREACH) is False
    assert said(before, fact.CORTICAL_BREACH) is True
    found = behind[fact.POSTERIOR_WALL_BREACH, "A"]
    assert isinstance(found, Finding)
    assert found.source.at_mm is not None
    np.testing.assert_allclose(found.source.at_mm, (0.0, 15.5, 0.0), atol=1.0)
    assert "mm² wide at L1" in " ".join(found.notes)


def test_tumour_up_to_the_wall_leaves_the_breach_open() -> None:
    def flush(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray((np.abs(x) <= 12.0) & (np.abs(z) <= 9.0) & (y > 5.0) & (y <= 15.0))

    findings = seen(flush)
    for named in (fact.CORTICAL_BREACH, fact.POSTERIOR_WALL_BREACH):
        assert "half a voxel decides" in str(said(findings, named))


def test_tumour_in_the_canal_alone_has_come_through_no_wall() -> None:
    findings = seen(ball(0.0, 25.0, 0.0, 5.0))
    assert said(findings, fact.POSTERIOR_WALL_BREACH) is False
    assert said(findings, fact.CORTICAL_BREACH) is False


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_tumour_below_a_pedicle_is_in_the_foramen_of_its_side(side: str) -> None:
    sign = 1.0 if side == "left" else -1.0
    findings = seen(ball(sign * 15.0, 25.0, -10.0, 4.0))
    here, there = fact.FORAMEN_LEFT, fact.FORAMEN_RIGHT
    if side == "right":
        here, there = there, here
    assert said(findings, here) is True
    assert said(findings, there) is False


def test_a_speck_in_a_foramen_is_left_open() -> None:
    findings = seen(ball(15.0, 25.0, -10.0, 2.3))
    assert "left foramen" in str(said(findings, fact.FORAMEN_LEFT))
