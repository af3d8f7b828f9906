"""Rules about segmental and vertebral arteries (VASC): how many may go, and what is tested before."""

from __future__ import annotations

from collections.abc import Iterable

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer, Level, Side
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.case.fact import Approach, Dominance
from enbloc.case.sided import SegmentalArtery
from enbloc.decide.acts import SURGERY, TAKING_ARTERIES
from enbloc.decide.decision import Act, Degree
from enbloc.decide.remembering import once
from enbloc.decide.roots import of_adults
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import is_any, listed, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit, project_value
from enbloc.stage.extent import runs

LEVELS_SAFE_TO = Threshold(
    name="consecutive levels whose segmental arteries are accepted to be cut on both sides",
    number=3,
    unit="levels",
    comparator="<=",
    source="fujimaki2006",
    checked=Checked.READ,
    since="2026-11-20",
)
LEVELS_STOP_FROM = project_value(
    "consecutive levels with segmental arteries cut on both sides that need an ischaemia plan",
    4,
    "levels",
    ">=",
    source="VASC-02: one stricter than the animal figure of five",
)


PRESSURE_FROM = limit("mean arterial pressure while arteries are cut", 85, "mmHg", ">=", "VASC-02", Checked.FROM_MEMORY)
ISCHAEMIA_TO = limit(
    "cord ischaemia after anterior thoracolumbar ligation", 0.75, "%", "<=", "focus2020ischemia", Checked.READ
)
TEST_FROM = limit("shortest test occlusion of a vertebral artery", 20, "min", ">=", "VASC-04", Checked.FROM_MEMORY)
TEST_TO = limit("longest test occlusion of a vertebral artery", 30, "min", "<=", "VASC-04", Checked.FROM_MEMORY)
TWO_SESSIONS_FROM = limit(
    "segmental arteries cut in two sessions without deficit, least", 9, "arteries", ">=", "sugita2015", Checked.READ
)
TWO_SESSIONS_TO = limit(
    "segmental arteries cut in two sessions without deficit, most", 11, "arteries", "<=", "sugita2015", Checked.READ
)

NECK = frozenset(list(Level)[: list(Level).index(Level.T1) + 1])
"""Where a vertebral artery may be met: it enters the neck in front of the first thoracic vertebra."""

Arteries = tuple[SegmentalArtery, ...]


def planned(about: Situation) -> Arteries | Unknown:
    """The segmental arteries that the plan cuts or embolises."""
    return several(about, vocabulary.SEGMENTAL_ARTERIES)


def bilateral_run(arteries: Iterable[SegmentalArtery]) -> tuple[Level, ...]:
    """The longest run of consecutive levels that lose the arteries of both sides, the upper of two as long.

    T13 and L6 may be absent between two levels.
    """
    held = set(arteries)
    both = {one.level for one in held if one.mirrored in held}
    return max(runs(both), key=len, default=())


@once
def longest_run(about: Situation) -> tuple[Level, ...] | Unknown:
    """The longest bilateral run after the plan, what earlier operations and embolisations took included.

    Nothing where the plan takes no artery. While the earlier ones are not stated the run of the plan alone counts if
    it is long enough by itself; otherwise it is open: an operation without arteries in the record is not one that
    spared them.
    """
    now = planned(about)
    if isinstance(now, Unknown) or not now:
        return now if isinstance(now, Unknown) else ()
    before = several(about, vocabulary.EARLIER_ARTERIES)
    if isinstance(before, Unknown):
        alone = bilateral_run(now)
        return alone if len(alone) >= LEVELS_STOP_FROM.number else before
    return bilateral_run(_joined(now, before))


def _joined(now: Arteries, before: Arteries) -> list[SegmentalArtery]:
    """The arteries of every bilateral run that the plan adds to; one that was lost before elsewhere is not its own."""
    held = {*now, *before}
    both = {one.level for one in held if one.mirrored in held}
    touched = {one.level for one in now}
    joined = {level for run in runs(both) if touched & set(run) for level in run}
    return [one for one in held if one.level in joined]


def is_long(about: Situation) -> Answer:
    """Whether so many consecutive levels lose both arteries that the cord is in danger."""
    run = longest_run(about)
    return run if isinstance(run, Unknown) else len(run) >= LEVELS_STOP_FROM.number


@once
def takes_adamkiewicz(about: Situation) -> Answer:
    """Whether the plan takes the artery of Adamkiewicz or its fellow of the other side."""
    now, feeder = planned(about), several(about, vocabulary.ADAMKIEWICZ)
    if now == ():
        return False
    if isinstance(now, Unknown) or isinstance(feeder, Unknown):
        return all_of(is_any(now), is_any(feeder))
    return bool({one.level for one in now} & {one.level for one in feeder})


@once
def arteries_words(about: Situation) -> str:
    """What the plan takes and what was taken before, in a line."""
    now, before = planned(about), several(about, vocabulary.EARLIER_ARTERIES)
    said = "Arteries of the plan: " + (listed(now) if not isinstance(now, Unknown) else "not stated")
    if not isinstance(before, Unknown) and before:
        said += f"; taken before: {listed(before)}"
    run = longest_run(about)
    if not isinstance(run, Unknown) and run:
        said += f"; both sides at {listed(run)} ({len(run)} consecutive)"
    return f"{said}."


@rule(
    "VASC-01",
    cites=("sugita2015", "ueda2005", "fujimaki2006", "murakami2010"),
    checked=Checked.READ,
    strength="Cohort and animal",
    acts=TAKING_ARTERIES,
)
def few_levels_are_safe(about: Situation) -> Verdict:
    """Segmental arteries cut or embolised on both sides at up to three consecutive levels are accepted as safe in
    practice; the pair of the artery of Adamkiewicz is not embolised if it is seen.
    """
    run = longest_run(about)
    few: Answer = run if isinstance(run, Unknown) else 0 < len(run) <= LEVELS_SAFE_TO.number
    condition = all_of(few, negated(takes_adamkiewicz(about)))
    do = f"Accepted up to {LEVELS_SAFE_TO.number:g} consecutive levels; do not embolise the pair of Adamkiewicz."
    return when(condition, do=do, because=arteries_words(about))


@rule(
    "VASC-02",
    cites=("fujimaki2006", "ueda2005"),
    checked=Checked.READ,
    strength="Animal",
    degree=Degree.CAUTION,
    acts=TAKING_ARTERIES,
)
def many_levels_need_a_plan(about: Situation) -> Verdict:
    """Segmental arteries on both sides at four or more consecutive levels, or the artery of Adamkiewicz: special
    consent, stages, a clip test with motor potentials and a mean arterial pressure of at least 85. In animals the
    cord's flow was 85 to 81 % of control after three levels, 71.5 % after four without deficit, and 44 % after five
    with deficits: risk begins at five, and four is the margin of this project.
    """
    do = (
        "Get special consent, stage it, test by a clip with motor evoked potentials, and keep a mean arterial pressure "
    )
    do += f"of at least {PRESSURE_FROM.number:g} mmHg."
    return when(any_of(is_long(about), takes_adamkiewicz(about)), do=do, because=arteries_words(about))


@rule(
    "VASC-03",
    cites=("focus2020ischemia",),
    checked=Checked.READ,
    strength="Review",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def anterior_ligation(about: Situation) -> Verdict:
    """Ligation of segmental arteries by an anterior thoracolumbar approach: ischaemia of the cord in 0 to 0.75 %, more
    with hyperkyphosis, a combined approach or an earlier operation; ligate at the middle of the body, on one side, and
    not in hypotension.
    """
    in_front = about.is_one_of(vocabulary.APPROACHES, Approach.ANTERIOR)
    do = "Ligate at the middle of the body, on one side, and not in hypotension; cord ischaemia is reported in up to "
    do += f"{ISCHAEMIA_TO.number:g} %.{of_adults(about)}"
    return when(all_of(in_front, is_any(planned(about))), do=do, because=_dangers(about))


def _dangers(about: Situation) -> str:
    """Which of the named dangers the record holds."""
    ways = several(about, vocabulary.APPROACHES)
    named = []
    if not isinstance(ways, Unknown) and len(set(ways)) > 1:
        named.append("combined approach")
    if about.answer(vocabulary.OPERATED_AT_LEVEL) is True:
        named.append("earlier operation")
    more = f" More danger: {listed(named)}." if named else ""
    return arteries_words(about) + more


@rule(
    "VASC-04",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=TAKING_ARTERIES,
)
def vertebral_artery_in_tumour(about: Situation) -> Verdict:
    """A vertebral artery in the tumour: test occlusion by a balloon for 20 to 30 minutes; it is sacrificed only if it
    is not dominant and the other or the posterior communicating artery is good; otherwise bypass or leave it.
    """
    if not may_meet_vertebral(about):
        return None
    do = f"Test by balloon occlusion for {TEST_FROM.number:g} to {TEST_TO.number:g} minutes; sacrifice only an artery "
    do += "that is not dominant, with a good other or posterior communicating artery; otherwise bypass or leave it."
    return when(any_of(_in_tumour(about), sacrifices(about)), do=do, because=_vertebral_words(about))


def may_meet_vertebral(about: Situation) -> bool:
    """Whether the lesion or the plan lies where a vertebral artery runs; also while the level is not known."""
    of_plan = about.plan.levels if about.plan is not None else ()
    levels = {*about.levels, *of_plan}
    return not levels or bool(levels & NECK)


def sacrifices(about: Situation) -> Answer:
    """Whether the plan sacrifices a vertebral artery."""
    return is_any(several(about, vocabulary.VERTEBRAL_SACRIFICED))


def _in_tumour(about: Situation) -> Answer:
    stated = is_any(several(about, vocabulary.VERTEBRAL_IN_TUMOUR))
    layers = several(about, vocabulary.WBB_LAYERS)
    # That layer F was not marked settles nothing: an artery may be encased outside its foramen.
    marked = not isinstance(layers, Unknown) and Layer.F.value in layers
    return any_of(stated, marked)


def _vertebral_words(about: Situation) -> str:
    held = several(about, vocabulary.VERTEBRAL_IN_TUMOUR)
    gone = several(about, vocabulary.VERTEBRAL_SACRIFICED)
    said = []
    if not isinstance(held, Unknown) and held:
        said.append(f"Vertebral artery in the tumour: {_sides(held)}.")
    if not isinstance(gone, Unknown) and gone:
        said.append(f"To be sacrificed: {_sides(gone)}.")
        said += [f"The {side.value} one is dominant." for side in gone if _is_dominant(about, side)]
        said += ["No artery is left on the other side."] if len(set(gone)) > 1 else []
    return " ".join(said) or "The tumour lies in the layer of the vertebral artery (F)."


def _sides(held: Iterable[Side]) -> str:
    return listed(side.value for side in Side if side in set(held))


def _is_dominant(about: Situation, side: Side) -> bool:
    stated = about.known(vocabulary.VERTEBRAL_DOMINANCE)
    return isinstance(stated, Dominance) and stated.value == side.value


@rule("VASC-05", cites=("sugita2015",), checked=Checked.READ, strength="Cohort", acts=(Act.EN_BLOC,))
def second_spondylectomy(about: Situation) -> Verdict:
    """A second total en bloc spondylectomy at another level: a total of up to nine to eleven segmental arteries in two
    sessions without deficit is reported (seven patients).
    """
    now, before = planned(about), several(about, vocabulary.EARLIER_ARTERIES)
    total = len({*_held(now), *_held(before)})
    least, most = TWO_SESSIONS_FROM.number, TWO_SESSIONS_TO.number
    do = f"Count both sessions: up to {least:g} to {most:g} segmental arteries are reported without deficit"
    do += f"; {total} are more than that." if total > most else "."
    do += of_adults(about)
    return when(all_of(is_any(now), is_any(before)), do=do, because=f"{arteries_words(about)} Together: {total}.")


def _held(arteries: Arteries | Unknown) -> Arteries:
    return () if isinstance(arteries, Unknown) else arteries


ACT_RULES: tuple[Rule, ...] = (
    few_levels_are_safe,
    many_levels_need_a_plan,
    anterior_ligation,
    vertebral_artery_in_tumour,
    second_spondylectomy,
)
PARAMETERS: tuple[Threshold, ...] = (
    LEVELS_SAFE_TO,
    LEVELS_STOP_FROM,
    PRESSURE_FROM,
    ISCHAEMIA_TO,
    TEST_FROM,
    TEST_TO,
    TWO_SESSIONS_FROM,
    TWO_SESSIONS_TO,
)
