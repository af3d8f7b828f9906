"""Whether a lesion has thinned or thickened the bone, against the patient's own healthy bone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.finding import measured
from enbloc.case.geometry import triple
from enbloc.case.image import Images, Volume
from enbloc.case.origin import Modality
from enbloc.kernels.slabs import looked_up
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.parameters import BONE_RIM, BONE_SPREAD
from enbloc.measure.tumour import Tumour
from enbloc.measure.vertebra import Vertebra, cut_through

Floats = NDArray[np.float64]
NEIGHBOURS = 2
LEAST_VOXELS = 50
_FACTS = (fact.LYTIC_SHARE, fact.BLASTIC_SHARE)


def density(
    images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], affected: Collection[Level]
) -> Iterator[Answer]:
    """The shares of the lesion within bone that lie below and above the healthy bone of the neighbouring bodies."""
    role, scan = next(((role, one) for role, one in images.volumes.items() if one.modality is Modality.CT), ("", None))
    if scan is None:
        yield from all_missing(_FACTS, mass.lesion, "no CT")
        return
    main = mass.main_level(spine)
    inside = _inside_bone(mass, spine)
    if main is None or not len(inside):
        yield from all_missing(_FACTS, mass.lesion, "the tumour lies in no labelled vertebra")
        return
    free = _free(main, spine, affected)
    normal = np.concatenate([hounsfield(scan, spongy(spine[level])) for level in free]) if free else np.empty(0)
    if len(normal) < LEAST_VOXELS:
        yield from all_missing(_FACTS, mass.lesion, "no unaffected body nearby to compare the bone with")
        return
    names = " and ".join(level.value for level in free)
    mean, spread = float(normal.mean()), float(normal.std())
    note = f"normal bone at {names}: {mean:.0f} ± {spread:.0f} HU"
    yield from _shares(hounsfield(scan, inside), mean, spread, mass, scan.document or role, note)


def _shares(lesion: Floats, mean: float, spread: float, mass: Tumour, document: str, note: str) -> Iterator[Answer]:
    # How the shares move when the bounds move by their own standard error would be nothing; half the spread is honest.
    for named, sign in ((fact.LYTIC_SHARE, -1.0), (fact.BLASTIC_SHARE, 1.0)):
        share, less, more = (
            100.0 * float((sign * (lesion - mean) > (BONE_SPREAD.number + shift) * spread).mean())
            for shift in (0.0, 0.25, -0.25)
        )
        yield measured(
            named,
            mass.lesion,
            share,
            low=less,
            high=more,
            document=document,
            place=f"tumour {mass.lesion} within bone",
            at_mm=triple(mass.centre),
            notes=(note, "interval: bounds moved by a quarter of a standard deviation"),
        )


def _free(main: Level, spine: Mapping[Level, Vertebra], affected: Collection[Level]) -> list[Level]:
    """The nearest unaffected levels whose bodies are whole, on either side of the lesion."""
    order = list(Level)
    whole = [one for one in spine if one not in affected and not cut_through(spine[one].crop) and one.has_body]
    near = sorted(whole, key=lambda one: (abs(order.index(one) - order.index(main)), order.index(one)))
    return sorted(near[:NEIGHBOURS], key=order.index)


def _inside_bone(mass: Tumour, spine: Mapping[Level, Vertebra]) -> Floats:
    """The tumour's voxels that lie in a labelled vertebra, patient points."""
    inside = np.zeros(len(mass.points_mm), np.bool_)
    for level in mass.within_cc:
        if level in spine:
            crop = spine[level].crop
            inverse = crop.grid.inverse
            matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
            inside |= looked_up(crop.mask, matrix, offset, mass.points_mm) > 0
    return mass.points_mm[inside]


def spongy(one: Vertebra) -> Floats:
    """Points of the body of a vertebra well inside its cortex, patient LPS; fewer where the body is small."""
    depth = ndimage.distance_transform_edt(np.pad(one.crop.mask, 1), sampling=one.crop.grid.spacing_mm)
    depth = depth[1:-1, 1:-1, 1:-1][one.crop.mask > 0]
    front = one.inside(one.crop.points_mm)[:, 1] < one.back_mm - BONE_RIM.number
    return np.asarray(one.crop.points_mm[front & (depth > BONE_RIM.number)], dtype=np.float64)


def hounsfield(scan: Volume, points_mm: Floats) -> Floats:
    """The scan's values at the voxels that hold the points."""
    inverse = scan.grid.inverse
    matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
    inside = np.all(
        (scan.grid.indices(points_mm) > -0.5) & (scan.grid.indices(points_mm) < np.array(scan.grid.shape) - 0.5), axis=1
    )
    return np.asarray(looked_up(scan.voxels, matrix, offset, points_mm[inside]), dtype=np.float64)
