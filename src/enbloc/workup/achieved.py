"""What was cut, beside what was planned: a case, one of its plans, and either measured planes or a label map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enbloc.case.anatomy import Level, in_order
from enbloc.case.case import Case, entered, recorded
from enbloc.errors import RecordError
from enbloc.follow.provenance import Input, Provenance
from enbloc.measure import PARAMETERS as MEASURE_PARAMETERS
from enbloc.plan.parameters import PARAMETERS as PLAN_PARAMETERS
from enbloc.workup.matching import after_map, as_planned, chosen, same_margins
from enbloc.workup.seeing import Said, provenance, setting, silent, unused

if TYPE_CHECKING:
    from pathlib import Path

    from enbloc.case.geometry import Plane, Pose
    from enbloc.case.image import Images
    from enbloc.exchange.plan_file import PlanFile
    from enbloc.follow.achieving import Achieving, Laid, ReadFrom
    from enbloc.measure.registration.afterwards import LaidBack
    from enbloc.measure.spine.column import Column
    from enbloc.plan import Plan
    from enbloc.plan.cutting.bone import Bone
    from enbloc.plan.en_bloc.placing import PlacedCut
    from enbloc.plan.margin.achieved import Achieved, Operated
    from enbloc.workup.matching import AfterMap

STEPS_OF_ACHIEVED = ("matching the plan", "reading the cuts")
NOT_CLAIMED = (
    "Whether the operation was Enneking-appropriate: the margin that counts is the one that pathology finds.",
    "The margin at dura, cortex and discs: only cuts are compared.",
)
NOT_GIVEN = "no error of registration was given: none is in the intervals"


@dataclass(frozen=True, eq=False, kw_only=True)
class Measured:
    """Planes that somebody measured after the operation: the middle of each blade, by the name of its cut.

    ``error_mm`` is how far one may lie off, ``read`` the file that they came from.
    """

    cuts: tuple[PlacedCut, ...]
    error_mm: float = 0.0
    read: Input | None = None


def achieved_case(
    case: Case,
    images: Images,
    made: PlanFile,
    *,
    plan: str | None = None,
    measured: Measured | None = None,
    after: str | None = None,
    registration_mm: float | None = None,
    said: Said = silent,
) -> Achieving:
    """How far each cut of a plan lies off, and the margin that it left.

    Either ``measured`` planes are given, or the role of a label map of the case that shows the bone ``after`` the
    operation. ``registration_mm`` is how far that may lie off the pictures of the plan; what the vertebrae show of it
    counts where it is more.

    Raises
    ------
    RecordError
        If the plan was made for another case or from other images, it has no cuts, neither planes nor a label map or
        both are given, or the label map cannot be laid onto the images of the plan.
    """
    if (measured is None) == (after is None):
        what = "Where the cuts came to lie must be known from one source."
        raise RecordError(what, remedy="Give either --planes FILE or --after ROLE.")
    one = chosen(made, case, plan)
    said(STEPS_OF_ACHIEVED[0])
    drawn = after_map(images, after, made) if after is not None else None
    ground = _ground(case, as_planned(case, images, made, one, without=after), one, registration_mm)
    said(STEPS_OF_ACHIEVED[1])
    if measured is not None:
        found, files = _by_planes(ground, measured), (made.read, measured.read)
    else:
        assert drawn is not None
        found, files = _by_labels(ground, drawn), (made.read, None)
    same_margins(one, found.achieved, made.read.file)
    return _result(case, images, one, found, [file for file in files if file is not None])


def publish_achieved(result: Achieving, out: Path) -> None:
    """Write ``achieved.json`` to the folder ``out``, whole or not at all.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged

    with staged(out) as folder:
        (folder / "achieved.json").write_text(to_json(result), encoding="utf-8", newline="\n")


@dataclass(frozen=True, eq=False, kw_only=True)
class _Found:
    """What was read of the cuts, and how sure that is."""

    achieved: Achieved
    read_from: ReadFrom
    registration_mm: float
    registered: str
    after: str = ""
    error_mm: float = 0.0
    laid: tuple[Laid, ...] = ()


def _result(case: Case, images: Images, plan: Plan, found: _Found, files: Sequence[Input]) -> Achieving:
    from enbloc.follow.achieving import Achieving

    return Achieving(
        provenance=_provenance(case, images, files),
        case=case.id,
        plan=plan.id,
        about=plan.about,
        levels=plan.levels,
        read_from=found.read_from,
        after=found.after,
        error_mm=found.error_mm,
        registration_mm=found.registration_mm,
        registered=found.registered,
        laid=found.laid,
        achieved=found.achieved,
        not_claimed=NOT_CLAIMED,
        said=images.said,
        unused=unused(case, images),
    )


def _provenance(case: Case, images: Images, files: Sequence[Input]) -> Provenance:
    """No score and no rule has a part in it."""
    made = provenance(case, images)
    own = tuple(setting(threshold) for threshold in (*MEASURE_PARAMETERS, *PLAN_PARAMETERS))
    return replace(made, inputs=(*made.inputs, *files), parameters=own, rules=())


# --- what was planned -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, kw_only=True)
class _Ground:
    """One plan on the images that it was made from; ``registration_mm`` is what a person gave."""

    before: Images
    column: Column
    plan: Plan
    levels: tuple[Level, ...]
    operated: Operated
    registration_mm: float | None


def _ground(case: Case, before: Images, plan: Plan, registration_mm: float | None) -> _Ground:
    from enbloc.measure.spine.column import column_of
    from enbloc.plan.cutting.bone import bone_of
    from enbloc.plan.field import outline_error_mm, with_neighbours
    from enbloc.plan.margin.achieved import Operated
    from enbloc.plan.margin.surface import surface_of

    column = column_of(before)
    levels = with_neighbours(column, plan.levels)
    surface = surface_of(before, plan.about)
    # As in the plan: how far the outline is recorded to lie off widens every margin.
    known = outline_error_mm(recorded(case) | entered(case), plan.about)
    operated = Operated(
        surface=replace(surface, error_mm=surface.error_mm + known),
        bone=bone_of(before, levels, plan.about),
        cuts=tuple(cut.placed for cut in plan.cuts),
        frame=_middle(column, plan),
        registration_mm=registration_mm or 0.0,
        vertebrae={level: _sawn(column, level, plan) for level in levels},
    )
    return _Ground(
        before=before, column=column, plan=plan, levels=levels, operated=operated, registration_mm=registration_mm
    )


def _sawn(column: Column, level: Level, plan: Plan) -> Bone:
    """A vertebra without what the plan takes away piecemeal: where that was, bare bone is no cut."""
    from enbloc.plan.cutting.bone import bone_of
    from enbloc.plan.solids.fate import opened_mask

    whole = bone_of(column.images, (level,), plan.about)
    sawn = whole.mask & ~opened_mask(column, whole, plan.openings)
    return replace(whole, mask=sawn) if sawn.any() else whole


def _middle(column: Column, plan: Plan) -> Pose:
    """The frame of the middle one of the levels, as in the plan: it says which face is which."""
    level = plan.levels[len(plan.levels) // 2]
    if level not in column.spine:
        raise RecordError(f"{level} has no frame any more.", remedy="Label the whole vertebra, and plan again.")
    return column.spine[level].pose


# --- measured planes --------------------------------------------------------------------------------------------------


def _by_planes(ground: _Ground, measured: Measured) -> _Found:
    from enbloc.follow.achieving import ReadFrom
    from enbloc.plan.margin.achieved import achieved_by_planes

    planes = _in_patient(ground, measured.cuts)
    return _Found(
        achieved=achieved_by_planes(ground.operated, planes, error_mm=measured.error_mm),
        read_from=ReadFrom.PLANES,
        error_mm=measured.error_mm,
        registration_mm=ground.operated.registration_mm,
        registered=NOT_GIVEN if ground.registration_mm is None else "as given",
    )


def _in_patient(ground: _Ground, cuts: Sequence[PlacedCut]) -> Mapping[str, Plane]:
    """The measured planes in the patient, by name; the blade is that of the plan."""
    from enbloc.case.anatomy import tumour
    from enbloc.plan.cutting.bone import outline_of
    from enbloc.plan.cutting.parameters import SAW_KERF
    from enbloc.plan.cutting.shell import shell
    from enbloc.plan.en_bloc.placing import placed_in
    from enbloc.plan.en_bloc.template import Template

    plan, ill = ground.plan, shell(ground.before, tumour(ground.plan.about))
    assert ill is not None  # the plan was made from it
    outline = outline_of(ill)
    laid_out = Template(operation=plan.operation, levels=plan.levels, side=plan.side, roles=(), ways=())
    planned = {cut.name: cut.kerf_mm for cut in ground.operated.cuts}
    found: dict[str, Plane] = {}
    for one in cuts:
        if one.name in found:
            raise RecordError(f"The {one.name} was measured twice.", remedy="Keep one of the planes.")
        if one.kerf_mm not in (SAW_KERF.number, planned.get(one.name, one.kerf_mm)):
            what = f"The {one.name} was planned with a blade of {planned[one.name]:g} mm, not {one.kerf_mm:g}."
            raise RecordError(what, remedy="Leave kerf_mm out, and place the plane in the middle of that blade.")
        found[one.name] = placed_in(one, laid_out, ground.column, outline).plane
    return found


# --- the bone that is left --------------------------------------------------------------------------------------------


def _by_labels(ground: _Ground, after: AfterMap) -> _Found:
    from enbloc.follow.achieving import ReadFrom
    from enbloc.measure.registration.afterwards import as_drawn, laid_back
    from enbloc.plan.margin.achieved import achieved_by_labels
    from enbloc.plan.margin.achieved_surface import Left

    if after.is_on_plan:
        laid = as_drawn(after.labels, ground.levels)
    else:
        laid = laid_back(ground.before, after.labels, ground.levels, is_apart=after.is_apart)
    if not laid.read:
        _refuse(after, laid)
    error = max(laid.residual_mm, ground.operated.registration_mm)
    operated = replace(ground.operated, registration_mm=error)
    left = Left(mask=laid.mask, grid=laid.grid, error_mm=after.labels.error_mm, vertebrae=laid.masks)
    return _Found(
        achieved=achieved_by_labels(operated, left),
        read_from=ReadFrom.LABELS,
        after=after.role,
        registration_mm=error,
        registered=_registered(ground, after, laid),
        laid=_laid(laid),
    )


def _refuse(after: AfterMap, laid: LaidBack) -> None:
    reasons = laid.doubt or "; ".join(f"{level}: {fit.why}" for level, fit in laid.fits.items())
    what = f"The label map {after.role!r} cannot be laid onto the images of the plan: {reasons or 'no vertebra'}."
    raise RecordError(what, remedy="Check its labels, or give measured planes with --planes FILE.")


def _registered(ground: _Ground, after: AfterMap, laid: LaidBack) -> str:
    """Where the error of registration comes from."""
    named = ", ".join(str(level) for level in in_order(laid.read))
    if after.is_on_plan:
        how = f"drawn on a scan of the plan, nothing was moved; {named} read"
    elif after.is_apart:
        how = f"laid onto the images of the plan by each of {named}"
    else:
        how = f"in the frame of the plan, not moved; {named} lie where they lay"
    given = ground.registration_mm
    return f"{how}; the error is the one that was given" if given is not None and given > laid.residual_mm else how


def _laid(laid: LaidBack) -> tuple[Laid, ...]:
    from enbloc.follow.achieving import Laid

    return tuple(
        Laid(
            level=level,
            residual_mm=math.ceil(10 * fit.residual_mm) / 10 if math.isfinite(fit.residual_mm) else None,
            why=fit.why,
        )
        for level, fit in laid.fits.items()
    )
