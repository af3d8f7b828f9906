"""The folder of a job: the case at one version, what was brought, and the order; laid out before a worker starts."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from enbloc.errors import OutputError
from enbloc.exchange.document import to_json
from enbloc.web.working.order import CASE, DOCUMENT, ORDER, UPLOADS, Order

FOLDER = "scratch"
_LOCK = ".held"
_TURN = ".turn"
_BLOCK = 2**20


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A folder for the jobs of one server, gone with it; those that killed servers left behind are cleared.

    A server holds a lock on its own, so that two on one disk leave each other's alone.
    """
    home = folder / FOLDER
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(home / _TURN):  # else one that begins could be taken for one that was left
        for left in home.iterdir():
            _clear_if_left(left)
        mine = Path(mkdtemp(prefix="server-", dir=home))
        handle = os.open(mine / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield mine
    finally:
        shutil.rmtree(mine, ignore_errors=True)
        os.close(handle)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    handle = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _clear_if_left(left: Path) -> None:
    with suppress(OSError):  # somebody holds it, or clears it at this moment
        handle = os.open(left / _LOCK, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        finally:
            os.close(handle)


@contextmanager
def scratch_in(home: Path) -> Iterator[Path]:
    """A folder for one job."""
    scratch = Path(mkdtemp(prefix="job-", dir=home))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def lay_out(
    scratch: Path, order: Order, document: str, files: Mapping[str, BinaryIO], uploads: Mapping[str, Path]
) -> None:
    """The case with copies of its ``files``, the ``uploads`` under the names that the order has, and the order itself.

    Copies, never links: a worker that a hostile file took over could write through a link into the record.

    Raises
    ------
    OutputError
        If the disk is full.
    """
    try:
        for path, kept in files.items():
            target = scratch / CASE / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as copy:
                shutil.copyfileobj(kept, copy, _BLOCK)
        (scratch / UPLOADS).mkdir()
        for name, upload in uploads.items():
            shutil.copyfile(upload, scratch / name)
        (scratch / DOCUMENT).write_text(document, encoding="utf-8")
        (scratch / ORDER).write_text(to_json(order), encoding="utf-8")
    except OSError as fault:
        raise OutputError(
            f"The folder of the job could not be written ({fault.strerror}).",
            remedy="Make room on the disk of the record.",
        ) from None
