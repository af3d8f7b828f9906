"""Cut sheets of two made operations: a whole vertebra between four cuts, and one side of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pypdfium2

from enbloc.case.anatomy import Side
from enbloc.case.geometry import Plane
from enbloc.decide.decision import Statement
from enbloc.measure.spine.column import Column
from enbloc.phantom import in_pedicle
from enbloc.plan import Operation, Plan, Wishes
from enbloc.plan.field import Field
from enbloc.plan.planning import plans
from enbloc.plan.sheet.values import CutNumbers
from enbloc.plan.solids.planned import Solids, planned_solids
from enbloc.present.cut_sheet import CutSheet, Imprint, cut_sheet, cut_sheet_pdf, numbers_of
from enbloc.present.cut_sheet_drawings import Scene
from tests.plan.en_bloc import phantoms as made

FINGERPRINT = "5a" * 32


def imprint(stops: tuple[Statement, ...] | None = ()) -> Imprint:
    return Imprint(version="0.1", as_of=date(2026, 11, 20), fingerprint=FINGERPRINT, stops=stops)


@dataclass(frozen=True, eq=False, kw_only=True)
class Made:
    """A plan with everything that its sheet is made from."""

    field: Field
    plan: Plan
    solids: Solids

    @property
    def column(self) -> Column:
        return self.field.column

    @property
    def numbers(self) -> tuple[CutNumbers, ...]:
        return numbers_of(self.plan, self.solids, self.column)

    @property
    def scene(self) -> Scene:
        home = self.column.spine[self.plan.levels[0]]
        return Scene(made=self.solids, column=self.column, numbers=self.numbers, home=home)

    def words(self, plan: Plan | None = None, *, stops: tuple[Statement, ...] | None = ()) -> CutSheet:
        return cut_sheet(plan or self.plan, self.field.case, numbers=self.numbers, imprint=imprint(stops))

    def paper(self, plan: Plan | None = None, *, stops: tuple[Statement, ...] | None = ()) -> bytes:
        return cut_sheet_pdf(
            plan or self.plan,
            self.field.case,
            made=self.solids,
            column=self.column,
            numbers=self.numbers,
            imprint=imprint(stops),
        )


@cache
def vertebrectomy() -> Made:
    """A tumour in the body of T8."""
    return _made(made.field("body"), Operation.VERTEBRECTOMY)


@cache
def sagittal(*, mirrored: bool = False) -> Made:
    """A tumour in the left pedicle and lamina of T8, or its mirror image with the mirror image of its plan."""
    given = made.recipe(made.lateral(Side.LEFT), in_pedicle(made.T8, Side.LEFT))
    if not mirrored:
        return _made(made.field_of(given), Operation.SAGITTAL)
    return _shaped(made.field_of(given.mirrored), _mirrored(sagittal().plan))


def _mirrored(plan: Plan) -> Plan:
    """The same cuts for the mirror image of a patient: another search may find another plane that is as good."""
    assert plan.resected is not None
    cuts = tuple(replace(cut, plane=_turned(cut.plane)) for cut in plan.cuts)
    limits = tuple(_turned(plane) for plane in plan.resected.limits)
    return replace(plan, side=Side.RIGHT, resected=replace(plan.resected, cuts=cuts, limits=limits))


def _turned(plane: Plane) -> Plane:
    (x, y, z), (a, b, c) = plane.point_mm, plane.normal
    return Plane(point_mm=(-x, y, z), normal=(-a, b, c))


def _made(field: Field, operation: Operation) -> Made:
    (plan,) = plans(field, Wishes(operations=(operation,)))
    return _shaped(field, plan)


def _shaped(field: Field, plan: Plan) -> Made:
    assert plan.resected is not None
    solids = planned_solids(
        field.column,
        field.around,
        plan.about,
        (plan.resected.piece(plan.id),),
        involved=plan.levels,
        openings=plan.openings,
    )
    return Made(field=field, plan=plan, solids=solids)


def printed(paper: bytes) -> list[str]:
    """The text of each page, its lines joined."""
    with pypdfium2.PdfDocument(paper) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
