"""How much of the body, of the posterolateral elements and of each WBB sector and layer is tumour."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CANAL, CORD, SAC, SECTORS, Layer, Level, StructureKind, tumour, vertebra
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels import regions
from enbloc.kernels.slabs import stacked
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.heights import from_index
from enbloc.measure.spine.vertebra import Box, Vertebra, cut_through
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import (
    CANAL_LAYER_VOLUME,
    FACET_REACH,
    LAYER_VOLUME,
    LEVEL_INVOLVED,
    PEDICLE_REACH,
    SECTOR_SHARE,
    SECTOR_VOLUME,
)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
HEIGHT_STEP_MM = 2.0
TURNS = 120
LAYERS = (Layer.A, Layer.B, Layer.C, Layer.D, Layer.E)


@dataclass(frozen=True, eq=False, kw_only=True)
class Tally:
    """One vertebra and one tumour: voxels by part, sector and layer, as the kernel `regions.tallied` gives them."""

    one: Vertebra
    parts: Counts
    pedicles: Counts  # of the parts, what lies no farther back than the canal's centre
    sectors: Counts
    layers: Counts

    @property
    def voxel_cc(self) -> float:
        return self.one.crop.grid.voxel_cc

    @property
    def involved(self) -> NDArray[np.bool_]:
        """Which of the twelve sectors hold enough tumour."""
        taken = self.sectors[:, 1] if self.is_in_bone else self.sectors[:, 3]
        return np.asarray(taken * self.voxel_cc >= self.needed, dtype=np.bool_)

    @property
    def is_in_bone(self) -> bool:
        """Whether there is tumour in the bone; if not, sectors go by the tumour around it."""
        return bool(self.sectors[:, 1].sum() * self.voxel_cc >= LEVEL_INVOLVED.number)

    @property
    def needed(self) -> Floats:
        """The volume of tumour that involves each sector, cc."""
        share = SECTOR_SHARE.number / 100.0 * self.sectors[:, 0] * self.voxel_cc
        return np.asarray(np.maximum(SECTOR_VOLUME.number, share), dtype=np.float64)

    @property
    def uncertain(self) -> NDArray[np.bool_]:
        """Which sectors half a voxel would turn."""
        cc, moved = self.sectors[:, 1] * self.voxel_cc, 0.5 * self.sectors[:, 2] * self.voxel_cc
        return np.asarray((cc > 0) & (cc - moved < self.needed) & (self.needed <= cc + moved), dtype=np.bool_)


def tally(images: Images, one: Vertebra, mass: Tumour, spine: Mapping[Level, Vertebra]) -> Tally:
    """One pass over the voxels of a vertebra and of the tumour around it."""
    grid, bits = _bits(images, one, mass)
    matrix, offset = from_index(one, grid.affine)
    low, high = reach(one, spine)
    zs = np.arange(low, high + HEIGHT_STEP_MM, HEIGHT_STEP_MM)
    centre = one.hole_mm[:2].copy()
    near, far = regions.walls(bits, matrix, offset, centre, zs, TURNS)
    cut = _cuts(one)
    parts, sectors, layers = regions.tallied(bits, matrix, offset, centre, zs, cut, near, far)
    pedicles = parts
    if parts[[regions.PLUS, regions.MINUS], 1].any():
        before = cut.copy()
        before[3] = centre[1]
        pedicles, _, _ = regions.tallied(bits, matrix, offset, centre, zs, before, near, far)
    return Tally(one=one, parts=parts, pedicles=pedicles, sectors=sectors, layers=layers)


def _cuts(one: Vertebra) -> Floats:
    """The numbers that part a vertebra: plane of the body, sides of pedicles and facets, reach of the canal."""
    behind = float(one.hole_mm[1]) + one.half_depth_mm + FACET_REACH.number
    outer = one.pedicle_mm + PEDICLE_REACH.number
    border = 1.25 * max(one.half_width_mm, one.half_depth_mm)
    return np.array([one.back_mm, one.half_width_mm, outer, behind, border])


def reach(one: Vertebra, spine: Mapping[Level, Vertebra]) -> tuple[float, float]:
    """The heights that belong to a vertebra: halfway to its neighbours, or a little beyond its own body."""
    low, high = one.low_mm - 4.0, one.high_mm + 4.0
    levels = list(spine)
    at = levels.index(one.level)
    if at > 0:
        high = 0.5 * float(one.inside(spine[levels[at - 1]].origin[None])[0, 2])
    if at < len(levels) - 1:
        low = 0.5 * float(one.inside(spine[levels[at + 1]].origin[None])[0, 2])
    return min(low, one.low_mm), max(high, one.high_mm)


def _bits(images: Images, one: Vertebra, mass: Tumour) -> tuple[Grid, NDArray[np.uint8]]:
    """What each voxel around the vertebra and the tumour is, in the bits of the kernel."""
    corners = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)]) * (np.array(mass.grid.shape) - 1)
    whole = one.crop.labels.grid
    at = whole.indices(mass.grid.points_mm(corners))
    box = _joined(one.crop.box, np.floor(at.min(axis=0)) - 1, np.ceil(at.max(axis=0)) + 2, whole.shape)
    grid = whole.cropped(box)
    bits = np.zeros(grid.shape, np.uint8)
    for labels in images.labels.values():
        table = _meaning(labels, one.level, mass.lesion)
        if table.any():
            bits |= table[_on(labels, whole, box)]
    return grid, bits


def _joined(box: Box, low: Floats, high: Floats, shape: tuple[int, int, int]) -> Box:
    a, b, c = (
        slice(max(0, min(part.start, int(start))), min(size, max(part.stop, int(stop))))
        for part, start, stop, size in zip(box, low, high, shape, strict=True)
    )
    return (a, b, c)


def _meaning(labels: LabelMap, level: Level, lesion: str) -> NDArray[np.uint8]:
    """The bits of every id of a label map, shape (largest id + 1,)."""
    table = np.zeros(int(np.iinfo(labels.labels.dtype).max) + 1, np.uint8)
    for number, named in labels.names.items():
        if named == vertebra(level):
            table[number] = regions.HOST
        elif named.kind is StructureKind.VERTEBRA:
            table[number] = regions.OTHER
        elif named == tumour(lesion):
            table[number] = regions.GUEST
        elif named in (SAC, CORD):
            table[number] = regions.HOLE | regions.CORE
        elif named == CANAL:
            table[number] = regions.HOLE
    return table


def _on(labels: LabelMap, whole: Grid, box: Box) -> NDArray[np.integer]:
    """The labels on a part of another grid: a view where both are the same, else the nearest voxels."""
    if labels.grid.is_same_as(whole):
        return np.asarray(labels.labels[box])
    grid = whole.cropped(box)
    origins = grid.points_mm(np.stack([np.arange(grid.shape[0]), *np.zeros((2, grid.shape[0]))], axis=1))
    step = np.ones_like(origins)
    inverse = labels.grid.inverse
    return stacked(
        labels.labels,
        np.ascontiguousarray(inverse[:3, :3]),
        inverse[:3, 3].copy(),
        origins,
        step * grid.affine[:3, 1],
        step * grid.affine[:3, 2],
        np.arange(float(grid.shape[1])),
        np.arange(float(grid.shape[2])),
    )


SHARES: tuple[Fact[float], ...] = (
    fact.BODY_SHARE,
    fact.POSTEROLATERAL_LEFT,
    fact.POSTEROLATERAL_RIGHT,
    fact.POSTEROLATERAL_LEFT_SHARE,
    fact.POSTEROLATERAL_RIGHT_SHARE,
)


def unseen_parts(levels: Collection[Level], spine: Mapping[Level, Vertebra]) -> tuple[str, ...]:
    """Which involved vertebrae are not seen whole, and why: tumour there is not counted, so that none is not none."""
    cut = {level: cut_through(spine[level].crop) for level in levels if level in spine}
    without = [f"{level} has no frame" for level in levels if level not in spine]
    edges = [f"{level} is cut by the {' and '.join(held)} edge of the scan" for level, held in cut.items() if held]
    return (*without, *edges)


def shares(mass: Tumour, tallies: list[Tally], unseen: tuple[str, ...] = ()) -> Iterator[Answer]:
    """Share of the body, and volume and share of the posterolateral elements by side, at the worst level of each.

    Nothing where an involved vertebra is not seen whole: the part that is missing may hold the tumour that counts.
    """
    if not tallies or unseen:
        why = "; ".join(unseen) or "no vertebra at the tumour has a frame"
        yield from all_missing(SHARES, mass.lesion, why)
        return
    bodies = [held for held in tallies if held.one.level.has_body]
    if bodies:
        yield _share(fact.BODY_SHARE, mass, bodies, regions.FRONT)
    else:
        yield missing(fact.BODY_SHARE, mass.lesion, "no vertebral body at the tumour")
    sides = (
        (regions.PLUS, fact.POSTEROLATERAL_LEFT, fact.POSTEROLATERAL_LEFT_SHARE),
        (regions.MINUS, fact.POSTEROLATERAL_RIGHT, fact.POSTEROLATERAL_RIGHT_SHARE),
    )
    for part, volume, share in sides:
        worst = max(tallies, key=lambda held: int(held.parts[part, 1]))
        cc = worst.parts[part] * worst.voxel_cc
        low, high = max(0.0, cc[1] - 0.5 * cc[2]), min(float(cc[0]), cc[1] + 0.5 * cc[2])
        where = _where(mass, worst)
        yield measured(volume, mass.lesion, float(cc[1]), low=low, high=max(high, float(cc[1])), **where)
        yield _share(share, mass, tallies, part)


def _share(named: Fact[float], mass: Tumour, tallies: list[Tally], part: int) -> Answer:
    worst = max(tallies, key=lambda held: held.parts[part, 1] / max(1, held.parts[part, 0]))
    bone, inside, faces = (float(number) for number in worst.parts[part])
    scale = 100.0 / max(1.0, bone)
    low, high = max(0.0, (inside - 0.5 * faces) * scale), min(100.0, (inside + 0.5 * faces) * scale)
    alone, notes = (0.0, worst.one.notes) if part == regions.FRONT else _pedicle_or_facet(tallies, part, worst)
    high = max(high, alone)
    return measured(named, mass.lesion, inside * scale, low=low, high=high, notes=notes, **_where(mass, worst))


def _pedicle_or_facet(tallies: list[Tally], part: int, worst: Tally) -> tuple[float, tuple[str, ...]]:
    """The highest share of a pedicle alone or of the facets alone, per cent, and a note that says it.

    Half a pedicle is little of pedicle and facets together: whether it counts is left open, and not read as none.
    """
    found = (0.0, "")
    for held in tallies:
        pedicle = held.pedicles[part]
        for words, (bone, inside, _) in (("pedicle", pedicle), ("facets", held.parts[part] - pedicle)):
            if bone > 0:
                found = max(found, (100.0 * float(inside) / float(bone), words))
    share, words = found
    note = (f"{words} alone {share:.0f} %",) if words else ()
    return share, (*worst.one.notes, *note)


def _where(mass: Tumour, held: Tally) -> dict[str, Any]:
    near = np.argmin(np.linalg.norm(mass.points_mm - held.one.origin, axis=1))
    x, y, z = (float(number) for number in mass.points_mm[near])
    return {"document": mass.labels.document, "place": f"tumour {mass.lesion} at {held.one.level}", "at_mm": (x, y, z)}


def sectors_and_layers(mass: Tumour, tallies: list[Tally], unseen: tuple[str, ...] = ()) -> Iterator[Answer]:
    """The sectors and layers of Weinstein, Boriani and Biagini that are involved at any level."""
    if not tallies:
        why = "no vertebra at the tumour has a frame"
        yield from all_missing((fact.WBB_SECTORS, fact.WBB_LAYERS), mass.lesion, why)
        return
    involved = np.any([held.involved for held in tallies], axis=0)
    volume = sum(held.layers.sum(axis=0) * held.voxel_cc for held in tallies)
    least = [CANAL_LAYER_VOLUME if layer in {Layer.D, Layer.E} else LAYER_VOLUME for layer in LAYERS]
    layers = tuple(
        layer.value for layer, cc, needed in zip(LAYERS, np.asarray(volume), least, strict=True) if cc >= needed.number
    )
    notes = [f"{one}: tumour there is not counted" for one in unseen]
    notes += dict.fromkeys(note for held in tallies for note in held.one.notes)
    for held in tallies:
        if not held.is_in_bone:
            notes.append(f"{held.one.level}: no tumour in the bone, sectors of the tumour around it")
        names = [str(sector) for sector, near in zip(SECTORS, held.uncertain, strict=True) if near]
        if names:
            notes.append(f"{held.one.level}: half a voxel decides about sector {', '.join(names)}")
    found = tuple(sector for sector, there in zip(SECTORS, involved, strict=True) if there)
    where = _where(mass, max(tallies, key=lambda held: int(held.sectors[:, 3].sum())))
    yield measured(fact.WBB_SECTORS, mass.lesion, found, notes=notes, **where)
    of_layers = notes[: len(unseen)]
    if any(held.one.level.value.startswith("C") and held.one.level is not Level.CO for held in tallies):
        of_layers = [*of_layers, "layer F, the foramen of the vertebral artery, is not measured"]
    yield measured(fact.WBB_LAYERS, mass.lesion, layers, notes=of_layers, **where)
