"""The command about operations, as a person meets it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from enbloc.case.anatomy import Level
from enbloc.exchange.document import from_json
from enbloc.exchange.folder import write_case_folder
from enbloc.follow.planning import Planning
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.plan.operation import Operation
from tests.test_cli import enbloc, only_line


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small phantom on disk, with a tumour that both pedicles are free of."""
    recipe = Recipe(
        tumours=(Tumour(solids=(in_body(Level.T8, radii_mm=(7.0, 6.0, 5.0)),)),), spacing_mm=(2.0, 2.0, 2.0)
    )
    phantom = build(recipe)
    folder = tmp_path_factory.mktemp("phantom") / "case"
    write_case_folder(folder, phantom.case, phantom.images)
    return folder


def planned(case: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command with the kernels that the tests have compiled; what is said of steps is left out."""
    done = enbloc("plan", case, *arguments, cwd=cwd)
    said = (line for line in done.stderr.splitlines(keepends=True) if "step=" not in line and "compiling" not in line)
    done.stderr = "".join(said)
    return done


def test_one_operation_as_json_is_read_back(case_folder: Path, tmp_path: Path) -> None:
    done = planned(case_folder, "--operation", "vertebrectomy", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    result = from_json(Planning, done.stdout)
    (plan,) = result.plans
    assert plan.operation is Operation.VERTEBRECTOMY
    assert plan.feasible
    assert not plan.is_ready, "nobody has confirmed the labels"
    assert plan.resected is not None
    assert all(cut.margin.mm >= 4.0 - 0.1 for cut in plan.cuts)
    assert result.case == json.loads(done.stdout)["case"]


def test_a_margin_beyond_the_anatomy_is_a_reason_and_no_failure(case_folder: Path, tmp_path: Path) -> None:
    asked = ("--operation", "vertebrectomy", "--margin-mm", "80")
    done = planned(case_folder, *asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "ready for the board" not in done.stdout
    assert "not feasible" in done.stdout or "not ready" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--margin-mm", "-1"), "A margin of -1 mm cannot be planned. Give 0 or more."),
        (("--margin-mm", "nan"), "A margin of nan mm cannot be planned. Give 0 or more."),
        (("--operation", "vertebrectomy", "--cuts", "none.yaml"), "none.yaml: There is no such file."),
        (("--operation", "hemivertebrectomy"), "Invalid value for '--operation'"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    case_folder: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    assert words in only_line(planned(case_folder, *arguments, cwd=tmp_path))


def test_placed_cuts_need_one_operation(case_folder: Path, tmp_path: Path) -> None:
    cuts = tmp_path / "cuts.yaml"
    cuts.write_text(
        "schema: enbloc/cuts/1\ncuts:\n  - {name: cranial cut, frame: T8, point_mm: [0, 0, 15.0], normal: [0, 0, 1]}\n",
        encoding="utf-8",
    )
    line = only_line(planned(case_folder, "--cuts", cuts, cwd=tmp_path))
    assert "Placed cuts belong to one operation. Name it." in line
    done = planned(case_folder, "--cuts", cuts, "--operation", "vertebrectomy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "cranial cut, as placed" in done.stdout


def test_a_file_of_cuts_that_does_not_fit_says_where(case_folder: Path, tmp_path: Path) -> None:
    cuts = tmp_path / "cuts.yaml"
    cuts.write_text("cuts: [{name: cranial cut, point_mm: [0, 0], normal: [0, 0, 1]}]\n", encoding="utf-8")
    line = only_line(planned(case_folder, "--cuts", cuts, "--operation", "sagittal", cwd=tmp_path))
    assert "cuts.yaml" in line
    assert "point_mm" in line
