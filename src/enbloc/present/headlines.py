"""The few lines that say how a case stands."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case import fact as vocabulary
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.decide.decision import Holds, Statement
from enbloc.decide.histology import look_up
from enbloc.decide.stops import NOT_VERIFIED
from enbloc.follow.result import Workup
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.margins import classes, short_margin
from enbloc.present.operations import foremost
from enbloc.stage.escc import Escc
from enbloc.stage.score import Score


def summary(workup: Workup) -> tuple[str, ...]:
    """Stability, compression, the operations of each lesion, and last what stands in the way: one line each."""
    return (
        _line(workup, "sins", "SINS") + _verified(workup, "sins"),
        _compression(workup) + _verified(workup, "escc"),
        *_operations(workup),
        readiness(workup),
    )


def _first(workup: Workup, instrument: str) -> Score | None:
    return next((score for score in workup.scores if score.instrument == instrument), None)


def _prefix(workup: Workup, score: Score) -> str:
    return f"Lesion {score.about}: " if len(workup.case.lesions) > 1 else ""


def _line(workup: Workup, instrument: str, name: str) -> str:
    score = _first(workup, instrument)
    if score is None:
        return f"{name} not scored: no lesion to score"
    if is_within_dura(workup.case, score.about):
        return f"{_prefix(workup, score)}{NOT_WITHIN.format(name)}"
    why = unsettled(score)
    return _prefix(workup, score) + headline(score) + (f" ({why})" if why else "")


NOT_WITHIN = "{} is not for a tumour within the dura (STOP-24)"


def is_within_dura(case: Case, lesion: str) -> bool:
    """Whether the tumour lies within the dura by its name: neither SINS nor ESCC was made for it."""
    found = case.lesion(lesion)
    named = look_up(found.histology, kind=found.kind, levels=found.levels)
    return named is not None and named.is_intradural is True


def _verified(workup: Workup, instrument: str) -> str:
    """What stands behind a line whose level is in doubt; empty if it is not."""
    score = _first(workup, instrument)
    if score is None or is_within_dura(workup.case, score.about):
        return ""
    return f"; {NOT_VERIFIED.lower()}" if level_in_doubt(workup, score.about) else ""


def level_in_doubt(workup: Workup, lesion: str) -> bool:
    """Whether the level of a lesion is in doubt and no person has confirmed it: a stop says so, overridden or not."""
    return any(stop.about == lesion and NOT_VERIFIED in stop.because for stop in _every_stop(workup))


def _every_stop(workup: Workup) -> Iterator[Statement]:
    yield from (stop for one in workup.decision.lesions for stop in one.stops)
    yield from (stop for one in workup.decision.options for stop in one.stops)
    met = [one.overridden for one in workup.decision.lesions]
    met += [one.overridden for one in workup.decision.options]
    met += [one.overridden for one in workup.plans]
    yield from (each.stop for those in met for each in those)
    yield from (stop for plan in workup.plans for stop in plan.stops)


def headline(score: Score) -> str:
    """The result of a score in a line; a set of grades is joined by "or", a set of totals by points.

    A score without any reachable category, and a grade of which none is ruled out, say that nothing can be said yet,
    or what a reader reported.
    """
    if is_unread(score):
        reported = reported_grade(score)
        told = f"{reported} as reported, not read here" if reported else "cannot be judged yet"
        return f"{score.name} {told}"
    return score.headline if score.categories else f"{score.name} cannot be judged yet"


def is_unread(score: Score) -> bool:
    """Whether no grade of compression is ruled out by anything that was measured or recorded."""
    return score.instrument == "escc" and set(score.categories) == {grade.value for grade in Escc}


def reported_grade(score: Score) -> str:
    """What a reader reported, without the name of the score: ``3``; empty if nobody did."""
    return score.reported.removeprefix(f"{score.name} ").removesuffix(" as reported")


def unsettled(score: Score) -> str:
    """Why a score is a set: ``pain unknown, collapse borderline``; empty if it is one number or grade."""
    if is_unread(score) or (len(score.totals) < 2 and len(score.categories) < 2):
        return ""
    unknown = [item.name for item in score.items if not item.is_settled and not item.borderline]
    near = [item.name for item in score.items if not item.is_settled and item.borderline]
    parts = [f"{words.sentence_list(unknown)} unknown"] if unknown else []
    parts += [f"{words.sentence_list(near)} borderline"] if near else []
    return ", ".join(parts)


COMPRESSION: tuple[tuple[Fact[float], str], ...] = (
    (vocabulary.CORD_AREA_RATIO, "cord area {} of reference"),
    (vocabulary.CSF_SHARE, "fluid around {} of the cord"),
    (vocabulary.SAC_AREA_RATIO, "sac area {} of reference"),
    (vocabulary.EPIDURAL_AREA, "epidural tumour {} in one slice"),
    (vocabulary.CORD_DISTANCE, "tumour to cord {}"),
)


def raw_numbers(findings: Findings, lesion: str) -> tuple[str, ...]:
    """The measurements behind a grade of compression, in words."""
    said = []
    for named, phrase in COMPRESSION:
        found = findings[named, lesion]
        if not hasattr(found, "ask"):
            said.append(phrase.format(words.finding(named, found)))
    return tuple(said)


def _compression(workup: Workup) -> str:
    line = _line(workup, "escc", "ESCC")
    score = _first(workup, "escc")
    is_read = score is not None and not is_within_dura(workup.case, score.about)
    raw = raw_numbers(workup.findings, score.about) if score and is_read else ()
    return f"{line}, {raw[0]}" if raw else line


def readiness(workup: Workup) -> str:
    """Whether a plan is ready for the board, or the first thing that keeps it from being so."""
    # What holds goes before what merely cannot be excluded.
    stops = sorted(workup.decision.stops, key=lambda one: one.holds is not Holds.YES)
    if stops:
        more = f" (and {len(stops) - 1} more)" if len(stops) > 1 else ""
        return f"Not ready: {stops[0].rule} {stops[0].do}{more}"
    if not workup.plans:
        return "Not ready: no operation is planned"
    drawn = [foremost(workup, one.about) for one in workup.compared]
    ready = [plan for plan in drawn if plan is not None and plan.is_ready]
    if len(ready) == len(workup.compared) and ready:
        return f"Ready for the board: {'; '.join(_with_margin(plan) for plan in ready)}"
    plan = next((plan for plan in drawn if plan is not None and not plan.is_ready), None)
    if plan is None:
        return f"Not ready: no operation is feasible for {_without_plan(workup)}"
    reasons = [f"{stop.rule} {stop.do}" for stop in plan.stops]
    reasons += [f"borderline: {one}" for one in plan.borderline]
    reasons += list(plan.not_ready)
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return f"Not ready: {plan.id}: {reasons[0]}{more}"


def in_short(line: str) -> str:
    """The line about readiness in two words, for where room is short."""
    return "READY for the board" if line.startswith("Ready") else "NOT READY"


def _with_margin(plan: Plan) -> str:
    return f"{plan.id}, margin {words.margin(plan.margin.mm)}" if plan.margin else plan.id


def _without_plan(workup: Workup) -> str:
    return words.sentence_list([f"lesion {one.about}" for one in workup.compared if not foremost(workup, one.about)])


def _operations(workup: Workup) -> Iterator[str]:
    """Of each lesion the operations that are feasible, and the margin of the one that is drawn."""
    for one in workup.compared:
        mine = [plan for plan in workup.plans if plan.about == one.about]
        of = f"Lesion {one.about}: " if len(workup.case.lesions) > 1 else ""
        can = [plan for plan in mine if plan.feasible]
        if not can:
            yield f"{of}Operations: none of {len(mine)} is feasible"
            continue
        names = "; ".join(f"{plan.id}{_hangs(plan)}" for plan in can)
        margin = _drawn(foremost(workup, one.about), len(can))
        doubtful = sum(bool(plan.borderline) for plan in can)
        count = f"{len(can) - doubtful} of {len(mine)} feasible{f', {doubtful} borderline' if doubtful else ''}"
        yield f"{of}Operations: {count}: {names}{margin}"
    if unplanned(workup):
        yield unplanned(workup)


def _hangs(plan: Plan) -> str:
    """What an operation hangs on, so that it does not sound surer than it is."""
    held = ["borderline"] if plan.borderline else []
    held += ["draft criterion"] if plan.is_draft else []
    held += [] if plan.is_ready else ["not ready"]
    return f" ({', '.join(held)})" if held else ""


def _drawn(plan: Plan | None, count: int) -> str:
    if plan is None or plan.margin is None or plan.resected is None:
        return ""
    of = f" of {plan.id}" if count > 1 else ""
    kinds = classes(plan.resected.classes)
    return f"; smallest margin{of} {short_margin(plan.margin)}, {kinds}"


def unplanned(workup: Workup) -> str:
    """Why no operation is planned; empty where one is."""
    if workup.plans:
        return ""
    named = words.sentence_list([lesion.id for lesion in workup.case.lesions])
    return (
        f"No operation is planned: tumour {named} is not labelled in any image" if named else "No operation is planned"
    )
