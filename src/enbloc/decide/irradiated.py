"""What the record says of earlier radiotherapy to the segment that a plan would irradiate again.

A course counts with its prescribed dose, as if the whole of it had reached the cord and the sac; a course whose field,
dose, fractions or last day is not recorded leaves every sum open.
"""

from __future__ import annotations

from datetime import date

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, unknown
from enbloc.case.fact import Fact
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.acts import IRRADIATING
from enbloc.decide.fractionation import ALPHA_BETA_CORD, bed_gy, eqd2_gy, months_after, rounded_up
from enbloc.decide.situation import Situation
from enbloc.evidence import Threshold
from enbloc.value import value


@value
class Course:
    """An earlier course of which all is known: total dose, fractions and the day of the last of them."""

    dose_gy: float
    fractions: int
    last_day: date

    @property
    def eqd2_gy(self) -> float:
        """In fractions of 2 Gy for the cord, Gy."""
        return eqd2_gy(self.dose_gy, self.fractions, alpha_beta_gy=ALPHA_BETA_CORD.number)

    @property
    def bed_gy(self) -> float:
        """Biologically effective for the cord, Gy."""
        return bed_gy(self.dose_gy, self.fractions, alpha_beta_gy=ALPHA_BETA_CORD.number)


def irradiates(about: Situation) -> bool:
    """Whether an act is judged that irradiates, alone or after separation surgery."""
    return about.is_act(*IRRADIATING)


def planned_levels(about: Situation) -> frozenset[Level]:
    """The levels of the lesion and those that the plan adds."""
    return frozenset(about.levels) | frozenset(about.plan.levels if about.plan else ())


def of_kind(about: Situation, kind: TreatmentKind) -> tuple[Treatment, ...]:
    """Every earlier treatment of a kind."""
    return tuple(one for one in about.case.treatments if one.kind is kind)


def is_here(about: Situation, treatment: Treatment) -> bool:
    """Whether a treatment was at one of the levels."""
    return bool(planned_levels(about) & set(treatment.levels))


def is_irradiated(about: Situation) -> Answer:
    """Whether the segment was irradiated before: a course recorded there says so whatever else is answered."""
    if any(is_here(about, one) for one in of_kind(about, TreatmentKind.RADIOTHERAPY)):
        return True
    return about.answer(vocabulary.PRIOR_RADIOTHERAPY)


def last_day(treatment: Treatment) -> date | None:
    """The day of the last fraction; the first day stands for it only where there was one fraction."""
    return treatment.ended or (treatment.started if treatment.fractions == 1 else None)


def courses(about: Situation) -> tuple[Course, ...] | Unknown:
    """The earlier courses to the segment, or what to ask where one of them is not fully recorded."""
    given = of_kind(about, TreatmentKind.RADIOTHERAPY)
    here = [one for one in given if is_here(about, one)]
    unplaced = [one for one in given if not one.levels]
    ask = [f"field of the earlier radiotherapy ({one.what})" for one in unplaced]
    if unplaced and here:
        elsewhere = about.answer(vocabulary.OTHER_FIELDS_ELSEWHERE)
        ask = [] if elsewhere is True else [*ask, vocabulary.OTHER_FIELDS_ELSEWHERE.ask]
    if not here:
        ask.append("earlier radiotherapy at the level: field, dose, fractions, last day")
    found = []
    for one in here:
        day = last_day(one)
        ask += _gaps(about, one, day)
        if one.dose_gy is not None and one.fractions is not None and day is not None:
            found.append(Course(dose_gy=one.dose_gy, fractions=one.fractions, last_day=day))
    return unknown(*ask) if ask else tuple(found)


def _gaps(about: Situation, one: Treatment, day: date | None) -> list[str]:
    parts = (("dose", one.dose_gy), ("number of fractions", one.fractions), ("last day", day))
    ask = [f"{words} of the earlier radiotherapy ({one.what})" for words, held in parts if held is None]
    if one.fractions is not None and one.fractions < 1:
        ask.append(f"number of fractions of the earlier radiotherapy ({one.what})")
    if day is not None and about.today is not None and day > about.today:
        ask.append(f"last day of the earlier radiotherapy ({one.what}): it lies after the day of the case")
    return ask


def has_waited(about: Situation, months: Threshold) -> Answer:
    """Whether the planned radiotherapy begins so many months or more after the last course; open while undated."""
    before = courses(about)
    if isinstance(before, Unknown):
        return before
    earliest = earliest_day(before, months)
    begins = about.known(vocabulary.RADIOTHERAPY_DAY)
    if begins is not None:
        return begins >= earliest
    if about.today is not None and about.today >= earliest:
        return True  # whenever it begins, it begins no earlier than today
    return unknown(vocabulary.RADIOTHERAPY_DAY.ask)


def earliest_day(before: tuple[Course, ...], months: Threshold) -> date:
    """The first day on which so many months have passed since the last course."""
    return months_after(max(one.last_day for one in before), int(months.number))


def dose(about: Situation, named: Fact[float]) -> float | None:
    """A dose of the plan at its highest, rounded up; nothing if it is unknown."""
    finding = about.finding(named)
    return None if isinstance(finding, Unknown) else rounded_up(finding.high)
