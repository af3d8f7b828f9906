"""What a patient can still do: grades of walking, hands and sphincters."""

from enbloc.stage.function.mccormick import MCCORMICK, MODIFIED_MCCORMICK
from enbloc.stage.function.mjoa import MJOA
from enbloc.stage.function.nurick import NURICK
from enbloc.stage.instrument import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (MCCORMICK, MODIFIED_MCCORMICK, NURICK, MJOA)
"""All of them."""

__all__ = ["INSTRUMENTS"]
