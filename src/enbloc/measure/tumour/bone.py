"""Whether a lesion has thinned or thickened the bone, against the patient's own healthy bone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

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
from enbloc.measure.spine.column import REPLACED
from enbloc.measure.spine.vertebra import Vertebra, cut_through
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import BONE_RIM, BONE_SPREAD, METAL

Floats = NDArray[np.float64]
NEIGHBOURS = 2
LEAST_VOXELS = 50
LEAST_SPREAD_HU = 0.5
LEAST_CORE = 8
_FACTS = (fact.LYTIC_SHARE, fact.BLASTIC_SHARE)


def density(
    images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], affected: Collection[Level]
) -> Iterator[Answer]:
    """The shares of the lesion within bone that lie below and above the healthy bone of the neighbouring bodies."""
    if mass.replaces_bone:
        yield from all_missing(_FACTS, mass.lesion, REPLACED)
        return
    role, scan = next(((role, one) for role, one in images.volumes.items() if one.modality is Modality.CT), ("", None))
    if scan is None:
        yield from all_missing(_FACTS, mass.lesion, "no CT")
        return
    main = mass.main_level(spine)
    inside = _inside_bone(mass, spine) & scan.grid.encloses(mass.points_mm)
    if main is None or not inside.any():
        yield from all_missing(_FACTS, mass.lesion, "the tumour lies in no vertebra that is labelled and has a frame")
        return
    free = _free(main, spine, affected)
    normal = np.concatenate([hounsfield(scan, spongy(spine[level])) for level in free]) if free else np.empty(0)
    if len(normal) < LEAST_VOXELS:
        yield from all_missing(_FACTS, mass.lesion, "no unaffected body nearby to compare the bone with")
        return
    names = " and ".join(level.value for level in free)
    mean, spread = float(normal.mean()), float(normal.std())
    if spread < LEAST_SPREAD_HU:
        yield from all_missing(_FACTS, mass.lesion, f"the bone at {names} is all of one value: no CT of a patient")
        return
    notes = [f"normal bone at {names}: {mean:.0f} ± {spread:.0f} HU"]
    lesion = hounsfield(scan, mass.points_mm[inside])
    dense = _dense(scan, lesion, [spine[one] for one in (*mass.within_cc, *free) if one in spine])
    if dense:
        notes.append(f"metal? {dense} voxels over {METAL.number:g} HU here: density is not to be trusted beside it")
    core = mass.is_core[inside] if not dense else np.zeros(len(lesion), np.bool_)
    yield from _shares(lesion, core, mean, spread, mass, scan.document or role, notes)


def _dense(scan: Volume, lesion: Floats, bones: Iterable[Vertebra]) -> int:
    """How many voxels of the lesion, of its vertebrae and of those it is compared with only metal could fill."""
    parts = [lesion, *(hounsfield(scan, one.crop.points_mm) for one in bones)]
    return sum(int((part > METAL.number).sum()) for part in parts)


def _shares(
    lesion: Floats,
    is_core: NDArray[np.bool_],
    mean: float,
    spread: float,
    mass: Tumour,
    document: str,
    notes: list[str],
) -> Iterator[Answer]:
    for named, sign in ((fact.LYTIC_SHARE, -1.0), (fact.BLASTIC_SHARE, 1.0)):
        beyond = sign * (lesion - mean) > BONE_SPREAD.number * spread
        low, high = _bounds(beyond, is_core)
        yield measured(
            named,
            mass.lesion,
            100.0 * float(beyond.mean()),
            low=low,
            high=high,
            document=document,
            place=f"tumour {mass.lesion} within bone",
            at_mm=triple(mass.centre),
            notes=notes,
        )


def _bounds(beyond: NDArray[np.bool_], is_core: NDArray[np.bool_]) -> tuple[float, float]:
    """The share if the tumour's surface moved inward: with its rim, which may hold other tissue, and without it.

    If hardly a voxel is without a rim, or metal spoils the densities, nothing is known: any share is possible.
    """
    if is_core.sum() < LEAST_CORE:
        return 0.0, 100.0
    whole, core = 100.0 * float(beyond.mean()), 100.0 * float(beyond[is_core].mean())
    return min(whole, core), max(whole, core)


def _free(main: Level, spine: Mapping[Level, Vertebra], affected: Collection[Level]) -> list[Level]:
    """The nearest unaffected levels whose bodies are whole, on either side of the lesion."""
    order = list(Level)
    whole = [one for one in spine if one not in affected and not cut_through(spine[one].crop) and one.has_body]
    near = sorted(whole, key=lambda one: (abs(order.index(one) - order.index(main)), order.index(one)))
    return sorted(near[:NEIGHBOURS], key=order.index)


def _inside_bone(mass: Tumour, spine: Mapping[Level, Vertebra]) -> NDArray[np.bool_]:
    """Which of the tumour's voxels lie in a labelled vertebra."""
    inside = np.zeros(len(mass.points_mm), np.bool_)
    for level in mass.within_cc:
        if level in spine:
            crop = spine[level].crop
            inverse = crop.grid.inverse
            matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
            inside |= looked_up(crop.mask, matrix, offset, mass.points_mm) > 0
    return inside


def spongy(one: Vertebra) -> Floats:
    """Points of the body of a vertebra well inside its cortex, patient LPS; fewer where the body is small."""
    depth = ndimage.distance_transform_edt(np.pad(one.crop.mask, 1), sampling=one.crop.grid.spacing_mm)
    depth = depth[1:-1, 1:-1, 1:-1][one.crop.mask > 0]
    front = one.inside(one.crop.points_mm)[:, 1] < one.back_mm - BONE_RIM.number
    return np.asarray(one.crop.points_mm[front & (depth > BONE_RIM.number)], dtype=np.float64)


def hounsfield(scan: Volume, points_mm: Floats) -> Floats:
    """The scan's values at the voxels that hold the points; points outside it are left out."""
    inverse = scan.grid.inverse
    matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
    inside = scan.grid.encloses(points_mm)
    return np.asarray(looked_up(scan.voxels, matrix, offset, points_mm[inside]), dtype=np.float64)
