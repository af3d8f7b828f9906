"""A folder in the making, beside the one whose place it takes in a single step."""

from __future__ import annotations

import ctypes
import errno
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_LOCKS: Any = importlib.import_module("fcntl") if os.name == "posix" else None
"""Windows has no such locks: there the drafts of killed runs stay until somebody deletes them."""

EARLIER = "earlier"
"""Where the folder that is being replaced lies, on a disk that cannot exchange two folders in one step."""
TRIES = 20
_HERE = -100  # AT_FDCWD
_SWAP = 2  # RENAME_EXCHANGE
_NO_SWAP = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target``, gone at the end; what killed runs left there is cleared first.

    It is locked while this process lives, so that a run at the same time knows that it is not left over.
    """
    _clear_remains(target)
    draft, lock = _locked(target)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(lock)


def swapped(draft: Path, target: Path) -> None:
    """Put ``draft`` in the place of ``target``; what stood there then stands at ``draft``, if anything did.

    A process killed at any moment leaves the old folder or the new one at ``target``, each whole. Where the disk
    cannot exchange two folders, the old one is moved into the draft's neighbour first, and the next run puts it back.
    """
    for _ in range(TRIES):
        if target.exists():
            _exchanged(draft, target)
            return
        try:
            draft.rename(target)
        except OSError as fault:
            if fault.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        else:
            return
    raise OSError(errno.EBUSY, "other runs write there all the time")


def _exchanged(draft: Path, target: Path) -> None:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is not None:
        ends = (_HERE, os.fsencode(draft), _HERE, os.fsencode(target))
        if rename(*ends, ctypes.c_uint(_SWAP)) == 0:
            return
        number = ctypes.get_errno()
        if number not in _NO_SWAP:
            raise OSError(number, os.strerror(number))
    _exchanged_in_steps(draft, target)


def _exchanged_in_steps(draft: Path, target: Path) -> None:
    aside, lock = _locked(target)
    try:
        target.rename(aside / EARLIER)
        try:
            draft.rename(target)
        except OSError:
            (aside / EARLIER).rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(lock)


def _locked(target: Path) -> tuple[Path, int]:
    """A new folder beside the target and the handle of its lock, which the system lets go when the process ends."""
    for _ in range(TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # another run took it for a remainder before it was locked
        if _LOCKS is not None:
            _LOCKS.flock(handle, _LOCKS.LOCK_EX)
        if folder.exists():
            return folder, handle
        os.close(handle)
    raise OSError(errno.EBUSY, "other runs write there all the time")


def _prefix(target: Path) -> str:
    return f".{target.name}.enbloc-"


def _clear_remains(target: Path) -> None:
    """Remove the drafts of runs that were killed; a result that one had put aside comes back."""
    if _LOCKS is None or not target.parent.is_dir():
        return
    for left in target.parent.iterdir():
        if not left.name.startswith(_prefix(target)) or left.is_symlink() or not left.is_dir():
            continue
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY)
            try:
                _LOCKS.flock(handle, _LOCKS.LOCK_EX | _LOCKS.LOCK_NB)  # refused while the run that made it lives
                if (left / EARLIER).is_dir() and not target.exists():
                    (left / EARLIER).rename(target)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(handle)
