"""What was worked out once is shared by the acts of a lesion, and by nothing that it was not worked out for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.answer import Unknown
from enbloc.decide.acts import all_but
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.decision import Act
from enbloc.decide.families import ACT_RULES, CASE_RULES
from enbloc.decide.remembering import once
from enbloc.decide.rule import spoken
from enbloc.decide.situation import Situation
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY, found, seen
from tests.strategies import LESION


def planned(about: Situation, act: Act) -> PlanFacts:
    return PlanFacts(act=act, about=about.about, levels=about.levels)


@pytest.mark.parametrize("known", [METASTASIS, CHORDOMA, {}], ids=["metastasis", "chordoma", "nothing known"])
def test_rules_say_the_same_whether_acts_are_judged_together_or_each_by_itself(known: dict[Any, Any]) -> None:
    together = seen(known)
    for act in Act:
        shared, alone = together.planning(planned(together, act)), seen(known, act=act)
        for one in ACT_RULES:
            assert spoken(one, shared) == spoken(one, replace(alone)), (one.id, act)


@pytest.mark.parametrize("known", [METASTASIS, CHORDOMA, {}], ids=["metastasis", "chordoma", "nothing known"])
def test_a_rule_reads_the_same_however_often_it_is_asked(known: dict[Any, Any]) -> None:
    about = seen(known)
    for one in CASE_RULES:
        assert spoken(one, replace(about)) == spoken(one, about) == spoken(one, about), one.id


def test_what_is_worked_out_once_counts_as_read_each_time() -> None:
    about = seen(METASTASIS)
    about.findings.read.clear()
    assert about.is_high_grade is True
    first = about.findings.taken()
    assert about.is_high_grade is True
    assert about.findings.taken() == first == (("score.escc", LESION), (f.ESCC_REPORTED.id, LESION))


def test_another_finding_another_plan_or_another_level_is_worked_out_again() -> None:
    about = seen(METASTASIS)
    assert about.where.endswith("T8.")
    assert replace(about, levels=()).where.endswith("level unknown.")
    stated = PlanFacts(act=Act.SEPARATION, about=LESION, findings=found({f.STABILITY_OPINION: True}))
    middle = seen(METASTASIS | {f.PAIN: f.PainCharacter.MECHANICAL, f.COLLAPSE_REPORTED: f.CollapseClass.UNDER_HALF})
    assert isinstance(middle.is_unstable, Unknown)
    assert middle.planning(stated).is_unstable is True
    assert isinstance(middle.is_unstable, Unknown)


def test_another_plan_or_other_findings_change_nothing_else() -> None:
    about, plan = seen(METASTASIS, since=TODAY), PlanFacts(act=Act.SEPARATION, about=LESION)
    about = replace(about, levels_differ="T8 and T9")
    assert about.planning(plan) == replace(about, planned=plan)
    other = seen(CHORDOMA)
    supposed = about.planning(plan).supposing(other.findings, other.scores, set())
    assert supposed == replace(about, planned=plan, findings=other.findings, scores=other.scores)


def test_what_looks_at_the_plan_is_worked_out_for_each_act() -> None:
    @once
    def is_separation(about: Situation) -> bool:
        return about.is_act(Act.SEPARATION)

    about = seen(METASTASIS)
    for act in (Act.SEPARATION, Act.EN_BLOC, Act.SEPARATION):
        judged = about.planning(planned(about, act))
        judged.forget_plan()
        assert is_separation(judged) is (act is Act.SEPARATION)
        assert judged.forget_plan()


def test_whether_the_plan_was_looked_at_is_noted() -> None:
    about = seen(METASTASIS, act=Act.SEPARATION)
    about.forget_plan()
    assert about.has_act
    assert about.may_ask((Act.SEPARATION,))
    assert not about.may_ask(all_but(Act.SEPARATION))
    assert not about.forget_plan()
    assert about.is_act(Act.SEPARATION)
    assert about.forget_plan()


def test_with_another_answer_only_what_read_it_is_worked_out_again() -> None:
    about, then = seen(METASTASIS), seen(METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_0})
    asked = [about.is_high_grade, about.is_without_tissue, about.kind]
    changed = {(f.ESCC_REPORTED.id, LESION), ("score.escc", LESION)}
    supposed = about.supposing(then.findings, then.scores, changed)
    kept = {id(held) for held in about.memory.values()} & {id(held) for held in supposed.memory.values()}
    assert 0 < len(kept) < len(about.memory)
    assert [supposed.is_high_grade, supposed.is_without_tissue, supposed.kind] == [False, *asked[1:]]
