"""Palliative care (PALL): when it is asked, what it offers, and what the patient's wishes overrule."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of
from enbloc.case.lesion import LesionKind
from enbloc.case.neurology import Ambulation
from enbloc.decide.compression import is_high
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.surgery_in_compression import WEEKS_IN_A_MONTH
from enbloc.evidence import Checked, Threshold, limit


def _of_temel(name: str, number: float, unit: str, comparator: str) -> Threshold:
    return limit(name, number, unit, comparator, "temel2010", Checked.FROM_MEMORY)


ECOG_FROM = _of_temel("ECOG that calls for palliative care", 3, "grade", ">=")
SURVIVAL_UNDER = _of_temel("expected survival that calls for palliative care", 3, "months", "<")
PAIN_FROM = _of_temel("pain after 48 hours of treatment that calls for palliative care", 7, "of 10", ">=")
CONSULT_WITHIN = _of_temel("palliative consultation", 7, "days", "<=")
URGENT_WITHIN = _of_temel("palliative consultation in severe pain or the last days", 24, "h", "<=")
RADIOTHERAPY_FROM = limit(
    "expected life for which radiotherapy is given for quality of life",
    4,
    "weeks",
    ">=",
    "alcorn2024astro",
    Checked.READ,
)


def triggers(about: Situation) -> dict[str, Answer]:
    """What calls for a palliative consultation, each with its answer."""
    lost = about.is_one_of(vocabulary.AMBULATION, Ambulation.NONE.value)
    return {
        f"ECOG {ECOG_FROM.number:g} or more": about.meets(vocabulary.ECOG, ECOG_FROM),
        f"expected survival under {SURVIVAL_UNDER.number:g} months": about.meets(
            vocabulary.LIFE_EXPECTANCY, SURVIVAL_UNDER
        ),
        "no disease-directed therapy left": about.answer(vocabulary.NO_THERAPY_LEFT),
        f"pain of {PAIN_FROM.number:g} or more after 48 hours of treatment": _severe_pain(about),
        "dyspnoea at rest": about.answer(vocabulary.DYSPNOEA),
        "caregiver in distress": about.answer(vocabulary.CAREGIVER_DISTRESS),
        "compression with lost walking": all_of(is_high(about), lost),
        "last days": about.answer(vocabulary.LAST_DAYS),
    }


def _severe_pain(about: Situation) -> Answer:
    return about.meets(vocabulary.PAIN_AFTER_48_HOURS, PAIN_FROM)


@rule(
    "PALL-01",
    cites=("temel2010",),
    checked=Checked.FROM_MEMORY,
    strength="None printed",
)
def palliative_consultation(about: Situation) -> Verdict:
    """ECOG of three or more, expected survival under three months, no therapy of the disease left, severe pain after 48
    hours of treatment, dyspnoea at rest, distress of the caregiver, or compression with lost walking: palliative
    consultation within seven days, within 24 hours for severe pain or the last days; and early palliative care is
    offered beside treatment in any metastatic disease of the spine.
    """
    flags = triggers(about)
    called = any_of(*flags.values())
    metastatic: Answer = about.kind is LesionKind.METASTASIS if about.kind else about.is_secondary
    if called is True:
        soon = _severe_pain(about) is True or about.answer(vocabulary.LAST_DAYS) is True
        limit = URGENT_WITHIN if soon else CONSULT_WITHIN
        there = [words for words, answer in flags.items() if answer is True]
        do = f"Palliative consultation within {limit.number:g} {'hours' if soon else limit.unit}."
        return when(True, do=do, because=f"{', '.join(there)}.")
    do = "Offer early palliative care beside treatment."
    return when(any_of(called, metastatic), do=do, because="Metastatic disease of the spine.")


@rule(
    "PALL-02",
    cites=("nice2023ng234",),
    checked=Checked.FROM_MEMORY,
    strength="None printed",
    favours=(Act.PALLIATIVE,),
)
def compression_without_active_treatment(about: Situation) -> Verdict:
    """Compression that is not for active treatment: support, relief of pain, a catheter, radiotherapy in a single
    fraction, and the preference is documented.
    """
    do = "Support, pain relief, catheter; radiotherapy in a single fraction; document the preference."
    return when(about.answer(vocabulary.NOT_FOR_ACTIVE_TREATMENT), do=do, because="Not for active treatment.")


@rule(
    "PALL-03",
    cites=("alcorn2024astro",),
    checked=Checked.READ,
    strength="Guideline conditional",
    favours=(Act.RADIOTHERAPY,),
)
def radiotherapy_for_quality_of_life(about: Situation) -> Verdict:
    """With an expected life of four weeks or more radiotherapy may be given for quality of life."""
    finding = about.finding(vocabulary.LIFE_EXPECTANCY)
    long: Answer
    if isinstance(finding, Unknown):
        long = finding
    else:
        ends = {end * WEEKS_IN_A_MONTH >= RADIOTHERAPY_FROM.number for end in (finding.low, finding.high)}
        long = ends.pop() if len(ends) == 1 else Unknown(ask=frozenset({vocabulary.LIFE_EXPECTANCY.ask}))
    do = "Radiotherapy for quality of life is an option."
    because = f"Expected life of {RADIOTHERAPY_FROM.number:g} weeks or more."
    return when(all_of(about.is_secondary, long), do=do, because=because)


@rule(
    "PALL-04",
    cites=("project",),
    checked=Checked.OURS,
    strength="Project rule",
    degree=Degree.CAUTION,
    against=(Act.EN_BLOC, Act.SEPARATION, Act.INTRALESIONAL, Act.STABILISATION, Act.INTRADURAL),
)
def wishes_of_the_patient(about: Situation) -> Verdict:
    """The advance care plan and the place of care are recorded, and have a veto over a ranking that puts aggressive
    surgery first.
    """
    veto = any_of(
        about.answer(vocabulary.AGGRESSIVE_SURGERY_UNWANTED), about.answer(vocabulary.ADVANCE_DECISION) is True
    )
    do = "Rank no aggressive surgery first: the advance care plan has the veto."
    return when(veto, do=do, because="The recorded wishes speak against aggressive surgery.")


CASE_RULES: tuple[Rule, ...] = (
    palliative_consultation,
    compression_without_active_treatment,
    radiotherapy_for_quality_of_life,
    wishes_of_the_patient,
)
PARAMETERS: tuple[Threshold, ...] = (
    ECOG_FROM,
    SURVIVAL_UNDER,
    PAIN_FROM,
    CONSULT_WITHIN,
    URGENT_WITHIN,
    RADIOTHERAPY_FROM,
)
