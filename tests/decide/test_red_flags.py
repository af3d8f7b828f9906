"""Red flags: clocks that are never counted anew, and urgency that grows with what is known and never shrinks."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.families import RULES
from enbloc.decide.imaging_by_tumour import ADAMKIEWICZ_POSSIBLE, ADAMKIEWICZ_USUAL, NECK
from enbloc.decide.red_flags import ACT_RULES, CASE_RULES
from tests.decide.situations import METASTASIS, said, seen

PRESENTED, DECIDED = datetime(2026, 11, 19, 8), datetime(2026, 11, 20, 14)
SIGN = {f.DEFICIT: True}


def holds(id: str, known: dict[Any, Any]) -> bool:
    one = said(id, seen(known))
    return one is not None and one.holds is Holds.YES


def test_every_clock_is_urgent_and_every_red_flag_is_there() -> None:
    assert {one.id for one in (*CASE_RULES, *ACT_RULES)} == {f"RED-{number:02}" for number in range(1, 12)}
    calm = {"RED-05", "RED-07", "RED-08"}
    assert {one.id for one in (*CASE_RULES, *ACT_RULES) if one.degree is not Degree.URGENT} == calm


def test_a_later_decision_never_moves_the_clock_of_the_presentation() -> None:
    known = METASTASIS | SIGN | {f.PRESENTED: PRESENTED}
    for decided in (None, DECIDED, datetime(2026, 11, 20, 23)):
        one = said("RED-09", seen(known | {f.DECIDED: decided}, act=Act.SEPARATION))
        assert one is not None
        assert "by 2026-11-21 08:00, whichever comes first" in one.do
    at = said("RED-09", seen(known | {f.DECIDED: DECIDED}, act=Act.SEPARATION))
    assert at is not None
    assert "24 hours of the decision, that is by 2026-11-21 14:00" in at.do


@pytest.mark.parametrize(("cancer", "pain", "sign"), list(product((True, False, None), repeat=3)))
def test_signs_are_an_emergency_whatever_else_is_unknown(
    cancer: bool | None, pain: bool | None, sign: bool | None
) -> None:
    no_signs = {f.DEFICIT: False, f.MYELOPATHY: False}
    signs: dict[Any, Any] = SIGN if sign else {} if sign is None else no_signs
    known = {f.KNOWN_CANCER: cancer, f.SPINAL_PAIN: pain} | signs
    emergency = holds("RED-01", known) or holds("RED-10", known)
    assert emergency is (sign is True)


@pytest.mark.parametrize("named", [f.LIMB_WEAKNESS, f.GAIT_CHANGE, f.SENSORY_LEVEL, f.SPHINCTER_CHANGE, f.MYELOPATHY])
def test_any_one_sign_is_enough(named: f.Fact[bool]) -> None:
    assert holds("RED-01", {f.KIND: "metastasis", f.SPINAL_PAIN: True, named: True})
    assert holds("RED-10", {named: True})


@pytest.mark.parametrize("pattern", [one for one in f.PainPattern if one is not f.PainPattern.NONE])
def test_any_one_pattern_of_pain_is_enough(pattern: f.PainPattern) -> None:
    assert holds("RED-02", {f.KNOWN_CANCER: True, f.SPINAL_PAIN: True, f.PAIN_PATTERN: (pattern,)})


@pytest.mark.parametrize("sign", [one for one in f.CaudaSign if one is not f.CaudaSign.NONE])
def test_any_one_sign_of_the_cauda_is_enough_and_makes_it_today(sign: f.CaudaSign) -> None:
    assert holds("RED-04", {f.CAUDA_SIGNS: (sign,)})
    one = said("RED-10", seen({f.CAUDA_SIGNS: (sign,)}))
    assert one is not None
    assert "today" in one.do


def test_an_unknown_neurology_is_to_be_examined_at_once() -> None:
    one = said("RED-02", seen({f.KNOWN_CANCER: True, f.SPINAL_PAIN: True, f.PAIN_PATTERN: (f.PainPattern.STRAIN,)}))
    assert one is not None
    assert "Examine the neurology now" in one.do


def test_fever_or_signs_shorten_the_time_to_imaging() -> None:
    known = {f.SPINAL_PAIN: True, f.WEIGHT_LOSS: True}
    for more, within in (({}, "2 weeks"), ({f.TEMPERATURE: 38.0}, "24 hours"), (SIGN, "24 hours")):
        one = said("RED-03", seen(known | more))
        assert one is not None
        assert within in one.do


def test_the_spans_of_the_spine_are_those_of_the_table() -> None:
    assert {Level.C1, Level.C7} <= NECK
    assert not NECK & {Level.O, Level.T1}
    assert {Level.T7, Level.T13, Level.L2} <= ADAMKIEWICZ_USUAL < ADAMKIEWICZ_POSSIBLE
    assert not ADAMKIEWICZ_USUAL & {Level.T6, Level.L3}
    assert {Level.T5, Level.L4} <= ADAMKIEWICZ_POSSIBLE
    assert not ADAMKIEWICZ_POSSIBLE & {Level.T4, Level.L5}


def test_every_rule_of_these_families_is_there() -> None:
    families = {"EVAL": 6, "IMG": 11, "FU": 16, "PALL": 4, "RED": 11}
    every = {f"{family}-{number:02}" for family, last in families.items() for number in range(1, last + 1)}
    assert every | {"STOP-03", "STOP-29", "STOP-30", "STOP-31", "STOP-36"} <= RULES.keys()
