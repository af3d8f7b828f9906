"""The result of a work-up: what is kept, shown, exchanged and followed.

It lies here because ``present``, ``exchange`` and ``record`` all read it and ``workup`` lies above them
(docs/decisions/0003).
"""

from __future__ import annotations

from typing import Literal

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.decide.recommendation import Decision
from enbloc.follow.provenance import Input, NotUsed, Provenance, Setting
from enbloc.plan.comparison import Comparison as Compared
from enbloc.plan.proposal import Plan
from enbloc.stage.comparison import Comparison
from enbloc.stage.every import Refused
from enbloc.stage.score import Score
from enbloc.value import value

__all__ = ["SCHEMA", "Input", "NotUsed", "Provenance", "Setting", "Workup"]

SCHEMA = "enbloc/workup/1"


@value
class Workup:
    """One patient, start to end."""

    provenance: Provenance
    case: Case
    findings: Findings
    scores: tuple[Score, ...]  # those that a board decides by, the classes that describe, then all that are narrowed
    decision: Decision
    plans: tuple[Plan, ...]
    compared: tuple[Compared, ...] = ()  # the operations of each lesion beside each other
    said: tuple[str, ...]  # what was done to the images on reading
    unused: tuple[NotUsed, ...]
    survival: tuple[Comparison, ...] = ()  # every survival instrument side by side, of each lesion
    refused: tuple[Refused, ...] = ()  # instruments that are not for this patient, or cannot be answered so
    schema: Literal["enbloc/workup/1"] = "enbloc/workup/1"
