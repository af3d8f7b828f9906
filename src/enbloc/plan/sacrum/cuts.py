"""The searches for the cuts of a sacrectomy, each with its certificate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from enbloc.case.anatomy import Level, Side, Structure, StructureKind, vertebra
from enbloc.case.finding import Interval
from enbloc.case.geometry import triple
from enbloc.case.sided import Root
from enbloc.plan.anatomy import SIGNS
from enbloc.plan.cutting.bone import KeepOut, Outline, outline_of
from enbloc.plan.cutting.certificate import Certified, Effort, NoCut
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.parameters import SAW_KERF
from enbloc.plan.cutting.plane import Asked
from enbloc.plan.cutting.roles import KeepAway, Role
from enbloc.plan.cutting.search import Placed
from enbloc.plan.cutting.several import Cuts, Wanted, best_cuts
from enbloc.plan.cutting.shell import shell
from enbloc.plan.sacrum.anatomy import HAIR_MM, Floats, Mask, Sacrum
from enbloc.plan.sacrum.parameters import ACROSS_CONE, ALONG_CONE
from enbloc.plan.voxels import half_voxel_mm

BARRED = Structure(kind=StructureKind.NERVE_ROOT)  # stands for the bone in which no blade may run
COURSES = Structure(kind=StructureKind.NERVE_ROOT, level=Level.S1)  # and for another such bone, beside it
BESIDE_MM = 1e-3  # a distance that bars exactly those voxels

ACROSS, ALONG = "cut across the sacrum", "cut along the middle of the sacrum"


@dataclass(frozen=True, eq=False, kw_only=True)
class Dividing:
    """The ways in which one sacrum can be divided about one tumour, with a margin."""

    sacrum: Sacrum
    outline: Outline
    margin_mm: float

    @cached_property
    def across(self) -> Role:
        """The cut above the tumour, about the sacrum's own axis."""
        cone = Cone(axis=triple(self.sacrum.up), half_angle=math.radians(ACROSS_CONE.number))
        return Role(name=ACROSS, cone=cone, kerf_mm=SAW_KERF.number)

    def along(self, side: Side) -> Role:
        """The cut beside a tumour of one side; it faces the other."""
        axis = -SIGNS[side] * self.sacrum.left
        cone = Cone(axis=triple(axis), half_angle=math.radians(ALONG_CONE.number))
        return Role(name=ALONG, cone=cone, kerf_mm=SAW_KERF.number)

    @cached_property
    def tight(self) -> Certified | NoCut:
        """The cut that takes least bone of all that keep the margin, whichever roots it takes."""
        return self._searched(self.outline, self.across, self.margin_mm, self.sacrum.up)

    def sparing(self, roots: Sequence[Root]) -> Certified | NoCut:
        """The cut that takes least bone of all that keep the margin and these roots."""
        barred = np.any([self.sacrum.courses[one] for one in roots], axis=0)
        found = self._searched(self.outline, _kept(self.across), self.margin_mm, self.sacrum.up, barred)
        return _plain(found, self.across) if isinstance(found, Certified) else found

    def below(self, rank: int) -> Certified | NoCut:
        """The cut that takes least bone of all that take every segment from ``rank`` on whole, and keep the margin.

        That of the segments alone bounds it from below, and so does that of the tumour alone.
        """
        way = self.sacrum.borders[rank - 1].up if rank else self.sacrum.up
        whole = self._segments(rank)
        found = self._searched(whole, self.across, 0.0, way)
        if isinstance(found, NoCut):
            return found
        margin = self.margin_of(found)
        if margin >= self.margin_mm:
            return self._told(found, margin)
        joined = np.concatenate([self.outline.vertices_mm, whole.vertices_mm])
        both = Outline(vertices_mm=np.ascontiguousarray(joined), grid=self.outline.grid)
        wider = self._searched(both, self.across, self.margin_mm, way)
        if isinstance(wider, NoCut):
            return wider
        lower = max(found.lower_cc, self.tight.lower_cc) if isinstance(self.tight, Certified) else found.lower_cc
        return replace(self._told(wider, self.margin_of(wider)), lower_cc=min(lower, wider.value_cc))

    def _searched(
        self, outline: Outline, role: Role, margin_mm: float, way: Floats, barred: Mask | None = None
    ) -> Certified | NoCut:
        """A search that begins at one direction, so that of planes that take the same the straight one is found."""
        keep_out = {} if barred is None else self._barring(barred)
        asked = Asked(bone=self.sacrum.bone, tumour=outline, role=role, margin_mm=margin_mm, keep_out=keep_out)
        start = Placed(normal=way, further_mm=0.0) if role.cone.holds(way) else None
        effort = Effort()
        found = asked.found((), effort, start)
        if found.placed is None:
            return asked.no_cut(found)
        return asked.certified(found, found.placed, (), effort)

    def beside(self, side: Side, spared: Sequence[Root] = ()) -> Cuts | tuple[NoCut, ...]:
        """The two cuts that take least bone of all that keep the margin and do not touch the other half.

        The cut across also stays off the courses of the roots that are to be ``spared``.
        """
        roles = (_kept(self.across, COURSES) if spared else self.across, _kept(self.along(side)))
        other = SIGNS[side] * self.sacrum.aside_mm(self.sacrum.bone.points_mm) <= HAIR_MM
        keep_out = self._barring(other)
        if spared:
            keep_out |= self._barring(np.any([self.sacrum.courses[one] for one in spared], axis=0), COURSES)
        wanted = Wanted(roles=roles, margin_mm=self.margin_mm)
        found = best_cuts(self.sacrum.bone, self.outline, wanted=wanted, keep_out=keep_out)
        if not isinstance(found, Cuts):
            return found
        first, second = found.cuts
        return replace(found, cuts=(_plain(first, self.across), _plain(second, self.along(side))))

    def margin_of(self, cut: Certified) -> float:
        """How far the near face of a blade lies from the tumour, mm."""
        normal = np.array(cut.plane.normal)
        near = float(normal @ np.array(cut.plane.point_mm)) - cut.role.kerf_mm / 2.0
        return near - float(self.outline.reach_mm(normal[None])[0][0])

    def far_mm(self, cut: Certified) -> float:
        """Where the far face of a blade lies along its normal, mm."""
        return float(np.array(cut.plane.normal) @ np.array(cut.plane.point_mm)) + cut.role.kerf_mm / 2.0

    def error_mm(self, normal: Floats) -> float:
        """Half a voxel of the bone along a direction, mm."""
        return float(half_voxel_mm(self.sacrum.bone.grid, normal))

    def _barring(self, barred: Mask, named: Structure = BARRED) -> dict[Structure, KeepOut]:
        """What bars a blade from some of the bone."""
        return {named: KeepOut(structure=named, distances_mm=np.where(barred, 0.0, np.inf))}

    def _segments(self, rank: int) -> Outline:
        """The outline of the segments from one on."""
        held = [shell(self.sacrum.images, vertebra(level)) for level in self.sacrum.levels[rank:]]
        parts = [outline_of(one) for one in held if one is not None]
        joined = np.concatenate([part.vertices_mm for part in parts])
        return Outline(vertices_mm=np.ascontiguousarray(joined), grid=parts[0].grid)

    def _told(self, cut: Certified, margin: float) -> Certified:
        """A cut that was searched about bone, with the margin that it keeps to the tumour."""
        normal = np.array(cut.plane.normal)
        half = self.outline.half_voxel_mm(normal)
        return replace(
            cut,
            touches_mm=triple(self.outline.reach_mm(normal[None])[1][0]),
            margin_mm=margin,
            margin_interval=Interval(low=margin - half, high=margin + half),
        )


def _kept(role: Role, named: Structure = BARRED) -> Role:
    return replace(role, keep_away=(KeepAway(structure=named, at_least_mm=BESIDE_MM),))


def _plain(cut: Certified, role: Role) -> Certified:
    """A cut without the bar, which stands for no labelled structure."""
    return replace(cut, role=role, clearances=())
