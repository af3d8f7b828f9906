"""A rule about acts says which it concerns: it is heard of each of them, and of no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide.acts import EVERY
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.decision import Act
from enbloc.decide.families import ACT_RULES, CASE_RULES, OF_ACT
from enbloc.decide.rule import Advice, Rule
from enbloc.decide.situation import Situation
from tests.decide.rows import ROWS
from tests.decide.situations import CHORDOMA, METASTASIS, seen

RULES_OF_ACTS = [one for one in ACT_RULES if one.acts != EVERY]


def planned(about: Situation, act: Act, *, enters: bool | None = None) -> Situation:
    """The same lesion with another act; what the plan says of itself stays."""
    plan = about.plan or PlanFacts(act=act, about=about.about, levels=about.levels)
    return replace(about, planned=replace(plan, act=act, is_intralesional=enters))


def heard(one: Rule, about: Situation, act: Act) -> bool:
    """Whether a rule speaks or is open, of the act as it is usually done or of one that enters the tumour."""
    return any(one(planned(about, act, enters=enters)) is not None for enters in (None, True))


PARTS = {f.CEMENT_PLANNED: True, f.INSTRUMENTED_LEVELS: (Level.T7, Level.T9)}
"""What may be part of another operation."""


def situations(of: Rule) -> Iterator[Situation]:
    """Those of its own rows, the same with cement and fixation as part of the act, then those of every row."""
    own = [row for row in ROWS if row[0] == of.id]
    for _, _, known, more, _ in own:
        yield seen(known, **more)
        yield seen(known | PARTS, **more)
    for _, _, known, more, _ in ROWS:
        yield seen(known, **more)


@pytest.mark.parametrize("one", ACT_RULES, ids=lambda one: one.id)
def test_a_rule_is_heard_of_every_act_that_it_concerns(one: Rule) -> None:
    unheard = set(one.acts)
    for about in situations(one):
        unheard -= {act for act in unheard if heard(one, about, act)}
        if not unheard:
            return
    assert not unheard


@pytest.mark.parametrize("one", RULES_OF_ACTS, ids=lambda one: one.id)
def test_a_rule_is_not_heard_of_another_act_nor_without_one(one: Rule) -> None:
    always = replace(one, judge=lambda about: Advice(do="It speaks.", because="Of anything."))
    about = seen(METASTASIS)
    assert {act for act in Act if always(planned(about, act))} == set(one.acts)
    assert always(about) is None


@pytest.mark.parametrize("one", CASE_RULES, ids=lambda one: one.id)
def test_a_rule_about_a_lesion_concerns_no_act_in_particular(one: Rule) -> None:
    assert one.acts == EVERY


@pytest.mark.parametrize("one", ACT_RULES, ids=lambda one: one.id)
def test_acts_are_those_that_it_speaks_for_and_against_each_once(one: Rule) -> None:
    assert len(set(one.acts)) == len(one.acts)
    assert set(one.favours) | set(one.against) <= set(one.acts)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("known", [METASTASIS, CHORDOMA], ids=["metastasis", "chordoma"])
def test_no_other_rule_has_anything_to_say_of_an_act(act: Act, known: dict[object, object]) -> None:
    about = seen(known, act=act)  # type: ignore[arg-type]
    assert {id(one) for one in ACT_RULES if one(about) is not None} <= {id(one) for one in OF_ACT[act]}
