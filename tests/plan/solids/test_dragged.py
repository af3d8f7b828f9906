"""The bone in the hand: cut again from what is kept, it falls into the same parts as cut from the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.opening import Opening
from enbloc.plan.solids.dragged import KeptBone
from enbloc.plan.solids.fate import Fate
from tests.plan.solids import phantoms as made

LAP_MM3 = 0.2  # where triangles were saved they may lap over one another, and cuts resolve that in their own order
KEPT = {is_opened: KeptBone(bone=made.solid_spine(), openings=made.LAMINECTOMY * is_opened) for is_opened in (0, 1)}


def is_as_from_the_whole(kept: KeptBone, piece: Piece, moving: str, openings: tuple[Opening, ...] = ()) -> None:
    found, parts = kept.cut(piece, moving), kept.coarse.cut((piece,), openings, blades_apart=False)
    assert [one.fate for one in found] == [one.fate for one in parts]
    for shape, part in zip(found, parts, strict=True):
        assert shape.volume_mm3 == pytest.approx(part.volume_mm3, abs=LAP_MM3)
        assert shape.mesh.is_closed
    assert sum(one.volume_mm3 for one in found) == pytest.approx(
        kept.coarse.volume_mm3, rel=1e-4
    )  # saved triangles may lap


@settings(max_examples=8, deadline=None)
@given(st.floats(-12.0, 30.0), st.sampled_from([0, 1]), st.sampled_from(["cranial cut", "other pedicle cut"]))
def test_parts_are_those_of_the_whole_wherever_a_plane_is(move: float, is_opened: int, moving: str) -> None:
    kept = KEPT[is_opened]
    piece = made.body_piece(kept.bone.column, move_mm=move)
    is_as_from_the_whole(kept, piece, moving, made.LAMINECTOMY * is_opened)


def test_a_cut_alone_and_a_side_of_the_spine() -> None:
    kept = KEPT[0]
    side = made.sagittal_piece(kept.bone.column)
    is_as_from_the_whole(kept, side, "sagittal cut")
    is_as_from_the_whole(kept, replace(side, cuts=side.cuts[:1]), "sagittal cut")


def test_a_piece_beside_the_bone_leaves_all_of_it() -> None:
    kept = KeptBone(bone=made.solid_block())
    far = Piece(name="far", cuts=(made.plane_cut("far", (0.0, 0.0, -15.0), (0.0, 0.0, 1.0)),))
    found = kept.cut(far, "far")
    assert [one.fate for one in found] == [Fate.REMAINING]
    assert found[0].volume_mm3 == pytest.approx(kept.coarse.volume_mm3)


def test_a_piece_within_the_bone_is_taken_out_of_it() -> None:
    kept = KeptBone(bone=made.solid_block())
    ways = np.concatenate([np.eye(3), -np.eye(3)])
    cuts = [made.plane_cut(str(at), tuple(4.0 * way), tuple(way)) for at, way in enumerate(ways)]
    is_as_from_the_whole(kept, Piece(name="within", cuts=tuple(cuts)), "0")
    held = kept.cut(Piece(name="within", cuts=tuple(cuts)), "0")
    assert [one.fate for one in held] == [Fate.SPECIMEN, Fate.BLADE, Fate.REMAINING]
    assert held[0].volume_mm3 == pytest.approx(6.0**3, rel=1e-6)
