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
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from enbloc.case.anatomy import structure
from enbloc.case.image import Grid, LabelMap
from enbloc.errors import EnblocError, RecordError
from enbloc.exchange import dicom, nifti
from enbloc.exchange.label_file import read_drawing
from enbloc.exchange.seg import read_seg
from enbloc.exchange.seg_codes import code_of, structure_of
from enbloc.exchange.seg_writing import write_seg
from tests.data import real_data
from tests.exchange.making import series, slice_of, zipped
from tests.exchange.segmentations import NAMES, SLICES, drawn, frame, grid_of, position, scanned

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


@pytest.mark.parametrize("binary", [False, True])
def test_real_labels_on_real_slices_come_back(tmp_path: Path, binary: bool) -> None:
    folder = real_data("dicom-seg")
    grid = dicom.read_series(folder / "ct-3slice", where="ct", salt="").grid
    other = read_drawing(folder / "liver_spine_seg.nrrd", where="nrrd", salt="")
    names = {1: structure("liver"), 2: structure("vertebra L1")}
    labels = LabelMap(labels=other.array, grid=grid, names=names, on="ct")
    write_seg(tmp_path / "out.dcm", labels, folder / "ct-3slice", binary=binary)
    back = read_seg(tmp_path / "out.dcm", where="out", salt="")

    assert back.grid.is_same_as(grid)
    np.testing.assert_array_equal(back.array, other.array)


def test_numbers_above_a_byte_come_back(tmp_path: Path) -> None:
    source = scanned(tmp_path)
    grid = grid_of(source)
    wide = drawn(grid).labels.astype(np.uint16)
    wide[wide == 7] = 300
    names = {300: structure("vertebra T8"), 250: structure("tumour A")}
    write_seg(tmp_path / "out.dcm", LabelMap(labels=wide, grid=grid, names=names, on="ct"), source)
    back = read_seg(tmp_path / "out.dcm", where="out", salt="")

    np.testing.assert_array_equal(back.array, np.where(wide == 200, 0, wide))  # 200 has no name, so it does not go out


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
        (labels, series(tmp_path / "bare", [slice_of(at, SOPInstanceUID="") for at in range(3)]), "no identifiers"),
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
        (lambda made: delattr(frame(made, 0), "PlanePositionSequence"), "no position"),
        (lambda made: position(made, 0, [0.0, 0.0, 1e9]), "too far apart|straight|impossible|unevenly"),
        (lambda made: position(made, 0, [-1.0, -2.0, 2.7]), "unevenly"),
        (lambda made: position(made, 0, [30.0, -2.0, 2.0]), "one straight stack"),
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
            lambda made: setattr(frame(made, 0).SegmentIdentificationSequence[0], "ReferencedSegmentNumber", 9),
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
        ("rib T3 left", "rib T3 left"),
    ],
)
def test_labels_of_other_tools_are_understood(label: str, words: str) -> None:
    assert str(structure_of(label, None, ())) == words


@pytest.mark.parametrize("label", ["", "T14", "T8", "L1", "GREEN", "Neoplasm, Primary", "vertebra"])
def test_a_label_that_names_no_single_structure_is_left_open(label: str) -> None:
    named = structure_of(label, None, ())
    assert named is None or str(named) == "vertebra"


@pytest.mark.parametrize(
    ("label", "code", "words"),
    [
        ("T8", codes.SCT.Vertebra, "vertebra T8"),
        ("T8", codes.SCT.Neoplasm, "None"),  # a tumour at T8 is no vertebra
        ("vertebra T8", codes.SCT.NeoplasmSecondary, "None"),
        ("vertebra T8", codes.SCT.T9Vertebra, "None"),
        ("cord", codes.SCT.SpinalCord, "cord"),
        ("cord", codes.SCT.Tissue, "cord"),
        ("tumour A", codes.SCT.Neoplasm, "tumour A"),
        ("tumour A", codes.SCT.Liver, "None"),
        ("L1", codes.SCT.Lesion, "None"),
    ],
)
def test_where_label_and_code_contradict_each_other_nothing_is_taken(label: str, code: Code, words: str) -> None:
    assert str(structure_of(label, code, ())) == words
