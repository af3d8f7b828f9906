"""Performance status on its two scales; one is never turned into the other in silence."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.performance.ecog import ECOG
from enbloc.stage.performance.karnofsky import KARNOFSKY

INSTRUMENTS: tuple[Instrument, ...] = (KARNOFSKY, ECOG)
"""All of them, oldest first."""

__all__ = ["INSTRUMENTS"]
