"""A table of answers gives the same as its forms one by one, keeps what is open, and refuses what cannot be."""

from __future__ import annotations

import doctest
import random
import subprocess
import sys
from dataclasses import replace
from enum import Enum
from math import isnan, nan
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.errors import RecordError
from enbloc.stage.columns import Coded, Contradiction, ScoreColumns, scored
from enbloc.stage.complication.caprini import CAPRINI
from enbloc.stage.form import Ask, Number, Question, Text, completions, count, questions
from enbloc.stage.frailty.modified_frailty_index import MFI5
from enbloc.stage.instrument import Category, Instrument, Outcome, judged
from enbloc.stage.outcome.odi import ODI
from enbloc.stage.population import SPREAD
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.response.spino import SPINO, Growth
from enbloc.stage.survival.nesms import NESMS
from enbloc.stage.survival.osri import OSRI
from enbloc.stage.survival.prism import PRISM
from enbloc.stage.survival.tokuhashi import TOKUHASHI
from enbloc.value import value
from tests.sampling import IS_SWEEP, sampled

EVERY, SOME = 20_000, 1_500


def is_in_columns(one: Instrument) -> bool:
    """Whether its answers are closed, and few enough or a sum."""
    if one.judge is not None or one.needs or any(isinstance(each.ask, Text) for each in one.questions):
        return False
    forms = count({each.name: each.answers for each in questions(one.form)})
    return forms <= 100_000 or one.band is not None or one.averaged is not None


IN_COLUMNS = {id: one for id, one in INSTRUMENTS.items() if is_in_columns(one)}
every_instrument = pytest.mark.parametrize("one", IN_COLUMNS.values(), ids=list(IN_COLUMNS))

Row = dict[str, Any]


def complete_rows(one: Instrument) -> list[Row]:
    """Every complete form, or so many at random of a large one."""
    answers = {question.name: question.answers for question in questions(one.form)}
    if count(answers) <= EVERY:
        return list(completions(answers))
    dice = random.Random(20261120)
    return [{name: dice.choice(each) for name, each in answers.items()} for _ in range(EVERY if IS_SWEEP else SOME)]


def columns_of(rows: list[Row]) -> dict[str, list[Any]]:
    return {name: [getattr(row[name], "value", row[name]) for row in rows] for name in rows[0]}


def expected(one: Instrument, row: Row) -> tuple[tuple[float, ...], tuple[str, ...]] | None:
    """Totals and categories of a complete form; none if its answers contradict each other."""
    try:
        outcome = one.form(**row).outcome
    except RecordError:
        return None
    every = (outcome, *outcome.otherwise)
    words = {each.category for each in every}
    totals = {each.total for each in every if each.total is not None}
    return tuple(sorted(totals)), tuple(each.word for each in one.categories if each.word in words)


def judgement(one: Instrument, row: Row) -> tuple[tuple[float, ...], tuple[str, ...]] | None:
    """The same by the scalar path, open items left open."""
    try:
        score = judged(one, {name: (answer,) for name, answer in row.items() if answer is not None})
    except RecordError:
        return None
    return score.totals, score.categories


def agree(found: ScoreColumns, at: int, due: tuple[tuple[float, ...], tuple[str, ...]] | None) -> bool:
    """Whether a row of the result is that one."""
    low, high, total = (float(each[at]) for each in (found.lowest, found.highest, found.total))
    if due is None:
        return found.could_be(at) == () and found.category[at] == -1 and isnan(low) and isnan(high) and isnan(total)
    totals, words = due
    category = found.words.index(words[0]) if len(words) == 1 else -1
    ends = (totals[0], totals[-1], totals[0] if len(totals) == 1 else nan) if totals else (nan, nan, nan)
    same = all(isnan(due) if isnan(mine) else mine == due for mine, due in zip((low, high, total), ends, strict=True))
    return same and found.could_be(at) == words and found.category[at] == category


@every_instrument
def test_every_complete_row_is_its_form(one: Instrument) -> None:
    rows = complete_rows(one)
    found = scored(one, columns_of(rows))
    assert found.words == tuple(category.word for category in one.categories)
    assert [row for at, row in enumerate(rows) if not agree(found, at, expected(one, row))] == []


@every_instrument
def test_rows_with_open_items_are_judged_alike(one: Instrument) -> None:
    dice = random.Random(4)
    rows = []
    for row in sampled(complete_rows(one), 400 if IS_SWEEP else 12):
        tumour = {question.name: dice.choice(question.answers) for question in one.questions}
        whole = tumour | row
        rows.append(whole | dict.fromkeys(dice.sample(sorted(whole), min(dice.randint(0, 3), len(whole))), None))
    found = scored(one, columns_of(rows))
    assert [row for at, row in enumerate(rows) if not agree(found, at, judgement(one, row))] == []
    assert {each.row for each in found.contradictions} == {at for at, row in enumerate(rows) if not judgement(one, row)}


@pytest.mark.parametrize(
    "id", ["sins", "tokuhashi_2005", "enneking", "mfi5", "odi", "bpi_interference", "cci", "caprini"]
)
def test_a_row_of_which_nothing_is_known_can_be_everything(id: str) -> None:
    one = INSTRUMENTS[id]
    found = scored(one, {questions(one.form)[0].name: ["unknown", None]})
    assert agree(found, 1, judgement(one, {}))
    assert found.could_be(0) == found.words


def answer(question: Question) -> st.SearchStrategy[Any]:
    """Any answer of an item, or none: numbers from the whole scale and beside each cut."""
    held = question.ask
    if not isinstance(held, Number):
        return st.none() | st.sampled_from(question.answers)
    if not held.step:
        beside = [float(np.nextafter(cut, to)) for cut in held.cuts for to in (0.0, cut, 1e9)]
        return st.none() | st.floats(held.low, held.high) | st.sampled_from([held.low, held.high, *beside])
    first, last = round(held.low / held.step), round(held.high / held.step)
    near = [at for cut in held.cuts for by in (-1, 0, 1) if first <= (at := round(cut / held.step) + by) <= last]
    steps = st.one_of(st.sampled_from([first, last, *near]), st.integers(first, last))
    return st.none() | st.builds(question.read, steps.map(lambda at: round(at * held.step, 6)))


with_numbers = [one for one in IN_COLUMNS.values() if any(isinstance(each.ask, Number) for each in one.questions)]


@pytest.mark.parametrize("one", with_numbers, ids=[one.id for one in with_numbers])
def test_a_number_counts_by_its_band_alone(one: Instrument) -> None:
    rows: list[Row] = []

    @settings(max_examples=200 if IS_SWEEP else 8, deadline=None, database=None)
    @given(st.fixed_dictionaries({each.name: answer(each) for each in one.questions}))
    def draw(row: Row) -> None:
        opened = {each.name: each.answers for each in questions(one.form) if row[each.name] is None}
        if count(opened) <= (EVERY if IS_SWEEP else 100):
            rows.append(row)

    draw()
    found = scored(one, columns_of(rows)) if rows else None
    assert found is None or [row for at, row in enumerate(rows) if not agree(found, at, judgement(one, row))] == []


WALKING = ["independent", "not walking", None]
FORMS: dict[str, list[Any]] = {"bauer": [4, 2, 1], "albumin": [4.1, 3.9, 2.0], "walking": WALKING}


def same(found: ScoreColumns, other: ScoreColumns) -> bool:
    return all(
        np.array_equal(getattr(found, name), getattr(other, name), equal_nan=name != "reachable")
        for name in ("total", "category", "lowest", "highest", "reachable")
    )


def test_a_result_has_a_plain_array_of_each_kind() -> None:
    found = scored(NESMS, FORMS)
    assert (len(found), found.instrument) == (3, "nesms")
    assert [found.total.dtype, found.category.dtype, found.reachable.dtype] == [np.float64, np.int16, np.uint64]
    assert found.words == ("score 3", "score 2", "score 1", "score 0")
    np.testing.assert_array_equal(found.total, [3, 1, nan])
    np.testing.assert_array_equal(found.category, [0, 2, -1])
    np.testing.assert_array_equal(found.lowest, [3, 1, 0])
    np.testing.assert_array_equal(found.highest, [3, 1, 1])
    assert found.could_be(2) == ("score 1", "score 0")
    assert list(found.contradictions) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"bauer": np.array([4, 2, 1]), "albumin": np.array([4.1, 3.9, 2.0]), "walking": np.array(WALKING)},
        {"bauer": np.array([4, 2, 1], np.uint8), "walking": ["independent", "not walking", "unknown"]},
        {"bauer": np.array([4, 2, 1], np.float32), "walking": np.array(["independent", "not walking", "unknown"])},
        {"bauer": [np.int64(4), 2.0, 1], "walking": ("independent", "not walking", nan)},
        {"walking": Coded(codes=np.array([0, 1, -1]), words=("independent", "not walking"))},
        {"walking": Coded(codes=np.array([1, 0, 2], np.uint8), words=("not walking", "independent", "unknown"))},
        {"walking": np.ma.array(["independent", "not walking", "nonsense"], mask=[False, False, True])},
        {"walking": np.array(["independent", "not walking", np.ma.masked], dtype=object)},
        {"bauer": np.ma.array([4, 2, 1])},
        {"walking": np.array(["independent", "not walking", "unknown"], np.dtypes.StringDType())},
        {"albumin": np.array([4.1, 3.9, 2.0], dtype=object)},
        {"albumin": np.ma.array([4.1, 3.9, nan], mask=[False, False, True])},
    ],
    ids=lambda columns: ", ".join(f"{name} {type(each).__name__}" for name, each in columns.items()),
)
def test_the_same_answers_may_be_written_in_several_ways(columns: dict[str, Any]) -> None:
    is_open = isinstance(columns.get("albumin"), np.ma.MaskedArray)
    due = scored(NESMS, FORMS | ({"albumin": [4.1, 3.9, None]} if is_open else {}))
    assert same(scored(NESMS, FORMS | columns), due)


def test_answers_by_number_are_read_as_in_the_form() -> None:
    by_number = {f"section_{at}": np.array([0, 5, 3], np.int8) for at in range(1, 11)}
    np.testing.assert_array_equal(scored(ODI, by_number).total, [0, 100, 60])


def test_yes_and_no_are_booleans() -> None:
    found = scored(PRISM, {"female": np.array([True, False]), "only_site": [False, None]})
    assert agree(found, 0, judgement(PRISM, {"female": True, "only_site": False}))
    assert agree(found, 1, judgement(PRISM, {"female": False, "only_site": None}))
    with pytest.raises(RecordError, match=r"female.*column of int64.*true or false"):
        scored(PRISM, {"female": np.array([1, 0])})


def test_an_item_without_a_column_is_unknown_in_every_row() -> None:
    found = scored(TOKUHASHI, {"primary": ["breast", "lung"]})
    np.testing.assert_array_equal(found.lowest, [5, 0])
    np.testing.assert_array_equal(found.highest, [15, 10])
    assert len(scored(TOKUHASHI, {"primary": []})) == 0


def test_a_number_that_misses_its_step_by_rounding_is_that_step() -> None:
    growth: dict[str, Any] = {
        "growth": [Growth.UNEQUIVOCAL.value] * 3,
        "epidural": [False] * 3,
        "deterioration": [False] * 3,
    }
    found = scored(SPINO, growth | {"first_seen_months": [6.0, 61 * 0.1, np.nextafter(6.1, 0)]})
    assert [found.could_be(row) for row in range(3)] == [("indeterminate",), *[("local progression",)] * 2]
    with pytest.raises(RecordError, match="first_seen_months, row 0"):
        scored(SPINO, {"first_seen_months": [0.33]})


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("karnofsky", np.array([80, 75]), r"column karnofsky, row 1 .*cannot be 75.*10 to 100 % in steps of 10"),
        ("karnofsky", np.array([80, 110, 0]), r"row 1 .*110 \(1 more rows\)"),
        ("karnofsky", np.array([np.inf]), "row 0 .*inf"),
        ("karnofsky", np.array([True, False]), "cannot be a column of bool"),
        ("karnofsky", [80, True], "row 1 .*True"),
        ("karnofsky", np.array(["80"]), "row 0 .*'80'"),
        ("karnofsky", [10**400], "row 0 .*cannot be that"),
        ("karnofsky", 80, "cannot be a column of type int"),
        ("karnofsky", np.array([[80]]), r"shape \(1, 1\)"),
        ("karnofsky", np.array([0], "datetime64[D]"), "column of datetime64"),
        ("vertebrae", np.array([1.5]), "row 0 .*1.5"),
        ("organs", ["none", "nonsense"], "row 1 .*'nonsense'.*unremovable, removable, none"),
        ("organs", np.array([2]), "row 0 .*2"),
        ("organs", np.array([2.0]), "column of float64"),
        ("organs", [["none"]], "one answer for each row"),
        ("organs", ["none", ["none"]], "row 1 .*cannot be that"),
        ("organs", ["x" * 60], "cannot be that"),
        ("organs", np.ma.array(["nonsense", "bad"], mask=[True, False]), "row 1 .*'bad'"),
        ("organs", Coded(codes=np.array([0, 1]), words=("none", "bad")), "row 1 .*'bad'"),
        ("organs", Coded(codes=np.array([0, 2]), words=("none", "removable")), "row 1 .*Code 2 has no word"),
        ("organs", Coded(codes=np.array([0.0]), words=("none",)), "codes of float64"),
        ("liver", ["none"], "has no item 'liver'.*Its items are karnofsky"),
    ],
)
def test_what_cannot_be_refuses_the_table_and_names_the_row(name: str, column: Any, said: str) -> None:
    with pytest.raises(RecordError, match=said) as refused:
        scored(TOKUHASHI, {name: column})
    assert refused.value.remedy
    assert "\n" not in str(refused.value)


def test_columns_are_of_one_length_and_there_is_one_and_none_is_too_coarse_for_a_cut() -> None:
    with pytest.raises(RecordError, match=r"albumin.*float32.*float64"):
        scored(NESMS, {"albumin": np.array([3.5], np.float32)})
    with pytest.raises(RecordError, match="column vertebrae: It has 1 rows, and the column karnofsky has 2"):
        scored(TOKUHASHI, {"vertebrae": [1], "karnofsky": [80, 90]})
    with pytest.raises(RecordError, match="without columns"):
        scored(TOKUHASHI, {})


def test_a_row_that_contradicts_itself_is_named_and_not_scored() -> None:
    found = scored(PRISM, {"only_site": [True, False, True], "organs": [2, 2, 0]})
    (fault,) = found.contradictions
    assert isinstance(fault, Contradiction)
    assert (fault.row, fault.items) == (0, ("only_site", "organs"))
    assert "only metastatic one" in fault.why
    assert (found.reachable[0], found.category[0]) == (0, -1)
    assert () not in (found.could_be(1), found.could_be(2))


def test_a_number_within_its_band_that_the_form_refuses_is_not_scored() -> None:
    found = scored(OSRI, {"ptp": [2, 3, 4], "karnofsky": [90, 90, 90]})
    np.testing.assert_array_equal(found.total, [2, nan, 4])
    assert [(each.row, each.items) for each in found.contradictions] == [(1, ("ptp",))]
    assert found.could_be(1) == ()
    assert scored(OSRI, {"karnofsky": [90]}).highest[0] == 5


def test_where_no_single_item_is_wrong_all_that_are_known_are_named() -> None:
    blanks = {name: ["not_available"] for name in ("diabetes", "lung", "dependent")}
    (fault,) = scored(MFI5, blanks | {"hypertension": ["present"]}).contradictions
    assert fault.items == ("diabetes", "hypertension", "lung", "dependent")


def test_a_mean_of_too_few_answers_names_the_blanks() -> None:
    answers = {f"section_{at}": ["3", "3"] for at in range(1, 11)}
    blanks = {f"section_{at}": ["not answered", "3"] for at in (2, 5, 9)}
    (fault,) = scored(ODI, answers | blanks).contradictions
    assert (fault.row, fault.items) == (0, ("section_2", "section_5", "section_9"))
    assert "Only 7 of 10" in fault.why


def test_a_tumour_that_the_instrument_is_not_for_is_not_scored() -> None:
    found = scored(replace(NESMS, tumours=SPREAD), FORMS | {"tumour": ["intradural", "metastasis", None]})
    (fault,) = found.contradictions
    assert (fault.row, fault.items) == (0, ("tumour",))
    assert "is not for this tumour" in fault.why
    assert [found.could_be(row) for row in range(3)] == [(), ("score 1",), ("score 1", "score 0")]


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@value
class Made:
    """A form with an item that the scale supposes where it is left out, and with two published readings."""

    colour: Annotated[Colour, Ask(words="colour")]
    large: Annotated[bool, Ask(words="large")] = False

    @property
    def outcome(self) -> Outcome:
        total = {Colour.RED: 1.0, Colour.BLUE: 2.0}[self.colour]
        other = (Outcome(total=total + 5, category="b"),) if self.large else ()
        return Outcome(total=total, category="a", otherwise=other)


@value
class MadeOpen(Made):
    """One that supposes what is no answer."""

    note: Annotated[bool | None, Ask(words="note")] = None


@value
class MadeNever(Made):
    """One that allows no answers."""

    def __post_init__(self) -> None:
        raise RecordError("Never.", remedy="Give up.")


MADE = replace(NESMS, id="made", form=Made, categories=(Category(word="a"), Category(word="b")), tumours=())


def test_an_item_left_out_is_what_the_scale_supposes_and_readings_stay_beside_each_other() -> None:
    found = scored(MADE, {"colour": ["red", None, "blue", None], "large": [False, None, True, True]})
    np.testing.assert_array_equal(found.lowest, [1, 1, 2, 1])
    np.testing.assert_array_equal(found.highest, [1, 2, 7, 7])
    assert [found.could_be(row) for row in range(4)] == [("a",), ("a",), ("a", "b"), ("a", "b")]
    rows = [(Colour.RED, False), (None, None), (Colour.BLUE, True), (None, True)]
    due = [judgement(MADE, {"colour": colour, "large": large}) for colour, large in rows]
    assert all(agree(found, at, each) for at, each in enumerate(due))


WITHOUT = {
    "needs items": replace(NESMS, needs=("bauer",)),
    "supposes what is no answer": replace(MADE, form=MadeOpen),
    "allows no form": replace(MADE, form=MadeNever),
    "too many forms and no sum": replace(CAPRINI, band=None),
    "too many categories": replace(NESMS, categories=tuple(Category(word=str(at)) for at in range(65))),
} | {id: one for id, one in INSTRUMENTS.items() if id not in IN_COLUMNS}


@pytest.mark.parametrize("one", WITHOUT.values(), ids=list(WITHOUT))
def test_an_instrument_without_closed_answers_is_refused(one: Instrument) -> None:
    with pytest.raises(RecordError, match="cannot be computed from columns"):
        scored(one, {"bauer": [1]})


def test_the_page_about_it_shows_what_it_does() -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "score-a-table.md"
    lines = [line for line in page.read_text("utf-8").splitlines() if not line.startswith("```")]
    shown = doctest.DocTestParser().get_doctest("\n".join(lines), {}, page.name, str(page), 0)
    assert doctest.DocTestRunner().run(shown).failed == 0
    assert len(shown.examples) > 5


def test_scores_and_the_command_line_do_not_load_it() -> None:
    lines = "import sys, enbloc.cli, enbloc.stage.registry; print('enbloc.stage.columns' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
