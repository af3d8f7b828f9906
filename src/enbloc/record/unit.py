"""What is written in a unit of work: versions, files and results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from sqlalchemy import Row, insert, select, update

from enbloc.errors import RecordError
from enbloc.record import of_case
from enbloc.record.difference import Change, changes
from enbloc.record.documents import finding_rows, fingerprint, id_of, listing, override_rows, parsed
from enbloc.record.files import Kept, keep
from enbloc.record.floor import Floor
from enbloc.record.tables import CASES, FILES, FINDINGS, OVERRIDES, RESULTS, VERSION_FILES, VERSIONS
from enbloc.record.values import (
    CaseVersion,
    Overtaken,
    Saved,
    Since,
    StoredFile,
    StoredResult,
    VersionLine,
)
from enbloc.record.words import LONGEST_REASON, key, moment, path_of, said

MOST_SINCE = 20
"""So many of the versions that came in between are told one by one."""


class Saving(Floor):
    """What is written: versions, files and results."""

    def save_case(
        self, case_id: str, document: str, *, made_from: int, because: str, files: Mapping[str, str] | None = None
    ) -> Saved | Overtaken:
        """Save a new version that was made from version ``made_from`` (0 for a new case).

        ``files`` names every file of this version: its path in the case, and the SHA-256 that ``put_file`` gave. If
        somebody else saved meanwhile nothing is saved, and what they changed comes back.

        Raises
        ------
        RecordError
            If the document is none of a case, is another case's, or names a file that is not in the record.
        """
        data, because = parsed(document), said("reason", because, LONGEST_REASON)
        findings, overrides = list(finding_rows(data)), list(override_rows(data))
        named = {path_of(path): key("SHA-256", address) for path, address in sorted((files or {}).items())}
        newest = self._newest(case_id)
        if not newest:
            self._refuse_hidden("save case", case_id)
        if made_from != newest:
            return self._overtaken(case_id, made_from, newest)
        self._refuse_strangers(case_id, newest, id_of(data), named)
        version, digest = newest + 1, fingerprint(document)
        entry = self._wrote("save case", case_id=case_id, version=version, sha256=digest, files=listing(named))
        self._moved(case_id, version, id_of(data))
        here = {"centre": self._centre, "case_id": case_id, "version": version}
        of_version = {"document": document, "sha256": digest, "because": because, "entry": entry}
        self._write(insert(VERSIONS), [{**here, **of_version, "saved_by": self._link.actor, "saved_at": self._link.at}])
        for table, rows in (
            (FINDINGS, findings),
            (OVERRIDES, overrides),
            (VERSION_FILES, [{"path": path, "sha256": address} for path, address in named.items()]),
        ):
            if rows:
                self._write(insert(table), [{**here, **row} for row in rows])
        return Saved(case_id=case_id, version=version, sha256=digest)

    def changed_since(self, case_id: str, version: int) -> Overtaken | None:
        """What changed of a case since this version, for who decides on it; nothing if it is the newest."""
        newest = self._there("compare before deciding", case_id)
        if version == newest:
            return None
        return self._overtaken(case_id, version, newest, act="compare before deciding")

    def put_file(self, case_id: str, content: bytes | BinaryIO) -> StoredFile:
        """Keep a file of a case, which may not be saved yet; the same content is kept once."""
        key("case", case_id)
        kept = keep(self._ground.folder, self._centre, content)
        self._refuse_hidden("keep file", case_id)
        return self._filed(case_id, kept)

    def put_result(self, case_id: str, version: int, kind: str, content: bytes | BinaryIO) -> StoredResult:
        """Keep a result that was computed from a version of a case."""
        key("kind of result", kind)
        kept = keep(self._ground.folder, self._centre, content)
        self._there("keep result", case_id, version)
        self._filed(case_id, kept)
        mine = (RESULTS.c.centre == self._centre, RESULTS.c.case_id == case_id, RESULTS.c.version == version)
        last = self._rows(select(RESULTS.c.number).where(*mine).order_by(RESULTS.c.number.desc()).limit(1))
        number = int(last[0].number) + 1 if last else 1
        entry = self._wrote(
            "keep result", case_id=case_id, version=version, kind=kind, number=number, sha256=kept.sha256
        )
        row = {"case_id": case_id, "version": version, "number": number, "kind": kind, "sha256": kept.sha256}
        by = {"computed_by": self._link.actor, "computed_at": self._link.at}
        self._write(insert(RESULTS), [{"centre": self._centre, **row, **by, "entry": entry}])
        return StoredResult(
            case_id=case_id,
            version=version,
            number=number,
            kind=kind,
            sha256=kept.sha256,
            by=self._link.actor,
            at=moment(self._link.at),
        )

    def _filed(self, case_id: str, kept: Kept) -> StoredFile:
        mine = (FILES.c.centre == self._centre, FILES.c.case_id == case_id, FILES.c.sha256 == kept.sha256)
        entry = self._wrote("keep file", case_id=case_id, sha256=kept.sha256, size=kept.size)
        if not self._rows(select(FILES.c.size).where(*mine)):
            row = {"centre": self._centre, "case_id": case_id, "sha256": kept.sha256, "size": kept.size}
            self._write(insert(FILES), [{**row, "entry": entry}])
        return StoredFile(case_id=case_id, sha256=kept.sha256, size=kept.size)

    def _moved(self, case_id: str, version: int, document_id: str) -> None:
        moved = {"version": version, "saved_by": self._link.actor, "saved_at": self._link.at}
        if version == 1:
            here = {"centre": self._centre, "case_id": case_id, "document_id": document_id}
            self._write(insert(CASES), [{**here, **moved}])
            return
        mine = (CASES.c.centre == self._centre, CASES.c.case_id == case_id)
        self._write(update(CASES).where(*mine).values(**moved))

    def _refuse_strangers(self, case_id: str, newest: int, document_id: str, named: Mapping[str, str]) -> None:
        """A document of another case under this key would mix two patients up; a file that is not there is none."""
        mine = (CASES.c.centre == self._centre, CASES.c.case_id == case_id)
        if newest and self._rows(select(CASES.c.document_id).where(*mine))[0].document_id != document_id:
            raise RecordError("The document is that of another case.", remedy="Save it under its own key.")
        of_case = (FILES.c.centre == self._centre, FILES.c.case_id == case_id)
        there = {row.sha256 for row in self._rows(select(FILES.c.sha256).where(*of_case))} if named else set()
        if missing := [path for path, address in named.items() if address not in there]:
            raise RecordError(
                f"{len(missing)} of the files named are not in the record.", remedy="Keep each first, with 'put_file'."
            )

    # --- the second writer ----------------------------------------------------------------------------------------

    def _overtaken(self, case_id: str, made_from: int, newest: int, *, act: str = "refuse save") -> Overtaken:
        if not 0 <= made_from < newest:
            self._there("save case", case_id, made_from)
        self._read(act, case_id=case_id, version=newest, made_from=made_from)
        first = max(made_from, newest - MOST_SINCE)
        since = []
        for at in range(first + 1, newest + 1):
            then = self._version(case_id, at)
            since.append(Since(line=then.line, changes=self._between(case_id, at - 1, at)))
        return Overtaken(
            case_id=case_id,
            made_from=made_from,
            version=newest,
            since=tuple(since),
            changes=self._between(case_id, made_from, newest),
        )

    def _between(self, case_id: str, earlier: int, later: int) -> tuple[Change, ...]:
        before, after = (parsed(self._version(case_id, at).document) if at else {} for at in (earlier, later))
        return changes(before, after)

    def _version(self, case_id: str, version: int) -> CaseVersion:
        mine = self._whose(case_id=case_id, version=version)
        found = self._rows(of_case.VERSION, mine)[0]
        if fingerprint(found.document) != found.sha256:
            raise RecordError(
                "A document of the record is damaged.", remedy="Run 'enbloc record verify', and restore a backup."
            )
        named = self._rows(of_case.NAMED, mine) if found.has_files else ()
        return CaseVersion(line=line_of(found), document=found.document, files={row.path: row.sha256 for row in named})


def line_of(row: Row[Any]) -> VersionLine:
    """A version without its document."""
    return VersionLine(
        case_id=row.case_id,
        version=int(row.version),
        by=row.saved_by,
        at=moment(row.saved_at),
        because=row.because,
        sha256=row.sha256,
    )
