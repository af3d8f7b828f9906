"""A meeting of invented people about invented cases, and everything that its papers are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from enbloc.case.board import (
    AgendaItem,
    Attendance,
    Choice,
    DecidedOn,
    Decision,
    Disagreement,
    Dissent,
    Joined,
    Meeting,
    MeetingState,
    SecondLook,
    Specialty,
    Stated,
    Task,
    Way,
)
from enbloc.case.override import Override
from enbloc.exchange.invented import invented_case
from enbloc.present.case_page import CasePage, case_page
from enbloc.present.decision_sheet import Settled
from enbloc.present.minutes import Heard
from enbloc.present.picture_files import Named, named
from enbloc.present.presented import Presented, presented, presented_alone
from enbloc.present.spoken import Asked, Looked
from tests.present import patients
from tests.present.patients import FINGERPRINT

NAMES = {"coordinator": "K. Instance"}
SURGEON = Attendance(name="R. Example", specialty=Specialty.SPINE_SURGERY, person="example")
ONCOLOGIST = Attendance(name="O. Sample", specialty=Specialty.RADIATION_ONCOLOGY, how=Joined.BY_VIDEO, person="sample")
RADIOLOGIST = Attendance(name="A. Specimen", specialty=Specialty.RADIOLOGY, person="specimen")
MEDICAL = Attendance(name="M. Pattern", specialty=Specialty.MEDICAL_ONCOLOGY)
SECOND_SURGEON = Attendance(name="S. Model", specialty=Specialty.SPINE_SURGERY)
EVERYBODY = (SURGEON, SECOND_SURGEON, ONCOLOGIST, RADIOLOGIST, MEDICAL)

OVERRIDE = Override(
    stop="STOP-05",
    about="A",
    act="en bloc resection",
    by="R. Example",
    on=date(2026, 11, 26),
    because="Counted twice on the long film from the sacrum, T8 confirmed by the radiologist at the table.",
)


def _task(id: str, what: str, owner: str, due: date) -> Task:
    return Task(id=id, case="2f41", decision="d1", what=what, owner=owner, due=due)


TASKS = (
    _task("t1", "Book theatre and monitoring for separation surgery T8", "example", date(2026, 11, 26)),
    _task("t2", "Embolise the segmental arteries T7 to T9 the day before", "specimen", date(2026, 11, 26)),
    _task("t3", "Simulate radiosurgery, to begin two weeks after surgery", "sample", date(2026, 12, 10)),
)
DECISION = Decision(
    id="d1",
    case="2f41",
    lesion="A",
    of=DecidedOn(version=3, worked_up=3, result=1, fingerprint=FINGERPRINT),
    confirmed=DecidedOn(version=4, worked_up=4, result=2, fingerprint="77" * 32),
    way=Way.MEETING,
    meeting="m7",
    attendance=EVERYBODY,
    certainty="renal cell carcinoma metastasis, proven by tissue",
    noms=Stated(words="NOMS-07: high grade, resistant, stable, able"),
    margin=Stated(why_none="a metastasis has no margin by Enneking; the aim is two millimetres around the dura"),
    chosen=Choice(
        act="separation surgery, then radiosurgery",
        plan="separation T8",
        because="ESCC 3 with a deficit since yesterday; radioresistant; fit for surgery by surgeon and anaesthetist.",
    ),
    rejected=(
        Choice(
            act="en bloc resection",
            plan="en bloc vertebrectomy T8",
            because="systemic disease is not controlled; margin 1.5 mm at the left pedicle would be marginal",
        ),
        Choice(act="conventional radiotherapy", because="the tumour is radioresistant"),
    ),
    consent=("root T8 left: numbness of the chest wall", "instrumentation T6 to T10"),
    responsible="R. Example",
    deadline=date(2026, 11, 27),
    dissent=(Dissent(name="S. Model", because="Would resect en bloc: solitary, four years after nephrectomy."),),
    overrides=(OVERRIDE,),
    overrides_in=4,
    disagreements=(
        Disagreement(
            rule="DEC-07", name="S. Model", because="Oligometastatic disease is not what the source looked at."
        ),
    ),
    tasks=TASKS,
    by="coordinator",
    at=datetime(2026, 11, 26, 14, 32, tzinfo=UTC),
)
PARTIAL = Decision(
    id="d2",
    case="compression",
    lesion="A",
    of=DecidedOn(version=1),
    way=Way.MEETING,
    meeting="m7",
    attendance=EVERYBODY,
    chosen=Choice(act="conventional radiotherapy", because="sensitive by class; whole-spine MRI is still to come"),
    by="coordinator",
    at=datetime(2026, 11, 26, 14, 51, tzinfo=UTC),
)
BY_PHONE = replace(
    DECISION,
    id="d0",
    case="3b90",
    confirmed=None,
    way=Way.QUORUM,
    meeting="",
    emergency="Paraparesis since noon, no time until the meeting.",
    attendance=(replace(SURGEON, how=Joined.BY_PHONE), replace(ONCOLOGIST, how=Joined.BY_PHONE)),
    overrides=(),
    dissent=(),
    disagreements=(),
    tasks=(),
    at=datetime(2026, 11, 22, 23, 40, tzinfo=UTC),
)


RATIFIED = "2026-11-26, in this meeting, recorded by K. Instance"

MEETING = Meeting(
    id="m7",
    day=date(2026, 11, 26),
    starts="14:00",
    place="Room 3",
    title="Spine tumour board",
    chair="example",
    state=MeetingState.CLOSED,
    agenda=(
        AgendaItem(case="2f41", lesions=("A",), question="Separation surgery or en bloc resection of T8?"),
        AgendaItem(case="compression", question="Radiotherapy alone?"),
        AgendaItem(case="ependymoma"),
    ),
    attendance=EVERYBODY,
)
CLOSED = "closed by K. Instance, 2026-11-26 15:20 UTC"


@cache
def drawn() -> tuple[Named, ...]:
    """The pictures of the case that was worked up."""
    return named(patients.drawn(), ())


@cache
def page() -> CasePage:
    """The page of the case that was worked up."""
    return case_page(patients.workup(), patients.images(), drawn(), FINGERPRINT)


def seen() -> Presented:
    return presented(page(), version=3)


def alone(name: str) -> Presented:
    """A case that nobody worked up."""
    return replace(presented_alone(invented_case(name), version=1), case=name)


def settled(decision: Decision = DECISION, *, ratified: str = "") -> Settled:
    return Settled(decision=decision, ratified=ratified)


ASKED = Asked(words="Is the level sure?", by="sample", at=datetime(2026, 11, 26, 14, 20, tzinfo=UTC))


def looked(option: str, person: str, because: str = "") -> SecondLook:
    return SecondLook(meeting="m7", case="2f41", lesion="A", person=person, option=option, because=because)


LOOKED = Looked(
    lesion="A",
    given=3,
    because="all who take part have given theirs",
    looks=(
        looked("en bloc resection", "specimen", "solitary"),
        looked("separation surgery, then radiosurgery", "example"),
        looked("separation surgery, then radiosurgery", "sample", "the cord is pressed"),
    ),
)


def heard() -> tuple[Heard, ...]:
    """Three cases: decided, decided in part, and not decided."""
    first, second, third = MEETING.agenda
    return (
        Heard(shown=seen(), item=first, settled=(settled(),), asked=(ASKED,), looked=(LOOKED,)),
        Heard(shown=alone("compression"), item=second, settled=(settled(PARTIAL),)),
        Heard(shown=alone("ependymoma"), item=third),
    )


def phoned(*, ratified: str = "") -> Heard:
    """A case that was decided by phone before the meeting."""
    shown = replace(alone("compression"), case="3b90")
    return Heard(shown=shown, item=AgendaItem(case="3b90"), settled=(settled(BY_PHONE, ratified=ratified),))
