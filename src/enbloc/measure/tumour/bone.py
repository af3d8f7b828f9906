"""Whether a lesion has thinned or thickened the bone, against the patient's own healthy bone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.geometry import triple
from enbloc.case.image import Images, Volume
from enbloc.case.mark import Mark, MarkKind
from enbloc.case.origin import Modality
from enbloc.kernels.distances import deeper
from enbloc.kernels.slabs import readings
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.spine.column import REPLACED
from enbloc.measure.spine.vertebra import Vertebra, cut_through
from enbloc.measure.tumour.drawing import first, mark
from enbloc.measure.tumour.extent import View
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import BONE_RIM, BONE_SPREAD, METAL, SOFT_TISSUE, USUAL_TUBE

Floats = NDArray[np.float64]
NEIGHBOURS = 2
LEAST_VOXELS = 50
LEAST_SPREAD_HU = 0.5
LEAST_CORE = 8
DENSITY: tuple[Fact[Any], ...] = (
    fact.LYTIC_SHARE,
    fact.BLASTIC_SHARE,
    fact.DENSITY,
    fact.NORMAL_DENSITY,
    fact.DENSITY_LOSS,
)
BY_SPREAD = (
    f"voxels of the tumour in bone more than {BONE_SPREAD.number:g} standard deviations from the patient's own bone"
)
HIDDEN = "this bone is so thin or uneven that soft tissue is within its spread: all that is below its mean may be lysed"
BY_MEAN = "mean of the voxels of the tumour in bone; the interval is with its rim and without it"
BY_BODIES = "mean of the spongy bone of healthy bodies near by; the interval moves the rim that is left out by a voxel"
BY_DIFFERENCE = "mean of the healthy bone less that of the lesion"


@dataclass(frozen=True, eq=False, kw_only=True)
class Healthy:
    """The patient's own healthy bone: its mean and spread, HU, the interval of the mean, and where it was read."""

    levels: tuple[Level, ...]
    mean: float
    spread: float
    low: float
    high: float
    middles_mm: Floats

    @property
    def hides_lysis(self) -> bool:
        """Whether it is so thin or so uneven that soft tissue in its place is no rare density of it."""
        return self.mean - BONE_SPREAD.number * self.spread < SOFT_TISSUE.number

    @property
    def names(self) -> str:
        return " and ".join(level.value for level in self.levels)


def density(images: Images, view: View, affected: Collection[Level]) -> Iterator[Answer]:
    """How dense the lesion is, and the shares of it below and above the healthy bone of the neighbouring bodies."""
    mass, spine = view.mass, view.column.spine
    role, scan = next(((role, one) for role, one in images.volumes.items() if one.modality is Modality.CT), ("", None))
    main = mass.main_level(spine)
    if mass.replaces_bone or scan is None:
        yield from all_missing(DENSITY, mass.lesion, REPLACED if mass.replaces_bone else "no CT")
        return
    values = readings_at(scan, mass.points_mm)
    inside = mass.in_bone & np.isfinite(values)
    if main is None or not inside.any():
        yield from all_missing(DENSITY, mass.lesion, "the tumour lies in no vertebra that is labelled and has a frame")
        return
    free = _free(main, spine, affected)
    normal, why = _healthy(scan, [spine[level] for level in free])
    if normal is None:
        yield from all_missing(DENSITY, mass.lesion, why)
        return
    notes = [f"normal bone at {normal.names}: {normal.mean:.0f} ± {normal.spread:.0f} HU", *traps(scan)]
    dense = _dense(scan, values[inside], [spine[one] for one in (*mass.within_cc, *free) if one in spine])
    if dense:
        notes.append(f"metal? {dense} voxels over {METAL.number:g} HU here: density is not to be trusted beside it")
    core = mass.is_core[inside] if not dense else np.zeros(int(inside.sum()), np.bool_)
    where = view.where | {"document": scan.document or role, "place": f"tumour {mass.lesion} within bone"}
    yield from _shares(values[inside], core, normal, mass, where | {"notes": notes})
    yield from _densities(values[inside], core, normal, mass, where | {"notes": notes})


def traps(scan: Volume) -> Iterator[str]:
    """What shifts the density of this scan: contrast and tube voltage, as far as the scan says."""
    if scan.has_contrast is None:
        yield "not known whether contrast was given: it makes a tumour denser than it is"
    elif scan.has_contrast:
        yield "contrast was given: it makes a tumour denser than it is, healthy bone hardly"
    if scan.tube_kv is not None and scan.tube_kv != USUAL_TUBE.number:
        yield f"{scan.tube_kv:g} kV: densities hold within this scan, and are not those of {USUAL_TUBE.number:g} kV"


def _dense(scan: Volume, lesion: Floats, bones: Iterable[Vertebra]) -> int:
    """How many voxels of the lesion, of its vertebrae and of those it is compared with only metal could fill."""
    parts = [lesion, *(readings_at(scan, one.crop.points_mm) for one in bones)]
    return sum(int((part > METAL.number).sum()) for part in parts)


def _shares(
    lesion: Floats, is_core: NDArray[np.bool_], normal: Healthy, mass: Tumour, where: dict[str, Any]
) -> Iterator[Answer]:
    for named, sign in ((fact.LYTIC_SHARE, -1.0), (fact.BLASTIC_SHARE, 1.0)):
        beyond = sign * (lesion - normal.mean) > BONE_SPREAD.number * normal.spread
        low, high = _bounds(beyond, is_core)
        notes = where["notes"]
        if named is fact.LYTIC_SHARE and normal.hides_lysis:
            high = max(high, _bounds(lesion < normal.mean, is_core)[1])
            notes = [*notes, HIDDEN]
        if named is fact.BLASTIC_SHARE and beyond.any():
            notes = [*notes, "dense voxels may be calcified tumour instead of bone"]
        share = 100.0 * float(beyond.mean())
        yield measured(named, mass.lesion, share, low=low, high=high, method=BY_SPREAD, **(where | {"notes": notes}))


def _bounds(beyond: NDArray[np.bool_], is_core: NDArray[np.bool_]) -> tuple[float, float]:
    """The share if the tumour's surface moved inward: with its rim, which may hold other tissue, and without it.

    The border between thinned and other bone within the lesion may be off by half a voxel too: that is as much of it as
    of a cube with a border across, less where the share is small.
    If hardly a voxel is without a rim, or metal spoils the densities, nothing is known: any share is possible.
    """
    if is_core.sum() < LEAST_CORE:
        return 0.0, 100.0
    whole, core = 100.0 * float(beyond.mean()), 100.0 * float(beyond[is_core].mean())
    share = float(beyond.mean())
    border = 100.0 * np.sqrt(share * (1.0 - share)) / np.cbrt(len(beyond))
    return max(0.0, min(whole, core) - border), min(100.0, max(whole, core) + border)


def _densities(
    lesion: Floats, is_core: NDArray[np.bool_], normal: Healthy, mass: Tumour, where: dict[str, Any]
) -> Iterator[Answer]:
    """Densities of lesion and healthy bone and the loss; of any density within the lesion where it has no core."""
    mean = float(lesion.mean())
    inner = lesion[is_core] if is_core.sum() >= LEAST_CORE else None
    low, high = (float(lesion.min()), float(lesion.max())) if inner is None else sorted((mean, float(inner.mean())))
    yield measured(fact.DENSITY, mass.lesion, mean, low=low, high=high, method=BY_MEAN, **where)
    bodies = mark(MarkKind.POINTS, f"healthy bone at {normal.names}", normal.middles_mm)
    beside: dict[str, Any] = {"marks": (bodies,), "at_mm": triple(normal.middles_mm[0]), "place": normal.names}
    yield measured(
        fact.NORMAL_DENSITY,
        mass.lesion,
        normal.mean,
        low=normal.low,
        high=normal.high,
        method=BY_BODIES,
        **(where | beside),
    )
    both: tuple[Mark, ...] = first((*where["marks"][:3], bodies))
    yield measured(
        fact.DENSITY_LOSS,
        mass.lesion,
        normal.mean - mean,
        low=normal.low - high,
        high=normal.high - low,
        method=BY_DIFFERENCE,
        **(where | {"marks": both}),
    )


def _free(main: Level, spine: Mapping[Level, Vertebra], affected: Collection[Level]) -> list[Level]:
    """The nearest unaffected levels whose bodies are whole, on either side of the lesion."""
    order = list(Level)
    whole = [one for one in spine if one not in affected and not cut_through(spine[one].crop) and one.has_body]
    near = sorted(whole, key=lambda one: (abs(order.index(one) - order.index(main)), order.index(one)))
    return sorted(near[:NEIGHBOURS], key=order.index)


def _healthy(scan: Volume, bodies: list[Vertebra]) -> tuple[Healthy | None, str]:
    """The healthy bone of these bodies, or why there is none to compare with."""
    if not bodies:
        return None, "no unaffected body nearby to compare the bone with"
    voxel = [2.0 * max(one.error_mm(axis) for axis in range(3)) for one in bodies]
    rims = (BONE_RIM.number, BONE_RIM.number + max(voxel))
    usual, inner = (_read(scan, bodies, rim) for rim in rims)
    names = " and ".join(one.level.value for one in bodies)
    if len(usual) < LEAST_VOXELS:
        return None, "no unaffected body nearby to compare the bone with"
    if float(usual.std()) < LEAST_SPREAD_HU:
        return None, f"the bone at {names} is all of one value: no CT of a patient"
    mean = float(usual.mean())
    low, high = sorted((mean, float(inner.mean()) if len(inner) >= LEAST_CORE else mean))
    middles = np.array([one.origin for one in bodies])
    levels = tuple(one.level for one in bodies)
    return Healthy(levels=levels, mean=mean, spread=float(usual.std()), low=low, high=high, middles_mm=middles), ""


def _read(scan: Volume, bodies: list[Vertebra], rim_mm: float) -> Floats:
    values = np.concatenate([readings_at(scan, spongy(one, rim_mm)) for one in bodies])
    return np.asarray(values[np.isfinite(values)], dtype=np.float64)


def spongy(one: Vertebra, rim_mm: float = BONE_RIM.number) -> Floats:
    """Points of the body of a vertebra well inside its cortex, patient LPS; fewer where the body is small."""
    front = (one.crop.points_mm - one.origin) @ one.axes[1] < one.back_mm - rim_mm
    body = np.zeros(one.crop.mask.shape, np.bool_)
    body[one.crop.mask > 0] = front
    spacing = np.array(one.crop.grid.spacing_mm)
    pad = np.floor(rim_mm / spacing).astype(int) + 1
    box = []
    for axis in range(3):
        there = np.flatnonzero(body.any(axis=tuple(other for other in range(3) if other != axis)))
        if not len(there):
            return np.empty((0, 3))
        box.append(slice(max(0, int(there[0]) - int(pad[axis])), int(there[-1]) + int(pad[axis]) + 1))
    # One layer of nothing around the crop: bone ends where its label ends. Cut elsewhere, it does not.
    wide = np.pad(one.crop.mask, 1)[tuple(slice(part.start, part.stop + 2) for part in box)]
    deep = deeper(np.ascontiguousarray(wide), spacing, rim_mm)
    starts = np.array([part.start for part in box]) - 1
    indices = np.argwhere(deep) + starts
    kept = body[tuple(indices.T)]
    return one.crop.grid.points_mm(indices[kept])


def readings_at(scan: Volume, points_mm: Floats) -> Floats:
    """The scan's values at the voxels that hold the points; NaN outside it."""
    inverse = scan.grid.inverse
    return readings(scan.voxels, np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), points_mm)
