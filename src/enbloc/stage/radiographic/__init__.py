"""Measures taken on images: figures with unit, levels and uncertainty; bands only where published."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.radiographic.canal_compromise import CANAL_COMPROMISE
from enbloc.stage.radiographic.cobb import COBB
from enbloc.stage.radiographic.cord_area_ratio import CORD_AREA_RATIO
from enbloc.stage.radiographic.cord_compression_ratio import CORD_COMPRESSION_RATIO
from enbloc.stage.radiographic.fluid_round_cord import FLUID_ROUND_CORD
from enbloc.stage.radiographic.height_loss import HEIGHT_LOSS
from enbloc.stage.radiographic.local_kyphosis import LOCAL_KYPHOSIS
from enbloc.stage.radiographic.maximum_canal_compromise import MAXIMUM_CANAL_COMPROMISE
from enbloc.stage.radiographic.maximum_cord_compression import MAXIMUM_CORD_COMPRESSION
from enbloc.stage.radiographic.sacral_resection import SACRAL_RESECTION
from enbloc.stage.radiographic.translation import TRANSLATION

INSTRUMENTS: tuple[Instrument, ...] = (
    COBB,
    LOCAL_KYPHOSIS,
    HEIGHT_LOSS,
    CANAL_COMPROMISE,
    MAXIMUM_CANAL_COMPROMISE,
    MAXIMUM_CORD_COMPRESSION,
    CORD_COMPRESSION_RATIO,
    CORD_AREA_RATIO,
    FLUID_ROUND_CORD,
    TRANSLATION,
    SACRAL_RESECTION,
)
"""All of them: angles, bone, canal, cord, and the sacrum."""

__all__ = ["INSTRUMENTS"]
