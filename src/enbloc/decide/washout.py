"""How long each systemic drug must be out of the body before an elective operation: a table, read on a case.

A drug is found by name in the earlier treatments of the record. Where two values are published the longer one holds.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from functools import cache

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, any_of, unknown
from enbloc.case.case import Case
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.planned import lies_ahead, operation_day
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.value import value


class DrugClass(Enum):
    """What a systemic drug does, as far as surgery asks."""

    VEGF = "VEGF-pathway drug"
    CHECKPOINT = "checkpoint inhibitor"
    KINASE = "EGFR, ALK or BRAF kinase inhibitor"
    CYTOTOXIC = "cytotoxic drug"
    CDK = "CDK4/6 inhibitor"
    MTOR = "mTOR inhibitor"
    BONE = "drug for bone disease"
    OTHER = "drug without a wash-out in the table"


@value
class Agent:
    """One drug or group: its names, the published days between last dose and operation, and when it may start again."""

    drug: str
    names: tuple[str, ...]
    kind: DrugClass
    rule: str
    before: tuple[Threshold, ...] = ()
    restart: str = ""
    is_braf: bool = False
    is_group: bool = False  # a name of a whole class, of which the drug itself is not known

    @property
    def longest(self) -> Threshold | None:
        """The longest wash-out that is published."""
        return max(self.before, key=lambda one: one.number, default=None)

    @property
    def hard(self) -> Threshold | None:
        """The wash-out that stops an elective operation: the longest, and of bevacizumab that of the label."""
        return self.before[0] if self.drug == "bevacizumab" else self.longest


def _days(drug: str, number: float, source: str, checked: Checked) -> Threshold:
    return Threshold(
        name=f"wash-out of {drug} before elective surgery, by {source}, {number:g} days",
        number=number,
        unit="days",
        comparator=">=",
        source=source,
        checked=checked,
        since="2026-11-20",
    )


V, V2, U = Checked.READ, Checked.READ_IN_A_COPY, Checked.FROM_MEMORY
_TABLE, _COPIES, _REVIEW = "tki2021table", "vegf_label_copies", "bose2010vegf"

BEVACIZUMAB_LABEL = _days("bevacizumab", 28, "bevacizumab_label", V2)
BEVACIZUMAB_GUIDELINE = _days("bevacizumab", 42, "edinburgh2024vegf", V2)
CYTOTOXIC_STOP = _days("cytotoxic drugs", 21, "pathway (SYS-06, STOP-33)", U)
CYTOTOXIC_LONG = _days("cytotoxic drugs", 28, "pathway (SYS-06)", U)


def _restart(drug: str, number: float, source: str) -> Threshold:
    return Threshold(
        name=f"restart of {drug} after surgery",
        number=number,
        unit="days",
        comparator="<",
        source=source,
        checked=V2,
        since="2026-11-20",
    )


RESTART_BEVACIZUMAB = _restart("bevacizumab", 28, "bevacizumab_label")
RESTART_OTHER = _restart("another VEGF-pathway drug", 14, _COPIES)

# The stop asks for 14 days of every other VEGF-pathway drug, also where its row names the healed wound alone.
_HEALED = f"{RESTART_OTHER.number:g} days after the operation at the earliest, and wound healed"

Values = tuple[tuple[float, str, Checked], ...]
"""Days, source and mark of each published wash-out of one drug."""

_VEGF: tuple[tuple[str, tuple[str, ...], str, Values, str], ...] = (
    ("pazopanib", ("votrient",), "SYS-02", ((7, _TABLE, V),), _HEALED),
    ("regorafenib", ("stivarga",), "SYS-02", ((14, _TABLE, V),), _HEALED),
    ("cabozantinib", ("cabometyx", "cometriq"), "SYS-02", ((28, _TABLE, V), (21, _COPIES, V2)), _HEALED),
    # The European label says 24 hours, another version two days: the longer.
    ("axitinib", ("inlyta",), "SYS-02", ((1, _TABLE, V), (2, "pathway (SYS-02)", V)), _HEALED),
    ("anlotinib", (), "SYS-02", ((28, _TABLE, V),), _HEALED),
    ("apatinib", ("rivoceranib",), "SYS-02", ((30, _TABLE, V),), _HEALED),
    ("lenvatinib", ("lenvima", "kisplyx"), "SYS-03", ((7, _REVIEW, U),), _HEALED),
    ("ramucirumab", ("cyramza",), "SYS-03", ((28, _REVIEW, U),), _HEALED),
    ("vandetanib", ("caprelsa",), "SYS-03", ((28, _REVIEW, U),), _HEALED),
    ("sunitinib", ("sutent",), "SYS-03", ((21, _COPIES, V2),), _HEALED),
    ("sorafenib", ("nexavar",), "SYS-03", ((10, _REVIEW, U),), _HEALED),
    ("aflibercept", ("ziv aflibercept", "zaltrap"), "SYS-11", ((28, "pathway (SYS-11)", U),), _HEALED),
    ("fruquintinib", ("fruzaqla",), "SYS-11", ((14, "pathway (SYS-11)", U),), _HEALED),
    ("tivozanib", ("fotivda",), "SYS-11", ((24, "pathway (SYS-11)", U),), _HEALED),
    ("nintedanib", ("ofev", "vargatef"), "SYS-11", ((7, "pathway (SYS-11)", U),), _HEALED),
)


def _vegf(drug: str, names: tuple[str, ...], rule: str, values: Values, restart: str) -> Agent:
    before = tuple(_days(drug, *one) for one in values)
    return Agent(drug=drug, names=(drug, *names), kind=DrugClass.VEGF, rule=rule, before=before, restart=restart)


_CHECKPOINT = (
    "pembrolizumab", "nivolumab", "ipilimumab", "atezolizumab", "durvalumab", "avelumab", "cemiplimab", "tremelimumab",
    "dostarlimab", "relatlimab", "tislelizumab", "checkpoint inhibitor", "immunotherapy",
)  # fmt: skip
_KINASE = (
    "erlotinib", "gefitinib", "afatinib", "dacomitinib", "osimertinib", "crizotinib", "alectinib", "brigatinib",
    "ceritinib", "lorlatinib", "egfr inhibitor", "alk inhibitor",
)  # fmt: skip
_BRAF = ("vemurafenib", "dabrafenib", "encorafenib", "braf inhibitor")
# Antibodies that carry a cytotoxic drug are one; PARP inhibitors keep the time of a cytotoxic drug (MET-15).
_CYTOTOXIC = (
    "cisplatin", "carboplatin", "oxaliplatin", "paclitaxel", "nab paclitaxel", "docetaxel", "cabazitaxel",
    "doxorubicin", "epirubicin", "ifosfamide", "cyclophosphamide", "etoposide", "vincristine", "vinorelbine",
    "gemcitabine", "pemetrexed", "fluorouracil", "5 fu", "capecitabine", "irinotecan", "topotecan", "methotrexate",
    "temozolomide", "deruxtecan", "emtansine", "vedotin", "govitecan", "trabectedin", "eribulin", "bendamustine",
    "melphalan", "cytarabine", "dacarbazine", "folfox", "olaparib", "niraparib", "rucaparib", "talazoparib",
    "parp inhibitor", "folfiri", "capox", "xelox", "chop", "vide", "vdc", "cytotoxic", "cytotoxics", "chemotherapy",
)  # fmt: skip
_OTHER = (
    "tamoxifen", "letrozole", "anastrozole", "exemestane", "fulvestrant", "goserelin", "leuprorelin", "triptorelin",
    "degarelix", "relugolix", "enzalutamide", "apalutamide", "darolutamide", "abiraterone", "bicalutamide",
    "androgen deprivation", "trastuzumab", "pertuzumab", "rituximab", "daratumumab", "bortezomib", "lenalidomide",
    "levothyroxine", "dexamethasone", "prednisolone", "prednisone", "hydrocortisone", "aspirin", "apixaban",
    "rivaroxaban", "edoxaban", "dabigatran", "warfarin", "clopidogrel", "ticagrelor", "prasugrel", "heparin",
    "enoxaparin", "dalteparin", "tinzaparin", "nadroparin", "fondaparinux",
    "low molecular weight heparin", "lmwh", "phenprocoumon", "acenocoumarol",
    "eliquis", "xarelto", "lixiana", "pradaxa", "coumadin", "plavix", "acetylsalicylic acid",
)  # fmt: skip

AGENTS: tuple[Agent, ...] = (
    Agent(
        drug="bevacizumab",
        names=("bevacizumab", "avastin"),
        kind=DrugClass.VEGF,
        rule="SYS-01",
        before=(BEVACIZUMAB_LABEL, BEVACIZUMAB_GUIDELINE),
        restart=f"{RESTART_BEVACIZUMAB.number:g} days after the operation at the earliest (6 to 8 weeks in guideline "
        "summaries), and wound healed",
    ),
    *(_vegf(*row) for row in _VEGF),
    Agent(
        drug="VEGF-pathway drug that is not listed",
        names=("vegf", "vegfr", "vegf inhibitor"),
        kind=DrugClass.VEGF,
        rule="SYS-11",
        before=(_days("VEGF-pathway drugs that are not listed", 28, "pathway (SYS-11)", U),),
        restart=_HEALED,
        is_group=True,
    ),
    Agent(
        drug="checkpoint inhibitor",
        names=_CHECKPOINT,
        kind=DrugClass.CHECKPOINT,
        rule="SYS-04",
        restart="2 to 4 weeks after the operation",
    ),
    Agent(
        drug="EGFR or ALK kinase inhibitor",
        names=_KINASE,
        kind=DrugClass.KINASE,
        rule="SYS-05",
        before=(_days("EGFR and ALK inhibitors", 3, "pathway (SYS-05)", U),),
        restart="3 to 7 days after the operation",
    ),
    Agent(
        drug="BRAF kinase inhibitor",
        names=_BRAF,
        kind=DrugClass.KINASE,
        rule="SYS-05",
        before=(_days("BRAF inhibitors", 3, "pathway (SYS-05)", U),),
        restart="3 to 7 days after the operation",
        is_braf=True,
    ),
    Agent(
        drug="cytotoxic drug",
        names=_CYTOTOXIC,
        kind=DrugClass.CYTOTOXIC,
        rule="SYS-06",
        before=(CYTOTOXIC_STOP, CYTOTOXIC_LONG),
        restart="2 to 4 weeks after the operation, wound closed",
    ),
    Agent(
        drug="CDK4/6 inhibitor",
        names=("palbociclib", "ribociclib", "abemaciclib", "cdk4 6 inhibitor"),
        kind=DrugClass.CDK,
        rule="SYS-07",
        before=(_days("CDK4/6 inhibitors", 7, "pathway (SYS-07)", U),),
        restart="2 to 3 weeks after the operation",
    ),
    Agent(
        drug="mTOR inhibitor",
        names=("everolimus", "temsirolimus", "sirolimus", "mtor inhibitor"),
        kind=DrugClass.MTOR,
        rule="SYS-07",
        before=(
            _days("mTOR inhibitors", 7, "pathway (SYS-07)", U),
            _days("mTOR inhibitors", 14, "pathway (SYS-07)", U),
        ),
        restart="2 to 3 weeks after the operation",
    ),
    Agent(
        drug="drug for bone disease",
        names=("denosumab", "xgeva", "prolia", "zoledronate", "zoledronic acid", "zometa", "pamidronate"),
        kind=DrugClass.BONE,
        rule="SYS-08",
    ),
    Agent(drug="other drug", names=_OTHER, kind=DrugClass.OTHER, rule=""),
)
THRESHOLDS: tuple[Threshold, ...] = (
    *(one for agent in AGENTS for one in agent.before),
    RESTART_BEVACIZUMAB,
    RESTART_OTHER,
)


@cache  # every rule of every option reads the same few lines of a record
def agents(what: str) -> tuple[Agent, ...]:
    """The drugs that a line of the record names; nothing if it names none of the table.

    Examples
    --------
    >>> [agent.drug for agent in agents("FOLFOX + Avastin")]
    ['bevacizumab', 'cytotoxic drug']
    """
    said = f" {plain(what)} "
    found = [agent for agent in AGENTS if any(f" {name} " in said for name in map(plain, agent.names))]
    named = any(agent.kind is DrugClass.VEGF and not agent.is_group for agent in found)
    return tuple(agent for agent in found if not (named and agent.is_group))


def plain(words: str) -> str:
    """Small letters and single spaces, so that hyphens and brackets do not hide a name."""
    return re.sub(r"[^a-z0-9]+", " ", words.casefold()).strip()


_LONGEST_FIRST = tuple(sorted((plain(name) for agent in AGENTS for name in agent.names), key=len, reverse=True))
_ABOUT_A_COURSE = frozenset({
    "acetate", "adjuvant", "antibody", "cycle", "cycles", "daily", "doses", "every", "first", "fourth",
    "fractionated", "hydrochloride", "infusion", "inhibitor", "inhibitors", "maintenance", "malate", "mesylate",
    "monthly", "months", "neoadjuvant", "palliative", "phosphate", "second", "since", "sodium", "third", "tosylate",
    "treatment", "trial", "tyrosine", "until", "weekly", "weeks", "years",
})  # fmt: skip
"""Words that are written beside the name of a drug and are none."""


@value
class Taken:
    """A drug of the record: the words it is recorded in, and the day of its last dose, if that is known."""

    agent: Agent
    words: str
    last: date | None

    def earliest(self, limit: Threshold) -> date | None:
        """The first day on which this wash-out has run."""
        return None if self.last is None else self.last + timedelta(days=limit.number)


def taken(case: Case) -> tuple[Taken, ...]:
    """Every drug of the table in the record, in its order; a course without an end has no last dose yet."""
    return tuple(
        Taken(agent=agent, words=one.what, last=one.ended)
        for one in case.treatments
        if one.kind is TreatmentKind.SYSTEMIC
        for agent in agents(one.what)
    )


def unlisted(case: Case) -> tuple[str, ...]:
    """Systemic treatments that name something which no row of the table knows, alone or beside a drug that is known."""
    systemic = (one.what for one in case.treatments if one.kind is TreatmentKind.SYSTEMIC)
    return tuple(what for what in systemic if not agents(what) or _strange_words(what))


@cache
def _strange_words(what: str) -> tuple[str, ...]:
    """Words that may be a drug and are none of the table: "FOLFOX and compound" is not FOLFOX alone."""
    rest = f" {plain(what)} "
    for name in _LONGEST_FIRST:
        rest = rest.replace(f" {name} ", "  ")
    return tuple(word for word in re.findall("[a-z]{5,}", rest) if word not in _ABOUT_A_COURSE)


@once
def others(about: Situation) -> Answer:
    """Whether the patient may have had a drug that the record does not name: never yes, and open until excluded."""
    strange = [f"what kind of drug is {what!r}?" for what in unlisted(about.case)]
    complete = about.answer(vocabulary.DRUGS_COMPLETE)
    asks = [*strange, *(() if complete is True else (vocabulary.DRUGS_COMPLETE.ask,))]
    return unknown(*asks) if asks else False


def has_had(about: Situation, *kinds: DrugClass) -> Answer:
    """Whether the patient has had a drug of one of these kinds."""
    named = any(one.agent.kind in kinds for one in taken(about.case))
    return any_of(named, others(about))


def is_within(about: Situation, one: Taken, limit: Threshold, *, day: date | None = None) -> Answer:
    """Whether ``day``, left out the planned day of the operation or the day of the case, lies within this wash-out."""
    until = day or operation_day(about)
    if one.last is None:
        return unknown(f"day of the last dose of {one.words}")
    if until is None:
        return unknown("day of the operation, or of the case")
    if lies_ahead(one.last, about):
        return unknown(f"day of the last dose of {one.words}: it lies after the day of the case")
    if (until - one.last).days < limit.number:
        return True
    # Five half-lives may be longer, and the drug itself is not known.
    return (
        unknown(f"which drug is {one.words!r}, and what are five of its half-lives?") if one.agent.is_group else False
    )
