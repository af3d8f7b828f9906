"""A work-up put into words: from values to what a report says. Nothing is judged or computed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.confirmation import Confirmed
from enbloc.case.fact import FACTS
from enbloc.case.finding import Finding, Findings, SourceKind
from enbloc.case.lesion import LesionKind
from enbloc.follow.result import Workup
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.banner import explained
from enbloc.present.beside import beside, further, refused
from enbloc.present.cards import card
from enbloc.present.comparing import compared_tables
from enbloc.present.content import Extent, Gap, Measures, OptionRow, Report, Row, ScoreCard, Subject
from enbloc.present.counsel import Choice
from enbloc.present.deliberation import counsel
from enbloc.present.gauges import gauge, margin_gauge, place
from enbloc.present.headlines import (
    NOT_WITHIN,
    in_short,
    is_within_dura,
    level_in_doubt,
    summary,
    unplanned,
)
from enbloc.present.identity import identity
from enbloc.present.linking import replaced, stated
from enbloc.present.margins import classes, degree, short_margin
from enbloc.present.measures import measures
from enbloc.present.operations import foremost, sheets
from enbloc.present.rules import versions
from enbloc.stage.score import Score

DECIDING = ("sins", "escc")
"""The instruments that a board decides by."""

DESCRIBING = ("wbb", "tomita_surgical", "compartment", "genant", "meyerding")
"""Those that describe a lesion, and stand with the measurements."""


def report(workup: Workup, *, without: tuple[str, ...], fingerprint: str) -> Report:
    """Everything that the report of this work-up says."""
    case, made = workup.case, workup.provenance
    as_of = made.as_of or case.stands_at
    within = [score for score in workup.scores if _is_within(score, case)]
    cards, described = (
        tuple(card(one, workup.findings) for one in workup.scores if one.instrument in those and one not in within)
        for those in (DECIDING, DESCRIBING)
    )
    told = counsel(workup.decision, as_of=as_of, plans=[plan for plan in workup.plans if plan.feasible])
    is_named = bool(case.lesions) and not any(level_in_doubt(workup, lesion.id) for lesion in case.lesions)
    measured = measures(case, workup.findings, is_named=is_named)
    lines = summary(workup)
    return Report(
        title="Spine tumour work-up",
        case=case.id,
        as_of=words.day(as_of),
        version=made.enbloc,
        fingerprint=fingerprint,
        banner=explained(case.origin),
        identity=identity(case, workup.findings),
        story=case.story,
        history=(*_history(case), *_confirmed(case)),
        headlines=lines,
        readiness=in_short(lines[-1]),
        counsel=told,
        scores=cards,
        classes=described,
        extents=tuple(_extent(workup.findings, lesion.id) for lesion in case.lesions),
        options=tuple(_option(nth, one, workup) for nth, one in enumerate(told.choices, 1)),
        compared=compared_tables(workup.plans, workup.compared, is_stopped=bool(workup.decision.stops)),
        plans=sheets(workup),
        unplanned=unplanned(workup),
        survival=tuple(beside(case, one) for one in workup.survival),
        further=tuple(further(one for one in workup.scores if one.instrument not in (*DECIDING, *DESCRIBING))),
        refused=(*(NOT_WITHIN.format(score.name) + "." for score in within), *refused(workup.refused)),
        measures=measured,
        findings=tuple(_subjects(workup, cards, measured)),
        gaps=tuple(_gaps(measured)),
        inputs=tuple((one.file, one.sha256) for one in made.inputs),
        settings=tuple((one.name, words.setting(one.value)) for one in made.parameters),
        rule_versions=tuple(versions(made.rules)),
        said=workup.said,
        unused=tuple((one.what, one.why) for one in workup.unused),
        without=without,
        use=_use(workup),
    )


def _is_within(score: Score, case: Case) -> bool:
    """Whether a score that a board decides by was not made for this tumour, because it lies within the dura."""
    return score.instrument in DECIDING and is_within_dura(case, score.about)


_USE = "This report supports multidisciplinary discussion; none of these scores decides treatment."
_USE_PRIMARY = "In a primary tumour SINS may call for a surgical consultation; it never chooses the resection."


def _use(workup: Workup) -> tuple[str, ...]:
    is_primary = any(lesion.kind is LesionKind.PRIMARY for lesion in workup.case.lesions)
    return (_USE, *((_USE_PRIMARY,) if is_primary else ()))


def _history(case: Case) -> Iterator[str]:
    now = case.neurology
    yield from (
        f"{label}: {_yes(stated)}"
        for label, stated in (
            ("neurological deficit", now.deficit),
            ("progressing", now.progressing),
            ("myelopathy", now.myelopathy),
            ("bladder or bowel disturbed", now.sphincter),
        )
    )
    yield f"ASIA impairment scale: {now.ais.value if now.ais else words.UNKNOWN}"
    yield f"walking: {now.ambulation.value if now.ambulation else words.UNKNOWN}"
    if now.since:
        yield f"deficit since {words.day(now.since)}"
    for treated in case.treatments:
        span = f"{words.day(treated.started)} to {words.day(treated.ended)}"
        dose = f", {treated.dose_gy:.1f}{words.THIN}Gy" if treated.dose_gy is not None else ""
        parts = f" in {treated.fractions} fractions" if treated.fractions is not None else ""
        at = f", {words.levels(treated.levels)}" if treated.levels else ""
        yield f"{treated.kind.value}: {treated.what}{at}{dose}{parts}, {span}"


def _confirmed(case: Case) -> Iterator[str]:
    for one in case.confirmations:
        yield f"{one.of.value} confirmed by {one.by}, {words.day(one.on)}"
    missing = {kind.value for kind in Confirmed} - {one.of.value for one in case.confirmations}
    yield from (f"{what} confirmed by nobody" for what in sorted(missing))


def _yes(stated: bool | None) -> str:
    return words.UNKNOWN if stated is None else "yes" if stated else "no"


def _extent(findings: Findings, lesion: str) -> Extent:
    sectors = findings.many(vocabulary.WBB_SECTORS, lesion)
    layers = findings.many(vocabulary.WBB_LAYERS, lesion)
    return Extent(
        about=lesion,
        sectors=None if sectors is None else tuple(sorted(sector.number for sector in sectors)),
        layers=None if layers is None else tuple(sorted(str(layer) for layer in layers)),
    )


def _option(number: int, one: Choice, workup: Workup) -> OptionRow:
    plan = _plan_of(one, workup)
    found = plan.margin if plan else None
    is_blocked = bool(one.held or one.open)
    return OptionRow(
        number=number,
        choice=one,
        margin=short_margin(found) if found else "",
        margin_class=classes(found.classes) if found else "",
        degree=degree(found) if found else None,
        gauge=margin_gauge(found.mm, found.interval) if found else None,
        readiness="" if plan is None else "ready" if plan.is_ready and not is_blocked else "not ready",
    )


def _plan_of(one: Choice, workup: Workup) -> Plan | None:
    """The plan that an option is told with: the one that is drawn if it is of that kind, otherwise one that can be."""
    drawn = foremost(workup, one.about)
    mine = [plan for plan in workup.plans if plan.about == one.about and plan.act.value == one.act and plan.feasible]
    return drawn if drawn in mine else next(iter(mine), None)


def _subjects(workup: Workup, cards: Iterable[ScoreCard], measured: Measures) -> Iterator[Subject]:
    """What is known beside the measurements, by whom it is about: lesions, the patient, then levels from the head down.

    That is what a person stated and what a score refers to; frames and tables of numbers stand in the result alone.
    """
    lesions = [lesion.id for lesion in workup.case.lesions]
    shown = {row.place for group in measured.groups for row in group.rows}
    referred = {one.place for card in cards for mark in card.marks for one in mark.gauges}
    found = [one for one in workup.findings.found if _stands_here(one, shown, referred)]
    for about in dict.fromkeys((*lesions, "patient", *(level.value for level in Level), *(one.about for one in found))):
        rows = tuple(_row(one) for one in found if one.about == about)
        if rows:
            yield Subject(about=f"lesion {about}" if about in lesions else about, rows=rows)


def _stands_here(found: Finding[Any], shown: Collection[str], referred: Collection[str]) -> bool:
    is_stated = found.source.kind is not SourceKind.MEASURED
    return is_stated or (place(found) in referred and place(found) not in shown)


def _row(found: Finding[Any]) -> Row:
    named = FACTS[found.fact]
    return Row(
        about=found.about,
        place=place(found),
        words=named.words,
        value=words.value(named, found.value),
        interval=words.interval(found.interval, named.unit) if found.interval else "",
        kind=found.source.kind.value,
        source=stated(found.source),
        at=words.bare_place(found.source.at_mm) if found.source.at_mm else found.source.place,
        notes="; ".join(found.notes),
        overruled=replaced(named, found),
        because=found.source.because,
        gauge=gauge(named, found) if found.interval else None,
    )


_LISTED = 3


def _gaps(measured: Measures) -> Iterator[Gap]:
    """What could not be measured, by reason."""
    for one in measured.missing:
        yield Gap(what=f"{one.why}: {one.what}", ask="; ".join(one.ask[:_LISTED]))
