"""A proposed operation: its cuts, its margin, and why it is not ready."""

from __future__ import annotations

from enbloc.case.anatomy import Level
from enbloc.case.geometry import Plane
from enbloc.decide.decision import Act, Statement
from enbloc.decide.recommendation import Overridden
from enbloc.plan.margin.margin import Margin
from enbloc.value import value


@value
class Cut:
    """A saw cut: ``plane`` is its surface on the side of the tumour, its normal points to the tumour.

    ``margin_mm`` is the smallest distance from the tumour's surface to the plane, rounded down.
    """

    name: str  # "cranial cut, through the disc T7/T8"
    plane: Plane
    kerf_mm: float
    margin_mm: float


@value
class Plan:
    """One operation on one lesion, with its price and what keeps it from being ready."""

    id: str  # "en bloc vertebrectomy T8"
    act: Act
    about: str  # the lesion's id
    levels: tuple[Level, ...]
    feasible: bool
    reasons: tuple[str, ...]  # why feasible, or why not
    cuts: tuple[Cut, ...] = ()
    margin: Margin | None = None
    removed_cc: float | None = None  # bone and tumour between the cuts
    healthy_cc: float | None = None  # bone without tumour among it
    not_ready: tuple[str, ...] = ()
    stops: tuple[Statement, ...] = ()
    overridden: tuple[Overridden, ...] = ()  # stops that a named person overrode: printed, and blocking no more
    rules: tuple[Statement, ...] = ()
    not_computed: tuple[str, ...] = ()  # what this version does not work out, in words

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of showing it as ready for the board."""
        return self.feasible and not self.not_ready and not self.stops
