"""What every instrument gives back, whole or with items missing."""

from __future__ import annotations

from enbloc.evidence import Checked, Citation
from enbloc.value import value


@value
class Item:
    """One scored observation of a lesion: what it may be, and the points that gives.

    ``values`` and ``points`` run side by side and hold one entry if the item is settled, several if it is
    borderline or unknown. ``facts`` are the ids of the findings it was read from.
    """

    name: str
    values: tuple[str, ...]
    points: tuple[int | float, ...]
    facts: tuple[str, ...] = ()
    ask: str = ""  # what would settle it; empty if settled
    borderline: bool = False  # measured, but the interval spans a cut-off
    note: str = ""

    @property
    def is_settled(self) -> bool:
        return len(self.values) == 1


@value
class Also:
    """What the same answers come to by another published reading: an index, a group; every value it can have."""

    name: str
    values: tuple[str, ...]


@value
class Score:
    """One instrument about one lesion: the set of reachable totals and categories, and what would narrow it."""

    instrument: str  # "sins"
    name: str  # "SINS"
    about: str  # the lesion's id
    at: str  # the level it holds for, in words
    items: tuple[Item, ...]
    totals: tuple[int | float, ...]  # ascending; empty for an instrument without points
    out_of: int | None
    categories: tuple[str, ...]  # in the order of the instrument, best first
    missing: tuple[str, ...]  # what to ask for
    flags: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    warnings: tuple[str, ...] = ()  # what always has to be known of the instrument
    checked: Checked  # how far the instrument itself was checked against its source
    reported: str = ""  # what a reader reported, shown beside ours
    cites: tuple[Citation, ...]
    version: str

    @property
    def is_borderline(self) -> bool:
        return any(item.borderline for item in self.items)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Everything to know beside the result: a draft, what always holds, what is odd here, the other readings."""
        draft = (f"not yet checked against its source ({self.checked.value})",) if self.checked.is_draft else ()
        others = tuple(f"{one.name}: {' · '.join(one.values)}" for one in self.also)
        return (*draft, *self.warnings, *self.flags, *others)

    @property
    def headline(self) -> str:
        """The result in a line: ``SINS 11 · 12 · 14 of 18, potentially unstable or unstable``."""
        reached = " or ".join(self.categories)
        if not self.totals:
            return f"{self.name} {reached}"
        totals = " · ".join(str(total) for total in self.totals)
        of = f" of {self.out_of}" if self.out_of is not None else ""
        return f"{self.name} {totals}{of}, {reached}"
