"""The cut sheet: one operation on paper for the theatre, with distances that a surgeon can measure.

Everything on it is read from the plan and from the numbers of its cuts; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from enbloc.case.case import Case
from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.measure.spine.column import Column
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Cut, Plan
from enbloc.plan.sheet.numbers import cut_numbers
from enbloc.plan.sheet.values import ROUNDING, CutNumbers, Wound
from enbloc.plan.solids.planned import Solids
from enbloc.present import words
from enbloc.present.banner import explained
from enbloc.present.counsel import OverrideRow, Rule
from enbloc.present.cut_sheet_drawings import GREYS, SECTIONS, Plates, Scene, plates
from enbloc.present.cut_sheet_views import levels_drawn
from enbloc.present.cut_sheet_words import (
    HEADS,
    PlaceRow,
    by_stretch,
    depth,
    disc_angles,
    disc_heads,
    disc_rows,
    entry_rows,
    mm,
    to_endplate,
    to_midline,
)
from enbloc.present.margins import classes
from enbloc.present.operations import sheet
from enbloc.present.pdf import look, typeset
from enbloc.present.planned import CutRow, NearRow, PlanSheet
from enbloc.present.rules import rule
from enbloc.value import value

_SHEETS = ("setting", "cut_sheet")
FRAME = (
    "Frame of {level}: the midline is its sagittal plane; distances to an endplate are square to it, above is towards "
    "the head; left and right are the patient's."
)
NOT_ASKED = "the stops of the case were not asked"


@value
class Imprint:
    """Where a sheet comes from: the version of enbloc, the day of the record, the fingerprint of the result.

    ``stops`` are those of the case itself; nothing where they were not asked, and then no sheet says that it is ready.
    """

    version: str
    as_of: date | None
    fingerprint: str
    stops: tuple[Statement, ...] | None = None


@value
class CutBlock:
    """One cut in words."""

    number: int
    name: str
    level: str
    entered_from: str
    row: CutRow  # margin, kerf, certificate, probability of entry, what is near
    classes: str
    near: tuple[NearRow, ...]
    to_endplate: str
    to_midline: str
    depth: str
    length: str
    stretches: tuple[str, ...]  # each by itself, then what lies between
    entries: tuple[PlaceRow, ...]
    disc: tuple[PlaceRow, ...]
    disc_heads: tuple[str, ...]
    disc_name: str
    disc_angles: str
    notes: tuple[str, ...]


@value
class CutSheet:
    """Everything that a cut sheet says."""

    title: str
    case: str
    as_of: str
    version: str
    fingerprint: str
    banner: str
    operation: str
    about: str
    levels: str
    side: str
    is_ready: bool
    is_draft: bool
    not_ready: tuple[str, ...]
    stops: tuple[Rule, ...]  # that hold
    open: tuple[str, ...]  # ids of those that cannot be excluded
    overridden: tuple[OverrideRow, ...]
    conditions: tuple[str, ...]
    wound: str
    approach: str
    frame: str
    rounding: str
    plan: PlanSheet
    cuts: tuple[CutBlock, ...]
    heads: tuple[str, ...]
    limits: str

    @property
    def foot(self) -> str:
        """The line at the foot of every page, before the page number."""
        parts = (f"case {self.case}", f"as of {self.as_of}", f"enbloc {self.version}", self.fingerprint[:16])
        return " · ".join(parts)


def wound_of(plan: Plan) -> Wound:
    """The side that the numbers are told from."""
    return Wound.ANTERIOR if plan.operation is Operation.ANTERIOR else Wound.POSTERIOR


def numbers_of(plan: Plan, made: Solids, column: Column) -> tuple[CutNumbers, ...]:
    """The numbers of a plan's cuts from its wound, with the structures that they come near to."""
    clearances = {cut.name: cut.clearances for cut in plan.cuts}
    return cut_numbers(made, column, wound=wound_of(plan), clearances=clearances)


def cut_sheet_pdf(
    plan: Plan, case: Case, *, made: Solids, column: Column, numbers: tuple[CutNumbers, ...], imprint: Imprint
) -> bytes:
    """The cut sheet of a plan that has cuts, as PDF/UA-1; the same plan gives the same bytes.

    ``made`` are its solids and ``numbers`` those of its cuts, in their order.

    Raises
    ------
    RecordError
        If the level that it is drawn about has no frame.
    """
    content = cut_sheet(plan, case, numbers=numbers, imprint=imprint)
    drawn = plates(Scene(made=made, column=column, numbers=numbers, home=column.spine[levels_drawn(plan.levels)]))
    return typeset(_SHEETS, _given(content, drawn))


def _given(content: CutSheet, drawn: Plates) -> dict[str, Any]:
    shown = [
        {"svg": one.picture.svg, "alt": one.picture.alt, "title": one.picture.title}
        | {"width": round(one.width, 2), "under": one.under}
        for one in drawn.plates
    ]
    # The setting of the report reads these of whatever it sets.
    held = asdict(content) | {"foot": content.foot, "extents": []}
    keys = {"scale": drawn.scale, "bar": mm(drawn.bar_mm), "greys": GREYS, "sections": SECTIONS}
    return {"report": held, "drawings": shown, **keys, **look()}


def cut_sheet(plan: Plan, case: Case, *, numbers: Sequence[CutNumbers], imprint: Imprint) -> CutSheet:
    """The words of a cut sheet."""
    as_of = words.day(imprint.as_of or case.stands_at)
    told = sheet(plan, case_stops=imprint.stops or ())
    stops = tuple(dict.fromkeys((*plan.stops, *(imprint.stops or ()))))
    held = [one for one in stops if one.holds is Holds.YES]
    return CutSheet(
        title="Cut sheet",
        case=case.id,
        as_of=as_of,
        version=imprint.version,
        fingerprint=imprint.fingerprint,
        banner=explained(case.origin),
        operation=plan.operation.value,
        about=plan.about,
        levels=words.levels(plan.levels),
        side=plan.side.value.upper() if plan.side else "BOTH SIDES",
        is_ready=told.is_ready and imprint.stops is not None,
        is_draft=plan.is_draft,
        not_ready=tuple(_not_ready(plan, imprint)),
        stops=tuple(rule(one) for one in held),
        open=tuple(dict.fromkeys(one.rule for one in stops if one.holds is not Holds.YES)),
        overridden=told.overridden,
        conditions=plan.conditions,
        wound=_WOUNDS[wound_of(plan)],
        approach=_approach(plan),
        frame=FRAME.format(level=_each_level(numbers)),
        rounding=ROUNDING,
        plan=told,
        cuts=tuple(_blocks(plan, told, numbers)),
        heads=HEADS,
        limits=_limits(plan),
    )


_WOUNDS = {
    Wound.POSTERIOR: "from behind, patient prone",
    Wound.ANTERIOR: "from the front, patient supine",
    Wound.LEFT: "from the left",
    Wound.RIGHT: "from the right",
}


def _not_ready(plan: Plan, imprint: Imprint) -> Iterator[str]:
    if not plan.feasible:
        yield f"NOT FEASIBLE: {'; '.join(plan.reasons)}"
    yield from (one if one.startswith("borderline") else f"borderline: {one}" for one in plan.borderline)
    yield from plan.not_ready
    if imprint.stops is None:
        yield NOT_ASKED


def _approach(plan: Plan) -> str:
    """The way in that the rows prefer, and what is open about it."""
    first = plan.approach.first if plan.approach else None
    if first is None:
        return f"{words.UNKNOWN}: no rule names a way in"
    draft = ", draft: not yet source-checked" if first.is_draft else ""
    is_open = ", cannot be judged yet" if first.holds is Holds.UNKNOWN else ""
    return f"{first.words}{draft}{is_open}"


def _each_level(numbers: Sequence[CutNumbers]) -> str:
    named = list(dict.fromkeys(one.level.value for one in numbers))
    return named[0] if len(named) == 1 else f"the vertebra named with each cut ({words.sentence_list(named)})"


def _limits(plan: Plan) -> str:
    """Where the specimen ends without a blade."""
    count = len(plan.resected.limits) if plan.resected else 0
    if not count:
        return ""
    borders = words.counted(count, "natural border")
    return f"The specimen also ends at {borders} where no blade runs: the edge of the bone, or beyond the tumour."


def _blocks(plan: Plan, told: PlanSheet, numbers: Sequence[CutNumbers]) -> Iterator[CutBlock]:
    for nth, (cut, row, own) in enumerate(zip(plan.cuts, told.cuts, numbers, strict=True), start=1):
        yield _block(nth, cut, row, own)


def _block(number: int, cut: Cut, row: CutRow, own: CutNumbers) -> CutBlock:
    return CutBlock(
        number=number,
        name=cut.name,
        level=own.level.value,
        entered_from=own.entered_from.value,
        row=row,
        classes=classes(cut.margin.classes),
        near=tuple(_shielded(one) for one in row.near),
        to_endplate=to_endplate(own.to_upper_endplate),
        to_midline=to_midline(own.to_midline),
        depth=depth(own),
        length=mm(own.length_mm),
        stretches=by_stretch(own),
        entries=tuple(entry_rows(own)),
        disc=tuple(disc_rows(own.disc)) if own.disc else (),
        disc_heads=disc_heads(own.disc) if own.disc else (),
        disc_name=_disc_name(own),
        disc_angles=disc_angles(own.disc) if own.disc else "",
        notes=own.notes,
    )


def _shielded(one: NearRow) -> NearRow:
    """A structure that is held away is loud in theatre: the number holds only while it is."""
    if not one.said.endswith("held away"):
        return one
    return NearRow(structure=one.structure, said=one.said.replace("held away", "SHIELDED"), degree=Degree.CAUTION)


def _disc_name(own: CutNumbers) -> str:
    if own.disc is None:
        return ""
    ends = (own.disc.upper, own.disc.lower)
    return "/".join(level.value if level else "next level" for level in ends)
