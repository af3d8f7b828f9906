"""The voxels of a phantom agree with its truth, whatever the grid; the truth agrees with what was asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case.anatomy import Layer, Level, Side, Structure, StructureKind, tumour, vertebra
from enbloc.case.fact import AlignmentChange, BoneQuality, CollapseClass, EsccReported, PosterolateralClass
from enbloc.case.image import Grid
from enbloc.case.origin import Origin
from enbloc.errors import RecordError
from enbloc.phantom import (
    Collapse,
    Epidural,
    Fracture,
    Phantom,
    Recipe,
    Room,
    Scoliosis,
    Solid,
    Tumour,
    beside,
    build,
    in_arch,
    in_body,
    in_pedicle,
    whole_body,
)
from enbloc.phantom.integral import volume_and_centre
from enbloc.phantom.model import model
from enbloc.phantom.recipe import opposite
from enbloc.phantom.scanner import cover, grid_around
from enbloc.phantom.truth import LesionTruth

T8 = Level.T8
GROWN = Tumour(
    solids=(in_body(T8), in_pedicle(T8, Side.LEFT), beside(T8, Side.LEFT)),
    epidural=(Epidural(level=T8, grade=EsccReported.GRADE_2, towards=Side.LEFT),),
)
SMALL = Recipe(levels=(T8,), tumours=(GROWN,), noise_hu=0.0)


def counted_cc(phantom: Phantom) -> float:
    labels = phantom.images.labels["tumour"]
    return float(np.count_nonzero(labels.labels == 1) * labels.grid.voxel_cc)


@pytest.fixture(scope="module")
def truth() -> LesionTruth:
    return build(SMALL).truth.lesion("A")


@pytest.mark.parametrize("axes", ["SPL", "IPL", "LPS", "RAI", "PSR", "ALS"])
@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (0.8, 0.8, 1.0)])
def test_counted_volume_is_the_true_one(axes: str, spacing: tuple[float, float, float], truth: LesionTruth) -> None:
    phantom = build(replace(SMALL, axes=axes, spacing_mm=spacing))

    assert phantom.images.volumes["ct"].grid.axes == axes
    assert counted_cc(phantom) == pytest.approx(truth.volume_cc, rel=0.01)


@pytest.mark.parametrize(("mm", "within"), [(0.6, 0.01), (2.0, 0.03), (3.0, 0.06)])
def test_counted_volume_converges(mm: float, within: float, truth: LesionTruth) -> None:
    assert counted_cc(build(replace(SMALL, spacing_mm=(mm, mm, mm)))) == pytest.approx(truth.volume_cc, rel=within)


def test_an_oblique_grid_sees_the_same_patient(truth: LesionTruth) -> None:
    phantom = build(replace(SMALL, tilt_deg=(12.0, -8.0, 5.0)))
    labels = phantom.images.labels["tumour"]
    centre = labels.grid.points_mm(np.argwhere(labels.labels == 1)).mean(axis=0)

    assert counted_cc(phantom) == pytest.approx(truth.volume_cc, rel=0.01)
    np.testing.assert_allclose(centre, truth.centre.xyz_mm, atol=0.2)


def test_voxels_of_a_flat_lesion_round_both_ways_alike() -> None:
    """Two flat ends a few voxels apart: one count is off by how the grid happens to lie, their mean is not."""
    crush = Fracture(kind=Collapse.CRUSH, percent=68.0)
    made = model(Recipe(levels=(T8,), tumours=(Tumour(solids=(in_body(T8),)),), fractures={T8: crush}))
    shape = made.tumour_shape(made.recipe.tumours[0])
    grid = grid_around(shape.low - 2.0, shape.high + 2.0, (1.0, 1.0, 1.0), "SPL", np.eye(3))
    true, _ = volume_and_centre(shape)
    random = np.random.default_rng(5)
    counted, halves = [], []
    for at in range(40):
        affine = grid.affine.copy()
        affine[:3, 3] += grid.affine[:3, :3] @ ((at + 0.5) / 40.0, *random.uniform(0.0, 1.0, 2))
        covered = cover(Grid(shape=grid.shape, affine=affine), shape, fine=3)
        assert covered is not None
        counted.append(covered.inside.sum() * grid.voxel_cc / true)
        halves.append((covered.shares[0] >= 0.5).sum() * grid.voxel_cc / true)
        assert covered.shares[0].sum() * grid.voxel_cc == pytest.approx(true, rel=2e-3)

    assert np.mean(counted) == pytest.approx(1.0, abs=0.003)
    assert np.ptp(counted) > 0.02, "a single one may be more than 1 % off"
    # Why a voxel is named by its centre: "at least half filled" is no steadier, and small where the surface is round.
    assert np.std(halves) > 0.8 * np.std(counted)
    assert np.mean(halves) < 0.996


def test_volume_of_a_ball_is_the_textbook_one() -> None:
    ball = Solid(level=T8, centre_mm=(0.0, -60.0, 0.0), radii_mm=(7.0, 7.0, 7.0), room=Room.SOFT_TISSUE)
    true = build(Recipe(levels=(T8,), tumours=(Tumour(solids=(ball,)),))).truth
    found, pose = true.lesion(), true.level(T8).pose

    assert found.volume_cc == pytest.approx(4.0 / 3.0 * np.pi * 0.343, rel=1e-3)
    np.testing.assert_allclose(found.centre.xyz_mm, pose.rotation @ (0.0, -60.0, 0.0) + pose.origin, atol=1e-3)


def test_mirroring_the_patient_swaps_left_and_right() -> None:
    recipe = replace(SMALL, levels=(Level.T7, T8), scoliosis=Scoliosis(angle_deg=15.0, convex=Side.LEFT))
    here, there = build(recipe), build(recipe.mirrored)
    one, other = here.truth.lesion(), there.truth.lesion()

    assert other.volume_cc == pytest.approx(one.volume_cc, rel=2e-3)
    np.testing.assert_allclose(other.centre.xyz_mm, np.array(one.centre.xyz_mm) * (-1, 1, 1), atol=0.02)
    assert [s.number for s in other.main.sectors] == sorted(13 - s.number for s in one.main.sectors)
    np.testing.assert_allclose(other.main.sector_cc, one.main.sector_cc[::-1], atol=0.01)
    assert other.main.posterolateral_right_cc == pytest.approx(one.main.posterolateral_left_cc, rel=0.01)
    assert one.main.posterolateral_right_cc == 0.0
    assert one.main.layers == other.main.layers


def test_mirrored_voxels_are_those_of_the_mirrored_patient() -> None:
    recipe = replace(SMALL, levels=(T8,), ribs=False)
    here, there = (build(r).images.labels["tumour"].labels for r in (recipe, recipe.mirrored))

    np.testing.assert_array_equal(here[:, :, ::-1], there)


def test_the_same_recipe_gives_the_same_bytes() -> None:
    recipe = replace(SMALL, noise_hu=12.0, with_mr=True)
    one, other = build(recipe).images, build(recipe).images

    assert one.volumes["ct"].voxels.tobytes() == other.volumes["ct"].voxels.tobytes()
    assert one.volumes["t2"].voxels.tobytes() == other.volumes["t2"].voxels.tobytes()
    assert one.labels["anatomy"].labels.tobytes() == other.labels["anatomy"].labels.tobytes()


def test_another_seed_gives_other_noise_but_the_same_labels() -> None:
    one, other = (build(replace(SMALL, noise_hu=12.0, seed=seed)).images for seed in (1, 2))

    assert one.volumes["ct"].voxels.tobytes() != other.volumes["ct"].voxels.tobytes()
    np.testing.assert_array_equal(one.labels["anatomy"].labels, other.labels["anatomy"].labels)


@pytest.mark.parametrize("kind", Collapse)
@pytest.mark.parametrize("percent", [15.0, 35.0, 60.0])
def test_a_fracture_takes_the_height_that_was_asked(kind: Collapse, percent: float) -> None:
    fracture = Fracture(kind=kind, percent=percent)
    recipe = Recipe(levels=(T8,), spacing_mm=(4.0, 4.0, 4.0))
    before = build(recipe).truth.level(T8)
    after = build(replace(recipe, fractures={T8: fracture})).truth.level(T8)
    lost = [
        100.0 * (1.0 - mm / whole)
        for mm, whole in zip(
            (after.anterior_mm, after.middle_mm, after.posterior_mm),
            (before.anterior_mm, before.middle_mm, before.posterior_mm),
            strict=True,
        )
    ]

    assert max(lost) == pytest.approx(percent, abs=0.5)
    np.testing.assert_allclose(lost, 100.0 * np.array(fracture.losses), atol=1.5)
    assert after.collapse_percent == percent


def test_voxels_are_as_high_as_the_truth_says() -> None:
    recipe = Recipe(levels=(T8,), fractures={T8: Fracture(kind=Collapse.WEDGE, percent=40.0)}, spacing_mm=(0.5, 1, 1))
    phantom = build(recipe)
    labels, true = phantom.images.labels["anatomy"], phantom.truth.level(T8)
    bone = labels.mask(vertebra(T8))
    own = labels.grid.points_mm(np.argwhere(bone)) - true.pose.origin
    for y, wanted in ((-9.6, true.anterior_mm), (0.0, true.middle_mm), (9.6, true.posterior_mm)):
        column = own[(np.abs(own[:, 0]) < 3.0) & (np.abs(own[:, 1] - y) < 0.8)]
        assert np.ptp(column[:, 2]) + 0.5 == pytest.approx(wanted, abs=0.8)


@pytest.mark.parametrize(
    ("fractures", "solids", "word"),
    [
        ({}, (in_body(T8),), CollapseClass.NONE),
        ({}, (whole_body(T8),), CollapseClass.BODY_OVER_HALF_INVOLVED),
        ({T8: Fracture(kind=Collapse.CRUSH, percent=30.0)}, (in_body(T8),), CollapseClass.UNDER_HALF),
        ({T8: Fracture(kind=Collapse.BICONCAVE, percent=65.0)}, (in_body(T8),), CollapseClass.OVER_HALF),
    ],
)
def test_collapse_in_a_readers_words(
    fractures: dict[Level, Fracture], solids: tuple[Solid, ...], word: CollapseClass
) -> None:
    recipe = Recipe(levels=(T8,), tumours=(Tumour(solids=solids),), fractures=fractures)

    assert build(recipe).truth.lesion().collapse is word


@pytest.mark.parametrize(
    ("solids", "word", "left", "right"),
    [
        ((in_body(T8),), PosterolateralClass.NONE, False, False),
        ((in_body(T8), in_pedicle(T8, Side.RIGHT)), PosterolateralClass.UNILATERAL, False, True),
        (tuple(in_pedicle(T8, side) for side in Side), PosterolateralClass.BILATERAL, True, True),
    ],
)
def test_posterolateral_in_a_readers_words(
    solids: tuple[Solid, ...], word: PosterolateralClass, left: bool, right: bool
) -> None:
    found = build(Recipe(levels=(T8,), tumours=(Tumour(solids=solids),))).truth.lesion()

    assert found.posterolateral is word
    assert (found.main.posterolateral_left_share_percent > 40.0) is left
    assert (found.main.posterolateral_right_share_percent > 40.0) is right


def test_alignment_in_a_readers_words() -> None:
    recipe = Recipe(tumours=(Tumour(solids=(in_body(T8),)),))
    bent = replace(recipe, fractures={T8: Fracture(kind=Collapse.WEDGE, percent=50.0)})
    words = [build(r).truth.lesion().alignment for r in (recipe, bent, replace(recipe, listhesis_mm={T8: 6.0}))]

    assert words == [AlignmentChange.NORMAL, AlignmentChange.DEFORMITY, AlignmentChange.SUBLUXATION]


@pytest.mark.parametrize(
    ("solid", "sectors", "layers"),
    [
        (in_pedicle(T8, Side.LEFT), {4}, {Layer.B, Layer.C}),
        (in_pedicle(T8, Side.RIGHT), {9}, {Layer.B, Layer.C}),
        (in_arch(T8, Side.RIGHT), {11, 12}, {Layer.B, Layer.C}),
        (in_body(T8), {6, 7}, {Layer.B, Layer.C}),
        (beside(T8, Side.LEFT), set(), {Layer.A}),
    ],
)
def test_sectors_and_layers_of_a_part(solid: Solid, sectors: set[int], layers: set[Layer]) -> None:
    found = build(Recipe(levels=(T8,), tumours=(Tumour(solids=(solid,)),))).truth.lesion().main

    assert sectors <= {sector.number for sector in found.sectors}
    assert all(sector.side is Side.LEFT for sector in found.sectors) or solid.centre_mm[0] <= 0
    assert layers <= set(found.layers)
    assert Layer.D not in found.layers


def test_levels_cut_by_the_edge_touch_it() -> None:
    phantom = build(Recipe(levels=(T8,), margin_mm=-25.0))
    first = phantom.images.labels["anatomy"].boxes[vertebra(T8)][0]

    assert (first.start, first.stop) == (0, phantom.images.volumes["ct"].grid.shape[0])


def test_whole_levels_stay_off_the_edge_and_every_structure_is_there() -> None:
    phantom = build(Recipe(tumours=(GROWN,), with_mr=True))
    labels = phantom.images.labels["anatomy"]

    assert phantom.images.levels == (Level.T7, T8, Level.T9)
    for named in (vertebra(level) for level in phantom.images.levels):
        for part, count in zip(labels.boxes[named], labels.grid.shape, strict=True):
            assert 0 < part.start < part.stop < count
    kinds = {named.kind for named in labels.boxes}
    assert kinds == {
        StructureKind.VERTEBRA,
        StructureKind.DISC,
        StructureKind.RIB,
        StructureKind.CANAL,
        StructureKind.SAC,
        StructureKind.CORD,
        StructureKind.NERVE_ROOT,
        StructureKind.AORTA,
    }
    assert tumour("A") in phantom.images.labels["tumour"].boxes


def test_a_vertebra_keeps_the_bone_that_the_tumour_took() -> None:
    with_tumour, without = (build(replace(SMALL, tumours=tumours)) for tumours in ((GROWN,), ()))

    np.testing.assert_array_equal(
        with_tumour.images.labels["anatomy"].mask(vertebra(T8)), without.images.labels["anatomy"].mask(vertebra(T8))
    )


def test_discs_lie_between_the_vertebrae() -> None:
    labels = build(Recipe()).images.labels["anatomy"]
    box = labels.boxes[Structure(kind=StructureKind.DISC, level=Level.T7)]
    above, below = (labels.boxes[vertebra(level)] for level in (Level.T7, T8))

    assert below[0].start < box[0].start < box[0].stop < above[0].stop
    assert 2 <= box[0].stop - box[0].start <= 12


@pytest.mark.parametrize(
    ("bone", "low", "high"), [(BoneQuality.LYTIC, 30.0, 70.0), (BoneQuality.BLASTIC, 650.0, 900.0)]
)
def test_brightness_of_a_lesion(bone: BoneQuality, low: float, high: float) -> None:
    lesion = Tumour(bone=bone, solids=(in_body(T8, radii_mm=(8.0, 8.0, 6.0)),))
    phantom = build(Recipe(levels=(T8,), tumours=(lesion,)))
    inside = phantom.images.labels["tumour"].labels == 1

    assert low < float(np.median(phantom.images.volumes["ct"].voxels[inside])) < high


def test_several_lesions_are_told_apart() -> None:
    lesions = (Tumour(lesion="A", solids=(in_body(Level.T7),)), Tumour(lesion="B", solids=(in_body(Level.T9),)))
    phantom = build(Recipe(tumours=lesions))

    assert phantom.truth.lesion("B").levels == (Level.T9,)
    assert {str(named) for named in phantom.images.labels["tumour"].boxes} == {"tumour A", "tumour B"}
    assert phantom.case.origin is Origin.PHANTOM


def test_recipes_that_cannot_be_built_are_refused() -> None:
    for wrong in (
        {"levels": (Level.C2,)},
        {"levels": (Level.C1, Level.C2, Level.C3)},
        {"levels": (Level.L5, Level.S1)},
        {"levels": (Level.T7, Level.T9)},
        {"levels": (Level.T11, Level.T13)},
        {"levels": (Level.T8, Level.T7)},
        {"axes": "SPP"},
        {"tumours": (Tumour(solids=(in_body(Level.L3),)),)},
        {"spacing_mm": (1.0, 0.0, 1.0)},
    ):
        with pytest.raises(RecordError):
            Recipe(**wrong)


def test_the_opposite_of_the_midline_is_the_midline() -> None:
    assert opposite(None) is None
    assert opposite(Side.LEFT) is Side.RIGHT
