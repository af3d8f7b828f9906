"""Every number that decides something in a score, so that a result can carry them."""

from __future__ import annotations

from enbloc.evidence import Threshold
from enbloc.stage import compartment, escc_items, genant, meyerding, sins, sins_items

PARAMETERS: tuple[Threshold, ...] = tuple(
    dict.fromkeys(
        thing
        for module in (sins, sins_items, escc_items, genant, meyerding, compartment)
        for thing in vars(module).values()
        if isinstance(thing, Threshold)
    )
)
"""In the order in which each instrument declares them."""
