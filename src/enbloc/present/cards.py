"""A score put into words: its result, and each item with its reading, its points and what it was read from."""

from __future__ import annotations

from enbloc.case.finding import Findings, SourceKind
from enbloc.present import words
from enbloc.present.beside import also
from enbloc.present.content import Mark, ScoreCard
from enbloc.present.flags import in_words
from enbloc.present.gauges import gauges, place
from enbloc.present.headlines import is_unread, reported_grade, unsettled
from enbloc.present.linking import read_by, stated_by
from enbloc.present.rules import cited
from enbloc.stage.every import OWN
from enbloc.stage.from_case import PATIENT
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Item, Score


def card(score: Score, findings: Findings) -> ScoreCard:
    """A score with its items, each with what it was read from."""
    result = words.reachable(score.totals) if score.totals else words.either(score.categories)
    reported = reported_grade(score)
    if is_unread(score):
        result = f"{reported} as reported, not read here" if reported else ""
    return ScoreCard(
        instrument=score.instrument,
        name=score.name,
        about=score.about,
        at=score.at if score.about == PATIENT else f"lesion {score.about}, {score.at}",
        totals=score.totals,
        out_of=score.out_of,
        result=result or "cannot be judged yet",
        band=words.either(score.categories) if score.totals else "",
        marks=tuple(_mark(score, item, findings) for item in score.items),
        why=unsettled(score),
        reported="" if is_unread(score) else reported,
        missing=score.missing,
        flags=tuple(in_words(flag) for flag in score.flags),
        also=" · ".join(also(score)),
        cites=cited(score.cites),
        version=score.version,
    )


def _mark(score: Score, item: Item, findings: Findings) -> Mark:
    return Mark(
        name=_named(score, item),
        reading=words.either(item.values) if item.is_settled or item.borderline else "not known",
        points=tuple(str(each) for each in sorted(set(item.points))),
        state=_state(score, item, findings),
        note=item.note,
        ask=item.ask,
        gauges=gauges(score, item, findings),
        facts=tuple(place(found) for found in read_by(score, item, findings)),
        enter=stated_by(score, item),
    )


def _state(score: Score, item: Item, findings: Findings) -> str:
    if not item.is_settled:
        return "borderline" if item.borderline else "unknown"
    answers = read_by(score, item, findings)
    if any(found.overruled for found in answers):
        return "overruled"
    # What a form or the record answers by itself stands in no finding.
    is_measured = bool(answers) and all(found.source.kind is SourceKind.MEASURED for found in answers)
    return "measured" if is_measured else "entered"


def _named(score: Score, item: Item) -> str:
    """An item by its own name, or in the words in which it is asked for where its name is the key of a form."""
    if score.instrument in OWN or score.instrument not in INSTRUMENTS:
        return item.name
    asked = (one.ask.words for one in INSTRUMENTS[score.instrument].questions if one.name == item.name)
    return next(asked, item.name)
