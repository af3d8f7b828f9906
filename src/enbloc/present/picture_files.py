"""The pictures of a case page: each a file of its own, named, with what it is about and the numbers that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from enbloc.present.drawing import Picture
from enbloc.present.evidence import Shown
from enbloc.present.pictures import Pictures
from enbloc.value import value

PictureKind = Literal["slice", "solid", "margin map", "evidence"]


@value
class PictureRef:
    """A picture by its name, with its words; ``facts`` are the keys of the numbers that are drawn on it."""

    name: str  # its file is "pictures/<name>.svg"
    about: str  # a lesion's id, a level, or "patient"
    kind: PictureKind
    title: str
    caption: str
    alt: str
    facts: tuple[str, ...]
    width: float  # in its own units
    height: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Named:
    """A picture under the name that a page knows it by."""

    ref: PictureRef
    svg: str


def named(drawn: Pictures, shown: Iterable[Shown]) -> tuple[Named, ...]:
    """Every picture under a name unlike every other: those of the lesions, then those of the measurements."""
    taken: set[str] = set()
    return tuple(_named(*one, taken) for one in (*_of_lesions(drawn), *_of_measurements(shown)))


def seen_on(those: Iterable[Named]) -> Mapping[str, str]:
    """The name of the picture of each number, by the number's key."""
    return {key: one.ref.name for one in those for key in one.ref.facts}


_Told = tuple[Picture, str, PictureKind, tuple[str, ...]]


def _of_lesions(drawn: Pictures) -> Iterator[_Told]:
    for lesion, those in drawn.of.items():
        for one in those:
            yield one, lesion, _kind(one, lesion), ()


def _of_measurements(shown: Iterable[Shown]) -> Iterator[_Told]:
    for one in shown:
        yield one.picture, one.about, "evidence", tuple(f"{fact}-{one.about}" for fact in one.facts)


def _kind(picture: Picture, lesion: str) -> PictureKind:
    word = picture.key.removeprefix(f"{lesion} ").partition(" ")[0]
    return "solid" if word == "solid" else "margin map" if word == "margins" else "slice"


def _named(picture: Picture, about: str, kind: PictureKind, facts: tuple[str, ...], taken: set[str]) -> Named:
    width, height = _size(picture)
    ref = PictureRef(
        name=_name(picture.key, taken),
        about=about,
        kind=kind,
        title=picture.title,
        caption=picture.caption,
        alt=picture.alt,
        facts=facts,
        width=width,
        height=height,
    )
    return Named(ref=ref, svg=picture.svg)


def _name(key: str, taken: set[str]) -> str:
    """A name of letters, digits and hyphens; what is alike without its other signs is counted."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-") or "picture"
    name, nth = plain, 1
    while name.lower() in taken:
        nth += 1
        name = f"{plain}-{nth}"
    taken.add(name.lower())
    return name


_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def _size(picture: Picture) -> tuple[float, float]:
    found = _BOX.search(picture.svg)
    assert found is not None, "every picture is a document of its own size"
    return float(found[1]), float(found[2])
