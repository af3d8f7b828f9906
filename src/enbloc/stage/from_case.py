"""An instrument filled in from a case: every item as the record, the images and the forms of the case answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.reading import Reading
from enbloc.stage.score import Score


def scored(instrument: Instrument, readings: Mapping[str, Reading], *, about: str, at: str = "") -> Score:
    """The score of what was read, each item with where it comes from.

    Raises
    ------
    RecordError
        If the items contradict each other, or the instrument is not for such a tumour.
    """
    known = {name: reading.values for name, reading in readings.items() if reading.values}
    score = judged(instrument, known, about=about, at=at)
    names = [one.name for one in instrument.questions]
    items = tuple(
        readings[name].told(item) if name in readings else item
        for name, item in zip(names, score.items, strict=False)  # the kind of tumour, asked last, is no item
    )
    odd = tuple(flag for reading in readings.values() for flag in reading.flags)
    return replace(
        score,
        items=items,
        missing=tuple(item.ask for item in items if item.ask),
        flags=tuple(dict.fromkeys((*odd, *score.flags))),
    )
