"""DICOM segmentations in a case: named by its record, imported into it, of its patient and its frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import dcmread

from enbloc.case.anatomy import structure
from enbloc.errors import RecordError
from enbloc.exchange.folder import read_case
from enbloc.exchange.images import read_images
from enbloc.exchange.intake import import_into
from enbloc.exchange.label_file import read_drawing
from enbloc.exchange.receipt import receipt_of
from enbloc.exchange.seg_writing import write_seg
from tests.data import real_data
from tests.exchange.making import as_bytes, series, slice_of
from tests.exchange.segmentations import SLICES, case, drawn, frame, grid_of, position, scanned

TWICE = """\
labels:
  anatomy: {file: labels/seg.dcm, on: ct, structures: {7: vertebra T8}}
  tumour: {file: labels/seg.dcm, on: ct, structures: {250: tumour A}}
"""


def test_a_case_may_name_segments_of_one_file_twice(tmp_path: Path) -> None:
    folder = case(tmp_path / "case", TWICE)
    images = read_images(folder, read_case(folder))

    assert {str(each) for held in images.labels.values() for each in held.boxes} == {"vertebra T8", "tumour A"}
    assert [each.what for each in images.unused] == ["labels/seg.dcm: segment 200 vertebral artery left"]


def test_where_record_and_file_disagree_the_record_holds_and_that_is_said(tmp_path: Path) -> None:
    folder = case(tmp_path / "case", TWICE.replace("7: vertebra T8", "7: vertebra T9"))

    said = read_images(folder, read_case(folder)).said
    assert "labels/seg.dcm: segment 7 calls itself 'vertebra T8', the record vertebra T9; that holds." in said


@pytest.mark.parametrize(
    ("tag", "content", "words"),
    [
        ("PatientID", "0815", "another patient"),
        ("FrameOfReferenceUID", "1.2.10", "another frame of reference"),
    ],
)
def test_a_segmentation_of_somebody_or_somewhere_else_is_refused(
    tmp_path: Path, tag: str, content: str, words: str
) -> None:
    folder = case(tmp_path / "case", TWICE)
    made = dcmread(folder / "labels/seg.dcm")
    setattr(made, tag, content)
    made.save_as(folder / "labels/seg.dcm")

    with pytest.raises(RecordError, match=words):
        read_images(folder, read_case(folder))


def test_frames_outside_of_the_image_are_refused(tmp_path: Path) -> None:
    folder = case(tmp_path / "case", TWICE)
    made: Any = dcmread(folder / "labels/seg.dcm")
    for at in range(int(made.NumberOfFrames)):
        x, y, z = frame(made, at).PlanePositionSequence[0].ImagePositionPatient
        position(made, at, [float(x), float(y), float(z) + 500.0])
    made.save_as(folder / "labels/seg.dcm")

    with pytest.raises(RecordError, match="lies 500 mm away"):
        read_images(folder, read_case(folder))


def test_a_segmentation_of_another_series_of_the_frame_says_so(tmp_path: Path) -> None:
    folder = case(tmp_path / "case", TWICE)
    made: Any = dcmread(folder / "labels/seg.dcm")
    made.ReferencedSeriesSequence[0].SeriesInstanceUID = "1.2.77"
    made.save_as(folder / "labels/seg.dcm")

    assert any("drawn on another series" in line for line in read_images(folder, read_case(folder)).said)


def test_import_takes_what_it_understands_and_keeps_no_name(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    write_seg(tmp_path / "seg.dcm", drawn(grid_of(source)), source)
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.yaml").write_text("schema: enbloc/case/1\nid: x\n")
    import_into(folder, [source])
    lines = import_into(folder, [tmp_path / "seg.dcm"])
    record = read_case(folder)

    assert record.labels["anatomy"].structures == {7: "vertebra T8", 200: "vertebral artery left", 250: "tumour A"}
    assert [lesion.id for lesion in record.lesions] == ["A"]
    assert any("lesion A was added" in line for line in lines)
    receipt = receipt_of(folder, "labels/anatomy.nii.gz")
    assert receipt is not None
    assert receipt.source == "DICOM SEG"
    assert receipt.identity
    assert not any(b"Mustermann" in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert read_images(folder, record).labels["anatomy"].labels.sum() > 0


@pytest.mark.parametrize(("tag", "content"), [("PatientID", "0815"), ("FrameOfReferenceUID", "1.2.10")])
@pytest.mark.parametrize("kept", ["folder", "imported"])
def test_import_refuses_a_segmentation_of_somebody_or_somewhere_else(
    tmp_path: Path, tag: str, content: str, kept: str
) -> None:
    source = scanned(tmp_path)
    write_seg(tmp_path / "seg", drawn(grid_of(source)), source)  # a name without an ending, as archives give
    folder = tmp_path / "case"
    series(folder / "images/ct", [slice_of(at, StudyInstanceUID="1.2.8") for at in range(SLICES)])
    named = "images:\n  ct: {file: images/ct, modality: CT}\n" if kept == "folder" else ""
    (folder / "case.yaml").write_text("schema: enbloc/case/1\nid: x\n" + named)
    if kept == "imported":
        import_into(folder, [source])
    made = dcmread(tmp_path / "seg")
    sound = (tmp_path / "seg").read_bytes()
    setattr(made, tag, content)
    made.save_as(tmp_path / "seg")
    with pytest.raises(RecordError, match=r"another (patient|frame)"):
        import_into(folder, [tmp_path / "seg"])
    (tmp_path / "seg").write_bytes(sound)
    import_into(folder, [tmp_path / "seg"])
    assert "anatomy" in read_case(folder).labels


def test_import_of_a_real_segmentation_onto_its_slices(tmp_path: Path) -> None:
    real = real_data("dicom-seg")
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.yaml").write_text("schema: enbloc/case/1\nid: x\n")
    import_into(folder, [series_of(tmp_path, sorted((real / "ct-3slice").glob("*.dcm")))])
    with pytest.raises(RecordError, match="None of its segments is known"):
        import_into(folder, [real / "partial_overlaps.dcm"])
    import_into(folder, [real / "liver.dcm"])
    record = read_case(folder)

    assert record.labels["anatomy"].structures == {1: "liver"}
    held = read_images(folder, record, needs_tumour=False).labels["anatomy"]
    assert int(held.mask(structure("liver")).sum()) == int(
        (read_drawing(real / "liver_seg.nrrd", where="", salt="").array > 0).sum()
    )


def series_of(path: Path, files: list[Path]) -> Path:
    (path / "scan").mkdir()
    for file in files:
        (path / "scan" / file.name).write_bytes(file.read_bytes())
    return path / "scan"


def test_import_into_overlapping_layers(tmp_path: Path) -> None:
    """A tumour drawn within its vertebra: two maps, no voxel of either lost."""
    source = scanned(tmp_path)
    grid = grid_of(source)
    labels = drawn(grid)
    write_seg(tmp_path / "seg.dcm", labels, source, binary=True)
    made: Any = dcmread(tmp_path / "seg.dcm")
    numbers = [frame(made, at).SegmentIdentificationSequence[0] for at in range(int(made.NumberOfFrames))]
    tumours = [at for at, each in enumerate(numbers) if each.ReferencedSegmentNumber == 3]
    bits = np.unpackbits(np.frombuffer(made.PixelData, np.uint8), bitorder="little")
    size = made.Rows * made.Columns
    frames = bits[: int(made.NumberOfFrames) * size].reshape(-1, size)
    frames[tumours[0], :] = 0
    frames[tumours[0], 1 * made.Columns + 2] = 1  # row 1, column 2: within the vertebra
    packed = np.packbits(frames.ravel(), bitorder="little").tobytes()
    made.PixelData = packed + b"\0" * (len(packed) % 2)
    (tmp_path / "seg.dcm").write_bytes(as_bytes(made))
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.yaml").write_text("schema: enbloc/case/1\nid: x\n")
    import_into(folder, [source])
    import_into(folder, [tmp_path / "seg.dcm"])
    maps = read_images(folder, read_case(folder)).labels

    assert {role: sorted(str(each) for each in held.boxes) for role, held in maps.items()} == {
        "anatomy": ["vertebra T8", "vertebral artery left"],
        "tumour": ["tumour A"],
    }
    assert int(maps["anatomy"].mask(structure("vertebra T8")).sum()) == 18
    assert int(maps["tumour"].mask(structure("tumour A")).sum()) == 1
