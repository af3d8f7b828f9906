"""What hangs on the body of a cervical vertebra: pedicles that run outwards, lateral masses, foramina of the artery."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from enbloc.case.anatomy import Level, Part
from enbloc.phantom.limb import SIDES, Limb
from enbloc.phantom.morphometry import Size, neck_pedicle, size

NECK_BLEND_MM = 1.2  # less than elsewhere, so that the foramina stay open
ARTERY_MM = 1.9  # radius of a vertebral artery
LIP_MM = 0.8  # how far the axis of an uncinate process lies above the end-plate

Height = Callable[[float, float], float]
"""How high the upper end-plate lies at (left, back) of the centre of the body, mm."""


def foramen(row: Size) -> tuple[float, float]:
    """The centre (left, back) of the left foramen of the vertebral artery, mm, in the vertebra's frame."""
    return row.body_width / 2 + 3.8, row.body_depth / 2 - 5.8


def artery(level: Level) -> tuple[float, float]:
    """Where the left vertebral artery passes (left, back of the body's centre, mm): in front of C7, or its foramen."""
    row = size(level)
    return (row.body_width / 2 + 2.5, -row.body_depth / 2 - 1.0) if level is Level.C7 else foramen(row)


def neck_limbs(row: Size, held: float, rim: Height) -> Iterator[Limb]:
    """All of a cervical vertebra but the drum of its body; ``held`` is as in ``neck_pedicle``."""
    inner, back = row.canal_width / 2, row.canal_centre_mm
    rear = back + row.canal_depth / 2
    for _, sign in SIDES:
        start, end = (_mirrored(point, sign) for point in neck_pedicle(row, held))
        yield Limb(part=Part.PEDICLE, start=start, end=end, radii_mm=(row.pedicle_height / 2, row.pedicle_width / 2))
        yield Limb(
            part=Part.LAMINA,
            start=(sign * (inner + 1.5), back + 0.25 * row.canal_depth, -0.5),
            end=(sign * 1.5, rear + 1.5, -2.5),
            radii_mm=(0.50 * row.posterior_height, 2.0),
        )
        yield _uncinate(row, sign, rim)
        yield from _lateral_mass(row, sign)
        yield from _transverse(row, sign)
    yield Limb(
        part=Part.SPINOUS_PROCESS,
        start=(0.0, rear + 2.0, -2.5),
        end=(0.0, rear + row.spinous_length, -2.5 - row.spinous_drop),
        radii_mm=(4.2, 2.6),
    )


def _mirrored(point: tuple[float, float, float], sign: float) -> tuple[float, float, float]:
    x, y, z = point
    return (sign * x, y, z)


def _uncinate(row: Size, sign: float, rim: Height) -> Limb:
    """The lip on the side of the upper end-plate."""
    left = row.body_width / 2 - 1.4
    first, last = -0.05 * row.body_depth, 0.30 * row.body_depth
    return Limb(
        part=Part.BODY,
        start=(sign * left, first, rim(left, first) + LIP_MM - 0.6),
        end=(sign * left, last, rim(left, last) + LIP_MM),
        radii_mm=(1.9, 1.3),
    )


def _lateral_mass(row: Size, sign: float) -> Iterator[Limb]:
    """A pillar that leans forward at its head, so that the joints slope backwards and down."""
    x, back, tall = sign * (row.canal_width / 2 + 4.2), row.canal_centre_mm, row.posterior_height
    middle = (x, back + 2.5, 0.0)
    for end in ((x, back + 0.2, 0.50 * tall), (x, back + 5.2, -0.48 * tall)):
        yield Limb(part=Part.FACET, start=middle, end=end, radii_mm=(3.3, 5.2), upright=(0.0, 1.0, 0.0))


def _transverse(row: Size, sign: float) -> Iterator[Limb]:
    """Two roots and the bar between their tubercles: with body and pedicle they close the foramen."""
    x, y = foramen(row)
    front = (sign * (x + 3.6), y - 3.0, -1.8)
    tip = (sign * (row.transverse_span / 2 - 2.0), y + 4.6, -2.6)
    bar = (sign * (x + 5.0), y + 2.8, -2.0)
    start, end = neck_pedicle(row)
    behind = (sign * (0.45 * start[0] + 0.55 * end[0]), 0.45 * start[1] + 0.55 * end[1], -0.8)
    body = (sign * (row.body_width / 2 - 1.2), y - 3.4, -0.8)
    for first, last in ((body, front), (front, bar), (behind, bar), (bar, tip)):
        yield Limb(part=Part.TRANSVERSE_PROCESS, start=first, end=last, radii_mm=(2.4, 1.8))
