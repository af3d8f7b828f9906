"""Scans in another frame of reference or of an earlier day are examinations of their own; nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, tumour
from enbloc.case.image import Grid
from enbloc.errors import FaultsError, IdentityError, RecordError
from enbloc.exchange import nifti
from enbloc.exchange.folder import faults, import_into, read_case, read_images, write_case_folder
from tests.exchange.making import GRID, RECORD, case_folder, labels, scan, series, slice_of

SLICES = Grid(shape=(3, 4, 5), affine=np.array([[0, 0, 0.75, -1], [0, 0.5, 0, -2], [2.0, 0, 0, 0], [0, 0, 0, 1]]))
TWO = RECORD.replace(
    "  ct: {file: images/ct.nii.gz, modality: CT}",
    "  ct: {file: images/a, modality: CT}\n  other: {file: images/b, modality: CT}",
)
CORD_TOO = "labels:\n  cord: {file: labels/cord.nii.gz, on: other, structures: {1: cord}}\n"


def two_frames(path: Path, record: str = TWO, frame: str = "1.7", born: str = "19650203") -> Path:
    """A case with two DICOM series, the second in another frame of reference; labels on the first."""
    folder = case_folder(path, record)
    (folder / "images/ct.nii.gz").unlink()
    series(folder / "images/a", [slice_of(at) for at in range(3)])
    series(folder / "images/b", [slice_of(at, FrameOfReferenceUID=frame, PatientBirthDate=born) for at in range(3)])
    for name in ("tumour", "cord"):
        nifti.write(folder / f"labels/{name}.nii.gz", np.ones((3, 4, 5), np.uint8), SLICES)
    return folder


def test_a_scan_in_another_frame_stands_apart_with_its_labels(tmp_path: Path) -> None:
    folder = two_frames(tmp_path / "x", TWO.replace("labels:\n", CORD_TOO))
    read = read_images(folder, read_case(folder))
    assert (list(read.volumes), list(read.labels)) == (["ct"], ["tumour"])
    assert list(read.apart) == ["other"]
    assert list(read.apart["other"].volumes) == ["other"]
    assert read.apart["other"].map_of(CORD) is read.apart["other"].labels["cord"]
    assert "images/b: lies in another frame of reference: it is registered before anything is measured in it." in (
        read.said
    )
    assert not any("images/b" in each.what for each in read.unused)
    assert faults(folder) == ()


def test_a_scan_in_the_same_frame_stays(tmp_path: Path) -> None:
    folder = two_frames(tmp_path / "x", frame="1.2.9")
    read = read_images(folder, read_case(folder))
    assert (list(read.volumes), dict(read.apart)) == (["ct", "other"], {})


def test_a_tumour_on_the_scan_apart_is_a_tumour(tmp_path: Path) -> None:
    folder = two_frames(tmp_path / "x", TWO.replace("on: ct", "on: other"))
    read = read_images(folder, read_case(folder))
    assert read.apart["other"].map_of(tumour("A")) is not None


def test_the_main_frame_is_that_of_the_ct_with_vertebrae_wherever_it_stands(tmp_path: Path) -> None:
    column = CORD_TOO.replace("cord:", "column:", 1).replace("{1: cord}", "{1: vertebra T8}")
    folder = two_frames(tmp_path / "x", TWO.replace("labels:\n", column))
    read = read_images(folder, read_case(folder))
    assert (list(read.volumes), list(read.apart)) == (["other"], ["ct"])


def test_two_patients_in_two_frames_are_two_patients(tmp_path: Path) -> None:
    folder = two_frames(tmp_path / "x", born="19700101")
    with pytest.raises(FaultsError) as refused:
        read_images(folder, read_case(folder))
    assert isinstance(refused.value.faults[0], IdentityError)


def test_a_frame_is_remembered_by_the_receipt_of_an_import(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "x")
    for name, frame in (("a", "1.2.9"), ("b", "1.7")):
        series(tmp_path / name, [slice_of(at, FrameOfReferenceUID=frame) for at in range(3)])
        import_into(folder, [tmp_path / name], role=name)
    read = read_images(folder, read_case(folder))
    assert list(read.volumes) == ["ct", "a"], "a NIfTI file without a receipt states no frame"
    assert list(read.apart) == ["b"]


EARLIER = RECORD.replace(
    "modality: CT}\n", "modality: CT}\n  was: {file: images/was.nii.gz, modality: CT, earlier: true}\n"
)
EARLIER = EARLIER.replace("lesions:", "  old: {file: labels/old.nii.gz, on: was, structures: {1: tumour A}}\nlesions:")


def followed(path: Path, record: str = EARLIER) -> Path:
    folder = case_folder(path, record)
    nifti.write(folder / "images/was.nii.gz", scan(), GRID)
    nifti.write(folder / "labels/old.nii.gz", labels(), GRID)
    return folder


def test_an_earlier_scan_stands_apart_and_is_written_back(tmp_path: Path) -> None:
    folder = followed(tmp_path / "x")
    case = read_case(folder)
    read = read_images(folder, case)
    assert (list(read.volumes), list(read.labels)) == (["ct"], ["tumour"])
    assert list(read.apart["was"].labels) == ["old"]
    assert any("earlier day" in line for line in read.said)
    write_case_folder(tmp_path / "y", case, read)
    again = read_images(tmp_path / "y", case)
    assert np.array_equal(again.apart["was"].labels["old"].labels, labels())


def test_earlier_scans_of_one_day_are_one_examination(tmp_path: Path) -> None:
    more = "  was: {file: images/was.nii.gz, modality: CT, earlier: true, date: 2026-05-01}\n"
    more += "  too: {file: images/ct.nii.gz, modality: CT, earlier: true, date: 2026-05-01}\n"
    more += "  first: {file: images/ct.nii.gz, modality: CT, earlier: true, date: 2025-05-01}\n"
    line = "  was: {file: images/was.nii.gz, modality: CT, earlier: true}\n"
    folder = followed(tmp_path / "x", EARLIER.replace(line, more))
    read = read_images(folder, read_case(folder))
    assert {name: list(one.volumes) for name, one in read.apart.items()} == {"was": ["was", "too"], "first": ["first"]}


def test_nothing_but_earlier_scans_is_nothing_to_stage_from(tmp_path: Path) -> None:
    record = EARLIER.replace("ct.nii.gz, modality: CT}", "ct.nii.gz, modality: CT, earlier: true}")
    folder = followed(tmp_path / "x", record)
    with pytest.raises(FaultsError, match="Every image is marked as earlier"):
        read_images(folder, read_case(folder))


def test_a_tumour_on_an_earlier_scan_alone_is_none(tmp_path: Path) -> None:
    folder = followed(
        tmp_path / "x", EARLIER.replace("on: ct, structures: {1: tumour A}", "on: ct, structures: {1: cord}")
    )
    with pytest.raises(RecordError, match="No label map names a tumour"):
        read_images(folder, read_case(folder))


def test_a_confirmation_names_the_labels_of_every_examination(tmp_path: Path) -> None:
    folder = followed(tmp_path / "x")
    before = read_images(folder, read_case(folder)).labels_sha256
    changed = labels()
    changed[0, 0, 0] = 1
    nifti.write(folder / "labels/old.nii.gz", changed, GRID)
    after = read_images(folder, read_case(folder)).labels_sha256
    assert before
    assert after
    assert before != after
