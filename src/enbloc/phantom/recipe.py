"""What a phantom is made from: frozen values, sides as words, millimetres, the frame of a vertebra.

That frame has its origin at the centre of the vertebral body, x to the patient's left, y to the back, z to the head.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from enum import Enum
from itertools import pairwise

from enbloc.case.anatomy import Level, Side, Spine, in_order
from enbloc.case.fact import BoneQuality, EsccReported
from enbloc.case.geometry import Triple
from enbloc.errors import RecordError
from enbloc.phantom.morphometry import Size, follows, neck_pedicle, size
from enbloc.value import value


class Room(Enum):
    """Where a solid of a tumour may lie; it never enters the canal, which is for ``Epidural``."""

    BONE = "bone"
    SOFT_TISSUE = "soft tissue"
    BOTH = "both"


class Collapse(Enum):
    """The form of a pathological fracture."""

    WEDGE = "wedge"
    BICONCAVE = "biconcave"
    CRUSH = "crush"


@value
class Fracture:
    """A collapse: the loss of height where it is greatest, per cent of the vertebra's own height before."""

    kind: Collapse
    percent: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.percent <= 90.0:
            raise RecordError(f"A collapse of {self.percent:g} % cannot be built.", remedy="Give 0 to 90.")

    @property
    def losses(self) -> tuple[float, float, float]:
        """Shares of height lost in front, in the middle and at the back."""
        share = self.percent / 100.0
        return {
            Collapse.WEDGE: (share, share / 2.0, 0.0),
            Collapse.BICONCAVE: (0.0, share, 0.0),
            Collapse.CRUSH: (share, share, share),
        }[self.kind]


@value
class Solid:
    """An ellipsoid of tumour in the frame of ``level``, ``clipped`` to bone, to soft tissue, or to both."""

    level: Level
    centre_mm: Triple
    radii_mm: Triple
    room: Room = Room.BONE

    def __post_init__(self) -> None:
        if min(self.radii_mm) <= 0:
            raise RecordError(f"Radii of {self.radii_mm} mm are not possible.", remedy="Give three positive radii.")

    @property
    def mirrored(self) -> Solid:
        x, y, z = self.centre_mm
        return replace(self, centre_mm=(-x, y, z))


@value
class Epidural:
    """Growth into the canal at ``level``, in front or from one side, as far as an ESCC ``grade``.

    ``length_mm`` is the length over which it reaches its full depth; it fades over 5 mm at either end.
    """

    level: Level
    grade: EsccReported
    length_mm: float = 12.0
    towards: Side | None = None

    @property
    def mirrored(self) -> Epidural:
        return replace(self, towards=opposite(self.towards))


@value
class Tumour:
    """One lesion: solids and epidural growth, and what it does to bone."""

    lesion: str = "A"
    bone: BoneQuality = BoneQuality.LYTIC
    solids: tuple[Solid, ...] = ()
    epidural: tuple[Epidural, ...] = ()

    def __post_init__(self) -> None:
        if not self.solids:
            raise RecordError(f"Tumour {self.lesion} has no solids.", remedy="Add for example in_body(Level.T8).")

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that it was placed at, cranial to caudal."""
        placed = [solid.level for solid in self.solids] + [growth.level for growth in self.epidural]
        return in_order(placed)

    @property
    def mirrored(self) -> Tumour:
        return replace(
            self,
            solids=tuple(solid.mirrored for solid in self.solids),
            epidural=tuple(growth.mirrored for growth in self.epidural),
        )


@value
class Scoliosis:
    """A sideways curve over the built levels: the angle between its ends, and the side that it bulges to."""

    angle_deg: float
    convex: Side


@value
class Recipe:
    """A spine to build. ``levels`` run cranial to caudal without a gap; ``axes`` are the letters of ``Grid.axes``.

    ``tilt_deg`` turns the grid (not the patient) about left, back and up. ``field_mm`` is the width and depth of the
    picture; ``margin_mm`` is the room above and below the vertebrae, and a negative one cuts into them.
    ``shape`` asks for a number of voxels along each array axis instead, about the middle of the spine.
    ``blur_mm`` is the scanner's spread (standard deviation).
    """

    levels: tuple[Level, ...] = (Level.T7, Level.T8, Level.T9)
    tumours: tuple[Tumour, ...] = ()
    fractures: Mapping[Level, Fracture] = field(default_factory=dict)
    listhesis_mm: Mapping[Level, float] = field(default_factory=dict)  # forward on the level below
    kyphosis_deg: float = 40.0  # over T1 to T12
    lordosis_deg: float = 45.0  # over L1 to L5
    neck_lordosis_deg: float = 15.0  # over C3 to C7
    scoliosis: Scoliosis | None = None
    spacing_mm: Triple = (1.0, 1.0, 1.0)
    axes: str = "SPL"
    tilt_deg: Triple = (0.0, 0.0, 0.0)
    field_mm: tuple[float, float] = (100.0, 110.0)
    margin_mm: float = 8.0
    shape: tuple[int, int, int] | None = None
    ribs: bool = True
    organs: bool = False  # muscle, fat and lung instead of an even background, and uneven bone
    with_mr: bool = False
    noise_hu: float = 12.0
    blur_mm: float = 0.6
    seed: int = 1

    def __post_init__(self) -> None:
        Spine(levels=self.levels)
        if not self.levels:
            raise RecordError("A phantom needs a level.", remedy="Give for example levels=(Level.T8,).")
        for level in self.levels:
            size(level)
        if not all(follows(upper, lower) for upper, lower in pairwise(self.levels)):
            raise RecordError("The levels do not follow each other.", remedy="Give them head to foot without a gap.")
        _check_axes(self.axes)
        if min(self.spacing_mm) <= 0:
            raise RecordError(f"Voxels of {self.spacing_mm} mm are not possible.", remedy="Give positive sizes.")
        placed = {solid.level for tumour in self.tumours for solid in tumour.solids}
        placed |= {growth.level for tumour in self.tumours for growth in tumour.epidural}
        for level in sorted(placed | set(self.fractures) | set(self.listhesis_mm), key=str):
            if level not in self.levels:
                raise RecordError(f"{level} is not among the levels.", remedy="Add it to 'levels'.")

    @property
    def mirrored(self) -> Recipe:
        """The same patient with left and right exchanged."""
        curve = self.scoliosis
        return replace(
            self,
            tumours=tuple(tumour.mirrored for tumour in self.tumours),
            scoliosis=curve and replace(curve, convex=_OTHER[curve.convex]),
        )


_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def opposite(side: Side | None) -> Side | None:
    """The other side; the midline stays."""
    return _OTHER[side] if side else None


def _check_axes(axes: str) -> None:
    kinds = [next((pair for pair in ("LR", "PA", "SI") if letter in pair), "") for letter in axes]
    if not re.fullmatch(r"[LRPASI]{3}", axes) or len(set(kinds)) != 3:
        raise RecordError(f"{axes!r} names no axes.", remedy="Give one of L/R, P/A and S/I each, such as 'SPL'.")


def in_body(level: Level, *, radii_mm: Triple | None = None, centre_mm: Triple = (0.0, 0.0, 0.0)) -> Solid:
    """A tumour within the vertebral body; without radii it takes a fifth of it and stays off the end-plates."""
    row = size(level)
    usual = (0.36 * row.body_width, 0.36 * row.body_depth, 0.36 * row.posterior_height)
    return Solid(level=level, centre_mm=centre_mm, radii_mm=radii_mm or usual)


def whole_body(level: Level) -> Solid:
    """Nearly the whole body, without its pedicles."""
    row = size(level)
    return in_body(level, radii_mm=(0.62 * row.body_width, 0.49 * row.body_depth, 0.8 * row.posterior_height))


def in_pedicle(level: Level, side: Side) -> Solid:
    """One pedicle, from the back of the body to the facets."""
    row = size(level)
    sign = 1.0 if side is Side.LEFT else -1.0
    if row.is_cervical:
        return _in_neck_pedicle(level, row, sign)
    x = (row.canal_width + row.pedicle_width) / 2.0
    return Solid(
        level=level,
        centre_mm=(sign * x, row.canal_centre_mm - 1.0, 0.2 * row.posterior_height),
        radii_mm=(row.pedicle_width * 0.75 + 1.0, row.canal_depth * 0.6, row.pedicle_height * 0.7),
    )


def _in_neck_pedicle(level: Level, row: Size, sign: float) -> Solid:
    """A pedicle of the neck runs outwards from the corner of the body to the lateral mass."""
    start, end = neck_pedicle(row)
    x, y, z = ((first + last) / 2.0 for first, last in zip(start, end, strict=True))
    return Solid(
        level=level,
        centre_mm=(sign * x, y, z),
        radii_mm=(row.pedicle_width * 0.75 + 2.5, row.canal_depth * 0.45, row.pedicle_height * 0.7),
    )


def beside(level: Level, side: Side, *, radius_mm: float = 12.0) -> Solid:
    """A paravertebral mass on one side of the body."""
    row = size(level)
    sign = 1.0 if side is Side.LEFT else -1.0
    x = row.body_width / 2.0 + 0.4 * radius_mm
    return Solid(
        level=level,
        centre_mm=(sign * x, 0.0, 0.0),
        radii_mm=(radius_mm, radius_mm * 1.2, radius_mm),
        room=Room.SOFT_TISSUE,
    )


def in_arch(level: Level, side: Side) -> Solid:
    """One lamina with its facets."""
    row = size(level)
    sign = 1.0 if side is Side.LEFT else -1.0
    return Solid(
        level=level,
        centre_mm=(sign * row.canal_width * 0.36, row.canal_centre_mm + row.canal_depth * 0.5 + 2.0, -2.0),
        radii_mm=(row.canal_width * 0.34, 7.0, 9.0),
    )
