"""What is exactly true of a phantom."""

from __future__ import annotations

from enbloc.phantom.model import Model
from enbloc.value import value


@value
class Truth:
    """What is true."""


def truth_of(made: Model) -> Truth:
    """The truth."""
    return Truth()
