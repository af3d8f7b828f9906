"""What somebody uploaded and is not yet part of a case: a file on its way, bound to them, gone after a day.

Nothing of it is read here, and no name that it came with is kept but its ending.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from enbloc.errors import OutputError
from enbloc.value import value
from enbloc.web.problem import Problem, no_such
from enbloc.web.strict import too_large

FOLDER = "transit"
KEPT_FOR = timedelta(days=1)
LEFT_FREE = 2**30
"""So many bytes of the disk are left to the record."""
MOST_AT_ONCE = 2000
ENDINGS = (".nii.gz", ".nii", ".zip", ".seg.nrrd", ".nrrd", ".dcm", ".seg")
_ID = re.compile(r"[0-9a-f]{32}")
_PART = ".part"


@value
class Uploaded:
    """A file that came whole: what it is asked for by, its size in bytes, and its SHA-256."""

    upload: str
    size: int
    sha256: str


class Transit:
    """The uploads of one person of a centre."""

    def __init__(self, folder: Path, centre: str, person: str) -> None:
        self._all = folder / FOLDER
        self._mine = self._all / centre / person

    async def take(self, name: str, content: AsyncIterator[bytes], *, largest: int, now: datetime) -> Uploaded:
        """Keep what comes, if it is no larger than ``largest``.

        Raises
        ------
        Problem
            If it is larger, or too many are on their way.
        OutputError
            If the disk has no room for it.
        """
        self.purge(now)
        if self._mine.is_dir() and len(list(self._mine.iterdir())) >= MOST_AT_ONCE:
            raise Problem(429, f"More than {MOST_AT_ONCE} uploads wait.", "Bring them into a case first.")
        upload = token_hex(16)
        ending = next((known for known in ENDINGS if name.lower().endswith(known)), "")
        target = self._mine / f"{upload}{ending}"
        part = self._mine / f"{upload}{_PART}"
        try:
            self._mine.mkdir(mode=0o700, parents=True, exist_ok=True)
            size, digest = await _written(part, content, largest)
            part.replace(target)
        except OSError as fault:
            raise OutputError(
                f"The upload could not be kept ({fault.strerror}).", remedy="Make room on the disk of the record."
            ) from None
        finally:
            part.unlink(missing_ok=True)
        return Uploaded(upload=upload, size=size, sha256=digest)

    def file(self, upload: str) -> Path:
        """The file of an upload.

        Raises
        ------
        Problem
            If there is none; that of another person is answered alike.
        """
        found = sorted(self._mine.glob(f"{upload}*")) if _ID.fullmatch(upload) else []
        whole = [path for path in found if path.suffix != _PART]
        if not whole:
            raise no_such("upload")
        return whole[0]

    def drop(self, upload: str) -> None:
        """It is part of a case now."""
        with suppress(Problem):
            self.file(upload).unlink(missing_ok=True)

    def purge(self, now: datetime) -> None:
        """Remove what came more than a day ago, whoever brought it."""
        oldest = (now - KEPT_FOR).timestamp()
        for path in self._all.glob("*/*/*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()


async def _written(part: Path, content: AsyncIterator[bytes], largest: int) -> tuple[int, str]:
    digest, size = sha256(), 0
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        async for block in content:
            size += len(block)
            if size > largest:
                raise too_large(largest)
            if shutil.disk_usage(part.parent).free - len(block) < LEFT_FREE:
                raise OutputError("The disk is nearly full.", remedy="Make room on the disk of the record.")
            out.write(block)
            digest.update(block)
    return size, digest.hexdigest()
