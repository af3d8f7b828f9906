"""Every instrument and every fact can be drawn as a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enbloc.case.finding import Entry
from enbloc.exchange.document import facts_as_json, from_json, to_json
from enbloc.present.forms import Form, FormItem, forms
from enbloc.stage.registry import INSTRUMENTS

FORMS = forms()


def test_every_instrument_has_a_form_that_reads_back() -> None:
    assert [one.id for one in FORMS] == list(INSTRUMENTS)
    assert from_json(Form, to_json(FORMS[0])) == FORMS[0]
    assert all(one.items and one.name and one.categories for one in FORMS)


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.id)
def test_what_an_item_offers_is_taken(one: Form) -> None:
    for item in one.items:
        for answer in _answers(item):
            INSTRUMENTS[one.id].read({item.name: answer})


def _answers(item: FormItem) -> tuple[Any, ...]:
    if item.kind == "one of":
        return item.choices
    if item.kind == "yes or no":
        return (True, False)
    if item.kind == "text":
        assert item.longest
        return ("x" * item.longest,)
    assert item.low is not None
    assert item.high is not None
    made = int if item.kind == "whole number" else float
    return (made(item.low), made(item.high))


_FIELDS: dict[str, Callable[[float], Any]] = {
    "true or false": lambda _: True,
    "whole number": int,
    "number": float,
    "text": lambda _: "words",
    "a day": lambda _: "2026-11-20",
    "a day and hour": lambda _: "2026-11-20T14:30",
}


def test_every_fact_that_a_person_may_state_is_a_field() -> None:
    for fact in facts_as_json():
        if not fact["enterable"]:
            continue
        kind = fact["kind"]
        given = kind[0] if isinstance(kind, list) else _FIELDS[kind](1 if fact["from"] is None else fact["from"])
        about = {"patient": "patient", "lesion": "A", "level": "T8"}[fact["about"]]
        Entry(fact=fact["id"], about=about, value=(given,) if fact["many"] else given)
        assert fact["words"]
        assert fact["ask"]
        assert (fact["from"] is None) == (kind not in ("number", "whole number")) or fact["unit"]
