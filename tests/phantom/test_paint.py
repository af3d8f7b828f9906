"""A painted lesion changes the scan where it is and nowhere else, and its truth is that of its shape."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import SimpleITK
from scipy.ndimage import distance_transform_edt

from enbloc.case.anatomy import CORD, Level, Side, Structure, tumour, vertebra
from enbloc.case.fact import BoneQuality
from enbloc.case.image import Grid, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.phantom import Painted, PaintedLesion, Phantom, Recipe, build, paint
from enbloc.phantom.host import host_of
from enbloc.phantom.landmark import landmarks
from tests.data import real_data

L3 = Level.L3
LESION = PaintedLesion(level=L3, radii_mm=(12.0, 9.0, 8.0), seed=4)
TOTAL: dict[int, Structure] = {
    33: vertebra(Level.T11),
    32: vertebra(Level.T12),
    31: vertebra(Level.L1),
    30: vertebra(Level.L2),
    29: vertebra(L3),
    28: vertebra(Level.L4),
    79: CORD,
}


@cache
def host() -> Phantom:
    return build(Recipe(levels=(Level.L2, L3, Level.L4), noise_hu=15.0, blur_mm=0.8))


def painted(lesion: PaintedLesion) -> Painted:
    return paint(host().images.volumes["ct"], [host().images.labels["anatomy"]], lesion)


def test_nothing_changes_beyond_the_scanners_reach() -> None:
    found = painted(LESION)
    before, after = host().images.volumes["ct"].voxels, found.volume.voxels
    away = distance_transform_edt(found.tumour.labels == 0)

    assert after.dtype == before.dtype
    assert (after != before).sum() > 1000
    assert away[after != before].max() <= 4.0 * found.truth.blur_mm + 2.0
    np.testing.assert_array_equal(host().images.volumes["ct"].voxels, before)


def test_the_true_volume_is_that_of_the_shape() -> None:
    found = painted(LESION)
    counted = np.count_nonzero(found.tumour.labels) * found.tumour.grid.voxel_cc

    assert found.truth.volume_cc == pytest.approx(counted, rel=0.01)
    # The lobes of the surface neither add nor take more than a few per cent of the plain ellipsoid.
    assert found.truth.volume_cc == pytest.approx(4.0 / 3.0 * np.pi * 0.864, rel=0.05)


@pytest.mark.parametrize(("bone", "low", "high"), [(BoneQuality.LYTIC, 30, 60), (BoneQuality.BLASTIC, 450, 600)])
def test_the_lesion_has_its_brightness_and_the_hosts_noise(bone: BoneQuality, low: float, high: float) -> None:
    found = painted(replace(LESION, bone=bone))
    deep = distance_transform_edt(found.tumour.labels == 1) > 4.0
    values = found.volume.voxels[deep].astype(float)

    assert low < np.median(values) < high
    assert np.std(values) == pytest.approx(found.truth.noise_hu, rel=0.25)
    assert found.truth.noise_hu == pytest.approx(15.0, rel=0.2)


def test_the_frame_is_near_the_true_one() -> None:
    marks, true = landmarks([host().images.labels["anatomy"]], L3), host().truth.level(L3)

    np.testing.assert_allclose(marks.pose.origin, true.pose.origin, atol=2.0)
    np.testing.assert_allclose(marks.pose.rotation, true.pose.rotation, atol=0.06)
    assert marks.wall_mm == pytest.approx(17.5, abs=2.0)
    sides = dict(marks.pedicles)
    assert sides[Side.LEFT][0] == pytest.approx(17.2, abs=2.5)
    assert sides[Side.RIGHT][0] == pytest.approx(-17.2, abs=2.5)


def test_a_lesion_on_the_left_lies_on_the_left() -> None:
    found = painted(replace(LESION, centre_mm=(8.0, 0.0, 0.0), radii_mm=(7.0, 7.0, 7.0), pedicles=(Side.LEFT,)))
    x = found.tumour.grid.points_mm(np.argwhere(found.tumour.labels == 1))[:, 0]

    assert x.min() > -2.0
    assert found.truth.centre.xyz_mm[0] > 6.0


def test_extras_add_volume() -> None:
    plain = painted(LESION).truth.volume_cc
    more = painted(replace(LESION, epidural_mm=1.0)).truth.volume_cc
    most = painted(replace(LESION, epidural_mm=1.0, paravertebral=Side.RIGHT)).truth.volume_cc

    assert plain < more < most


def test_the_same_lesion_gives_the_same_bytes() -> None:
    one, other, else_ = painted(LESION), painted(LESION), painted(replace(LESION, seed=5))

    assert one.volume.voxels.tobytes() == other.volume.voxels.tobytes()
    assert one.volume.voxels.tobytes() != else_.volume.voxels.tobytes()


def test_what_cannot_be_painted_is_refused() -> None:
    for wrong in (
        replace(LESION, level=Level.T8),
        replace(LESION, centre_mm=(500.0, 0.0, 0.0)),
        replace(LESION, epidural_mm=14.0),
    ):
        with pytest.raises(RecordError):
            painted(wrong)
    with pytest.raises(RecordError):
        PaintedLesion(level=L3, radii_mm=(0.0, 1.0, 1.0))


def test_the_spread_of_a_scanner_is_found() -> None:
    sharp, soft = (build(Recipe(levels=(L3,), noise_hu=3.0, blur_mm=mm)).images.volumes["ct"] for mm in (0.7, 1.3))

    assert host_of(sharp).blur_mm < host_of(soft).blur_mm
    assert host_of(soft).blur_mm == pytest.approx(1.3, rel=0.3)
    assert host_of(sharp, blur_mm=0.9).blur_mm == 0.9


def _grid(image: SimpleITK.Image) -> Grid:
    columns = np.array(image.GetDirection()).reshape(3, 3) * np.array(image.GetSpacing())
    affine = np.eye(4)
    affine[:3, :3] = columns[:, ::-1]  # the array runs slice, row, column
    affine[:3, 3] = image.GetOrigin()
    a, b, c = image.GetSize()[::-1]
    return Grid(shape=(a, b, c), affine=affine)


def _scan(image: SimpleITK.Image) -> Volume:
    voxels = SimpleITK.GetArrayFromImage(image).astype(np.int16)
    return Volume(voxels=voxels, grid=_grid(image), modality=Modality.CT)


def _labels(path: Path) -> LabelMap:
    image = SimpleITK.ReadImage(str(path))
    labels = SimpleITK.GetArrayFromImage(image).astype(np.uint8)
    return LabelMap(labels=labels, grid=_grid(image), names=TOTAL, on="ct")


def _check_real(scan: Volume, labels: LabelMap, found: Painted, level: Level) -> None:
    """The lesion is where it was asked, in the bone of its level, and darker than the bone was."""
    inside = found.tumour.labels == 1
    centres = found.tumour.grid.points_mm(np.argwhere(inside))
    at = np.rint(labels.grid.indices(centres)).astype(int)
    bone = labels.mask(vertebra(level))[at[:, 0], at[:, 1], at[:, 2]]
    counted = np.count_nonzero(inside) * found.tumour.grid.voxel_cc

    assert tumour("A") in found.tumour.boxes
    assert bone.mean() > 0.85
    assert found.truth.volume_cc == pytest.approx(counted, rel=0.06)
    assert found.volume.voxels[inside].mean() < scan.voxels[inside].mean() - 30.0
    assert found.truth.pose.axes[2][2] > 0.9
    assert 2.0 < found.truth.noise_hu < 40.0


def test_a_lytic_lesion_of_l3_in_a_real_scan() -> None:
    folder = real_data("ct-lumbar-3mm")
    scan = _scan(SimpleITK.ReadImage(str(folder / "ct.nii.gz")))
    labels = _labels(folder / "labels_total_v2.nii.gz")

    _check_real(scan, labels, paint(scan, [labels], replace(LESION, radii_mm=(14.0, 11.0, 9.0))), L3)


def test_a_lesion_of_t12_in_a_slab_of_dicom(tmp_path: Path) -> None:
    folder = real_data("dicom-ct-t11-t12")
    with zipfile.ZipFile(folder / "dicom.zip") as packed:
        packed.extractall(tmp_path)
    place = next(path.parent for path in sorted(tmp_path.rglob("*")) if path.is_file())
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(place)))
    scan = _scan(reader.Execute())
    labels = _labels(folder / "labels_total_v2.nii.gz")

    lesion = PaintedLesion(level=Level.T12, radii_mm=(11.0, 9.0, 7.0))
    _check_real(scan, labels, paint(scan, [labels], lesion), Level.T12)
