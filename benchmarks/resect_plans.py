"""Whole plans of a case, and a plane in the hand: the two figures of `resect.py` beyond the search itself.

``all_options_cpu_s`` is every operation on the chordoma of the demo (L3, its own spacing, five lumbar levels), one of
which can be done in one piece; ``all_options_several_cpu_s`` the same for a tumour at the root of a pedicle of T8 (0.8
mm, five levels), where a vertebrectomy and a sagittal resection can. Findings and the frames, parts and curve of the
column are given; all that plans read off the images beyond that is in the time. ``drag_ms`` is what it takes until
margin, faces, class, price, risk, clearances and meshes of the vertebrectomy of T8 (the 60,000 voxels, with T7 and T9)
are back after a cut has been moved and tilted, the median of eight moves of each cut; ``drag_worst_ms`` is the worst of
them, ``drag_hold_ms`` the longest that it takes to take a cut in hand before, ``drag_made_s`` to make the bone a solid
once. The same for the chordoma. The search and the way out are not in it: they are not done again.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from enbloc.case.geometry import Plane
    from enbloc.phantom import Phantom
    from enbloc.plan.field import Field


def patients() -> dict[str, Phantom]:
    """The phantoms whose operations are planned, by the ending of their figures."""
    from tests.plan.en_bloc.phantoms import at, recipe

    from enbloc.case.anatomy import Level
    from enbloc.phantom import PATIENTS, build

    levels = (Level.T6, Level.T7, Level.T8, Level.T9, Level.T10)
    beside = replace(recipe(at((11.0, 11.0, 4.0), (4.0, 6.0, 4.0))), levels=levels, spacing_mm=(0.8, 0.8, 0.8))
    return {"": PATIENTS["chordoma"](), "_several": build(replace(beside, organs=True))}


def operative_field(phantom: Phantom) -> Field:
    """The field of its only lesion, measured."""
    from enbloc.measure.measuring import measure
    from enbloc.plan.field import fields_of

    return fields_of(phantom.case, phantom.images, measure(phantom.case, phantom.images))[0]


def options() -> None:
    """The figures of all operations on a lesion."""
    from enbloc.plan.planning import plans

    figures: dict[str, float] = {}
    for ending, phantom in patients().items():
        field = operative_field(phantom)
        made = plans(field)  # compiled
        spent = [_spent_on_plans(field) for _ in range(3)]
        figures[f"all_options{ending}_cpu_s"] = round(min(spent), 2)
        figures[f"all_options{ending}_in_one_piece"] = sum(one.resected is not None for one in made)
    print(json.dumps({"figures": figures}))


def _spent_on_plans(field: Field) -> float:
    from enbloc.measure.spine.column import column_of
    from enbloc.plan.planning import plans

    column = column_of(field.images)
    _ = column.spine, column.parts, column.curve  # measured before; what plans keep with a column is gone with the last
    fresh = replace(field, column=column)
    started = time.process_time()
    plans(fresh)
    return time.process_time() - started


def drag() -> None:
    """The figures of a plane in the hand."""
    from resect import thoracic

    from enbloc.phantom import PATIENTS

    figures: dict[str, float] = {}
    for ending, phantom in (("", thoracic()), ("_chordoma", PATIENTS["chordoma"]())):
        figures |= {name.replace("drag", f"drag{ending}"): number for name, number in dragged(phantom).items()}
    print(json.dumps({"figures": figures}))


def dragged(phantom: Phantom) -> dict[str, float]:
    """Every cut of a vertebrectomy taken in hand and moved about."""
    from enbloc.plan.en_bloc.dragging import dragging
    from enbloc.plan.en_bloc.freeing import Freed, Freeing
    from enbloc.plan.en_bloc.template import template
    from enbloc.plan.en_bloc.wishes import Wishes
    from enbloc.plan.operation import Operation as Which

    field, wishes = operative_field(phantom), Wishes()
    laid_out = template(Which.VERTEBRECTOMY, field)
    freed = Freeing(field=field, template=laid_out, wishes=wishes).answered()
    assert isinstance(freed, Freed)
    dragging(field, laid_out, wishes, freed).moved(freed.cuts[0].name, freed.cuts[0].plane)  # compiled
    made_s, here = clocked(lambda: dragging(field, laid_out, wishes, freed))
    held, moves = [], []
    for cut in freed.cuts:
        held.append(clocked(lambda named=cut.name: here.hold(named))[0])
        for plane in planes_about(cut.plane):
            spent, _ = clocked(lambda named=cut.name, at=plane: here.moved(named, at))
            moves.append(spent)
    return {
        "drag_ms": round(1000 * float(np.median(moves)), 1),
        "drag_worst_ms": round(1000 * max(moves), 1),
        "drag_hold_ms": round(1000 * max(held), 1),
        "drag_made_s": round(made_s, 2),
    }


def clocked(run: Any) -> tuple[float, Any]:
    """The CPU of one run and what it gave."""
    started = time.process_time()
    found = run()
    return time.process_time() - started, found


def planes_about(plane: Plane) -> Iterator[Plane]:
    """Eight planes about one: moved by a millimetre or so, and tilted by a degree or two."""
    from enbloc.case.geometry import triple

    random = np.random.default_rng(1)
    for _ in range(8):
        normal = np.array(plane.normal) + random.normal(0.0, 0.03, 3)
        normal /= np.linalg.norm(normal)
        point = np.array(plane.point_mm) + random.normal() * normal
        yield replace(plane, point_mm=triple(point), normal=triple(normal))


if __name__ == "__main__":
    {"options": options, "drag": drag}[sys.argv[1]]()
