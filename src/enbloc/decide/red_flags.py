"""Red flags and their clocks (RED): what is an emergency is said from the fields that there are, however few."""

from __future__ import annotations

from datetime import timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.case.neurology import Ambulation
from enbloc.decide import clock
from enbloc.decide.acts import SURGERY
from enbloc.decide.clock import Hours
from enbloc.decide.compression import is_high
from enbloc.decide.decision import Act, Degree
from enbloc.decide.planned import ADULT_FROM, is_adult
from enbloc.decide.presentation import (
    PARAMETERS as OF_PRESENTATION,
)
from enbloc.decide.presentation import (
    has_cauda_pattern,
    has_fever,
    has_known_cancer,
    has_pain,
    has_signs,
    infection_flags,
    is_mscc_suspected,
    is_suggestive,
    may_be_infected,
    may_have_cancer,
    present,
    red_flags_of_pain,
    signs_words,
)
from enbloc.decide.prognosis import PARAPLEGIA_WITHIN, is_paraplegic_too_long
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit, project_value

_NICE = "nice2023ng234"
MRI_WITHIN = limit("MRI of the whole spine in suspected compression", 24, "h", "<=", _NICE, Checked.READ_IN_A_COPY)
CONTACT_WITHIN = limit(
    "contact of the coordinator for pain suggestive of metastasis", 24, "h", "<=", _NICE, Checked.READ_IN_A_COPY
)
MRI_OF_PAIN = limit("MRI for pain suggestive of metastasis", 1, "week", "<=", _NICE, Checked.READ_IN_A_COPY)
IMAGING_OF_PAIN = project_value(
    "imaging for pain with a red flag and no known cancer", 2, "weeks", "<=", source="RED-03"
)
IMAGING_OF_FEVER = project_value("imaging for pain with neurology or fever", 24, "h", "<=", source="RED-03")
INFECTION_MRI = limit(
    "MRI where an infection must be excluded", 24, "h", "<=", "finucane2020redflags", Checked.FROM_MEMORY
)
OPERATE_AFTER_DECISION = limit("operation after the decision", 24, "h", "<=", "patchell2005", Checked.READ_IN_A_COPY)
OPERATE_AFTER_PRESENTATION = limit(
    "operation after the first presentation with the deficit",
    48,
    "h",
    "<=",
    "quraishi2013timing",
    Checked.FROM_MEMORY,
)
YOUNG_DEFICIT = limit("deficit that surgery may still reverse", 48, "h", "<", "patchell2005", Checked.READ_IN_A_COPY)


def _emergency_mri(about: Situation) -> str:
    """The MRI of an emergency: one that was done may be older than the signs."""
    if about.answer(vocabulary.WHOLE_SPINE_MRI) is True:
        return "repeat the MRI of the whole spine if the signs are newer than it"
    return f"MRI of the whole spine as soon as possible, always within {MRI_WITHIN.number:g} hours"


@rule(
    "RED-01",
    cites=(_NICE,),
    checked=Checked.READ_IN_A_COPY,
    strength='Guideline strong ("offer")',
    degree=Degree.URGENT,
)
def suspected_compression(about: Situation) -> Verdict:
    """Known or suspected cancer with spinal pain and a neurological sign is suspected metastatic compression: the
    coordinator or oncology is contacted immediately, with MRI of the whole spine always within 24 hours.
    """
    # Pain that nobody has recorded does not hide the emergency; only its absence takes it to RED-10.
    condition = all_of(may_have_cancer(about), has_pain(about) is not False, has_signs(about))
    do = f"Contact the MSCC coordinator or oncology immediately; {_emergency_mri(about)}."
    return when(condition, do=do, because=signs_words(about))


@rule(
    "RED-02",
    cites=(_NICE,),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline strong",
    degree=Degree.URGENT,
)
def suggestive_pain_in_known_cancer(about: Situation) -> Verdict:
    """Known cancer with pain that suggests a spinal metastasis and without neurology: the coordinator is contacted
    within 24 hours, and MRI is done within one week.
    """
    neurology = has_signs(about)
    condition = all_of(has_known_cancer(about), is_suggestive(about), neurology is not True)
    do = f"Contact the MSCC coordinator within {CONTACT_WITHIN.number:g} hours"
    done = about.answer(vocabulary.WHOLE_SPINE_MRI) is True
    do += "; the MRI of the spine is done." if done else f"; MRI within {MRI_OF_PAIN.number:g} week."
    if neurology is not False:
        do += f" Examine the neurology now: any sign makes it {MRI_WITHIN.number:g} hours (RED-01)."
    return when(condition, do=do, because="Known cancer, and pain that suggests a spinal metastasis.")


@rule(
    "RED-03",
    cites=("finucane2020redflags",),
    checked=Checked.FROM_MEMORY,
    strength="Expert consensus",
    degree=Degree.URGENT,
)
def red_flag_without_known_cancer(about: Situation) -> Verdict:
    """New spinal pain without a known cancer, with suggestive pain, weight loss, fever, or pain that has not settled
    after four weeks above the age of 50: urgent imaging, with infection and a primary tumour both in mind.
    """
    flags = red_flags_of_pain(about)
    unknown_cancer = has_known_cancer(about) is not True
    condition = all_of(unknown_cancer, has_pain(about), any_of(*flags.values()))
    hurried = has_signs(about) is True or has_fever(about) is True
    limit = IMAGING_OF_FEVER if hurried else IMAGING_OF_PAIN
    image = f"Image the spine within {limit.number:g} {'hours' if hurried else limit.unit}"
    if all_of(about.answer(vocabulary.LEVEL_MRI), about.answer(vocabulary.WHOLE_SPINE_MRI)) is True:
        image = "Repeat the MRI of the spine if fever or signs are newer than it" if hurried else "The spine is imaged"
    return when(condition, do=f"{image}: infection and primary tumour?", because=present(flags))


@rule(
    "RED-04",
    cites=(_NICE,),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.URGENT,
)
def cauda_equina(about: Situation) -> Verdict:
    """A pattern of the cauda equina (saddle anaesthesia, retention, radiculopathy of both legs): emergency MRI on the
    same day, and a catheter or bladder scan.
    """
    do = "Emergency MRI today; bladder scan or catheter."
    return when(has_cauda_pattern(about), do=do, because="Signs of the cauda equina.")


@rule("RED-05", cites=(_NICE,), checked=Checked.FROM_MEMORY, strength="Guideline strong", degree=Degree.CAUTION)
def normal_radiograph(about: Situation) -> Verdict:
    """A normal plain radiograph does not exclude metastasis or compression."""
    do = "Do not take the radiograph to exclude a metastasis or compression."
    return when(about.answer(vocabulary.RADIOGRAPH_NORMAL), do=do, because="A plain radiograph was called normal.")


@rule("RED-06", cites=(_NICE,), checked=Checked.FROM_MEMORY, strength="Guideline", degree=Degree.URGENT)
def lie_flat(about: Situation) -> Verdict:
    """Suspected metastatic compression with severe pain on movement or neurological signs: flat bed rest in neutral
    alignment with log-rolling until stability is assessed, then graded sitting with checks of the neurology.
    """
    reason = any_of(has_signs(about), about.answer(vocabulary.SEVERE_MOVEMENT_PAIN))
    do = "Flat bed rest in neutral alignment, log-roll, until stability is assessed."
    if about.is_unstable is False:
        do = "Stability is assessed: graded sitting, with checks of the neurology."
    return when(all_of(is_mscc_suspected(about), reason), do=do, because=signs_words(about))


@rule("RED-07", cites=("beyer2019rfa", "who2020bone"), checked=Checked.FROM_MEMORY, strength="Expert")
def child_with_painful_scoliosis(about: Situation) -> Verdict:
    """A child or adolescent with a painful scoliosis, or with pain at night that an anti-inflammatory drug relieves,
    is imaged for osteoid osteoma and osteoblastoma.
    """
    pain = any_of(about.answer(vocabulary.PAINFUL_SCOLIOSIS), about.answer(vocabulary.NIGHT_PAIN_RELIEVED))
    because = f"Painful scoliosis or night pain under {ADULT_FROM.number:g}."
    condition = all_of(negated(is_adult(about)), pain)
    return when(condition, do="Image for osteoid osteoma and osteoblastoma.", because=because)


@rule(
    "RED-08",
    cites=("patchell2005",),
    checked=Checked.READ_IN_A_COPY,
    strength="RCT exclusion criterion",
    degree=Degree.CAUTION,
    against=(Act.SEPARATION,),
)
def long_paraplegia(about: Situation) -> Verdict:
    """After a paraplegia of more than 48 hours surgery is unlikely to bring the neurology back: it is for pain or
    instability only, and the duration is recorded.
    """
    do = "Operate for pain or instability only, and record the duration."
    return when(
        is_paraplegic_too_long(about),
        do=do,
        because=f"Complete paraplegia for more than {PARAPLEGIA_WITHIN.number:g} hours.",
    )


@rule(
    "RED-09",
    cites=("patchell2005", "quraishi2013timing"),
    checked=Checked.READ_IN_A_COPY,
    strength="RCT protocol / cohort",
    degree=Degree.URGENT,
    acts=SURGERY,
)
def operate_in_time(about: Situation) -> Verdict:
    """A patient who walks, or whose deficit is younger than 48 hours, with confirmed compression and surgery chosen, is
    operated within 24 hours of the decision and not later than 48 hours from the first presentation with the deficit.
    """
    if about.is_intradural is True:
        return None
    if about.is_secondary is False and about.answer(vocabulary.DEFICIT) is False:
        return None  # the clock is of metastatic compression; a primary tumour without a deficit has none
    walks = about.is_one_of(vocabulary.AMBULATION, Ambulation.INDEPENDENT.value, Ambulation.AIDED.value)
    # A deficit of unknown age counts as young: the clock is an emergency, and is never withheld.
    condition = all_of(is_high(about), any_of(walks, _deficit_is_old(about) is not True))
    return when(condition, do=_deadlines(about), because=about.escc_words)


def _deficit_is_old(about: Situation) -> Answer:
    """Whether a deficit is surely as old as the trial of surgery no longer took; its day alone may leave that open."""
    deficit = about.answer(vocabulary.DEFICIT)
    if deficit is not True:
        return deficit
    began, ask = about.deficit_since, "duration of the deficit"
    if began is None or about.today is None or began > about.today:
        waited = clock.since(about.known(vocabulary.PRESENTED), about.today)
        # The deficit is at least as old as the presentation with it, and may be older.
        return (waited is not None and waited.low >= YOUNG_DEFICIT.number) or unknown(ask)
    days = (about.today - began).days
    hours = Hours(low=24.0 * max(0, days - 1), high=24.0 * (days + 1))
    return negated(clock.meets(hours, YOUNG_DEFICIT, ask=ask))


def _deadlines(about: Situation) -> str:
    """By when to operate, from the moments that are recorded; the first presentation is never counted anew."""
    told = []
    for words, named, within in (
        ("the decision", vocabulary.DECIDED, OPERATE_AFTER_DECISION),
        ("the first presentation with the deficit", vocabulary.PRESENTED, OPERATE_AFTER_PRESENTATION),
    ):
        moment = about.known(named)
        by = "" if moment is None else f", that is by {moment + timedelta(hours=within.number):%Y-%m-%d %H:%M}"
        told.append(f"within {within.number:g} hours of {words}{by}")
    return f"Operate {told[0]}, and {told[1]}, whichever comes first."


@rule(
    "RED-10",
    cites=("finucane2020redflags",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.URGENT,
)
def signs_without_known_cancer(about: Situation) -> Verdict:
    """A new neurological sign of the cord without a known cancer has the urgency of suspected compression: emergency
    MRI of the whole spine within 24 hours, the spinal surgeon on call, and the rules of biopsy before any act that is
    not an emergency.
    """
    # A cancer that nobody knows of is none; and one with signs but no pain, which RED-01 leaves out, is as urgent.
    elsewhere = has_known_cancer(about) is True and has_pain(about) is not False
    condition = all_of(has_signs(about), not elsewhere)
    today = has_cauda_pattern(about) is True or about.answer(vocabulary.PROGRESSING) is True
    mri = "emergency MRI of the whole spine today" if today else _emergency_mri(about)
    do = f"Call the spinal surgeon on call; {mri}; tissue before any act that is not an emergency (BX)."
    return when(condition, do=do, because=signs_words(about))


@rule(
    "RED-11",
    cites=("finucane2020redflags",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.URGENT,
)
def infection_must_be_excluded(about: Situation) -> Verdict:
    """Pain or a deficit with fever, recent bacteraemia, intravenous drug use, a change centred on disc or endplate, a
    collection with an enhancing rim, or poor defence with a rising C-reactive protein: abscess, discitis and
    tuberculosis must be excluded.
    """
    do = (
        f"MRI with gadolinium within {INFECTION_MRI.number:g} hours; blood cultures before antibiotics if stable; "
        "dexamethasone only after STER-12."
    )
    return when(may_be_infected(about), do=do, because=present(infection_flags(about)))


CASE_RULES: tuple[Rule, ...] = (
    suspected_compression,
    suggestive_pain_in_known_cancer,
    red_flag_without_known_cancer,
    cauda_equina,
    normal_radiograph,
    lie_flat,
    child_with_painful_scoliosis,
    long_paraplegia,
    signs_without_known_cancer,
    infection_must_be_excluded,
)
ACT_RULES: tuple[Rule, ...] = (operate_in_time,)
PARAMETERS: tuple[Threshold, ...] = (
    *OF_PRESENTATION,
    MRI_WITHIN,
    CONTACT_WITHIN,
    MRI_OF_PAIN,
    IMAGING_OF_PAIN,
    IMAGING_OF_FEVER,
    INFECTION_MRI,
    OPERATE_AFTER_DECISION,
    OPERATE_AFTER_PRESENTATION,
    YOUNG_DEFICIT,
)
