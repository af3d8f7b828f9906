"""What tests bring into a case, and how they wait for what becomes of it."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from enbloc.exchange.folder import write_case_folder
from enbloc.web.running.runner import Workers
from enbloc.web.services import Services
from enbloc.web.working.order import Caps
from tests.web.served import Clock

API = "/api/v1"
ENVIRONMENT = {name: os.environ[name] for name in ("NUMBA_CACHE_DIR",) if name in os.environ}
PATIENCE_S = 120


@dataclass
class Ticking(Clock):
    """A clock that goes on by a thousandth of a second whenever somebody looks: no two moments are the same."""

    def __call__(self) -> datetime:
        self.forward(milliseconds=1)
        return self.now


def with_workers(services: Services, *, caps: Caps | None = None, lease_s: float = 30.0) -> Services:
    """The same services, with worker processes."""
    workers = Workers(
        services.record,
        services.folder,
        live=services.live,
        clock=services.clock,
        caps=caps,
        environment=ENVIRONMENT,
        lease_s=lease_s,
    )
    return replace(services, runner=workers)


def uploaded(browser: httpx.Client, content: bytes, name: str = "scan.zip") -> str:
    """Upload a file; what it is asked for by."""
    headers = {"Content-Type": "application/octet-stream"}
    answer = browser.post(f"{API}/uploads", params={"name": name}, content=content, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["upload"])


def brought(browser: httpx.Client, *uploads: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Bring a case made of these uploads."""
    answer = browser.post(f"{API}/cases", json={"because": "new referral", "uploads": list(uploads), **more})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def ended(browser: httpx.Client, job_id: str) -> dict[str, Any]:
    """The job, once it has ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        job = dict(browser.get(f"{API}/jobs/{job_id}").raise_for_status().json())
        if job["state"] not in ("waiting", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job did not end: {job}")


def settled(browser: httpx.Client, case_id: str) -> list[dict[str, Any]]:
    """The last job of a case once nothing is under way for it, in a list."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        jobs = list(browser.get(f"{API}/cases/{case_id}").raise_for_status().json()["jobs"])
        if all(job["state"] not in ("waiting", "running") for job in jobs):
            return jobs
        time.sleep(0.05)
    raise AssertionError(f"the jobs did not end: {jobs}")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


@cache
def case_folder_zip(name: str = "myeloma") -> bytes:
    """The zip of the case folder of an invented patient."""
    from enbloc.case.image import Images
    from enbloc.exchange.invented import invented_case

    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        write_case_folder(folder, invented_case(name), Images(volumes={}, labels={}))
        files = {f"case/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return zipped(files)
