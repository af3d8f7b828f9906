"""What must not be measured as if nothing were wrong: odd labels, thick slices, metal, other lesions, cut bone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level, Side, Structure, tumour, vertebra
from enbloc.case.fact import EsccReported, Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.measure import measure
from enbloc.phantom import Collapse, Epidural, Fracture, Phantom, Recipe, Tumour, build, in_body, in_pedicle
from enbloc.phantom import Solid as Mass
from enbloc.stage.escc_items import grades
from tests.measure.solids import CANAL_BACK, Floats, column
from tests.measure.test_solids import ball

T6, T7, T8, T9, T10 = (Level(f"T{number}") for number in range(6, 11))
GRADE_2 = Tumour(solids=(in_body(T8),), epidural=(Epidural(level=T8, grade=EsccReported.GRADE_2, length_mm=10.0),))
OUTLINES: tuple[Fact[float], ...] = (fact.SAC_AREA_RATIO, fact.CORD_AREA_RATIO)


def finding(findings: Findings, named: Fact[float], about: object = "A") -> Finding[float]:
    found = findings[named, about]
    assert isinstance(found, Finding), findings.why_missing(named, about)
    return found


@cache
def compressed(slice_mm: float = 1.5) -> Phantom:
    return build(Recipe(tumours=(GRADE_2,), with_mr=True, spacing_mm=(slice_mm, 0.8, 0.8)))


def graded(findings: Findings) -> list[str]:
    return [grade.value for grade in grades(findings, "A").grades]


# --- slices, outlines, references -------------------------------------------------------------------------------------
def test_slices_of_5_mm_are_not_graded_as_if_they_were_thin() -> None:
    assert graded(measure(compressed().case, compressed().images)) == ["2"]
    findings = measure(compressed(5.0).case, compressed(5.0).images)
    for named in OUTLINES:
        assert "5 mm are too thick" in findings.why_missing(named, "A")
    assert "5 mm are too thick" in " ".join(finding(findings, fact.EPIDURAL_AREA).notes)
    assert {"1c", "2", "3"} <= set(graded(findings))
    assert "slices too thick" in findings.why_missing(fact.HEIGHT_MIDDLE, "T8")


def test_a_cord_outlined_on_ct_is_not_made_one_of_the_mr_by_having_an_mr() -> None:
    images = compressed().images
    role = next(role for role, scan in images.volumes.items() if scan.modality.value == "MR")
    scan = images.volumes[role]
    elsewhere = scan.cropped((slice(0, scan.grid.shape[0] - 3), slice(0, 60), slice(0, 60)))
    findings = measure(compressed().case, replace(images, volumes={**images.volumes, role: elsewhere}))
    for named in OUTLINES:
        assert "outlined on CT" in findings.why_missing(named, "A")


def test_a_coarse_cord_is_not_made_fine_by_a_fine_tumour_label() -> None:
    images = compressed().images
    anatomy = images.labels["anatomy"]
    grid = Grid(
        shape=tuple(len(range(0, size, 4)) for size in anatomy.grid.shape),  # type: ignore[arg-type]  # three of them
        affine=anatomy.grid.affine @ np.diag([4.0, 4.0, 4.0, 1.0]),
    )
    coarse = replace(anatomy, labels=np.ascontiguousarray(anatomy.labels[::4, ::4, ::4]), grid=grid, on="t2")
    fine = replace(anatomy, names={n: s for n, s in anatomy.names.items() if s.kind.value in {"vertebra", "canal"}})
    findings = measure(compressed().case, replace(images, labels={"fine": fine, "coarse": coarse, **_tumour(images)}))
    for named in OUTLINES:
        assert findings.value(named, "A") is None


def _tumour(images: Images) -> dict[str, LabelMap]:
    return {"tumour": images.labels["tumour"]}


def test_a_cord_that_another_lesion_presses_is_no_reference() -> None:
    growth = tuple(Epidural(level=level, grade=EsccReported.GRADE_3, length_mm=16.0) for level in (T7, T9))
    other = Tumour(lesion="B", solids=(in_body(T7), in_body(T9)), epidural=growth)
    phantom = build(Recipe(levels=(T6, T7, T8, T9, T10), tumours=(GRADE_2, other), with_mr=True))
    findings = measure(phantom.case, phantom.images)
    assert "2" in graded(findings)
    for named in OUTLINES:
        found = findings[named, "A"]
        assert not isinstance(found, Finding) or found.value < 1.0, "the compressed cord looks wide beside a worse one"


def test_one_slice_of_epidural_tumour_may_be_none_or_three() -> None:
    findings = measure(compressed().case, compressed().images)
    slices = finding(findings, fact.EPIDURAL_SLICES)  # type: ignore[arg-type]  # a whole number is one too
    assert slices.interval is not None
    assert slices.interval.low < slices.value < slices.interval.high


def without(kinds: set[str], above_mm: float, below_mm: float, instead: int = 0) -> Findings:
    """The measures with the label of some structures lost between two heights above the centre of T8."""
    phantom = compressed()
    anatomy = phantom.images.labels["anatomy"]
    heights = anatomy.grid.points_mm(np.indices(anatomy.grid.shape).reshape(3, -1).T)[:, 2]
    origin = next(one.pose.origin for one in phantom.truth.levels if one.level is T8)
    heights = heights.reshape(anatomy.grid.shape) - origin[2]
    ids = [number for number, named in anatomy.names.items() if named.kind.value in kinds]
    labels = anatomy.labels.copy()
    labels[np.isin(labels, ids) & (heights > below_mm) & (heights < above_mm)] = instead
    images = replace(phantom.images, labels={**phantom.images.labels, "anatomy": replace(anatomy, labels=labels)})
    return measure(phantom.case, images)


CANAL_AND_ALL_IN_IT = {"canal", "thecal sac", "cord", "nerve root"}
SAC_ID = 242


@pytest.mark.parametrize("from_mm", [-14.0, -6.0, 3.0])
def test_a_canal_whose_label_ends_at_the_tumour_is_not_free(from_mm: float) -> None:
    findings = without(CANAL_AND_ALL_IN_IT, 999.0, from_mm)
    assert "2" in graded(findings), "the grade is not that of the free rest"
    assert "beside the whole tumour" in findings.why_missing(fact.EPIDURAL_AREA, "A")


@pytest.mark.parametrize(("above_mm", "below_mm"), [(6.0, -6.0), (999.0, -6.0), (3.0, 1.0)])
def test_a_cord_whose_label_is_lost_where_it_is_pressed_is_not_measured_beside_it(
    above_mm: float, below_mm: float
) -> None:
    findings = without({"cord"}, above_mm, below_mm, instead=SAC_ID)
    assert "2" in graded(findings)
    for named in (fact.CORD_AREA_RATIO, fact.CORD_DISTANCE, fact.CSF_SHARE):
        assert "interrupted" in findings.why_missing(named, "A")


def test_a_sac_whose_label_is_lost_is_not_an_effaced_one() -> None:
    findings = without(CANAL_AND_ALL_IN_IT, 6.0, -6.0)
    for named in (fact.SAC_AREA_RATIO, fact.SAC_INDENTATION):
        assert "interrupted" in findings.why_missing(named, "A")


def test_tumour_all_round_the_cord_leaves_both_readings_of_the_fluid_open() -> None:
    def ring(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        radius = np.hypot(x, y - CANAL_BACK)
        return np.asarray((radius > 8.0) & (radius <= 10.0) & (np.abs(z) <= 8.0))

    def front(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray(ring(x, y, z) & (y < CANAL_BACK))

    around, before = measure(*column(ring, with_mr=True)), measure(*column(front, with_mr=True))
    assert finding(around, fact.CSF_SHARE).low > 0.5, "the fluid itself is seen"
    assert finding(around, fact.EPIDURAL_TURN).value == 1.0
    assert finding(before, fact.EPIDURAL_TURN).value == pytest.approx(0.5, abs=0.05)
    assert finding(before, fact.EPIDURAL_TURN).high < 0.95


# --- the label of the tumour ------------------------------------------------------------------------------------------
def labelled(images: Images, where: NDArray[np.bool_]) -> Images:
    """The same images with the tumour's label where ``where`` says."""
    grid = images.labels["anatomy"].grid
    drawn = LabelMap(labels=where.astype(np.uint8), grid=grid, names={1: tumour("A")}, on="ct", document="tumour")
    return replace(images, labels={"anatomy": images.labels["anatomy"], "tumour": drawn})


def test_a_speck_in_a_spinous_process_belongs_to_its_own_vertebra() -> None:
    phantom = compressed()
    anatomy = phantom.images.labels["anatomy"]
    own = anatomy.mask(vertebra(T7))
    places = np.argwhere(own)
    poses = {one.level: one.pose.origin for one in phantom.truth.levels}
    away = {level: np.linalg.norm(anatomy.grid.points_mm(places) - origin, axis=1) for level, origin in poses.items()}
    astray = places[away[T8] < away[T7] - 1.0]
    assert len(astray) > 3, "the process hangs down behind the next body"
    speck = np.zeros(own.shape, np.bool_)
    speck[tuple(astray[:3].T)] = True

    findings = measure(phantom.case, labelled(phantom.images, speck))
    assert findings.value(fact.MAIN_LEVEL, "A") is T7
    found = findings[fact.LEVELS, "A"]
    assert isinstance(found, Finding)
    assert findings.many(fact.LEVELS, "A") == (T7,)
    assert "less than 0.05 cc" in " ".join(found.notes)


@pytest.mark.parametrize("voxels", [1, 2, 3])
def test_a_tumour_of_a_few_voxels_has_a_volume_that_may_be_none(voxels: int) -> None:
    phantom = compressed()
    places = np.argwhere(phantom.images.labels["anatomy"].mask(vertebra(T8)))[:voxels]
    speck = np.zeros(phantom.images.labels["anatomy"].grid.shape, np.bool_)
    speck[tuple(places.T)] = True
    findings = measure(phantom.case, labelled(phantom.images, speck))
    volume = finding(findings, fact.VOLUME)
    assert volume.low == 0.0
    assert volume.high > volume.value > 0.0
    assert finding(findings, fact.DIAMETER).value > 0.0


def test_a_label_in_pieces_is_said_to_be() -> None:
    def two(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        return np.asarray(ball(0, 0, 0, 6.0)(x, y, z) | ball(0, 0, 32, 6.0)(x, y, z))

    notes = " ".join(finding(measure(*column(two)), fact.VOLUME).notes)
    assert "2 separate pieces" in notes
    assert finding(measure(*column(ball(0, 0, 0, 6.0))), fact.VOLUME).notes == ()


def test_a_label_that_ends_with_the_scan_is_larger_than_measured() -> None:
    findings = measure(*column(ball(0, -30, 0, 90.0)))
    assert "larger than what is measured" in " ".join(finding(findings, fact.VOLUME).notes)


def test_a_tumour_labelled_twice_is_measured_once_and_said() -> None:
    case, images = column(ball(0, 0, 0, 6.0))
    again = replace(images.labels["tumour"], document="second.nii.gz")
    findings = measure(case, replace(images, labels={**images.labels, "again": again}))
    assert "not measured in second.nii.gz" in " ".join(finding(findings, fact.VOLUME).notes)


# --- bone that is cut, hollow, metal, or not there --------------------------------------------------------------------
SHARES = (fact.BODY_SHARE, fact.POSTEROLATERAL_LEFT, fact.POSTEROLATERAL_RIGHT_SHARE)


def test_the_part_of_a_vertebra_that_was_not_scanned_is_not_free_of_tumour() -> None:
    case, images = column(ball(0, 0, 0, 6.0))
    cut = slice(0, 63)  # through the body of the middle vertebra
    box = (cut, slice(0, images.labels["anatomy"].grid.shape[1]), slice(0, images.labels["anatomy"].grid.shape[2]))
    labels = {
        role: replace(one, labels=np.ascontiguousarray(one.labels[box]), grid=one.grid.cropped(box))
        for role, one in images.labels.items()
    }
    scan = images.volumes["ct"].cropped(box)
    findings = measure(case, replace(images, labels=labels, volumes={"ct": scan}))
    assert findings.value(fact.INCOMPLETE, "L1") is True
    for named in SHARES:
        assert "edge of the scan" in findings.why_missing(named, "A")
    sectors = findings[fact.WBB_SECTORS, "A"]
    assert isinstance(sectors, Finding)
    assert "tumour there is not counted" in " ".join(sectors.notes)


def test_bone_that_a_tumour_took_in_the_same_map_is_not_lost_height() -> None:
    case, images = column(ball(0, 0, 10, 9.0))
    whole, mass = images.labels["anatomy"], images.labels["tumour"]
    one_map = replace(
        whole, labels=np.where(mass.labels > 0, 9, whole.labels).astype(np.uint8), names={**whole.names, 9: tumour("A")}
    )
    findings = measure(case, replace(images, labels={"all": one_map}))
    for named in (fact.COLLAPSE, fact.HEIGHT_MIDDLE):
        assert "took has no label" in findings.why_missing(named, "L1")


def test_half_a_pedicle_is_not_read_as_none() -> None:
    whole = in_pedicle(T8, Side.LEFT)
    half = replace(whole, radii_mm=(3.9, 4.4, 4.4))
    phantom = build(Recipe(tumours=(Tumour(solids=(half,)),)))
    share = finding(measure(phantom.case, phantom.images), fact.POSTEROLATERAL_LEFT_SHARE)
    assert share.value < 20.0 < share.high
    assert "pedicle alone" in " ".join(share.notes)


def test_metal_leaves_every_kind_of_bone_open() -> None:
    phantom = build(Recipe(tumours=(Tumour(solids=(in_body(T8),)),)))
    plain = finding(measure(phantom.case, phantom.images), fact.LYTIC_SHARE)
    assert plain.low > 50.0
    scan = phantom.images.volumes["ct"]
    voxels = scan.voxels.copy()
    rod = np.argwhere(phantom.images.labels["anatomy"].mask(vertebra(T8)))[:40]
    voxels[tuple(rod.T)] = 3000
    images = replace(phantom.images, volumes={"ct": replace(scan, voxels=voxels)})
    found = finding(measure(phantom.case, images), fact.LYTIC_SHARE)
    assert (found.low, found.high) == (0.0, 100.0)
    assert "metal?" in " ".join(found.notes)


def test_the_atlas_has_no_body_to_measure() -> None:
    case, images = column(ball(0, 0, 0, 6.0))
    anatomy = images.labels["anatomy"]
    renamed: dict[Structure, Structure] = {
        vertebra(Level.T12): vertebra(Level.O),
        vertebra(Level.L1): vertebra(Level.C1),
        vertebra(Level.L2): vertebra(Level.C2),
    }
    neck = replace(anatomy, names={number: renamed.get(one, one) for number, one in anatomy.names.items()})
    findings = measure(case, replace(images, labels={**images.labels, "anatomy": neck}))
    of_the_body: tuple[tuple[Fact[float], str], ...] = (
        (fact.BODY_VOLUME, "C1"),
        (fact.COLLAPSE, "C1"),
        (fact.BODY_SHARE, "A"),
    )
    layers = findings[fact.WBB_LAYERS, "A"]
    assert isinstance(layers, Finding)
    assert layers.notes == ("layer F, the foramen of the vertebral artery, is not measured",)
    for named, about in of_the_body:
        assert findings.value(named, about) is None
        assert findings.why_missing(named, about)


# --- against the neighbours -------------------------------------------------------------------------------------------
def test_a_neighbour_that_is_collapsed_itself_widens_the_collapse() -> None:
    recipe = Recipe(
        tumours=(Tumour(solids=(in_pedicle(T8, Side.LEFT),)),),
        fractures={T8: Fracture(kind=Collapse.CRUSH, percent=40.0), T7: Fracture(kind=Collapse.CRUSH, percent=50.0)},
    )
    phantom = build(recipe)
    collapse = finding(measure(phantom.case, phantom.images), fact.COLLAPSE, "T8")
    assert collapse.low <= 40.0 <= collapse.high
    assert "the neighbours differ" in " ".join(collapse.notes)


def test_a_level_that_nobody_has_is_no_distance() -> None:
    heights = {Level.T12: 20.0, Level.L1: 24.0, Level.L2: 28.0}
    collapse = finding(measure(*column(ball(0, 0, 0, 4.0), heights=heights)), fact.COLLAPSE, "L1")
    assert collapse.value == pytest.approx(0.0, abs=0.5), "T12 and L2 are both next to L1"


def test_a_single_neighbour_far_away_is_a_poor_measure() -> None:
    levels = tuple(Level(f"T{number}") for number in range(5, 11))
    solids = tuple(Mass(level=level, centre_mm=(0.0, 0.0, 0.0), radii_mm=(6.0, 6.0, 5.0)) for level in levels[1:])
    phantom = build(Recipe(levels=levels, tumours=(Tumour(solids=solids),), spacing_mm=(1.2, 1.2, 1.2)))
    findings = measure(phantom.case, phantom.images)
    for level in levels[1:]:
        collapse = finding(findings, fact.COLLAPSE, level)
        assert collapse.low <= 0.0 <= collapse.high, "nothing has collapsed"
        assert "T5 alone" in " ".join(collapse.notes)


def test_the_slip_on_the_uppermost_vertebra_is_said_not_to_be_seen() -> None:
    findings = measure(*column(ball(0, 0, 32, 6.0)))
    assert findings.why_missing(fact.TRANSLATION, "T11") == "T11 is not labelled"


# --- a body that lies crooked -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("degrees", [-25.0, 25.0])
def test_sectors_are_those_of_the_vertebra_however_it_is_tilted(axis: int, degrees: float) -> None:
    case, images = column(ball(15, 21, 3, 6.0))
    findings = measure(case, _turned(images, axis, degrees))
    sectors = findings.many(fact.WBB_SECTORS, "A")
    assert sectors is not None
    assert [str(sector) for sector in sectors] == ["4 left"]
    assert finding(findings, fact.POSTEROLATERAL_RIGHT).value == 0.0
    assert abs(finding(findings, fact.COLLAPSE, "L1").value) < 3.0


def _turned(images: Images, axis: int, degrees: float) -> Images:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, j = (one for one in range(3) if one != axis)
    turn = np.eye(4)
    turn[[i, j], [i, j]], turn[i, j], turn[j, i] = cos, -sin, sin

    def grid(one: Grid) -> Grid:
        return Grid(shape=one.shape, affine=turn @ one.affine)

    return replace(
        images,
        volumes={role: replace(scan, grid=grid(scan.grid)) for role, scan in images.volumes.items()},
        labels={role: replace(one, grid=grid(one.grid)) for role, one in images.labels.items()},
    )


def test_a_lesion_without_a_label_or_a_level_is_missing_and_not_absent() -> None:
    case, images = column()
    findings = measure(replace(case, lesions=(Lesion(id="A"),)), images)
    for named in (fact.VOLUME, fact.EPIDURAL_AREA, *SHARES):
        assert findings.value(named, "A") is None
        assert findings.why_missing(named, "A") == "no label for tumour A"
