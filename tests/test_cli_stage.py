"""`enbloc stage`: the list, what an instrument asks, and what a form comes to; bad forms in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from enbloc.stage.registry import INSTRUMENTS

FORM = {"karnofsky": 70, "extraspinal_bone": 1, "vertebrae": 2, "organs": "removable", "primary": "kidney"}


def stage(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "enbloc.cli", "stage", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8")


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


@pytest.mark.parametrize("name", ["all", "survival"])
def test_several_instruments_at_once_are_not_built_yet(name: str) -> None:
    done = stage(name, "case")
    assert done.returncode == 3
    assert "not built yet" in done.stderr


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
