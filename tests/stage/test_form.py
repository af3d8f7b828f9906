"""What a question takes, what it says that it takes, and its JSON schema are the same."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import pytest
from jsonschema import Draft202012Validator

from enbloc.errors import RecordError
from enbloc.stage.form import Ask, Number, Question, Text, questions, read_form
from enbloc.stage.registry import INSTRUMENTS
from enbloc.value import value


class Colour(Enum):
    RED = "red"
    GREEN = "green"


@value
class Form:
    """One item of each kind."""

    colour: Annotated[Colour, Ask(words="colour")]
    ripe: Annotated[bool, Ask(words="ripe?")]
    pips: Annotated[int, Number(words="pips", unit="", low=0, high=12, cuts=(5,))]
    weight: Annotated[float, Number(words="weight", unit="kg", low=0.5, high=9.5, step=0.25, cuts=(2.5, 5))]
    length: Annotated[float | None, Number(words="length", unit="cm", low=-1, high=1, step=0)]
    origin: Annotated[str, Text(words="origin", longest=10)]
    spoilt: Annotated[bool, Ask(words="spoilt?")] = False


COLOUR, RIPE, PIPS, WEIGHT, LENGTH, ORIGIN, SPOILT = questions(Form)


def fits(question: Question, given: object) -> bool:
    try:
        question.read(given)
    except RecordError:
        return False
    return True


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        (COLOUR, ["red", "green"], ["blue", "Red", True, 1, None, [], ""]),
        (RIPE, [True, False], ["yes", 0, 1, None]),
        (PIPS, [0, 5, 12, 7.0], [-1, 13, 2.5, "3", True, float("nan"), float("inf")]),
        (WEIGHT, [0.5, 2, 2.75, 9.5], [0.25, 9.75, 2.6, "2", False]),
        (LENGTH, [-1, 0, 0.123456, 1], [-1.001, 1.001, "0"]),
        (ORIGIN, ["Kent", "a" * 10], ["", "  ", "a" * 11, "two\nlines", 3, None]),
    ],
    ids=["words", "yes or no", "whole number", "steps", "any number", "free words"],
)
def test_what_is_written_is_read_or_refused_saying_what_may_be(
    question: Question, good: list[Any], bad: list[Any]
) -> None:
    assert all(fits(question, given) for given in good)
    for given in bad:
        with pytest.raises(RecordError) as refused:
            question.read(given)
        assert str(refused.value).startswith(f"{question.name} ({question.ask.words}) cannot be ")
        assert refused.value.remedy == f"Write {question.allowed}."


def test_what_is_allowed_is_said_in_words() -> None:
    assert [one.allowed for one in questions(Form)] == [
        "red, green",
        "true or false",
        "0 to 12",
        "0.5 to 9.5 kg in steps of 0.25",
        "-1 to 1 cm",
        "words, at most 10 characters",
        "true or false",
    ]


def test_a_refused_answer_is_shown_unless_it_is_long_or_no_plain_word() -> None:
    for given, shown in (
        ("blue", "'blue'"),
        (7, "7"),
        ("x" * 39, repr("x" * 39)),
        ("x" * 40, "'that'"),
        ([], "'that'"),
    ):
        with pytest.raises(RecordError) as refused:
            COLOUR.read(given)
        assert f"cannot be {shown}." in str(refused.value)


def test_an_unanswered_item_may_be_one_of_each_band_or_what_the_scale_supposes() -> None:
    assert [one.unanswered for one in questions(Form)] == [
        (Colour.RED, Colour.GREEN),
        (False, True),
        (0, 5),
        (0.5, 2.5, 5),
        (-1,),
        ("",),
        (False,),
    ]
    assert SPOILT.answers == (False, True)
    assert (type(PIPS.read(7.0)), type(WEIGHT.read(2))) == (int, float)


def test_an_interval_holds_its_low_end_and_every_cut_within() -> None:
    assert WEIGHT.between(2.0, 2.4) == (2.0,)
    assert WEIGHT.between(2.0, 2.5) == (2.0, 2.5)
    assert WEIGHT.between(3.0, 9.0) == (3.0, 5)
    assert PIPS.between(3, 12) == (3, 5)


def test_a_key_that_is_no_item_is_refused_with_the_items() -> None:
    with pytest.raises(RecordError, match=r"no item 'taste'.*colour, ripe, pips, weight, length, origin, spoilt"):
        read_form(Form, {"taste": "sweet"})


WRITTEN: tuple[Any, ...] = ("nonsense", "", "x" * 300, -7.5, -1, 0, 0.3, 1, 2, 2.5, 7, 35, 1e9, True, False, [], {})


@pytest.mark.parametrize("question", questions(Form), ids=lambda one: str(one.name))
def test_what_the_schema_takes_is_read(question: Question) -> None:
    _agree(question)


@pytest.mark.parametrize("id", list(INSTRUMENTS))
def test_what_the_schema_of_an_instrument_takes_is_read(id: str) -> None:
    for question in INSTRUMENTS[id].questions:
        _agree(question)


def _agree(question: Question) -> None:
    """No answer that the form gives or the schema takes is refused by the other; a form may read more spellings."""
    validator = Draft202012Validator(question.schema)
    assert question.schema["description"] == question.ask.words
    assert validator.is_valid(None)
    for given in WRITTEN:
        if validator.is_valid(given) and not (isinstance(question.ask, Text) and given == ""):
            assert fits(question, given), (question.name, given)
    if not isinstance(question.ask, Text):
        for given in ("unknown", *(getattr(answer, "value", answer) for answer in question.answers)):
            assert validator.is_valid(given), (question.name, given)
