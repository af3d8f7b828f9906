"""Every instrument that is declared in one shape, by its id."""

from __future__ import annotations

from difflib import get_close_matches

from enbloc.errors import RecordError
from enbloc.stage import (
    complication,
    external,
    fracture,
    frailty,
    function,
    neurology,
    outcome,
    performance,
    radiographic,
    response,
    stability,
    surgical,
    survival,
)
from enbloc.stage.boriani import BORIANI_2018
from enbloc.stage.compartment_form import COMPARTMENT
from enbloc.stage.escc import ESCC
from enbloc.stage.genant import GENANT
from enbloc.stage.instrument import Instrument
from enbloc.stage.meyerding import MEYERDING
from enbloc.stage.sins import SINS
from enbloc.stage.tomita import TOMITA_SURGICAL
from enbloc.stage.wbb_form import WBB

RESERVED = ("all", "survival")
"""Words that name several instruments at once."""

_SUBPACKAGES = (
    survival,
    neurology,
    function,
    outcome,
    surgical,
    frailty,
    stability,
    fracture,
    response,
    performance,
    complication,
    radiographic,
    external,
)

_OF_A_LESION = (SINS, ESCC, WBB, BORIANI_2018, TOMITA_SURGICAL, COMPARTMENT, GENANT, MEYERDING)

INSTRUMENTS: dict[str, Instrument] = {
    one.id: one for group in (_OF_A_LESION, *(package.INSTRUMENTS for package in _SUBPACKAGES)) for one in group
}
"""All of them, in the order in which a list shows them."""


def instrument(id: str) -> Instrument:
    """The instrument with this id.

    Raises
    ------
    RecordError
        If there is none; the remedy names the nearest.
    """
    if id in INSTRUMENTS:
        return INSTRUMENTS[id]
    near = get_close_matches(id, INSTRUMENTS, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'enbloc stage --list' lists them."
    raise RecordError(f"There is no instrument {id!r}.", remedy=hint)
