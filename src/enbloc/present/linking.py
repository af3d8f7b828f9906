"""From an item of a score to the findings behind it, and from a finding to what it replaced and who stated it."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.fact import FACTS, Fact, Subject
from enbloc.case.finding import Finding, Findings, Interval, Source
from enbloc.present import words
from enbloc.stage.score import Item, Score

_STATED: dict[tuple[str, str], Fact[Any]] = {
    ("sins", "pain"): vocabulary.PAIN,
    ("sins", "bone lesion"): vocabulary.BONE_REPORTED,
    ("sins", "alignment"): vocabulary.ALIGNMENT_REPORTED,
    ("sins", "collapse"): vocabulary.COLLAPSE_REPORTED,
    ("sins", "posterolateral involvement"): vocabulary.POSTEROLATERAL_REPORTED,
}
"""By which fact a person states the reading of an item, over what was measured."""


def stated_by(score: Score, item: Item) -> str:
    """The id of the fact by which a person states the reading of an item; empty if there is none."""
    named = _STATED.get((score.instrument, item.name))
    return named.id if named else ""


def read_by(score: Score, item: Item, findings: Findings) -> tuple[Finding[Any], ...]:
    """The findings that an item was read from: of the lesion, of the levels that it takes, or of the patient."""
    names = {level.value for level in Level}
    taken = {str(level) for level in findings.many(vocabulary.LEVELS, score.about) or ()}
    levels = {score.at} if score.at in names else taken
    subjects = {Subject.PATIENT: {"patient"}, Subject.LESION: {score.about}, Subject.LEVEL: levels}
    return tuple(
        one for one in findings.found if one.fact in item.facts and one.about in subjects[FACTS[one.fact].about]
    )


def replaced(named: Fact[Any], found: Finding[Any]) -> str:
    """What a person replaced, with how it was known and where it came from; empty if nothing was."""
    before = found.overruled
    if before is None:
        return ""
    said = with_span(named, before.value, before.interval)
    return f"{said}, {before.source.kind.value}, {stated(before.source)}"


def with_span(named: Fact[Any], held: Any, span: Interval | None) -> str:
    """A value in words with its interval, if it has one."""
    return f"{words.value(named, held)}{f' ({words.interval(span, named.unit)})' if span else ''}"


def stated(source: Source) -> str:
    """The document, with the person and the day where somebody stated it."""
    who = f", {source.by}" if source.by else ""
    return f"{source.document}{who}{f', {words.day(source.on)}' if source.on else ''}"
