"""One vertebra against its neighbours: loss of height, translation and local kyphosis."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.finding import measured
from enbloc.measure.answers import Answer, missing
from enbloc.measure.spine.heights import Heights, is_sacral
from enbloc.measure.spine.parameters import COLLAPSE_ERROR, COLLAPSE_ERROR_ONE_NEIGHBOUR, COLLAPSE_ERROR_PER_LEVEL
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]
NAMES = ("anterior", "middle", "posterior")


@dataclass(frozen=True, eq=False, kw_only=True)
class Expected:
    """What the unaffected neighbours let one expect of a vertebra: its heights and its wedge angle."""

    mm: Floats
    wedge_deg: float
    wedge_error_deg: float
    from_: tuple[Level, ...]
    each_mm: Floats  # of each neighbour alone, shape (neighbours, 3)
    farthest: int  # levels to the farther neighbour

    @property
    def note(self) -> str:
        names = " and ".join(level.value for level in self.from_)
        return f"against {names}" + (" alone (no other unaffected neighbour)" if len(self.from_) == 1 else "")

    @property
    def error(self) -> float:
        """The least error of a collapse against these neighbours, percentage points."""
        if len(self.from_) > 1:
            return COLLAPSE_ERROR.number
        return COLLAPSE_ERROR_ONE_NEIGHBOUR.number + COLLAPSE_ERROR_PER_LEVEL.number * (self.farthest - 1)


def wedge_deg(held: Heights) -> float:
    """The angle between the endplates in the sagittal plane, degrees, positive where the front is the lower."""
    arm = 2.0 / 3.0 * held.depth_mm  # from the middle of the anterior third to that of the posterior third
    return math.degrees(math.atan2(held.mm[2] - held.mm[0], arm))


def wedge_error_deg(held: Heights) -> float:
    """How far the wedge angle moves when one of the two heights moves by its error, degrees."""
    return math.degrees(math.atan2(held.error_mm, 2.0 / 3.0 * held.depth_mm))


def expected(level: Level, tall: Mapping[Level, Heights], affected: Collection[Level]) -> Expected | None:
    """Heights and wedge from the nearest unaffected level above and below, weighted by how near they are.

    Where there is no T13, T12 is next to L1.
    """
    order = [one for one in Level if not one.is_transitional or one in tall or one is level]
    at = order.index(level)
    free = [one for one in tall if one not in affected and one is not level and not is_sacral(one)]
    above = max((one for one in free if order.index(one) < at), key=order.index, default=None)
    below = min((one for one in free if order.index(one) > at), key=order.index, default=None)
    near = [one for one in (above, below) if one is not None]
    if not near:
        return None
    weights = np.array([1.0 / abs(order.index(one) - at) for one in near])
    weights /= weights.sum()
    return Expected(
        mm=np.asarray(sum(weight * tall[one].mm for weight, one in zip(weights, near, strict=True))),
        wedge_deg=float(sum(weight * wedge_deg(tall[one]) for weight, one in zip(weights, near, strict=True))),
        wedge_error_deg=float(
            sum(weight * wedge_error_deg(tall[one]) for weight, one in zip(weights, near, strict=True))
        ),
        from_=tuple(near),
        each_mm=np.stack([tall[one].mm for one in near]),
        farthest=max(abs(order.index(one) - at) for one in near),
    )


def collapse(one: Vertebra, held: Heights, hoped: Expected) -> Answer:
    """The greatest loss among the three heights, in per cent of what the neighbours let one expect.

    The interval holds what each neighbour alone would say: one of the two may be collapsed itself.
    """
    loss = 100.0 * (1.0 - held.mm / hoped.mm)
    worst = int(np.argmax(loss))
    error = max(hoped.error, 100.0 * held.error_mm / float(hoped.mm[worst]))
    value = float(np.clip(loss[worst], -50.0, 100.0))
    alone = [float(np.clip(reading, -50.0, 100.0)) for reading in (100.0 * (1.0 - held.mm / hoped.each_mm)).max(axis=1)]
    y, z = held.at[worst]
    notes = [hoped.note]
    if max(alone) - min(alone) > 2.0 * error:
        notes.append(f"the neighbours differ: {' or '.join(f'{one:.0f} %' for one in alone)} against each alone")
    return measured(
        fact.COLLAPSE,
        one.level,
        value,
        low=max(-50.0, min(value - error, *alone)),
        high=min(100.0, max(value + error, *alone)),
        document=one.crop.labels.document,
        place=f"{NAMES[worst]} third of the body of {one.level}",
        at_mm=one.at(0.0, float(y), float(z)),
        notes=(*notes, *one.notes),
    )


def angulation(one: Vertebra, held: Heights, hoped: Expected) -> Answer:
    """How much more the body is wedged to the front than its unaffected neighbours are."""
    beyond = wedge_deg(held) - hoped.wedge_deg
    # The neighbours are measured no better than the body is: at 3 mm their wedge is as uncertain as its own.
    error = wedge_error_deg(held) + hoped.wedge_error_deg
    return measured(
        fact.ANGULATION,
        one.level,
        beyond,
        low=beyond - error,
        high=beyond + error,
        document=one.crop.labels.document,
        place=f"body of {one.level}, sagittal",
        at_mm=one.at(0.0, 0.0, 0.0),
        notes=(hoped.note, "wedge of the body itself; discs are not judged"),
    )


def translation(upper: Vertebra, lower: Vertebra, above: Heights, below: Heights) -> Answer:
    """How far the posterior wall of a body stands before (positive) or behind that of the one below."""
    corner = upper.at(0.0, float(above.corner_low[0]), float(above.corner_low[1]))
    other = lower.at(0.0, float(below.corner_high[0]), float(below.corner_high[1]))
    # Along the endplate it slides on: across a lordotic disc the axes of the two bodies differ by 20 degrees.
    back = lower.axes[1] + below.slope_high * lower.axes[2]
    back /= np.linalg.norm(back)
    forward = float((np.array(other) - np.array(corner)) @ back)
    error = upper.error_mm(1) + lower.error_mm(1)
    return measured(
        fact.TRANSLATION,
        upper.level,
        forward,
        low=forward - error,
        high=forward + error,
        document=upper.crop.labels.document,
        place=f"posterior corners {upper.level}/{lower.level}",
        at_mm=corner,
        notes=(f"on {lower.level}; positive is forward",),
    )


def against_neighbours(
    spine: Mapping[Level, Vertebra],
    tall: Mapping[Level, Heights],
    why: Mapping[Level, str],
    affected: Collection[Level],
) -> Iterator[Answer]:
    """Collapse, local kyphosis and translation of every labelled vertebra, or why not."""
    levels = list(spine)
    yield from _nothing_above(levels)
    for at, level in enumerate(levels):
        hoped = expected(level, tall, affected)
        sacral = f"{level} is part of the sacrum: it has no neighbour of its kind" if is_sacral(level) else ""
        reason = sacral or why.get(level) or ("" if hoped else "no unaffected neighbour is whole in the scan")
        if reason or hoped is None or level not in tall:
            yield missing(fact.COLLAPSE, level, reason)
            yield missing(fact.ANGULATION, level, reason)
        else:
            yield collapse(spine[level], tall[level], hoped)
            yield angulation(spine[level], tall[level], hoped)
        lower = levels[at + 1] if at + 1 < len(levels) else None
        if lower is None or not _are_next(level, lower):
            yield missing(fact.TRANSLATION, level, f"the vertebra below {level} is not labelled")
        elif level in tall and lower in tall:
            yield translation(spine[level], spine[lower], tall[level], tall[lower])
        else:
            yield missing(fact.TRANSLATION, level, why.get(level) or why.get(lower, ""))


def _nothing_above(levels: list[Level]) -> Iterator[Answer]:
    """That the slip on the uppermost labelled vertebra is not seen: the vertebra that would slip is not labelled."""
    order = list(Level)
    above = [one for one in order[: order.index(levels[0])] if not one.is_transitional] if levels else []
    if above:
        yield missing(fact.TRANSLATION, above[-1], f"{above[-1]} is not labelled")


def _are_next(upper: Level, lower: Level) -> bool:
    """Whether no level that everybody has lies between the two."""
    order = list(Level)
    between = order[order.index(upper) + 1 : order.index(lower)]
    return all(level.is_transitional for level in between)
