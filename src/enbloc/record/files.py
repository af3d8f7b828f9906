"""Images and results beside the database: addressed by what is in them, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from enbloc.errors import OutputError, RecordError
from enbloc.value import value

FOLDER = "files"
PART = ".part-"
BLOCK = 2**20


@value
class Kept:
    """What was kept: its address and its size in bytes."""

    sha256: str
    size: int


def place(folder: Path, centre: str, address: str) -> Path:
    """Where the file with this SHA-256 lies."""
    return folder / FOLDER / centre / address[:2] / address


def keep(folder: Path, centre: str, content: bytes | BinaryIO) -> Kept:
    """Write the content under its own SHA-256: to a name of its own, to the disk, and only then to its place.

    Raises
    ------
    OutputError
        If it cannot be written; then nothing of it is there.
    """
    home = folder / FOLDER / centre
    try:
        _made(home)
        handle, name = mkstemp(prefix=PART, dir=home)
        try:
            kept = _written(handle, content)
            target = place(folder, centre, kept.sha256)
            _made(target.parent)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _to_disk(target.parent)
        _to_disk(home)
    except OSError as fault:
        raise OutputError(
            f"A file could not be kept ({fault.strerror}).", remedy="Make room on the disk of the record."
        ) from None
    return kept


def opened(folder: Path, centre: str, kept: Kept) -> BinaryIO:
    """The file, read through once and found to be what it was; it is at its beginning.

    Raises
    ------
    RecordError
        If it is gone or no longer what it was.
    """
    with suppress(OSError):
        found = place(folder, centre, kept.sha256).open("rb")
        if _read(found) == kept:
            found.seek(0)
            return found
        found.close()
    raise _damaged(kept)


def content(folder: Path, centre: str, kept: Kept) -> bytes:
    """What is in the file, found to be what it was.

    Raises
    ------
    RecordError
        If it is gone or no longer what it was.
    """
    with suppress(OSError):
        found = place(folder, centre, kept.sha256).read_bytes()
        if len(found) == kept.size and sha256(found).hexdigest() == kept.sha256:
            return found
    raise _damaged(kept)


def _damaged(kept: Kept) -> RecordError:
    return RecordError(
        f"The file {kept.sha256[:12]} of the record is gone or damaged.",
        remedy="Run 'enbloc record verify', and restore the file from a backup.",
    )


def is_whole(folder: Path, centre: str, kept: Kept) -> bool:
    """Whether the file is there and what it was."""
    try:
        opened(folder, centre, kept).close()
    except RecordError:
        return False
    return True


def all_kept(folder: Path) -> Iterator[Path]:
    """Every file beside the database, also what a killed process left half."""
    home = folder / FOLDER
    for root, _, names in os.walk(home):
        yield from (Path(root) / name for name in names)


def _written(handle: int, content: bytes | BinaryIO) -> Kept:
    with os.fdopen(handle, "wb") as out:
        digest, size = sha256(), 0
        for block in _blocks(content):
            out.write(block)
            digest.update(block)
            size += len(block)
        out.flush()
        os.fsync(out.fileno())
    return Kept(sha256=digest.hexdigest(), size=size)


def _read(found: BinaryIO) -> Kept:
    digest, size = sha256(), 0
    for block in _blocks(found):
        digest.update(block)
        size += len(block)
    return Kept(sha256=digest.hexdigest(), size=size)


def _blocks(content: bytes | BinaryIO) -> Iterable[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    while block := content.read(BLOCK):
        yield block


def _made(folder: Path) -> None:
    """The folder and those above it, each entered durably in the one that holds it."""
    if not folder.is_dir():
        _made(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _to_disk(folder.parent)


def _to_disk(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and a rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
