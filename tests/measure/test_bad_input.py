"""Whatever is wrong with labels or scan: a stated result with its reason, no exception, nothing extrapolated."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Level, StructureKind, tumour
from enbloc.case.fact import FACTS, Fact, Subject, of_canal, of_lesion, of_level
from enbloc.case.finding import Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure import measure
from tests.measure.cutoffs import CASE, LEVELS, SETTINGS, Setting, Solid, ball, places, scene

COARSE = Setting((2.0, 2.0, 2.0), "SPL", (0.2, 0.1, 0.3))
FLAT = Setting((0.8, 0.8, 8.0), "SPL", (0.2, 0.1, 0.3))
IN_BODY = ball(4.0, -2.0, 1.0, 8.0)

OF_A_LEVEL = {one.id for one in vars(of_level).values() if isinstance(one, Fact) and one.about is Subject.LEVEL} - {
    fact.REGISTRATION_RESIDUAL.id
}
OF_A_LESION = {one.id for part in (of_lesion, of_canal) for one in vars(part).values() if isinstance(one, Fact)}


def grown(images: Images, setting: Setting, mass: Solid) -> Images:
    """The images with a tumour that fills ``mass``."""
    x, y, z = places(setting)
    labels = mass(x, y, z).reshape(setting.grid.shape).astype(np.uint8)
    drawn = LabelMap(labels=labels, grid=setting.grid, names={1: tumour("A")}, on="t2", document="tumour.nii.gz")
    return replace(images, labels={**images.labels, "tumour": drawn})


def anatomy(images: Images, change: Callable[[LabelMap], LabelMap]) -> Images:
    return replace(images, labels={**images.labels, "anatomy": change(images.labels["anatomy"])})


def without(*kinds: StructureKind) -> Callable[[Images], Images]:
    def lost(drawn: LabelMap) -> LabelMap:
        ids = [number for number, named in drawn.names.items() if named.kind in kinds]
        return replace(drawn, labels=np.where(np.isin(drawn.labels, ids), 0, drawn.labels).astype(np.uint8))

    return lambda images: anatomy(images, lost)


def only(level: Level) -> Callable[[Images], Images]:
    def alone(drawn: LabelMap) -> LabelMap:
        ids = [n for n, s in drawn.names.items() if s.level not in (None, level)]
        return replace(drawn, labels=np.where(np.isin(drawn.labels, ids), 0, drawn.labels).astype(np.uint8))

    return lambda images: anatomy(images, alone)


def turned(axis: int) -> Callable[[Images], Images]:
    """The label map turned over on the grid of its scan, along an axis of its array (head, back, left)."""
    return lambda images: anatomy(
        images, lambda drawn: replace(drawn, on="ct", labels=np.ascontiguousarray(np.flip(drawn.labels, axis)))
    )


def with_metal(images: Images) -> Images:
    scan = images.volumes["ct"]
    x, _, z = places(COARSE)
    rod = ((np.abs(x - 15.0) < 3.0) & (np.abs(z - 3.0) < 3.0)).reshape(scan.grid.shape)
    voxels = np.where(rod, 3000, scan.voxels).astype(np.int16)
    return replace(images, volumes={**images.volumes, "ct": replace(scan, voxels=voxels)})


def hollow(images: Images) -> Images:
    """The right pedicle, the whole arch and most of the body of L1 lost from its label."""
    x, y, _ = places(COARSE)

    def eaten(drawn: LabelMap) -> LabelMap:
        gone = ((y > 12.0) | (x < -4.0)).reshape(drawn.grid.shape) & (drawn.labels == 2)
        return replace(drawn, labels=np.where(gone, 0, drawn.labels).astype(np.uint8))

    return anatomy(images, eaten)


def one_slice(images: Images) -> Images:
    """Every image cut down to one slice through the middle vertebra."""
    at = COARSE.grid.shape[0] // 2
    box = (slice(at, at + 1), slice(0, COARSE.grid.shape[1]), slice(0, COARSE.grid.shape[2]))
    maps = {
        role: replace(drawn, labels=drawn.labels[box], grid=drawn.grid.cropped(box))
        for role, drawn in images.labels.items()
    }
    return replace(images, volumes={role: scan.cropped(box) for role, scan in images.volumes.items()}, labels=maps)


def everything(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    return np.ones(len(x), np.bool_)


def same(images: Images) -> Images:
    return images


WRECKS: dict[str, tuple[Solid, Callable[[Images], Images]]] = {
    "nothing wrong": (IN_BODY, same),
    "no cord": (IN_BODY, without(StructureKind.CORD)),
    "no canal, sac or cord": (IN_BODY, without(StructureKind.CANAL, StructureKind.SAC, StructureKind.CORD)),
    "no vertebra": (IN_BODY, without(StructureKind.VERTEBRA)),
    "one vertebra": (IN_BODY, only(Level.L1)),
    "tumour outside bone": (ball(0.0, -40.0 + 22.0, 0.0, 2.5), same),
    "tumour fills the scan": (everything, same),
    "two tumours in one label": (
        lambda x, y, z: IN_BODY(x, y, z) | ball(-6.0, 0.0, 32.0, 5.0)(x, y, z),
        same,
    ),
    "one voxel": (ball(4.0, -2.0, 1.0, 1.2), same),
    "metal": (IN_BODY, with_metal),
    "labels upside down": (IN_BODY, turned(0)),
    "labels front to back": (IN_BODY, turned(1)),
    "labels mirrored": (IN_BODY, turned(2)),
    "half a vertebra": (IN_BODY, hollow),
    "one slice": (IN_BODY, one_slice),
}


@cache
def wrecked(name: str) -> Findings:
    mass, wreck = WRECKS[name]
    return measure(CASE, wreck(grown(scene(COARSE)[0], COARSE, mass)))


def told(findings: Findings) -> list[tuple[str, str]]:
    """Every fact that was answered or said to be missing, with what it is about."""
    return [(one.fact, one.about) for one in findings.found] + [(gap.fact, gap.about) for gap in findings.missing]


def consistent(findings: Findings) -> None:
    """Every number is finite, within its interval and plausible; every gap has a reason; nothing stands twice."""
    for one in findings.found:
        named = FACTS[one.fact]
        assert one.source.document
        if isinstance(one.value, float):
            assert math.isfinite(one.value)
            assert one.low <= one.value <= one.high
            assert named.low is None or one.value >= named.low
            assert named.high is None or one.value <= named.high
    assert all(gap.why for gap in findings.missing)
    keys = told(findings)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", WRECKS)
def test_every_fact_is_found_or_missing_with_a_reason(name: str) -> None:
    findings = wrecked(name)
    consistent(findings)
    keys = set(told(findings))
    assert {id for id, about in keys if about == "A"} >= OF_A_LESION
    for level in {about for _, about in keys} & {str(level) for level in LEVELS}:
        asked = {id for id, about in keys if about == level}
        # The vertebra above the uppermost labelled one is named only for the slip on it.
        assert asked >= OF_A_LEVEL or asked == {fact.TRANSLATION.id}, OF_A_LEVEL - asked


@pytest.mark.parametrize(
    ("name", "named", "about", "words"),
    [
        ("no cord", fact.CORD_DISTANCE, "A", "no cord"),
        ("no canal, sac or cord", fact.EPIDURAL_AREA, "A", "no canal"),
        ("no vertebra", fact.LEVELS, "A", "no vertebra is labelled"),
        ("one vertebra", fact.COLLAPSE, "L1", "no unaffected neighbour"),
        ("one vertebra", fact.TRANSLATION, "L1", "below L1 is not labelled"),
        ("one slice", fact.HEIGHT_MIDDLE, "L1", ""),
        ("one slice", fact.COLLAPSE, "L1", ""),
    ],
)
def test_what_is_missing_says_why(name: str, named: Fact[float], about: str, words: str) -> None:
    why = wrecked(name).why_missing(named, about)
    assert why
    assert words in why


@pytest.mark.parametrize("name", ["labels upside down", "labels front to back"])
def test_labels_that_do_not_lie_on_the_bone_are_not_relied_on(name: str) -> None:
    trust = [wrecked(name).value(fact.LABEL_TRUST, level) for level in LEVELS]
    assert fact.LabelTrust.SOUND not in trust


def test_two_tumours_in_one_label_are_two_pieces() -> None:
    assert wrecked("two tumours in one label").value(fact.PIECES, "A") == 2
    assert wrecked("nothing wrong").value(fact.PIECES, "A") == 1


def test_metal_is_named_and_leaves_the_density_open() -> None:
    lytic = next(one for one in wrecked("metal").found if one.fact == fact.LYTIC_SHARE.id)
    assert any("metal" in note for note in lytic.notes)
    assert (lytic.low, lytic.high) == (0.0, 100.0)


def test_voxels_ten_times_as_thick_as_wide_are_no_heights() -> None:
    findings = measure(CASE, grown(scene(FLAT)[0], FLAT, IN_BODY))
    consistent(findings)
    assert "slices too thick" in findings.why_missing(fact.HEIGHT_MIDDLE, "L1")
    assert "slices too thick" in findings.why_missing(fact.COLLAPSE, "L1")
    volume = next(one for one in findings.found if one.fact == fact.VOLUME.id)
    assert volume.high - volume.low > 0.5 * volume.value


@st.composite
def rubble(draw: st.DrawFn) -> Images:
    """Small label maps without any order: blocks of every structure thrown into a small grid."""
    shape = (draw(st.integers(1, 14)), draw(st.integers(1, 14)), draw(st.integers(1, 14)))
    labels = np.zeros(shape, np.uint8)
    for number in draw(st.lists(st.integers(1, 6), max_size=8)):
        box = tuple(slice(*sorted((draw(st.integers(0, size)), draw(st.integers(0, size))))) for size in shape)
        labels[box] = number
    steps = [draw(st.sampled_from((0.5, 1.0, 3.0, 10.0))) for _ in range(3)]
    grid = Grid(shape=shape, affine=np.diag([*steps, 1.0]))
    names = scene(COARSE)[0].labels["anatomy"].names
    mass = (draw(st.integers(0, 2**16)) + np.indices(shape).sum(axis=0)) % draw(st.integers(1, 7)) == 0
    maps = {
        "anatomy": LabelMap(labels=labels, grid=grid, names=names, on="ct", document="anatomy.nii.gz"),
        "tumour": LabelMap(
            labels=mass.astype(np.uint8), grid=grid, names={1: tumour("A")}, on="ct", document="tumour.nii.gz"
        ),
    }
    return Images(volumes={}, labels=maps)


@settings(max_examples=60)
@given(rubble())
def test_nothing_that_is_labelled_is_an_exception(images: Images) -> None:
    consistent(measure(CASE, images))


def test_a_tumour_that_leaves_the_cord_no_label_is_no_contact() -> None:
    images = grown(scene(SETTINGS[0])[0], SETTINGS[0], ball(0.0, 25.0, 0.0, 9.0))
    lost = anatomy(
        images,
        lambda drawn: replace(drawn, labels=np.where(drawn.labels == drawn.ids[CORD][0], 5, drawn.labels)),
    )
    findings = measure(CASE, lost)
    assert findings.value(fact.CORD_DISTANCE, "A") is None
    assert "cord" in findings.why_missing(fact.CORD_DISTANCE, "A")
