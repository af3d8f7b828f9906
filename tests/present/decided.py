"""A hand-made decision about the invented patient: a rule of each degree, options of each standing, days, changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.decide.decision import Act, Degree, Holds, Said, Statement
from enbloc.decide.lmnop import Comparison, Field
from enbloc.decide.recommendation import (
    Answered,
    Change,
    Decision,
    Nearest,
    Option,
    Recommended,
    Standing,
    Summary,
    Why,
)
from enbloc.decide.timeline_entry import Dated, Passing
from enbloc.evidence import Checked, Citation

PAPER = Citation(
    key="example",
    authors="Example et al.",
    title="A worked example of a citation",
    year=2010,
    where="Spine 35:E1221–E1229",
    doi="10.1097/BRS.0b013e3181e16ae2",
)


def said(rule: str, degree: Degree, statement: str, do: str, because: str, **more: Any) -> Statement:
    facts: dict[str, Any] = {"holds": Holds.YES, "strength": "consensus", "checked": Checked.READ, "about": "A"}
    return Statement(
        rule=rule, degree=degree, statement=statement, do=do, because=because, cites=(PAPER,), **(facts | more)
    )


STOP = said(
    "STOP-03",
    Degree.STOP,
    "No operation is planned on one level before the whole spine was imaged by MRI.",
    "Order an MRI of the whole spine.",
    "MRI of the whole spine: not known",
    holds=Holds.UNKNOWN,
    ask=("MRI of the whole spine",),
    about="patient",
)
URGENT = said(
    "EVAL-03",
    Degree.URGENT,
    "High-grade compression with a deficit is decided within 24 hours.",
    "Decide within 24 h of 2026-11-19.",
    "ESCC 3 and a deficit",
)
FOR = said(
    "DEC-07",
    Degree.NOTE,
    "High-grade epidural compression from a radioresistant tumour is treated by separation surgery and then "
    "radiosurgery.",
    "Discuss separation surgery.",
    "ESCC 3, renal cell carcinoma",
)
DRAFT = said(
    "PRIM-01",
    Degree.CAUTION,
    "En bloc resection of a metastasis is kept for a solitary lesion with long expected survival.",
    "Establish whether the lesion is solitary.",
    "solitary: not known",
    checked=Checked.FROM_MEMORY,
    ask=("is it the only lesion (systemic staging)?",),
)

LEVEL = said(
    "STOP-05",
    Degree.STOP,
    "The level of the plan differs from that of the lesion.",
    "Count the vertebrae, and confirm the level by name.",
    "Not confirmed: level.",
    checked=Checked.OURS,
)
PENDING = said(
    "RED-04",
    Degree.URGENT,
    "Signs of the cauda equina call for an emergency MRI.",
    "Find out: saddle anaesthesia?",
    "Cannot be judged yet.",
    holds=Holds.UNKNOWN,
    ask=("saddle anaesthesia?",),
)
PRICE = said("COMP-05", Degree.NOTE, "Epidural haematoma.", "Epidural haematoma: 1.5 % in 65 cases.", "Open operation.")
AFTER = said("REHAB-02", Degree.CAUTION, "Mobilise once stable.", "Mobilise on day 1.", "After fixation.")
TORN = said(
    "DISAGREE-4",
    Degree.CAUTION,
    "One trial shows a strong effect, while a guideline makes it a conditional advice.",
    "Show both.",
    "ESCC 3.",
    read=("score.escc about A",),
)

SEPARATION = Option(
    act=Act.SEPARATION,
    about="A",
    words="separation surgery T8, then radiosurgery",
    standing=Standing.LEADING,
    because="DEC-07 speaks for it",
    supports=(FOR,),
    stops=(STOP,),
    speaks=(PRICE, AFTER),
)
EN_BLOC = Option(
    act=Act.EN_BLOC,
    about="A",
    words="en bloc vertebrectomy T8",
    standing=Standing.POSSIBLE,
    because="PRIM-01 speaks for it, not yet source-checked; checked rules that hold go before",
    supports=(DRAFT,),
    stops=(STOP, LEVEL),
    expected=("Local recurrence after en bloc resection: 5 % (U, not yet source-checked).",),
)
RADIOTHERAPY = Option(
    act=Act.RADIOTHERAPY,
    about="A",
    words="conventional radiotherapy T8",
    standing=Standing.REJECTED,
    because="DEC-07 speaks against it: the tumour is radioresistant.",
    against=(FOR,),
)
SILENT = Option(
    act=Act.OBSERVATION,
    about="A",
    words="observation",
    standing=Standing.UNSUPPORTED,
    because="no rule speaks for it in this case",
)

SUMMARY = Summary(
    certainty="renal cell carcinoma, proven by tissue",
    noms=("NOMS-07: Decompress, then radiosurgery.",),
    margin="intralesional",
    chosen="not recorded; separation surgery T8, then radiosurgery leads by the rules",
    rejected=("conventional radiotherapy T8: DEC-07 speaks against it",),
    consent=("EDU-01: Tell the aim.",),
    responsible="",
    deadline="",
    ask=(vocabulary.BOARD_CHOICE.ask, vocabulary.BOARD_RESPONSIBLE.ask, vocabulary.BOARD_DEADLINE.ask),
)

FRAMEWORKS = Comparison(
    noms=True,
    lmnop=False,
    fields=(
        Field(name="neurology: compression", noms=True, lmnop=True),
        Field(name="oncology: resistant class", noms=True, lmnop=True),
        Field(name="oncology: earlier radiotherapy", noms=True, lmnop=False),
        Field(name="mechanics: unstable", noms=False, lmnop=False),
        Field(name="patient: can and will have surgery", noms=True, lmnop=False),
    ),
    location="T8 (1 level), anterior column",
    rows=("NOMS-07",),
)

DAYS = (
    Dated(
        what=Passing.LATEST,
        subject="decision on treatment",
        about="A",
        counted_from="first presentation with the deficit",
        since=date(2026, 11, 19),
        day=date(2026, 11, 20),
        days_left=0,
        rule="EVAL-03",
        source="example",
        checked=Checked.READ,
    ),
    Dated(
        what=Passing.WASH_OUT,
        subject="pazopanib",
        about="patient",
        counted_from="last dose",
        rule="SYS-02",
        source="example",
        checked=Checked.READ,
        ask=("day of the last dose of pazopanib",),
    ),
    Dated(
        what=Passing.USABLE,
        subject="MRI for an operation",
        about="A",
        counted_from="newest MRI",
        since=date(2026, 11, 17),
        day=date(2026, 12, 15),
        days_left=25,
        rule="STOP-29",
        source="project",
        checked=Checked.OURS,
    ),
    Dated(
        what=Passing.DUE,
        subject="stitches out",
        about="A",
        counted_from="earlier operation",
        since=date(2023, 2, 8),
        day=date(2023, 2, 22),
        until=date(2023, 3, 1),
        days_left=-1360,
        rule="CLOS-02",
        source="example",
        checked=Checked.FROM_MEMORY,
    ),
)

CHANGES = (
    Change(
        fact="sins.pain",
        about="A",
        ask="pain",
        why=Why.UNKNOWN,
        answers=(
            Answered(
                answers=("mechanical",), leading="stabilisation T8", scores=("SINS 9 · 10, potentially unstable",)
            ),
            Answered(answers=("none",), closes=("STOP-04",), holds=("STOP-22",), opens=("STOP-23",)),
        ),
    ),
    Change(
        fact="epidural.cord_area_ratio",
        about="A",
        ask="cord area",
        why=Why.BORDERLINE,
        now="61 %",
        answers=(Answered(answers=("under 60 %",), branch="haematological", rules=("NOMS-07",)),),
    ),
)


NEAREST = Nearest(
    about="A",
    fact="escc.reported",
    of="A",
    ask="ESCC as reported",
    now="ESCC 3",
    then="ESCC 1c",
    leading="radiosurgery T8",
)


def decided(**more: Any) -> Decision:
    """The invented decision; ``more`` replaces its fields, and ``speaks``, ``open_stops`` and ``options`` its parts."""
    heard = Said(
        speaks=more.pop("speaks", (URGENT, TORN, FOR)),
        open_stops=more.pop("open_stops", (STOP,)),
        pending=(PENDING,),
        silent=4,
    )
    lesion = Recommended(
        about="A",
        said=heard,
        stops=heard.stops,
        overridden=more.pop("overridden", ()),
        options=more.pop("options", (SEPARATION, EN_BLOC, RADIOTHERAPY, SILENT)),
        frameworks=more.pop("frameworks", FRAMEWORKS),
        summary=more.pop("summary", SUMMARY),
    )
    facts: dict[str, Any] = {
        "lesions": (lesion,),
        "missing": ("MRI of the whole spine", "serum albumin, g/L", "is it the only lesion (systemic staging)?"),
        "timeline": DAYS,
        "changes": CHANGES,
        "nearest": (NEAREST,),
        "rules": 440,
        "drafts": 262,
    }
    return Decision(**(facts | more))
