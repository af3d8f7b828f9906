"""Geometry out of images: findings, each with its interval and its place, and what could not be measured.

The names are resolved on first use: whoever asks for the numbers alone loads no kernel.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from enbloc.evidence import Threshold
from enbloc.measure.cord.parameters import PARAMETERS as OF_CORD
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.registration.parameters import PARAMETERS as OF_REGISTRATION
from enbloc.measure.spine.parameters import PARAMETERS as OF_SPINE
from enbloc.measure.tumour.parameters import PARAMETERS as OF_TUMOUR

if TYPE_CHECKING:
    from enbloc.measure.measuring import measure
    from enbloc.measure.spine.column import Column, column_of

PARAMETERS: tuple[Threshold, ...] = (THICK_SLICE, *OF_SPINE, *OF_TUMOUR, *OF_CORD, *OF_REGISTRATION)
"""Every number that a measurement depends on and that no image gives, for the provenance of a result."""

__all__ = ["PARAMETERS", "Column", "column_of", "measure"]

_HOME = {
    "Column": "enbloc.measure.spine.column",
    "column_of": "enbloc.measure.spine.column",
    "measure": "enbloc.measure.measuring",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'enbloc.measure' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
