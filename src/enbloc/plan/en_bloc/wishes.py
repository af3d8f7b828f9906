"""What a person asks of the plans: which operations, with what margin, and cuts that stay where they were put."""

from __future__ import annotations

import math

from enbloc.errors import RecordError
from enbloc.plan.en_bloc.parameters import MARGIN
from enbloc.plan.en_bloc.placing import PlacedCut
from enbloc.plan.en_bloc.template import LAID_OUT
from enbloc.plan.margin.execution import BY_HAND, GUIDE, NAVIGATION, Execution
from enbloc.plan.operation import Operation
from enbloc.value import value


@value
class Wishes:
    """What is asked for; without anything every operation, with the margin of ``parameters``.

    ``placed`` are cuts that a person put: one that has the name of a searched cut takes its place, any other is added;
    they belong to a single operation. ``methods`` are the ways of cutting whose risk is told, the first one for the
    comparison.
    """

    operations: tuple[Operation, ...] = tuple(Operation)
    margin_mm: float = MARGIN.number
    placed: tuple[PlacedCut, ...] = ()
    methods: tuple[Execution, ...] = (NAVIGATION, GUIDE, BY_HAND)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.margin_mm) and self.margin_mm >= 0):
            raise RecordError(f"A margin of {self.margin_mm:g} mm cannot be planned.", remedy="Give 0 or more.")
        if self.placed and len(self.operations) != 1:
            raise RecordError("Placed cuts belong to one operation.", remedy="Name it.")
        if self.placed and self.operations[0] not in LAID_OUT:
            named = ", ".join(one.value for one in LAID_OUT)
            raise RecordError(f"{self.operations[0].value} takes no placed cuts.", remedy=f"Choose one of: {named}.")
        names = [cut.name for cut in self.placed]
        if len(set(names)) != len(names):
            raise RecordError("Two placed cuts have the same name.", remedy="Name each of them otherwise.")
