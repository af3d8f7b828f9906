"""The files of a planned operation: label map, closed meshes, cut planes and the numbers of the cut sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from enbloc.case.anatomy import Level, Side
from enbloc.exchange.document import plain, to_json
from enbloc.exchange.nifti import packed
from enbloc.exchange.stl import FRAME, stl
from enbloc.plan.sheet.values import CutNumbers
from enbloc.plan.solids.fate import NAMES
from enbloc.plan.solids.planned import Body, Solids
from enbloc.plan.solids.sheets import Sheet

CUTS_SCHEMA = "enbloc/plan-cuts/1"
_DIGITS = 6  # of a millimetre or of a unit: below what any voxel shows


def planned_files(
    made: Solids, *, numbers: Sequence[CutNumbers] = (), scene: bytes | None = None
) -> Mapping[str, bytes]:
    """Every file of the folder ``plan/`` by its name, in order; the same plan gives the same bytes.

    ``fates.nii.gz`` tells what becomes of every voxel and ``fates.json`` what its numbers mean; each part of the bone
    and the tumour is a binary STL file in patient LPS; ``cuts.json`` holds the planes in the patient and in the frame
    of a vertebra, ``cut-sheet.json`` the numbers for the wound, and ``scene.glb`` the ``scene`` where it is given.
    """
    files = {
        "fates.nii.gz": packed(made.fates.labels, made.fates.grid),
        "fates.json": _text({"frame": FRAME, "labels": {str(number): words for number, words in NAMES.items()}}),
        "cuts.json": _text(_cuts(made)),
    }
    for name, content in _meshes(made):
        files[_free(name, files)] = content
    if numbers:
        files["cut-sheet.json"] = _text({"cuts": list(numbers)})
    if scene is not None:
        files["scene.glb"] = scene
    return dict(sorted(files.items()))


def _meshes(made: Solids) -> Iterator[tuple[str, bytes]]:
    for body in made.bodies:
        if len(body.mesh.triangles):
            name = _named(body)
            yield f"{name}.stl", stl(body.mesh, name)
    words = (f"tumour {made.lesion}", _levels(made.involved), _side(made.tumour_side))
    name = "-".join(slug(word) for word in words)
    yield f"{name}.stl", stl(made.tumour.mesh, name)


def _named(body: Body) -> str:
    words = [body.fate.value, _levels(body.levels), _side(body.side), body.piece, body.cut]
    return "-".join(slug(word) for word in words if word)


def _levels(levels: Sequence[Level]) -> str:
    """``T8`` or ``T7-T9``."""
    ends = [levels[0].value, levels[-1].value] if levels else []
    return "-".join(dict.fromkeys(ends))


def _side(side: Side | None) -> str:
    return side.value if side is not None else "both sides"


def slug(words: str) -> str:
    """Words as a part of a file's name.

    Examples
    --------
    >>> slug("cranial cut, through the disc T7/T8")
    'cranial-cut-through-the-disc-T7-T8'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")


def _free(name: str, taken: Mapping[str, bytes]) -> str:
    """The name, or the same with a number where two parts are called alike."""
    stem, dot, ending = name.partition(".")
    tried, at = name, 2
    while tried in taken:
        tried, at = f"{stem}-{at}{dot}{ending}", at + 1
    return tried


def _cuts(made: Solids) -> dict[str, Any]:
    both = zip(made.cuts, made.sheets, strict=True)
    return {
        "schema": CUTS_SCHEMA,
        "notes": list(made.notes),
        "normals": "away from the specimen; planes are the middle of the blade",
        "cuts": [{**plain(cut), "sheet": _outlines(sheet)} for cut, sheet in both],
    }


def _outlines(sheet: Sheet) -> dict[str, Any]:
    """Where the sheet meets bone: each island its outer line first and then its holes."""
    islands = [[line.tolist() for line in island] for island in sheet.islands]
    return {"frame": FRAME, "area_mm2": sheet.area_mm2, "islands": islands}


def _text(held: object) -> bytes:
    return to_json(_rounded(plain(held))).encode()


def _rounded(held: Any) -> Any:
    if isinstance(held, float):
        return round(held, _DIGITS) + 0.0
    if isinstance(held, dict):
        return {key: _rounded(item) for key, item in held.items()}
    return [_rounded(item) for item in held] if isinstance(held, list) else held
