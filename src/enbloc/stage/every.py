"""Every instrument about a case: its score, why it is refused, or that nothing is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from enbloc.case.case import Case
from enbloc.case.fact import Subject
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Findings
from enbloc.errors import RecordError
from enbloc.stage.classes import wbb_score
from enbloc.stage.compartment import compartment_score
from enbloc.stage.extent import levels_of
from enbloc.stage.form import Known
from enbloc.stage.from_case import PATIENT, forms_of, main_level, read_items, scored
from enbloc.stage.genant import genant_score
from enbloc.stage.instrument import TUMOUR, Instrument, judged
from enbloc.stage.meyerding import meyerding_score
from enbloc.stage.reading import Reading
from enbloc.stage.registry import INSTRUMENTS, instrument
from enbloc.stage.score import Score
from enbloc.stage.scoring import escc_score, sins_score
from enbloc.stage.tomita import tomita_score
from enbloc.value import value


@value
class Refused:
    """An instrument that gives no score about this lesion or patient, and why, in a line."""

    instrument: str
    name: str
    about: str
    why: str


@value
class NothingKnown:
    """An instrument of which no item is known."""

    instrument: str
    name: str
    about: str


Result = Score | Refused | NothingKnown

Own = Callable[[Case, Findings, str], Iterable[Score | None]]

OWN: Mapping[str, Own] = {
    "sins": lambda case, findings, lesion: [sins_score(case, findings, lesion, {})],
    "escc": lambda case, findings, lesion: [escc_score(case, findings, lesion)],
    "wbb": lambda case, findings, lesion: [wbb_score(case, findings, lesion)],
    "tomita_surgical": lambda case, findings, lesion: [tomita_score(case, findings, lesion)],
    "compartment": lambda case, findings, lesion: [compartment_score(case, findings, lesion)],
    "genant": lambda case, findings, lesion: [
        genant_score(findings, lesion, level) for level in levels_of(case, findings, lesion)
    ],
    "meyerding": lambda case, findings, lesion: [
        meyerding_score(findings, lesion, level) for level in levels_of(case, findings, lesion)
    ],
}
"""The instruments that read a lesion by a rule of their own; every other one is read item by item."""

_READS_FORMS = ("sins", "escc")
"""Those of them whose rule minds a form of the record itself, item by item."""


def is_about_a_lesion(instrument: Instrument) -> bool:
    """Whether any item is about a lesion or a level; otherwise the instrument is about the patient, once.

    Examples
    --------
    >>> is_about_a_lesion(INSTRUMENTS["sins"]), is_about_a_lesion(INSTRUMENTS["odi"])
    (True, False)
    """
    if instrument.id in OWN or instrument.tumours:
        return True
    answers = (one.ask.answered_by for one in instrument.questions)
    # A bare function reads a lesion; one that does not is declared as `Derived`.
    return any(getattr(by, "about", Subject.LESION) is not Subject.PATIENT for by in answers if by is not None)


def subjects_of(id: str, case: Case) -> tuple[str, ...]:
    """Whom an instrument is scored about: every lesion, or the patient and the lesions that a form of it names."""
    lesions = tuple(lesion.id for lesion in case.lesions)
    forms = {form.about for form in case.forms if form.instrument == id}
    if is_about_a_lesion(INSTRUMENTS[id]):
        return lesions or tuple(sorted(forms))
    return (PATIENT, *(lesion for lesion in lesions if lesion in forms))


def scores_of(id: str, case: Case, findings: Findings, about: str) -> tuple[Score, ...]:
    """The scores of one instrument about a lesion (or ``patient``): one, or one for each level of it.

    None where an instrument that only describes finds nothing to describe.

    Raises
    ------
    RecordError
        If the items contradict each other, one is off its scale, or the instrument is not for such a tumour.
    """
    if reads_itself(id, case, about):
        return tuple(score for score in OWN[id](case, findings, about) if score is not None)
    return (_by_items(INSTRUMENTS[id], case, findings, about),)


def reads_itself(id: str, case: Case, about: str) -> bool:
    """Whether an instrument is read by its own rule; a form goes before it where the rule does not mind forms."""
    filled = id not in _READS_FORMS and any(forms_of(case, id, about))
    return id in OWN and about != PATIENT and not filled


def score_of(instrument: Instrument, case: Case, findings: Findings, about: str) -> Score:
    """The score of a registered instrument about a lesion or the patient; all open where nothing is known.

    Raises
    ------
    RecordError
        As `scores_of`.
    """
    found = scores_of(instrument.id, case, findings, about)
    return found[0] if found else judged(instrument, {}, about=about, at=_place(case, findings, about))


def all_scores(case: Case, findings: Findings, *, about: str | None = None) -> tuple[Result, ...]:
    """Every instrument about each lesion, or once about the patient; a refusal is a result, and none is left out.

    With ``about`` only those about this lesion, or about ``patient``.
    """
    return tuple(
        result
        for id in INSTRUMENTS
        for subject in subjects_of(id, case)
        if about in (None, subject)
        for result in _results(id, case, findings, subject)
    )


def results_of(id: str, case: Case, findings: Findings, *, about: str | None = None) -> tuple[Result, ...]:
    """One instrument about each lesion, or once about the patient; a score with all open where nothing is known.

    Raises
    ------
    RecordError
        If there is no such instrument, or it is not about that.
    """
    subjects = [subject for subject in subjects_of(id, case) if about in (None, subject)]
    if not subjects:
        what = "each lesion" if is_about_a_lesion(INSTRUMENTS[id]) else "the patient"
        lesions = " ".join(lesion.id for lesion in case.lesions) or "none"
        raise RecordError(f"{INSTRUMENTS[id].name} is about {what}.", remedy=f"Lesions of this case: {lesions}.")
    return tuple(
        result for subject in subjects for result in _results(id, case, findings, subject, even_if_nothing_known=True)
    )


def _results(
    id: str, case: Case, findings: Findings, about: str, *, even_if_nothing_known: bool = False
) -> Iterator[Result]:
    nothing = NothingKnown(instrument=id, name=INSTRUMENTS[id].name, about=about)
    try:
        asked = even_if_nothing_known or id in OWN or _is_known(INSTRUMENTS[id], case, findings, about)
        found = scores_of(id, case, findings, about) if asked else ()
    except RecordError as fault:
        yield Refused(instrument=id, name=INSTRUMENTS[id].name, about=about, why=str(fault))
        return
    yield from found or (nothing,)


def _is_known(instrument: Instrument, case: Case, findings: Findings, about: str) -> bool:
    """Whether any item is known, or the kind of tumour refuses the instrument whatever its items are.

    An item of which every answer is still possible is not known, whatever was looked at.
    """
    read = read_items(instrument, case, findings, about)
    kinds = read.pop(TUMOUR.name) if instrument.tumours and TUMOUR.name in read else None
    if kinds is not None and not set(kinds.values) & set(instrument.tumours):
        return True
    every = {one.name: one.unanswered for one in instrument.questions}
    return any(len(reading.values) < max(2, len(every[name])) for name, reading in read.items())


def _by_items(instrument: Instrument, case: Case, findings: Findings, about: str) -> Score:
    readings: dict[str, Reading] = read_items(instrument, case, findings, about)
    return scored(instrument, readings, about=about, at=_place(case, findings, about))


def _place(case: Case, findings: Findings, about: str) -> str:
    if about == PATIENT:
        return ""
    main = main_level(case, findings, about)
    levels = levels_of(case, findings, about)
    return str(main) if main else ", ".join(map(str, levels)) or "level unknown"


def form_faults(case: Case) -> Iterator[RecordError]:
    """Everything that is wrong with the forms of a record, each with its place: instruments, items, answers, all.

    A form without a wrong answer is held against its instrument as a whole: answers that contradict each other, or a
    kind of tumour that it is not for, are wrong too.
    """
    for at, form in enumerate(case.forms):
        place = f"forms[{at}]"
        try:
            one = instrument(form.instrument)
        except RecordError as fault:
            yield _placed(fault, f"{place}.instrument")
            continue
        faults = list(_faulty_answers(one, form, f"{place}.answers"))
        yield from faults or _faulty_whole(one, form, f"{place}.answers")


def _faulty_answers(one: Instrument, form: FilledForm, place: str) -> Iterator[RecordError]:
    """Each answer by itself; a form in blocks is read at once, for its blocks make items together."""
    parts = {place: form.answers} if one.reads else {f"{place}.{key}": {key: form.answers[key]} for key in form.answers}
    for where, answers in parts.items():
        try:
            one.read(answers)
        except RecordError as fault:
            yield _placed(fault, where)


def _faulty_whole(one: Instrument, form: FilledForm, place: str) -> Iterator[RecordError]:
    try:
        judged(one, one.read(form.answers))
    except RecordError as fault:
        yield _placed(fault, place)


def _placed(fault: RecordError, where: str) -> RecordError:
    return RecordError(fault.message, remedy=fault.remedy, where=where)


def known_of(score: Score, case: Case, findings: Findings) -> Known | None:
    """The answers that are still possible in a score of this case; nothing where its rule is not one of items."""
    instrument = INSTRUMENTS[score.instrument]
    if not reads_itself(score.instrument, case, score.about):
        read = read_items(instrument, case, findings, score.about)
        return {name: reading.values for name, reading in read.items()}
    if instrument.id != "sins":
        return None
    # The lines of SINS are its items in their order, by their words.
    pairs = zip(instrument.questions, score.items, strict=True)
    return {one.name: tuple(one.read(word) for word in item.values) for one, item in pairs}


def narrowed(score: Score) -> bool:
    """Whether what is known narrows the result: fewer categories or totals can be reached than with nothing known."""
    instrument = INSTRUMENTS[score.instrument]
    if len(score.categories) < len(instrument.categories):
        return bool(score.categories)
    ends = (min(score.totals, default=None), max(score.totals, default=None))
    if ends != (instrument.lowest, instrument.highest):
        return True
    return len(score.totals) < len(judged(instrument, {}).totals)
