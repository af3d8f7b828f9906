"""One opened case in memory: its images, its label maps as painted, and how many edits were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.case import Case
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.exchange import nifti
from enbloc.exchange.images import read_images
from enbloc.exchange.placing import lies_alike
from enbloc.measure.registration.together import brought_together
from enbloc.web.working.bench.layer import KnownMap, Layer, layers_of, painting_role
from enbloc.web.working.bench.order import BenchOrder
from enbloc.web.working.bench.palette import Palette, painted_map

Box = tuple[slice, slice, slice]
OTHER_GRID = "it was drawn on another grid than its image: measured, but not painted"


@dataclass(eq=False, kw_only=True)
class Opened:
    """The case as it lies on the bench. ``painted`` holds the values of the ``palette``; ``seq`` counts edits.

    ``apart`` names the label maps that are measured and not painted, with the reason. ``boxes`` are those of every
    structure of each layer.
    """

    order: BenchOrder
    case: Case
    folder: Path
    whole: Images
    painting: str
    layers: tuple[Layer, ...]
    palette: Palette
    painted: NDArray[Any]
    apart: Mapping[str, str]
    boxes: list[dict[Structure, Box]]
    seq: int = 0
    edited: set[str] = field(default_factory=set)

    @property
    def volume(self) -> Volume:
        """The image that is painted on."""
        return self.whole.volumes[self.painting]

    @property
    def grid(self) -> Grid:
        """Its grid, which is that of the painted map."""
        return self.volume.grid

    @property
    def images(self) -> Images:
        """The images with the labels as they are painted now."""
        labels = dict(self.whole.labels)
        for layer, boxes in zip(self.layers, self.boxes, strict=True):
            if not layer.is_new or boxes:
                labels[layer.role] = self._as_map(layer, boxes)
        return replace(self.whole, labels=labels)

    def _as_map(self, layer: Layer, boxes: Mapping[Structure, Box]) -> LabelMap:
        held = self.whole.labels.get(layer.role)
        return KnownMap(
            labels=layer.array,
            grid=self.grid,
            names=layer.structures,
            on=self.painting,
            error_mm=layer.error_mm,
            sha256=held.sha256 if held and layer.role not in self.edited else "",
            document=layer.drawn.file,
            kept=dict(boxes),
            of=(layer.array, layer.structures),
        )


def opened(order: BenchOrder, case: Case, folder: Path) -> Opened:
    """Open the case that lies in this folder.

    Raises
    ------
    RecordError
        If its images cannot be used, or there is none to paint on.
    """
    whole = brought_together(case, read_images(folder, case, needs_tumour=False))
    role = painting_role(whole, order.painting)
    apart = _apart(case, folder, whole, role)
    layers = layers_of(case, whole, role, apart)
    palette = Palette(layers=layers)
    painted = _painted(palette, layers, whole.volumes[role].grid)
    return Opened(
        order=order,
        case=case,
        folder=folder,
        whole=whole,
        painting=role,
        layers=layers,
        palette=palette,
        painted=painted,
        apart=apart,
        boxes=[dict(_boxes(whole, layer)) for layer in layers],
    )


def _painted(palette: Palette, layers: tuple[Layer, ...], grid: Grid) -> NDArray[Any]:
    if not layers:
        return np.zeros(grid.shape, np.uint8)
    whole = painted_map(palette, layers)
    palette.prepare()
    return whole.astype(palette.dtype, copy=False)


def _boxes(whole: Images, layer: Layer) -> Mapping[Structure, Box]:
    held = whole.labels.get(layer.role)
    return {} if held is None else dict(held.boxes)


def _apart(case: Case, folder: Path, whole: Images, role: str) -> dict[str, str]:
    """The maps on this image that were drawn on another grid: on this one their surfaces would move."""
    found = {}
    for name, drawn in case.labels.items():
        if name in whole.labels and drawn.on == role and drawn.file.endswith((".nii", ".nii.gz")):
            own = nifti.grid_of(folder / drawn.file, where=drawn.file)
            if not lies_alike(own, whole.volumes[role].grid):
                found[name] = OTHER_GRID
    return found
