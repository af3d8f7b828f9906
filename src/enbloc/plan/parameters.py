"""Every number that planning uses, named: what a result prints of itself."""

from __future__ import annotations

from enbloc.evidence import Threshold
from enbloc.plan.cutting.parameters import PARAMETERS as CUTTING
from enbloc.plan.delivery.parameters import PARAMETERS as DELIVERY
from enbloc.plan.en_bloc.parameters import PARAMETERS as EN_BLOC
from enbloc.plan.margin.parameters import PARAMETERS as MARGIN
from enbloc.plan.sacrum.parameters import PARAMETERS as SACRUM

PARAMETERS: tuple[Threshold, ...] = (*EN_BLOC, *CUTTING, *MARGIN, *DELIVERY, *SACRUM)
