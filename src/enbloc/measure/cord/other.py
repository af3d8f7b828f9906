"""Bone or disc that presses on sac or cord where no tumour is: such a narrowing is not graded as epidural tumour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.finding import measured
from enbloc.kernels import stacks
from enbloc.measure.answers import Answer, missing
from enbloc.measure.cord.drawing import outline, where
from enbloc.measure.cord.parameters import EPIDURAL_AREA, PLANE_PIXEL
from enbloc.measure.cord.profile import Profile
from enbloc.measure.cord.stack import BONE, DISC
from enbloc.measure.tumour.mass import Tumour

Mask = NDArray[np.bool_]
METHOD = "bone or disc within the outline of the free canal, next to the sac or cord and not next to tumour"


def other_compression(profile: Profile, mass: Tumour) -> Answer:
    """Whether bone or disc without tumour stands in the canal beside the tumour and touches the sac or the cord.

    Yes only if a voxel either way changes nothing, on two neighbouring planes; missing where that decides.
    """
    seen, lesion = profile.seen, mass.lesion
    if not seen.has_canal:
        return missing(fact.OTHER_COMPRESSION, lesion, "no canal label to show where its wall should be")
    if not (profile.has_sac | profile.has_cord)[seen.beside].any():
        return missing(fact.OTHER_COMPRESSION, lesion, "no thecal sac or cord label beside the tumour")
    usual = seen.reference(seen.room, np.asarray(seen.room.any(axis=(1, 2))))
    if usual is None:
        return missing(fact.OTHER_COMPRESSION, lesion, "no free slice of the canal above or below the tumour")
    solid = (seen.has(BONE) | seen.has(DISC)) & ~seen.mass
    sure = _pressing(profile, solid & (usual >= seen.coarsest_mm), is_sure=True)
    likely = _pressing(profile, solid & (usual > 0.0), is_sure=False)
    if likely.any() and not sure.any():
        why = "half a voxel decides whether bone or disc stands in the canal and touches the sac"
        return missing(fact.OTHER_COMPRESSION, lesion, why)
    inside = solid & (usual > 0.0)
    row = int(np.argmax(np.where(sure, inside.sum(axis=(1, 2)), -1))) if sure.any() else int(seen.beside[0])
    marks = [
        *outline(seen, row, inside[row], "bone or disc in the canal"),
        *outline(seen, row, usual[row] > 0, "canal"),
    ]
    marks += [*outline(seen, row, profile.sac[row], "sac"), *outline(seen, row, profile.cord[row], "cord")]
    spot = stacks.moments(inside[row : row + 1])[0, 1:3]
    here = where(seen, row, mass.labels.document, spot=spot, method=METHOD, marks=marks)
    return measured(fact.OTHER_COMPRESSION, lesion, bool(sure.any()), **here)


def _pressing(profile: Profile, inside: Mask, *, is_sure: bool) -> Mask:
    """On which planes beside the tumour's level enough bone or disc stands in the canal, touching sac or cord.

    Only what has no tumour next to it counts: bone that tumour pushes ahead of it is part of the tumour's compression.
    """
    seen, voxel = profile.seen, profile.seen.coarsest_mm / PLANE_PIXEL.number
    tumour = stacks.nearest_pairs(inside, seen.mass)[:, 0]
    sac = stacks.nearest_pairs(inside, profile.sac | profile.cord)[:, 0]
    area = inside.sum(axis=(1, 2)) * seen.pixel_mm2
    level = (seen.at >= seen.one.low_mm) & (seen.at <= seen.one.high_mm)
    level[seen.beside] = True
    free = tumour > (2.0 * voxel if is_sure else voxel)
    pressing = level & (area >= EPIDURAL_AREA.number) & free & (sac <= (2.0 if is_sure else 3.0) * voxel)
    return np.asarray(pressing & (np.roll(pressing, 1) | np.roll(pressing, -1)))
