"""What a surgeon can see and touch of a vertebra, in its own frame, and how far places lie from it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side
from enbloc.case.geometry import triple
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Endplate, Vertebra
from enbloc.plan.anatomy import SIGNS
from enbloc.plan.sheet.parameters import STEP_DEG, STEP_MM
from enbloc.plan.sheet.values import Beside, Entry, Facet, Tilt, Way

Floats = NDArray[np.float64]
_HAIR = 1e-6  # what binary fractions may lose


@dataclass(frozen=True, eq=False, kw_only=True)
class Landmarks:
    """The landmarks of a vertebra, each in its frame, shape (3,), mm; those that are not known are missing."""

    one: Vertebra
    upper: tuple[Floats, Floats] | None  # a point of the endplate and its normal to the head
    lower: tuple[Floats, Floats] | None
    tip: Floats | None
    base: Floats | None
    facets: Mapping[Side, Floats]

    def entry(self, place: str, own: Floats) -> Entry:
        """A place in the vertebra's frame, as the cut sheet tells it."""
        return Entry(
            place=place,
            midline=beside(float(own[0]), Way.LEFT, Way.RIGHT),
            upper=_from_plate(self.upper, own),
            lower=_from_plate(self.lower, own),
            spinous_tip_mm=_apart(self.tip, own),
            spinous_base_mm=_apart(self.base, own),
            facet=self._facet(own),
            own_mm=tenths(own),
            patient_mm=tenths(self.one.origin + own @ self.one.axes),
        )

    def _facet(self, own: Floats) -> Facet | None:
        found = {side: nearest_step(float(np.linalg.norm(own - at))) for side, at in self.facets.items()}
        if not found:
            return None
        least = min(found.values())
        sides = [side for side, mm in found.items() if mm == least]
        return Facet(mm=least, side=sides[0] if len(sides) == 1 else None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What of them is not known, in sentences."""
        known = (
            ("upper endplate", self.upper),
            ("lower endplate", self.lower),
            ("spinous process", self.tip),
            ("facets", self.facets),
        )
        return tuple(f"The {words} of {self.one.level}: not known." for words, held in known if not _is_there(held))


def _is_there(held: object) -> bool:
    return held is not None and not (isinstance(held, Mapping) and not held)


def landmarks_of(column: Column, level: Level) -> Landmarks:
    """The landmarks of a vertebra that has a frame."""
    one, parts = column.spine[level], column.parts[level]
    codes = {named: parts.mask(*named)[one.crop.mask > 0] for named in _TOUCHED}
    spinous = one.own_mm[codes[Part.SPINOUS_PROCESS, None]]
    facets = {}
    for side, sign in SIGNS.items():
        mine = one.own_mm[codes[Part.FACET, side]]
        if len(mine):
            facets[side] = _furthest(one, mine, np.array([sign, 0.0, 0.0]))
    return Landmarks(
        one=one,
        upper=_plate(one, one.upper),
        lower=_plate(one, one.lower),
        tip=_furthest(one, spinous, np.array([0.0, 1.0, 0.0])) if len(spinous) else None,
        base=_furthest(one, spinous, np.array([0.0, -1.0, 0.0])) if len(spinous) else None,
        facets=facets,
    )


_TOUCHED: tuple[tuple[Part, Side | None], ...] = (
    (Part.SPINOUS_PROCESS, None),
    (Part.FACET, Side.LEFT),
    (Part.FACET, Side.RIGHT),
)


def _furthest(one: Vertebra, own: Floats, way: Floats) -> Floats:
    """The mean of the voxels that reach furthest, to half a voxel, so that it does not hang on a single one."""
    along = own @ way
    within = along >= along.max() - one.error_mm(int(np.abs(way).argmax()))
    return np.asarray(own[within].mean(axis=0))


def _plate(one: Vertebra, plate: Endplate | None) -> tuple[Floats, Floats] | None:
    if plate is None:
        return None
    return one.inside(plate.centre_mm[None])[0], one.axes @ plate.normal


def _from_plate(plate: tuple[Floats, Floats] | None, own: Floats) -> Beside | None:
    if plate is None:
        return None
    centre, normal = plate
    return beside(float((own - centre) @ normal), Way.HEAD, Way.FOOT)


def _apart(landmark: Floats | None, own: Floats) -> float | None:
    return None if landmark is None else nearest_step(float(np.linalg.norm(own - landmark)))


def beside(mm: float, more: Way, less: Way) -> Beside:
    """A signed distance in words.

    Examples
    --------
    >>> beside(-3.3, Way.LEFT, Way.RIGHT)
    Beside(mm=3.5, way=<Way.RIGHT: 'right'>)
    """
    told = nearest_step(abs(mm))
    return Beside(mm=told, way=None if told == 0.0 else more if mm > 0 else less)


def nearest_step(mm: float) -> float:
    """To the nearest step of the sheet, halves up."""
    return math.floor(mm / STEP_MM.number + 0.5 + _HAIR) * STEP_MM.number


def step_down(mm: float) -> float:
    """Down to a step of the sheet.

    Examples
    --------
    >>> step_down(12.49), step_down(12.5)
    (12.0, 12.5)
    """
    return math.floor(mm / STEP_MM.number + _HAIR) * STEP_MM.number


def tenths(point: Floats) -> tuple[float, float, float]:
    """A place, shape (3,), to tenths of a millimetre."""
    x, y, z = (round(number, 1) + 0.0 for number in triple(point))
    return (x, y, z)


def to_midline(normal: Floats) -> Tilt:
    """The angle of a plane with this normal, in the vertebra's frame, to its sagittal plane.

    It leads to a side on the way to the front, or, where it does so more, on the way to the head.
    """
    normal = normal if normal[0] >= 0 else -normal
    ahead, up = float(normal[1]), float(-normal[2])
    along, leads = (Way.FRONT, ahead) if abs(ahead) >= abs(up) else (Way.HEAD, up)
    return _tilt(float(normal[0]), Way.LEFT if leads > 0 else Way.RIGHT, along)


def to_endplate(normal: Floats, plate: Floats) -> Tilt:
    """The angle of a plane to an endplate, by their normals in the vertebra's frame; it rises ``towards`` a side."""
    side = np.array([1.0, 0.0, 0.0]) - plate[0] * plate
    side /= np.linalg.norm(side)
    back = np.cross(plate, side)
    normal = normal if normal @ plate >= 0 else -normal
    left, behind = float(-normal @ side), float(-normal @ back)
    if abs(behind) >= abs(left):
        towards = Way.BACK if behind > 0 else Way.FRONT
    else:
        towards = Way.LEFT if left > 0 else Way.RIGHT
    return _tilt(float(normal @ plate), towards, None)


def _tilt(cosine: float, towards: Way, along: Way | None) -> Tilt:
    exact = math.degrees(math.acos(min(1.0, abs(cosine))))
    deg = math.floor(exact / STEP_DEG.number + 0.5 + _HAIR) * STEP_DEG.number
    if deg in (0.0, 90.0):
        return Tilt(deg=deg)
    return Tilt(deg=deg, towards=towards, along=along)
