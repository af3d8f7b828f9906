"""The command about what was cut, on real folders: both sources, one document, and every slip in one line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from enbloc.case.case import LabelFile
from enbloc.cli.commands import app
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.document import to_json
from enbloc.exchange.folder import read_case, write_case, write_case_folder
from enbloc.exchange.images import read_images
from enbloc.plan import Operation, Wishes
from enbloc.workup import plan_case
from tests.test_cli import enbloc, only_line, without_steps
from tests.workup import operated as made

SHIFTED = {"posterior cut": (1.5, 0.0)}
PLANES = """schema: enbloc/cuts/1
cuts:
  - name: posterior cut
    point_mm: [4.8, 7.7, 0.5]
    normal: [-0.42, 0.91, 0.04]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with its plan beside it, then a label map of the bone after the operation."""
    root = tmp_path_factory.mktemp("achieved")
    one = made.before()
    write_case_folder(root / "case", one.case, one.images)
    case = read_case(root / "case")
    images = read_images(root / "case", case)
    wishes = Wishes(operations=(Operation.ANTERIOR,), placed=tuple(made.placed_cuts(Operation.ANTERIOR)))
    (root / "plan.json").write_text(to_json(plan_case(case, images, wishes=wishes)), encoding="utf-8")
    after = made.left_after(one, made.made_cuts(one.plan, SHIFTED))
    nifti.write(root / "case/labels/after.nii.gz", after.labels, after.grid)
    names = {number: str(named) for number, named in after.names.items()}
    file = LabelFile(file="labels/after.nii.gz", on="ct", structures=names)
    write_case(root / "case", replace(case, labels={**case.labels, "after": file}))
    (root / "measured.yaml").write_text(PLANES, encoding="utf-8")
    _write_slips(root)
    return root


def _write_slips(root: Path) -> None:
    text = (root / "plan.json").read_text(encoding="utf-8")
    (root / "wrong.yaml").write_text(PLANES.replace("posterior", "front"), encoding="utf-8")
    (root / "other.json").write_text(text.replace('"case": "phantom"', '"case": "2f42"'), encoding="utf-8")
    (root / "old.json").write_text(text.replace("enbloc/plan/1", "enbloc/plan/0"), encoding="utf-8")
    (root / "torn.json").write_text('{"schema": "enbloc/plan/1"}', encoding="utf-8")


def test_the_bone_that_is_left_tells_shift_and_margin(folder: Path) -> None:
    done = enbloc("achieved", "case", "plan.json", "--after", "after", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "enbloc/achieved/1"
    assert (found["plan"].split()[0], found["about"], found["after"]) == ("anterior", "A", "after")
    (posterior,) = (one for one in found["achieved"]["planes"] if one["name"] == "posterior cut")
    span = posterior["deviation"]["interval"]
    assert span["low"] <= 1.5 <= span["high"]
    assert {"plan.json", "labels/after.nii.gz"} <= {one["file"] for one in found["provenance"]["inputs"]}
    assert enbloc("achieved", "case", "plan.json", "--after", "after", "--json", cwd=folder).stdout == done.stdout


def test_measured_planes_are_read_and_the_result_is_kept(folder: Path) -> None:
    words = ("--planes", "measured.yaml", "--error-mm", "0.5", "--registration-mm", "0.5", "--out", "kept")
    done = enbloc("achieved", "case", "plan.json", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "posterior cut" in done.stdout
    assert "nowhere nearer to the tumour" in done.stdout
    assert "achieved not known: nobody measured it" in done.stdout
    assert "Not claimed: Whether the operation was Enneking-appropriate" in done.stdout
    kept = json.loads((folder / "kept/achieved.json").read_text(encoding="utf-8"))
    assert (kept["error_mm"], kept["registration_mm"], kept["registered"]) == (0.5, 0.5, "as given")


SLIPS = [
    pytest.param(("plan.json",), "Give either --planes FILE or --after ROLE", id="no source"),
    pytest.param(("plan.json", "--after", "later"), "no label map 'later'", id="no after map"),
    pytest.param(("plan.json", "--after", "tumour"), "was there when the plan was made", id="the map before"),
    pytest.param(("plan.json", "--after", "after", "--plan", "sagittal"), "No plan 'sagittal'", id="no such plan"),
    pytest.param(("plan.json", "--planes", "wrong.yaml"), "No cut 'front cut' was planned", id="a wrong name"),
    pytest.param(("plan.json", "--planes", "none.yaml"), "There is no such file", id="no planes"),
    pytest.param(
        ("plan.json", "--after", "after", "--error-mm", "1"), "that of measured planes", id="no planes' error"
    ),
    pytest.param(("none.json", "--after", "after"), "There is no such file", id="no plan file"),
    pytest.param(("measured.yaml", "--after", "after"), "not JSON", id="a file that is no JSON"),
    pytest.param(("other.json", "--after", "after"), "another case", id="a plan of another case"),
    pytest.param(("old.json", "--after", "after"), "neither plan.json nor workup.json", id="another document"),
    pytest.param(("torn.json", "--after", "after"), "no plan that can be read", id="a plan that lacks its case"),
]


@pytest.mark.parametrize(("words", "said"), SLIPS)
def test_every_slip_is_refused(
    folder: Path, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(RecordError, match=said) as fault:
        app(args=["achieved", "case", *words], standalone_mode=False)
    assert fault.value.remedy
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(("words", "said"), [SLIPS[0], SLIPS[4]])
def test_a_slip_is_one_line_with_code_two(folder: Path, words: tuple[str, ...], said: str) -> None:
    assert said in only_line(without_steps(enbloc("achieved", "case", *words, cwd=folder)))


def test_a_plan_made_from_other_labels_is_refused_with_the_remedy(folder: Path, tmp_path: Path) -> None:
    one = made.before()
    other = one.images.labels["tumour"]
    smaller = np.zeros_like(other.labels)
    smaller[other.labels > 0] = 1
    smaller[tuple(np.argwhere(smaller)[0])] = 0
    images = replace(one.images, labels={**one.images.labels, "tumour": replace(other, labels=smaller)})
    write_case_folder(tmp_path / "case", one.case, images)
    (tmp_path / "plan.json").write_bytes((folder / "plan.json").read_bytes())
    (tmp_path / "measured.yaml").write_text(PLANES, encoding="utf-8")
    done = enbloc("achieved", "case", "plan.json", "--planes", "measured.yaml", cwd=tmp_path)
    line = only_line(without_steps(done))
    assert "made from other images: labels/tumour.nii.gz has changed" in line
    assert "enbloc plan CASE --out DIR" in line


def test_the_command_explains_itself_and_its_schema_is_published(tmp_path: Path) -> None:
    assert "Example: enbloc achieved" in enbloc("achieved", "--help", cwd=tmp_path).stdout
    schema = json.loads(enbloc("schema", "achieved", cwd=tmp_path).stdout)
    assert schema["properties"]["schema"]["const"] == "enbloc/achieved/1"
