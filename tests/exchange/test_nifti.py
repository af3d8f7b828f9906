"""NIfTI: the same image in every orientation, and everything that cannot be placed in a patient refused."""

from __future__ import annotations

import gzip
import struct
from contextlib import suppress
from functools import partial
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import SimpleITK
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from enbloc.case.image import Grid
from enbloc.case.origin import Modality
from enbloc.errors import EnblocError, RecordError
from enbloc.exchange import nifti
from tests.data import real_data
from tests.exchange.making import GRID, labels, scan

AXES = [
    pytest.param(order, signs, id=f"{order}{signs}")
    for order in permutations(range(3))
    for signs in product((1.0, -1.0), repeat=3)
]


def turned(order: tuple[int, ...], signs: tuple[float, ...]) -> Grid:
    """A grid whose array axes point along the patient's axes in any order and sense, and slightly oblique."""
    angle = 0.2
    oblique = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    affine = np.eye(4)
    for axis, (towards, sign, spacing) in enumerate(zip(order, signs, (2.5, 0.7, 0.9), strict=True)):
        affine[:3, axis] = oblique[:, towards] * sign * spacing
    affine[:3, 3] = (12.5, -31.25, -700.125)
    return Grid(shape=(4, 5, 6), affine=affine)


@pytest.mark.parametrize(("order", "signs"), AXES)
def test_every_orientation_comes_back_and_agrees_with_itk(
    order: tuple[int, ...], signs: tuple[float, ...], tmp_path: Path
) -> None:
    grid = turned(order, signs)
    file = tmp_path / "größe x.nii.gz"
    nifti.write(file, scan(), grid)
    back = nifti.read_scan(file, Modality.CT, where="ct")

    assert np.array_equal(back.array, scan())
    assert back.grid.is_same_as(grid)
    assert back.said == ()
    image = SimpleITK.ReadImage(str(file))
    for index in ((0, 0, 0), (3, 0, 0), (0, 4, 0), (0, 0, 5), (1, 2, 3)):
        there = image.TransformIndexToPhysicalPoint(index[::-1])
        assert np.allclose(back.grid.points_mm(np.array([index]))[0], there, atol=1e-3)
        assert scan()[index] == image[index[::-1]]


def test_the_same_image_gives_the_same_bytes(tmp_path: Path) -> None:
    first = nifti.write(tmp_path / "a.nii.gz", scan(), GRID)
    assert nifti.write(tmp_path / "b.nii.gz", scan(), GRID) == first
    assert (tmp_path / "a.nii.gz").read_bytes() == (tmp_path / "b.nii.gz").read_bytes()
    assert nifti.read_scan(tmp_path / "a.nii.gz", Modality.CT, where="a").sha256 == first


@pytest.mark.parametrize("kind", ["uint8", "uint16", "float32", "int32"])
def test_other_kinds_of_number_come_back(kind: str, tmp_path: Path) -> None:
    nifti.write(tmp_path / "a.nii.gz", labels().astype(kind), GRID)
    assert np.array_equal(nifti.read_labels(tmp_path / "a.nii.gz", where="a").array, labels())


def test_whole_numbers_in_another_kind_are_taken_and_said(tmp_path: Path) -> None:
    nifti.write(tmp_path / "a.nii.gz", labels().astype(np.float64), GRID)
    nifti.write(tmp_path / "b.nii.gz", scan().astype(np.int32), GRID)
    drawn = nifti.read_labels(tmp_path / "a.nii.gz", where="a")
    units = nifti.read_scan(tmp_path / "b.nii.gz", Modality.CT, where="b")
    assert drawn.array.dtype == np.uint8
    assert "float64" in drawn.said[0]
    assert units.array.dtype == np.int16
    assert "int32" in units.said[0]


def test_mr_is_float32(tmp_path: Path) -> None:
    nifti.write(tmp_path / "a.nii.gz", labels().astype(np.uint16), GRID)
    assert nifti.read_scan(tmp_path / "a.nii.gz", Modality.MR, where="a").array.dtype == np.float32


def patched(*changes: tuple[int, str, tuple[Any, ...]]) -> bytes:
    """A sound file with some numbers of its header replaced."""
    content = bytearray(gzip.decompress(nifti.packed(scan(), GRID)))
    for at, layout, numbers in changes:
        struct.pack_into(f"<{layout}", content, at, *numbers)
    return bytes(content)


NO_ORIENTATION = ((252, "2h", (0, 0)),)
SHEARED = ((280, "4f", (-1.0, 0.5, 0.0, 10.0)),)
WRONG = [
    pytest.param(patched(*NO_ORIENTATION), "no orientation", id="qform and sform absent"),
    pytest.param(gzip.compress(patched(*NO_ORIENTATION)), "no orientation", id="the same, gzipped"),
    pytest.param(patched(*SHEARED), "right angles", id="sheared"),
    pytest.param(patched((280, "4f", (float("nan"),) * 4)), "not a number", id="NaN in the sform"),
    pytest.param(patched((280, "12f", (0.0,) * 12)), "zero", id="sform of zeros"),
    pytest.param(patched((40, "5h", (4, 6, 5, 4, 3))), "three dimensions", id="four dimensions"),
    pytest.param(patched((40, "4h", (2, 6, 5, 1))), "three dimensions", id="two dimensions"),
    pytest.param(patched((40, "4h", (3, 32767, 32767, 32767))), "claims more than", id="bomb"),
    pytest.param(patched((40, "4h", (3, -6, 5, 4))), "three dimensions", id="negative size"),
    pytest.param(patched((70, "h", (128,))), "plain numbers", id="colour"),
    pytest.param(patched((123, "B", (1,))), "metres", id="metres"),
    pytest.param(patched((344, "4s", (b"ni1\0",))), "another file", id="header and image apart"),
    pytest.param(patched()[:-1], "cut short", id="one byte missing"),
    pytest.param(patched()[:400], "cut short", id="cut in the voxels"),
    pytest.param(patched()[:100], "no NIfTI", id="cut in the header"),
    pytest.param(nifti.packed(scan(), GRID)[:-20], "cut short", id="gzip cut short"),
    pytest.param(b"", "no NIfTI", id="empty file"),
    pytest.param(b"\x1f\x8b", "cut short", id="empty gzip"),
]


@pytest.mark.parametrize(("content", "words"), WRONG)
def test_what_cannot_be_placed_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / ("a.nii.gz" if content[:2] == b"\x1f\x8b" else "a.nii")
    file.write_bytes(content)
    with pytest.raises(RecordError, match=words) as fault:
        nifti.read_scan(file, Modality.CT, where="images/a.nii")
    assert str(fault.value).startswith("images/a.nii: ")
    assert "\n" not in str(fault.value)
    assert fault.value.remedy


def test_two_orientations_that_disagree_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.nii").write_bytes(patched((280, "4f", (1.0, 0.0, 0.0, -5.0))))
    (said,) = nifti.read_scan(tmp_path / "a.nii", Modality.CT, where="a").said
    assert "mm apart" in said


VOXELS = [
    pytest.param(scan().astype(np.float32) / 60, True, "no Hounsfield units", id="a scan from 0 to 1"),
    pytest.param(scan().astype(np.int32) * 1000, True, "no Hounsfield units", id="HU out of range"),
    pytest.param(np.where(scan() == 0, np.nan, scan()).astype(np.float32), True, "not a number", id="NaN"),
    pytest.param(np.where(scan() == 0, np.inf, scan()).astype(np.float32), True, "infinite", id="infinity"),
    pytest.param(labels() * np.float32(0.5), False, "fractional", id="fractional labels"),
    pytest.param(labels().astype(np.float32) * np.float32(np.nan), False, "not a number", id="NaN labels"),
    pytest.param(scan(), False, "no labels", id="negative labels"),
    pytest.param(labels().astype(np.int32) * 70000, False, "no labels", id="label above 65535"),
    pytest.param(np.zeros(GRID.shape, np.uint8), False, "No label is set", id="all zero"),
]


@pytest.mark.parametrize(("array", "is_scan", "words"), VOXELS)
def test_voxels_that_mean_nothing_are_refused(array: NDArray[Any], is_scan: bool, words: str, tmp_path: Path) -> None:
    nifti.write(tmp_path / "a.nii.gz", array, GRID)
    read = partial(nifti.read_scan, modality=Modality.CT) if is_scan else nifti.read_labels
    with pytest.raises(RecordError, match=words):
        read(tmp_path / "a.nii.gz", where="a")


def test_nan_in_an_mr_is_refused(tmp_path: Path) -> None:
    nifti.write(tmp_path / "a.nii.gz", np.full(GRID.shape, np.nan, np.float32), GRID)
    with pytest.raises(RecordError, match="not a number"):
        nifti.read_scan(tmp_path / "a.nii.gz", Modality.MR, where="a")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 600), at=st.integers(0, 351), byte=st.integers(0, 255), packed=st.booleans())
def test_damage_never_gives_anything_but_our_errors(cut: int, at: int, byte: int, packed: bool, tmp_path: Path) -> None:
    content = bytearray(patched())
    content[at] = byte
    whole = gzip.compress(bytes(content), 1) if packed else bytes(content)
    file = tmp_path / ("a.nii.gz" if packed else "a.nii")
    file.write_bytes(whole[: len(whole) - cut] if cut < 300 else whole)
    with suppress(EnblocError):
        nifti.read_scan(file, Modality.CT, where="a")


REAL = [
    ("ct-lumbar-3mm", "ct.nii.gz", "SAR"),
    ("ct-thick-5mm", "crlm1004_spine_crop.nii.gz", "SPL"),
    ("ct-thoracic-1mm", "ct_spine_crop.nii.gz", "SPL"),
    ("vertebra-subregions", "sub-ct_label-22_ct.nii.gz", "RIP"),
]


@pytest.mark.parametrize(("folder", "name", "axes"), REAL)
def test_real_scans_lie_where_itk_says(folder: str, name: str, axes: str) -> None:
    file = real_data(folder) / name
    back = nifti.read_scan(file, Modality.CT, where=name)
    image = SimpleITK.ReadImage(str(file))
    assert back.grid.axes == axes
    last = np.array(back.grid.shape) - 1
    there = image.TransformIndexToPhysicalPoint([int(n) for n in last[::-1]])
    assert np.allclose(back.grid.points_mm(last[None])[0], there, atol=1e-4)


def test_real_labels_stored_as_floats_are_taken(tmp_path: Path) -> None:
    file = real_data("ct-verse004") / "sub-verse004_seg-vert_msk.nii.gz"
    drawn = nifti.read_labels(file, where="verse")
    assert drawn.array.dtype == np.uint8
    assert len(drawn.said) == 1
    assert set(np.unique(drawn.array)) == {0, *range(16, 25)}


def test_fractions_of_hounsfield_units_are_rounded_and_said(tmp_path: Path) -> None:
    nifti.write(tmp_path / "a.nii.gz", scan().astype(np.float32) * 4 + 0.25, GRID)
    back = nifti.read_scan(tmp_path / "a.nii.gz", Modality.CT, where="a")
    assert np.array_equal(back.array, scan() * 4)
    assert back.said == ("a: its values were rounded to whole Hounsfield units.",)


def test_a_real_resampled_ct_is_taken_and_that_is_said() -> None:
    file = real_data("ct-verse004") / "sub-verse004_0000_vertebra_21_im.nii.gz"
    back = nifti.read_scan(file, Modality.CT, where="verse")
    assert back.array.dtype == np.int16
    assert "rounded" in back.said[0]
    stored = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(file)))
    assert np.abs(back.array - stored).max() <= 0.5
