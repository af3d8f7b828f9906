"""The command about operations: what can be done, with which cuts, what margin and what price."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enbloc.cli.options import AsJson, AsOf, CaseFolder
from enbloc.cli.record import dated
from enbloc.cli.telling import speaks_utf8, steps, tell, written

if TYPE_CHECKING:
    from enbloc.plan import Wishes


class OperationName(StrEnum):
    """The operations by the names that a command line takes; each is the name of a member of ``Operation``."""

    OBSERVATION = "observation"
    CURETTAGE = "curettage"
    LAMINECTOMY = "laminectomy"
    SEPARATION = "separation"
    POSTERIOR_ARCH = "posterior-arch"
    SAGITTAL = "sagittal"
    ANTERIOR = "anterior"
    VERTEBRECTOMY = "vertebrectomy"
    SACRECTOMY = "sacrectomy"
    INTRADURAL = "intradural"


def plan(
    case: CaseFolder,
    operation: Annotated[
        list[OperationName] | None, typer.Option(help="Plan this operation alone; may be given several times.")
    ] = None,
    margin_mm: Annotated[
        float | None, typer.Option(metavar="MM", help="The margin that cuts keep; without it the project's.")
    ] = None,
    cuts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Cuts that stay where a person put them (YAML); the others are searched."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write plan.json, and of each resection its cut sheet, planes, meshes and label map."),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Plan every classical operation on each tumour: feasible or not and why, cuts with their proof, margin and price.

    Nothing is ordered and nothing is executed. The first run compiles, once.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images
    from enbloc.exchange.output import fit
    from enbloc.workup import plan_case, publish_plan

    if out is not None:
        fit(out, beside=case)
    wishes = _wishes(operation or [], margin_mm, cuts)
    record = dated(read_case(case), as_of)
    with steps(as_json) as said:
        said("reading the images")
        images = read_images(case, record)
        result = plan_case(record, images, wishes=wishes, said=said)
        if out is not None:
            publish_plan(result, record, images, out, said=said)
        said("")
    if as_json:
        return written(to_json(result, ascii_only=not speaks_utf8()))
    from enbloc.present.plan_lines import plan_lines

    return tell(False, {}, *plan_lines(result), *([f"Files: {out}"] if out is not None else []))


def _wishes(operations: list[OperationName], margin_mm: float | None, cuts: Path | None) -> Wishes:
    from enbloc.plan import Operation, Wishes

    asked = tuple(Operation[name.name] for name in OperationName if name in operations) or tuple(Operation)
    wishes = Wishes(operations=asked) if margin_mm is None else Wishes(operations=asked, margin_mm=margin_mm)
    if cuts is None:
        return wishes
    from dataclasses import replace

    from enbloc.exchange.placed_cuts import read_placed_cuts

    return replace(wishes, placed=read_placed_cuts(cuts))
