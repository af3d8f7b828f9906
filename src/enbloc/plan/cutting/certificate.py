"""What a search for cuts comes to: the cut with its certificate, or that there is none."""

from __future__ import annotations

import math

from enbloc.case.anatomy import Structure
from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, Triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.parameters import BUDGET, FURTHEST, TOLERANCE
from enbloc.plan.cutting.roles import Role
from enbloc.value import value

HAIR_CC = 1e-9  # what adding up may cost


@value
class Effort:
    """How far to search: to a gap of ``tolerance_cc``, and not more than ``budget`` planes counted in one search."""

    tolerance_cc: float = TOLERANCE.number
    budget: int = int(BUDGET.number)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.tolerance_cc) and self.tolerance_cc >= 0 and self.budget >= 0):
            raise RecordError("A search needs a tolerance and a budget of 0 or more.", remedy="Leave them out.")


@value
class Clearance:
    """How near the sheet of a cut comes to a structure within bone, rounded down; nothing if it is not labelled.

    ``mm`` is also nothing where the sheet meets no bone. A shielded structure binds no cut.
    """

    structure: Structure
    at_least_mm: float
    mm: float | None
    is_labelled: bool
    is_shielded: bool


@value
class Certified:
    """A cut and its certificate: none of the cone that keeps margin and distances removes less than ``lower_cc``.

    ``plane`` is the middle of the blade, its normal points away from the tumour. ``touches_mm`` is the point of the
    tumour, patient LPS, that it keeps ``margin_mm`` to: what was asked for, or more to clear a structure. ``value_cc``
    is the bone removed that is not tumour, on the side of the tumour and in the way of the blade; ``kept_cc`` is the
    bone beyond. Intervals are what half a voxel leaves open.
    """

    role: Role
    plane: Plane
    touches_mm: Triple
    margin_mm: float
    margin_interval: Interval
    value_cc: float
    value_interval: Interval
    lower_cc: float
    removed_cc: float  # with the bone that the tumour has taken
    kept_cc: float
    effort: Effort
    evaluations: int  # planes counted
    clearances: tuple[Clearance, ...] = ()

    @property
    def gap_cc(self) -> float:
        """How much less bone another plane could remove at most."""
        return self.value_cc - self.lower_cc

    @property
    def is_proved(self) -> bool:
        """Whether the gap is within the tolerance that was asked for."""
        return self.gap_cc <= self.effort.tolerance_cc + HAIR_CC

    @property
    def not_checked(self) -> tuple[Structure, ...]:
        """Structures to keep away from that nobody has labelled: how near the cut comes to them is not known."""
        return tuple(one.structure for one in self.clearances if not one.is_labelled)

    def __str__(self) -> str:
        proof = said(self.gap_cc, is_proved=self.is_proved)
        return f"{self.role.name}: removes {self.value_cc:.2f} cc of healthy bone; {proof}"


@value
class NoCut:
    """No plane was found: ``is_proved`` if there is none, otherwise the search ended before it could tell."""

    role: Role
    is_proved: bool
    evaluations: int

    @property
    def reason(self) -> str:
        """Why there is no cut, in a sentence."""
        bound = ", ".join(
            f"{one.structure} {one.at_least_mm:g} mm" for one in self.role.keep_away if not one.is_shielded
        )
        if self.is_proved:
            return (
                f"no plane of the {self.role.name} with this margin, or up to {FURTHEST.number:g} mm more, "
                f"stays away from what it must ({bound})"
            )
        return f"no plane of the {self.role.name} was found before the search ended: not proved that there is none"

    def __str__(self) -> str:
        return self.reason


def said(gap_cc: float, *, is_proved: bool) -> str:
    """The certificate in words; the gap is rounded up.

    Examples
    --------
    >>> said(0.081, is_proved=True)
    'proved within 0.09 cc'
    >>> said(0.4, is_proved=False)
    'not proved: another may remove up to 0.40 cc less'
    """
    gap = math.ceil(100 * gap_cc - HAIR_CC) / 100
    if is_proved:
        return f"proved within {gap:.2f} cc"
    return f"not proved: another may remove up to {gap:.2f} cc less"
