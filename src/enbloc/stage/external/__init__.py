"""Models that are not computed here: their results are kept with program or site, version and day."""

from enbloc.stage.external.of_metastases import BARTELS, LSMS, PATHFX, SORG_MLA, SORG_NOMOGRAM
from enbloc.stage.external.rades_totals import (
    RADES_AMBULATION,
    RADES_ELDERLY,
    RADES_LONG_TERM,
    RADES_UNKNOWN_PRIMARY,
)
from enbloc.stage.external.without_formula import CHONDROSARCOMA, CHORDOMA, GSTSG, SMII
from enbloc.stage.instrument import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (
    BARTELS,
    SORG_NOMOGRAM,
    SORG_MLA,
    PATHFX,
    LSMS,
    RADES_AMBULATION,
    RADES_ELDERLY,
    RADES_UNKNOWN_PRIMARY,
    RADES_LONG_TERM,
    CHORDOMA,
    CHONDROSARCOMA,
    SMII,
    GSTSG,
)
"""All of them: with metastases, of which four have bands; then primary tumours; then what has no formula at all."""

__all__ = ["INSTRUMENTS"]
