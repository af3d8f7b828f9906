"""How consecutive levels of arteries are counted, the stop at four, and the vertebral artery by side."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Side
from enbloc.case.sided import SegmentalArtery
from enbloc.decide.decision import Act, Holds
from enbloc.decide.embolisation import is_listed
from enbloc.decide.histology import histologies
from enbloc.decide.vessels import LEVELS_SAFE_TO, LEVELS_STOP_FROM, bilateral_run
from tests.decide.rows.roots import both
from tests.decide.rows.stops_of_vessels_and_roots import UNPREPARED
from tests.decide.rows.vessels import IN_NECK, C, arteries, taking
from tests.decide.situations import METASTASIS, said, seen


@pytest.mark.parametrize(("words", "run"), [
    ((), ""),
    (("T7 left", "T8 right"), ""),
    (both("T7"), "T7"),
    (both("T7", "T9"), "T7"),
    (both("T7", "T8", "T10", "T11", "T12"), "T10 T11 T12"),
    (both("T11", "T12", "L1", "L2"), "T11 T12 L1 L2"),  # T13 may be absent between T12 and L1
    (both("T12", "T13", "L1"), "T12 T13 L1"),
    ((*both("T7", "T8"), "T9 left", *both("T10")), "T7 T8"),  # one side of T9 breaks the run
])  # fmt: skip
def test_consecutive_bilateral_levels(words: tuple[str, ...], run: str) -> None:
    assert " ".join(map(str, bilateral_run(arteries(*words)))) == run


def test_three_are_accepted_and_four_are_not() -> None:
    assert LEVELS_SAFE_TO.number + 1 == LEVELS_STOP_FROM.number
    for count in range(1, 7):
        levels = [f"T{number}" for number in range(4, 4 + count)]
        about = seen(C | UNPREPARED, **taking(*both(*levels)))
        safe, danger, stop = (said(id, about) is not None for id in ("VASC-01", "VASC-02", "STOP-13"))
        assert (safe, danger, stop) == ((True, False, False) if count <= 3 else (False, True, True))


some_arteries = st.lists(st.sampled_from(SegmentalArtery), unique=True, max_size=12).map(tuple)


@given(some_arteries, some_arteries)
def test_what_was_taken_before_never_lifts_the_stop(now: Any, before: Any) -> None:
    fresh = said("STOP-13", seen(C | UNPREPARED, act=Act.EN_BLOC, of_plan={f.SEGMENTAL_ARTERIES: now}))
    known = C | UNPREPARED | {f.EARLIER_ARTERIES: before}
    again = said("STOP-13", seen(known, act=Act.EN_BLOC, of_plan={f.SEGMENTAL_ARTERIES: now}))
    assert fresh is None or again is not None


@given(some_arteries, some_arteries)
def test_nothing_stated_of_before_is_never_surer_than_something(now: Any, before: Any) -> None:
    plan: dict[str, Any] = {"act": Act.EN_BLOC, "of_plan": {f.SEGMENTAL_ARTERIES: now}}
    stated = said("STOP-13", seen(C | UNPREPARED | {f.EARLIER_ARTERIES: before}, **plan))
    silent = said("STOP-13", seen(C | UNPREPARED | {f.EARLIER_ARTERIES: None}, **plan))
    if silent is None:
        assert stated is None
    elif silent.holds is Holds.YES:
        assert stated is not None


@given(some_arteries)
def test_arteries_mirrored_give_the_same_stop(now: tuple[SegmentalArtery, ...]) -> None:
    known = C | UNPREPARED | {f.ADAMKIEWICZ: arteries("T9 left")}
    mirrored = tuple(one.mirrored for one in now)
    one, other = (said("STOP-13", seen(known, act=Act.EN_BLOC, of_plan={f.SEGMENTAL_ARTERIES: each}))
                  for each in (now, mirrored))  # fmt: skip
    assert (one is None) == (other is None)


@pytest.mark.parametrize("side", Side)
def test_the_dominant_artery_is_named_with_its_side(side: Side) -> None:
    known = C | {f.VERTEBRAL_IN_TUMOUR: (side,), f.VERTEBRAL_DOMINANCE: f.Dominance(side.value)}
    statement = said("VASC-04", seen(known, **IN_NECK, of_plan={f.VERTEBRAL_SACRIFICED: (side,)}))
    assert statement is not None
    assert f"The {side.value} one is dominant." in statement.because
    other = Side.RIGHT if side is Side.LEFT else Side.LEFT
    assert other.value not in statement.because


def test_both_vertebral_arteries() -> None:
    both_gone = seen(C, **IN_NECK, of_plan={f.VERTEBRAL_SACRIFICED: (Side.LEFT, Side.RIGHT)})
    statement = said("VASC-04", both_gone)
    assert statement is not None
    assert statement.because.endswith("No artery is left on the other side.")


@pytest.mark.parametrize(("count", "more"), [(8, False), (9, False), (11, False), (12, True)])
def test_arteries_of_two_sessions(count: int, more: bool) -> None:
    every = list(SegmentalArtery)[:count]
    known = C | {f.EARLIER_ARTERIES: tuple(every[:4])}
    statement = said("VASC-05", seen(known, act=Act.EN_BLOC, of_plan={f.SEGMENTAL_ARTERIES: tuple(every[4:])}))
    assert statement is not None
    assert ("are more than that" in statement.do) is more
    assert f"Together: {count}." in statement.because


@pytest.mark.parametrize(("hours", "verdict", "passed"), [
    (23.9, False, False), (24.0, False, False), (24.1, True, False),
    (71.9, True, False), (72.0, True, False), (72.1, True, True),
])  # fmt: skip
def test_hours_from_embolisation(hours: float, verdict: bool, passed: bool) -> None:
    of_plan: dict[Any, Any] = {f.EMBOLISATION_PLANNED: True, f.HOURS_FROM_EMBOLISATION: hours}
    statement = said("EMB-03", seen(METASTASIS, act=Act.SEPARATION, of_plan=of_plan))
    assert (statement is not None) is verdict
    assert ("The limit is passed" in statement.do if statement else False) is passed


def test_every_word_on_embolisation_in_the_table_is_read() -> None:
    words = {one.embolise for one in histologies()}
    assert words == {"y", "n", "y_if_op", "y_if_large", "y_maybe"}
    about = seen(METASTASIS, act=Act.EN_BLOC, level=Level.T8)
    assert is_listed(about) is True
