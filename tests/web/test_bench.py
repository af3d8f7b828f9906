"""A bench is opened: what it tells of the case, and its images and labels where they lie in the patient."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.web.benched import SMALL, Desk, files_of, kept, opened, phantom, triple_of, unpacked, with_benches
from tests.web.served import Served


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("bench") / "data"
    shutil.copytree(empty, folder)
    made = Served(None, folder, prepare=partial(with_benches, caps=SMALL))
    kept(made, phantom().case, files_of(phantom().case, phantom().images))
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(served: Served) -> Desk:
    return opened(served, "case-1")


def test_it_tells_what_lies_on_it(desk: Desk) -> None:
    told = desk.told
    assert (told["version"], told["seq"], told["banner"]) == (1, 0, "PHANTOM")
    (image,) = told["images"]
    volume = phantom().images.volumes["ct"]
    assert image["shape"] == list(volume.grid.shape)
    np.testing.assert_allclose(image["affine"], volume.grid.affine, atol=1e-4)
    assert {one["name"] for one in image["presets"]} >= {"bone", "soft tissue"}
    names = {one["name"] for one in told["structures"] if one["is_present"]}
    assert {"vertebra T8", "vertebra T9", "vertebra T10", "tumour A", "tumour A in vertebra T9"} <= names
    assert told["confirmed"]["labels"]["is_confirmed"] is False
    assert told["confirmed"]["labels"]["sha256"]


def test_every_part_lies_where_the_whole_lies(desk: Desk) -> None:
    whole, grid = unpacked(desk.get("/images/ct", part="whole"))
    np.testing.assert_array_equal(whole, phantom().images.volumes["ct"].voxels)
    for part in ("overview", "detail"):
        answer = desk.get("/images/ct", part=part)
        array, placed = unpacked(answer)
        offset, step = triple_of(answer.headers["X-Enbloc-Offset"]), triple_of(answer.headers["X-Enbloc-Step"])
        a, b, c = (slice(at, None, by) for at, by in zip(offset, step, strict=True))
        expected = whole[a, b, c][tuple(slice(0, count) for count in array.shape)]
        np.testing.assert_array_equal(array, expected)
        last = np.array(array.shape, np.float64) - 1
        there = grid.points_mm((np.array(offset) + last * np.array(step))[None])
        np.testing.assert_allclose(placed.points_mm(last[None]), there, atol=1e-3)
        assert max(array.shape) <= 192 or part == "detail"
        labels, beside = unpacked(desk.get("/labels", part=part))
        assert beside.is_same_as(placed)
        assert labels.shape == array.shape
