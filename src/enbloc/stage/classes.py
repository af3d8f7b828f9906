"""The published classes that describe a lesion, beside the two scores that a board decides by."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.evidence import Checked
from enbloc.stage.compartment import compartment_score
from enbloc.stage.extent import levels_of
from enbloc.stage.genant import genant_score
from enbloc.stage.meyerding import meyerding_score
from enbloc.stage.score import Item, Score
from enbloc.stage.tomita import tomita_score
from enbloc.stage.wbb import Readings, Resection, readings


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


NONE_ALLOWED = "no standard en bloc resection"


def wbb_score(case: Case, findings: Findings, lesion: str) -> Score | None:
    """The resections that the sectors and layers of a lesion allow, those that half a voxel decides said to be open."""
    read = wbb_readings(findings, lesion)
    if read is None:
        return None
    open_ = [
        Item(name=one.value, values=("allowed", "not allowed"), points=(), borderline=True) for one in read.sometimes
    ]
    sure = [Item(name=one.value, values=("allowed",), points=()) for one in read.always]
    allowed = tuple(kind.value for kind in Resection if kind in {*read.always, *read.sometimes})
    return Score(
        instrument="wbb",
        name="WBB",
        about=lesion,
        at=", ".join(map(str, levels_of(case, findings, lesion))) or "level unknown",
        items=(*sure, *open_),
        totals=(),
        out_of=None,
        categories=(*allowed, *(() if read.always else (NONE_ALLOWED,))),
        missing=(read.nominal.ask,) if read.nominal.ask else (),
        flags=read.nominal.notes,
        checked=Checked.FROM_MEMORY,
        cites=read.nominal.cites,
        version=read.nominal.version,
    )
