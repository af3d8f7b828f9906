"""What is lost when a nerve root is cut: one row for each root and extent, and the sacral patterns with their figures.

The rows are data, so that the tables can be proved total and free of overlap. Where nothing is published the lookup
says so; nothing is read across from a neighbouring root.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from enbloc.case.anatomy import Side
from enbloc.case.sided import NERVES, Root, root
from enbloc.evidence import Checked
from enbloc.value import value

NONE_PUBLISHED = "no loss published"
"""What stands for a root that no row names: T13, L6 and the coccygeal root."""


class Extent(Enum):
    """Whether one root of a pair is cut, or both."""

    ONE_SIDE = "one side"
    BOTH_SIDES = "both sides"


_ONE = (Extent.ONE_SIDE,)
_BOTH = (Extent.BOTH_SIDES,)
_EITHER = (Extent.ONE_SIDE, Extent.BOTH_SIDES)


@value
class Loss:
    """One row: the loss when these roots are cut to this extent, and what the row advises."""

    rule: str
    nerves: tuple[str, ...]
    extents: tuple[Extent, ...]
    lost: str
    do: str
    checked: Checked = Checked.FROM_MEMORY


def span(first: str, last: str) -> tuple[str, ...]:
    """The roots from one to another as the body counts them: ``span("C7", "T1")`` holds C8."""
    return NERVES[NERVES.index(first) : NERVES.index(last) + 1]


_SNIFF = "test the other side of the diaphragm first (sniff test or ultrasound)"
_CONSENT = "May be cut with consent."
_EXPENDABLE = "May be cut: ligate it proximal to the ganglion."
_INTERCOSTAL = "intercostal numbness or neuralgia"
_GROIN = "groin numbness, mild weakness of hip flexion"
_THIGH = "hip flexion, adductors, part of the quadriceps"
_ONE_SIDED_SACRUM = "after unilateral sacrectomy normal bowel in 87 % and bladder in 89 %"
_SEXUAL = "sexual function lost or reduced (erection, ejaculation, genital sensation); bowel and bladder by the pattern"
_LOWEST = "of S4 and S5 on both sides, S3 kept: normal bowel in 100 % and bladder in 69 %"
_ASK_BEFORE = "Ask and record sexual function before the operation; offer sperm storage."

LOSSES: tuple[Loss, ...] = (
    Loss(rule="NERV-01", nerves=("C1",), extents=_EITHER, lost="low motor cost", do=_CONSENT),
    Loss(rule="NERV-01", nerves=("C2",), extents=_EITHER, lost="occipital numbness, low motor cost", do=_CONSENT),
    Loss(
        rule="NERV-02",
        nerves=("C3", "C4"),
        extents=_ONE,
        lost="part of the phrenic nerve",
        do=f"Cut it on one side only; {_SNIFF}.",
    ),
    Loss(
        rule="NERV-02",
        nerves=("C3", "C4"),
        extents=_BOTH,
        lost="phrenic nerve; C3 to C5 on both sides mean a risk of ventilation",
        do=f"Cut it on one side only; {_SNIFF}.",
    ),
    Loss(rule="NERV-03", nerves=("C5",), extents=_ONE, lost="deltoid, biceps", do=f"Avoid it; {_SNIFF}."),
    Loss(
        rule="NERV-03",
        nerves=("C5",),
        extents=_BOTH,
        lost="deltoid, biceps; C3 to C5 on both sides mean a risk of ventilation",
        do="Avoid it.",
    ),
    Loss(rule="NERV-04", nerves=("C6",), extents=_EITHER, lost="wrist extension, biceps", do="Avoid it."),
    Loss(rule="NERV-05", nerves=("C7",), extents=_EITHER, lost="triceps, finger and wrist extensors", do="Avoid it."),
    Loss(rule="NERV-06", nerves=("C8",), extents=_EITHER, lost="grip, intrinsic hand muscles", do="Avoid it."),
    Loss(
        rule="NERV-07",
        nerves=("T1",),
        extents=_ONE,
        lost="part of the intrinsic hand muscles, Horner's syndrome",
        do="Avoid it; one side only, with consent.",
    ),
    Loss(
        rule="NERV-07",
        nerves=("T1",),
        extents=_BOTH,
        lost="part of the intrinsic hand muscles, Horner's syndrome",
        do="Avoid it on both sides.",
    ),
    Loss(rule="NERV-08", nerves=span("T2", "T9"), extents=_EITHER, lost=_INTERCOSTAL, do=_EXPENDABLE),
    Loss(rule="NERV-08", nerves=span("T10", "T12"), extents=_ONE, lost=_INTERCOSTAL, do=_EXPENDABLE),
    Loss(
        rule="NERV-08",
        nerves=span("T10", "T12"),
        extents=_BOTH,
        lost=f"{_INTERCOSTAL}, bulge of the abdominal wall",
        do=_EXPENDABLE,
    ),
    Loss(rule="NERV-09", nerves=("L1",), extents=_ONE, lost=_GROIN, do="Acceptable on one side."),
    Loss(rule="NERV-09", nerves=("L1",), extents=_BOTH, lost=_GROIN, do="Acceptable on one side only: keep one."),
    Loss(
        rule="NERV-10",
        nerves=("L2", "L3"),
        extents=_ONE,
        lost=_THIGH,
        do="Say at consent that patients often adapt to the loss of one side.",
    ),
    Loss(rule="NERV-10", nerves=("L2", "L3"), extents=_BOTH, lost=_THIGH, do="Avoid it on both sides."),
    Loss(rule="NERV-11", nerves=("L4",), extents=_EITHER, lost="quadriceps, ankle inversion", do="Avoid it."),
    Loss(
        rule="NERV-12", nerves=("L5",), extents=_EITHER, lost="foot drop, hip abductors", do="Avoid it; plan a brace."
    ),
    Loss(
        rule="NERV-13",
        nerves=("S1",),
        extents=_ONE,
        lost="plantar flexion, gait",
        do="Keep the root of the other side.",
    ),
    Loss(
        rule="NERV-13",
        nerves=("S1",),
        extents=_BOTH,
        lost="plantar flexion and gait, severe",
        do="Avoid it on both sides.",
    ),
    Loss(
        rule="NERV-18",
        nerves=span("S2", "S5"),
        extents=_ONE,
        lost=_ONE_SIDED_SACRUM,
        do="Prefer one side if the margin allows.",
        checked=Checked.READ,
    ),
    Loss(rule="NERV-23", nerves=("S2", "S3"), extents=_BOTH, lost=_SEXUAL, do=_ASK_BEFORE),
    Loss(rule="NERV-16", nerves=("S4", "S5"), extents=_BOTH, lost=_LOWEST, do="Acceptable.", checked=Checked.READ),
)


def loss(nerve: str, extent: Extent) -> Loss | None:
    """The row of a root; nothing if none is published.

    Examples
    --------
    >>> loss("L5", Extent.ONE_SIDE).lost
    'foot drop, hip abductors'
    >>> loss("Co", Extent.BOTH_SIDES) is None
    True
    """
    return next((row for row in LOSSES if nerve in row.nerves and extent in row.extents), None)


def extent_of(nerve: str, cut: Iterable[Root]) -> Extent | None:
    """To which extent a root is cut; nothing if it is kept."""
    sides = {each.side for each in cut if each.nerve == nerve}
    return None if not sides else Extent.BOTH_SIDES if len(sides) == len(Side) else Extent.ONE_SIDE


def pairs(nerves: Iterable[str]) -> frozenset[Root]:
    """Both roots of each."""
    return frozenset(root(nerve, side) for nerve in nerves for side in Side)
