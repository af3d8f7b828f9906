"""Whole vertebrae under other names: one, two that change places, or a row that was counted from the wrong end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, in_order, vertebra
from enbloc.errors import RecordError
from enbloc.kernels.overlays import runs_of
from enbloc.web.bench_nouns import RelabelWish
from enbloc.web.working.bench.opened import Box, Opened

Names = Mapping[Structure, Structure]
REGIONS = ("C", "T", "L", "S")


def renaming(case: Opened, wish: RelabelWish) -> tuple[NDArray[np.uint32], bool]:
    """The runs that give the vertebrae their new names, and whether the palette has values by it that it had not.

    Raises
    ------
    RecordError
        If a vertebra is not labelled, a name is taken or has no number in its map, or a row ends where none can follow.
    """
    names = _shifted(case, wish) if wish.shift else _renamed(case, wish)
    before = len(case.palette.held)
    table = _table(case, names)
    case.palette.complete()
    return _runs(case, table, names), len(case.palette.held) > before


def _renamed(case: Opened, wish: RelabelWish) -> Names:
    """One vertebra; what else bears the name of its level keeps it."""
    there = _labelled(case)
    old, new = vertebra(_level(wish.level)), vertebra(_level(wish.to))
    if old not in there:
        raise RecordError(f"{wish.level} is not labelled.", remedy="Choose a vertebra that is.", where="level")
    if old == new:
        raise RecordError(f"It is {wish.level} already.", remedy="Choose another name.", where="to")
    if new in there and not wish.swap:
        raise RecordError(f"{wish.to} is labelled already.", remedy="Let the two change places.", where="to")
    return {old: new, new: old} if new in there else {old: new}


def _shifted(case: Opened, wish: RelabelWish) -> Names:
    """A row of vertebrae, each under the name of its neighbour, with all that bears the names of their levels."""
    there = _labelled(case)
    levels = in_order(each.level for each in there if each == vertebra(each.level or Level.O) and each.level)
    start = _level(wish.level)
    if start not in levels:
        raise RecordError(f"{wish.level} is not labelled.", remedy="Choose a vertebra that is.", where="level")
    at = levels.index(start)
    row = levels[at:] if wish.end == "foot" else levels[: at + 1]
    moved = {level: _next(level, wish.shift, levels) for level in row}
    for level, to in moved.items():
        if to in levels and to not in row:
            what = f"{level} would become {to}, which is labelled and not in the row."
            raise RecordError(what, remedy=f"Begin the row at {to}, or rename {to} first.", where="level")
    return {each: replace(each, level=moved[each.level]) for each in there if each.level in moved}


def _next(level: Level, way: int, levels: tuple[Level, ...]) -> Level:
    """The level that follows in a usual spine, or in this one if it has more."""
    order = [each for each in Level if not each.is_transitional or each in levels]
    at = order.index(level) + way
    found = order[at] if 0 <= at < len(order) else None
    if found is None or found.value[0] not in REGIONS or {level.value[0], found.value[0]} == {"L", "S"}:
        remedy = f"Rename {level} by itself first."
        raise RecordError(f"No vertebra follows {level} in this row.", remedy=remedy, where="level")
    return found


def _level(name: str) -> Level:
    if name not in Level._value2member_map_:
        raise RecordError("There is no such level.", remedy="Write for example T8.")
    return Level(name)


def _labelled(case: Opened) -> set[Structure]:
    return {named for boxes in case.boxes for named in boxes}


def _table(case: Opened, names: Names) -> NDArray[np.int64]:
    """What becomes of each value."""
    ids = [dict(_ids(case, nth, names)) for nth in range(len(case.layers))]
    held = list(case.palette.held)
    made = (tuple(ids[nth].get(id, id) for nth, id in enumerate(one)) for one in held)
    return np.array([case.palette.value(one) for one in made], np.int64)


def _ids(case: Opened, nth: int, names: Names) -> Iterator[tuple[int, int]]:
    """What becomes of the ids of a layer; several ids of one structure are only moved to as many."""
    layer = case.layers[nth]
    for old, new in names.items():
        mine = [id for id, each in sorted(layer.structures.items()) if each == old]
        theirs = [id for id, each in sorted(layer.structures.items()) if each == new]
        if not mine or old not in case.boxes[nth]:
            continue
        if len(theirs) < len(mine):
            what = f"The label map {layer.role} has no number for {new}."
            raise RecordError(what, remedy=f"Erase or rename {old} first, or bring a map that knows it.")
        yield from zip(mine, theirs, strict=False)


def _runs(case: Opened, table: NDArray[np.int64], names: Names) -> NDArray[np.uint32]:
    """Runs of what changes, looked for where the renamed structures lie."""
    box = _around(case, names)
    before = case.painted[box]
    is_other = (table != np.arange(len(table)))[before]
    places = np.argwhere(is_other) + np.array([part.start for part in box])
    at = np.ravel_multi_index(tuple(places.T), case.grid.shape).astype(np.int64)
    return runs_of(at, table[before[is_other]])


def _around(case: Opened, names: Names) -> Box:
    held = [box for boxes in case.boxes for named, box in boxes.items() if named in names]
    low = np.min([[part.start for part in box] for box in held], axis=0)
    high = np.max([[part.stop for part in box] for box in held], axis=0)
    a, b, c = (slice(int(start), int(stop)) for start, stop in zip(low, high, strict=True))
    return (a, b, c)
