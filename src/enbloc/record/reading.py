"""What is read in a unit of work; every question leaves its entry in the audit."""

from __future__ import annotations

from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Row, Table, and_, func, or_, select

from enbloc.errors import RecordError
from enbloc.record import of_case
from enbloc.record.difference import Change
from enbloc.record.files import Kept, content, opened
from enbloc.record.jobs import Asking
from enbloc.record.people import Persons
from enbloc.record.second_looks import SecondLooks
from enbloc.record.tables import AUDIT, CASES, FILES, FINDINGS, OVERRIDES, RESULTS, VERSIONS
from enbloc.record.tasks import Tasks
from enbloc.record.unit import Saving, line_of
from enbloc.record.values import (
    AuditLine,
    CaseLine,
    CaseVersion,
    EnteredLine,
    OverriddenLine,
    StoredResult,
    Taken,
    VersionLine,
)
from enbloc.record.words import key, moment, page_of, said

PAGE = 50
Spot = tuple[str, int]
FIRST: Spot = ("", -1)
"""Before every case and every place in it."""


class UnitOfWork(Saving, Persons, Asking, SecondLooks, Tasks):
    """All that one person may do with the record of a centre, for one purpose, at one moment.

    Nothing that was read may be shown before the unit has ended: only then is its audit kept.
    """

    def read_case(self, case_id: str, version: int | None = None) -> CaseVersion:
        """A case as it was saved; the newest version if none is named.

        Raises
        ------
        RecordError
            If the centre has no such case or version, or its document is damaged.
        """
        meant = self._there("read case", case_id, version)
        self._read("read case", case_id=case_id, version=meant)
        return self._version(case_id, meant)

    def versions(self, case_id: str, *, after: int = 0, limit: int = PAGE) -> tuple[VersionLine, ...]:
        """Who saved the case when and why, oldest first, from the one after version ``after``."""
        self._there("list versions", case_id)
        self._read("list versions", case_id=case_id, after=after)
        columns = [column for column in VERSIONS.c if column is not VERSIONS.c.document]
        mine = (VERSIONS.c.centre == self._centre, VERSIONS.c.case_id == case_id, VERSIONS.c.version > after)
        found = self._rows(select(*columns).where(*mine).order_by(VERSIONS.c.version).limit(page_of(limit)))
        return tuple(map(line_of, found))

    def compared(self, case_id: str, earlier: int, later: int) -> tuple[Change, ...]:
        """What changed from one version to another, field by field."""
        for version in (earlier, later):
            self._there("compare versions", case_id, version)
        self._read("compare versions", case_id=case_id, version=later, earlier=earlier)
        return self._between(case_id, earlier, later)

    def cases(self, *, after: str = "", limit: int = PAGE) -> tuple[CaseLine, ...]:
        """A page of the centre's cases by their keys, from the one after the key ``after``."""
        found = self._rows(cases_after(self._centre, after, page_of(limit)).where(self._seen(CASES)))
        self._read("list cases", after=after and key("case", after), shown=len(found))
        return tuple(
            CaseLine(case_id=row.case_id, version=int(row.version), by=row.saved_by, at=moment(row.saved_at))
            for row in found
        )

    def findings(self, fact: str, *, after: Spot = FIRST, limit: int = PAGE) -> tuple[EnteredLine, ...]:
        """A page of the entries of one fact in the newest versions, from the one after ``spot`` of another line."""
        asked = entered_after(self._centre, key("fact", fact), after, page_of(limit))
        found = self._rows(asked.where(self._seen(FINDINGS)))
        self._read("list findings", fact=fact, after=list(after), shown=len(found))
        return tuple(
            EnteredLine(
                case_id=row.case_id,
                version=int(row.version),
                position=int(row.position),
                fact=row.fact,
                about=row.about,
                value=row.value,
                by=row.entered_by,
                on=row.entered_on,
                because=row.because,
            )
            for row in found
        )

    def overrides(self, stop: str, *, after: Spot = FIRST, limit: int = PAGE) -> tuple[OverriddenLine, ...]:
        """A page of the overrides of one stop in the newest versions, from the one after ``spot`` of another line."""
        asked = overridden_after(self._centre, key("stop", stop), after, page_of(limit))
        found = self._rows(asked.where(self._seen(OVERRIDES)))
        self._read("list overrides", stop=stop, after=list(after), shown=len(found))
        return tuple(
            OverriddenLine(
                case_id=row.case_id,
                version=int(row.version),
                position=int(row.position),
                stop=row.stop,
                about=row.about,
                act=row.act,
                by=row.overridden_by,
                on=row.overridden_on,
                because=row.because,
            )
            for row in found
        )

    def results(self, case_id: str, version: int | None = None) -> tuple[StoredResult, ...]:
        """The results of a version, oldest first; of the newest version if none is named."""
        meant = self._there("list results", case_id, version)
        self._read("list results", case_id=case_id, version=meant)
        mine = (RESULTS.c.centre == self._centre, RESULTS.c.case_id == case_id, RESULTS.c.version == meant)
        return tuple(map(_result, self._rows(select(RESULTS).where(*mine).order_by(RESULTS.c.number))))

    def latest_result(self, case_id: str, kind: str) -> StoredResult | None:
        """The latest result of a kind, of the latest version that has one; nothing if no version has."""
        self._there("find result", case_id)
        self._read("find result", case_id=case_id, kind=key("kind of result", kind))
        return next((_result(row) for row in self._rows(of_case.LATEST, self._whose(case_id=case_id, kind=kind))), None)

    def latest_content(self, case_id: str, kind: str) -> bytes | None:
        """What is in the latest result of a kind; nothing if no version has one."""
        self._there("find result", case_id)
        found = self._rows(of_case.LATEST, self._whose(case_id=case_id, kind=key("kind of result", kind)))
        self._read("find result", case_id=case_id, kind=kind)
        if not found:
            return None
        self._read("read file", case_id=case_id, sha256=found[0].sha256, found=True)
        return content(self._ground.folder, self._centre, Kept(sha256=found[0].sha256, size=int(found[0].size)))

    def open_file(self, case_id: str, sha256: str) -> BinaryIO:
        """A file or result of a case, open and found to be what it was. The caller closes it.

        Raises
        ------
        RecordError
            If the case has no such file, or it is gone or damaged.
        """
        return opened(self._ground.folder, self._centre, self._kept(case_id, sha256))

    def read_file(self, case_id: str, sha256: str) -> bytes:
        """What is in a file or result of a case."""
        return content(self._ground.folder, self._centre, self._kept(case_id, sha256))

    def _kept(self, case_id: str, sha256: str) -> Kept:
        address = key("SHA-256", sha256)
        mine = self._whose(case_id=key("case", case_id), sha256=address)
        found = self._rows(of_case.file(self._reach), mine)
        self._read("read file", case_id=case_id, sha256=address, found=bool(found))
        if not found:
            raise RecordError("The case has no such file.", remedy="Look it up in the version that names it.")
        return Kept(sha256=address, size=int(found[0].size))

    def audit(
        self, *, case_id: str = "", actor: str = "", after: int = 0, limit: int = PAGE, newest_first: bool = False
    ) -> tuple[AuditLine, ...]:
        """Who did what, from the entry after ``after`` in the order that is asked for; of one case or person alone if
        it is named.
        """
        self._read("read audit", case_id=case_id and key("case", case_id), after=after)
        asked = (audit_before if newest_first else audit_after)(self._centre, case_id, after, page_of(limit))
        if actor:
            asked = asked.where(AUDIT.c.actor == said("actor", actor))
        found = self._rows(asked.where(self._seen(AUDIT)))
        names = [name for name in AuditLine.__dataclass_fields__ if name not in ("at", "entry", "version")]
        return tuple(
            AuditLine(
                entry=int(row.entry),
                version=int(row.version),
                at=moment(row.at),
                **{name: getattr(row, name) for name in names},
            )
            for row in found
        )

    def taken(self) -> Taken:
        """What the record of the centre takes."""
        self._read("read storage")
        files = select(func.count().label("files"), func.coalesce(func.sum(FILES.c.size), 0).label("bytes")).where(
            FILES.c.centre == self._centre
        )
        held = self._rows(files)[0]
        cases = self._rows(select(func.count()).select_from(CASES).where(CASES.c.centre == self._centre))[0][0]
        return Taken(cases=int(cases), files=int(held.files), bytes=int(held.bytes))

    def note(self, act: str) -> None:
        """Leave an entry about something that is done with the whole record of the centre, such as a backup."""
        self._read(said("act", act))


def _result(row: Row[Any]) -> StoredResult:
    return StoredResult(
        case_id=row.case_id,
        version=int(row.version),
        number=int(row.number),
        kind=row.kind,
        sha256=row.sha256,
        by=row.computed_by,
        at=moment(row.computed_at),
    )


# --- the questions, apart from who asks them: their plans are tested --------------------------------------------------


def cases_after(centre: str, after: str, limit: int) -> Any:
    """A page of cases."""
    return select(CASES).where(CASES.c.centre == centre, CASES.c.case_id > after).order_by(CASES.c.case_id).limit(limit)


def entered_after(centre: str, fact: str, after: Spot, limit: int) -> Any:
    """Entries of a fact in newest versions."""
    return _newest_of(FINDINGS, and_(FINDINGS.c.centre == centre, FINDINGS.c.fact == fact), after, limit)


def overridden_after(centre: str, stop: str, after: Spot, limit: int) -> Any:
    """Overrides of a stop in newest versions."""
    return _newest_of(OVERRIDES, and_(OVERRIDES.c.centre == centre, OVERRIDES.c.stop == stop), after, limit)


def audit_after(centre: str, case_id: str, after: int, limit: int) -> Any:
    """A page of the audit."""
    mine = _audit_of(centre, case_id)
    return select(AUDIT).where(*mine, AUDIT.c.entry > after).order_by(AUDIT.c.entry).limit(limit)


def audit_before(centre: str, case_id: str, before: int, limit: int) -> Any:
    """A page of the audit from its end, or from the entry before ``before``."""
    mine = [*_audit_of(centre, case_id), *([AUDIT.c.entry < before] if before else [])]
    return select(AUDIT).where(*mine).order_by(AUDIT.c.entry.desc()).limit(limit)


def _audit_of(centre: str, case_id: str) -> list[ColumnElement[bool]]:
    return [AUDIT.c.centre == centre, *([AUDIT.c.case_id == case_id] if case_id else [])]


def _newest_of(table: Table, mine: ColumnElement[bool], after: Spot, limit: int) -> Any:
    case_id, position = after
    own = table.c
    newest = and_(CASES.c.centre == own.centre, CASES.c.case_id == own.case_id, CASES.c.version == own.version)
    later = and_(own.case_id >= case_id, or_(own.case_id > case_id, own.position > position))
    asked = select(table).join(CASES, newest).where(mine, later)
    return asked.order_by(own.case_id, own.version, own.position).limit(limit)
