"""The published classes that describe a lesion, beside the two scores that a board decides by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.stage.compartment import compartment_score
from enbloc.stage.extent import levels_of
from enbloc.stage.genant import genant_score
from enbloc.stage.meyerding import meyerding_score
from enbloc.stage.score import Item, Score
from enbloc.stage.tomita import tomita_score
from enbloc.stage.wbb import Readings, Resection, readings
from enbloc.stage.wbb_form import ALLOWED, NOT_ALLOWED, WBB, score_of


def classes(case: Case, findings: Findings) -> tuple[Score, ...]:
    """WBB, Tomita and compartment of each lesion, Genant of each of its levels, Meyerding where one slips.

    Only those that something is known of; each is a set where a measurement leaves it open.
    """
    return tuple(score for lesion in case.lesions for score in _classes(case, findings, lesion.id))


def _classes(case: Case, findings: Findings, lesion: str) -> Iterator[Score]:
    levels = levels_of(case, findings, lesion)
    found = [wbb_score(case, findings, lesion), tomita_score(case, findings, lesion)]
    found.append(compartment_score(case, findings, lesion))
    found += [genant_score(findings, lesion, level) for level in levels]
    found += [meyerding_score(findings, lesion, level) for level in levels]
    yield from (score for score in found if score is not None)


_EXTENT: tuple[Fact[Any], ...] = (
    vocabulary.WBB_SECTORS,
    vocabulary.WBB_SECTORS_OPEN,
    vocabulary.WBB_LAYERS,
    vocabulary.WBB_LAYERS_OPEN,
)


def wbb_readings(findings: Findings, lesion: str) -> Readings | None:
    """What the sectors and layers of a lesion allow, open ones included; nothing if its sectors are not known."""
    sectors = findings.many(vocabulary.WBB_SECTORS, lesion) or ()
    open_ = findings.many(vocabulary.WBB_SECTORS_OPEN, lesion) or ()
    layers = findings.many(vocabulary.WBB_LAYERS, lesion) or ()
    deep = findings.many(vocabulary.WBB_LAYERS_OPEN, lesion) or ()
    if not sectors and not open_:
        return None
    known = [Layer(word) for word in layers] if layers or deep else None
    return readings(sectors, known, sectors_open=open_, layers_open=[Layer(word) for word in deep])


def wbb_score(case: Case, findings: Findings, lesion: str) -> Score | None:
    """The resections that the sectors and layers of a lesion allow, those that half a voxel decides said to be open."""
    read = wbb_readings(findings, lesion)
    if read is None:
        return None
    facts = tuple(one.id for one in _EXTENT if findings.many(one, lesion))
    items = tuple(_resection(kind, read, facts) for kind in read.reached)
    return replace(
        score_of(WBB, read, items),
        about=lesion,
        at=", ".join(map(str, levels_of(case, findings, lesion))) or "level unknown",
        missing=(read.nominal.ask,) if read.nominal.ask else (),
    )


def _resection(kind: Resection, read: Readings, facts: tuple[str, ...]) -> Item:
    """One resection of a case: allowed, or open because half a voxel decides, or because the layers are unknown."""
    is_open = kind in read.sometimes
    ask = read.nominal.ask if is_open and kind is Resection.ANTERIOR_ONLY else ""  # the only one that minds the layers
    values = (ALLOWED, NOT_ALLOWED) if is_open else (ALLOWED,)
    return Item(name=kind.value, values=values, points=(), facts=facts, ask=ask, borderline=is_open and not ask)
