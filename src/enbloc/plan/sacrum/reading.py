"""What a division of the sacrum means: the level it runs through, the roots it takes, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import SAC, Level
from enbloc.case.finding import Findings, measured
from enbloc.case.sided import Root
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.decision import Act, Statement
from enbloc.decide.roots import ACT_RULES as OF_ROOTS
from enbloc.decide.rule import spoken
from enbloc.decide.situation import situation
from enbloc.decide.stabilisation import rebuild_the_pelvis
from enbloc.decide.stops_of_vessels_and_roots import root_without_consent
from enbloc.measure.answers import Answer, gathered, missing
from enbloc.plan.cutting.certificate import Certified
from enbloc.plan.field import Field
from enbloc.plan.price.roots import RootTaken
from enbloc.plan.sacrum.anatomy import Floats
from enbloc.plan.sacrum.cuts import Dividing
from enbloc.plan.sacrum.parameters import REMNANT

METHOD = "what lies below the planned cuts of the sacrum, blades included"
NO_ILIUM = "the iliac bones are not labelled, so that the sacroiliac joints are not known"
RULES = (*OF_ROOTS, root_without_consent, rebuild_the_pelvis)


@dataclass(frozen=True, eq=False, kw_only=True)
class Reading:
    """What cuts that are taken together mean; the first runs across the sacrum."""

    dividing: Dividing
    cuts: tuple[Certified, ...]

    def beyond_mm(self, points_mm: Floats) -> Floats:
        """How far points lie beyond the far face of a blade, shape (n,): negative ones are taken."""
        off = [points_mm @ np.array(cut.plane.normal) - self.dividing.far_mm(cut) for cut in self.cuts]
        return np.asarray(np.max(off, axis=0))

    @cached_property
    def through(self) -> str:
        """Where the cut runs in the middle of the sacrum."""
        sacrum, cut = self.dividing.sacrum, self.cuts[0]
        normal, middle = np.array(cut.plane.normal), self.dividing.far_mm(cut) - cut.role.kerf_mm / 2.0
        off = [float(normal @ border.point_mm) - middle for border in sacrum.borders]
        near = int(np.argmin(np.abs(off)))
        if abs(off[near]) <= REMNANT.number:
            return f"the disc remnant {sacrum.levels[near]}/{sacrum.levels[near + 1]}"
        above = sum(one > 0 for one in off)
        if above == 0 and not (sacrum.part(0) @ normal > middle).any():
            return "the disc above S1"
        return str(sacrum.levels[above])

    @cached_property
    def lost(self) -> tuple[RootTaken, ...]:
        """The roots of which the way down to where they leave is not clear of the cuts, voxels taken whole."""
        clear, found = self._clear, []
        for one in self.dividing.sacrum.exits.values():
            beyond, error = self._beyond(one.limit_mm)
            course = self.dividing.sacrum.courses[one.root]
            is_spared = beyond > 0.0 and bool(clear[course].all()) if course.any() else beyond > error
            if not is_spared:
                found.append(RootTaken(root=one.root, is_whole=True, is_certain=beyond < -error, basis=one.basis))
        order = list(Root)
        return tuple(sorted(found, key=lambda cut: order.index(cut.root)))

    @cached_property
    def _clear(self) -> NDArray[np.bool_]:
        """Which voxels of bone lie whole beyond the far face of a blade."""
        points, held = self.dividing.sacrum.bone.points_mm, np.zeros(len(self.dividing.sacrum.bone.points_mm), bool)
        for cut in self.cuts:
            normal = np.array(cut.plane.normal)
            held |= points @ normal > self.dividing.far_mm(cut) + self.dividing.error_mm(normal)
        return held

    @property
    def spared(self) -> tuple[Root, ...]:
        """The roots of S1 to S5 that surely stay."""
        gone = {one.root for one in self.lost}
        return tuple(one for one in Root if one in self.dividing.sacrum.exits and one not in gone)

    def _beyond(self, point_mm: Floats) -> tuple[float, float]:
        """How far a point lies beyond the far face that it clears most, and half a voxel that way, mm."""
        normals = [np.array(cut.plane.normal) for cut in self.cuts]
        off = [float(way @ point_mm) - self.dividing.far_mm(cut) for way, cut in zip(normals, self.cuts, strict=True)]
        most = int(np.argmax(off))
        return off[most], self.dividing.error_mm(normals[most])

    @cached_property
    def cut_high(self) -> bool | None:
        """Whether it goes above the lower half of S1 anywhere between its roots; nothing where a voxel decides."""
        sacrum, cut = self.dividing.sacrum, self.cuts[0]
        normal = np.array(cut.plane.normal)
        half_up = (sacrum.part(0).mean(axis=0) - sacrum.borders[0].point_mm) @ sacrum.up * sacrum.up
        sides = [one.point_mm for one in sacrum.exits.values() if one.root.nerve == str(Level.S1)]
        places = np.array([sacrum.borders[0].point_mm, *sides]) + half_up
        off, error = float((places @ normal).min()) - self.dividing.far_mm(cut), self.dividing.error_mm(normal)
        return True if off < -error else False if off > error else None

    @cached_property
    def divides_sac(self) -> bool | None:
        """Whether some of the sac lies on the tumour's side; nothing where it is not labelled."""
        labels = self.dividing.sacrum.images.map_of(SAC)
        if labels is None:
            return None
        return bool((self.beyond_mm(labels.points_mm(SAC)) <= 0.0).any())


def facts_of(lost: Iterable[RootTaken], cut_high: bool | None, lesion: str) -> Findings:
    """The facts of the plan that a division answers; a joint of which nothing is labelled is missing."""
    gone = tuple(lost)
    doubts = tuple(str(one) for one in gone if one.is_inferred or not one.is_certain)
    roots = tuple(one.root for one in gone)
    answers: list[Answer] = [
        measured(fact.ROOTS_CUT, lesion, roots, document="plan", method=METHOD, notes=doubts),
        missing(fact.SACROILIAC_REMOVED, lesion, NO_ILIUM),
    ]
    if cut_high is None:
        answers.append(missing(fact.SACRUM_CUT_HIGH, lesion, "half a voxel decides it"))
    else:
        answers.append(measured(fact.SACRUM_CUT_HIGH, lesion, cut_high, document="plan", method=METHOD))
    return gathered(answers)


def said_of(field: Field, findings: Findings, levels: Sequence[Level]) -> tuple[Statement, ...]:
    """What the rules of roots, consent and pelvis say of a division with these facts."""
    plan = PlanFacts(act=Act.EN_BLOC, about=field.lesion.id, levels=tuple(levels), findings=findings)
    about = situation(
        field.case, field.findings, field.scores, field.lesion.id, circumstances=field.circumstances, plan=plan
    )
    told = (spoken(rule, about) for rule in RULES)
    return tuple(one for one in told if one is not None)
