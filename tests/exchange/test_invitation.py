"""A meeting as an event of a calendar: its bytes by the standard, its id for good, and no patient in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.board import AgendaItem, Meeting
from enbloc.errors import RecordError
from enbloc.exchange.calendar import INVITED, invitation
from tests.exchange.test_calendar import Part, parsed, text_of

CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MEETING = Meeting(
    id="m7",
    day=date(2026, 11, 26),
    starts="14:00",
    place="Room 3; second floor, left",
    title="Spine tumour board",
    agenda=(AgendaItem(case="2f41", lesions=("A",), question="En bloc or separation?"), AgendaItem(case="9c02")),
)
lines = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).filter(
    lambda one: one.strip() and one.isprintable()
)


def _event(meeting: Meeting = MEETING, *, version: int = 3, changed: datetime = CHANGED, cancel: bool = False) -> Part:
    whole = parsed(invitation(meeting, centre="main", version=version, changed=changed, is_cancelled=cancel))
    assert whole["METHOD"] == ("CANCEL" if cancel else "PUBLISH")
    assert (whole["VERSION"], whole["CALSCALE"]) == ("2.0", "GREGORIAN")
    (event,) = whole.parts
    assert event.name == "VEVENT"
    return event


def test_a_meeting_is_an_event_at_the_hour_of_the_wall_with_the_ids_of_its_cases() -> None:
    event = _event()
    assert event["DTSTART"] == "20261126T140000", "floating: the record holds no time zone"
    assert not event.has("DTEND"), "nobody stated when it ends"
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20261120T093000Z"
    assert text_of(event["SUMMARY"]) == MEETING.title
    assert text_of(event["LOCATION"]) == MEETING.place
    assert text_of(event["DESCRIPTION"]) == f"Cases: 2f41, 9c02.\n{INVITED}"
    assert (event["STATUS"], event["CLASS"]) == ("CONFIRMED", "PRIVATE")


def test_without_an_hour_it_takes_the_day() -> None:
    event = _event(replace(MEETING, starts="", place="", agenda=()))
    assert ("DTSTART", "VALUE=DATE", "20261126") in event.properties
    assert ("DTEND", "VALUE=DATE", "20261127") in event.properties
    assert not event.has("LOCATION")
    assert text_of(event["DESCRIPTION"]).startswith("Cases: none yet.")


def test_nothing_of_a_patient_but_the_id_of_the_case_is_in_it() -> None:
    asked = replace(MEETING, agenda=(AgendaItem(case="2f41", lesions=("left humerus",), question="Mrs Example, 61?"),))
    told = invitation(asked, centre="main", version=1, changed=CHANGED)
    assert "2f41" in told
    assert not [word for word in ("Example", "61?", "humerus") if word in told]


def test_it_keeps_its_id_and_each_version_and_its_cancellation_come_after_what_was_before() -> None:
    first, moved, gone = _event(), _event(replace(MEETING, day=date(2026, 12, 3)), version=4), _event(cancel=True)
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert int(first["SEQUENCE"]) < int(gone["SEQUENCE"]) < int(moved["SEQUENCE"])
    assert gone["STATUS"] == "CANCELLED"
    assert _event(replace(MEETING, id="m8"))["UID"] != first["UID"]
    other = parsed(invitation(MEETING, centre="other", version=3, changed=CHANGED)).parts[0]
    assert other["UID"] != first["UID"]
    assert other["ORGANIZER"] != first["ORGANIZER"]


def test_the_same_meeting_gives_the_same_bytes_wherever_the_clock_stood() -> None:
    there = CHANGED.astimezone(timezone(timedelta(hours=5)))
    one, other = (invitation(MEETING, centre="main", version=3, changed=at) for at in (CHANGED, there))
    assert one == other


def test_a_change_without_a_time_zone_is_refused() -> None:
    with pytest.raises(RecordError, match="no time zone"):
        invitation(MEETING, centre="main", version=1, changed=datetime(2026, 11, 20))


@settings(max_examples=60)
@given(lines, lines)
def test_any_title_and_place_come_back_as_they_were(title: str, place: str) -> None:
    event = _event(replace(MEETING, title=title, place=place))
    assert text_of(event["SUMMARY"]) == "".join(sign for sign in title if category(sign) not in ("Cc", "Cf", "Cs"))
    assert text_of(event["LOCATION"]) == "".join(sign for sign in place if category(sign) not in ("Cc", "Cf", "Cs"))


def test_an_agenda_of_many_cases_is_folded() -> None:
    many = replace(MEETING, agenda=tuple(AgendaItem(case=f"case-number-{nth:04d}") for nth in range(60)))
    assert text_of(_event(many)["DESCRIPTION"]).count("case-number-") == 60
