"""Every number that planning uses, named: what a result prints of itself."""

from __future__ import annotations

from enbloc.evidence import Threshold
from enbloc.plan.cutting.parameters import PARAMETERS as CUTTING
from enbloc.plan.decompression.parameters import PARAMETERS as DECOMPRESSION
from enbloc.plan.delivery.parameters import PARAMETERS as DELIVERY
from enbloc.plan.en_bloc.parameters import PARAMETERS as EN_BLOC
from enbloc.plan.laminae.parameters import PARAMETERS as LAMINAE
from enbloc.plan.margin.parameters import PARAMETERS as MARGIN
from enbloc.plan.removal.parameters import PARAMETERS as REMOVAL
from enbloc.plan.sacrum.parameters import PARAMETERS as SACRUM
from enbloc.plan.sheet.parameters import PARAMETERS as SHEET
from enbloc.plan.solids.parameters import PARAMETERS as SOLIDS

PARAMETERS: tuple[Threshold, ...] = (
    *EN_BLOC,
    *CUTTING,
    *MARGIN,
    *DELIVERY,
    *DECOMPRESSION,
    *REMOVAL,
    *LAMINAE,
    *SACRUM,
    *SHEET,
    *SOLIDS,
)
