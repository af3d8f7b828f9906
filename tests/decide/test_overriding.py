"""An override meets the stop that it names and nothing wider, and what names nothing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case.case import Case
from enbloc.case.lesion import Lesion
from enbloc.case.override import Override
from enbloc.decide.decision import Act
from enbloc.decide.overriding import STOPS, override_faults, overrides_of, strange
from tests.decide.situations import TODAY

REASON = "the cord cannot wait: paraparesis since noon"
LESIONS = (Lesion(id="A"), Lesion(id="B"))


def by(about: str, act: str = "", *, stop: str = "STOP-16", on: date = TODAY) -> Override:
    return Override(stop=stop, about=about, act=act, by="R. Example", on=on, because=REASON)


def record(*overrides: Override, as_of: date | None = TODAY) -> Case:
    return Case(id="x", as_of=as_of, lesions=LESIONS, overrides=overrides)


BIOPSY, EN_BLOC = Act.BIOPSY.value, Act.EN_BLOC.value

ROWS: list[tuple[Override, str, str, Act | None, bool]] = [
    # the override, the stop, the lesion, the act, whether it meets it
    (by("A"), "STOP-16", "A", Act.BIOPSY, True),
    (by("A"), "STOP-16", "A", None, True),
    (by("A"), "STOP-16", "B", Act.BIOPSY, False),
    (by("A"), "STOP-17", "A", Act.BIOPSY, False),
    (by("A"), "STOP-16", "patient", Act.BIOPSY, False),
    (by("patient"), "STOP-16", "A", Act.BIOPSY, True),
    (by("patient"), "STOP-16", "B", None, True),
    (by("patient"), "STOP-16", "patient", None, True),
    (by("A", BIOPSY), "STOP-16", "A", Act.BIOPSY, True),
    (by("A", BIOPSY), "STOP-16", "A", Act.EN_BLOC, False),
    (by("A", BIOPSY), "STOP-16", "A", None, False),
    (by("A", "Biopsy"), "STOP-16", "A", Act.BIOPSY, False),
    (by("patient", BIOPSY), "STOP-16", "B", Act.BIOPSY, True),
    (by("A", on=TODAY + timedelta(days=1)), "STOP-16", "A", Act.BIOPSY, False),
    (by("A", on=TODAY - timedelta(days=900)), "STOP-16", "A", Act.BIOPSY, True),
]


@pytest.mark.parametrize(("override", "stop", "about", "act", "meets"), ROWS)
def test_an_override_meets_what_it_names(
    override: Override, stop: str, about: str, act: Act | None, meets: bool
) -> None:
    assert overrides_of(record(override), stop, about, act) == (override if meets else None)


def test_the_narrowest_of_several_is_shown_whatever_their_order() -> None:
    ordered = (by("A", BIOPSY), by("A"), by("patient", BIOPSY), by("patient"))
    for first in range(len(ordered)):
        for case in (record(*ordered[first:]), record(*reversed(ordered[first:]))):
            assert overrides_of(case, "STOP-16", "A", Act.BIOPSY) == ordered[first]


def test_without_a_day_the_record_stands_at_its_latest_date_and_no_override_lies_ahead() -> None:
    one = by("A")
    assert overrides_of(record(one, as_of=None), "STOP-16", "A", None) == one


def test_a_record_as_of_an_earlier_day_shows_its_stops_open_again() -> None:
    earlier = replace(record(by("A")), as_of=TODAY - timedelta(days=1))
    assert overrides_of(earlier, "STOP-16", "A", None) is None
    (unmet,) = strange(earlier)
    assert unmet.why == "The override of STOP-16 is dated 2026-11-20, after the day of the case (2026-11-19)."


stops, subjects = st.sampled_from(["STOP-16", "STOP-17", "STOP-77"]), st.sampled_from(["patient", "A", "B"])
said = st.lists(
    st.builds(
        by,
        subjects,
        st.sampled_from(["", BIOPSY, EN_BLOC, "prayer"]),
        stop=stops,
        on=st.sampled_from([TODAY, TODAY + timedelta(days=3)]),
    ),
    max_size=6,
    unique_by=lambda one: (one.stop, one.about, one.act),
).map(tuple)


@given(said, stops, subjects, st.none() | st.sampled_from(Act), st.randoms(use_true_random=False))
def test_what_meets_a_stop_names_it_and_no_order_matters(
    overrides: tuple[Override, ...], stop: str, about: str, act: Act | None, mixed: Any
) -> None:
    met = overrides_of(record(*overrides), stop, about, act)
    shuffled = list(overrides)
    mixed.shuffle(shuffled)
    assert overrides_of(record(*shuffled), stop, about, act) == met
    if met is not None:
        assert met in overrides
        assert (met.stop, met.on) == (stop, TODAY)
        assert met.about in {about, "patient"}
        assert met.act in {"", act.value if act else ""}
    # Nothing that meets it was passed over: without it, less is met.
    assert (met is None) == (not any(_fits(one, stop, about, act) for one in overrides))


def _fits(one: Override, stop: str, about: str, act: Act | None) -> bool:
    is_act = not one.act or (act is not None and one.act == act.value)
    return one.stop == stop and (one.about == "patient" or one.about == about) and is_act and one.on <= TODAY


def test_the_stops_are_those_of_the_pathway() -> None:
    assert tuple(f"STOP-{number:02d}" for number in range(1, 43)) == STOPS


def test_what_names_no_stop_or_no_act_is_said_with_its_place() -> None:
    case = record(by("A"), by("A", "excision"), by("patient", stop="STOP-77"), by("B", "Biopsy", stop="STOP-43"))
    assert [(one.index, one.key) for one in strange(case)] == [(1, "act"), (2, "stop"), (3, "stop"), (3, "act")]
    told = [str(fault) for fault in override_faults(case)]
    assert told[0].startswith("overrides[1].act: There is no such act. Write one of: observation; separation surgery, ")
    assert told[1] == "overrides[2].stop: The pathway has no STOP-77. Its stops are STOP-01 to STOP-42."
    assert not any("Example" in line or REASON in line for line in told)
    assert strange(record(by("A"), *(by("B", act.value) for act in Act))) == ()
