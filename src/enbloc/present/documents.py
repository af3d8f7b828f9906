"""The files of a result that a person may take along, each with a title; those to read first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from enbloc.value import value


@value
class DocumentRef:
    """A file of the result by its path in it, such as ``plans/vertebrectomy-T8/cut-sheet.pdf``."""

    name: str
    title: str
    of: str  # the operation that it belongs to, as its folder is called; empty where it is of the whole case
    bytes: int


_TITLES = {
    "report.pdf": "Report for the board",
    "report.html": "Report as one page",
    "workup.json": "Work-up with every number",
    "cut-sheet.pdf": "Cut sheet",
    "cut-sheet.json": "Cut sheet, its numbers",
    "cuts.json": "Planes of the cuts",
    "fates.nii.gz": "Label map of what is taken and what stays",
    "fates.json": "Names of that label map",
    "scene.glb": "3D scene of the operation",
    "not-written.txt": "Why there are no files of this operation",
}
_BY_ENDING = {".glb": "3D scene", ".stl": "Surface", ".json": "Data", ".gz": "Label map", ".pdf": "Paper"}
_PLANS = "plans"


def documents(sizes: Mapping[str, int]) -> tuple[DocumentRef, ...]:
    """The documents of a result, whose files are given by path with their bytes; hidden files are none.

    Examples
    --------
    >>> [one.title for one in documents({"scene/lesion-A.glb": 3, "report.pdf": 9, ".enbloc-result": 1})]
    ['Report for the board', '3D scene: lesion-A']
    """
    return tuple(sorted(_described(sizes.items()), key=_rank))


def _described(sizes: Iterable[tuple[str, int]]) -> Iterator[DocumentRef]:
    for name, size in sizes:
        path = PurePosixPath(name)
        if not path.name.startswith("."):
            of = path.parent.name if path.parts[0] == _PLANS else ""
            yield DocumentRef(name=name, title=_title(path), of=of, bytes=size)


def _title(path: PurePosixPath) -> str:
    kind = _BY_ENDING.get(path.suffix, "File")
    return _TITLES.get(path.name) or f"{kind}: {path.name.partition('.')[0]}"


def _rank(one: DocumentRef) -> tuple[str, int, str]:
    known = list(_TITLES)
    file = PurePosixPath(one.name).name
    return one.of, known.index(file) if file in known else len(known), one.name
