"""The decision: what the rules say of a case, the options with their support, and of each plan what stops it.

The order of options is fixed and dull: first what a source-checked rule speaks for, then what such a rule may speak
for once something is known, then what only drafts speak for, then what nothing speaks for; among equals what no rule
speaks against, then the number of rules for it, then the order of the branch. An open stop never moves an option:
it is shown on it.
"""

from __future__ import annotations

from dataclasses import replace

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.lesion import LesionKind
from enbloc.decide import biopsy, evaluation, imaging, metastasis, noms, primary, stops
from enbloc.decide.decision import Act, Decision, Degree, Holds, Option, Statement
from enbloc.decide.known import Known
from enbloc.decide.rule import Rule, spoken
from enbloc.decide.situation import Circumstances, PlanFacts, Situation, asks, situation
from enbloc.stage.score import Score

CASE_RULES: tuple[Rule, ...] = (
    *stops.CASE_RULES,
    *evaluation.CASE_RULES,
    *biopsy.CASE_RULES,
    *primary.CASE_RULES,
    *noms.CASE_RULES,
    *metastasis.CASE_RULES,
)
ACT_RULES: tuple[Rule, ...] = (
    *stops.ACT_RULES,
    *primary.ACT_RULES,
    *metastasis.ACT_RULES,
    *imaging.ACT_RULES,
)
RULES: tuple[Rule, ...] = tuple({rule.id: rule for rule in CASE_RULES + ACT_RULES}.values())

STOPS = tuple(f"STOP-{number:02d}" for number in range(1, 43))
"""Every stop of the pathway (section C)."""
UNJUDGED = tuple(stop for stop in STOPS if stop not in {rule.id for rule in RULES})


def settled(case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances) -> Decision:
    """The decision without the question of what would change it."""
    findings = Known(findings)
    statements: list[Statement] = []
    options: list[Option] = []
    kinds: list[str] = []
    for lesion in case.lesions:
        about = situation(case, findings, scores, lesion.id, circumstances=circumstances)
        said = _said(CASE_RULES, about)
        statements += said
        options += _options(about, said)
        kinds += [about.kind_question] if about.kind_question else []
    gaps = (*dict.fromkeys(kinds), *evaluation.missing_fields(case, findings))
    statements = sorted([*statements, evaluation.incomplete(gaps)], key=_alarm)
    spoken_of = [s for s in statements if s.rule != "EVAL-02"] + [s for option in options for s in option.stops]
    asked = asks((*(score.missing for score in scores), *(s.ask for s in spoken_of), gaps))
    return Decision(options=tuple(options), statements=tuple(statements), missing=asked, unjudged=UNJUDGED)


def judge(
    plan: PlanFacts, case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The open stops of a plan, and the other rules that speak about it."""
    about = situation(case, findings, scores, plan.about, circumstances=circumstances, plan=plan)
    said = [*_said(ACT_RULES, about), *_about_act(_said(CASE_RULES, replace(about, plan=None)), plan.act)]
    open_ = tuple(statement for statement in said if statement.degree is Degree.STOP)
    return open_, tuple(statement for statement in said if statement.degree is not Degree.STOP)


def _about_act(said: list[Statement], act: Act) -> list[Statement]:
    by_id = {rule.id: rule for rule in CASE_RULES}
    return [s for s in said if act in by_id[s.rule].favours + by_id[s.rule].against]


def _said(rules: tuple[Rule, ...], about: Situation) -> list[Statement]:
    return [statement for rule in rules if (statement := spoken(rule, about)) is not None]


def _alarm(statement: Statement) -> int:
    return list(Degree).index(statement.degree)


_ACTS: dict[LesionKind | None, tuple[Act, ...]] = {
    LesionKind.METASTASIS: (
        Act.SEPARATION,
        Act.RADIOSURGERY,
        Act.RADIOTHERAPY,
        Act.STABILISATION,
        Act.EN_BLOC,
        Act.OBSERVATION,
    ),
    LesionKind.HAEMATOLOGICAL: (Act.RADIOTHERAPY, Act.STABILISATION, Act.SEPARATION, Act.OBSERVATION),
    LesionKind.PRIMARY: (Act.EN_BLOC, Act.RADIOTHERAPY, Act.SEPARATION, Act.OBSERVATION),
    None: (Act.BIOPSY, Act.SEPARATION, Act.OBSERVATION),
}


def _acts(about: Situation) -> tuple[Act, ...]:
    acts = _ACTS[about.kind]
    if about.is_without_tissue is not False and Act.BIOPSY not in acts:
        acts = (Act.BIOPSY, *acts)
    if about.kind is LesionKind.METASTASIS and about.answer(vocabulary.SOLITARY) is False:
        # En bloc for a metastasis is only a question of the board when it may be the only one.
        acts = tuple(act for act in acts if act is not Act.EN_BLOC)
    return acts


def _options(about: Situation, said: list[Statement]) -> list[Option]:
    options = [_option(about, act, said) for act in _acts(about)]
    return sorted(options, key=_rank)


def _option(about: Situation, act: Act, said: list[Statement]) -> Option:
    by_id = {rule.id: rule for rule in RULES}
    plan = PlanFacts(act=act, about=about.about, levels=about.levels)
    judged = _said(ACT_RULES, replace(about, plan=plan))
    spoken_of = [*said, *judged]
    return Option(
        act=act,
        about=about.about,
        words=_words(act, about.levels, about.kind),
        supports=tuple(s for s in spoken_of if act in by_id[s.rule].favours),
        against=tuple(s for s in said if act in by_id[s.rule].against and s.holds is Holds.YES)
        + tuple(s for s in judged if s.degree in {Degree.CAUTION, Degree.URGENT}),
        stops=tuple(s for s in judged if s.degree is Degree.STOP),
    )


def _rank(option: Option) -> tuple[int, bool, int]:
    checked = [s for s in option.supports if not s.is_draft]
    sure = [s for s in checked if s.holds is Holds.YES]
    tier = 0 if sure else 1 if checked else 2 if option.supports else 3
    opposed = any(s.holds is Holds.YES and not s.is_draft for s in option.against)
    return tier, opposed, -len(sure)


def _words(act: Act, levels: tuple[Level, ...], kind: LesionKind | None) -> str:
    where = _span(levels)
    if act is Act.SEPARATION:
        return f"separation surgery {where}, then radiosurgery"
    if act is Act.RADIOTHERAPY and kind is LesionKind.PRIMARY:
        return f"definitive radiotherapy {where}"
    if act is Act.OBSERVATION:
        return "observation" if kind is LesionKind.PRIMARY else "systemic therapy and observation, no local treatment"
    return f"{act.value} {where}"


def _span(levels: tuple[Level, ...]) -> str:
    if not levels:
        return "(level unknown)"
    return str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
