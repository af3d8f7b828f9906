"""What has been done before."""

from __future__ import annotations

from datetime import date
from enum import Enum

from enbloc.case.anatomy import Level
from enbloc.value import value


class TreatmentKind(Enum):
    """A kind of treatment."""

    SYSTEMIC = "systemic"
    RADIOTHERAPY = "radiotherapy"
    OPERATION = "operation"
    EMBOLISATION = "embolisation"
    BIOPSY = "biopsy"


@value
class Treatment:
    """One earlier treatment. A date, dose or level left out is unknown, not none."""

    kind: TreatmentKind
    what: str
    levels: tuple[Level, ...] = ()
    started: date | None = None
    ended: date | None = None
    dose_gy: float | None = None
    fractions: int | None = None
