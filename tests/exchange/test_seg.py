"""DICOM SEG in and out: real objects, a round trip, every odd and hostile object one line."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import dcmread

from enbloc.case.anatomy import structure
from enbloc.case.image import Grid, LabelMap
from enbloc.errors import EnblocError, RecordError
from enbloc.exchange import dicom, nifti
from enbloc.exchange.folder import read_case
from enbloc.exchange.images import read_images
from enbloc.exchange.intake import import_into
from enbloc.exchange.label_file import read_drawing
from enbloc.exchange.receipt import receipt_of
from enbloc.exchange.seg import read_seg
from enbloc.exchange.seg_codes import code_of, structure_of
from enbloc.exchange.seg_writing import write_seg
from tests.data import real_data
from tests.exchange.making import as_bytes, series, slice_of, zipped

READ = {
    "liver.dcm": ({1: "Liver"}, (3, 512, 512)),
    "partial_overlaps.dcm": ({1: "GREEN", 2: "ORANGE", 3: "PURPLE", 4: "LIGHT_BLUE", 5: "DARK_BLUE"}, (3, 512, 512)),
    "sparse-labelmap-noppv.dcm": ({1: "Liver"}, (3, 38, 24)),
    "sparse-labelmap-ppv5.dcm": ({1: "Liver"}, (3, 38, 24)),
    "23x38x3/seg/label.seg": ({1: "Liver"}, (3, 38, 23)),
    "24x38x3/seg/label.seg": ({1: "Liver"}, (3, 38, 24)),
    "qin-headneck-11lesions/mask.dcm": (
        {1: "Neoplasm, Primary"} | dict.fromkeys(range(2, 12), "Neoplasm, Secondary"),
        (71, 168, 168),
    ),
}
TWINS = {
    "liver.dcm": "liver_seg.nrrd",
    "23x38x3/seg/label.seg": "23x38x3/nrrd/label.nrrd",
    "24x38x3/seg/label.seg": "24x38x3/nrrd/label.nrrd",
    "sparse-labelmap-noppv.dcm": "sparse_labelmap_noppv_seg.nrrd",
}


def refusal(file: Path) -> str:
    """Why a file is refused; empty if it is read. Anything but one line of ours without a path fails the test."""
    try:
        read_seg(file, where=file.name, salt="x")
    except EnblocError as fault:
        why = str(fault)
    else:
        return ""
    assert "\n" not in why
    assert str(file.parent) not in why
    assert "Mustermann" not in why
    return why


# --- real objects -----------------------------------------------------------------------------------------------------


def test_every_real_object_is_read_or_refused_with_its_reason() -> None:
    folder = real_data("dicom-seg")
    files = [each for each in sorted(folder.rglob("*")) if each.suffix in (".dcm", ".seg")]
    read = {}
    for file in files:
        refused = refusal(file)
        if refused:
            assert refused == f"{file.name}: It is no segmentation but CT. Give the segmentation (SEG) itself."
            continue
        drawing = read_seg(file, where=file.name, salt="x")
        read[str(file.relative_to(folder))] = (dict(drawing.words), drawing.array.shape)

    assert read == READ
    assert len(files) == len(READ) + 11, "the slices and multi-frame scans beside them"


@pytest.mark.parametrize(("seg", "nrrd"), TWINS.items())
def test_a_real_object_holds_what_its_nrrd_twin_holds(seg: str, nrrd: str) -> None:
    folder = real_data("dicom-seg")
    one = read_drawing(folder / seg, where="seg", salt="")
    other = read_drawing(folder / nrrd, where="nrrd", salt="")

    assert one.grid.is_same_as(other.grid)
    np.testing.assert_array_equal(one.array, other.array)


def test_a_number_that_stands_for_padding_is_no_label() -> None:
    folder = real_data("dicom-seg")
    one = read_seg(folder / "sparse-labelmap-ppv5.dcm", where="seg", salt="")
    other = read_drawing(folder / "sparse_labelmap_ppv5_seg.nrrd", where="nrrd", salt="")

    np.testing.assert_array_equal(one.array, np.where(other.array == 5, 0, other.array))
    assert one.said == ("seg: 1 slice between its frames has none and was taken as empty.",)


def test_segments_that_overlap_are_named_and_each_can_be_read_alone() -> None:
    folder = real_data("dicom-seg")
    whole = read_seg(folder / "partial_overlaps.dcm", where="seg", salt="")

    assert whole.overlapping == ((1, 2), (1, 3), (2, 3))
    for twin, numbers in (("1", (1, 4, 5)), ("2", (2,)), ("3", (3,))):
        alone = read_seg(folder / "partial_overlaps.dcm", where="seg", salt="", wanted=numbers)
        other = read_drawing(folder / f"partial_overlaps-{twin}.nrrd", where="nrrd", salt="")
        np.testing.assert_array_equal(alone.array, other.array)
        assert alone.overlapping == ()
        assert set(alone.left) == {1, 2, 3, 4, 5} - set(numbers)


def test_odd_real_objects_end_in_one_line() -> None:
    folder = real_data("dicom-odd")
    for file in sorted(folder.rglob("*.dcm")):
        assert refusal(file) or file.name.startswith("liver")


@pytest.mark.parametrize("file", ["liver_rle.dcm", "liver_deflate.dcm", "liver_expb.dcm"])
def test_what_cannot_be_unpacked_says_how_it_is_packed(file: str) -> None:
    with pytest.raises(RecordError, match="cannot be unpacked"):
        read_seg(real_data("dicom-odd") / "pydicom-data" / file, where="seg", salt="")


# --- out and in again -------------------------------------------------------------------------------------------------

NAMES = {7: "vertebra T8", 9: "cord", 200: "vertebral artery left", 250: "tumour A"}
SLICES = 6


def scanned(path: Path, **changes: Any) -> Path:
    return series(path / "ct", [slice_of(at, StudyInstanceUID="1.2.8", **changes) for at in range(SLICES)])


def grid_of(source: Path) -> Grid:
    return dicom.read_series(source, where="ct", salt="x").grid


def drawn(grid: Grid) -> LabelMap:
    labels = np.zeros(grid.shape, dtype=np.uint8)
    labels[1:4, 1:3, 1:4] = 7
    labels[2, 3, 3] = 250
    labels[4, 0, 0] = 200
    names = {id: structure(words) for id, words in NAMES.items()}
    return LabelMap(labels=labels, grid=grid, names=names, on="ct", document="labels.nii.gz")


@pytest.mark.parametrize("side", [False, True], ids=["axial", "sagittal"])
def test_a_label_map_comes_back_as_it_went_out(tmp_path: Path, side: bool) -> None:
    made = (
        [
            slice_of(
                at,
                StudyInstanceUID="1.2.8",
                ImageOrientationPatient=[0, 1, 0, 0, 0, -1],
                ImagePositionPatient=[3.0 * at - 9.0, -2.0, 7.0],
            )
            for at in range(SLICES)
        ]
        if side
        else [slice_of(at, StudyInstanceUID="1.2.8") for at in range(SLICES)]
    )
    source = series(tmp_path / "ct", made)
    labels = drawn(grid_of(source))
    write_seg(tmp_path / "out.dcm", labels, source)
    back = read_seg(tmp_path / "out.dcm", where="out", salt="x")

    assert back.grid.is_same_as(labels.grid)
    np.testing.assert_array_equal(back.array, labels.labels)
    assert {id: str(each) for id, each in back.structures.items()} == {id: NAMES[id] for id in (7, 200, 250)}
    assert back.tumours == {250}
    assert back.said == ()


def test_binary_frames_hold_the_same_and_say_what_is_empty(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    labels = drawn(grid_of(source))
    write_seg(tmp_path / "out.dcm", labels, source, binary=True)
    back = read_seg(tmp_path / "out.dcm", where="out", salt="x")

    assert [back.words[number] for number in (1, 2, 3)] == ["vertebra T8", "vertebral artery left", "tumour A"]
    for number, id in ((1, 7), (2, 200), (3, 250)):
        ours = back.grid.points_mm(np.argwhere(back.array == number))
        np.testing.assert_allclose(ours, labels.grid.points_mm(np.argwhere(labels.labels == id)), atol=1e-6)


def test_the_same_labels_give_the_same_bytes(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    labels = drawn(grid_of(source))

    one = write_seg(tmp_path / "one.dcm", labels, source)
    assert write_seg(tmp_path / "two.dcm", labels, source) == one
    assert (tmp_path / "one.dcm").read_bytes() == (tmp_path / "two.dcm").read_bytes()


def test_an_object_repeats_its_series_and_names_its_maker(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    write_seg(tmp_path / "out.dcm", drawn(grid_of(source)), source, by="R. Example")
    made: Any = dcmread(tmp_path / "out.dcm")

    assert made.FrameOfReferenceUID == "1.2.9"
    assert made.StudyInstanceUID == "1.2.8"
    assert made.PatientID == "4711"
    assert made.ReferencedSeriesSequence[0].SeriesInstanceUID == "1.2.3"
    assert made.SegmentSequence[-1].SegmentationAlgorithmIdentificationSequence[0].AlgorithmName == "R. Example"
    code = made.SegmentSequence[1].SegmentedPropertyTypeCodeSequence[0]
    assert code.CodeValue == "11068009"


def test_an_image_without_slices_cannot_be_referred_to(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    labels = drawn(grid_of(source))
    nifti.write(tmp_path / "ct.nii.gz", np.zeros(labels.grid.shape, np.int16), labels.grid)
    other = Grid(shape=labels.grid.shape, affine=labels.grid.affine + np.diag([0, 0, 0.1, 0]))
    moved = LabelMap(labels=labels.labels, grid=other, names=labels.names, on="ct")
    empty = LabelMap(labels=0 * labels.labels, grid=labels.grid, names=labels.names, on="ct")

    for given, where, words in (
        (labels, tmp_path / "ct.nii.gz", "no DICOM series"),
        (moved, source, "another grid"),
        (empty, source, "No label is set"),
        (labels, series(tmp_path / "two", [slice_of(0), slice_of(1, SeriesInstanceUID="1.9")]), "no single"),
    ):
        with pytest.raises(RecordError, match=words):
            write_seg(tmp_path / "out.dcm", given, where)
    assert not (tmp_path / "out.dcm").exists()


def test_a_zip_of_the_slices_does_as_well(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    packed = zipped(tmp_path / "ct.zip", ((file.name, file.read_bytes()) for file in source.iterdir()))

    assert write_seg(tmp_path / "one.dcm", drawn(grid_of(source)), packed)


# --- odd and hostile objects ------------------------------------------------------------------------------------------


def changed(path: Path, change: Callable[[Any], None], *, binary: bool = True) -> Path:
    """A sound object, then changed."""
    source = scanned(path)
    write_seg(path / "seg.dcm", drawn(grid_of(source)), source, binary=binary)
    made = dcmread(path / "seg.dcm")
    change(made)
    out = io.BytesIO()
    made.save_as(out)
    (path / "seg.dcm").write_bytes(out.getvalue())
    return path / "seg.dcm"


def _fractional(made: Any) -> None:
    bits = np.unpackbits(np.frombuffer(made.PixelData, np.uint8), bitorder="little")
    count = int(made.NumberOfFrames) * made.Rows * made.Columns
    made.BitsAllocated, made.BitsStored, made.HighBit = 8, 8, 7
    made.SegmentationType, made.MaximumFractionalValue = "FRACTIONAL", 200
    made.SegmentationFractionalType = "PROBABILITY"
    shares = np.where(bits[:count] > 0, 100, 99).astype(np.uint8)
    made.PixelData = shares.tobytes() + b"\0" * (count % 2)


def test_a_fractional_segmentation_is_cut_at_half_and_that_is_said(tmp_path: Path) -> None:
    path = changed(tmp_path, _fractional)
    back = read_seg(path, where="seg", salt="")

    assert back.said == ("seg: a fractional segmentation, cut at half.",)
    assert (back.array == 1).sum() == 3 * 2 * 3
    assert (back.array == 3).sum() == 1


def _frame(made: Any, at: int) -> Any:
    return made.PerFrameFunctionalGroupsSequence[at]


def _position(made: Any, at: int, place: list[float]) -> None:
    _frame(made, at).PlanePositionSequence[0].ImagePositionPatient = place


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda made: setattr(made, "PixelData", made.PixelData[:4]), "damaged or cut short"),
        (lambda made: setattr(made, "NumberOfFrames", 90), "damaged or cut short"),
        (lambda made: setattr(made, "NumberOfFrames", -1), "not possible"),
        (lambda made: setattr(made, "Rows", 60000), "damaged or cut short"),
        (
            lambda made: setattr(made, "SOPClassUID", "1.2.840.10008.5.1.4.1.1.2"),
            "kind of segmentation that is not read",
        ),
        (lambda made: delattr(made, "SegmentSequence"), "cannot be read"),
        (lambda made: delattr(made, "BitsAllocated"), "cannot be read"),
        (lambda made: setattr(made.SegmentSequence[0], "SegmentNumber", 40), "nothing describes: 1"),
        (lambda made: delattr(made, "PerFrameFunctionalGroupsSequence"), "differ in number"),
        (lambda made: made.PerFrameFunctionalGroupsSequence.pop(), "differ in number"),
        (lambda made: delattr(made, "FrameOfReferenceUID"), "no frame of reference"),
        (lambda made: delattr(_frame(made, 0), "PlanePositionSequence"), "no position"),
        (lambda made: _position(made, 0, [0.0, 0.0, 1e9]), "too far apart|straight|impossible|unevenly"),
        (lambda made: _position(made, 0, [-1.0, -2.0, 2.7]), "unevenly"),
        (lambda made: _position(made, 0, [30.0, -2.0, 2.0]), "one straight stack"),
        (
            lambda made: setattr(
                made.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence[0],
                "ImageOrientationPatient",
                [1, 0, 0, 1, 0, 0],
            ),
            "right angles",
        ),
        (
            lambda made: setattr(
                made.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0], "PixelSpacing", [0, 0.5]
            ),
            "impossible position",
        ),
        (
            lambda made: setattr(_frame(made, 0).SegmentIdentificationSequence[0], "ReferencedSegmentNumber", 9),
            "segment that nothing describes: 9",
        ),
        (lambda made: setattr(made, "PixelData", b"\0" * len(made.PixelData)), "No label is set"),
    ],
)
def test_an_odd_object_ends_in_one_line(tmp_path: Path, change: Callable[[Any], None], words: str) -> None:
    assert re.search(words, refusal(changed(tmp_path, change)))


def test_a_label_map_with_a_number_that_nothing_describes_is_refused(tmp_path: Path) -> None:
    def strip(made: Any) -> None:
        made.SegmentSequence.pop()

    with pytest.raises(RecordError, match="number without a segment: 250"):
        read_seg(changed(tmp_path, strip, binary=False), where="seg", salt="")


def test_damage_never_gives_anything_but_our_errors(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda made: None)
    whole = path.read_bytes()
    random = np.random.default_rng(4)
    for at in range(60):
        if at % 2:
            content = whole[: int(random.integers(1, len(whole)))]
        else:
            broken = bytearray(whole)
            for place in random.integers(132, len(whole), 6):
                broken[place] = int(random.integers(256))
            content = bytes(broken)
        path.write_bytes(content)
        refusal(path)


@pytest.mark.parametrize("content", [b"", b"\0" * 200, b"PK\x03\x04" + b"\0" * 300, b"not dicom at all" * 30])
def test_what_is_no_dicom_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.dcm").write_bytes(content)
    with pytest.raises(RecordError, match="no DICOM file"):
        read_seg(tmp_path / "x.dcm", where="x.dcm", salt="")


# --- codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["vertebra C1", "vertebra T13", "vertebral body T8", "disc L5", "sacrum", "cord", "canal", "aorta", "vena cava"],
)
def test_a_structure_with_a_code_of_its_own_is_known_by_it(words: str) -> None:
    assert str(structure_of("", code_of(structure(words)), ())) == words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("vertebrae_T8", "vertebra T8"),
        ("T8 vertebra", "vertebra T8"),
        ("t12", "vertebra T12"),
        ("rib T3 left", "rib T3 left"),
    ],
)
def test_labels_of_other_tools_are_understood(label: str, words: str) -> None:
    assert str(structure_of(label, None, ())) == words


@pytest.mark.parametrize("label", ["", "T14", "GREEN", "Neoplasm, Primary", "vertebra"])
def test_a_label_that_names_no_single_structure_is_left_open(label: str) -> None:
    named = structure_of(label, None, ())
    assert named is None or str(named) == "vertebra"


# --- in a case --------------------------------------------------------------------------------------------------------


def case(path: Path, labels: str) -> Path:
    """A case with a DICOM series and a segmentation of it."""
    (path / "labels").mkdir(parents=True)
    series(path / "images/ct", [slice_of(at, StudyInstanceUID="1.2.8") for at in range(SLICES)])
    write_seg(path / "labels/seg.dcm", drawn(grid_of(path / "images/ct")), path / "images/ct")
    record = "schema: enbloc/case/1\nid: x\nimages:\n  ct: {file: images/ct, modality: CT}\nlesions:\n  - {id: A}\n"
    (path / "case.yaml").write_text(record + labels, encoding="utf-8")
    return path


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
        x, y, z = _frame(made, at).PlanePositionSequence[0].ImagePositionPatient
        _position(made, at, [float(x), float(y), float(z) + 500.0])
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
    numbers = [_frame(made, at).SegmentIdentificationSequence[0] for at in range(int(made.NumberOfFrames))]
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
