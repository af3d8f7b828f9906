"""Days between radiotherapy, operation, embolisation and the images that they are planned on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.anaesthesia import RECENT_THROMBOSIS, surgery_after_a_recent_thrombosis
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.cord_dose import AGAIN_AFTER, CONVENTIONAL_AFTER
from enbloc.decide.decision import Act
from enbloc.decide.embolisation import (
    LATE_FROM,
    TOO_LATE_FROM,
    embolise_before_resection,
    operate_soon_after_embolisation,
    sources_disagree_on_embolisation,
)
from enbloc.decide.imaging import newest_mri, oldest_mri, plan_on_an_old_mri
from enbloc.decide.imaging_by_tumour import PLANNING_MRI_TO, artery_of_adamkiewicz, planning_mri
from enbloc.decide.irradiated import courses, is_here, is_irradiated, last_day, of_kind
from enbloc.decide.planned import DAY, HOUR, lies_ahead
from enbloc.decide.radiotherapy import conventional_again
from enbloc.decide.radiotherapy_timing import (
    AFTER_SURGERY,
    AFTER_SURGERY_BEST,
    AFTER_SURGERY_LATEST,
    BEFORE_SURGERY,
    BEFORE_SURGERY_BEST,
    from_radiotherapy_to_surgery,
    from_surgery_to_radiotherapy,
    wound_and_radiotherapy_too_close,
)
from enbloc.decide.rule import Verdict
from enbloc.decide.situation import Situation
from enbloc.decide.stops_of_drugs import OLD_COUNT, surgery_in_neutropenia
from enbloc.decide.stops_of_radiotherapy import irradiated_too_soon_or_unrecorded
from enbloc.decide.timeline_entry import Dated, Passing, Since, days_left, heard, judged, since_day, since_moment
from enbloc.evidence import Checked, Threshold, limit

_INTERVAL, _OTHER = ("DISAGREE-10",), " at another level"
TRIAL_FROM = limit(
    "time from embolisation to surgery, start of the window of a registered trial",
    48,
    "hours",
    ">=",
    "jkns2023timing",
    Checked.FROM_MEMORY,
)


def treatments(about: Situation) -> Iterator[Dated]:
    """Every interval between treatments of a lesion, and how long the images for them may be used."""
    yield from _operation_after_radiotherapy(about)
    yield from _radiotherapy_after_operation(about)
    yield from _irradiated_again(about)
    yield from _images(about)
    yield from _embolisation(about)
    yield from _ready(about)


# --- what was done and what is planned --------------------------------------------------------------------------------
def since_last(about: Situation, kind: TreatmentKind, *, first_day: bool = False) -> Since | None:
    """The last treatment of a kind at the lesion; nothing if none is recorded, no day if one of them has none.

    One that is recorded without its level counts as one here, and the level is asked for; but no operation does where
    somebody said that the level had none: a nephrectomy has no level to name.
    """
    none_here = kind is TreatmentKind.OPERATION and about.answer(vocabulary.OPERATED_AT_LEVEL) is False
    here = [one for one in of_kind(about, kind) if is_here(about, one) or not (one.levels or none_here)]
    unplaced = (f"level of the earlier {kind.value}",) if any(not one.levels for one in here) else ()
    return _last_of(about, kind, here, first_day=first_day, ask=unplaced)


def _elsewhere(about: Situation, kind: TreatmentKind) -> Since | None:
    """The last treatment of a kind at other levels, unless its field or wound surely lies apart."""
    meets = about.answer(vocabulary.FIELD_MEETS_WOUND)
    others = [one for one in of_kind(about, kind) if one.levels and not is_here(about, one)]
    ask = tuple(sorted(meets.ask)) if isinstance(meets, Unknown) else ()
    return None if meets is False else _last_of(about, kind, others, ask=ask)


def _last_of(
    about: Situation,
    kind: TreatmentKind,
    given: list[Treatment],
    *,
    first_day: bool = False,
    ask: tuple[str, ...] = (),
) -> Since | None:
    if not given:
        return None
    days = [_begun(one) if first_day else _ended(one) for one in given]
    words = f"earlier {kind.value}" if first_day or kind is not TreatmentKind.RADIOTHERAPY else "last fraction"
    known, lacking = [day for day in days if day is not None], f"day of the earlier {kind.value}"
    if len(known) < len(given):
        return Since(words=words, ask=(lacking, *ask))
    if lies_ahead(max(known), about):
        return Since(words=words, ask=(f"{lacking}: it lies after the day of the case", *ask))
    return Since(words=words, day=max(known), ask=ask)


def _begun(one: Treatment) -> date | None:
    return one.started or (one.ended if one.fractions == 1 else None)


def _ended(one: Treatment) -> date | None:
    return last_day(one) if one.kind is TreatmentKind.RADIOTHERAPY else one.ended or one.started


def operations(about: Situation) -> tuple[Since, ...]:
    """The operation that was done at the lesion, and the one that is planned; a day that is not known is none."""
    planned = since_moment(about, vocabulary.OPERATION_AT, is_planned=True)
    done = since_last(about, TreatmentKind.OPERATION)
    return tuple(one for one in (done, planned if planned.day else None) if one is not None)


# --- radiotherapy and operation ---------------------------------------------------------------------------------------
def _operation_after_radiotherapy(about: Situation) -> Iterator[Dated]:
    elective = about.answer(vocabulary.PLAN_ELECTIVE)
    if elective is False:
        return  # an emergency decompression is not delayed
    ask = sorted(elective.ask) if isinstance(elective, Unknown) else []
    kind, words = TreatmentKind.RADIOTHERAPY, "elective operation after radiotherapy"
    for since, place in ((since_last(about, kind), ""), (_elsewhere(about, kind), _OTHER)):
        for rule, what, least in (
            (wound_and_radiotherapy_too_close, Passing.EARLIEST, BEFORE_SURGERY),
            (from_radiotherapy_to_surgery, Passing.BEST, BEFORE_SURGERY_BEST),
        ):
            if since is not None:
                subject = f"{words}{place}"
                yield judged(about, rule, None, what, subject, since, least, ask=ask, disagrees=_INTERVAL)


def _radiotherapy_after_operation(about: Situation) -> Iterator[Dated]:
    if about.answer(vocabulary.NO_WOUND) is True:
        return  # cement or a needle leaves no wound to wait for
    words = "radiotherapy after the operation"
    for since in operations(about):
        for rule, what, number in (
            (wound_and_radiotherapy_too_close, Passing.EARLIEST, AFTER_SURGERY),
            (from_surgery_to_radiotherapy, Passing.BEST, AFTER_SURGERY_BEST),
            (from_surgery_to_radiotherapy, Passing.LATEST, AFTER_SURGERY_LATEST),
        ):
            yield judged(about, rule, None, what, words, since, number, disagrees=_INTERVAL)
    other = _elsewhere(about, TreatmentKind.OPERATION)
    if other is not None:
        rule, subject = wound_and_radiotherapy_too_close, f"{words}{_OTHER}"
        yield judged(about, rule, None, Passing.EARLIEST, subject, other, AFTER_SURGERY, disagrees=_INTERVAL)


def _irradiated_again(about: Situation) -> Iterator[Dated]:
    if is_irradiated(about) is not True:
        return
    before = courses(about)
    ask = tuple(sorted(before.ask)) if isinstance(before, Unknown) else ()
    last = None if isinstance(before, Unknown) else max(one.last_day for one in before)
    since = Since(words="last fraction", day=last, ask=ask)
    for words, rule, months in (
        ("stereotactic re-irradiation", irradiated_too_soon_or_unrecorded, AGAIN_AFTER),
        ("conventional re-irradiation", conventional_again, CONVENTIONAL_AFTER),
    ):
        yield judged(about, rule, None, Passing.EARLIEST, words, since, months)


# --- images -----------------------------------------------------------------------------------------------------------
def _images(about: Situation) -> Iterator[Dated]:
    for words, act in (
        ("MRI for an operation or radiotherapy", Act.RADIOTHERAPY),
        ("MRI for radiosurgery", Act.RADIOSURGERY),
    ):
        plan = replace(about, planned=PlanFacts(act=act, about=about.about, levels=about.levels))
        yield _usable(about, words, plan_on_an_old_mri(plan), oldest_mri(plan))
    taken, rule = about.known(vocabulary.PLANNING_MRI_ON), planning_mri
    if taken is not None:
        verdict = heard(about, rule, rule.acts)
        since = since_day(vocabulary.PLANNING_MRI_ON.words, taken, "")
        words = "planning MRI for the first fraction"
        yield judged(about, rule, verdict, Passing.USABLE, words, since, PLANNING_MRI_TO)


def _usable(about: Situation, words: str, verdict: Verdict, oldest: Threshold) -> Dated:
    """Until when the newest MRI may be planned on: no longer than the first day of a deficit that came after it."""
    taken = newest_mri(about)
    ahead = taken is not None and lies_ahead(taken, about)
    ask = "date of the newest MRI: it lies after the day of the case" if ahead else "date of the newest MRI"
    since = since_day("newest MRI", None if ahead else taken, ask)
    made = judged(about, plan_on_an_old_mri, verdict, Passing.USABLE, words, since, oldest)
    began = about.deficit_since
    if about.answer(vocabulary.DEFICIT) is not True or began is None or made.day is None or made.since is None:
        return made
    if not made.since < began < made.day:
        return made
    return replace(made, day=began, days_left=days_left(about, began), ask=(*made.ask, "MRI after the new deficit"))


# --- embolisation -----------------------------------------------------------------------------------------------------
_LIMITS = (("target", LATE_FROM), ("limit", TOO_LATE_FROM))


def _embolisation(about: Situation) -> Iterator[Dated]:
    """The window from embolisation to operation; from a planned operation it is counted back."""
    rule, trial = operate_soon_after_embolisation, sources_disagree_on_embolisation
    done = since_last(about, TreatmentKind.EMBOLISATION)
    verdict = heard(about, embolise_before_resection, embolise_before_resection.acts)
    if done is not None:
        words = "operation after the embolisation"
        for mark, within in _LIMITS:
            yield judged(about, rule, None, Passing.LATEST, f"{words}, {mark}", done, within)
        window = f"{words}, in the window of a registered trial"
        disagrees = (trial.id,)
        yield judged(about, trial, None, Passing.DUE, window, done, TRIAL_FROM, to=TOO_LATE_FROM, disagrees=disagrees)
    elif verdict is not None or about.answer(vocabulary.EMBOLISATION_PLANNED) is True:
        yield from _back_from_the_operation(about, verdict)
    angiography = heard(about, artery_of_adamkiewicz, artery_of_adamkiewicz.acts)
    if angiography is not None:
        planned = since_moment(about, vocabulary.OPERATION_AT, is_planned=True)
        words = "angiography of the artery of Adamkiewicz, before the operation"
        yield judged(about, artery_of_adamkiewicz, angiography, Passing.LATEST, words, planned, None)


def _back_from_the_operation(about: Situation, verdict: Verdict) -> Iterator[Dated]:
    """From when the embolisation may be done, so that the operation follows in time."""
    planned, what = since_moment(about, vocabulary.OPERATION_AT, is_planned=True), Passing.NOT_BEFORE
    disagrees = (sources_disagree_on_embolisation.id,)
    for mark, within in _LIMITS:
        rule, subject = operate_soon_after_embolisation, f"embolisation before the operation, {mark}"
        made = judged(about, rule, verdict, what, subject, planned, within, disagrees=disagrees)
        yield _counted_back(about, made, planned, within)
    rule, subject = sources_disagree_on_embolisation, "embolisation before the operation, window of a registered trial"
    made = judged(about, rule, verdict, what, subject, planned, TOO_LATE_FROM, disagrees=disagrees)
    yield _counted_back(about, made, planned, TOO_LATE_FROM, to=TRIAL_FROM)


def _counted_back(
    about: Situation, made: Dated, planned: Since, opens: Threshold, *, to: Threshold | None = None
) -> Dated:
    """The entry before what it counts from; without the hour of that, the whole days that surely lie in the window."""
    if planned.day is None:
        return made
    midnight = datetime.combine(planned.day, time())
    first = (planned.at or midnight + DAY) - opens.number * HOUR
    until = None if to is None else ((planned.at or midnight) - to.number * HOUR).date()
    at = first if planned.at is not None and to is None else None
    return replace(made, day=first.date(), at=at, until=until, days_left=days_left(about, until or first.date()))


# --- fit for surgery --------------------------------------------------------------------------------------------------
def _ready(about: Situation) -> Iterator[Dated]:
    """What must be over, or fresh, on the day of an elective operation."""
    thrombosis = since_day("thrombosis or embolism", about.known(vocabulary.PROXIMAL_THROMBOSIS_ON), "")
    if thrombosis.day is not None and about.answer(vocabulary.PLAN_ELECTIVE) is not False:
        rule, words = surgery_after_a_recent_thrombosis, "elective operation after a thrombosis"
        yield judged(about, rule, None, Passing.EARLIEST, words, thrombosis, RECENT_THROMBOSIS)
    if about.known(vocabulary.BLOOD_COUNT_AT) is not None and about.answer(vocabulary.PLAN_ELECTIVE) is not False:
        count = since_moment(about, vocabulary.BLOOD_COUNT_AT)
        rule, words = surgery_in_neutropenia, "blood count for an elective operation"
        yield judged(about, rule, None, Passing.USABLE, words, count, OLD_COUNT)


PARAMETERS: tuple[Threshold, ...] = (TRIAL_FROM,)
