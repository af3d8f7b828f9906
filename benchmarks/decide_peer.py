"""The peer of a pathway: the same rules on the same situations, every fact looked up by going through all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.decision import Statement
from enbloc.decide.families import ACT_RULES, CASE_RULES
from enbloc.decide.known import Known
from enbloc.decide.pathway import acts_of
from enbloc.decide.rule import spoken
from enbloc.decide.situation import situation
from enbloc.stage.score import Score


class Linear(Known):
    """Findings gone through from the first for every fact that a rule asks for; what was read is kept all the same."""

    __slots__ = ()

    def of(self, named: Fact[Any], about: str) -> Any:
        self.read[named.id, about] = None
        return Findings.__getitem__(self, (named, about))


def said(
    case: Case, findings: Findings, scores: tuple[Score, ...], circumstances: Circumstances
) -> frozenset[tuple[str, Statement]]:
    """Everything that the rules say, each statement with the act that it was said of."""
    known, found = Linear(findings), []
    for lesion in case.lesions:
        about = situation(case, known, scores, lesion.id, circumstances=circumstances)
        found += [("", spoken(rule, about)) for rule in CASE_RULES]
        for act in acts_of(about):
            planned = replace(about, planned=PlanFacts(act=act, about=about.about, levels=about.levels))
            found += [(act.value, spoken(rule, planned)) for rule in ACT_RULES]
    return frozenset((act, one) for act, one in found if one is not None)


def counted(findings: Findings) -> int:
    """How many facts are known."""
    kept: tuple[Finding[Any], ...] = findings.found
    return len(kept)
