"""Rules about systemic drugs around an operation or radiosurgery (SYS), and where their sources disagree."""

from __future__ import annotations

from collections.abc import Iterable

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.decide import washout
from enbloc.decide.acts import RADIOSURGERY, SURGERY
from enbloc.decide.decision import Degree
from enbloc.decide.planned import operation_day, said
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.washout import DrugClass, Taken, has_had, is_within, others, taken
from enbloc.evidence import Checked, Threshold, project_value
from enbloc.value import value


def _limit(name: str, number: float, unit: str, comparator: str, rule: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=f"pathway ({rule})",
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


NEUTROPHILS_TO = _limit("neutrophils that are too few after a cytotoxic drug", 1.5, "10⁹/L", "<=", "SYS-06")
PLATELETS_TO = _limit("platelets that are too few after a cytotoxic drug", 100, "10⁹/L", "<=", "SYS-06")
NEUTROPENIA = _limit("neutrophils that call for the haematologist", 1.0, "10⁹/L", "<", "SYS-13")
NADIR_FROM = _limit("first day of the nadir after a cytotoxic drug", 7, "days", ">=", "SYS-13")
NADIR_TO = _limit("last day of the nadir after a cytotoxic drug", 14, "days", "<=", "SYS-13")
RADIOSURGERY_HOLD = _limit(
    "days on each side of radiosurgery without a VEGF or BRAF inhibitor", 7, "days", ">=", "SYS-10"
)
STEROID_DOSE = _limit("steroid of which the oncologist is told", 16, "mg/24 h", ">", "SYS-12")
STEROID_DAYS = _limit("days of steroid of which the oncologist is told", 14, "days", ">", "SYS-12")
BEVACIZUMAB_WARNED = project_value("days after bevacizumab with a warning", 42, "days", "<", source="DISAGREE-11")


@value
class Row:
    """One row of the table as a rule: what it states and what it rests on."""

    id: str
    statement: str
    cites: tuple[str, ...]
    checked: Checked
    disagrees: tuple[str, ...] = ()


ROWS: tuple[Row, ...] = (
    Row(
        id="SYS-01",
        statement="Bevacizumab is out of the body for at least 28 days before major surgery by its label, and for six "
        "weeks or more by guideline summaries.",
        cites=("bevacizumab_label", "edinburgh2024vegf"),
        checked=Checked.READ_IN_A_COPY,
        disagrees=("DISAGREE-11",),
    ),
    Row(
        id="SYS-02",
        statement="Pazopanib, regorafenib, cabozantinib, axitinib, anlotinib and apatinib are stopped before major "
        "surgery for the time of the table, the longer of two.",
        cites=("tki2021table",),
        checked=Checked.READ,
    ),
    Row(
        id="SYS-03",
        statement="Lenvatinib, ramucirumab, vandetanib, sunitinib and sorafenib are stopped before major surgery for "
        "the time of the table, the longer of two.",
        cites=("bose2010vegf", "vegf_label_copies"),
        # Only sunitinib and cabozantinib were read in copies of their labels.
        checked=Checked.FROM_MEMORY,
    ),
    Row(
        id="SYS-05",
        statement="An EGFR, ALK or BRAF kinase inhibitor is stopped one to three days before major surgery, and "
        "started again early to avoid a flare.",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
    ),
    Row(
        id="SYS-07",
        statement="A CDK4/6 inhibitor is stopped at least seven days, an mTOR inhibitor seven to fourteen days before "
        "major surgery.",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
    ),
    Row(
        id="SYS-11",
        statement="Aflibercept, fruquintinib, tivozanib and nintedanib are stopped before major surgery for the time "
        "of the table; any other VEGF-pathway drug for 28 days or five half-lives, the longer.",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
    ),
)


def _hits(about: Situation, rule: str) -> tuple[Taken, ...]:
    return tuple(one for one in taken(about.case) if one.agent.rule == rule)


def within(about: Situation, drugs: Iterable[Taken]) -> Answer:
    """Whether the operation lies within the longest wash-out of one of these drugs."""
    return any_of(*(is_within(about, one, one.agent.longest) for one in drugs if one.agent.longest))


def advised(about: Situation, drugs: Iterable[Taken]) -> str:
    """What each drug asks for: the first day on which its wash-out has run, and when it may start again."""
    return " ".join(_asks(one) for one in drugs if one.agent.longest)


def _asks(one: Taken) -> str:
    limit = one.agent.longest
    days = f"{limit.number:g} days" if limit else ""
    more = " or five half-lives, the longer" if one.agent.is_group else ""
    earliest = one.earliest(limit) if limit else None
    until = f", not before {earliest.isoformat()}" if earliest else ""
    return f"{one.words}: {days}{more} from the last dose to the operation{until}; restart: {one.agent.restart}."


def last_doses(drugs: Iterable[Taken]) -> str:
    """The last dose of each drug, in a sentence."""
    said = (f"{one.words} until {one.last.isoformat() if one.last else 'a day that is not recorded'}" for one in drugs)
    return f"{'; '.join(said)}."


def _rule(row: Row) -> Rule:
    def judge(about: Situation) -> Verdict:
        drugs = _hits(about, row.id)
        condition = any_of(within(about, drugs), others(about))
        return when(condition, do=advised(about, drugs), because=last_doses(drugs))

    judge.__doc__ = row.statement
    declare = rule(
        row.id,
        cites=row.cites,
        checked=row.checked,
        strength="Drug label or review" if row.cites != ("project",) else "Expert",
        degree=Degree.CAUTION,
        disagrees=row.disagrees,
        acts=SURGERY,
    )
    return declare(judge)


@rule("SYS-04", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY)
def checkpoint_inhibitor_before_surgery(about: Situation) -> Verdict:
    """An immune checkpoint inhibitor has no fixed wash-out: cortisol, thyroid and glucose are checked before surgery,
    and pneumonitis is looked for; it starts again after two to four weeks.
    """
    do = "Check cortisol, thyroid function and glucose, look for pneumonitis; restart 2 to 4 weeks after the operation."
    return when(has_had(about, DrugClass.CHECKPOINT), do=do, because=last_doses(_hits(about, "SYS-04")))


@rule("SYS-06", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY)
def cytotoxic_drug_before_surgery(about: Situation) -> Verdict:
    """The last dose of a cytotoxic drug lies three to four weeks before surgery, with enough neutrophils and
    platelets; it starts again after two to four weeks with a closed wound.
    """
    drugs = _hits(about, "SYS-06")
    few = any_of(about.meets(vocabulary.NEUTROPHILS, NEUTROPHILS_TO), about.meets(vocabulary.PLATELETS, PLATELETS_TO))
    had = has_had(about, DrugClass.CYTOTOXIC)
    condition = all_of(had, any_of(within(about, drugs), few, others(about)))
    do = f"Neutrophils above {NEUTROPHILS_TO.number:g} and platelets above {PLATELETS_TO.number:g} ×10⁹/L first. "
    return when(condition, do=do + advised(about, drugs), because=last_doses(drugs))


@rule("SYS-08", cites=("nice2023ng234",), checked=Checked.FROM_MEMORY, strength="Guideline", acts=SURGERY)
def bone_drug_goes_on(about: Situation) -> Verdict:
    """Denosumab or zoledronate for bone disease is not stopped for surgery; teeth and calcium are checked."""
    condition = any_of(about.answer(vocabulary.DENOSUMAB), has_had(about, DrugClass.BONE))
    do = "Go on with it; check teeth and calcium. For a giant cell tumour see PRIM-11 and PRIM-12."
    return when(condition, do=do, because="A drug for bone disease is recorded.")


@rule(
    "SYS-09",
    cites=("bose2010vegf",),
    checked=Checked.FROM_MEMORY,
    strength="Review",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def urgent_surgery_within_a_wash_out(about: Situation) -> Verdict:
    """Urgent surgery within a wash-out: the deficit overrides it; the risk of dehiscence and bleeding is stated, a
    flap planned, and the restart delayed.
    """
    drugs = taken(about.case)
    inside = any_of(within(about, drugs), others(about))
    condition = all_of(negated(about.answer(vocabulary.PLAN_ELECTIVE)), inside)
    do = "Operate all the same; state the risk of dehiscence and bleeding, plan a flap, delay the restart."
    return when(condition, do=do, because=last_doses(one for one in drugs if one.agent.longest))


@rule(
    "SYS-10",
    cites=("guckenberger2024estro",),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.CAUTION,
    acts=RADIOSURGERY,
)
def concurrent_drug_with_radiosurgery(about: Situation) -> Verdict:
    """VEGF and BRAF inhibitors are held around radiosurgery, one to seven days on each side, by local policy."""
    drugs = [one for one in taken(about.case) if one.agent.kind is DrugClass.VEGF or one.agent.is_braf]
    condition = any_of(*(_is_concurrent(about, one) for one in drugs), others(about))
    do = f"Hold it by local policy: 1 to {RADIOSURGERY_HOLD.number:g} days before and after radiosurgery."
    return when(condition, do=do, because=last_doses(drugs))


def _is_concurrent(about: Situation, one: Taken) -> Answer:
    """Whether the last dose lies as near to the first day of radiosurgery as the longest hold."""
    return is_within(about, one, RADIOSURGERY_HOLD, day=about.known(vocabulary.RADIOTHERAPY_DAY) or about.today)


@rule("SYS-12", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def steroid_under_a_checkpoint_inhibitor(about: Situation) -> Verdict:
    """Under a checkpoint inhibitor, with a steroid above 16 mg a day or for more than two weeks, or with adrenal or
    thyroid failure not excluded: the oncologist is told, cortisol is measured in the morning before anaesthesia, and
    emergency steroid is never withheld.
    """
    heavy = about.meets(vocabulary.STEROID_DAILY, STEROID_DOSE)
    long = about.meets(vocabulary.STEROID_PLANNED_DAYS, STEROID_DAYS)
    # That nobody has recorded the check is what the row asks for: unknown is a yes here.
    unchecked = about.answer(vocabulary.ENDOCRINE_CHECKED) is not True
    condition = all_of(has_had(about, DrugClass.CHECKPOINT), any_of(heavy, long, unchecked))
    do = "Tell the oncologist; morning cortisol before anaesthesia, cover if low; never withhold emergency steroid."
    return when(condition, do=do, because=last_doses(_hits(about, "SYS-04")))


@rule("SYS-13", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=SURGERY)
def urgent_surgery_in_neutropenia(about: Situation) -> Verdict:
    """Neutrophils below 1.0, or the nadir expected on days 7 to 14 after a cytotoxic drug, and surgery that is urgent:
    haematologist, with a plan for growth factor and platelets.
    """
    few = about.meets(vocabulary.NEUTROPHILS, NEUTROPENIA)
    nadir = any_of(*(_is_nadir(about, one) for one in _hits(about, "SYS-06")), others(about))
    reasons = {"too few neutrophils": few, "nadir after a cytotoxic drug": nadir}
    condition = all_of(negated(about.answer(vocabulary.PLAN_ELECTIVE)), any_of(*reasons.values()))
    do = "Ask the haematologist: plan for growth factor and platelets. Elective surgery waits (STOP-33)."
    return when(condition, do=do, because=said(reasons))


def _is_nadir(about: Situation, one: Taken) -> Answer:
    early = is_within(about, one, NADIR_FROM)
    day = operation_day(about)
    if not isinstance(early, bool) or one.last is None or day is None:
        return early
    return not early and (day - one.last).days <= NADIR_TO.number


@rule(
    "DISAGREE-11",
    cites=("bevacizumab_label", "edinburgh2024vegf"),
    checked=Checked.READ_IN_A_COPY,
    strength="Sources disagree",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def sources_disagree_on_bevacizumab(about: Situation) -> Verdict:
    """Bevacizumab before surgery: the label asks for 28 days, guideline summaries for six to eight weeks."""
    drugs = _hits(about, "SYS-01")
    condition = any_of(*(is_within(about, one, BEVACIZUMAB_WARNED) for one in drugs), others(about))
    hard, soft = washout.BEVACIZUMAB_LABEL.number, BEVACIZUMAB_WARNED.number
    do = f"Show both: stop within {hard:g} days, warning within {soft:g} days of the last dose."
    return when(condition, do=do, because=last_doses(drugs))


CASE_RULES: tuple[Rule, ...] = (steroid_under_a_checkpoint_inhibitor,)
ACT_RULES: tuple[Rule, ...] = (
    *(_rule(row) for row in ROWS),
    checkpoint_inhibitor_before_surgery,
    cytotoxic_drug_before_surgery,
    bone_drug_goes_on,
    urgent_surgery_within_a_wash_out,
    concurrent_drug_with_radiosurgery,
    urgent_surgery_in_neutropenia,
    sources_disagree_on_bevacizumab,
)
PARAMETERS: tuple[Threshold, ...] = (
    *washout.THRESHOLDS,
    NEUTROPHILS_TO,
    PLATELETS_TO,
    NEUTROPENIA,
    NADIR_FROM,
    NADIR_TO,
    RADIOSURGERY_HOLD,
    STEROID_DOSE,
    STEROID_DAYS,
    BEVACIZUMAB_WARNED,
)
