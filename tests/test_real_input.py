"""Real scans with a painted lesion, from the files as a hospital gives them to the result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.geometry import Point, Pose
from enbloc.case.image import Grid
from enbloc.errors import FaultsError
from enbloc.exchange import nifti
from enbloc.exchange.folder import create, faults, import_into, read_case
from enbloc.exchange.images import read_images
from enbloc.exchange.painting import painted_case
from enbloc.follow.result import Workup
from enbloc.stage.score import Score
from enbloc.workup import publish, work_up
from tests.data import real_data

LESION = """\
lesion: A
level: {level}
bone: lytic
centre_mm: [4, 2, 0]
radii_mm: {radii}
pedicles: [left]
"""


def painted(folder: Path, source: Path, labels: Path, *, level: str, radii: str) -> Path:
    """A case folder made from real files, with a lesion painted in."""
    plain, out = folder / "plain", folder / "painted"
    create(plain)
    import_into(plain, [source])
    import_into(plain, [labels], scheme="totalsegmentator-v2")
    lesion = folder / "lesion.yaml"
    lesion.write_text(LESION.format(level=level, radii=radii), encoding="utf-8")
    painted_case(plain, lesion, out)
    return out


def worked_up(folder: Path) -> Workup:
    assert faults(folder) == ()
    case = read_case(folder)
    images = read_images(folder, case)
    result = work_up(case, images)
    publish(result, images, folder.parent / "result")
    return result


@pytest.fixture(scope="module")
def lumbar(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workup, Path]:
    data = real_data("ct-lumbar-3mm")
    folder = tmp_path_factory.mktemp("lumbar")
    case = painted(folder, data / "ct.nii.gz", data / "labels_total_v2.nii.gz", level="L3", radii="[15, 12, 10]")
    return worked_up(case), folder


@pytest.fixture(scope="module")
def slab(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workup, Path]:
    data = real_data("dicom-ct-t11-t12")
    folder = tmp_path_factory.mktemp("slab")
    case = painted(folder, data / "dicom.zip", data / "labels_total_v2.nii.gz", level="T12", radii="[11, 9, 8]")
    return worked_up(case), folder


def score(result: Workup, instrument: str) -> Score:
    return next(one for one in result.scores if one.instrument == instrument)


def finding(result: Workup, named: fact.Fact[float], about: str) -> tuple[float, float, float]:
    found = next(f for f in result.findings.found if f.fact == named.id and f.about == about)
    return found.low, found.value, found.high


def test_a_painted_lumbar_lesion_is_found_where_it_was_painted(lumbar: tuple[Workup, Path]) -> None:
    result, folder = lumbar
    truth = json.loads((folder / "painted" / "painted.json").read_text())
    low, value, high = finding(result, fact.VOLUME, "A")
    assert low <= truth["volume_cc"] <= high
    assert value == pytest.approx(truth["volume_cc"], rel=0.05)
    assert result.findings.many(fact.LEVELS, "A") == (Level.L3,)
    sectors = result.findings.many(fact.WBB_SECTORS, "A")
    assert sectors is not None
    assert 4 in {sector.number for sector in sectors}  # the left pedicle, where it was painted
    assert not {9, 10, 11, 12} & {sector.number for sector in sectors}


def test_what_is_painted_says_so(lumbar: tuple[Workup, Path]) -> None:
    result, folder = lumbar
    assert result.case.origin.value == "painted"
    page = (folder / "result" / "report.html").read_text(encoding="utf-8")
    assert page.count("PAINTED") >= 5


def test_at_three_millimetres_no_plan_is_ready(lumbar: tuple[Workup, Path]) -> None:
    operations = [plan for plan in lumbar[0].plans if plan.act.is_surgery]
    assert operations
    assert not any(plan.is_ready for plan in lumbar[0].plans)
    assert all(any(reason.startswith("IMG-03") for reason in plan.not_ready) for plan in operations)


def test_heights_of_whole_vertebrae_are_measured_beside_another_program_s(lumbar: tuple[Workup, Path]) -> None:
    """Not truth: another program's automatic figures. Ours and theirs are of the same size."""
    for level in ("L1", "L2", "L3", "L4", "L5"):
        low, value, high = finding(lumbar[0], fact.HEIGHT_MIDDLE, level)
        assert low < value < high
        assert 18 < value < 36


def test_both_vertebrae_of_the_slab_are_incomplete_and_have_no_height(slab: tuple[Workup, Path]) -> None:
    result, _ = slab
    for level in (Level.T11, Level.T12):
        assert result.findings.value(fact.INCOMPLETE, level) is True
        for height in (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR, fact.COLLAPSE):
            assert result.findings.value(height, level) is None
            assert "cut by the" in result.findings.why_missing(height, level)


def test_sins_of_the_slab_is_a_set(slab: tuple[Workup, Path]) -> None:
    sins = score(slab[0], "sins")
    assert len(sins.totals) > 1
    collapse = next(item for item in sins.items if item.name == "collapse")
    assert len(collapse.values) == 4
    location = next(item for item in sins.items if item.name == "location")
    assert location.values == ("junctional",)


@pytest.mark.parametrize("which", ["lumbar", "slab"])
def test_compression_is_not_graded_without_a_canal(which: str, request: pytest.FixtureRequest) -> None:
    """A cord label on CT is no canal: that no tumour lies in it does not say that none is epidural."""
    result, _ = request.getfixturevalue(which)
    assert len(score(result, "escc").categories) > 1
    assert score(result, "escc").missing


def test_the_slab_cannot_be_planned_and_says_why(slab: tuple[Workup, Path]) -> None:
    resections = [plan for plan in slab[0].plans if plan.operation.is_en_bloc]
    assert resections
    assert not any(plan.feasible for plan in resections)
    assert any("T12" in reason for plan in resections for reason in plan.reasons)


Turn = Callable[[NDArray[Any], Grid], tuple[NDArray[Any], Grid]]


def resaved(source: Path, out: Path, turn: Turn) -> Path:
    """The same case with every image written another way."""
    shutil.copytree(source, out)
    for file in out.glob("*/*.nii.gz"):
        read = nifti.read_any(file, where=file.name)
        array, grid = turn(read.array, read.grid)
        nifti.write(file, np.ascontiguousarray(array), grid)
    return out


def reordered(order: tuple[int, int, int], reverse: tuple[int, ...]) -> Turn:
    """Axes in another order, some of them counted from the other end; every voxel stays where it is."""

    def turn(array: NDArray[Any], grid: Grid) -> tuple[NDArray[Any], Grid]:
        affine = grid.affine.copy()
        for axis in reverse:
            affine[:3, 3] += affine[:3, axis] * (array.shape[axis] - 1)
            affine[:3, axis] *= -1
        array = np.flip(array, reverse).transpose(order)
        shape = (array.shape[0], array.shape[1], array.shape[2])
        return array, Grid(shape=shape, affine=affine[:, [*order, 3]])

    return turn


@pytest.mark.parametrize(("order", "reverse"), [((2, 0, 1), ()), ((0, 1, 2), (2,)), ((1, 2, 0), (0, 1))])
def test_the_order_of_the_axes_changes_nothing(
    order: tuple[int, int, int], reverse: tuple[int, ...], slab: tuple[Workup, Path], tmp_path: Path
) -> None:
    result, folder = slab
    other = resaved(folder / "painted", tmp_path / "case", reordered(order, reverse))
    again = work_up(read_case(other), read_images(other, read_case(other)))
    assert [score.totals for score in again.scores] == [score.totals for score in result.scores]
    assert [score.categories for score in again.scores] == [score.categories for score in result.scores]
    before = {(found.fact, found.about): found for found in result.findings.found}
    assert {(found.fact, found.about) for found in again.findings.found} == set(before)
    for found in again.findings.found:
        was = before[found.fact, found.about]
        if isinstance(was.value, float) and was.interval is not None:
            assert was.low <= found.value <= was.high
        elif isinstance(was.value, Point):
            assert np.linalg.norm(np.subtract(found.value.xyz_mm, was.value.xyz_mm)) < 3
        elif not isinstance(was.value, Pose):
            assert found.value == was.value


def test_labels_turned_on_their_grid_are_refused(slab: tuple[Workup, Path], tmp_path: Path) -> None:
    """The wrong anatomy on the right grid: only the ribs tell."""
    other = tmp_path / "case"
    shutil.copytree(slab[1] / "painted", other)
    for file in other.glob("labels/*.nii.gz"):
        read = nifti.read_any(file, where=file.name)
        across = int(np.argmax(np.abs(read.grid.affine[0, :3])))
        nifti.write(file, np.ascontiguousarray(np.flip(read.array, across)), read.grid)
    with pytest.raises(FaultsError, match="Left and right are exchanged"):
        read_images(other, read_case(other))
