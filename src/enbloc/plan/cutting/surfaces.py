"""What half a voxel at the surfaces of bone and tumour leaves open of the bone that cuts remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.finding import Interval
from enbloc.case.image import Grid
from enbloc.plan.cutting.roles import Domain
from enbloc.plan.cutting.rows import Lines, Mask, Rows, lines_of
from enbloc.plan.cutting.sides import Side, domain_of

Bytes = NDArray[np.uint8]
Domains = tuple[Domain, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Doubled:
    """Voxels that weigh one or two, a surface half a voxel off: ``weights``, shape (n,), at ``indices`` of a grid."""

    weights: Bytes
    lines: Lines
    _parts: dict[Domains, tuple[tuple[frozenset[Domain], Rows], ...]] = field(default_factory=dict, init=False)

    def taken(self, sides: Sequence[Side], way: float) -> int:
        """The weight on the tumour's side of all cuts when its surface lies half a voxel further that ``way``."""
        domains = tuple(dict.fromkeys(side.within for side in sides if side.within))
        total = 0
        for held, rows in self._divided(domains):
            here = [side for side in sides if not side.within or side.within in held]
            if not here:
                total += rows.total
                continue
            offsets = np.array([[side.offset_mm + way * side.half_mm for side in here]])
            total += int(rows.within(np.array([[side.normal for side in here]]), offsets)[0])
        return total

    def _divided(self, domains: Domains) -> tuple[tuple[frozenset[Domain], Rows], ...]:
        """The voxels apart by the domains that they lie in: where a blade does not run its cut bounds nothing."""
        if domains not in self._parts:
            key = np.zeros(len(self.weights), np.int64)
            for at, domain in enumerate(domains):
                key += domain_of(domain, self.lines).astype(np.int64) << at
            self._parts[domains] = tuple(
                (
                    frozenset(one for at, one in enumerate(domains) if number >> at & 1),
                    self.lines.weighing(np.where(key == number, self.weights, 0)),
                )
                for number in np.unique(key)
            )
        return self._parts[domains]


@dataclass(frozen=True, eq=False, kw_only=True)
class Surfaces:
    """Bone and the part of it that the tumour has taken, ``ill``, each with its surface half a voxel further in or out.

    A voxel then weighs two, one of the rim, or just outside of it, one.
    """

    mask: Mask
    ill: Mask
    grid: Grid

    def healthy_cc(self, sides: Sequence[Side]) -> Interval:
        """The healthy bone on the tumour's side of all cuts when either surface lies half a voxel off either way."""
        readings = []
        for way, ill in ((-1.0, self.ill_slim), (1.0, self.ill_stout)):
            taken = ill.taken(sides, way)
            readings += [(bone.taken(sides, way) - taken) / 2 * self.grid.voxel_cc for bone in (self.slim, self.stout)]
        return Interval(low=max(0.0, min(readings)), high=max(readings))

    @cached_property
    def slim(self) -> Doubled:
        """The bone with its surface half a voxel further in."""
        return _doubled(self.mask.astype(np.uint8) + _inner(self.mask), self.grid)

    @cached_property
    def stout(self) -> Doubled:
        """The bone with its surface half a voxel further out."""
        around = np.pad(self.mask, 1)
        a, b, c = (slice(-1, size + 1) for size in self.mask.shape)
        return _doubled(around.astype(np.uint8) + _outer(around), self.grid.cropped((a, b, c)))

    @cached_property
    def ill_slim(self) -> Doubled:
        """What the tumour has taken with its surface half a voxel further in."""
        return _doubled(self.ill.astype(np.uint8) + _inner(self.ill), self.grid)

    @cached_property
    def ill_stout(self) -> Doubled:
        """And half a voxel further out, as far as there is bone."""
        return _doubled((self.ill.astype(np.uint8) + _outer(self.ill)) * self.mask, self.grid)


def _doubled(weights: Bytes, grid: Grid) -> Doubled:
    return Doubled(weights=weights[weights > 0], lines=lines_of(np.argwhere(weights), grid.affine))


def _inner(mask: Mask) -> Bytes:
    """The voxels of a mask whose six neighbours belong to it; what lies outside of the array does not."""
    padded, held = np.pad(mask, 1), mask.copy()
    for near in _neighbours(padded):
        held &= near
    return held.astype(np.uint8)


def _outer(mask: Mask) -> Bytes:
    """The voxels of a mask and of their six neighbours."""
    padded, held = np.pad(mask, 1), mask.copy()
    for near in _neighbours(padded):
        held |= near
    return held.astype(np.uint8)


def _neighbours(padded: Mask) -> tuple[Mask, ...]:
    """The padded mask as seen from each of the six neighbours."""
    core = slice(1, -1)
    low, high = slice(0, -2), slice(2, None)
    return (
        *(padded[one, core, core] for one in (low, high)),
        *(padded[core, one, core] for one in (low, high)),
        *(padded[core, core, one] for one in (low, high)),
    )
