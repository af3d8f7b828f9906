"""An examination is told with right beside left, and long lists of segments drawn together."""

from __future__ import annotations

import random

import pytest

from enbloc.present.instruments import told
from enbloc.present.neurology import asked, listed
from enbloc.stage.instrument import judged
from enbloc.stage.neurology import ISNCSCI
from enbloc.stage.neurology.examination import LEVELS
from tests.stage.neurology.made import felt, moved, side, some, written
from tests.stage.neurology.test_instrument import as_written, scored

FIVES = (5,) * 5


def test_the_table_has_right_beside_left() -> None:
    right, left = side(felt("C4"), moved((4, 1, 0, 0, 0))), side(felt("C4"), moved((2, 0, 0, 0, 0)))
    lines = told(ISNCSCI, scored(written(right, left)))
    assert lines[0] == "ISNCSCI: A"
    at = next(place for place, line in enumerate(lines) if line.split() == ["right", "left"])
    rows = {line[:36].strip(): line[36:].split() for line in lines[at + 1 : at + 10]}
    assert rows["sensory level"] == ["C4", "C4"]
    assert rows["motor level"] == ["C5", "C4"]
    assert rows["motor zone"] == ["C6", "C5"]
    assert rows["upper extremity motor score of 25"] == ["5", "2"]
    assert rows["light touch of 56"] == ["6", "6"]
    assert "  neurological level of injury: C4" in lines
    assert "  completeness: complete" in lines
    assert "  upper extremity motor score of 50: 7" in lines
    assert not any("right" in line for line in lines[at + 10 :])


def test_what_was_not_tested_is_asked_for_by_part() -> None:
    one = side(felt("T4"), moved(FIVES) | {"L2": "NT", "L3": "NT", "L4": "NT", "S1": "NT"})
    lines = told(ISNCSCI, scored(written(one, side(felt("T4"), moved(FIVES)), "NT", "no")))
    assert "  ask for: right motor: L2 to L4, S1" in lines
    assert "  ask for: voluntary anal contraction" in lines
    assert any(line.startswith("  lower extremity motor score of 25  ND") for line in lines)


def test_nothing_known_is_told_in_few_lines() -> None:
    lines = told(ISNCSCI, judged(ISNCSCI, {}))
    assert len(lines) < 45
    assert "  ask for: left pin prick: C2 to S4-5" in lines


@pytest.mark.parametrize("seed", range(12))
def test_no_line_repeats_another_and_none_is_long(seed: int) -> None:
    lines = told(ISNCSCI, scored(as_written(some(random.Random(seed), untested=seed))))
    assert len(set(lines)) == len(lines)
    assert all(len(line) < 320 for line in lines)


def test_segments_that_follow_each_other_are_drawn_together() -> None:
    assert listed(LEVELS) == "C1 to S4-5"
    assert listed(["C8", "T1"]) == "C8, T1"
    assert listed(["C8", "T1", "T2", "T4"]) == "C8 to T2, T4"
    assert listed(["T1*", "T2", "T3"]) == "T1*, T2, T3"
    assert listed([]) == ""


def test_what_is_no_segment_is_asked_for_as_it_stands() -> None:
    assert asked(["C5 left motor", "a deficit"]) == ("left motor: C5", "a deficit")
