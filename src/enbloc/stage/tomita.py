"""Tomita's surgical classification: the type by the sites that a tumour holds, and what it says of a spondylectomy.

Not the prognostic score of the same name. A type says nothing of which pedicle, nor of vessels.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import Enum
from typing import Annotated, Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import sector
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.table import TomitaSite
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.extent import levels_of, runs
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome, judged
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
"""The two published readings by their words: the types recommended and relative of each, both from memory."""

TWO_READINGS = f"two readings of the spondylectomy are published: {'; or '.join(READINGS)}"


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


COMBINED = "total en bloc spondylectomy"
"""The name of what both readings say together; each reading stands beside it under its own words."""


@value
class TomitaSurgical:
    """Five sites of one vertebra, the next vertebra, and vertebrae apart.

    Examples
    --------
    >>> form = TomitaSurgical(
    ...     body=True, pedicle=True, arch=False, canal=False, paravertebral=False, adjacent=False, skip=False
    ... )
    >>> form.outcome.category, form.outcome.readings[1]
    ('type 2', ('total en bloc spondylectomy', 'relative or recommended'))
    """

    body: Annotated[bool, Ask(words="site 1: tumour in the vertebral body")]
    pedicle: Annotated[bool, Ask(words="site 2: tumour in a pedicle")]
    arch: Annotated[bool, Ask(words="site 3: tumour in lamina, transverse or spinous process")]
    canal: Annotated[bool, Ask(words="site 4: tumour in the spinal canal, outside the dura")]
    paravertebral: Annotated[bool, Ask(words="site 5: tumour beside the vertebra")]
    adjacent: Annotated[bool, Ask(words="the next vertebra is involved as well")]
    skip: Annotated[bool, Ask(words="other vertebrae are involved that do not touch this one")]

    @property
    def sites(self) -> frozenset[TomitaSite]:
        """The sites that hold tumour."""
        return frozenset(site for name, site in SITE_KEYS.items() if getattr(self, name))

    @property
    def outcome(self) -> Outcome:
        """The type with its group and both readings; each neighbour of a combination that the table does not hold."""
        found = typed(self.sites, adjacent=self.adjacent, skip=self.skip)
        first, *others = (_outcome(kind, outside=found.is_outside) for kind in found.types)
        return replace(first, otherwise=tuple(others))


SITE_KEYS = dict(zip(("body", "pedicle", "arch", "canal", "paravertebral"), TomitaSite, strict=True))
"""The site that each item of the form asks for."""


def _outcome(kind: Type, *, outside: bool) -> Outcome:
    flags = ((OUTSIDE,) if outside else ()) + ((TWO_READINGS,) if kind is Type.TYPE_2 else ())
    each = ((f"{COMBINED} if {words}", _by(kind, *types)) for words, types in READINGS.items())
    readings = (("group", group(kind).value), (COMBINED, spondylectomy(kind).value), *each)
    return Outcome(category=f"type {kind.value}", flags=flags, readings=readings)


def _by(kind: Type, recommended: frozenset[Type], relative: frozenset[Type]) -> str:
    """What one of the readings says of a type."""
    said = Spondylectomy.RECOMMENDED if kind in recommended else Spondylectomy.RELATIVE
    return (said if kind in recommended | relative else Spondylectomy.NOT_RECOMMENDED).value


_COMPOSED = {
    Type.TYPE_1: "one site only of body, pedicle and arch",
    Type.TYPE_2: "body and pedicle, or pedicle and arch",
    Type.TYPE_3: "body, pedicle and arch",
    Type.TYPE_4: "in the canal as well",
    Type.TYPE_5: "beside the vertebra as well",
    Type.TYPE_6: "the next vertebra involved",
    Type.TYPE_7: "several vertebrae apart",
}

TOMITA_SURGICAL = Instrument(
    id="tomita_surgical",
    name="Tomita",
    version=VERSION,
    form=TomitaSurgical,
    population="tumour of a vertebra, before a total en bloc spondylectomy is considered",
    better=Better.NEITHER,
    categories=tuple(
        Category(word=f"type {kind.value}", published=f"{_COMPOSED[kind]}; {group(kind).value}") for kind in Type
    ),
    warnings=(
        "a type says nothing of which pedicle: where both hold tumour, the cut through the pedicles crosses it",
        "a total en bloc spondylectomy is two blocks with the pedicles cut: it is no wide margin by definition",
        "not the prognostic score of the same name (2 to 10)",
    ),
    checked=CHECKED,
    cites=CITES,
)


def tomita_score(case: Case, findings: Findings, lesion: str) -> Score | None:
    """Every type that the sites and levels of a lesion allow; nothing if its sites are not known."""
    sites = findings.many(vocabulary.TOMITA_SITES, lesion) or ()
    open_ = findings.many(vocabulary.TOMITA_SITES_OPEN, lesion) or ()
    if not sites and not open_:
        return None
    adjacent, skip = _beyond(case, findings, lesion)
    states = {name: (False, True) if site in open_ else (site in sites,) for name, site in SITE_KEYS.items()}
    at = ", ".join(map(str, levels_of(case, findings, lesion))) or "level unknown"
    score = judged(TOMITA_SURGICAL, states | {"adjacent": adjacent, "skip": skip}, about=lesion, at=at)
    facts: tuple[Fact[Any], ...] = (
        vocabulary.TOMITA_SITES,
        vocabulary.TOMITA_SITES_OPEN,
        vocabulary.LEVELS,
        vocabulary.LEVELS_OPEN,
    )
    item = Item(
        name="type",
        values=score.categories,
        points=(),
        facts=tuple(named.id for named in facts if findings.value(named, lesion) is not None),
        borderline=len(score.categories) > 1 and OUTSIDE not in score.flags,
        note=_note(sites, open_, score),
    )
    # What is open here is measured so: there is nothing that somebody could be asked for.
    return replace(score, items=(item,), missing=(), flags=(*score.flags, *_flags(findings, lesion, score.categories)))


def _beyond(case: Case, findings: Findings, lesion: str) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Whether the next vertebra, and whether one further off, is involved: no, yes, or both where a level is open."""
    levels = set(levels_of(case, findings, lesion))
    open_ = set(findings.many(vocabulary.LEVELS_OPEN, lesion) or ())
    extents = [runs(levels - open_), runs(levels | open_)]
    adjacent = {any(len(run) > 1 for run in extent) for extent in extents}
    apart = {len(extent) > 1 or len(case.lesions) > 1 for extent in extents}
    return tuple(sorted(adjacent)), tuple(sorted(apart))


def _note(sites: Collection[TomitaSite], open_: Collection[TomitaSite], score: Score) -> str:
    held = [site.value for site in TomitaSite if site in sites and site not in open_]
    parts = [f"sites {', '.join(held)}"] if held else []
    parts += [f"open {', '.join(site.value for site in TomitaSite if site in open_)}"] if open_ else []
    said = {one.name: one.values for one in score.also}
    groups = [one.value for one in Group if one.value in said["group"]]
    indications = [one.value for one in Spondylectomy if one.value in said[COMBINED]]
    return "; ".join((*parts, " or ".join(groups), f"{COMBINED} {' or '.join(indications)}"))


def _flags(findings: Findings, lesion: str, types: tuple[str, ...]) -> tuple[str, ...]:
    both = {sector(4), sector(9)} <= set(findings.many(vocabulary.WBB_SECTORS, lesion) or ())
    unseen = findings.value(vocabulary.WHOLE_SPINE_MRI, "patient") is not True
    flags = ((BOTH_PEDICLES, both), (SKIPS, unseen and f"type {Type.TYPE_7.value}" not in types))
    return tuple(flag for flag, holds in flags if holds)
