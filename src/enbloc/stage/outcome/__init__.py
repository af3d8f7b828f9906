"""What patients report of themselves: scoring only, the words of the questions belong to their owners."""

from enbloc.stage.instrument import Instrument
from enbloc.stage.outcome.eq5d import EQ5D_3L, EQ5D_5L, EQ5D_VAS
from enbloc.stage.outcome.esas import ESAS
from enbloc.stage.outcome.ndi import NDI
from enbloc.stage.outcome.odi import ODI
from enbloc.stage.outcome.pain import BPI_INTERFERENCE, BPI_SEVERITY, NRS, VAS
from enbloc.stage.outcome.promis import PROMIS
from enbloc.stage.outcome.sosgoq import SOSGOQ

INSTRUMENTS: tuple[Instrument, ...] = (
    *SOSGOQ,
    ODI,
    NDI,
    EQ5D_3L,
    EQ5D_5L,
    EQ5D_VAS,
    NRS,
    VAS,
    BPI_SEVERITY,
    BPI_INTERFERENCE,
    PROMIS,
    ESAS,
)
"""All of them."""

__all__ = ["INSTRUMENTS"]
