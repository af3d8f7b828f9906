"""A label map as its file holds it, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from enbloc.case.anatomy import Structure
from enbloc.case.image import Grid
from enbloc.value import value


@value
class Drawing:
    """Labels as read: the array, where it lies, and what the file itself says of each number.

    ``words`` is what the file calls each of its segments, ``structures`` those of them that enbloc understands,
    ``tumours`` those that it codes as a tumour; a NIfTI file has none of the three. ``left`` are segments that were not
    asked for. ``overlapping`` are pairs of segments that claim the same voxel, which one array cannot hold: the lower
    number stands in it. ``identity``, ``frame`` and ``series`` are as in a receipt, empty where not stated.
    """

    array: Any
    grid: Grid
    sha256: str
    said: tuple[str, ...] = ()
    words: Mapping[int, str]
    structures: Mapping[int, Structure]
    tumours: frozenset[int] = frozenset()
    left: Mapping[int, str] = field(default_factory=dict)
    overlapping: tuple[tuple[int, int], ...] = ()
    identity: str = ""
    frame: str = ""
    series: str = ""
