"""Everything of a plan that has a shape, made together."""

from __future__ import annotations

import numpy as np
import pytest

from enbloc.case.anatomy import Level, Side
from enbloc.errors import RecordError
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.margin.map import margin_map
from enbloc.plan.margin.surface import Barriers, surface_of
from enbloc.plan.solids.fate import Fate
from enbloc.plan.solids.tumour import BANDS_MM, tumour_surface
from tests.plan.solids import phantoms as made
from tests.plan.solids.plans import of, planned


def test_the_parts_of_a_plan_know_their_levels_and_sides() -> None:
    for mirrored, side in ((False, Side.LEFT), (True, Side.RIGHT)):
        plan = planned(mirrored=mirrored)
        found = {(one.fate, one.cut): one for one in plan.bodies}

        assert found[Fate.SPECIMEN, ""].levels == (Level.T8,)
        assert found[Fate.SPECIMEN, ""].side is None
        assert found[Fate.BLADE, "pedicle cut with the tumour"].side is side
        assert found[Fate.OPENED, ""].levels == (Level.T8,)
        assert found[Fate.REMAINING, ""].levels == made.LEVELS
        assert sum(one.mesh.volume_mm3 for one in plan.bodies) == pytest.approx(plan.bone_mm3, rel=1e-3)
        assert plan.notes == ()


def test_the_surface_of_a_tumour_carries_the_margin_to_a_plane() -> None:
    images = made.block().images
    cut = made.plane_cut("behind", (0.0, 2.0, 0.0), (0.0, 1.0, 0.0))
    column = made.spine()
    margin = margin_map(
        surface_of(images, "A"), (cut,), Barriers(found=(), missing=()), frame=column.spine[Level.T8].pose
    )
    found = tumour_surface(images, "A", margin)

    assert found.margin_mm is not None
    assert found.bands is not None
    # The near face lies at y = 1: what a point lies before it, but for the half voxel that voxels are taken whole with.
    np.testing.assert_allclose(found.margin_mm, 1.0 - found.mesh.points[:, 1], atol=1.0)
    assert found.margin_mm.min() == pytest.approx(10.0)
    assert set(found.bands) == {len(BANDS_MM)}
    assert found.mesh.is_closed
    assert found.mesh.volume_mm3 == pytest.approx(216.0, rel=0.05)


def test_bands_begin_at_their_limits() -> None:
    found = tumour_surface(made.block().images, "A")
    assert found.bands is None
    told = type(found)(lesion="A", mesh=found.mesh, margin_mm=np.array([-0.1, 0.0, 0.9, 1.0, 2.0, 5.0, 9.9, 10.0]))
    assert told.bands is not None
    assert told.bands.tolist() == [0, 1, 1, 2, 3, 4, 4, 5]


def test_a_tumour_without_a_label_is_refused() -> None:
    with pytest.raises(RecordError, match="not labelled"):
        tumour_surface(made.block().images, "B")


def test_a_specimen_that_falls_apart_is_told() -> None:
    column = made.spine()
    one = column.spine[Level.T8]
    middle = float(one.hole_mm[1])
    slab = Piece(
        name="both pedicles",
        cuts=(
            made.own_cut(column, "behind", (0.0, middle, 0.0), (0.0, 1.0, 0.0)),
            made.own_cut(column, "before", (0.0, middle - 6.0, 0.0), (0.0, -1.0, 0.0)),
        ),
        limits=tuple(made.own_plane(column, (0.0, 0.0, z), (0.0, 0.0, -z)) for z in (one.low_mm, one.high_mm)),
    )
    found = of(slab)
    (specimen,) = (one for one in found.bodies if one.fate is Fate.SPECIMEN)

    assert specimen.loose_mm3
    assert found.notes == (
        f"The specimen 'both pedicles' has {len(specimen.loose_mm3) + 1} parts of bone that do not hang together "
        f"({sum(specimen.loose_mm3) / 1000.0:.2f} cc loose).",
    )
