"""What several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

CaseFolder = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day that clocks count from, as 2026-11-20.")
]


class Patient(StrEnum):
    """The demo patients."""

    METASTASIS = "metastasis"
    CHORDOMA = "chordoma"


class Document(StrEnum):
    """What has a published schema."""

    CASE = "case"
    WORKUP = "workup"
    MEASURE = "measure"
    FACTS = "facts"
