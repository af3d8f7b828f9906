"""Left and right of a label map are what the patient's space says they are."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest

from enbloc.case.anatomy import Level, Side, Structure, StructureKind
from enbloc.case.image import Grid, LabelMap
from enbloc.errors import FaultsError, RecordError
from enbloc.exchange import nifti
from enbloc.exchange.folder import create, import_into, read_case, read_images
from enbloc.exchange.sides import sides_held
from tests.data import real_data

NAMES = {
    number: Structure(kind=StructureKind.RIB, level=level, side=side)
    for number, (level, side) in enumerate(product((Level.T8, Level.T9, Level.T10), (Side.LEFT, Side.RIGHT)), start=1)
}


def ribs() -> LabelMap:
    """Three pairs of ribs; the array runs to the patient's left in its last axis."""
    drawn = np.zeros((6, 3, 8), dtype=np.uint8)
    for number, named in NAMES.items():
        drawn[(number - 1) // 2 * 2, 1, 6 if named.side is Side.LEFT else 1] = number
    affine = np.array([[0, 0, 2.0, -8], [0, 1.5, 0, 20], [2.0, 0, 0, -300], [0, 0, 0, 1]])
    return LabelMap(labels=drawn, grid=Grid(shape=drawn.shape, affine=affine), names=NAMES, on="ct", document="a")


def turned(drawn: LabelMap, order: tuple[int, ...]) -> LabelMap:
    """The same ribs in the same place, with the axes of the array in another order."""
    columns = [*order, 3]
    labels = np.ascontiguousarray(drawn.labels.transpose(order))
    grid = Grid(shape=(labels.shape[0], labels.shape[1], labels.shape[2]), affine=drawn.grid.affine[:, columns])
    return replace(drawn, labels=labels, grid=grid)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_ribs_on_their_own_sides_are_taken_in_any_order_of_axes(order: tuple[int, ...]) -> None:
    assert sides_held(turned(ribs(), order)) == ()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_array_turned_on_its_grid_is_refused(order: tuple[int, ...]) -> None:
    wrong = replace(ribs(), labels=np.ascontiguousarray(ribs().labels[:, :, ::-1]))
    with pytest.raises(RecordError, match="Left and right are exchanged: rib T8 left lies"):
        sides_held(turned(wrong, order))


def test_one_pair_of_three_is_said_and_not_refused() -> None:
    drawn = ribs()
    one = drawn.labels.copy()
    one[0] = one[0, :, ::-1]
    assert sides_held(replace(drawn, labels=one)) == ("a: rib T8 left lies to the right of its counterpart.",)


def test_a_map_without_pairs_is_taken() -> None:
    only = {number: named for number, named in NAMES.items() if named.side is Side.LEFT}
    assert sides_held(replace(ribs(), names=only)) == ()


def test_a_real_map_is_taken_and_its_mirror_refused(tmp_path: Path) -> None:
    home = real_data("dicom-ct-t11-t12")
    create(tmp_path / "case")
    import_into(tmp_path / "case", [home / "dicom.zip", home / "labels_total_v2.nii.gz"], scheme="totalsegmentator-v2")
    file = tmp_path / "case" / "labels" / "anatomy.nii.gz"
    read_images(tmp_path / "case", read_case(tmp_path / "case"), needs_tumour=False)
    drawn = nifti.read_labels(file, where="labels")
    across = int(np.argmax(np.abs(drawn.grid.affine[0, :3])))
    nifti.write(file, np.ascontiguousarray(np.flip(drawn.array, across)), drawn.grid)
    with pytest.raises(FaultsError, match="Left and right are exchanged"):
        read_images(tmp_path / "case", read_case(tmp_path / "case"), needs_tumour=False)
