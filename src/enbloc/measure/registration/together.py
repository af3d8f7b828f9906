"""All current examinations of a case brought into one frame, before anything is measured."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import Level, Structure, StructureKind, in_order, vertebra
from enbloc.case.case import Case
from enbloc.case.finding import measured
from enbloc.case.geometry import triple
from enbloc.case.image import Images, Join, LabelMap, Unused
from enbloc.case.origin import Modality
from enbloc.measure.answers import Answer
from enbloc.measure.registration.carrying import BETTER_ON_MR, Carried, carried_over, without
from enbloc.measure.registration.drawing import overlaid, shown
from enbloc.measure.registration.joining import Joined, joined
from enbloc.measure.registration.parameters import RESIDUAL_REJECTED
from enbloc.measure.registration.rigid import STAY, Fit, judged, laid_onto
from enbloc.measure.registration.surface import surface_of


def brought_together(case: Case, images: Images) -> Images:
    """The images with every current examination in the frame of the main one, as far as its vertebrae allow.

    ``said`` tells which was moved and how well its vertebrae fit, ``joins`` holds the same by level. What cannot be
    registered stays apart, is listed as unused with the reason, and is not measured with the rest. Earlier examinations
    stay apart: they are compared with, not staged from. Images that have nothing to bring together come back as given.
    """
    if images.joins:
        return images
    whole = _checked(images)
    for name, examination in images.apart.items():
        if not is_earlier(case, examination):
            whole = with_examination(case, whole, name, examination)
    return whole


def is_earlier(case: Case, examination: Images) -> bool:
    """Whether an examination is kept from an earlier day."""
    return any(case.images[role].earlier for role in examination.volumes if role in case.images)


def residuals(images: Images) -> Iterator[Answer]:
    """What registration left between the two labels of each vertebra; of several examinations, the worst."""
    for level in in_order(join.level for join in images.joins):
        joins = [join for join in images.joins if join.level is level]
        worst = max(joins, key=lambda join: join.residual_mm)
        if not np.isfinite(worst.residual_mm):
            continue
        yield measured(
            fact.REGISTRATION_RESIDUAL,
            level,
            worst.residual_mm,
            low=worst.residual_mm,
            high=worst.far_mm,
            document=worst.document,
            place=f"surface of vertebra {level}",
            at_mm=worst.at_mm,
            shows=worst.shows,
            marks=worst.marks,
            method="root mean square between its two labels after a rigid motion; up to the 95th percentile",
            notes=[_told(join) for join in joins],
        )


def _told(join: Join) -> str:
    how = "moved onto it" if join.was_moved else "in the same frame, not moved"
    return f"{join.examination}, {how}: {join.residual_mm:.1f} mm" + (f"; not used: {join.why}" if join.why else "")


# --- one frame already ------------------------------------------------------------------------------------------------


def _checked(images: Images) -> Images:
    """The images, with what two scans of one frame say of whether the patient moved between them."""
    joins, said = [], []
    errors: dict[str, float] = {}
    for role, other in images.labels.items():
        fits = [fit for level in images.levels if (fit := _in_place(images, other, level)) is not None]
        joins += [_join(other.on, fit, other.document, was_moved=False) for fit in fits]
        worst = max(fits, key=lambda fit: fit.residual_mm, default=None)
        if worst is not None and worst.residual_mm > RESIDUAL_REJECTED.number:
            said.append(
                f"{other.document or role}: the patient moved between the scans: {worst.level} lies "
                f"{worst.residual_mm:.1f} mm from where it lies on the first. Nothing was moved; what was drawn on "
                f"{other.on} counts as that much less certain."
            )
            errors[other.on] = max(errors.get(other.on, 0.0), worst.residual_mm)
    if not joins:
        return images
    wider = {
        role: replace(one, error_mm=one.error_mm + errors[one.on]) if one.on in errors else one
        for role, one in images.labels.items()
    }
    return replace(images, labels=wider, joins=tuple(joins), said=(*images.said, *said))


def _in_place(images: Images, other: LabelMap, level: Level) -> Fit | None:
    """How far two labels of a vertebra lie apart, drawn on two scans of one frame; nothing if there are not two.

    That is what is left between their surfaces, or how far the one would have to move to lie on the other.
    """
    first = images.map_of(vertebra(level))
    if first is None or first.on == other.on or vertebra(level) not in other.boxes:
        return None
    moving, fixed = surface_of(images, other, level), surface_of(images, first, level)
    here = judged(moving, fixed, STAY)
    motion = laid_onto(moving, fixed, [STAY]).motion
    apart = float(np.sqrt(np.mean((motion.moved(moving.bone_mm) - moving.bone_mm) ** 2) * 3.0))
    here = replace(here, residual_mm=max(here.residual_mm, apart), far_mm=max(here.far_mm, apart))
    return replace(here, marks=overlaid(moving, fixed, here))


# --- another frame ----------------------------------------------------------------------------------------------------


def with_examination(case: Case, images: Images, name: str, examination: Images) -> Images:
    """The images with one more examination in their frame, or with the reason why it stays apart."""
    found, why = Joined(fits={}), ""
    for one, which in ((examination, "on it"), (images, "in the main frame")):
        if not one.levels:
            why = why or f"no vertebra is labelled {which}, and it is registered by its vertebrae only"
    if not why:
        found = joined(examination, images)
        why = _why_apart(found, examination, images)
    joins = tuple(_join(name, fit, _document(examination, name), doubt=found.doubt) for fit in found.fits.values())
    if why:
        left = [*(scan.document or role for role, scan in examination.volumes.items())]
        left += [labels.document or role for role, labels in examination.labels.items()]
        unused = tuple(Unused(what=what, why=f"it lies in another frame of reference and {why}") for what in left)
        return replace(images, joins=(*images.joins, *joins), unused=(*images.unused, *unused))
    return _joined_to(case, images, name, examination, found.holding, joins)


def _why_apart(found: Joined, examination: Images, images: Images) -> str:
    if not found.fits:
        ours, theirs = (" ".join(map(str, one.levels)) for one in (examination, images))
        return f"no vertebra is labelled on both (it has {ours}, the main frame {theirs})"
    if found.doubt:
        return f"{found.doubt}: check its labels"
    if not found.holding:
        reasons = "; ".join(f"{level}: {fit.why}" for level, fit in found.fits.items())
        return f"its vertebrae do not fit ({reasons})"
    return ""


def _joined_to(
    case: Case,
    images: Images,
    name: str,
    examination: Images,
    fits: Mapping[Level, Fit],
    joins: tuple[Join, ...],
) -> Images:
    main = _main_level(case, examination, fits)
    on_mr = any(scan.modality is Modality.MR for scan in examination.volumes.values())
    better = {one for one in BETTER_ON_MR if on_mr and examination.map_of(one) and not _is_on_mr(images, one)}
    known = {named for labels in images.labels.values() for named in labels.boxes} - better
    carried = carried_over(examination, fits, main, known)
    labels = without(images, better & set(carried.structures))
    return replace(
        images,
        volumes={**images.volumes, **carried.volumes},
        labels={**labels, **carried.labels},
        apart={role: one for role, one in images.apart.items() if role != name},
        said=(*images.said, *_said(_document(examination, name), joins, main, carried)),
        unused=(*images.unused, *_left_behind(_document(examination, name), carried, known)),
        joins=(*images.joins, *joins),
    )


def _left_behind(document: str, carried: Carried, known: Collection[Structure]) -> Iterator[Unused]:
    """What was not carried over, by reason."""
    own = ", ".join(str(named) for named in carried.left if named in known)
    stiff = ", ".join(str(named) for named in carried.left if named not in known)
    if own:
        yield Unused(what=f"{document}: {own}", why="the main examination has its own")
    if stiff:
        yield Unused(what=f"{document}: {stiff}", why="it does not move with the column, so it is not carried over")


def _is_on_mr(images: Images, named: Structure) -> bool:
    maps = [labels for labels in images.labels.values() if named in labels.boxes]
    return any(images.volumes[one.on].modality is Modality.MR for one in maps if one.on in images.volumes)


def _main_level(case: Case, examination: Images, fits: Mapping[Level, Fit]) -> Level:
    """The level that the scan is moved with: that of a lesion, or the nearest to one; otherwise the middle one."""
    order = list(Level)
    held = list(fits)
    affected = [level for lesion in case.lesions for level in lesion.levels]
    if affected:
        return min(held, key=lambda one: min(abs(order.index(one) - order.index(level)) for level in affected))
    masses = examination.present(StructureKind.TUMOUR)
    labels = examination.map_of(masses[0]) if masses else None
    if labels is None:
        return held[len(held) // 2]
    middle = np.array([[(part.start + part.stop - 1) / 2 for part in labels.boxes[masses[0]]]])
    at = labels.grid.points_mm(middle)
    return min(held, key=lambda one: float(np.linalg.norm(fits[one].motion.moved(at)[0] - fits[one].at_mm)))


def _said(document: str, joins: tuple[Join, ...], main: Level, carried: Carried) -> Iterator[str]:
    left = ", ".join(f"{join.level} {join.residual_mm:.1f}" for join in joins if not join.why)
    what = ", ".join(str(named) for named in carried.structures) or "no structure"
    error = max((labels.error_mm for labels in carried.labels.values()), default=0.0)
    laid = f"{document}: laid onto the main frame by its vertebrae (mm left between labels: {left})"
    yield f"{laid}. The scan lies as at {main}; carried over with up to {error:.1f} mm more error: {what}."
    for join in joins:
        if join.why:
            yield f"{document}: {join.level} was not used to lay it onto the main frame: {join.why}."


def _document(examination: Images, name: str) -> str:
    return next((scan.document for scan in examination.volumes.values() if scan.document), name)


def _join(name: str, fit: Fit, document: str, *, doubt: str = "", was_moved: bool = True) -> Join:
    return Join(
        examination=name,
        level=fit.level,
        residual_mm=fit.residual_mm,
        far_mm=max(fit.far_mm, fit.residual_mm),
        at_mm=triple(fit.at_mm),
        document=document,
        shows=shown(fit),
        marks=fit.marks,
        why=doubt or fit.why,
        was_moved=was_moved,
    )
