"""The result of deciding alone: options with what speaks for and against them, and every rule of the pathway."""

from __future__ import annotations

from typing import Literal

from enbloc.decide.decision import Decision
from enbloc.decide.pathway import Explanation, Pathway
from enbloc.follow.result import NotUsed, Provenance
from enbloc.value import value


@value
class Deciding:
    """What the rules say of one case; ``explained`` is one rule with all that it read, where one was asked for."""

    provenance: Provenance
    case: str
    decision: Decision
    pathway: Pathway
    explained: tuple[Explanation, ...] = ()
    said: tuple[str, ...] = ()  # what was done to the images on reading
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/decide/1"] = "enbloc/decide/1"
