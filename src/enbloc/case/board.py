"""The board: its meetings and who attends, what it decides, who sees it otherwise, and what is to be done after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum

from enbloc.case.override import Override
from enbloc.errors import RecordError
from enbloc.value import value

LONGEST_NAME = 80
LONGEST_WORDS = 400
LONGEST_REASON = 2000
MOST = 60
"""So many items at most stand in one list: a longer one is no agenda and no decision."""


class Specialty(Enum):
    """Whom the full board asks (MDT-01)."""

    SPINE_SURGERY = "spine surgeon"
    RADIATION_ONCOLOGY = "radiation oncologist"
    MEDICAL_ONCOLOGY = "medical or haemato-oncologist"
    RADIOLOGY = "radiologist"
    PATHOLOGY = "pathologist"
    PLASTIC_SURGERY = "plastic surgeon"
    VASCULAR_SURGERY = "vascular surgeon"
    THORACIC_SURGERY = "thoracic surgeon"
    COLORECTAL_SURGERY = "colorectal surgeon"
    UROLOGY = "urological surgeon"
    PALLIATIVE_CARE = "palliative care"
    REHABILITATION = "rehabilitation"


class Joined(Enum):
    """How somebody takes part."""

    IN_THE_ROOM = "in the room"
    BY_PHONE = "by phone"
    BY_VIDEO = "by video"


class MeetingState(Enum):
    """Where a meeting stands; it only goes on, from one to the next."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Way(Enum):
    """How a decision came about."""

    MEETING = "meeting"
    QUORUM = "quorum by phone"


class TaskState(Enum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


QUORUM = (Specialty.SPINE_SURGERY, Specialty.RADIATION_ONCOLOGY)
"""Who must take part where the board is not waited for (MDT-03, not yet source-checked)."""

_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


@value
class Attendance:
    """Somebody who takes part; ``person`` is their sign-in name, empty for who has none."""

    name: str
    specialty: Specialty
    how: Joined = Joined.IN_THE_ROOM
    person: str = ""

    def __post_init__(self) -> None:
        _line("name", self.name, LONGEST_NAME)
        _line("person", self.person, LONGEST_NAME, may_be_empty=True)


@value
class AgendaItem:
    """A case on the agenda: which of its lesions (none named: all), and what the board is asked."""

    case: str
    lesions: tuple[str, ...] = ()
    question: str = ""

    def __post_init__(self) -> None:
        for lesion in self.lesions:
            _line("lesions", lesion, LONGEST_NAME)
        _few("lesions", self.lesions)
        _line("question", self.question, LONGEST_WORDS, may_be_empty=True)


@value
class Meeting:
    """One meeting of the board. ``starts`` is its hour on the wall, empty while nobody has fixed it.

    ``chair`` is the sign-in name of who leads it and may reveal second looks before all have given theirs.

    Raises
    ------
    RecordError
        If a text is no line, the hour is none, or a case or person stands twice.
    """

    id: str
    day: date
    starts: str = ""
    place: str = ""
    title: str
    chair: str = ""
    state: MeetingState = MeetingState.PLANNED
    agenda: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()

    def __post_init__(self) -> None:
        if self.starts and not re.fullmatch(_CLOCK, self.starts, re.ASCII):
            raise RecordError("This is no hour.", remedy="Write it as 14:00, or leave it out.", where="starts")
        _line("title", self.title, LONGEST_NAME)
        _line("place", self.place, LONGEST_NAME, may_be_empty=True)
        _line("chair", self.chair, LONGEST_NAME, may_be_empty=True)
        _few("agenda", self.agenda)
        _few("attendance", self.attendance)
        _once("agenda", [item.case for item in self.agenda])
        _once("attendance", [one.person for one in self.attendance if one.person])


# --- what is decided --------------------------------------------------------------------------------------------------


@value
class Stated:
    """What the board states, or why there is nothing of the kind for this patient: one of the two."""

    words: str = ""
    why_none: str = ""

    def __post_init__(self) -> None:
        if bool(self.words) is bool(self.why_none):
            raise RecordError("It is stated, or there is a reason why not.", remedy="Give one of the two.")
        _line("words", self.words, LONGEST_WORDS, may_be_empty=True)
        _line("why_none", self.why_none, LONGEST_REASON, may_be_empty=True)


@value
class Choice:
    """An option with the reason: the word of its act and, for an operation, the id of its plan.

    Acts are not known here; whether there is such a one is judged later. ``called`` is what the result that was looked
    at calls it for this lesion, empty where there is none: radiotherapy of a primary tumour is definitive.
    """

    act: str
    plan: str = ""
    called: str = ""
    because: str

    def __post_init__(self) -> None:
        _line("act", self.act, LONGEST_NAME)
        _line("plan", self.plan, LONGEST_WORDS, may_be_empty=True)
        _line("called", self.called, LONGEST_WORDS, may_be_empty=True)
        _line("because", self.because, LONGEST_REASON)


@value
class Dissent:
    """Somebody who takes part and does not agree, by name and with the reason."""

    name: str
    because: str

    def __post_init__(self) -> None:
        _line("name", self.name, LONGEST_NAME)
        _line("because", self.because, LONGEST_REASON)


@value
class Disagreement:
    """A rule that somebody does not agree with in this case, by name and with the reason: how rules improve."""

    rule: str
    name: str
    because: str

    def __post_init__(self) -> None:
        _line("rule", self.rule, LONGEST_NAME)
        _line("name", self.name, LONGEST_NAME)
        _line("because", self.because, LONGEST_REASON)


@value
class Task:
    """What somebody is to do after a decision, and by when; ``owner`` is a sign-in name.

    Who settled it, when and why is empty while it is open.
    """

    id: str
    case: str
    decision: str
    what: str
    owner: str
    due: date
    state: TaskState = TaskState.OPEN
    done_by: str = ""
    done_at: datetime | None = None
    because: str = ""

    def __post_init__(self) -> None:
        _line("what", self.what, LONGEST_WORDS)
        _line("owner", self.owner, LONGEST_NAME)
        _line("because", self.because, LONGEST_REASON, may_be_empty=True)


@value
class DecidedOn:
    """What a decision was made on: the version of the case, and the result that was looked at.

    The result is number ``result`` of those of version ``worked_up``, with its fingerprint; 0 and empty where the case
    was never worked up.
    """

    version: int
    worked_up: int = 0
    result: int = 0
    fingerprint: str = ""


@value
class Decision:
    """What the board decided about one lesion, held as MDT-04 asks. What nobody stated is nothing, and is told.

    ``of`` is what was presented; ``confirmed`` what the case had become, where somebody confirmed the decision for it.
    ``overrides`` stand in version ``overrides_in`` of the case. ``supersedes`` names the decision that this one
    replaces. ``emergency`` says why a quorum by phone did not wait. ``tasks`` are as they were given out; how they
    went on is told elsewhere.

    Raises
    ------
    RecordError
        If a quorum by phone is no emergency, or lacks its surgeon or its radiation oncologist (MDT-03), or a text is
        no line.
    """

    id: str
    case: str
    lesion: str
    of: DecidedOn
    confirmed: DecidedOn | None = None
    way: Way
    meeting: str = ""
    emergency: str = ""
    attendance: tuple[Attendance, ...]
    certainty: str | None = None
    noms: Stated | None = None
    margin: Stated | None = None
    chosen: Choice | None = None
    rejected: tuple[Choice, ...] = ()
    consent: tuple[str, ...] = ()
    responsible: str | None = None
    deadline: date | None = None
    dissent: tuple[Dissent, ...] = ()
    overrides: tuple[Override, ...] = ()
    overrides_in: int = 0
    disagreements: tuple[Disagreement, ...] = ()
    supersedes: str = ""
    tasks: tuple[Task, ...] = ()
    by: str
    at: datetime

    def __post_init__(self) -> None:
        _line("lesion", self.lesion, LONGEST_NAME)
        _line("certainty", self.certainty or "", LONGEST_WORDS, may_be_empty=True)
        _line("responsible", self.responsible or "", LONGEST_NAME, may_be_empty=True)
        _line("emergency", self.emergency, LONGEST_REASON, may_be_empty=True)
        for item in self.consent:
            _line("consent", item, LONGEST_WORDS)
        for where in ("attendance", "rejected", "consent", "dissent", "overrides", "disagreements", "tasks"):
            _few(where, getattr(self, where))
        if self.way is Way.QUORUM:
            self._refuse_no_quorum()
        elif not self.attendance:
            raise RecordError("Nobody took part.", remedy="Name who did.", where="attendance")

    def _refuse_no_quorum(self) -> None:
        if not self.emergency.strip():
            remedy = "Say what could not wait, or decide in a meeting."
            raise RecordError("A quorum by phone is for emergencies.", remedy=remedy, where="emergency")
        present = {one.specialty for one in self.attendance}
        if missing := [one.value for one in QUORUM if one not in present]:
            remedy = "Call them, and name them here."
            raise RecordError(f"The quorum lacks its {' and its '.join(missing)}.", remedy=remedy, where="attendance")

    @property
    def missing(self) -> tuple[str, ...]:
        """What MDT-04 asks for and nobody stated, in its words."""
        return tuple(self._missing())

    def _missing(self) -> Iterator[str]:
        held = (
            ("certainty of the diagnosis", self.certainty),
            ("cell of NOMS", self.noms),
            ("target margin by Enneking", self.margin),
            ("chosen and rejected options with the reason", self.chosen and self.rejected),
            ("items of consent", self.consent),
            ("responsible person", self.responsible),
            ("deadline", self.deadline),
        )
        return (words for words, given in held if not given)


# --- beside it -------------------------------------------------------------------------------------------------------


@value
class SecondLook:
    """The option that a member would lead with, given before they see that of anybody else."""

    meeting: str
    case: str
    lesion: str
    person: str
    option: str
    because: str = ""

    def __post_init__(self) -> None:
        _line("lesion", self.lesion, LONGEST_NAME)
        _line("option", self.option, LONGEST_WORDS)
        _line("because", self.because, LONGEST_REASON, may_be_empty=True)


def _line(where: str, given: str, longest: int, *, may_be_empty: bool = False) -> None:
    """Refuse what is no printed line; it is never repeated, for it may name a patient."""
    if not given and may_be_empty:
        return
    if not given.strip() or not given.isprintable() or len(given) > longest:
        remedy = f"Write one line of at most {longest} letters."
        raise RecordError("This is missing or no line of text.", remedy=remedy, where=where)


def _few(where: str, given: tuple[object, ...]) -> None:
    if len(given) > MOST:
        raise RecordError(f"A list of {len(given)} is none.", remedy=f"Give at most {MOST}.", where=where)


def _once(where: str, given: list[str]) -> None:
    if len(set(given)) != len(given):
        raise RecordError("One of them stands twice.", remedy="Name each once.", where=where)
