"""What the cut sheet says of each cut: plain values, rounded, with the side in words."""

from __future__ import annotations

from enum import Enum

from enbloc.case.anatomy import Level, Side, Structure
from enbloc.case.geometry import Triple
from enbloc.value import value

ROUNDING = (
    "Places and lengths are told to the nearest half millimetre, angles to the nearest degree. Depths and distances to "
    "structures are rounded down to the half millimetre: stop before, not after."
)


class Way(Enum):
    """A direction in the patient."""

    LEFT = "left"
    RIGHT = "right"
    FRONT = "front"
    BACK = "back"
    HEAD = "head"
    FOOT = "foot"


class Wound(Enum):
    """The side that the surgeon comes from."""

    POSTERIOR = "posterior"
    ANTERIOR = "anterior"
    LEFT = "left"
    RIGHT = "right"


@value
class Beside:
    """So many millimetres from a landmark, and which way; nowhere if it lies on it."""

    mm: float
    way: Way | None


@value
class Facet:
    """How far the outer edge of the nearer facet lies; no side if both are as near."""

    mm: float
    side: Side | None


@value
class Entry:
    """A place at which the sheet meets the bone on the approach side.

    ``place`` says which: met first, or an end of the line of entry, which is all that the blade has met once it is
    ``parameters.ENTERED`` in. ``midline`` is the way from the
    sagittal plane of the vertebra, ``upper`` and ``lower`` those from the planes of its endplates, along their normals.
    The rest are straight distances to the tip and the base of the spinous process and to the outer edge of a facet.
    What is not known is left open. ``own_mm`` is the place in the vertebra's frame, ``patient_mm`` in patient LPS.
    """

    place: str
    midline: Beside
    upper: Beside | None
    lower: Beside | None
    spinous_tip_mm: float | None
    spinous_base_mm: float | None
    facet: Facet | None
    own_mm: Triple
    patient_mm: Triple


@value
class Tilt:
    """An angle between the sheet and a plane of the vertebra, and where it leads: ``towards``, on the way ``along``.

    No way is told where both are parallel or square to one another.
    """

    deg: float
    towards: Way | None = None
    along: Way | None = None


@value
class Run:
    """One stretch of the sheet in bone, with its entries: met first, then both ends of the line of entry.

    ``depth_mm`` is from where it is met first to the far cortex along the sheet, ``length_mm`` across it.
    """

    entries: tuple[Entry, ...]
    depth_mm: float
    length_mm: float
    area_mm2: int


@value
class NearStructure:
    """The structure that the blade comes nearest to within bone, the distance rounded down."""

    structure: Structure
    mm: float
    is_shielded: bool


@value
class DiscPlace:
    """A place of a sheet in a disc: how far from the endplate of the level above, and of that below, and which way.

    ``place`` says which: the middle of the disc, or the edge of the bodies in the midline that the wound comes to.
    ``own_mm`` is in the frame of the vertebra that the cut is told in, which bounds the disc.
    """

    place: str
    above: Beside | None
    below: Beside | None
    own_mm: Triple
    patient_mm: Triple


@value
class ThroughDisc:
    """A sheet through the disc between two levels, told from the endplates that bound it.

    ``above`` is the lower endplate of the ``upper`` level, ``below`` the upper one of the ``lower``: distances and
    tilts to either are left open where it is not known. A sheet that has missed the disc says so by the way from it.
    """

    upper: Level | None
    lower: Level | None
    places: tuple[DiscPlace, ...]
    to_above: Tilt | None
    to_below: Tilt | None


@value
class CutNumbers:
    """The numbers of one cut, in the frame of the vertebra ``level``; ``ROUNDING`` says how they are rounded.

    ``entered_from`` is the side on which the blade meets bone first. ``depth_mm`` is from the first place of all to
    the deepest, ``length_mm`` that of all ``runs`` together, largest first. ``disc`` tells a cut through a disc, which
    has no or few numbers in bone. ``notes`` say what is not known or left out.
    """

    piece: str
    cut: str
    level: Level
    wound: Wound
    entered_from: Way
    kerf_mm: float
    to_upper_endplate: Tilt | None
    to_midline: Tilt
    runs: tuple[Run, ...]
    depth_mm: float | None
    length_mm: float
    nearest: NearStructure | None
    disc: ThroughDisc | None = None
    notes: tuple[str, ...] = ()
