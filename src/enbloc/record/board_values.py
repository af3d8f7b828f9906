"""What the record tells of the board."""

from __future__ import annotations

from datetime import datetime

from enbloc.case.board import Meeting, SecondLook, Task
from enbloc.value import value


@value
class MeetingLine:
    """A meeting as somebody may see it: its agenda holds the cases alone that are theirs to see.

    ``shown`` is the case that its presenter shows, ``view`` what of it and ``shown_by`` who they are; all are empty
    where nothing is shown. ``turn`` counts how often somebody turned to something.
    """

    meeting: Meeting
    version: int
    changed_by: str
    changed_at: datetime
    opened_by: str = ""
    opened_at: datetime | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    shown: str = ""
    view: str = ""
    shown_by: str = ""
    turn: int = 0


@value
class MovedOn:
    """Nothing was changed: somebody else changed it meanwhile, and this is its version now."""

    version: int
    by: str
    at: datetime

    @property
    def words(self) -> str:
        """Who was first, in a sentence."""
        return f"{self.by} changed it on {self.at:%Y-%m-%d at %H:%M} UTC; its version is {self.version} now."


@value
class AskedLine:
    """What somebody asked the meeting about a case."""

    number: int
    case_id: str
    words: str
    by: str
    at: datetime


@value
class DecisionLine:
    """A decision as it was kept, to the byte, with what became of it.

    ``superseded_by`` is the decision that replaced it, ``ratified_in`` the meeting that ratified it; empty where none.
    """

    case_id: str
    decision_id: str
    lesion: str
    way: str
    meeting_id: str
    document: str
    by: str
    at: datetime
    superseded_by: str = ""
    ratified_in: str = ""
    ratified_by: str = ""
    ratified_at: datetime | None = None


@value
class DisagreementLine:
    """Somebody did not agree with a rule in a case, and why."""

    case_id: str
    decision_id: str
    position: int
    rule: str
    name: str
    because: str
    by: str
    at: datetime


@value
class LooksLine:
    """The second looks at one lesion: how many gave theirs, and one's own.

    ``looks`` is empty until they are revealed; then it holds all, and nothing is added or changed any more.
    """

    lesion: str
    given: int
    mine: SecondLook | None = None
    looks: tuple[SecondLook, ...] = ()
    revealed_by: str = ""
    revealed_at: datetime | None = None
    because: str = ""


@value
class TaskLine:
    """A task, and who changed it last."""

    task: Task
    version: int
    changed_by: str
    changed_at: datetime
