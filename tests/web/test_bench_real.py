"""A real chest CT at the bench, every voxel of it: shown where it lies, outlined by growing, and measured."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from enbloc.case.case import Case, ImageFile
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality
from enbloc.exchange import dicom, nifti
from enbloc.web.working.bench.painting import RUN
from tests.data import real_data
from tests.web.benched import SMALL, Desk, kept, opened, triple_of, unpacked, with_benches
from tests.web.served import Served

FOLDER = "ct-thoracic-1mm"
BONE_HU = (250.0, 3000.0)
MOST_CC = 3.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(empty, folder)
    made = Served(None, folder, prepare=partial(with_benches, caps=SMALL))
    yield made
    made.close()


def opened_with(served: Served, file: Path, name: str, key: str) -> Desk:
    """The scan as somebody brings it: nobody has labelled anything."""
    case = Case(
        id=key, images={"ct": ImageFile(file=f"images/{name}", modality=Modality.CT)}, lesions=(Lesion(id="A"),)
    )
    return opened(served, kept(served, case, {f"images/{name}": file.read_bytes()}, key=key))


def test_every_voxel_is_shown_where_it_lies_and_what_is_grown_is_measured(served: Served) -> None:
    file = real_data(FOLDER) / "ct_spine_crop.nii.gz"
    scan = nifti.read_scan(file, Modality.CT, where="ct")
    desk = opened_with(served, file, "ct.nii.gz", "crop")
    whole, grid = unpacked(desk.get("/images/ct", part="whole"))
    np.testing.assert_array_equal(whole, scan.array)
    np.testing.assert_allclose(grid.affine, scan.grid.affine, atol=1e-4)
    coarse = desk.get("/images/ct", part="overview")
    a, b, c = (
        slice(at, None, by)
        for at, by in zip(
            triple_of(coarse.headers["X-Enbloc-Offset"]), triple_of(coarse.headers["X-Enbloc-Step"]), strict=True
        )
    )
    np.testing.assert_array_equal(unpacked(coarse)[0], whole[a, b, c])
    assert not desk.labels().any()
    seed = bone_beside_the_middle(scan)
    wish = {"value": desk.value("tumour A"), "seed_mm": seed, "within_hu": BONE_HU, "most_cc": MOST_CC}
    runs = np.frombuffer(desk.post("/grow", wish).content, RUN).reshape(-1, 3)
    voxels = int(runs[:, 1].sum())
    assert 0 < voxels * scan.grid.voxel_cc <= MOST_CC
    assert desk.paint(runs).json()["voxels"] == voxels
    labels = desk.labels()
    assert labels.shape == whole.shape
    painted = whole[labels == desk.value("tumour A")]
    assert (len(painted), painted.min() >= BONE_HU[0]) == (voxels, True)
    items = {one["key"]: one for one in desk.get("/measures").json()["items"]}
    assert items["lesion.volume-A"]["value"] == pytest.approx(voxels * scan.grid.voxel_cc, rel=0.01)
    told = desk.get("/operations", wait_s=60).json()
    assert not any(one["is_ready"] for one in told["items"]), "no vertebra is labelled"


def bone_beside_the_middle(scan: nifti.Pixels) -> tuple[float, float, float]:
    """The dense voxel that lies nearest to the middle of the scan, patient LPS."""
    dense = np.argwhere((scan.array > BONE_HU[0]) & (scan.array < BONE_HU[1]))
    middle = (np.array(scan.array.shape) - 1) / 2
    nearest = dense[np.argmin(((dense - middle) ** 2).sum(axis=1))]
    x, y, z = (float(each) for each in scan.grid.points_mm(nearest[None])[0])
    return (x, y, z)


def test_slices_of_the_scanner_are_shown_in_full(served: Served) -> None:
    file = real_data(FOLDER) / "dicom_subset.zip"
    desk = opened_with(served, file, "ct.zip", "slices")
    (image,) = desk.told["images"]
    assert image["shape"] == [36, 512, 512]
    whole, grid = unpacked(desk.get("/images/ct", part="whole"))
    stack = dicom.read_series(file, where="ct", salt="slices")
    np.testing.assert_array_equal(whole, stack.array)
    np.testing.assert_allclose(grid.affine, stack.grid.affine, atol=1e-3)
