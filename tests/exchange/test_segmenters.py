"""Outside segmenters, played by a fake that speaks their command lines and files; and what comes into the case."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from enbloc.case.anatomy import StructureKind
from enbloc.case.image import Volume
from enbloc.case.origin import Modality
from enbloc.errors import BackendError, EnblocError, RecordError
from enbloc.exchange import nifti
from enbloc.exchange.folder import read_case
from enbloc.exchange.images import read_images
from enbloc.exchange.outside import Limits
from enbloc.exchange.receipt import receipt_of
from enbloc.exchange.segmenters import BACK_ENDS, Outside, back_end
from enbloc.exchange.segmenting import UNCONFIRMED, outlined_case, segmented
from enbloc.measure.segmenting.protocol import Segmenter, choose
from tests.exchange.making import GRID, scan

FAKE = Path(__file__).parents[1] / "fakes/segmenter.py"
VERSIONS = {"TotalSegmentator": "2.18.0", "spineps": "2.1.3", "totalspineseg": "20260807"}
WORDS = {"totalsegmentator": "TotalSegmentator", "spineps": "spineps", "totalspineseg": "totalspineseg"}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fakes are scripts with a shebang")

RECORD = """\
# written by hand
schema: enbloc/case/1
id: x
images:
  ct: {file: images/ct.nii.gz, modality: CT}   # the planning scan
  mr-t2: {file: images/t2.nii.gz, modality: MR}
confirmations:
  - {of: labels, by: R. Example, on: 2026-11-20, sha256: abc}
"""


def installed(path: Path, command: str, mode: str = "well") -> str:
    """An environment with a fake of this name in it; where its program lies."""
    (path / "bin").mkdir(parents=True)
    program = path / "bin" / command
    program.write_text(f"#!{sys.executable} -I\n" + FAKE.read_text(encoding="utf-8"), encoding="utf-8")
    program.chmod(0o755)
    (path / "bin/mode.txt").write_text(mode)
    stated = path / f"lib/python3.11/site-packages/{command.lower()}-{VERSIONS[command]}.dist-info"
    stated.mkdir(parents=True)
    (stated / "METADATA").write_text("Project-URL: Dataset102_TotalSpineSeg_step2, https://x/step2_r20260730.zip\n")
    return str(program)


def volume(modality: Modality = Modality.CT) -> Volume:
    kind = np.int16 if modality is Modality.CT else np.float32
    return Volume(voxels=scan().astype(kind), grid=GRID, modality=modality)


def case(path: Path) -> Path:
    (path / "images").mkdir(parents=True)
    nifti.write(path / "images/ct.nii.gz", scan(), GRID)
    nifti.write(path / "images/t2.nii.gz", scan().astype(np.float32), GRID)
    (path / "case.yaml").write_text(RECORD, encoding="utf-8")
    return path


def contents(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def tool(tmp_path: Path, mode: str = "well", name: str = "totalsegmentator", **limits: float) -> Outside:
    made = Limits(**limits)  # type: ignore[arg-type]  # whole numbers where they must be
    return back_end(name, executable=installed(tmp_path / "env", WORDS[name], mode), limits=made)


@pytest.mark.parametrize(
    ("name", "on", "by", "holds"),
    [
        ("totalsegmentator", "ct", "TotalSegmentator 2.18.0, task total", {"anatomy": ["vertebra L3", "vertebra L2"]}),
        (
            "spineps",
            "ct",
            "SPINEPS 2.1.3, models ct, ct_instance, ct_labeling",
            {"vertebrae": ["vertebra L1", "disc L2"], "parts": ["cord"]},
        ),
        (
            "spineps",
            "mr-t2",
            "SPINEPS 2.1.3, models t2w, instance, t2w_labeling",
            {"vertebrae": ["vertebra L1", "disc L2"], "parts": ["cord"]},
        ),
        ("totalspineseg", "mr-t2", "TotalSpineSeg 20260807, weights r20260730", {"anatomy": ["vertebra L3", "cord"]}),
    ],
)
def test_a_tool_labels_an_image_of_a_case(
    tmp_path: Path, name: str, on: str, by: str, holds: dict[str, list[str]]
) -> None:
    folder = case(tmp_path / "case")
    told: list[str] = []
    lines = segmented(folder, by=name, on=on, executable=installed(tmp_path / "env", WORDS[name]), said=told.append)

    record = read_case(folder)
    maps = read_images(folder, record, needs_tumour=False).labels
    for role, structures in holds.items():
        assert set(structures) <= {str(each) for each in maps[role].boxes}
        receipt = receipt_of(folder, record.labels[role].file)
        assert receipt is not None
        assert receipt.source == by
        assert record.labels[role].on == on
    assert UNCONFIRMED in lines
    assert by in " ".join(lines)
    assert VERSIONS[WORDS[name]] in told[0]


def test_the_record_keeps_its_comments_and_no_confirmation_holds(tmp_path: Path) -> None:
    folder = case(tmp_path / "case")
    segmented(folder, by="totalsegmentator", executable=installed(tmp_path / "env", "TotalSegmentator"))
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    record = read_case(folder)

    assert "# written by hand" in text
    assert "# the planning scan" in text
    sha256 = read_images(folder, record, needs_tumour=False).labels_sha256
    assert not any(each.holds(each.of, sha256) for each in record.confirmations)


def test_segmenting_twice_keeps_both(tmp_path: Path) -> None:
    folder = case(tmp_path / "case")
    program = installed(tmp_path / "env", "TotalSegmentator")
    segmented(folder, by="totalsegmentator", executable=program)
    segmented(folder, by="totalsegmentator", executable=program)

    assert list(read_case(folder).labels) == ["anatomy", "anatomy2"]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("fail", "TotalSegmentator failed: RuntimeError: no kernel image in x.so for this card. Try"),
        ("garbage", "no label map"),
        ("grid", "another grid"),
        ("strange", "numbers that totalsegmentator-v2 does not know: 255"),
        ("nothing", "left no label maps"),
        ("empty", "no label is set"),
    ],
)
def test_a_tool_that_goes_wrong_leaves_the_case_as_it_was(tmp_path: Path, mode: str, words: str) -> None:
    folder = case(tmp_path / "case")
    before = contents(folder)
    with pytest.raises(BackendError, match=words) as fault:
        segmented(folder, by="totalsegmentator", executable=installed(tmp_path / "env", "TotalSegmentator", mode))

    assert contents(folder) == before
    assert "\n" not in str(fault.value)
    assert str(tmp_path) not in str(fault.value)


def test_a_tool_that_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(BackendError, match="did not end within"):
        tool(tmp_path, "hang", seconds=2.0).segment(volume())

    assert time.monotonic() - began < 30.0, "it waited for the tool"
    child = int((tmp_path / "env/bin/child.txt").read_text())
    for _ in range(50):
        if not _lives(child):
            break
        time.sleep(0.1)
    assert not _lives(child)


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems count memory in other ways")
def test_a_tool_that_wants_too_much_memory_fails(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="MemoryError"):
        tool(tmp_path, "greedy", memory_bytes=400_000_000).segment(volume())


def test_a_tool_sees_no_setting_that_is_not_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENBLOC_SECRET", "1")

    assert tool(tmp_path, "secret").segment(volume())


@pytest.mark.parametrize("name", sorted(BACK_ENDS))
def test_a_missing_tool_names_the_command_that_installs_it(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    scans = {Modality.CT: volume(), Modality.MR: volume(Modality.MR)}
    made = back_end(name)
    with pytest.raises(BackendError, match="pip install") as fault:
        made.segment(scans[min(made.reads, key=str)], weighting="t2")
    assert "is not installed" in str(fault.value)
    with pytest.raises(BackendError, match="There is no program gone"):
        back_end(name, executable="/nowhere/gone").version()


def test_a_tool_on_the_path_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(tmp_path / "env", "TotalSegmentator")
    monkeypatch.setenv("PATH", str(tmp_path / "env/bin"))

    assert back_end("totalsegmentator").version() == "2.18.0"
    shutil.rmtree(tmp_path / "env/lib")
    assert back_end("totalsegmentator").version() == "version not stated"


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"by": "nnunet"}, "no segmenter 'nnunet'"),
        ({"by": "spineps"}, "not clear which image"),
        ({"by": "totalsegmentator", "on": "pet"}, "no image pet"),
        ({"by": "totalsegmentator", "on": "mr-t2"}, "made for CT"),
        ({"by": "totalspineseg", "on": "ct"}, "made for MR"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_runs(
    tmp_path: Path, kwargs: dict[str, str], words: str
) -> None:
    with pytest.raises(EnblocError, match=words):
        segmented(case(tmp_path / "case"), **kwargs)  # type: ignore[arg-type]  # all of them are words


def test_spineps_must_know_the_weighting(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="T1 and one for T2"):
        tool(tmp_path, name="spineps").segment(volume(Modality.MR))


def test_tools_say_what_they_can_do() -> None:
    tools: list[Segmenter] = [back_end(name) for name in BACK_ENDS]

    assert choose(tools, StructureKind.AORTA, Modality.CT).name == "TotalSegmentator"
    assert choose(tools, StructureKind.CANAL, Modality.MR).name == "SPINEPS"
    with pytest.raises(BackendError, match="No segmenter labels tumour on CT"):
        choose(tools, StructureKind.TUMOUR, Modality.CT)


# --- a tumour from strokes --------------------------------------------------------------------------------------------


def _with_lesion(path: Path) -> Path:
    """A case whose CT, 2 × 1.5 × 1 mm, holds a dark ball in bright bone."""
    from enbloc.case.image import Grid

    grid = Grid(
        shape=(20, 24, 30), affine=np.array([[0, 0, 1.0, -15], [0, 1.5, 0, -18], [2.0, 0, 0, -20], [0, 0, 0, 1]])
    )
    points = grid.points_mm(np.indices(grid.shape).reshape(3, -1).T).reshape(*grid.shape, 3)
    voxels = np.where((points**2).sum(axis=-1) <= 64.0, 40, 200) + np.random.default_rng(0).integers(-8, 9, grid.shape)
    (path / "images").mkdir(parents=True)
    nifti.write(path / "images/ct.nii.gz", voxels.astype(np.int16), grid)
    (path / "case.yaml").write_text(RECORD.replace("  mr-t2: {file: images/t2.nii.gz, modality: MR}\n", ""))
    return path


STROKES = """\
lesion: B
tumour:
  - [[-4, 0, 0], [4, 0, 0]]
background:
  - [[12, 0, 0]]
"""


def test_a_tumour_is_outlined_from_strokes_into_the_case(tmp_path: Path) -> None:
    folder = _with_lesion(tmp_path / "case")
    (tmp_path / "strokes.yaml").write_text(STROKES)
    lines = outlined_case(folder, tmp_path / "strokes.yaml")
    record = read_case(folder)
    drawn = read_images(folder, record).labels["tumour-B"]

    assert record.labels["tumour-B"].file == "labels/tumour-B.nii.gz"
    assert record.labels["tumour-B"].structures == {1: "tumour B"}
    assert [lesion.id for lesion in record.lesions] == ["B"]
    assert (drawn.labels > 0).sum() * drawn.grid.voxel_cc == pytest.approx(4 / 3 * np.pi * 0.512, rel=0.1)
    assert "outlined by a tool from strokes" in lines[-2]
    assert lines[-1] == UNCONFIRMED
    receipt = receipt_of(folder, "labels/tumour-B.nii.gz")
    assert receipt is not None
    assert receipt.source.startswith("enbloc ")
    with pytest.raises(RecordError, match="already has a label of tumour B"):
        outlined_case(folder, tmp_path / "strokes.yaml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lesion: B\n", "no stroke in the tumour"),
        (STROKES.replace("[-4, 0, 0]", "[-400, 0, 0]"), "leaves the scan"),
        (STROKES.replace("[-4, 0, 0]", "[.nan, 0, 0]"), "strokes.yaml"),
        (STROKES.replace("[-4, 0, 0]", "[0, 0]"), "strokes.yaml"),
        (STROKES + "on: pet\n", "no image pet"),
        (STROKES + "colour: red\n", "colour"),
        ("", "strokes.yaml"),
    ],
)
def test_strokes_that_cannot_be_leave_the_case_as_it_was(tmp_path: Path, text: str, words: str) -> None:
    folder = _with_lesion(tmp_path / "case")
    before = contents(folder)
    (tmp_path / "strokes.yaml").write_text(text)
    with pytest.raises(RecordError, match=words) as fault:
        outlined_case(folder, tmp_path / "strokes.yaml")

    assert "\n" not in str(fault.value)
    assert contents(folder) == before


def test_without_an_image_there_is_nothing_to_outline(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case/case.yaml").write_text("schema: enbloc/case/1\nid: x\n")
    (tmp_path / "strokes.yaml").write_text(STROKES)

    with pytest.raises(RecordError, match="no image"):
        outlined_case(tmp_path / "case", tmp_path / "strokes.yaml")
    with pytest.raises(RecordError, match="no such file"):
        outlined_case(tmp_path / "case", tmp_path / "gone.yaml")
