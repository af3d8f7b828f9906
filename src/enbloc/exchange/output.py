"""A result folder is written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from enbloc.errors import OutputError

MARKER = ".enbloc-result"
"""Stands in every folder that enbloc wrote and may write again; it lists what enbloc put there."""


@contextmanager
def stage_output(out: Path, *, replaceable: bool = True) -> Iterator[Path]:
    """A temporary folder beside ``out`` that takes its place when the block ends well.

    An earlier result of enbloc is replaced; any other folder that is not empty is refused. If the block fails,
    nothing half-written stays and the earlier result is untouched. A result that is not ``replaceable`` (a case
    folder: somebody's record) is never written over by a later run.

    Raises
    ------
    OutputError
        If the result cannot be written there: one line, with what to do.
    """
    target = out.resolve() if out.is_symlink() else out.absolute()
    _refuse_strangers(target, out.name)
    made: list[Path] = []
    staged: Path | None = None
    try:
        made = _parents(target.parent)
        staged = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        yield staged
        if replaceable:
            _mark(staged)
        staged.chmod(0o777 & ~_umask())
        _exchange(staged, target)
        made, staged = [], None
    except OSError as fault:
        raise _cannot(fault, out.name) from fault
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def _refuse_strangers(target: Path, name: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError("There is a file of that name.", remedy="Choose another folder for --out.", where=name)
    try:
        present = _files(target)
        listed = set((target / MARKER).read_text(encoding="utf-8").splitlines()) if MARKER in present else set()
    except (OSError, UnicodeDecodeError):
        raise OutputError("It may not be read.", remedy="Choose another folder for --out.", where=name) from None
    if not present:
        return
    if MARKER not in present:
        raise OutputError(
            "It is not empty and no result of enbloc, so it is left alone.",
            remedy="Choose another folder for --out.",
            where=name,
        )
    strangers = sorted(present - listed - {MARKER})
    if strangers:
        raise OutputError(
            f"It also holds {strangers[0]}, which enbloc did not write.",
            remedy="Move that out, or choose another folder for --out.",
            where=name,
        )


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _mark(staged: Path) -> None:
    names = sorted(_files(staged))
    (staged / MARKER).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _parents(folder: Path) -> list[Path]:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    made = []
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
    return made


def _exchange(staged: Path, target: Path) -> None:
    """Put the new folder in place of the old one; the old one goes last, and comes back if that fails."""
    if not target.exists():
        staged.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    old = aside / "earlier"
    try:
        target.rename(old)
        try:
            staged.rename(target)
        except OSError:
            old.rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot(fault: OSError, name: str) -> OutputError:
    words = {
        errno.ENOSPC: ("The disk is full.", "Free some space, or choose another folder for --out."),
        errno.EDQUOT: ("Your share of the disk is used up.", "Free some space, or choose another folder for --out."),
        errno.EROFS: ("The disk is read-only.", "Choose another folder for --out."),
        errno.EACCES: ("Nothing may be written there.", "Choose another folder for --out."),
        errno.EPERM: ("Nothing may be written there.", "Choose another folder for --out."),
        errno.ENOTDIR: ("Part of the way there is a file, not a folder.", "Choose another folder for --out."),
        errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter name for --out."),
    }
    usual = (f"It cannot be written ({fault.strerror or 'the disk refused'}).", "Choose another folder for --out.")
    what, remedy = words.get(fault.errno or 0, usual)
    return OutputError(what, remedy=remedy, where=name)
