"""The names of the levels and structures, and one patient's own sequence of levels."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from enbloc.errors import RecordError
from enbloc.value import value


class Side(Enum):
    """The patient's own side."""

    LEFT = "left"
    RIGHT = "right"


class Level(Enum):
    """A level of the column. Stored and exchanged by name, never by position."""

    O = "O"  # noqa: E741  the occiput, as the specifications write it
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"
    T7 = "T7"
    T8 = "T8"
    T9 = "T9"
    T10 = "T10"
    T11 = "T11"
    T12 = "T12"
    T13 = "T13"  # present in some people; never assumed absent
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    L6 = "L6"  # present in some people; see T13
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    CO = "Co"

    def __str__(self) -> str:
        return self.value

    @property
    def is_transitional(self) -> bool:
        """Whether most people do not have it."""
        return self in {Level.T13, Level.L6}

    @property
    def has_body(self) -> bool:
        """Whether there is a vertebral body whose collapse could be judged."""
        return self not in {Level.O, Level.C1, Level.CO}


class Part(Enum):
    """A part of one vertebra."""

    BODY = "body"
    PEDICLE = "pedicle"
    LAMINA = "lamina"
    FACET = "facet"
    TRANSVERSE_PROCESS = "transverse process"
    COSTOVERTEBRAL = "costovertebral joint"
    SPINOUS_PROCESS = "spinous process"


class Layer(Enum):
    """A layer of Weinstein, Boriani and Biagini, from outside to inside."""

    A = "A"  # extraosseous soft tissue
    B = "B"  # intraosseous superficial
    C = "C"  # intraosseous deep
    D = "D"  # extraosseous extradural
    E = "E"  # extraosseous intradural
    F = "F"  # foramen of the vertebral artery, cervical only


class Sector(Enum):
    """One of the twelve sectors of Weinstein, Boriani and Biagini, in the patient-left-first convention.

    Sector 1 is the left half of the spinous process, 4 the left pedicle, 9 the right pedicle, 12 the right half of the
    spinous process. The word holds the side, for a number alone could be mirrored.

    Examples
    --------
    >>> str(sector(4)), sector(9).side.value
    ('4 left', 'right')
    """

    LEFT_1 = "1 left"
    LEFT_2 = "2 left"
    LEFT_3 = "3 left"
    LEFT_4 = "4 left"
    LEFT_5 = "5 left"
    LEFT_6 = "6 left"
    RIGHT_7 = "7 right"
    RIGHT_8 = "8 right"
    RIGHT_9 = "9 right"
    RIGHT_10 = "10 right"
    RIGHT_11 = "11 right"
    RIGHT_12 = "12 right"

    def __str__(self) -> str:
        return self.value

    @property
    def number(self) -> int:
        return int(self.value.split()[0])

    @property
    def side(self) -> Side:
        return Side(self.value.split()[1])


SECTORS: tuple[Sector, ...] = tuple(Sector)


def sector(number: int) -> Sector:
    """The sector with this number, counted from the left half of the spinous process.

    Raises
    ------
    RecordError
        If it is not 1 to 12.
    """
    if number not in range(1, 13):
        raise RecordError(f"A sector is a number from 1 to 12; got {number}.", remedy="Give 1 to 12.")
    return SECTORS[number - 1]


class StructureKind(Enum):
    """What a label can stand for; with a level and a side, or a lesion's id, it is a structure."""

    VERTEBRA = "vertebra"
    BODY = "vertebral body"  # of any level, beside a map of whole vertebrae; so are the five after it
    ARCH = "vertebral arch"
    SPINOUS_PROCESS = "spinous process"
    TRANSVERSE_PROCESS = "transverse process"
    UPPER_ARTICULAR_PROCESS = "superior articular process"
    LOWER_ARTICULAR_PROCESS = "inferior articular process"
    SACRUM = "sacrum"
    DISC = "disc"
    CANAL = "canal"
    SAC = "thecal sac"
    CORD = "cord"
    NERVE_ROOT = "nerve root"
    RIB = "rib"
    AORTA = "aorta"
    VENA_CAVA = "vena cava"
    VERTEBRAL_ARTERY = "vertebral artery"
    LIVER = "liver"
    TUMOUR = "tumour"


@value
class Structure:
    """A structure of one patient, written kind, level, side: ``nerve root T8 left``, ``cord``, ``tumour A``.

    Examples
    --------
    >>> str(Structure(kind=StructureKind.NERVE_ROOT, level=Level.T8, side=Side.LEFT))
    'nerve root T8 left'
    >>> structure("tumour A").lesion
    'A'
    """

    kind: StructureKind
    level: Level | None = None
    side: Side | None = None
    lesion: str = ""

    def __post_init__(self) -> None:
        if (self.kind is StructureKind.TUMOUR) != bool(self.lesion):
            raise RecordError(
                f"A tumour is named with its lesion and nothing else is; got {self}.",
                remedy="Write for example 'tumour A'.",
            )

    def __str__(self) -> str:
        level = self.level.value if self.level else ""
        side = self.side.value if self.side else ""
        return " ".join(word for word in (self.kind.value, level, side, self.lesion) if word)


def vertebra(level: Level) -> Structure:
    """The vertebra of a level."""
    return Structure(kind=StructureKind.VERTEBRA, level=level)


def tumour(lesion: str) -> Structure:
    """The tumour of the lesion with this id."""
    return Structure(kind=StructureKind.TUMOUR, lesion=lesion)


CORD = Structure(kind=StructureKind.CORD)
CANAL = Structure(kind=StructureKind.CANAL)
SAC = Structure(kind=StructureKind.SAC)


def structure(words: str) -> Structure:
    """Read a structure from its words, ``vertebra T8``.

    Raises
    ------
    RecordError
        If the words name no structure.
    """
    for kind in sorted(StructureKind, key=lambda kind: -len(kind.value)):
        if words == kind.value or words.startswith(kind.value + " "):
            rest = words[len(kind.value) :].split()
            if kind is StructureKind.TUMOUR and len(rest) == 1:
                return Structure(kind=kind, lesion=rest[0])
            return _placed(kind, rest, words)
    raise _no_structure(words)


def _placed(kind: StructureKind, rest: list[str], words: str) -> Structure:
    level, side = None, None
    for word in rest:
        if level is None and side is None and word in Level._value2member_map_:
            level = Level(word)
        elif side is None and word in Side._value2member_map_:
            side = Side(word)
        else:
            raise _no_structure(words)
    return Structure(kind=kind, level=level, side=side)


def _no_structure(words: str) -> RecordError:
    kinds = ", ".join(kind.value for kind in StructureKind)
    return RecordError(
        f"{words!r} names no structure.",
        remedy=f"Write kind, level, side; the kinds are {kinds}.",
    )


@value
class Spine:
    """The levels one patient has, cranial to caudal, as counted on imaging.

    Examples
    --------
    >>> spine = Spine(levels=(Level.T11, Level.T12, Level.T13, Level.L1))
    >>> [str(level) for level in spine.beyond(Level.T12, count=1)]
    ['T11', 'T13']
    """

    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        if len(set(self.levels)) != len(self.levels):
            names = " ".join(level.value for level in self.levels)
            raise RecordError(
                f"A spine lists each level once; got {names}.",
                remedy="Check the vertebra labels of the segmentation.",
            )

    def beyond(self, level: Level, *, count: int) -> tuple[Level, ...]:
        """The levels within ``count`` of ``level`` on either side, without it."""
        at = self.levels.index(level)
        cranial = self.levels[max(0, at - count) : at]
        return cranial + self.levels[at + 1 : at + 1 + count]

    def above(self, level: Level) -> tuple[Level, ...]:
        """All levels cranial of ``level``, the nearest first."""
        return self.levels[: self.levels.index(level)][::-1]

    def below(self, level: Level) -> tuple[Level, ...]:
        """All levels caudal of ``level``, the nearest first."""
        return self.levels[self.levels.index(level) + 1 :]


def in_order(levels: Iterable[Level]) -> tuple[Level, ...]:
    """The levels cranial to caudal, each once."""
    return tuple(sorted(set(levels), key=_RANK.__getitem__))


_RANK = {level: at for at, level in enumerate(Level)}


def _enbloc_labels() -> dict[int, Structure]:
    rank = {level: at for at, level in enumerate(Level, start=1)}
    named = {number: vertebra(level) for level, number in rank.items()}
    for level, number in rank.items():
        named[40 + number] = Structure(kind=StructureKind.DISC, level=level)
        for first, side in ((80, Side.LEFT), (120, Side.RIGHT)):
            named[first + number] = Structure(kind=StructureKind.RIB, level=level, side=side)
            root = Structure(kind=StructureKind.NERVE_ROOT, level=level, side=side)
            named[first + 80 + number] = root
    single = (
        StructureKind.CORD,
        StructureKind.SAC,
        StructureKind.CANAL,
        StructureKind.AORTA,
        StructureKind.VENA_CAVA,
        StructureKind.LIVER,
        StructureKind.SACRUM,
    )
    named |= {241 + at: Structure(kind=kind) for at, kind in enumerate(single)}
    named |= {248: Structure(kind=StructureKind.VERTEBRAL_ARTERY, side=Side.LEFT)}
    named |= {249: Structure(kind=StructureKind.VERTEBRAL_ARTERY, side=Side.RIGHT), 250: tumour("A")}
    return named


ENBLOC_LABELS: dict[int, Structure] = _enbloc_labels()
"""Our own numbering of labels (scheme ``enbloc``): fits a byte, one id a structure.

Vertebrae 1 (O) to 33 (Co) in the order of ``Level``; the disc below a level is 40 more, ribs 80 (left) and 120
(right) more, nerve roots 160 and 200 more; cord 241, thecal sac 242, canal 243, aorta 244, vena cava 245, liver 246,
sacrum 247, vertebral artery 248 (left) and 249 (right), tumour A 250. Each voxel has one label: where the cord lies it
is cord, not canal, so the whole canal is canal, sac, cord and roots together.
"""
