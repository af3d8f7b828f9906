"""The leaflet for the patient: the place where it will be made."""

from __future__ import annotations

from typing import NoReturn

from enbloc.errors import NotBuiltError
from enbloc.present.decision_sheet import Settled
from enbloc.present.presented import Presented


def leaflet_pdf(shown: Presented, made: Settled) -> NoReturn:
    """What was decided, in the words of a patient.

    Raises
    ------
    NotBuiltError
        Always: no sentence of it has been written, read by a clinician, or translated.
    """
    del shown, made
    raise NotBuiltError(
        "The leaflet for the patient", instead="Explain the decision with its minutes and the case on one page."
    )
