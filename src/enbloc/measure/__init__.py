"""Geometry out of images: findings, each with its interval and its place, and what could not be measured."""

from enbloc.evidence import Threshold
from enbloc.measure.cord.parameters import PARAMETERS as OF_CORD
from enbloc.measure.measuring import measure
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.registration.parameters import PARAMETERS as OF_REGISTRATION
from enbloc.measure.spine.column import Column, column_of
from enbloc.measure.spine.parameters import PARAMETERS as OF_SPINE
from enbloc.measure.tumour.parameters import PARAMETERS as OF_TUMOUR

PARAMETERS: tuple[Threshold, ...] = (THICK_SLICE, *OF_SPINE, *OF_TUMOUR, *OF_CORD, *OF_REGISTRATION)
"""Every number that a measurement depends on and that no image gives, for the provenance of a result."""

__all__ = ["PARAMETERS", "Column", "column_of", "measure"]
