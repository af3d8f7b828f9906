"""What a worker handed back, into the record: all of it together with the end of its job, or none of it.

The worker read files of strangers. So nothing that it names is followed out of its folder, and no more is read of it
than a result can be.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from enbloc.case.case import Case
from enbloc.errors import BackendError, RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.record import Overtaken
from enbloc.web.lining import line_up_saved, line_up_worked_up
from enbloc.web.listing import DOCUMENT, KIND, PAGE, PICTURE, Held, Listing
from enbloc.web.working.order import CASE, HANDED_BACK, OUT, HandedBack, Made

if TYPE_CHECKING:
    from enbloc.record import JobLine, UnitOfWork

LARGEST_HANDED_BACK = 64 * 2**20
MOST_FILES = 5000
_STRANGE = RecordError("The worker handed back what is none of its.", remedy="Tell who runs the server.")


def handed_back(scratch: Path) -> HandedBack:
    """What the worker says that it made.

    Raises
    ------
    RecordError
        If it cannot be read as that.
    """
    with opened_within(scratch, HANDED_BACK) as file:
        told = from_json(HandedBack, file.read(LARGEST_HANDED_BACK).decode(errors="replace"))
    if len(told.files) + len(told.pictures) + len(told.documents) > MOST_FILES:
        raise _STRANGE
    return told


def store_case(
    work: UnitOfWork, job: JobLine, made_from: int, because: str, scratch: Path, told: HandedBack
) -> JobLine | None:
    """The case with what was brought as its next version, and a work-up of it asked for.

    Nothing if somebody saved the case meanwhile: then it is to be done again from what they saved.
    """
    case = from_json(Case, told.document)
    if case.id != job.case_id:
        raise _STRANGE
    with ExitStack() as files:
        there = {path: files.enter_context(opened_within(scratch / CASE, path)) for path in told.files}
        kept = {path: work.put_file(job.case_id, file).sha256 for path, file in there.items()}
    saved = work.save_case(job.case_id, told.document, made_from=made_from, because=because, files=kept)
    if isinstance(saved, Overtaken):
        return None
    following = work.ask("work-up", job.case_id, saved.version, "{}", key=key_of(job.case_id, saved.version))
    line_up_saved(work, case, job.case_id, saved.version, is_asked=True)
    return following


def store_results(work: UnitOfWork, job: JobLine, scratch: Path, told: HandedBack) -> None:
    """The page, its pictures and its documents, and the listing that leads to each by its name."""
    if told.page is None:
        raise _STRANGE
    storing = _Storing(work, job, scratch / OUT)
    listing = Listing(
        version=job.version,
        page=storing.one(PAGE, told.page),
        pictures=storing.all(PICTURE, told.pictures),
        documents=storing.all(DOCUMENT, told.documents),
        labels_sha256=told.labels_sha256,
        level_sha256=told.level_sha256,
        measured=told.measured,
        fingerprint=told.fingerprint,
    )
    work.put_result(job.case_id, job.version, KIND, to_json(listing).encode())
    line_up_worked_up(work, job.case_id, job.version, told.line)


def key_of(case_id: str, version: int) -> str:
    """A version is worked up once, however often it is asked for."""
    return f"work-up {case_id} {version}"


class _Storing:
    """Puts the files of a result into the record."""

    def __init__(self, work: UnitOfWork, job: JobLine, out: Path) -> None:
        self._work, self._job, self._out = work, job, out

    def one(self, kind: str, made: Made) -> Held:
        """One file."""
        with opened_within(self._out, made.file) as file:
            stored = self._work.put_result(self._job.case_id, self._job.version, kind, file)
        return Held(sha256=stored.sha256, media_type=made.media_type, is_gzipped=made.is_gzipped)

    def all(self, kind: str, those: tuple[Made, ...]) -> Mapping[str, Held]:
        """Several, by their names."""
        return {made.name: self.one(kind, made) for made in those}


def opened_within(folder: Path, name: str) -> BinaryIO:
    """A plain file within the folder, reached through no link."""
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise _STRANGE
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise _STRANGE
        return os.fdopen(handle, "rb")
    except OSError:
        raise BackendError("The worker handed back less than it said.", remedy="Ask for it again.") from None
