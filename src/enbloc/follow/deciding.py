"""The result of deciding alone: every rule of the pathway, and the options with what speaks for and against them."""

from __future__ import annotations

from typing import Literal

from enbloc.decide.pathway import Explanation
from enbloc.decide.recommendation import Decision
from enbloc.follow.provenance import NotUsed, Provenance
from enbloc.value import value


@value
class Deciding:
    """What the rules say of one case; ``explained`` is one rule with all that it read, where one was asked for."""

    provenance: Provenance
    case: str
    decision: Decision
    explained: tuple[Explanation, ...] = ()
    said: tuple[str, ...] = ()  # what was done to the images on reading
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/decide/1"] = "enbloc/decide/1"
