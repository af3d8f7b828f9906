"""What patients report of themselves: scoring only, the words of the questions belong to their owners."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.outcome.ndi import NDI
from enbloc.stage.outcome.odi import ODI

INSTRUMENTS: tuple[Instrument, ...] = (ODI, NDI)
"""All of them."""

__all__ = ["INSTRUMENTS"]
