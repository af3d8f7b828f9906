"""Cited rules, and nothing that is not one."""

from __future__ import annotations

from dataclasses import replace

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.decide.changes import changes
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.contradictions import doubted
from enbloc.decide.deciding import enneking_stages, judge, settled
from enbloc.decide.decision import Act, Statement
from enbloc.decide.families import PARAMETERS, RULES
from enbloc.decide.known import Known
from enbloc.decide.nearest import nearest
from enbloc.decide.recommendation import Decision, Option
from enbloc.decide.rule import Advice, Rule
from enbloc.decide.supposing import basis
from enbloc.stage.score import Score


def decide(case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances) -> Decision:
    """What the rules say of a case, the options in order of support, what is missing, and what would change it.

    What the record says twice and differently is named, and withheld from the rules; ``scores`` are those of what is
    left (``contradictions.doubted``).
    """
    held = doubted(case, findings)
    now = settled(held.case, held.findings, scores, circumstances=circumstances)
    stands = basis(held.case, Known(held.findings), scores, circumstances=circumstances)
    return replace(
        now,
        missing=tuple(dict.fromkeys((*(one.ask for one in held.contradictions), *now.missing))),
        contradictions=held.contradictions,
        changes=changes(stands),
        nearest=nearest(stands),
    )


__all__ = [
    "PARAMETERS",
    "RULES",
    "Act",
    "Advice",
    "Circumstances",
    "Decision",
    "Option",
    "PlanFacts",
    "Rule",
    "Statement",
    "decide",
    "enneking_stages",
    "judge",
]
