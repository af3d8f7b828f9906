"""case.yaml: what is written reads back, and what is wrong is refused with its place."""

from __future__ import annotations

import json
from contextlib import suppress

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from enbloc.case.case import Case
from enbloc.case.filled import FilledForm
from enbloc.case.lesion import Lesion
from enbloc.case.override import Override
from enbloc.errors import EnblocError, FaultsError, RecordError
from enbloc.exchange.case_file import LARGEST_RECORD_BYTES, case_from, text_of
from enbloc.exchange.document import from_json, json_schema, to_json
from enbloc.exchange.folder import template
from tests import strategies

HEAD = "schema: enbloc/case/1\nid: x\n"
OVERRIDE = HEAD + "lesions: [{id: A}]\noverrides: [{stop: STOP-16, about: A, on: 2026-11-20, "
FORM = HEAD + "forms: [{instrument: sins, about: patient, "


# Not shrunk: a case has so many fields that shrinking takes minutes.
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(strategies.cases())
def test_what_was_written_is_read_back(case: Case) -> None:
    assert case_from(text_of(case).encode()) == case
    assert from_json(Case, to_json(case)) == case


@given(st.binary(max_size=200))
def test_no_bytes_make_anything_but_our_errors(content: bytes) -> None:
    with pytest.raises(EnblocError):
        case_from(content)


@given(st.text("{}[]:,-&*!|>'\"#%@`?\n \tab01.~<", max_size=60))
def test_no_text_makes_anything_but_our_errors(text: str) -> None:
    with suppress(EnblocError):
        case_from((HEAD + text).encode())


answers = strategies.words.filter(str.isprintable)
items = st.booleans() | st.integers(-999, 999) | st.floats(-999, 999) | strategies.words
forms = st.builds(
    FilledForm,
    instrument=st.sampled_from(["tokuhashi_2005", "isncsci"]),
    about=st.sampled_from(["patient", "A"]),
    answers=st.dictionaries(
        answers, items | st.dictionaries(answers, items | st.dictionaries(answers, items, max_size=3), max_size=3)
    ),
    by=strategies.words,
    on=strategies.maybe_none(strategies.days),
    because=st.just("") | strategies.words,
)


@given(st.lists(forms, max_size=3, unique_by=lambda form: (form.instrument, form.about)).map(tuple))
def test_a_filled_form_is_read_back_as_it_was_written(filled: tuple[FilledForm, ...]) -> None:
    case = Case(id="x", lesions=(Lesion(id="A"),), forms=filled)
    assert case_from(text_of(case).encode()) == case
    assert from_json(Case, to_json(case)) == case
    jsonschema.validate(json.loads(to_json(case)), _SCHEMA)


@given(strategies.override_lists)
def test_an_override_is_read_back_as_it_was_written(overrides: tuple[Override, ...]) -> None:
    case = Case(id="x", lesions=(Lesion(id="A"),), overrides=overrides)
    assert case_from(text_of(case).encode()) == case
    assert from_json(Case, to_json(case)) == case
    jsonschema.validate(json.loads(to_json(case)), _SCHEMA)


_SCHEMA = json_schema(Case)


@pytest.mark.parametrize("given_wrong", [[1], None, {"a": {"b": {"c": 1}}}])
def test_the_published_schema_refuses_what_a_form_cannot_hold(given_wrong: object) -> None:
    record = {"schema": "enbloc/case/1", "id": "x"}
    form = {"instrument": "sins", "about": "patient", "answers": {"pain": given_wrong}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record | {"forms": [form]}, _SCHEMA)
    jsonschema.validate(record | {"forms": [form | {"answers": {"pain": "none"}}]}, _SCHEMA)


def test_an_answer_keeps_its_kind() -> None:
    text = FORM + "answers: {a: 80, b: 80.5, c: true, d: '3', e: 2026-11-19, f: III, g: unknown, h: }}]"
    (form,) = case_from(text.encode()).forms
    assert form.answers == {"a": 80, "b": 80.5, "c": True, "d": "3", "e": "2026-11-19", "f": "III"}
    assert form.answers["c"] is True


def test_every_wrong_answer_is_found_at_once() -> None:
    with pytest.raises(FaultsError) as found:
        case_from((FORM + "answers: {right: {motor: {C5: [5]}, C6: 1}, left: [1], by: 1}}]").encode())
    assert [fault.where for fault in found.value.faults] == [
        "case.yaml, forms[0].answers.right.motor.C5",
        "case.yaml, forms[0].answers.left",
    ]


REFUSED = [
    pytest.param(b"", "holds no record", id="empty"),
    pytest.param("id: Müller".encode("latin-1"), "not UTF-8", id="not UTF-8"),
    pytest.param(b"a: [1", "line 1", id="not YAML"),
    pytest.param((HEAD + "id: y").encode(), "line 3: A key stands twice", id="duplicate key"),
    pytest.param((HEAD + "patient: {sex: male, sex: female}").encode(), "stands twice", id="duplicate key below"),
    pytest.param((HEAD + "story: &a x\nas_of: *a").encode(), "anchor", id="anchor"),
    pytest.param((HEAD + "story: " + "[" * 60 + "]" * 60).encode(), "nested too deeply", id="nested"),
    pytest.param(b"x" * (LARGEST_RECORD_BYTES + 1), "larger than", id="too large"),
    pytest.param(b"id: x", "does not say its schema", id="no schema"),
    pytest.param(b"schema: enbloc/case/7\nid: x", "Install a newer enbloc", id="newer schema"),
    pytest.param(b"schema: other/1\nid: x", "no case of enbloc", id="other schema"),
    pytest.param(b"schema: enbloc/case/1", "case.yaml, id: This is needed", id="no id"),
    pytest.param((HEAD + "as_of: 2026-02-31").encode(), "as_of: '2026-02-31' is not a date", id="impossible date"),
    pytest.param((HEAD + "as_of: 31.2.2026").encode(), "is not a date", id="date in another order"),
    pytest.param((HEAD + "patient: {birth_year: '1965'}").encode(), "patient.birth_year: A text", id="wrong type"),
    pytest.param((HEAD + "patient: {birth_year: 65}").encode(), "A birth year of 65", id="impossible year"),
    pytest.param((HEAD + "patient: {birth_yaer: 1965}").encode(), "Did you mean 'birth_year'?", id="unknown key"),
    pytest.param((HEAD + "lesions: [{id: A, levels: [T8, T14]}]").encode(), "lesions[0].levels[1]", id="wrong level"),
    pytest.param((HEAD + "lesions: [{id: A}, {id: A}]").encode(), "share an id", id="two lesions of one id"),
    pytest.param((HEAD + "labels: {v: {file: a, on: ct, scheme: verse}}").encode(), "no image of the case", id="on"),
    pytest.param((HEAD + "findings: [{fact: bla, about: A, value: 1}]").encode(), "no fact 'bla'", id="no such fact"),
    pytest.param((HEAD + "findings: [{fact: lab.albumin, about: patient, value: 350}]").encode(), "g/L", id="unit"),
    pytest.param(
        (HEAD + "findings: [{fact: lab.albumin, about: patient, value: {a: 1}}]").encode(),
        "findings[0].value: A block does not fit",
        id="one line for a union",
    ),
    pytest.param((HEAD + "treatments: [{kind: operation, what: x, dose_gy: .nan}]").encode(), "not a number", id="NaN"),
    pytest.param(
        (FORM + "answers: {a: [1]}}]").encode(), "forms[0].answers.a: A list does not fit", id="list in a form"
    ),
    pytest.param(
        (FORM + "answers: {a: {b: {c: {d: 1}}}}}]").encode(),
        "forms[0].answers.a.b.c: A block does not fit here. Write text, a number or true or false.",
        id="form too deep",
    ),
    pytest.param((FORM + "answers: {a: .inf}}]").encode(), "forms[0].answers.a: This is not a number", id="infinity"),
    pytest.param((FORM + "answers: {a: 1e300}}]").encode(), "answers.a: No item can be so large", id="huge answer"),
    pytest.param((FORM + "answers: 3}]").encode(), "forms[0].answers: A number does not fit here", id="no answers"),
    pytest.param((FORM + "by: R. Example}]").encode(), "forms[0].answers: This is needed", id="answers missing"),
    pytest.param((FORM + "becuase: x, answers: {}}]").encode(), "Did you mean 'because'?", id="unknown key of a form"),
    pytest.param((FORM + "because: x, answers: {a: 1}}]").encode(), "otherwise by nobody", id="form by nobody"),
    pytest.param((HEAD + "forms: [{instrument: Sins, about: A, answers: {}}]").encode(), "--list", id="no instrument"),
    pytest.param((HEAD + "forms: [{instrument: sins, about: A, answers: {}}]").encode(), "cannot be about", id="about"),
    pytest.param(
        (OVERRIDE + "because: the cord cannot wait}]").encode(),
        "overrides[0].by: This is needed",
        id="override by nobody",
    ),
    pytest.param((OVERRIDE + "by: R. Example}]").encode(), "overrides[0].because: This is needed", id="no reason"),
    pytest.param(
        (OVERRIDE + "by: R. Example, because: urgent}]").encode(),
        "overrides[0]: because: A stop is overridden without a reason",
        id="placeholder of a reason",
    ),
    pytest.param(
        (OVERRIDE + "by: unknown, because: the cord cannot wait}]").encode(), "by: This is needed", id="unknown person"
    ),
    pytest.param(
        (OVERRIDE + "by: R. Example, because: the cord cannot wait}]").replace("STOP-16", "STOP16").encode(),
        "overrides[0]: stop: This is no id of a stop. Write it as STOP-16.",
        id="no id of a stop",
    ),
    pytest.param(
        (OVERRIDE + "by: R. Example, because: the cord cannot wait}]").replace("about: A", "about: B").encode(),
        "An override of STOP-16 cannot be about 'B'",
        id="override about nobody",
    ),
    pytest.param(
        (HEAD + "findings:\n- {fact: patient.karnofsky, about: patient, value: 75}").encode(),
        "findings[0]: Karnofsky performance status (patient.karnofsky) cannot be 75. Write 0 to 100 in steps of 10.",
        id="KPS 75",
    ),
    pytest.param(
        (
            HEAD + "findings:\n- {fact: spread.liver, about: patient, value: true}\n"
            "- {fact: spread.organs_removability, about: patient, value: none}"
        ).encode(),
        "spread.organs_removability is none, and spread.liver is true",
        id="contradiction",
    ),
    pytest.param((HEAD + "story: !!binary aGk=").encode(), "no plain value", id="binary"),
    pytest.param((HEAD + "story: !!python/object:os.system {}").encode(), "not YAML", id="python object"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_bad_records_are_refused_in_one_line(content: bytes, words: str) -> None:
    with pytest.raises(RecordError) as fault:
        case_from(content)
    assert words in str(fault.value)
    assert "\n" not in str(fault.value)
    assert str(fault.value).startswith("case.yaml")
    assert fault.value.remedy


def test_all_faults_of_one_record_are_found_at_once() -> None:
    with pytest.raises(FaultsError) as found:
        case_from((HEAD + "patient: {sex: man, birth_year: x}\nas_of: 2026-13-01").encode())
    assert [fault.where for fault in found.value.faults] == [
        "case.yaml, as_of",
        "case.yaml, patient.birth_year",
        "case.yaml, patient.sex",
    ]


@pytest.mark.parametrize("blank", ["", " unknown", " null", " ~"])
def test_unknown_and_left_out_are_the_same(blank: str) -> None:
    given_blank = f"{HEAD}lesions:{blank}\npatient:\n  birth_year:{blank}\nas_of:{blank}\n"
    assert case_from(given_blank.encode()) == case_from(HEAD.encode())


def test_a_finding_of_unknown_value_is_no_finding() -> None:
    text = HEAD + "lesions: [{id: A}]\nfindings: [{fact: sins.pain, about: A, value: unknown}]"
    assert case_from(text.encode()).findings == ()


def test_no_is_a_word_and_not_a_guess() -> None:
    with pytest.raises(RecordError):
        case_from((HEAD + "neurology: {deficit: no}").encode())
    assert case_from((HEAD + "neurology: {deficit: false}").encode()).neurology.deficit is False


@pytest.mark.parametrize("id", ["2f41", "2e41", "0x1f", "007", "true", "mit Leerzeichen", "häuser: #1", "'"])
def test_the_template_is_a_case_and_explains_every_block(id: str) -> None:
    text = template(id)
    assert case_from(text.encode()) == Case(id=id)
    for block in json_schema(Case)["properties"]:
        assert f"{block}:" in text


def test_the_examples_in_the_template_are_valid() -> None:
    lines = [line.removeprefix("# ").removeprefix("#") for line in template("x").splitlines()]
    body = [line for line in lines if line.startswith("  ") or line.split(":")[0].replace("_", "").islower()]
    text = "\n".join(line.replace(": {}", ":").replace(": []", ":") for line in body)
    case = case_from(text.encode())
    assert case.lesions[0].id == "A"
    assert case.findings
    assert case.labels["tumour"].structures == {1: "tumour A"}
