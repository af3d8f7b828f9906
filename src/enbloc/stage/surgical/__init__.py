"""Surgical stage of primary bone tumours, and whether an operation kept the margin that the stage asks for."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.surgical.enneking import ENNEKING
from enbloc.stage.surgical.enneking_appropriate import ENNEKING_APPROPRIATE

INSTRUMENTS: tuple[Instrument, ...] = (ENNEKING, ENNEKING_APPROPRIATE)
"""All of them: the stage first, then what is judged by it."""

__all__ = ["INSTRUMENTS"]
