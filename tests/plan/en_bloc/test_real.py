"""Lesions of known shape in real label maps: cuts lie as far from what was painted as the plan says, never nearer."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, Level, tumour, vertebra
from enbloc.case.case import Case
from enbloc.case.image import Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.measure import column_of
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from enbloc.plan.voxels import half_diagonal_mm
from tests.data import real_data
from tests.measure.reading import TOTAL, VERSE, label_map
from tests.plan.en_bloc.phantoms import read
from tests.plan.en_bloc.test_patterns import WHOLE
from tests.plan.margin.phantoms import Solid

TENTH = 0.1 + 1e-9
HOSTS = {
    "ct-verse004": ("sub-verse004_seg-vert_msk.nii.gz", VERSE, Level.L2),
    "ct-lumbar-3mm": ("labels_total_v2.nii.gz", TOTAL, Level.L3),
}


@cache
def painted(folder: str, *, with_cord: bool = False) -> tuple[Field, Solid]:
    """A real map with an ellipsoid of tumour in a body, and that ellipsoid."""
    file, known, level = HOSTS[folder]
    names = {number: one for number, one in known.items() if with_cord or one != CORD}
    bones = label_map(real_data(folder) / file, names)
    pose = column_of(Images(volumes={}, labels={"vertebrae": bones})).spine[level].pose
    solid = Solid(
        radii_mm=np.array([9.0, 8.0, 7.0]),
        turn=pose.rotation,
        centre_mm=pose.rotation @ np.array([2.0, -4.0, 0.0]) + pose.origin,
    )
    box = bones.boxes[vertebra(level)]
    near = np.argwhere(np.ones([part.stop - part.start for part in box], bool)) + [part.start for part in box]
    held = near[solid.holds(bones.grid.points_mm(near))]
    labels = np.zeros(bones.labels.shape, np.uint8)
    labels[tuple(held.T)] = 1
    drawn = LabelMap(labels=labels, grid=bones.grid, names={1: tumour("A")}, on="ct")
    images = Images(volumes={}, labels={"vertebrae": bones, "tumour": drawn})
    return read(Case(id="painted", lesions=(Lesion(id="A", levels=(level,)),)), images), solid


@cache
def planned(folder: str, *, with_cord: bool = False) -> Plan:
    (plan,) = plans(painted(folder, with_cord=with_cord)[0], Wishes(operations=(WHOLE,)))
    return plan


@pytest.mark.parametrize("folder", HOSTS)
def test_every_cut_keeps_the_margin_to_what_was_painted(folder: str) -> None:
    held, solid = painted(folder)
    plan = planned(folder)
    assert plan.resected is not None
    assert [cut.name for cut in plan.cuts] == ["cranial cut", "caudal cut", "left pedicle cut", "right pedicle cut"]
    for cut in plan.cuts:
        way = np.array(cut.plane.normal)
        truth = float(way @ np.array(cut.plane.point_mm)) - cut.kerf_mm / 2.0 - solid.reach_mm(way)
        assert cut.margin_mm <= truth + 1e-6
        assert abs(cut.margin_mm - truth) <= float(half_diagonal_mm(held.surface.grid, way)) + TENTH
        assert cut.margin.interval.low <= truth <= cut.margin.interval.high
        assert cut.margin_mm >= 4.0


@pytest.mark.parametrize("folder", HOSTS)
def test_what_nobody_labelled_is_named_and_nothing_is_ready(folder: str) -> None:
    plan = planned(folder)
    assert not plan.is_ready
    for named in ("cord", "thecal sac", "aorta", "vena cava"):
        assert f"no {named} is labelled: how near the cuts come to it is not known" in plan.not_ready
    assert "no thecal sac is labelled: the distance to the dura is not known" in plan.not_ready
    assert any(words.startswith("way out not known; missing: ") for words in plan.not_ready)


def test_a_cord_that_lies_on_the_bone_bars_the_cuts_by_name() -> None:
    """The cord of this map fills the canal, in voxels of 3 mm."""
    plan = planned("ct-lumbar-3mm", with_cord=True)
    assert not plan.feasible
    assert all("stays away from what it must (cord 2 mm" in reason for reason in plan.reasons)
    assert plan.nearest[0].startswith("not even without any margin is there a ")
