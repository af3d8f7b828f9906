"""Rules about the organs at risk (OAR): which limit holds, what a plan passes, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import CordContour, Fact, Organ
from enbloc.decide.acts import IRRADIATING, RADIOSURGERY
from enbloc.decide.cord_dose import (
    AGAIN_AFTER,
    CAUDA,
    CORD,
    again_words,
    dmax_limit,
    dose_words,
    earlier_words,
    is_passed,
    limits_hold,
    reaches_cauda,
    reaches_cord,
    terms_not_met,
)
from enbloc.decide.decision import Degree
from enbloc.decide.fractionation import rounded_up
from enbloc.decide.irradiated import dose, has_waited, is_irradiated
from enbloc.decide.organ_table import Limit, Line, Use, in_fractions, lines, lines_of
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

CORD_MARGIN_FROM = Threshold(
    name="smallest margin of the planning risk volume around the cord",
    number=1.5,
    unit="mm",
    comparator=">=",
    source="redmond2017",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
CORD_MARGIN_TO = Threshold(
    name="largest margin of the planning risk volume around the cord",
    number=2.0,
    unit="mm",
    comparator="<=",
    source="redmond2017",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


def _of_root(name: str, number: float) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit="%",
        comparator="<",
        source="bmc2025constraints",
        checked=Checked.READ,
        since="2026-11-20",
    )


ROOT_WARN = _of_root("warning: maximum of a root or plexus in the target, of the prescription", 105.0)
ROOT_LIMIT = _of_root("maximum of a root or plexus in the target, of the prescription", 110.0)


@rule(
    "OAR-01",
    cites=("sahgal2021hytec",),
    checked=Checked.READ,
    strength="Project rule",
    degree=Degree.CAUTION,
    acts=IRRADIATING,
)
def limits_passed_or_unknown(about: Situation) -> Verdict:
    """A plan beyond a limit to cord, cauda or thecal sac is rejected; beyond the limit to any other organ, or with that
    dose unknown, it is not ready until a named physician and a named physicist override it per organ with a reason.
    """
    # Whatever is stopped is stopped by STOP-11; this rule names every limit that is passed or warned of.
    holds = limits_hold(about)
    if isinstance(holds, Unknown):
        return holds
    cells = tuple(_cells(about))
    cord = all_of(negated(is_irradiated(about)), _cord_or_cauda(about, cells))
    condition = any_of(cord, _is_organ_passed(cells), _is_organ_open(about))
    do = "Plan again, or record for each organ the override of a named physician and a named physicist with its reason."
    return when(condition, do=do, because=f"{_passed_words(cells)} {dose_words(about)}".strip())


Cells = tuple[tuple[Line, Limit, float], ...]
"""Lines in force, each with its limit and the dose of the plan."""


def _cord_or_cauda(about: Situation, cells: Cells) -> Answer:
    warned = any(limit.is_warned(amount) for line, limit, amount in cells if line.organ == CORD)
    cord = all_of(reaches_cord(about), any_of(is_passed(about, CORD), warned))
    return any_of(cord, all_of(reaches_cauda(about), is_passed(about, CAUDA)))


def _cells(about: Situation) -> Iterator[tuple[Line, Limit, float]]:
    """Every line in force that has a limit at this number of fractions, and whose dose is known."""
    fractions = about.known(vocabulary.RT_FRACTIONS)
    if fractions is None:
        return
    for line in lines():
        limit = line.at(fractions) if line.use in {Use.STOP, Use.ORGAN} else None
        amount = None if limit is None else dose(about, line.fact)
        if limit is not None and amount is not None:
            yield line, limit, amount


def _is_organ_passed(cells: Cells) -> Answer:
    """Whether the dose of an organ passes its limit or lies in its band of warning, listed as near or not."""
    organs = [(limit, amount) for line, limit, amount in cells if line.use is Use.ORGAN]
    return any(limit.is_passed(amount) or limit.is_warned(amount) for limit, amount in organs)


def _is_organ_open(about: Situation) -> Answer:
    """Never yes: open while an organ near the field lacks a dose or a limit, or was irradiated before."""
    fractions, near = about.known(vocabulary.RT_FRACTIONS), _organs(about, vocabulary.ORGANS_NEAR)
    if fractions is None or near is None:
        asks = ((vocabulary.RT_FRACTIONS.ask, fractions), (vocabulary.ORGANS_NEAR.ask, near))
        return unknown(*(ask for ask, held in asks if held is None))
    cleared = _organs(about, vocabulary.ORGANS_CLEARED) or ()
    ask = [question for organ in near for question in _gaps(about, organ.value, fractions, organ in cleared)]
    if reaches_cord(about) is not False:
        ask += _gaps(about, CORD, fractions, True)
    if set(near) - set(cleared):
        ask += _asked_of_earlier(about.answer(vocabulary.ORGAN_IRRADIATED))
    return unknown(*ask) if ask else False


def _asked_of_earlier(irradiated: Answer) -> list[str]:
    if isinstance(irradiated, Unknown):
        return sorted(irradiated.ask)
    return [vocabulary.ORGANS_CLEARED.ask] if irradiated else []


def _organs(about: Situation, named: Fact[Organ]) -> tuple[Organ, ...] | None:
    finding = about.finding(named)
    return None if isinstance(finding, Unknown) else cast("tuple[Organ, ...]", finding.value)


def _gaps(about: Situation, organ: str, fractions: int, is_cleared: bool) -> list[str]:
    """What is not known of one organ: each dose that has a limit, or the limit where none is printed."""
    printed = [line for line in lines_of(organ, Use.ORGAN) if line.at(fractions) is not None]
    if not printed and not is_cleared:
        return [f"limit to {organ} in {in_fractions(fractions)}: no value is known, ask the physicist"]
    return [line.fact.ask for line in printed if dose(about, line.fact) is None]


def stopping_words(about: Situation) -> str:
    """Every limit to cord and cauda that stops the plan, as for a first course; empty if none does."""
    return _passed_words(tuple(one for one in _cells(about) if one[0].use is Use.STOP and one[1].is_passed(one[2])))


def _passed_words(cells: Cells) -> str:
    """Every limit that the plan passes or is warned of, each with its table; empty if there is none."""
    said = []
    for line, limit, amount in cells:
        if limit.is_passed(amount) or limit.is_warned(amount):
            at = limit.stop if limit.is_passed(amount) or limit.warn is None else limit.warn
            of = "limit" if limit.is_passed(amount) else "warning from"
            draft = ", not yet source-checked" if at.checked.is_draft else ""
            unit = line.fact.unit.value
            said.append(f"{line.fact.words}: {amount:g} {unit} ({of} {at.number:g} {unit}, {line.table}{draft})")
    return "; ".join(said) + "." if said else ""


@rule(
    "OAR-02",
    cites=("sahgal2021hytec", "benedict2010tg101", "grimm2016cord"),
    checked=Checked.READ_IN_A_COPY,
    strength="Project rule",
    disagrees=("DISAGREE-12",),
    acts=IRRADIATING,
)
def limit_to_the_cord(about: Situation) -> Verdict:
    """The limit to the cord or its planning risk volume, first time: the maximum by HyTEC, with the dose to 0.35 and
    1.2 cc where a value exists; a lower local limit replaces it; for six fractions or more there is no value.
    """
    fractions = about.known(vocabulary.RT_FRACTIONS)
    known: Answer = unknown(vocabulary.RT_FRACTIONS.ask) if fractions is None else True
    holds = limits_hold(about)
    condition = all_of(negated(is_irradiated(about)), reaches_cord(about), known)
    if condition is False:
        return None
    return when(all_of(condition, holds), do=cord_limits(about, fractions or 0), because=dose_words(about))


def cord_limits(about: Situation, fractions: int) -> str:
    """The limits to the cord at a number of fractions: those in force, then what to aim at, then those not used."""
    highest = dmax_limit(about, CORD, fractions)
    if highest is None:
        return f"Ask the physicist for a limit: none is known for {in_fractions(fractions)}."
    said = [f"Keep the cord maximum at {highest:g} Gy or less in {in_fractions(fractions)}{_warning(fractions)}"]
    words = {
        Use.STOP: "also {}",
        Use.AIM: "aim: {}",
        Use.LEGACY: "legacy, not used: {}",
    }
    for use, pattern in words.items():
        for line in lines_of(CORD, use):
            limit = line.at(fractions)
            if limit is not None and not (use is Use.STOP and line.fact is vocabulary.CORD_DMAX):
                draft = ", not yet source-checked" if limit.stop.checked.is_draft else ""
                measure = line.fact.words.partition(", ")[2].partition(" (")[0]
                said.append(pattern.format(f"{measure} {limit.stop.number:g} Gy ({line.table}{draft})"))
    return "; ".join(said) + "."


def _warning(fractions: int) -> str:
    warned = [line.at(fractions) for line in lines_of(CORD, Use.STOP)]
    return "".join(f" (warning above {one.warn.number:g} Gy)" for one in warned if one is not None and one.warn)


@rule(
    "OAR-03",
    cites=("redmond2017", "guckenberger2024estro"),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    acts=RADIOSURGERY,
)
def contour_of_the_cord(about: Situation) -> Verdict:
    """The cord is contoured on fused MRI or CT myelogram, with a planning risk volume of 1.5 to 2 mm; below the conus
    the thecal sac is contoured as cauda equina.
    """
    seen = about.is_one_of(vocabulary.CORD_CONTOUR, CordContour.FUSED_MRI, CordContour.CT_MYELOGRAM)
    margin = all_of(
        about.meets(vocabulary.CORD_MARGIN, CORD_MARGIN_FROM), about.meets(vocabulary.CORD_MARGIN, CORD_MARGIN_TO)
    )
    condition = any_of(negated(seen), all_of(reaches_cord(about), negated(margin)))
    low, high = CORD_MARGIN_FROM.number, CORD_MARGIN_TO.number
    do = f"Contour the cord on fused MRI or CT myelogram, margin {low:g} to {high:g} mm; below the conus the sac."
    return when(condition, do=do, because="The contour or its margin is another one.")


@rule(
    "OAR-04",
    cites=("bmc2025constraints",),
    checked=Checked.READ,
    strength="Trial protocol",
    degree=Degree.CAUTION,
    acts=IRRADIATING,
)
def root_in_the_target(about: Situation) -> Verdict:
    """A nerve root or plexus inside the target gets less than 105 to 110 per cent of the prescription to 0.03 cc."""
    highest, prescribed = dose(about, vocabulary.ROOT_DMAX), about.known(vocabulary.RT_DOSE)
    asks = ((vocabulary.ROOT_DMAX.ask, highest), (vocabulary.RT_DOSE.ask, prescribed))
    share = None if highest is None or prescribed is None else rounded_up(100 * highest / prescribed)
    beyond: Answer = (
        unknown(*(ask for ask, held in asks if held is None)) if share is None else share >= ROOT_WARN.number
    )
    do = f"Stay below {ROOT_WARN.number:g} % of the prescription in the root, at most {ROOT_LIMIT.number:g} %."
    because = f"Root or plexus in the target: {share or 0:g} % of the prescription."
    condition = all_of(about.answer(vocabulary.ROOT_IN_TARGET), beyond, limits_hold(about))
    return when(condition, do=do, because=because)


@rule(
    "OAR-05",
    cites=("sahgal2021hytec",),
    checked=Checked.READ,
    strength="HyTEC review",
    degree=Degree.CAUTION,
    acts=RADIOSURGERY,
)
def stereotactic_again(about: Situation) -> Verdict:
    """Stereotactic re-irradiation meets all four: cumulative thecal sac EQD2 of 70 Gy or less, its own of 25 Gy or
    less, no more than half of the cumulative by this course, and five months or more between the courses.
    """
    again = is_irradiated(about)
    holds = limits_hold(about)
    if again is not False and isinstance(holds, Unknown):
        return holds
    terms = (*terms_not_met(about), ("interval", negated(has_waited(about, AGAIN_AFTER))))
    failed = ", ".join(words for words, answer in terms if answer is True)
    condition = all_of(again, any_of(*(answer for _, answer in terms)))
    because = f"Not met: {failed}. {earlier_words(about)} {again_words(about)}"
    return when(condition, do="Do not irradiate again by this plan; take it to the board.", because=because)


ACT_RULES: tuple[Rule, ...] = (
    limits_passed_or_unknown,
    limit_to_the_cord,
    contour_of_the_cord,
    root_in_the_target,
    stereotactic_again,
)
PARAMETERS: tuple[Threshold, ...] = (CORD_MARGIN_FROM, CORD_MARGIN_TO, ROOT_WARN, ROOT_LIMIT)
