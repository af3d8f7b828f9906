"""The values of the painted map: each stands for what all layers hold in a voxel, so that a value says all of it.

So an edit can be taken back by painting the values that were there, to the last voxel of every layer, and a stroke
that is sent twice is the same as sent once. What a brush leaves over something else stands in a table for the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, StructureKind
from enbloc.web.working.bench.layer import Layer

Held = tuple[int, ...]
"""The id of each layer in one voxel."""
BYTE = 255
COLOURS = {
    StructureKind.DISC: "disc",
    StructureKind.CANAL: "dura",
    StructureKind.SAC: "dura",
    StructureKind.CORD: "cord",
    StructureKind.NERVE_ROOT: "root",
    StructureKind.AORTA: "artery",
    StructureKind.VERTEBRAL_ARTERY: "artery",
    StructureKind.VENA_CAVA: "vein",
    StructureKind.LIVER: "vein",
    StructureKind.TUMOUR: "tumour",
}
"""The names of tokens of look.md; all else is bone."""


@dataclass(eq=False)
class Palette:
    """Values and what they stand for; value 0 is nothing in any layer. It only ever grows.

    ``tumours`` are the layer and the id of each tumour.
    """

    layers: tuple[Layer, ...]
    held: list[Held] = field(default_factory=list)
    _values: dict[Held, int] = field(default_factory=dict)
    tumours: tuple[tuple[int, int], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.tumours = tuple(self._tumours())
        self.value(tuple(0 for _ in self.layers))

    def value(self, held: Held) -> int:
        """The value of what the layers hold; a new one if it was not met before."""
        if held not in self._values:
            self._values[held] = len(self.held)
            self.held.append(held)
        return self._values[held]

    def known(self, held: Held) -> int | None:
        """The value of what the layers hold, if there is one."""
        return self._values.get(held)

    @property
    def dtype(self) -> type[np.uint8] | type[np.uint16]:
        """What the map needs."""
        return np.uint8 if len(self.held) <= BYTE + 1 else np.uint16

    @property
    def ids(self) -> NDArray[np.int64]:
        """The id of each layer, by value; shape (values, layers)."""
        return np.array(self.held, np.int64).reshape(len(self.held), len(self.layers))

    # --- brushes ------------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Give a value to every structure that may be painted, by itself, and to each tumour over all that there is.

        A scheme knows more than anybody paints, and the map shall fit a byte: of what has a level, it is what is there
        already and what is a level further.
        """
        for at, layer in enumerate(self.layers):
            there = {layer.structures[held[at]] for held in self.held if held[at] in layer.structures}
            for id in sorted(layer.structures):
                if _may_be_painted(layer.structures[id], there):
                    self.value(self._alone(at, id))
        self.complete()

    def complete(self) -> None:
        """Give a value to each tumour over whatever there is by now."""
        for held in list(self.held):
            bare = self.bare(held)
            self.value(bare)
            for at, id in self.tumours:
                self.value(self._with(bare, at, id))

    def _tumours(self) -> Iterator[tuple[int, int]]:
        for at, layer in enumerate(self.layers):
            for id, named in sorted(layer.structures.items()):
                if named.kind is StructureKind.TUMOUR:
                    yield at, id

    @property
    def brushes(self) -> tuple[int, ...]:
        """The values of structures by themselves: what can be painted with."""
        made = (
            self._values.get(self._alone(at, id)) for at, layer in enumerate(self.layers) for id in layer.structures
        )
        return tuple(sorted({value for value in made if value}))

    def becomings(self) -> Iterator[tuple[int, int, int]]:
        """Brush, the value under it, and what that becomes, wherever it is not the brush alone."""
        for onto, held in enumerate(self.held):
            bare = self.bare(held)
            if bare != held and any(bare):
                yield 0, onto, self._values[bare]
            for at, id in self.tumours:
                brush, becomes = self._values[self._alone(at, id)], self._values[self._with(bare, at, id)]
                if becomes != brush:
                    yield brush, onto, becomes

    def over(self, brush: int) -> NDArray[np.int64]:
        """What painting with a brush makes of each value."""
        made = np.full(len(self.held), brush, np.int64)
        for which, onto, becomes in self.becomings():
            if which == brush:
                made[onto] = becomes
        return made

    # --- what a value stands for --------------------------------------------------------------------------------------

    def named(self, value: int) -> tuple[Structure, ...]:
        """The structures that a voxel of this value belongs to, a tumour first."""
        found = [
            layer.structures[id]
            for layer, id in zip(self.layers, self.held[value], strict=True)
            if id in layer.structures
        ]
        return tuple(sorted(found, key=lambda each: each.kind is not StructureKind.TUMOUR))

    def told(self, value: int) -> str:
        """The value in words: ``tumour A in vertebra T8``."""
        names = [layer.told(id) for layer, id in zip(self.layers, self.held[value], strict=True) if id]
        tumours = [str(each) for each in self.named(value) if each.kind is StructureKind.TUMOUR]
        rest = [name for name in names if name not in tumours]
        return " in ".join(part for part in (" and ".join(tumours), " and ".join(rest)) if part)

    def colour(self, value: int) -> str:
        """The name of the token of its colour."""
        found = self.named(value)
        return COLOURS.get(found[0].kind, "bone") if found else "quiet"

    def shown_as(self, value: int) -> int:
        """The value of the structure that it is shown as: of a tumour in bone the tumour."""
        held = self.held[value]
        order = sorted(range(len(held)), key=lambda at: (at, held[at]) not in self.tumours)
        first = next((at for at in order if held[at]), None)
        return value if first is None else self._values.get(self._alone(first, held[first]), value)

    def beneath(self, value: int) -> int:
        """The value without the tumour in it; 0 where there is nothing else, or no tumour."""
        bare = self.bare(self.held[value])
        return 0 if bare == self.held[value] else self._values.get(bare, 0)

    def bare(self, held: Held) -> Held:
        """What the layers hold without any tumour."""
        return tuple(0 if (at, id) in self.tumours else id for at, id in enumerate(held))

    def _alone(self, at: int, id: int) -> Held:
        return self._with(tuple(0 for _ in self.layers), at, id)

    def _with(self, held: Held, at: int, id: int) -> Held:
        return (*held[:at], id, *held[at + 1 :])


def _may_be_painted(named: Structure, there: set[Structure]) -> bool:
    if named.level is None or named in there:
        return True
    levels = list(Level)
    at = {levels.index(each.level) for each in there if each.kind is named.kind and each.level is not None}
    return not {levels.index(named.level) - 1, levels.index(named.level) + 1}.isdisjoint(at)


def painted_map(palette: Palette, layers: Sequence[Layer]) -> NDArray[Any]:
    """All layers as one map of the values of the palette, which gets a value for whatever lies together.

    A byte for each voxel, two where there are too many values for that.
    """
    from enbloc.kernels.overlays import overlaid, pairs

    whole: NDArray[Any] = np.zeros(layers[0].array.shape, np.uint8)
    for at, layer in enumerate(layers):
        many = int(layer.array.max()) + 1 if layer.array.size else 1
        met = pairs(whole, layer.array, (len(palette.held), many))
        table = np.zeros((len(palette.held), many), np.uint16)
        table[:, 0] = np.arange(len(palette.held))
        for value, id in zip(*np.nonzero(met), strict=True):
            held = palette.held[value]
            table[value, id] = palette.value((*held[:at], int(id), *held[at + 1 :]))
        whole = whole.astype(palette.dtype, copy=False)
        overlaid(whole, layer.array, table.astype(palette.dtype))
    return whole
