"""The margin of a resection in words: how loud it is, face by face, cut by cut, and how likely tumour is entered."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from enbloc.case.anatomy import StructureKind
from enbloc.decide.decision import Degree
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.margin.classes import Appropriateness, FaceMargin
from enbloc.plan.margin.execution import SpecimenRisk
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.plan.margin.surface import CORTEX
from enbloc.plan.proposal import Cut, Plan
from enbloc.present import words
from enbloc.present.gauges import margin_gauge
from enbloc.present.planned import CutRow, FaceRow, JudgedRow, NearRow

NO_NUMBER = "no number"


def short_margin(found: Margin) -> str:
    """The smallest margin with its interval."""
    return f"{words.margin(found.mm)} ({words.margin_interval(found.interval)})"


def classes(kinds: tuple[MarginClass, ...]) -> str:
    """What a margin can amount to, ``marginal or wide``."""
    return words.either([kind.value for kind in kinds])


def note(found: Margin) -> str:
    """What stands behind the number of a smallest margin."""
    span = words.margin_interval(found.interval)
    return f"{span} if every surface moves by its error; bounded by the {found.barrier}"


def bounding_cut(plan: Plan) -> Cut | None:
    """The cut that bounds the smallest margin; nothing where a structure does."""
    return next((cut for cut in plan.cuts if plan.margin and cut.name == plan.margin.barrier), None)


def degree(found: Margin) -> Degree | None:
    """How loudly a margin is drawn: the square where the tumour is opened, the diamond where it may be."""
    if found.classes == (MarginClass.INTRALESIONAL,):
        return Degree.STOP
    return Degree.CAUTION if found.interval.low <= 0 else None


def warning(plan: Plan) -> str:
    """What a margin that reaches zero means, ``−0.5 mm: the cut runs through tumour``; empty for one that does not."""
    found = plan.margin
    if found is None or found.interval.low > 0:
        return ""
    reached = found.mm <= 0
    if bounding_cut(plan):
        means = "the cut runs through tumour" if reached else "the cut may run through tumour"
    elif reached and found.barrier.startswith(CORTEX):
        means = "the tumour reaches the surface of the bone, where no blade runs: the margin is that of the dissection"
    else:
        means = f"no gap to the {found.barrier} is measured" if reached else f"the tumour may touch the {found.barrier}"
    return f"{words.margin(found.mm)}: {means}"


def margin_words(plan: Plan) -> str:
    """The smallest margin as part of a sentence; empty without one."""
    found = plan.margin
    if found is None:
        return ""
    loud = warning(plan)
    return f"smallest margin {words.margin(found.mm)}, to {found.barrier}" if not loud else f"smallest margin {loud}"


def cut_degree(cut: Cut) -> Degree | None:
    """How loudly a cut is drawn: one through tumour, and one whose printed distance is nothing."""
    if cut.margin_mm <= 0:
        return Degree.STOP
    return Degree.CAUTION if words.margin(cut.margin_mm) == words.margin(0.0) else None


_CUT_WORDS: dict[Degree | None, str] = {Degree.STOP: "THROUGH TUMOUR", Degree.CAUTION: "AT TUMOUR"}


def cut_rows(plan: Plan) -> tuple[CutRow, ...]:
    """Every cut of a plan, as planned."""
    return tuple(_cut(cut, plan.resected.risks if plan.resected else ()) for cut in plan.cuts)


def _cut(cut: Cut, risks: tuple[SpecimenRisk, ...]) -> CutRow:
    loud = cut_degree(cut)
    return CutRow(
        name=cut.name,
        margin=words.margin(cut.margin_mm),
        span=words.margin_interval(cut.margin.interval),
        degree=loud,
        warning=_CUT_WORDS.get(loud, ""),
        kerf=f"{cut.kerf_mm:g}{words.THIN}mm",  # a setting, not a measurement: as it stands
        proof=_proof(cut),
        near=tuple(_near_rows(cut.clearances)),
        entries=tuple(_entry(cut.name, risk) for risk in risks),
        where=words.place(cut.plane.point_mm),
        faces=words.direction(cut.plane.normal),
    )


def _proof(cut: Cut) -> str:
    """The certificate without the number that all cuts share."""
    if cut.is_placed:
        return "placed by a person, not searched"
    _, _, said = cut.proof.rpartition("; ")
    return said or words.UNKNOWN


_GROUPS: dict[StructureKind, str] = {
    StructureKind.CORD: "cord",
    StructureKind.SAC: "dura",
    StructureKind.NERVE_ROOT: "nerve roots",
}
_OTHERS = "vessels"


def _near_rows(clearances: Sequence[Clearance]) -> Iterator[NearRow]:
    """How near a cut comes to cord, dura, roots and vessels: of each the nearest, and those that nobody labelled."""
    held: dict[str, list[Clearance]] = {}
    for one in clearances:
        held.setdefault(_GROUPS.get(one.structure.kind, _OTHERS), []).append(one)
    yield from (_near(name, those) for name, those in held.items())


def _near(name: str, those: Sequence[Clearance]) -> NearRow:
    """The nearest of a kind; one that is too near and not held away goes before one that is."""
    labelled = [one for one in those if one.mm is not None]
    unseen = [one for one in those if not one.is_labelled]
    close = [one for one in labelled if _is_too_near(one)]
    first = min(close or labelled, key=lambda one: one.mm or 0.0, default=None)
    said = [_distance(first, is_one_of_many=len(those) > 1)] if first is not None else []
    none = words.UNKNOWN if unseen else "meets no bone there"
    lacking = ", ".join(_short(one) for one in unseen)
    return NearRow(
        structure=name,
        said="".join(said) or none,
        degree=Degree.STOP if close else None,
        unseen=f"no label: {lacking}" if lacking else "",
    )


def _is_too_near(one: Clearance) -> bool:
    return one.mm is not None and one.mm < one.at_least_mm and not one.is_shielded


def _distance(one: Clearance, *, is_one_of_many: bool) -> str:
    name = f" {_short(one)}" if is_one_of_many else ""
    away = ", held away" if one.is_shielded else ""
    return f"{words.margin(one.mm or 0.0)}{name}{away}"


def _short(one: Clearance) -> str:
    """A structure without its kind where the head of the column says it."""
    return str(one.structure).removeprefix("nerve root ")


def _entry(name: str, risk: SpecimenRisk) -> str:
    found = next((plane for plane in risk.planes if plane.name == name), None)
    return words.UNKNOWN if found is None else chance(found.probability)


def chance(probability: float) -> str:
    """A probability in whole per cent, rounded up, and never told as none.

    Examples
    --------
    >>> [chance(p).replace(words.THIN, " ") for p in (0.0, 0.004, 0.0121, 0.999, 1.0)]
    ['< 1 %', '< 1 %', '2 %', '> 99 %', '100 %']
    """
    sign = f"{words.THIN}%"
    if probability < 0.01:
        return f"<{words.THIN}1{sign}"
    if 0.99 < probability < 1.0:
        return f">{words.THIN}99{sign}"
    return f"{math.ceil(100 * probability - 1e-9)}{sign}"


def chances(low: float, high: float) -> str:
    """A probability that is known between two ends, outward: ``8–23 %``.

    Examples
    --------
    >>> chances(0.087, 0.2202).replace(words.THIN, " "), chances(0.004, 0.1).replace(words.THIN, " ")
    ('8–23 %', '0–10 %')
    >>> chances(0.001, 0.004).replace(words.THIN, " ")
    '< 1 %'
    """
    if high < 0.01:
        return chance(high)
    first, last = math.floor(100 * low + 1e-9), math.ceil(100 * high - 1e-9)
    return f"{first}{words.DASH}{last}{words.THIN}%" if first != last else f"{last}{words.THIN}%"


def face_rows(plan: Plan) -> tuple[FaceRow, ...]:
    """The margin of every face, in the order posterior to dural."""
    return tuple(_face(face) for face in plan.resected.faces) if plan.resected else ()


def _face(face: FaceMargin) -> FaceRow:
    is_open = face.mm is None or face.interval is None
    is_loud = MarginClass.INTRALESIONAL in face.classes
    loud = Degree.STOP if face.classes == (MarginClass.INTRALESIONAL,) else Degree.CAUTION if is_loud else None
    return FaceRow(
        face=face.face.value,
        margin=NO_NUMBER if face.mm is None else words.margin(face.mm),
        span="" if face.interval is None else words.margin_interval(face.interval),
        barrier=face.barrier,
        classes=f"{words.UNKNOWN}: {classes(face.classes)}" if is_open else classes(face.classes),
        degree=loud,
        gauge=None if face.mm is None or face.interval is None else margin_gauge(face.mm, face.interval),
        also="; ".join(f"{one.barrier} {short_margin(one)}" for one in face.each[1:]),
    )


def judged_rows(plan: Plan) -> tuple[JudgedRow, ...]:
    """The predicted margin under both policies; none where the tumour is not staged so."""
    return tuple(_judged(one) for one in plan.resected.judged) if plan.resected else ()


def _judged(one: Appropriateness) -> JudgedRow:
    return JudgedRow(
        policy=one.policy.value,
        recommended=words.either(one.recommended) or words.UNKNOWN,
        said=words.either(one.score.categories) or words.UNKNOWN,
        notes=one.score.flags,
    )


def entries(risks: tuple[SpecimenRisk, ...]) -> Iterator[str]:
    """The probability that any cut enters tumour, from and to, one a way of cutting."""
    yield from (chances(one.low, one.high) for one in risks)
