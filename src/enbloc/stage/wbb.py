"""Which resections the sectors and layers of Weinstein, Boriani and Biagini allow; the form is in ``wbb_form``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from enbloc.case.anatomy import Layer, Sector, sector
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation, cite
from enbloc.value import value

CITES = (cite("boriani1997wbb"),)
VERSION = "Boriani 1997 and 2018, specification of 2026-11-20"


class Resection(Enum):
    """A way to take the tumour out in one piece."""

    VERTEBRECTOMY = "en bloc vertebrectomy"
    SAGITTAL = "sagittal resection"
    POSTERIOR_ARCH = "posterior arch resection"
    ANTERIOR_ONLY = "anterior-only resection (type 1)"


@value
class Allowed:
    """A resection that the sectors allow; a subset is necessary, never sufficient."""

    resection: Resection
    because: str
    checked: Checked  # of the set of sectors


@value
class Resections:
    """Every resection that the extent allows, and what limits the margin at the dura.

    ``epidural_margin_risk`` is nothing when the layers are unknown; ``ask`` then says what is needed.
    """

    allowed: tuple[Allowed, ...]
    epidural_margin_risk: bool | None
    both_pedicles: bool
    notes: tuple[str, ...]
    ask: str = ""
    cites: tuple[Citation, ...] = CITES
    version: str = VERSION

    def allows(self, resection: Resection) -> bool:
        """Whether the sectors and layers allow it."""
        return any(one.resection is resection for one in self.allowed)


def _sectors(*numbers: int) -> frozenset[Sector]:
    return frozenset(sector(number) for number in numbers)


_PEDICLES = _sectors(4, 9)

_CRITERIA: tuple[tuple[Resection, tuple[frozenset[Sector], ...], str, Checked], ...] = (
    (
        Resection.VERTEBRECTOMY,
        (_sectors(4, 5, 6, 7, 8), _sectors(5, 6, 7, 8, 9)),
        "sectors within 4 to 8 or within 5 to 9: one pedicle is free",
        Checked.FROM_MEMORY,
    ),
    (
        Resection.SAGITTAL,
        (_sectors(3, 4, 5), _sectors(8, 9, 10)),
        "sectors within 3 to 5 (left) or within 8 to 10 (right)",
        Checked.FROM_MEMORY,
    ),
    (
        Resection.POSTERIOR_ARCH,
        (_sectors(10, 11, 12, 1, 2, 3),),
        "sectors within 10 to 3 through 12: both pedicles are free",
        Checked.READ,
    ),
)
_ANTERIOR = _sectors(5, 6, 7, 8)
_ANTERIOR_WORDS = "sectors within 5 to 8, layers A and B only: an osteotomy would not cut tumour"

CRITERIA: dict[Resection, tuple[str, Checked]] = {
    **{kind: (because, checked) for kind, _, because, checked in _CRITERIA},
    Resection.ANTERIOR_ONLY: (_ANTERIOR_WORDS, Checked.READ),
}
"""The criterion of each resection in words, and how far it was checked."""


def resections(sectors: Iterable[Sector], layers: Iterable[Layer] | None) -> Resections:
    """Every resection for these sectors; of several vertebrae give the union of their sectors.

    ``layers`` is nothing when they are unknown; the anterior-only resection then cannot be judged.

    Raises
    ------
    RecordError
        If there is no sector, or a list of layers without a layer.

    Examples
    --------
    >>> found = resections([sector(n) for n in (4, 5)], [Layer.B, Layer.C, Layer.D])
    >>> [one.resection.value for one in found.allowed], found.epidural_margin_risk
    (['en bloc vertebrectomy', 'sagittal resection'], True)
    """
    involved = frozenset(sectors)
    depth = None if layers is None else frozenset(layers)
    if not involved or depth == frozenset():
        what = "sector" if not involved else "layer"
        raise RecordError(f"A tumour without a {what} has no resection.", remedy=f"Give at least one {what}.")
    allowed = [
        Allowed(resection=kind, because=because, checked=checked)
        for kind, sets, because, checked in _CRITERIA
        if any(involved <= one for one in sets)
    ]
    if involved <= _ANTERIOR and depth is not None and depth <= {Layer.A, Layer.B}:
        allowed.append(
            Allowed(
                resection=Resection.ANTERIOR_ONLY,
                because=_ANTERIOR_WORDS,
                checked=Checked.READ,
            )
        )
    return Resections(
        allowed=tuple(allowed),
        epidural_margin_risk=None if depth is None else bool(depth & {Layer.D, Layer.E}),
        both_pedicles=involved >= _PEDICLES,
        notes=_notes(involved, depth),
        ask="" if depth is not None else "layers of the tumour (A to F)",
    )


@value
class Readings:
    """What an extent allows as read, and in every way in which it may be read where half a voxel decides.

    ``always`` holds for every reading; ``sometimes`` only for some of them. A yes-or-no holds both where it is open.
    """

    nominal: Resections
    always: tuple[Resection, ...]
    sometimes: tuple[Resection, ...]
    epidural_margin_risk: tuple[bool, ...]
    both_pedicles: tuple[bool, ...]

    @property
    def reached(self) -> tuple[Resection, ...]:
        """Every resection that some reading allows."""
        return tuple(kind for kind in Resection if kind in {*self.always, *self.sometimes})

    @property
    def is_settled(self) -> bool:
        """Whether every reading allows the same."""
        open_ = (self.epidural_margin_risk, self.both_pedicles)
        return not self.sometimes and all(len(answers) < 2 for answers in open_)


def readings(
    sectors: Iterable[Sector],
    layers: Iterable[Layer] | None,
    *,
    sectors_open: Iterable[Sector] = (),
    layers_open: Iterable[Layer] = (),
) -> Readings:
    """The resections of an extent of which some sectors or layers are open; these may stand among the others too.

    Unknown layers are open, all six of them. More tumour never allows more: what the whole allows holds for every
    reading, what the sure part or its least completion allows for some.

    Raises
    ------
    RecordError
        If there is neither a sure nor an open sector, or a list of layers with neither.

    Examples
    --------
    >>> four = [sector(number) for number in (5, 6, 7, 8)]
    >>> found = readings(four, [Layer.B], sectors_open=[sector(4), sector(9)])
    >>> [one.value for one in found.always], [one.value for one in found.sometimes]
    ([], ['en bloc vertebrectomy', 'anterior-only resection (type 1)'])
    """
    nominal = frozenset(sectors)
    open_ = frozenset(sectors_open)
    known = None if layers is None else frozenset(layers)
    depth, deep = (frozenset[Layer](), frozenset(Layer)) if known is None else (known, frozenset(layers_open))
    whole = resections(nominal | open_, depth | deep)
    least = [resections(area, some) for area in _least(nominal, open_) for some in _least_depth(depth, deep)]
    always = {one.resection for one in whole.allowed}
    some_allow = {one.resection for each in least for one in each.allowed} - always
    every = (*least, whole)
    return Readings(
        nominal=resections(nominal or open_, None if known is None else known or deep),
        always=tuple(kind for kind in Resection if kind in always),
        sometimes=tuple(kind for kind in Resection if kind in some_allow),
        epidural_margin_risk=_both_ways(one.epidural_margin_risk for one in every),
        both_pedicles=_both_ways(one.both_pedicles for one in every),
    )


def _both_ways(answers: Iterable[bool | None]) -> tuple[bool, ...]:
    found = set(answers)
    return tuple(answer for answer in (False, True) if answer in found)


def _least(nominal: frozenset[Sector], open_: frozenset[Sector]) -> list[frozenset[Sector]]:
    """The smallest sets of sectors that the tumour may hold: the sure ones, or any single open one."""
    sure = nominal - open_
    return [sure] if sure else [frozenset({one}) for one in Sector if one in open_] or [nominal]


def _least_depth(known: frozenset[Layer], open_: frozenset[Layer]) -> list[frozenset[Layer]]:
    sure = known - open_
    return [sure] if sure else [frozenset({one}) for one in Layer if one in open_] or [known]


def _notes(involved: frozenset[Sector], depth: frozenset[Layer] | None) -> tuple[str, ...]:
    return notes(both_pedicles=involved >= _PEDICLES, at_the_dura=bool(depth and depth & {Layer.D, Layer.E}))


def notes(*, both_pedicles: bool, at_the_dura: bool) -> tuple[str, ...]:
    """What has to be said beside the resections of an extent."""
    each = ((NECESSARY_ONLY, True), (BOTH_PEDICLES, both_pedicles), (AT_THE_DURA, at_the_dura))
    return tuple(note for note, holds in each if holds)


NECESSARY_ONLY = "A subset of sectors is necessary, not sufficient: vessels, roots, dura and earlier surgery decide."
BOTH_PEDICLES = "Both pedicles (4 left and 9 right) are involved: no standard margin-free vertebrectomy."
AT_THE_DURA = "Layer D or E: at the dura the margin is marginal or intralesional, unless dura is resected."
