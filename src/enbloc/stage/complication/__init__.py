"""What goes wrong after an operation, graded; and how likely a thrombosis is, by the checklist of Caprini."""

from enbloc.stage.complication.caprini import CAPRINI
from enbloc.stage.complication.clavien_dindo import CLAVIEN_DINDO
from enbloc.stage.complication.saves import SAVES_V1, SAVES_V2
from enbloc.stage.instrument import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (CLAVIEN_DINDO, SAVES_V1, SAVES_V2, CAPRINI)
"""All of them, events first."""

__all__ = ["INSTRUMENTS"]
