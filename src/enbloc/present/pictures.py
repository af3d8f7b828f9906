"""All pictures of a work-up, drawn once and shown alike in the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, StructureKind, in_order, tumour
from enbloc.case.finding import Findings
from enbloc.case.geometry import PATIENT, Triple, triple
from enbloc.case.image import Images, Volume
from enbloc.case.origin import Modality
from enbloc.follow.result import Workup
from enbloc.plan.margin.classes import Face
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.banner import banner
from enbloc.present.cuts import bounding_face, close_up, crossings
from enbloc.present.drawing import Picture
from enbloc.present.evidence import strip_of
from enbloc.present.marginmap import map_pictures
from enbloc.present.margins import margin_words
from enbloc.present.operations import foremost
from enbloc.present.picture import Slice, slice_picture
from enbloc.present.slices import Frame2d, Outline, View, crossed, enclosed
from enbloc.present.solid import solid_pictures

SIZE_MM = 120.0


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """The pictures of each lesion by its id, and why one has none."""

    of: Mapping[str, tuple[Picture, ...]]
    evidence: Mapping[str, tuple[Picture, ...]] = field(default_factory=dict)  # where its numbers were read
    without: tuple[str, ...] = ()


def pictures(workup: Workup, images: Images) -> Pictures:
    """Every slice and solid picture of every labelled lesion."""
    drawn, without = {}, []
    for lesion in workup.case.lesions:
        centre = centre_of(workup.findings, images, lesion.id)
        if centre is None or not images.volumes:
            without.append(f"No picture of tumour {lesion.id}: it is not labelled in any image.")
            continue
        slices = tuple(slice_picture(cut) for cut in _slices(workup, images, lesion.id, centre))
        solid = solid_pictures(workup, images, lesion.id, centre)
        drawn[lesion.id] = slices + solid + map_pictures(workup, images, lesion.id, centre)
    read = {one.id: strip_of(workup.case, workup.findings, images, one.id) for one in workup.case.lesions}
    return Pictures(of=drawn, evidence=read, without=tuple(without))


def centre_of(findings: Findings, images: Images, lesion: str) -> Triple | None:
    """Where to look: the measured centre, otherwise the middle of the label's box."""
    known = findings.value(vocabulary.CENTRE, lesion)
    if known is not None and known.frame == PATIENT:
        return known.xyz_mm
    labels = images.map_of(tumour(lesion))
    if labels is None:
        return None
    box = labels.boxes[tumour(lesion)]
    middle = [[(part.start + part.stop - 1) / 2 for part in box]]
    return triple(labels.grid.points_mm(np.array(middle))[0])


def _slices(workup: Workup, images: Images, lesion: str, centre: Triple) -> Iterator[Slice]:
    worst = workup.findings.value(vocabulary.EPIDURAL_AT, lesion)
    has_place = worst is not None and worst.frame == PATIENT
    axial = (centre[0], centre[1], worst.xyz_mm[2]) if worst is not None and has_place else centre
    plan = foremost(workup, lesion)
    for role, volume in images.volumes.items():
        for view in View:
            frame = Frame2d(view=view, centre_mm=axial if view is View.AXIAL else centre, size_mm=SIZE_MM)
            yield _slice(workup, crossed(images, frame), frame, volume, (lesion, role), plan)
    yield from _close_up(workup, images, lesion, plan)


def _close_up(workup: Workup, images: Images, lesion: str, plan: Plan | None) -> Iterator[Slice]:
    """The place of the smallest margin; at the dura on the MR if there is one."""
    frame = close_up(plan) if plan else None
    if plan is None or frame is None:
        return
    roles = list(images.volumes)
    if bounding_face(plan) is Face.DURAL:
        roles.sort(key=lambda role: images.volumes[role].modality is not Modality.MR)
    found = _slice(workup, crossed(images, frame), frame, images.volumes[roles[0]], (lesion, roles[0]), plan)
    alt = found.alt.removesuffix(".") + f"; {margin_words(plan)}."
    yield replace(found, key=f"{lesion} margin", shows_margin=True, alt=alt)


def _slice(
    workup: Workup,
    outlines: tuple[Outline, ...],
    frame: Frame2d,
    volume: Volume,
    of: tuple[str, str],
    plan: Plan | None,
) -> Slice:
    lesion, role = of
    kind = volume.modality.value if role == volume.modality.value.lower() else f"{volume.modality.value} {role}"
    through = _through(workup, outlines, frame.view, lesion)
    return Slice(
        key=f"{lesion} {frame.view.value} {role}",
        volume=volume,
        kind=kind,
        frame=frame,
        outlines=outlines,
        through=through,
        banner=banner(workup.case.origin),
        alt=_alt(workup, outlines, frame, (lesion, kind, through), plan),
        plan=plan,
    )


def _through(workup: Workup, outlines: tuple[Outline, ...], view: View, lesion: str) -> str:
    """The level that an axial slice crosses most of, or all that another one crosses."""
    areas = {
        outline.structure.level: enclosed(outline.largest)
        for outline in outlines
        if outline.structure.kind is StructureKind.VERTEBRA and outline.structure.level
    }
    if not areas:
        reported = workup.case.lesion(lesion).levels
        return f"{words.levels(reported)} (no vertebra labelled here)"
    if view is View.AXIAL:
        return str(max(areas, key=areas.__getitem__))
    seen: tuple[Level, ...] = in_order(areas)
    return str(seen[0]) if len(seen) == 1 else f"{seen[0]} to {seen[-1]}"


_HANDED = {
    View.AXIAL: "patient's left on the viewer's right",
    View.SAGITTAL: "front of the patient on the viewer's left",
    View.CORONAL: "patient's left on the viewer's right",
}


def _alt(
    workup: Workup, outlines: tuple[Outline, ...], frame: Frame2d, of: tuple[str, str, str], plan: Plan | None
) -> str:
    """What is seen, in a sentence or two, for those who cannot see it."""
    lesion, kind, through = of
    said = banner(workup.case.origin)
    head = f"{said}. " if said else ""
    others = [str(outline.structure) for outline in outlines if outline.structure.lesion != lesion]
    seen = any(outline.structure.lesion == lesion for outline in outlines)
    mass = f"tumour {lesion}{_extent(workup.findings, lesion)}" if seen else f"tumour {lesion} is not in this slice"
    outlined = f"; outlined as well: {words.sentence_list(others)}" if others else ""
    crossing = [f"{one.name} {words.margin(one.cut.margin_mm)} from the tumour" for one in crossings(plan, frame)]
    cuts = f"; planned: {words.sentence_list(crossing)}" if crossing else ""
    view = frame.view
    return f"{head}{view.value.capitalize()} {kind} through {through}, {_HANDED[view]}: {mass}{outlined}{cuts}."


def _extent(findings: Findings, lesion: str) -> str:
    volume = findings[vocabulary.VOLUME, lesion]
    sectors = findings.many(vocabulary.WBB_SECTORS, lesion)
    parts = []
    if not hasattr(volume, "ask"):
        parts.append(words.finding(vocabulary.VOLUME, volume))
    if sectors:
        parts.append(f"WBB sectors {words.sentence_list([str(sector) for sector in sectors])}")
    return f" ({'; '.join(parts)})" if parts else ""
