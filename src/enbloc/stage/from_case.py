"""An instrument filled in from a case: every item as the record, the images and the forms of the case answer it.

A form that somebody filled in overrules, item by item, what was read of the rest of the case; both are said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact, Subject, Unit
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Finding, Findings, SourceKind
from enbloc.errors import RecordError
from enbloc.stage.compartment import compartment_score
from enbloc.stage.extent import levels_of
from enbloc.stage.form import Known, Number, Question, Reads
from enbloc.stage.instrument import TUMOUR, Instrument, judged
from enbloc.stage.population import Tumour
from enbloc.stage.reading import Reading, said
from enbloc.stage.score import Score
from enbloc.value import value

PATIENT = "patient"
"""Whom an instrument is about that asks for nothing of a lesion."""


@value
class Derived:
    """An item that no fact answers as it stands: whom it is about, and how it is read; no values if it is unknown."""

    about: Subject
    read: Reads

    def __call__(self, case: Case, findings: Findings, lesion: str) -> Reading:
        """The item of one lesion, or of the patient."""
        return self.read(case, findings, lesion)


def scored(instrument: Instrument, readings: Mapping[str, Reading], *, about: str, at: str = "") -> Score:
    """The score of what was read, each item with where it comes from.

    Raises
    ------
    RecordError
        If the items contradict each other, or the instrument is not for such a tumour.
    """
    known = {name: reading.values for name, reading in readings.items() if reading.values}
    score = judged(instrument, known, about=about, at=at)
    items = tuple(readings[item.name].told(item) if item.name in readings else item for item in score.items)
    odd = tuple(flag for reading in readings.values() for flag in reading.flags)
    # An instrument that reaches its own result says itself what it lacks: its lines need not be its items.
    asks = score.missing if instrument.judge else tuple(item.ask for item in items if item.ask)
    return replace(score, items=items, missing=asks, flags=tuple(dict.fromkeys((*odd, *score.flags))))


def read_items(instrument: Instrument, case: Case, findings: Findings, lesion: str) -> dict[str, Reading]:
    """What a case answers of an instrument about one lesion (or ``patient``); what nothing answers is left out.

    Raises
    ------
    RecordError
        If a value is off the scale of its item, or a form cannot be answered so.
    """
    read = ((one.name, _read(one, case, findings, lesion)) for one in instrument.questions)
    known = {name: reading for name, reading in read if reading is not None and reading.values}
    return overruled(instrument, known, case, lesion)


def main_level(case: Case, findings: Findings, lesion: str) -> Level | None:
    """The level with most of a lesion; nothing where several are involved and none is known to hold most."""
    if lesion == PATIENT:
        return None
    levels = levels_of(case, findings, lesion)
    main = findings.value(vocabulary.MAIN_LEVEL, lesion)
    return main if main in levels else levels[0] if len(levels) == 1 else None


def _read(asked: Question, case: Case, findings: Findings, lesion: str) -> Reading | None:
    if asked == TUMOUR:
        return None if lesion == PATIENT else tumour(case, findings, lesion)
    by = asked.ask.answered_by
    if by is None:
        return None
    if not isinstance(by, Fact):
        return replace(by(case, findings, lesion), name=asked.name)
    subjects = {Subject.PATIENT: PATIENT, Subject.LESION: lesion, Subject.LEVEL: main_level(case, findings, lesion)}
    finding = findings[by, subjects[by.about]]
    return None if isinstance(finding, Unknown) else answered(asked, by, finding)


# --- one item, answered by a fact -------------------------------------------------------------------------------------


def answered(asked: Question, named: Fact[Any], finding: Finding[Any]) -> Reading:
    """The item as a finding answers it; a measured interval that spans a cut-off keeps the answers on both sides.

    Raises
    ------
    RecordError
        If the item cannot be that; a number is never clipped to its scale.
    """
    values = _numbers(asked, named, finding) if isinstance(asked.ask, Number) else (_word(asked, named, finding),)
    return Reading(
        name=asked.name, values=values, facts=(named.id,), borderline=len(values) > 1, note=_note(named, finding)
    )


def _word(asked: Question, named: Fact[Any], finding: Finding[Any]) -> Any:
    given = finding.value.value if isinstance(finding.value, Enum) else finding.value
    try:
        return asked.read(given)
    except RecordError as fault:
        raise RecordError(f"{named.words} ({named.id}): {fault.message}", remedy=fault.remedy) from None


def _numbers(asked: Question, named: Fact[Any], finding: Finding[Any]) -> tuple[Any, ...]:
    scale = asked.ask
    assert isinstance(scale, Number), asked.name
    # Nine decimals take the noise out of a change of unit and lose nothing that was written.
    low, high, own = (round(end * scale.per_unit, 9) for end in (*_span(named, finding), finding.value))
    if not scale.low <= low <= high <= scale.high:
        raise RecordError(
            f"{named.words} ({named.id}) of {_figure(named, finding)} is off the scale of {asked.name}.",
            remedy=f"It runs from {scale.low:g} to {scale.high:g} {scale.unit}".rstrip() + ": check value and unit.",
        )
    if low < high and 0 < scale.step < 1:
        # "Over 10" begins at the first step above it, so that what lies between two steps counts as the next.
        low, high = (math.ceil(round(end / scale.step, 6)) * scale.step for end in (low, high))
    reached = tuple(dict.fromkeys(asked.between(low, high)))
    return reached if len(reached) > 1 else asked.between(own, own)[:1]


def _span(named: Fact[Any], finding: Finding[Any]) -> tuple[float, float]:
    """From where to where a number may lie; a birth year alone leaves open whether the birthday has been."""
    if named == vocabulary.AGE and finding.source.kind is SourceKind.RECORDED:
        return max(0.0, finding.value - 1), finding.value
    return finding.low, finding.high


def _note(named: Fact[Any], finding: Finding[Any]) -> str:
    """The number behind an item, who stated it against what, and what it overruled."""
    number = isinstance(finding.value, int | float) and not isinstance(finding.value, bool)
    parts = [f"{named.words} {_figure(named, finding)}"] if number else []
    source = finding.source
    if source.by or source.because:
        parts.append(f"as entered{_by(source.by, source.because)}")
    if finding.overruled:
        parts.append(f"{finding.overruled.source.kind.value}: {spoken(finding.overruled.value)}")
    return "; ".join(parts)


def _figure(named: Fact[Any], finding: Finding[Any]) -> str:
    """A number with its unit: a measured one with its interval, any other as it was written."""
    if finding.interval is not None:
        return said(finding, named.unit)
    return f"{finding.value:g} {'' if named.unit in (Unit.NONE, Unit.SHARE) else named.unit.value}".strip()


def _by(name: str, because: str) -> str:
    return (f" by {name}" if name else "") + (f" because {because}" if because else "")


def spoken(answer: object) -> str:
    """An answer as a person would write it."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, int | float):
        return f"{answer:g}"
    return str(answer.value if isinstance(answer, Enum) else answer)


# --- the kind of tumour -----------------------------------------------------------------------------------------------


def tumour(case: Case, findings: Findings, lesion: str) -> Reading | None:
    """The kind of a lesion for the instruments that are not for all, by the record and by where it lies to the dura.

    A tumour inside the dura is intradural wherever it comes from; one that lies on both sides may count as either.
    """
    stated = findings.value(vocabulary.KIND, lesion)
    lies = compartment_score(case, findings, lesion)
    inside = set() if lies is None else {within for word in lies.categories for within in _inside(word)}
    if stated is None and not inside:
        return None
    of_bone = {Tumour(stated)} if stated else set(Tumour) - {Tumour.INTRADURAL}
    reached = (of_bone if False in inside or not inside else set()) | ({Tumour.INTRADURAL} if True in inside else set())
    facts = ((vocabulary.KIND.id,) if stated else ()) + (_facts(lies) if lies and inside else ())
    note = f"compartment: {' or '.join(lies.categories)}" if lies and True in inside else ""
    return Reading(name=TUMOUR.name, values=tuple(one for one in Tumour if one in reached), facts=facts, note=note)


def _facts(score: Score) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for item in score.items for fact in item.facts))


def _inside(compartment: str) -> tuple[bool, ...]:
    """Whether a tumour of this compartment counts as lying inside the dura; one on both sides may."""
    each = compartment.split(" and ")
    return tuple(sorted({not one.startswith("extradural") for one in each}))


# --- forms that somebody filled in ------------------------------------------------------------------------------------


def forms_of(case: Case, instrument: str, lesion: str) -> Iterator[FilledForm]:
    """The forms of an instrument about a lesion: first those about the patient, which hold for every lesion."""
    mine = [form for form in case.forms if form.instrument == instrument]
    yield from (form for about in dict.fromkeys((PATIENT, lesion)) for form in mine if form.about == about)


def overruled(instrument: Instrument, read: Mapping[str, Reading], case: Case, lesion: str) -> dict[str, Reading]:
    """What was read, with what the forms of the record answer in its place.

    Raises
    ------
    RecordError
        If a form cannot be answered so.
    """
    held = dict(read)
    for form in forms_of(case, instrument.id, lesion):
        for name, values in _written(instrument, form).items():
            held[name] = _as_in_the_form(name, values, form, read.get(name))
    return held


def _written(instrument: Instrument, form: FilledForm) -> Known:
    try:
        return instrument.read(form.answers)
    except RecordError as fault:
        where = f"form of {instrument.id} about {form.about}"
        raise RecordError(fault.message, remedy=fault.remedy, where=where) from None


def _as_in_the_form(name: str, values: tuple[Any, ...], form: FilledForm, read: Reading | None) -> Reading:
    on = f" on {form.on.isoformat()}" if form.on else ""
    note = f"as answered in the form{_by(form.by, '')}{on}{_by('', form.because)}"
    if read is None:
        return Reading(name=name, values=values, note=note)
    otherwise = " or ".join(spoken(one) for one in read.values)
    note += f"; the record says {otherwise}" if read.values and read.values != values else ""
    note += f" ({read.note})" if read.note and read.values != values else ""
    return Reading(name=read.name, values=values, facts=read.facts, note=note)
