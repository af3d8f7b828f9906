"""The neck, and the levels that few people have: believable, counted right, and true to what was asked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import (
    CANAL,
    CORD,
    SAC,
    SECTORS,
    Layer,
    Level,
    Sector,
    Side,
    Structure,
    StructureKind,
    structure,
    vertebra,
)
from enbloc.case.fact import CollapseClass, EsccReported, PosterolateralClass
from enbloc.errors import RecordError
from enbloc.phantom import (
    Collapse,
    Epidural,
    Fracture,
    PaintedLesion,
    Phantom,
    Recipe,
    Tumour,
    beside,
    build,
    in_arch,
    in_body,
    in_pedicle,
    in_sector,
    paint,
    whole_body,
)
from enbloc.phantom.model import model
from enbloc.phantom.morphometry import LEVELS, follows, size
from enbloc.phantom.neck import artery, foramen
from enbloc.phantom.truth import Truth, truth_of

C5, T1 = Level.C5, Level.T1
NECK = (Level.C3, Level.C4, C5, Level.C6, Level.C7)
RARE = ((Level.T11, Level.T12, Level.T13, Level.L1), (Level.L4, Level.L5, Level.L6))


@cache
def neck() -> Phantom:
    return build(Recipe(levels=(*NECK, T1, Level.T2), organs=True, with_mr=True, noise_hu=0.0))


def true(recipe: Recipe) -> Truth:
    """The truth alone, without pictures."""
    return truth_of(model(recipe))


def at(phantom: Phantom, level: Level, own: tuple[float, float, float]) -> tuple[int, int, int]:
    """The voxel at a place in the frame of a vertebra."""
    pose = phantom.truth.level(level).pose
    grid = phantom.images.volumes["ct"].grid
    a, b, c = np.rint(grid.indices((pose.rotation @ own + pose.origin)[None])[0]).astype(int)
    return int(a), int(b), int(c)


def area_mm2(phantom: Phantom, level: Level, *kinds: Structure) -> float:
    """The cross-section of structures in the slice through the middle of a body."""
    anatomy, height = phantom.images.labels["anatomy"], at(phantom, level, (0.0, 0.0, 0.0))[0]
    return float(sum(anatomy.mask(named)[height].sum() for named in kinds))


def bone_at(level: Level, phantom: Phantom, own: tuple[float, float, float]) -> bool:
    return bool(phantom.images.labels["anatomy"].mask(vertebra(level))[at(phantom, level, own)])


@pytest.mark.parametrize("levels", [(Level.C3, Level.C4), (*NECK, T1, Level.T2), *RARE, (Level.T12, Level.L1)])
def test_every_level_of_a_run_is_built(levels: tuple[Level, ...]) -> None:
    images = build(Recipe(levels=levels, spacing_mm=(2.0, 2.0, 2.0))).images
    discs = [Structure(kind=StructureKind.DISC, level=level) for level in levels[:-1]]

    assert images.levels == levels
    assert set(discs) <= set(images.labels["anatomy"].boxes)


@pytest.mark.parametrize(
    ("levels", "says"),
    [
        ((Level.C1, Level.C2), "no sizes for C1"),
        ((Level.C2, Level.C3), "no sizes for C2"),
        ((Level.L5, Level.S1), "no sizes for S1"),
        ((Level.C7, Level.T2), "do not follow"),
        ((Level.T11, Level.T13), "do not follow"),
        ((Level.L6, Level.T13), "do not follow"),
    ],
)
def test_what_cannot_be_built_is_said(levels: tuple[Level, ...], says: str) -> None:
    with pytest.raises(RecordError, match=says):
        Recipe(levels=levels)


def test_only_t13_and_l6_may_be_left_out() -> None:
    skipped = {(one, other) for one in LEVELS for other in LEVELS if follows(one, other)} - set(pairwise(LEVELS))

    assert skipped == {(Level.T12, Level.L1)}
    assert not follows(Level.C2, Level.C3)


def test_sizes_run_on_from_level_to_level() -> None:
    for upper, lower in pairwise(LEVELS):
        above, below = size(upper), size(lower)
        assert below.body_width == pytest.approx(above.body_width, rel=0.16), lower
        assert below.canal_width == pytest.approx(above.canal_width, rel=0.16), lower
        assert below.cord_width <= above.cord_width * 1.08, lower


def test_the_neck_curves_forward() -> None:
    axes = [np.array(neck().truth.level(level).pose.axes[2]) for level in (Level.C3, Level.C7)]
    leans = [float(np.rad2deg(np.arctan2(-up[1], up[2]))) for up in axes]
    straight = true(Recipe(levels=NECK, neck_lordosis_deg=0.0))
    up = [straight.level(level).pose.axes[2] for level in NECK]

    assert leans[1] - leans[0] == pytest.approx(15.0, abs=1e-6)
    np.testing.assert_allclose(up, [up[0]] * len(NECK), atol=1e-12)


def test_the_cord_is_thickest_in_the_neck() -> None:
    areas = {level: area_mm2(neck(), level, CORD) for level in (Level.C3, C5, Level.C7, T1)}
    kato = (74.4 + 78.1) / 2.0  # mm² at the middle of C5

    assert areas[C5] == max(areas.values())
    assert areas[C5] > areas[Level.C7] > areas[T1]
    assert areas[C5] == pytest.approx(kato, rel=0.06)
    for level in NECK:
        assert area_mm2(neck(), level, CORD) < 0.6 * area_mm2(neck(), level, CORD, SAC)
        assert area_mm2(neck(), level, CORD, SAC, CANAL) > 200.0


@pytest.mark.parametrize("level", NECK)
def test_bone_is_where_it_belongs(level: Level) -> None:
    row, spine = size(level), neck()
    back, wide = row.canal_centre_mm, row.canal_width / 2.0
    left, deep = foramen(row)
    for sign in (1.0, -1.0):
        assert bone_at(level, spine, (sign * (wide + 4.0), back + 1.0, 0.0)), "lateral mass"
        assert bone_at(level, spine, (sign * (row.body_width / 2.0 - 1.4), 2.0, row.posterior_height / 2.0 + 1.0))
        assert not bone_at(level, spine, (sign * left, deep, -1.0)), "foramen of the artery"
        assert bone_at(level, spine, (sign * (row.transverse_span / 2.0 - 3.0), deep + 4.6, -2.6)), "tubercle"
    rear = back + row.canal_depth / 2.0
    tip = rear + row.spinous_length
    assert bone_at(level, spine, (0.0, tip - 1.0, -2.5 - row.spinous_drop)), "spinous process"
    assert not bone_at(level, spine, (0.0, tip + 6.0, -2.5 - row.spinous_drop))
    assert not bone_at(level, spine, (0.0, back, 0.0)), "canal"


def test_the_foramina_are_closed_rings() -> None:
    spine = build(Recipe(levels=(C5,), spacing_mm=(0.7, 0.5, 0.5), noise_hu=0.0))
    anatomy = spine.images.labels["anatomy"]
    height = at(spine, C5, (0.0, 0.0, -1.2))[0]
    bone: NDArray[np.bool_] = anatomy.mask(vertebra(C5))[height]
    canal = anatomy.labels[height] > 200
    holes, _ = ndimage.label(ndimage.binary_fill_holes(bone | canal) & ~(bone | canal))
    left, deep = foramen(size(C5))
    found = [holes[at(spine, C5, (sign * left, deep, -1.2))[1:]] for sign in (1.0, -1.0)]

    assert min(found) > 0
    assert found[0] != found[1]
    for hole in found:
        assert 12.0 < float((holes == hole).sum()) * 0.25 < 45.0, "mm²"


def test_an_artery_runs_through_the_foramina_but_in_front_of_c7() -> None:
    spine = neck()
    ct, t2 = (spine.images.volumes[role].voxels for role in ("ct", "t2"))
    for level in (Level.C4, C5, Level.C6):
        left, deep = foramen(size(level))
        assert t2[at(spine, level, (left, deep, -1.0))] < 250.0, "flowing blood is dark"
        assert ct[at(spine, level, (left, deep, -1.0))] > -40.0, "and is no fat"
    assert t2[at(spine, Level.C7, (*artery(Level.C7), 0.0))] < 110.0
    assert t2[at(spine, Level.C7, (*foramen(size(Level.C7)), -1.0))] > 110.0


def test_roots_of_the_neck_leave_above_their_vertebra() -> None:
    spine = neck()
    anatomy = spine.images.labels["anatomy"]
    for level in (*NECK, T1):
        pose = spine.truth.level(level).pose
        for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
            points = anatomy.grid.points_mm(np.argwhere(anatomy.mask(structure(f"nerve root {level} {side.value}"))))
            x, _, z = ((points - pose.origin) @ pose.rotation).mean(axis=0)
            assert sign * x > 5.0
            assert z < -2.0 if level is T1 else z > 2.0, level


def test_ribs_and_great_vessels_keep_out_of_the_neck() -> None:
    boxes = neck().images.labels["anatomy"].boxes
    ribs = {named.level for named in boxes if named.kind is StructureKind.RIB}
    alone = build(Recipe(levels=NECK, spacing_mm=(2.0, 2.0, 2.0))).images.labels["anatomy"].boxes

    assert ribs == {T1, Level.T2}
    assert not {StructureKind.AORTA, StructureKind.VENA_CAVA, StructureKind.RIB} & {named.kind for named in alone}


def test_thirteen_pairs_of_ribs() -> None:
    boxes = build(Recipe(levels=RARE[0], spacing_mm=(2.0, 2.0, 2.0))).images.labels["anatomy"].boxes
    ribs = {(named.level, named.side) for named in boxes if named.kind is StructureKind.RIB}

    assert ribs == {(level, side) for level in RARE[0][:3] for side in Side}


@pytest.mark.parametrize("level", [C5, Level.C7, Level.T13, Level.L6])
@pytest.mark.parametrize("kind", Collapse)
def test_a_fracture_takes_the_height_that_was_asked(level: Level, kind: Collapse) -> None:
    recipe = Recipe(levels=(level,))
    before = true(recipe).level(level)
    for percent in (30.0, 60.0):
        fracture = Fracture(kind=kind, percent=percent)
        after = true(replace(recipe, fractures={level: fracture})).level(level)
        kept = np.array([after.anterior_mm, after.middle_mm, after.posterior_mm])
        lost = 100.0 * (1.0 - kept / (before.anterior_mm, before.middle_mm, before.posterior_mm))

        # A dent in a body less than 20 mm wide rises within the 10 mm over which heights are taken.
        np.testing.assert_allclose(lost, 100.0 * np.array(fracture.losses), atol=2.5)
        assert after.collapse_percent == percent


def test_the_voxels_of_a_fracture_are_as_high_as_the_truth_says() -> None:
    fracture = Fracture(kind=Collapse.WEDGE, percent=50.0)
    phantom = build(Recipe(levels=(C5,), fractures={C5: fracture}, spacing_mm=(0.5, 1.0, 1.0)))
    true, anatomy = phantom.truth.level(C5), phantom.images.labels["anatomy"]
    bone = anatomy.grid.points_mm(np.argwhere(anatomy.mask(vertebra(C5))))
    own = (bone - true.pose.origin) @ true.pose.rotation
    for y, wanted in ((-5.5, true.anterior_mm), (5.5, true.posterior_mm)):
        column = own[(np.abs(own[:, 0]) < 3.0) & (np.abs(own[:, 1] - y) < 0.8)]
        assert np.ptp(column[:, 2]) + 0.5 == pytest.approx(wanted, abs=0.9)


@pytest.mark.parametrize(
    ("level", "sector"), [(C5, sector) for sector in SECTORS] + [(Level.C7, SECTORS[at]) for at in (0, 1, 8)], ids=str
)
def test_tumour_in_a_sector_of_the_neck(level: Level, sector: Sector) -> None:
    lesion = Tumour(solids=in_sector(level, sector))
    found = true(Recipe(levels=(level,), tumours=(lesion,))).lesion().main

    assert found.sectors == (sector,)
    assert max(found.sector_cc) == found.sector_cc[sector.number - 1]
    assert {Layer.B, Layer.C} & set(found.layers)
    assert not {Layer.A, Layer.D} & set(found.layers)


def test_lesions_of_the_neck_in_a_readers_words() -> None:
    def truth(*solids: object) -> tuple[PosterolateralClass, CollapseClass]:
        found = true(Recipe(levels=(C5,), tumours=(Tumour(solids=solids),))).lesion()  # type: ignore[arg-type]  # rows
        return found.posterolateral, found.collapse

    assert truth(in_body(C5)) == (PosterolateralClass.NONE, CollapseClass.NONE)
    assert truth(whole_body(C5))[1] is CollapseClass.BODY_OVER_HALF_INVOLVED
    assert truth(in_pedicle(C5, Side.LEFT))[0] is PosterolateralClass.UNILATERAL
    assert truth(*(in_pedicle(C5, side) for side in Side))[0] is PosterolateralClass.BILATERAL


def test_a_pedicle_of_the_neck_is_on_its_side_and_mirrors() -> None:
    lesion = Tumour(
        solids=(in_pedicle(C5, Side.LEFT), in_arch(C5, Side.LEFT), beside(C5, Side.LEFT)),
        epidural=(Epidural(level=C5, grade=EsccReported.GRADE_2, towards=Side.LEFT),),
    )
    recipe = Recipe(levels=(C5,), tumours=(lesion,), noise_hu=0.0)
    here, there = build(recipe), build(recipe.mirrored)

    assert {sector.side for sector in here.truth.lesion().main.sectors} == {Side.LEFT}
    for role in ("anatomy", "tumour"):
        one, other = (phantom.images.labels[role].labels > 0 for phantom in (here, there))
        np.testing.assert_array_equal(one[:, :, ::-1], other)


@pytest.mark.parametrize("axes", ["SPL", "IPL", "PSR"])
def test_the_counted_volume_of_a_large_lesion_is_the_true_one(axes: str) -> None:
    lesion = Tumour(solids=(whole_body(C5), beside(C5, Side.RIGHT)))
    phantom = build(Recipe(levels=(C5,), tumours=(lesion,), axes=axes, spacing_mm=(0.8, 0.8, 0.8)))
    labels = phantom.images.labels["tumour"]

    assert np.count_nonzero(labels.labels) * labels.grid.voxel_cc == pytest.approx(
        phantom.truth.lesion().volume_cc, rel=0.01
    )


def test_a_lesion_can_be_painted_into_a_neck() -> None:
    host = build(Recipe(levels=NECK[1:4], spacing_mm=(1.0, 0.7, 0.7)))
    ct, anatomy = host.images.volumes["ct"], host.images.labels["anatomy"]
    painted = paint(ct, [anatomy], PaintedLesion(level=C5, radii_mm=(7.0, 6.0, 4.5)))
    pose = host.truth.level(C5).pose

    np.testing.assert_allclose(painted.truth.pose.axes, pose.axes, atol=0.04)
    np.testing.assert_allclose(painted.truth.centre.xyz_mm, pose.origin, atol=1.0)
    inside = painted.tumour.labels == 1
    assert np.median(painted.volume.voxels[inside]) < 90.0 < np.median(ct.voxels[inside])
