"""When no separation is planned, and why: what must be labelled, and what must be true, before a dura can be freed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from enbloc.case.anatomy import CORD, Level, StructureKind, tumour
from enbloc.measure.cord.profile import EARLIEST_CONUS
from enbloc.measure.spine.vertebra import edges
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.plan.decompression.around import Apart, Dura, Solid, apart, dura_of, heights_without, solid_of
from enbloc.plan.decompression.decompression import NoSeparation, Obstacle
from enbloc.plan.decompression.parameters import TARGETS
from enbloc.plan.decompression.places import Places
from enbloc.plan.decompression.scene import Scene
from enbloc.plan.field import Field
from enbloc.plan.margin.surface import half_diagonal_mm

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
    levels, closed = _unlabelled(dura.solid, mass, places)
    if not levels:
        return None
    at, named = ", ".join(str(level) for level in levels), dura.solid.structure
    if closed:
        why = f"the {named} has no label beside {at} though it has above and below: the canal is closed, or it is lost"
        return _no(mass.lesion, Obstacle.CLOSED, why, OUTLINE)
    end = " at the edge of the scan" if edges(dura.solid.labels.grid, dura.solid.labels.boxes[named]) else ""
    why = f"the label of the {named} ends{end}: it has none beside {at}"
    return _no(mass.lesion, Obstacle.LABEL_ENDS, why, OUTLINE)


def _unlabelled(solid: Solid, mass: Tumour, places: Places) -> tuple[tuple[Level, ...], bool]:
    """The levels at which tumour stands where a structure has no label, and whether that is a gap in it."""
    own = places.tumour_stations
    lacking = list(heights_without(solid, mass, (places.stations(solid.points_mm), own)))
    if not lacking:
        return (), False
    at = [int(np.argmin(np.abs(own - height))) for height, _ in lacking]
    found = set(places.tumour_levels[at].tolist())
    levels = tuple(level for number, level in enumerate(places.column.levels) if number in found)
    return levels, any(is_gap for _, is_gap in lacking)


def _cord(field: Field, mass: Tumour, places: Places) -> Apart | str:
    """The distances to the cord, or what would tell them."""
    solid = solid_of(field.images, CORD, mass)
    if solid is None:
        return "label of the cord beside the tumour"
    levels, is_gap = _unlabelled(solid, mass, places)
    if levels:
        order = list(Level)
        is_cut = any(edge in ("upper", "lower") for edge in edges(solid.labels.grid, solid.labels.boxes[CORD]))
        may_end = all(order.index(level) >= order.index(EARLIEST_CONUS) for level in levels)
        if is_gap or is_cut or not may_end:
            end = ", where the scan or the label ends" if not is_gap else ""
            return f"label of the cord beside {', '.join(str(level) for level in levels)}{end}"
    return apart(mass, solid)


def cautions(scene: Scene) -> Iterator[str]:
    """What labels leave open, in sentences."""
    if scene.dura.caution:
        yield scene.dura.caution
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
