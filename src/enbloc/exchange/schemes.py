"""What the numbers of a label map mean, for the published numberings and our own.

Facts read from: TotalSegmentator v2, task ``total`` (``totalsegmentator/map_to_binary.py``, commit 0275d30);
VerSe and SPINEPS (``TPTBox/core/vert_constants.py``, commit 03bc4df, and the README of SPINEPS, commit 0cff0ae);
TotalSpineSeg (its README, commit 67f03f6, and ``resources/labels_maps/tss_map.json``, commit 2dc681d). An older
TotalSpineSeg (2024) numbered L5 as 18 and the cord as 200: its maps hold ids that are refused here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enbloc.case.anatomy import (
    CANAL,
    CORD,
    ENBLOC_LABELS,
    Level,
    Side,
    Structure,
    StructureKind,
    structure,
    vertebra,
)
from enbloc.errors import RecordError
from enbloc.value import value


@value
class Scheme:
    """A numbering: ids that enbloc has a structure for, and ids that it can only name in words."""

    name: str
    structures: Mapping[int, Structure]
    words: Mapping[int, str]

    @property
    def ids(self) -> frozenset[int]:
        """Every id that the scheme knows."""
        return frozenset(self.structures) | frozenset(self.words)


SACRUM = Structure(kind=StructureKind.SACRUM)
_C = tuple(Level(f"C{n}") for n in range(1, 8))
_T = tuple(Level(f"T{n}") for n in range(1, 13))
_L = tuple(Level(f"L{n}") for n in range(1, 7))


def _disc(below: Level) -> Structure:
    return Structure(kind=StructureKind.DISC, level=below)


def _rib(level: Level, side: Side) -> Structure:
    return Structure(kind=StructureKind.RIB, level=level, side=side)


def _run(first: int, levels: Iterable[Level]) -> dict[int, Structure]:
    return {first + at: vertebra(level) for at, level in enumerate(levels)}


def _discs(first: int, levels: Iterable[Level]) -> dict[int, Structure]:
    return {first + at: _disc(level) for at, level in enumerate(levels)}


_TOTAL_WORDS = """
1 spleen, 2 kidney right, 3 kidney left, 4 gallbladder, 6 stomach, 7 pancreas, 8 adrenal gland right,
9 adrenal gland left, 10 upper lobe of the lung left, 11 lower lobe of the lung left, 12 upper lobe of the lung right,
13 middle lobe of the lung right, 14 lower lobe of the lung right, 15 oesophagus, 16 trachea, 17 thyroid gland,
18 small bowel, 19 duodenum, 20 colon, 21 urinary bladder, 22 prostate, 23 kidney cyst left, 24 kidney cyst right,
51 heart, 53 pulmonary vein, 54 brachiocephalic trunk, 55 subclavian artery right, 56 subclavian artery left,
57 common carotid artery right, 58 common carotid artery left, 59 brachiocephalic vein left,
60 brachiocephalic vein right, 61 atrial appendage left, 62 superior vena cava, 64 portal and splenic vein,
65 iliac artery left, 66 iliac artery right, 67 iliac vein left, 68 iliac vein right, 69 humerus left,
70 humerus right, 71 scapula left, 72 scapula right, 73 clavicle left, 74 clavicle right, 75 femur left,
76 femur right, 77 hip left, 78 hip right, 80 gluteus maximus left, 81 gluteus maximus right,
82 gluteus medius left, 83 gluteus medius right, 84 gluteus minimus left, 85 gluteus minimus right,
86 back muscles left, 87 back muscles right, 88 iliopsoas left, 89 iliopsoas right, 90 brain, 91 skull,
116 sternum, 117 costal cartilages
"""

_SUBREGIONS = """
41 vertebral arch, 42 spinous process, 43 transverse process left, 44 transverse process right,
45 superior articular process left, 46 superior articular process right, 47 inferior articular process left,
48 inferior articular process right, 49 vertebral body, 50 vertebral body
"""
"""Sub-regions of any vertebra: a costal process is called transverse, 49 is the border of a body and 50 its inside."""


def _words(table: str) -> dict[int, str]:
    pairs = (entry.strip().partition(" ") for entry in table.replace("\n", " ").split(","))
    return {int(number): word for number, _, word in pairs}


def _totalsegmentator() -> Scheme:
    caudal_first = (Level.S1, *reversed(_L[:5]), *reversed(_T), *reversed(_C))
    known = _run(26, caudal_first) | {
        5: Structure(kind=StructureKind.LIVER),
        25: SACRUM,
        52: Structure(kind=StructureKind.AORTA),
        63: Structure(kind=StructureKind.VENA_CAVA),
        79: CORD,
    }
    for first, side in ((92, Side.LEFT), (104, Side.RIGHT)):
        known |= {first + at: _rib(level, side) for at, level in enumerate(_T)}
    return Scheme(name="totalsegmentator-v2", structures=known, words=_words(_TOTAL_WORDS))


def _verse_vertebrae() -> dict[int, Structure]:
    known = _run(1, (*_C, *_T, *_L))
    return known | {26: SACRUM, 27: vertebra(Level.CO), 28: vertebra(Level.T13)}


def _spineps() -> Scheme:
    """Both of its files: vertebra instances (X, discs 100 + X, endplates 200 + X) and sub-regions."""
    numbered = {id: each.level for id, each in _verse_vertebrae().items() if each.level is not Level.CO}
    known = _verse_vertebrae() | {60: CORD, 61: CANAL, 100: Structure(kind=StructureKind.DISC)}
    known |= {id: structure(words) for id, words in _words(_SUBREGIONS).items()}
    words = {62: "endplate"}
    for id, level in numbered.items():
        if level is not None and level is not Level.C1:
            known[100 + id] = _disc(level)
            words[200 + id] = f"endplates of {level}"
    return Scheme(name="spineps", structures=known, words=words)


def _totalspineseg() -> Scheme:
    known = {1: CORD, 2: CANAL, 50: SACRUM, 100: _disc(Level.L5)}
    known |= _run(11, _C) | _run(21, _T) | _run(41, _L)
    known |= _discs(63, _C[1:6]) | {71: _disc(Level.C7)} | _discs(72, _T[:11])
    known |= {91: _disc(Level.T12)} | _discs(92, _L[:4])
    return Scheme(name="totalspineseg", structures=known, words={47: "a seventh lumbar vertebra"})


SCHEMES: dict[str, Scheme] = {
    each.name: each
    for each in (
        _totalsegmentator(),
        Scheme(name="verse", structures=_verse_vertebrae(), words={}),
        _spineps(),
        _totalspineseg(),
        Scheme(name="enbloc", structures=ENBLOC_LABELS, words={}),
    )
}
"""Every named scheme."""


def scheme(name: str) -> Scheme:
    """The scheme with this name.

    Raises
    ------
    RecordError
        If there is none.

    Examples
    --------
    >>> str(scheme("totalsegmentator-v2").structures[29])
    'vertebra L3'
    >>> str(scheme("verse").structures[28]), str(scheme("totalspineseg").structures[91])
    ('vertebra T13', 'disc T12')
    """
    if name not in SCHEMES:
        raise RecordError("There is no such label scheme.", remedy=f"Write one of: {', '.join(SCHEMES)}.")
    return SCHEMES[name]


def meaning(named: str | None, structures: Mapping[int, str]) -> Scheme:
    """What the ids of one label map mean: its scheme, and the single ids named in words after it.

    Examples
    --------
    >>> read = meaning("totalsegmentator-v2", {200: "tumour A"})
    >>> str(read.structures[200]), read.words[2]
    ('tumour A', 'kidney right')
    """
    base = scheme(named) if named else Scheme(name="", structures={}, words={})
    own = {id: structure(words) for id, words in structures.items()}
    left = {id: word for id, word in base.words.items() if id not in own}
    return Scheme(name=base.name, structures={**base.structures, **own}, words=left)


def fitting(ids: Iterable[int]) -> tuple[str, ...]:
    """The named schemes that know every one of these ids; several may."""
    present = frozenset(ids)
    return tuple(name for name, each in SCHEMES.items() if present <= each.ids)
