"""Hard stops about dose and contour of radiotherapy, and where the tables of tolerance disagree."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import CordContour
from enbloc.decide.acts import IRRADIATING, RADIOSURGERY
from enbloc.decide.cord_dose import (
    AGAIN_AFTER,
    CORD,
    again_words,
    dose_words,
    earlier_words,
    has_printed_limit,
    is_overdosed,
    limits_hold,
    reaches_cord,
)
from enbloc.decide.decision import Degree
from enbloc.decide.irradiated import courses, earliest_day, has_waited, is_irradiated
from enbloc.decide.organ_table import Use, in_fractions, lines_of
from enbloc.decide.organs_at_risk import stopping_words
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked

HYTEC = "HyTEC"


@rule(
    "STOP-11",
    cites=("sahgal2021hytec", "nieder2006"),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=IRRADIATING,
)
def dose_to_the_cord(about: Situation) -> Verdict:
    """The limit to cord, cauda equina or thecal sac is passed or that dose is unknown; in re-irradiation a dose term of
    the stereotactic, or any term of the conventional limits is not met: myelopathy.
    """
    holds = limits_hold(about)
    if isinstance(holds, Unknown):
        return holds
    again = is_irradiated(about) is True
    more = (earlier_words(about), again_words(about)) if again else (stopping_words(about),)
    because = " ".join(filter(None, (dose_words(about), *more)))
    return when(is_overdosed(about), do="Plan again: the dose to the cord is beyond its limit.", because=because)


@rule(
    "STOP-12",
    cites=("sahgal2021hytec",),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=IRRADIATING,
)
def irradiated_too_soon_or_unrecorded(about: Situation) -> Verdict:
    """Stereotactic radiotherapy within five months of earlier radiotherapy to the same segment of the cord, or any
    re-irradiation while the earlier dose, fractions, field or date is missing: the cumulative dose is unknown.
    """
    if about.plan is None:
        return None
    before = courses(about)
    soon: Answer = negated(has_waited(about, AGAIN_AFTER)) if about.plan.act.is_radiosurgery else False
    # What is not recorded may be anything: the stop stays open and asks for it.
    condition = all_of(is_irradiated(about), before if isinstance(before, Unknown) else soon)
    do = ""
    if not isinstance(before, Unknown):
        do = f"Not before {earliest_day(before, AGAIN_AFTER)}: {AGAIN_AFTER.number:g} months after the last course."
    return when(condition, do=do, because=earlier_words(about))


@rule(
    "STOP-41",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=RADIOSURGERY,
)
def contour_not_secured(about: Situation) -> Verdict:
    """A plan of radiosurgery whose contour of cord or thecal sac is absent or not from fused MRI or CT myelogram, was
    not checked by a second person, whose fractions have no limit, or that no physicist has signed: contour error.
    """
    drawn = about.is_one_of(vocabulary.CORD_CONTOUR, CordContour.FUSED_MRI, CordContour.CT_MYELOGRAM)
    checks: tuple[tuple[str, Answer], ...] = (
        ("contour on fused MRI or CT myelogram", drawn),
        ("second check of the contour", about.answer(vocabulary.CONTOUR_CHECKED)),
        ("number of fractions with a limit to the cord", has_printed_limit(about)),
        ("signature of the physicist", about.answer(vocabulary.PHYSICIST_SIGNED)),
    )
    absent = ", ".join(words for words, held in checks if held is False)
    condition = any_of(*(negated(held) for _, held in checks))
    return when(condition, do="Secure the contour of the cord before the plan is used.", because=f"Missing: {absent}.")


@rule(
    "DISAGREE-12",
    cites=("sahgal2021hytec", "benedict2010tg101", "hanna2018ukconsensus"),
    checked=Checked.FROM_MEMORY,
    strength="Sources disagree",
    degree=Degree.CAUTION,
    acts=IRRADIATING,
)
def tables_disagree_on_the_cord(about: Situation) -> Verdict:
    """Tolerance of the cord: HyTEC allows 20.3 Gy in three and 25.3 Gy in five fractions, older tables 21.9 and 30 Gy;
    HyTEC is used, the older ones are shown as legacy.
    """
    fractions = about.known(vocabulary.RT_FRACTIONS)
    differ: Answer = unknown(vocabulary.RT_FRACTIONS.ask) if fractions is None else bool(legacy(fractions))
    condition = all_of(negated(is_irradiated(about)), reaches_cord(about), differ)
    if condition is False:
        return None
    because = f"{in_fractions(fractions or 0)}: {'; '.join(legacy(fractions or 0))}."
    return when(all_of(condition, limits_hold(about)), do="Use HyTEC (OAR-02); show both.", because=because)


def legacy(fractions: int) -> tuple[str, ...]:
    """The maxima of older tables that differ from the one in use, each with its table; HyTEC first if any does."""
    used = [one.stop for line in lines_of(CORD, Use.STOP) if line.table == HYTEC and (one := line.at(fractions))]
    older = [(line.table, one.stop) for line in lines_of(CORD, Use.LEGACY) if (one := line.at(fractions))]
    differing = [
        f"{table} {limit.number:g} Gy" for table, limit in older if limit.number not in {u.number for u in used}
    ]
    return (*(f"{HYTEC} {one.number:g} Gy" for one in used), *differing) if used and differing else ()


ACT_RULES: tuple[Rule, ...] = (
    dose_to_the_cord,
    irradiated_too_soon_or_unrecorded,
    contour_not_secured,
    tables_disagree_on_the_cord,
)
