"""How a treated tumour of the spine did on imaging: response, local control, fracture and fusion."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.response.bridwell import BRIDWELL
from enbloc.stage.response.fracture import FRACTURE_AFTER_SBRT
from enbloc.stage.response.mda import MDA_BONE
from enbloc.stage.response.pain_response import PAIN_RESPONSE
from enbloc.stage.response.recist import RECIST_BONE
from enbloc.stage.response.spino import SPINO

INSTRUMENTS: tuple[Instrument, ...] = (RECIST_BONE, MDA_BONE, SPINO, PAIN_RESPONSE, FRACTURE_AFTER_SBRT, BRIDWELL)
"""All of them."""

__all__ = ["INSTRUMENTS"]
