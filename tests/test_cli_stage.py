"""`enbloc stage`: the list, what an instrument asks, and what a form comes to; bad forms in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from enbloc.cli.commands import app
from enbloc.errors import RecordError
from enbloc.exchange.document import json_schema
from enbloc.follow.staging import Staging, SurvivalStaging
from enbloc.stage.registry import INSTRUMENTS

FORM = {"karnofsky": 70, "extraspinal_bone": 1, "vertebrae": 2, "organs": "removable", "primary": "kidney"}


def stage(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "enbloc.cli", "stage", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8")


def shown(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What the command prints, without a process of its own."""
    app(args=["stage", *map(str, arguments)], prog_name="enbloc", standalone_mode=False)
    return capsys.readouterr().out


def test_the_list_names_every_instrument() -> None:
    shown = stage("--list")
    assert shown.returncode == 0
    assert [line.split()[0] for line in shown.stdout.splitlines()] == list(INSTRUMENTS)
    told = json.loads(stage("--list", "--json").stdout)["instruments"]
    assert [one["id"] for one in told] == list(INSTRUMENTS)
    for one in told:
        jsonschema.Draft202012Validator.check_schema(one["schema"])
        assert set(one["schema"]["properties"]) == {question["name"] for question in one["questions"]}
        assert one["population"]
        assert one["cites"]


def test_what_it_asks_can_be_filled_in_and_computed(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(stage("tokuhashi_2005").stdout, encoding="utf-8")
    open_ = json.loads(stage("tokuhashi_2005", form, "--json").stdout)["result"]
    assert (min(open_["totals"]), max(open_["totals"])) == (0, 15)
    assert len(open_["missing"]) == 6


def test_an_open_item_gives_the_set_and_what_to_ask_for() -> None:
    done = stage("tokuhashi_2005", "-", "--json", given=json.dumps(FORM))
    told = json.loads(done.stdout)
    assert told["result"]["totals"] == [7, 8, 9]
    assert told["result"]["missing"] == ["Frankel grade of the palsy"]
    jsonschema.validate(FORM, told["instrument"]["schema"])
    people = stage("tokuhashi_2005", "-", given=json.dumps(FORM | {"frankel": "C"}))
    assert people.stdout.startswith("Revised Tokuhashi: 8 of 15, 0 to 8: less than 6 months\n")


RECORD = """\
schema: enbloc/case/1
id: x
as_of: 2026-11-20
patient: {birth_year: 1965, sex: male}
lesions:
  - {id: A, levels: [T8], kind: metastasis}
  - {id: B, levels: [L3], kind: primary}
findings:
  - {fact: patient.karnofsky, about: patient, value: 70}
  - {fact: tumour.primary_site, about: A, value: kidney}
  - {fact: sins.pain, about: A, value: mechanical}
forms:
  - instrument: tokuhashi_2005
    about: A
    answers: {extraspinal_bone: 1, vertebrae: 2, organs: removable, frankel: C}
    by: R. Example
  - {instrument: nrs, about: patient, answers: {pain: 6}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a record alone: two lesions, some facts, two forms."""
    made = tmp_path_factory.mktemp("stage") / "case"
    made.mkdir()
    (made / "case.yaml").write_text(RECORD, encoding="utf-8")
    return made


def test_one_instrument_of_a_case_is_read_from_its_facts_and_forms(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = stage("tokuhashi_2005", folder, "--about", "A", "--json")
    told = json.loads(done.stdout)
    (score,) = told["decided"]
    assert (score["totals"], score["categories"]) == ([8], ["0 to 8: less than 6 months"])
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM | {"frankel": "C"}), encoding="utf-8")
    alone = json.loads(shown(capsys, "tokuhashi_2005", form, "--json"))["result"]
    assert (score["totals"], score["categories"]) == (alone["totals"], alone["categories"])
    assert score["items"][3]["note"] == "as answered in the form by R. Example"
    assert "step=scoring" in done.stderr
    people = shown(capsys, "tokuhashi_2005", folder)
    assert people.startswith("lesion A, T8:\nRevised Tokuhashi: 8 of 15")
    assert "lesion B: Revised Tokuhashi is not for this tumour (primary)" in people


def test_all_instruments_of_a_case_stand_in_four_groups(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(shown(capsys, "all", folder, "--json"))
    assert told["schema"] == "enbloc/stage/1"
    groups = ("decided", "refused", "nothing_known")
    seen = {one["instrument"] for group in groups for one in told[group]}
    seen |= {one["score"]["instrument"] for one in told["open"]}
    assert seen >= set(INSTRUMENTS)
    assert {("nrs", "patient"), ("tokuhashi_2005", "A")} <= {
        (one["instrument"], one["about"]) for one in told["decided"]
    }
    refused = {(one["instrument"], one["about"]): one["why"] for one in told["refused"]}
    assert "not for this tumour (primary)" in refused["tokuhashi_2005", "B"]
    sins = next(one for one in told["open"] if (one["score"]["instrument"], one["score"]["about"]) == ("sins", "A"))
    assert [one["average"] for one in sins["narrowing"]] == sorted(one["average"] for one in sins["narrowing"])
    jsonschema.validate(told, json_schema(Staging))
    lines = shown(capsys, "all", folder).splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")] == [
        "Decided",
        "Open",
        "Refused",
        "Nothing known",
    ]


def test_survival_is_laid_side_by_side(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(shown(capsys, "survival", folder, "--json"))
    assert [one["about"] for one in told["comparisons"]] == ["A", "B"]
    assert "tokuhashi_2005" in {line["instrument"] for line in told["comparisons"][0]["lines"]}
    jsonschema.validate(told, json_schema(SurvivalStaging))
    assert "Revised Tokuhashi" in shown(capsys, "survival", folder, "--about", "A")


def test_what_is_shown_of_a_case_is_the_same_every_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "all", folder, "--json") == shown(capsys, "all", folder, "--json")


def test_the_schema_of_a_result_holds_of_the_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(shown(capsys, "--list", "--json"))["instruments"]
    schemas = {one["id"]: one["result_schema"] for one in told}
    assert list(schemas) == list(INSTRUMENTS)
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    found = json.loads(shown(capsys, "all", folder, "--json"))
    for score in (*found["decided"], *(one["score"] for one in found["open"])):
        jsonschema.validate(score, schemas[score["instrument"]])
    wrong = found["decided"][0] | {"categories": ["no such category"]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schemas[wrong["instrument"]])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("all",), "'all' is about a case. Give its folder: enbloc stage all CASE."),
        (("survival", "-"), "'survival' is about a case."),
        (("tokuhashi", "CASE"), "There is no instrument 'tokuhashi'. Did you mean tokuhashi_2005"),
        (("all", "CASE", "--about", "C"), "--about: There is no lesion 'C'. Lesions of this case: A, B."),
        (("odi", "CASE", "--about", "A"), "Oswestry Disability Index is about the patient."),
        (("tokuhashi_2005", "CASE", "--about", "B"), "B: Revised Tokuhashi is not for this tumour (primary)"),
        (("survival", "CASE", "--about", "B"), "B: Sioutos adverse factors is not for this tumour (primary)"),
        (("survival", "CASE", "--about", "patient"), "Survival is compared for a lesion."),
        (("sins", "CASE", "--as-of", "yesterday"), "--as-of 'yesterday' is no date."),
        (("sins", "EMPTY"), "There is no case.yaml in it."),
    ],
)
def test_a_bad_question_about_a_case_is_refused_in_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    places = {"CASE": str(folder), "EMPTY": str(tmp_path)}
    with pytest.raises(RecordError) as refused:
        shown(capsys, *(places.get(each, each) for each in arguments))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert capsys.readouterr().out == ""


def test_a_survival_score_of_a_primary_is_refused_from_a_form_too() -> None:
    done = stage("tokuhashi_2005", "-", given=json.dumps(FORM | {"tumour": "primary"}))
    assert done.returncode == 2
    assert "Revised Tokuhashi is not for this tumour (primary)" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        (("tokuhashi", "-"), "{}", "There is no instrument 'tokuhashi'. Did you mean tokuhashi_2005"),
        (("tokuhashi_2005", "-"), "karnofsky: 75", "karnofsky (Karnofsky performance status) cannot be 75."),
        (("tokuhashi_2005", "-"), "karnofsky: .nan", "karnofsky: This is not a number."),
        (("tokuhashi_2005", "-"), "kps: 70", "The form has no item 'kps'."),
        (("tokuhashi_2005", "-"), "vertebrae: 1\nvertebrae: 2", "twice"),
        (("tokuhashi_2005", "-"), "just words", "It holds no answers."),
        (("tokuhashi_2005", "absent.yaml"), "", "There is no such file."),
    ],
)
def test_a_bad_form_is_one_line_with_code_two(arguments: tuple[str, ...], given: str, words: str) -> None:
    done = stage(*arguments, given=given)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr
    assert done.stdout == ""


def test_the_forms_of_a_record_are_checked_with_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "case"
    wrong.mkdir()
    text = RECORD.replace("pain: 6", "pain: 11").replace("instrument: nrs", "instrument: nsr")
    (wrong / "case.yaml").write_text(text.replace("organs: removable", "organs: some"), encoding="utf-8")
    assert app(args=["check", str(wrong), "--json"], prog_name="enbloc", standalone_mode=False) == 2
    told = json.loads(capsys.readouterr().out)["faults"]
    assert [line.split(": ")[0] for line in told] == ["forms[0].answers.organs", "forms[1].instrument"]
    app(args=["check", str(folder), "--json"], prog_name="enbloc", standalone_mode=False)
    assert json.loads(capsys.readouterr().out)["faults"] == []
