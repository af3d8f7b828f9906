"""The whole line with CT and MR in two frames: what staging reads is there, and less certain than in one frame."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import EsccReported, Fact
from enbloc.case.finding import Finding
from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.measure import measure
from enbloc.measure.registration.drawing import moved
from enbloc.measure.registration.together import brought_together
from enbloc.phantom import Epidural, Phantom, Recipe, Tumour, build, in_body
from enbloc.workup import work_up
from tests.measure.registration.moving import motion

T8 = Level.T8
LESION = Tumour(
    solids=(in_body(T8, radii_mm=(9.0, 9.0, 7.0)),), epidural=(Epidural(level=T8, grade=EsccReported.GRADE_2),)
)


@cache
def patient(*, spacing: tuple[float, float, float], tilt: float) -> Phantom:
    """The same patient, on another day in another scanner if tilted."""
    recipe = Recipe(
        levels=(Level.T7, T8, Level.T9), tumours=(LESION,), ribs=False, margin_mm=4.0, spacing_mm=spacing, with_mr=True
    )
    return build(replace(recipe, tilt_deg=(tilt, 0.0, 0.0)))


@cache
def in_two_frames() -> tuple[Case, Images]:
    """Bone on the CT; bone, canal and tumour on an MR that lies in another frame, turned and shifted."""
    ct, mr = patient(spacing=(1.5, 1.0, 1.0), tilt=0.0), patient(spacing=(2.0, 0.8, 0.8), tilt=6.0)
    far = motion(9.0, shift_mm=(30.0, -20.0, 120.0))
    scan = mr.images.volumes["t2"]
    drawn = {
        f"mr-{role}": replace(one, grid=moved(one.grid, far), on="t2", document=f"labels/mr-{role}.nii.gz")
        for role, one in mr.images.labels.items()
    }
    apart = Images(volumes={"t2": replace(scan, grid=moved(scan.grid, far), document="images/t2.nii.gz")}, labels=drawn)
    main = {"ct": ct.images.volumes["ct"]}
    return ct.case, Images(volumes=main, labels={"anatomy": ct.images.labels["anatomy"]}, apart={"t2": apart})


@cache
def result() -> Workup:
    return work_up(*in_two_frames())


OF_THE_CANAL = (
    fact.EPIDURAL_AREA,
    fact.CORD_DISTANCE,
    fact.SAC_INDENTATION,
    fact.SAC_AREA_RATIO,
    fact.CORD_AREA_RATIO,
    fact.CORD_FLATTENING,
)


@pytest.mark.parametrize("named", OF_THE_CANAL, ids=lambda named: named.id)
def test_what_the_canal_shows_is_as_in_one_frame_with_a_wider_interval(named: Fact[float]) -> None:
    mr = patient(spacing=(2.0, 0.8, 0.8), tilt=6.0)
    drawn = {role: replace(one, on="t2") for role, one in mr.images.labels.items()}
    alone = measure(mr.case, replace(mr.images, labels=drawn))[named, "A"]
    carried = result().findings[named, "A"]
    assert isinstance(alone, Finding)
    assert isinstance(carried, Finding), result().findings.why_missing(named, "A")
    assert carried.low <= alone.value <= carried.high
    assert carried.high - carried.low > alone.high - alone.low


def test_the_result_says_what_was_done_and_keeps_every_input() -> None:
    made = result()
    assert any(line.startswith("images/t2.nii.gz: laid onto the main frame") for line in made.said)
    files = [one.file for one in made.provenance.inputs]
    assert "images/t2.nii.gz" in files
    assert "labels/mr-tumour.nii.gz" in files
    residual = made.findings[fact.REGISTRATION_RESIDUAL, T8]
    assert isinstance(residual, Finding)
    assert 0.0 < residual.value < 1.0


def test_labels_confirmed_before_are_the_labels_after() -> None:
    case, images = in_two_frames()
    hashed = {role: replace(one, sha256=role) for role, one in images.labels.items()}
    there = {role: replace(one, sha256=role) for role, one in images.apart["t2"].labels.items()}
    given = replace(images, labels=hashed, apart={"t2": replace(images.apart["t2"], labels=there)})
    assert given.labels_sha256
    assert brought_together(case, given).labels_sha256 == given.labels_sha256
