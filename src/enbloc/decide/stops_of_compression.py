"""Hard stops about compression: a decision that comes too late, surgery or radiosurgery that does not fit it."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.case.fact import DeclineWithRadiotherapy
from enbloc.decide import clock
from enbloc.decide.acts import BESIDE_BONE, SURGERY
from enbloc.decide.compression import is_cauda_pressed, is_high, is_treated_without_surgery
from enbloc.decide.cord_dose import is_passed_first
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.escc import Escc

DECISION_WITHIN = Threshold(
    name="decision on treatment after presentation with a deficit",
    number=24,
    unit="h",
    comparator="<=",
    source="patchell2005",
    checked=Checked.READ_IN_A_COPY,
    since="2026-11-20",
)


@rule(
    "STOP-08",
    cites=("patchell2005", "nice2023ng234"),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
)
def compression_without_a_decision(about: Situation) -> Verdict:
    """High-grade compression with a neurological deficit and no treatment decision recorded within 24 hours of
    presentation: irreversible loss.
    """
    # Within the dura there is no ESCC: what counts there is the cauda alone.
    pressed = is_high(about) if about.is_intradural is not True else is_cauda_pressed(about)
    condition = all_of(pressed, about.answer(vocabulary.DEFICIT), negated(_is_decided_in_time(about)))
    do = f"Decide on treatment within {DECISION_WITHIN.number:g} hours of presentation."
    if about.known(vocabulary.DECIDED) is not None:
        do = "Treat without further delay, and record why the decision came late."
    return when(condition, do=do, because=f"{about.escc_words} {_waited(about)}")


def _is_decided_in_time(about: Situation) -> Answer:
    """Whether the recorded decision came in time; without one nobody knows, until the hours are surely over."""
    presented, decided = about.known(vocabulary.PRESENTED), about.known(vocabulary.DECIDED)
    if decided is None:
        waited = clock.since(presented, about.today)
        over = clock.meets(waited, DECISION_WITHIN, ask=vocabulary.DECIDED.ask) is False
        asks = (vocabulary.DECIDED.ask, *((vocabulary.PRESENTED.ask,) if presented is None else ()))
        return False if over else unknown(*asks)
    if about.today is not None and decided.date() > about.today:
        return unknown("the decision is recorded for a day after that of the case: which day is right?")
    hours = clock.between(presented, decided)
    if hours is None:
        return unknown(vocabulary.PRESENTED.ask)
    if hours.low < 0:
        return unknown("the decision is recorded before the presentation: which hour is right?")
    return clock.meets(hours, DECISION_WITHIN, ask=vocabulary.PRESENTED.ask)


def _waited(about: Situation) -> str:
    presented, decided = about.known(vocabulary.PRESENTED), about.known(vocabulary.DECIDED)
    if decided is None:
        return "No decision on treatment is recorded."
    hours = clock.between(presented, decided)
    return f"The decision came {hours.low:.1f} hours after presentation." if hours else "Nobody knows when it began."


@rule(
    "STOP-22",
    cites=("patchell2005", "fisher2010sins"),
    checked=Checked.FROM_MEMORY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=BESIDE_BONE,
)
def laminectomy_alone(about: Situation) -> Verdict:
    """Laminectomy alone for compression from the front, or with SINS of seven or more: it destabilises, and does not
    decompress from the front.
    """
    # Within the dura a laminectomy is the way in, and INTRA-14 says when to fix.
    if about.plan is None:
        return None
    alone = about.answer(vocabulary.LAMINECTOMY_ALONE)
    if about.plan.act in _FIXED and not isinstance(alone, bool):
        return None  # fixation belongs to these acts
    condition = all_of(alone, any_of(about.answer(vocabulary.VENTRAL_COMPRESSION), about.warrants_consultation))
    do = "Plan fixation, and decompression from where the tumour presses."
    return when(condition, do=do, because=f"Laminectomy alone is planned. {about.sins_words}")


_FIXED = frozenset({Act.SEPARATION, Act.STABILISATION, Act.EN_BLOC})


@rule(
    "STOP-23",
    cites=("patchell2005", "laufer2013noms"),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=SURGERY,
    against=SURGERY,
)
def surgery_first_for_a_radiosensitive_tumour(about: Situation) -> Verdict:
    """Surgery as the first treatment of a proven lymphoma, leukaemia, myeloma, plasmacytoma, seminoma or germ cell
    tumour that is stable, without a fragment in the canal, failed radiotherapy or decline: radiotherapy or systemic
    therapy goes first.
    """
    condition = all_of(
        is_treated_without_surgery(about),
        about.answer(vocabulary.PROVEN),
        negated(about.warrants_consultation),
        negated(about.answer(vocabulary.BONE_FRAGMENT)),
        negated(_radiotherapy_failed(about)),
        negated(_declined_during_radiotherapy(about)),
    )
    return when(condition, do="Ask the haematologist and the radiation oncologist first.", because=about.sins_words)


def _radiotherapy_failed(about: Situation) -> Answer:
    """Whether earlier radiotherapy at the level failed; that there was some does not say so."""
    earlier = about.answer(vocabulary.PRIOR_RADIOTHERAPY)
    return False if earlier is False else about.answer(vocabulary.RADIOTHERAPY_FAILED)


def _declined_during_radiotherapy(about: Situation) -> Answer:
    if about.answer(vocabulary.PRIOR_RADIOTHERAPY) is False:
        return False
    return about.is_one_of(vocabulary.DECLINE_WITH_RADIOTHERAPY, DeclineWithRadiotherapy.DURING)


@rule(
    "STOP-25",
    cites=("laufer2013separation", "sahgal2021hytec"),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=(Act.RADIOSURGERY,),
    against=(Act.RADIOSURGERY,),
)
def radiosurgery_alone_under_compression(about: Situation) -> Verdict:
    """Radiosurgery as the only treatment of ESCC 2 or 3, or of 1c without a plan that covers the target and spares
    the cord: too little dose, or myelopathy.
    """
    if about.is_intradural is True and about.known(vocabulary.ESCC_REPORTED) is None:
        return None  # no ESCC within the dura, and none was read; the limits of the dose hold there too
    contact = about.grade_in(Escc.GRADE_1C)
    # Without a dose plan nothing is proven, and nothing disproven: 1c stays open until somebody says what it shows.
    # Whatever they say, a dose beyond the limit to cord or cauda disproves it.
    unproven = any_of(negated(about.answer(vocabulary.DOSE_PLAN_PROVES)), is_passed_first(about) is True)
    condition = any_of(about.is_high_grade, all_of(contact, unproven))
    return when(condition, do="Separate tumour and cord first.", because=about.escc_words)


ACT_RULES: tuple[Rule, ...] = (laminectomy_alone,)  # the others are listed where they came from: stops, metastasis
PARAMETERS: tuple[Threshold, ...] = (DECISION_WITHIN,)
