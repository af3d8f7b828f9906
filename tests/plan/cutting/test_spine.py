"""Cuts through a vertebra of a made spine: from label maps, mirrored, turned, on other voxels, with what is missing."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, SAC, Level, Structure, tumour, vertebra
from enbloc.case.geometry import Triple
from enbloc.case.image import Images
from enbloc.errors import RecordError
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.plan.cutting.bone import Apart, Bone, KeepOut, bone_of, keep_out_of, outline_of
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.parameters import TOLERANCE
from enbloc.plan.cutting.roles import KeepAway, Role
from enbloc.plan.cutting.several import Cuts, Wanted, best_cuts
from enbloc.plan.cutting.shell import Shell, shell
from tests.plan.cutting.phantoms import AORTA

RECIPE = Recipe(
    levels=(Level.T7, Level.T8, Level.T9),
    tumours=(Tumour(solids=(in_body(Level.T8, radii_mm=(7.0, 7.0, 6.0), centre_mm=(3.0, -4.0, 0.0)),)),),
    spacing_mm=(1.5, 1.5, 1.5),
    noise_hu=0.0,
)
AWAY = (
    KeepAway(structure=CORD, at_least_mm=1.0),
    KeepAway(structure=SAC, at_least_mm=1.0, is_shielded=True),
)


RECIPES = {
    "here": RECIPE,
    "mirrored": RECIPE.mirrored,
    "other voxels": replace(RECIPE, spacing_mm=(1.0, 1.3, 1.3)),
    "turned": replace(RECIPE, tilt_deg=(7.0, -5.0, 9.0)),
}


@cache
def images(name: str = "here") -> Images:
    return build(RECIPES[name]).images


def rim(given: Images, named: Structure) -> Shell:
    found = shell(given, named)
    assert found is not None
    return found


def cuts(given: Images, *, left: float = 1.0, away: tuple[KeepAway, ...] = AWAY) -> Cuts:
    """The four cuts of a vertebrectomy; ``left`` is -1 for a mirrored patient."""
    ways: tuple[tuple[str, Triple, float], ...] = (
        ("cranial", (0.0, 0.0, 1.0), 12.0),
        ("caudal", (0.0, 0.0, -1.0), 12.0),
        ("left pedicle", (0.6 * left, 1.0, 0.0), 20.0),
        ("right pedicle", (-0.6 * left, 1.0, 0.0), 20.0),
    )
    roles = []
    for name, axis, degrees in ways:
        cone = Cone(axis=axis, half_angle=math.radians(degrees))
        roles.append(Role(name=name, cone=cone, kerf_mm=1.25, keep_away=away))
    bone = bone_of(given, (Level.T8,), "A")
    found = best_cuts(
        bone,
        outline_of(rim(given, tumour("A"))),
        wanted=Wanted(roles=tuple(roles), margin_mm=2.0),
        keep_out=near(given, bone),
    )
    assert isinstance(found, Cuts)
    return found


def near(given: Images, bone: Bone) -> dict[Structure, KeepOut]:
    return {named: keep_out_of(bone, named, rim(given, named)) for named in (CORD, SAC)}


def test_four_cuts_of_a_vertebrectomy_are_proved_together() -> None:
    found = cuts(images())
    assert found.is_proved
    assert found.value_cc - found.lower_alone_cc > 10 * TOLERANCE.number, "alone they share the arch, and prove little"
    assert found.shared_cc > 1.0
    assert 0.0 < found.value_cc < found.value_interval.high
    given = images()
    growth = given.labels["tumour"].grid.points_mm(np.argwhere(given.labels["tumour"].labels == 1))
    for cut in found.cuts:
        assert cut.plane.distance_mm(growth).max() <= -(2.0 + 1.25 / 2)
        assert [one.structure for one in cut.clearances] == [CORD, SAC]
        assert all(one.is_labelled for one in cut.clearances)


def test_left_and_right_exchanged_give_the_mirrored_cuts() -> None:
    here, there = cuts(images()), cuts(images("mirrored"), left=-1.0)
    assert [cut.role.name for cut in here.cuts] == [cut.role.name for cut in there.cuts]
    few = 10 * 1.5**3 / 1000.0
    assert here.lower_cc <= there.value_cc + few
    assert there.lower_cc <= here.value_cc + few


def test_on_other_voxels_and_turned_the_price_agrees_within_its_interval() -> None:
    here = cuts(images())
    for other in ("other voxels", "turned"):
        there = cuts(images(other))
        assert here.value_interval.low - TOLERANCE.number <= there.value_cc
        assert there.value_cc <= here.value_interval.high + TOLERANCE.number


def test_what_is_not_labelled_is_named() -> None:
    found = cuts(images(), away=(KeepAway(structure=AORTA, at_least_mm=5.0),))
    assert all(cut.not_checked == (AORTA,) for cut in found.cuts)


def test_bone_of_several_levels_is_one_piece_and_knows_what_the_tumour_took() -> None:
    given = images()
    one, two = bone_of(given, (Level.T8,), "A"), bone_of(given, (Level.T8, Level.T9), "A")
    labels = given.labels["anatomy"]
    counts = [int(labels.mask(vertebra(level)).sum()) for level in (Level.T8, Level.T9)]
    assert (one.rows.total, two.rows.total) == (counts[0], sum(counts))
    assert one.ill_cc() == pytest.approx(two.ill_cc())
    np.testing.assert_array_equal(two.ill[two.mask], given.labels["tumour"].holds(tumour("A"), two.points_mm))
    assert one.ill_cc() > 0.5
    assert bone_of(given, (Level.T8,), "B").ill_cc() == 0.0


def test_a_level_that_is_not_labelled_is_refused() -> None:
    with pytest.raises(RecordError, match="vertebra L5 is not labelled"):
        bone_of(images(), (Level.T8, Level.L5), "A")
    with pytest.raises(RecordError, match="no level"):
        bone_of(images(), (), "A")


def test_the_bone_is_never_nearer_to_the_cord_than_it_says() -> None:
    given = images()
    bone = bone_of(given, (Level.T8,), "A")
    held = near(given, bone)[CORD].distances_mm
    assert isinstance(held, Apart)
    centres = np.linalg.norm(bone.points_mm[:, None] - rim(given, CORD).points_mm[None], axis=-1).min(axis=1)
    told = np.maximum(centres - held.whole_mm, 0.0)
    assert held.whole_mm == pytest.approx(2 * 0.75 * math.sqrt(3))
    for mm in (0.0, 0.5, 3.0, 12.0, 100.0):
        np.testing.assert_array_equal(held.nearer(mm), told < mm)
    assert not held.nearer(told.min()).any()
    assert held.nearer(3.0).any()
    for seed in range(8):
        some = np.random.default_rng(seed).random(len(told)) < 0.002
        assert held.least_mm(some) == pytest.approx(told[some].min())
    assert held.least_mm(told > 20.0) == pytest.approx(told[told > 20.0].min()), "far bone is told as well"
    assert held.least_mm(np.zeros(len(told), bool)) == math.inf
