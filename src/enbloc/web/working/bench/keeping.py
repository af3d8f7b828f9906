"""What was painted, written as files: each label map on its own grid, in its order of axes, with its own numbers."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.case import Case, LabelFile
from enbloc.case.image import Grid
from enbloc.errors import OutputError
from enbloc.exchange import nifti
from enbloc.exchange.placing import placed
from enbloc.value import value
from enbloc.web.working.bench.layer import Layer
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.order import SAVED

PACKED = ".nii.gz"


@value
class KeptMap:
    """A label map that was edited: its role, its entry in the record, and where it lies; no ``file`` if it is empty."""

    role: str
    drawn: LabelFile
    file: str
    sha256: str


@value
class KeptMaps:
    """Every label map that was edited, at edit ``seq``."""

    seq: int
    maps: tuple[KeptMap, ...]


def kept_maps(case: Opened, scratch: Path) -> KeptMaps:
    """Write the edited maps to the folder of the bench.

    Raises
    ------
    OutputError
        If the disk is full.
    """
    folder = scratch / SAVED
    try:
        folder.mkdir(exist_ok=True)
        return KeptMaps(seq=case.seq, maps=tuple(_kept(case, folder)))
    except OSError as fault:
        what = f"The labels could not be written ({fault.strerror})."
        raise OutputError(what, remedy="Make room on the disk of the record.") from None


def _kept(case: Opened, folder: Path) -> Iterator[KeptMap]:
    for nth, layer in enumerate(case.layers):
        if layer.role not in case.edited:
            continue
        drawn = _drawn(layer)
        if not layer.array.any():
            if not layer.is_new:
                yield KeptMap(role=layer.role, drawn=drawn, file="", sha256="")
            continue
        content = _content(case, layer)
        file = f"map-{nth}{PACKED}"
        (folder / file).write_bytes(content)
        yield KeptMap(role=layer.role, drawn=drawn, file=file, sha256=hashlib.sha256(content).hexdigest())


def _content(case: Opened, layer: Layer) -> bytes:
    """The labels as a file: the one that they were read from if they are the same again, for it may be confirmed."""
    own, grid = _own(case, layer)
    before = case.folder / layer.drawn.file
    has_file = not layer.is_new and before.name.endswith(PACKED)
    if has_file and np.array_equal(nifti.read_any(before, where=layer.drawn.file).array, own):
        return before.read_bytes()
    return nifti.packed(own, grid)


def _drawn(layer: Layer) -> LabelFile:
    """The entry of the record. What was no NIfTI becomes one, and says itself what its numbers mean."""
    drawn = layer.drawn
    if drawn.file.endswith(PACKED):
        return drawn
    named = {id: str(each) for id, each in layer.structures.items()} if drawn.scheme is None else drawn.structures
    return replace(drawn, file=f"labels/{layer.role}{PACKED}", structures=named)


def _own(case: Opened, layer: Layer) -> tuple[NDArray[Any], Grid]:
    """The array on the grid of the file that it was read from."""
    file = layer.drawn.file
    if layer.is_new or not file.endswith((".nii", PACKED)):
        return layer.array, case.grid
    own = nifti.grid_of(case.folder / file, where=file)
    array, _ = placed(layer.array, case.grid, own, where=file, image=file)
    return array, own


def stand_on(case: Opened, version: int, record: Case, kept: KeptMaps) -> None:
    """The bench now stands on the version that was saved of it; further edits count from there."""
    case.order, case.case = replace(case.order, version=version), record
    hashes = {one.role: one.sha256 for one in kept.maps}
    gone = {one.role for one in kept.maps if not one.file}
    for one in kept.maps:
        if one.file:  # its grid is asked for again when it is painted again
            shutil.copyfile(case.folder.parent / SAVED / one.file, case.folder / one.drawn.file)
    labels = dict(_without(case, gone))
    for role, held in case.images.labels.items():
        if role in record.labels and role not in gone:
            labels[role] = replace(held, sha256=hashes.get(role, held.sha256))
    case.whole = replace(case.whole, labels=labels)
    case.layers = tuple(
        replace(layer, is_new=layer.role not in record.labels, drawn=record.labels.get(layer.role, layer.drawn))
        for layer in case.layers
    )
    case.palette.layers = case.layers
    if case.seq == kept.seq:
        case.edited.difference_update(hashes)


def _without(case: Opened, gone: set[str]) -> dict[str, Any]:
    return {role: held for role, held in case.whole.labels.items() if role not in gone}
