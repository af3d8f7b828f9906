"""Situations for the tests of rules: a lesion with plain findings, and whatever a test adds or takes away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.lesion import Lesion
from enbloc.case.neurology import Neurology
from enbloc.case.treatment import Treatment
from enbloc.decide import Circumstances, Decision, PlanFacts, Rule, Statement, decide
from enbloc.decide.decision import Act
from enbloc.decide.families import ACT_RULES, CASE_RULES, RULES
from enbloc.decide.rule import spoken
from enbloc.decide.situation import Situation, situation
from enbloc.stage import scores
from tests.strategies import LESION, entered

TODAY = date(2026, 11, 20)
READY = Circumstances(
    ct_slice_mm=1.0, mr_dates=(date(2026, 11, 10),), labels_confirmed=True, level_confirmed=True, as_of=TODAY
)
UNCLEAR = Circumstances()

STABLE: dict[Fact[Any], Any] = {
    f.PAIN: f.PainCharacter.NONE,
    f.BONE_REPORTED: f.BoneQuality.LYTIC,
    f.ALIGNMENT_REPORTED: f.AlignmentChange.NORMAL,
    f.COLLAPSE_REPORTED: f.CollapseClass.NONE,
    f.POSTEROLATERAL_REPORTED: f.PosterolateralClass.NONE,
}
UNSTABLE: dict[Fact[Any], Any] = STABLE | {
    f.PAIN: f.PainCharacter.MECHANICAL,
    f.ALIGNMENT_REPORTED: f.AlignmentChange.SUBLUXATION,
    f.COLLAPSE_REPORTED: f.CollapseClass.OVER_HALF,
    f.POSTEROLATERAL_REPORTED: f.PosterolateralClass.BILATERAL,
}
MIDDLE: dict[Fact[Any], Any] = STABLE | {
    f.PAIN: f.PainCharacter.MECHANICAL,
    f.COLLAPSE_REPORTED: f.CollapseClass.UNDER_HALF,
}

METASTASIS: dict[Fact[Any], Any] = STABLE | {
    f.KIND: "metastasis",
    f.HISTOLOGY: "renal cell carcinoma",
    f.PROVEN: True,
    f.SOLITARY: False,
    f.ESCC_REPORTED: f.EsccReported.GRADE_2,
    f.ABLE: True,
    f.DEFICIT: False,
    f.MYELOPATHY: False,
    f.PRIOR_RADIOTHERAPY: False,
    f.LEVEL_MRI: True,
    f.WHOLE_SPINE_MRI: True,
    f.SURGEON_CONSULTED: True,
}
CHORDOMA: dict[Fact[Any], Any] = METASTASIS | {
    f.KIND: "primary",
    f.HISTOLOGY: "chordoma",
    f.SOLITARY: True,
    f.RESECTABLE: True,
    f.ESCC_REPORTED: f.EsccReported.GRADE_1A,
}


def found(known: dict[Fact[Any], Any]) -> Findings:
    """Findings as entered; what stands as nothing is left out."""
    answers: list[Finding[Any]] = []
    for named, value in known.items():
        about = "patient" if named.about is f.Subject.PATIENT else LESION
        if value is not None:
            answers.append(entered(named, value, about))
    return Findings(found=tuple(answers))


def a_case(level: Level = Level.T8, since: date | None = None) -> Case:
    return Case(id="2f41", lesions=(Lesion(id=LESION, levels=(level,)),), neurology=Neurology(since=since))


def seen(
    known: dict[Fact[Any], Any],
    *,
    act: Act | None = None,
    level: Level = Level.T8,
    circumstances: Circumstances = READY,
    since: date | None = None,
    treatments: tuple[Treatment, ...] = (),
    of_plan: dict[Fact[Any], Any] | None = None,
) -> Situation:
    """A situation: what is known of a lesion, the act judged, its own facts (``of_plan``), earlier treatments."""
    case, findings = replace(a_case(level, since), treatments=treatments), found(known)
    plan = PlanFacts(act=act, about=LESION, levels=(level,), findings=found(of_plan or {})) if act else None
    return situation(case, findings, scores(case, findings), LESION, circumstances=circumstances, plan=plan)


def named(id: str) -> Rule:
    return RULES[id]


def said(id: str, about: Situation) -> Statement | None:
    """What a rule says; one id may be two rules, of the record and of an act."""
    rules = CASE_RULES if about.plan is None else ACT_RULES
    return spoken(next((one for one in rules if one.id == id), named(id)), about)


def decided(known: dict[Fact[Any], Any], *, level: Level = Level.T8, circumstances: Circumstances = READY) -> Decision:
    case, findings = a_case(level), found(known)
    return decide(case, findings, scores(case, findings), circumstances=circumstances)
