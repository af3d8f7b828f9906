"""The files of a planned operation, read back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from enbloc.case.geometry import Plane
from enbloc.exchange.nifti import read_labels
from enbloc.exchange.planned import planned_files
from enbloc.exchange.stl import read_stl
from enbloc.plan.sheet.numbers import cut_numbers
from enbloc.plan.solids.fate import Fate
from tests.plan.solids import phantoms as made
from tests.plan.solids.plans import planned


def _files() -> dict[str, bytes]:
    return dict(planned_files(planned(), numbers=cut_numbers(planned(), made.spine()), scene=b"glTF"))


def test_every_file_is_named_in_order_with_level_and_side() -> None:
    assert list(_files()) == [
        "blade-T8-both-sides-body-caudal-cut.stl",
        "blade-T8-both-sides-body-cranial-cut.stl",
        "blade-T8-left-body-pedicle-cut-with-the-tumour.stl",
        "blade-T8-right-body-other-pedicle-cut.stl",
        "cut-sheet.json",
        "cuts.json",
        "fates.json",
        "fates.nii.gz",
        "opened-T8-both-sides.stl",
        "remaining-T7-T9-both-sides.stl",
        "scene.glb",
        "specimen-T8-both-sides-body.stl",
        "tumour-A-T8-both-sides.stl",
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in _files())


def test_the_same_plan_gives_the_same_bytes() -> None:
    planned.cache_clear()
    first = _files()
    planned.cache_clear()
    assert _files() == first


def test_every_mesh_is_closed_when_it_is_read_back_and_all_add_up_to_the_bone() -> None:
    meshes = {name: read_stl(content) for name, content in _files().items() if name.endswith(".stl")}

    assert all(mesh.is_closed and mesh.volume_mm3 > 0 for mesh in meshes.values())
    bone = sum(mesh.volume_mm3 for name, mesh in meshes.items() if not name.startswith("tumour"))
    assert bone == pytest.approx(planned().bone_mm3, rel=1e-3)
    specimen = meshes["specimen-T8-both-sides-body.stl"]
    edges = np.concatenate([specimen.triangles[:, [one, (one + 1) % 3]] for one in range(3)])
    assert len(np.unique(edges, axis=0)) == len(edges)
    assert {(int(a), int(b)) for a, b in edges} == {(int(b), int(a)) for a, b in edges}


def test_the_label_map_is_read_back_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "fates.nii.gz").write_bytes(_files()["fates.nii.gz"])
    back = read_labels(tmp_path / "fates.nii.gz", where="fates.nii.gz")

    fates = planned().fates
    points = back.grid.points_mm(np.argwhere(back.array == 1))
    there = fates.grid.points_mm(np.argwhere(fates.labels == 1))
    np.testing.assert_allclose(points[np.lexsort(points.T)], there[np.lexsort(there.T)], atol=1e-3)
    named = json.loads(_files()["fates.json"])["labels"]
    assert named["1"] == "bone, specimen"
    assert set(named) == {str(number) for number in range(1, 13)}
    assert int((back.array == 1).sum()) + int((back.array == 5).sum()) == fates.voxels(Fate.SPECIMEN)


def test_planes_stand_in_both_frames_with_the_frame_named() -> None:
    held = json.loads(_files()["cuts.json"])

    assert held["schema"] == "enbloc/plan-cuts/1"
    for told, cut in zip(held["cuts"], planned().cuts, strict=True):
        assert told["patient"]["plane"]["frame"]["name"] == "patient LPS"
        assert told["own"]["plane"]["frame"]["name"] == told["level"] == "T8"
        assert told["patient"]["kerf_mm"] == 1.5
        assert len(told["patient"]["within"]) == len(told["own"]["within"]) == len(cut.patient.within)
        plane = Plane(point_mm=tuple(told["patient"]["plane"]["point_mm"]), normal=cut.patient.plane.normal)
        (outer, *_), *_ = told["sheet"]["islands"]
        np.testing.assert_allclose(plane.distance_mm(np.array(outer)), 0.0, atol=1e-4)


def test_the_numbers_of_the_sheet_are_written_when_they_are_given() -> None:
    assert [cut["cut"] for cut in json.loads(_files()["cut-sheet.json"])["cuts"]] == [
        "cranial cut",
        "caudal cut",
        "pedicle cut with the tumour",
        "other pedicle cut",
    ]
    assert {"cut-sheet.json", "scene.glb"}.isdisjoint(planned_files(planned()))
