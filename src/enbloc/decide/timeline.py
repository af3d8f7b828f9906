"""The dated timeline of a case: what is due by when, what may be done from when, and what to ask where no day is known.

Everything counts from the dates of the case itself; the clock of the machine is never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.decide import timeline_drugs
from enbloc.decide.circumstances import Circumstances
from enbloc.decide.known import Known
from enbloc.decide.situation import Situation, situation
from enbloc.decide.timeline_after import afterwards
from enbloc.decide.timeline_deadlines import deadlines
from enbloc.decide.timeline_entry import PATIENT, Dated, Passing
from enbloc.decide.timeline_steroid import steroid
from enbloc.decide.timeline_treatment import treatments
from enbloc.stage.score import Score

__all__ = ["Dated", "Passing", "timeline"]


def timeline(
    case: Case, findings: Findings, scores: tuple[Score, ...], *, circumstances: Circumstances
) -> tuple[Dated, ...]:
    """Every entry of a case, the soonest first, those without a day last.

    A rule that holds or cannot be judged yet gives its entries; one that does not hold gives none. What concerns the
    patient stands once, however many lesions there are, and says so.
    """
    known = Known(findings)  # its own: what is read here is not what the rules of an option read
    lesions = (situation(case, known, scores, one.id, circumstances=circumstances) for one in case.lesions)
    patient = _patient(case, known, circumstances)
    entries = [*timeline_drugs.of_patient(patient)]
    # An emergency is never withheld, also before anybody has recorded a lesion.
    entries += deadlines(patient) if not case.lesions else ()
    entries += [entry for lesion in lesions for entry in _of_lesion(lesion)]
    return tuple(sorted(_once(entries), key=_order))


def _patient(case: Case, known: Known, circumstances: Circumstances) -> Situation:
    """The patient as the rules see a lesion, with nothing known of any lesion."""
    return Situation(
        about=PATIENT,
        case=case,
        findings=known,
        scores=(),
        levels=(),
        histology=None,
        circumstances=circumstances,
    )


def _of_lesion(about: Situation) -> Iterator[Dated]:
    yield from deadlines(about)
    yield from timeline_drugs.of_lesion(about)
    yield from treatments(about)
    yield from steroid(about)
    yield from afterwards(about)


def _once(entries: Iterable[Dated]) -> Iterable[Dated]:
    """Each entry once: what two lesions say of the patient is said as the one that leaves less open."""
    kept: dict[Dated, Dated] = {}
    for entry in sorted(entries, key=lambda one: (one.is_open, len(one.ask), one.ask)):
        kept.setdefault(replace(entry, ask=(), is_open=False), entry)
    return kept.values()


def _order(one: Dated) -> tuple[object, ...]:
    # The hour as the clock on the wall shows it: a record may name its time zone at one place and not at another.
    hour = datetime.min if one.at is None else one.at.replace(tzinfo=None)
    words = (one.subject, one.about, one.what.value, one.source, one.rule, one.counted_from, str(one.since))
    return one.day or date.max, hour, *words, str(one.until), one.ask
