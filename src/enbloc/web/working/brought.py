"""A whole case folder that somebody brought in a zip: it becomes the case, under the id that it has here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from enbloc.case.case import Case
from enbloc.errors import RecordError
from enbloc.exchange.archive import Bundle, bundle
from enbloc.exchange.case_file import NAME, case_from
from enbloc.exchange.folder import write_case
from enbloc.exchange.images import read_images, write_images

IMAGES = (".nii.gz",)
"""The archives that a case folder holds: packed images, each read by itself."""
ZIP = "zip"


def is_case(path: Path) -> bool:
    """Whether a zip is that of a case folder: it holds a record, at its root or in its one folder."""
    with bundle(path, where=ZIP, holding=IMAGES) as found:
        return _home(found) is not None


def taken_over(case: Case, path: Path, folder: Path, brought_by: str) -> tuple[str, ...]:
    """Write the case folder in the zip as that of ``case`` to ``folder``; what was done, in lines.

    Its images are written anew. What somebody signed elsewhere is not theirs here: overrides and confirmations are left
    out and said, and what was entered says who brought it.

    Raises
    ------
    RecordError
        If it is no case that can be read.
    """
    unpacked = folder.parent / "unpacked"
    _unpack(path, unpacked)
    theirs = case_from((unpacked / NAME).read_bytes())
    images = read_images(unpacked, theirs, needs_tumour=False)
    renamed = replace(
        theirs,
        images={role: replace(scan, file=f"images/{role}.nii.gz") for role, scan in theirs.images.items()},
        labels={role: replace(drawn, file=f"labels/{role}.nii.gz") for role, drawn in theirs.labels.items()},
    )
    write_images(folder, renamed, images)
    write_case(folder, _ours(renamed, case.id, brought_by))
    return (*_told(theirs), *images.said, *(f"{one.what} was not used: {one.why}." for one in images.unused))


def _home(found: Bundle) -> str | None:
    """The folder of the zip that holds the record, with its slash; nothing if there is none."""
    records = [name for name in found.names if PurePosixPath(name).name == NAME and name.count("/") <= 1]
    return records[0].removesuffix(NAME) if len(records) == 1 else None


def _unpack(path: Path, to: Path) -> None:
    """The files of the case folder; their names were looked at, and each must stay within."""
    with bundle(path, where=ZIP, holding=IMAGES) as found:
        home = _home(found) or ""
        for name in found.names:
            if not name.startswith(home) or name.endswith(".receipt.json"):
                continue
            target = to / name.removeprefix(home)
            if not target.resolve().is_relative_to(to.resolve()):
                raise RecordError("A name in it leads out of the zip.", remedy="Do not trust it; pack it anew.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(found.content(name))


def _ours(case: Case, id: str, brought_by: str) -> Case:
    def brought(by: str) -> str:
        return f"{by}, brought by {brought_by}" if by else f"brought by {brought_by}"

    return replace(
        case,
        id=id,
        confirmations=(),
        overrides=(),
        findings=tuple(replace(one, by=brought(one.by)) for one in case.findings),
        forms=tuple(replace(one, by=brought(one.by)) for one in case.forms),
    )


def _told(theirs: Case) -> tuple[str, ...]:
    lines = ["The case got an id of this record; the one in its folder is not kept."]
    if theirs.confirmations:
        lines.append("Confirmations of labels and level were not taken over: confirm them here.")
    if theirs.overrides:
        stops = ", ".join(sorted({one.stop for one in theirs.overrides}))
        lines.append(f"Overrides of {stops} were not taken over: whoever answers for them overrides here.")
    return tuple(lines)
