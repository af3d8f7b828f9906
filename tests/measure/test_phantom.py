"""Measures against the truth of the phantom, which is integrated and not counted."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level, Side
from enbloc.case.fact import EsccReported, Fact
from enbloc.case.finding import Finding, Findings
from enbloc.measure import measure
from enbloc.phantom import (
    Collapse,
    Epidural,
    Fracture,
    Phantom,
    Recipe,
    Solid,
    Tumour,
    beside,
    build,
    in_arch,
    in_body,
    in_pedicle,
    whole_body,
)
from enbloc.stage.escc_items import grades
from tests.sampling import sampled

SWEEP = bool(os.environ.get("ENBLOC_SWEEP"))
AROUND = {Level.T8: (Level.T7, Level.T8, Level.T9), Level.L3: (Level.L2, Level.L3, Level.L4)}
# spacing, axes, tilt of the grid
SCANS = {
    "0.8 mm": ((0.8, 0.8, 0.8), "SPL", (0.0, 0.0, 0.0)),
    "1 mm, turned and tilted": ((1.0, 1.0, 1.0), "RAI", (10.0, -5.0, 8.0)),
    "2 mm slices": ((2.0, 0.9, 0.9), "IPR", (0.0, 0.0, 0.0)),
    "sagittal": ((1.5, 1.0, 1.0), "LSP", (0.0, 0.0, 0.0)),
}
SCANS |= (
    {"coronal": ((1.2, 1.2, 1.2), "ASR", (0.0, 6.0, 0.0)), "3 mm": ((3.0, 3.0, 3.0), "PIL", (0.0, 0.0, 0.0))}
    if SWEEP
    else {}
)


def masses(level: Level) -> dict[str, tuple[Solid, ...]]:
    return {
        "body": (in_body(level),),
        "whole body": (whole_body(level),),
        "left pedicle": (in_pedicle(level, Side.LEFT),),
        "body and right pedicle": (in_body(level), in_pedicle(level, Side.RIGHT)),
        "body and both pedicles": (
            whole_body(level),
            in_pedicle(level, Side.LEFT),
            in_pedicle(level, Side.RIGHT),
        ),
        "left arch": (in_arch(level, Side.LEFT),),
        "beside on the right": (in_body(level), beside(level, Side.RIGHT)),
    }


@cache
def measured(recipe_key: tuple[Level, str, str]) -> tuple[Phantom, Findings]:
    level, mass, scan = recipe_key
    spacing, axes, tilt = SCANS[scan]
    recipe = Recipe(
        levels=AROUND[level],
        tumours=(Tumour(solids=masses(level)[mass]),),
        spacing_mm=spacing,
        axes=axes,
        tilt_deg=tilt,
    )
    phantom = build(recipe)
    return phantom, measure(phantom.case, phantom.images)


def finding(findings: Findings, named: Fact[float], about: object = "A") -> Finding[float]:
    found = findings[named, about]
    assert isinstance(found, Finding), findings.why_missing(named, about)
    return found


CASES = [
    (Level.T8, "body", "1 mm, turned and tilted"),
    (Level.T8, "whole body", "1 mm, turned and tilted"),
    (Level.T8, "left pedicle", "sagittal"),
    (Level.L3, "left pedicle", "1 mm, turned and tilted"),
    (Level.T8, "body and right pedicle", "sagittal"),
    (Level.L3, "body and right pedicle", "2 mm slices"),
    (Level.T8, "body and both pedicles", "2 mm slices"),
    (Level.T8, "left arch", "1 mm, turned and tilted"),
    (Level.L3, "beside on the right", "sagittal"),
]
if SWEEP:
    CASES = [(level, mass, scan) for level in AROUND for mass in masses(level) for scan in SCANS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_tumour_is_as_large_as_it_is_and_where_it_is(case: tuple[Level, str, str]) -> None:
    phantom, findings = measured(case)
    truth = phantom.truth.lesion()
    volume, coarse = finding(findings, fact.VOLUME), case[2] == "3 mm"

    if truth.volume_cc > 3.0 and not coarse:
        # The flat end of a body falls where the slices happen to lie: the coarser they are, the more that matters.
        thick = max(SCANS[case[2]][0])
        assert volume.value == pytest.approx(truth.volume_cc, rel=0.01 if thick <= 1.0 else 0.0125 * thick)
    assert volume.low <= truth.volume_cc <= volume.high
    centre = findings.value(fact.CENTRE, "A")
    assert centre is not None
    assert np.linalg.norm(np.subtract(centre.xyz_mm, truth.centre.xyz_mm)) < (1.0 if coarse else 0.5)
    assert findings.value(fact.MAIN_LEVEL, "A") is truth.main_level
    levels = findings.many(fact.LEVELS, "A")
    assert levels is not None
    assert truth.main_level in levels


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_share_of_the_body_lies_in_its_interval(case: tuple[Level, str, str]) -> None:
    phantom, findings = measured(case)
    truth, share = phantom.truth.lesion().main.body_share_percent, finding(findings, fact.BODY_SHARE)

    assert share.low - 0.5 <= truth <= share.high + 0.5
    assert share.value == pytest.approx(truth, abs=1.5 if case[2] != "3 mm" else 7.0)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_sectors_are_the_true_ones_or_said_to_be_uncertain(case: tuple[Level, str, str]) -> None:
    phantom, findings = measured(case)
    sectors, truth = findings.many(fact.WBB_SECTORS, "A"), set(phantom.truth.lesion().main.sectors)
    found = findings[fact.WBB_SECTORS, "A"]
    assert sectors is not None
    assert isinstance(found, Finding)

    for sector in truth ^ set(sectors):
        assert any(str(sector) in note for note in found.notes), f"{sector} in silence"
    if case[2] != "3 mm":
        assert set(sectors) == truth


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_layers_are_the_true_ones(case: tuple[Level, str, str]) -> None:
    phantom, findings = measured(case)
    layers = findings.many(fact.WBB_LAYERS, "A")
    assert layers is not None
    if case[2] != "3 mm":
        assert list(layers) == [layer.value for layer in phantom.truth.lesion().main.layers]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_posterolateral_tumour_is_on_its_side(case: tuple[Level, str, str]) -> None:
    phantom, findings = measured(case)
    truth = phantom.truth.lesion().main
    for cc, named in (
        (truth.posterolateral_left_cc, fact.POSTEROLATERAL_LEFT),
        (truth.posterolateral_right_cc, fact.POSTEROLATERAL_RIGHT),
    ):
        found = finding(findings, named)
        # The phantom parts its posterior elements by its own solids, most differently where facet and lamina meet.
        assert found.value == pytest.approx(cc, abs=0.05 + (0.4 if case[1] == "left arch" else 0.25) * cc)
        assert cc > 0.0 or found.low == 0.0


def recipe_of_all_sides() -> Recipe:
    solids = (
        in_pedicle(Level.T8, Side.LEFT),
        Solid(level=Level.T8, centre_mm=(9.0, -3.0, 2.0), radii_mm=(5.0, 6.0, 5.0)),
        beside(Level.T8, Side.LEFT),
    )
    growth = Epidural(level=Level.T8, grade=EsccReported.GRADE_2, towards=Side.LEFT)
    return Recipe(tumours=(Tumour(solids=solids, epidural=(growth,)),), with_mr=True, spacing_mm=(1.5, 1.0, 1.0))


@pytest.mark.parametrize("axes", ["SPL", "RAS"] if not SWEEP else ["SPL", "RAS", "LPS", "IAR", "PRI", "ASL"])
def test_a_mirrored_patient_has_mirrored_sides(axes: str) -> None:
    recipe = replace(recipe_of_all_sides(), axes=axes)
    plain, mirrored = (build(one) for one in (recipe, recipe.mirrored))
    here, there = measure(plain.case, plain.images), measure(mirrored.case, mirrored.images)

    left, right = (finding(here, fact.POSTEROLATERAL_LEFT), finding(there, fact.POSTEROLATERAL_RIGHT))
    assert left.value == pytest.approx(right.value, rel=0.05)  # the isthmus of a pedicle is found to half a voxel
    assert left.value > 0.5
    assert finding(here, fact.POSTEROLATERAL_RIGHT).value == finding(there, fact.POSTEROLATERAL_LEFT).value == 0.0
    sectors, others = here.many(fact.WBB_SECTORS, "A"), there.many(fact.WBB_SECTORS, "A")
    assert sectors is not None
    assert others is not None
    assert sorted(13 - sector.number for sector in others) == [sector.number for sector in sectors]
    assert all(sector.number <= 6 for sector in sectors)
    for named in (fact.SAC_AREA_RATIO, fact.CORD_AREA_RATIO, fact.EPIDURAL_AREA):
        assert finding(here, named).value == pytest.approx(finding(there, named).value, rel=0.08)


@pytest.mark.parametrize("level", [Level.T8, Level.L3])
def test_frames_are_those_of_the_phantom(level: Level) -> None:
    for scan in SCANS if SWEEP else ("1 mm, turned and tilted", "2 mm slices"):
        phantom, findings = measured((level, "body", scan))
        for one in phantom.truth.levels:
            pose = findings.value(fact.POSE, one.level)
            assert pose is not None
            cosines = (pose.rotation * one.pose.rotation).sum(axis=0)
            assert np.degrees(np.arccos(np.clip(cosines, -1.0, 1.0))).max() < 3.0
            assert np.linalg.norm(pose.origin - one.pose.origin) < 2.0


FRACTURES = [
    (kind, percent)
    for kind in Collapse
    for percent in ((30.0, 60.0) if not SWEEP else (0.0, 15.0, 30.0, 45.0, 60.0, 75.0))
]


@pytest.mark.parametrize(("kind", "percent"), FRACTURES)
def test_collapse_lies_in_its_interval(kind: Collapse, percent: float) -> None:
    recipe = Recipe(
        tumours=(Tumour(solids=(in_body(Level.T8, radii_mm=(8.0, 7.0, 4.0)),)),),
        fractures={Level.T8: Fracture(kind=kind, percent=percent)},
    )
    phantom = build(recipe)
    findings = measure(phantom.case, phantom.images)

    truth = {one.level: one for one in phantom.truth.levels}
    named = (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR)
    own = truth[Level.T8]
    for height, mm in zip(named, (own.anterior_mm, own.middle_mm, own.posterior_mm), strict=True):
        assert finding(findings, height, Level.T8).value == pytest.approx(mm, abs=1.5)
    collapse = finding(findings, fact.COLLAPSE, Level.T8)
    around = [truth[Level.T7], truth[Level.T9]]
    lost = max(
        100.0 * (1.0 - mine / np.mean(theirs))
        for mine, theirs in (
            (own.anterior_mm, [one.anterior_mm for one in around]),
            (own.middle_mm, [one.middle_mm for one in around]),
            (own.posterior_mm, [one.posterior_mm for one in around]),
        )
    )
    assert collapse.low <= lost <= collapse.high


@pytest.mark.parametrize("slip", [0.0, 4.0, 8.0])
def test_a_slip_is_as_far_as_it_was_made(slip: float) -> None:
    phantom = build(Recipe(levels=AROUND[Level.L3], listhesis_mm={Level.L3: slip}))
    found = finding(measure(phantom.case, phantom.images), fact.TRANSLATION, Level.L3)

    # The phantom's canal bends smoothly through a slip and so takes the corner off the wall that would show it whole.
    assert found.value == pytest.approx(slip, abs=1.0 + 0.25 * slip)
    assert (found.high >= 3.0) == (slip > 0.0)


FINE, AXIAL = (1.0, 1.0, 1.0), (3.0, 0.7, 0.7)
IN_FRONT = [(grade, None, FINE) for grade in EsccReported]
OTHERWISE = [(grade, Side.LEFT, FINE) for grade in EsccReported] + [(grade, None, AXIAL) for grade in EsccReported]
STEPS = [*IN_FRONT, *sampled(OTHERWISE, 5)]
if SWEEP:
    coarse = ((0.8, 0.8, 0.8), AXIAL, (2.0, 2.0, 2.0), (3.0, 3.0, 3.0))
    STEPS += [(grade, side, spacing) for grade in EsccReported for side in Side for spacing in coarse]


@pytest.mark.parametrize(("grade", "side", "spacing"), STEPS)
def test_epidural_growth_reaches_its_grade(
    grade: EsccReported, side: Side | None, spacing: tuple[float, float, float]
) -> None:
    growth = Epidural(level=Level.T8, grade=grade, towards=side)
    mass = Tumour(solids=(in_body(Level.T8, centre_mm=(5.0, 4.0, 0.0)),), epidural=(growth,))
    phantom = build(Recipe(tumours=(mass,), spacing_mm=spacing, with_mr=True, field_mm=(84.0, 92.0)))
    findings = measure(phantom.case, phantom.images)

    reached = {step.value for step in grades(findings, "A").grades}
    assert grade.value in reached
    if grade in CLEAR and max(spacing[1:]) <= 1.0:
        assert reached == {grade.value}
    if grade is not EsccReported.GRADE_0:
        at = findings.value(fact.EPIDURAL_AT, "A")
        if at is not None:
            own = phantom.truth.level(Level.T8).pose.inverse @ at
            assert abs(own.xyz_mm[2]) < 16.0
            assert own.xyz_mm[1] > 8.0
            assert side is None or (own.xyz_mm[0] > 0.0) == (side is Side.LEFT)


CLEAR = {EsccReported.GRADE_0, EsccReported.GRADE_2, EsccReported.GRADE_3}
