"""A result folder is written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from enbloc.errors import OutputError
from enbloc.exchange.draft import drafted, swapped

MARKER = ".enbloc-result"
"""Stands in every folder that enbloc wrote and may write again; it lists what enbloc put there."""


@contextmanager
def staged(out: Path, *, replaceable: bool = True) -> Iterator[Path]:
    """A temporary folder beside ``out`` that takes its place when the block ends well.

    An earlier result of enbloc is replaced in one step; any other folder that is not empty is refused. If the block
    fails, nothing half-written stays and the earlier result is untouched; what a killed run left behind is cleared by
    the next one. A result that is not ``replaceable`` (a case folder: somebody's record) is never written over.

    Raises
    ------
    OutputError
        If the result cannot be written there: one line, with what to do.
    """
    made: list[Path] = []
    done = False
    try:
        target = _target(out)
        _refuse_strangers(target, _name(out))
        made = _parents(target.parent)
        with drafted(target) as draft:
            yield draft
            if replaceable:
                _mark(draft)
            draft.chmod(0o777 & ~_umask())
            swapped(draft, target)
            done = True
    except OSError as fault:
        raise _cannot(fault, _name(out)) from fault
    finally:
        for folder in () if done else reversed(made):
            with suppress(OSError):
                folder.rmdir()


def fit(out: Path, *, beside: Path) -> None:
    """Refuse a place that nothing can be written to, before anything is computed.

    Raises
    ------
    OutputError
        If ``out`` lies inside the folder ``beside`` (a case holds the record and no results), is a file or another
        folder, or its surroundings are read-only.
    """
    try:
        target = _target(out)
        if Path(os.path.realpath(beside)) in target.parents:
            raise OutputError(
                f"It lies inside {_name(beside)}, which holds something else.",
                remedy="Choose a folder beside that.",
                where=_name(out),
            )
        _refuse_strangers(target, _name(out))
        near = next(each for each in target.parents if each.exists())
        if not near.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "")
        if not os.access(near, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "")
    except OSError as fault:
        raise _cannot(fault, _name(out)) from fault


def _target(out: Path) -> Path:
    try:
        return out.resolve()
    except RuntimeError:  # what Python 3.11 makes of links that lead round in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


def _name(out: Path) -> str:
    return out.name if out.name not in ("", "..") else str(out)


def _refuse_strangers(target: Path, name: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError("There is a file of that name.", remedy="Choose another folder.", where=name)
    try:
        if not any(target.iterdir()):
            return
        if not (target / MARKER).is_file():  # asked first: it may be a whole disk
            raise OutputError(
                "It is not empty and no result of enbloc, so it is left alone.",
                remedy="Choose another folder.",
                where=name,
            )
        listed = set((target / MARKER).read_text(encoding="utf-8").splitlines())
        present = _files(target)
    except (OSError, UnicodeDecodeError):
        raise OutputError("It may not be read.", remedy="Choose another folder.", where=name) from None
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
        errno.ELOOP: ("It is a link that leads round in a circle.", "Choose another folder."),
    }
    usual = (f"It cannot be written ({fault.strerror or 'the disk refused'}).", "Choose another folder.")
    what, remedy = words.get(fault.errno or 0, usual)
    return OutputError(what, remedy=remedy, where=name)
