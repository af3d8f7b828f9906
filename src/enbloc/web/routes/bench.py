"""The workbench: a case opened in a process of its own, its images and its labels."""

from __future__ import annotations

from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from enbloc.web.at_bench import bench_of, noun_of
from enbloc.web.bench_nouns import Bench, Part
from enbloc.web.benching.laying import laid_out
from enbloc.web.keys import CaseId
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.working.bench.frames import Frame
from enbloc.web.working.bench.order import BenchOrder

benches = APIRouter(tags=["bench"])

Seeing = Annotated[Signed, signed(Function.SEE)]
BenchId = Annotated[str, Path(max_length=64)]
Role = Annotated[str, Path(max_length=64)]
Wished = Annotated[str, Query(max_length=64, description="The image to paint on; left out: the one with the anatomy.")]
Shown = Annotated[Part, Query(description="All of it coarsely, the lesions in full, or the whole.")]
PACKED = "application/gzip"
_PLACE = {"type": "string", "description": "Three whole numbers: along slices, rows and columns of the whole image."}
_IMAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "NIfTI, packed with gzip",
        "content": {PACKED: {"schema": {"type": "string", "format": "binary"}}},
        "headers": {name: {"schema": _PLACE} for name in ("X-Enbloc-Offset", "X-Enbloc-Step", "X-Enbloc-Seq")},
    }
}


@benches.post("/cases/{case_id}/bench", status_code=201)
def open_bench(case_id: CaseId, signed: Seeing, services: Given, painting: Wished = "") -> Bench:
    """Open the newest version of a case. One that the person has open of it is given again while nothing was edited.

    Its cuts are then where they were searched. Otherwise that one is closed. A bench ends when nobody has worked at it
    for half an hour, with the event `bench` on the case; what is then asked of it is answered by 410.
    """
    whose = (signed.centre, signed.person, case_id)

    def lay(order: BenchOrder, scratch: Folder) -> int:
        return laid_out(lambda: signed.work(services, "open a bench"), order, scratch)

    with services.benches.one_at_a_time(whose):
        held = services.benches.held(whose)
        if held is not None and held.seq == 0 and held.painting == painting:
            newest = signed.read_in_thread(services, "open a bench", lambda work: work.read_case(case_id).line.version)
            if newest == held.version:
                return noun_of(Bench, held.ask("begin anew"))
        return noun_of(Bench, services.benches.open(services.folder, whose, painting, lay).ask("about"))


@benches.get("/cases/{case_id}/bench/{bench}")
def read_bench(case_id: CaseId, bench: BenchId, signed: Seeing, services: Given) -> Bench:
    """The bench as it is now, edited or not."""
    return noun_of(Bench, bench_of(services, signed, case_id, bench).ask("about"))


@benches.delete("/cases/{case_id}/bench/{bench}", status_code=204, response_class=Response)
def close_bench(case_id: CaseId, bench: BenchId, signed: Seeing, services: Given) -> None:
    """End the bench; what was not saved is lost."""
    services.benches.close(bench_of(services, signed, case_id, bench))


@benches.get("/cases/{case_id}/bench/{bench}/images/{role}", response_class=Response, responses=_IMAGE)
def read_image(
    case_id: CaseId, bench: BenchId, role: Role, signed: Seeing, services: Given, part: Shown = "overview"
) -> Response:
    """An image: `overview` has at most 192 voxels along an axis, `detail` the lesions with a level above and below.

    `X-Enbloc-Offset` is the first of its voxels in the whole image, `X-Enbloc-Step` every how manieth it holds.
    """
    return _packed(bench_of(services, signed, case_id, bench).ask("image", role=role, part=part))


@benches.get("/cases/{case_id}/bench/{bench}/labels", response_class=Response, responses=_IMAGE)
def read_bench_labels(
    case_id: CaseId, bench: BenchId, signed: Seeing, services: Given, part: Shown = "overview"
) -> Response:
    """The painted map as it is now, the same voxels as of the image that is painted on; its values are the bench's."""
    return _packed(bench_of(services, signed, case_id, bench).ask("labels", part=part))


def _packed(frame: Frame) -> Response:
    headers = {
        f"X-Enbloc-{name.title()}": ",".join(str(one) for one in frame.head[name]) for name in ("offset", "step")
    }
    headers["X-Enbloc-Seq"] = str(frame.head["seq"])
    return Response(frame.payload, headers=headers, media_type=PACKED)
