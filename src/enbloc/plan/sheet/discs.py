"""A cut through a disc, told from the endplates that bound the disc: it meets no bone to be measured from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part
from enbloc.case.geometry import triple
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Endplate, Vertebra
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.price.roots import are_neighbours
from enbloc.plan.sheet.landmarks import beside, tenths, to_endplate
from enbloc.plan.sheet.parameters import LYING
from enbloc.plan.sheet.values import Beside, DiscPlace, ThroughDisc, Tilt, Way, Wound
from enbloc.plan.solids.framed import FramedCut

Floats = NDArray[np.float64]
_FLAT = 1e-6  # of a unit: a sheet that runs along a line and does not cross it

MIDDLE, BACK, FRONT = "middle of the disc", "back edge, midline", "front edge, midline"


def through_disc(column: Column, cut: FramedCut, *, wound: Wound, is_in_bone: bool) -> ThroughDisc | None:
    """The disc above or below its level that a cut runs along, or, where it meets no bone, passes nearest to.

    Nothing where it crosses none, where neither of its endplates is known, or where the blade does not run there.
    """
    discs = [one for one in _discs(column) if one.bounds(cut.level) and one.is_met(cut.patient, beyond=not is_in_bone)]
    if not discs:
        return None
    one = min(discs, key=lambda disc: disc.off_mm(cut.patient))
    home = one.home(cut.level)
    normal = home.axes @ np.array(cut.patient.plane.normal)
    return ThroughDisc(
        upper=one.upper.level if one.upper else None,
        lower=one.lower.level if one.lower else None,
        places=tuple(one.places(cut.patient, home, _edge(column, home, wound))),
        to_above=_tilt(normal, one.above, home),
        to_below=_tilt(normal, one.below, home),
    )


def _edge(column: Column, home: Vertebra, wound: Wound) -> tuple[str, float]:
    """The edge of the body that the surgeon comes to first, and its y in the frame."""
    if wound is not Wound.ANTERIOR:
        return BACK, home.back_mm
    body = column.parts[home.level].mask(Part.BODY)[home.crop.mask > 0]
    return FRONT, float(home.own_mm[body, 1].min())


def _tilt(normal: Floats, plate: Endplate | None, home: Vertebra) -> Tilt | None:
    return None if plate is None else to_endplate(normal, home.axes @ plate.normal)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Disc:
    """Two neighbours, of which one may not be known, and the endplates between them that are."""

    upper: Vertebra | None
    lower: Vertebra | None

    @property
    def above(self) -> Endplate | None:
        return self.upper.lower if self.upper else None

    @property
    def below(self) -> Endplate | None:
        return self.lower.upper if self.lower else None

    @property
    def line(self) -> tuple[Floats, Floats, float, float]:
        """A place on the line through the disc's middle, its direction to the foot, and from where to where it is disc.

        With one endplate it is the square to that, as long as the body behind it is high.
        """
        if self.above is not None and self.below is not None:
            way = self.below.centre_mm - self.above.centre_mm
            long = float(np.linalg.norm(way))
            return self.above.centre_mm, way / max(long, _FLAT), 0.0, long
        if self.above is not None:
            return self.above.centre_mm, -self.above.normal, 0.0, self.reach_mm
        assert self.below is not None, "a disc has an endplate that is known"
        return self.below.centre_mm, -self.below.normal, -self.reach_mm, 0.0

    @property
    def reach_mm(self) -> float:
        """The height of the smaller body: beyond that nothing is told from an endplate."""
        return min(one.high_mm - one.low_mm for one in (self.upper, self.lower) if one)

    def at(self, cut: FixedCut) -> float | None:
        """How far along the line the sheet crosses it."""
        start, way, _, _ = self.line
        steep = float(way @ np.array(cut.plane.normal))
        return None if abs(steep) < _FLAT else -float(cut.plane.distance_mm(start[None])[0]) / steep

    def off_mm(self, cut: FixedCut) -> float:
        """How far outside of the disc that is."""
        at, (_, _, low, high) = self.at(cut), self.line
        return float("inf") if at is None else max(low - at, at - high, 0.0)

    def is_met(self, cut: FixedCut, *, beyond: bool) -> bool:
        at, (start, way, _, _) = self.at(cut), self.line
        if at is None or not self._lies(cut) or self.off_mm(cut) > (self.reach_mm if beyond else 0.0):
            return False
        place = (start + at * way)[None]
        return all(float(plane.distance_mm(place)[0]) >= 0.0 for plane in cut.within)

    def _lies(self, cut: FixedCut) -> bool:
        """Whether it runs along the disc rather than across."""
        known = [plate for plate in (self.above, self.below) if plate is not None]
        cosine = max(abs(float(plate.normal @ np.array(cut.plane.normal))) for plate in known)
        return LYING.holds(math.degrees(math.acos(min(1.0, cosine))))

    def bounds(self, level: Level) -> bool:
        return any(one is not None and one.level is level for one in (self.upper, self.lower))

    def home(self, level: Level) -> Vertebra:
        """The vertebra in whose frame it is told: that of the cut, which bounds the disc."""
        return next(one for one in (self.lower, self.upper) if one is not None and one.level is level)

    def places(self, cut: FixedCut, home: Vertebra, edge: tuple[str, float]) -> Iterator[DiscPlace]:
        start, way, _, _ = self.line
        at = self.at(cut)
        assert at is not None, "a disc that is met"
        yield self._place(MIDDLE, start + at * way, home)
        normal = home.axes @ np.array(cut.plane.normal)
        if abs(normal[2]) > _FLAT:
            point = home.inside(np.array(cut.plane.point_mm)[None])[0]
            name, y = edge
            z = (float(normal @ point) - float(normal[1]) * y) / float(normal[2])
            yield self._place(name, np.array(home.at(0.0, y, z)), home)

    def _place(self, name: str, patient: Floats, home: Vertebra) -> DiscPlace:
        return DiscPlace(
            place=name,
            above=_from(self.above, patient),
            below=_from(self.below, patient),
            own_mm=tenths(home.inside(patient[None])[0]),
            patient_mm=tenths(np.array(triple(patient))),
        )


def _from(plate: Endplate | None, patient: Floats) -> Beside | None:
    if plate is None:
        return None
    return beside(float((patient - plate.centre_mm) @ plate.normal), Way.HEAD, Way.FOOT)


def _discs(column: Column) -> Iterator[_Disc]:
    """Every disc of the column, with the ends; neighbours in the patient, not only on the list."""
    spine = column.spine
    ordered = [level for level in column.levels if level in spine]
    for upper, lower in zip([None, *ordered], [*ordered, None], strict=True):
        if upper is not None and lower is not None and are_neighbours(upper, lower):
            made = [_Disc(upper=spine[upper], lower=spine[lower])]
        else:
            made = [_Disc(upper=spine[upper], lower=None)] if upper else []
            made += [_Disc(upper=None, lower=spine[lower])] if lower else []
        yield from (one for one in made if one.above is not None or one.below is not None)
