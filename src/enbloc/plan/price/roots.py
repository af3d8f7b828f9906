"""The nerve roots that pieces take: by their labels, and where there is none by the zone between two pedicles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from enbloc.case.anatomy import Level, Side, Structure, StructureKind
from enbloc.case.sided import NERVES, Root, root
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.isthmus import Isthmus, mirrored
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.anatomy import NECK, SIGNS
from enbloc.plan.cutting.piece import Floats
from enbloc.plan.price.ground import Cloud, Ground
from enbloc.plan.price.taking import Taking
from enbloc.value import value

BY_LABEL = "its label"
ACROSS = np.linspace(-0.5, 0.5, 5)  # where the zone is looked at, as shares of the pedicle's width and of the way down
DOWN = np.linspace(0.0, 1.0, 13)
Place = tuple[Cloud, str]


@value
class RootTaken:
    """A root of which something lies in a piece or in the way of a blade: it has to be cut, or freed beforehand.

    ``is_whole`` if all that is known of it lies there. ``is_certain`` if some does wherever within half a voxel cuts
    and label lie, and of an inferred root only if the whole zone does. ``basis`` is what it was told by.
    """

    root: Root
    is_whole: bool
    is_certain: bool
    basis: str

    @property
    def is_inferred(self) -> bool:
        return self.basis != BY_LABEL

    def __str__(self) -> str:
        words = [f"inferred: {self.basis}" if self.is_inferred else "", "" if self.is_certain else "not certain"]
        said = ", ".join(word for word in words if word)
        return f"{self.root} ({said})" if said else str(self.root)


@value
class Roots:
    """The roots that are ``taken`` and ``spared``, and those ``unknown`` of which nothing can be told, with the reason.

    Roots are in the order of the body; spared ones are those beside which something was looked at. Those ``unfollowed``
    have no label: they are spared between their pedicles, but bone of their side goes, and nobody sees them beside it.
    """

    taken: tuple[RootTaken, ...] = ()
    spared: tuple[Root, ...] = ()
    unknown: tuple[tuple[Root, str], ...] = ()
    unfollowed: tuple[tuple[Root, str], ...] = ()

    @property
    def cut(self) -> tuple[Root, ...]:
        """The roots that go, certain or not."""
        return tuple(one.root for one in self.taken)


def between(above: Level | None, below: Level | None) -> str:
    """Where something lies that joins two vertebrae, of which one may have no label.

    Examples
    --------
    >>> between(Level.T7, Level.T8), between(None, Level.T7), between(Level.T9, None)
    ('T7/T8', 'above T7', 'below T9')
    """
    if above is None or below is None:
        return f"above {below}" if above is None else f"below {above}"
    return f"{above}/{below}"


def nerve_below(level: Level) -> str:
    """The nerve that leaves below the pedicle of a level; in the neck it has the name of the next vertebra.

    Examples
    --------
    >>> nerve_below(Level.C5), nerve_below(Level.C7), nerve_below(Level.T8)
    ('C6', 'C8', 'T8')
    """
    if level is Level.C7:
        return "C8"
    return str(tuple(Level)[list(Level).index(level) + 1] if level in NECK else level)


def are_neighbours(upper: Level, lower: Level) -> bool:
    """Whether nothing lies between two levels but levels that most people lack."""
    ranks = tuple(Level)
    between = ranks[ranks.index(upper) + 1 : ranks.index(lower)]
    return upper is not lower and all(one.is_transitional for one in between)


def roots_taken(taking: Taking) -> Roots:
    """Every root beside the labelled vertebrae: taken, spared, unfollowed or unknown; an opening alone takes none."""
    taken, spared, unknown, unfollowed = [], [], [], []
    places = taking.ground.kept(_places)
    for one in (each for each in Root if each in places):
        levels, place = places[one]
        is_beside = any(_touches(taking, level, one.side) for level in levels)
        if isinstance(place, str):
            unknown += [(one, place)] if is_beside else []
        elif (found := _taken(taking, one, place)) is not None:
            taken.append(found)
        elif is_beside and place[1] != BY_LABEL:
            unfollowed.append((one, f"no label: spared {place[1]}, not seen beside the bone that goes"))
        else:
            spared.append(one)
    return Roots(taken=tuple(taken), spared=tuple(spared), unknown=tuple(unknown), unfollowed=tuple(unfollowed))


def candidates(column: Column | Ground) -> Iterator[tuple[Root, Level | None, Level | None]]:
    """Every root with the levels that it leaves between, and roots that are labelled elsewhere."""
    seen: set[Root] = set()
    for upper, lower in foramina(column.levels):
        above = upper if upper is not None else _preceding(lower)
        nerve = "" if above is None else nerve_below(above)
        if nerve in NERVES:
            for side in Side:
                seen.add(root(nerve, side))
                yield root(nerve, side), upper, lower
    for named in column.images.present(StructureKind.NERVE_ROOT):
        if named.level is not None and named.side is not None and str(named.level) in NERVES:
            one = root(str(named.level), named.side)
            if one not in seen:
                yield one, None, None


def foramina(levels: Sequence[Level]) -> Iterator[tuple[Level | None, Level | None]]:
    """The levels above and below each foramen; nothing for one that is not labelled."""
    for upper, lower in pairwise((None, *levels, None)):
        if upper is None or lower is None or are_neighbours(upper, lower):
            yield upper, lower
        else:
            yield upper, None
            yield None, lower


def _preceding(level: Level | None) -> Level | None:
    """The level above the first one that is labelled, without one that most people lack."""
    if level is None:
        return None
    above = [one for one in tuple(Level)[: list(Level).index(level)] if not one.is_transitional]
    return above[-1] if above else None


def labelled_root(one: Root) -> Structure | None:
    """The structure that stands for a root; none for C8, which has no vertebra of its own."""
    if one.nerve not in Level._value2member_map_:
        return None
    return Structure(kind=StructureKind.NERVE_ROOT, level=Level(one.nerve), side=one.side)


def _places(ground: Ground) -> dict[Root, tuple[tuple[Level, ...], Place | str]]:
    """Each root with the labelled levels that it leaves between, and where it lies or why nobody can tell."""
    found = {}
    for one, upper, lower in candidates(ground):
        levels = tuple(level for level in (upper, lower) if level is not None)
        found[one] = (levels, _labelled(ground, one) or _zone(ground, upper, lower, one.side))
    return found


def _labelled(ground: Ground, one: Root) -> Place | None:
    named = labelled_root(one)
    cloud = ground.cloud(named) if named is not None else None
    return None if cloud is None else (cloud, BY_LABEL)


def _zone(ground: Ground, upper: Level | None, lower: Level | None, side: Side) -> Place | str:
    """Points between the pedicles of two levels on one side, or why they cannot be placed."""
    if upper is None or lower is None:
        return f"not labelled, and no vertebra is labelled {'above' if upper is None else 'below'} its foramen"
    ends = [(level, _isthmus(ground, level, side)) for level in (upper, lower)]
    lacking = [str(level) for level, held in ends if held is None]
    if lacking:
        return f"not labelled, and the {side.value} pedicle of {' and '.join(lacking)} cannot be placed"
    (one, held), (other, below) = ((ground.spine[level], found) for level, found in ends)
    assert held is not None
    assert below is not None
    top, bottom = _edge(one, held, -0.5), _edge(other, below, 0.5)
    points = (1.0 - DOWN)[:, None, None] * top + DOWN[:, None, None] * bottom
    said = f"between the {side.value} pedicles of {upper} and {lower}"
    return Cloud(points_mm=points.reshape(-1, 3), grid=one.crop.grid), said


def _edge(one: Vertebra, held: Isthmus, share: float) -> Floats:
    """Points across the lower (-0.5) or upper (0.5) border of a pedicle, in the patient, shape (n, 3)."""
    middle = held.centre + share * held.height_mm * held.upright
    own = middle + (ACROSS * held.width_mm)[:, None] * held.across
    return np.asarray(one.origin + own @ one.axes)


def _isthmus(ground: Ground, level: Level, side: Side) -> Isthmus | None:
    """The pedicle of a side, or the mirror image of the other where its bone is gone."""
    if level not in ground.parts:
        return None
    found = ground.parts[level].isthmuses
    if side in found:
        return found[side]
    return mirrored(next(iter(found.values())), ground.spine[level]) if found else None


def _touches(taking: Taking, level: Level, side: Side) -> bool:
    """Whether a piece may take bone of a side of a vertebra; of either side where it has no frame to tell them by."""
    gone = taking.cut(level)
    if gone is None:
        return False
    one = gone.block.one
    if one is None:
        return True
    outwards = (one.own_mm[:, 0] - one.hole_mm[0]) * SIGNS[side]
    return bool((gone.pieces.most & (outwards >= -one.error_mm(0))).any())


def _taken(taking: Taking, one: Root, place: Place) -> RootTaken | None:
    cloud, basis = place
    if not taking.meets(cloud):
        return None
    is_whole = bool(taking.taken(cloud).all())
    certain = is_whole if basis != BY_LABEL else taking.surely_meets(cloud)
    return RootTaken(root=one, is_whole=is_whole, is_certain=certain, basis=basis)
