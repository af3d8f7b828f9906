"""How long between radiotherapy and surgery (RT-T1 to RT-T3), the stop about it, and where sources disagree."""

from __future__ import annotations

import math
import operator
from datetime import date

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.acts import IRRADIATING, IRRADIATING_ALONE, SURGERY
from enbloc.decide.decision import Act, Degree
from enbloc.decide.irradiated import is_here, last_day, of_kind
from enbloc.decide.planned import is_open
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.value import value


def _days(name: str, number: int, comparator: str, source: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit="days",
        comparator=comparator,
        source=source,
        checked=Checked.READ,
        since="2026-11-20",
    )


BEFORE_SURGERY = _days("days from the last fraction to elective surgery", 7, ">", "itshayek2010timing")
BEFORE_SURGERY_BEST = _days("best days from the last fraction to elective surgery", 14, ">=", "itshayek2010timing")
AFTER_SURGERY = _days("days from surgery to the first fraction", 7, ">=", "kumar2020timing")
AFTER_SURGERY_BEST = _days("usual days from surgery to the first fraction", 14, ">=", "kumar2020timing")
AFTER_SURGERY_LATEST = _days("latest days from surgery to the first fraction", 28, "<=", "delayedrt2020")


_COMPARE = {">": operator.gt, ">=": operator.ge, "<=": operator.le}


@value
class Gap:
    """The days from one treatment to the next; at least so many while the next has no day."""

    days: int
    is_exact: bool

    def keeps(self, limit: Threshold) -> bool | None:
        """Whether the gap keeps to a limit; nothing where the day of the next treatment decides it."""
        compare = _COMPARE[limit.comparator]
        now, later = compare(self.days, limit.number), compare(math.inf, limit.number)
        return now if self.is_exact or now is later else None


def gap(done: date, planned: date | None, today: date | None) -> Gap | None:
    """The days from what was done to what is planned, which comes no earlier than today if it has no day yet."""
    if planned is not None:
        return Gap(days=(planned - done).days, is_exact=True)
    return None if today is None else Gap(days=(today - done).days, is_exact=False)


@once
def operation_day(about: Situation) -> date | None:
    """The day of the planned operation, if it has one."""
    at = about.known(vocabulary.OPERATION_AT)
    return None if at is None else at.date()


@value
class Earlier:
    """Earlier treatments of one kind before the plan: when that begins, and what to ask where a day is missing."""

    given: tuple[Treatment, ...]
    at_level: Answer  # whether there was any here, as answered
    planned: date | None
    ask: str

    def misses(self, about: Situation, limit: Threshold) -> Answer:
        """Whether the plan fails to keep a limit of days from any of them that was at this wound or field."""
        recorded = any(is_here(about, one) for one in self.given)
        # Done here and not recorded leaves the day unknown; that nothing is recorded is not a no.
        other: Answer = unknown("day of the last treatment at the level") if self.at_level is True else self.at_level
        each = [all_of(_meets(about, one), self._misses(about, one, limit)) for one in self.given]
        return any_of(*each, False if recorded else other)

    def _misses(self, about: Situation, one: Treatment, limit: Threshold) -> Answer:
        done, words = _done(one), f"day of the earlier {one.kind.value} ({one.what})"
        if done is None:
            return unknown(words)
        if about.today is not None and done > about.today:
            return unknown(f"{words}: it lies after the day of the case")
        between = gap(done, self.planned, about.today)
        kept = None if between is None else between.keeps(limit)
        return unknown(self.ask) if kept is None else not kept


def _done(one: Treatment) -> date | None:
    return last_day(one) if one.kind is TreatmentKind.RADIOTHERAPY else one.ended or one.started


def _meets(about: Situation, one: Treatment) -> Answer:
    """Whether field and wound meet: at the same level they do, elsewhere somebody must say."""
    return True if is_here(about, one) else about.answer(vocabulary.FIELD_MEETS_WOUND)


def _radiotherapy(about: Situation) -> Earlier:
    return Earlier(
        given=of_kind(about, TreatmentKind.RADIOTHERAPY),
        at_level=about.answer(vocabulary.PRIOR_RADIOTHERAPY),
        planned=operation_day(about),
        ask=vocabulary.OPERATION_AT.ask,
    )


def _operations(about: Situation) -> Earlier:
    return Earlier(
        given=of_kind(about, TreatmentKind.OPERATION),
        at_level=about.answer(vocabulary.OPERATED_AT_LEVEL),
        planned=about.known(vocabulary.RADIOTHERAPY_DAY),
        ask=vocabulary.RADIOTHERAPY_DAY.ask,
    )


def operation_misses(about: Situation, limit: Threshold) -> Answer:
    """Whether the planned operation fails to keep a limit of days from the last fraction."""
    return _radiotherapy(about).misses(about, limit)


def radiotherapy_misses(about: Situation, limit: Threshold) -> Answer:
    """Whether the planned radiotherapy fails to keep a limit of days from an earlier operation with a wound."""
    missed = _operations(about).misses(about, limit)
    return all_of(missed, negated(about.answer(vocabulary.NO_WOUND)))


def sequel_misses(about: Situation, limit: Threshold) -> Answer:
    """Whether the radiotherapy after the planned separation surgery fails to keep a limit of days from it."""
    operated, irradiated = operation_day(about), about.known(vocabulary.RADIOTHERAPY_DAY)
    if operated is None or irradiated is None:
        asks = ((vocabulary.OPERATION_AT.ask, operated), (vocabulary.RADIOTHERAPY_DAY.ask, irradiated))
        return unknown(*(ask for ask, held in asks if held is None))
    return Gap(days=(irradiated - operated).days, is_exact=True).keeps(limit) is not True


def after_misses(about: Situation, limit: Threshold) -> Answer:
    """Whether radiotherapy fails to keep a limit of days from surgery, done or planned; no for any other act."""
    if about.is_act(Act.SEPARATION):
        return sequel_misses(about, limit)
    return radiotherapy_misses(about, limit) if about.is_act(*IRRADIATING_ALONE) else False


@once
def dates_words(about: Situation) -> str:
    """What was done at the level and when, and the days that are planned."""
    kinds = (TreatmentKind.RADIOTHERAPY, TreatmentKind.OPERATION)
    given = [one for one in about.case.treatments if one.kind in kinds]
    said = [f"{one.what} until {_done(one) or 'an unknown day'}" for one in given]
    planned = (
        ("operation planned for", operation_day(about)),
        ("radiotherapy planned from", about.known(vocabulary.RADIOTHERAPY_DAY)),
        ("as of", about.today),
    )
    return "; ".join([*said, *(f"{words} {at}" for words, at in planned if at is not None)]) + "."


_EITHER = (*SURGERY, *IRRADIATING_ALONE)
"""Operations and radiotherapy, each of which may lie too near to the other."""


@rule(
    "STOP-18",
    cites=("itshayek2010timing", "kumar2020timing"),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=_EITHER,
)
def wound_and_radiotherapy_too_close(about: Situation) -> Verdict:
    """Elective surgery seven days or fewer after the last fraction of radiotherapy, or radiotherapy that begins less
    than seven days after surgery with a wound: wound breakdown.
    """
    # An emergency is not delayed (encoding note 6): what is left of the stop is a first fraction dated too early.
    after = after_misses(about, AFTER_SURGERY)
    if not is_open(about):
        condition = after
    else:
        before = operation_misses(about, BEFORE_SURGERY)
        elective = about.answer(vocabulary.PLAN_ELECTIVE)
        condition = any_of(after is True, all_of(elective, any_of(before, after)))
    do = (
        f"Operate more than {BEFORE_SURGERY.number:g} days after the last fraction, and irradiate "
        f"{AFTER_SURGERY.number:g} days or more after the operation."
    )
    return when(condition, do=do, because=dates_words(about))


@rule(
    "RT-T1",
    cites=("itshayek2010timing", "kumar2020timing"),
    checked=Checked.READ,
    strength="Review",
    degree=Degree.CAUTION,
    disagrees=("DISAGREE-10",),
    acts=SURGERY,
)
def from_radiotherapy_to_surgery(about: Situation) -> Verdict:
    """Elective surgery waits for more than seven days after the last fraction, at best two weeks: seven days or fewer
    raise wound complications. An emergency decompression is not delayed.
    """
    least, best = BEFORE_SURGERY.number, BEFORE_SURGERY_BEST.number
    do = f"Wait more than {least:g} days after the last fraction, at best {best:g}."
    if about.answer(vocabulary.PLAN_ELECTIVE) is not True:
        do += " Do not delay an emergency decompression: accept the risk to the wound."
    return when(operation_misses(about, BEFORE_SURGERY_BEST), do=do, because=dates_words(about))


@rule(
    "RT-T2",
    cites=("kumar2020timing", "delayedrt2020", "timingsurvey2018"),
    checked=Checked.READ,
    strength="Review, cohort",
    degree=Degree.CAUTION,
    disagrees=("DISAGREE-10",),
    acts=IRRADIATING,
)
def from_surgery_to_radiotherapy(about: Situation) -> Verdict:
    """Radiotherapy begins two weeks after surgery, seven days at least, stereotactic within one to four weeks: local
    progression before it was 1.2, 24.1 and 45.1 per cent at one, three and six months.
    """
    belongs = True if about.is_act(Act.SEPARATION) else about.answer(vocabulary.AFTER_OPERATION)
    late = all_of(after_misses(about, AFTER_SURGERY_LATEST), belongs)
    condition = any_of(after_misses(about, AFTER_SURGERY_BEST), late)
    do = (
        f"Begin {AFTER_SURGERY_BEST.number:g} days after the operation, never before {AFTER_SURGERY.number:g}, "
        f"and by {AFTER_SURGERY_LATEST.number:g}."
    )
    return when(condition, do=do, because=dates_words(about))


@rule("RT-T3", cites=("roesch2017",), checked=Checked.READ, strength="Cohort", acts=SURGERY)
def salvage_after_stereotactic(about: Situation) -> Verdict:
    """Earlier stereotactic radiotherapy does not forbid salvage surgery: few complications in 30 patients."""
    condition = about.answer(vocabulary.STEREOTACTIC_BEFORE)
    return when(condition, do="Surgery remains possible.", because="Stereotactic radiotherapy at the level before.")


@rule(
    "DISAGREE-10",
    cites=("itshayek2010timing", "kumar2020timing", "timingsurvey2018"),
    checked=Checked.READ,
    strength="Sources disagree",
    degree=Degree.CAUTION,
    acts=_EITHER,
)
def sources_disagree_on_the_interval(about: Situation) -> Verdict:
    """Between surgery and radiotherapy: one position is a week at least, the other two weeks as the ideal; a survey
    found one to two weeks in 58 to 62 per cent.
    """
    before = operation_misses(about, BEFORE_SURGERY_BEST) if is_open(about) else False
    condition = any_of(before, after_misses(about, AFTER_SURGERY_BEST))
    do = f"Show both; {AFTER_SURGERY_BEST.number:g} days unless the board decides for fewer."
    return when(condition, do=do, because=dates_words(about))


ACT_RULES: tuple[Rule, ...] = (
    wound_and_radiotherapy_too_close,
    from_radiotherapy_to_surgery,
    from_surgery_to_radiotherapy,
    salvage_after_stereotactic,
    sources_disagree_on_the_interval,
)
PARAMETERS: tuple[Threshold, ...] = (
    BEFORE_SURGERY,
    BEFORE_SURGERY_BEST,
    AFTER_SURGERY,
    AFTER_SURGERY_BEST,
    AFTER_SURGERY_LATEST,
)
