"""The timeline as iCalendar, read back by a reader of its own that was written from RFC 5545 alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.case.override import Override
from enbloc.case.patient import Patient, Sex
from enbloc.decide.timeline import Dated, Passing
from enbloc.errors import OutputError, RecordError
from enbloc.evidence import Checked
from enbloc.exchange.calendar import (
    LONGEST_LINE,
    calendar,
    calendar_of,
    description,
    fit_calendar,
    folded,
    summary,
    write_calendar,
)
from tests.decide.situations import METASTASIS, TODAY, a_case
from tests.decide.timelines import drug, entered_on, radiotherapy

Known = dict[Fact[Any], Any]
ENTRY = Dated(
    what=Passing.LATEST,
    subject="MRI of the whole spine",
    about="patient",
    counted_from="first presentation with the deficit",
    since=date(2026, 11, 19),
    day=date(2026, 11, 20),
    at=datetime(2026, 11, 20, 14),
    days_left=0,
    rule="RED-01",
    source="nice2023ng234",
    checked=Checked.READ_IN_A_COPY,
)
DEMO: Known = METASTASIS | {
    f.DEFICIT: True,
    f.PRESENTED: datetime(2026, 11, 19, 14),
    f.DECIDED: datetime(2026, 11, 19, 20),
    f.OPERATION_AT: datetime(2026, 12, 1, 8),
    f.RADIOTHERAPY_DAY: date(2026, 12, 15),
}
WHOLE = entered_on(DEMO, drug("bevacizumab", date(2026, 11, 1)), radiotherapy(date(2026, 6, 1), what="SBRT"))


# --- an independent reader --------------------------------------------------------------------------------------------
@dataclass
class Part:
    """A component as RFC 5545 describes it: its properties with their parameters, and the components inside."""

    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        (value,) = (value for named, _, value in self.properties if named == name)
        return value

    def has(self, name: str) -> bool:
        return any(named == name for named, _, _ in self.properties)


def parsed(text: str) -> Part:
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text), "every line ends with CR and LF (3.1)"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "lines of at most 75 octets (3.1)"
    unfolded = re.sub(r"\r\n[ \t]", "", text)
    stack = [Part("")]
    for line in unfolded.removesuffix("\r\n").split("\r\n"):
        matched = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^:;,\"]+)*):(.*)", line)
        assert matched, line
        name, parameters, value = matched.groups()
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            stack[-1].properties.append((name, parameters.lstrip(";"), value))
    (whole,) = stack[0].parts
    return whole


def text_of(value: str) -> str:
    """A value of the type TEXT (3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "semicolons and commas are escaped"
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def made(*entries: Dated, notes: tuple[str, ...] = (), case: str = "2f41") -> Part:
    return parsed(calendar(entries, case=case, as_of=TODAY, notes=notes))


# --- what is written --------------------------------------------------------------------------------------------------
def test_the_whole_calendar_is_what_the_standard_asks_for() -> None:
    whole = made(*WHOLE)
    assert (whole.name, whole["VERSION"], whole["CALSCALE"]) == ("VCALENDAR", "2.0", "GREGORIAN")
    assert whole["PRODID"].startswith("-//enbloc//")
    assert len(whole.parts) == len(WHOLE), "no entry is dropped"
    assert {part.name for part in whole.parts} == {"VEVENT", "VTODO"}
    names = [part["UID"] for part in whole.parts]
    assert len(set(names)) == len(names)
    for part in whole.parts:
        assert part["DTSTAMP"] == "20261120T000000Z"
        assert part.has("SUMMARY")
        assert part.has("DESCRIPTION")
        assert (part.name == "VEVENT") is part.has("DTSTART")


def test_an_hour_is_an_hour_and_a_day_a_day() -> None:
    (hour,) = made(ENTRY).parts
    assert hour["DTSTART"] == "20261120T140000"
    assert not hour.has("DTEND")
    (day,) = made(replace(ENTRY, at=None)).parts
    assert ("DTSTART", "VALUE=DATE", "20261120") in day.properties
    assert ("DTEND", "VALUE=DATE", "20261121") in day.properties, "the end is the first day after it"
    (window,) = made(replace(ENTRY, at=None, until=date(2026, 12, 31))).parts
    assert ("DTEND", "VALUE=DATE", "20270101") in window.properties


@pytest.mark.parametrize(
    ("hours", "written"), [(0, "20261120T140000Z"), (2, "20261120T120000Z"), (-11, "20261121T010000Z")]
)
def test_a_time_zone_of_the_record_is_kept_as_universal_time(hours: int, written: str) -> None:
    at = datetime(2026, 11, 20, 14, tzinfo=timezone(timedelta(hours=hours)))
    (part,) = made(replace(ENTRY, at=at)).parts
    assert part["DTSTART"] == written


def test_what_has_no_day_is_a_to_do_that_says_what_to_ask_for() -> None:
    (part,) = made(replace(ENTRY, day=None, at=None, since=None, days_left=None, ask=("day; hour, place",))).parts
    assert (part.name, part["STATUS"]) == ("VTODO", "NEEDS-ACTION")
    assert not part.has("DUE")
    assert "Ask: day; hour, place" in text_of(part["DESCRIPTION"])


def test_an_entry_says_its_rule_its_source_its_mark_and_to_confirm() -> None:
    lines = description(replace(ENTRY, disagrees=("DISAGREE-10",), is_open=True)).splitlines()
    assert lines == [
        "Rule RED-01; source nice2023ng234; mark V2.",
        "Counted from first presentation with the deficit: 2026-11-19.",
        "Sources disagree: DISAGREE-10.",
        "Its rule cannot be judged yet.",
        "Decision support: confirm before acting.",
    ]


def test_a_draft_what_has_passed_and_what_may_not_apply_are_said_at_the_head() -> None:
    assert summary(ENTRY) == "MRI of the whole spine: at the latest"
    assert summary(replace(ENTRY, about="A")) == "MRI of the whole spine: at the latest (lesion A)"
    odd = replace(ENTRY, checked=Checked.FROM_MEMORY, days_left=-3, is_open=True)
    assert summary(odd).startswith("[passed, if it applies, draft] MRI")
    assert summary(replace(odd, what=Passing.EARLIEST)).startswith("[reached, "), "nothing is late"
    assert "Not yet source-checked." in description(odd)
    (part,) = made(odd).parts
    assert part["STATUS"] == "TENTATIVE"
    assert not made(ENTRY).parts[0].has("STATUS")


def test_overridden_stops_stand_in_the_calendar_and_in_every_entry() -> None:
    override = Override(
        stop="STOP-16", about="patient", by="R. Example", on=TODAY, because="paraparesis since noon; reversed, no wait"
    )
    whole = parsed(calendar_of(replace(a_case(), as_of=TODAY, overrides=(override,)), WHOLE))
    note = "Stop overridden: STOP-16, every act, about patient, by R. Example on 2026-11-20: " + override.because
    assert note in text_of(whole["DESCRIPTION"])
    assert text_of(whole["X-WR-CALDESC"]) == text_of(whole["DESCRIPTION"])
    assert all(note in text_of(part["DESCRIPTION"]) for part in whole.parts)
    void = replace(override, stop="STOP-99")
    assert "STOP-99" not in calendar_of(replace(a_case(), as_of=TODAY, overrides=(void,)), WHOLE)


def test_nothing_of_the_person_is_in_it() -> None:
    case = replace(
        a_case(), as_of=TODAY, story="Mrs Example, 0815-4711", patient=Patient(birth_year=1965, sex=Sex.MALE)
    )
    told = calendar_of(case, WHOLE)
    assert not [word for word in ("Example", "0815", "1965", "male") if word in told]
    assert "2f41" in told, "the id of the folder tells two patients apart"


# --- the same bytes, the same ids -------------------------------------------------------------------------------------
def test_the_same_timeline_gives_the_same_bytes() -> None:
    assert calendar(WHOLE, case="2f41", as_of=TODAY) == calendar(list(WHOLE), case="2f41", as_of=TODAY)


def test_an_entry_keeps_its_id_when_its_day_moves_and_two_cases_share_none() -> None:
    (before,), (moved,) = made(ENTRY).parts, made(replace(ENTRY, day=date(2026, 11, 25), at=None)).parts
    assert before["UID"] == moved["UID"]
    (other,) = made(ENTRY, case="9c02").parts
    assert other["UID"] != before["UID"]
    twice = made(ENTRY, replace(ENTRY, day=date(2026, 12, 1), at=None)).parts
    assert twice[0]["UID"] != twice[1]["UID"]


def test_a_case_that_stands_at_no_day_has_no_calendar() -> None:
    with pytest.raises(RecordError, match="stands at no day"):
        calendar(WHOLE, case="2f41", as_of=None)


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(min_size=1, max_size=200))
def test_any_words_come_back_as_they_were(subject: str, ask: str) -> None:
    from unicodedata import category

    (part,) = made(replace(ENTRY, subject=f"x{subject}", ask=(ask,))).parts
    kept = "".join(sign for sign in ask if sign == "\n" or category(sign) not in ("Cc", "Cf", "Cs"))
    assert f"Ask: {kept}\n" in text_of(part["DESCRIPTION"])


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=400))
def test_a_line_is_folded_between_letters_and_unfolds_to_itself(line: str) -> None:
    pieces = folded(line).removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


@pytest.mark.parametrize(("letters", "pieces"), [(74, 1), (75, 1), (76, 2), (149, 2), (150, 3)])
def test_a_line_is_folded_at_its_limit(letters: int, pieces: int) -> None:
    assert len(folded("x" * letters).removesuffix("\r\n").split("\r\n")) == pieces


# --- the file ---------------------------------------------------------------------------------------------------------
def test_an_earlier_calendar_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    file, text = tmp_path / "timeline.ics", calendar(WHOLE, case="2f41", as_of=TODAY)
    for _ in range(2):
        fit_calendar(file, beside=tmp_path / "case")
        write_calendar(text, file)
    assert file.read_bytes() == text.encode()
    assert [one.name for one in tmp_path.iterdir()] == ["timeline.ics"], "no draft is left"
    file.write_text("BEGIN:VCALENDAR\r\nPRODID:-//somebody else//EN\r\n")
    with pytest.raises(OutputError, match="something else"):
        fit_calendar(file, beside=tmp_path / "case")


def test_a_place_that_cannot_be_is_refused_in_a_line(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    for place, words in (
        (case / "a.ics", "inside the case folder"),
        (tmp_path / "none" / "a.ics", "no such folder"),
        (case, "something else"),
    ):
        with pytest.raises(OutputError, match=words):
            fit_calendar(place, beside=case)
    with pytest.raises(OutputError, match="cannot be written"):
        write_calendar("", tmp_path / "none" / "a.ics")
