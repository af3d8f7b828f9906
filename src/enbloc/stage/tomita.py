"""Tomita's surgical classification: the type by the sites that a tumour holds, and what it says of a spondylectomy.

Not the prognostic score of the same name. A type says nothing of which pedicle, nor of vessels.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from itertools import product
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import sector
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.table import TomitaSite
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.extent import levels_of, runs
from enbloc.stage.reading import in_order
from enbloc.stage.score import Item, Score
from enbloc.value import value

CITES = (cite("tomita1997tes"), cite("tomita2006tes"))
VERSION = "Tomita 1997 and 2006, specification of 2026-11-20"
CHECKED = Checked.FROM_MEMORY  # of the sums of sites; the sites and the groups were read
OUTSIDE = "sites in a combination that the published table does not hold: the neighbouring types are shown"
BOTH_PEDICLES = "both pedicles hold tumour: a spondylectomy that cuts the pedicles goes through it"
SKIPS = "types say nothing of vertebrae that were not seen: skip lesions need an MRI of the whole spine"


class Type(Enum):
    """The seven types; the highest that applies counts."""

    TYPE_1 = "1"  # one site of body, pedicle, arch
    TYPE_2 = "2"  # body and pedicle, or pedicle and arch
    TYPE_3 = "3"  # body, pedicle and arch
    TYPE_4 = "4"  # with the canal
    TYPE_5 = "5"  # with the tissue beside the spine
    TYPE_6 = "6"  # with the next vertebra
    TYPE_7 = "7"  # several vertebrae apart


class Group(Enum):
    """What the types are grouped to."""

    INTRACOMPARTMENTAL = "intracompartmental"
    EXTRACOMPARTMENTAL = "extracompartmental"
    MULTIPLE = "multiple"


class Spondylectomy(Enum):
    """What the classification says of a total en bloc spondylectomy."""

    RECOMMENDED = "recommended"
    RELATIVE = "relatively indicated"
    RELATIVE_OR_RECOMMENDED = "relative or recommended"
    NOT_RECOMMENDED = "not recommended"


READINGS: dict[str, tuple[frozenset[Type], frozenset[Type]]] = {
    "recommended for 3 to 5, relative for 1, 2 and 6": (
        frozenset({Type.TYPE_3, Type.TYPE_4, Type.TYPE_5}),
        frozenset({Type.TYPE_1, Type.TYPE_2, Type.TYPE_6}),
    ),
    "recommended for 2 to 5, relative for 1 and 6": (
        frozenset({Type.TYPE_2, Type.TYPE_3, Type.TYPE_4, Type.TYPE_5}),
        frozenset({Type.TYPE_1, Type.TYPE_6}),
    ),
}
"""The two published readings by their words: the types of each, both from memory."""


def group(kind: Type) -> Group:
    """The group of a type."""
    if kind is Type.TYPE_7:
        return Group.MULTIPLE
    early = {Type.TYPE_1, Type.TYPE_2, Type.TYPE_3}
    return Group.INTRACOMPARTMENTAL if kind in early else Group.EXTRACOMPARTMENTAL


def spondylectomy(kind: Type) -> Spondylectomy:
    """What the two readings say of a type; where they differ, both at once.

    Examples
    --------
    >>> spondylectomy(Type.TYPE_2).value, spondylectomy(Type.TYPE_7).value
    ('relative or recommended', 'not recommended')
    """
    said = [kind in recommended for recommended, _ in READINGS.values()]
    if all(said):
        return Spondylectomy.RECOMMENDED
    if any(said):
        return Spondylectomy.RELATIVE_OR_RECOMMENDED
    relative = all(kind in types for _, types in READINGS.values())
    return Spondylectomy.RELATIVE if relative else Spondylectomy.NOT_RECOMMENDED


@value
class Typed:
    """The types of one extent: one, or the neighbours of a combination that the table does not hold."""

    types: tuple[Type, ...]
    is_outside: bool = False


_VERTEBRAL = frozenset({TomitaSite.BODY, TomitaSite.PEDICLE, TomitaSite.ARCH})
_JOINED = (
    {TomitaSite.BODY, TomitaSite.PEDICLE},
    {TomitaSite.PEDICLE, TomitaSite.ARCH},
)


def typed(sites: Collection[TomitaSite], *, adjacent: bool, skip: bool) -> Typed:
    """The type of a tumour at these sites, in the next vertebra as well (``adjacent``) or in others apart (``skip``).

    Raises
    ------
    RecordError
        If there is no site.

    Examples
    --------
    >>> [one.value for one in typed({TomitaSite.BODY, TomitaSite.ARCH}, adjacent=False, skip=False).types]
    ['2', '3']
    """
    held = frozenset(sites)
    if not held:
        raise RecordError("A tumour without a site has no type.", remedy="Give at least one site.")
    if skip:
        return Typed(types=(Type.TYPE_7,))
    if adjacent:
        return Typed(types=(Type.TYPE_6,))
    nowhere = not held & _VERTEBRAL
    if TomitaSite.PARAVERTEBRAL in held:
        return Typed(types=(Type.TYPE_5,), is_outside=nowhere)
    if TomitaSite.CANAL in held:
        return Typed(types=(Type.TYPE_4,), is_outside=nowhere)
    if len(held) == 1:
        return Typed(types=(Type.TYPE_1,))
    if held == _VERTEBRAL:
        return Typed(types=(Type.TYPE_3,))
    if held in _JOINED:
        return Typed(types=(Type.TYPE_2,))
    return Typed(types=(Type.TYPE_2, Type.TYPE_3), is_outside=True)


@value
class Reached:
    """Every type that an extent with open sites allows, and whether some of its combinations stand in no table."""

    types: tuple[Type, ...]
    outside: bool


def reachable(
    sites: Collection[TomitaSite],
    open_: Collection[TomitaSite] = (),
    *,
    adjacent: Collection[bool] = (False,),
    skip: Collection[bool] = (False,),
) -> Reached:
    """All types of the sure sites with any of the open ones; ``sites`` may name an open one too.

    Raises
    ------
    RecordError
        If there is neither a sure nor an open site.
    """
    sure, maybe = frozenset(sites) - frozenset(open_), [site for site in TomitaSite if site in open_]
    if not sure and not maybe:
        raise RecordError("A tumour without a site has no type.", remedy="Give at least one site.")
    found: list[Typed] = []
    for taken in product((False, True), repeat=len(maybe)):
        held = sure | {site for site, is_taken in zip(maybe, taken, strict=True) if is_taken}
        if held:
            found += [typed(held, adjacent=next_, skip=apart) for next_ in adjacent for apart in skip]
    reached = {kind for one in found for kind in one.types}
    return Reached(types=tuple(k for k in Type if k in reached), outside=any(one.is_outside for one in found))


def tomita_score(case: Case, findings: Findings, lesion: str) -> Score | None:
    """Every type that the sites and levels of a lesion allow; nothing if its sites are not known."""
    sites = findings.many(vocabulary.TOMITA_SITES, lesion)
    open_ = findings.many(vocabulary.TOMITA_SITES_OPEN, lesion) or ()
    if not sites and not open_:
        return None
    adjacent, skip = _beyond(case, findings, lesion)
    reached = reachable(sites or (), open_, adjacent=adjacent, skip=skip)
    kinds = tuple(f"type {kind.value}" for kind in reached.types)
    facts: tuple[Fact[Any], ...] = (
        vocabulary.TOMITA_SITES,
        vocabulary.TOMITA_SITES_OPEN,
        vocabulary.LEVELS,
        vocabulary.LEVELS_OPEN,
    )
    item = Item(
        name="type",
        values=kinds,
        points=(),
        facts=tuple(named.id for named in facts if findings.value(named, lesion) is not None),
        borderline=len(kinds) > 1 and not reached.outside,
        note=_note(sites or (), open_, reached.types),
    )
    return Score(
        instrument="tomita",
        name="Tomita",
        about=lesion,
        at=", ".join(map(str, levels_of(case, findings, lesion))) or "level unknown",
        items=(item,),
        totals=(),
        out_of=None,
        categories=kinds,
        missing=(),
        flags=_flags(findings, lesion, reached),
        checked=Checked.FROM_MEMORY,
        cites=CITES,
        version=VERSION,
    )


def _beyond(case: Case, findings: Findings, lesion: str) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Whether the next vertebra, and whether one further off, is involved: no, yes, or both where a level is open."""
    levels = set(levels_of(case, findings, lesion))
    open_ = set(findings.many(vocabulary.LEVELS_OPEN, lesion) or ())
    extents = [runs(levels - open_), runs(levels | open_)]
    adjacent = {any(len(run) > 1 for run in extent) for extent in extents}
    apart = {len(extent) > 1 or len(case.lesions) > 1 for extent in extents}
    return tuple(sorted(adjacent)), tuple(sorted(apart))


def _note(sites: Collection[TomitaSite], open_: Collection[TomitaSite], types: tuple[Type, ...]) -> str:
    held = [site.value for site in TomitaSite if site in sites and site not in open_]
    parts = [f"sites {', '.join(held)}"] if held else []
    parts += [f"open {', '.join(site.value for site in TomitaSite if site in open_)}"] if open_ else []
    groups = in_order(Group, {group(kind) for kind in types})
    said = in_order(Spondylectomy, {spondylectomy(kind) for kind in types})
    parts.append(" or ".join(str(one.value) for one in groups))
    parts.append(f"total en bloc spondylectomy {' or '.join(str(one.value) for one in said)}")
    return "; ".join(parts)


def _flags(findings: Findings, lesion: str, reached: Reached) -> tuple[str, ...]:
    flags = [OUTSIDE] if reached.outside else []
    if Type.TYPE_2 in reached.types:
        flags.append(f"two readings of the spondylectomy are published: {'; or '.join(READINGS)}")
    if {sector(4), sector(9)} <= set(findings.many(vocabulary.WBB_SECTORS, lesion) or ()):
        flags.append(BOTH_PEDICLES)
    if Type.TYPE_7 not in reached.types and findings.value(vocabulary.WHOLE_SPINE_MRI, "patient") is not True:
        flags.append(SKIPS)
    return tuple(flags)
