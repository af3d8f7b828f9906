"""How a vertebra stands on the one below: its slip forward in mm and per cent, and its shift to a side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.drawing import plane_at, points, sagittal, segment
from enbloc.measure.spine.heights import Heights, is_sacral
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]
SLIPS: tuple[Fact[float], ...] = (fact.TRANSLATION, fact.SLIP, fact.LATERAL_TRANSLATION)


def slips(column: Column) -> Iterator[Answer]:
    """The slip of each labelled vertebra on the one below, or why not."""
    yield from _nothing_above(column.levels)
    tall = column.heights
    for at, level in enumerate(column.levels):
        lower = next(iter(column.levels[at + 1 :]), None)
        if level in column.frameless:  # its translation is said to be missing with its frame
            yield from all_missing(SLIPS[1:], level, column.frameless[level])
        elif lower is None or not are_next(level, lower):
            yield from all_missing(SLIPS, level, _nothing_below(level))
        elif level in tall and lower in tall:
            yield from _slip(column.spine[level], column.spine[lower], tall[level], tall[lower])
        else:
            why = {**column.no_heights, **column.frameless}
            yield from all_missing(SLIPS, level, why.get(level) or why[lower])


def _nothing_below(level: Level) -> str:
    if is_sacral(level):
        return f"{level} is fused to the sacrum below"
    return f"the vertebra below {level} is not labelled"


def _nothing_above(levels: tuple[Level, ...]) -> Iterator[Answer]:
    """That the slip on the uppermost labelled vertebra is not seen: the vertebra that would slip is not labelled."""
    order = list(Level)
    above = [one for one in order[: order.index(levels[0])] if not one.is_transitional] if levels else []
    if above:
        yield missing(fact.TRANSLATION, above[-1], f"{above[-1]} is not labelled")


def are_next(upper: Level, lower: Level) -> bool:
    """Whether no level that everybody has lies between the two.

    Examples
    --------
    >>> are_next(Level.T12, Level.L1), are_next(Level.T11, Level.L1)
    (True, False)
    """
    order = list(Level)
    between = order[order.index(upper) + 1 : order.index(lower)]
    return all(level.is_transitional for level in between)


def _slip(upper: Vertebra, lower: Vertebra, above: Heights, below: Heights) -> Iterator[Answer]:
    """How far the posterior wall of a body stands before (positive) or behind that of the one below."""
    corner = np.array(upper.at(0.0, float(above.corner_low[0]), float(above.corner_low[1])))
    other = np.array(lower.at(0.0, float(below.corner_high[0]), float(below.corner_high[1])))
    # Along the endplate it slides on: across a lordotic disc the axes of the two bodies differ by 20 degrees.
    back = lower.axes[1] + below.slope_high * lower.axes[2]
    back /= np.linalg.norm(back)
    forward, error = float((other - corner) @ back), upper.error_mm(1) + lower.error_mm(1)
    where: dict[str, Any] = {
        "document": upper.crop.labels.document,
        "place": f"posterior corners {upper.level}/{lower.level}",
        "at_mm": (float(corner[0]), float(corner[1]), float(corner[2])),
        "shows": sagittal(lower),
        "notes": (f"on {lower.level}; positive is forward",),
        "marks": (
            points(f"posterior corners of {upper.level} and {lower.level}", (corner, other)),
            segment("slip", other, other - forward * back),
        ),
    }
    method = "posterior corners, along the upper endplate of the lower vertebra"
    low, high = forward - error, forward + error
    yield measured(fact.TRANSLATION, upper.level, forward, low=low, high=high, method=method, **where)
    shallow, deep = below.depth_mm - 2.0 * lower.error_mm(1), below.depth_mm + 2.0 * lower.error_mm(1)
    yield measured(
        fact.SLIP,
        upper.level,
        100.0 * forward / below.depth_mm,
        low=100.0 * min(low / shallow, low / deep),
        high=100.0 * max(high / shallow, high / deep),
        method=f"{method}, against the depth of its body",
        **where,
    )
    yield _shift(upper, lower, above, below)


def _shift(upper: Vertebra, lower: Vertebra, above: Heights, below: Heights) -> Answer:
    """How far the middle of a body stands to the left (positive) of that of the one below, at the disc between them."""
    first = np.array(upper.at(0.0, float(above.at[1][0]), float(above.corner_low[1])))
    second = np.array(lower.at(0.0, float(below.at[1][0]), float(below.corner_high[1])))
    left = upper.axes[0] + lower.axes[0]  # of both: the one below alone would make a tilted disc a shift
    left /= np.linalg.norm(left)
    shift, error = float((first - second) @ left), upper.error_mm(0) + lower.error_mm(0)
    front = np.cross(left, lower.axes[2])
    return measured(
        fact.LATERAL_TRANSLATION,
        upper.level,
        shift,
        low=shift - error,
        high=shift + error,
        document=upper.crop.labels.document,
        place=f"middles of the endplates {upper.level}/{lower.level}",
        at_mm=(float(first[0]), float(first[1]), float(first[2])),
        notes=(f"on {lower.level}; positive is to the left",),
        method="middles of the facing endplates in their mirror planes, along the mean of their left",
        shows=plane_at(second, front),
        marks=(
            points(f"middles of {upper.level} and {lower.level}", (first, second)),
            segment("shift to the side", second, second + shift * left),
        ),
    )
