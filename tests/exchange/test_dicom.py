"""DICOM series: the same volume as SimpleITK's, and everything that makes no volume named and refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import SimpleITK
from pydicom.dataset import Dataset

from enbloc.case.origin import Modality
from enbloc.errors import EnblocError, IdentityError, RecordError
from enbloc.exchange.dicom import Stack, read_series
from tests.data import real_data
from tests.exchange.making import as_bytes, series, slice_of, zipped


def read(path: Path, **more: Any) -> Stack:
    return read_series(path, where="scan", salt="x", **more)


def test_a_series_is_stacked_by_position_and_rescaled(tmp_path: Path) -> None:
    stack = read(series(tmp_path / "ö a", [slice_of(at) for at in (2, 0, 3, 1)]))
    assert stack.array.dtype == np.int16
    assert stack.array.shape == (4, 4, 5)
    assert np.array_equal(stack.array[2].ravel(), np.arange(20) + 200 - 1024)
    assert stack.grid.axes == "SPL"
    assert stack.grid.spacing_mm == (2.0, 0.5, 0.75)
    assert tuple(stack.grid.affine[:3, 3]) == (-1.0, -2.0, 0.0)
    assert stack.modality is Modality.CT
    assert str(stack.taken) == "2026-11-18"
    assert stack.unused == ()


def test_a_zip_reads_like_its_folder(tmp_path: Path) -> None:
    slices = [slice_of(at) for at in range(3)]
    packed = zipped(tmp_path / "a.zip", [(f"sub/{n}", as_bytes(each)) for n, each in enumerate(slices)])
    folder = series(tmp_path / "a", slices)
    assert read(packed).sha256 == read(folder).sha256
    assert np.array_equal(read(packed).array, read(folder).array)


def test_mr_is_float32(tmp_path: Path) -> None:
    slices = [slice_of(at, Modality="MR", RescaleSlope=0.5, RescaleIntercept=1) for at in range(2)]
    stack = read(series(tmp_path, slices))
    assert stack.array.dtype == np.float32
    assert stack.array[0, 0, 3] == 2.5


def test_fractional_rescale_is_rounded_and_said(tmp_path: Path) -> None:
    stack = read(series(tmp_path, [slice_of(at, RescaleSlope=0.3) for at in range(2)]))
    assert stack.array[0, 0, 4] == round(4 * 0.3 - 1024)
    assert "rounded" in stack.said[0]


def with_slices(*changes: dict[str, Any]) -> Callable[[Path], Path]:
    return lambda path: series(path, [slice_of(at, **each) for at, each in enumerate(changes)])


def at_z(*heights: float) -> Callable[[Path], Path]:
    return with_slices(*({"ImagePositionPatient": [0, 0, z]} for z in heights))


SAME = [slice_of(0), slice_of(1), slice_of(1, SOPInstanceUID="1.2.3.99")]
REFUSED = [
    pytest.param(at_z(0, 2, 4, 8, 10), "1 slice is missing", id="missing slice"),
    pytest.param(at_z(0, 2, 4, 10, 12), "2 slices are missing", id="missing slices"),
    pytest.param(at_z(0, 2, 4.5, 6, 8), "unevenly spaced", id="uneven"),
    pytest.param(at_z(0), "One slice", id="one slice"),
    pytest.param(lambda path: series(path, SAME), "in one place", id="two phases"),
    pytest.param(
        with_slices(*({"ImagePositionPatient": [0, 0.6 * at, 2 * at]} for at in range(3))),
        r"tilted by 16\.7°",
        id="gantry tilt",
    ),
    pytest.param(with_slices({}, {"ImageOrientationPatient": [0, 1, 0, 0, 0, -1]}), "orientation", id="orientations"),
    pytest.param(with_slices({}, {"Rows": 5, "Columns": 4}), "differ in size", id="sizes"),
    pytest.param(with_slices({}, {"FrameOfReferenceUID": "1.2.8"}), "different frames", id="frames"),
    pytest.param(with_slices({}, {"SOPInstanceUID": "1.2.3.1"}), "share one identifier", id="one identifier"),
    pytest.param(with_slices({}, {}, {"SeriesInstanceUID": "1.5", "SeriesNumber": 9}), "2 series", id="two series"),
    pytest.param(with_slices({"Modality": "RTSTRUCT"}), "no CT or MR slice", id="no image"),
    pytest.param(with_slices({}, {"RescaleSlope": 1000}), "no Hounsfield units", id="rescale"),
    pytest.param(with_slices({}, {"PixelData": b"\0" * 8}), "cut short", id="pixels cut short"),
    pytest.param(lambda path: series(path, []), "no CT or MR slice", id="empty folder"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED)
def test_what_makes_no_volume_is_refused_in_one_line(make: Callable[[Path], Path], words: str, tmp_path: Path) -> None:
    with pytest.raises(EnblocError, match=words) as fault:
        read(make(tmp_path / "Mustermann"))
    assert str(fault.value).startswith("scan: ")
    assert "\n" not in str(fault.value)
    assert fault.value.remedy
    assert "Mustermann" not in str(fault.value)


def test_one_of_several_series_can_be_chosen_and_the_rest_is_listed(tmp_path: Path) -> None:
    other = {"SeriesInstanceUID": "1.5", "SeriesNumber": 9}
    folder = with_slices({}, {}, {**other, "SOPInstanceUID": "1.2.3.8"})(tmp_path)
    stack = read(folder, series="4")
    assert stack.slices == 2
    assert stack.unused[0].what == "scan: series 9: CT, 1 slices"


def test_everything_else_in_the_folder_is_listed(tmp_path: Path) -> None:
    folder = series(tmp_path, [slice_of(0), slice_of(1), slice_of(2, ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])])
    (folder / "zz notes.txt").write_text("hello")
    (folder / "copy").write_bytes(as_bytes(slice_of(0)))
    reasons = {each.why for each in read(folder).unused}
    assert reasons == {
        "it is a localiser",
        "it is no DICOM object that can be read",
        "it is a second copy of a slice",
    }


@pytest.mark.parametrize("other", [{"PatientID": "4712"}, {"PatientBirthDate": "19650204"}])
def test_two_patients_are_refused_and_none_is_named(other: dict[str, Any], tmp_path: Path) -> None:
    folder = with_slices({}, other)(tmp_path / "Mustermann")
    with pytest.raises(IdentityError) as fault:
        read(folder)
    assert "2 patients" in str(fault.value)
    for secret in ("4711", "4712", "1965", "Mustermann"):
        assert secret not in str(fault.value)


def test_the_second_patient_may_hide_in_an_object_that_is_no_image(tmp_path: Path) -> None:
    with pytest.raises(IdentityError):
        read(with_slices({}, {}, {"Modality": "SR", "PatientID": "4712"})(tmp_path))


def test_an_object_without_an_owner_agrees_with_all(tmp_path: Path) -> None:
    stack = read(with_slices({}, {"PatientID": "", "PatientBirthDate": ""})(tmp_path))
    assert stack.owner.is_named
    assert "4711" not in repr(stack.owner)
    assert not read(with_slices(*[{"PatientID": "", "PatientBirthDate": ""}] * 2)(tmp_path / "b")).owner.is_named


def test_damaged_objects_never_give_anything_but_our_errors(tmp_path: Path) -> None:
    dice = random.Random(4)
    sound = as_bytes(slice_of(1))
    for turn in range(120):
        broken = bytearray(sound[: dice.randrange(len(sound))] if turn % 2 else sound)
        for _ in range(dice.randrange(1, 6)):
            if broken:
                broken[dice.randrange(len(broken))] = dice.randrange(256)
        folder = series(tmp_path / str(turn), [slice_of(0), slice_of(2)])
        (folder / "bad").write_bytes(bytes(broken))
        with suppress(EnblocError):
            read(folder)


def test_endless_nesting_is_listed_not_followed(tmp_path: Path) -> None:
    inner = Dataset()
    for _ in range(60):
        outer = Dataset()
        outer.ReferencedSeriesSequence = [inner]
        inner = outer
    nested: Any = slice_of(2)
    nested.ReferencedSeriesSequence = [inner]
    assert read(series(tmp_path, [slice_of(0), slice_of(1), nested])).slices >= 2


# --- real objects -----------------------------------------------------------------------------------------------------


def test_a_real_slab_agrees_with_simpleitk(tmp_path: Path) -> None:
    import zipfile

    file = real_data("dicom-ct-t11-t12") / "dicom.zip"
    stack = read(file)
    with zipfile.ZipFile(file) as packed:
        packed.extractall(tmp_path)
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(next(p.parent for p in tmp_path.rglob("CT*")))))
    image = reader.Execute()
    assert np.array_equal(stack.array, SimpleITK.GetArrayFromImage(image))
    for index in ((0, 0, 0), (19, 511, 511), (7, 100, 300)):
        there = image.TransformIndexToPhysicalPoint(index[::-1])
        assert np.allclose(stack.grid.points_mm(np.array([index]))[0], there, atol=1e-3)
    assert not stack.owner.is_named


REAL = [
    ("dicom-odd", "gantry-tilt-ct/dicom.zip", r"tilted by 18\.5°"),
    ("dicom-odd", "pydicom", "4 patients"),
    ("dicom-odd", "pydicom-data", "5 patients"),
    ("dicom-odd", "rt-utils", "2 series"),
    ("dicom-seg", ".", "3 patients"),
]


@pytest.mark.parametrize(("folder", "name", "words"), REAL)
def test_real_oddities_are_refused(folder: str, name: str, words: str) -> None:
    with pytest.raises(RecordError, match=words):
        read(real_data(folder) / name)


@pytest.mark.parametrize("folder", ["dicom-odd", "dicom-seg"])
def test_each_odd_file_alone_gives_nothing_but_our_errors(folder: str, tmp_path: Path) -> None:
    for at, file in enumerate(sorted(real_data(folder).rglob("*.dcm"))):
        alone = tmp_path / str(at)
        alone.mkdir()
        (alone / "object").write_bytes(file.read_bytes())
        with pytest.raises(EnblocError):
            read(alone)


def test_real_thin_slices_are_a_millimetre_apart() -> None:
    stack = read(real_data("ct-thoracic-1mm") / "dicom_subset.zip")
    assert stack.array.shape == (36, 512, 512)
    assert np.allclose(stack.grid.spacing_mm, (1.0, 0.78125, 0.78125))
    assert stack.owner.is_named


def test_an_oblique_real_series_keeps_its_direction() -> None:
    stack = read(real_data("dicom-odd") / "rt-utils", series="")
    assert stack.grid.axes == "SPL"
    assert abs(stack.grid.directions[0, 0]) > 0.05


@pytest.mark.parametrize(
    ("header", "tube_kv", "contrast"),
    [
        ({}, None, None),
        ({"KVP": "100"}, 100.0, None),
        ({"KVP": "120", "ContrastBolusAgent": "Iomeprol"}, 120.0, True),
        ({"ContrastBolusVolume": "80"}, None, True),
        ({"ContrastBolusVolume": "0.0", "ContrastBolusAgent": ""}, None, None),  # a silent header is no "without"
        ({"ContrastBolusAgent": "NONE"}, None, False),
    ],
)
def test_what_shifts_the_density_is_taken_from_the_header(
    header: dict[str, str], tube_kv: float | None, contrast: bool | None, tmp_path: Path
) -> None:
    told = read(series(tmp_path, [slice_of(at, **header) for at in range(2)])).exposure
    assert (told.tube_kv, told.contrast) == (tube_kv, contrast)
