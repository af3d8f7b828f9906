"""What is measured of a lesion in tables, ready to be drawn: sectors by layers, the canal, parts, clearances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, in_order
from enbloc.case.fact import Unit
from enbloc.case.finding import Findings, Interval
from enbloc.case.geometry import PATIENT
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare
from enbloc.present import words
from enbloc.present.content import Bar, Dial, LesionTables, Profile, Ring, Step
from enbloc.present.gauge import Gauge

_LEAST_CC = 0.005  # what reads as 0.0 cc is not written into a cell
_LEAST_PERCENT = 0.5  # what reads as 0 %, at its highest, is spared
_LISTED = 12
_FAR_MM = 40.0


def tables(findings: Findings, lesion: str) -> LesionTables:
    """The tables of one lesion; each is empty where it was not measured."""
    cells: tuple[Cell, ...] = findings.many(vocabulary.TABLE, lesion) or ()
    planes: tuple[CanalPlane, ...] = findings.many(vocabulary.CANAL_PROFILE, lesion) or ()
    parts: tuple[PartShare, ...] = findings.many(vocabulary.PART_SHARES, lesion) or ()
    near: tuple[Clearance, ...] = findings.many(vocabulary.CLEARANCES, lesion) or ()
    return LesionTables(
        about=lesion,
        dials=tuple(_dials(cells)),
        profile=_profile(findings, lesion, planes),
        parts=tuple(_part(one) for one in parts if one.high >= _LEAST_PERCENT),
        spared=words.sentence_list([_named(one) for one in parts if one.high < _LEAST_PERCENT]),
        clearances=tuple(_clearance(one) for one in sorted(near, key=lambda one: one.mm)[:_LISTED]),
    )


def _dials(cells: tuple[Cell, ...]) -> Iterator[Dial]:
    held: dict[Level, dict[tuple[int, str], list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        held[cell.level][cell.sector.number, cell.layer.value].append(cell)
    for level in in_order(held):
        rings = (_ring(at, those) for at, those in sorted(held[level].items()))
        shown = tuple(ring for ring in rings if ring.cc >= _LEAST_CC or ring.is_open)
        if shown:
            yield Dial(level=level.value, rings=shown)


def _ring(at: tuple[int, str], cells: list[Cell]) -> Ring:
    """The cells of one sector and layer together: the dial does not tell parts apart."""
    cc, low, high = (sum(getattr(cell, name) for cell in cells) for name in ("cc", "low_cc", "high_cc"))
    is_open = low < _LEAST_CC <= high
    return Ring(sector=at[0], layer=at[1], cc=round(cc, 3), is_open=is_open)


def _profile(findings: Findings, lesion: str, planes: tuple[CanalPlane, ...]) -> Profile | None:
    if len(planes) < 2:
        return None
    steps = tuple(
        Step(along_mm=one.along_mm, tumour=one.tumour_mm2, canal=one.canal_mm2, sac=one.sac_mm2, cord=one.cord_mm2)
        for one in sorted(planes, key=lambda one: -one.along_mm)
    )
    worst = _worst(findings, lesion, planes)
    return Profile(steps=steps, worst_mm=worst.along_mm if worst else None, worst=_said(worst) if worst else "")


def _worst(findings: Findings, lesion: str, planes: tuple[CanalPlane, ...]) -> CanalPlane | None:
    """The plane nearest to the place that was measured as the worst."""
    place = findings.value(vocabulary.EPIDURAL_AT, lesion)
    if place is None or place.frame != PATIENT:
        return None
    return min(planes, key=lambda one: float(np.linalg.norm(np.subtract(one.at_mm, place.xyz_mm))))


def _said(one: CanalPlane) -> str:
    parts = [f"tumour {words.quantity(one.tumour_mm2, Unit.MM2)}"]
    if one.sac_area_ratio is not None:
        parts.append(f"sac {words.quantity(one.sac_area_ratio, Unit.SHARE)}")
    if one.cord_area_ratio is not None:
        parts.append(f"cord {words.quantity(one.cord_area_ratio, Unit.SHARE)}")
    return f"worst: {', '.join(parts)}"


def _named(one: PartShare) -> str:
    return words.part(one.level, one.part, one.side)


def _part(one: PartShare) -> Bar:
    name = _named(one)
    said = words.quantity(one.percent, Unit.PERCENT)
    span = words.interval(Interval(low=one.low, high=one.high), Unit.PERCENT)
    size = words.quantity(one.cc, Unit.CC)
    gauge = _gauge(said, one.percent, (one.low, one.high), (0.0, 100.0), f"{name} {said} ({span}), {size}")
    return Bar(words=name, value=said, interval=f"{span}, {size}", gauge=gauge)


def _clearance(one: Clearance) -> Bar:
    said = words.margin(one.mm)
    span = words.margin_interval(Interval(low=one.low_mm, high=one.high_mm))
    gauge = _gauge(said, one.mm, (one.low_mm, one.high_mm), (0.0, _FAR_MM), f"{one.structure} {said} ({span})")
    return Bar(words=one.structure, value=said, interval=span, gauge=gauge)


def _gauge(said: str, number: float, span: tuple[float, float], scale: tuple[float, float], alt: str) -> Gauge:
    low, high = span
    return Gauge(
        place="",
        label="",
        said=said,
        value=number,
        low=low,
        high=high,
        is_exact=False,
        is_measured=True,
        before=None,
        ticks=(),
        doubt=None,
        scale=(min(scale[0], low), max(scale[1], high)),
        lies=(),
        alt=alt,
    )
