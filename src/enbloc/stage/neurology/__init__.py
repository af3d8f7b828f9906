"""Neurological function by published scales."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.neurology.examination import Examination, read_examination
from enbloc.stage.neurology.frankel import FRANKEL, Movement, NeurologicalGrade, Scale, frankel
from enbloc.stage.neurology.instrument import ISNCSCI
from enbloc.stage.neurology.isncsci import Classification, classified

INSTRUMENTS: tuple[Instrument, ...] = (ISNCSCI, FRANKEL)
"""All of them."""

__all__ = [
    "FRANKEL",
    "INSTRUMENTS",
    "ISNCSCI",
    "Classification",
    "Examination",
    "Movement",
    "NeurologicalGrade",
    "Scale",
    "classified",
    "frankel",
    "read_examination",
]
