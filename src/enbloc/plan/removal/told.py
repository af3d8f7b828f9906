"""What an intralesional removal comes to, in clinical words and numbers."""

from __future__ import annotations

from enbloc.case.anatomy import Level, Part, Sector, Side, Structure, StructureKind
from enbloc.case.answer import Answer, Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.plan.price.opening import Opening
from enbloc.plan.removal.parameters import ENTERED
from enbloc.plan.rounding import cc_down, cc_up
from enbloc.value import value

TENTHS = 10  # volumes in words go by tenths of a cubic centimetre
BORDERLINE = "half a voxel decides whether all of the tumour is reached"


@value
class Entry:
    """Healthy bone on the ways of least bone: of a part of a vertebra, or of another bone, where ``part`` is none.

    Counted along lines without width, in whole cells: the window that an instrument needs is wider.
    """

    bone: Structure
    part: Part | None
    side: Side | None
    cc: float

    @property
    def name(self) -> str:
        """The part in words, ``lamina T8 left``."""
        if self.part is None:
            return str(self.bone)
        words = (self.part.value, str(self.bone.level), self.side.value if self.side else "")
        return " ".join(word for word in words if word)

    def __str__(self) -> str:
        return f"{self.name} ({self.cc:.1f} cc)"


@value
class Remainder:
    """Tumour that is left in one sector at the height of one vertebra; ``barred_by`` are the nearest in its way."""

    level: Level
    sector: Sector
    cc: float
    interval: Interval
    barred_by: tuple[Structure, ...]

    def __str__(self) -> str:
        bars, amount = ", ".join(map(str, self.barred_by)), left_said(self.cc, self.interval)
        return f"{self.level}, sector {self.sector}: {amount} behind {bars or 'nothing labelled'}"


@value
class Reached:
    """What one approach reaches, or two together; ``reached`` and ``left`` are what that becomes by half a voxel.

    ``missing`` are the labels without which more may bar the way than is told.
    """

    approaches: tuple[str, ...]
    reached_cc: float
    reached: Interval
    left_cc: float
    left: Interval
    remains: tuple[Remainder, ...]
    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_gross_total(self) -> Answer:
        """Whether all of the tumour is reached wherever within half a voxel the surfaces lie."""
        if self.left.low > 0.0:
            return False
        if self.left.high > 0.0:
            return unknown(BORDERLINE, *self.missing)
        return unknown(*self.missing) if self.missing else True

    @property
    def is_borderline(self) -> bool:
        """Whether half a voxel decides if any tumour is left."""
        return self.left.low <= 0.0 < self.left.high

    @property
    def bone_cc(self) -> float:
        """The healthy bone on the ways of least bone."""
        return sum((one.cc for one in self.entries), start=0.0)

    @property
    def barred_by(self) -> tuple[Structure, ...]:
        """What bars the way to what is left, each once, where most is left first."""
        by_size = sorted(self.remains, key=lambda one: -one.interval.high)
        return tuple(dict.fromkeys(named for one in by_size for named in one.barred_by))

    @property
    def openings(self) -> tuple[Opening, ...]:
        """The parts of the arch and the pedicles that the ways pass, whole: more than a window needs.

        A body is never said to be taken whole because a way leads into it.
        """
        found: dict[Level, list[tuple[Part, Side | None]]] = {}
        for one in self.entries:
            vertebral = one.bone.kind is StructureKind.VERTEBRA and one.part not in (None, Part.BODY)
            if vertebral and one.bone.level is not None and one.part is not None and ENTERED.holds(one.cc):
                found.setdefault(one.bone.level, []).append((one.part, one.side))
        return tuple(Opening(level=level, parts=tuple(parts)) for level, parts in found.items())

    def __str__(self) -> str:
        words = f"{' and '.join(self.approaches)}: {said(self.reached_cc, self.reached)} reached, "
        words += f"{left_said(self.left_cc, self.left)} left"
        words += f" behind {', '.join(map(str, self.barred_by))}" if self.barred_by else ""
        words += f"; at least {self.bone_cc:.1f} cc of healthy bone in the way" if self.entries else ""
        parts = ", ".join(str(one) for one in self.entries if ENTERED.holds(one.cc))
        return f"{words} ({parts})" if parts else words


@value
class Removal:
    """An intralesional curettage or debulking of one lesion, by each approach and by the best two together.

    ``feasible``: whether any of it is reached. ``frame`` is the vertebra that the directions are counted in.
    ``missing`` is never read as absent: what is reached is then the most that it can be. ``nearest`` are the
    alternatives where this makes no sense, ``borderline`` is what half a voxel decides.
    """

    lesion: str
    feasible: bool | Unknown
    frame: Level | None = None
    single: tuple[Reached, ...] = ()
    best_two: Reached | None = None
    openings: tuple[Opening, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    not_computed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    borderline: tuple[str, ...] = ()

    @property
    def best(self) -> Reached | None:
        """The single approach that leaves least; of equals that with the least bone in the way."""
        return min(self.single, key=lambda one: (one.left_cc, one.bone_cc), default=None)


def said(cc: float, interval: Interval) -> str:
    """A volume with its interval, in words: down to a tenth, the interval outward.

    Examples
    --------
    >>> said(2.58, Interval(low=1.27, high=3.82))
    '2.5 cc (1.2 to 3.9)'
    """
    return f"{cc_down(cc, TENTHS):.1f} cc ({_outward(interval)})"


def left_said(cc: float, interval: Interval) -> str:
    """Tumour that is left, in words: up to a tenth, so that a little is never told as none.

    Examples
    --------
    >>> left_said(0.012, Interval(low=0.0, high=0.26))
    '0.1 cc (0.0 to 0.3)'
    """
    return f"{cc_up(cc, TENTHS):.1f} cc ({_outward(interval)})"


def _outward(interval: Interval) -> str:
    return f"{cc_down(interval.low, TENTHS):.1f} to {cc_up(interval.high, TENTHS):.1f}"
