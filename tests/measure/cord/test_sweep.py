"""Tumour that grows into the canal in tenths of a millimetre: every cut-off of ESCC is met, no grade is ever wrong.

The canal, the sac and the cord are ellipses; a flat front of tumour moves back through them, first past the sac, then
up to the cord and into it. What is true is counted on pixels of 0.05 mm. The voxels are of 0.8 to 3 mm, lie anywhere
and lean up to 15 degrees against the canal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, measured
from enbloc.kernels import stacks
from enbloc.measure.answers import gathered
from enbloc.measure.cord.epidural import epidural
from enbloc.stage.escc import Compression, Escc
from enbloc.stage.escc_items import grades, predicates
from tests.measure.cord.canals import IN_CANAL, IN_CORD, IN_SAC, Floats, Mask, Scan, Solid, ellipse, scene
from tests.sampling import sampled

CANAL, SAC, CORD = (10.5, 8.5), (9.0, 7.2), (5.0, 3.6)
LENGTH = 16.0
FINE = 0.05
SPACINGS = ((0.8, 0.8, 0.8), (1.0, 1.0, 1.0), (0.7, 0.7, 3.0), (1.0, 1.0, 2.0), (1.5, 1.5, 1.5), (3.0, 3.0, 3.0))


def front(depth: float) -> Solid:
    """Tumour in the canal before a flat face ``depth`` before the cord's middle."""
    inside = ellipse(*CANAL)
    return lambda u, v, w: np.asarray(inside(u, v, w) & (v <= -depth) & (np.abs(w) <= LENGTH / 2.0))


def body(u: Floats, v: Floats, w: Floats) -> Mask:
    """Tumour before the canal, so that there is always some."""
    return np.asarray((np.abs(u) <= 6.0) & (v <= -9.5) & (np.abs(w) <= LENGTH / 2.0))


def without(solid: Solid, mass: Solid) -> Solid:
    return lambda u, v, w: np.asarray(solid(u, v, w) & ~mass(u, v, w))


@dataclass(frozen=True)
class Row:
    """One constructed canal and one way in which it is scanned."""

    depth: float
    scan: Scan


def rows() -> list[Row]:
    random = np.random.default_rng(20261120)
    built = []
    for depth, spacing in product(np.arange(1.2, 8.65, 0.1), SPACINGS):
        phase = tuple(random.uniform(-0.5, 0.5, 3))
        lean = tuple(random.uniform(-15.0, 15.0, 2))
        built.append(Row(round(float(depth), 2), Scan(spacing_mm=spacing, phase=phase, lean_deg=lean)))
    return built


@cache
def truth(depth: float) -> Findings:
    """What is so, counted on fine pixels of one plane."""
    side = np.arange(-11.0, 11.0, FINE) + FINE / 2.0
    u, v = np.meshgrid(side, side, indexing="ij")
    w = np.zeros_like(u)
    mass = front(depth)(u, v, w)
    cord, sac = (ellipse(*size)(u, v, w) & ~mass for size in (CORD, SAC))
    free_cord, free_sac = (ellipse(*size)(u, v, w) for size in (CORD, SAC))
    shape, free = (one[0, 4] / one[0, 3] for one in (stacks.moments(cord[None]), stacks.moments(free_cord[None])))
    middle, was = (stacks.moments(one[None])[0, 1:3] for one in (cord, free_cord))
    lost = stacks.distances(~free_sac[None], len(side))[0][free_sac & mass]
    ring = stacks.thickness(cord[None], (sac & ~cord)[None], middle[None], 72)[0] * FINE
    numbers: dict[Fact[Any], float] = {
        fact.EPIDURAL_AREA: float(mass.sum()) * FINE**2,
        fact.SAC_INDENTATION: float(lost.max(initial=0.0)) * FINE,
        fact.SAC_AREA_RATIO: sac.sum() / free_sac.sum(),
        fact.CORD_DISTANCE: max(0.0, min(depth, SAC[1]) - CORD[1]),  # or to the dura before the tumour
        fact.CORD_AREA_RATIO: cord.sum() / free_cord.sum(),
        fact.CORD_FLATTENING: 100.0 * (1.0 - shape / free),
        fact.CORD_SHIFT: float(np.linalg.norm(middle - was)) * FINE,
        fact.CSF_SHARE: float((ring >= 0.5).mean()),
        fact.EPIDURAL_LENGTH: LENGTH if mass.sum() * FINE**2 >= 5.0 else 0.0,
    }
    found = [measured(named, "A", float(number)) for named, number in numbers.items()]
    return Findings(found=(*found, measured(fact.EPIDURAL_SLICES, "A", 8 if mass.sum() * FINE**2 >= 5.0 else 0)))


def true_grade(depth: float) -> Escc:
    answers = [next(iter(one.plain)) for one in predicates(truth(depth), "A")]
    return Compression(
        epidural=answers[0],
        sac_deformed=answers[1],
        cord_contact=answers[2],
        cord_compressed=answers[3],
        csf_visible=answers[4],
    ).grade


@cache
def found(row: Row) -> Findings:
    mass = front(row.depth)
    layers = [
        (IN_CANAL, ellipse(*CANAL)),
        (IN_SAC, without(ellipse(*SAC), mass)),
        (IN_CORD, without(ellipse(*CORD), mass)),
    ]
    images, one, spine = scene(row.scan, layers, lambda u, v, w: np.asarray(mass(u, v, w) | body(u, v, w)))
    return gathered(epidural(images, one, spine, Level.T8))


ROWS = sampled(rows(), 45)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.depth:g} mm, {row.scan.spacing_mm}")
def test_the_grade_is_right_or_open(row: Row) -> None:
    result = grades(found(row), "A")
    assert true_grade(row.depth) in result.grades, [
        (one.name, sorted(one.widened), one.note) for one in result.predicates
    ]


OF_A_PLANE: tuple[Fact[float], ...] = (
    fact.EPIDURAL_AREA,
    fact.SAC_INDENTATION,
    fact.SAC_AREA_RATIO,
    fact.CORD_DISTANCE,
    fact.CORD_AREA_RATIO,
    fact.CORD_FLATTENING,
    fact.CORD_SHIFT,
    fact.EPIDURAL_LENGTH,
)


@pytest.mark.parametrize("named", OF_A_PLANE, ids=lambda named: named.id)
def test_the_truth_lies_in_the_interval(named: Fact[float]) -> None:
    outside = []
    for row in ROWS:
        so = {one.fact: one.value for one in truth(row.depth).found}
        one = found(row)[named, "A"]
        is_labelled = so[fact.EPIDURAL_AREA.id] >= 5.0  # a thinner layer may have no voxel of its own
        if is_labelled and isinstance(one, Finding) and not one.low <= so[named.id] <= one.high:
            outside.append((row.depth, row.scan.spacing_mm, so[named.id], one.value, one.low, one.high))
    assert not outside


def ring(share: float) -> Solid:
    """Tumour between sac and canal over a share of the way round, from the front to both sides."""
    canal, sac = ellipse(*CANAL), ellipse(*SAC)

    def inside(u: Floats, v: Floats, w: Floats) -> Mask:
        turn = np.abs(np.arctan2(u, -v)) / np.pi  # 0 in front, 1 behind
        return np.asarray(canal(u, v, w) & ~sac(u, v, w) & (turn <= share) & (np.abs(w) <= LENGTH / 2.0))

    return inside


TURNS = [(round(float(share), 3), spacing) for share in np.arange(0.5, 1.01, 0.025) for spacing in SPACINGS[:5]]


@pytest.mark.parametrize(("share", "spacing"), sampled(TURNS, 12))
def test_how_far_tumour_goes_round_is_right_within_its_interval(
    share: float, spacing: tuple[float, float, float]
) -> None:
    random = np.random.default_rng(int(1000 * share))
    scan = Scan(spacing_mm=spacing, phase=tuple(random.uniform(-0.5, 0.5, 3)))
    layers = [(IN_CANAL, ellipse(*CANAL)), (IN_SAC, ellipse(*SAC)), (IN_CORD, ellipse(*CORD))]
    images, one, spine = scene(scan, layers, ring(share))
    turn = gathered(epidural(images, one, spine, Level.T8))[fact.EPIDURAL_TURN, "A"]
    assert isinstance(turn, Finding)
    assert turn.low <= share <= turn.high
    assert turn.value == pytest.approx(share, abs=0.08)
