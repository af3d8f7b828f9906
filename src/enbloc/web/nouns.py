"""What the routes about cases take and give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from enbloc.case.case import Case
from enbloc.case.patient import Sex
from enbloc.record import Change, JobLine, Overtaken, Since
from enbloc.value import value
from enbloc.web.running.wishes import Brought


@value
class Job:
    """A job and how far it is: waiting, running, done, failed or cancelled.

    ``waits`` says of one that is done what the case must still be brought before it can be worked up.
    """

    job_id: str
    kind: str
    case_id: str
    version: int
    state: str
    step: str
    done: int
    of: int
    fault: str
    waits: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    attempts: int

    @classmethod
    def of_line(cls, line: JobLine) -> Self:
        """The job as the record holds it, without what was wished for."""
        same = {name: getattr(line, name) for name in cls.__dataclass_fields__ if name != "waits"}
        return cls(**same, waits=json.loads(line.result or "{}").get("waits", ""))


@value
class Asked:
    """The job that does it; nothing where there is nothing to do."""

    job: Job | None


@value
class NewCase:
    """A new case: who the patient is as far as a plan needs to know, and what was uploaded for it."""

    because: str
    birth_year: int | None = None
    sex: Sex | None = None
    as_of: date | None = None
    uploads: tuple[Brought, ...] = ()


@value
class NewScans:
    """More scans or label maps for a case, seen at version ``made_from``."""

    uploads: tuple[Brought, ...]
    made_from: int
    because: str


@value
class CaseMade:
    """The case under its key, with the job that takes in what was uploaded."""

    case_id: str
    version: int
    job: Job | None


@value
class CaseView:
    """A version of a case, who saved it and why, and what is going on with the case.

    ``worked_up`` is the version that its page was computed from, 0 if it has none; ``labels_sha256`` is what a
    confirmation names, ``functions`` what the person may do with it, ``names`` how the people in it are printed.
    """

    case_id: str
    version: int
    newest: int
    by: str
    at: datetime
    because: str
    document: Case
    team: tuple[str, ...]
    names: Mapping[str, str]
    board: str | None
    functions: tuple[str, ...]
    worked_up: int
    is_current: bool
    labels_sha256: str
    level_sha256: str
    jobs: tuple[Job, ...]


@value
class SaveWish:
    """A case as it shall be, and why; it is worked up after that unless the wish says otherwise."""

    document: Case
    because: str
    work_up: bool = True


@value
class CaseSaved:
    """The version that it is now, and the job that works it up."""

    version: int
    job: Job | None


@value
class SavedVersion:
    """Who saved a version of a case, when and why."""

    version: int
    by: str
    at: datetime
    because: str


@value
class Versions:
    """A page of the versions of a case, oldest first; ``names`` says how those who saved them are printed."""

    items: tuple[SavedVersion, ...]
    names: Mapping[str, str]
    next: str


@value
class Changes:
    """What differs between two versions, field by field."""

    items: tuple[Change, ...]


@value
class BoardWish:
    """The day of the board that the case is on; none takes it off."""

    day: date | None


@value
class TeamWish:
    """The people that the case is closed to; nobody opens it to the centre."""

    people: tuple[str, ...]


@value
class Colleague:
    """Somebody of the centre."""

    person: str
    name: str
    roles: tuple[str, ...]


@value
class Colleagues:
    """The people of the centre."""

    items: tuple[Colleague, ...]


def since(overtaken: Overtaken, names: Mapping[str, str]) -> dict[str, Any]:
    """What others saved meanwhile, for the one who comes second; ``names`` says how they are printed."""
    return {
        "type": "overtaken",
        "newest": overtaken.version,
        "since": [_version(one) for one in overtaken.since],
        "names": names,
        "changes": [_change(one) for one in overtaken.changes],
    }


def _version(one: Since) -> dict[str, Any]:
    line = one.line
    told: Mapping[str, Any] = {
        "version": line.version,
        "by": line.by,
        "at": line.at.isoformat(),
        "because": line.because,
    }
    return {**told, "changes": [_change(change) for change in one.changes]}


def _change(one: Change) -> dict[str, Any]:
    return {"path": one.path, "what": one.what, "before": one.before, "after": one.after}
