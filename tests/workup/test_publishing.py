"""The folder of a plan: every file of it, readable as written down, the same twice, and never half."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from enbloc.case.anatomy import Side
from enbloc.decide.decision import Holds
from enbloc.errors import OutputError, RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.follow.planning import Planning
from enbloc.phantom import Phantom, build, in_pedicle
from enbloc.plan import Operation, Wishes
from enbloc.plan.sheet.values import CutNumbers
from enbloc.plan.solids.framed import FramedCut
from enbloc.workup import fingerprint, plan_case, publish_plan, publishing
from tests.plan.en_bloc.phantoms import T8, lateral, recipe

NAME = "sagittal-resection-T8-left"
MESHES = {"blade", "remaining", "specimen", "tumour"}
Files = Mapping[str, bytes]


@cache
def _phantom() -> Phantom:
    """A tumour in the left pedicle and lamina of T8."""
    return build(recipe(lateral(Side.LEFT), in_pedicle(T8, Side.LEFT)))


@cache
def _planned() -> Planning:
    made = _phantom()
    return plan_case(made.case, made.images, wishes=Wishes(operations=(Operation.OBSERVATION, Operation.SAGITTAL)))


def _published(out: Path, result: Planning | None = None) -> Files:
    made = _phantom()
    publish_plan(result or _planned(), made.case, made.images, out)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return _published(tmp_path_factory.mktemp("plan") / "out")


def _json(files: Files, name: str) -> Any:
    return json.loads(files[f"{NAME}/{name}"])


def test_a_plan_with_cuts_has_a_folder_with_everything_and_others_have_none(files: Files) -> None:
    inside = {name.removeprefix(f"{NAME}/") for name in files if name.startswith(NAME)}
    meshes = {name for name in inside if name.endswith(".stl")}

    assert {name for name in files if "/" not in name} == {"plan.json", ".enbloc-result"}
    assert {name.partition("/")[0] for name in files if "/" in name} == {NAME}
    assert {name.partition("-")[0] for name in meshes} == MESHES
    assert inside - meshes == {
        "cut-sheet.json",
        "cut-sheet.pdf",
        "cuts.json",
        "fates.json",
        "fates.nii.gz",
        "scene.glb",
    }


def test_the_result_and_the_numbers_read_back(files: Files) -> None:
    assert from_json(Planning, files["plan.json"].decode()) == _planned()
    (plan,) = [each for each in _planned().plans if each.cuts]
    told = [from_json(CutNumbers, json.dumps(each)) for each in _json(files, "cut-sheet.json")["cuts"]]
    held = _json(files, "cuts.json")
    framed = [from_json(FramedCut, json.dumps({k: v for k, v in one.items() if k != "sheet"})) for one in held["cuts"]]

    assert held["schema"] == "enbloc/plan-cuts/1"
    assert [one.cut for one in told] == [cut.name for cut in plan.cuts] == [one.patient.name for one in framed]
    for one, cut in zip(framed, plan.cuts, strict=True):
        assert one.patient.plane.point_mm == pytest.approx(cut.plane.point_mm, abs=1e-6)
        assert one.patient.plane.normal == pytest.approx(cut.plane.normal, abs=1e-6)
        assert (one.patient.kerf_mm, len(one.patient.within)) == (cut.kerf_mm, len(cut.within))
    assert [one.level for one in told] == [one.level for one in framed]
    assert all(one["sheet"]["islands"] for one in held["cuts"])


def test_the_sheet_carries_the_fingerprint_of_the_result_and_is_not_ready(files: Files) -> None:
    with pypdfium2.PdfDocument(files[f"{NAME}/cut-sheet.pdf"]) as document:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())

    assert fingerprint(files["plan.json"].decode())[:16] in text
    assert "NOT READY" in text
    assert "nobody has confirmed the labels" in text
    assert "T8 LEFT" in text


def test_a_stop_of_the_case_stands_on_the_sheet(tmp_path: Path) -> None:
    (plan,) = [each for each in _planned().plans if each.cuts]
    stop = replace(plan.stops[0], rule="STOP-99", holds=Holds.YES, do="Wait for the example.")
    found = _published(tmp_path / "out", replace(_planned(), plans=(plan,), stops=(stop,)))
    with pypdfium2.PdfDocument(found[f"{NAME}/cut-sheet.pdf"]) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())

    assert "STOP-99 Wait for the example." in text
    assert "were not asked" not in text


def test_the_tumour_of_the_scene_has_the_colours_of_its_margin(files: Files) -> None:
    scene = files[f"{NAME}/scene.glb"]
    size, _ = struct.unpack_from("<I4s", scene, 12)
    described = json.loads(scene[20 : 20 + size])
    at = [node["name"] for node in described["nodes"]].index("tumour A")

    assert "COLOR_0" in described["meshes"][at]["primitives"][0]["attributes"]
    assert described["asset"]["extras"]["case"] == _phantom().case.id
    assert described["asset"]["extras"]["banner"] == "PHANTOM"


def test_the_same_plan_gives_the_same_bytes(files: Files, tmp_path: Path) -> None:
    assert _published(tmp_path / "again") == files


def test_two_lesions_with_one_operation_have_a_folder_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plan,) = [each for each in _planned().plans if each.cuts]
    both = replace(_planned(), plans=(plan, replace(plan, about="B")))
    monkeypatch.setattr(publishing, "_files", lambda made, one: {"whose.txt": one.about.encode()})
    found = _published(tmp_path / "out", both)

    assert found[f"{NAME}-lesion-A/whose.txt"] == b"A"
    assert found[f"{NAME}-lesion-B/whose.txt"] == b"B"


def test_a_plan_whose_mesh_does_not_close_says_so_and_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(made: object, plan: object) -> Files:
        raise RecordError("A surface does not close.", remedy="Check the label map for broken voxels.")

    monkeypatch.setattr(publishing, "_files", broken)
    found = _published(tmp_path / "out")

    assert set(found) == {".enbloc-result", "plan.json", f"{NAME}/not-written.txt"}
    said = found[f"{NAME}/not-written.txt"].decode()
    assert "A surface does not close." in said
    assert "Check the label map" in said


def test_a_run_that_breaks_leaves_the_earlier_folder_alone(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("not a result")
    with pytest.raises(OutputError):
        _published(out)
    assert [path.name for path in out.iterdir()] == ["mine.txt"]

    def killed(made: object, plan: object) -> Files:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "_files", killed)
    with pytest.raises(KeyboardInterrupt):
        _published(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_of_a_plan_without_cuts(tmp_path: Path) -> None:
    bare = replace(_planned(), plans=tuple(each for each in _planned().plans if not each.cuts))
    found = _published(tmp_path / "out", bare)
    assert set(found) == {".enbloc-result", "plan.json"}
    assert found["plan.json"].decode() == to_json(bare)
