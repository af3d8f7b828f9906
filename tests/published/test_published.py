"""Every published example comes out as it is printed, read and judged as the command does; and none is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from enbloc.errors import RecordError
from enbloc.evidence import cite
from enbloc.exchange.case_file import read_block
from enbloc.stage.form import Known
from enbloc.stage.instrument import TUMOUR, Instrument, judged
from enbloc.stage.registry import INSTRUMENTS
from tests.published.checklist import CHECKLIST, NO_EXAMPLE, Printed
from tests.published.rows import SPECIFICATION, Reading, Row, published, rows

ROOT = Path(__file__).resolve().parents[2]
EVERY = [pytest.param(name, one, id=f"{name}: {one.example}") for name in published() for one in rows(name)]
every_row = pytest.mark.parametrize(("name", "row"), EVERY)
CLAIMED = [pytest.param(printed, name, id=f"{printed.section}: {name}") for printed in CHECKLIST for name in printed.by]


def answers(one: Instrument, row: Row) -> Known:
    """What is known of the form, written into a file and read from it as the command does."""
    return one.read(read_block(json.dumps(row.form).encode(), name="form.yaml"))


@every_row
def test_an_example_comes_out_as_printed(name: str, row: Row) -> None:
    one = INSTRUMENTS[name]
    if row.refused:
        with pytest.raises(RecordError) as refused:
            judged(one, answers(one, row))
        assert row.refused in str(refused.value)
        return
    score = judged(one, answers(one, row))
    assert score.totals == row.totals
    assert score.categories == row.categories
    assert {item.name: item.points for item in score.items if item.name in row.points} == several(row.points)
    assert {item.name: item.values for item in score.items if item.name in row.values} == several(row.values)
    assert {other.name: other.values for other in score.also if other.name in row.readings} == shown(row.readings)
    for words in row.flags:
        assert any(words in remark for remark in score.remarks), f"nothing says {words!r}"
    for words in row.absent:
        assert not any(words in remark for remark in score.remarks), f"something says {words!r}"


def several(printed: Mapping[str, Reading | tuple[Reading, ...]]) -> dict[str, tuple[Reading, ...]]:
    """What is printed of each item as a result holds it: all that stays open."""
    return {name: each if isinstance(each, tuple) else (each,) for name, each in printed.items()}


def shown(printed: Mapping[str, Reading | tuple[Reading, ...]]) -> dict[str, tuple[str, ...]]:
    """The other readings as a result shows them: a figure to two decimals."""
    return {
        name: tuple(each if isinstance(each, str) else f"{round(each, 2):g}" for each in those)
        for name, those in several(printed).items()
    }


@every_row
def test_a_row_claims_something_and_names_where_it_comes_from(name: str, row: Row) -> None:
    assert row.refused or row.categories
    assert not (row.refused and (row.totals or row.categories or row.points or row.values or row.readings or row.flags))
    assert row.words
    if row.source != SPECIFICATION:
        assert cite(row.source).key == row.source


@every_row
def test_no_row_is_dead(name: str, row: Row) -> None:
    assert name in INSTRUMENTS, f"{name}.yaml: there is no such instrument"
    one = INSTRUMENTS[name]  # one that is also written in blocks has other keys, and refuses strange ones as it reads
    assert one.reads is not None or row.form.keys() <= {question.name for question in one.questions}
    if row.source == SPECIFICATION:
        claimed = [printed.by[name] for printed in CHECKLIST if printed.section == row.section and name in printed.by]
        assert claimed, f"{row.example} is not on the checklist"
        assert row.number in claimed[0]


@every_row
def test_an_example_of_an_instrument_for_some_tumours_says_which(name: str, row: Row) -> None:
    assert not INSTRUMENTS[name].tumours or TUMOUR.name in row.form


@pytest.mark.parametrize("name", published())
def test_no_example_stands_twice(name: str) -> None:
    names = [row.example for row in rows(name)]
    assert names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("printed", "name"), CLAIMED)
def test_every_example_of_the_checklist_has_its_row(printed: Printed, name: str) -> None:
    found = {row.number for row in rows(name) if row.source == SPECIFICATION and row.section == printed.section}
    assert found == set(printed.by[name])


@pytest.mark.parametrize("printed", CHECKLIST, ids=lambda printed: printed.section)
def test_the_checklist_leaves_no_number_out(printed: Printed) -> None:
    executed = {number for numbers in printed.by.values() for number in numbers}
    assert executed.isdisjoint(printed.elsewhere)
    assert executed | printed.elsewhere.keys() == set(printed.everything)
    for where in printed.elsewhere.values():
        assert (ROOT / where.partition(":")[0]).is_file()


def test_every_instrument_has_rows_or_a_reason_for_none() -> None:
    with_examples = {name for printed in CHECKLIST for name in printed.by}
    assert not with_examples & NO_EXAMPLE.keys()
    assert with_examples | NO_EXAMPLE.keys() == INSTRUMENTS.keys(), "list it in tests/published/checklist.py"
