"""Whether a plan keeps within the limits to cord, cauda equina and thecal sac, first time and again."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import Fact
from enbloc.decide.decision import Act
from enbloc.decide.fractionation import ALPHA_BETA_CORD, bed_gy, eqd2_gy, rounded_up
from enbloc.decide.irradiated import Course, courses, dose, has_waited, is_irradiated, planned_levels
from enbloc.decide.organ_table import FRACTIONS, Limit, Use, in_fractions, lines_of
from enbloc.decide.planned import is_adult
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

CORD, CAUDA = "cord", "cauda equina"
PAEDIATRIC = "limits of dose for a patient under 18: paediatric radiation oncologist and physicist"

_HAIR = 1e-9
_MAY_BE_CAUDA = frozenset(tuple(Level)[tuple(Level).index(Level.L1) :])
_LOCAL: dict[str, Fact[float]] = {CORD: vocabulary.LOCAL_CORD_LIMIT, CAUDA: vocabulary.LOCAL_CAUDA_LIMIT}
_MAXIMUM: dict[str, Fact[float]] = {CORD: vocabulary.CORD_DMAX, CAUDA: vocabulary.CAUDA_DMAX}


def _read(name: str, number: float, unit: str, comparator: str, source: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=source,
        checked=Checked.READ,
        since="2026-11-20",
    )


_HYTEC, _NIEDER = "sahgal2021hytec", "nieder2006"
CUMULATIVE_EQD2 = _read("cumulative EQD2 of the thecal sac, all courses", 70.0, "Gy", "<=", _HYTEC)
AGAIN_EQD2 = _read("EQD2 of the thecal sac by stereotactic re-irradiation", 25.0, "Gy", "<=", _HYTEC)
AGAIN_SHARE = _read("re-irradiation over cumulative EQD2 of the thecal sac", 0.5, "ratio", "<=", _HYTEC)
AGAIN_AFTER = _read("interval before stereotactic re-irradiation", 5, "months", ">=", _HYTEC)
CUMULATIVE_BED = _read("cumulative BED of the cord, all courses", 135.5, "Gy", "<=", _NIEDER)
COURSE_BED = _read("BED of the cord by any one course", 98.0, "Gy", "<=", _NIEDER)
CONVENTIONAL_AFTER = _read("interval before conventional re-irradiation", 6, "months", ">=", _NIEDER)
NONE_SEEN_BED = _read("cumulative BED of the cord up to which no myelopathy was seen", 120.0, "Gy", "<=", _NIEDER)


def limits_hold(about: Situation) -> Answer:
    """Whether limits for adults hold; for a younger patient nothing is known here, so that this is never no."""
    adult = is_adult(about)
    return unknown(PAEDIATRIC) if adult is False else adult


def reaches_cord(about: Situation) -> Answer:
    """Whether the cord lies in the segment: above L1 always, below where somebody has seen it."""
    levels = planned_levels(about)
    if levels - _MAY_BE_CAUDA:
        return True
    return about.answer(vocabulary.CORD_LEVEL) if levels else unknown("level of the lesion")


def reaches_cauda(about: Situation) -> Answer:
    """Whether the cauda equina may lie in the segment: from L1 down."""
    levels = planned_levels(about)
    return bool(levels & _MAY_BE_CAUDA) if levels else unknown("level of the lesion")


def dmax_limit(about: Situation, organ: str, fractions: int) -> float | None:
    """The limit to the maximum of cord or cauda, Gy: the lowest printed one, or a lower one of the physicist."""
    printed = [line.at(fractions) for line in lines_of(organ, Use.STOP) if line.fact is _MAXIMUM[organ]]
    local = about.known(_LOCAL[organ])
    given = [one.stop.number for one in printed if one is not None] + ([] if local is None else [local])
    return min(given, default=None)


def is_passed(about: Situation, organ: str) -> Answer:
    """Whether a limit to cord or cauda is passed for the first time; open while a dose or the limit is unknown."""
    fractions = about.known(vocabulary.RT_FRACTIONS)
    if fractions is None:
        return unknown(vocabulary.RT_FRACTIONS.ask)
    volumes = [line for line in lines_of(organ, Use.STOP) if line.fact is not _MAXIMUM[organ]]
    parts = [_is_beyond(about, line.fact, cell) for line in volumes if (cell := line.at(fractions)) is not None]
    highest, limit = dose(about, _MAXIMUM[organ]), dmax_limit(about, organ, fractions)
    if limit is None:
        parts.append(unknown(_LOCAL[organ].ask))
    elif highest is None:
        parts.append(unknown(_MAXIMUM[organ].ask))
    else:
        parts.append(highest > limit)
    return any_of(*parts)


def _is_beyond(about: Situation, named: Fact[float], limit: Limit) -> Answer:
    amount = dose(about, named)
    return unknown(named.ask) if amount is None else limit.is_passed(amount)


def is_passed_first(about: Situation) -> Answer:
    """Whether any limit to cord or cauda is passed, as for a segment that was never irradiated."""
    return any_of(
        all_of(reaches_cord(about), is_passed(about, CORD)), all_of(reaches_cauda(about), is_passed(about, CAUDA))
    )


def has_printed_limit(about: Situation) -> Answer:
    """Whether the number of fractions has a limit to the cord in the table."""
    fractions = about.known(vocabulary.RT_FRACTIONS)
    return unknown(vocabulary.RT_FRACTIONS.ask) if fractions is None else fractions in FRACTIONS


def again_eqd2(about: Situation) -> float | Unknown:
    """EQD2 of the thecal sac by the planned stereotactic course, Gy, rounded up."""
    highest, fractions = dose(about, vocabulary.SAC_DMAX), about.known(vocabulary.RT_FRACTIONS)
    if highest is None or fractions is None:
        asks = ((vocabulary.SAC_DMAX.ask, highest), (vocabulary.RT_FRACTIONS.ask, fractions))
        return unknown(*(ask for ask, held in asks if held is None))
    return rounded_up(eqd2_gy(highest, fractions, alpha_beta_gy=ALPHA_BETA_CORD.number))


def earlier_eqd2(before: tuple[Course, ...]) -> float:
    """EQD2 of the thecal sac by all earlier courses, Gy, rounded up."""
    return rounded_up(sum(one.eqd2_gy for one in before))


def terms_not_met(about: Situation) -> tuple[tuple[str, Answer], ...]:
    """The three dose terms of stereotactic re-irradiation, each with whether it is not met."""
    before, again = courses(about), again_eqd2(about)
    by_again: Answer = again if isinstance(again, Unknown) else again > AGAIN_EQD2.number
    both: Answer
    share: Answer
    if isinstance(before, Unknown) or isinstance(again, Unknown):
        both = share = unknown(*_asks(before), *_asks(again))
    else:
        earlier = sum(one.eqd2_gy for one in before)
        both = rounded_up(earlier + again) > CUMULATIVE_EQD2.number
        share = again > AGAIN_SHARE.number * (earlier + again) + _HAIR  # the earlier dose is not rounded in its favour
    return (("cumulative EQD2", both), ("EQD2 of this course", by_again), ("share of this course", share))


def _asks(given: object) -> frozenset[str]:
    return given.ask if isinstance(given, Unknown) else frozenset()


def conventional_bed(about: Situation) -> float | Unknown:
    """BED of the cord (of the cauda below it) by the planned conventional course, Gy, rounded up."""
    # The source takes 4 Gy for α/β below the cord. With 2 Gy everywhere the BED is higher, and the limit the stricter.
    fractions = about.known(vocabulary.RT_FRACTIONS)
    if fractions is None:
        return unknown(vocabulary.RT_FRACTIONS.ask)
    named = [_MAXIMUM[organ] for organ, reached in _reached(about) if reached is not False]
    doses = [dose(about, one) for one in named]
    if None in doses or not doses:
        return unknown(*(one.ask for one, held in zip(named, doses, strict=True) if held is None))
    highest = max(one for one in doses if one is not None)
    return rounded_up(bed_gy(highest, fractions, alpha_beta_gy=ALPHA_BETA_CORD.number))


def _reached(about: Situation) -> tuple[tuple[str, Answer], ...]:
    return ((CORD, reaches_cord(about)), (CAUDA, reaches_cauda(about)))


def is_outside_conventional(about: Situation) -> Answer:
    """Whether conventional re-irradiation lies outside what was seen to be safe: sum, any one course, or interval."""
    before, again = courses(about), conventional_bed(about)
    waited = has_waited(about, CONVENTIONAL_AFTER)
    own: Answer = again if isinstance(again, Unknown) else again > COURSE_BED.number
    if isinstance(before, Unknown):
        return any_of(own, before, negated(waited))
    earlier = any(rounded_up(one.bed_gy) > COURSE_BED.number for one in before)
    total: Answer = again if isinstance(again, Unknown) else _bed_of_all(before, again) > CUMULATIVE_BED.number
    return any_of(own, earlier, total, negated(waited))


def _bed_of_all(before: tuple[Course, ...], again: float) -> float:
    return rounded_up(sum(one.bed_gy for one in before) + again)


def is_overdosed(about: Situation) -> Answer:
    """STOP-11: a limit to cord, cauda or sac passed, first time or again; open while a dose is unknown."""
    again = is_irradiated(about)
    conventional = about.is_act(Act.RADIOTHERAPY)
    repeated = (
        is_outside_conventional(about) if conventional else any_of(*(answer for _, answer in terms_not_met(about)))
    )
    return any_of(all_of(negated(again), is_passed_first(about)), all_of(again, repeated))


@once
def dose_words(about: Situation) -> str:
    """What is known of the dose to cord, cauda and sac, and the limit to the maximum, in a sentence each."""
    fractions = about.known(vocabulary.RT_FRACTIONS)
    number = in_fractions(fractions) if fractions is not None else "an unknown number of fractions"
    parts = [f"Plan in {number}"]
    for organ, named in ((CORD, vocabulary.CORD_DMAX), (CAUDA, vocabulary.CAUDA_DMAX), ("sac", vocabulary.SAC_DMAX)):
        highest = dose(about, named)
        if highest is not None:
            parts.append(f"{organ} maximum {highest:g} Gy{_limit_words(about, organ, fractions)}")
    said = "; ".join(parts) + "."
    return f"{said} {_OF_STEREOTACTIC}" if _is_conventional_first(about) else said


def _limit_words(about: Situation, organ: str, fractions: int | None) -> str:
    """The limit that holds for a first course; of one that follows another nothing, for it has limits of its own."""
    if organ not in _LOCAL or fractions is None or is_irradiated(about) is True or limits_hold(about) is not True:
        return ""  # a limit of adults is not printed beside the dose of a child
    limit = dmax_limit(about, organ, fractions)
    return "" if limit is None else f" (limit {limit:g} Gy)"


def again_words(about: Situation) -> str:
    """The sums that judge a plan after earlier courses: EQD2 of the sac, or BED of the cord for a conventional plan."""
    before = courses(about)
    conventional = about.is_act(Act.RADIOTHERAPY)
    again = conventional_bed(about) if conventional else again_eqd2(about)
    if isinstance(before, Unknown) or isinstance(again, Unknown):
        return "Cumulative dose not known yet."
    total = _bed_of_all(before, again) if conventional else rounded_up(sum(one.eqd2_gy for one in before) + again)
    measure = "BED of the cord" if conventional else "EQD2 of the sac"
    return f"{measure}: {again:g} Gy by this plan, {total:g} Gy in all (α/β {ALPHA_BETA_CORD.number:g} Gy)."


_OF_STEREOTACTIC = (
    "The limits were written for stereotactic plans; of a conventional schedule (RT-04) a named override may say so."
)


def _is_conventional_first(about: Situation) -> bool:
    # The row makes no exception: 8 Gy once passes the limit to 1.2 cc by itself. It stops, and says why.
    return about.is_act(Act.RADIOTHERAPY) and is_irradiated(about) is not True and has_printed_limit(about) is True


def earlier_words(about: Situation) -> str:
    """The earlier courses as the sums count them: at their prescribed dose."""
    before = courses(about)
    if isinstance(before, Unknown):
        return "Earlier radiotherapy not fully recorded."
    listed = ", ".join(f"{one.dose_gy:g} Gy in {in_fractions(one.fractions)} until {one.last_day}" for one in before)
    return f"Earlier, counted at the prescribed dose: {listed}; EQD2 {earlier_eqd2(before):g} Gy."


PARAMETERS: tuple[Threshold, ...] = (
    CUMULATIVE_EQD2,
    AGAIN_EQD2,
    AGAIN_SHARE,
    AGAIN_AFTER,
    CUMULATIVE_BED,
    COURSE_BED,
    CONVENTIONAL_AFTER,
    NONE_SEEN_BED,
)
