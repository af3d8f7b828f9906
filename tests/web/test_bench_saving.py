"""What was done on a bench becomes a version: signed, whole, in the files' own grids; or nothing of it does."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case.case import Case
from enbloc.case.image import Grid, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.exchange import nifti
from enbloc.exchange.document import from_json
from enbloc.exchange.images import read_images
from enbloc.record import verify
from enbloc.web.rules import Role
from tests.web.benched import SMALL, Desk, files_of, kept, opened, phantom, with_benches
from tests.web.brought import API
from tests.web.served import CENTRE, Served

CUT: dict[str, Any] = {
    "operation": "en bloc vertebrectomy T9",
    "cut": "cranial cut",
    "point_mm": [0.0, 0.0, 9.5],
    "normal": [0.0, 0.0, 1.0],
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("bench") / "data"
    shutil.copytree(empty, folder)
    made = Served(None, folder, prepare=partial(with_benches, caps=SMALL, most=2, spared_s=0.0))
    yield made
    assert verify(made.record).is_whole
    made.close()


def turned(drawn: LabelMap) -> bytes:
    """The map as another program writes it: its axes in another order, one of them the other way round."""
    labels = np.ascontiguousarray(drawn.labels.transpose(2, 0, 1)[::-1])
    affine = drawn.grid.affine.copy()
    affine[:3, :3] = drawn.grid.affine[:3, [2, 0, 1]]
    affine[:3, 3] += affine[:3, 0] * (drawn.grid.shape[2] - 1)
    affine[:3, 0] *= -1.0
    c, a, b = drawn.grid.shape[2], drawn.grid.shape[0], drawn.grid.shape[1]
    return nifti.packed(labels, Grid(shape=(c, a, b), affine=affine))


def desk_of(served: Served, key: str, *roles: str) -> Desk:
    files = files_of(phantom().case, phantom().images)
    files = {**files, "labels/tumour.nii.gz": turned(phantom().images.labels["tumour"])}
    kept(served, phantom().case, files, key=key)
    return opened(served, key, served.signed_in(*(roles or (Role.SURGEON,))))


def stroke(desk: Desk) -> NDArray[np.uint32]:
    """A few voxels of tumour in T8."""
    both, bone = desk.value("tumour A in vertebra T8"), desk.value("vertebra T8")
    at = np.flatnonzero(desk.labels() == bone)[200:230]
    return np.stack([at, np.ones_like(at), np.full_like(at, both)], axis=1).astype(np.uint32)


def wish(desk: Desk, seq: int, **other: Any) -> dict[str, Any]:
    return {"because": "outlined again", "made_from": desk.told["version"], "seq": seq, **other}


def read(served: Served, key: str, tmp_path: Path) -> tuple[Case, dict[str, NDArray[Any]], str]:
    """The newest version as a work-up reads it."""
    with served.record.at(CENTRE, actor="tests", purpose="tests", now=served.clock()) as work:
        version = work.read_case(key)
        for path, address in version.files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(work.read_file(key, address))
    case = from_json(Case, version.document)
    images = read_images(tmp_path, case)
    return case, {role: held.labels for role, held in images.labels.items()}, images.labels_sha256


def test_labels_and_their_confirmation_are_saved_signed_and_in_their_own_grid(served: Served, tmp_path: Path) -> None:
    desk = desk_of(served, "turned")
    runs = stroke(desk)
    painted = desk.paint(runs).json()
    assert painted["seq"] == 1
    assert "lesion.volume-A" in {one["key"] for one in painted["measures"]}
    answer = desk.post("/save", wish(desk, 1, confirm={"labels": True, "level": True}))
    assert answer.status_code == 200, answer.text
    saved = answer.json()
    assert (saved["version"], saved["job"]["kind"], saved["bench"]["version"]) == (2, "work-up", 2)
    case, labels, hashed = read(served, "turned", tmp_path)
    assert case.labels == phantom().case.labels
    expected = phantom().images.labels["tumour"].labels.copy()
    expected.flat[runs[:, 0]] = 1
    np.testing.assert_array_equal(labels["tumour"], expected)
    np.testing.assert_array_equal(labels["anatomy"], phantom().images.labels["anatomy"].labels)
    own = nifti.grid_of(tmp_path / "labels/tumour.nii.gz", where="tumour")
    assert own.shape[1:] == phantom().images.labels["tumour"].grid.shape[:2], "its axes are as they were"
    assert {(one.of.value, one.sha256) for one in case.confirmations} == {("labels", hashed), ("level", hashed)}
    assert all(one.by.startswith("Printed") for one in case.confirmations)
    assert saved["bench"]["confirmed"]["labels"]["is_confirmed"] is True
    again = desk.paint(runs[:5] * np.array([1, 1, 0]) + np.array([0, 0, desk.value("vertebra T8")], np.uint32)).json()
    now = desk.post("/save", wish(desk, again["seq"], made_from=2))
    assert now.json()["version"] == 3
    assert now.json()["bench"]["confirmed"]["labels"]["is_confirmed"] is False, (
        "it was another label that was confirmed"
    )


def test_painted_and_taken_back_is_the_same_file(served: Served) -> None:
    desk = desk_of(served, "undone")
    runs = stroke(desk)
    back = runs.copy()
    back[:, 2] = desk.value("vertebra T8")
    before = desk.get("/measures").json()["items"]
    assert desk.paint(runs).json()["voxels"] == len(runs)
    assert desk.paint(back).json()["seq"] == 2
    after = desk.get("/measures").json()["items"]
    assert [one | {"is_changed": False} for one in after] == [one | {"is_changed": False} for one in before]
    assert desk.post("/save", wish(desk, 2)).json()["version"] == 2
    with served.record.at(CENTRE, actor="tests", purpose="tests", now=served.clock()) as work:
        assert work.read_case("undone", 1).files == work.read_case("undone", 2).files


def test_what_is_taken_back_leaves_the_file_of_another_program_and_its_confirmation(served: Served) -> None:
    files = files_of(phantom().case, phantom().images)
    theirs = {
        path: gzip.compress(gzip.decompress(held), 1) if path.endswith(".gz") else held for path, held in files.items()
    }
    kept(served, phantom().case, theirs, key="theirs")
    desk = opened(served, "theirs", served.signed_in())
    desk.post("/save", wish(desk, 0, confirm={"labels": True, "level": True})).raise_for_status()
    runs = stroke(desk)
    back = runs.copy()
    back[:, 2] = desk.value("vertebra T8")
    for each in (runs, back):
        desk.paint(each).raise_for_status()
    saved = desk.post("/save", wish(desk, 2, made_from=2)).raise_for_status().json()
    assert saved["bench"]["confirmed"]["labels"]["is_confirmed"] is True
    with served.record.at(CENTRE, actor="tests", purpose="tests", now=served.clock()) as work:
        assert work.read_case("theirs", 1).files == work.read_case("theirs", 3).files


def test_cuts_are_kept_with_the_version_and_given_with_the_next_bench(served: Served) -> None:
    desk = desk_of(served, "cuts")
    assert desk.post("/save", wish(desk, 0, cuts=[CUT])).json()["version"] == 2
    assert desk.get("").json()["cuts"] == [CUT]
    assert opened(served, "cuts").told["cuts"] == [CUT]


def test_a_kept_cut_that_was_put_back_is_saved_by_being_left_out(served: Served) -> None:
    desk = desk_of(served, "put-back")
    assert desk.post("/save", wish(desk, 0)).status_code == 422
    assert desk.post("/save", wish(desk, 0, cuts=[CUT])).json()["version"] == 2
    same = desk.post("/save", wish(desk, 0, cuts=[CUT], made_from=2))
    assert (same.status_code, "nothing to save" in same.text) == (422, True), "they are kept already"
    assert desk.post("/save", wish(desk, 0, made_from=2)).json()["version"] == 3
    assert desk.get("").json()["cuts"] == []
    assert opened(served, "put-back").told["cuts"] == []


def test_who_only_sees_takes_no_kept_cut_away(served: Served) -> None:
    desk = desk_of(served, "taken-away")
    assert desk.post("/save", wish(desk, 0, cuts=[CUT])).json()["version"] == 2
    known = served.somebody(Role.READER)
    with served.record.at(CENTRE, actor="tests", purpose="tests", now=served.clock()) as work:
        work.set_team("taken-away", [known.person])
    reader = opened(served, "taken-away", served.session_of(known))
    assert reader.post("/save", wish(reader, 0)).status_code == 403


def test_what_was_confirmed_keeps_no_plan_from_ready_any_more(served: Served) -> None:
    """The plans are those of before, their cuts where they were; only what the rules say of them is said anew."""
    desk = desk_of(served, "ruled")
    unsaid = "nobody has confirmed the labels"
    before = desk.get("/operations", wait_s=60).json()["items"]
    assert all(unsaid in one["not_ready"] for one in before)
    saved = desk.post("/save", wish(desk, 0, confirm={"labels": True, "level": True}))
    assert saved.status_code == 200, saved.text
    after = desk.get("/operations").json()
    assert (after["is_computing"], after["is_current"]) == (False, True)
    assert [one["cuts"] for one in after["items"]] == [one["cuts"] for one in before]
    anew = opened(served, "ruled").get("/operations", wait_s=60).json()["items"]
    assert not any(unsaid in one["not_ready"] for one in after["items"])
    assert after["items"] == anew, "as of a bench that was opened with this version"


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"seq": 7}, 409, "edit"),
    ({"made_from": 9}, 422, "stands on version"),
    ({"labels": False, "confirm": {"labels": True, "level": False}}, 422, "not what is saved"),
    ({"labels": False}, 422, "nothing to save"),
    ({"because": ""}, 422, ""),
]


def test_what_cannot_be_saved_is_refused_and_nothing_is_kept(served: Served) -> None:
    desk = desk_of(served, "refused")
    desk.paint(stroke(desk))
    for other, status, words in REFUSED:
        answer = desk.post("/save", {**wish(desk, 1), **other})
        assert (answer.status_code, words in answer.text) == (status, True), answer.text
        assert desk.browser.get(f"{API}/cases/{desk.case_id}").json()["newest"] == 1
    assert desk.post("/save", wish(desk, 1)).status_code == 200


def test_who_comes_second_is_told_what_changed(served: Served) -> None:
    one = desk_of(served, "two")
    other = opened(served, "two")
    assert other.paint(stroke(other)).status_code == 200
    assert other.post("/save", wish(other, 1)).status_code == 200
    answer = one.post("/save", wish(one, 0, confirm={"labels": True, "level": False}))
    assert answer.status_code == 412
    assert (answer.json()["type"], answer.json()["newest"]) == ("overtaken", 2)


def test_who_may_not_confirm_does_not_and_who_only_sees_paints_nothing(served: Served) -> None:
    desk = desk_of(served, "oncologist", Role.ONCOLOGIST)
    assert desk.post("/save", wish(desk, 0, confirm={"labels": True, "level": False})).status_code == 403
    known = served.somebody(Role.READER)
    with served.record.at(CENTRE, actor="tests", purpose="tests", now=served.clock()) as work:
        work.set_team("oncologist", [known.person])
    reader = opened(served, "oncologist", served.session_of(known))
    assert reader.get("/labels").status_code == 200
    assert reader.paint(stroke(desk)).status_code == 403
    assert reader.post("/save", wish(reader, 0, cuts=[CUT])).status_code == 403


def test_the_map_of_a_new_lesion_is_added_and_an_emptied_one_taken_out(served: Served, tmp_path: Path) -> None:
    case = replace(phantom().case, lesions=(*phantom().case.lesions, Lesion(id="B")))
    kept(served, case, files_of(phantom().case, phantom().images), key="new")
    desk = opened(served, "new")
    labels = desk.labels()
    at = np.flatnonzero(labels == desk.value("vertebra T10"))[:40]
    new = np.stack([at, np.ones_like(at), np.full_like(at, desk.value("tumour B in vertebra T10"))], axis=1)
    old = np.flatnonzero(np.isin(labels, [desk.value("tumour A"), desk.value("tumour A in vertebra T9")]))
    gone = np.stack([old, np.ones_like(old), np.zeros_like(old)], axis=1)
    assert desk.paint(np.concatenate([new, gone]).astype(np.uint32)).status_code == 200
    answer = desk.post("/save", wish(desk, 1))
    assert answer.status_code == 200, answer.text
    saved, maps, _ = read(served, "new", tmp_path)
    assert set(saved.labels) == {"anatomy", "tumour-B"}
    assert maps["tumour-B"].sum() == 40
