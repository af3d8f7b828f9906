"""Words beside marks on a picture: each as near to its mark as it can stand without covering another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.present.drawing import haloed, path, tag
from enbloc.present.furniture import SIDE
from enbloc.present.tokens import lighter

Floats = NDArray[np.float64]

WORDS, NUMBER = 10.5, 13.5  # the sizes of the two lines
_FAR = (9.0, 20.0, 34.0, 50.0, 70.0, 95.0)
_WAYS = 16
_NEAR = 14.0  # a name nearer than this needs no line to its mark
_TAKEN = (  # left, top, right, bottom
    (0.0, SIDE - 32, 130.0, SIDE),  # the scale bar
    (0.0, SIDE / 2 - 14, 24.0, SIDE / 2 + 14),
    (SIDE - 24, SIDE / 2 - 14, SIDE, SIDE / 2 + 14),
    (SIDE / 2 - 14, 0.0, SIDE / 2 + 14, 22.0),
    (SIDE / 2 - 14, SIDE - 22, SIDE / 2 + 14, SIDE),
)
"""Where the scale and the letters of the sides stand."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Name:
    """What a mark is called, its number (either may be empty), and where on it the name may point (n, 2)."""

    words: str
    number: str
    colour: str
    spots: Floats

    @property
    def size(self) -> tuple[float, float]:
        """About how wide and how tall it stands."""
        wide = max(len(self.words) * WORDS * 0.54, len(self.number) * NUMBER * 0.58)
        return wide, (WORDS + 2 if self.words else 0.0) + (NUMBER + 1 if self.number else 0.0)


def lettered(names: Sequence[Name], marks: Floats, levels: Sequence[tuple[float, float]] = ()) -> Iterator[str]:
    """Each name with a thin line to its mark.

    ``marks`` (n, 2) are points that are better not covered, ``levels`` the middles of the names of levels.
    """
    taken = np.array([*_TAKEN, *((x - 13, y - 9, x + 13, y + 9) for x, y in levels)])
    inked = _summed(marks)
    for name in names:
        spots, boxes = _places(name)
        best = int(np.argmin(_costs(spots, boxes, taken, inked)))
        taken = np.vstack([taken, boxes[best]])
        yield _written(name, spots[best], boxes[best])


def _places(name: Name) -> tuple[Floats, Floats]:
    """Where the name may stand: the spots it points at, shape (m, 2), and its boxes, shape (m, 4)."""
    half = np.array(name.size) / 2
    angles = 2 * math.pi * np.arange(_WAYS) / _WAYS
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    moved = (ways[None] * (np.array(_FAR)[:, None, None] + half)).reshape(-1, 2)
    middles = (name.spots[:, None] + moved[None]).reshape(-1, 2)
    middles = np.clip(middles, half + 5, SIDE - half - 5)
    return np.repeat(name.spots, len(moved), axis=0), np.hstack([middles - half, middles + half])


_CELL = 4.0


def _summed(marks: Floats) -> Floats:
    """How many points of marks lie above and to the left of each corner of a grid over the picture."""
    cells = round(SIDE / _CELL)
    counted, _, _ = np.histogram2d(marks[:, 0], marks[:, 1], bins=cells, range=[[0, SIDE], [0, SIDE]])
    return np.pad(counted.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))


def _inked(boxes: Floats, summed: Floats) -> Floats:
    """How many points of marks each box covers, to the nearest cells."""
    left, top, right, bottom = np.clip(np.rint(boxes / _CELL).astype(np.intp), 0, len(summed) - 1).T
    return np.asarray(summed[right, bottom] - summed[left, bottom] - summed[right, top] + summed[left, top])


def _costs(spots: Floats, boxes: Floats, taken: Floats, inked: Floats) -> Floats:
    """How bad each place is: over other words first, then over marks, then far away."""
    low = np.maximum(boxes[:, None, :2], taken[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], taken[None, :, 2:])
    shared = np.clip(high - low + (4.0, 2.0), 0.0, None).prod(axis=2).sum(axis=1)
    gaps = np.hypot(*(_nearest(spots, boxes) - spots).T)
    return np.asarray(20.0 * shared + 12.0 * _inked(boxes, inked) + gaps)


def _nearest(spot: Floats, box: Floats) -> Floats:
    """The point of a box that is nearest to a spot."""
    return np.clip(spot, box[..., :2], box[..., 2:])


def _written(name: Name, spot: Floats, box: Floats) -> str:
    line = ""
    end = _nearest(spot, box)
    if np.hypot(*(end - spot)) > _NEAR:
        d = path([np.array([end, spot])], closed=False)
        line = tag("path", d=d, stroke="#000000", stroke_opacity=0.7, stroke_width=2.4)
        line += tag("path", d=d, stroke=name.colour, stroke_width=0.9)
    middle, y = float(box[0] + box[2]) / 2, float(box[1])
    ink = lighter(name.colour, 0.35)
    if name.words:
        y += WORDS
        line += haloed(name.words, middle, y - 1, WORDS, fill=ink, text_anchor="middle")
        y += 2
    if name.number:
        line += haloed(name.number, middle, y + NUMBER - 2, NUMBER, fill=ink, text_anchor="middle", font_weight=600)
    return line
