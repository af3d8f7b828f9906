"""What should never be uploaded: each refused in a line, nothing of it kept, and the server goes on."""

from __future__ import annotations

import gzip
import io
import os
import re
import resource
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from enbloc.exchange import nifti
from enbloc.record import verify
from enbloc.web.working.order import Caps
from tests.exchange.making import GRID, as_bytes, scan, slice_of
from tests.sampling import sampled
from tests.web.brought import API, PATIENCE_S, Ticking, brought, ended, uploaded, with_workers, zipped
from tests.web.served import Served

SMALL = Caps(memory_bytes=2 * 2**30, computing_s=60, waiting_s=PATIENCE_S, file_bytes=2**28)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
ELF = b"\x7fELF\x02\x01\x01" + bytes(500)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Served]:
    """One server for all of them: that it goes on is a part of each test."""
    folder = tmp_path_factory.mktemp("bad") / "data"
    shutil.copytree(empty, folder)
    made = Served(None, folder, prepare=partial(with_workers, caps=SMALL), clock=Ticking())
    yield made
    made.close()


def nested(depth: int) -> bytes:
    """A slice that begins with sequences within sequences, each of a length that is not said."""
    begins = b"\x08\x00\x10\x11SQ\0\0\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
    ends = b"\xfe\xff\x0d\xe0\0\0\0\0" + b"\xfe\xff\xdd\xe0\0\0\0\0"
    plain = as_bytes(slice_of(0))
    at = plain.index(b"\x08\x00\x16\x00")
    return plain[:at] + begins * depth + ends * depth + plain[at:]


def deflated_bomb() -> bytes:
    """A deflated object of a few kilobytes that unpacks to gigabytes."""
    head = as_bytes(slice_of(0)).replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.1.99")
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return head[:400] + b"".join(packer.compress(bytes(2**24)) for _ in range(32)) + packer.flush()


def huge_nifti(*, packed: bool = False) -> bytes:
    """A header that claims 32767³ voxels, and hardly any behind it."""
    plain = bytearray(gzip.decompress(nifti.packed(scan(), GRID)))
    struct.pack_into("<4h", plain, 40, 3, 32767, 32767, 32767)
    return gzip.compress(bytes(plain)) if packed else bytes(plain)


def linked() -> bytes:
    out, entry = io.BytesIO(), zipfile.ZipInfo("case/images/ct.nii.gz")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("case/case.yaml", "schema: enbloc/case/1\nid: x\n")
        packed.writestr(entry, "/etc/passwd")
    return out.getvalue()


def record(text: str) -> bytes:
    return zipped({"case/case.yaml": text.encode()})


def claiming(size: int) -> bytes:
    """A zip whose one member says that it is larger than it is allowed to be."""
    made = zipped({"IM1": bytes(1000)})
    return made.replace((1000).to_bytes(4, "little"), size.to_bytes(4, "little"))


BOMB = "schema: enbloc/case/1\nid: x\nstory: &a [x, x]\nlesions: [*a, *a]\n"
UPWARDS = "schema: enbloc/case/1\nid: x\nimages: {ct: {file: ../../ct.nii.gz, modality: CT}}\n"
BAD: list[tuple[str, bytes, str]] = [
    ("scan.dcm", SVG, "DICOM"),
    ("scan.dcm", HTML, "DICOM"),
    ("scan.dcm", ELF, "DICOM"),
    ("scan.svg", SVG, "neither a DICOM"),
    ("scan.zip", SVG, "no zip"),
    ("scan.zip", zipped({"a.dcm": SVG, "b.dcm": ELF}), "no CT or MR slice"),
    ("scan.zip", zipped({"a.dcm": nested(400)}), "no CT or MR slice|One slice"),
    ("scan.zip", zipped({"a.dcm": deflated_bomb()}), "no CT or MR slice"),
    ("scan.zip", zipped({"a.zip": zipped({"b": b"x"})}), "another archive"),
    ("scan.zip", zipped({"../../../../tmp/evil": b"x"}), "leads out"),
    ("scan.zip", zipped({"/etc/cron.d/evil": b"x"}), "leads out"),
    ("scan.zip", claiming(2**31), "larger than|cut short"),
    ("scan.zip", zipped({f"{number}.dcm": b"" for number in range(20_001)}), "more than 20000 files"),
    ("case.zip", linked(), "a link"),
    ("case.zip", record(BOMB), "anchor"),
    (
        "case.zip",
        record("schema: enbloc/case/1\nid: x\nimages: {ct: {file: ../../ct.nii.gz, modality: CT}}\n"),
        "named",
    ),
    ("case.zip", record("[" * 10_000), "."),
    ("ct.nii", huge_nifti(), "."),
    ("ct.nii.gz", huge_nifti(packed=True), "."),
    ("ct.nii.gz", gzip.compress(b"\0" * 2**27), "."),
    ("ct.nii", b"", "."),
    ("labels.nrrd", b"NRRD0004\ntype: uint8\ndimension: 3\nsizes: 32767 32767 32767\nencoding: raw\n\n", "."),
    ("labels.nrrd", SVG, "."),
]


@pytest.mark.parametrize("at", sampled(range(len(BAD)), 8))
def test_it_is_refused_in_a_line_and_the_server_goes_on(served: Served, at: int) -> None:
    name, content, words = BAD[at]
    browser = served.signed_in()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = brought(browser, {"upload": uploaded(browser, content, f"MUELLER {name}"), "role": "ct"})
    job = ended(browser, made["job"]["job_id"])
    assert job["state"] == "failed", job
    assert re.search(words, job["fault"]), job["fault"]
    assert "\n" not in job["fault"]
    assert "MUELLER" not in job["fault"]
    assert "fault of the program" not in job["fault"]
    view = browser.get(f"{API}/cases/{made['case_id']}").json()
    assert (view["version"], view["document"]["images"]) == (1, {})
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kilobytes: it is parsed elsewhere"
    assert not list(served.folder.glob("scratch/*/job-*"))


def test_after_all_of_them_the_record_is_whole(served: Served) -> None:
    found = verify(served.record)
    assert (found.is_whole, found.remarks) == (True, ())


def kept(served: Served) -> bytes:
    """Every file of the record, unpacked."""
    files = [path.read_bytes() for path in served.folder.glob("files/**/*") if path.is_file()]
    return b"".join(gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in files)


def test_nothing_of_a_file_as_it_came_is_kept(served: Served) -> None:
    browser = served.signed_in()
    preamble = b"MZ this program cannot be run".ljust(128, b"\0")
    slices = {f"IM{at}": preamble + as_bytes(slice_of(at))[128:] for at in range(3)}
    drawn = bytearray(gzip.decompress(nifti.packed((np.indices(GRID.shape).sum(axis=0) > 3).astype(np.uint8), GRID)))
    drawn[148:177] = b"Mustermann, Erika, 1965-02-03"  # what a scanner may write as a description
    scans = uploaded(browser, zipped(slices))
    scan_file = bytearray(
        gzip.decompress(nifti.packed(np.arange(-600, 600, 10, dtype=np.int16).reshape(GRID.shape), GRID))
    )
    scan_file[148:177] = b"Mustermann, Erika, 1965-02-03"
    made = brought(
        browser,
        {"upload": scans},
        {"upload": uploaded(browser, bytes(scan_file) + b"MZ behind the last voxel", "b.nii"), "role": "ct-b"},
        {"upload": uploaded(browser, bytes(drawn), "c.nii"), "tumour": "A", "on": "ct-b"},
    )
    assert ended(browser, made["job"]["job_id"])["fault"] == ""
    (work_up,) = browser.get(f"{API}/cases/{made['case_id']}").json()["jobs"]
    assert browser.delete(f"{API}/jobs/{work_up['job_id']}").json()["state"] == "cancelled"
    case = browser.get(f"{API}/cases/{made['case_id']}").json()
    assert set(case["document"]["images"]) == {"ct", "ct-b"}
    held = kept(served)
    assert b"MZ this program" not in held
    assert b"MZ behind" not in held
    assert b"Mustermann" not in held
    assert b"4711" not in held
    assert not list(served.folder.glob(f"transit/*/person-*/{scans}*")), "it is part of the case now"


def test_single_slices_are_one_series(served: Served) -> None:
    browser = served.signed_in()
    slices = [{"upload": uploaded(browser, as_bytes(slice_of(at)), f"IM{at}.dcm")} for at in range(3)]
    made = brought(browser, *slices)
    assert ended(browser, made["job"]["job_id"])["fault"] == ""
    assert set(browser.get(f"{API}/cases/{made['case_id']}").json()["document"]["images"]) == {"ct"}


def test_modules_beside_an_upload_are_not_loaded(tmp_path: Path) -> None:
    """The worker works in a folder with files of strangers; nothing there is ever imported."""
    from enbloc.web.running.child import Child

    for name in ("json", "enbloc", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(77)")
    child = Child(tmp_path, {})
    while child.listen(1.0):
        pass
    assert "fault of the program" in child.ended(), "there is no order in the folder"
    assert "77" not in child.trace


@pytest.mark.parametrize(
    ("kind", "status"), [("application/json", 415), ("multipart/form-data", 415), ("text/html", 415), (None, 415)]
)
def test_an_upload_of_another_kind_is_refused(served: Served, kind: str | None, status: int) -> None:
    headers: dict[str, Any] = {"Content-Type": kind} if kind else {}
    answer = served.signed_in().post(f"{API}/uploads", params={"name": "a.zip"}, content=b"x", headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("says_so", [True, False])
def test_an_upload_that_is_too_large_is_not_waited_for(folder: Path, empty: Path, says_so: bool) -> None:
    made = Served(
        None, Path(shutil.copytree(empty, folder / "data")), prepare=lambda given: replace(given, largest_upload=1000)
    )
    blocks = (b"x" * 600 for _ in range(2))
    answer = made.signed_in().post(
        f"{API}/uploads",
        params={"name": "a.zip"},
        content=b"x" * 1001 if says_so else blocks,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert answer.status_code == 413
    assert not [path for path in made.folder.glob("transit/*/*/*") if path.is_file()]
    made.close()


def test_uploads_are_gone_after_a_day(served: Served) -> None:
    browser = served.signed_in(person="dora")
    first = uploaded(browser, b"x", "a.zip")
    (path,) = served.folder.glob(f"transit/*/dora/{first}*")
    long_ago = served.clock().timestamp() - 25 * 3600
    os.utime(path, (long_ago, long_ago))
    uploaded(browser, b"y", "b.zip")
    assert not path.exists()
