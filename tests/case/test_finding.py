"""A finding keeps its interval, its source, and what it overruled; the implausible is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import FACTS, AlignmentChange, EsccReported, PainCharacter, Subject
from enbloc.case.finding import Entry, Findings, Interval, Missing, SourceKind, measured
from enbloc.case.patient import Patient
from enbloc.errors import RecordError


@given(st.floats(0, 100), st.floats(0, 5))
def test_an_interval_is_rounded_outward(value: float, error: float) -> None:
    finding = measured(fact.VOLUME, "A", value, low=value - error, high=value + error)
    assert finding.interval is not None
    assert finding.interval.low <= value - error + 1e-8
    assert finding.interval.high >= value + error - 1e-8
    assert finding.interval.low <= finding.value <= finding.interval.high


def test_an_override_keeps_the_measured_value_beside_it() -> None:
    ours = Findings(found=(measured(fact.COLLAPSE, "T8", 45.0, low=38.0, high=52.0),))
    entry = Entry(fact="body.collapse", about="T8", value=55, by="R. Example", because="earlier film")
    both = ours | Findings(found=(entry.answers(0),))
    finding = both[fact.COLLAPSE, "T8"]
    assert not isinstance(finding, Unknown)
    assert finding.value == 55.0
    assert finding.source.by == "R. Example"
    assert finding.overruled is not None
    assert finding.overruled.value == 45.0
    assert finding.overruled.interval == Interval(low=38.0, high=52.0)
    assert finding.overruled.source.kind is SourceKind.MEASURED


def test_what_is_not_there_says_what_to_ask_for() -> None:
    assert Findings()[fact.PAIN, "A"] == Unknown(ask=frozenset({fact.PAIN.ask}))


def test_a_gap_is_closed_by_an_answer() -> None:
    gap = Findings(missing=(Missing(fact="body.collapse", about="T8", why="cut by the edge of the scan"),))
    assert gap.why_missing(fact.COLLAPSE, "T8")
    closed = gap | Findings(found=(measured(fact.COLLAPSE, "T8", 10.0),))
    assert not closed.missing


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"fact": "sins.pian", "value": "none"}, "sins.pain"),
        ({"fact": "sins.pain", "value": "bad"}, "none, not mechanical, mechanical"),
        ({"fact": "sins.pain", "value": 3}, "cannot be 3"),
        ({"fact": "patient.ecog", "value": 7, "about": "patient"}, "not plausible"),
        ({"fact": "patient.ecog", "value": 1.5, "about": "patient"}, "whole number"),
        ({"fact": "lab.albumin", "value": 3.9, "about": "patient"}, "g/L"),
        ({"fact": "body.collapse", "value": "half", "about": "T8"}, "a number"),
        ({"fact": "vertebra.pose", "value": "here", "about": "T8"}, "only measured"),
        ({"fact": "imaging.mri_level", "value": "yes"}, "true or false"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_with_what_can(entry: dict[str, object], says: str) -> None:
    with pytest.raises(RecordError, match=says):
        Entry(**{"about": "A", **entry})  # type: ignore[arg-type]  # wrong on purpose


def test_nobody_overrules_without_a_name() -> None:
    with pytest.raises(RecordError, match="nobody"):
        Entry(fact="sins.pain", about="A", value="none", because="I think so")


def test_an_entered_word_becomes_the_fact_s_own_type() -> None:
    assert Entry(fact="sins.pain", about="A", value="none").stated is PainCharacter.NONE
    assert Entry(fact="sins.alignment", about="A", value="subluxation").stated is AlignmentChange.SUBLUXATION


def test_a_grade_may_be_written_without_quotes_and_points_may_not_stand_for_words() -> None:
    assert Entry(fact="escc.reported", about="A", value=2).stated is EsccReported.GRADE_2
    with pytest.raises(RecordError, match="cannot be 3"):
        Entry(fact="sins.pain", about="A", value=3)


def test_a_sector_is_entered_with_its_side() -> None:
    entry = Entry(fact="lesion.wbb_sectors", about="A", value=("4 left", "5 left"))
    assert [one.number for one in entry.stated] == [4, 5]
    for mirrored in ("4 right", "4", "13 right"):
        with pytest.raises(RecordError, match="4 left"):
            Entry(fact="lesion.wbb_sectors", about="A", value=(mirrored,))


@pytest.mark.parametrize("named", FACTS.values(), ids=lambda named: named.id)
def test_every_fact_can_be_asked_for_in_words(named: fact.Fact[object]) -> None:
    assert named.ask
    assert named.words
    assert "_" not in named.ask + named.words
    assert isinstance(named.about, Subject)
    if named.low is not None and named.high is not None:
        assert named.low < named.high


def test_an_interval_does_not_run_backwards() -> None:
    with pytest.raises(RecordError):
        Interval(low=2.0, high=1.0)
    assert Interval(low=1.0, high=2.0).spans(2.0)
    assert not Interval(low=1.0, high=2.0).spans(2.1)


def test_who_and_when_travel_with_an_entry() -> None:
    entry = Entry(fact="sins.pain", about="A", value="none", by="R. Example", on=date(2026, 11, 19))
    assert entry.answers(2).source.on == date(2026, 11, 19)
    assert entry.answers(2).source.place == "findings[2]"


@pytest.mark.parametrize(("born", "on"), [(1965, date(9999, 12, 31)), (1965, date(1900, 1, 1))])
def test_an_age_that_cannot_be_is_refused(born: int, on: date) -> None:
    with pytest.raises(RecordError, match="make an age of"):
        Case(id="x", as_of=on, patient=Patient(birth_year=born))
