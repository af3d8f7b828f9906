"""What an operation through the laminae tells the rules: facts of the plan, and for each that is open the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings, Interval, measured
from enbloc.measure.answers import Answer, gathered, missing
from enbloc.plan.laminae.exposure import Exposure
from enbloc.plan.laminae.laminectomy import Laminectomy

METHOD = "laminae behind the stretch of the canal that is opened"
WHOLE = 100.0
NOTHING_OPENED = "no levels are opened"


def facts_of(found: Laminectomy | Exposure) -> Findings:
    """The facts of a laminectomy alone, or of the exposure of a tumour within the dura.

    Laminae that half a voxel decides about widen the interval of their number. Where vertebrae on the way have no
    label the number is missing, for it might be larger. Nothing is said of an operation that makes no sense.
    """
    if found.feasible is False:
        return Findings()
    return gathered(_answers(found))


def _answers(found: Laminectomy | Exposure) -> Iterator[Answer]:
    yield _levels(found.lesion, found.levels, found.levels_open, found)
    if isinstance(found, Laminectomy):
        yield measured(fact.LAMINECTOMY_ALONE, found.lesion, True, document="plan", method="this operation")
        yield measured(fact.FACET_REMOVED, found.lesion, 0.0, document="plan", method="laminae alone")
        return
    if found.joints is None or not found.levels:
        yield missing(fact.FACET_REMOVED, found.lesion, "; ".join(found.missing) or NOTHING_OPENED)
        return
    notes = tuple(str(joint) for joint in found.joints)
    share = WHOLE if found.joints else 0.0
    yield measured(
        fact.FACET_REMOVED, found.lesion, share, document="plan", method="the facet behind a dumbbell", notes=notes
    )


def _levels(lesion: str, levels: Sequence[Level], open_: Sequence[Level], found: Laminectomy | Exposure) -> Answer:
    if not levels or found.unseen:
        return missing(fact.LAMINECTOMY_LEVELS, lesion, "; ".join(found.unseen) or NOTHING_OPENED)
    notes = tuple(f"{level}: half a voxel decides" for level in open_)
    counted = measured(fact.LAMINECTOMY_LEVELS, lesion, len(levels), document="plan", method=METHOD, notes=notes)
    sure, possible = len(set(levels) - set(open_)), len(set(levels) | set(open_))
    return replace(counted, interval=Interval(low=float(sure), high=float(possible)))
