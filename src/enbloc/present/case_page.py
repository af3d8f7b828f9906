"""What the page of a case shows, as a value: the words of the report, and the way from each number to its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from enbloc.case import fact as vocabulary
from enbloc.case.fact import ENTERABLE, FACTS, Subject
from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.present.cards import card
from enbloc.present.composition import DECIDING, DESCRIBING, report
from enbloc.present.content import Report, ScoreCard
from enbloc.present.documents import DocumentRef
from enbloc.present.numbers import Number, numbers
from enbloc.present.past import Timeline, timeline
from enbloc.present.picture_files import Named, PictureRef, seen_on
from enbloc.value import value

SCHEMA = "enbloc/page/1"


@value
class LesionRef:
    """A lesion as headings and choices name it."""

    id: str
    histology: str
    kind: str  # "metastasis"; empty where it is not known
    levels: tuple[str, ...]
    main_level: str
    is_labelled: bool  # drawn in an image


@value
class Blank:
    """A question that the report asks, and the fact about a lesion or the patient that answers it."""

    ask: str  # as in the report
    fact: str
    about: str


@value
class CasePage:
    """All that the page of a case is drawn from; its pictures and documents are files beside it."""

    report: Report  # without the settings and the options told a second time, which stand in the report itself
    other_scores: tuple[ScoreCard, ...]  # with their items: those of survival and the rest
    numbers: tuple[Number, ...]
    pictures: tuple[PictureRef, ...]
    documents: tuple[DocumentRef, ...]
    timeline: Timeline  # what has happened; what is due stands in ``report.counsel.days``
    lesions: tuple[LesionRef, ...]
    blanks: tuple[Blank, ...]
    labels_sha256: str  # what a confirmation of the labels holds for; empty where nothing is labelled
    level_sha256: str  # the same of the level
    schema: Literal["enbloc/page/1"] = "enbloc/page/1"


def case_page(
    workup: Workup,
    images: Images,
    drawn: Sequence[Named],
    fingerprint: str,
    *,
    without: tuple[str, ...] = (),
    documents: Iterable[DocumentRef] = (),
) -> CasePage:
    """The page of this work-up.

    ``drawn`` are its pictures by name, ``without`` says which could not be drawn, and ``fingerprint`` is the SHA-256 of
    the work-up's JSON.
    """
    said = report(workup, without=without, fingerprint=fingerprint)
    hashed, shown = images.labels_sha256, (*DECIDING, *DESCRIBING)
    return CasePage(
        report=_brief(said),
        other_scores=tuple(card(one, workup.findings) for one in workup.scores if one.instrument not in shown),
        numbers=numbers(workup, (*said.scores, *said.classes), seen_on(drawn)),
        pictures=tuple(one.ref for one in drawn),
        documents=tuple(documents),
        timeline=timeline(workup.case),
        lesions=tuple(_lesions(workup, images)),
        blanks=tuple(_blanks(workup, said)),
        labels_sha256=hashed,
        level_sha256=hashed,
    )


def _brief(said: Report) -> Report:
    """The report without what a page does not show: every threshold, and the choices, which its options hold."""
    return replace(said, settings=(), counsel=replace(said.counsel, choices=()))


def _lesions(workup: Workup, images: Images) -> Iterator[LesionRef]:
    labelled = {structure.lesion for labels in images.labels.values() for structure in labels.names.values()}
    for lesion in workup.case.lesions:
        levels = workup.findings.many(vocabulary.LEVELS, lesion.id) or lesion.levels
        main = workup.findings.value(vocabulary.MAIN_LEVEL, lesion.id)
        yield LesionRef(
            id=lesion.id,
            histology=lesion.histology or "",
            kind=lesion.kind.value if lesion.kind else "",
            levels=tuple(level.value for level in levels),
            main_level=main.value if main else "",
            is_labelled=lesion.id in labelled,
        )


_ASKED = Counter(named.ask for named in FACTS.values() if named.id in ENTERABLE)
"""How many facts a question asks for: one for several asks for a label or a scan, which no field can hold."""


def _blanks(workup: Workup, said: Report) -> Iterator[Blank]:
    """The fields that answer what the report asks: of a lesion once for each of them, and only where it is unknown."""
    asked = _asked(said)
    known = {(one.fact, one.about) for one in workup.findings.found}
    lesions = tuple(lesion.id for lesion in workup.case.lesions)
    for named in FACTS.values():
        abouts = {Subject.PATIENT: ("patient",), Subject.LESION: lesions}.get(named.about, ())
        own = {named.ask, named.words} if _ASKED[named.ask] == 1 else {named.words}
        for ask in sorted(own & asked):
            if named.id in ENTERABLE:
                yield from (Blank(ask=ask, fact=named.id, about=at) for at in abouts if (named.id, at) not in known)


def _asked(said: Report) -> set[str]:
    """Every question of the report, in its words."""
    marks = (mark.ask for card in (*said.scores, *said.classes) for mark in card.marks)
    changes = (row.ask for row in said.counsel.changes)
    missing = (ask for card in (*said.scores, *said.classes) for ask in card.missing)
    return {*said.counsel.missing, *marks, *changes, *missing}
