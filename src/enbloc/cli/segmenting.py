"""Commands that draw labels: the anatomy by a segmenter installed beside enbloc, a tumour from a few strokes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from enbloc.cli.options import AsJson, CaseFolder
from enbloc.cli.telling import steps, tell


class Segmenter(StrEnum):
    """The segmenters that enbloc can run."""

    TOTALSEGMENTATOR = "totalsegmentator"
    SPINEPS = "spineps"
    TOTALSPINESEG = "totalspineseg"


def segment(
    case: CaseFolder,
    by: Annotated[Segmenter, typer.Option("--with", help="The segmenter, installed beside enbloc.")],
    on: Annotated[str | None, typer.Option(help="The image to label, by its role.")] = None,
    executable: Annotated[
        Path | None, typer.Option(help="The segmenter's program, if it is not on the search path.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Label an image with an outside segmenter and name the labels in case.yaml; nobody has confirmed them then."""
    from enbloc.exchange.segmenting import segmented

    program = str(executable) if executable is not None else None
    with steps(as_json) as said:
        done = segmented(case, by=by.value, on=on, executable=program, said=said)
        said("")
    tell(as_json, {"case": str(case), "done": list(done)}, *done)


def outline(
    case: CaseFolder,
    seeds: Annotated[Path, typer.Argument(metavar="SEEDS.yaml", help="Strokes in the tumour and outside of it.")],
    as_json: AsJson = False,
) -> None:
    """Outline a tumour from a few strokes and name its label in case.yaml; nobody has confirmed it then."""
    from enbloc.exchange.segmenting import outlined_case

    done = outlined_case(case, seeds)
    tell(as_json, {"case": str(case), "done": list(done)}, *done)
