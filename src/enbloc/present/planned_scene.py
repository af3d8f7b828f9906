"""The meshes of a planned operation for the viewer: what goes, what stays, the cuts, and the tumour by its margin."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import tumour
from enbloc.case.case import Case
from enbloc.decide.decision import Degree
from enbloc.kernels.contours import vertex_normals
from enbloc.plan.solids.fate import Fate
from enbloc.plan.solids.planned import Body as Part
from enbloc.plan.solids.planned import Solids
from enbloc.plan.solids.sheets import Sheet
from enbloc.plan.solids.tumour import TumourSurface
from enbloc.present.bodies import Body
from enbloc.present.scene import glb
from enbloc.present.tokens import ACCENT, ALARM, BONE, CUT, TUMOUR, lighter, rgb

_LOOKS: dict[Fate, tuple[str, float]] = {
    Fate.SPECIMEN: (lighter(TUMOUR, 0.6), 0.45),
    Fate.BLADE: (CUT, 0.6),
    Fate.OPENED: (lighter(BONE, 0.6), 0.3),
    Fate.REMAINING: (BONE, 0.6),
}
BAND_COLOURS = (
    ALARM[Degree.STOP],
    ALARM[Degree.URGENT],
    ALARM[Degree.CAUTION],
    lighter(CUT, 0.5),
    CUT,
    ACCENT,
)
"""The colours of a margin below the first of ``BANDS_MM``, from the first to the second, and so on."""


def planned_scene(made: Solids, case: Case, *, version: str) -> bytes:
    """A planned operation as one binary glTF file, in patient millimetres (LPS); the same plan gives the same bytes.

    ``version`` is that of enbloc.
    """
    shown = [_part(one) for one in made.bodies if len(one.mesh.triangles)]
    shown.append(_tumour(made.tumour))
    return glb([*shown, *_sheets(made.sheets)], case, version=version)


def _part(one: Part) -> Body:
    words = [one.fate.value, *(level.value for level in one.levels), one.piece, one.cut]
    tint, alpha = _LOOKS[one.fate]
    name = " ".join(word for word in words if word)
    return _body(name, one.mesh.points.astype(np.float64), one.mesh.triangles, tint=tint, alpha=alpha)


def _tumour(surface: TumourSurface) -> Body:
    bands = surface.bands
    colours = None if bands is None else np.array([rgb(colour) for colour in BAND_COLOURS])[bands]
    points = surface.mesh.points.astype(np.float64)
    return Body(
        name=str(tumour(surface.lesion)),
        structure=tumour(surface.lesion),
        points=points,
        normals=vertex_normals(points, surface.mesh.triangles),
        triangles=surface.mesh.triangles,
        colours=colours,
    )


def _sheets(sheets: tuple[Sheet, ...]) -> Iterator[Body]:
    for sheet in sheets:
        if len(sheet.triangles):
            yield _body(f"sheet of the {sheet.cut.name}", sheet.points, sheet.triangles)


def _body(
    name: str,
    points: NDArray[np.float64],
    triangles: NDArray[np.int64],
    *,
    tint: str = "",
    alpha: float | None = None,
) -> Body:
    normals = vertex_normals(points, triangles)
    return Body(name=name, structure=None, points=points, normals=normals, triangles=triangles, tint=tint, alpha=alpha)
