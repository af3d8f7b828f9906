"""What was cut beside what was planned, as a result of its own: which plan, read from what, and how sure that is."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from enbloc.case.anatomy import Level
from enbloc.follow.provenance import NotUsed, Provenance
from enbloc.plan.margin.achieved import Achieved
from enbloc.value import value


class ReadFrom(Enum):
    """Where the achieved planes come from."""

    PLANES = "measured planes"
    LABELS = "the bone that is left"


@value
class Laid:
    """How a vertebra labelled after the operation lies on its label before it: what is left between the two, mm.

    ``residual_mm`` is the root mean square between their surfaces, null where they do not meet. ``why`` says why its
    bone was not read; empty if it was.
    """

    level: Level
    residual_mm: float | None
    why: str = ""


@value
class Achieving:
    """All cuts of one plan, planned beside achieved.

    ``plan`` is its id, ``about`` the lesion's. ``after`` is the role of the label map that shows the bone after the
    operation, empty if planes were measured. ``error_mm`` is how far those may lie off, ``registration_mm`` how far
    what was read may lie off the pictures of the plan; both are in every interval. ``registered`` says where that
    comes from, ``laid`` how each vertebra fits. ``not_claimed`` is what the numbers do not say.
    """

    provenance: Provenance
    case: str
    plan: str
    about: str
    levels: tuple[Level, ...]
    read_from: ReadFrom
    after: str = ""
    error_mm: float = 0.0
    registration_mm: float = 0.0
    registered: str
    laid: tuple[Laid, ...] = ()
    achieved: Achieved
    not_claimed: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # what was done to the images on reading
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/achieved/1"] = "enbloc/achieved/1"
