"""The result of measuring alone: what is kept and shown without a score or a decision."""

from __future__ import annotations

from typing import Literal

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.follow.result import NotUsed, Provenance
from enbloc.value import value


@value
class Figure:
    """A picture that shows where numbers were read: its file, whom it is about, and the facts that it shows."""

    file: str
    about: str
    facts: tuple[str, ...]


@value
class MeasureResult:
    """Everything that the images of one case show, and where each number can be looked at."""

    provenance: Provenance
    case: Case
    findings: Findings
    figures: tuple[Figure, ...] = ()
    said: tuple[str, ...] = ()  # what was done to the images on reading
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/measure/1"] = "enbloc/measure/1"
