"""What is due after an operation or radiotherapy: images, visits, checks of wound and neurology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact, RiskGroup
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.after_surgery import (
    aims_of_rehabilitation,
    day_of_prophylaxis,
    drains_for_dead_space,
    first_two_days,
)
from enbloc.decide.complications import CASE_RULES as RECORDED
from enbloc.decide.complications import days_of
from enbloc.decide.follow_up import (
    BY_HISTOLOGY,
    after_conventional_radiotherapy,
    after_radiosurgery,
    after_surgery_and_radiosurgery,
    by_risk_after_radiosurgery,
    last_day,
    observed_benign_tumour,
    schedule_of_tumour,
)
from enbloc.decide.planned import lies_ahead
from enbloc.decide.radiotherapy import fracture_after_radiosurgery
from enbloc.decide.register import ENTRIES
from enbloc.decide.rule import Rule, Verdict
from enbloc.decide.situation import Situation
from enbloc.decide.surveillance import BY_RISK, LOCAL, SCHEDULES, Schedule, upcoming
from enbloc.decide.timeline_entry import Dated, Passing, Since, days_left, heard, judged, since_day, since_moment
from enbloc.decide.timeline_treatment import operations
from enbloc.evidence import Checked, Threshold, limit
from enbloc.value import value

_TREATED = "last treatment at the level"


def afterwards(about: Situation) -> Iterator[Dated]:
    """Everything that is due after the treatments of a lesion, done or planned."""
    yield from _after_operation(about)
    yield from _after_radiosurgery(about)
    yield from _follow_up(about)
    yield from _observed(about)
    yield from _watched(about)


# --- after an operation -----------------------------------------------------------------------------------------------
def _of(name: str, number: float, unit: str, source: str, checked: Checked = Checked.FROM_MEMORY) -> Threshold:
    return limit(name, number, unit, "<=", source, checked)


@value
class Care:
    """What a row prints for the days after an operation; ``only`` must not be known to be false."""

    subject: str
    rule: Rule
    what: Passing
    low: Threshold
    high: Threshold | None = None
    only: Fact[bool] | None = None


_READ, _AIMS, _S3 = Checked.READ, "outcome measured after the operation", "source_s3"
CARE: tuple[Care, ...] = (
    Care(
        subject="motor check every hour",
        rule=first_two_days,
        what=Passing.NEEDED,
        low=_of("motor check every hour after an operation", 24, "h", "pathway (POST-01)"),
    ),
    Care(
        subject="first dose against thrombosis",
        rule=day_of_prophylaxis,
        what=Passing.DUE,
        low=_of("first day of prophylaxis of thrombosis", 1, "days", "delagarza2019vte", _READ),
        high=_of("last day on which prophylaxis of thrombosis starts", 3, "days", "delagarza2019vte", _READ),
    ),
    Care(
        subject="staples or stitches out, with radiotherapy",
        rule=drains_for_dead_space,
        what=Passing.DUE,
        low=_of("stitches stay with radiotherapy, shortest", 14, "days", "pathway (CLOS-02)"),
        high=_of("stitches stay with radiotherapy, longest", 21, "days", "pathway (CLOS-02)"),
        only=vocabulary.RADIOTHERAPY_AFTER,
    ),
    *(
        Care(
            subject=f"{_AIMS} (SOSGOQ2.0, EQ-5D, ODI, SCIM)",
            rule=aims_of_rehabilitation,
            what=Passing.DUE,
            low=_of(f"{_AIMS}, {number} {unit}", number, unit, _S3),
        )
        for number, unit in ((6, "weeks"), (3, "months"), (6, "months"), (12, "months"))
    ),
)


def _after_operation(about: Situation) -> Iterator[Dated]:
    ended = since_moment(about, vocabulary.OPERATION_ENDED)
    days = (ended,) if ended.day is not None else operations(about)
    for one in CARE if days else ():
        verdict = heard(about, one.rule, one.rule.acts)
        only = True if one.only is None else about.answer(one.only)
        if verdict is None or only is False:
            continue
        ask = sorted(only.ask) if isinstance(only, Unknown) else ()
        yield from (
            judged(about, one.rule, verdict, one.what, one.subject, since, one.low, to=one.high, ask=ask)
            for since in days
        )


# --- after radiosurgery -----------------------------------------------------------------------------------------------
# The row is read for its figures; when to image again stands beside them.
_VCF = "sahgal2013vcf"
REIMAGED: tuple[tuple[Threshold, Threshold], ...] = (
    (
        _of("first image after radiosurgery, from", 4, "weeks", _VCF),
        _of("first image after radiosurgery, to", 8, "weeks", _VCF),
    ),
    (
        _of("second image after radiosurgery, from", 3, "months", _VCF),
        _of("second image after radiosurgery, to", 4, "months", _VCF),
    ),
)


def _after_radiosurgery(about: Situation) -> Iterator[Dated]:
    rule, first = fracture_after_radiosurgery, about.known(vocabulary.RADIOTHERAPY_DAY)
    verdict = heard(about, rule, rule.acts) if first is not None else None
    if verdict is None:
        return
    ask = ("is the planned radiotherapy stereotactic?",)
    since = since_day(vocabulary.RADIOTHERAPY_DAY.words, first, "")
    for low, high in REIMAGED:
        words = "image after radiosurgery: fracture?"
        yield judged(about, rule, verdict, Passing.DUE, words, since, low, to=high, ask=ask)


# --- schedules of follow-up -------------------------------------------------------------------------------------------
_BEAM = (TreatmentKind.RADIOTHERAPY,)


def _follow_up(about: Situation) -> Iterator[Dated]:
    group = about.known(vocabulary.RISK_GROUP)
    by_risk = Unknown(ask=frozenset({vocabulary.RISK_GROUP.ask})) if group is None else BY_RISK[RiskGroup(group)]
    rows: tuple[tuple[Rule, Schedule | Unknown, tuple[TreatmentKind, ...]], ...] = (
        (after_radiosurgery, SCHEDULES["FU-01"], _BEAM),
        (by_risk_after_radiosurgery, by_risk, _BEAM),
        (after_surgery_and_radiosurgery, SCHEDULES["FU-02"], LOCAL),
        (after_conventional_radiotherapy, SCHEDULES["FU-03"], _BEAM),
    )
    for rule, schedule, kinds in rows:
        yield from _visits(about, rule, heard(about, rule), schedule, kinds)
    for rule in BY_HISTOLOGY:
        verdict = heard(about, rule)
        if verdict is not None:
            yield from _visits(about, rule, verdict, schedule_of_tumour(about), LOCAL)


def _visits(
    about: Situation, rule: Rule, verdict: Verdict, schedule: Schedule | Unknown, kinds: tuple[TreatmentKind, ...]
) -> Iterator[Dated]:
    if verdict is None:
        return
    day = last_day(about, *kinds)
    if isinstance(day, date) and isinstance(schedule, Schedule) and about.today is not None:
        for visit in upcoming(schedule, day, as_of=about.today):
            yield _visit(about, rule, verdict, visit.what, day, visit.earliest, visit.latest)
        return
    asks = [one.ask for one in (day, schedule) if isinstance(one, Unknown)]
    since = Since(words=_TREATED, ask=tuple(sorted(frozenset().union(*asks))))
    yield judged(about, rule, verdict, Passing.DUE, "follow-up", since, None)


def _visit(about: Situation, rule: Rule, verdict: Verdict, what: str, since: date, first: date, last: date) -> Dated:
    made = judged(about, rule, verdict, Passing.DUE, what, since_day(_TREATED, since, ""), None)
    return replace(made, day=first, until=last, days_left=days_left(about, last))


def _observed(about: Situation) -> Iterator[Dated]:
    """A benign tumour that is observed: the record does not hold the day from which it is."""
    verdict = heard(about, observed_benign_tumour, observed_benign_tumour.acts)
    if verdict is not None:
        since = Since(words="start of the observation", ask=("day from which the tumour is observed",))
        yield judged(about, observed_benign_tumour, verdict, Passing.DUE, SCHEDULES["FU-12"].words, since, None)


# --- complications ----------------------------------------------------------------------------------------------------
_BY_ID = {rule.id: rule for rule in RECORDED}


def _watched(about: Situation) -> Iterator[Dated]:
    """Until when each complication of a treatment that was done is looked for."""
    for entry in ENTRIES:
        if entry.until is None or entry.id not in _BY_ID:
            continue
        done = [day for day in days_of(entry, about) if day is not None and not lies_ahead(day, about)]
        if done:
            since = since_day(f"{entry.after.value if entry.after else 'treatment'} that was done", max(done), "")
            yield judged(about, _BY_ID[entry.id], None, Passing.WATCH, entry.name, since, entry.until)


PARAMETERS: tuple[Threshold, ...] = tuple(
    one for pair in (*((each.low, each.high) for each in CARE), *REIMAGED) for one in pair if one is not None
)
