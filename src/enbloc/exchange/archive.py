"""A folder or zip of objects, listed before anything is unpacked; nothing is ever written to where a zip says."""

from __future__ import annotations

import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enbloc.errors import RecordError

MOST_OBJECTS = 20_000
"""More files than this in one folder or zip are no series of one patient's spine."""
MOST_UNPACKED_BYTES = 4 * 1024**3
"""A zip that unpacks to more is refused before it is unpacked."""
LARGEST_OBJECT_BYTES = 512 * 1024**2
"""One file larger than this is not read into memory."""
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".xz", ".bz2")
"""An archive within an archive is how a small file unpacks to a disk full."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What a broken zip makes the reader raise."""


class Bundle:
    """The files of a folder or zip, by name; each is read when it is asked for."""

    def __init__(self, path: Path, packed: zipfile.ZipFile | None, names: tuple[str, ...], where: str) -> None:
        self._path = path
        self._packed = packed
        self._where = where
        self.names = names

    def content(self, name: str) -> bytes:
        """The bytes of one file.

        Raises
        ------
        RecordError
            If it cannot be read.
        """
        try:
            if self._packed is not None:
                return self._packed.read(name)
            return (self._path / name).read_bytes()
        except _BROKEN:
            raise RecordError("It is damaged or cut short.", remedy="Copy it again.", where=self._where) from None


@contextmanager
def bundle(path: Path, *, where: str, holding: tuple[str, ...] = ()) -> Iterator[Bundle]:
    """The files of the folder or zip at ``path``, checked before one of them is read.

    ``holding`` are endings of packed files that may be in the zip: they are images, and whoever reads them looks after
    what they unpack to.

    Raises
    ------
    RecordError
        If a name leads out of the zip, it unpacks to more than ``MOST_UNPACKED_BYTES``, it holds another archive,
        a link or a secret, or there are more than ``MOST_OBJECTS`` files.
    """
    if path.is_dir():
        yield Bundle(path, None, _in_folder(path, where), where)
        return
    try:
        packed = zipfile.ZipFile(path)
    except _BROKEN:
        raise RecordError("It is no zip that can be read.", remedy="Copy or pack it again.", where=where) from None
    with packed:
        yield Bundle(path, packed, _in_zip(packed, where, holding), where)


def _in_folder(path: Path, where: str) -> tuple[str, ...]:
    names = []
    for file in path.rglob("*"):
        if file.is_symlink() and not file.resolve().is_relative_to(path.resolve()):
            raise RecordError("A link in it leads elsewhere.", remedy="Copy the files themselves.", where=where)
        if file.is_file():
            names.append(file.relative_to(path).as_posix())
            _not_too_large(file.stat().st_size, where)
        if len(names) > MOST_OBJECTS:
            raise _too_many(where)
    return tuple(sorted(names))


def _in_zip(packed: zipfile.ZipFile, where: str, holding: tuple[str, ...]) -> tuple[str, ...]:
    entries = [entry for entry in packed.infolist() if not entry.is_dir()]
    if len(entries) > MOST_OBJECTS:
        raise _too_many(where)
    for entry in entries:
        _trusted(entry, where, holding)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise RecordError(
            f"It unpacks to more than {MOST_UNPACKED_BYTES // 1024**3} GiB.",
            remedy="Import the one series that is needed.",
            where=where,
        )
    names = sorted(entry.filename for entry in entries)
    if len(set(names)) != len(names):
        raise RecordError("It holds two files of one name.", remedy="Pack it again.", where=where)
    return tuple(names)


def _trusted(entry: zipfile.ZipInfo, where: str, holding: tuple[str, ...]) -> None:
    name = entry.filename
    parts = re.split(r"[\\/]", name)
    if ".." in parts or name[:1] in ("/", "\\") or re.match(r"[A-Za-z]:", name) or "\0" in entry.orig_filename:
        raise RecordError("A name in it leads out of the zip.", remedy="Do not trust it; pack it anew.", where=where)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RecordError("It holds a link.", remedy="Pack the files themselves.", where=where)
    if entry.flag_bits & 1:
        raise RecordError("It is locked with a password.", remedy="Unpack it and import the folder.", where=where)
    if name.lower().endswith(ARCHIVES) and not name.lower().endswith(holding):
        raise RecordError("It holds another archive.", remedy="Unpack it and import the folder.", where=where)
    _not_too_large(entry.file_size, where)


def _not_too_large(size: int, where: str) -> None:
    if size > LARGEST_OBJECT_BYTES:
        raise RecordError(
            f"A file in it is larger than {LARGEST_OBJECT_BYTES // 1024**2} MiB.",
            remedy="Import the one series that is needed.",
            where=where,
        )


def _too_many(where: str) -> RecordError:
    return RecordError(
        f"It holds more than {MOST_OBJECTS} files.", remedy="Import the one series that is needed.", where=where
    )
