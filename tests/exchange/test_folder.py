"""The case folder: read, checked, written; every bad input of the specification is one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, Level, tumour
from enbloc.case.case import Case
from enbloc.case.image import Grid
from enbloc.errors import EnblocError, FaultsError, OutputError, RecordError
from enbloc.exchange import nifti
from enbloc.exchange.folder import (
    create,
    faults,
    import_into,
    read_case,
    read_images,
    staged,
    write_case,
    write_case_folder,
)
from tests import strategies
from tests.data import real_data
from tests.exchange.making import GRID, RECORD, case_folder, labels, scan, series, slice_of


def moved(grid: Grid, by: tuple[float, float, float], flip: tuple[float, float, float] = (1, 1, 1)) -> Grid:
    affine = np.diag([*flip, 1.0]) @ grid.affine
    affine[:3, 3] += by
    return Grid(shape=grid.shape, affine=affine)


def test_a_sound_folder_is_read_and_nothing_is_wrong(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "Fall ü 1")
    images = read_images(folder, read_case(folder))
    assert faults(folder) == ()
    assert np.array_equal(images.volumes["ct"].voxels, scan())
    assert images.labels["tumour"].mask(tumour("A")).sum() == 4
    assert images.labels["tumour"].grid is images.volumes["ct"].grid
    assert images.said == ("images/ct.nii.gz: names no patient; that it is this one was not checked.",)
    assert images.unused == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(case=strategies.cases())
def test_a_case_comes_back_from_disk(case: Case, tmp_path: Path) -> None:
    write_case(tmp_path, case)
    assert read_case(tmp_path) == case


def test_a_folder_written_whole_comes_back(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "a")
    case = read_case(folder)
    write_case_folder(tmp_path / "b", case, read_images(folder, case))
    assert read_case(tmp_path / "b") == case
    again = read_images(tmp_path / "b", case)
    assert np.array_equal(again.volumes["ct"].voxels, scan())
    assert np.array_equal(again.labels["tumour"].labels, labels())
    with pytest.raises(OutputError):
        write_case_folder(tmp_path / "b", case, again)


def test_everything_not_used_is_listed(tmp_path: Path) -> None:
    record = RECORD.replace("structures: {1: tumour A}", "scheme: totalsegmentator-v2, structures: {200: tumour A}")
    folder = case_folder(tmp_path / "a", record)
    drawn = labels()
    drawn[0, 0, :3] = (2, 79, 200)
    nifti.write(folder / "labels/tumour.nii.gz", drawn, GRID)
    (folder / "dose").mkdir()
    (folder / "dose/plan.dcm").write_bytes(b"x")
    images = read_images(folder, read_case(folder))
    assert [(each.what, each.why) for each in images.unused] == [
        ("labels/tumour.nii.gz: spleen (1), kidney right (2)", "enbloc has no such structure"),
        ("dose/plan.dcm", "case.yaml does not name it"),
    ]
    assert set(images.labels["tumour"].ids) == {CORD, tumour("A")}


def relabelled(array: NDArray[Any], grid: Grid = GRID) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        nifti.write(folder / "labels/tumour.nii.gz", array, grid)

    return write


def rewritten(record: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "case.yaml").write_bytes(record)

    return write


def replaced(old: str, new: str) -> Callable[[Path], None]:
    return rewritten(RECORD.replace(old, new).encode())


def cut(file: str) -> Callable[[Path], None]:
    def short(folder: Path) -> None:
        content = (folder / file).read_bytes()
        (folder / file).write_bytes(content[: len(content) * 2 // 3])

    return short


def with_nan(folder: Path) -> None:
    nifti.write(folder / "images/ct.nii.gz", np.full(GRID.shape, np.nan, np.float32), GRID)


def with_infinity(folder: Path) -> None:
    nifti.write(folder / "images/ct.nii.gz", np.full(GRID.shape, -np.inf, np.float32), GRID)


BAD = [
    pytest.param(lambda folder: (folder / "case.yaml").unlink(), "There is no case.yaml in it", id="no record"),
    pytest.param(lambda folder: (folder / "images/ct.nii.gz").unlink(), "no such file", id="no image"),
    pytest.param(relabelled(labels() * 203), "unknown ids: 203", id="unknown ids"),
    pytest.param(relabelled(labels() * np.float32(1.5)), "fractional", id="fractional values"),
    pytest.param(relabelled(labels() * np.uint8(0)), "No label is set", id="all zeros"),
    pytest.param(relabelled(labels(), moved(GRID, (500, 0, 0))), "500 mm away", id="map elsewhere"),
    pytest.param(relabelled(labels(), moved(GRID, (0, 0, 0), (-1, -1, 1))), "mirror image", id="RAS taken for LPS"),
    pytest.param(relabelled(labels(), moved(GRID, (0, 0, 0), (-1, 1, 1))), "mirror image", id="sides exchanged"),
    pytest.param(relabelled(labels()[:, :, :5], Grid(shape=(4, 5, 5), affine=moved(GRID, (90, 0, 0)).affine)),
                 "lies outside of", id="no overlap"),
    pytest.param(with_nan, "not a number", id="NaN voxels"),
    pytest.param(with_infinity, "infinite", id="infinite voxels"),
    pytest.param(cut("images/ct.nii.gz"), "cut short", id="truncated image"),
    pytest.param(cut("labels/tumour.nii.gz"), "cut short", id="truncated labels"),
    pytest.param(rewritten("id: Müller".encode("latin-1")), "not UTF-8", id="not UTF-8"),
    pytest.param(rewritten((RECORD + "id: y\n").encode()), "stands twice", id="duplicate keys"),
    pytest.param(rewritten((RECORD + "nmae: y\n").encode()), "no such key", id="unknown keys"),
    pytest.param(replaced("- {id: A}", "- {id: 7}"), "lesions[0].id", id="wrong types"),
    pytest.param(replaced("id: x", "id: x\nas_of: 2026-02-30"), "not a date", id="impossible dates"),
    pytest.param(replaced("id: x", 'id: x\nstory: "a\\0b"'), "null character", id="a null character"),
    pytest.param(replaced("id: x", 'id: x\nstory: "a\\ud800b"'), "half of one", id="half a character"),
    pytest.param(replaced("structures: {1: tumour A}", "structures: {1: cord}"), "names a tumour", id="no tumour"),
    pytest.param(replaced("tumour A", "tumour B"), "no lesion B", id="tumour of no lesion"),
    pytest.param(replaced("images/ct.nii.gz", "../ct.nii.gz"), "from the case folder", id="a way out"),
    pytest.param(replaced("images/ct.nii.gz", "/etc/passwd"), "from the case folder", id="absolute"),
    pytest.param(replaced("structures: {1: tumour A}", "scheme: mine"), "no such label scheme", id="no scheme"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "words"), BAD)
def test_bad_input_is_one_clear_line(spoil: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "Mustermann Erika ü")
    spoil(folder)
    before = sorted(folder.rglob("*"))
    with pytest.raises(RecordError) as fault:
        read_images(folder, read_case(folder))
    line = str(fault.value)
    assert words in line
    assert "\n" not in line
    assert str(tmp_path) not in line
    assert fault.value.where
    assert fault.value.remedy
    assert any(words in str(each) for each in faults(folder))
    assert sorted(folder.rglob("*")) == before


def test_check_finds_everything_at_once(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "a")
    cut("images/ct.nii.gz")(folder)
    relabelled(labels() * 9)(folder)
    assert [each.where for each in faults(folder)] == ["images/ct.nii.gz", "labels/tumour.nii.gz"]


def test_no_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"^nowhere: There is no such folder"):
        read_case(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RecordError, match=r"^empty: There is no case\.yaml"):
        read_case(tmp_path / "empty")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "a")
    (folder / "images/ct.nii.gz").rename(tmp_path / "ct.nii.gz")
    (folder / "images/ct.nii.gz").symlink_to(tmp_path / "ct.nii.gz")
    with pytest.raises(FaultsError, match="leads out"):
        read_images(folder, read_case(folder))


# --- import -----------------------------------------------------------------------------------------------------------


def test_dicom_is_imported_with_a_receipt_that_names_nobody(tmp_path: Path) -> None:
    source = series(tmp_path / "study", [slice_of(at) for at in range(3)])
    folder = tmp_path / "case ü"
    create(folder)
    lines = import_into(folder, [source])
    assert lines == ("images/ct.nii.gz: CT, 3 slices of study.",)
    case = read_case(folder)
    assert str(case.images["ct"].date) == "2026-11-18"
    images = read_images(folder, case, needs_tumour=False)
    assert images.said == ()
    assert images.volumes["ct"].voxels[1, 0, 0] == 100 - 1024
    assert "# Who the patient is" in (folder / "case.yaml").read_text(encoding="utf-8")
    for file in folder.rglob("*"):
        for secret in (b"4711", b"Mustermann", b"19650203"):
            assert file.is_dir() or secret not in file.read_bytes()


def test_two_imports_of_two_patients_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    create(folder)
    import_into(folder, [series(tmp_path / "a", [slice_of(at) for at in range(3)])])
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    other = series(tmp_path / "b", [slice_of(at, PatientID="0815") for at in range(3)])
    with pytest.raises(RecordError, match="2 patients"):
        import_into(folder, [other])
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    same = series(tmp_path / "c", [slice_of(at, SeriesInstanceUID="1.9") for at in range(3)])
    assert import_into(folder, [same])[0].startswith("images/ct2.nii.gz")


def test_dicom_may_stay_as_it_is(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "a", RECORD.replace("images/ct.nii.gz", "images/ct"))
    series(folder / "images/ct", [slice_of(at) for at in range(3)])
    (folder / "images/ct.nii.gz").unlink()
    nifti.write(folder / "labels/tumour.nii.gz", np.ones((3, 4, 5), np.uint8), GRID_OF_SLICES)
    images = read_images(folder, read_case(folder))
    assert images.volumes["ct"].taken is not None
    assert images.labels["tumour"].mask(tumour("A")).all()


GRID_OF_SLICES = Grid(
    shape=(3, 4, 5), affine=np.array([[0, 0, 0.75, -1], [0, 0.5, 0, -2], [2.0, 0, 0, 0], [0, 0, 0, 1]])
)


def test_label_maps_are_recognised_and_their_meaning_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    create(folder)
    nifti.write(tmp_path / "scan.nii.gz", scan() * 5, GRID)
    nifti.write(tmp_path / "map.nii.gz", labels() * 20, GRID)
    nifti.write(tmp_path / "mass.nii.gz", labels(), GRID)
    import_into(folder, [tmp_path / "scan.nii.gz"])
    with pytest.raises(RecordError, match="--scheme verse"):
        import_into(folder, [tmp_path / "map.nii.gz"])
    with pytest.raises(RecordError, match="does not know"):
        import_into(folder, [tmp_path / "map.nii.gz"], scheme="totalspineseg")
    with pytest.raises(RecordError, match="--on"):
        import_into(folder, [tmp_path / "map.nii.gz"], scheme="verse", on="mr")
    nifti.write(tmp_path / "away.nii.gz", labels() * 20, moved(GRID, (500, 0, 0)))
    with pytest.raises(RecordError, match=r"^away\.nii\.gz: .* 500 mm away"):
        import_into(folder, [tmp_path / "away.nii.gz"], scheme="verse")
    import_into(folder, [tmp_path / "map.nii.gz"], scheme="verse")
    import_into(folder, [tmp_path / "mass.nii.gz"], tumour="A")
    images = read_images(folder, read_case(folder))
    assert images.levels == (Level.L1,)
    assert images.labels["tumour"].mask(tumour("A")).sum() == 4
    assert faults(folder) == ()
    with pytest.raises(RecordError, match="already has ct"):
        import_into(folder, [tmp_path / "scan.nii.gz"], role="ct")


def test_a_failed_import_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "case"
    create(folder)
    nifti.write(tmp_path / "scan.nii.gz", scan() * 5, GRID)
    before = sorted(folder.rglob("*"))

    def full(self: Path, *_: object, **__: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        import_into(folder, [tmp_path / "scan.nii.gz"])
    assert sorted(folder.rglob("*")) == before


def test_what_an_import_does_to_a_scan_is_said(tmp_path: Path) -> None:
    create(tmp_path / "case")
    nifti.write(tmp_path / "scan.nii.gz", scan().astype(np.float32) * 5 + 0.25, GRID)
    lines = import_into(tmp_path / "case", [tmp_path / "scan.nii.gz"])
    assert "scan.nii.gz: its values were rounded to whole Hounsfield units." in lines


def test_an_import_goes_on_from_one_that_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    create(folder)
    nifti.write(tmp_path / "scan.nii.gz", scan() * 5, GRID)
    # What a killed import can leave: a whole file that the record does not name, and a draft.
    whole = (tmp_path / "scan.nii.gz").read_bytes()
    (folder / "images/ct.nii.gz").write_bytes(whole)
    (folder / "images/.ct.receipt.json.new").write_bytes(b"{half")
    assert import_into(folder, [tmp_path / "scan.nii.gz"])[0].startswith("images/ct.nii.gz")
    assert sorted(path.name for path in (folder / "images").iterdir()) == ["ct.nii.gz", "ct.receipt.json"]
    assert faults(folder) == ()
    (folder / "images/ct2.nii.gz").write_bytes(b"somebody's")
    with pytest.raises(OutputError, match="a file of that name"):
        import_into(folder, [tmp_path / "scan.nii.gz"])
    assert (folder / "images/ct2.nii.gz").read_bytes() == b"somebody's"


def test_a_case_of_nothing_is_refused_and_one_without_images_is_not(tmp_path: Path) -> None:
    create(tmp_path / "a")
    with pytest.raises(RecordError, match="neither an image nor a lesion"):
        read_images(tmp_path / "a", read_case(tmp_path / "a"))
    (tmp_path / "a" / "case.yaml").write_text("schema: enbloc/case/1\nid: x\nlesions: [{id: A}]\n")
    assert read_images(tmp_path / "a", read_case(tmp_path / "a")).volumes == {}


# --- results ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), RecordError("x", remedy="y"), KeyError(1)])
def test_a_failed_run_leaves_the_earlier_result(fault: Exception, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with staged(out) as folder:
        (folder / "workup.json").write_text("first")

    def run() -> None:
        with staged(out) as folder:
            (folder / "workup.json").write_text("half")
            raise fault

    with pytest.raises((EnblocError, KeyError)):
        run()
    assert (out / "workup.json").read_text() == "first"
    assert list(tmp_path.iterdir()) == [out]


# --- real -------------------------------------------------------------------------------------------------------------


def test_a_real_slab_and_its_labels_are_joined(tmp_path: Path) -> None:
    home = real_data("dicom-ct-t11-t12")
    create(tmp_path / "case")
    import_into(tmp_path / "case", [home / "dicom.zip", home / "labels_total_v2.nii.gz"], scheme="totalsegmentator-v2")
    images = read_images(tmp_path / "case", read_case(tmp_path / "case"), needs_tumour=False)
    assert images.levels == (Level.T11, Level.T12)
    assert "turned round" in images.said[1]
    bone = images.labels["anatomy"].mask(next(s for s in images.labels["anatomy"].ids if s.level is Level.T12))
    # The labels lie on bone only if both were placed alike.
    assert images.volumes["ct"].voxels[bone].mean() > 150


@pytest.mark.parametrize(("name", "level"), [("dicom-ct-t11-t12", "T12"), ("ct-lumbar-3mm", "L3")])
def test_a_lesion_is_painted_into_a_real_case(name: str, level: str, tmp_path: Path) -> None:
    from enbloc.exchange.painting import painted_case

    home = real_data(name)
    scan = home / ("dicom.zip" if name.startswith("dicom") else "ct.nii.gz")
    create(tmp_path / "case")
    import_into(tmp_path / "case", [scan, home / "labels_total_v2.nii.gz"], scheme="totalsegmentator-v2")
    (tmp_path / "lesion.yaml").write_text(f"level: {level}\nradii_mm: [13, 11, 9]\n")
    painted_case(tmp_path / "case", tmp_path / "lesion.yaml", tmp_path / "painted")
    case = read_case(tmp_path / "painted")
    images = read_images(tmp_path / "painted", case)
    assert case.origin.value == "painted"
    assert [str(at) for at in case.lesions[0].levels] == [level]
    mass = images.labels["tumour"].mask(tumour("A"))
    assert mass.any()
    assert images.volumes["ct"].voxels[mass].mean() < 150
    with pytest.raises(RecordError, match="already has a label"):
        painted_case(tmp_path / "painted", tmp_path / "lesion.yaml", tmp_path / "again")
    assert not (tmp_path / "again").exists()
