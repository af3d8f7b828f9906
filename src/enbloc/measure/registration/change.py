"""What changed between an earlier examination and now: raw differences, which response criteria read elsewhere.

Each examination is measured in its own frame by the same functions, so that registering adds no error to a volume or a
diameter. Registration says whether the vertebra is the same one and whether the two tumours lie in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import Level, in_order, tumour
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, measured
from enbloc.case.geometry import triple
from enbloc.case.image import Images, LabelMap
from enbloc.case.origin import Modality
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.cord.parameters import EPIDURAL_AREA
from enbloc.measure.registration.drawing import shown
from enbloc.measure.registration.joining import Joined, joined
from enbloc.measure.registration.together import is_earlier, with_examination

PLAIN: tuple[tuple[Fact[float], Fact[float]], ...] = (
    (fact.VOLUME_CHANGE, fact.VOLUME),
    (fact.DIAMETER_CHANGE, fact.DIAMETER),
    (fact.DENSITY_CHANGE, fact.DENSITY),
    (fact.EPIDURAL_CHANGE, fact.EPIDURAL_AREA),
)
RELATIVE: tuple[tuple[Fact[float], Fact[float]], ...] = (
    (fact.VOLUME_CHANGE_PERCENT, fact.VOLUME),
    (fact.DIAMETER_CHANGE_PERCENT, fact.DIAMETER),
)
CHANGES: tuple[Fact[Any], ...] = (
    fact.SINCE,
    *(named for named, _ in (*PLAIN, *RELATIVE)),
    fact.COLLAPSE_CHANGE,
    fact.NEW_EPIDURAL,
)
NOW_LESS_THEN = "the present number less the earlier one, each measured in its own frame; both intervals count"

Measure = Callable[[Images], Findings]


@dataclass(frozen=True, eq=False, kw_only=True)
class Earlier:
    """One earlier examination: its findings, its day, and how it lies to the present one beside a lesion."""

    images: Images
    findings: Findings
    taken: date | None
    found: Joined
    notes: tuple[str, ...]

    @property
    def when(self) -> str:
        return self.taken.isoformat() if self.taken else "earlier"


def changes(case: Case, images: Images, now: Findings, measure: Measure) -> Iterator[Answer]:
    """What changed since the latest earlier examination that shows a lesion; nothing if the case has none.

    ``now`` are the findings of the present images, ``measure`` finds those of others.
    """
    past = _days(case, images)
    told: set[Level] = set()
    for lesion in case.lesions if past else ():
        named = tumour(lesion.id)
        held = next((one for one in past if one.map_of(named) is not None), None)
        present = images.map_of(named)
        if held is None or present is None:
            where = "on an earlier examination" if held is None else "now"
            yield from all_missing(CHANGES, lesion.id, f"no label for tumour {lesion.id} {where}")
            continue
        earlier = _earlier(images, held, present, now, measure, lesion.id)
        yield from _residuals(earlier, now, told)
        yield from _lesion(earlier, now, lesion.id)


def _days(case: Case, images: Images) -> list[Images]:
    """The earlier examinations, the latest first; those of one day in one frame, as far as their vertebrae allow."""
    days: dict[tuple[int, str], dict[str, Images]] = {}
    for name, one in images.apart.items():
        if is_earlier(case, one):
            day = _taken(one)
            days.setdefault((day.toordinal(), "") if day else (0, name), {})[name] = one
    return [_one_day(case, days[day]) for day in sorted(days, reverse=True)]


def _one_day(case: Case, examinations: dict[str, Images]) -> Images:
    """All scans of one day in the frame of the first with vertebrae on a CT."""
    first, *others = sorted(examinations, key=lambda name: not _is_planned_on(examinations[name]))
    whole = examinations[first]
    for name in others:
        whole = with_examination(case, whole, name, examinations[name])
    return whole


def _is_planned_on(examination: Images) -> bool:
    on_ct = any(scan.modality is Modality.CT for scan in examination.volumes.values())
    return on_ct and bool(examination.levels)


def _taken(examination: Images) -> date | None:
    return max((scan.taken for scan in examination.volumes.values() if scan.taken), default=None)


def _earlier(images: Images, held: Images, present: LabelMap, now: Findings, measure: Measure, lesion: str) -> Earlier:
    main = now.value(fact.MAIN_LEVEL, lesion)
    order = list(images.levels)
    at = order.index(main) if main in order else 0
    found = joined(held, images, only=order[max(0, at - 1) : at + 2] if main in order else ())
    return Earlier(
        images=held,
        findings=measure(held),
        taken=_taken(held),
        found=found,
        notes=tuple(_notes(images, held, present, found, main, lesion)),
    )


def _notes(
    images: Images, held: Images, present: LabelMap, found: Joined, main: Level | None, lesion: str
) -> Iterator[str]:
    """What registration says of whether both show one lesion in one place, and what else makes them unlike."""
    named = tumour(lesion)
    then = held.map_of(named)
    assert then is not None
    scans = [one.volumes[by.on].modality for one, by in ((held, then), (images, present)) if by.on in one.volumes]
    if len(set(scans)) > 1:
        yield f"drawn on {scans[0].value} then and on {scans[1].value} now"
    fit = found.fits.get(main) if main else None
    if fit is None:
        yield "not registered: no vertebra beside it is labelled on both, so that it is one lesion rests on its name"
        return
    if fit.why:
        yield f"{main} does not fit its earlier label: {fit.why}"
        return
    box = then.boxes[named]
    points = then.grid.cropped(box).points_mm(np.argwhere(then.mask(named, box)))
    share = 100.0 * float(present.holds(named, fit.motion.moved(points)).mean())
    yield f"laid onto each other by {main} ({fit.residual_mm:.1f} mm left)"
    yield f"{share:.0f} % of the earlier tumour lies in the present one" + (
        ": is it one lesion?" if share < 1.0 else ""
    )


def _residuals(earlier: Earlier, now: Findings, told: set[Level]) -> Iterator[Answer]:
    """What was left between the labels of each vertebra that was laid onto its earlier one."""
    for level in in_order(earlier.found.fits):
        fit = earlier.found.fits[level]
        known = not isinstance(now[fact.REGISTRATION_RESIDUAL, level], Unknown)
        if known or level in told or not np.isfinite(fit.residual_mm):
            continue
        told.add(level)
        yield measured(
            fact.REGISTRATION_RESIDUAL,
            level,
            fit.residual_mm,
            low=fit.residual_mm,
            high=max(fit.far_mm, fit.residual_mm),
            document=_document(earlier.images),
            place=f"surface of vertebra {level}",
            at_mm=triple(fit.at_mm),
            shows=shown(fit),
            marks=fit.marks,
            method="root mean square between its two labels after a rigid motion; up to the 95th percentile",
            notes=[f"against the examination of {earlier.when}", *([fit.why] if fit.why else [])],
        )


def _document(examination: Images) -> str:
    return next((scan.document for scan in examination.volumes.values() if scan.document), "earlier examination")


def _lesion(earlier: Earlier, now: Findings, lesion: str) -> Iterator[Answer]:
    if earlier.found.doubt:
        why = f"the earlier examination may name another vertebra: {earlier.found.doubt}"
        yield from all_missing(CHANGES, lesion, why)
        return
    if earlier.taken is None:
        yield missing(fact.SINCE, lesion, "the earlier examination has no date")
    else:
        yield measured(
            fact.SINCE,
            lesion,
            earlier.when,
            document=_document(earlier.images),
            place=f"tumour {lesion}",
            method="date of the earlier scan",
            notes=earlier.notes,
            **_looked_at(now[fact.VOLUME, lesion]),
        )
    for named, of in PLAIN:
        yield _difference(named, earlier, now, lesion, (of, lesion))
    for named, of in RELATIVE:
        yield _difference(named, earlier, now, lesion, (of, lesion), in_percent=True)
    main = now.value(fact.MAIN_LEVEL, lesion)
    if main is None:
        yield missing(fact.COLLAPSE_CHANGE, lesion, "no vertebra at the tumour has a frame")
    else:
        yield _difference(fact.COLLAPSE_CHANGE, earlier, now, lesion, (fact.COLLAPSE, main))
    yield _new_epidural(earlier, now, lesion)


def _pair(
    earlier: Earlier, now: Findings, of: tuple[Fact[float], object]
) -> tuple[Finding[float], Finding[float]] | str:
    """The earlier and the present finding, or why one of them is missing."""
    for findings, when in ((now, "now"), (earlier.findings, earlier.when)):
        if isinstance(findings[of], Unknown):
            return f"{when}: {findings.why_missing(*of) or f'{of[0].words} is not known'}"
    then, present = earlier.findings[of], now[of]
    assert not isinstance(then, Unknown)
    assert not isinstance(present, Unknown)
    return then, present


def _difference(
    named: Fact[float],
    earlier: Earlier,
    now: Findings,
    lesion: str,
    of: tuple[Fact[float], object],
    *,
    in_percent: bool = False,
) -> Answer:
    pair = _pair(earlier, now, of)
    if isinstance(pair, str):
        return missing(named, lesion, pair)
    then, present = pair
    if not in_percent:
        value, low, high = present.value - then.value, present.low - then.high, present.high - then.low
    elif then.value <= 0.0:
        return missing(named, lesion, f"{earlier.when}: it was {then.value:g} {of[0].unit.value}")
    else:
        most = named.high if named.high is not None else np.inf
        value = min(most, 100.0 * (present.value / then.value - 1.0))
        low = 100.0 * (present.low / then.high - 1.0)
        high = min(most, 100.0 * (present.high / then.low - 1.0)) if then.low > 0.0 else most
    return measured(named, lesion, value, low=low, high=high, **_where(earlier, then, present, of[0]))


def _where(earlier: Earlier, then: Finding[Any], present: Finding[Any], of: Fact[Any]) -> dict[str, Any]:
    source = present.source
    was = f"{earlier.when}: {then.value:g} {of.unit.value} ({then.low:g} to {then.high:g}) in {then.source.document}"
    return {
        "document": source.document,
        "place": source.place,
        "method": NOW_LESS_THEN,
        "notes": (was, *earlier.notes),
        **_looked_at(present),
    }


def _looked_at(present: Finding[Any] | Unknown) -> dict[str, Any]:
    """Where a present finding is looked at: that is where its change is."""
    if isinstance(present, Unknown):
        return {}
    source = present.source
    return {"at_mm": source.at_mm, "shows": source.shows, "marks": source.marks}


def _new_epidural(earlier: Earlier, now: Findings, lesion: str) -> Answer:
    """Whether there is epidural tumour now and surely was none then."""
    pair = _pair(earlier, now, (fact.EPIDURAL_AREA, lesion))
    if isinstance(pair, str):
        return missing(fact.NEW_EPIDURAL, lesion, pair)
    then, present = pair
    least = EPIDURAL_AREA.number
    if then.low >= least or present.high < least:
        is_new = False
    elif then.high < least <= present.low:
        is_new = True
    else:
        when = "now" if present.low < least else earlier.when
        return missing(fact.NEW_EPIDURAL, lesion, f"{when}: half a voxel decides whether tumour has entered the canal")
    return measured(fact.NEW_EPIDURAL, lesion, is_new, **_where(earlier, then, present, fact.EPIDURAL_AREA))
