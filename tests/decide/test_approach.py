"""The table of approaches: every level and act has its rows, none where no level is known, mirrored sectors alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Sector, sector
from enbloc.decide.approach import ACT_RULES, REMOVING
from enbloc.decide.decision import Act, Holds
from enbloc.decide.families import RULES
from enbloc.decide.rule import spoken
from tests.decide.rows.approach import FREE, NEVER_OPEN, on
from tests.decide.situations import CHORDOMA, said, seen

VENTRAL = CHORDOMA | on(5, 6) | FREE | {f.DUMBBELL: False}


@pytest.mark.parametrize(("level", "act"), list(product(Level, REMOVING)))
def test_every_level_and_act_has_an_approach_or_the_gap_is_known(level: Level, act: Act) -> None:
    held = {rule.id for rule in ACT_RULES if said(rule.id, seen(VENTRAL, act=act, level=level)) is not None}
    gaps = {
        # The table has no row for an intralesional excision of the thorax and loin without a paraspinal mass,
        # for en bloc at T12 to L1, nor for separation surgery in the sacrum.
        Act.INTRALESIONAL: {*_levels(Level.T3, Level.L4)},
        Act.EN_BLOC: {*_levels(Level.T12, Level.L1)},
        Act.SEPARATION: {*_levels(Level.S1, Level.CO)},
    }[act]
    assert (not held) is (level in gaps)


def _levels(first: Level, last: Level) -> list[Level]:
    order = list(Level)
    return order[order.index(first) : order.index(last) + 1]


@pytest.mark.parametrize("id", NEVER_OPEN)
def test_without_a_level_the_rows_of_levels_are_open(id: str) -> None:
    verdicts = set()
    for act in REMOVING:
        nowhere = replace(seen(VENTRAL, act=act), levels=())
        statement = said(id, nowhere)
        verdicts |= {statement.holds} if statement else set()
    assert verdicts == {Holds.UNKNOWN}


some_sectors = st.lists(st.sampled_from(Sector), unique=True, min_size=1, max_size=6).map(tuple)


@given(some_sectors)
def test_mirrored_sectors_get_the_same_approach(sectors: tuple[Sector, ...]) -> None:
    mirrored = tuple(sector(13 - one.number) for one in sectors)
    here, there = (
        seen(CHORDOMA | {f.WBB_SECTORS: each, f.WBB_LAYERS: ("B",)}, act=Act.EN_BLOC) for each in (sectors, mirrored)
    )
    for rule in ACT_RULES:
        one, other = spoken(rule, here), spoken(rule, there)
        assert (one.do if one else None) == (other.do if other else None)


def test_more_levels_in_the_neck_are_said() -> None:
    two = VENTRAL | {f.LEVELS: (Level.C5, Level.C6)}
    for known, words in ((two, "2 or more levels (as here)"), (VENTRAL, "2 or more levels, at a junction")):
        statement = said("APP-02", seen(known, act=Act.INTRALESIONAL, level=Level.C5))
        assert statement is not None
        assert words in statement.do


def test_all_rows_are_drafts_from_memory() -> None:
    assert all(RULES[rule.id].checked.is_draft for rule in ACT_RULES)
    assert len(ACT_RULES) == 15
