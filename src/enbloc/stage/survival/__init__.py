"""How long patients with spinal metastases lived, by published scores: each speaks of its own cohort and years."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.survival.bauer import BAUER
from enbloc.stage.survival.bollen import BOLLEN
from enbloc.stage.survival.katagiri import KATAGIRI_2005, KATAGIRI_2014
from enbloc.stage.survival.lent import LENT
from enbloc.stage.survival.nesms import NESMS
from enbloc.stage.survival.osri import OSRI
from enbloc.stage.survival.prism import PRISM
from enbloc.stage.survival.rades import RADES_2008, RADES_2013_SHORT
from enbloc.stage.survival.recursive_partitioning import BALAGAMWALA, CHAO
from enbloc.stage.survival.sbrt_survival import SBRT_SURVIVAL
from enbloc.stage.survival.sioutos import SIOUTOS
from enbloc.stage.survival.tokuhashi import TOKUHASHI
from enbloc.stage.survival.tomita import TOMITA
from enbloc.stage.survival.van_der_linden import VAN_DER_LINDEN

INSTRUMENTS: tuple[Instrument, ...] = (
    SIOUTOS,
    TOMITA,
    TOKUHASHI,
    VAN_DER_LINDEN,
    KATAGIRI_2005,
    BAUER,
    RADES_2008,
    CHAO,
    RADES_2013_SHORT,
    OSRI,
    BOLLEN,
    KATAGIRI_2014,
    LENT,
    NESMS,
    PRISM,
    BALAGAMWALA,
    SBRT_SURVIVAL,
)
"""All of them, oldest first."""

__all__ = ["INSTRUMENTS"]
