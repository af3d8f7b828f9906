"""Geometry out of images: findings, each with its interval and its place, and what could not be measured."""

from enbloc.measure.measuring import measure
from enbloc.measure.parameters import PARAMETERS

__all__ = ["PARAMETERS", "measure"]
