"""The labelled column of one patient: what does not change while somebody edits a tumour."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from enbloc.case.anatomy import Level
from enbloc.case.image import Images
from enbloc.measure.spine.curve import Curve, curve_of
from enbloc.measure.spine.frames import vertebrae
from enbloc.measure.spine.heights import Heights, heights, why_not
from enbloc.measure.spine.memory import Memory
from enbloc.measure.spine.parts import Parts, parts_of
from enbloc.measure.spine.vertebra import Crop, Vertebra, crop_of

Read = TypeVar("Read")
REPLACED = "one label map holds tumour and vertebrae: the bone that the tumour took has no label"


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """Every labelled vertebra in its frame, cranial to caudal, and what else is read off them, each when first asked.

    ``images`` are those that it was read from; it holds for any images with the same maps of vertebrae and canal, so
    that a tumour can be painted and measured again without measuring the spine again. ``hollowed`` are the levels
    whose label lacks the bone that a tumour took. ``memory`` is that of earlier labels of the patient, if any.
    """

    images: Images
    hollowed: frozenset[Level] = frozenset()
    memory: Memory = field(default_factory=Memory, repr=False)

    @cached_property
    def _framed(self) -> tuple[dict[Level, Vertebra], dict[Level, str]]:
        return vertebrae(self.images, self.memory)

    @property
    def spine(self) -> Mapping[Level, Vertebra]:
        """The vertebrae that have a frame."""
        return self._framed[0]

    @property
    def frameless(self) -> Mapping[Level, str]:
        """The vertebrae that have none, and why."""
        return self._framed[1]

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Every labelled level, with a frame or without."""
        return self.images.levels

    def crop(self, level: Level) -> Crop:
        """The labelled voxels of a vertebra."""
        return self.spine[level].crop if level in self.spine else crop_of(self.images, level)

    @cached_property
    def _tall(self) -> tuple[dict[Level, Heights], dict[Level, str]]:
        tall: dict[Level, Heights] = {}
        why: dict[Level, str] = {}
        for level, one in self.spine.items():
            reason = why_not(one) or (REPLACED if level in self.hollowed else "")
            held = None if reason else heights(one)
            if held is not None:
                tall[level] = held
            else:
                why[level] = reason or f"too little of the body of {level} is left in its middle"
        return tall, why

    @property
    def heights(self) -> Mapping[Level, Heights]:
        """The heights of the bodies that can be measured."""
        return self._tall[0]

    @cached_property
    def parts(self) -> Mapping[Level, Parts]:
        """The parts of each vertebra that has a frame."""
        return {level: parts_of(one, self.images, self.memory) for level, one in self.spine.items()}

    @cached_property
    def curve(self) -> Curve | None:
        """The curve of the column through its canal, to the head; nothing for a single vertebra without a frame."""
        return curve_of(self.spine, {level: self.crop(level).centroid for level in self.levels})

    @property
    def no_heights(self) -> Mapping[Level, str]:
        """The vertebrae with a frame whose body cannot be measured, and why."""
        return self._tall[1]


def once(read: Callable[[Column], Read]) -> Callable[[Column], Read]:
    """What a step reads off a column alone: read when first asked, and kept as long as the column is."""
    kept: WeakKeyDictionary[Column, Read] = WeakKeyDictionary()

    @wraps(read)
    def remembered(column: Column) -> Read:
        if column not in kept:
            kept[column] = read(column)
        return kept[column]

    return remembered


def column_of(images: Images, hollowed: Collection[Level] = (), *, memory: Memory | None = None) -> Column:
    """The column that the images show; what the ``memory`` of an earlier one has is not worked out again.

    Examples
    --------
    >>> from enbloc.phantom import Recipe, build
    >>> column = column_of(build(Recipe(levels=(Level.L3,), spacing_mm=(3.0, 3.0, 3.0))).images)
    >>> [str(level) for level in column.spine]
    ['L3']
    """
    return Column(images=images, hollowed=frozenset(hollowed), memory=memory or Memory())
