"""Intralesional curettage or debulking of one lesion: the volume that is reached, the tumour that is left.

A place counts as reached if a straight line leads out of it within the cone of the approach that nowhere comes nearer
than the clearance to cord, dura, a root that stays or a vessel. Bone may be passed: it is opened, and told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level, StructureKind, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.sided import Root
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.parts import CODES
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.measure.tumour.tallies import NO_FRAME
from enbloc.plan.delivery.of_case import Keeping
from enbloc.plan.field import Field
from enbloc.plan.removal.approaches import APPROACHES, Approach, directions
from enbloc.plan.removal.labels import kept, missing, unnamed
from enbloc.plan.removal.parameters import CLEARANCE, REACH, STEP
from enbloc.plan.removal.reaching import Scene, Together, Way, way_of
from enbloc.plan.removal.room import Obstacle, Room, bones_of, obstacle_of, room_of
from enbloc.plan.removal.target import beside_mm, target_of
from enbloc.plan.removal.told import BORDERLINE, Entry, Reached, Remainder, Removal

Bytes = NDArray[np.uint8]
USUAL = Keeping(clearance_mm=CLEARANCE.number)
TOLD = (
    f"ways that curve, angled instruments, and what lies more than {REACH.number:g} mm from the tumour",
    "the width of the window: bone is counted along lines, so that more of it goes",
    "whether the approach itself is possible: skin, muscle, ribs held apart, an operation before",
    "what lies beyond the edge of the scan",
    "blood loss, and what stays on the walls of the cavity",
)
NOWHERE = ("another approach", "removal in one piece", "treatment without removal")


def reachable(
    field: Field,
    *,
    keeping: Keeping = USUAL,
    approaches: Sequence[Approach] = APPROACHES,
    roots_cut: Sequence[Root] = (),
) -> Removal:
    """How much of the tumour a straight instrument reaches by each approach, and by the best two together.

    ``keeping`` holds the clearances, and what is held away with a shield; ``roots_cut`` are those that go. What has no
    label bars nothing and is named: the volume reached is then the most that it can be.

    Raises
    ------
    RecordError
        If there is no approach, or the clearance is negative or no number.
    """
    if not approaches:
        raise RecordError("There is no approach to reach a tumour by.", remedy="Give at least one.")
    if not (math.isfinite(keeping.clearance_mm) and keeping.clearance_mm >= 0.0):
        raise RecordError(f"A clearance of {keeping.clearance_mm:g} mm is not possible.", remedy="Give 0 or more.")
    lesion = field.lesion.id
    mass = tumour_of(field.images, lesion)
    if mass is None:
        ask = f"label of {tumour(lesion)}"
        return Removal(
            lesion=lesion, feasible=unknown(ask), missing=(ask,), reasons=(f"{tumour(lesion)} has no label",)
        )
    main = field.findings.value(fact.MAIN_LEVEL, lesion) or mass.main_level(field.column.spine)
    if main is None or main not in field.column.spine:
        ask = "a labelled vertebra at the tumour that shows its canal"
        return Removal(lesion=lesion, feasible=unknown(ask), missing=(ask,), reasons=(NO_FRAME,))
    levels = field.levels or mass.levels or (main,)
    lacking = tuple(missing(field, mass, levels, keeping, roots_cut))
    scene = _scene(field, mass, main, keeping, approaches, roots_cut)
    ways = tuple(way_of(scene, approach) for approach in approaches)
    single = tuple(_reached(Together(scene=scene, ways=(way,)), field.column, lacking) for way in ways)
    pair = _best_two(scene, ways)
    two = None if pair is None else _reached(pair, field.column, lacking)
    return _told(Removal(lesion=lesion, feasible=True, frame=main, single=single, best_two=two), lacking, levels)


def _scene(
    field: Field, mass: Tumour, main: Level, keeping: Keeping, approaches: Sequence[Approach], cut: Sequence[Root]
) -> Scene:
    """The room, the tumour, the obstacles and the bone in it."""
    wanted = kept(field, keeping, cut)
    widest = max((mm for _, mm in wanted), default=0.0) + STEP.number
    far = np.max([np.abs(directions(one).steps).max(axis=(0, 1)) for one in approaches], axis=0)
    one = field.column.spine[main]
    points = np.concatenate([mass.points_mm, beside_mm(mass)])
    room = room_of(one, points, far + math.ceil(widest / STEP.number) + 1)
    maps: dict[int, NDArray[np.integer]] = {}
    found = (obstacle_of(room, field.images, named, mm, maps) for named, mm in wanted)
    obstacles: tuple[Obstacle, ...] = tuple(held for held in found if held is not None)
    bones = bones_of(room, field.images, maps)
    return Scene(room=room, target=target_of(room, mass, field.column), obstacles=obstacles, bones=bones)


def _best_two(scene: Scene, ways: Sequence[Way]) -> Together | None:
    """The two approaches that leave least together; of equals those with the least bone in the way."""
    pairs = [Together(scene=scene, ways=pair) for pair in combinations(ways, 2)]
    if not pairs:
        return None
    left = [scene.target.share(~pair.reached).cc for pair in pairs]
    equal = [pair for pair, cc in zip(pairs, left, strict=True) if math.isclose(cc, min(left), abs_tol=1e-9)]
    return min(equal, key=lambda pair: int(pair.opened.sum()))


def _reached(found: Together, column: Column, lacking: tuple[str, ...]) -> Reached:
    target = found.scene.target
    inside, left = target.share(found.reached), target.share(~found.reached)
    return Reached(
        approaches=tuple(way.approach.name for way in found.ways),
        reached_cc=inside.cc,
        reached=inside.interval,
        left_cc=left.cc,
        left=left.interval,
        remains=tuple(_remains(found)),
        entries=tuple(_entries(found.opened, found.scene, column)),
        missing=lacking,
    )


def _remains(found: Together) -> Iterator[Remainder]:
    """Where tumour is left, or may be: head to foot, each sector."""
    target = found.scene.target
    for place, there in found.parts():
        here = (~found.reached).within(there)
        share = target.share(here)
        level, sector = target.names[place]
        bars = found.scene.barring(found.met[here.most])
        yield Remainder(level=level, sector=sector, cc=share.cc, interval=share.interval, barred_by=bars)


def _entries(opened: Bytes, scene: Scene, column: Column) -> Iterator[Entry]:
    """The bone in the way by name and side, head to foot."""
    every = np.argwhere(opened)
    numbers = scene.bones.number[tuple(every.T)]
    for number in np.unique(numbers).tolist():
        bone, cells = scene.bones.named[number - 1], every[numbers == number]
        if bone.kind is not StructureKind.VERTEBRA or bone.level not in column.parts:
            yield Entry(bone=bone, part=None, side=None, cc=len(cells) * scene.room.cell_cc)
            continue
        counts = np.bincount(_codes(cells, scene.room, column, bone.level), minlength=len(CODES) + 1)
        for (part, side), count in zip(CODES, counts[1:], strict=True):
            if count:
                yield Entry(bone=bone, part=part, side=side, cc=int(count) * scene.room.cell_cc)


def _codes(cells: NDArray[np.int64], room: Room, column: Column, level: Level) -> NDArray[np.uint8]:
    """The code of the part that each cell of a vertebra lies in; 0 outside the bone."""
    grid = column.spine[level].crop.grid
    at = np.rint(grid.indices(room.centres_mm(cells))).astype(np.intp)
    at = np.clip(at, 0, np.array(grid.shape) - 1)
    return np.asarray(column.parts[level].codes[tuple(at.T)])


def _told(found: Removal, lacking: tuple[str, ...], levels: Sequence[Level]) -> Removal:
    """With what it comes to in sentences."""
    best, every = found.best, [*found.single, *([found.best_two] if found.best_two else [])]
    most = max((one.reached.high for one in every), default=0.0)
    least = max((one.reached.low for one in every), default=0.0)
    feasible: bool | Unknown = True if least > 0.0 else False if most <= 0.0 else unknown("finer images of the tumour")
    reasons = [str(one) for one in every]
    total = [" and ".join(one.approaches) for one in every if one.is_gross_total is True]
    reasons.append(f"gross total reachable: {', '.join(total)}" if total else "no approach is sure to reach all of it")
    reasons += ["reached at most, as labels are missing"] if lacking else []
    borderline = [f"{' and '.join(one.approaches)}: {BORDERLINE}" for one in every if one.is_borderline]
    return replace(
        found,
        feasible=feasible,
        openings=best.openings if best is not None else (),
        reasons=tuple(reasons),
        missing=lacking,
        not_computed=(*TOLD, *unnamed(levels)),
        nearest=() if feasible is True else NOWHERE,
        borderline=tuple(borderline),
    )
