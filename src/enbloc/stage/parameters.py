"""Every number that decides something in a score, so that a result can carry them."""

from __future__ import annotations

from enbloc.evidence import Threshold
from enbloc.stage import escc_items, sins, sins_items

PARAMETERS: tuple[Threshold, ...] = tuple(
    thing
    for module in (sins, sins_items, escc_items)
    for thing in vars(module).values()
    if isinstance(thing, Threshold)
)
"""In the order in which each instrument declares them."""
