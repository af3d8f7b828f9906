"""How long patients with spinal metastases lived, by published scores: each speaks of its own cohort and years."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.survival.nesms import NESMS
from enbloc.stage.survival.tokuhashi import TOKUHASHI

INSTRUMENTS: tuple[Instrument, ...] = (
    TOKUHASHI,
    NESMS,
)
"""All of them, oldest first."""

__all__ = ["INSTRUMENTS"]
