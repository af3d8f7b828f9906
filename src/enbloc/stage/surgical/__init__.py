"""Surgical stage and anatomy of a tumour, the margin of its resection, and whether that is what the stage asks for."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.surgical.enneking import ENNEKING
from enbloc.stage.surgical.enneking_appropriate import ENNEKING_APPROPRIATE
from enbloc.stage.surgical.margin import MARGIN
from enbloc.stage.surgical.pedicle import PEDICLE
from enbloc.stage.surgical.tnm_8_spine import TNM_8_SPINE

INSTRUMENTS: tuple[Instrument, ...] = (ENNEKING, MARGIN, ENNEKING_APPROPRIATE, TNM_8_SPINE, PEDICLE)
"""All of them: stage, margin and what is judged by both; then the other stage, and the anatomy."""

__all__ = ["INSTRUMENTS"]
