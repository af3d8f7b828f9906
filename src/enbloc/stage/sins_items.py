"""The six items of SINS as far as the findings settle them.

A class that a person reported overrules the measured one; both are shown. Where a measured interval spans a
cut-off, both classes stay possible and the item is borderline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, Interval
from enbloc.stage.reading import EQUALITY, Reading, bounds, in_order, project, quoted
from enbloc.stage.sins import LOCATION, Alignment, Bone, Collapse, Location, Pain, Posterolateral

COLLAPSE_FROM = project("least loss of height that counts as collapse", 20, "%", ">=")
COLLAPSE_DOUBT_FROM = project("least loss of height that may be read as collapse", 10, "%", ">=")
OVER_HALF_FROM = project("loss of height read as over half", 50, "%", ">=")
BODY_OVER = project("share of the body involved that scores without collapse", 50, "%", ">")
COLLAPSE_BAND = project("error of a measured loss of height that states none", 5, "%", "±")
MINOR_SHARE = project("share below which a kind of bone change does not count", 15, "%", "<")
TRANSLATION_FROM = project("translation that may be a subluxation", 3, "mm", ">=")
KYPHOSIS_FROM = project("local kyphosis that may be a new deformity", 10, "°", ">=")
REGION_VOLUME_FROM = project("tumour in a posterolateral region", 0.2, "cc", ">=")
REGION_SHARE_FROM = project("share of a posterolateral region that is tumour", 20, "%", ">=")


def location(level: Level | None, stands_for: Mapping[Level, Level]) -> Reading:
    """The class of the level; T13 and L6 need somebody to say which level they stand for, and are never inferred."""
    counted = stands_for.get(level, level) if level else None
    place = LOCATION.get(counted) if counted else None
    facts = (vocabulary.LEVELS.id,)
    if place is None:
        ask = "level of the lesion" if level is None else f"which level of the SINS table {level} stands for"
        return Reading(name="location", values=tuple(Location), facts=facts, ask=ask)
    flags = ("outside_original_table",) if counted is Level.CO else ()
    note = f"{level} counted as {counted}" if counted is not level else ""
    return Reading(name="location", values=(place,), facts=facts, note=note, flags=flags)


def pain(findings: Findings, lesion: str) -> Reading:
    """Pain is only ever asked, never measured."""
    return _overruled(Reading(name="pain", values=(), facts=()), vocabulary.PAIN, Pain, findings, lesion)


def bone(findings: Findings, lesion: str) -> Reading:
    """Lytic if less than 15 % is blastic, blastic if less than 15 % is lytic, else mixed.

    If neither reaches 15 % density alone settles nothing, and all three stay possible.
    """
    named = (vocabulary.LYTIC_SHARE, vocabulary.BLASTIC_SHARE)
    lytic, blastic = (bounds(findings, one, lesion) for one in named)
    values: set[Bone] = set()
    if lytic and blastic:
        cut = MINOR_SHARE.number
        neither = lytic.low < cut and blastic.low < cut
        values = set(Bone) if neither else _bone(lytic, blastic)
    measured = _measured("bone lesion", Bone, values, findings, lesion, named)
    return _overruled(measured, vocabulary.BONE_REPORTED, Bone, findings, lesion)


def _bone(lytic: Interval, blastic: Interval) -> set[Bone]:
    cut = MINOR_SHARE.number
    values = {Bone.LYTIC} if blastic.low < cut <= lytic.high else set()
    values |= {Bone.BLASTIC} if lytic.low < cut <= blastic.high else set()
    values |= {Bone.MIXED} if lytic.high >= cut and blastic.high >= cut else set()
    return values


def alignment(findings: Findings, lesion: str, level: Level | None) -> Reading:
    """Measured translation or kyphosis only makes a candidate, which a person must confirm against earlier images.

    A measurement wholly within both limits reads as normal and is settled: a physiological curve *is* normal
    (1.1), and only a change beyond a limit is the kind of finding that 1.4 wants confirmed. Were "within limits"
    left open too, no lesion without earlier images could ever be scored. Scoliosis does not enter; the note says so.
    """
    named = (vocabulary.TRANSLATION, vocabulary.ANGULATION)
    translation, angulation = (bounds(findings, one, level) for one in named)
    above = _above(findings, level)
    slip = bounds(findings, vocabulary.TRANSLATION, above)
    values: set[Alignment] = set()
    if translation or angulation or slip:
        values = {Alignment.NORMAL}
        # A vertebra slips on the one below it, and the one above may slip on it.
        unseen = translation is None or (slip is None and bool(findings.why_missing(vocabulary.TRANSLATION, above)))
        if unseen or any(_slips(one) for one in (translation, slip)):
            values.add(Alignment.SUBLUXATION)
        if angulation is None or angulation.high >= KYPHOSIS_FROM.number:
            values.add(Alignment.DEFORMITY)
    measured = _measured("alignment", Alignment, values, findings, level, named)
    if slip:
        upper = f"{above}: {quoted(findings, above, vocabulary.TRANSLATION)}"
        measured = replace(measured, note="; ".join(part for part in (measured.note, upper) if part))
    if len(values) == 1:
        note = f"{measured.note}; within limits, scoliosis does not enter: confirm on the images"
        measured = replace(measured, note=note)
    elif values:
        candidate = f"{measured.note}; a candidate only: to be confirmed against earlier images"
        measured = replace(measured, note=candidate, borderline=False)
    return _overruled(measured, vocabulary.ALIGNMENT_REPORTED, Alignment, findings, lesion)


def _slips(translation: Interval | None) -> bool:
    return translation is not None and max(abs(translation.low), abs(translation.high)) >= TRANSLATION_FROM.number


def _above(findings: Findings, level: Level | None) -> Level | None:
    """The level above; T13 and L6 only if the images were asked about it."""
    order = list(Level)
    for one in reversed(order[: order.index(level)] if level else []):
        asked = isinstance(findings[vocabulary.TRANSLATION, one], Finding)
        if not one.is_transitional or asked or findings.why_missing(vocabulary.TRANSLATION, one):
            return one
    return None


def collapse(findings: Findings, lesion: str, level: Level | None, *, is_main: bool) -> Reading:
    """Collapse by loss of height, and without collapse by the share of the body that is tumour.

    A loss of 10 % up to 20 % may be read either way. Exactly half is left open by the source: half a collapse
    defaults to the higher class, half a body to the lower one, both with the flag ``threshold_equality``. The
    share of the body is known of the main level only. The occiput, C1 and the coccyx have no body: a class entered
    by hand is taken, nothing is measured.
    """
    if level is not None and not level.has_body:
        nothing = Reading(name="collapse", values=(), facts=(), flags=("no_vertebral_body",))
        return _overruled(nothing, vocabulary.COLLAPSE_REPORTED, Collapse, findings, lesion, how="entered by hand")
    loss = bounds(findings, vocabulary.COLLAPSE, level, band=COLLAPSE_BAND.number)
    share = bounds(findings, vocabulary.BODY_SHARE, lesion) if is_main else None
    values = _collapse(loss, share) if loss else set()
    measured = _measured("collapse", Collapse, values, findings, level, (vocabulary.COLLAPSE,))
    if is_main and values & {Collapse.NONE, Collapse.BODY_OVER_HALF_INVOLVED}:
        body = quoted(findings, lesion, vocabulary.BODY_SHARE)
        ask = vocabulary.BODY_SHARE.words if not body else measured.ask
        note = "; ".join(part for part in (measured.note, body) if part)
        measured = replace(measured, note=note, ask=ask, facts=(*measured.facts, vocabulary.BODY_SHARE.id))
    measured = replace(measured, flags=_equality(findings, lesion, level, is_main=is_main))
    return _overruled(measured, vocabulary.COLLAPSE_REPORTED, Collapse, findings, lesion)


def _collapse(loss: Interval, share: Interval | None) -> set[Collapse]:
    values = set()
    if loss.high >= OVER_HALF_FROM.number:
        values.add(Collapse.OVER_HALF)
    if loss.high >= COLLAPSE_DOUBT_FROM.number and loss.low < OVER_HALF_FROM.number:
        values.add(Collapse.UNDER_HALF)
    if loss.low < COLLAPSE_FROM.number:
        if share is None or share.low <= BODY_OVER.number:
            values.add(Collapse.NONE)
        if share is None or share.high > BODY_OVER.number:
            values.add(Collapse.BODY_OVER_HALF_INVOLVED)
    return values


def _equality(findings: Findings, lesion: str, level: Level | None, *, is_main: bool) -> tuple[str, ...]:
    loss = findings.value(vocabulary.COLLAPSE, level)
    share = findings.value(vocabulary.BODY_SHARE, lesion) if is_main else None
    without = loss is not None and loss < COLLAPSE_FROM.number
    equal = loss == OVER_HALF_FROM.number or (without and share == BODY_OVER.number)
    return (EQUALITY,) if equal else ()


def posterolateral(findings: Findings, lesion: str) -> Reading:
    """A side counts if its tumour reaches 0.2 cc and a fifth of its pedicle, facet and costovertebral region.

    A cortical breach or a fracture would count as well; neither is measured, and a reader's word overrules.
    """
    sides = (
        (vocabulary.POSTEROLATERAL_LEFT, vocabulary.POSTEROLATERAL_LEFT_SHARE),
        (vocabulary.POSTEROLATERAL_RIGHT, vocabulary.POSTEROLATERAL_RIGHT_SHARE),
    )
    left, right = (_side(findings, lesion, volume, share) for volume, share in sides)
    named = tuple(one for side in sides for one in side)
    values: set[Posterolateral] = set()
    if any(not isinstance(findings[one, lesion], Unknown) for one in named):
        values = {_BY_SIDES[one + other] for one in left for other in right}
    measured = _measured("posterolateral involvement", Posterolateral, values, findings, lesion, named)
    return _overruled(measured, vocabulary.POSTEROLATERAL_REPORTED, Posterolateral, findings, lesion)


_BY_SIDES = (Posterolateral.NONE, Posterolateral.UNILATERAL, Posterolateral.BILATERAL)


def _side(findings: Findings, lesion: str, volume: Fact[float], share: Fact[float]) -> tuple[int, ...]:
    """Whether one side counts: 0, 1, or both where that is open."""
    parts = (
        (bounds(findings, volume, lesion), REGION_VOLUME_FROM.number),
        (bounds(findings, share, lesion), REGION_SHARE_FROM.number),
    )
    may = all(part is None or part.high >= cut for part, cut in parts)
    must = all(part is not None and part.low >= cut for part, cut in parts)
    return (1,) if must else (0, 1) if may else (0,)


def _measured(
    name: str, kind: type[Enum], values: set[Any], findings: Findings, about: object, named: tuple[Fact[Any], ...]
) -> Reading:
    """The measured reading, or one without values if nothing was measured."""
    ordered = in_order(kind, values)
    known = tuple(one.id for one in named if not isinstance(findings[one, about], Unknown))
    complete = len(known) == len(named)
    return Reading(
        name=name,
        values=ordered,
        facts=known,
        borderline=complete and len(ordered) > 1,
        note=quoted(findings, about, *named),
    )


def _overruled(
    measured: Reading, named: Fact[Any], kind: type[Enum], findings: Findings, lesion: str, how: str = "as reported"
) -> Reading:
    """The reported class if there is one, with the measured one beside it; else the measured; else anything."""
    finding: Finding[Any] | Unknown = findings[named, lesion]
    if isinstance(finding, Unknown):
        return replace(measured, values=measured.values or tuple(kind), ask=measured.ask or named.ask)
    shown = " or ".join(str(value.value) for value in measured.values)
    parts = [f"{how}{_by(finding)}"]
    if finding.overruled:
        parts.append(f"before: {finding.overruled.value.value}")
    if shown:
        parts.append(f"measured: {shown}, {measured.note}" if measured.note else f"measured: {shown}")
    return replace(
        measured,
        values=(kind(finding.value.value),),
        facts=(named.id, *measured.facts),
        borderline=False,
        note="; ".join(parts),
        flags=tuple(flag for flag in measured.flags if flag != EQUALITY),
    )


def _by(finding: Finding[Any]) -> str:
    name = f" by {finding.source.by}" if finding.source.by else ""
    return f"{name} because {finding.source.because}" if finding.source.because else name
