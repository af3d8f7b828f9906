"""Cases on a bench: small phantoms put into the record as an intake leaves them, and a browser that opens them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.image import Grid, Images
from enbloc.exchange import nifti
from enbloc.exchange.document import to_json
from enbloc.exchange.folder import write_images
from enbloc.phantom import Phantom, Recipe, Tumour, build, in_body
from enbloc.web.benching.benches import Benches
from enbloc.web.services import Services
from enbloc.web.working.bench.order import BENCH_CAPS
from enbloc.web.working.order import Caps
from tests.web.brought import API, ENVIRONMENT
from tests.web.served import CENTRE, Served

SMALL = Caps(memory_bytes=4 * 2**30, computing_s=300, waiting_s=120, file_bytes=2**28)


def with_benches(
    services: Services, *, caps: Caps = BENCH_CAPS, most: int = 4, idle_s: float = 1800.0, spared_s: float = 300.0
) -> Services:
    """The same services, with benches."""
    benches = Benches(
        environment=ENVIRONMENT, caps=caps, most=most, idle_s=idle_s, spared_s=spared_s, live=services.live
    )
    return replace(services, benches=benches)


RECIPE = Recipe(
    levels=(Level.T8, Level.T9, Level.T10),
    tumours=(Tumour(solids=(in_body(Level.T9),)),),
    spacing_mm=(2.0, 1.5, 1.5),
)


@cache
def phantom() -> Phantom:
    """Three vertebrae, one with a tumour in its body, on a coarse CT."""
    return build(RECIPE)


def files_of(case: Case, images: Images) -> Mapping[str, bytes]:
    """The files of a case as an intake writes them."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_images(folder, case, images)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kept(server: Served, case: Case, files: Mapping[str, bytes], *, key: str = "case-1") -> str:
    """The case in the record, with these files; its key."""
    with server.record.at(CENTRE, actor="tests", purpose="tests", now=server.clock()) as work:
        named = {path: work.put_file(key, content).sha256 for path, content in files.items()}
        work.save_case(key, to_json(case), made_from=0, because="tests", files=named)
    return key


@dataclass
class Desk:
    """A browser at a bench."""

    browser: httpx.Client
    case_id: str
    told: dict[str, Any]

    @property
    def at(self) -> str:
        """Where the bench is asked."""
        return f"{API}/cases/{self.case_id}/bench/{self.told['bench']}"

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.browser.get(f"{self.at}{path}", params=query)

    def post(self, path: str, json: Any = None) -> httpx.Response:
        return self.browser.post(f"{self.at}{path}", json=json)

    def paint(self, runs: NDArray[np.uint32] | bytes, **query: Any) -> httpx.Response:
        content = runs if isinstance(runs, bytes) else runs.astype("<u4").tobytes()
        headers = {"Content-Type": "application/octet-stream"}
        return self.browser.post(f"{self.at}/paint", content=content, headers=headers, params=query)

    def value(self, name: str) -> int:
        """The value of a structure by its name."""
        return next(int(one["value"]) for one in self.told["structures"] if one["name"] == name)

    def labels(self) -> NDArray[Any]:
        """The painted map."""
        return unpacked(self.get("/labels", part="whole"))[0]


def opened(server: Served, case_id: str, browser: httpx.Client | None = None, **query: str) -> Desk:
    """A bench with this case."""
    browser = browser or server.signed_in()
    answer = browser.post(f"{API}/cases/{case_id}/bench", params=query)
    assert answer.status_code == 201, answer.text
    return Desk(browser=browser, case_id=case_id, told=answer.json())


def unpacked(answer: httpx.Response) -> tuple[NDArray[Any], Grid]:
    """The image of an answer, and where it lies; read as any NIfTI file is."""
    assert answer.status_code == 200, answer.text
    assert gzip.decompress(answer.content)[344:347] == b"n+1"
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "part.nii.gz"
        file.write_bytes(answer.content)
        read = nifti.read_any(file, where="part")
    return read.array, read.grid


def triple_of(text: str) -> tuple[int, int, int]:
    """Three whole numbers of a header."""
    a, b, c = (int(one) for one in text.split(","))
    return a, b, c
