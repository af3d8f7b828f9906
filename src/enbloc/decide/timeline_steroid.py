"""Days of a steroid: the biopsy that it makes urgent, its taper, the cover of an operation, the flare of pain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.decision import Act
from enbloc.decide.planned import lies_ahead
from enbloc.decide.rule import Advice
from enbloc.decide.situation import Situation
from enbloc.decide.steroid import (
    care_under_steroid,
    courses,
    is_declining_fast,
    needs_cover,
    no_steroid_before_the_biopsy,
    steroid_against_the_flare_of_pain,
    surgery_under_steroid,
)
from enbloc.decide.timeline_entry import Dated, Passing, Since, heard, judged, since_day, since_moment
from enbloc.decide.timeline_treatment import since_last
from enbloc.evidence import Checked, Threshold, limit

_NICE = "nice2023ng234"
WEAN_FROM = limit("shortest time in which a steroid is weaned", 5, "days", ">=", _NICE, Checked.READ_IN_A_COPY)
WEAN_TO = limit("longest time in which a steroid is weaned", 14, "days", "<=", _NICE, Checked.READ_IN_A_COPY)
FLARE_FROM = limit("dexamethasone before a single fraction", 0, "days", ">=", "chow2015sc23", Checked.FROM_MEMORY)
FLARE_TO = limit(
    "last day of dexamethasone after a single fraction", 4, "days", "<=", "chow2015sc23", Checked.FROM_MEMORY
)
BIOPSY_WITHIN = limit(
    # Hours of practice beside the figures that were read: the row's mark covers those.
    "biopsy once a steroid is given for a rapid decline",
    48,
    "h",
    "<=",
    "pathway (STER-05)",
    Checked.FROM_MEMORY,
)


def steroid(about: Situation) -> Iterator[Dated]:
    """Every day that the steroid of a patient sets for a lesion."""
    yield from _biopsy(about)
    yield from _taper(about)
    yield from _cover(about)
    yield from _flare(about)


def _biopsy(about: Situation) -> Iterator[Dated]:
    rule = no_steroid_before_the_biopsy
    verdict = heard(about, rule)
    if verdict is None or is_declining_fast(about) is not True:
        return  # stable neurology: the steroid waits for the biopsy, and no clock runs
    begun = [one.started for one in courses(about) if one.started is not None and not lies_ahead(one.started, about)]
    since = since_day(
        "first dose of the steroid", max(begun, default=None), "day and hour of the first dose of the steroid"
    )
    yield judged(about, rule, verdict, Passing.LATEST, "biopsy under steroid", since, BIOPSY_WITHIN)


def _taper(about: Situation) -> Iterator[Dated]:
    """The lowest dose lies between both ends of the taper, after the operation or the start of radiotherapy."""
    verdict = heard(about, care_under_steroid)
    if verdict is None:
        return
    for since in _starts_of_the_taper(about) or (_NEITHER,):
        words = "lowest dose of the steroid after weaning"
        yield judged(about, care_under_steroid, verdict, Passing.DUE, words, since, WEAN_FROM, to=WEAN_TO)


_NEITHER = Since(
    words="operation or start of radiotherapy", ask=(vocabulary.OPERATION_AT.ask, vocabulary.RADIOTHERAPY_DAY.ask)
)


def _starts_of_the_taper(about: Situation) -> tuple[Since, ...]:
    """What is planned, and of what was done the last."""
    operated = since_moment(about, vocabulary.OPERATION_AT, is_planned=True)
    irradiated = since_day(vocabulary.RADIOTHERAPY_DAY.words, about.known(vocabulary.RADIOTHERAPY_DAY), "")
    done = (
        since_last(about, TreatmentKind.OPERATION),
        since_last(about, TreatmentKind.RADIOTHERAPY, first_day=True),
    )
    dated = [one for one in done if one is not None and one.day is not None]
    last = max(dated, key=lambda one: str(one.day), default=None)
    return tuple(one for one in (last, operated, irradiated) if one is not None and one.day is not None)


def _cover(about: Situation) -> Iterator[Dated]:
    verdict, cover = heard(about, surgery_under_steroid, surgery_under_steroid.acts), needs_cover(about)
    if verdict is None or cover is False:
        return
    planned = since_moment(about, vocabulary.OPERATION_AT, is_planned=True)
    ask = sorted(cover.ask) if isinstance(cover, Unknown) else ()
    words = "hydrocortisone cover of the operation"
    yield judged(about, surgery_under_steroid, verdict, Passing.DUE, words, planned, None, ask=ask)


def _flare(about: Situation) -> Iterator[Dated]:
    rule, first = steroid_against_the_flare_of_pain, about.known(vocabulary.RADIOTHERAPY_DAY)
    planned = replace(about, planned=PlanFacts(act=Act.RADIOTHERAPY, about=about.about, levels=about.levels))
    verdict = rule(planned)
    if not isinstance(verdict, Advice):
        return  # how many fractions there will be is asked by the rule itself
    since = since_day(vocabulary.RADIOTHERAPY_DAY.words, first, vocabulary.RADIOTHERAPY_DAY.ask)
    words = "dexamethasone against the flare of pain"
    yield judged(about, rule, verdict, Passing.DUE, words, since, FLARE_FROM, to=FLARE_TO)


PARAMETERS: tuple[Threshold, ...] = (WEAN_FROM, WEAN_TO, FLARE_FROM, FLARE_TO, BIOPSY_WITHIN)
