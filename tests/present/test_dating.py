"""Days of a case: how far each lies, what is long past, what has no day; and the figure that they are drawn on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.decide.timeline_entry import Dated, Passing
from enbloc.present.counsel import DayRow
from enbloc.present.dating import LONG_PAST, clock_of, days
from enbloc.present.daylines import MOST, WIDE, days_alt, days_chart, drawable
from enbloc.present.lines import width
from tests.present import decided

AS_OF = date(2026, 11, 20)
DAY = decided.DAYS[0]


def _entry(first: int, last: int | None = None, **more: object) -> Dated:
    until = None if last is None else AS_OF + timedelta(days=last)
    made = replace(DAY, day=AS_OF + timedelta(days=first), until=until, days_left=first if last is None else last)
    return replace(made, **more)  # type: ignore[arg-type]


def _rows(*entries: Dated) -> tuple[DayRow, ...]:
    return days(entries, AS_OF, several=False).rows


@pytest.mark.parametrize(("first", "last", "said"), [
    (0, None, "today"),
    (1, None, "in 1 day"),
    (18, None, "in 18 days"),
    (-1, None, "1 day ago"),
    (-9, -2, "2 days ago"),
    (-1, 3, "now, to the end in 3 days"),
    (-1, 0, "now, to the end today"),
    (2, 5, "in 2 days"),
])  # fmt: skip
def test_how_far_a_day_lies(first: int, last: int | None, said: str) -> None:
    assert _rows(_entry(first, last))[0].left == said


def test_what_passed_long_ago_stands_apart_and_what_passed_lately_does_not() -> None:
    told = days((_entry(LONG_PAST - 1), _entry(LONG_PAST), _entry(LONG_PAST - 40, 1)), AS_OF, several=False)

    assert [row.first for row in told.past] == [LONG_PAST - 1]
    assert [row.first for row in told.rows] == [LONG_PAST, LONG_PAST - 40]


def test_entries_without_a_day_stand_together_by_what_they_ask_and_none_is_lost() -> None:
    bare = replace(DAY, day=None, days_left=None)
    waiting = (
        replace(bare, subject="decision", ask=("hour?",)),
        replace(bare, subject="MRI", ask=("hour?", "done?")),
        replace(bare, subject="wash-out", ask=("last dose?",)),
        replace(bare, subject="review"),
    )
    told = days(waiting, AS_OF, several=False)

    assert [(one.ask, one.entries) for one in told.undated] == [
        ("hour?", ("decision (EVAL-03)", "MRI (EVAL-03)")),
        ("last dose?", ("wash-out (EVAL-03)",)),
        ("the day that it counts from", ("review (EVAL-03)",)),
    ]


def test_without_the_day_of_the_case_the_days_are_told_and_not_drawn() -> None:
    told = days((_entry(3),), None, several=False)

    assert (told.rows[0].when, told.rows[0].left) == ("2026-11-23", "")
    assert drawable(told.rows) == ()


def test_the_lesion_is_named_where_there_are_several() -> None:
    assert days((_entry(1),), AS_OF, several=True).rows[0].words == "decision on treatment (A)"
    assert days((_entry(1, about="patient"),), AS_OF, several=True).rows[0].words == "decision on treatment"


def test_a_clock_is_a_limit_of_this_rule_about_this_lesion_or_the_patient() -> None:
    usable = _entry(1, what=Passing.USABLE)
    other = _entry(2, about="B")
    mine = _entry(3)

    assert clock_of("EVAL-03", "A", (usable, other, mine)) == "by 2026-11-23, in 3 days"
    assert clock_of("EVAL-03", "A", (usable, other)) == ""
    assert clock_of("RED-01", "A", (mine,)) == ""


# --- the figure -------------------------------------------------------------------------------------------------------
def test_the_figure_has_a_row_an_entry_with_its_day_and_its_words_for_those_who_cannot_see_it() -> None:
    rows = _rows(_entry(0), _entry(18, what=Passing.USABLE, subject="MRI", rule="STOP-29"))
    drawn = days_chart(rows)

    assert "decision on treatment: at the latest" in drawn
    assert "2026-12-08, in 18 days" in drawn
    assert f'aria-label="{days_alt(rows)}"' in drawn
    assert days_alt(rows).endswith("MRI: may be used until 2026-12-08, in 18 days.")


def test_a_limit_that_is_today_or_has_passed_is_loud_and_no_other_day_is() -> None:
    def is_loud(entry: Dated) -> bool:
        return "#c2410c" in days_chart(_rows(entry))

    assert is_loud(_entry(0))
    assert is_loud(_entry(-2))
    assert not is_loud(_entry(1))
    assert not is_loud(_entry(-2, what=Passing.WASH_OUT))


def test_a_draft_is_dotted() -> None:
    from enbloc.evidence import Checked

    assert "stroke-dasharray" not in days_chart(_rows(_entry(2)))
    assert "stroke-dasharray" in days_chart(_rows(_entry(2, checked=Checked.FROM_MEMORY)))


def test_the_figure_holds_the_first_rows() -> None:
    assert len(drawable(_rows(*(_entry(nth) for nth in range(MOST + 4))))) == MOST


@given(st.lists(st.tuples(st.integers(LONG_PAST, 2000), st.sampled_from(Passing)), min_size=1, max_size=12))
def test_later_days_stand_further_right_and_nothing_leaves_the_figure(given_days: list[tuple[int, Passing]]) -> None:
    rows = drawable(_rows(*(_entry(day, what=what) for day, what in sorted(given_days, key=lambda one: one[0]))))
    drawn = days_chart(rows)

    starts = [float(x) for x in re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="middle"', drawn)]
    assert all(0 <= x <= WIDE for x in starts)
    assert len(starts) == len({round(x, 1) for x in starts})
    for x, words in re.findall(r'<text x="([\d.]+)"[^>]*font-weight="600"[^>]*>([^<]*)<', drawn):
        assert float(x) + width(words, 9.0, is_bold=True) <= WIDE


@pytest.mark.parametrize("words", ["x" * 300, "a\U0001f600b", "שלום", "<b>&amp;"])
def test_words_of_a_record_stay_within_their_column(words: str) -> None:
    drawn = days_chart(_rows(_entry(2, subject=words)))

    lines = re.findall(r'<text x="0"[^>]*font-size="9.5"[^>]*>([^<]*)<', drawn)
    assert lines
    assert all(width(line, 9.5) < 300 for line in lines)
    assert "\U0001f600" not in drawn
    assert "<b>" not in drawn
