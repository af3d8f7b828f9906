"""What a caller brings to a decision beside the findings: images, confirmations, the day; and what a plan says."""

from __future__ import annotations

from datetime import date

from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings
from enbloc.decide.decision import Act
from enbloc.value import value


@value
class Circumstances:
    """What the caller knows beyond findings: the images that were used, what was confirmed, and the day."""

    ct_slice_mm: float | None = None
    mr_dates: tuple[date, ...] = ()
    labels_confirmed: bool = False
    level_confirmed: bool = False
    as_of: date | None = None


@value
class PlanFacts:
    """What the rules need to know of a plan. ``is_intralesional`` left out follows from the act."""

    act: Act
    about: str  # the lesion's id
    levels: tuple[Level, ...] = ()
    is_intralesional: bool | None = None
    findings: Findings = Findings()  # facts of the plan itself (``plan.…``), about its lesion

    @property
    def enters_tumour(self) -> bool:
        """Whether the tumour is entered on purpose."""
        return self.act.is_intralesional if self.is_intralesional is None else self.is_intralesional
