"""Commands that stay with the images: measuring alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enbloc.cli.options import AsJson, AsOf, CaseFolder
from enbloc.cli.record import dated
from enbloc.cli.telling import speaks_utf8, steps, tell, written


def measure(
    case: CaseFolder,
    out: Annotated[
        Path | None, typer.Option(help="Write measure.json and a picture of every measurement to this folder.")
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Measure the images alone: every number with its interval, how it was read and where to look.

    A spine without a labelled tumour is measured as well.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images
    from enbloc.exchange.output import fit
    from enbloc.workup import measure_alone, publish_measures

    if out is not None:
        fit(out, beside=case)
    record = dated(read_case(case), as_of)
    with steps(as_json) as said:
        said("reading the images")
        images = read_images(case, record, needs_tumour=False)
        result = measure_alone(record, images, said=said)
        if out is not None:
            result = publish_measures(result, images, out, said=said)
        said("")
    if as_json:
        written(to_json(result, ascii_only=not speaks_utf8()))
    else:
        from enbloc.present.listing import listing

        tell(False, {}, *listing(result), *([f"Pictures: {out / 'figures'}"] if out is not None else []))
