"""What no bench is opened with, refused in a line that says what, where and the remedy; and what it may not exceed."""

from __future__ import annotations

import gzip
import logging
import os
import resource
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from enbloc.case.anatomy import Level
from enbloc.case.case import Case, ImageFile
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality
from enbloc.phantom import Tumour, build, in_body
from enbloc.record import verify
from enbloc.web.working.order import Caps
from tests.exchange.making import as_bytes, slice_of
from tests.web.benched import RECIPE, SMALL, files_of, kept, opened, phantom, with_benches
from tests.web.brought import API, zipped
from tests.web.served import Served

NAME = "Mustermann"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Served]:
    """One server for all of them: that it goes on is a part of each test."""
    folder = tmp_path_factory.mktemp("odd") / "data"
    shutil.copytree(empty, folder)
    made = Served(None, folder, prepare=partial(with_benches, caps=SMALL))
    yield made
    assert verify(made.record).is_whole
    made.close()


def ct() -> bytearray:
    """The scan of the phantom, unpacked, with a name in its free text."""
    plain = bytearray(gzip.decompress(files_of(phantom().case, phantom().images)["images/ct.nii.gz"]))
    plain[148 : 148 + len(NAME)] = NAME.encode()
    return plain


def colour() -> bytes:
    """Three bytes for each voxel: red, green and blue."""
    plain, voxels = ct(), phantom().images.volumes["ct"].voxels.size
    struct.pack_into("<2h", plain, 70, 128, 24)
    return bytes(plain[:352]) + bytes(3 * voxels)


def in_time() -> bytes:
    """Two volumes, one after the other."""
    plain = ct()
    struct.pack_into("<h", plain, 40, 4)
    struct.pack_into("<h", plain, 48, 2)
    return bytes(plain) + bytes(plain[352:])


def claiming(count: int) -> bytes:
    """A header that claims so many slices more than there are."""
    plain = ct()
    struct.pack_into("<3h", plain, 42, 1000, 1000, count)
    return bytes(plain)


def coloured_slices() -> bytes:
    """A series of colour pictures, as a screen is saved."""
    changes = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PatientName": NAME}
    return zipped({f"{at}.dcm": as_bytes(slice_of(at, **changes)) for at in range(3)})


NIFTI, DICOM = "images/ct.nii.gz", "images/ct.zip"
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "colour": (NIFTI, lambda: gzip.compress(colour()), "colour"),
    "in time": (NIFTI, lambda: gzip.compress(in_time()), "dimension"),
    "claims more than anybody has": (NIFTI, lambda: gzip.compress(claiming(30000)), "voxels"),
    "colour pictures": (DICOM, coloured_slices, "no CT or MR slice"),
}


def case_with(file: str) -> Case:
    made = phantom().case
    return replace(made, images={"ct": ImageFile(file=file, modality=Modality.CT)})


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_line_and_nothing_is_half_open(
    served: Served, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file, content, words = REFUSED[name]
    files = {path: held for path, held in files_of(phantom().case, phantom().images).items() if path != NIFTI}
    key = kept(served, case_with(file), {**files, file: content()}, key=name.replace(" ", "-"))
    answer = served.signed_in().post(f"{API}/cases/{key}/bench")
    assert answer.status_code == 422, answer.text
    told = answer.json()
    said = " ".join(str(told.get(part, "")) for part in ("title", "detail", "where"))
    assert words in said, said
    assert told["remedy"]
    assert "\n" not in told["title"]
    for line in (answer.text, *(each.getMessage() for each in caplog.records)):
        assert NAME not in line
    assert not served.services.benches._open, "nothing is left open"


def test_two_tumours_are_measured_and_planned_each_and_one_without_outline_is_said(served: Served) -> None:
    both = (
        Tumour(lesion="A", solids=(in_body(Level.T9),)),
        Tumour(lesion="B", solids=(in_body(Level.T10, radii_mm=(6.0, 6.0, 5.0)),)),
    )
    made = build(replace(RECIPE, tumours=both))
    case = replace(made.case, lesions=(*made.case.lesions, Lesion(id="C")))
    desk = opened(served, kept(served, case, files_of(made.case, made.images), key="two"))
    assert [(one["id"], one["at_mm"] is not None) for one in desk.told["lesions"]] == [
        ("A", True),
        ("B", True),
        ("C", False),
    ]
    keys = {one["key"]: one for one in desk.get("/measures").json()["items"]}
    assert keys["lesion.volume-A"]["value"] > keys["lesion.volume-B"]["value"] > 0
    told = desk.get("/operations", wait_s=60).json()
    assert {one["about"] for one in told["items"]} == {"A", "B"}
    assert len({one["id"] for one in told["items"]}) == len(told["items"]), "each can be asked for by its name"
    assert told["unplanned"] == ["lesion C: it is not labelled"]
    assert desk.browser.delete(desk.at).status_code == 204


# --- caps -------------------------------------------------------------------------------------------------------------

ENOUGH: dict[str, Any] = {"memory_bytes": 4 * 2**30, "computing_s": 60, "waiting_s": 60, "file_bytes": 2**28}
CAPPED: dict[str, tuple[dict[str, Any], int, str]] = {
    "computing": ({"computing_s": 1}, 410, "all the computing"),
    "waiting": ({"waiting_s": 0}, 410, "longer than it may"),
}


@pytest.mark.parametrize("name", CAPPED)
def test_a_bench_that_takes_more_than_it_may_ends_and_says_why(folder: Path, empty: Path, name: str) -> None:
    caps, status, words = CAPPED[name]
    data = Path(shutil.copytree(empty, folder / "capped"))
    server = Served(None, data, prepare=partial(with_benches, caps=Caps(**(ENOUGH | caps))))
    try:
        kept(server, phantom().case, files_of(phantom().case, phantom().images))
        browser = server.signed_in()
        answer = browser.post(f"{API}/cases/case-1/bench")
        if answer.status_code == 201:  # a second of computing may suffice to open it, and never to measure
            measures = f"{API}/cases/case-1/bench/{answer.json()['bench']}/measures"
            answer = browser.get(measures)
            assert browser.get(measures).status_code == 410, "it is not asked again"
        assert (answer.status_code, words in answer.json()["title"]) == (status, True), answer.text
        assert answer.json()["remedy"]
        assert not server.services.benches._open
        assert server.anonymous().get(f"{API}/health").status_code == 200
    finally:
        server.close()
    assert not list(data.glob("scratch/server-*")), "nothing is left of its folders"


def test_an_answer_that_needs_more_memory_than_it_may_is_refused_and_the_bench_goes_on(served: Served) -> None:
    """What painting imports is there already; then the room that is left is less than so many voxels take."""
    desk = opened(served, kept(served, phantom().case, files_of(phantom().case, phantom().images), key="memory"))
    everything = np.array([[0, desk.labels().size, desk.value("tumour A")]], np.uint32)
    assert desk.paint(everything[:0]).status_code == 200
    (one,) = served.services.benches._open.values()
    pid = one.process._process.pid
    used = int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, hard = resource.prlimit(pid, resource.RLIMIT_AS)
    resource.prlimit(pid, resource.RLIMIT_AS, (used + 2**24, hard))
    answer = desk.paint(np.repeat(everything, 59_000_000 // everything[0, 1], axis=0))
    assert answer.status_code == 422, answer.text
    assert "memory" in answer.json()["title"]
    assert answer.json()["remedy"]
    resource.prlimit(pid, resource.RLIMIT_AS, (hard, hard))
    assert desk.paint(everything[:0]).status_code == 200
    assert desk.browser.delete(desk.at).status_code == 204


def test_of_what_a_library_printed_nothing_comes_into_the_log(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk = opened(served, kept(served, phantom().case, files_of(phantom().case, phantom().images), key="printed"))
    (one,) = served.services.benches._open.values()
    errors = one.scratch / "errors"
    with errors.open("a", encoding="utf-8") as file:
        file.write(f"KeyError at opened.py:12 opened < answering.py:3 answer\nwarning: {NAME}^Erika is no name\n")
    assert desk.browser.delete(desk.at).status_code == 204
    lines = [each.getMessage() for each in caplog.records]
    assert any("fault=KeyError at opened.py:12 opened < answering.py:3 answer" in line for line in lines)
    assert not any(NAME in line or "printed" in line for line in lines if "/bench" not in line)
