"""The demo patients are what their histories say."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, Level, Side
from enbloc.case.fact import AlignmentChange, BoneQuality, CollapseClass, EsccReported, PosterolateralClass
from enbloc.case.origin import Origin
from enbloc.phantom import PATIENTS, Phantom


@cache
def made(name: str) -> Phantom:
    return PATIENTS[name]()


@pytest.mark.parametrize("name", sorted(PATIENTS))
def test_a_demo_patient_is_dated_and_marked(name: str) -> None:
    phantom = made(name)
    case = phantom.case

    assert case.origin is Origin.PHANTOM
    assert case.story
    assert case.as_of is not None
    for role, file in case.images.items():
        assert phantom.images.volumes[role].taken == file.date
        assert file.date is not None
        assert 1 <= (case.as_of - file.date).days <= 7
    facts = {entry.fact for entry in case.findings}
    assert not facts & {"sins.pain", "lab.albumin"}, "these are missing on purpose"


def test_the_metastasis() -> None:
    phantom = made("metastasis")
    lesion = phantom.truth.lesion("A")

    assert phantom.images.levels == (Level.T6, Level.T7, Level.T8, Level.T9, Level.T10)
    assert phantom.case.patient.age(phantom.case.as_of) == 61  # type: ignore[arg-type]  # dated, see above
    assert lesion.main_level is Level.T8
    assert lesion.bone is BoneQuality.LYTIC
    assert lesion.collapse is CollapseClass.UNDER_HALF
    assert lesion.posterolateral is PosterolateralClass.UNILATERAL
    assert lesion.alignment is AlignmentChange.DEFORMITY
    assert lesion.escc is EsccReported.GRADE_2
    assert {4, 5} <= {sector.number for sector in lesion.main.sectors}
    assert all(sector.number <= 8 for sector in lesion.main.sectors)
    assert "imaging.mri_whole_spine" not in {entry.fact for entry in phantom.case.findings}
    assert phantom.case.treatments[-1].ended is None


def test_the_chordoma() -> None:
    phantom = made("chordoma")
    lesion = phantom.truth.lesion("A")

    assert phantom.case.lesions[0].proven
    assert phantom.case.lesions[0].solitary
    assert lesion.escc is EsccReported.GRADE_0
    assert lesion.posterolateral is PosterolateralClass.NONE
    assert {sector.number for sector in lesion.main.sectors} <= {5, 6, 7, 8}
    assert lesion.main.posterolateral_left_cc == lesion.main.posterolateral_right_cc == 0.0
    anatomy = phantom.images.labels["anatomy"]
    end = anatomy.boxes[CORD][0].start
    assert anatomy.grid.points_mm(np.array([[end, 0, 0]]))[0, 2] > 25.0, "the cord ends above L2"
    assert Side.LEFT in {sector.side for sector in lesion.main.sectors}


def test_the_chondrosarcoma() -> None:
    phantom = made("chondrosarcoma")
    lesion = phantom.truth.lesion("A")

    assert phantom.case.lesions[0].proven
    assert lesion.main_level is Level.T9
    assert {sector.number for sector in lesion.main.sectors} == {4, 5}, "left pedicle and left side of the body"
    assert lesion.escc is EsccReported.GRADE_0
