"""The page of measurements: every measured fact with what it needs, its cut-offs and how it is read.

``python -m tests.docs.measurements`` measures the demo patient, takes how each number was read from there, and writes
the page; a test holds the rest of it to the vocabulary and to the parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from enbloc.case.fact import Fact, Unit
from enbloc.measure import PARAMETERS
from enbloc.present.gauges import DIALS
from enbloc.present.topics import TOPICS, Topic
from enbloc.stage import PARAMETERS as SCORING
from tests.docs.pages import DOCS

PAGE = DOCS / "reference" / "measurements.md"
_HEAD = (
    "| fact | what it is | unit | how it is read | cut-offs of a score | needs |\n| --- | --- | --- | --- | --- | --- |"
)
_CUTS = {one.name: f"{one.comparator} {one.number:g} {one.unit}" for one in SCORING}
_ABOUT = {"lesion": "of a lesion", "level": "of a level", "patient": "of the patient"}

_INTRODUCTION = """# Measurements

Every number that `enbloc measure` and `enbloc workup` read off the images, by the question it answers. This page is
rendered: after a change run `python -m tests.docs.measurements`; a test holds it to the vocabulary and the parameters.

A number is missing, with its reason, where what it *needs* is not labelled, where the vertebra is cut by the edge of
the scan or has no frame, and where the spacing is too coarse. Every number has an
[interval](../concepts/intervals-and-borderline.md): what it becomes when every surface moves by half a voxel and by the
stated error of its label. Where a definition leaves a choice, the
[readings of the specification](../decisions/0007-readings-of-the-specification.md) say what was chosen. Each can be
[looked at](../how-to/look-at-a-measurement.md)."""

_TABLES = {
    "Cell": "rows: level, part, side, sector, layer, cc",
    "PartShare": "rows: level, part, side, %",
    "Clearance": "rows: structure, mm",
    "CanalPlane": "rows: one plane across the canal",
    "Plane": "plane",
    "Pose": "frame",
    "Point": "place",
}


def rendered(methods: Mapping[str, str]) -> str:
    """The page, with how each fact was read by its id."""
    parts = [_INTRODUCTION, *(_section(topic, methods) for topic in TOPICS), _parameters()]
    return "\n\n".join(parts) + "\n"


def _section(topic: Topic, methods: Mapping[str, str]) -> str:
    title = f"## {topic.words[0].upper()}{topic.words[1:]}, {_ABOUT[topic.about.value]}"
    return "\n".join([title, "", _HEAD, *(_row(named, methods) for named in topic.facts)])


def _row(named: Fact[Any], methods: Mapping[str, str]) -> str:
    cells = (f"`{named.id}`", named.words, _unit(named), methods.get(named.id, "–"), _cuts(named), named.ask)
    return f"| {' | '.join(cells)} |"


def _unit(named: Fact[Any]) -> str:
    if named.type.__name__ in _TABLES:
        return _TABLES[named.type.__name__]
    if named.unit is Unit.COUNT:
        return "count"
    if named.unit is not Unit.NONE:
        return "share, shown in %" if named.unit is Unit.SHARE else named.unit.value
    return "yes or no" if named.type is bool else "words"


def _cuts(named: Fact[Any]) -> str:
    return "; ".join(_CUTS[name] for name in DIALS[named].cuts) if named in DIALS else "–"


def _parameters() -> str:
    rows = [f"| {one.name} | {one.comparator} {one.number:g} {one.unit} | {one.source} |" for one in PARAMETERS]
    head = "| what no image gives | value | source |\n| --- | --- | --- |"
    return "\n".join(["## Parameters", "", head, *rows])


def written_methods(page: str) -> dict[str, str]:
    """How each fact is read, as the page says it."""
    rows = re.findall(r"^\| `([\w.]+)` \| [^|]* \| [^|]* \| ([^|]*) \|", page, re.MULTILINE)
    return {fact: method for fact, method in rows if method != "–"}


def measured_methods() -> dict[str, str]:
    """How each fact was read in the demo patient."""
    from enbloc.measure import measure
    from enbloc.phantom import PATIENTS

    patient = PATIENTS["metastasis"]()
    found = measure(patient.case, patient.images).found
    return {one.fact: " ".join(one.source.method.replace("|", "/").split()) for one in found if one.source.method}


if __name__ == "__main__":
    known = written_methods(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    PAGE.write_text(rendered(known | measured_methods()), encoding="utf-8", newline="\n")
