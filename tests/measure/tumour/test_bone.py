"""The density of a lesion, and what is not known when tumour and bone share one label map."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level, tumour, vertebra
from enbloc.case.answer import Unknown
from enbloc.case.fact import BoneQuality
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images
from enbloc.measure import measure
from enbloc.measure.measuring import OF_BONE
from enbloc.measure.spine.column import REPLACED
from enbloc.measure.tumour.bone import HIDDEN, LEAST_CORE, traps
from enbloc.phantom import Phantom, Recipe, Tumour, build, in_body
from enbloc.stage import sins_items
from enbloc.stage.sins_items import MINOR_SHARE


@cache
def patient(bone: BoneQuality = BoneQuality.LYTIC, radius_mm: float = 7.0) -> Phantom:
    solid = in_body(Level.T8, radii_mm=(radius_mm, radius_mm, min(radius_mm, 6.0)))
    return build(Recipe(tumours=(Tumour(bone=bone, solids=(solid,)),)))


@cache
def found_in(bone: BoneQuality = BoneQuality.LYTIC) -> Findings:
    made = patient(bone)
    return measure(made.case, made.images)


@pytest.mark.parametrize(
    ("bone", "lytic", "blastic"), [(BoneQuality.LYTIC, (80, 100), (0, 5)), (BoneQuality.BLASTIC, (0, 5), (80, 100))]
)
def test_the_shares_follow_the_bone(bone: BoneQuality, lytic: tuple[int, int], blastic: tuple[int, int]) -> None:
    found = found_in(bone)
    for named, (low, high) in ((fact.LYTIC_SHARE, lytic), (fact.BLASTIC_SHARE, blastic)):
        share = found.value(named, "A")
        assert share is not None
        assert low <= share <= high


def test_the_interval_runs_from_the_whole_lesion_to_its_core() -> None:
    """The rim holds bone too, so the core of a lytic lesion is at least as lytic as the whole."""
    finding = found_in()[fact.LYTIC_SHARE, "A"]
    assert not isinstance(finding, Unknown)
    assert finding.value - 2.5 < finding.low <= finding.value, "the border of the thinned bone may be off too"
    assert finding.high >= finding.value


def test_a_lesion_that_is_all_rim_has_any_density() -> None:
    made = patient(radius_mm=1.4)
    voxels = int((made.images.labels["tumour"].labels == 1).sum())
    assert 0 < voxels < 27 + LEAST_CORE
    finding = measure(made.case, made.images)[fact.LYTIC_SHARE, "A"]
    assert not isinstance(finding, Unknown)
    assert (finding.low, finding.high) == (0.0, 100.0)


def test_one_map_with_tumour_and_bone_leaves_the_shares_unknown() -> None:
    made = patient()
    anatomy, ill = made.images.labels["anatomy"], made.images.labels["tumour"]
    array = np.where(ill.labels == 1, np.uint8(250), anatomy.labels)
    one = replace(anatomy, labels=array, names={**anatomy.names, 250: tumour("A")})
    found = measure(made.case, Images(volumes=made.images.volumes, labels={"all": one}))
    for named in OF_BONE:
        assert found.value(named, "A") is None
        assert found.why_missing(named, "A") == REPLACED
    assert found.value(fact.VOLUME, "A") is not None


def test_a_scan_of_one_value_tells_nothing() -> None:
    made = patient()
    ct = made.images.volumes["ct"]
    flat = replace(ct, voxels=np.zeros_like(ct.voxels))
    found = measure(made.case, replace(made.images, volumes={"ct": flat}))
    assert found.value(fact.LYTIC_SHARE, "A") is None
    assert "one value" in found.why_missing(fact.LYTIC_SHARE, "A")


def test_the_density_and_its_loss_are_those_of_the_lesion_against_healthy_bone() -> None:
    made, found = patient(), found_in()
    own, normal, loss = (found[one, "A"] for one in (fact.DENSITY, fact.NORMAL_DENSITY, fact.DENSITY_LOSS))
    assert isinstance(own, Finding)
    assert isinstance(normal, Finding)
    assert isinstance(loss, Finding)
    scan, ill = made.images.volumes["ct"], made.images.labels["tumour"]
    bone = np.isin(made.images.labels["anatomy"].labels, list(made.images.labels["anatomy"].ids[vertebra(Level.T8)]))
    assert own.value == pytest.approx(float(scan.voxels[(ill.labels == 1) & bone].mean()), abs=0.1)
    assert loss.value == pytest.approx(normal.value - own.value, abs=0.11)
    assert loss.value > 50.0
    for one in (own, normal, loss):
        assert one.low <= one.value <= one.high
    assert loss.low <= normal.low - own.high + 0.2
    assert "T7 and T9" in normal.source.place


@pytest.mark.parametrize(
    ("kv", "contrast", "words"),
    [
        (None, None, "not known whether contrast was given"),
        (120.0, True, "contrast was given"),
        (80.0, False, "80 kV: densities hold within this scan"),
    ],
)
def test_what_shifts_the_density_is_named(kv: float | None, contrast: bool | None, words: str) -> None:
    made = patient()
    scan = replace(made.images.volumes["ct"], tube_kv=kv, has_contrast=contrast)
    assert words in " ".join(traps(scan))
    assert list(traps(replace(scan, tube_kv=120.0, has_contrast=False))) == []


def test_dense_tumour_may_be_calcified() -> None:
    finding = found_in(BoneQuality.BLASTIC)[fact.BLASTIC_SHARE, "A"]
    assert isinstance(finding, Finding)
    assert "may be calcified tumour" in " ".join(finding.notes)


@pytest.mark.parametrize("bone", [BoneQuality.LYTIC, BoneQuality.MIXED, BoneQuality.BLASTIC])
def test_bone_as_uneven_as_soft_tissue_hides_no_lysis(bone: BoneQuality) -> None:
    """At 90 HU of noise two spreads below normal bone is water: what is lysed of a mixed lesion must not be denied."""
    solid = in_body(Level.T8, radii_mm=(9.0, 9.0, 7.0))
    recipe = Recipe(tumours=(Tumour(bone=bone, solids=(solid,)),), noise_hu=90.0, field_mm=(80.0, 90.0))
    made = build(recipe)
    found = measure(made.case, made.images)
    finding = found[fact.LYTIC_SHARE, "A"]
    assert isinstance(finding, Finding)

    assert HIDDEN in finding.notes
    assert bone.value in {quality.value for quality in sins_items.bone(found, "A").values}
    assert (finding.high >= MINOR_SHARE.number) == (bone is not BoneQuality.BLASTIC)


def test_even_bone_hides_nothing() -> None:
    finding = found_in()[fact.LYTIC_SHARE, "A"]
    assert isinstance(finding, Finding)
    assert HIDDEN not in finding.notes
