"""The decision: every rule on a case, its options in their order, what is missing, and what stops a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.decide import lmnop
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.evaluation import missing_fields
from enbloc.decide.families import ACT_RULES, CASE_RULES, RULES
from enbloc.decide.known import Known
from enbloc.decide.of_primary import stages
from enbloc.decide.options import is_emergency, option_of, options_of, overridden, weighed
from enbloc.decide.pathway import heard_of, of_act, of_case
from enbloc.decide.ranking import standings
from enbloc.decide.recommendation import Decision, Option, Recommended, Standing
from enbloc.decide.situation import Situation, situation
from enbloc.decide.staging import is_staged_by_enneking
from enbloc.decide.summary import first_deadline, summary_of
from enbloc.decide.timeline import Dated, timeline
from enbloc.decide.timeline_entry import Passing
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking import Stage


def settled(case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances) -> Decision:
    """The decision without the question of what would change it."""
    known = Known(findings)
    abouts = [situation(case, known, scores, lesion.id, circumstances=circumstances) for lesion in case.lesions]
    dated = timeline(case, known, scores, circumstances=circumstances)
    lesions = tuple(_recommended(about, dated) for about in abouts)
    kinds = (about.kind_question for about in abouts)
    required = (*(question for question in kinds if question), *missing_fields(case, known))
    return Decision(
        lesions=lesions,
        missing=_missing(scores, lesions, required),
        timeline=_concerning(dated, [option for lesion in lesions for option in lesion.options]),
        rules=len(RULES),
        drafts=sum(rule.checked.is_draft for rule in RULES.values()),
        overdue=_overdue(circumstances.as_of),
    )


def _overdue(day: date | None) -> int | None:
    """How many rules are due for review on a day."""
    return None if day is None else sum(rule.is_overdue(day) for rule in RULES.values())


def _recommended(about: Situation, dated: tuple[Dated, ...]) -> Recommended:
    heard = heard_of(about)
    options = options_of(about, heard)
    stops, met = overridden(about, None, heard.said.stops)
    ahead = _concerning(dated, options)
    deadline = first_deadline(ahead, about.about, emergency=is_emergency(heard.said))
    return Recommended(
        about=about.about,
        said=heard.said,
        stops=stops,
        overridden=met,
        options=options,
        frameworks=lmnop.compared(about),
        summary=summary_of(about, heard.said, options, deadline=deadline),
    )


_ABOUT_ACTS = frozenset(rule.id for rule in ACT_RULES) - {rule.id for rule in CASE_RULES}


def _concerning(dated: tuple[Dated, ...], options: Sequence[Option]) -> tuple[Dated, ...]:
    """The entries without the deadlines of acts that are rejected or that nothing speaks for: nobody waits for them."""
    offered = [one for one in options if one.standing in (Standing.LEADING, Standing.POSSIBLE)]
    heard = {statement.rule for option in offered for statement in option.every}
    return tuple(
        one for one in dated if one.what is not Passing.LATEST or one.rule in heard or one.rule not in _ABOUT_ACTS
    )


def judge(
    plan: PlanFacts, case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances
) -> Option:
    """A plan as the rules see it: the option of its act, judged with the plan's own facts."""
    about = situation(case, findings, scores, plan.about, circumstances=circumstances)
    known, said = of_case(about), of_act(about, plan)
    (standing,) = standings((weighed(said, known),))
    return option_of(about, said, known, standing, "judged by the plan's own facts")


def enneking_stages(
    case: Case, findings: Findings, scores: tuple[Score, ...], lesion: str, *, circumstances: Circumstances
) -> tuple[Stage, ...]:
    """The stages of Enneking that a lesion may have; none if the stage was not made for such a tumour."""
    about = situation(case, findings, scores, lesion, circumstances=circumstances)
    return () if is_staged_by_enneking(about) is False else stages(about)


def _missing(scores: Iterable[Score], lesions: tuple[Recommended, ...], required: tuple[str, ...]) -> tuple[str, ...]:
    """What to ask for: what scores and open stops need first, then required fields, then what most rules wait for."""
    stops = [one for each in lesions for one in each.said.open_stops]
    stops += [one for each in lesions for option in each.options for one in option.stops]
    waiting = [one for each in lesions for one in each.said.pending]
    waiting += [one for each in lesions for option in each.options for one in option.pending]
    often = Counter(ask for one in waiting for ask in one.ask)
    needed = (*(score.missing for score in scores), *(one.ask for one in stops), required)
    return tuple(dict.fromkeys(ask for group in (*needed, _by_count(often)) for ask in group))


def _by_count(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda ask: (-counted[ask], ask))
