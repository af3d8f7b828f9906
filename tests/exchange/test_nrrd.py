"""NRRD label maps against ITK, the segments of 3D Slicer, and every odd header one line."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case.anatomy import structure
from enbloc.errors import RecordError
from enbloc.exchange.folder import read_case
from enbloc.exchange.images import read_images
from enbloc.exchange.intake import import_into
from enbloc.exchange.nrrd import read_nrrd
from tests.data import real_data
from tests.exchange.making import GRID, case_folder, labels

SLICER = "TerminologyEntry:General~SCT^123037004^Anatomical Structure~{kind}~{side}~Anatomic codes~^^~^^|"
LIVER, ARTERY, NEOPLASM = "SCT^10200004^Liver", "SCT^85234005^Vertebral artery", "SCT^108369006^Neoplasm"
LEFT, NONE = "SCT^7771000^Left", "^^"


def nrrd(path: Path, voxels: NDArray[Any], *, fields: dict[str, str] | None = None, encoding: str = "gzip") -> Path:
    """An NRRD file of these voxels on the grid of the small scan; ``fields`` replace or, if empty, drop lines."""
    sizes = voxels.shape[::-1]
    head = {
        "type": {"u1": "unsigned char", "i2": "short", "u2": "unsigned short", "f4": "float"}[voxels.dtype.str[1:]],
        "dimension": str(len(sizes)),
        "space": "left-posterior-superior",
        "sizes": " ".join(map(str, sizes)),
        "space directions": "none " * (len(sizes) - 3) + "(1,0,0) (0,1.5,0) (0,0,2)",
        "kinds": "list " * (len(sizes) - 3) + "domain domain domain",
        "endian": "big" if voxels.dtype.byteorder == ">" else "little",
        "encoding": encoding,
        "space origin": "(-10,20,-300)",
    } | (fields or {})
    lines = [f"{key}:{'=' if key[0].isupper() else ' '}{text}" for key, text in head.items() if text]
    raw = voxels.tobytes()
    body = gzip.compress(raw) if encoding == "gzip" else raw
    path.write_bytes(("NRRD0005\n# made here\n" + "\n".join(lines) + "\n\n").encode() + body)
    return path


def segment(at: int, name: str, number: int, layer: int = 0, kind: str = "", side: str = NONE) -> dict[str, str]:
    return {
        f"Segment{at}_ID": f"Segment_{at}",
        f"Segment{at}_Name": name,
        f"Segment{at}_LabelValue": str(number),
        f"Segment{at}_Layer": str(layer),
        f"Segment{at}_Tags": SLICER.format(kind=kind or NONE, side=side),
    }


# --- against ITK ------------------------------------------------------------------------------------------------------


def _through_itk(path: Path) -> tuple[NDArray[Any], NDArray[np.float64]]:
    import SimpleITK

    image = SimpleITK.ReadImage(str(path))
    last = [count - 1 for count in image.GetSize()]
    corners = [image.TransformIndexToPhysicalPoint(at) for at in ([0, 0, 0], last)]
    return SimpleITK.GetArrayFromImage(image), np.array(corners)


SPACES = {
    "left-posterior-superior": "(1,0,0) (0,1.5,0) (0,0,2)",
    "right-anterior-superior": "(-1,0,0) (0,-1.5,0) (0,0,2)",
    "left-anterior-superior": "(1,0,0) (0,1.5,0) (0,0,2)",
    "LPS": "(0,1,0) (0,0,-1.5) (2,0,0)",
    "RAS": "(0.8,0.6,0) (-0.9,1.2,0) (0,0,2)",
}


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("encoding", ["gzip", "raw"])
def test_voxels_lie_where_itk_puts_them(tmp_path: Path, space: str, encoding: str) -> None:
    voxels = labels()
    path = nrrd(
        tmp_path / "x.nrrd", voxels, fields={"space": space, "space directions": SPACES[space]}, encoding=encoding
    )
    ours = read_nrrd(path, where="x")
    theirs, corners = _through_itk(path)

    np.testing.assert_array_equal(ours.array, theirs)
    ends = np.array([[0, 0, 0], np.array(voxels.shape) - 1])
    np.testing.assert_allclose(ours.grid.points_mm(ends), corners, atol=1e-9)


@pytest.mark.parametrize("kind", ["u1", "<i2", ">i2", ">u2", "<f4"])
def test_whole_numbers_are_read_however_they_are_stored(tmp_path: Path, kind: str) -> None:
    ours = read_nrrd(nrrd(tmp_path / "x.nrrd", labels().astype(kind)), where="x")

    np.testing.assert_array_equal(ours.array, labels())
    assert ours.array.dtype == np.uint8
    assert ours.grid.is_same_as(GRID)
    assert ours.words == {}


def test_real_label_maps_lie_where_itk_puts_them() -> None:
    for file in sorted(real_data("dicom-seg").rglob("*.nrrd")):
        ours = read_nrrd(file, where=file.name)
        theirs, corners = _through_itk(file)
        np.testing.assert_array_equal(ours.array, theirs)
        np.testing.assert_allclose(ours.grid.points_mm(np.zeros((1, 3)))[0], corners[0], atol=1e-4)


# --- segments of 3D Slicer --------------------------------------------------------------------------------------------


def _three(layers: bool) -> NDArray[np.uint8]:
    """Three segments; in layers, the third overlaps the first and shares its value."""
    first = labels()
    first[0, 0, 0] = 2
    if not layers:
        first[3, 4, 5] = 3
        return first
    second = np.zeros_like(first)
    second[1, 2, 3:5] = 1
    return np.stack([first, second], axis=-1)


def test_segments_bring_their_names_codes_and_sides(tmp_path: Path) -> None:
    fields = segment(0, "T8 vertebra", 1) | segment(1, "artery", 2, kind=ARTERY, side=LEFT)
    fields |= segment(2, "mass", 3, kind=NEOPLASM)
    ours = read_nrrd(nrrd(tmp_path / "x.seg.nrrd", _three(layers=False), fields=fields), where="x")

    assert ours.words == {1: "T8 vertebra", 2: "artery", 3: "mass"}
    assert {id: str(each) for id, each in ours.structures.items()} == {1: "vertebra T8", 2: "vertebral artery left"}
    assert ours.tumours == {3}
    assert ours.overlapping == ()


def test_layers_are_taken_apart(tmp_path: Path) -> None:
    fields = segment(0, "T8 vertebra", 1) | segment(1, "liver", 2) | segment(2, "tumour A", 1, layer=1)
    path = nrrd(tmp_path / "x.seg.nrrd", _three(layers=True), fields=fields)
    ours = read_nrrd(path, where="x")

    assert ours.grid.is_same_as(GRID)
    assert ours.overlapping == ((1, 3),)
    assert "numbered in their order" in ours.said[0]
    alone = read_nrrd(path, where="x", wanted=(3,))
    np.testing.assert_array_equal(alone.array == 3, _three(layers=True)[..., 1] == 1)
    assert alone.overlapping == ()
    assert alone.left == {1: "T8 vertebra", 2: "liver"}


def test_layers_with_values_of_their_own_keep_them(tmp_path: Path) -> None:
    voxels = _three(layers=True)
    voxels[..., 1] *= 9
    fields = segment(0, "T8 vertebra", 1) | segment(1, "liver", 2) | segment(2, "tumour A", 9, layer=1)
    ours = read_nrrd(nrrd(tmp_path / "x.seg.nrrd", voxels, fields=fields), where="x")

    assert set(ours.words) == {1, 2, 9}
    assert ours.said == ()


def test_import_makes_a_map_of_each_layer(tmp_path: Path) -> None:
    fields = segment(0, "T8 vertebra", 1) | segment(1, "spleen", 2) | segment(2, "mass", 1, layer=1, kind=NEOPLASM)
    path = nrrd(tmp_path / "x.seg.nrrd", _three(layers=True), fields=fields)
    folder = case_folder(
        tmp_path / "case", "schema: enbloc/case/1\nid: x\nimages:\n  ct: {file: images/ct.nii.gz, modality: CT}\n"
    )
    (folder / "labels/tumour.nii.gz").unlink()
    lines = import_into(folder, [path], tumour="A")
    record = read_case(folder)
    maps = read_images(folder, record).labels

    assert record.labels["anatomy"].structures == {1: "vertebra T8"}
    assert [each.kind.value for held in maps.values() for each in held.boxes] == ["vertebra", "tumour"]
    assert any("segment 2 spleen was not taken: its name and code" in line for line in lines)
    assert any("numbered in their order" in line for line in lines)


def test_a_tumour_that_nobody_named_is_not_taken_and_that_is_said(tmp_path: Path) -> None:
    fields = segment(0, "T8 vertebra", 1) | segment(1, "T8", 2, kind=NEOPLASM) | segment(2, "x", 3)
    path = nrrd(tmp_path / "x.seg.nrrd", _three(layers=False), fields=fields)
    folder = case_folder(
        tmp_path / "case", "schema: enbloc/case/1\nid: x\nimages:\n  ct: {file: images/ct.nii.gz, modality: CT}\n"
    )
    lines = import_into(folder, [path])

    assert read_case(folder).labels["anatomy"].structures == {1: "vertebra T8"}
    assert "x.seg.nrrd: segment 2 T8 was not taken: say with --tumour whose it is." in lines


def test_a_case_reads_a_plain_map_by_its_record(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "case")
    nrrd(folder / "labels/tumour.nrrd", labels())
    record = (folder / "case.yaml").read_text().replace("tumour.nii.gz", "tumour.nrrd")
    (folder / "case.yaml").write_text(record)
    held = read_images(folder, read_case(folder)).labels["tumour"]

    np.testing.assert_array_equal(held.mask(structure("tumour A")), labels() == 1)


def test_a_plain_map_is_imported_like_nifti(tmp_path: Path) -> None:
    folder = case_folder(
        tmp_path / "case", "schema: enbloc/case/1\nid: x\nimages:\n  ct: {file: images/ct.nii.gz, modality: CT}\n"
    )
    with pytest.raises(RecordError, match="whose meaning is not known"):
        import_into(folder, [nrrd(tmp_path / "x.nrrd", labels())])
    import_into(folder, [nrrd(tmp_path / "x.nrrd", labels())], scheme="verse", role="bone")
    import_into(folder, [nrrd(tmp_path / "x.nrrd", labels())], tumour="B", role="mass")

    record = read_case(folder)
    assert record.labels["bone"].structures == {1: "vertebra C1"}
    assert record.labels["mass"].structures == {1: "tumour B"}


# --- odd and hostile files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"space": ""}, "does not say how it lies"),
        ({"space": "scanner-xyz"}, "does not say how it lies"),
        ({"space directions": ""}, "geometry cannot be read"),
        ({"space directions": "(1,0,0) (0,1.5,0)"}, "geometry cannot be read"),
        ({"space directions": "(1,0) (0,1.5) (0,0)"}, "geometry cannot be read"),
        ({"space directions": "(1,0,0) (0,1.5,0) none"}, "no single volume"),
        ({"space directions": "(1,0,0) (0,1.5,0) (0,1.5,2)"}, "right angles"),
        ({"space directions": "(1,0,0) (0,1.5,0) (0,0,0)"}, "voxel size"),
        ({"space directions": "(1,0,0) (0,1.5,0) (0,0,nan)"}, "voxel size"),
        ({"space directions": "(1000,0,0) (0,1500,0) (0,0,2000)"}, "voxel size"),
        ({"space origin": ""}, "geometry cannot be read"),
        ({"space origin": "(nan,0,0)"}, "voxel size"),
        ({"sizes": "6 5 -4"}, "size is not possible"),
        ({"sizes": "6 5"}, "geometry cannot be read"),
        ({"sizes": "60000 60000 60000"}, "size is not possible"),
        ({"sizes": "6 5 5"}, "cut short"),
        ({"dimension": "4"}, "geometry cannot be read"),
        ({"type": "block"}, "packed in a way"),
        ({"encoding": "bzip2"}, "packed in a way"),
        ({"encoding": "ascii"}, "packed in a way"),
        ({"byte skip": "-1"}, "skips a part"),
        ({"data file": "../../secret.raw"}, "in another file"),
        (segment(0, "T8 vertebra", 1) | segment(1, "T9", 1), "two segments as one label"),
        (segment(0, "T8 vertebra", 1, layer=3), "cannot hold"),
        (segment(0, "T8 vertebra", -1), "cannot hold"),
        (segment(0, "T8 vertebra", 4), "no segment describes: 1"),
    ],
)
def test_an_odd_header_is_refused_in_one_line(tmp_path: Path, fields: dict[str, str], words: str) -> None:
    path = nrrd(tmp_path / "x.nrrd", labels(), fields=fields)
    with pytest.raises(RecordError, match=words) as fault:
        read_nrrd(path, where="x.nrrd")
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("voxels", "words"),
    [
        (-labels().astype(np.int16), "are no labels"),
        (labels() * np.float32(0.5), "no whole numbers"),
        (np.where(labels(), np.float32(np.nan), np.float32(0)), "no whole numbers"),
        (np.where(labels(), np.float32(np.inf), np.float32(0)), "no whole numbers"),
        (0 * labels(), "No label is set"),
        (np.stack([labels()] * 2, axis=-1), "several layers"),
    ],
)
def test_what_is_no_label_map_is_refused(tmp_path: Path, voxels: NDArray[Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        read_nrrd(nrrd(tmp_path / "x.nrrd", voxels), where="x")


def test_a_bomb_unpacks_no_further_than_its_header_says(tmp_path: Path) -> None:
    path = nrrd(tmp_path / "x.nrrd", labels())
    head = path.read_bytes().partition(b"\n\n")[0] + b"\n\n"
    path.write_bytes(head + gzip.compress(labels().tobytes() + bytes(1 << 26)))

    np.testing.assert_array_equal(read_nrrd(path, where="x").array, labels())


def test_damage_never_gives_anything_but_our_errors(tmp_path: Path) -> None:
    path = nrrd(
        tmp_path / "x.seg.nrrd", _three(layers=False), fields=segment(0, "T8 vertebra", 1) | segment(1, "liver", 2)
    )
    whole = path.read_bytes()
    random = np.random.default_rng(3)
    for at in range(150):
        broken = bytearray(whole[: int(random.integers(1, len(whole)))] if at % 3 == 0 else whole)
        for place in random.integers(0, len(broken), at % 3 * 3):
            broken[place] = int(random.integers(256))
        path.write_bytes(bytes(broken))
        try:
            read_nrrd(path, where="x")
        except RecordError as fault:
            lines = str(fault).count("\n")
        else:
            lines = 0
        assert lines == 0
