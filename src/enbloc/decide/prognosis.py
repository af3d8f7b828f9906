"""Prognosis and performance as the rules about surgery read them: judgements in the record, never a score alone."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.case.fact import AsaClass
from enbloc.case.neurology import Ais, Ambulation
from enbloc.decide import clock
from enbloc.decide.planned import ADULT_FROM, is_adult
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

SURVIVAL_FROM = Threshold(
    name="expected survival of the trial of surgery",
    number=3,
    unit="months",
    comparator=">=",
    source="patchell2005",
    checked=Checked.READ,
    since="2026-11-20",
)
PARAPLEGIA_WITHIN = Threshold(
    name="paraplegia before surgery in the trial of surgery",
    number=48,
    unit="h",
    comparator="<=",
    source="patchell2005",
    checked=Checked.READ,
    since="2026-11-20",
)
BEDRIDDEN_FROM = Threshold(
    name="ECOG at which surgery for recovery is not advised",
    number=4,
    unit="grade",
    comparator=">=",
    source="nice2023ng234",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


def _prompt(name: str, number: float) -> Threshold:
    return Threshold(
        name=f"{name} that prompts the judgement of fitness",
        number=number,
        unit="grade",
        comparator=">=",
        source="laufer2013noms",
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


ECOG_PROMPTS_FROM = _prompt("ECOG", 3)
ASA_PROMPTS_FROM = _prompt("ASA class", 4)
PARAMETERS: tuple[Threshold, ...] = (
    SURVIVAL_FROM,
    PARAPLEGIA_WITHIN,
    BEDRIDDEN_FROM,
    ECOG_PROMPTS_FROM,
    ASA_PROMPTS_FROM,
)

_ASA = ("I", "II", "III", "IV", "V", "VI")


def for_adults(about: Situation, words: str) -> str:
    """A dose of adults, or that none is printed for this age (STOP-35)."""
    if is_adult(about) is True:
        return words
    years = f"{ADULT_FROM.number:g}"
    return f"in a dose for the age of the patient (no dose of adults under {years} or while the age is unknown)"


@once
def lives_long_enough(about: Situation) -> Answer:
    """An expected survival as in the trial of surgery."""
    return about.meets(vocabulary.LIFE_EXPECTANCY, SURVIVAL_FROM)


def is_paraplegic(about: Situation) -> Answer:
    """Complete paraplegia; who walks, or has no deficit or an incomplete one, has none."""
    stated = about.answer(vocabulary.PARAPLEGIC)
    if isinstance(stated, bool):
        return stated
    walks = about.is_one_of(vocabulary.AMBULATION, Ambulation.INDEPENDENT.value, Ambulation.AIDED.value)
    # AIS C may be movement elsewhere than in the legs; D and E are movement of most muscles.
    moves = about.is_one_of(vocabulary.AIS, Ais.D, Ais.E)
    none = about.answer(vocabulary.DEFICIT) is False
    return False if walks is True or moves is True or none else stated


@once
def is_paraplegic_too_long(about: Situation) -> Answer:
    """Complete paraplegia for longer than the trial of surgery took; its hours are counted to the day of the case."""
    paraplegic = is_paraplegic(about)
    if paraplegic is not True:
        return paraplegic
    onset = about.known(vocabulary.PARAPLEGIC_SINCE)
    ask = vocabulary.PARAPLEGIC_SINCE.ask
    return negated(clock.meets(clock.since(onset, about.today), PARAPLEGIA_WITHIN, ask=ask))


def status_not_by_compression(about: Situation, limit: Threshold) -> Answer:
    """A performance status from a limit on that the compression itself does not explain."""
    return all_of(about.meets(vocabulary.ECOG, limit), negated(about.answer(vocabulary.STATUS_BY_COMPRESSION)))


def has_severe_disease(about: Situation) -> Answer:
    """An ASA class from four on."""
    recorded = about.known(vocabulary.ASA)
    if recorded is None:
        return unknown(vocabulary.ASA.ask)
    return _number_of(recorded) >= ASA_PROMPTS_FROM.number


def _number_of(recorded: AsaClass) -> int:
    return _ASA.index(recorded.value.removesuffix("E")) + 1


def prompts(about: Situation) -> dict[str, Answer]:
    """What prompts surgeon and anaesthetist to judge fitness together (NOMS-17); none of it decides."""
    return {
        f"expected survival under {SURVIVAL_FROM.number:g} months": negated(lives_long_enough(about)),
        f"ECOG {ECOG_PROMPTS_FROM.number:g} or more, not by the compression": status_not_by_compression(
            about, ECOG_PROMPTS_FROM
        ),
        f"ASA {ASA_PROMPTS_FROM.number:g} or more": has_severe_disease(about),
        "uncorrected coagulopathy": about.answer(vocabulary.UNCORRECTED_COAGULOPATHY),
    }


def is_prompted(about: Situation) -> Answer:
    """Whether any of them is there."""
    return any_of(*prompts(about).values())
