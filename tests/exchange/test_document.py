"""Values and JSON: the same bytes each time, the same value back, every fault with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from enbloc.case.anatomy import Level, sector
from enbloc.case.case import Case
from enbloc.case.fact import CLEARANCES, FACTS, LEVELS, PAIN, POSE, VOLUME, WBB_SECTORS, PainCharacter
from enbloc.case.finding import Finding, Findings, Interval, Missing, Overruled, Source, SourceKind, measured
from enbloc.case.geometry import PATIENT, Frame, Pose
from enbloc.case.mark import Mark, MarkKind
from enbloc.case.table import Clearance
from enbloc.decide.recommendation import Decision
from enbloc.errors import FaultsError, RecordError
from enbloc.exchange.document import facts_as_json, from_json, json_schema, plain, to_json
from enbloc.follow.result import Input, Provenance, Workup
from tests import strategies

ENTERED = Source(kind=SourceKind.ENTERED, document="case.yaml", by="R. Example")
POSED = Pose(
    child=Frame(name="T8"),
    parent=PATIENT,
    axes=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    origin_mm=(1, 2, 3),
)


def workup() -> Workup:
    pain = Finding(fact=PAIN.id, about="A", value=PainCharacter.MECHANICAL, source=ENTERED)
    mass = measured(VOLUME, "A", 12.0, low=11.0, high=13.5, at_mm=(1.0, 2.0, 3.0), notes=("ü",))
    found: tuple[Finding[Any], ...] = (
        replace(pain, overruled=Overruled(value=PainCharacter.NONE, source=ENTERED)),
        mass,
        measured(LEVELS, "A", (Level.T8, Level.T9)),
        measured(WBB_SECTORS, "A", (sector(4),)),
        measured(POSE, "T8", POSED),
    )
    return Workup(
        provenance=Provenance(enbloc="0", as_of=None, inputs=(Input(file="a", sha256="b"),), parameters=(), rules=()),
        case=Case(id="x"),
        findings=Findings(found=found, missing=(Missing(fact="body.collapse", about="T8", why="cut off"),)),
        scores=(),
        decision=Decision(lesions=(), rules=0, drafts=0),
        plans=(),
        said=(),
        unused=(),
    )


def test_a_result_comes_back_with_the_types_of_its_facts() -> None:
    back = from_json(Workup, to_json(workup()))
    assert back == workup()
    assert back.findings.value(PAIN, "A") is PainCharacter.MECHANICAL
    assert back.findings.many(LEVELS, "A") == (Level.T8, Level.T9)
    assert back.findings.many(WBB_SECTORS, "A") == (sector(4),)
    pose = back.findings.value(POSE, "T8")
    assert pose == POSED
    volume = back.findings.value(VOLUME, "A")
    assert isinstance(volume, float)
    assert back.findings.found[0].overruled == Overruled(value=PainCharacter.NONE, source=ENTERED)


def test_the_same_value_gives_the_same_text() -> None:
    assert to_json(workup()) == to_json(workup())
    assert to_json(frozenset({"b", "c", "a"})) == '[\n  "a",\n  "b",\n  "c"\n]\n'
    assert list(json.loads(to_json(workup()))) == sorted(json.loads(to_json(workup())))
    assert "ü" in to_json(workup())


def test_what_is_no_value_of_ours_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError):
        plain(object())
    with pytest.raises(ValueError, match="JSON"):
        to_json(float("nan"))


def test_a_finding_of_the_wrong_kind_is_refused_with_its_place() -> None:
    text = to_json(workup()).replace('"mechanical"', '"a bit"')
    with pytest.raises(FaultsError, match=r"findings\.found\[0\]"):
        from_json(Workup, text)


@pytest.mark.parametrize("noun", [Case, Workup])
def test_the_published_schema_accepts_what_we_write(noun: type) -> None:
    schema = json_schema(noun)
    jsonschema.Draft202012Validator.check_schema(schema)
    written = Case(id="x") if noun is Case else workup()
    jsonschema.validate(json.loads(to_json(written)), schema)


TEXTS = [
    ("{", "not JSON"),
    ('{"low": 4, "low": 4}', "stands twice"),
    ('{"low": NaN}', "NaN is not a number"),
    ('{"low": true, "high": 5}', "low: "),
    ('{"low": "4", "high": 5}', "low: A text does not fit"),
    ('{"low": 4, "high": 5, "side": 1}', "side: There is no such key"),
    ('{"low": 4}', "high: This is needed"),
    ("[" * 100000, "not JSON"),
    ('{"low": ' + "9" * 5000 + "}", "not JSON"),
]


@pytest.mark.parametrize(("text", "words"), TEXTS, ids=range(len(TEXTS)))
def test_bad_json_is_one_line(text: str, words: str) -> None:
    with pytest.raises(RecordError, match=words) as fault:
        from_json(Interval, text)
    assert "\n" not in str(fault.value)


def test_a_name_in_the_wrong_place_is_not_repeated() -> None:
    with pytest.raises(RecordError) as fault:
        from_json(Case, '{"id": "x", "as_of": "Mustermann, Erika, 3.2.1965"}')
    assert "Mustermann" not in str(fault.value)


def test_every_fact_is_in_the_list() -> None:
    listed = facts_as_json()
    assert [each["id"] for each in listed] == sorted(FACTS)
    assert json.loads(json.dumps(listed)) == listed


@settings(max_examples=30)  # each is checked against the schema as well
@given(strategies.read_off())
def test_whatever_images_give_comes_back_as_it_was(found: Findings) -> None:
    text = to_json(found)

    assert from_json(Findings, text) == found
    assert to_json(from_json(Findings, text)) == text
    jsonschema.validate(json.loads(text), _FINDINGS)


_FINDINGS = json_schema(Findings)


def test_a_point_stands_on_one_line() -> None:
    mark = Mark(kind=MarkKind.LINE, words="endplate [\n  1.0\n]", points_mm=((0.0, -1.5, 20.0), (1.0, 1e-7, 2.0)))

    lines = to_json(mark).splitlines()

    assert "    [0.0, -1.5, 20.0]," in lines
    assert "    [1.0, 1e-07, 2.0]" in lines
    assert from_json(Mark, "\n".join(lines)) == mark


def test_a_terminal_that_knows_no_other_sign_gets_the_same_document() -> None:
    text = to_json(workup(), ascii_only=True)

    assert text.isascii()
    assert json.loads(text) == json.loads(to_json(workup()))


def test_a_row_of_the_wrong_kind_is_refused() -> None:
    found = measured(CLEARANCES, "A", (Clearance(structure="cord", mm=1.0, low_mm=0.5, high_mm=1.5, at_mm=(0, 0, 0)),))
    text = to_json(Findings(found=(found,))).replace('"low_mm"', '"lowest_mm"')

    with pytest.raises(FaultsError, match=r"findings\.found\[0\]"):
        from_json(Findings, text)
