"""The plans for a case. In this version: one en bloc proposal a lesion, whatever the decision favours."""

from __future__ import annotations

from dataclasses import replace

from enbloc.case import fact
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.plan.proposal import Plan
from enbloc.plan.vertebrectomy import vertebrectomy


def plans(case: Case, images: Images, findings: Findings) -> tuple[Plan, ...]:
    """One proposal for each lesion, with what keeps it from being ready.

    The board sees the en bloc proposal also where another option leads: what it would cost is part of the choice.
    """
    return tuple(_checked(vertebrectomy(lesion, images, findings), findings) for lesion in case.lesions)


def _checked(plan: Plan, findings: Findings) -> Plan:
    """Add what the measurements leave open at the levels of the plan."""
    cut_off = [
        f"{level} is cut by the edge of the scan"
        for level in plan.levels
        if findings.value(fact.INCOMPLETE, level) is True
    ]
    return replace(plan, not_ready=(*plan.not_ready, *cut_off))
