"""The neurological examination, as recorded."""

from __future__ import annotations

from datetime import date
from enum import Enum

from enbloc.value import value


class Ais(Enum):
    """Grade of the American Spinal Injury Association impairment scale, as reported."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Ambulation(Enum):
    """How the patient walks."""

    INDEPENDENT = "independent"
    AIDED = "aided"
    NONE = "none"


@value
class Neurology:
    """One examination; everything left out is unknown, ``no`` must be written."""

    examined: date | None = None
    ais: Ais | None = None
    ambulation: Ambulation | None = None
    deficit: bool | None = None  # any motor, sensory or sphincter deficit from the spine
    progressing: bool | None = None
    myelopathy: bool | None = None
    sphincter: bool | None = None  # bladder or bowel disturbed
    since: date | None = None  # when the deficit began
