"""What a separation takes, what it leaves, and what follows from the geometry alone; plain values."""

from __future__ import annotations

from enum import Enum

from enbloc.case.anatomy import Level, Part, Side
from enbloc.case.answer import Answer, Unknown
from enbloc.case.finding import Interval
from enbloc.plan.price.opening import Opening
from enbloc.plan.volume import Volume
from enbloc.stage.escc import Escc
from enbloc.value import value


class Direction(Enum):
    """Where something lies to the middle of the sac, in quarters of the frame of its vertebra."""

    FRONT = "in front"
    BEHIND = "behind"
    LEFT = "left"
    RIGHT = "right"


class Obstacle(Enum):
    """Why no separation is planned."""

    NOT_DRAWN = "tumour not labelled"
    NO_DURA = "nothing shows the dura"
    LABEL_ENDS = "the dura is not labelled beside the whole tumour"
    CLOSED = "canal closed, or a gap in the label"
    INTRADURAL = "tumour within the dura"
    NOT_EPIDURAL = "no epidural tumour"
    NO_FRAME = "no vertebra has a frame"


@value
class NoSeparation:
    """That no separation is planned: the reason in a sentence, and what to do instead."""

    lesion: str
    obstacle: Obstacle
    reason: str
    remedy: str


@value
class Nearest:
    """The smallest distance from tumour to a structure: ``mm`` rounded down, voxels taken whole.

    ``interval`` is what it becomes when every surface moves by its stated error. ``at_mm`` is the place on the tumour,
    patient LPS, at ``level`` and in this ``direction`` from the middle of the sac; ``side`` is none in the midline.
    """

    mm: float
    interval: Interval
    at_mm: tuple[float, float, float]
    level: Level
    direction: Direction
    side: Side | None

    def __str__(self) -> str:
        side = "" if self.side is None or self.direction.value == self.side.value else f", {self.side.value} half"
        return f"{self.mm:.1f} mm at {self.level}, {self.direction.value}{side}"


@value
class RemovedAt:
    """What is removed at one level in one direction; ``in_bone_cc`` of it needs bone to be taken, none if not known."""

    level: Level
    direction: Direction
    removed: Volume
    in_bone_cc: float | None


@value
class Way:
    """A way in from behind beside the sac, on one side of one level, and the tumour that asks for it."""

    level: Level
    side: Side
    in_front_cc: float
    beside_cc: float

    def __str__(self) -> str:
        parts = ((self.in_front_cc, "in front of the sac"), (self.beside_cc, "beside it"))
        said = " and ".join(f"{cc:.2f} cc {where}" for cc, where in parts if cc > 0.0)
        return f"{self.level} {self.side.value}: {said}"


@value
class PartInTheWay:
    """A part of a vertebra that stands between the surgeon's way from behind and what is to be removed.

    ``percent`` of its bone does; below the limit it is trimmed and not opened as a whole.
    """

    level: Level
    part: Part
    side: Side | None
    percent: float
    is_opened: bool
    why: str

    def __str__(self) -> str:
        named = " ".join(word for word in (self.side.value if self.side else "", self.part.value) if word)
        done = "opened" if self.is_opened else "trimmed"
        return f"{named} of {self.level}, {done}: {int(self.percent)} % of it {self.why}"


@value
class Access:
    """The bone that a posterior approach takes to reach what is removed; ``openings`` are those that price counts.

    ``rules`` name the rows that speak of the approach. ``not_known`` are parts that nothing shows, in sentences.
    """

    ways: tuple[Way, ...]
    parts: tuple[PartInTheWay, ...]
    openings: tuple[Opening, ...]
    rules: tuple[str, ...]
    not_known: tuple[str, ...]

    @property
    def is_circumferential(self) -> bool:
        """Whether tumour in front of the sac is removed: it is cleared there too, and not by laminectomy alone."""
        return any(way.in_front_cc > 0.0 for way in self.ways)

    @property
    def is_bilateral(self) -> bool:
        """Whether ways on both sides are needed."""
        return {way.side for way in self.ways} == set(Side)


@value
class Expected:
    """Compression after the separation as far as geometry tells: whether the sac re-expands is not known.

    ``grades`` are all that can be reached. ``area_mm2`` and ``length_mm`` are of the epidural tumour that is left.
    """

    grades: tuple[Escc, ...]
    area_mm2: float | Unknown
    area_interval: Interval | None
    length_mm: float | Unknown
    length_interval: Interval | None
    words: str


@value
class Within:
    """How much of the tumour that is left lies nearer to the cord than ``than_mm``; per cent of what is left."""

    than_mm: float
    amount: Volume
    percent: float
    percent_interval: Interval


@value
class Separation:
    """One target: all tumour nearer than ``target_mm`` to the dura is removed, its voxels taken whole.

    ``in_bone`` is what of it needs bone to be taken, ``free`` what lies in the canal or beside it. ``to_cord`` and
    ``to_sac`` are of the tumour that is left, and what radiosurgery then faces with ``near_cord``: none where none is
    left. ``meets`` says whether DECOMP-02 (ESCC 1 or less, and the distance) is reached by geometry.
    """

    target_mm: float
    removed: Volume
    in_bone: Volume | Unknown
    free: Volume | Unknown
    at: tuple[RemovedAt, ...]
    left: Volume
    to_cord: Nearest | Unknown | None
    to_sac: Nearest | Unknown | None
    near_cord: tuple[Within, ...] | Unknown
    access: Access
    expected: Expected
    meets: Answer

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels at which tumour is removed, head to foot."""
        return tuple(dict.fromkeys(one.level for one in self.at))


@value
class Decompression:
    """The separation of one lesion from the dura, for each target of DECOMP-02, beside how it is now.

    ``dura`` names the label that stands for it; ``cautions`` say what that and other labels leave open. ``grades``
    are those that the lesion may have now.
    """

    lesion: str
    dura: str
    cautions: tuple[str, ...]
    tumour: Volume
    to_cord: Nearest | Unknown
    to_sac: Nearest | Unknown
    grades: tuple[Escc, ...]
    targets: tuple[Separation, ...]
