"""A bench is one person's, and may end at any moment: then that is said, and the server goes on."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from enbloc.case.case import ImageFile, LabelFile
from enbloc.case.image import Grid, Images, Volume
from enbloc.case.origin import Modality
from enbloc.exchange import nifti
from enbloc.record import verify
from enbloc.web.rules import Role
from enbloc.web.working.order import Caps
from tests.web.benched import SMALL, files_of, kept, opened, phantom, unpacked, with_benches
from tests.web.brought import API
from tests.web.served import CENTRE, Served

Making = Callable[..., Served]


@pytest.fixture
def making(folder: Path, empty: Path) -> Iterator[Making]:
    made: list[Served] = []

    def make(**given: object) -> Served:
        data = Path(shutil.copytree(empty, folder / f"data-{len(made)}"))
        made.append(Served(None, data, prepare=partial(with_benches, **({"caps": SMALL} | given))))  # type: ignore[arg-type]  # names of its own
        return made[-1]

    yield make
    for one in made:
        assert verify(one.record).is_whole
        one.close()
        assert not list(one.folder.glob("scratch/server-*")), "nothing is left of its folders"


def with_case(server: Served) -> Served:
    kept(server, phantom().case, files_of(phantom().case, phantom().images))
    return server


def pid_of(server: Served) -> int:
    """The process of the only bench."""
    (one,) = server.services.benches._open.values()
    return one.process._process.pid


def test_it_is_one_persons_of_one_case_in_one_centre(making: Making) -> None:
    server = with_case(making())
    desk = opened(server, "case-1")
    stranger = server.signed_in()
    assert stranger.get(desk.at).status_code == 404
    assert stranger.get(f"{desk.at}/labels").status_code == 404
    assert stranger.delete(desk.at).status_code == 404
    elsewhere = server.signed_in(centre="south")
    assert elsewhere.get(desk.at).status_code == 404
    assert elsewhere.post(f"{API}/cases/case-1/bench").status_code == 404
    assert server.anonymous().get(desk.at).status_code == 401
    assert server.signed_in(Role.ADMINISTRATOR).post(f"{API}/cases/case-1/bench").status_code == 403
    again = opened(server, "case-1", desk.browser)
    assert again.told["bench"] == desk.told["bench"], "a page that is loaded again finds it as it was"
    assert desk.browser.delete(desk.at).status_code == 204
    assert desk.get("/labels").status_code == 410


def test_two_requests_at_once_open_one_bench(making: Making) -> None:
    server = with_case(making())
    browser = server.signed_in()
    with ThreadPoolExecutor(max_workers=3) as pool:
        answers = list(pool.map(lambda _: browser.post(f"{API}/cases/case-1/bench"), range(3)))
    assert [one.status_code for one in answers] == [201, 201, 201]
    (bench,) = {one.json()["bench"] for one in answers}
    assert browser.get(f"{API}/cases/case-1/bench/{bench}/labels").status_code == 200
    assert len(server.services.benches._open) == 1


def test_a_case_that_is_closed_to_somebody_leaves_their_bench(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    server = with_case(making())
    desk, owner = opened(server, "case-1"), server.somebody(Role.SURGEON, person="owner")
    with server.record.at(CENTRE, actor="tests", purpose="tests", now=server.clock()) as work:
        work.set_team("case-1", [owner.person])
    monkeypatch.setattr("enbloc.web.at_bench.LOOKED_AT_EVERY_S", 0.0)
    assert desk.get("/labels").status_code == 404
    assert desk.get("/labels").status_code == 410


def test_who_is_waiting_while_it_is_closed_is_told_that_it_ended(making: Making) -> None:
    server = with_case(making())
    browser = server.signed_in()
    with ThreadPoolExecutor(max_workers=3) as pool:
        for _ in range(4):
            desk = opened(server, "case-1", browser)
            waiting = [pool.submit(desk.get, path) for path in ("/measures", "/labels", "/meshes")]
            assert browser.delete(desk.at).status_code == 204
            for one in waiting:
                answer = one.result()
                assert answer.status_code in (200, 410), answer.text
                assert answer.status_code == 200 or answer.json()["type"] == "bench-ended"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_one_that_is_killed_says_so_and_the_next_opens(making: Making, how: signal.Signals) -> None:
    server = with_case(making())
    desk = opened(server, "case-1")
    os.kill(pid_of(server), how)
    answer = desk.get("/labels")
    assert (answer.status_code, answer.json()["type"]) == (410, "bench-ended")
    assert "Open it again" in answer.json()["remedy"]
    assert opened(server, "case-1", desk.browser).get("/labels").status_code == 200


def test_one_that_nobody_works_at_ends(making: Making) -> None:
    server = with_case(making(idle_s=0.4))
    desk = opened(server, "case-1")
    until = time.monotonic() + 20
    while server.services.benches._open and time.monotonic() < until:
        time.sleep(0.1)
    answer = desk.get("/labels")
    assert answer.status_code == 410
    assert "Nobody worked" in answer.json()["title"]


def test_where_there_is_no_room_ones_own_goes_first_and_nobodys_who_works(making: Making) -> None:
    server = making(most=2)
    for key in ("case-1", "case-2", "case-3"):
        kept(server, replace(phantom().case, id=key), files_of(phantom().case, phantom().images), key=key)
    first = opened(server, "case-1")
    second = opened(server, "case-2", first.browser)
    third = opened(server, "case-3", first.browser)
    assert first.get("/labels").status_code == 410
    assert "You opened other cases" in first.get("/labels").json()["title"]
    assert [one.get("/labels").status_code for one in (second, third)] == [200, 200]

    stranger = server.signed_in()
    refused = stranger.post(f"{API}/cases/case-1/bench")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    server.services.benches._spared_s = 0.0
    opened(server, "case-1", stranger)
    assert second.get("/labels").status_code == 410
    assert third.get("/labels").status_code == 200


def test_too_little_memory_or_computing_ends_the_bench_alone(making: Making) -> None:
    small = Caps(memory_bytes=300 * 2**20, computing_s=60, waiting_s=60, file_bytes=2**28)
    server = with_case(making(caps=small))
    answer = server.signed_in().post(f"{API}/cases/case-1/bench")
    assert answer.status_code in (410, 422), answer.text
    assert answer.json()["remedy"]
    assert server.anonymous().get(f"{API}/health").status_code == 200


# --- scans that are odd -----------------------------------------------------------------------------------------------


def scan(shape: tuple[int, int, int], affine: np.ndarray) -> tuple[Volume, np.ndarray]:
    """A scan with a tumour in its middle."""
    grid = Grid(shape=shape, affine=affine)
    voxels = np.arange(np.prod(shape), dtype=np.int64).reshape(shape) % 900 - 300
    labels = np.zeros(shape, np.uint8)
    labels[tuple(slice(max(0, n // 2 - 2), n // 2 + 2) for n in shape)] = 1
    return Volume(voxels=voxels.astype(np.int16), grid=grid, modality=Modality.CT), labels


def turned(degrees: float) -> np.ndarray:
    """An oblique affine whose columns run to the right: flipped as some scanners store them."""
    made, turn = np.eye(4), np.deg2rad(degrees)
    made[:3, :3] = np.array([[0, 0, -1], [np.sin(turn), np.cos(turn), 0], [np.cos(turn), -np.sin(turn), 0]]) * 1.5
    made[:3, 3] = (40.0, -30.0, 12.0)
    return made


ODD: dict[str, tuple[tuple[int, int, int], np.ndarray, str]] = {
    "tiny": ((3, 4, 5), np.diag([1.0, 1.0, 1.0, 1.0]), "only 3 slices"),
    "one slice": ((1, 40, 40), np.diag([1.0, 1.0, 1.0, 1.0]), "only 1 slice:"),
    "thick": ((20, 40, 40), np.diag([8.0, 1.0, 1.0, 1.0]), "8.0 mm"),
    "oblique and flipped": ((30, 40, 250), turned(25.0), "oblique"),
}


def test_odd_scans_are_shown_where_they_lie_and_what_is_odd_is_said(making: Making) -> None:
    server = making()
    browser = server.signed_in()
    for name, (shape, affine, words) in ODD.items():
        volume, labels = scan(shape, affine)
        made = replace(
            phantom().case,
            id=name.replace(" ", "-"),
            images={"ct": ImageFile(file="images/ct.nii.gz", modality=Modality.CT)},
            labels={"tumour": LabelFile(file="labels/tumour.nii.gz", on="ct", structures={1: "tumour A"})},
        )
        files = files_of(replace(made, labels={}), Images(volumes={"ct": volume}, labels={}))
        key = made.id
        kept(server, made, {**files, "labels/tumour.nii.gz": nifti.packed(labels, volume.grid)}, key=key)
        desk = opened(server, key, browser)
        (image,) = desk.told["images"]
        assert words in " ".join(image["notes"]), (name, image["notes"])
        whole, grid = unpacked(desk.get("/images/ct", part="whole"))
        np.testing.assert_array_equal(whole, volume.voxels)
        for part in ("overview", "detail"):
            answer = desk.get("/images/ct", part=part)
            array, placed = unpacked(answer)
            offset = np.array([int(one) for one in answer.headers["X-Enbloc-Offset"].split(",")], np.float64)
            step = np.array([int(one) for one in answer.headers["X-Enbloc-Step"].split(",")], np.float64)
            last = offset + step * (np.array(array.shape) - 1)
            np.testing.assert_allclose(placed.points_mm(np.zeros((1, 3))), grid.points_mm(offset[None]), atol=1e-3)
            np.testing.assert_allclose(
                placed.points_mm(np.array(array.shape)[None] - 1.0), grid.points_mm(last[None]), atol=1e-3
            )
        assert desk.get("/measures").status_code == 200
        assert desk.get("/operations", wait_s=20).status_code == 200
        assert desk.get("/drawn", axis="axial", mm=0).status_code == 200


def test_a_tumour_that_swallows_the_scan_or_is_on_another_grid_is_measured_or_said(making: Making) -> None:
    server = with_case(making())
    desk = opened(server, "case-1")
    everything = np.array([[0, desk.labels().size, desk.value("tumour A")]], np.uint32)
    assert desk.paint(everything).status_code == 200
    keys = {one["key"]: one for one in desk.get("/measures").json()["items"]}
    assert keys["lesion.volume-A"]["shown"]
    coarse = phantom().images.labels["tumour"]
    a, b, c = (n // 2 for n in coarse.grid.shape)
    small = Grid(shape=(a, b, c), affine=coarse.grid.affine @ np.diag([2.0, 2.0, 2.0, 1.0]))
    held = coarse.labels[::2, ::2, ::2][: small.shape[0], : small.shape[1], : small.shape[2]]
    files = {**files_of(phantom().case, phantom().images), "labels/tumour.nii.gz": nifti.packed(held.copy(), small)}
    kept(server, phantom().case, files, key="coarse")
    other = opened(server, "coarse", desk.browser)
    assert any("another grid" in line for line in other.told["unused"])
    assert "tumour A" not in {one["name"] for one in other.told["structures"]}
