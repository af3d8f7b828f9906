"""How often a vertebra broke after radiotherapy, by published scores."""

from enbloc.stage.fracture.kowalchuk import VCF_KOWALCHUK
from enbloc.stage.instrument import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (VCF_KOWALCHUK,)
"""All of them, oldest first."""

__all__ = ["INSTRUMENTS"]
