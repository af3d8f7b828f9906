"""A lesion against its earlier examination: volumes are exact by construction, so the change is too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from math import pi
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level, tumour, vertebra
from enbloc.case.case import Case, ImageFile
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images, LabelMap
from enbloc.case.origin import Modality
from enbloc.measure import measure
from enbloc.measure.registration.change import CHANGES
from enbloc.measure.registration.drawing import moved
from enbloc.measure.registration.rigid import STAY, Motion
from tests.measure import solids
from tests.measure.registration.moving import motion

Floats = NDArray[np.float64]
THEN, NOW = 6.0, 11.0  # mm, the radii of the lesion
DAY = date(2026, 5, 1)


def ball(radius_mm: float, y: float = 8.0) -> solids.Solid:
    """A lesion in the body of L1; from 7 mm on it reaches the canal."""
    return lambda x, back, z: np.asarray(x**2 + (back - y) ** 2 + z**2 <= radius_mm**2)


@cache
def scanned(radius_mm: float, dark_hu: float, heights: tuple[float, float, float] | None = None) -> tuple[Case, Images]:
    """The column with a lesion darker than its bone, on a CT with noise."""
    tall = dict(zip(solids.LEVELS, heights, strict=True)) if heights else None
    case, images = solids.column(ball(radius_mm), spacing=1.5, heights=tall)
    noise = np.random.default_rng(5).normal(0.0, 15.0, images.volumes["ct"].grid.shape)
    lesion = images.labels["tumour"].labels > 0
    voxels = (images.volumes["ct"].voxels + noise - dark_hu * lesion).astype(np.int16)
    return case, replace(images, volumes={"ct": replace(images.volumes["ct"], voxels=voxels, document="ct.nii")})


def as_earlier(images: Images, way: Motion, day: date | None = DAY, role: str = "was") -> Images:
    """The same examination as one of an earlier day, in a frame of its own."""
    scan = images.volumes["ct"]
    return Images(
        volumes={role: replace(scan, grid=moved(scan.grid, way), taken=day, document=f"{role}.nii")},
        labels={
            f"{role}-{name}": replace(one, grid=moved(one.grid, way), on=role, document=f"{role}-{name}.nii")
            for name, one in images.labels.items()
        },
    )


def followed(case: Case, now: Images, *earlier: Images) -> Findings:
    """The findings of a case with earlier examinations."""
    apart = {next(iter(one.volumes)): one for one in earlier}
    files = {role: ImageFile(file=f"{role}.nii", modality=Modality.CT, earlier=True) for role in apart}
    return measure(replace(case, images=files), replace(now, apart=apart))


def found(findings: Findings, named: Fact[Any]) -> Finding[Any]:
    one = findings[named, "A"]
    assert isinstance(one, Finding), findings.why_missing(named, "A")
    return one


@cache
def grown() -> Findings:
    """A lesion that grew from 6 to 11 mm radius and into the canal, and lost 60 HU; the patient lay otherwise."""
    case, now = scanned(NOW, 120.0)
    _, then = scanned(THEN, 60.0)
    return followed(case, now, as_earlier(then, motion(8.0)))


def ball_cc(radius_mm: float) -> float:
    return 4.0 / 3.0 * pi * radius_mm**3 / 1000.0


@pytest.mark.parametrize(
    ("named", "truth", "within"),
    [
        (fact.VOLUME_CHANGE, ball_cc(NOW) - ball_cc(THEN), 0.2),
        (fact.VOLUME_CHANGE_PERCENT, 100.0 * (ball_cc(NOW) / ball_cc(THEN) - 1.0), 40.0),
        (fact.DIAMETER_CHANGE, 2.0 * (NOW - THEN), 2.0),
        (fact.DIAMETER_CHANGE_PERCENT, 100.0 * (NOW / THEN - 1.0), 20.0),
        (fact.DENSITY_CHANGE, -60.0, 8.0),
        (fact.COLLAPSE_CHANGE, 0.0, 2.0),
    ],
    ids=lambda one: one.id if isinstance(one, Fact) else "",
)
def test_a_change_is_what_was_built_and_its_interval_holds_it(named: Fact[float], truth: float, within: float) -> None:
    one = found(grown(), named)
    assert one.value == pytest.approx(truth, abs=within)
    assert one.low <= truth <= one.high
    assert one.low < one.value < one.high


def test_a_change_says_since_when_and_can_be_looked_at() -> None:
    assert found(grown(), fact.SINCE).value == "2026-05-01"
    one = found(grown(), fact.VOLUME_CHANGE)
    assert one.notes[0].startswith("2026-05-01: ")
    assert "was-tumour.nii" in one.notes[0]
    assert "laid onto each other by L1" in one.notes[1]
    assert one.notes[2].endswith("% of the earlier tumour lies in the present one")
    assert float(one.notes[2].split()[0]) > 95.0
    assert one.source.document == "tumour.nii.gz"
    assert one.source.at_mm is not None
    assert one.source.shows is not None
    assert one.source.marks


def test_the_interval_is_that_of_both_dates() -> None:
    now, change = grown()[fact.VOLUME, "A"], found(grown(), fact.VOLUME_CHANGE)
    assert isinstance(now, Finding)
    assert change.high - change.low > now.high - now.low


def test_epidural_tumour_that_was_not_there_is_new() -> None:
    assert found(grown(), fact.NEW_EPIDURAL).value is True
    assert found(grown(), fact.EPIDURAL_CHANGE).value > 5.0


def test_the_residual_of_each_vertebra_beside_the_lesion_is_told() -> None:
    for level in solids.LEVELS:
        one = grown()[fact.REGISTRATION_RESIDUAL, level]
        assert isinstance(one, Finding)
        assert one.value < 1.0
        assert one.notes[0] == "against the examination of 2026-05-01"


def test_epidural_tumour_that_was_there_already_is_not_new() -> None:
    case, now = scanned(NOW + 1.0, 100.0)
    _, then = scanned(NOW, 100.0)
    findings = followed(case, now, as_earlier(then, STAY))
    assert found(findings, fact.NEW_EPIDURAL).value is False
    assert found(findings, fact.VOLUME_CHANGE).value > 0.0


def test_a_vertebra_that_collapsed_is_told_in_points() -> None:
    case, now = scanned(THEN, 100.0, (24.0, 15.0, 24.0))
    _, then = scanned(THEN, 100.0)
    one = found(followed(case, now, as_earlier(then, motion(5.0))), fact.COLLAPSE_CHANGE)
    assert one.low <= 100.0 * 9.0 / 24.0 <= one.high
    assert one.value == pytest.approx(37.5, abs=5.0)


def test_nothing_is_said_of_change_without_an_earlier_examination() -> None:
    case, now = scanned(THEN, 100.0)
    findings = measure(case, now)
    told = {one.fact for one in findings.found} | {one.fact for one in findings.missing}
    assert not told & {named.id for named in CHANGES}
    assert fact.REGISTRATION_RESIDUAL.id not in told


def test_a_lesion_without_an_earlier_label_has_no_change() -> None:
    case, now = scanned(THEN, 100.0)
    then = as_earlier(now, STAY)
    bare = replace(then, labels={name: one for name, one in then.labels.items() if name != "was-tumour"})
    findings = followed(case, now, bare)
    for named in CHANGES:
        assert findings.why_missing(named, "A") == "no label for tumour A on an earlier examination"


def test_the_latest_of_two_earlier_examinations_is_compared_with() -> None:
    case, now = scanned(THEN, 100.0)
    first, later = as_earlier(now, STAY, date(2025, 1, 1), "first"), as_earlier(now, STAY, DAY, "later")
    assert found(followed(case, now, first, later), fact.SINCE).value == "2026-05-01"


def test_an_undated_earlier_examination_gives_changes_and_no_date() -> None:
    case, now = scanned(THEN, 100.0)
    findings = followed(case, now, as_earlier(now, STAY, None))
    assert findings.why_missing(fact.SINCE, "A") == "the earlier examination has no date"
    assert found(findings, fact.VOLUME_CHANGE).value == 0.0


def test_an_earlier_examination_whose_levels_are_misnamed_is_not_compared_with() -> None:
    case, now = scanned(THEN, 100.0, (18.0, 24.0, 28.0))
    then = as_earlier(now, STAY)
    renamed = {1: vertebra(Level.L1), 2: vertebra(Level.L2), 3: vertebra(Level.L3)}
    anatomy = then.labels["was-anatomy"]
    names = {**anatomy.names, **renamed}
    findings = followed(case, now, replace(then, labels={**then.labels, "was-anatomy": replace(anatomy, names=names)}))
    for named in CHANGES:
        assert "may name another vertebra" in findings.why_missing(named, "A")


def test_two_labels_without_a_place_in_common_are_asked_about() -> None:
    case, now = scanned(THEN, 100.0)
    then = as_earlier(now, STAY)
    grid = then.labels["was-tumour"].grid
    points = grid.points_mm(np.indices(grid.shape).reshape(3, -1).T)
    aside = np.linalg.norm(points - np.array([-14.0, -8.0, -6.0]), axis=1).reshape(grid.shape) < 4.0
    other = LabelMap(labels=aside.astype(np.uint8), grid=grid, names={1: tumour("A")}, on="was", document="other.nii")
    findings = followed(case, now, replace(then, labels={**then.labels, "was-tumour": other}))
    assert any(note.endswith("is it one lesion?") for note in found(findings, fact.VOLUME_CHANGE).notes)


def test_an_earlier_ct_and_an_earlier_mr_of_one_day_are_one_examination() -> None:
    """Bone on the one, tumour on the other, each in a frame of its own: the change of both is known."""
    case, now = scanned(THEN, 100.0)
    ct, mr = as_earlier(now, motion(6.0)), as_earlier(now, motion(4.0, shift_mm=(50.0, 0.0, 9.0)), role="t2")
    bone = replace(ct, labels={name: one for name, one in ct.labels.items() if name != "was-tumour"})
    resonance = replace(mr, volumes={"t2": replace(mr.volumes["t2"], modality=Modality.MR)})
    findings = followed(case, now, bone, resonance)
    assert found(findings, fact.COLLAPSE_CHANGE).value == pytest.approx(0.0, abs=2.0)
    change = found(findings, fact.VOLUME_CHANGE)
    assert change.value == pytest.approx(0.0, abs=0.02)
    assert change.notes[1] == "drawn on MR then and on CT now"
    assert float(change.notes[3].split()[0]) > 95.0
