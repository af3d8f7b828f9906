"""The command about rules, on a real folder: everything that they say, one of them explained, bad input in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from enbloc.cli.commands import app
from enbloc.decide.families import RULES
from enbloc.exchange.folder import create
from tests.test_cli import enbloc, only_line

RECORD = """schema: enbloc/case/1
id: 2f41
as_of: 2026-11-20
patient: {birth_year: 1965, sex: male}
lesions:
  - {id: A, levels: [T8], histology: renal cell carcinoma, kind: metastasis, proven: true, solitary: false}
neurology: {deficit: true, ambulation: aided}
findings:
  - {fact: escc.reported, about: A, value: "3", by: R. Example, on: 2026-11-19}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = tmp_path_factory.mktemp("deciding") / "2f41"
    create(case)
    (case / "case.yaml").write_text(RECORD, encoding="utf-8")
    return case


def test_every_rule_is_heard_and_the_same_every_time(folder: Path) -> None:
    done = enbloc("decide", folder, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "enbloc/decide/1"
    (lesion,) = found["decision"]["lesions"]
    assert found["decision"]["rules"] == len(RULES)
    assert "RED-01" in {one["rule"] for one in lesion["said"]["speaks"]}
    assert "separation surgery, then radiosurgery" in {option["act"] for option in lesion["options"]}
    assert enbloc("decide", folder, "--json", cwd=folder).stdout == done.stdout


def test_people_read_what_is_urgent_what_leads_what_else_and_what_is_open(folder: Path) -> None:
    said = enbloc("decide", folder, cwd=folder).stdout
    assert "urgent RED-01" in said
    assert "LEADS, lesion A: " in said
    assert "OPTIONS, in order of support" in said
    assert "WHAT WOULD CHANGE IT" in said
    assert "CANNOT BE EXCLUDED: " in said
    assert "Not judged yet, by family: " in said
    assert "drafts not yet compared with their source" in said


def test_a_rule_is_explained_by_its_sources_and_what_it_read(folder: Path) -> None:
    said = enbloc("decide", folder, "--explain", "NOMS-07", cwd=folder).stdout
    assert said.startswith("NOMS-07: High-grade compression")
    assert "Laufer et al." in said
    assert "escc.reported about A: 3 (entered, case.yaml findings[0])" in said
    assert "score.escc about A: ESCC " in said


def test_the_timeline_is_written_as_a_calendar_beside_the_json(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "timeline.ics"
    done = enbloc("decide", folder, "--json", "--calendar", file, cwd=folder)
    assert done.returncode == 0, done.stderr
    dated = json.loads(done.stdout)["decision"]["timeline"]
    text = file.read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") == sum(one["day"] is not None for one in dated)
    assert text.count("BEGIN:VTODO") == sum(one["day"] is None for one in dated)
    assert dated
    before = file.read_bytes()
    assert enbloc("decide", folder, "--calendar", file, cwd=folder).returncode == 0
    assert file.read_bytes() == before


def test_a_calendar_is_not_written_into_the_case_nor_over_another_file(folder: Path, tmp_path: Path) -> None:
    inside = enbloc("decide", folder, "--calendar", folder / "timeline.ics", cwd=folder)
    assert "inside the case folder" in only_line(inside)
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter", encoding="utf-8")
    assert "something else" in only_line(enbloc("decide", folder, "--calendar", letter, cwd=folder))
    assert letter.read_text(encoding="utf-8") == "a letter"


@pytest.mark.parametrize(("arguments", "words"), [
    (("--explain", "NOMS-77"), "There is no rule 'NOMS-77'"),
    (("--as-of", "tomorrow"), "tomorrow"),
])  # fmt: skip
def test_bad_input_is_one_line(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in only_line(enbloc("decide", folder, *arguments, cwd=folder))


def test_overrides_that_meet_nothing_are_checked_with_the_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    by = "by: R. Example, on: 2026-11-20, because: the cord cannot wait"
    text = f"""\
schema: enbloc/case/1
id: x
lesions: [{{id: A}}]
overrides:
  - {{stop: STOP-16, about: A, act: biopsy, {by}}}
  - {{stop: STOP-77, about: A, act: excision, {by}}}
"""
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    assert app(args=["check", str(folder), "--json"], prog_name="enbloc", standalone_mode=False) == 2
    told = json.loads(capsys.readouterr().out)["faults"]
    assert [line.split(": ")[0] for line in told] == ["overrides[1].stop", "overrides[1].act"]
