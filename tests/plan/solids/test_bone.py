"""Closed solids of what an operation takes and leaves: exact on a block, whole on a spine, and the same mirrored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manifold3d import Error

from enbloc.case.anatomy import Level
from enbloc.measure.spine.column import column_of
from enbloc.phantom import build
from enbloc.plan.cutting.bone import bone_of
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.solids.bone import Cutout, bone_solid
from enbloc.plan.solids.fate import Fate, fate_map
from enbloc.plan.solids.mesh import mesh_of, shown
from enbloc.plan.solids.parameters import SIMPLER, VOLUME_OFF
from tests.plan.solids import distances
from tests.plan.solids import phantoms as made

EDGES = 0.01  # what rounded edges of the block take of a volume


def _of(parts: tuple[Cutout, ...], fate: Fate) -> float:
    return sum(one.volume_mm3 for one in parts if one.fate is fate)


def test_a_block_and_its_parts_have_the_volumes_that_they_are_made_with() -> None:
    bone = made.solid_block()
    parts = bone.cut((made.front_of_block(),))

    assert bone.volume_mm3 == pytest.approx(14400.0, rel=1e-3)
    assert _of(parts, Fate.SPECIMEN) == pytest.approx(30 * 13 * 20, rel=EDGES)
    assert _of(parts, Fate.BLADE) == pytest.approx(30 * 2 * 20, rel=EDGES)
    assert _of(parts, Fate.REMAINING) == pytest.approx(30 * 9 * 20, rel=EDGES)
    assert sum(one.volume_mm3 for one in parts) == pytest.approx(bone.volume_mm3, rel=1e-6)
    low, high = np.array(parts[0].solid.bounding_box()).reshape(2, 3)
    np.testing.assert_allclose([low, high], [[-15, -12, -10], [15, 1, 10]], atol=0.15)
    assert high[1] == pytest.approx(1.0, abs=1e-5)


def test_a_blade_within_half_spaces_leaves_a_step() -> None:
    parts = made.solid_block().cut((made.quarter_of_block(),))

    blades = {one.cut: one.volume_mm3 for one in parts if one.fate is Fate.BLADE}
    assert _of(parts, Fate.SPECIMEN) == pytest.approx(24 * (19 * 15 + 11 * 8), rel=EDGES)
    # The step's riser is no blade: what lies above it, up to the face of the upper blade, remains.
    assert blades["above on the left"] == pytest.approx(24 * 11 * 2, rel=EDGES)
    assert blades["above"] == pytest.approx(24 * 19 * 2, rel=EDGES)


def test_a_limit_bounds_a_piece_without_a_blade() -> None:
    piece = replace(made.front_of_block(), limits=(made.plane_cut("", (5.0, 0.0, 0.0), (1.0, 0.0, 0.0)).plane,))
    parts = made.solid_block().cut((piece,))

    assert _of(parts, Fate.SPECIMEN) == pytest.approx(10 * 13 * 20, rel=EDGES)
    assert _of(parts, Fate.BLADE) == pytest.approx(10 * 2 * 20, rel=EDGES)


def test_two_pieces_share_no_bone() -> None:
    low = Piece(name="low", cuts=(made.plane_cut("above", (0.0, 0.0, -3.0), (0.0, 0.0, 1.0)),))
    parts = made.solid_block().cut((made.front_of_block(), low))

    specimens = {one.piece: one.volume_mm3 for one in parts if one.fate is Fate.SPECIMEN}
    assert specimens["front"] == pytest.approx(30 * 13 * 20, rel=EDGES)
    assert specimens["low"] == pytest.approx(30 * 11 * 6, rel=EDGES)
    assert _of(parts, Fate.BLADE) == pytest.approx(30 * 2 * 14 + 30 * 9 * 2, rel=EDGES)


@settings(max_examples=5, deadline=None)
@given(st.floats(-5.0, 5.0), st.booleans())
def test_every_part_of_a_spine_is_closed_and_they_add_up_wherever_a_plane_is_dragged(move: float, opened: bool) -> None:
    bone = made.solid_spine()
    piece = made.body_piece(bone.column, move_mm=move)
    parts = bone.cut((piece,), made.LAMINECTOMY if opened else ())

    assert all(one.solid.status() == Error.NoError for one in parts)
    assert sum(one.volume_mm3 for one in parts) == pytest.approx(bone.volume_mm3, rel=1e-4)
    meshes = [mesh_of(one.solid) for one in parts]
    assert all(mesh.is_closed and mesh.volume_mm3 > 0 for mesh in meshes)
    assert sum(mesh.volume_mm3 for mesh in meshes) == pytest.approx(bone.volume_mm3, rel=1e-3)


def test_solids_hold_what_the_label_map_says() -> None:
    bone = made.solid_spine()
    piece = made.body_piece(bone.column)
    parts = bone.cut((piece,), made.LAMINECTOMY)
    fates = fate_map(bone.column, made.LEVELS, "A", (piece,), made.LAMINECTOMY)

    whole = 1000.0 * sum(fates.cc(fate) for fate in Fate)
    assert VOLUME_OFF.holds(100.0 * abs(bone.volume_mm3 / whole - 1.0))
    for fate, share in ((Fate.SPECIMEN, 0.05), (Fate.OPENED, 0.08), (Fate.REMAINING, 0.03)):
        # At a cut a voxel goes whole: half a voxel along each face is what map and mesh may differ by.
        assert _of(parts, fate) == pytest.approx(1000.0 * fates.cc(fate), rel=share)


def test_cutting_again_is_the_same_as_cutting_for_the_first_time() -> None:
    bone = made.solid_spine()
    piece = made.body_piece(bone.column)
    first = [one.volume_mm3 for one in bone.cut((piece,))]
    bone.cut((made.body_piece(bone.column, move_mm=2.0),))

    assert [one.volume_mm3 for one in bone.cut((piece,))] == first
    joined = bone.cut((piece,), blades_apart=False)
    assert [one.fate for one in joined] == [Fate.SPECIMEN, Fate.BLADE, Fate.REMAINING]
    assert joined[1].volume_mm3 == pytest.approx(sum(first[1:-1]))


def test_a_mirrored_patient_has_mirrored_parts() -> None:
    mine, other = (made.solid_spine(mirrored=mirrored) for mirrored in (False, True))
    here = mine.cut((made.body_piece(mine.column),))
    there = other.cut((made.body_piece(other.column, sign=-1.0),))

    assert [(one.fate, one.cut) for one in here] == [(one.fate, one.cut) for one in there]
    for one, its in zip(here, there, strict=True):
        assert one.volume_mm3 == pytest.approx(its.volume_mm3, rel=0.02)
        points, mirrored = (mesh_of(each.solid).points * (sign, 1, 1) for each, sign in ((one, 1), (its, -1)))
        np.testing.assert_allclose(points.min(axis=0), mirrored.min(axis=0), atol=0.5)
        np.testing.assert_allclose(points.max(axis=0), mirrored.max(axis=0), atol=0.5)


def test_fewer_triangles_leave_the_surface_by_less_than_a_quarter_of_a_voxel() -> None:
    fine, simple, voxel_mm = distances.before_and_after(bone_of(made.spine().images, (Level.T8,), "A"))

    assert simple.num_tri() < 0.6 * fine.num_tri()
    assert SIMPLER.number < 0.25
    assert distances.furthest_mm(shown(fine).points, shown(simple)) < 0.25 * voxel_mm


@pytest.mark.parametrize("axes", ["SPL", "LPS", "RAI"])
def test_a_solid_is_outward_and_as_large_however_the_array_lies(axes: str) -> None:
    images = build(replace(made.RECIPE, axes=axes, spacing_mm=(3.0, 2.0, 2.0))).images
    bone = bone_solid(column_of(images), (Level.T8,), "A")
    labelled = 1000.0 * float(bone.bone.mask.sum()) * bone.bone.grid.voxel_cc

    assert mesh_of(bone.solid).volume_mm3 == pytest.approx(labelled, rel=0.03)


def test_a_blade_without_width_takes_nothing() -> None:
    thin = Piece(name="thin", cuts=(made.plane_cut("behind", (0.0, 2.0, 0.0), (0.0, 1.0, 0.0), kerf=0.0),))
    parts = made.solid_block().cut((thin,))

    assert [one.fate for one in parts if one.volume_mm3 > 1e-6] == [Fate.SPECIMEN, Fate.REMAINING]
    assert _of(parts, Fate.SPECIMEN) == pytest.approx(30 * 14 * 20, rel=EDGES)


def test_a_mesh_has_one_order_however_its_solid_was_put_together() -> None:
    from manifold3d import Manifold

    pieces = [Manifold.cube((10.0, 10.0, 10.0)), Manifold.sphere(5.0, 24).translate((30.0, 0.0, 0.0))]
    one, other = (mesh_of(Manifold.compose(each)) for each in (pieces, pieces[::-1]))

    assert np.array_equal(one.points, other.points)
    assert np.array_equal(one.triangles, other.triangles)
    assert one.volume_mm3 == pytest.approx(sum(each.volume() for each in pieces), rel=1e-6)
