"""Neurological function by published scales."""

from enbloc.stage.neurology.examination import Examination, read_examination
from enbloc.stage.neurology.frankel import Movement, NeurologicalGrade, Scale, frankel
from enbloc.stage.neurology.isncsci import Classification, classified

__all__ = [
    "Classification",
    "Examination",
    "Movement",
    "NeurologicalGrade",
    "Scale",
    "classified",
    "frankel",
    "read_examination",
]
