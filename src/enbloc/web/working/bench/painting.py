"""Runs painted into the map and into every layer behind it, and what they changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.errors import RecordError
from enbloc.kernels.boxes import bounds
from enbloc.kernels.overlays import covered, painted
from enbloc.value import value
from enbloc.web.working.bench.layer import Layer
from enbloc.web.working.bench.opened import Box, Opened

MOST_VOXELS = 60_000_000
"""More in one edit than any structure has; it is looked at before a voxel is touched."""
RUN = np.dtype("<u4")
Indices = NDArray[np.int64]


@value
class Edit:
    """What runs changed: how many voxels, and the structures that gained or lost any."""

    voxels: int
    changed: frozenset[Structure]


def runs_in(content: bytes, case: Opened) -> NDArray[np.int64]:
    """The runs of a request, shape (n, 3).

    Raises
    ------
    RecordError
        If they are no runs, lead out of the image, or name a value that stands for nothing.
    """
    if len(content) % (3 * RUN.itemsize):
        raise RecordError("This is no list of runs.", remedy="Send start, length and value, four bytes each.")
    runs = np.frombuffer(content, RUN).reshape(-1, 3).astype(np.int64)
    if len(runs) and (runs[:, 0] + runs[:, 1]).max() > case.painted.size:
        raise RecordError("A run leads out of the image.", remedy="Count from the first voxel of the whole image.")
    if len(runs) and runs[:, 2].max() >= len(case.palette.held):
        raise RecordError("A run has a value that stands for nothing.", remedy="Read the bench again.")
    if int(runs[:, 1].sum()) > MOST_VOXELS:
        raise RecordError(f"This paints more than {MOST_VOXELS} voxels at once.", remedy="Paint less at a time.")
    return runs


def paint(case: Opened, runs: NDArray[np.int64]) -> Edit:
    """Paint runs; each voxel then holds in every layer what its value stands for."""
    flat, total = case.painted.reshape(-1), int(runs[:, 1].sum())
    if case.palette.dtype is not case.painted.dtype.type:
        case.painted = case.painted.astype(case.palette.dtype)
        flat = case.painted.reshape(-1)
    before = np.empty(total, flat.dtype)
    painted(flat, runs, before)
    at = covered(runs, total)
    if _overlap(runs):
        at, first = np.unique(at, return_index=True)
        before = before[first]
    is_other = before != flat[at]
    at, before = at[is_other], before[is_other].astype(np.int64)
    case.seq += 1
    after = flat[at].astype(np.int64)
    changed = frozenset(_in_layers(case, at, before, after))
    return Edit(voxels=len(at), changed=changed)


def _overlap(runs: NDArray[np.int64]) -> bool:
    order = np.argsort(runs[:, 0], kind="stable")
    ends = runs[order, 0] + runs[order, 1]
    return bool((ends[:-1] > runs[order, 0][1:]).any())


def _in_layers(case: Opened, at: Indices, before: Indices, after: Indices) -> Iterator[Structure]:
    ids = case.palette.ids
    for nth, layer in enumerate(case.layers):
        old, new = ids[before, nth], ids[after, nth]
        is_other = old != new
        if not is_other.any():
            continue
        where, old, new = at[is_other], old[is_other], new[is_other]
        layer.array.reshape(-1)[where] = new
        case.edited.add(layer.role)
        yield from _boxed(case, nth, where, old, new)


def _boxed(case: Opened, nth: int, where: Indices, old: Indices, new: Indices) -> Iterator[Structure]:
    """Keep the boxes of a layer up; the structures that changed."""
    layer, boxes = case.layers[nth], case.boxes[nth]
    places = np.stack(np.unravel_index(where, layer.array.shape), axis=1)
    for id in sorted({*np.unique(old).tolist(), *np.unique(new).tolist()} - {0}):
        named = layer.structures.get(id)
        if named is None:
            continue
        yield named
        gained = places[new == id]
        wide = _joined(boxes.get(named), gained)
        box = _found(layer, named, wide) if (old == id).any() else wide
        if box is None:
            boxes.pop(named, None)
        else:
            boxes[named] = box


def _joined(box: Box | None, places: NDArray[np.int64]) -> Box | None:
    """A box that also holds these voxels."""
    if not len(places):
        return box
    low, high = places.min(axis=0), places.max(axis=0) + 1
    if box is not None:
        low = np.minimum(low, [part.start for part in box])
        high = np.maximum(high, [part.stop for part in box])
    a, b, c = (slice(int(first), int(last)) for first, last in zip(low, high, strict=True))
    return (a, b, c)


def _found(layer: Layer, named: Structure, within: Box | None) -> Box | None:
    """The box of a structure that may have shrunk, looked for within one that surely holds it."""
    if within is None:
        return None
    ids: Any = [id for id, each in layer.structures.items() if each == named]
    held = np.isin(layer.array[within], ids).astype(np.uint8)
    low, high = bounds(held, 1)[1].T
    if (high < 0).any():
        return None
    a, b, c = (
        slice(part.start + int(first), part.start + int(last) + 1)
        for part, first, last in zip(within, low, high, strict=True)
    )
    return (a, b, c)
