"""What goes into the record and comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from enbloc.record.difference import Change
from enbloc.value import value


@value
class CaseLine:
    """One case in a list: its key, its newest version, and who saved that when."""

    case_id: str
    version: int
    by: str
    at: datetime


@value
class VersionLine:
    """One version of a case: who saved it, when and why. ``sha256`` is that of its document."""

    case_id: str
    version: int
    by: str
    at: datetime
    because: str
    sha256: str


@value
class CaseVersion:
    """A version as it was saved: the document to the byte, and the files it names by path with their SHA-256."""

    line: VersionLine
    document: str
    files: Mapping[str, str] = field(default_factory=dict)


@value
class Saved:
    """The save is in the record once its unit of work has ended."""

    case_id: str
    version: int
    sha256: str


@value
class Since:
    """One version that somebody else saved meanwhile, and what it changed."""

    line: VersionLine
    changes: tuple[Change, ...]


@value
class Overtaken:
    """Nothing was saved: the case has a newer version than the one that this was made from.

    ``since`` is every version that came after, oldest first (of more than 20 the latest); ``changes`` what they changed
    together.
    """

    case_id: str
    made_from: int
    version: int
    since: tuple[Since, ...]
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """Who saved when, and which fields, in a sentence; it repeats no value."""
        last = self.since[-1].line
        fields = ", ".join(dict.fromkeys(change.what for change in self.changes)) or "nothing that differs now"
        return (
            f"This was made from version {self.made_from}; {last.by} saved version {last.version} "
            f"on {last.at:%Y-%m-%d at %H:%M} UTC. Changed since: {fields}."
        )


@value
class StoredFile:
    """A file of a case: addressed by the SHA-256 of what is in it."""

    case_id: str
    sha256: str
    size: int


@value
class StoredResult:
    """A result that was computed from a version of a case: a file, and what kind of result it is."""

    case_id: str
    version: int
    number: int
    kind: str
    sha256: str
    by: str
    at: datetime


@value
class EnteredLine:
    """A finding that a person entered, as it stands in the newest version of a case; ``value`` is JSON."""

    case_id: str
    version: int
    position: int
    fact: str
    about: str
    value: str
    by: str
    on: str
    because: str

    @property
    def spot(self) -> tuple[str, int]:
        """Where it stands; the next page begins after it."""
        return (self.case_id, self.position)


@value
class OverriddenLine:
    """A stop that a person overrode, as it stands in the newest version of a case."""

    case_id: str
    version: int
    position: int
    stop: str
    about: str
    act: str
    by: str
    on: str
    because: str

    @property
    def spot(self) -> tuple[str, int]:
        """Where it stands; the next page begins after it."""
        return (self.case_id, self.position)


@value
class AuditLine:
    """One link of a centre's chain: who did what with which case, when and for what purpose."""

    entry: int
    at: datetime
    actor: str
    purpose: str
    act: str
    case_id: str
    version: int
    detail: str
    digest: str


@value
class Taken:
    """What the record of a centre takes: its cases, and the files of all of them with their bytes."""

    cases: int
    files: int
    bytes: int
