"""The pictures of all measurements, and the few of them that a report shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.case import Case
from enbloc.case.confirmation import Confirmed
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.present.drawing import Picture
from enbloc.present.marked import marked_picture
from enbloc.present.measures import doubts
from enbloc.present.sights import Sight, sights


@dataclass(frozen=True, eq=False, kw_only=True)
class Shown:
    """A picture with whom it is about and the facts that it shows."""

    key: str  # a name for its file, unlike every other
    about: str
    facts: tuple[str, ...]
    picture: Picture


def evidence(case: Case, findings: Findings, images: Images) -> tuple[Shown, ...]:
    """A picture of every plane that something was measured on, as far as a scan reaches it."""
    return tuple(_drawn(sights(findings), case, findings, images))


ON_REPORT: tuple[Fact[Any], ...] = (
    vocabulary.EPIDURAL_AREA,
    vocabulary.CORD_AREA_RATIO,
    vocabulary.WBB_SECTORS,
    vocabulary.COLLAPSE,
    vocabulary.LOCAL_KYPHOSIS,
    vocabulary.CSF_SHARE,
    vocabulary.CLEARANCES,
    vocabulary.DIAMETER,
)
"""What a report shows of a lesion and of its main level: a picture of each, the most telling first."""

_SHOWN = 6  # two rows


def strip_of(case: Case, findings: Findings, images: Images, lesion: str) -> tuple[Picture, ...]:
    """The pictures that stand beside the measurements of one lesion; one plane is shown once."""
    main = findings.value(vocabulary.MAIN_LEVEL, lesion)
    abouts = {lesion} | ({main.value} if main else set())
    offered = [sight for sight in sights(findings) if sight.about in abouts]
    chosen: list[Sight] = []
    for named in ON_REPORT:
        for sight in offered:
            if sight not in chosen and any(one.fact == named.id for one in sight.findings):
                chosen.append(sight)
                break
    return tuple(one.picture for one in _drawn(chosen[:_SHOWN], case, findings, images, brief=True))


def _drawn(
    those: Iterable[Sight], case: Case, findings: Findings, images: Images, *, brief: bool = False
) -> Iterator[Shown]:
    hashed = images.labels_sha256
    is_named = any(one.holds(Confirmed.LEVEL, hashed) for one in case.confirmations)
    doubtful = doubts(findings, is_named=is_named)
    taken: dict[str, int] = {}
    for sight in those:
        picture = marked_picture(sight, images, case.origin, doubtful=doubtful, brief=brief)
        if picture is None:
            continue
        taken[sight.key] = taken.get(sight.key, 0) + 1
        key = sight.key if taken[sight.key] == 1 else f"{sight.key}-{taken[sight.key]}"
        facts = tuple(one.fact for one in sight.findings)
        yield Shown(key=key, about=sight.about, facts=facts, picture=replace(picture, key=key))
