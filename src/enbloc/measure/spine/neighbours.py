"""One vertebra against its neighbours: heights to expect, loss of height, and how much more it is wedged."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.mark import Mark
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.spine.drawing import sagittal
from enbloc.measure.spine.heights import Heights, is_sacral
from enbloc.measure.spine.levels import EXPECTED, LOSSES, NAMES, height_mark
from enbloc.measure.spine.parameters import COLLAPSE_ERROR, COLLAPSE_ERROR_ONE_NEIGHBOUR, COLLAPSE_ERROR_PER_LEVEL
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Expected:
    """What the unaffected neighbours let one expect of a vertebra: its heights and its wedge angle."""

    mm: Floats
    wedge_deg: float
    wedge_error_deg: float
    from_: tuple[Level, ...]
    error_mm: float
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
        error_mm=float(sum(weight * tall[one].error_mm for weight, one in zip(weights, near, strict=True))),
        each_mm=np.stack([tall[one].mm for one in near]),
        farthest=max(abs(order.index(one) - at) for one in near),
    )


def collapse(one: Vertebra, held: Heights, hoped: Expected) -> Iterator[Answer]:
    """The expected heights, the loss of each, and the greatest loss: in per cent of what the neighbours let one expect.

    The interval holds what each neighbour alone would say: one of the two may be collapsed itself.
    """
    loss = 100.0 * (1.0 - held.mm / hoped.mm)
    alone = 100.0 * (1.0 - held.mm / hoped.each_mm)
    for third in range(3):
        yield _expectation(one, held, hoped, third)
        yield _loss(one, held, hoped, third, alone[:, third], LOSSES[third])
    worst = int(np.argmax(loss))
    yield _loss(one, held, hoped, worst, alone.max(axis=1), fact.COLLAPSE)


def _expectation(one: Vertebra, held: Heights, hoped: Expected, third: int) -> Answer:
    mm, each = float(hoped.mm[third]), hoped.each_mm[:, third]
    mark = height_mark(one, held, third, mm, f"{NAMES[third]} height expected")
    return measured(
        EXPECTED[third],
        one.level,
        mm,
        low=max(0.0, min(mm - hoped.error_mm, *each)),
        high=max(mm + hoped.error_mm, *each),
        method="mean of the nearest unaffected level above and below, the nearer counting more",
        marks=(mark,),
        notes=(hoped.note,),
        **_where(one, held, third),
    )


def _loss(one: Vertebra, held: Heights, hoped: Expected, third: int, alone: Floats, named: Fact[float]) -> Answer:
    """A loss of height in one third; ``alone`` is what each neighbour alone would say."""
    error = max(hoped.error, 100.0 * held.error_mm / float(hoped.mm[third]))
    value = float(np.clip(100.0 * (1.0 - held.mm[third] / hoped.mm[third]), -50.0, 100.0))
    each = [float(np.clip(reading, -50.0, 100.0)) for reading in alone]
    notes = [hoped.note]
    if max(each) - min(each) > 2.0 * error:
        notes.append(f"the neighbours differ: {' or '.join(f'{reading:.0f} %' for reading in each)} against each alone")
    return measured(
        named,
        one.level,
        value,
        low=max(-50.0, min(value - error, *each)),
        high=min(100.0, max(value + error, *each)),
        method="height against the mean of the nearest unaffected level above and below",
        marks=_drawn(one, held, hoped, third, every=named is fact.COLLAPSE),
        notes=(*notes, *one.notes),
        **_where(one, held, third),
    )


def _drawn(one: Vertebra, held: Heights, hoped: Expected, third: int, *, every: bool) -> Iterator[Mark]:
    """The expected height and the measured one, or all three measured ones."""
    yield height_mark(one, held, third, float(hoped.mm[third]), f"{NAMES[third]} height expected")
    for at in range(3) if every else (third,):
        yield height_mark(one, held, at, float(held.mm[at]), f"{NAMES[at]} height")


def _where(one: Vertebra, held: Heights, third: int) -> dict[str, Any]:
    y, z = (float(number) for number in held.at[third])
    return {
        "document": one.crop.labels.document,
        "place": f"{NAMES[third]} third of the body of {one.level}",
        "at_mm": one.at(0.0, y, z),
        "shows": sagittal(one),
    }


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
        method="angle by the anterior and the posterior height, less that of the neighbours",
        shows=sagittal(one),
        marks=[height_mark(one, held, third, float(held.mm[third]), f"{NAMES[third]} height") for third in (0, 2)],
    )


def against_neighbours(
    spine: Mapping[Level, Vertebra],
    tall: Mapping[Level, Heights],
    why: Mapping[Level, str],
    affected: Collection[Level],
) -> Iterator[Answer]:
    """Expected heights, losses, collapse and wedging of every vertebra with a frame, or why not."""
    for level in spine:
        hoped = expected(level, tall, affected)
        sacral = f"{level} is part of the sacrum: it has no neighbour of its kind" if is_sacral(level) else ""
        reason = sacral or why.get(level) or ("" if hoped else "no unaffected neighbour is whole in the scan")
        if reason or hoped is None or level not in tall:
            yield from all_missing((*EXPECTED, *LOSSES, fact.COLLAPSE, fact.ANGULATION), level, reason)
        else:
            yield from collapse(spine[level], tall[level], hoped)
            yield angulation(spine[level], tall[level], hoped)
