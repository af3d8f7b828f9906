"""A whole plan of the made spine, made once."""

from __future__ import annotations

from functools import cache

from enbloc.case.anatomy import Level
from enbloc.case.geometry import Triple
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.margin.map import margin_map
from enbloc.plan.margin.surface import Barriers, surface_of
from enbloc.plan.solids.planned import Solids, planned_solids
from tests.plan.solids import phantoms as made


@cache
def planned(*, mirrored: bool = False) -> Solids:
    """The body of T8 between four cuts, its laminae opened, with its margin."""
    column = made.spine(mirrored=mirrored)
    piece = made.body_piece(column, sign=-1.0 if mirrored else 1.0)
    nothing = Barriers(found=(), missing=())
    margin = margin_map(surface_of(column.images, "A"), piece.cuts, nothing, frame=column.spine[Level.T8].pose)
    return planned_solids(
        column,
        made.LEVELS,
        "A",
        (piece,),
        involved=(Level.T8,),
        openings=made.LAMINECTOMY,
        margin=margin,
        bone=made.solid_spine(mirrored=mirrored),
    )


def of(piece: Piece, *, mirrored: bool = False, tilt_deg: Triple = (0.0, 0.0, 0.0)) -> Solids:
    """Any piece of the made spine."""
    bone = made.solid_spine(mirrored=mirrored, tilt_deg=tilt_deg)
    return planned_solids(bone.column, made.LEVELS, "A", (piece,), involved=(Level.T8,), bone=bone)
