"""Barriers and what stands in for them, and the class of a margin against what stage and policy ask for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from enbloc.case.anatomy import SAC, Level, Structure, StructureKind, tumour, vertebra
from enbloc.case.geometry import Frame, Pose
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.plan.margin.classes import Face, appropriateness, faces_of, possible, worst_of
from enbloc.plan.margin.map import MarginMap, margin_map
from enbloc.plan.margin.margin import MarginClass
from enbloc.plan.margin.surface import (
    barriers_of,
    surface_of,
)
from enbloc.stage.surgical.enneking import Stage
from enbloc.stage.surgical.enneking_appropriate import Judgement, Policy
from tests.plan.margin.phantoms import FRAME, Solid, cut, grid_around, mask_of

Floats = NDArray[np.float64]

INTRALESIONAL, MARGINAL, WIDE = MarginClass
TENTH = 0.1 + 1e-6  # what rounding down to a tenth of a millimetre takes
ORDER = list(MarginClass)


def labelled(*, sac: StructureKind | None = StructureKind.SAC, reach: float = 6.0) -> Images:
    """A vertebra of 30 × 30 × 24 mm with a tumour of ``reach`` mm to the left of its middle, and what lies behind."""
    grid = Grid(
        shape=(50, 70, 60), affine=np.array([[0, 0, 1, -29.5], [0, 1, 0, -29.5], [1, 0, 0, -24.5], [0, 0, 0, 1.0]])
    )
    z, y, x = np.meshgrid(*(np.arange(n) + start for n, start in zip(grid.shape, (-24.5, -29.5, -29.5), strict=True)),
                          indexing="ij")  # fmt: skip
    anatomy, ill = np.zeros(grid.shape, np.uint8), np.zeros(grid.shape, np.uint8)
    anatomy[(abs(x) < 15) & (abs(y) < 15) & (abs(z) < 12)] = 1
    names = {1: vertebra(Level.T8), 3: Structure(kind=StructureKind.DISC, level=Level.T8)}
    if sac is not None:
        anatomy[(abs(x) < 8) & (y > 18) & (y < 30)] = 2
        names[2] = Structure(kind=sac)
    anatomy[(abs(x) < 15) & (abs(y) < 15) & (z < -12) & (z > -16)] = 3
    ill[(x > -4) & (x < reach) & (abs(y) < 8) & (abs(z) < 6)] = 1
    return Images(
        volumes={},
        labels={
            "anatomy": LabelMap(labels=anatomy, grid=grid, names=names, on="ct"),
            "tumour": LabelMap(labels=ill, grid=grid, names={1: tumour("A")}, on="ct"),
        },
    )


def barrier_map(images: Images) -> MarginMap:
    return margin_map(surface_of(images, "A"), [], barriers_of(images, "A", [Level.T8]), frame=FRAME)


def test_named_barriers_bound_the_faces_that_they_lie_on() -> None:
    found = barrier_map(labelled())
    assert {bound.name: bound.margin.mm for bound in found.bounds} == {
        "thecal sac": 10.0,
        "cortex of T8": 6.0,
        "disc T8": 6.0,
    }
    faces = {face.face: (face.mm, face.barrier) for face in found.faces}
    assert faces[Face.DURAL] == (10.0, "thecal sac")
    assert faces[Face.LEFT] == (9.0, "cortex of T8")
    assert faces[Face.RIGHT] == (11.0, "cortex of T8")
    assert faces[Face.ANTERIOR] == (7.0, "cortex of T8")
    assert faces[Face.CAUDAL][0] == 6.0
    assert "no label names the pleura: the distance to it is not known" in found.not_known


def cranial_cut(images: Images, at_mm: float, *, tilt_deg: float = 0.0) -> MarginMap:
    normal = np.array([np.sin(np.radians(tilt_deg)), 0.0, np.cos(np.radians(tilt_deg))])
    above = [cut(normal, at_mm, name="cranial cut")]
    return margin_map(surface_of(images, "A"), above, barriers_of(images, "A", [Level.T8]), frame=FRAME)


def test_a_cut_beyond_the_cortex_bounds_and_the_cortex_is_told_beside_it() -> None:
    found = cranial_cut(labelled(), 14.0)
    faces = {face.face: face for face in found.faces}
    cranial = faces[Face.CRANIAL]
    assert [(margin.barrier, margin.mm) for margin in cranial.each] == [("cortex of T8", 6.0), ("cranial cut", 8.0)]
    assert (cranial.mm, cranial.barrier) == (8.0, "cranial cut")
    assert faces[Face.LEFT].barrier == "cortex of T8", "no blade runs there"
    assert found.overall.margin.mm == 6.0, "at the caudal face, where no blade runs"


def test_a_blade_that_faces_another_way_lies_beyond_no_cortex() -> None:
    aside = cranial_cut(labelled(), 16.0, tilt_deg=40.0)
    cranial = next(face for face in aside.faces if face.face is Face.CRANIAL)
    assert (cranial.mm, cranial.barrier) == (6.0, "cortex of T8")


def test_the_dura_bounds_whatever_lies_beyond_it() -> None:
    images = labelled()
    behind = [cut(np.array([0.0, 1.0, 0.0]), 60.0, name="posterior cut")]
    found = margin_map(surface_of(images, "A"), behind, barriers_of(images, "A", [Level.T8]), frame=FRAME)
    dural = next(face for face in found.faces if face.face is Face.DURAL)
    assert (dural.mm, dural.barrier) == (10.0, "thecal sac")


def test_a_tumour_that_has_left_the_bone_has_reached_its_cortex() -> None:
    for reach in (15.0, 25.0):
        left = next(face for face in barrier_map(labelled(reach=reach)).faces if face.face is Face.LEFT)
        assert left.mm == 0.0, reach
        assert left.classes == (INTRALESIONAL, MARGINAL)


def test_without_a_sac_what_stands_in_for_it_is_told_and_nothing_better_is_claimed() -> None:
    sac, canal, cord, none = (
        barrier_map(labelled(sac=kind)) for kind in (StructureKind.SAC, StructureKind.CANAL, StructureKind.CORD, None)
    )
    assert sac.bounds[0].caution == ""
    assert "stands for the dura" in canal.bounds[0].caution
    assert canal.bounds[0].margin.interval == sac.bounds[0].margin.interval
    assert cord.bounds[0].margin.interval.low == 0.0  # the dura lies before the cord: nobody knows how far
    assert cord.bounds[0].margin.classes == (INTRALESIONAL, MARGINAL)
    dural = next(face for face in none.faces if face.face is Face.DURAL)
    assert dural.mm is None
    for missing in (canal, cord, none):
        assert "no thecal sac is labelled: the distance to the dura is not known" in missing.not_known


def test_a_tumour_within_the_sac_has_entered_it() -> None:
    grid = grid_around(np.ones(3), np.eye(3))
    ball = Solid(radii_mm=np.full(3, 6.0), turn=np.eye(3), centre_mm=np.zeros(3))
    images = Images(
        volumes={},
        labels={
            "sac": LabelMap(
                labels=mask_of(replace(ball, centre_mm=np.array([0.0, 9.0, 0.0])), grid).astype(np.uint8),
                grid=grid,
                names={1: SAC},
                on="t2",
            ),
            "tumour": LabelMap(
                labels=mask_of(ball, grid).astype(np.uint8), grid=grid, names={1: tumour("A")}, on="ct", error_mm=0.5
            ),
        },
    )
    found = barrier_map(images)
    assert found.bounds[0].margin.classes == (INTRALESIONAL,)
    assert found.surface.error_mm == 0.5


def test_the_same_margin_is_judged_under_both_policies() -> None:
    found = appropriateness((MARGINAL, WIDE), (Stage.IIA,), about="A", adjuvant=False, contaminated=False)
    assert [one.policy for one in found] == [Policy.STRICT, Policy.SPINE]
    assert [one.recommended for one in found] == [("wide",), ("wide",)]
    both = (Judgement.APPROPRIATE.value, Judgement.INAPPROPRIATE.value)
    assert found[0].score.categories == both
    low_grade = appropriateness((MARGINAL,), (Stage.IA,), about="A", adjuvant=False, contaminated=False)
    assert [one.score.categories for one in low_grade] == [both[1:], both[:1]]
    assert all("predicted from the plan" in one.score.flags[0] for one in low_grade)
    palliative = appropriateness((WIDE,), (Stage.IIIA,), about="A")
    assert [one.score.categories for one in palliative] == [(Judgement.NOT_APPLICABLE.value,)] * 2
    unknown = appropriateness((MARGINAL,), (), about="A")
    assert set(unknown[0].score.categories) >= set(both)
    assert "Enneking stage" in unknown[0].score.missing


@given(st.data())
@settings(max_examples=40)
def test_a_better_class_is_never_judged_worse(data: st.DataObject) -> None:
    stage = data.draw(st.sampled_from(Stage))
    adjuvant = data.draw(st.booleans())
    worse, better = sorted(data.draw(st.tuples(st.sampled_from(ORDER), st.sampled_from(ORDER))), key=ORDER.index)
    for low, high in zip(
        *(
            appropriateness((one,), (stage,), about="A", adjuvant=adjuvant, contaminated=False)
            for one in (worse, better)
        ),
        strict=True,
    ):
        if low.score.categories == (Judgement.APPROPRIATE.value,):
            assert high.score.categories == low.score.categories


def test_every_pair_of_classes_has_its_worst() -> None:
    sets = [possible(is_opened=opened, low_mm=low) for opened in (True, False) for low in (-1.0, 1.0)]
    for first in sets:
        for second in sets:
            expected = {min(one, other, key=ORDER.index) for one in first for other in second}
            assert set(worst_of((first, second))) == expected


@pytest.mark.parametrize("turned", [-2e-6, 0.0, 2e-6])
def test_a_way_along_the_diagonal_of_voxels_belongs_to_a_side_however_little_the_frame_is_turned(turned: float) -> None:
    frame = Pose(
        child=Frame(name="T8"),
        axes=((1.0, turned, 0.0), (-turned, 1.0, 0.0), (0.0, 0.0, 1.0)),
        origin_mm=(0.0, 0.0, 0.0),
    )
    ways = np.array([[1.0, 1.0, 0.0], [-1.0, 1.0, 0.0], [-1.0, 0.0, -1.0]]) / np.sqrt(2.0)
    told = [list(Face)[at] for at in faces_of(ways, frame, is_dural=False)]
    assert told == [Face.LEFT, Face.RIGHT, Face.RIGHT]
