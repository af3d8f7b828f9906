"""Every measure of the labels as they are, and which of them an edit changed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Structure, StructureKind
from enbloc.case.fact import FACTS
from enbloc.case.fact.of_level import LabelTrust
from enbloc.case.finding import Finding, Findings, Missing
from enbloc.case.geometry import PATIENT, Plane, Pose
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare
from enbloc.measure.measuring import measure
from enbloc.measure.spine.column import Column, column_of
from enbloc.measure.spine.memory import Memory
from enbloc.measure.tumour.mass import tumour_of
from enbloc.present import words
from enbloc.present.gauges import place
from enbloc.web.bench_nouns import BenchMeasure, BenchMeasures, Shown
from enbloc.web.working.bench.opened import Opened

_TABLES = (Cell, PartShare, Clearance, CanalPlane, Pose, Plane)
"""Tables and frames are no single number; sectors and layers are drawn."""


@dataclass(eq=False)
class Measuring:
    """What is measured on a bench.

    The ``column`` is kept while nothing but tumours is edited, and of another one what is as it was.
    """

    column: Column | None = None
    findings: Findings | None = None
    items: Mapping[str, BenchMeasure] = field(default_factory=dict)
    at: int = -1
    took_ms: int = 0
    _memory: Memory = field(default_factory=Memory)

    def forget(self, changed: frozenset[Structure]) -> None:
        """What an edit makes stale."""
        if any(each.kind is not StructureKind.TUMOUR for each in changed):
            self.column = None

    def measured(self, case: Opened) -> Findings:
        """All that the labels show as they are now."""
        if self.findings is None or self.at != case.seq:
            began = time.monotonic()
            if self.column is None or _is_hollowed(case):
                self.column = column_of(case.images, _hollowed(case), memory=self._memory)
            self.findings = measure(case.case, case.images, column=self.column)
            self.at = case.seq
            self._compare(self.findings)
            self.took_ms = round(1000 * (time.monotonic() - began))
        return self.findings

    def told(self, case: Opened) -> BenchMeasures:
        """Every measure."""
        self.measured(case)
        return BenchMeasures(seq=case.seq, items=tuple(self.items.values()), took_ms=self.took_ms)

    def changed_since(self, before: Mapping[str, BenchMeasure]) -> tuple[tuple[BenchMeasure, ...], tuple[str, ...]]:
        """The measures that are others than before, and the keys of those that are no more."""
        changed = tuple(one for one in self.items.values() if one.is_changed)
        return changed, tuple(key for key in before if key not in self.items)

    def doubts(self) -> dict[str, str]:
        """What is odd about the label of each level."""
        found = self.findings.found if self.findings else ()
        return {
            one.about: "; ".join(one.notes) or f"label {one.value.value}"
            for one in found
            if one.fact == vocabulary.LABEL_TRUST.id and one.value is not LabelTrust.SOUND
        }

    def _compare(self, findings: Findings) -> None:
        before = self.items
        now = {one.key: one for one in _items(findings)}
        self.items = {
            key: replace(one, is_changed=bool(before) and _same(before.get(key)) != _same(one))
            for key, one in now.items()
        }


def _same(one: BenchMeasure | None) -> BenchMeasure | None:
    return None if one is None else replace(one, is_changed=False)


def _is_hollowed(case: Opened) -> bool:
    """Whether some tumour shares a map with vertebrae: then what it takes of them changes with it."""
    kinds = [{each.kind for each in boxes} for boxes in case.boxes]
    return any({StructureKind.TUMOUR, StructureKind.VERTEBRA} <= held for held in kinds)


def _hollowed(case: Opened) -> set[Any]:
    if not _is_hollowed(case):
        return set()
    masses = (tumour_of(case.images, lesion.id) for lesion in case.case.lesions)
    return {level for mass in masses if mass is not None and mass.replaces_bone for level in mass.touching_cc}


def _items(findings: Findings) -> Iterator[BenchMeasure]:
    for found in findings.found:
        if not issubclass(FACTS[found.fact].type, _TABLES):
            yield _item(found)
    for gap in findings.missing:
        if not issubclass(FACTS[gap.fact].type, _TABLES):
            yield _missing(gap)


def _item(found: Finding[Any]) -> BenchMeasure:
    named, span, source = FACTS[found.fact], found.interval, found.source
    shows = source.shows
    return BenchMeasure(
        key=place(found),
        fact=found.fact,
        words=named.words,
        about=found.about,
        shown=words.value(named, found.value),
        value=_number(found.value),
        low=span.low if span else None,
        high=span.high if span else None,
        interval=words.interval(span, named.unit) if span else "",
        unit=named.unit.value,
        at_mm=source.at_mm,
        plane=Shown(point_mm=shows.point_mm, normal=shows.normal) if shows and shows.frame == PATIENT else None,
        missing="",
        is_changed=False,
    )


def _number(held: Any) -> float | None:
    return float(held) if isinstance(held, int | float) and not isinstance(held, bool | Enum) else None


def _missing(gap: Missing) -> BenchMeasure:
    named = FACTS[gap.fact]
    return BenchMeasure(
        key=f"{gap.fact}-{gap.about}",
        fact=gap.fact,
        words=named.words,
        about=gap.about,
        shown="",
        value=None,
        low=None,
        high=None,
        interval="",
        unit=named.unit.value,
        at_mm=None,
        plane=None,
        missing=gap.why,
        is_changed=False,
    )
