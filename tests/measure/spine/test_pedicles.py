"""Width, height and direction of pedicles against the sizes that phantoms are built by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, Side, vertebra
from enbloc.case.finding import Finding, Findings, Missing
from enbloc.case.geometry import Plane
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.mark import Mark, MarkKind
from enbloc.measure.answers import gathered
from enbloc.measure.spine.column import REPLACED, Column, column_of
from enbloc.measure.spine.isthmus import isthmuses
from enbloc.measure.spine.pedicles import HEIGHT, PEDICLE, SAGITTAL, TRANSVERSE, WIDTH, pedicles
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.phantom.morphometry import neck_pedicle, size
from tests.data import real_data
from tests.measure import solids
from tests.measure.reading import TOTAL, VERSE, label_map
from tests.measure.spine.known import Known, known, labelled
from tests.measure.spine.painted import Bone, painted

HALF_VOXEL_MM = 0.5


def found(held: Known) -> Findings:
    return gathered(pedicles(held.column()))


def one(findings: Findings, side: Side, which: int, level: Level) -> Finding[float]:
    finding = findings[PEDICLE[side][which], level]
    assert isinstance(finding, Finding), findings.why_missing(PEDICLE[side][which], level)
    return finding


def why(findings: Findings, side: Side, level: Level) -> str:
    """Why a pedicle is missing: all four numbers of it, for one reason."""
    reasons = {findings.why_missing(named, level) for named in PEDICLE[side]}
    assert len(reasons) == 1
    return reasons.pop()


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("level", [Level.T1, Level.T8, Level.T12, Level.L3, Level.L5], ids=str)
def test_width_and_height_are_those_it_was_built_by(level: Level, side: Side) -> None:
    findings = found(known(level))
    for which, truth in ((WIDTH, size(level).pedicle_width), (HEIGHT, size(level).pedicle_height)):
        finding = one(findings, side, which, level)
        assert finding.value == pytest.approx(truth, abs=HALF_VOXEL_MM)
        assert finding.low <= truth <= finding.high


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("level", [Level.T8, Level.L3], ids=str)
def test_pedicles_built_straight_run_straight(level: Level, side: Side) -> None:
    findings = found(known(level))
    for which in (TRANSVERSE, SAGITTAL):
        finding = one(findings, side, which, level)
        assert finding.value == pytest.approx(0.0, abs=4.0)
        assert finding.low <= 0.0 <= finding.high


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("level", [Level.C4, Level.C5, Level.C7], ids=str)
def test_pedicles_of_the_neck_converge(level: Level, side: Side) -> None:
    start, end = neck_pedicle(size(level))
    truth = float(np.rad2deg(np.arctan2(end[0] - start[0], end[1] - start[1])))
    finding = one(found(known(level)), side, TRANSVERSE, level)

    # A pedicle of the neck is five voxels wide and seven long: its axis is known no better, and its interval says so.
    assert finding.value == pytest.approx(truth, abs=17.0)
    assert finding.low <= truth <= finding.high
    assert finding.value > 0.0


def test_coarser_voxels_widen_the_interval_and_hold_the_truth() -> None:
    fine, coarse = (one(found(known(Level.L3, None, mm)), Side.LEFT, WIDTH, Level.L3) for mm in (1.0, 2.0))

    assert coarse.high - coarse.low == pytest.approx(2.0 * (fine.high - fine.low), abs=0.1)
    assert coarse.low <= size(Level.L3).pedicle_width <= coarse.high


def test_a_box_is_as_wide_as_it_is_within_half_a_voxel() -> None:
    _, images = solids.column()
    findings = gathered(pedicles(column_of(images)))
    for side in Side:
        assert one(findings, side, WIDTH, Level.L1).value == pytest.approx(8.0, abs=HALF_VOXEL_MM + 0.01)
        assert one(findings, side, HEIGHT, Level.L1).value == pytest.approx(14.0, abs=HALF_VOXEL_MM + 0.01)


def _distance_mm(mark: Mark, plane: Plane) -> float:
    return float(np.abs(plane.distance_mm(np.array(mark.points_mm))).max())


def test_every_number_can_be_looked_at() -> None:
    findings = found(known(Level.L3))
    for side in Side:
        for which in (WIDTH, HEIGHT, TRANSVERSE, SAGITTAL):
            finding = one(findings, side, which, Level.L3)
            source = finding.source
            assert source.method
            assert source.place == f"{side.value} pedicle of L3"
            assert source.at_mm is not None
            assert (source.at_mm[0] > 0.0) == (side is Side.LEFT)
            assert source.shows is not None
            drawn = {mark.kind: mark for mark in source.marks}
            assert set(drawn) == {MarkKind.OUTLINE, MarkKind.SEGMENT}
            if which in (WIDTH, HEIGHT):
                assert all(_distance_mm(mark, source.shows) < 0.2 for mark in source.marks)
                first, last = np.array(drawn[MarkKind.SEGMENT].points_mm)
                assert np.linalg.norm(last - first) == pytest.approx(finding.value, abs=0.2)


def test_a_mirrored_patient_has_the_sides_exchanged() -> None:
    # The left pedicle is made narrower than the right, so that exchanging the sides would show.
    row = size(Level.L3)
    outer = row.canal_width / 2 + row.pedicle_width - 3.0
    lopsided = known(Level.L3).without(
        lambda x, y, z: (x > outer) & (y > row.body_depth / 2 - 1.0) & (y < row.canal_centre_mm + 2.0)
    )
    labels = lopsided.labels
    axis = labels.grid.axes.index("L")
    turned = labelled(labels, np.ascontiguousarray(np.flip(labels.labels, axis)))
    plain, other = found(lopsided), gathered(pedicles(column_of(turned)))

    assert one(plain, Side.LEFT, WIDTH, Level.L3).value < one(plain, Side.RIGHT, WIDTH, Level.L3).value - 2.0
    for which, within in ((WIDTH, 0.3), (HEIGHT, 0.5), (TRANSVERSE, 4.0), (SAGITTAL, 4.0)):
        for here, there in ((Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT)):
            mirrored = one(other, there, which, Level.L3).value
            assert mirrored == pytest.approx(one(plain, here, which, Level.L3).value, abs=within)


def test_a_pedicle_much_smaller_than_the_other_is_said_to_be() -> None:
    row = size(Level.L3)
    outer = row.canal_width / 2 + row.pedicle_width - 6.0
    thin = known(Level.L3).without(
        lambda x, y, z: (x > outer) & (y > row.body_depth / 2 - 1.0) & (y < row.canal_centre_mm + 2.0)
    )
    findings = found(thin)

    assert any("% of the right pedicle's" in note for note in one(findings, Side.LEFT, WIDTH, Level.L3).notes)
    assert one(findings, Side.RIGHT, WIDTH, Level.L3).notes == ()


# ---------------------------------------------------------------------------------------------------------------------
# what is not measured


@pytest.mark.parametrize("level", [Level.C5, Level.T8, Level.L3], ids=str)
def test_a_destroyed_pedicle_has_no_size(level: Level) -> None:
    row = size(level)
    front, rear, inner = row.body_depth / 2, row.canal_centre_mm, 0.2 * row.canal_width
    findings = found(known(level).without(lambda x, y, z: (x > inner) & (y > front) & (y < rear) & (np.abs(z) < 14.0)))

    assert why(findings, Side.LEFT, level) == (
        f"no bone joins body and arch of {level} on the left: destroyed, or missing in the label"
    )
    assert one(findings, Side.RIGHT, WIDTH, level).value > 0.0


def test_thick_slices_have_none() -> None:
    findings = found(known(Level.L3, None, 3.5))
    assert {why(findings, side, Level.L3) for side in Side} == {"slices too thick (3.5 mm)"}


def test_bone_that_a_tumour_took_from_the_label_is_not_a_pedicle_of_that_size() -> None:
    column = column_of(known(Level.L3).images, (Level.L3,))
    assert why(gathered(pedicles(column)), Side.LEFT, Level.L3) == REPLACED


def test_levels_without_pedicles_have_none() -> None:
    held = known(Level.L3).labels
    for level, words in ((Level.C1, "C1 has no pedicles"), (Level.S1, "S1 is part of the sacrum")):
        names = {id: vertebra(level) if named == vertebra(Level.L3) else named for id, named in held.names.items()}
        renamed = Images(volumes={}, labels={"anatomy": replace(held, names=names)})
        assert words in why(gathered(pedicles(column_of(renamed))), Side.RIGHT, level)


def test_a_vertebra_without_a_frame_says_why() -> None:
    ring = known(Level.L3).without(lambda x, y, z: y > size(Level.L3).canal_centre_mm)  # no ring, and no canal below
    bone = ring.labels.labels * (ring.labels.mask(vertebra(Level.L3)))
    column: Column = column_of(labelled(ring.labels, bone))
    assert Level.L3 in column.frameless
    assert why(gathered(pedicles(column)), Side.LEFT, Level.L3) == column.frameless[Level.L3]


def test_a_pedicle_at_the_edge_of_the_scan_may_go_on_beyond_it() -> None:
    held = known(Level.L3)
    axis = held.labels.grid.axes.index("S")
    heights = np.flatnonzero(held.labels.mask(vertebra(Level.L3)).any(axis=(1, 2)))
    middle = int(np.median(heights)) + 4
    part = tuple(slice(0, middle) if at == axis else slice(0, count) for at, count in enumerate(held.labels.grid.shape))
    a, b, c = part
    cut = replace(
        held.labels, labels=np.ascontiguousarray(held.labels.labels[part]), grid=held.labels.grid.cropped((a, b, c))
    )
    answers = list(pedicles(column_of(Images(volumes={}, labels={"anatomy": cut}))))

    assert all(isinstance(answer, Missing) for answer in answers)
    assert {answer.why.split(";")[0] for answer in answers if isinstance(answer, Missing)} == {
        "L3 is cut by the upper edge of the scan"
    }


def test_real_lumbar_pedicles_are_of_a_likely_size() -> None:
    folder = real_data("vertebra-subregions")
    whole = label_map(folder / "sub-ct_seg-vert_label-22_msk.nii.gz", VERSE)
    findings = gathered(pedicles(column_of(Images(volumes={}, labels={"whole": whole}))))
    for side in Side:
        assert 7.0 < one(findings, side, WIDTH, Level.L3).value < 12.0
        assert 11.0 < one(findings, side, HEIGHT, Level.L3).value < 17.0
        assert 0.0 < one(findings, side, TRANSVERSE, Level.L3).value < 20.0


def waisted(waist: float, grow: float, slope: float, spur: tuple[float, float, float]) -> Column:
    """A vertebra whose pedicles are oval, narrowest at y = ``waist``, rise backwards by ``slope`` and bear a spur.

    Half their width grows by ``grow`` a millimetre; the spur is a plate to the outside: how far it stands out, where
    it begins behind the waist, and how high it lies.
    """
    _, images = solids.column()
    whole = images.labels["anatomy"]
    x, y, z = whole.grid.points_mm(np.indices(whole.grid.shape).reshape(3, -1).T).T
    labels = whole.labels.copy().reshape(-1)
    between = (y > solids.DEPTH / 2 + 0.5) & (y <= 35.0) & (np.abs(z) < 14.0)
    labels[between & (np.abs(x) > 10.2) & (labels == 2)] = 0
    u, w = np.abs(x) - 15.0, z - 3.0 - slope * (y - 25.0)
    more, (out, behind, high) = grow * np.abs(y - waist), spur
    rod = (u / (3.0 + more)) ** 2 + (w / (6.0 + more)) ** 2 <= 1.0
    plate = (y > waist + behind) & (u > 0.0) & (u <= 3.0 + more + out) & (np.abs(w - high) <= 1.75)
    labels[(y > solids.DEPTH / 2) & (y <= 35.5) & (labels == 0) & (rod | plate)] = 2
    changed = replace(whole, labels=labels.reshape(whole.grid.shape))
    return column_of(replace(images, labels={"anatomy": changed}))


def turned(one: Vertebra, degrees: NDArray[np.float64], shift_mm: NDArray[np.float64]) -> Vertebra:
    """The same bone in a frame that is a little turned and shifted."""
    rotation = Rotation.from_euler("xyz", degrees, degrees=True).as_matrix()
    return replace(one, axes=rotation @ one.axes, origin=one.origin + shift_mm)


def steadiness(one: Vertebra) -> float:
    """How far widths and heights range, mm, in frames turned by a sixth of a degree and shifted by a tenth of a mm."""
    draw = np.random.default_rng(1)
    sizes: dict[Side, list[tuple[float, float]]] = {side: [] for side in Side}
    for _ in range(8):
        for side, held in isthmuses(turned(one, draw.normal(0.0, 0.15, 3), draw.normal(0.0, 0.1, 3))).items():
            sizes[side].append((held.width_mm, held.height_mm))
    assert {len(rows) for rows in sizes.values()} == {8}
    return max(float(np.ptp(rows, axis=0).max()) for rows in sizes.values())


WAISTED = {
    "waist far behind": (24.8, 0.45, -0.11, (4.9, 1.4, 0.9)),
    "waist in the middle": (22.0, 0.45, -0.03, (8.7, 1.0, -1.4)),
}


@pytest.mark.parametrize("shape", WAISTED.values(), ids=list(WAISTED))
def test_a_frame_that_is_a_little_turned_moves_no_isthmus(shape: tuple[float, float, float, Any]) -> None:
    """Where the section grows at once before and behind, a whole millimetre along the pedicle would show."""
    assert steadiness(waisted(*shape).spine[Level.L1]) < 0.3


def test_a_frame_that_is_a_little_turned_moves_no_isthmus_of_a_real_vertebra() -> None:
    """Slices of 2 mm; the frame of this vertebra, cut by the edge of its scan, is itself no surer than that."""
    labels = label_map(real_data("dicom-ct-t11-t12") / "labels_total_v2.nii.gz", TOTAL)
    column = column_of(Images(volumes={}, labels={"vertebrae": labels}))
    assert steadiness(column.spine[Level.T12]) < 1.5


@pytest.mark.parametrize(("order", "reverse"), [((2, 0, 1), ()), ((0, 2, 1), (0,)), ((1, 2, 0), (1, 2))])
def test_the_order_of_the_axes_of_the_array_changes_nothing(
    order: tuple[int, int, int], reverse: tuple[int, ...]
) -> None:
    """Of vertebrae that stand askew on their grid, so that no voxel lies just on a border."""
    bones = [Bone(level=level, lean=7.0, list=4.0, turn=5.0) for level in (Level.L1, Level.L2)]
    column = column_of(painted(bones))
    first = gathered(pedicles(column))
    second = gathered(pedicles(column_of(Images(volumes={}, labels={"v": reordered(column, order, reverse)}))))
    for level in column.levels:
        for side in Side:
            for which in (WIDTH, HEIGHT, TRANSVERSE, SAGITTAL):
                was, found = (one(findings, side, which, level) for findings in (first, second))
                assert (found.value, found.low, found.high) == (was.value, was.low, was.high)


def reordered(column: Column, order: tuple[int, int, int], reverse: tuple[int, ...]) -> LabelMap:
    """The same labels with the axes of their array in another order, some counted from the other end."""
    (labels,) = column.images.labels.values()
    affine = labels.grid.affine.copy()
    for axis in reverse:
        affine[:3, 3] += affine[:3, axis] * (labels.grid.shape[axis] - 1)
        affine[:3, axis] *= -1.0
    array = np.ascontiguousarray(np.flip(labels.labels, reverse).transpose(order))
    a, b, c = array.shape
    return replace(labels, labels=array, grid=Grid(shape=(a, b, c), affine=affine[:, [*order, 3]]))
