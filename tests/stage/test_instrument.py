"""What an instrument may declare of itself, on small ones made for it: needs, tumours, a judge of its own, a mean."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Annotated, Any

import pytest

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Known, Number
from enbloc.stage.instrument import MOST_FORMS, Better, Category, Instrument, Outcome, judged
from enbloc.stage.population import Tumour
from enbloc.stage.score import Also, Score
from enbloc.value import value


class Size(Component):
    SMALL = "small", 0
    LARGE = "large", 1


class Other(Enum):
    SMALL = "small"


@value
class Sum:
    """Two items; a large first one is never old."""

    first: Annotated[Size, Ask(words="first")]
    second: Annotated[Size, Ask(words="second")]
    old: Annotated[bool, Ask(words="old?")]

    def __post_init__(self) -> None:
        if self.old and self.first is Size.LARGE:
            raise RecordError("A large first one is never old.", remedy="Correct one of the two.")

    @property
    def outcome(self) -> Outcome:
        points = (("first", self.first.points), ("second", self.second.points))
        total = sum(each for _, each in points)
        return Outcome(
            points=points,
            total=total,
            category=band(total),
            readings=(("share", total / 3), ("word", "even" if total % 2 == 0 else "odd")),
        )


def band(total: float) -> str:
    return "low" if total < 2 else "high"


def made(form: type, **more: Any) -> Instrument:
    categories = (Category(word="low"), Category(word="high"))
    return Instrument(
        id="made",
        name="Made",
        version="1",
        form=form,
        population="nobody",
        better=Better.LOWER,
        categories=categories,
        checked=Checked.READ,
        cites=(cite("fisher2010sins"),),
        **more,
    )


SUM = made(Sum, lowest=0, highest=2)


def test_answers_that_contradict_each_other_are_no_completion_and_refused_if_they_are_all() -> None:
    score = judged(SUM, {"old": (True,)})
    assert (score.totals, score.categories) == ((0, 1), ("low",))
    assert (score.about, score.at, score.out_of) == ("form", "", 2)
    assert score.missing == ("first", "second")
    with pytest.raises(RecordError, match="never old"):
        judged(SUM, {"old": (True,), "first": (Size.LARGE,)})


def test_other_readings_of_the_same_answers_stand_beside_the_total_words_in_the_order_of_the_answers() -> None:
    score = judged(SUM, {"first": (Size.LARGE,)}, about="A", at="T8")
    assert (score.about, score.at, score.totals) == ("A", "T8", (1, 2))
    assert score.also == (Also(name="share", values=("0.33", "0.67")), Also(name="word", values=("odd", "even")))


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"third": (Size.SMALL,)}, "Made has no item 'third'"),
        ({"first": ()}, "Nothing is left that first could be"),
        ({"first": (Size.SMALL, Other.SMALL)}, "first cannot be <Other.SMALL"),
    ],
)
def test_what_is_no_item_or_no_answer_is_refused(known: Known, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        judged(SUM, known)


# --- whom it is for ---------------------------------------------------------------------------------------------------
SPREAD_ONLY = replace(SUM, tumours=(Tumour.METASTASIS, Tumour.HAEMATOLOGICAL))


def test_the_kind_of_tumour_is_asked_last_and_only_where_it_decides() -> None:
    assert [one.name for one in SUM.questions] == ["first", "second", "old"]
    assert [one.name for one in SPREAD_ONLY.questions] == ["first", "second", "old", "tumour"]
    assert SPREAD_ONLY.read({"tumour": "primary", "old": "unknown"}) == {"tumour": (Tumour.PRIMARY,)}


@pytest.mark.parametrize("kind", Tumour)
def test_a_tumour_that_it_is_not_for_is_refused(kind: Tumour) -> None:
    if kind in SPREAD_ONLY.tumours:
        score = judged(SPREAD_ONLY, {"tumour": (kind,)})
        assert (score.flags, score.totals) == ((), (0, 1, 2))
        assert [item.name for item in score.items] == ["first", "second", "old"]
        return
    with pytest.raises(RecordError) as refused:
        judged(SPREAD_ONLY, {"tumour": (kind,)})
    assert str(refused.value).startswith(f"Made is not for this tumour ({kind.value}): it was made for nobody.")
    assert refused.value.remedy == "Use it for metastasis or haematological only."


@pytest.mark.parametrize("known", [{}, {"tumour": (Tumour.METASTASIS, Tumour.PRIMARY)}])
def test_where_the_tumour_is_not_known_the_score_says_so(known: Known) -> None:
    assert judged(SPREAD_ONLY, known).flags == (
        "for metastasis or haematological only: the kind of tumour is not known",
    )


# --- what it needs ----------------------------------------------------------------------------------------------------
@value
class Measured:
    """A number that cannot be gone through, and a comment that may be left out."""

    length: Annotated[float, Number(words="length", unit="cm", low=0, high=10, step=0)]
    width: Annotated[float | None, Number(words="width", unit="cm", low=0, high=10, step=0)]

    @property
    def outcome(self) -> Outcome:
        total = self.length + (self.width or 0)
        points = (("length", self.length),)
        return Outcome(points=points, total=total, category=band(total))


NEEDY = made(Measured, needs=("length",), highest=10.5)


def test_without_what_it_needs_nothing_is_computed_and_that_is_asked_for() -> None:
    score = judged(NEEDY, {"width": (1.5,)})
    assert (score.totals, score.categories, score.missing) == ((), (), ("length",))
    assert [(item.values, item.points, item.ask) for item in score.items] == [((), (), "length"), (("1.5",), (), "")]
    assert score.out_of is None


def test_what_it_does_not_need_may_be_none() -> None:
    score = judged(NEEDY, {"length": (1.5,)})
    assert (score.totals, score.categories, score.missing) == ((1.5,), ("low",), ())
    both = judged(NEEDY, {"length": (1.5,), "width": (0.25, 0.75)})
    assert (both.totals, both.missing) == ((1.75, 2.25), ("width",))


def test_an_instrument_that_judges_itself_is_asked_and_told_what_it_is_about() -> None:
    seen: list[Known] = []

    def judge(instrument: Instrument, known: Known) -> Score:
        seen.append(known)
        return replace(judged(SUM, {}), instrument=instrument.id, totals=(7,), flags=("own",))

    own = replace(SPREAD_ONLY, judge=judge)
    known = {"first": (Size.SMALL,), "tumour": (Tumour.METASTASIS, Tumour.PRIMARY)}
    score = judged(own, known, about="A", at="T8")
    assert seen == [{"first": (Size.SMALL,)}]
    assert (score.about, score.at, score.totals) == ("A", "T8", (7,))
    assert score.flags == ("own", "for metastasis or haematological only: the kind of tumour is not known")


# --- more forms than can be gone through ------------------------------------------------------------------------------
def _many(items: int) -> type:
    def outcome(self: Any) -> Outcome:
        points = tuple((f"item_{number}", getattr(self, f"item_{number}").points) for number in range(items))
        total = sum(each for _, each in points)
        flags = ("first is large",) if self.item_0 is Size.LARGE else ()
        return Outcome(points=points, total=total, category=band(total), flags=flags, readings=(("half", total / 2),))

    asked = {f"item_{number}": Annotated[Size, Ask(words=f"item {number}")] for number in range(items)}
    return value(type("Many", (), {"__annotations__": asked, "outcome": property(outcome)}))


MANY = _many(16)


def test_a_sum_of_many_items_is_reached_item_by_item() -> None:
    assert MOST_FORMS < 2**16
    score = judged(made(MANY, band=band, highest=16), {})
    assert score.totals == tuple(range(17))
    assert score.categories == ("low", "high")
    assert score.flags == ("first is large",)
    assert score.also == (Also(name="half", values=tuple(f"{number / 2:g}" for number in range(17))),)
    assert score.missing == tuple(f"item {number}" for number in range(16))


def test_many_items_without_a_rule_for_their_sum_need_more_answers() -> None:
    with pytest.raises(RecordError, match="Too little of Made is filled in"):
        judged(made(MANY), {})
    assert judged(made(MANY), {"item_0": (Size.SMALL,)}).totals == tuple(range(16))


@pytest.mark.parametrize("least", [16, 17])
def test_a_mean_is_reached_item_by_item_or_refused_where_too_few_are_answered(least: int) -> None:
    def mean(total: float, number: int) -> Outcome:
        if number < least:
            raise RecordError("Too few.", remedy="Answer more.")
        return Outcome(total=total / number, category=band(total))

    averaged = made(MANY, averaged=mean)
    if least == 17:
        with pytest.raises(RecordError, match="Too few"):
            judged(averaged, {})
        return
    assert judged(averaged, {}).totals == tuple(number / 16 for number in range(17))
