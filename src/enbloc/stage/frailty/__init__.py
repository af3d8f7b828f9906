"""How frail and how ill otherwise a patient is: indices that count deficits, and classes that a clinician gives."""

from enbloc.stage.frailty.charlson import CCI, CCI_AGE
from enbloc.stage.frailty.clinical_frailty import CFS
from enbloc.stage.frailty.edmonton import EDMONTON
from enbloc.stage.frailty.modified_frailty_index import MFI5, MFI11
from enbloc.stage.frailty.physical_status import ASA
from enbloc.stage.frailty.psoas import PSOAS
from enbloc.stage.frailty.risk_analysis_index import RAI
from enbloc.stage.frailty.tumour_frailty_index import MSTFI, STFI
from enbloc.stage.instrument import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (MFI5, MFI11, MSTFI, STFI, CCI, CCI_AGE, EDMONTON, RAI, PSOAS, ASA, CFS)
"""All of them, indices first, then what is only recorded."""

__all__ = ["INSTRUMENTS"]
