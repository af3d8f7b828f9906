"""What every rule of the pathway says of one case, and of each act that may be done about a lesion.

A rule speaks, is silent, or cannot be judged yet; a stop that cannot be judged is open. The order is that of alarm,
then of the pathway, and nothing is ranked here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.lesion import LesionKind
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.decision import Act, Degree, Holds, Said, Statement
from enbloc.decide.families import ACT_RULES, CASE_RULES, OF_ACT, RULES
from enbloc.decide.known import SCORE, Known
from enbloc.decide.rule import Rule, spoken
from enbloc.decide.situation import Situation, situation
from enbloc.stage.score import Score
from enbloc.value import value


@value
class OfAct:
    """What the rules say of one act about a lesion."""

    act: Act
    said: Said


@value
class OfLesion:
    """What the rules say of one lesion, and of each act that its branch knows."""

    about: str
    said: Said
    acts: tuple[OfAct, ...]


@value
class Pathway:
    """Every rule on one case. ``drafts`` of ``rules`` are not yet checked against their source."""

    lesions: tuple[OfLesion, ...]
    rules: int
    drafts: int


_SECONDARY = (
    Act.SEPARATION,
    Act.RADIOSURGERY,
    Act.RADIOTHERAPY,
    Act.STABILISATION,
    Act.CEMENT,
    Act.ABLATION,
    Act.EMBOLISATION,
    Act.EN_BLOC,
    Act.SYSTEMIC,
    Act.PALLIATIVE,
    Act.OBSERVATION,
)
_PRIMARY = (
    Act.EN_BLOC,
    Act.INTRALESIONAL,
    Act.RADIOTHERAPY,
    Act.RADIOSURGERY,
    Act.STABILISATION,
    Act.ABLATION,
    Act.CEMENT,
    Act.EMBOLISATION,
    Act.SYSTEMIC,
    Act.OBSERVATION,
)
_INTRADURAL = (Act.INTRADURAL, Act.RADIOTHERAPY, Act.RADIOSURGERY, Act.EMBOLISATION, Act.SYSTEMIC, Act.OBSERVATION)


def acts_of(about: Situation) -> tuple[Act, ...]:
    """The acts that may be done about a lesion of its kind; a biopsy first while there is no tissue.

    A lesion whose kind is not known may be of any: all acts are judged.
    """
    if about.is_intradural is True:
        acts: tuple[Act, ...] = _INTRADURAL
    elif about.kind is None:
        acts = tuple(act for act in Act if act is not Act.BIOPSY)
    else:
        acts = _PRIMARY if about.kind is LesionKind.PRIMARY else _SECONDARY
    return acts if about.is_without_tissue is False else (Act.BIOPSY, *acts)


def pathway(case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances) -> Pathway:
    """What every rule says of each lesion of a case, in the order of the record."""
    known = Known(findings)
    lesions = tuple(
        heard_of(situation(case, known, scores, lesion.id, circumstances=circumstances)) for lesion in case.lesions
    )
    return Pathway(lesions=lesions, rules=len(RULES), drafts=_DRAFTS)


_DRAFTS = sum(rule.checked.is_draft for rule in RULES.values())


def heard_of(about: Situation) -> OfLesion:
    """What the rules say of one lesion and of each act of its branch."""
    planned = (PlanFacts(act=act, about=about.about, levels=about.levels) for act in acts_of(about))
    return OfLesion(about=about.about, said=of_case(about), acts=tuple(of_act(about, plan) for plan in planned))


def of_case(about: Situation) -> Said:
    """What the rules say of one lesion before any act is thought of."""
    return _said(CASE_RULES, about)


def of_act(about: Situation, plan: PlanFacts) -> OfAct:
    """What the rules say of one act or plan."""
    return OfAct(act=plan.act, said=_said(OF_ACT[plan.act], about.planning(plan)))


def _said(rules: Iterable[Rule], about: Situation) -> Said:
    every = [spoken(rule, about) for rule in rules]
    heard = sorted((one for one in every if one is not None), key=_alarm)
    unknown = [one for one in heard if one.holds is Holds.UNKNOWN]
    return Said(
        speaks=tuple(one for one in heard if one.holds is Holds.YES),
        open_stops=tuple(one for one in unknown if one.degree is Degree.STOP),
        pending=tuple(one for one in unknown if one.degree is not Degree.STOP),
        silent=len(every) - len(heard),
    )


_ALARM = {degree: at for at, degree in enumerate(Degree)}


def _alarm(statement: Statement) -> int:
    return _ALARM[statement.degree]


@value
class Explanation:
    """One rule on one lesion, with the act it was judged for: what it said, and the facts that it read."""

    about: str
    act: str
    statement: Statement | None  # nothing where it does not hold
    read: tuple[str, ...]


def explained(
    rule: Rule, case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances
) -> tuple[Explanation, ...]:
    """What one rule says of each lesion, and of each act if it speaks about acts, with everything that it read."""
    known = Known(findings)
    found = []
    for lesion in case.lesions:
        about = situation(case, known, scores, lesion.id, circumstances=circumstances)
        # One id may be two rules, of the record and of the act, with a degree of its own each (COMP).
        found += [_explained(one, about) for one in CASE_RULES if one.id == rule.id]
        if rule in ACT_RULES:
            plans = (PlanFacts(act=act, about=about.about, levels=about.levels) for act in acts_of(about))
            found += [_explained(rule, replace(about, planned=plan)) for plan in plans]
    return tuple(found)


def _explained(rule: Rule, about: Situation) -> Explanation:
    about.findings.taken()
    rule(about)
    read = tuple(_read(about, *key) for key in about.findings.taken())
    act = about.plan.act.value if about.plan is not None else ""
    return Explanation(about=about.about, act=act, statement=spoken(rule, about), read=read)


def _read(about: Situation, fact: str, subject: str) -> str:
    """A fact or score that was read: its id, whom it is about, its value and where that comes from."""
    if fact.startswith(SCORE):
        score = next((one for one in about.scores if (f"{SCORE}{one.instrument}", one.about) == (fact, subject)), None)
        return f"{fact} about {subject}: {score.headline if score else 'not scored'}"
    held = next((one for one in about.findings.found if (one.fact, one.about) == (fact, subject)), None)
    if held is None:
        return f"{fact} about {subject}: not known"
    value = getattr(held.value, "value", held.value)
    place = f"{held.source.document} {held.source.place}".strip()
    return f"{fact} about {subject}: {value} ({held.source.kind.value}, {place})"
