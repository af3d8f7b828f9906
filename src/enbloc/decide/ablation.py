"""Rules about ablation by heat or cold (PERC): the limits of each kind, the distance to nerves, and what follows."""

from __future__ import annotations

from collections.abc import Callable

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.fact import AblationKind, BoneQuality
from enbloc.decide.decision import Act, Degree
from enbloc.decide.histology import Radiosensitivity
from enbloc.decide.of_percutaneous import Dangers, in_range, is_band, is_low, limit
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import listed
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.escc import Escc
from enbloc.stage.sins import Stability
from enbloc.value import value

U, V, V2 = Checked.FROM_MEMORY, Checked.READ, Checked.READ_IN_A_COPY
_ORDER = tuple(Level)
LASER_LEVELS = frozenset(_ORDER[_ORDER.index(Level.T2) : _ORDER.index(Level.L1)]) - {Level.T13}
"""T2 to T12."""

LESIONS_TO = limit("lesions for radiofrequency ablation, most", 3, "lesions", "<=", "ryan2022cirse", V2)
CLEAR_FROM = limit("distance of the zone of ablation to cord or root", 10, "mm", ">=", "ryan2022cirse", U)
HURTS_FROM = limit("temperature at which nerves are damaged", 45, "°C", ">=", "ryan2022cirse", V2)
ICE_FROM = limit("distance of an ice ball to nerves, least", 5, "mm", ">=", "gemmete2017", U)
ICE_BETTER = limit("distance of an ice ball to nerves, better", 10, "mm", ">=", "gemmete2017", U)
DURA_BELOW = limit("temperature of the dura under the laser, lower limit", 48, "°C", "<", "tatsui2016litt", U)
DURA_TO = limit("temperature of the dura under the laser, upper limit", 50, "°C", "<", "tatsui2016litt", U)
NIDUS_BELOW = limit("distance of a nidus to nerves that endangers them", 5, "mm", "<", "charestmorin2016benign", V)


def is_kind(about: Situation, kind: AblationKind) -> Answer:
    """Whether the ablation is of this kind."""
    return about.is_one_of(vocabulary.ABLATION_KIND, kind)


def is_clear(about: Situation) -> Answer:
    """Ten millimetres from cord or root, or an intact cortex with a recorded protection."""
    protected = all_of(about.answer(vocabulary.CORTEX_INTACT), about.answer(vocabulary.THERMAL_PROTECTION))
    return any_of(about.meets(vocabulary.ABLATION_TO_NERVE, CLEAR_FROM), protected)


def _of_radiofrequency(about: Situation) -> Dangers:
    failed = any_of(about.answer(vocabulary.RADIOTHERAPY_FAILED), about.answer(vocabulary.RADIOTHERAPY_UNSUITABLE))
    return (
        ("pain", about.has_pain),
        (f"{LESIONS_TO.number:g} lesions at most", about.meets(vocabulary.ABLATION_LESIONS, LESIONS_TO)),
        ("radiotherapy failed or unsuitable", failed),
        ("lytic", about.is_one_of(vocabulary.BONE_REPORTED, BoneQuality.LYTIC)),
        ("SINS 12 or less", negated(is_band(about, Stability.UNSTABLE))),
        (f"{CLEAR_FROM.number:g} mm to nerves, or intact cortex with protection", is_clear(about)),
        ("ESCC 1b or less", is_low(about)),
    )


def _of_cryoablation(about: Situation) -> Dangers:
    # The row prints 5 to 10 mm with warming and monitoring; without those the higher limit counts.
    near = all_of(about.meets(vocabulary.ABLATION_TO_NERVE, ICE_FROM), about.answer(vocabulary.THERMAL_PROTECTION))
    far = about.meets(vocabulary.ABLATION_TO_NERVE, ICE_BETTER)
    words = f"{ICE_FROM.number:g} to {ICE_BETTER.number:g} mm to nerves, with warming and monitoring"
    return ((words, any_of(near, far)), ("ESCC 1b or less", is_low(about)))


def _of_laser(about: Situation) -> Dangers:
    resistant = negated(about.is_radiosensitive)
    able = about.answer(vocabulary.ABLE)
    small = any_of(negated(about.answer(vocabulary.DEFICIT)), about.answer(vocabulary.MINIMAL_DEFICIT))
    return (
        ("radioresistant", resistant if _is_in_the_rows(about) else about.is_secondary),
        ("ESCC 1c or 2", about.grade_in(Escc.GRADE_1C, Escc.GRADE_2)),
        ("no deficit, or a minimal one", small),
        ("T2 to T12", in_range(about, LASER_LEVELS)),
        ("unfit for open surgery", negated(able)),
    )


def _is_in_the_rows(about: Situation) -> bool:
    """Whether NOMS gives it a class: a primary tumour has none."""
    one = about.histology
    return about.is_secondary is True and (one is None or one.row is not Radiosensitivity.NOT_APPLICABLE)


def laser_is_allowed(about: Situation) -> Answer:
    """Laser under the conditions of PERC-08, the exception of STOP-09."""
    return all_of(is_kind(about, AblationKind.LASER), *(holds for _, holds in _of_laser(about)))


@value
class Way:
    """One kind of ablation: its limits, and what to do within them."""

    id: str
    kind: AblationKind
    statement: str
    do: str
    limits: Callable[[Situation], Dangers]
    cites: tuple[str, ...]
    checked: Checked
    strength: str


WAYS: tuple[Way, ...] = (
    Way(
        id="PERC-06",
        kind=AblationKind.RADIOFREQUENCY,
        statement="Radiofrequency ablation is for up to three painful lytic lesions after failed or without suitable "
        "radiotherapy, SINS up to 12, ESCC up to 1b, and 10 mm from cord or root, or behind an intact cortex with "
        "protection; nerves are damaged from 45 °C, and cement usually follows.",
        do=f"An option; keep nerves below {HURTS_FROM.number:g} °C; cement usually follows.",
        limits=_of_radiofrequency,
        cites=("ryan2022cirse", "sola2015rfa"),
        checked=V2,
        strength="Guideline",
    ),
    Way(
        id="PERC-07",
        kind=AblationKind.CRYOABLATION,
        statement="Cryoablation is for larger, blastic or soft-tissue tumours with ESCC up to 1b: the visible ice ball "
        "stays 5 to 10 mm from nerves, with warming by carbon dioxide or saline and monitoring.",
        do=f"An option for a large, blastic or soft-tissue tumour; keep the ice ball {ICE_FROM.number:g} to "
        f"{ICE_BETTER.number:g} mm from nerves, warm, and monitor by MEP or thermocouple.",
        limits=_of_cryoablation,
        cites=("ryan2022cirse", "gemmete2017"),
        checked=U,
        strength="Guideline",
    ),
    Way(
        id="PERC-08",
        kind=AblationKind.LASER,
        statement="Laser interstitial therapy is for a radioresistant tumour from T2 to T12 with ESCC 1c or 2, no or a "
        "minimal deficit, unfit for open surgery: under MR thermometry, always with radiosurgery and percutaneous "
        "screws after it.",
        do=f"An option: MR thermometry, dura below {DURA_BELOW.number:g} to {DURA_TO.number:g} °C; always radiosurgery "
        "after it and percutaneous screws.",
        limits=_of_laser,
        cites=("tatsui2016litt",),
        checked=U,
        strength="Cohort",
    ),
)


def _rule(way: Way) -> Rule:
    def judge(about: Situation) -> Verdict:
        if about.histology is not None and about.histology.key == "osteoid_osteoma":
            return None  # judged by the distance of its nidus (PRIM-16, PERC-09), not by the limits of a metastasis
        kind = is_kind(about, way.kind)
        limits = way.limits(about) if kind is True else ()
        missed = [words for words, holds in limits if holds is False]
        if missed:
            do = f"Outside the limits of the row: not {listed(missed)}."
            return when(kind, do=do, because=about.where)
        # A limit that nobody has answered leaves open whether this is an option at all.
        return when(all_of(kind, *(holds for _, holds in limits)), do=way.do, because=about.where)

    judge.__doc__ = way.statement
    declare = rule(
        way.id,
        cites=way.cites,
        checked=way.checked,
        strength=way.strength,
        degree=Degree.CAUTION,
        acts=(Act.ABLATION,),
    )
    return declare(judge)


BY_KIND: tuple[Rule, ...] = tuple(_rule(way) for way in WAYS)


def nidus_is_near(about: Situation) -> Answer:
    """The nidus of an osteoid osteoma nearer than 5 mm to nerves."""
    if about.histology is None or about.histology.key != "osteoid_osteoma":
        return False
    return about.meets(vocabulary.NIDUS_TO_NERVE, NIDUS_BELOW)


@rule(
    "PERC-09",
    cites=("charestmorin2016benign",),
    checked=V,
    strength="GRADE strong, very low quality",
    degree=Degree.CAUTION,
    acts=(Act.ABLATION,),
)
def nidus_beside_nerves(about: Situation) -> Verdict:
    """The nidus of an osteoid osteoma less than 5 mm from nerves is ablated with thermal protection or excised."""
    do = "Use thermal protection, or excise it (PRIM-16)."
    return when(nidus_is_near(about), do=do, because=f"Nidus less than {NIDUS_BELOW.number:g} mm from nerves.")


@rule("PERC-10", cites=("ryan2022cirse",), checked=U, strength="Expert", degree=Degree.CAUTION, acts=(Act.ABLATION,))
def never_ablation_alone(about: Situation) -> Verdict:
    """With SINS of seven or more ablation is never done without a plan for augmentation or fixation."""
    condition = all_of(about.warrants_consultation, negated(about.answer(vocabulary.AUGMENTATION_PLANNED)))
    return when(condition, do="Plan augmentation or fixation with it.", because=about.sins_words)


CASE_RULES: tuple[Rule, ...] = ()
ACT_RULES: tuple[Rule, ...] = (*BY_KIND, nidus_beside_nerves, never_ablation_alone)
PARAMETERS: tuple[Threshold, ...] = (
    LESIONS_TO,
    CLEAR_FROM,
    HURTS_FROM,
    ICE_FROM,
    ICE_BETTER,
    DURA_BELOW,
    DURA_TO,
    NIDUS_BELOW,
)
