"""Every survival instrument about one patient side by side: what each came to, where they agree, what to ask for.

Each speaks of its own patients and years. Nothing here says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation
from enbloc.stage.every import NothingKnown, Refused, Result, score_of
from enbloc.stage.external.obtained import At1And3And12Months, At90DaysAnd1Year, AtHorizons
from enbloc.stage.form import Known
from enbloc.stage.from_case import read_items
from enbloc.stage.instrument import TUMOUR, Better, Instrument
from enbloc.stage.narrowing import narrowings
from enbloc.stage.population import AliveAt, Cohort, SurvivalFigure
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score
from enbloc.stage.survival import era
from enbloc.stage.survival.horizon import HORIZONS, Agreement, Voice, agreement, voices
from enbloc.value import value

QUESTION = "were at least half of the patients of this category alive then?"

SURVIVAL: tuple[Instrument, ...] = tuple(one for one in INSTRUMENTS.values() if one.is_survival)
"""Every instrument that is laid side by side: those computed here, then the results obtained elsewhere."""


@value
class Meant:
    """A category that can be reached, and how long its patients lived; ``words`` say the figures."""

    word: str
    figures: tuple[SurvivalFigure, ...]
    words: tuple[str, ...]


@value
class Said:
    """What an instrument says at a horizon, and whether that rests on what is only remembered."""

    months: float
    voice: Voice
    is_draft: bool


@value
class Line:
    """One instrument beside the others.

    ``is_dated`` says that its patients were treated before survival changed; nothing where that is not known.
    """

    instrument: str
    name: str
    totals: tuple[int | float, ...]
    out_of: int | None
    categories: tuple[Meant, ...]
    says: tuple[Said, ...]
    better: Better
    cohort: Cohort | None
    years: str
    is_dated: bool | None
    validations: tuple[str, ...]
    checked: Checked
    is_draft: bool
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    cites: tuple[Citation, ...]


@value
class Absent:
    """An instrument that says nothing about this patient, why, and what it lacks."""

    instrument: str
    name: str
    why: str
    is_refused: bool
    missing: tuple[str, ...] = ()


@value
class Horizon:
    """What the instruments say at a month: their names on each side, drafts apart, which never decide."""

    months: float
    agreement: Agreement
    yes: tuple[str, ...]
    no: tuple[str, ...]
    open: tuple[str, ...]
    nothing: tuple[str, ...]
    drafts: tuple[tuple[str, Voice], ...]


@value
class Input:
    """What to ask for: how many categories would close on average over its answers, summed over the instruments."""

    words: str
    closes: float
    instruments: tuple[str, ...]


@value
class Comparison:
    """Every survival instrument about one lesion, on one axis of months."""

    about: str
    question: str = QUESTION
    lines: tuple[Line, ...]
    absent: tuple[Absent, ...]
    horizons: tuple[Horizon, ...]
    era: tuple[str, ...]
    concerned: tuple[str, ...]  # whose figures are too short for this very tumour
    inputs: tuple[Input, ...]


def side_by_side(case: Case, findings: Findings, lesion: str) -> Comparison:
    """The comparison of every survival instrument about one lesion of a case.

    Raises
    ------
    RecordError
        If the case has no such lesion.
    """
    if lesion not in {one.id for one in case.lesions}:
        lesions = " ".join(one.id for one in case.lesions) or "none"
        raise RecordError(f"There is no lesion {lesion!r}.", remedy=f"Lesions of this case: {lesions}.")
    results: list[Result] = []
    known: dict[str, Known] = {}
    for one in SURVIVAL:
        try:
            read = {name: reading.values for name, reading in read_items(one, case, findings, lesion).items()}
            results.append(_result(one, read, case, findings, lesion))
            known[one.id] = read
        except RecordError as fault:
            results.append(Refused(instrument=one.id, name=one.name, about=lesion, why=str(fault)))
    return compared(results, known=known, changed=era.changed(findings, lesion), about=lesion)


def _result(one: Instrument, read: Known, case: Case, findings: Findings, lesion: str) -> Result:
    tumours = read.get(TUMOUR.name, one.tumours)
    if not set(read) - {TUMOUR.name} and set(tumours) & set(one.tumours):
        return NothingKnown(instrument=one.id, name=one.name, about=lesion)
    return score_of(one, case, findings, lesion)


def compared(
    results: Iterable[Result],
    *,
    known: Mapping[str, Known] | None = None,
    changed: era.Changed | None = None,
    about: str = "form",
) -> Comparison:
    """Lay results of survival instruments side by side.

    ``known`` is what is known of each instrument by its id: what to ask for is worked out of it, and the figures of a
    result that was obtained elsewhere stand in it. ``changed`` is the tumour, if treatment has changed its survival.
    """
    lines: list[Line] = []
    absent: list[Absent] = []
    asks: dict[str, Mapping[str, str]] = {}
    held = known or {}
    for one in results:
        if isinstance(one, Score):
            asks[one.instrument] = {item.name: item.ask for item in one.items if item.ask}
        instrument = INSTRUMENTS[one.instrument]
        if isinstance(one, Score) and (line := _line(instrument, one, held.get(one.instrument, {}))):
            lines.append(line)
        else:
            absent.append(_absent(instrument, one))
    cohorts = tuple((line.name, line.cohort) for line in lines if any(one.figures for one in line.categories))
    open_ = (
        *(line.instrument for line in lines if len(line.categories) > 1),  # of one category only the total is open
        *(one.instrument for one in absent if not one.is_refused),
    )
    return Comparison(
        about=about,
        lines=tuple(lines),
        absent=tuple(absent),
        horizons=tuple(_horizon(months, lines) for months in HORIZONS),
        era=era.warnings(cohorts, changed),
        concerned=era.concerned(cohorts, changed),
        inputs=_inputs((INSTRUMENTS[id] for id in open_), held, asks),
    )


# --- one instrument ---------------------------------------------------------------------------------------------------


def _line(instrument: Instrument, score: Score, known: Known) -> Line | None:
    """The line of a score; nothing where no category is ruled out, for then nothing is said."""
    if not score.categories or len(score.categories) == len(instrument.categories) > 1:
        return None
    obtained = tuple(_obtained(instrument, known))
    meant = tuple(
        Meant(word=one.word, figures=figures, words=tuple(figure.words for figure in figures))
        for one in instrument.categories
        if one.word in score.categories
        for figures in [(*one.survival, *obtained)]
    )
    return Line(
        instrument=instrument.id,
        name=instrument.name,
        totals=score.totals,
        out_of=score.out_of,
        categories=meant,
        says=tuple(_says(instrument, meant, months) for months in HORIZONS),
        better=instrument.better,
        cohort=instrument.cohort,
        years=instrument.cohort.years if instrument.cohort else "",
        is_dated=era.is_before(instrument.cohort),
        validations=instrument.validations,
        checked=instrument.checked,
        is_draft=instrument.checked.is_draft,
        flags=score.flags,
        missing=score.missing,
        cites=score.cites,
    )


def _says(instrument: Instrument, meant: Sequence[Meant], months: float) -> Said:
    def is_checked(figure: SurvivalFigure) -> bool:
        # A checked figure of a category that was reached by points from memory is a draft all the same.
        return not (instrument.checked.is_draft or (figure.checked or instrument.checked).is_draft)

    said, is_draft = voices([one.figures for one in meant], is_checked, months)
    return Said(months=months, voice=said, is_draft=is_draft)


def _obtained(instrument: Instrument, known: Known) -> Iterator[AliveAt]:
    """The figures of a result that was obtained elsewhere, as they were given; 90 days count as three months."""
    given: dict[str, Any] = {name: each[0] for name, each in known.items() if len(each) == 1}
    named = {
        At1And3And12Months: {"alive_1_month": 1, "alive_3_months": 3, "alive_12_months": 12},
        At90DaysAnd1Year: {"alive_90_days": 3, "alive_1_year": 12},
    }.get(instrument.form, {})
    for name, months in named.items():
        if given.get(name) is not None:
            note = "given for 90 days" if name == "alive_90_days" else ""
            yield AliveAt(months=months, percent=given[name], note=note)
    if instrument.form is AtHorizons:
        for at in range(1, 7):
            pair = given.get(f"months_{at}"), given.get(f"alive_{at}")
            if None not in pair:
                yield AliveAt(months=given[f"months_{at}"], percent=given[f"alive_{at}"])


NOTHING_KNOWN = "nothing that it asks for is known"
NOTHING_RULED_OUT = "too little is known: no category is ruled out"
NOT_RECORDED = "not computed here, and no result obtained elsewhere is recorded"


def _absent(instrument: Instrument, one: Result) -> Absent:
    if isinstance(one, Refused):
        return Absent(instrument=one.instrument, name=one.name, why=one.why, is_refused=True)
    why, missing = NOTHING_KNOWN, tuple(question.ask.words for question in instrument.questions)
    if instrument.needs:
        why, missing = NOT_RECORDED, ()
    elif isinstance(one, Score):
        why, missing = NOTHING_RULED_OUT, one.missing
    return Absent(instrument=instrument.id, name=instrument.name, why=why, is_refused=False, missing=missing)


# --- all together -----------------------------------------------------------------------------------------------------


def _horizon(months: float, lines: Sequence[Line]) -> Horizon:
    said = [(line.name, one) for line in lines for one in line.says if one.months == months]
    sides = {
        voice: tuple(name for name, one in said if one.voice is voice and not one.is_draft)
        for voice in (Voice.YES, Voice.NO, Voice.OPEN, Voice.NOTHING)
    }
    yes, no, open_ = (sides[voice] for voice in (Voice.YES, Voice.NO, Voice.OPEN))
    return Horizon(
        months=months,
        agreement=agreement(len(yes), len(no), len(open_)),
        yes=yes,
        no=no,
        open=open_,
        nothing=sides[Voice.NOTHING],
        drafts=tuple((name, one.voice) for name, one in said if one.is_draft),
    )


def _inputs(
    instruments: Iterable[Instrument], known: Mapping[str, Known], asks: Mapping[str, Mapping[str, str]]
) -> tuple[Input, ...]:
    """What to ask for, by how many categories would close; drafts do not count, since they never decide.

    ``asks`` are the words of the result itself: a site that is known and not listed is not asked for again.
    """
    closes: dict[str, float] = {}
    named: dict[str, list[str]] = {}
    for one in instruments:
        if one.checked.is_draft or one.needs or one.id not in known:
            continue
        for item in narrowings(one, known[one.id]):
            if (closed := item.of - item.average) > 0:
                asked = asks.get(one.id, {}).get(item.item, item.words)
                closes[asked] = closes.get(asked, 0.0) + closed
                named.setdefault(asked, []).append(one.name)
    found = (
        Input(words=words, closes=round(closed, 2), instruments=tuple(named[words])) for words, closed in closes.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.closes, one.words)))
