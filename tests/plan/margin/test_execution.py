"""The probability of entering tumour against seeded trials of the same errors, its laws, and RES-02 as written."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtr

from enbloc.case.finding import Interval
from enbloc.case.geometry import Triple, triple
from enbloc.decide.decision import Act
from enbloc.decide.resection import UNCERTAINTY
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.plan.cutting.bone import Outline, outline_of
from enbloc.plan.margin.execution import (
    BY_HAND,
    GUIDE,
    METHODS,
    NAVIGATION,
    Errors,
    Execution,
    Proof,
    plane_risk,
    proof_of,
    risk_of,
)
from tests.decide.rows.resection import cut as planned_cut
from tests.decide.situations import said, seen
from tests.plan.margin.phantoms import cut, directions, drawn, grid_around, solid

Floats = NDArray[np.float64]

TRIALS = 10_000
Z_99 = 2.576


def outline(seed: int) -> Outline:
    grid = grid_around(np.array([1.5, 1.5, 1.5]), np.eye(3), 14.0)
    return outline_of(drawn(solid(seed), grid).shell)


def errors(offset: float, tilt: float = 0.0, *, toward: float = 0.0, segmentation: float = 0.5) -> Errors:
    execution = Execution(name="own", offset_sd_mm=offset, tilt_sd_deg=tilt, toward_mm=toward)
    return Errors(execution=execution, segmentation_mm=segmentation, registration_mm=0.3)


def beyond(of: Outline, way: Floats, mm: float) -> float:
    """Where a cut lies that leaves ``mm``."""
    return float(of.reach_mm(way[None])[0][0]) + mm


def trials(of: Outline, way: Floats, offset_mm: float, given_errors: Errors, pivot: Floats, seed: int) -> float:
    """The share of planes, moved and turned at random, with any corner of the tumour beyond them; plain numpy."""
    random = np.random.default_rng(seed)
    execution = given_errors.execution
    first = np.cross(way, [0.3, -0.5, 0.81])
    first /= np.linalg.norm(first)
    second = np.cross(way, first)
    tangents = random.normal(0.0, math.tan(math.radians(execution.tilt_sd_deg)), (TRIALS, 2))
    normals = way + tangents[:, :1] * first + tangents[:, 1:] * second
    each = [random.normal(0.0, sd, TRIALS) for sd in (execution.offset_sd_mm, *given_errors.each_mm)]
    moved = execution.toward_mm + np.sum(each, axis=0)
    on_face = pivot + (offset_mm - pivot @ way) * way
    points = on_face - moved[:, None] * way
    reach = (normals @ of.vertices_mm.T).max(axis=1)
    return float(np.mean(reach >= np.einsum("ij,ij->i", normals, points)))


def within(share: float, probability: float) -> bool:
    """Whether a share of the trials agrees with a probability, by Wilson's interval at 99 %."""
    centre = (share + Z_99**2 / (2 * TRIALS)) / (1 + Z_99**2 / TRIALS)
    spread = math.sqrt(share * (1 - share) / TRIALS + Z_99**2 / (4 * TRIALS**2))
    half = Z_99 / (1 + Z_99**2 / TRIALS) * spread
    return centre - half <= probability <= centre + half


CASES = [
    (seed, mm, offset, tilt, toward)
    for seed, (mm, offset, tilt, toward) in enumerate(
        [
            (3.0, 2.5, 0.0, 0.0),
            (3.0, 2.5, 3.0, 0.0),
            (5.0, 2.5, 6.0, 0.8),
            (2.0, 1.0, 10.0, 0.0),
            (4.0, 0.5, 8.0, 0.5),
            (10.0, 9.0, 4.0, 0.0),
            (1.0, 3.4, 2.0, 0.8),
            (6.0, 3.4, 15.0, 0.0),
            (0.5, 0.2, 5.0, 0.0),
        ]
    )
]


@pytest.mark.parametrize(("seed", "mm", "offset", "tilt", "toward"), CASES)
def test_the_probability_is_that_of_ten_thousand_trials(
    seed: int, mm: float, offset: float, tilt: float, toward: float
) -> None:
    of, way = outline(seed), directions(seed, 3)[-1]
    pivot = of.vertices_mm.mean(axis=0) + np.array([2.0, -1.0, 3.0])
    err = errors(offset, tilt, toward=toward)
    found = plane_risk(cut(way, beyond(of, way, mm), kerf_mm=1.0), of, err, pivot_mm=triple(pivot))
    share = trials(of, way, beyond(of, way, mm), err, pivot, seed + 77)
    assert within(share, found.probability), (share, found.probability)
    assert found.margin_mm == pytest.approx(mm)


def test_without_tilt_it_is_the_normal_distribution() -> None:
    of, way = outline(3), directions(3, 3)[-2]
    err = errors(2.0, segmentation=1.0)
    found = plane_risk(cut(way, beyond(of, way, 3.0)), of, err)
    assert found.sd_mm == pytest.approx(math.sqrt(4.0 + 1.0 + 0.09))
    assert found.probability == pytest.approx(float(ndtr(-3.0 / found.sd_mm)))


@given(
    seed=st.integers(0, 400),
    mm=st.floats(-2.0, 8.0),
    offset=st.floats(0.3, 6.0),
    tilt=st.floats(0.0, 12.0),
    more=st.floats(1.0, 3.0),
)
@settings(max_examples=40)
def test_errors_that_grow_together_never_make_it_less_likely(
    seed: int, mm: float, offset: float, tilt: float, more: float
) -> None:
    of, way = outline(seed % 20), directions(seed, 3)[-1]
    pivot = triple(of.vertices_mm.mean(axis=0))
    planned = cut(way, beyond(of, way, mm))
    tangent = math.degrees(math.atan(more * math.tan(math.radians(tilt))))
    small = Errors(
        execution=Execution(name="own", offset_sd_mm=offset, tilt_sd_deg=tilt), segmentation_mm=0.5, registration_mm=0.3
    )
    large = Errors(
        execution=Execution(name="own", offset_sd_mm=more * offset, tilt_sd_deg=tangent),
        segmentation_mm=more * 0.5,
        registration_mm=more * 0.3,
    )
    before, after = (plane_risk(planned, of, each, pivot_mm=pivot).probability for each in (small, large))
    assert after >= before - 1e-6


@given(
    seed=st.integers(0, 400),
    mm=st.floats(-2.0, 8.0),
    numbers=st.tuples(*(st.floats(0.0, 4.0) for _ in range(4))),
    grown=st.integers(0, 3),
    more=st.floats(0.0, 4.0),
)
@settings(max_examples=60)
def test_any_error_of_place_that_grows_never_makes_it_less_likely(
    seed: int, mm: float, numbers: tuple[float, ...], grown: int, more: float
) -> None:
    of, way = outline(seed % 20), directions(seed, 3)[-1]
    planned = cut(way, beyond(of, way, mm))
    larger = tuple(number + more * (at == grown) for at, number in enumerate(numbers))
    before, after = (
        plane_risk(
            planned,
            of,
            Errors(
                execution=Execution(name="own", offset_sd_mm=offset, toward_mm=toward),
                segmentation_mm=segmentation,
                registration_mm=registration,
            ),
        ).probability
        for offset, toward, segmentation, registration in (numbers, larger)
    )
    assert after >= before - 1e-12


@given(seed=st.integers(0, 400), mm=st.floats(1.0, 8.0), tilts=st.tuples(st.floats(0.0, 12.0), st.floats(0.0, 12.0)))
@settings(max_examples=30)
def test_a_larger_tilt_or_a_larger_error_of_place_beside_a_tilt_never_makes_it_less_likely(
    seed: int, mm: float, tilts: tuple[float, float]
) -> None:
    of, way = outline(seed % 20), directions(seed, 3)[-1]
    planned = cut(way, beyond(of, way, mm))
    small, large = (plane_risk(planned, of, errors(1.5, tilt)).probability for tilt in sorted(tilts))
    assert large >= small - 1e-6
    assume(small < 0.5)  # beyond, a larger error of place can undo what tilt did
    assert plane_risk(planned, of, errors(2.5, min(tilts))).probability >= small - 1e-6


@given(seed=st.integers(0, 400), mm=st.floats(-1.0, 6.0), tilt=st.floats(0.0, 8.0), grow=st.floats(0.0, 2.0))
@settings(max_examples=40)
def test_a_larger_tumour_never_makes_it_less_likely(seed: int, mm: float, tilt: float, grow: float) -> None:
    of, way = outline(seed % 20), directions(seed, 3)[-1]
    pivot: Triple = triple(of.vertices_mm.mean(axis=0))
    planned = cut(way, beyond(of, way, mm))
    larger = replace(
        of, vertices_mm=np.concatenate([of.vertices_mm, of.vertices_mm + grow * directions(seed + 1, 1)[-1]])
    )
    before, after = (plane_risk(planned, each, errors(2.0, tilt), pivot_mm=pivot) for each in (of, larger))
    assert after.probability >= before.probability - 1e-9
    assert after.margin_mm <= before.margin_mm + 1e-9


def test_a_cut_planned_through_tumour_enters_it_whatever_errs() -> None:
    of, way = outline(1), directions(1, 3)[-1]
    for mm in (0.0, -2.0):
        found = plane_risk(cut(way, beyond(of, way, mm - 1e-9)), of, errors(8.0, 5.0))
        assert found.probability == 1.0
        assert found.proof is Proof.INTRALESIONAL
    on_average = plane_risk(cut(way, beyond(of, way, 0.5)), of, errors(2.0, toward=0.8))
    assert on_average.probability == 1.0
    assert on_average.proof is Proof.OPEN  # half a voxel reaches beyond the band of 0.8 mm


def test_the_specimen_lies_between_bounds_that_hold_whatever_the_cuts_have_in_common() -> None:
    of = outline(2)
    ways = directions(2, 0)[[2, 5]]
    cuts = [cut(way, beyond(of, way, mm), name=name) for way, mm, name in zip(ways, (3.0, 4.0), "ab", strict=True)]
    err = errors(2.0)
    found = risk_of(cuts, of, err)
    each = [plane.probability for plane in found.planes]
    assert found.low == max(each)
    assert found.high == pytest.approx(sum(each))
    assert found.low <= found.as_if_independent <= found.high
    # One shared shift of the tumour: seeded trials with it lie within the bounds.
    random = np.random.default_rng(5)
    shared = random.normal(0.0, err.each_mm[0], (TRIALS, 3))
    entered = np.zeros(TRIALS, bool)
    for way, mm in zip(ways, (3.0, 4.0), strict=True):
        own = random.normal(0.0, math.hypot(2.0, err.each_mm[1]), TRIALS)
        entered |= shared @ way + own >= mm
    loose = Z_99 * 0.5 / math.sqrt(TRIALS)
    assert found.low - loose <= entered.mean() <= found.high + loose


def test_errors_that_nobody_recorded_are_taken_at_two_millimetres_and_said() -> None:
    unknown = Errors(execution=GUIDE)
    assert unknown.each_mm == (UNCERTAINTY.number, UNCERTAINTY.number) == (2.0, 2.0)
    assert unknown.band_mm == 4.0
    assert len(unknown.assumed) == 2
    assert "registration is not recorded" in unknown.assumed[1]
    assert not errors(1.0).assumed


@pytest.mark.parametrize(
    ("mm", "low", "high", "segmentation", "registration", "proof"),
    [
        (-3.0, -3.0, -3.0, 1.0, 1.0, Proof.INTRALESIONAL),
        (0.0, 0.0, 0.0, 1.0, 1.0, Proof.INTRALESIONAL),
        (1.9, 1.9, 1.9, 1.0, 1.0, Proof.NOT_PROVEN),
        (2.0, 2.0, 2.0, 1.0, 1.0, Proof.OUTSIDE),  # as the rows of RES-02 for the decision
        (2.1, 2.1, 2.1, 1.0, 1.0, Proof.OUTSIDE),
        (2.1, 1.6, 2.6, 1.0, 1.0, Proof.OPEN),
        (2.9, 2.9, 2.9, None, 1.0, Proof.NOT_PROVEN),
        (3.0, 3.0, 3.0, None, 1.0, Proof.OUTSIDE),
        (2.9, 2.9, 2.9, 1.0, None, Proof.NOT_PROVEN),
        (3.0, 3.0, 3.0, 1.0, None, Proof.OPEN),
    ],
)
def test_the_band_is_that_of_the_pathway(
    mm: float, low: float, high: float, segmentation: float | None, registration: float | None, proof: Proof
) -> None:
    known = Errors(execution=NAVIGATION, segmentation_mm=segmentation, registration_mm=registration)
    assert proof_of(mm, Interval(low=low, high=high), known) is proof


@pytest.mark.parametrize("registration", [None, 0.0, 1.0, 2.5])
@pytest.mark.parametrize("segmentation", [None, 0.5, 1.0])
@pytest.mark.parametrize("mm", [-1.0, 0.0, 0.1, 0.4, 1.5, 2.0, 3.0, 3.5, 4.5, 6.0])
def test_the_band_agrees_with_the_rule_that_decides(
    mm: float, segmentation: float | None, registration: float | None
) -> None:
    """A cut is outside the band if and only if RES-02 is silent, and open only where the rule is."""
    known = Errors(execution=NAVIGATION, segmentation_mm=segmentation, registration_mm=registration)
    proof = proof_of(mm, Interval(low=mm, high=mm), known)
    statement = said("RES-02", seen(planned_cut(mm, registration, segmentation), act=Act.EN_BLOC))
    assert (statement is None) is (proof is Proof.OUTSIDE)
    if statement is not None and proof in {Proof.INTRALESIONAL, Proof.NOT_PROVEN}:
        assert ("intralesional" in statement.do) is (proof is Proof.INTRALESIONAL)


@pytest.mark.parametrize("seed", range(6))
def test_a_mirrored_or_turned_patient_has_the_same_risk(seed: int) -> None:
    of, way = outline(seed), directions(seed, 3)[-1]
    move = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]  # a turn or a mirror image
    affine = of.grid.affine.copy()
    affine[:3] = move @ affine[:3]
    there = replace(of, vertices_mm=of.vertices_mm @ move.T, grid=replace(of.grid, affine=affine))
    mm = beyond(of, way, 3.0)
    for tilt, near in ((0.0, 1e-9), (5.0, 1e-4)):  # the grid of tilts lies otherwise: its own small error
        before, after = (
            plane_risk(cut(normal, mm), each, errors(2.0, tilt)) for normal, each in ((way, of), (move @ way, there))
        )
        assert after.probability == pytest.approx(before.probability, abs=near)
        assert after.margin_mm == pytest.approx(before.margin_mm)
        assert after.interval.low == pytest.approx(before.interval.low)


def test_on_finer_voxels_the_risk_is_that_of_the_margin_there() -> None:
    for seed in range(4):
        way = directions(seed, 3)[-1]
        fine, coarse = (
            outline_of(drawn(solid(seed), grid_around(np.full(3, size), np.eye(3), 14.0)).shell) for size in (0.75, 1.5)
        )
        planned = cut(way, solid(seed).reach_mm(way) + 4.0)
        here, there = (plane_risk(planned, each, errors(2.5, 3.0)) for each in (fine, coarse))
        assert abs(here.margin_mm - there.margin_mm) <= 0.5 * math.sqrt(3.0) * (0.75 + 1.5)
        if here.margin_mm >= there.margin_mm:
            assert here.probability <= there.probability + 0.02
        else:
            assert here.probability >= there.probability - 0.02


def test_every_published_figure_is_named_with_its_source_and_mark() -> None:
    assert [method.name for method in METHODS[:3]] == ["navigation", "patient-specific guide", "free hand"]
    for method in METHODS:
        assert method.figures
        assert "tilt" in method.reading
        assert all(figure.checked is Checked.READ and "row 3b" in figure.source for figure in method.figures)
    assert NAVIGATION.offset_sd_mm == pytest.approx(math.hypot(2.52, 2.32))
    assert (GUIDE.offset_sd_mm, GUIDE.toward_mm) == (2.5, 0.8)
    assert BY_HAND.offset_sd_mm == 9.0


def test_the_outline_lies_where_the_margin_map_measures() -> None:
    of, way = outline(4), directions(4, 3)[-1]
    found = plane_risk(cut(way, beyond(of, way, 3.0), kerf_mm=1.5), of, errors(1.0))
    assert found.interval.low <= 3.0 <= found.interval.high


def test_what_cannot_be_is_refused_in_a_line() -> None:
    with pytest.raises(RecordError, match="Without a cut"):
        risk_of([], outline(1), errors(1.0))
    for bad in (-1.0, math.nan):
        with pytest.raises(RecordError, match="cannot be negative"):
            Execution(name="own", offset_sd_mm=bad)
        with pytest.raises(RecordError, match="is not possible"):
            Errors(execution=GUIDE, segmentation_mm=bad)
