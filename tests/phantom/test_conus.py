"""Where cord, conus or cauda lies beside a lesion, and what a reader may say there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from enbloc.case.anatomy import Level
from enbloc.case.fact import EsccReported
from enbloc.phantom import CordBeside, Epidural, Recipe, Tumour, build, in_body
from enbloc.phantom.conus import cord_beside, escc_readings
from enbloc.phantom.model import Model, model
from enbloc.phantom.morphometry import LEVELS, size

REACH_MM = 12.0  # half of the usual growth, its fading ends included


def spine(level: Level, grade: EsccReported = EsccReported.GRADE_0) -> Model:
    """The geometry of a lesion between two free neighbours."""
    levels = tuple(one for one in LEVELS if one is level or not one.is_transitional)
    at = levels.index(level)
    lesion = Tumour(solids=(in_body(level, radii_mm=(5.0, 5.0, 4.0)),), epidural=(Epidural(level=level, grade=grade),))
    return model(Recipe(levels=levels[at - 1 : at + 2], tumours=(lesion,)))


def beside_lesion(made: Model) -> CordBeside:
    return cord_beside(made, made.recipe.tumours[0])


def areas(made: Model, level: Level, *, sac: bool = False) -> tuple[float, float, float]:
    """Cross-sections (mm²) of the cord or the sac below, at and above a lesion, clear of its growth."""
    away = REACH_MM + size(level).posterior_height / 2.0
    pose = made.column.poses[level]
    centre = pose.rotation @ np.array([0.0, size(level).canal_centre_mm, 0.0]) + pose.origin
    steps = np.arange(-16.0, 16.1, 0.25)
    flat = np.stack([*np.meshgrid(steps, steps), np.zeros((len(steps), len(steps)))], axis=-1).reshape(-1, 3)
    distance = made.canal.sac_distance if sac else made.canal.cord_distance
    below, here, above = (
        float((distance(flat + centre + np.array([0.0, 0.0, mm])) < 0).sum()) / 16.0 for mm in (-away, 0.0, away)
    )
    return below, here, above


@pytest.mark.parametrize(
    ("level", "beside"),
    [
        (Level.C5, CordBeside.CORD),
        (Level.C7, CordBeside.CORD),
        (Level.T1, CordBeside.CORD),
        (Level.T8, CordBeside.CORD),
        (Level.T12, CordBeside.CORD),
        (Level.T13, CordBeside.CORD),
        (Level.L1, CordBeside.CONUS),
        (Level.L2, CordBeside.CONUS),
        (Level.L3, CordBeside.CAUDA),
    ],
)
def test_the_free_neighbours_are_a_reference_beside_cord_only(level: Level, beside: CordBeside) -> None:
    made = spine(level)
    below, here, above = areas(made, level)

    assert beside_lesion(made) is beside
    assert (max(below, above) > 0.0) is (beside is not CordBeside.CAUDA)
    if beside is not CordBeside.CAUDA:
        assert (0.93 < 2.0 * here / (below + above) < 1.22) is (beside is CordBeside.CORD)


@pytest.mark.parametrize("level", [Level.C5, Level.T1, Level.T8, Level.T12])
def test_a_grade_shows_against_its_neighbours_where_the_cord_swells(level: Level) -> None:
    for grade, low, high in (
        (EsccReported.GRADE_1A, 0.93, 1.22),
        (EsccReported.GRADE_1C, 0.93, 1.22),
        (EsccReported.GRADE_2, 0.60, 0.93),
        (EsccReported.GRADE_3, 0.40, 0.75),
    ):
        below, here, above = areas(spine(level, grade), level)
        assert low < 2.0 * here / (below + above) < high, grade


@pytest.mark.parametrize("level", [Level.L1, Level.L2, Level.L3])
def test_each_step_takes_more_of_the_sac_at_the_conus_and_below(level: Level) -> None:
    sacs = [areas(spine(level, grade), level, sac=True) for grade in EsccReported]
    here = [one[1] for one in sacs]

    assert here[1] == pytest.approx(here[0], rel=0.02), "1a leaves the sac as it is"
    assert all(later < 0.97 * earlier for earlier, later in pairwise(here[1:]))
    assert here[-1] < 0.4 * here[0]
    for below, _, above in sacs:
        assert (below, above) == pytest.approx((sacs[0][0], sacs[0][2]), rel=0.03), "its ends are free"


@pytest.mark.parametrize("level", [Level.L1, Level.L2])
@pytest.mark.parametrize("grade", [EsccReported.GRADE_2, EsccReported.GRADE_3])
def test_a_tumour_deforms_sac_and_conus_without_a_step(level: Level, grade: EsccReported) -> None:
    held = spine(level, grade).canal

    assert np.abs(np.diff(held.sac, axis=0)).max() < 1.75, "mm from millimetre to millimetre"
    assert np.abs(np.diff(held.cord, axis=0)).max() < 1.75
    there = held.cord[:, 0] > 0.2
    for sign in (1.0, -1.0):
        rim = sign * held.cord[there, 1] + held.cord[there, 3]
        wall = sign * held.sac[there, 1] + held.sac[there, 3]
        assert (sign * (wall - rim)).min() > -1e-9, "the cord stays within the sac"


def test_what_a_reader_may_say() -> None:
    def said(level: Level, grade: EsccReported) -> list[str]:
        return [one.value for one in escc_readings(grade, beside_lesion(spine(level, grade)))]

    assert said(Level.T8, EsccReported.GRADE_2) == ["2"]
    assert said(Level.C5, EsccReported.GRADE_1C) == ["1c"]
    for level in (Level.L1, Level.L2, Level.L3):
        assert said(level, EsccReported.GRADE_0) == ["0"]
        assert said(level, EsccReported.GRADE_1A) == ["1a"]
        for grade in (EsccReported.GRADE_1B, EsccReported.GRADE_3):
            assert said(level, grade) == ["1b", "1c", "2", "3"]


def test_the_grades_are_used_by_analogy_below_the_conus() -> None:
    said = {beside: beside.adapted_below_conus for beside in CordBeside}

    assert said == {CordBeside.CORD: False, CordBeside.CONUS: None, CordBeside.CAUDA: True}


def test_without_growth_the_body_says_what_lies_beside_it() -> None:
    for level, beside in ((Level.T8, CordBeside.CORD), (Level.L1, CordBeside.CONUS), (Level.L4, CordBeside.CAUDA)):
        grown = spine(level).recipe
        bare = replace(grown, tumours=(Tumour(solids=(in_body(level),)),))
        assert beside_lesion(model(bare)) is beside


def test_the_truth_of_a_lesion_says_it() -> None:
    lesion = Tumour(solids=(in_body(Level.L2),), epidural=(Epidural(level=Level.L2, grade=EsccReported.GRADE_2),))
    found = build(Recipe(levels=(Level.L2,), tumours=(lesion,), spacing_mm=(4.0, 4.0, 4.0))).truth.lesion()

    assert found.cord is CordBeside.CAUDA, "a spine of L2 alone has no cord"
    assert found.escc is EsccReported.GRADE_2
    assert found.escc_readings == escc_readings(EsccReported.GRADE_2, CordBeside.CAUDA)
