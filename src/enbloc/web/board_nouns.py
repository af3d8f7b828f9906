"""What the routes about meetings, decisions, second looks and tasks take and give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from enbloc.case.board import (
    AgendaItem,
    Attendance,
    Choice,
    DecidedOn,
    Decision,
    Disagreement,
    Dissent,
    MeetingState,
    Stated,
    Task,
    TaskState,
    Way,
)
from enbloc.decide.agreement import Agreement
from enbloc.record import AskedLine, DisagreementLine, LooksLine, WorklistLine
from enbloc.value import value
from enbloc.web.nouns import Job

Standing = Literal["stands", "to be ratified", "ratified", "superseded"]
Document = Literal["minutes", "case", "cut-sheet", "tasks", "leaflet"]


@value
class NewMeeting:
    """A new meeting; without a chair it is led by who plans it. A case on its agenda leaves the one it waited for."""

    day: date
    title: str
    starts: str = ""
    place: str = ""
    chair: str = ""
    attendance: tuple[Attendance, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()


@value
class MeetingWish:
    """What is said of a meeting, as it shall be."""

    day: date
    title: str
    starts: str
    place: str
    chair: str
    attendance: tuple[Attendance, ...]


@value
class AgendaWish:
    """The agenda as it shall be, in its order. Cases on it that the person does not see stay."""

    items: tuple[AgendaItem, ...]


@value
class MeetingHead:
    """A meeting in a list; ``cases`` counts those that the person may see."""

    meeting_id: str
    version: int
    day: date
    starts: str
    place: str
    title: str
    chair: str
    state: MeetingState
    cases: int


@value
class Meetings:
    """A page of meetings, the earliest first."""

    items: tuple[MeetingHead, ...]
    next: str
    today: str


@value
class OnAgenda:
    """A case of a meeting, with its line of the worklist and what this meeting decided about it, by its ids."""

    case_id: str
    lesions: tuple[str, ...]
    question: str
    line: WorklistLine | None
    decisions: tuple[str, ...]


@value
class ToShow:
    """What a presenter turns to: a case, and what of it."""

    case_id: str
    view: str


@value
class Turn:
    """The number of a turn in its meeting; a later turn has a greater one, whichever is heard first."""

    turn: int


@value
class Shown:
    """What is shown now: a case, what of it, by whom, and at which turn of the meeting."""

    case_id: str
    view: str
    by: str
    turn: int


@value
class Question:
    """What somebody asks the meeting about a case."""

    case_id: str
    text: str


@value
class MeetingView:
    """A meeting as its pages show it; ``agenda`` holds the cases that the person may see."""

    meeting_id: str
    version: int
    day: date
    starts: str
    place: str
    title: str
    chair: str
    state: MeetingState
    attendance: tuple[Attendance, ...]
    agenda: tuple[OnAgenda, ...]
    shown: Shown | None
    asked: tuple[AskedLine, ...]
    changed_by: str
    changed_at: datetime
    opened_by: str
    opened_at: datetime | None
    closed_by: str
    closed_at: datetime | None
    functions: tuple[str, ...]


@value
class MissingOfCase:
    """What is asked of a case before the board; ``worked_up`` is 0 where it has no page that could tell."""

    case_id: str
    worked_up: int
    is_current: bool
    items: tuple[str, ...]


@value
class Missing:
    """What is missing before a meeting, case by case in the order of the agenda."""

    items: tuple[MissingOfCase, ...]


# --- decisions --------------------------------------------------------------------------------------------------------


@value
class NewOverride:
    """A stop that is overridden with the decision; it is signed by who sends it."""

    stop: str
    about: str
    because: str
    act: str = ""


@value
class NewTask:
    """What is to be done after the decision; ``owner`` is a sign-in name."""

    what: str
    owner: str
    due: date


@value
class NewDecision:
    """What the board decides about a lesion, and what it was shown: a version, and the fingerprint of its result.

    If the case or its result has changed since, it is refused with what changed; sent again with the version, and if
    need be the result, that is the newest then, it is taken, and both are kept. Without attendance it is that of the
    meeting.
    """

    lesion: str
    way: Way
    of_version: int
    of_result: str = ""
    confirmed_version: int | None = None
    confirmed_result: str | None = None
    meeting_id: str = ""
    emergency: str = ""
    attendance: tuple[Attendance, ...] = ()
    certainty: str | None = None
    noms: Stated | None = None
    margin: Stated | None = None
    chosen: Choice | None = None
    rejected: tuple[Choice, ...] = ()
    consent: tuple[str, ...] = ()
    responsible: str | None = None
    deadline: date | None = None
    dissent: tuple[Dissent, ...] = ()
    overrides: tuple[NewOverride, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    supersedes: str = ""
    tasks: tuple[NewTask, ...] = ()


@value
class TaskView:
    """A task with the headline of its case; ``version`` is its ETag."""

    task: Task
    version: int
    changed_by: str
    changed_at: datetime
    headline: str


@value
class DecisionView:
    """A decision, where it stands, and what of MDT-04 nobody stated."""

    decision: Decision
    state: Standing
    missing: tuple[str, ...]
    superseded_by: str
    ratified_in: str
    ratified_by: str
    ratified_at: datetime | None
    tasks: tuple[TaskView, ...]


@value
class Decisions:
    """Every decision about a case, the oldest first; ``now`` is what one would be made on at this moment."""

    case_id: str
    now: DecidedOn
    items: tuple[DecisionView, ...]


@value
class DecisionMade:
    """The decision, the version that the case has now, and the job that works up what it overrode."""

    decision: DecisionView
    version: int
    job: Job | None


@value
class RatifyWish:
    """The meeting that ratifies."""

    meeting_id: str


# --- second looks, tasks, and what is learned from them ---------------------------------------------------------------


@value
class LookWish:
    """The act that one would lead with for a lesion, and why."""

    lesion: str
    option: str
    because: str = ""


@value
class SecondLooks:
    """The second looks at a case; ``awaited`` is how many of those who take part may give one."""

    items: tuple[LooksLine, ...]
    awaited: int


@value
class Tasks:
    """A page of tasks, what is due earliest first."""

    items: tuple[TaskView, ...]
    next: str
    today: str


@value
class TaskWish:
    """A task as it shall be; ``because`` says why it is dropped or taken up again."""

    what: str
    owner: str
    due: date
    state: TaskState
    because: str = ""


@value
class AgreementOfYear:
    """How often second looks of a year agree, and how that was computed."""

    year: int
    found: Agreement
    method: str
    interval: str


@value
class Disagreements:
    """A page of rules that somebody did not agree with; ``names`` says how those who recorded it are printed."""

    items: tuple[DisagreementLine, ...]
    names: Mapping[str, str]
    next: str
