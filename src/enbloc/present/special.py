"""What an operation of its own kind tells: decompression, piecemeal removal, laminae, exposure, the sacrum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enbloc.case.answer import Answer, Unknown
from enbloc.case.fact import Unit
from enbloc.case.finding import Interval
from enbloc.decide.decision import Degree
from enbloc.plan.cutting.certificate import said as certificate
from enbloc.plan.decompression.decompression import Decompression, Nearest, PartInTheWay, Separation, Within
from enbloc.plan.laminae.exposure import Exposure
from enbloc.plan.laminae.laminectomy import Laminectomy
from enbloc.plan.proposal import Plan
from enbloc.plan.removal.told import Reached, Removal
from enbloc.plan.sacrum.rows import Sacrectomy, Transection
from enbloc.plan.volume import Volume
from enbloc.present import words
from enbloc.present.planned import Block, Line
from enbloc.present.prices import NONE, cc, cc_left, left_between, sides, unknown

NO_SACRAL_ROOT = "no root of S1 to S5"
_REMAINS = 4
_LEAST_CC = 0.05  # what reads as 0.0 cc at its most


def special_blocks(plan: Plan) -> Iterator[Block]:
    """The blocks of an operation that is not told by its cuts alone; none for one that is."""
    if plan.decompression is not None:
        yield Block(
            title="Decompression", lines=tuple(_decompression(plan.decompression)), note=_dura(plan.decompression)
        )
    if plan.removal is not None and plan.removal.single:
        yield Block(title="What a straight instrument reaches", lines=tuple(_removal(plan.removal)))
    if plan.laminectomy is not None:
        yield Block(title="Laminae opened", lines=tuple(_laminectomy(plan.laminectomy)))
    if plan.exposure is not None:
        yield Block(title="Exposure within the dura", lines=tuple(_exposure(plan.exposure)))
    if plan.sacrectomy is not None:
        yield Block(title="Levels at which the sacrum can be divided", lines=tuple(_levels(plan.sacrectomy)))


def amount(one: Volume | Unknown) -> str:
    """A volume with its interval, or what would tell it."""
    if isinstance(one, Unknown):
        return f"{words.UNKNOWN}: {_asks(one)}"
    return f"{cc(one.cc)} ({words.interval(one.interval, Unit.CC)})"


def _left(one: Volume | Unknown) -> str:
    """The same of tumour that is left, rounded up."""
    return amount(one) if isinstance(one, Unknown) else f"{cc_left(one.cc)} ({left_between(one.interval)})"


def _asks(one: Unknown) -> str:
    return "; ".join(sorted(one.ask))


def _yes(answer: Answer) -> str:
    if isinstance(answer, Unknown):
        return f"{words.UNKNOWN}: {_asks(answer)}"
    return "yes" if answer else "no"


# --- separation -------------------------------------------------------------------------------------------------------
def _decompression(found: Decompression) -> Iterator[Line]:
    yield Line(label="before", said=f"to the cord {_nearest(found.to_cord)}; to the sac {_nearest(found.to_sac)}")
    yield Line(label="ESCC before", said=_grades([one.value for one in found.grades]))
    told = ""
    for target in found.targets:
        yield from _target(target)
        bone = _bone(target)
        yield replace(bone, said="as above", notes=bone.notes) if bone.said == told else bone
        told = bone.said


def _dura(found: Decompression) -> str:
    return "; ".join((f"the dura is told by the {found.dura}", *found.cautions))


def _grades(values: Sequence[str]) -> str:
    return " · ".join(values) or words.UNKNOWN


def _nearest(one: Nearest | Unknown | None) -> str:
    if one is None:
        return "no tumour left"
    if isinstance(one, Unknown):
        return f"{words.UNKNOWN} ({_asks(one)})"
    span = words.margin_interval(one.interval)
    side = f" {one.side.value}" if one.side and one.side.value != one.direction.value else ""
    return f"{words.margin(one.mm)} ({span}) at {one.level}, {one.direction.value}{side}"


def _target(one: Separation) -> Iterator[Line]:
    """What freeing the dura by one distance removes, leaves and reaches."""
    head = f"{one.target_mm:g}{words.THIN}mm freed"
    notes = (f"of it within bone {amount(one.in_bone)}", f"outside bone {amount(one.free)}")
    yield Line(label=head, said=f"removes {amount(one.removed)}, leaves {_left(one.left)}", notes=notes)
    yield Line(label="afterwards", said=f"to the cord {_nearest(one.to_cord)}; to the sac {_nearest(one.to_sac)}")
    grades = _grades([each.value for each in one.expected.grades])
    is_short = one.meets is False
    yield Line(
        label="ESCC expected",
        said=grades,
        notes=(one.expected.words, f"ESCC 1 or less with the distance of DECOMP-02: {_yes(one.meets)}"),
        degree=Degree.CAUTION if is_short else None,
        word="NOT REACHED" if is_short else "",
        is_unknown=isinstance(one.meets, Unknown),
    )
    yield Line(label="radiosurgery faces", said=_near_cord(one.near_cord))


def _bone(one: Separation) -> Line:
    """The parts that are opened on the way, and those of which a little is trimmed with how much."""
    opened = sides((f"{part.level} {part.part.value}", _side(part)) for part in one.access.parts if part.is_opened)
    trimmed = [
        f"{words.part(part.level, part.part, part.side)} {int(part.percent)}{words.THIN}%"
        for part in one.access.parts
        if not part.is_opened
    ]
    notes = (f"trimmed: {' · '.join(trimmed)}",) if trimmed else ()
    return Line(label="bone on the way", said=" · ".join(opened) or NONE, notes=(*notes, *one.access.not_known))


def _side(part: PartInTheWay) -> str:
    return part.side.value if part.side else ""


def _near_cord(near: tuple[Within, ...] | Unknown) -> str:
    if isinstance(near, Unknown):
        return f"{words.UNKNOWN}: {_asks(near)}"
    each = [
        f"{amount(one.amount)} within {one.than_mm:g}{words.THIN}mm of the cord"
        for one in near
        if one.amount.interval.high >= _LEAST_CC
    ]
    if each or not near:
        return "; ".join(each) or "no tumour left"
    return f"under {_LEAST_CC:g}{words.THIN}cc within {near[-1].than_mm:g}{words.THIN}mm of the cord"


# --- removal piecemeal ------------------------------------------------------------------------------------------------
def _removal(found: Removal) -> Iterator[Line]:
    best = found.best_two
    ways = (*found.single, *((best,) if best is not None else ()))
    for one in sorted(ways, key=lambda each: (each.left_cc, len(each.approaches))):
        yield _way(one)


def _way(one: Reached) -> Line:
    left = f"{cc_left(one.left_cc)} ({left_between(one.left)})"
    reached = words.interval(one.reached, Unit.CC)
    notes = [str(each) for each in one.remains[:_REMAINS]]
    notes += [f"and {len(one.remains) - _REMAINS} more places"] if len(one.remains) > _REMAINS else []
    bone = f"at least {cc(one.bone_cc)} of healthy bone on the way"
    parts = ", ".join(str(each) for each in one.entries if each.cc >= _LEAST_CC)
    notes += [(f"{bone}: {parts}" if parts else bone) if one.entries else "no healthy bone on the way"]
    notes += [f"not labelled, and may bar the way: {', '.join(one.missing)}"] if one.missing else []
    return Line(
        label=" and ".join(one.approaches),
        said=f"reaches {cc(one.reached_cc)} ({reached}), leaves {left}",
        notes=tuple(notes),
        is_unknown=bool(one.missing),
    )


# --- through the laminae ----------------------------------------------------------------------------------------------
def _laminectomy(found: Laminectomy) -> Iterator[Line]:
    yield from _opened_at(found)
    if found.stretch_mm is not None:
        yield Line(label="stretch", said=words.interval(found.stretch_mm, Unit.MM))
    yield Line(label="tumour removed", said="none: it takes no tumour, and spares the facets")
    for label, held in (("in front", found.front), ("beside", found.beside), ("behind", found.back)):
        if held is not None:
            yield Line(label=f"left {label} of the sac", said=_left(held))


def _exposure(found: Exposure) -> Iterator[Line]:
    side = f" {found.side.value}" if found.side else ""
    said = f"{found.width.value}{side}" if found.width else words.UNKNOWN
    yield Line(label="width", said=said, is_unknown=found.width is None)
    yield from _opened_at(found)
    if found.length_mm is not None:
        beyond = f"and {found.beyond_mm:g}{words.THIN}mm beyond either pole"
        yield Line(label="tumour, lengthwise", said=f"{words.interval(found.length_mm, Unit.MM)}, {beyond}")
    for label, edge in (("edge, right", found.right_edge_mm), ("edge, left", found.left_edge_mm)):
        if edge is not None:
            yield Line(label=label, said=_edge(edge))
    joints = words.UNKNOWN if found.joints is None else " · ".join(map(str, found.joints)) or NONE
    yield Line(label="facet joints", said=joints, is_unknown=found.joints is None)


def _opened_at(found: Laminectomy | Exposure) -> Iterator[Line]:
    open_ = f"; half a voxel decides at {words.levels(found.levels_open)}" if found.levels_open else ""
    yield Line(label="laminae opened", said=f"{words.levels(found.levels)}{open_}", notes=found.borderline)
    if found.missing:
        yield unknown("not seen", "; ".join(found.missing))


def _edge(span: Interval) -> str:
    """Where an edge lies about the midline, with its side in words."""
    ends = [_from_midline(end) for end in (span.low, span.high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _from_midline(mm: float) -> str:
    side = "left" if mm > 0 else "right"
    return f"{words.quantity(abs(mm), Unit.MM)} {side} of the midline" if mm else "in the midline"


# --- the sacrum -------------------------------------------------------------------------------------------------------
def _levels(found: Sacrectomy) -> Iterator[Line]:
    """Each level, the one that loses fewest roots first, with the roots and the function that go."""
    yield from (_transection(nth, one) for nth, one in enumerate(found.rows, 1))
    yield from (Line(label="not possible", said=one) for one in found.excluded)
    yield from (unknown("not labelled", one) for one in found.not_known)


def _transection(number: int, one: Transection) -> Line:
    inferred = sorted({each.basis for each in one.lost if each.is_inferred})
    span = words.margin_interval(one.margin_interval)
    proof = certificate(one.gap_cc, is_proved=one.is_proved)
    bone = words.interval(one.healthy_interval, Unit.CC)
    notes = [
        f"through {one.through}; {bone} of healthy bone, {proof}",
        f"roots placed by {', '.join(inferred)}" if inferred else "",
        f"function: {one.function}" if one.function else "",
        f"spares {', '.join(root.value for root in one.spared)}" if one.spared else "",
        f"divides the sac: {_known(one.divides_sac)}; above the lower half of S1: {_known(one.cut_high)}",
        f"rules: {', '.join(dict.fromkeys(each.rule for each in one.rules))}" if one.rules else "",
        *one.notes,
    ]
    return Line(
        label=f"{number}  {one.name}",
        said=f"margin {words.margin(one.margin_mm)} ({span}); cuts {lost_roots(one) or NO_SACRAL_ROOT}",
        notes=tuple(note for note in notes if note),
        is_unknown=not one.is_certain,
    )


def lost_roots(one: Transection) -> str:
    """The sacral roots that a level loses, with their sides; empty if none."""
    return ", ".join(f"{each.root.value}{'' if each.is_certain else ' (borderline)'}" for each in one.lost)


def _known(answer: bool | None) -> str:
    return words.UNKNOWN if answer is None else "yes" if answer else "no"
