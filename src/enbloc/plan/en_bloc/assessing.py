"""What given cuts amount to: margin, risk, price and way out; nothing is searched, so a dragged cut is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import CORD
from enbloc.case.finding import Findings, Interval, measured
from enbloc.case.geometry import Plane, Pose, triple
from enbloc.measure.answers import Answer, gathered
from enbloc.plan.anatomy import GREAT_VESSELS
from enbloc.plan.cutting.certificate import Certified, Clearance
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.plane import Asked
from enbloc.plan.cutting.roles import FixedCut, KeepAway, Role
from enbloc.plan.cutting.several import Cuts
from enbloc.plan.delivery.delivery import Delivery, Outcome
from enbloc.plan.delivery.of_case import Keeping, delivery_of
from enbloc.plan.en_bloc.crossing import Entered, entered
from enbloc.plan.en_bloc.freeing import Freed
from enbloc.plan.en_bloc.parameters import WAY_OUT_AWAY, YIELDS
from enbloc.plan.en_bloc.template import Template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field, outline_error_mm
from enbloc.plan.margin.classes import Appropriateness, appropriateness
from enbloc.plan.margin.execution import Errors, SpecimenRisk, risk_of
from enbloc.plan.margin.map import MarginMap, margin_map
from enbloc.plan.margin.surface import bounding
from enbloc.plan.price.facts import facts_of
from enbloc.plan.price.price import Price, price_of
from enbloc.plan.proposal import Cut, Proof, Resected
from enbloc.plan.rounding import cc_down, cc_up

METHOD = "the nearest point of the tumour's surface to any blade"
KEEPING = Keeping(
    # The specimen lies against dura, roots and vessels: they are dissected off it, and it slides along them.
    clearance_mm=0.0,
    yields_mm=YIELDS.number,
    other=(KeepAway(structure=CORD, at_least_mm=WAY_OUT_AWAY.number),),
)
HELD_AWAY = replace(
    KEEPING,
    other=(*KEEPING.other, *(KeepAway(structure=one, at_least_mm=0.0, is_shielded=True) for one in GREAT_VESSELS)),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Assessed:
    """Everything that given cuts of one operation amount to, each part reckoned when first asked."""

    field: Field
    template: Template
    wishes: Wishes
    freed: Freed

    @cached_property
    def piece(self) -> Piece:
        """The specimen."""
        return Piece(name=self.template.name, cuts=self.freed.cuts, limits=self.template.limits)

    @property
    def pose(self) -> Pose:
        """The frame of the middle one of the resected vertebrae: it says which face is which."""
        levels = self.template.levels
        return self.field.column.spine[levels[len(levels) // 2]].pose

    @cached_property
    def margins(self) -> MarginMap:
        """The margin, point by point."""
        barriers = bounding(self.field.barriers, self.piece)
        return margin_map(self.field.surface, self.freed.cuts, barriers, frame=self.pose, error_mm=self.error_mm)

    @cached_property
    def price(self) -> Price:
        """What the specimen and the way in take."""
        field = self.field
        return price_of(
            (self.piece,), field.column, field.lesion.id, openings=self.template.openings, images=field.images
        )

    @cached_property
    def delivery(self) -> Delivery:
        """Whether the specimen can leave; where vessels stand in every way, whether it can while they are held away."""
        found = self._way_out(KEEPING, tells_why=False)
        return found if found.outcome is Outcome.FREE else self._way_out(HELD_AWAY, tells_why=True)

    def _way_out(self, keeping: Keeping, *, tells_why: bool) -> Delivery:
        return delivery_of(
            self.piece,
            self.field.column,
            self.field.lesion.id,
            price=self.price,
            keeping=keeping,
            ways=self.template.ways,
            tells_why=tells_why,
        )

    @cached_property
    def risks(self) -> tuple[SpecimenRisk, ...]:
        """How likely the tumour is entered, for each way of cutting."""
        segmentation, registration = self._errors
        return tuple(
            risk_of(
                self.freed.cuts,
                self.field.outline,
                Errors(execution=method, segmentation_mm=segmentation, registration_mm=registration),
            )
            for method in self.wishes.methods
        )

    @property
    def error_mm(self) -> float:
        """What a recorded error adds to every interval of the margin, mm."""
        return outline_error_mm(self.field.findings, self.field.lesion.id)

    @property
    def _errors(self) -> tuple[float | None, float | None]:
        """Segmentation and registration as they are recorded, mm."""
        known, lesion = self.field.findings, self.field.lesion.id
        return known.value(fact.SEGMENTATION_ERROR, lesion), known.value(fact.REGISTRATION_ERROR, lesion)

    @cached_property
    def facts(self) -> Findings:
        """The facts of the plan, for the rules."""
        lesion, cuts = self.field.lesion.id, [one.margin for one in self.margins.bounds if one.is_cut]
        nearest = min(cuts, key=lambda margin: margin.mm)
        low = min(margin.interval.low for margin in cuts)
        labelled = all(face.mm is not None for face in self.margins.faces)
        own: list[Answer] = [
            measured(
                fact.CUT_TO_TUMOUR,
                lesion,
                nearest.mm,
                low=low,
                high=min(margin.interval.high for margin in cuts),
                place=nearest.barrier,
                document="plan",
                method=METHOD,
            )
        ]
        if labelled:
            own.append(measured(fact.FACES_LABELLED, lesion, True, document="plan", method="margin of each face"))
        return facts_of(self.price, lesion) | gathered(own)

    def resected(self) -> Resected:
        """All of it as plain values."""
        found = self.margins
        return Resected(
            asked_mm=float(self.wishes.margin_mm),
            cuts=tuple(self._cuts()),
            limits=self.template.limits,
            proof=_proof(self.freed.found),
            margin=found.overall.margin,
            bounds=found.bounds,
            faces=found.faces,
            classes=found.classes,
            fifth_mm=found.overall.fifth_mm,
            not_known=found.not_known,
            judged=self.judged,
            risks=self.risks,
            delivery=self.delivery,
        )

    @property
    def judged(self) -> tuple[Appropriateness, ...]:
        """The predicted class against the stage; nothing for a tumour that is not staged so."""
        if not self.field.stages:
            return ()
        return appropriateness(self.margins.classes, self.field.stages, about=self.field.lesion.id)

    @property
    def searched(self) -> dict[str, Certified]:
        """The cuts that were searched, by their names; the others a person placed."""
        return {one.role.name: one for one in self.freed.searched}

    def _cuts(self) -> Iterator[Cut]:
        searched = self.searched
        margins = {one.name: one.margin for one in self.margins.bounds if one.is_cut}
        for cut in self.freed.cuts:
            by = searched.get(cut.name)
            yield Cut(
                name=cut.name,
                plane=cut.plane,
                own=own_plane(cut.plane, self.pose),
                kerf_mm=cut.kerf_mm,
                within=cut.within,
                margin=margins[cut.name],
                is_placed=by is None,
                proof=str(by) if by else "",
                clearances=self._beside(cut.name, by.clearances) if by else self.clearances_of(cut),
            )

    @cached_property
    def entered(self) -> Entered:
        """What of cord and dura the blades run through between the bones."""
        return entered(self.field, self.template, self.freed.cuts)

    def _beside(self, name: str, those: Iterable[Clearance]) -> tuple[Clearance, ...]:
        """The distances of a cut, with none left to what its blade runs through."""
        through = self.entered.get(name, ())
        return tuple(replace(one, mm=0.0) if one.structure in through else one for one in those)

    def clearances_of(self, cut: FixedCut) -> tuple[Clearance, ...]:
        """How near a cut that a person placed comes to what the searched ones keep away from."""
        away = tuple(dict.fromkeys(one for role in self.template.roles for one in role.keep_away))
        bone = self.field.bone(self.field.around)
        normal = np.array(cut.plane.normal)
        asked = Asked(
            bone=bone,
            tumour=self.field.outline,
            role=Role(name=cut.name, cone=_just(cut), kerf_mm=cut.kerf_mm, keep_away=away, within=cut.within),
            margin_mm=0.0,
            keep_out=self.field.keep_out(bone, [one.structure for one in away]),
        )
        far_mm = float(normal @ np.array(cut.plane.point_mm)) + cut.kerf_mm / 2
        return self._beside(cut.name, asked.clearances(normal, far_mm))


def _just(cut: FixedCut) -> Cone:
    return Cone(axis=cut.plane.normal, half_angle=0.0)


def own_plane(plane: Plane, pose: Pose) -> Plane:
    """A plane of the patient in the frame of a vertebra."""
    point = (np.array(plane.point_mm) - pose.origin) @ pose.rotation
    normal = np.array(plane.normal) @ pose.rotation
    return Plane(point_mm=triple(np.round(point, 3) + 0.0), normal=triple(np.round(normal, 6) + 0.0), frame=pose.child)


def _proof(found: Cuts | None) -> Proof | None:
    """The certificate in numbers that a file holds: what is taken is rounded up, what must be taken down."""
    if found is None:
        return None
    low, high = found.value_interval.low, found.value_interval.high
    return Proof(
        value_cc=cc_up(found.value_cc),
        interval=Interval(low=cc_down(low), high=cc_up(high)),
        lower_cc=cc_down(found.lower_cc),
        gap_cc=cc_up(found.gap_cc),
        tolerance_cc=found.effort.tolerance_cc,
        is_proved=found.is_proved,
        planes=found.evaluations,
        words=str(found),
    )
