"""What was measured, in words and in order: of each lesion, of the levels it takes, and of the column at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, in_order
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import FACTS, Fact
from enbloc.case.fact.of_level import LabelTrust
from enbloc.case.finding import Finding, Findings, Missing, SourceKind
from enbloc.case.geometry import Plane, Pose
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare
from enbloc.present import words
from enbloc.present.content import Absent, Group, LevelRow, Measured, Measures
from enbloc.present.gauge import Gauge
from enbloc.present.gauges import DIALS, gauge, place
from enbloc.present.tables import tables
from enbloc.present.topics import TOPICS, Topic, rank, topic_of

NOT_VERIFIED = "level not verified"
_TABLES = (Cell, PartShare, Clearance, CanalPlane)
_GEOMETRY = (Pose, Plane)


HEADS: tuple[tuple[str, Fact[Any]], ...] = (
    ("anterior mm", vocabulary.HEIGHT_ANTERIOR),
    ("middle mm", vocabulary.HEIGHT_MIDDLE),
    ("posterior mm", vocabulary.HEIGHT_POSTERIOR),
    ("loss %", vocabulary.COLLAPSE),
    ("kyphosis °", vocabulary.SAGITTAL_WEDGE),
    ("slip mm", vocabulary.TRANSLATION),
    ("canal mm²", vocabulary.CANAL_AREA),
    ("cord mm²", vocabulary.CORD_AREA),
    ("pedicle L mm", vocabulary.PEDICLE_WIDTH_LEFT),
    ("pedicle R mm", vocabulary.PEDICLE_WIDTH_RIGHT),
)
"""The columns of the table of levels."""


def measures(case: Case, findings: Findings, *, is_named: bool = False) -> Measures:
    """What was measured, the lesions first; what a person entered is left out.

    ``is_named`` says that a person has confirmed the names of the levels.
    """
    return Measures(
        counts=tuple(_counts(case, findings, uncounted(findings, is_named=is_named))),
        groups=tuple(_groups(case, findings, doubts(findings, is_named=is_named))),
        tables=tuple(tables(findings, lesion.id) for lesion in case.lesions),
        heads=tuple(head for head, _ in HEADS),
        column=tuple(_column(case, findings)),
        missing=tuple(_missing(findings)),
    )


def affected(case: Case, findings: Findings) -> tuple[Level, ...]:
    """The levels that a lesion takes, by the images or else by the record."""
    taken: set[Level] = set()
    for lesion in case.lesions:
        taken |= set(findings.many(vocabulary.LEVELS, lesion.id) or lesion.levels)
    return in_order(taken)


def doubts(findings: Findings, *, is_named: bool = False) -> dict[str, str]:
    """The levels whose label or name a person has to check, each with the reasons.

    ``is_named`` says that a person has confirmed the names of the levels, so that a doubtful count no longer counts.
    """
    count = uncounted(findings, is_named=is_named)
    labels = {one.about: one for one in findings.found if one.fact == vocabulary.LABEL_TRUST.id}
    known = {one.about for one in findings.found}
    told: dict[str, str] = {}
    for level in (level.value for level in Level if level.value in known):
        label = labels.get(level)
        is_bad = label is not None and label.value is not LabelTrust.SOUND
        own = ("; ".join(label.notes) or f"label {label.value.value}") if label is not None and is_bad else ""
        if own or count:
            told[level] = "; ".join(part for part in (own, count) if part)
    return told


def uncounted(findings: Findings, *, is_named: bool) -> str:
    """Why the names of all levels are in doubt; empty if they are not."""
    found = findings[vocabulary.NUMBERING_DOUBTFUL, "patient"]
    if is_named or isinstance(found, Unknown) or not found.value:
        return ""
    return "; ".join(found.notes) or vocabulary.NUMBERING_DOUBTFUL.words


def _groups(case: Case, findings: Findings, doubtful: dict[str, str]) -> Iterator[Group]:
    lesions = [lesion.id for lesion in case.lesions]
    for about in (*lesions, *(level.value for level in affected(case, findings)), "patient"):
        held: dict[str, list[Measured]] = {topic.key: [] for topic in TOPICS}
        for found in sorted(_numbers(findings, about), key=lambda one: rank(one.fact)):
            topic = topic_of(found.fact)
            nothing_open = found.fact.endswith("_open") and found.value == ()
            if topic is not None and not nothing_open:
                held[topic.key].append(_measured(found))
        for topic in TOPICS:
            if held[topic.key]:
                yield _group(about, about in lesions, topic, held[topic.key], doubtful)


def _group(about: str, is_lesion: bool, topic: Topic, rows: list[Measured], doubtful: dict[str, str]) -> Group:
    subject = f"lesion {about}" if is_lesion else "the column" if about == "patient" else about
    return Group(about=subject, doubt=doubtful.get(about, ""), topic=topic.words, rows=tuple(_brief(rows)))


AS_ABOVE = "as above"


def _brief(rows: list[Measured]) -> Iterator[Measured]:
    """The rows without what the row before has said already of how and where it was read."""
    before: Measured | None = None
    for row in rows:
        told = row
        if before is not None and (row.method, row.notes) == (before.method, before.notes) and row.method:
            told = replace(told, method=AS_ABOVE, notes="")
        if before is not None and (row.source, row.at) == (before.source, before.at):
            told = replace(told, source="", at="")
        yield told
        before = row


def _numbers(findings: Findings, about: str) -> Iterator[Finding[Any]]:
    """What was measured of one subject; tables and frames stand elsewhere."""
    for found in findings.found:
        shows = not issubclass(FACTS[found.fact].type, (*_TABLES, *_GEOMETRY))
        if found.about == about and found.source.kind is SourceKind.MEASURED and shows:
            yield found


def _measured(found: Finding[Any]) -> Measured:
    named = FACTS[found.fact]
    drawn = gauge(named, found) if found.interval else None
    at = found.source.at_mm
    return Measured(
        place=place(found),
        words=named.words,
        value=words.value(named, found.value),
        interval=words.interval(found.interval, named.unit) if found.interval else "",
        borderline=_borderline(named, drawn),
        method=found.source.method,
        source=found.source.document,
        at=words.bare_place(at) if at else found.source.place,
        notes="; ".join(found.notes),
        gauge=drawn,
    )


def _borderline(named: Fact[Any], drawn: Gauge | None) -> str:
    if drawn is None or named not in DIALS:
        return ""
    both = [tick.full for lie, tick in zip(drawn.lies, drawn.ticks, strict=True) if lie == "on both sides of"]
    return f"on both sides of {' and '.join(both)}" if both else ""


def _column(case: Case, findings: Findings) -> Iterator[LevelRow]:
    taken, doubtful = affected(case, findings), doubts(findings, is_named=True)  # the count is told above
    known = {one.about for one in findings.found} | {gap.about for gap in findings.missing}
    for level in Level:
        if level.value in known:
            cells = tuple(_cell(findings, named, level) for _, named in HEADS)
            doubt = doubtful.get(level.value, "")
            yield LevelRow(level=level.value, is_affected=level in taken, doubt=doubt, cells=cells)


def _cell(findings: Findings, named: Fact[Any], level: Level) -> str:
    known = findings.value(named, level)
    return "" if known is None else words.number(float(known), named.unit)


def _counts(case: Case, findings: Findings, uncounted: str) -> Iterator[str]:
    found = [one for one in findings.found if one.source.kind is SourceKind.MEASURED and topic_of(one.fact)]
    levels = {one.about for one in found} & {level.value for level in Level}
    yield f"{len(found)} measurements of {_several(len(levels), 'level')} and {_several(len(case.lesions), 'lesion')}"
    near = sum(bool(_borderline(FACTS[one.fact], gauge(FACTS[one.fact], one))) for one in found if one.interval)
    if near:
        yield f"{near} borderline: the interval holds a cut-off"
    labels = doubts(findings, is_named=True)
    if uncounted:
        yield f"{NOT_VERIFIED}, any of them: {uncounted}"
    if labels:
        yield f"{NOT_VERIFIED}: {', '.join(labels)}"
    if findings.missing:
        yield f"{len(findings.missing)} not measured"


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _missing(findings: Findings) -> Iterator[Absent]:
    """What could not be measured by reason, the reason that keeps most away first."""
    held: dict[str, list[Missing]] = {}
    for gap in findings.missing:
        held.setdefault(_reason(gap), []).append(gap)
    for why, gaps in sorted(held.items(), key=lambda one: -len(one[1])):
        ask = tuple(dict.fromkeys(FACTS[gap.fact].ask for gap in gaps))
        yield Absent(why=why, what="; ".join(_by_subject(gaps)), ask=ask)


def _reason(gap: Missing) -> str:
    """Why, without the name of the level that it is about: so the same reason at several levels is told once."""
    names = {level.value for level in Level}
    return re.sub(rf"\b{re.escape(gap.about)}\b", "the level", gap.why) if gap.about in names else gap.why


def _by_subject(gaps: Iterable[Missing]) -> Iterator[str]:
    """What is missing, told once for all whom the same is missing of."""
    held: dict[str, list[str]] = {}
    for gap in gaps:
        held.setdefault(gap.about, []).append(FACTS[gap.fact].words)
    alike: dict[tuple[str, ...], list[str]] = {}
    for about, those in held.items():
        alike.setdefault(tuple(dict.fromkeys(those)), []).append(about)
    for listed, abouts in alike.items():
        yield f"{', '.join(abouts)}: {_shortened(listed)}"


def _shortened(listed: Sequence[str]) -> str:
    return ", ".join(listed[:4]) + (f" and {len(listed) - 4} more" if len(listed) > 4 else "")
