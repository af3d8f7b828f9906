"""How frail and how ill otherwise a patient is: indices that count deficits, and classes that a clinician gives."""

from enbloc.stage.frailty.modified_frailty_index import MFI5, MFI11
from enbloc.stage.frailty.tumour_frailty_index import MSTFI, STFI
from enbloc.stage.instrument import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (MFI5, MFI11, MSTFI, STFI)
"""All of them, indices first."""

__all__ = ["INSTRUMENTS"]
