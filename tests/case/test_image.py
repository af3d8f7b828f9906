"""One grid class: where a voxel lies, whatever the order and direction of the axes."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case.anatomy import CORD, Level, StructureKind, tumour, vertebra
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.errors import RecordError

ORIENTATIONS = [(order, signs) for order in permutations(range(3)) for signs in product((1.0, -1.0), repeat=3)]


def grid(order: tuple[int, ...], signs: tuple[float, ...]) -> Grid:
    affine = np.eye(4)
    for column, (axis, sign, spacing) in enumerate(zip(order, signs, (3.0, 1.0, 0.5), strict=True)):
        affine[:3, column] = 0.0
        affine[axis, column] = sign * spacing
    affine[:3, 3] = (10.0, -20.0, 30.0)
    return Grid(shape=(5, 6, 7), affine=affine)


@pytest.mark.parametrize(("order", "signs"), ORIENTATIONS)
def test_indices_and_points_are_inverse_in_every_orientation(order: tuple[int, ...], signs: tuple[float, ...]) -> None:
    here = grid(order, signs)
    indices = np.array([[0.0, 0.0, 0.0], [4.0, 5.0, 6.0], [1.5, 2.5, 0.25]])
    np.testing.assert_allclose(here.indices(here.points_mm(indices)), indices, atol=1e-9)
    letters = ("RL", "AP", "IS")
    assert here.axes == "".join(letters[axis][int(sign > 0)] for axis, sign in zip(order, signs, strict=True))
    assert here.spacing_mm == (3.0, 1.0, 0.5)
    assert here.voxel_cc == pytest.approx(0.0015)


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_a_crop_keeps_every_voxel_in_its_place(a: int, b: int, c: int) -> None:
    here = grid((2, 1, 0), (1.0, -1.0, 1.0))
    box = (slice(a, 5), slice(b, 6), slice(c, 7))
    inside = here.cropped(box)
    np.testing.assert_allclose(inside.points_mm(np.zeros((1, 3))), here.points_mm(np.array([[a, b, c]])))


def test_an_affine_without_volume_is_refused() -> None:
    with pytest.raises(RecordError, match="span"):
        Grid(shape=(2, 2, 2), affine=np.diag([1.0, 1.0, 0.0, 1.0]))
    with pytest.raises(RecordError, match="finite"):
        Grid(shape=(2, 2, 2), affine=np.full((4, 4), np.nan))


def test_an_array_must_fit_its_grid() -> None:
    here = Grid(shape=(2, 2, 2), affine=np.eye(4))
    with pytest.raises(RecordError, match="shape"):
        Volume(voxels=np.zeros((2, 2, 3), np.int16), grid=here, modality=Modality.CT)


def labels() -> LabelMap:
    array = np.zeros((4, 4, 4), np.uint8)
    array[1, 1:3, 1:3] = 3
    array[2, 1, 1] = 4
    array[3, 3, 3] = 9
    names = {3: vertebra(Level.T8), 4: vertebra(Level.T8), 9: CORD, 7: tumour("A")}
    return LabelMap(labels=array, grid=Grid(shape=(4, 4, 4), affine=np.eye(4)), names=names, on="ct")


def test_a_structure_split_over_ids_is_one_structure() -> None:
    split = labels()
    assert split.boxes[vertebra(Level.T8)] == (slice(1, 3), slice(1, 3), slice(1, 3))
    assert int(split.mask(vertebra(Level.T8)).sum()) == 5
    assert tumour("A") not in split.boxes
    assert sorted(split.points_mm(CORD).tolist()) == [[3.0, 3.0, 3.0]]
    assert split.holds(vertebra(Level.T8), split.points_mm(vertebra(Level.T8))).tolist() == [True] * 5


def test_which_points_a_structure_holds() -> None:
    points = np.array([[3.2, 2.9, 3.1], [0.0, 0.0, 0.0], [99.0, 0.0, 0.0]])
    np.testing.assert_array_equal(labels().holds(CORD, points), [True, False, False])


def test_images_know_what_is_present() -> None:
    images = Images(volumes={}, labels={"anatomy": labels()})
    assert images.levels == (Level.T8,)
    assert images.map_of(tumour("A")) is None
    assert [str(named) for named in images.present(StructureKind.CORD)] == ["cord"]


def test_labels_without_a_file_have_no_hash_that_could_be_confirmed() -> None:
    assert Images(volumes={}, labels={"anatomy": labels()}).labels_sha256 == ""
