"""When no separation is planned, and why: what must be labelled, and what must be true, before a dura can be freed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Level, StructureKind, tumour
from enbloc.case.finding import Findings
from enbloc.measure.cord.profile import EARLIEST_CONUS
from enbloc.measure.spine.vertebra import edges, half_voxel
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.plan.decompression.around import Apart, Dura, Lack, Solid, apart, dura_of, solid_of, unseen
from enbloc.plan.decompression.decompression import NoSeparation, Obstacle
from enbloc.plan.decompression.parameters import TARGETS
from enbloc.plan.decompression.places import Places
from enbloc.plan.decompression.scene import Scene
from enbloc.plan.field import Field
from enbloc.plan.voxels import half_diagonal_mm

OUTLINE = "Outline the sac on the MR at that height; until then nothing is planned."


def scene_of(field: Field) -> Scene | NoSeparation:
    """The tumour beside its dura, or why none can be looked at."""
    lesion = field.lesion.id
    mass = tumour_of(field.images, lesion)
    if mass is None:
        return _no(lesion, Obstacle.NOT_DRAWN, f"tumour {lesion} is not labelled", "Label it.")
    if not field.column.spine:
        return _no(lesion, Obstacle.NO_FRAME, "no labelled vertebra has a frame", "Label the vertebrae.")
    dura = dura_of(field.images, mass)
    if dura is None:
        why = "neither thecal sac nor canal nor cord is labelled beside the tumour"
        return _no(lesion, Obstacle.NO_DURA, why, "Label the thecal sac and the cord.")
    places = Places(column=field.column, sac_mm=dura.solid.points_mm, tumour_mm=mass.points_mm)
    why_not = _inside(field, mass, dura) or _gap(mass, dura, places)
    if why_not is not None:
        return why_not
    return Scene(field=field, mass=mass, dura=dura, cord=_cord(field, mass, places), places=places)


def _no(lesion: str, obstacle: Obstacle, reason: str, remedy: str) -> NoSeparation:
    return NoSeparation(lesion=lesion, obstacle=obstacle, reason=reason, remedy=remedy)


def _inside(field: Field, mass: Tumour, dura: Dura) -> NoSeparation | None:
    """That tumour lies within sac or cord, deeper than the two outlines may overlap by chance."""
    solids = [dura.solid] if dura.is_sac else []
    cord = solid_of(field.images, CORD, mass)
    for solid in (*solids, *([] if cord is None else [cord])):
        deep = float(solid.depth_mm(mass.points_mm).max())
        across = np.eye(3)
        slack = float(max(half_diagonal_mm(grid, across).max() for grid in (mass.grid, solid.grid)))
        if deep > 2.0 * slack + mass.labels.error_mm + solid.labels.error_mm:
            return _no(
                mass.lesion,
                Obstacle.INTRADURAL,
                f"tumour lies {deep:.1f} mm deep within the {solid.structure}: it is not epidural alone",
                "Plan an intradural removal, or correct the labels.",
            )
    return None


def _gap(mass: Tumour, dura: Dura, places: Places) -> NoSeparation | None:
    """That what stands for the dura has no label at some height of the tumour."""
    levels, lacks = _unlabelled(dura.solid, mass, places)
    if not levels:
        return None
    at, named = ", ".join(str(level) for level in levels), dura.solid.structure
    if Lack.WITHIN in lacks:
        why = f"the {named} has no label beside {at} though it has above and below: the canal is closed, or it is lost"
        return _no(mass.lesion, Obstacle.CLOSED, why, OUTLINE)
    end = " at the edge of the scan" if any(_is_cut(dura.solid, lack) for lack in lacks) else ""
    why = f"the label of the {named} ends{end}: it has none beside {at}"
    return _no(mass.lesion, Obstacle.LABEL_ENDS, why, OUTLINE)


def _unlabelled(solid: Solid, mass: Tumour, places: Places) -> tuple[tuple[Level, ...], frozenset[Lack]]:
    """The levels at which tumour stands where a structure has no label, and where to its label that is."""
    beside = places.column.levels[int(np.median(places.tumour_levels))]
    head = places.frame(beside).axes[2]
    voxel = 2.0 * max(half_voxel(grid, head) for grid in (solid.grid, mass.grid))
    lacking, lacks = unseen(places.stations(solid.points_mm), places.tumour_stations, voxel)
    found = set(places.tumour_levels[lacking].tolist())
    return tuple(level for at, level in enumerate(places.column.levels) if at in found), lacks


def _is_cut(solid: Solid, lack: Lack) -> bool:
    """Whether the scan ends where the label does."""
    edge = {Lack.ABOVE: "upper", Lack.BELOW: "lower"}.get(lack, "")
    return edge in edges(solid.labels.grid, solid.labels.boxes[solid.structure])


def _cord(field: Field, mass: Tumour, places: Places) -> Apart | str:
    """The distances to the cord, or what would tell them: it may end beside the tumour only where a cord ends."""
    solid = solid_of(field.images, CORD, mass)
    if solid is None:
        return "label of the cord beside the tumour"
    levels, lacks = _unlabelled(solid, mass, places)
    if not levels:
        return apart(mass, solid)
    at, order = ", ".join(str(level) for level in levels), list(Level)
    if Lack.WITHIN in lacks:
        return f"label of the cord beside {at}, where it has a gap"
    if any(_is_cut(solid, lack) for lack in lacks):
        return f"label of the cord beside {at}, where the scan that shows it ends"
    if lacks != {Lack.BELOW} or any(order.index(level) < order.index(EARLIEST_CONUS) for level in levels):
        return f"label of the cord beside {at}, where it ends"
    return apart(mass, solid)


def cautions(scene: Scene, now: Findings) -> Iterator[str]:
    """What labels leave open, in sentences."""
    if now.value(fact.CORD_LEVEL, scene.mass.lesion) is False:
        yield "no cord at the level: ESCC holds by analogy only, and roots bear compression longer (DECOMP-03)"
    if scene.dura.caution:
        yield scene.dura.caution
    if not scene.shown_on_mr:
        yield f"the {scene.dura.solid.structure} was not outlined on an MR: its outline is not validated"
    if scene.dura.is_sac and scene.dura.solid.labels is scene.mass.labels:
        yield "one label map holds tumour and thecal sac: tumour within the dura would not be seen"
    if not scene.is_bone_known:
        yield "one label map holds tumour and vertebrae: which tumour lies in bone is not known"
    if isinstance(scene.cord, str) and not scene.dura.lies_behind:
        yield f"where the label of the {scene.dura.solid.structure} leaves the cord out, less than all is counted"
    yield from scene.mass.notes
    furthest = max(target.number for target in TARGETS)
    for named in scene.field.images.present(StructureKind.TUMOUR):
        other = tumour_of(scene.field.images, named.lesion) if named != tumour(scene.mass.lesion) else None
        if other is not None and float(apart(other, scene.dura.solid).mm.min()) < furthest:
            yield f"{named} lies within {furthest:g} mm of the dura too: it is not counted"
