"""The answer about a sacrum: a row for each level at which it can be divided, or why there is none."""

from __future__ import annotations

from enum import Enum

from enbloc.case.finding import Interval
from enbloc.case.sided import Root
from enbloc.decide.decision import Statement
from enbloc.plan.approach import Approaches
from enbloc.plan.cutting.certificate import Certified, said
from enbloc.plan.price.roots import RootTaken
from enbloc.value import value


class Extent(Enum):
    """How much of the sacrum goes."""

    ACROSS = "the sacrum below the cut"
    TOTAL = "total sacrectomy"
    LEFT = "left hemisacrectomy"
    RIGHT = "right hemisacrectomy"


@value
class Transection:
    """One level at which the sacrum can be divided with the margin, and what that costs.

    ``through`` says where the cut runs in the middle: ``the disc remnant S2/S3``, ``S3``. ``margin_mm`` is the least
    that a blade keeps to the tumour, rounded down: soft tissue in front and beside is none of it. ``healthy_cc``, with
    what the blades take, is the least for what the row leaves or takes whole; no other planes take less than
    ``lower_cc``. ``cut_high``: above the lower half of S1, nothing where half a voxel decides. ``divides_sac`` is
    nothing where the sac is not labelled. ``reading.facts_of`` tells the roots and the height to every other rule.
    """

    name: str
    extent: Extent
    through: str
    cuts: tuple[Certified, ...]
    margin_mm: float
    margin_interval: Interval
    healthy_cc: float
    healthy_interval: Interval
    lower_cc: float
    is_proved: bool
    lost: tuple[RootTaken, ...]
    spared: tuple[Root, ...]
    cut_high: bool | None
    divides_sac: bool | None
    function: str  # what is expected to be lost, root by root
    rules: tuple[Statement, ...]
    notes: tuple[str, ...] = ()

    @property
    def gap_cc(self) -> float:
        """How much less bone other planes could remove at most."""
        return self.healthy_cc - self.lower_cc

    @property
    def is_certain(self) -> bool:
        """Whether no root hangs on half a voxel."""
        return all(one.is_certain for one in self.lost)

    def __str__(self) -> str:
        roots = ", ".join(map(str, self.lost)) or "no root of S1 to S5"
        proof = said(self.gap_cc, is_proved=self.is_proved)
        bone = f"{self.healthy_interval.low:.1f} to {self.healthy_interval.high:.1f}"
        return f"{self.name}: margin {self.margin_mm:.1f} mm; {bone} cc of healthy bone ({proof}); cuts {roots}"


@value
class Sacrectomy:
    """The levels at which the sacrum can be divided about one tumour, the one that loses fewest roots first.

    ``excluded`` are the others, each with the reason; ``not_known`` is what no label tells, of every row.
    """

    about: str
    margin_mm: float
    rows: tuple[Transection, ...]
    approaches: Approaches
    excluded: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()

    @property
    def first(self) -> Transection:
        """The row that loses fewest roots; of several the one that removes least bone."""
        return self.rows[0]


@value
class NoSacrectomy:
    """Why no level is given, and what to do about it."""

    about: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}"
