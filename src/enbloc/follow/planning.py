"""The result of planning alone: every operation on each lesion, and the operations beside each other."""

from __future__ import annotations

from typing import Literal

from enbloc.decide.decision import Statement
from enbloc.follow.provenance import NotUsed, Provenance
from enbloc.plan.comparison import Comparison
from enbloc.plan.proposal import Plan
from enbloc.value import value


@value
class Planning:
    """What can be done about the tumours of one case, as far as anatomy, histology and rules tell."""

    provenance: Provenance
    case: str
    plans: tuple[Plan, ...]
    compared: tuple[Comparison, ...]
    stops: tuple[Statement, ...] = ()  # of the case itself, which stand in the way of every plan
    unplanned: tuple[str, ...] = ()  # lesions without a plan, and why
    said: tuple[str, ...] = ()  # what was done to the images on reading
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/plan/1"] = "enbloc/plan/1"
