"""Boriani's ten techniques in seven types of approach: 1 and 2a by sectors and layers, the others as chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Known
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.score import Score
from enbloc.stage.wbb import AT_THE_DURA, Readings, Resection
from enbloc.stage.wbb_form import Extent, categories, judge_extent, readings_of, unverified
from enbloc.value import value


class Technique(Enum):
    """The technique that a surgeon chose, or that sectors and layers shall say it."""

    AUTOMATIC = "by sectors and layers"
    TYPE_1 = "1"
    TYPE_2A = "2a"
    TYPE_2B = "2b"
    TYPE_2C = "2c"
    TYPE_3A = "3a"
    TYPE_3B = "3b"
    TYPE_4A = "4a"
    TYPE_4B = "4b"
    TYPE_5 = "5"
    TYPE_6 = "6"
    TYPE_7 = "7"


BY_SECTORS = {Technique.TYPE_1: Resection.ANTERIOR_ONLY.value, Technique.TYPE_2A: Resection.POSTERIOR_ARCH.value}
"""The two types that have a criterion that was read, and the resection that it is, in words."""

PUBLISHED = {
    Technique.TYPE_1: "single anterior approach: sectors 5 to 8, layers A and B, not C",
    Technique.TYPE_2A: "single posterior approach, posterior arch: pedicles free; with layer D the margin is violated",
    Technique.TYPE_2B: "single posterior approach, sagittal: eccentric, little growth into layer A (from memory)",
    Technique.TYPE_2C: "single posterior approach, vertebrectomy: no significant growth into layer A (from memory)",
    Technique.TYPE_3A: "anterior first, then posterior, vertebrectomy: growth into layer A (from memory)",
    Technique.TYPE_3B: "anterior first, then posterior, sagittal: growth into layer A (from memory)",
    Technique.TYPE_4A: "posterior first, then anterior: a posterior release is needed first (from memory)",
    Technique.TYPE_4B: "posterior first, then anterior: a posterior release is needed first (from memory)",
    Technique.TYPE_5: "posterior first, then anterior and posterior at once: large or eccentric (from memory)",
    Technique.TYPE_6: "anterior, posterior, then both at once: huge masses (from memory)",
    Technique.TYPE_7: "posterior, anterior, posterior: mainly L5 (from memory)",
}

NOT_AUTOMATIC = "no type by sectors and layers: a surgeon chooses"
CHOSEN = "a label that a surgeon chose: types 2b to 7 are not judged by sectors and layers"


@value
class Boriani(Extent):
    """Sectors and layers, and the technique if one was chosen.

    Examples
    --------
    >>> from enbloc.stage.wbb_form import Numbering, on
    >>> extent = {"numbering": Numbering.PATIENT_LEFT_FIRST, **on("sector_", 12, 1, 2), **on("layer_", "b")}
    >>> Boriani(technique=Technique.AUTOMATIC, **extent).outcome.category
    'type 2a'
    """

    technique: Annotated[Technique, Ask(words="technique that a surgeon chose, or 'by sectors and layers'")]

    @property
    def outcome(self) -> Outcome:
        """The type; one that the extent does not allow is refused."""
        (word,) = reached(self.readings, (self.technique,))
        return Outcome(category=word, flags=_flags(self.readings, (self.technique,)))


def reached(found: Readings, techniques: Iterable[Technique]) -> tuple[str, ...]:
    """Every type that an extent and a choice come to; never one beyond 1 and 2a that nobody chose.

    Raises
    ------
    RecordError
        If the only type that was chosen has a criterion that the extent does not meet.
    """
    chosen = set(techniques)
    automatic = Technique.AUTOMATIC in chosen
    met = {one for one, resection in BY_SECTORS.items() if resection in categories(found)}
    types = [one for one in PUBLISHED if (one in met and (automatic or one in chosen)) or one in chosen - {*BY_SECTORS}]
    neither = automatic and not any(kind.value in BY_SECTORS.values() for kind in found.always)
    words = (*(f"type {one.value}" for one in types), *((NOT_AUTOMATIC,) if neither else ()))
    if not words:
        named = " or ".join(f"type {one.value}" for one in Technique if one in chosen)
        raise RecordError(
            f"The sectors and layers do not allow {named}.", remedy="Correct them, or choose the type that was done."
        )
    return words


def _flags(found: Readings, techniques: tuple[Technique, ...]) -> tuple[str, ...]:
    by_hand = set(techniques) <= set(Technique) - {Technique.AUTOMATIC, *BY_SECTORS}
    each = ((CHOSEN, by_hand), (AT_THE_DURA, found.epidural_margin_risk == (True,)))
    return tuple(flag for flag, holds in each if holds)


def judge(instrument: Instrument, known: Known) -> Score:
    """Every type that agrees with what is known.

    Raises
    ------
    RecordError
        If no sector or layer can hold tumour, or the extent does not allow what was chosen.
    """
    found, techniques = readings_of(known), known.get("technique", tuple(Technique))
    flags = (*unverified(known), *_flags(found, techniques))
    return replace(judge_extent(instrument, known), categories=reached(found, techniques), flags=flags)


BORIANI_2018 = Instrument(
    id="boriani_2018",
    name="Boriani approach",
    version="2018, specification of 2026-11-20",
    form=Boriani,
    population="tumour of the spine for which an en bloc resection is considered",
    better=Better.NEITHER,
    categories=(
        *(Category(word=f"type {one.value}", published=words) for one, words in PUBLISHED.items()),
        Category(word=NOT_AUTOMATIC),
    ),
    judge=judge,
    warnings=("only types 1 and 2a have a criterion that was read; the others are labels, written from memory",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("boriani2018techniques"),),
)
