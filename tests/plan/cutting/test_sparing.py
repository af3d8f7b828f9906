"""Of cuts that are proved alike, those that leave more of what should rather stay; and nothing is paid for it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case.geometry import triple
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone, outline_of
from enbloc.plan.cutting.certificate import Effort
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.piece import piece_of
from enbloc.plan.cutting.roles import Role
from enbloc.plan.cutting.several import Cuts, Wanted, best_cuts
from enbloc.plan.cutting.shell import Shell
from tests.plan.cutting.phantoms import Lump, block, domain, lump
from tests.plan.cutting.test_several import phantom, roles
from tests.sampling import sampled

SEEDS = range(60)
NO_PLANE = 13  # the phantom whose cord leaves no plane
Bools = NDArray[np.bool_]


def cuts(
    made: Lump,
    wanted: tuple[Role, ...],
    sparing: Bools | None = None,
    tolerance_cc: float = 0.4,
    budget: int = 100_000,
) -> Cuts:
    found = best_cuts(
        made.bone,
        made.outline,
        wanted=Wanted(roles=wanted, margin_mm=made.margin_mm),
        keep_out=made.keep_out,
        effort=Effort(tolerance_cc=tolerance_cc, budget=budget),
        sparing=sparing,
    )
    assert isinstance(found, Cuts)
    return found


def facets(made: Lump, seed: int, share: float = 0.15) -> Bools:
    """A lump of bone at its rim."""
    random = np.random.default_rng(seed)
    points = made.bone.points_mm
    away = np.linalg.norm(points - points[int(random.integers(len(points)))], axis=1)
    marked = np.zeros(made.bone.mask.shape, bool)
    marked[made.bone.mask] = away <= np.quantile(away, share)
    return marked


def lost_cc(made: Lump, found: Cuts, marked: Bools) -> float:
    """What is removed of the marked bone, by the piece."""
    taken = piece_of("specimen", found).takes(made.bone.points_mm)
    return int((taken & marked[made.bone.mask]).sum()) * made.bone.grid.voxel_cc


@pytest.mark.parametrize("seed", sampled(SEEDS, 16))
def test_less_is_taken_of_what_should_stay_and_all_stays_proved(seed: int) -> None:
    made = phantom(seed)
    wanted = roles(made, seed, 2)
    wanted = (replace(wanted[0], within=domain(made, seed)), wanted[1])
    marked, plain = facets(made, seed), cuts(made, wanted)
    found = cuts(made, wanted, marked)
    assert found.sparing_cc == pytest.approx(lost_cc(made, found, marked))
    assert lost_cc(made, found, marked) <= lost_cc(made, plain, marked)
    assert found.is_proved == plain.is_proved
    assert (found.lower_cc, found.lower_alone_cc) == (plain.lower_cc, plain.lower_alone_cc)
    assert int(piece_of("specimen", found).takes(made.bone.points_mm).sum()) == round(
        found.removed_cc / made.bone.grid.voxel_cc
    )
    for one in found.cuts:
        assert one.removed_cc == pytest.approx(found.removed_cc)
        assert one.lower_cc <= one.value_cc
        assert one.is_proved
        assert one.role.cone.holds(np.array(one.plane.normal))
        assert one.margin_mm >= made.margin_mm
    assert found == cuts(made, wanted, marked)


def test_something_is_won() -> None:
    won = []
    for seed in range(12):
        made = phantom(seed)
        wanted, marked = roles(made, seed, 2), facets(made, seed)
        won.append(lost_cc(made, cuts(made, wanted), marked) - (cuts(made, wanted, marked).sparing_cc or 0.0))
    assert sum(cc > 0.0 for cc in won) >= 4
    assert max(won) > 0.1


def test_where_nothing_is_marked_nothing_changes() -> None:
    for seed in range(4):
        made = phantom(seed)
        wanted = roles(made, seed, 2)
        plain = cuts(made, wanted)
        assert cuts(made, wanted, np.zeros(made.bone.mask.shape, bool)) == replace(plain, sparing_cc=0.0)
        assert plain.sparing_cc is None


def test_where_every_tilt_takes_as_little_the_cut_is_straight() -> None:
    """Two blocks of bone with a disc between them: the cut runs along the disc, whatever the search found first."""
    grid = Grid(shape=(24, 24, 40), affine=np.eye(4))
    mask = np.ones(grid.shape, bool)
    mask[:, :, 18:26] = False  # wide enough for a tilt of several degrees
    ill = np.zeros(grid.shape, bool)
    ill[8:16, 8:16, 4:14] = True
    bone = Bone(mask=mask, ill=ill & mask, grid=grid)
    tumour = outline_of(Shell(points_mm=grid.points_mm(np.argwhere(ill)), grid=grid))
    axis = np.array([0.05, -0.03, 1.0])
    cone = Cone(axis=triple(axis), half_angle=math.radians(12.0))
    above = Role(name="cranial cut", cone=cone, kerf_mm=1.0)
    found = best_cuts(bone, tumour, wanted=Wanted(roles=(above,), margin_mm=5.0), keep_out={})
    assert isinstance(found, Cuts)
    assert found.is_proved
    assert found.cuts[0].plane.normal == pytest.approx(axis / np.linalg.norm(axis))


def test_what_every_plane_takes_is_told_and_changes_nothing() -> None:
    made = phantom(5)
    wanted = roles(made, 5, 2)
    found = cuts(made, wanted, made.bone.mask & made.growth)
    plain = cuts(made, wanted)
    assert found == replace(plain, sparing_cc=found.sparing_cc, evaluations=found.evaluations)
    assert found.sparing_cc == pytest.approx(made.bone.ill_cc())


def test_cuts_that_are_not_proved_stay_and_what_they_take_is_told() -> None:
    unproved = 0
    for seed in range(16):
        made = phantom(seed)
        wanted, marked = roles(made, seed, 3), facets(made, seed)
        plain = cuts(made, wanted, tolerance_cc=0.0, budget=3500)
        if not plain.is_proved:
            unproved += 1
            found = cuts(made, wanted, marked, 0.0, 3500)
            assert found == replace(plain, sparing_cc=found.sparing_cc)
            assert found.sparing_cc == pytest.approx(lost_cc(made, plain, marked))
    assert unproved >= 3


def test_a_distance_that_is_to_be_kept_is_kept() -> None:
    turned = 0
    for seed in range(16):
        made = lump(seed, size=14, spacing_mm=2.6)
        (clearance,) = made.role.keep_away
        if seed == NO_PLANE or clearance.at_least_mm < 0.2:
            continue
        plain, found = cuts(made, (made.role,), None, 1.0), cuts(made, (made.role,), facets(made, seed), 1.0)
        mm = found.cuts[0].clearances[0].mm
        if mm is not None:
            turned += found.cuts[0].plane != plain.cuts[0].plane
            assert mm >= int(10 * clearance.at_least_mm) / 10
    assert turned >= 1


def test_marks_on_another_grid_are_refused() -> None:
    made = block(0.0, cord_z=(15,))
    with pytest.raises(RecordError, match="grid of the bone"):
        cuts(made, (made.role,), np.ones((2, 2, 2), bool))
