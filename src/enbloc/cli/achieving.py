"""The command about what was cut: each plane beside the planned one, and the margin that it left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enbloc.cli.options import AsJson, AsOf, CaseFolder
from enbloc.cli.record import dated
from enbloc.cli.telling import speaks_utf8, steps, tell, written

if TYPE_CHECKING:
    from enbloc.follow.achieving import Achieving
    from enbloc.workup import Measured


def achieved(
    case: CaseFolder,
    made: Annotated[Path, typer.Argument(metavar="PLAN.json", help="plan.json of 'enbloc plan', or workup.json.")],
    plan: Annotated[
        str | None,
        typer.Option(help="The plan by its name; not needed for the only one with cuts."),
    ] = None,
    planes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The planes as they were measured after the operation (YAML).")
    ] = None,
    after: Annotated[
        str | None, typer.Option(metavar="ROLE", help="The label map of the case that shows the bone that is left.")
    ] = None,
    error_mm: Annotated[
        float | None, typer.Option(metavar="MM", help="How far a measured plane may lie off; 0 if left out.")
    ] = None,
    registration_mm: Annotated[
        float | None, typer.Option(metavar="MM", help="How far what was read may lie off the pictures of the plan.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write achieved.json to this folder.")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Compare the cuts that were made with those of a plan: how far each lies off, and the margin that it left."""
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images
    from enbloc.exchange.output import fit
    from enbloc.exchange.plan_file import read_plan_file
    from enbloc.workup import achieved_case, publish_achieved

    if out is not None:
        fit(out, beside=case)
    record = dated(read_case(case), as_of)
    measured, earlier = _measured(planes, error_mm), read_plan_file(made)
    with steps(as_json) as said:
        said("reading the images")
        images = read_images(case, record)
        result = achieved_case(
            record,
            images,
            earlier,
            plan=plan,
            measured=measured,
            after=after,
            registration_mm=registration_mm,
            said=said,
        )
        if out is not None:
            publish_achieved(result, out)
        said("")
    _told(result, out, as_json)


def _told(result: Achieving, out: Path | None, as_json: bool) -> None:
    from enbloc.exchange.document import to_json
    from enbloc.present.achieved_lines import achieved_lines

    if as_json:
        return written(to_json(result, ascii_only=not speaks_utf8()))
    return tell(False, {}, *achieved_lines(result), *([f"Files: {out}"] if out is not None else []))


def _measured(planes: Path | None, error_mm: float | None) -> Measured | None:
    from enbloc.errors import RecordError

    if planes is None:
        if error_mm is not None:
            raise RecordError("--error-mm is that of measured planes.", remedy="Give them with --planes FILE.")
        return None
    from hashlib import sha256

    from enbloc.exchange.placed_cuts import read_placed_cuts
    from enbloc.follow.provenance import Input
    from enbloc.workup import Measured

    cuts = read_placed_cuts(planes)
    read = Input(file=planes.name, sha256=sha256(planes.read_bytes()).hexdigest())
    return Measured(cuts=cuts, error_mm=error_mm or 0.0, read=read)
