"""Older views of stability under a tumour: kept beside the SINS because reports still use their words."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.stability.harrington import HARRINGTON
from enbloc.stage.stability.kostuik import KOSTUIK
from enbloc.stage.stability.taneichi import TANEICHI

INSTRUMENTS: tuple[Instrument, ...] = (HARRINGTON, KOSTUIK, TANEICHI)
"""All of them."""

__all__ = ["INSTRUMENTS"]
