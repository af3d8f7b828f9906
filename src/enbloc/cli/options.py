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
    """The demo patients: the first three have pictures, the others a record alone."""

    METASTASIS = "metastasis"
    CHORDOMA = "chordoma"
    CHONDROSARCOMA = "chondrosarcoma"
    COMPRESSION = "compression"
    MYELOMA = "myeloma"
    RENAL_IRRADIATED = "renal-irradiated"
    SACRAL_CHORDOMA = "sacral-chordoma"
    SPINE_CHORDOMA = "spine-chordoma"
    GIANT_CELL = "giant-cell"
    OSTEOID_OSTEOMA = "osteoid-osteoma"
    HAEMANGIOMA = "haemangioma"
    MENINGIOMA = "meningioma"
    EPENDYMOMA = "ependymoma"
    UNKNOWN_LESION = "unknown-lesion"
    EWING = "ewing"


class Document(StrEnum):
    """What has a published schema."""

    CASE = "case"
    WORKUP = "workup"
    MEASURE = "measure"
    STAGE = "stage"
    SURVIVAL = "survival"
    DECIDE = "decide"
    PLAN = "plan"
    ACHIEVED = "achieved"
    FACTS = "facts"
