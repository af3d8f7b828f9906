"""The workbench: operations side by side, a cut in the hand, and surfaces to look at."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from enbloc.web.at_bench import bench_of, look, noun_of, plain_of
from enbloc.web.bench_plan_nouns import BenchMeshes, BenchOperations, Held, HoldWish, Moved, MoveWish
from enbloc.web.keys import CaseId
from enbloc.web.routes.bench import BenchId, Seeing
from enbloc.web.services import Given
from enbloc.web.strict import body_of

bench_plans = APIRouter(tags=["bench"])

Operation = Annotated[str, Path(max_length=200)]
Name = Annotated[str, Path(max_length=300)]
Wait = Annotated[float, Query(ge=0, le=60, description="So many seconds are waited for them to be computed.")]
Of = Annotated[int | None, Query(ge=0, description="The edit that the list of surfaces was read at.")]
MESH = "application/octet-stream"
_MESH: dict[int | str, dict[str, Any]] = {
    200: {"description": "MZ3, gzipped", "content": {MESH: {"schema": {"type": "string", "format": "binary"}}}},
    204: {"description": "No such surface any more: the labels were edited since `seq`."},
}

Exported = Annotated[Literal["stl", "cut-sheet.pdf", "cuts.json"], Path()]
EXPORTS = {
    "stl": ("application/zip", "meshes.zip"),
    "cut-sheet.pdf": ("application/pdf", "cut-sheet.pdf"),
    "cuts.json": ("application/json", "cuts.json"),
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind, _ in EXPORTS.values()}}
}


@bench_plans.get("/cases/{case_id}/bench/{bench}/operations")
def read_operations(
    case_id: CaseId, bench: BenchId, signed: Seeing, services: Given, wait_s: Wait = 30.0
) -> BenchOperations:
    """Every operation on the labels as they are; computed when first asked, while the bench goes on.

    `is_computing` says that they are not there yet: ask again.
    """
    return noun_of(BenchOperations, bench_of(services, signed, case_id, bench).ask_until_done("operations", wait_s))


@bench_plans.post("/cases/{case_id}/bench/{bench}/operations/{operation}/hold")
def hold_cut(
    case_id: CaseId,
    bench: BenchId,
    operation: Operation,
    signed: Seeing,
    services: Given,
    wish: Annotated[HoldWish, body_of(HoldWish)],
) -> Held:
    """Take a cut in hand: what stays while it moves is worked out, so that the first move is fast too."""
    found = bench_of(services, signed, case_id, bench)
    found.began_anew()
    return noun_of(Held, found.ask("hold", operation=operation, **plain_of(wish)))


@bench_plans.post("/cases/{case_id}/bench/{bench}/operations/{operation}/move")
def move_cut(
    case_id: CaseId,
    bench: BenchId,
    operation: Operation,
    signed: Seeing,
    services: Given,
    wish: Annotated[MoveWish, body_of(MoveWish)],
) -> Moved:
    """Move the cut, and read what it amounts to there. Of moves that wait only the newest is done."""
    found = bench_of(services, signed, case_id, bench)
    frame = found.ask_newest("move", wish.seq, operation=operation, **plain_of(wish))
    return Moved(seq=wish.seq, is_overtaken=True) if frame is None else noun_of(Moved, frame)


@bench_plans.get("/cases/{case_id}/bench/{bench}/export/{what}", response_class=Response, responses=_FILES)
def export_operation(
    case_id: CaseId,
    bench: BenchId,
    what: Exported,
    operation: Annotated[str, Query(max_length=200)],
    signed: Seeing,
    services: Given,
) -> Response:
    """An operation as it is on the bench now: its meshes (a zip of STL), its cut sheet, or its planes."""
    found = bench_of(services, signed, case_id, bench)
    look(services, signed, found, "export from a bench")
    content = found.ask("export", what=what, operation=operation).payload
    kind, name = EXPORTS[what]
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)


@bench_plans.get("/cases/{case_id}/bench/{bench}/meshes")
def list_meshes(
    case_id: CaseId,
    bench: BenchId,
    signed: Seeing,
    services: Given,
    operation: Annotated[str, Query(max_length=200)] = "",
) -> BenchMeshes:
    """The surfaces that can be fetched at edit `seq`: of the anatomy, and of an operation if one is named.

    Once the labels were edited an operation has none until it is computed anew.
    """
    return noun_of(BenchMeshes, bench_of(services, signed, case_id, bench).ask("meshes", operation=operation))


@bench_plans.get("/cases/{case_id}/bench/{bench}/meshes/{name}", response_class=Response, responses=_MESH)
def read_mesh(
    case_id: CaseId,
    bench: BenchId,
    name: Name,
    signed: Seeing,
    services: Given,
    operation: Annotated[str, Query(max_length=200)] = "",
    seq: Of = None,
) -> Response:
    """A surface in patient millimetres as MZ3 (RAS, as that format has it), with distances where it has a map.

    With `seq`, the edit that the list was of, one that is no more since then is answered by 204: read the list again.
    """
    frame = bench_of(services, signed, case_id, bench).ask("mesh", name=name, operation=operation, seq=seq)
    headers = {"X-Enbloc-Seq": str(int(frame.head["seq"]))}
    if frame.head.get("is_gone"):
        return Response(status_code=204, headers=headers)
    return Response(frame.payload, headers=headers, media_type=MESH)
