"""The numbers of a cut in the words of a cut sheet: ``17.0 mm left``, ``4.0 mm below``, ``stop before 15.0 mm``."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case.anatomy import Level
from enbloc.case.fact import Unit
from enbloc.plan.sheet.values import Beside, CutNumbers, Entry, Facet, Run, ThroughDisc, Tilt, Way
from enbloc.present import words
from enbloc.value import value

_PLATE: dict[Way | None, str] = {Way.HEAD: "above", Way.FOOT: "below"}
PARALLEL, SQUARE = "parallel to it", "square to it"


@value
class PlaceRow:
    """One place of a cut: which one, and how far from each landmark, one a column."""

    place: str
    cells: tuple[str, ...]


HEADS = ("midline", "upper endplate", "lower endplate", "spinous tip", "spinous base", "outer facet edge")
"""The landmarks that a place in bone is measured from."""


def mm(amount: float) -> str:
    """A length that is told in half millimetres already."""
    return f"{amount:.1f}{words.THIN}mm"


def from_midline(one: Beside) -> str:
    """How far to which side.

    Examples
    --------
    >>> from_midline(Beside(mm=17.0, way=Way.LEFT)).replace(words.THIN, " ")
    '17.0 mm left'
    """
    return "in the midline" if one.way is None else f"{mm(one.mm)} {one.way.value}"


def from_plate(one: Beside | None) -> str:
    """How far above or below an endplate.

    Examples
    --------
    >>> from_plate(Beside(mm=4.0, way=Way.FOOT)).replace(words.THIN, " "), from_plate(Beside(mm=0.0, way=None))
    ('4.0 mm below', 'level with it')
    """
    if one is None:
        return words.UNKNOWN
    return "level with it" if one.way is None else f"{mm(one.mm)} {_PLATE[one.way]}"


def length(amount: float | None) -> str:
    """A length, or that it is not known."""
    return words.UNKNOWN if amount is None else mm(amount)


def facet(one: Facet | None) -> str:
    """How far from which facet's outer edge."""
    if one is None:
        return words.UNKNOWN
    return f"{mm(one.mm)} {one.side.value}" if one.side else f"{mm(one.mm)} either side"


def to_endplate(one: Tilt | None) -> str:
    """An angle to an endplate, and towards where the sheet rises.

    Examples
    --------
    >>> to_endplate(Tilt(deg=14.0, towards=Way.FRONT)), to_endplate(Tilt(deg=0.0))
    ('14°, rises towards the front', '0°, parallel to it')
    """
    if one is None:
        return words.UNKNOWN
    if one.towards is None:
        return _straight(one)
    return f"{_deg(one)}, rises towards {_way(one.towards)}"


def to_midline(one: Tilt) -> str:
    """An angle to the midline plane, and to which side the sheet leads on its way.

    Examples
    --------
    >>> to_midline(Tilt(deg=85.0, towards=Way.LEFT, along=Way.FRONT))
    '85°, leads to the left on the way to the front'
    """
    if one.towards is None or one.along is None:
        return _straight(one)
    return f"{_deg(one)}, leads to {_way(one.towards)} on the way to {_way(one.along)}"


def _straight(one: Tilt) -> str:
    return f"{_deg(one)}, {PARALLEL if one.deg < 45.0 else SQUARE}"


def _deg(one: Tilt) -> str:
    return words.quantity(one.deg, Unit.DEGREE)


def _way(one: Way) -> str:
    return f"the {one.value}"


def entry_rows(told: CutNumbers) -> Iterator[PlaceRow]:
    """Every place at which a cut meets bone, stretch by stretch."""
    for nth, run in enumerate(told.runs, start=1):
        head = f"{nth}: " if len(told.runs) > 1 else ""
        yield from (_entry(one, head if one is run.entries[0] else "") for one in run.entries)


def _entry(one: Entry, head: str) -> PlaceRow:
    cells = (from_midline(one.midline), from_plate(one.upper), from_plate(one.lower))
    touched = (length(one.spinous_tip_mm), length(one.spinous_base_mm), facet(one.facet))
    return PlaceRow(place=f"{head}{one.place}", cells=(*cells, *touched))


def disc_heads(one: ThroughDisc) -> tuple[str, str]:
    """The endplates that a cut through a disc is told from."""
    return (_plate("lower endplate", one.upper), _plate("upper endplate", one.lower))


def _plate(named: str, level: Level | None) -> str:
    return f"{named} of {level.value if level else 'the next level'}"


def disc_rows(one: ThroughDisc) -> Iterator[PlaceRow]:
    """Each place in the disc from both endplates."""
    for each in one.places:
        yield PlaceRow(place=each.place, cells=(from_plate(each.above), from_plate(each.below)))


def disc_angles(one: ThroughDisc) -> str:
    """The angles to both endplates."""
    first, second = disc_heads(one)
    return f"to the {first} {to_endplate(one.to_above)}; to the {second} {to_endplate(one.to_below)}"


def depth(told: CutNumbers) -> str:
    """How deep the blade goes, to be stopped before; of several stretches each is told by itself.

    Between two of them the blade is out of bone, perhaps in the canal: one number for all would lead it through.
    """
    if told.depth_mm is None:
        return words.UNKNOWN
    count = len(told.runs)
    return f"stop before {mm(told.depth_mm)}" if count == 1 else f"{count} stretches, each by itself:"


def by_stretch(told: CutNumbers) -> tuple[str, ...]:
    """Depth and length of each stretch in bone, where there are several, and how far they reach together."""
    if len(told.runs) < 2:
        return ()
    each = tuple(_stretch(nth, run) for nth, run in enumerate(told.runs, start=1))
    reach = length(told.depth_mm)
    return (*each, f"From the first bone to the deepest {reach}: between the stretches the blade is out of bone.")


def _stretch(nth: int, run: Run) -> str:
    return f"{nth}: stop before {mm(run.depth_mm)}, {mm(run.length_mm)} long"
