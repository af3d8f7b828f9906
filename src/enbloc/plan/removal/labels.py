"""What an instrument must keep away from beside a tumour, and which of it nobody has labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from enbloc.case.anatomy import CORD, SAC, Level, Structure, StructureKind, tumour
from enbloc.case.sided import Root
from enbloc.measure.spine.vertebra import edges, half_voxel
from enbloc.measure.tumour.mass import Tumour
from enbloc.plan.anatomy import NECK, SACRAL, TRUNK, VESSELS, vessels_beside
from enbloc.plan.delivery.of_case import BEFORE_SACRUM, Keeping
from enbloc.plan.field import Field
from enbloc.plan.price.roots import candidates, labelled_root

IN_FRONT_OF_NECK = "carotid arteries, jugular veins, gullet and windpipe, for which there is no label"
IN_FRONT_OF_TRUNK = "heart, lungs, bowel, kidneys and ureters, for which there is no label"


def kept(field: Field, keeping: Keeping, cut: Sequence[Root]) -> tuple[tuple[Structure, float], ...]:
    """Every labelled structure that an instrument must keep away from, and how far, mm; what is shielded is left out.

    The roots that are ``cut`` stand in no way.
    """
    gone = {labelled_root(one) for one in cut}
    roots = [one for one in field.images.present(StructureKind.NERVE_ROOT) if one not in gone]
    found = [(named, keeping.of(named)) for named in (CORD, SAC, *roots, *VESSELS)]
    return tuple((named, mm) for named, mm in found if mm is not None)


def missing(
    field: Field, mass: Tumour, levels: Sequence[Level], keeping: Keeping, cut: Sequence[Root]
) -> Iterator[str]:
    """What nobody has labelled that an instrument might come near to: none of it is read as absent."""
    if ends := edges(mass.labels.grid, mass.labels.boxes[tumour(mass.lesion)]):
        yield f"the whole tumour: it is cut by the {' and '.join(ends)} edge of the scan"
    yield from _canal(field, mass, keeping)
    for one in _roots(field, levels):
        if one not in cut and not _is_known(field, labelled_root(one), keeping):
            yield f"label of nerve root {one}"
    yield from (f"label of the {named}" for named in vessels_beside(levels) if not _is_known(field, named, keeping))
    if SACRAL & set(levels):
        yield BEFORE_SACRUM


def _canal(field: Field, mass: Tumour, keeping: Keeping) -> Iterator[str]:
    """That the dura, or the cord where the dura is held away, is not labelled beside the whole tumour."""
    wanted = next((named for named in (SAC, CORD) if keeping.of(named) is not None), None)
    if wanted is None or wanted in keeping.absent:
        return
    labels = field.images.map_of(wanted)
    if labels is None:
        yield f"label of the {wanted}"
        return
    if labels is mass.labels:
        yield f"a map of the {wanted} of its own: what {tumour(mass.lesion)} took of it has no label"
    main = mass.main_level(field.column.spine)
    one = None if main is None else field.column.spine.get(main)
    axis = np.array([0.0, 0.0, 1.0]) if one is None else one.axes[2]
    beside, own = labels.points_mm(wanted) @ axis, mass.points_mm @ axis
    step = 2.0 * max(half_voxel(labels.grid, axis), half_voxel(mass.grid, axis))
    held = set(np.floor(beside / step).tolist())
    if not set(np.floor(own / step).tolist()) <= held:
        yield f"label of the {wanted} beside the whole tumour"


def _roots(field: Field, levels: Sequence[Level]) -> Iterator[Root]:
    """The roots that leave above and below the vertebrae beside the tumour."""
    yield from (one for one, upper, lower in candidates(field.column) if {upper, lower} & set(levels))


def _is_known(field: Field, named: Structure | None, keeping: Keeping) -> bool:
    if named is None:
        return False
    return named in keeping.absent or keeping.of(named) is None or field.images.map_of(named) is not None


def unnamed(levels: Sequence[Level]) -> Iterator[str]:
    """What lies in the way of an approach from in front or the side and has no label in any scheme."""
    held = set(levels)
    if held & set(NECK):
        yield f"from in front and the side: {IN_FRONT_OF_NECK}"
    if held & TRUNK:
        yield f"from in front and the side: {IN_FRONT_OF_TRUNK}"
