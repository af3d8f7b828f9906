"""The pages that a cut sheet draws on: from the wound as the surgeon stands, across the pedicles, along the midline.

From behind and on the axial drawing the patient's left lies on the surgeon's left (hazard H28); for an operation from
the front both are turned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.case.geometry import triple
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.sheet.values import Wound
from enbloc.present.slices import Frame2d
from enbloc.present.slices import View as Main

Floats = NDArray[np.float64]

POINT = 72.0 / 25.4  # points of print in a millimetre
SCALES = tuple((tenths / 10.0, f"{tenths}:10") for tenths in (10, 9, 8, 7, 6, 5, 4, 3))
"""Scales that a ruler can follow, the largest first."""
_WIDE_MM, _HIGH_MM = 140.0, 76.0  # of the paper, that the drawings may take beside and over one another
_ROOM_MM = 6.0  # of the patient around the bone, for letters and numbers


@dataclass(frozen=True, eq=False, kw_only=True)
class Sides:
    """What stands at the left, right, upper and lower edge of a drawing."""

    left: str
    right: str
    upper: str
    lower: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Leaf:
    """One drawing: a window of ``size_mm`` (across, down) about ``centre`` of the patient, at ``scale`` on paper.

    ``right`` and ``down`` are directions in the patient, shape (3,). Places are in points of print.
    """

    name: str
    title: str
    right: Floats
    down: Floats
    centre: Floats
    size_mm: tuple[float, float]
    sides: Sides
    scale: float = 1.0

    @property
    def unit(self) -> float:
        """Points of print for a millimetre of the patient."""
        return self.scale * POINT

    @property
    def width(self) -> float:
        return self.size_mm[0] * self.unit

    @property
    def height(self) -> float:
        return self.size_mm[1] * self.unit

    @property
    def is_from_side(self) -> bool:
        """Whether it is seen from the patient's side: then no left or right stands at its edges."""
        return self.name == "sagittal"

    @property
    def through(self) -> Floats:
        """The direction away from the viewer."""
        return np.asarray(np.cross(self.right, self.down))

    def on(self, points_mm: Floats) -> Floats:
        """Where points of the patient, shape (n, 3), fall on the drawing, shape (n, 2)."""
        from_centre = np.asarray(points_mm, dtype=np.float64) - self.centre
        axes = np.array([self.right, self.down]).T
        return np.asarray((from_centre @ axes + np.array(self.size_mm) / 2.0) * self.unit)

    @property
    def frame(self) -> Frame2d:
        """The square window of the slice that holds it."""
        turned = (triple(self.right), triple(self.down))
        return Frame2d(view=Main.AXIAL, centre_mm=triple(self.centre), size_mm=max(self.size_mm), tilted=turned)

    def of_frame(self, lines: Floats) -> Floats:
        """Places of that square window, mm, on the drawing."""
        wide, high = self.size_mm
        side = max(wide, high)
        return np.asarray((lines - np.array([side - wide, side - high]) / 2.0) * self.unit)


@dataclass(frozen=True, eq=False, kw_only=True)
class Room:
    """What is to be seen, in the frame of the vertebra ``home``: from ``low`` to ``high``, each shape (3,), mm."""

    home: Vertebra
    wound: Wound
    low: Floats
    high: Floats

    @property
    def _behind(self) -> float:
        """1 for a surgeon who comes from behind, -1 for one from the front."""
        return -1.0 if self.wound is Wound.ANTERIOR else 1.0

    @property
    def _left_right(self) -> tuple[str, str]:
        return ("LEFT", "RIGHT") if self._behind > 0 else ("RIGHT", "LEFT")

    def _leaf(self, name: str, title: str, right: Floats, down: Floats, at: Floats, sides: Sides) -> Leaf:
        """A drawing whose axes are given in the frame of the vertebra."""
        wide, high = (float(np.abs(way) @ (self.high - self.low)) + 2 * _ROOM_MM for way in (right, down))
        return Leaf(
            name=name,
            title=title,
            right=right @ self.home.axes,
            down=down @ self.home.axes,
            centre=np.array(self.home.at(float(at[0]), float(at[1]), float(at[2]))),
            size_mm=(wide, high),
            sides=sides,
        )

    def from_wound(self) -> Leaf:
        """As the surgeon stands."""
        left, right = self._left_right
        where = "behind" if self._behind > 0 else "the front"
        across, down = np.array([-self._behind, 0.0, 0.0]), np.array([0.0, 0.0, -1.0])
        sides = Sides(left=left, right=right, upper="HEAD", lower="FOOT")
        title = f"From {where}, as the surgeon stands"
        return self._leaf("wound", title, across, down, (self.low + self.high) / 2.0, sides)

    def axial(self, one: Vertebra) -> Leaf:
        """At the pedicles of a vertebra, the wound up, seen from the feet."""
        left, right = self._left_right
        upper, lower = ("BACK", "FRONT") if self._behind > 0 else ("FRONT", "BACK")
        height = self.home.inside(np.array([one.at(0.0, 0.0, float(one.hole_mm[2]))]))[0]
        middle = (self.low + self.high) / 2.0
        at = np.array([middle[0], middle[1], height[2]])
        across, down = np.array([-self._behind, 0.0, 0.0]), np.array([0.0, -self._behind, 0.0])
        sides = Sides(left=left, right=right, upper=upper, lower=lower)
        return self._leaf("axial", f"Axial at the pedicles of {one.level}, seen from the feet", across, down, at, sides)

    def sagittal(self) -> Leaf:
        """In the midline, seen from the patient's left."""
        middle = (self.low + self.high) / 2.0
        sides = Sides(left="FRONT", right="BACK", upper="HEAD", lower="FOOT")
        across, down = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, -1.0])
        title = "Midline, seen from the patient's left"
        return self._leaf("sagittal", title, across, down, np.array([0.0, middle[1], middle[2]]), sides)


def room_about(home: Vertebra, ones: tuple[Vertebra, ...], tumour_mm: Floats, wound: Wound) -> Room:
    """The room of some vertebrae and of a tumour, shape (n, 3), patient LPS."""
    own = np.concatenate([*(home.inside(one.crop.points_mm) for one in ones), home.inside(tumour_mm)])
    return Room(home=home, wound=wound, low=own.min(axis=0), high=own.max(axis=0))


def scale_of(over: tuple[Leaf, ...], beside: Leaf) -> tuple[float, str]:
    """The largest scale at which some drawings stand over one another, and one more beside them, on the paper."""
    wide = max(one.size_mm[0] for one in over) + beside.size_mm[0]
    high = max(sum(one.size_mm[1] for one in over), beside.size_mm[1])
    fits = (pair for pair in SCALES if wide * pair[0] <= _WIDE_MM and high * pair[0] <= _HIGH_MM)
    return next(fits, SCALES[-1])


def levels_drawn(levels: tuple[Level, ...]) -> Level:
    """The level in whose frame the drawings lie: the middle one."""
    return levels[len(levels) // 2]
