"""A label map of the case as one of the layers that are painted: its numbers, what they mean, and how it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure, StructureKind, tumour
from enbloc.case.case import Case, LabelFile
from enbloc.case.image import Images, LabelMap
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange.schemes import meaning
from enbloc.value import value

Boxes = Mapping[Structure, tuple[slice, slice, slice]]
NO_IMAGE = RecordError("There is no image to work on.", remedy="Bring a CT or an MR first.")


@dataclass(frozen=True, eq=False, kw_only=True)
class KnownMap(LabelMap):
    """A label map whose boxes are kept up as it is painted, so that nobody looks through all of it again.

    They hold for ``of`` alone, the labels and names that it was made with: whoever replaces either gets boxes anew.
    """

    kept: Boxes
    of: tuple[NDArray[Any], Mapping[int, Structure]]

    @cached_property
    def boxes(self) -> Boxes:
        """The smallest box around each structure that is present."""
        if self.labels is self.of[0] and self.names is self.of[1]:
            return self.kept
        return LabelMap(labels=self.labels, grid=self.grid, names=self.names, on=self.on).boxes


@value
class Layer:
    """One editable label map: ``role`` in the record, its ``array`` of ids on the painted grid, and what ids mean.

    ``structures`` are all that its scheme knows, whether present or not, ``words`` names what enbloc has no structure
    for. ``is_new`` is whether the record has no such map yet.
    """

    role: str
    drawn: LabelFile
    array: NDArray[Any]
    structures: Mapping[int, Structure]
    words: Mapping[int, str]
    error_mm: float = 0.0
    is_new: bool = False

    def id_of(self, named: Structure) -> int | None:
        """The lowest id that stands for a structure; nothing if the map has none."""
        return next((id for id, each in sorted(self.structures.items()) if each == named), None)

    def told(self, id: int) -> str:
        """An id in words."""
        return str(self.structures[id]) if id in self.structures else self.words.get(id, f"label {id}")


def painting_role(images: Images, wished: str) -> str:
    """The role of the image that is painted on: the one that is wished for, or the one with most of the anatomy.

    Raises
    ------
    RecordError
        If there is no image, or none of that role in the main frame.
    """
    if not images.volumes:
        raise NO_IMAGE
    if wished and wished not in images.volumes:
        raise RecordError(f"There is no image {wished!r} to paint on.", remedy=f"One of: {', '.join(images.volumes)}.")
    return wished or max(images.volumes, key=lambda role: _rank(images, role))


def _rank(images: Images, role: str) -> tuple[int, int, bool]:
    """Vertebrae first, then tumours, then a CT; the first of equals."""
    drawn = [named for one in images.labels.values() if one.on == role for named in one.boxes]
    counts = [sum(each.kind is kind for each in drawn) for kind in (StructureKind.VERTEBRA, StructureKind.TUMOUR)]
    return counts[0], counts[1], images.volumes[role].modality is Modality.CT


def layers_of(case: Case, images: Images, role: str, kept_apart: Mapping[str, str]) -> tuple[Layer, ...]:
    """The label maps on this image that can be edited; ``kept_apart`` names those that cannot be, with the reason.

    A lesion that no map holds gets a layer of its own, so that it can be outlined.
    """
    found = _each_once(images, tuple(_layers(case, images, role, kept_apart)))
    drawn = {each.lesion for one in images.labels.values() for each in one.names.values() if each.lesion}
    shape = images.volumes[role].grid.shape
    return (*found, *(_empty(case, lesion.id, role, shape) for lesion in case.lesions if lesion.id not in drawn))


def _each_once(images: Images, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """A structure that is nowhere, or in another map, is painted into one map alone: where it is, or is named."""

    def rank(layer: Layer, named: Structure) -> tuple[bool, bool]:
        return named in images.labels[layer.role].boxes, str(named) in layer.drawn.structures.values()

    def stays(layer: Layer, named: Structure) -> bool:
        others = (each for each in layers if each.id_of(named) is not None)
        return rank(layer, named)[0] or layer is max(others, key=lambda each: rank(each, named))

    return tuple(
        replace(layer, structures={id: named for id, named in layer.structures.items() if stays(layer, named)})
        for layer in layers
    )


def _layers(case: Case, images: Images, role: str, kept_apart: Mapping[str, str]) -> Iterator[Layer]:
    for name, drawn in case.labels.items():
        held = images.labels.get(name)
        if held is None or held.on != role or name in kept_apart:
            continue
        known = meaning(drawn.scheme, drawn.structures)
        structures = {**known.structures, **held.names}
        yield Layer(
            role=name,
            drawn=drawn,
            array=_with_room(held.labels, structures),
            structures={
                id: each
                for id, each in structures.items()
                if _fits(each, case) and (each in held.boxes or each.lesion not in _elsewhere(images, role, kept_apart))
            },
            words=known.words,
            error_mm=held.error_mm,
        )


def _with_room(labels: NDArray[Any], structures: Mapping[int, Structure]) -> NDArray[Any]:
    """The array in a kind of number that holds every id of its scheme."""
    needs = np.uint16 if max(structures, default=0) > np.iinfo(np.uint8).max else labels.dtype
    return np.ascontiguousarray(labels, dtype=needs)


def _elsewhere(images: Images, role: str, kept_apart: Mapping[str, str]) -> set[str]:
    """The lesions that are labelled in a map which is not painted: a second label of one would contradict it."""
    maps = (one for name, one in images.labels.items() if one.on != role or name in kept_apart)
    return {named.lesion for one in maps for named in one.boxes if named.lesion}


def _fits(named: Structure, case: Case) -> bool:
    """A scheme may name a tumour that this case does not have."""
    return not named.lesion or named.lesion in {lesion.id for lesion in case.lesions}


def _empty(case: Case, lesion: str, role: str, shape: tuple[int, int, int]) -> Layer:
    name = next(each for each in _free_names(lesion) if each not in case.labels)
    drawn = LabelFile(file=f"labels/{name}.nii.gz", on=role, structures={1: str(tumour(lesion))})
    array = np.zeros(shape, np.uint8)
    return Layer(role=name, drawn=drawn, array=array, structures={1: tumour(lesion)}, words={}, is_new=True)


def _free_names(lesion: str) -> Iterator[str]:
    yield f"tumour-{lesion}"
    number = 2
    while True:
        yield f"tumour-{lesion}-{number}"
        number += 1
