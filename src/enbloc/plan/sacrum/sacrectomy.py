"""En bloc sacrectomy: the levels at which the sacrum can be divided above a tumour, the most sparing first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enbloc.case.anatomy import SAC, Level, Side, Structure, StructureKind
from enbloc.case.finding import Interval
from enbloc.case.sided import Root, root
from enbloc.decide.roots import expected
from enbloc.errors import RecordError
from enbloc.plan.anatomy import SACRAL, SIGNS
from enbloc.plan.approach import Approaches, approaches
from enbloc.plan.cutting.bone import bone_of
from enbloc.plan.cutting.certificate import Certified, NoCut
from enbloc.plan.cutting.several import Cuts
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.price.roots import BY_LABEL
from enbloc.plan.rounding import tenth_down
from enbloc.plan.sacrum.anatomy import SEGMENTS, sacrum_of
from enbloc.plan.sacrum.cuts import Dividing
from enbloc.plan.sacrum.reading import NO_ILIUM, Reading, facts_of, said_of
from enbloc.plan.sacrum.rows import Extent, NoSacrectomy, Sacrectomy, Transection

WHOLE = Structure(kind=StructureKind.SACRUM)
LUMBAR = (Level.L5, Level.L6)
BOTH = tuple(Side)
OF_SIDE = {Side.LEFT: Extent.LEFT, Side.RIGHT: Extent.RIGHT}


def sacrectomy(field: Field, *, margin_mm: float) -> Sacrectomy | NoSacrectomy:
    """The levels at which the sacrum can be divided with a margin about the tumour of a field, or why there is none.

    The first row loses fewest roots of all planes of the cone that keep the margin: for each root, whether a plane
    spares it is searched and proved. Then come an oblique cut that keeps one root more on one side, the higher disc
    remnants, the whole sacrum, and the left or right half where the tumour lies on one side of the middle.

    Raises
    ------
    RecordError
        If the margin is negative or not a number, or the segments are drawn in different label maps.
    """
    if not (math.isfinite(margin_mm) and margin_mm >= 0):
        raise RecordError(f"A margin of {margin_mm:g} mm cannot be planned.", remedy="Give 0 or more.")
    why = _why_not(field)
    if why is not None:
        return why
    levels = tuple(level for level in (*SEGMENTS, Level.CO) if level in field.images.levels)
    sacrum = sacrum_of(field.images, field.bone(levels), levels)
    dividing = Dividing(sacrum=sacrum, outline=field.outline, margin_mm=margin_mm)
    return Answering(field=field, dividing=dividing, excluded=[]).answer()


def _why_not(field: Field) -> NoSacrectomy | None:
    """Why the levels of the sacrum cannot be worked out at all."""
    about, present = field.lesion.id, set(field.images.levels)
    held = set(field.levels or field.lesion.levels)
    if not held & SACRAL:
        words = "where the tumour lies is not known" if not held else "the tumour does not lie in the sacrum"
        return NoSacrectomy(about=about, reason=f"No sacrectomy: {words}.", remedy="Check the levels of the lesion.")
    if not field.is_drawn:
        return NoSacrectomy(about=about, reason="The tumour is not labelled.", remedy="Label it.")
    lumbar = _reached(field)
    if lumbar:
        reason = f"The tumour reaches {lumbar}: this is another operation, with a resection of {lumbar}."
        return NoSacrectomy(about=about, reason=reason, remedy="Plan it with the surgeons of spine and pelvis.")
    lacking = ", ".join(str(level) for level in SEGMENTS if level not in present)
    if lacking:
        whole = field.images.map_of(WHOLE) is not None
        reason = "The sacrum is labelled as one, so that its levels are not known." if whole else ""
        reason = reason or f"The levels of the sacrum are not all labelled: {lacking} is missing."
        return NoSacrectomy(about=about, reason=reason, remedy="Label S1 to S5, each as a vertebra of its own.")
    return None


def _reached(field: Field) -> str:
    """The lowest lumbar levels that hold tumour, in words; empty if none."""
    stated = set(field.levels or field.lesion.levels)
    held = [level for level in tuple(Level)[: list(Level).index(Level.S1)] if level in stated]
    for level in LUMBAR:
        drawn = level in field.images.levels and level not in held
        if drawn and field.is_drawn and bone_of(field.images, (level,), field.lesion.id).ill.any():
            held.append(level)
    return " and ".join(map(str, held))


@dataclass(kw_only=True)
class Answering:
    """The rows for one field while they are gathered, with what is excluded."""

    field: Field
    dividing: Dividing
    excluded: list[str]

    def answer(self) -> Sacrectomy | NoSacrectomy:
        """All rows, or that there is none."""
        rows = [*self._across(), *self._higher(), *self._halves()]
        if not rows:
            reason = f"No plane divides the sacrum with a margin of {self.dividing.margin_mm:g} mm."
            remedy = f"{' '.join(self.excluded)} Ask for a smaller margin, or plan another operation."
            return NoSacrectomy(about=self.field.lesion.id, reason=reason, remedy=remedy.strip())
        return Sacrectomy(
            about=self.field.lesion.id,
            margin_mm=self.dividing.margin_mm,
            rows=tuple(sorted(_once(rows), key=lambda row: (len(row.lost), row.healthy_cc, row.extent.value))),
            approaches=self._approaches(),
            excluded=tuple(self.excluded),
            not_known=tuple(self._not_known()),
        )

    # --- across the sacrum --------------------------------------------------------------------------------------------
    def _across(self) -> Iterator[Transection]:
        """The cut that takes least bone, the one that spares most roots, and one that spares one more on one side."""
        tight = self.dividing.tight
        if isinstance(tight, NoCut):
            self.excluded.append(f"{tight.reason}.")
            return
        held = self._spared(tight)
        best: Certified = tight
        if not self._is_total(tight):
            yield self._row((tight,), Extent.ACROSS)
        while held < len(SEGMENTS):
            found = self._sparing(held, BOTH)
            if found is None:
                break
            best, held = found, max(self._spared(found), held + 1)
        if best is not tight and not self._is_total(best):
            yield self._row((best,), Extent.ACROSS)
        for side in BOTH:
            oblique = self._oblique(held, side)
            if oblique is not None and not self._is_total(oblique):
                yield self._row((oblique,), Extent.ACROSS)

    def _oblique(self, held: int, side: Side) -> Certified | None:
        """The best cut that spares most roots on one side below those ``held`` on both; nothing if it spares none."""
        best = None
        for further in range(held, len(SEGMENTS)):
            found = self._sparing(held, (side,), further)
            if found is None:
                break
            best = found
        return best

    def _sparing(self, held: int, sides: Sequence[Side], last: int | None = None) -> Certified | None:
        """The best cut that spares those ``held`` on both sides, and on these down to ``last``; or nothing."""
        above = [root(str(level), side) for level in SEGMENTS[:held] for side in BOTH]
        lower = SEGMENTS[held : (held if last is None else last) + 1]
        wanted = [root(str(level), side) for level in lower for side in sides]
        found = self.dividing.sparing([*above, *wanted])
        if isinstance(found, NoCut):
            return None
        gone = {one.root for one in self._reading((found,)).lost}
        return None if gone & set(wanted) else found

    def _spared(self, cut: Certified) -> int:
        """How many roots, counted from S1 down, a cut spares on both sides."""
        gone = {one.root.nerve for one in self._reading((cut,)).lost}
        return next((at for at, level in enumerate(SEGMENTS) if str(level) in gone), len(SEGMENTS))

    def _is_total(self, cut: Certified) -> bool:
        """Whether a cut leaves nothing of the first segment."""
        beyond = self._reading((cut,)).beyond_mm(self.dividing.sacrum.part(0))
        return not bool((beyond > 0.0).any())

    # --- higher -------------------------------------------------------------------------------------------------------
    def _higher(self) -> Iterator[Transection]:
        """The cuts that take a segment and all below it whole, from the lowest that keeps the margin to all."""
        for rank in reversed(range(len(SEGMENTS))):
            row, where = self._below(rank), self._above(rank)
            if not isinstance(row, str):
                yield row
            elif row != where:  # otherwise the cut that takes least bone runs there
                self.excluded.append(f"{where}: with the margin the cut runs through {row}.")

    def _above(self, rank: int) -> str:
        """What a cut above a segment runs through."""
        return f"the disc remnant {SEGMENTS[rank - 1]}/{SEGMENTS[rank]}" if rank else "the disc above S1"

    def _below(self, rank: int) -> Transection | str:
        """The cut above a segment that is taken whole; or what it would run through instead."""
        tight = self.dividing.tight
        if isinstance(tight, NoCut):
            return "nothing: none was found"
        lowest = self._reading((tight,))
        if rank and not (lowest.beyond_mm(self.dividing.sacrum.part(rank)) > 0.0).any():
            return lowest.through
        found = self.dividing.below(rank)
        if isinstance(found, NoCut):
            return "nothing: none was found"
        row = self._row((found,), Extent.TOTAL if self._is_total(found) else Extent.ACROSS)
        return row if not rank or row.through == self._above(rank) else row.through

    # --- one half -----------------------------------------------------------------------------------------------------
    def _halves(self) -> Iterator[Transection]:
        for side in BOTH:
            found = self._half(side)
            if isinstance(found, str):
                self.excluded.append(f"{OF_SIDE[side].value}: {found}.")
            else:
                yield found

    def _half(self, side: Side) -> Transection | str:
        """The half of one side, or why it cannot be taken alone."""
        way = -SIGNS[side] * self.dividing.sacrum.left
        reach = float(self.dividing.outline.reach_mm(way[None])[0][0]) + SIGNS[side] * self.dividing.sacrum.middle_mm
        if reach > 0.0:
            return f"the tumour reaches {reach:.1f} mm over the middle"
        found = self._most_sparing(side)
        if found is None:
            return "no cut beside the tumour keeps the margin and the other half"
        reading = self._reading(found.cuts)
        if any(one.root.side is not side for one in reading.lost):
            return "the cut takes roots of the other side too"
        return self._row(found.cuts, OF_SIDE[side], found)

    def _most_sparing(self, side: Side) -> Cuts | None:
        """The two cuts that spare most roots of their side from S1 down, and among those take least bone."""
        best, held = self.dividing.beside(side), 0
        while isinstance(best, Cuts) and held < len(SEGMENTS):
            gone = {one.root for one in self._reading(best.cuts).lost}
            mine = [root(str(level), side) for level in SEGMENTS]
            held = next((at for at, one in enumerate(mine) if one in gone), len(SEGMENTS))
            found = self.dividing.beside(side, mine[: held + 1]) if held < len(SEGMENTS) else ()
            if not isinstance(found, Cuts) or mine[held] in {one.root for one in self._reading(found.cuts).lost}:
                break
            best = found
        return best if isinstance(best, Cuts) else None

    # --- a row --------------------------------------------------------------------------------------------------------
    def _reading(self, cuts: tuple[Certified, ...]) -> Reading:
        return Reading(dividing=self.dividing, cuts=cuts)

    def _row(self, cuts: tuple[Certified, ...], extent: Extent, both: Cuts | None = None) -> Transection:
        reading, price = self._reading(cuts), both or cuts[0]
        findings = facts_of(reading.lost, reading.cut_high, self.field.lesion.id)
        least = min(cuts, key=lambda cut: cut.margin_mm)
        roots = tuple(one.root for one in reading.lost)
        return Transection(
            name=_name(extent, reading.through),
            extent=extent,
            through=reading.through,
            cuts=cuts,
            margin_mm=tenth_down(least.margin_mm),
            margin_interval=Interval(low=least.margin_interval.low, high=least.margin_interval.high),
            healthy_cc=price.value_cc,
            healthy_interval=price.value_interval,
            lower_cc=price.lower_cc,
            is_proved=price.is_proved,
            lost=reading.lost,
            spared=reading.spared,
            cut_high=reading.cut_high,
            divides_sac=reading.divides_sac,
            function=expected(roots) if roots else "No root of S1 to S5 is cut.",
            rules=said_of(self.field, findings, self.dividing.sacrum.levels),
            notes=tuple(self._notes(reading, extent)),
        )

    def _notes(self, reading: Reading, extent: Extent) -> Iterator[str]:
        if extent is Extent.TOTAL:
            yield from self._beside_l5(reading)
        if reading.cut_high is None:
            yield "Whether the cut goes above the lower half of S1 hangs on half a voxel."
        if reading.divides_sac:
            yield "The thecal sac reaches below the cut: it is tied off above it."

    def _beside_l5(self, reading: Reading) -> Iterator[str]:
        """How much of the vertebra above the sacrum the endless sheet of a cut above S1 would take."""
        above = [level for level in reversed(LUMBAR) if level in self.field.images.levels]
        if not above:
            yield "L5 is not labelled: whether the cut above S1 stays clear of it is not known."
            return
        bone = bone_of(self.field.images, above[:1], self.field.lesion.id)
        taken = int((reading.beyond_mm(bone.points_mm) <= 0.0).sum()) * bone.grid.voxel_cc
        if taken > 0:
            words = "whether the margin can be kept without it, through disc and joints, is for the surgeon to judge"
            yield f"The sheet of the cut would take {taken:.1f} cc of {above[0]}: {words}."

    def _approaches(self) -> Approaches:
        one = self.field
        return approaches(
            Operation.SACRECTOMY,
            one.lesion,
            case=one.case,
            findings=one.findings,
            scored=one.scores,
            circumstances=one.circumstances,
        )

    def _not_known(self) -> Iterator[str]:
        yield f"Sacroiliac joints: {NO_ILIUM}."
        yield "The margin is that of the cuts in bone; soft tissue in front, beside and behind is not looked at."
        if self.field.images.map_of(SAC) is None:
            yield "The thecal sac is not labelled: whether it reaches below a cut is not known."
        yield "A root is told by where it leaves the sacrum; not its course in front of it, nor the coccygeal root."
        if any(one.basis != BY_LABEL for one in self.dividing.sacrum.exits.values()):
            yield "Roots without a label are told by the borders of the segments, not seen."


def _name(extent: Extent, through: str) -> str:
    return extent.value if extent is Extent.TOTAL else f"{extent.value}, through {through}"


def _once(rows: Sequence[Transection]) -> list[Transection]:
    """Each level once, with the row that removes least bone for the same roots."""
    held: dict[tuple[str, tuple[Root, ...]], Transection] = {}
    for row in rows:
        key = (row.name, tuple(one.root for one in row.lost))
        if key not in held or row.healthy_cc < held[key].healthy_cc:
            held[key] = row
    return list(held.values())
