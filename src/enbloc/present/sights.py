"""Where measurements can be looked at: those that were read on one plane of one scan share one picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.case.fact import FACTS, Unit
from enbloc.case.finding import Finding, Findings, SourceKind
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Images, Volume
from enbloc.case.mark import Mark, MarkKind
from enbloc.case.origin import Modality
from enbloc.present.slices import Frame2d, through
from enbloc.present.topics import TOPICS, Topic, rank, topic_of

Floats = NDArray[np.float64]

_SAME_MM, _SAME_COSINE = 1.0, 0.9994  # planes this near are drawn as one: a millimetre, two degrees
_LEAST_MM, _MOST_MM, _ROOM_MM = 64.0, 420.0, 26.0
_LEAST_OF_CANAL_MM, _ROOM_OF_CANAL_MM = 44.0, 16.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Sight:
    """Measurements of one topic about one subject that were read on one plane."""

    topic: Topic
    about: str
    plane: Plane
    findings: tuple[Finding[Any], ...]

    @property
    def key(self) -> str:
        """What its picture goes by, ``T8-heights``."""
        subject = self.about if self.topic.about.value != "lesion" else f"lesion-{self.about}"
        return f"{subject}-{self.topic.key}"

    @property
    def marks(self) -> tuple[tuple[Mark, Finding[Any] | None], ...]:
        """Each mark once, with the finding whose length it is, if it is one."""
        held: dict[tuple[MarkKind, object], tuple[Mark, Finding[Any] | None]] = {}
        for found in self.findings:
            own = _length_of(found)
            for mark in found.source.marks:
                known = held.get((mark.kind, mark.points_mm))
                if known is None or (known[1] is None and mark is own):
                    held[mark.kind, mark.points_mm] = (mark, found if mark is own else None)
        return tuple(held.values())


def _length_of(found: Finding[Any]) -> Mark | None:
    """The distance that a length in millimetres was read from, the one that is called like it if there are several."""
    named = FACTS[found.fact]
    if named.unit is not Unit.MM:
        return None
    distances = [mark for mark in found.source.marks if mark.kind is MarkKind.SEGMENT]
    alike = [mark for mark in distances if set(mark.words.split()) <= set(named.words.split())]
    return next(iter(alike or distances), None)


def sights(findings: Findings) -> tuple[Sight, ...]:
    """Every plane that something was measured on, the lesions first, in the order of topics."""
    found = sorted(_to_look_at(findings.found), key=lambda one: (_subject_rank(one.about), rank(one.fact)))
    made: list[Sight] = []
    for one in found:
        topic, plane = topic_of(one.fact), one.source.shows
        if topic is None or plane is None:
            continue
        for at, sight in enumerate(made):
            if (sight.topic, sight.about) == (topic, one.about) and _is_same(sight.plane, plane):
                made[at] = replace(sight, findings=(*sight.findings, one))
                break
        else:
            made.append(Sight(topic=topic, about=one.about, plane=plane, findings=(one,)))
    return tuple(sorted(made, key=lambda sight: (_subject_rank(sight.about), TOPICS.index(sight.topic))))


def _to_look_at(found: Iterable[Finding[Any]]) -> Iterator[Finding[Any]]:
    """What was measured, also where a person has overruled it: the picture shows what was read."""
    for one in found:
        if one.source.kind is SourceKind.MEASURED:
            yield one
        elif one.overruled is not None and one.overruled.source.kind is SourceKind.MEASURED:
            old = one.overruled
            yield replace(one, value=old.value, interval=old.interval, source=old.source, notes=("overruled",))


def _subject_rank(about: str) -> tuple[int, int, str]:
    names = [level.value for level in Level]
    if about in names:
        return (1, names.index(about), "")
    return (2, 0, "") if about == "patient" else (0, 0, about)


def _is_same(one: Plane, other: Plane) -> bool:
    turned = abs(float(np.dot(one.normal, other.normal)))
    apart = abs(float(np.dot(one.normal, np.subtract(other.point_mm, one.point_mm))))
    return turned >= _SAME_COSINE and apart <= _SAME_MM


def window(sight: Sight) -> Frame2d:
    """The part of the plane that holds all marks, with room about them."""
    normal = np.array(sight.plane.normal) / np.linalg.norm(sight.plane.normal)
    spots = _spots(sight)
    flat = spots - ((spots - np.array(sight.plane.point_mm)) @ normal)[:, None] * normal
    first = through(sight.plane.normal, triple(flat.mean(axis=0)), 0.0)
    across = flat @ np.array([first.right, first.down]).T
    low, high = across.min(axis=0), across.max(axis=0)
    middle = flat.mean(axis=0) + np.array([first.right, first.down]).T @ ((low + high) / 2 - across.mean(axis=0))
    is_canal = sight.topic.of_soft_tissue or sight.topic.key == "clearances"
    least, room = (_LEAST_OF_CANAL_MM, _ROOM_OF_CANAL_MM) if is_canal else (_LEAST_MM, _ROOM_MM)
    size = float(np.clip((high - low).max() + room, least, _MOST_MM))
    return replace(first, centre_mm=triple(middle), size_mm=size)


def _spots(sight: Sight) -> Floats:
    """All points that must be seen, shape (n, 3)."""
    marked = [point for mark, _ in sight.marks for point in mark.points_mm]
    looked = [one.source.at_mm for one in sight.findings if one.source.at_mm is not None]
    return np.array(marked or looked or [sight.plane.point_mm], dtype=np.float64)


def scan_of(sight: Sight, images: Images, frame: Frame2d) -> tuple[str, Volume] | None:
    """The scan that the measurements were read on, with its role; nothing if no scan reaches there.

    For soft tissue that is an MR if there is one; otherwise the scan that the findings name, by itself or through the
    label map drawn on it, and then a CT.
    """
    named = {one.source.document for one in sight.findings}
    roles = [role for role, scan in images.volumes.items() if scan.document in named or role in named]
    roles += [labels.on for role, labels in images.labels.items() if labels.document in named or role in named]
    resonance = [role for role, scan in images.volumes.items() if scan.modality is Modality.MR]
    first = resonance if sight.topic.of_soft_tissue else []
    others = [role for role in images.volumes if role not in resonance]
    centre = np.array(frame.centre_mm)[None]
    for role in (*first, *roles, *others, *resonance):
        if role in images.volumes and bool(images.volumes[role].grid.encloses(centre)[0]):
            return role, images.volumes[role]
    return None
