"""How a treated tumour of the spine did on imaging: response, local control, fracture and fusion."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.response.recist import RECIST_BONE
from enbloc.stage.response.spino import SPINO

INSTRUMENTS: tuple[Instrument, ...] = (RECIST_BONE, SPINO)
"""All of them."""

__all__ = ["INSTRUMENTS"]
