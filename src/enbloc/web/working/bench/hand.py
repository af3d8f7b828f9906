"""A cut in the hand: what it amounts to wherever it is, at once, and the plan made anew when it is let go."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column, column_of
from enbloc.plan.en_bloc.dragging import Dragged, Dragging
from enbloc.plan.en_bloc.freeing import Freed
from enbloc.plan.en_bloc.placing import PlacedCut
from enbloc.plan.en_bloc.resection import begun_as
from enbloc.plan.en_bloc.template import LAID_OUT, template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from enbloc.plan.solids.bone import BoneSolid, bone_solid
from enbloc.plan.solids.tumour import TumourSurface, tumour_surface
from enbloc.web.bench_plan_nouns import Held, HoldWish, Moved, MoveWish
from enbloc.web.working.bench import plan_words
from enbloc.web.working.bench.measured import Measuring
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.planning import Planned, Planning
from enbloc.workup.planned import as_ruled

NOT_HELD = RecordError("This cut is not in the hand.", remedy="Take it in hand first.")


@dataclass(eq=False, kw_only=True)
class Lesion:
    """What the operations on one lesion share while its labels stay as they are."""

    field: Field

    @cached_property
    def bone(self) -> BoneSolid:
        """The bone around it as a closed solid."""
        return bone_solid(self.field.column, self.field.around, self.field.lesion.id)

    @cached_property
    def surface(self) -> TumourSurface:
        """Its surface as a mesh."""
        return tumour_surface(self.field.images, self.field.lesion.id)

    @cached_property
    def nearest(self) -> NDArray[np.intp]:
        """Of each vertex of the mesh the point of the surface that its margin is told at."""
        from scipy.spatial import cKDTree

        _, found = cKDTree(self.field.surface.points_mm).query(self.surface.mesh.points.astype(np.float64))
        return np.asarray(found, np.intp)

    def map(self, mm: NDArray[np.float64]) -> NDArray[np.float32]:
        """A margin at every vertex of the mesh."""
        return mm[self.nearest].astype(np.float32)


@dataclass(eq=False)
class Hand:
    """What is in the hand, and what is kept for the next cut; ``seq`` is the edit that all of it holds for."""

    seq: int = -1
    held: Dragging | None = None
    operation: str = ""
    cut: str = ""
    lesions: dict[str, Lesion] = field(default_factory=dict)
    _column: Column | None = None

    def let_go(self) -> None:
        """Nothing is in the hand; what is known of the lesions stays."""
        self.held, self.operation, self.cut = None, "", ""

    def lesion(self, id: str, case: Opened, found: Planned, measuring: Measuring) -> Lesion:
        """A lesion with its field."""
        if self.seq != case.seq:
            self.seq, self.held, self._column = case.seq, None, None
            self.lesions.clear()
        if id not in self.lesions:
            self.lesions[id] = Lesion(
                field=Field(
                    case=found.held.case,
                    lesion=found.held.case.lesion(id),
                    images=case.images,
                    findings=found.held.findings,
                    column=self._of(case, measuring),
                    scores=found.held.every,
                    circumstances=found.held.known,
                )
            )
        return self.lesions[id]

    def _of(self, case: Opened, measuring: Measuring) -> Column:
        """The column that plans are made with: as the labels have it."""
        if self._column is None:
            known = measuring.column
            self._column = known if known is not None and not known.hollowed else column_of(case.images)
        return self._column

    def hold(self, id: str, wish: HoldWish, case: Opened, planning: Planning, measuring: Measuring) -> Held:
        """Take a cut in hand.

        Raises
        ------
        RecordError
            If the operation has no cut of this name, or is none whose cuts can be moved.
        """
        began = time.monotonic()
        plan = planning.plan(id, case)
        assert planning.found is not None
        if not plan.cuts or plan.resected is None or plan.operation not in LAID_OUT:
            raise RecordError(f"{plan.id} has no cuts that can be moved.", remedy="Choose another operation.")
        about = self.lesion(plan.about, case, planning.found, measuring)
        if self.operation != id or self.held is None:
            self.held = _dragging(plan, about)
            self.operation = id
        self.held.hold(wish.cut)
        self.cut = wish.cut
        vertices = len(about.nearest)
        return Held(
            cut=wish.cut,
            mesh=f"tumour {plan.about}",
            vertices=vertices,
            took_ms=round(1000 * (time.monotonic() - began)),
        )

    def move(self, id: str, wish: MoveWish, case: Opened, planning: Planning) -> Moved:
        """What the cuts amount to with one of them moved.

        Raises
        ------
        RecordError
            If that cut is not in the hand, the labels were edited since, or the plane has no direction.
        """
        began = time.monotonic()
        if self.held is None or planning.found is None or (self.operation, self.cut) != (id, wish.cut):
            raise NOT_HELD
        planning.plan(id, case)
        plane = Plane(point_mm=wish.point_mm, normal=_unit(wish))
        dragged = self.held.moved(wish.cut, plane)
        about = self.lesions[self.held.field.lesion.id]
        plan = _anew(self.held, dragged) if wish.is_last else dragged.plan
        assert plan is not None, "the plan that is held was given"
        plan = as_ruled(plan, planning.found.held)
        if wish.is_last:
            planning.keep(id, plan)
            self.held = self.held.let_go(dragged)
        mm = base64.b64encode(about.map(dragged.margins.mm).astype("<f4").tobytes()).decode()
        return _moved(
            wish,
            dragged,
            plan,
            planning.found,
            begun=begun_as(self.held.template, self.held.field).reasons,
            mm=mm,
            took_ms=round(1000 * (time.monotonic() - began)),
        )


def _unit(wish: MoveWish) -> tuple[float, float, float]:
    PlacedCut(name=wish.cut, point_mm=wish.point_mm, normal=wish.normal)  # refuses what has no direction
    a, b, c = (float(each) for each in np.array(wish.normal) / np.linalg.norm(wish.normal))
    return (a, b, c)


def _dragging(plan: Plan, about: Lesion) -> Dragging:
    laid_out = template(plan.operation, about.field)
    return Dragging(
        field=about.field,
        template=laid_out,
        wishes=Wishes(),
        freed=Freed(cuts=tuple(cut.placed for cut in plan.cuts)),
        before=plan.resected,
    )


def _anew(held: Dragging, dragged: Dragged) -> Plan:
    """The plan made anew with these cuts: nothing of it is from before."""
    placed = tuple(
        PlacedCut(name=cut.name, point_mm=cut.plane.point_mm, normal=cut.plane.normal, kerf_mm=cut.kerf_mm)
        for cut in dragged.cuts
    )
    (made,) = plans(held.field, Wishes(operations=(held.template.operation,), placed=placed))
    return made


def _moved(
    wish: MoveWish, dragged: Dragged, plan: Plan, found: Planned, *, begun: tuple[str, ...], mm: str, took_ms: int
) -> Moved:
    one = next((each for each in plan.cuts if each.name == wish.cut), None)
    resected = plan.resected
    return Moved(
        seq=wish.seq,
        is_overtaken=False,
        cut=plan_words.cut(one) if one else None,
        margin=plan_words.margin(plan.margin) if plan.margin else None,
        classes=tuple(each.value for each in resected.classes) if resected else (),
        judged=plan_words.judged(plan),
        price=plan_words.price(plan),
        risks=plan_words.risks(dragged.risks),
        clearances=tuple(plan_words.clearance(each) for each in dragged.clearances),
        feasible=plan.feasible,
        is_ready=plan.is_ready and not found.stops,
        against=tuple(each for each in plan.reasons if each not in begun) if not plan.feasible else (),
        not_ready=tuple(plan_words.not_ready(plan, found.stops)),
        stops=plan_words.stops(plan),
        not_looked_at=() if wish.is_last else dragged.not_looked_at,
        map=mm,
        took_ms=took_ms,
    )
