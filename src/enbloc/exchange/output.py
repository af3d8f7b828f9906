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
def staged(out: Path, *, replaceable: bool = True) -> Iterator[Path]:
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
    draft: Path | None = None
    try:
        made = _parents(target.parent)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        yield draft
        if replaceable:
            _mark(draft)
        draft.chmod(0o777 & ~_umask())
        _exchange(draft, target)
        made, draft = [], None
    except OSError as fault:
        raise _cannot(fault, out.name) from fault
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def _refuse_strangers(target: Path, name: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError("There is a file of that name.", remedy="Choose another folder.", where=name)
    try:
        present = _files(target)
        listed = set((target / MARKER).read_text(encoding="utf-8").splitlines()) if MARKER in present else set()
    except (OSError, UnicodeDecodeError):
        raise OutputError("It may not be read.", remedy="Choose another folder.", where=name) from None
    if not present:
        return
    if MARKER not in present:
        raise OutputError(
            "It is not empty and no result of enbloc, so it is left alone.",
            remedy="Choose another folder.",
            where=name,
        )
    strangers = sorted(present - listed - {MARKER})
    if strangers:
        raise OutputError(
            f"It also holds {strangers[0]}, which enbloc did not write.",
            remedy="Move that out, or choose another folder.",
            where=name,
        )


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _mark(draft: Path) -> None:
    names = sorted(_files(draft))
    (draft / MARKER).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _parents(folder: Path) -> list[Path]:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    made = []
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
    return made


def _exchange(draft: Path, target: Path) -> None:
    """Put the new folder in place of the old one; the old one goes last, and comes back if that fails."""
    if not target.exists():
        draft.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    old = aside / "earlier"
    try:
        target.rename(old)
        try:
            draft.rename(target)
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
        errno.ENOSPC: ("The disk is full.", "Free some space, or choose another folder."),
        errno.EDQUOT: ("Your share of the disk is used up.", "Free some space, or choose another folder."),
        errno.EROFS: ("The disk is read-only.", "Choose another folder."),
        errno.EACCES: ("Nothing may be written there.", "Choose another folder."),
        errno.EPERM: ("Nothing may be written there.", "Choose another folder."),
        errno.ENOTDIR: ("Part of the way there is a file, not a folder.", "Choose another folder."),
        errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter name."),
    }
    usual = (f"It cannot be written ({fault.strerror or 'the disk refused'}).", "Choose another folder.")
    what, remedy = words.get(fault.errno or 0, usual)
    return OutputError(what, remedy=remedy, where=name)
