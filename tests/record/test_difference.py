"""What changed, in words that a person reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from enbloc.case.case import Case
from enbloc.exchange.document import to_json
from enbloc.record.difference import LONGEST_TOLD, changes, told
from tests import strategies
from tests.record.deeds import entry, override

ROWS: list[Any] = [
    pytest.param({"patient": {"birth_year": 1965}}, {"patient": {"birth_year": 1956}},
                 ["patient, birth year: 1965 → 1956"], id="a number"),
    pytest.param({"lesions": [{"id": "A", "proven": False}]}, {"lesions": [{"id": "A", "proven": 0}]},
                 ["lesion A, proven: no → 0"], id="no is not zero"),
    pytest.param({"lesions": [{"id": "A", "levels": ["T8"]}]}, {"lesions": [{"id": "A", "levels": ["T8", "T9"]}]},
                 ["lesion A, levels: T8 → T8, T9"], id="levels"),
    pytest.param({"lesions": [{"id": "A"}]}, {"lesions": [{"id": "B", "kind": "primary"}, {"id": "A"}]},
                 ["lesion B: added, kind primary"], id="a lesion before the others"),
    pytest.param({"findings": [entry()]}, {"findings": []},
                 ["pain at the lesion of lesion A: removed, was by R. Example; on 2026-11-19; value mechanical"],
                 id="a finding"),
    pytest.param({"findings": [entry(value=1), entry(value=2)]}, {"findings": [entry(value=1), entry(value=3)]},
                 ["finding 2, value: 2 → 3"], id="entries that cannot be told apart"),
    pytest.param({"overrides": [override()]}, {"overrides": [override() | {"by": "S. Other"}]},
                 ["override of STOP-16 for every act of the patient, by: R. Example → S. Other"], id="an override"),
    pytest.param({"treatments": [{"what": "a"}, {"what": "c"}]},
                 {"treatments": [{"what": "a"}, {"what": "b"}, {"what": "c"}]},
                 ["treatment 2: added, what b"], id="a treatment in between"),
    pytest.param({"treatments": [{"what": "a", "dose_gy": 8}]}, {"treatments": [{"what": "a", "dose_gy": 20}]},
                 ["treatment 1, dose (Gy): 8 → 20"], id="a unit"),
    pytest.param({"images": {"ct": {"tube_kv": 120}}}, {"images": {"ct": {"tube_kv": 80}}},
                 ["image 'ct', tube (kv): 120 → 80"], id="an image by its role"),
    pytest.param({"patient": {"sex": None}}, {"patient": {}}, [], id="left out is unknown"),
    pytest.param({"story": "a"}, {"story": ""}, ["story: a → empty"], id="emptied"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "words"), ROWS)
def test_a_change_in_words(before: dict[str, Any], after: dict[str, Any], words: list[str]) -> None:
    assert [change.words for change in changes(before, after)] == words


def test_a_long_text_is_cut_and_says_so() -> None:
    assert told("x" * 5000) == "x" * LONGEST_TOLD + " … (5000 letters)"


def document(case: Case) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(to_json(case))
    return read


@given(strategies.cases())
def test_nothing_changes_from_a_case_to_itself(case: Case) -> None:
    assert changes(document(case), document(case)) == ()


@given(strategies.cases(), strategies.cases())
def test_there_and_back_are_the_same_places(one: Case, other: Case) -> None:
    there, back = changes(document(one), document(other)), changes(document(other), document(one))

    assert bool(there) == (document(one) != document(other))
    assert {(change.what, change.before) for change in there if "[" not in change.path} == {
        (change.what, change.after) for change in back if "[" not in change.path
    }
