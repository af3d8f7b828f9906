"""ISNCSCI as an instrument: the whole classification of a form as a score, each result with every word it can be."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.errors import RecordError
from enbloc.stage.form import Known, Question
from enbloc.stage.instrument import Better, Category, Instrument
from enbloc.stage.neurology.isncsci import CHECKED, CITES, VERSION, Classification, classified
from enbloc.stage.neurology.items import EARLIER, NO_GRADE, Isncsci, answers_of, examination, flags, grades
from enbloc.stage.score import Also, Item, Score

NOT_DETERMINABLE = "ND"
SIDE_RESULTS = {
    "sensory level": "sensory_level",
    "motor level": "motor_level",
    "sensory zone of partial preservation": "sensory_zone",
    "motor zone of partial preservation": "motor_zone",
}
"""What each side comes to: its words, and where the classification holds it."""

NON_KEY_ZONE = "motor zone if every non-key muscle counted"
"""Shown where it is another one: implementations differ."""

TOTALS = {
    "upper extremity motor score": "upper_motor",
    "lower extremity motor score": "lower_motor",
    "motor score": "motor",
    "light touch": "light_touch",
    "pin prick": "pin_prick",
}
OUT_OF = {"upper_motor": 50, "lower_motor": 50, "motor": 100, "light_touch": 112, "pin_prick": 112}
"""The totals of both sides together; one with a score that was not testable is not determinable."""

LEVEL, COMPLETE, TAGGED, APART = (
    "neurological level of injury",
    "completeness",
    "grade with the tags of other causes",
    "grade as published lists hold it",
)
_COMPLETE = {"C": "complete", "I": "incomplete"}


def judge(instrument: Instrument, known: Known) -> Score:
    """The classification of a form; what was left out, unknown or not testable is completed in every way.

    Raises
    ------
    RecordError
        If an item holds some of its scores and not all of them, or a score is off its scale.
    """
    for name, answers in known.items():
        if len(answers) > 1 and name != EARLIER:
            raise RecordError(f"{name} is one score, or not testable.", remedy="Leave it out if it is unknown.")
    earlier = set(known.get(EARLIER, (False, True)))
    result = classified(examination({name: answers[0] for name, answers in known.items()}))
    reached = grades(result, earlier)
    return Score(
        instrument=instrument.id,
        name=instrument.name,
        about="form",
        at="",
        items=tuple(_items(result)),
        totals=(),
        out_of=None,
        categories=tuple(category.word for category in instrument.categories if category.word in reached),
        missing=tuple(one.ask.words for one in instrument.questions if _is_open(one, known)),
        flags=flags(result, earlier),
        also=tuple(_also(result)),
        warnings=instrument.warnings,
        checked=instrument.checked,
        cites=instrument.cites,
        version=instrument.version,
    )


def _is_open(one: Question, known: Known) -> bool:
    return len(known.get(one.name, one.unanswered)) > 1


def _items(result: Classification) -> Iterator[Item]:
    for words, name in SIDE_RESULTS.items():
        for side, of in (("right", result.right), ("left", result.left)):
            yield Item(name=f"{side} {words}", values=getattr(of, name), points=())
    for side, of in (("right", result.right), ("left", result.left)):
        if of.non_key_zone != of.motor_zone:
            yield Item(name=f"{side} {NON_KEY_ZONE}", values=of.non_key_zone, points=())


def _also(result: Classification) -> Iterator[Also]:
    yield Also(name=LEVEL, values=result.neurological_level)
    yield Also(name=COMPLETE, values=tuple(_COMPLETE[one] for one in result.complete))
    if any("*" in word for word in result.impairment):
        yield Also(name=TAGGED, values=result.impairment)
    if result.impairment_apart != result.impairment:
        yield Also(name=APART, values=result.impairment_apart)
    for words, name in TOTALS.items():
        yield Also(name=f"{words} of {OUT_OF[name]}", values=(said(getattr(result, name)),))
        for side, of in (("right", result.right), ("left", result.left)):
            yield Also(name=f"{side} {words} of {OUT_OF[name] // 2}", values=(said(getattr(of, name)),))


def said(total: int | None) -> str:
    """A total, or that it is not determinable."""
    return NOT_DETERMINABLE if total is None else str(total)


ISNCSCI = Instrument(
    id="isncsci",
    name="ISNCSCI",
    version=VERSION,
    form=Isncsci,
    population="injury of the spinal cord; in a tumour the same examination, with a grade by the same rules",
    better=Better.HIGHER,
    categories=(
        Category(word="A", published="complete: no sensory or motor function in S4-5"),
        Category(word="B", published="no motor function more than three levels below the motor level"),
        Category(word="C", published="motor incomplete; under half of the key muscles below the level have 3 or more"),
        Category(
            word="D", published="motor incomplete; at least half of the key muscles below the level have 3 or more"
        ),
        Category(word="E", published="normal, after an earlier deficit"),
        Category(word=NO_GRADE, published="somebody who was never injured gets no grade"),
    ),
    judge=judge,
    reads=answers_of,
    validations=(
        "the rules agree with one reference implementation on 90 published examinations and on 20 000 random complete"
        " ones; neither shows agreement with the text of the standard",
    ),
    warnings=("the letters are those of Frankel's grades, the rules are not: never convert one into the other",),
    checked=CHECKED,
    cites=CITES,
)
