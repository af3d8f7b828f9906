"""The workbench: labels painted, grown, renamed and measured again, and what is drawn on a slice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from enbloc.web.at_bench import bench_of, noun_of, plain_of
from enbloc.web.bench_nouns import BenchMeasures, Drawn, GrowWish, Painted, RelabelWish
from enbloc.web.benching.benches import OpenBench
from enbloc.web.keys import CaseId
from enbloc.web.problem import Problem
from enbloc.web.routes.bench import BenchId, Seeing
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of, read_body
from enbloc.web.working.bench.frames import Frame

bench_edits = APIRouter(tags=["bench"])

Entering = Annotated[Signed, signed(Function.ENTER)]
LARGEST_PAINT = 64 * 2**20
RUNS = "application/octet-stream"
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_BODY = {"requestBody": {"required": True, "content": {RUNS: _BYTES}}}
_RUNS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Runs to paint: start, length and value, each four bytes, little-endian.",
        "content": {RUNS: _BYTES},
    }
}
After = Annotated[int | None, Query(ge=0, description="The edit that this one is made on; refused if there are more.")]
Mm = Annotated[float, Query(ge=-5000, le=5000)]


@bench_edits.post("/cases/{case_id}/bench/{bench}/paint", openapi_extra=_BODY)
async def paint(
    case_id: CaseId, bench: BenchId, request: Request, signed: Entering, services: Given, after: After = None
) -> Painted:
    """Paint runs of start, length and value (four bytes each, little-endian; the whole grid in C order).

    A voxel gets the value that is sent; `paints` of the bench says what a brush makes of what lies there. So the values
    from before, painted again, undo it, and runs that arrive twice are the same as once. The answer holds the measures
    that changed; where further strokes wait already, the last of them has those of all.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != RUNS:
        raise Problem(415, "Runs are sent as they are.", f"Send them as {RUNS}.")
    runs = await read_body(request, LARGEST_PAINT)
    return await to_thread.run_sync(lambda: _painted(bench_of(services, signed, case_id, bench), runs, after))


def _painted(found: OpenBench, runs: bytes, after: int | None) -> Painted:
    if after is not None and after != found.seq:
        what = f"This bench is at edit {found.seq}, not {after}."
        raise Problem(409, what, "Read its labels again.", type="other-edit", seq=found.seq)
    told = noun_of(Painted, found.ask_to_paint(runs))
    found.seq = told.seq
    return told


@bench_edits.post("/cases/{case_id}/bench/{bench}/grow", response_class=Response, responses=_RUNS)
def grow(
    case_id: CaseId,
    bench: BenchId,
    signed: Entering,
    services: Given,
    wish: Annotated[GrowWish, body_of(GrowWish)],
) -> Response:
    """The runs that would paint what is joined to a place and within these values; nothing is painted by it."""
    return _runs(bench_of(services, signed, case_id, bench).ask("grow", **plain_of(wish)))


@bench_edits.post("/cases/{case_id}/bench/{bench}/relabel", response_class=Response, responses=_RUNS)
def relabel(
    case_id: CaseId,
    bench: BenchId,
    signed: Entering,
    services: Given,
    wish: Annotated[RelabelWish, body_of(RelabelWish)],
) -> Response:
    """The runs that would give whole vertebrae other names; nothing is painted by it.

    Where a value is needed that the bench had not, `X-Enbloc-Structures` is `changed`: then read the bench again.
    """
    return _runs(bench_of(services, signed, case_id, bench).ask("relabel", **plain_of(wish)))


def _runs(frame: Frame) -> Response:
    headers = {"X-Enbloc-Structures": "changed" if frame.head.get("is_new") else "same"}
    return Response(frame.payload, headers=headers, media_type=RUNS)


@bench_edits.get("/cases/{case_id}/bench/{bench}/measures")
def read_measures(case_id: CaseId, bench: BenchId, signed: Seeing, services: Given) -> BenchMeasures:
    """Every measure of the labels as they are now."""
    return noun_of(BenchMeasures, bench_of(services, signed, case_id, bench).ask("measures"))


@bench_edits.get("/cases/{case_id}/bench/{bench}/drawn")
def read_drawn(
    case_id: CaseId,
    bench: BenchId,
    signed: Seeing,
    services: Given,
    axis: Annotated[Literal["axial", "sagittal", "coronal"], Query()],
    mm: Mm,
) -> Drawn:
    """Sectors, layers, keep-outs, roots and arteries on and near a slice, `mm` along the patient's axis across it."""
    return noun_of(Drawn, bench_of(services, signed, case_id, bench).ask("drawn", axis=axis, mm=mm))
