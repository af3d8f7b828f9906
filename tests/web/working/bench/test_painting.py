"""Painting: every value says all that lies in a voxel, so that whatever was painted can be taken back to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, structure, tumour, vertebra
from enbloc.case.lesion import Lesion
from enbloc.errors import RecordError
from enbloc.kernels.boxes import bounds
from enbloc.kernels.growing import grown
from enbloc.kernels.overlays import covered, overlaid, painted, pairs, runs_of
from enbloc.web.bench_nouns import GrowWish, RelabelWish
from enbloc.web.working.bench.growing import growth
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.painting import RUN, paint, runs_in
from enbloc.web.working.bench.renaming import renaming
from tests.web.benched import phantom
from tests.web.working.bench.laid import inverse, laid, runs


@pytest.fixture(scope="module")
def case() -> Iterator[Opened]:
    with laid() as made:
        yield made


def state(case: Opened) -> tuple[bytes, ...]:
    return (case.painted.tobytes(), *(layer.array.tobytes() for layer in case.layers))


def boxes_hold(case: Opened) -> None:
    """The boxes that were kept up are those that a look at all voxels finds."""
    for layer, boxes in zip(case.layers, case.boxes, strict=True):
        seen = {}
        found = bounds(layer.array, max(layer.structures))
        for id, named in layer.structures.items():
            if found[id, 0, 1] >= 0:
                seen[named] = tuple(slice(int(first), int(last) + 1) for first, last in found[id])
        assert boxes == seen


def value(case: Opened, name: str) -> int:
    return next(at for at in range(1, len(case.palette.held)) if case.palette.told(at) == name)


def middle(case: Opened) -> int:
    """A voxel in the tumour."""
    box = next(boxes[tumour("A")] for boxes in case.boxes if tumour("A") in boxes)
    at = tuple((part.start + part.stop) // 2 for part in box)
    return int(np.ravel_multi_index(at, case.painted.shape))


def test_layers_and_map_say_the_same(case: Opened) -> None:
    ids = case.palette.ids
    for nth, layer in enumerate(case.layers):
        np.testing.assert_array_equal(ids[case.painted, nth], layer.array)
    assert case.painted.dtype == np.uint8


def test_boxes_that_are_kept_hold_for_their_own_labels_alone(case: Opened) -> None:
    labels = next(one for one in case.images.labels.values() if tumour("A") in one.boxes)
    assert replace(labels, labels=np.zeros_like(labels.labels)).boxes == {}
    assert replace(labels, names={}).boxes == {}
    assert replace(labels, error_mm=1.0).boxes == labels.boxes


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_was_painted_is_taken_back_to_the_byte(case: Opened, data: st.DataObject) -> None:
    before, rows = state(case), []
    for _ in range(data.draw(st.integers(1, 5))):
        start = middle(case) + data.draw(st.integers(-20_000, 20_000))
        brush = data.draw(st.integers(0, len(case.palette.held) - 1))
        rows.append((start, data.draw(st.integers(1, 300)), brush))
    back = inverse(case, runs(*rows))
    first = paint(case, runs(*rows))
    boxes_hold(case)
    after = state(case)
    assert paint(case, runs(*rows)).voxels == 0 or state(case) == after, "sent twice it is the same as once"
    assert state(case) == after
    undone = paint(case, back)
    assert undone.changed == first.changed
    assert state(case) == before
    boxes_hold(case)


def test_a_tumour_painted_over_bone_leaves_the_bone_under_it(case: Opened) -> None:
    brush, bone = value(case, "tumour A"), value(case, "vertebra T9")
    over = {(one, onto): becomes for one, onto, becomes in case.palette.becomings()}
    both = over[brush, bone]
    assert case.palette.told(both) == "tumour A in vertebra T9"
    assert case.palette.shown_as(both) == brush
    assert case.palette.beneath(both) == over[0, both] == bone
    assert (0, bone) not in over, "erasing bone leaves nothing"
    (at,) = np.flatnonzero(case.painted == bone)[:1]
    back = inverse(case, runs((at, 1, both)))
    paint(case, runs((at, 1, both)))
    held = {str(layer.structures[int(layer.array.flat[at])]) for layer in case.layers}
    assert held == {"vertebra T9", "tumour A"}
    paint(case, back)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"abc", "no list of runs"),
        (np.array([2**32 - 1, 1, 0], RUN).tobytes(), "out of the image"),
        (np.array([0, 2**32 - 1, 0], RUN).tobytes(), "out of the image"),
        (np.array([0, 1, 60_000], RUN).tobytes(), "stands for nothing"),
    ],
)
def test_what_are_no_runs_is_refused(case: Opened, content: bytes, words: str) -> None:
    before = state(case)
    with pytest.raises(RecordError, match=words):
        runs_in(content, case)
    assert state(case) == before


def test_a_lesion_without_a_label_can_be_outlined() -> None:
    made = phantom()
    with laid(replace(made, case=replace(made.case, lesions=(*made.case.lesions, Lesion(id="B"))))) as case:
        brush = value(case, "tumour B")
        paint(case, runs((middle(case), 5, brush)))
        assert case.images.map_of(tumour("B")) is not None
        boxes_hold(case)
        assert value(case, "tumour B in vertebra T9")


# --- grow -------------------------------------------------------------------------------------------------------------


def test_a_region_grows_over_what_is_joined_and_within_the_values() -> None:
    values = np.zeros((4, 5, 6), np.int16)
    values[1, 1:4, 1:5] = 100
    values[1, 2, 2] = 300
    values[3] = 100
    free = np.ones(values.shape, bool)
    free[1, 1, 4] = False
    found = {tuple(int(n) for n in each) for each in grown(values, free, (50.0, 150.0), (1, 1, 1), 100)}
    assert found == {(1, b, c) for b in (1, 2, 3) for c in (1, 2, 3, 4)} - {(1, 2, 2), (1, 1, 4)}
    assert len(grown(values, free, (50.0, 150.0), (1, 1, 1), 4)) == 4
    assert len(grown(values, free, (50.0, 150.0), (0, 0, 0), 4)) == 0
    np.testing.assert_array_equal(
        grown.py_func(values, free, (50.0, 150.0), (1, 1, 1), 100),  # type: ignore[attr-defined]  # set by numba
        grown(values, free, (50.0, 150.0), (1, 1, 1), 100),
    )


def test_a_tumour_grows_through_bone_and_stays_within_its_limit(case: Opened) -> None:
    before = state(case)
    seed = case.grid.points_mm(np.array(np.unravel_index(middle(case), case.painted.shape))[None].astype(float))[0]
    x, y, z = (float(one) for one in seed)
    wish = GrowWish(value=value(case, "tumour A"), seed_mm=(x, y, z), within_hu=(-1000.0, 3000.0), most_cc=20.0)
    found = growth(case, wish).astype(np.int64)
    assert state(case) == before, "nothing is painted by it"
    back = inverse(case, found)
    voxels = paint(case, found).voxels
    assert 0 < voxels * case.grid.voxel_cc <= 20.0
    assert {case.palette.told(int(each)) for each in np.unique(found[:, 2])} >= {"tumour A in vertebra T9"}
    paint(case, back)
    assert state(case) == before
    for other, words in (
        ({"seed_mm": (9999.0, 0.0, 0.0)}, "outside"),
        ({"value": 0}, "no structure"),
        ({"within_hu": (3000.0, 3000.0)}, "not within"),
        ({"most_cc": 0.0}, "limits"),
    ):
        with pytest.raises(RecordError, match=words):
            growth(case, replace(wish, **other))


# --- names ------------------------------------------------------------------------------------------------------------


def named(case: Opened) -> set[str]:
    return {str(each) for boxes in case.boxes for each in boxes}


def test_two_vertebrae_that_change_places_twice_are_as_before(case: Opened) -> None:
    before, wish = state(case), RelabelWish(level="T8", to="T9", swap=True)
    for _ in range(2):
        found, _is_new = renaming(case, wish)
        there = next(boxes[vertebra(Level.T8)] for boxes in case.boxes if vertebra(Level.T8) in boxes)
        paint(case, found.astype(np.int64))
        assert next(boxes[vertebra(Level.T9)] for boxes in case.boxes if vertebra(Level.T9) in boxes) == there
        boxes_hold(case)
    assert state(case) == before


def test_a_row_is_moved_with_all_that_bears_its_names_and_back(case: Opened) -> None:
    before, names = state(case), named(case)
    found, is_new = renaming(case, RelabelWish(level="T8", shift=1))
    assert not is_new
    back = inverse(case, found.astype(np.int64))
    paint(case, found.astype(np.int64))
    after = {structure(each) for each in named(case)}
    assert {str(each) for each in after if each == vertebra(each.level or Level.O)} == {
        "vertebra T9",
        "vertebra T10",
        "vertebra T11",
    }
    assert len(after) == len(names)
    there, _ = renaming(case, RelabelWish(level="T9", shift=-1))
    paint(case, there.astype(np.int64))
    assert state(case) == before
    paint(case, found.astype(np.int64))
    paint(case, back)
    assert state(case) == before


def test_a_name_far_away_brings_values_that_the_map_had_not() -> None:
    with laid() as case:
        found, is_new = renaming(case, RelabelWish(level="T9", to="L3"))
        assert is_new
        paint(case, runs_in(found.astype(RUN).tobytes(), case))
        assert {"vertebra L3", "tumour A"} <= named(case)
        assert "vertebra T9" not in named(case)
        assert value(case, "tumour A in vertebra L3")
        boxes_hold(case)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (RelabelWish(level="T4", to="T5"), "not labelled"),
        (RelabelWish(level="T8", to="T9"), "labelled already"),
        (RelabelWish(level="T8", to="T8"), "already"),
        (RelabelWish(level="T8", to="heart"), "no such level"),
        (RelabelWish(level="T9", shift=-1), "not in the row"),
        (RelabelWish(level="L3", shift=1), "not labelled"),
    ],
)
def test_a_name_that_cannot_be_given_is_refused(case: Opened, wish: RelabelWish, words: str) -> None:
    before = state(case)
    with pytest.raises(RecordError, match=words):
        renaming(case, wish)
    assert state(case) == before


# --- kernels ----------------------------------------------------------------------------------------------------------


def test_kernels_agree_with_plain_arrays() -> None:
    made = np.random.default_rng(5)
    first = made.integers(0, 4, (3, 7, 11)).astype(np.uint16)
    second: NDArray[np.uint8] = (made.integers(0, 3, first.shape) * (made.random(first.shape) < 0.4)).astype(np.uint8)
    met = pairs(first, second, (4, 3))
    assert {tuple(one) for one in np.argwhere(met)} == {
        (a, b) for a, b in zip(first.flat, second.flat, strict=True) if b
    }
    table = np.arange(12, dtype=np.uint16).reshape(4, 3)
    table[:, 0] = np.arange(4)
    expected = table[first, second]
    overlaid(first, second, table)
    np.testing.assert_array_equal(first, expected)
    flat, rows = np.zeros(20, np.uint8), runs((2, 4, 7), (4, 3, 9))
    before = np.empty(7, np.uint8)
    assert painted(flat, rows, before) == 7
    assert flat.tolist() == [0, 0, 7, 7, 9, 9, 9] + [0] * 13
    assert before.tolist() == [0, 0, 0, 0, 7, 7, 0]
    assert covered(rows, 7).tolist() == [2, 3, 4, 5, 4, 5, 6]
    assert runs_of(np.array([2, 3, 5, 6]), np.array([1, 1, 1, 2])).tolist() == [[2, 2, 1], [5, 1, 1], [6, 1, 2]]
