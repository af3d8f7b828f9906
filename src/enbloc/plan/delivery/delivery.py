"""Can the specimen leave past cord, roots and vessels? A way that is proved, or what stands in it.

The specimen moves as a rigid body: it turns about the cord, and moves to the front, the back and the sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import combinations

from enbloc.case.anatomy import Structure, StructureKind
from enbloc.errors import RecordError
from enbloc.plan.delivery.parameters import FIELD_STEP, MOVE_STEP, TURN_STEP
from enbloc.plan.delivery.search import Obstacle, Scene, Sought, nearest_mm, sought
from enbloc.plan.rounding import tenth_down
from enbloc.value import value

NOT_CHECKED = ("bone that stays, muscle and skin in the way", "motions along the cord, and tilting")
WIDEST_SET = 2  # roots that are left out together when none alone frees the specimen


class Outcome(Enum):
    """Whether the specimen can leave."""

    FREE = "can leave"
    BLOCKED = "cannot leave"
    NOT_FOUND = "no way out was found; not proved that there is none"
    UNKNOWN = "way out not known"


@value
class Move:
    """A pose on the way: how far the specimen is turned about the cord (positive: its front to its left), and moved."""

    turn_deg: float
    left_mm: float
    back_mm: float


@value
class Passing:
    """How near the specimen comes to a structure: where it lies, and at the poses of its way.

    Rounded down, voxels taken whole; between the poses the clearance is kept as well.
    """

    structure: Structure
    clearance_mm: float
    start_mm: float
    way_mm: float | None

    @property
    def starts_too_near(self) -> bool:
        return self.start_mm < self.clearance_mm

    @property
    def nearest_mm(self) -> float:
        """How near it ever comes."""
        return self.start_mm if self.way_mm is None else min(self.start_mm, self.way_mm)

    def __str__(self) -> str:
        return f"{self.structure}: {self.nearest_mm:.1f} mm, {self.clearance_mm:g} mm to be kept"


@value
class Searched:
    """What was searched: the steps between poses, how far they reach, how many were looked at, and what was not.

    A way that is found is proved between its poses as well: room can change no faster than the specimen moves.
    """

    turn_step_deg: float
    move_step_mm: float
    reach_mm: float
    sample_mm: float
    voxels: int  # outermost ones of the specimen, each of them looked at
    poses: int
    structures: tuple[Structure, ...]
    not_checked: tuple[str, ...] = NOT_CHECKED


@value
class Delivery:
    """Whether the specimen can leave, on which way, and if not what stands in it.

    ``blockers`` are the structures that it starts too near to, or without any one of which it could leave; ``freed_by``
    says which roots or further cuts would let it out. ``missing`` are labels without which no way out is called free.
    """

    outcome: Outcome
    way: str = ""  # "to the left"
    moves: tuple[Move, ...] = ()
    passings: tuple[Passing, ...] = ()
    blockers: tuple[Structure, ...] = ()
    freed_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    searched: Searched | None = None

    def __str__(self) -> str:
        named = self.outcome in (Outcome.FREE, Outcome.BLOCKED)
        said = f"the specimen {self.outcome.value}" if named else self.outcome.value
        if self.outcome is Outcome.FREE:
            return f"{said} {self.way}"
        if self.missing:
            said += f"; missing: {', '.join(self.missing)}"
        near = [
            f"it lies {one.start_mm:.1f} mm from the {one.structure}" for one in self.passings if one.starts_too_near
        ]
        if near:
            said += f"; nearer than asked: {', '.join(near)}, voxels taken whole"
        elif self.blockers:
            said += f"; in the way: {', '.join(map(str, self.blockers))}"
        return said + (f"; freed by {' or '.join(self.freed_by)}" if self.freed_by else "")


Parted = Callable[[], Iterator[tuple[str, tuple[Scene, ...]]]]
"""Further cuts to be tried, in words, each with the scenes of the parts that it makes."""


def _no_cuts() -> Iterator[tuple[str, tuple[Scene, ...]]]:
    return iter(())


def delivered(
    scene: Scene, *, missing: Sequence[str] = (), parted: Parted = _no_cuts, tells_why: bool = True
) -> Delivery:
    """Whether the specimen of a scene can leave. While something is ``missing`` it is never called free.

    Where it cannot, the proof of that and what stands in the way are looked for only if ``tells_why``.

    Raises
    ------
    RecordError
        If a clearance is negative or not a number, or the specimen has no voxel.
    """
    _refuse(scene)
    found = sought(scene, prove=tells_why)
    passings = tuple(_passing(scene, one, found) for one in scene.beside)
    outcome = _outcome(found, passings, missing)
    stuck = tells_why and not found.poses
    return Delivery(
        outcome=outcome,
        way=found.way,
        moves=tuple(_move(*pose) for pose in found.poses),
        passings=passings,
        blockers=_blockers(scene, passings) if stuck else (),
        freed_by=tuple(_freeing(scene, parted)) if stuck else (),
        missing=tuple(missing),
        searched=_searched(scene, found),
    )


def _refuse(scene: Scene) -> None:
    for one in scene.obstacles:
        if not (math.isfinite(one.clearance_mm) and one.clearance_mm >= 0):
            raise RecordError(
                f"A clearance of {one.clearance_mm:g} mm to {one.structure} is not possible.", remedy="Give 0 or more."
            )
    if not any(one.mask.any() for one in scene.specimen):
        raise RecordError("The specimen is empty: nothing is labelled between its cuts.", remedy="Check the cuts.")


def _outcome(found: Sought, passings: Sequence[Passing], missing: Sequence[str]) -> Outcome:
    """A way out counts only while no label is missing; that there is none holds whatever else may be there."""
    if found.poses:
        return Outcome.UNKNOWN if missing else Outcome.FREE
    if found.is_shut_in or any(one.starts_too_near for one in passings):
        return Outcome.BLOCKED
    return Outcome.UNKNOWN if missing else Outcome.NOT_FOUND


def _move(turn: float, left: float, back: float) -> Move:
    degrees = math.degrees(turn)
    return Move(turn_deg=round(degrees if degrees <= 180.0 else degrees - 360.0, 3), left_mm=left, back_mm=back)


def _passing(scene: Scene, one: Obstacle, found: Sought) -> Passing:
    start = tenth_down(max(nearest_mm(scene, one, ((0.0, 0.0, 0.0),)), 0.0))
    way = tenth_down(max(nearest_mm(scene, one, found.poses), 0.0)) if found.poses else None
    return Passing(structure=one.structure, clearance_mm=one.clearance_mm, start_mm=start, way_mm=way)


def _blockers(scene: Scene, passings: Sequence[Passing]) -> tuple[Structure, ...]:
    """What it starts too near to; otherwise each structure without which it could leave; otherwise all of them."""
    near = tuple(one.structure for one in passings if one.starts_too_near)
    if near:
        return near
    each = tuple(one.structure for one in scene.beside)
    alone = tuple(one for one in each if sought(scene.without((one,)), prove=False).poses)
    return alone or each


def _freeing(scene: Scene, parted: Parted) -> Iterator[str]:
    """The fewest roots that would have to be cut, one or two, and the further cuts that let every part out."""
    roots = [one.structure for one in scene.beside if one.structure.kind is StructureKind.NERVE_ROOT]
    for count in range(1, WIDEST_SET + 1):
        freeing = [held for held in combinations(roots, count) if sought(scene.without(held), prove=False).poses]
        yield from (f"cutting {' and '.join(map(str, held))}" for held in freeing)
        if freeing:
            break
    for words, parts in parted():
        if parts and all(sought(part, prove=False).poses for part in parts):
            yield words


def _searched(scene: Scene, found: Sought) -> Searched:
    return Searched(
        turn_step_deg=TURN_STEP.number,
        move_step_mm=MOVE_STEP.number,
        reach_mm=scene.space().half * MOVE_STEP.number if scene.beside else 0.0,
        sample_mm=FIELD_STEP.number,
        voxels=len(scene.points),
        poses=found.looked,
        structures=tuple(one.structure for one in scene.obstacles),
    )
