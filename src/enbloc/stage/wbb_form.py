"""WBB as a form: twelve sectors, six layers and whose left comes first; and as the score of an extent.

Sector numbers alone could be mirrored, which swaps the side of the operation. The criteria are the same on both sides,
so that the resections hold for either numbering; a plan needs the numbering named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import Enum
from typing import Annotated, Any

from enbloc.case.anatomy import Layer, Sector, sector
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Known
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.score import Also, Item, Score
from enbloc.stage.wbb import CITES, VERSION, Readings, Resection, notes, readings
from enbloc.value import value

NONE_ALLOWED = "no standard en bloc resection"
SIDE_UNVERIFIED = "side unverified: the numbering of the sectors is not named, so that no plan may be drawn from them"
EPIDURAL_MARGIN_RISK = "epidural margin risk"
HELD = "sectors, from the patient's left"
ALLOWED, NOT_ALLOWED = "allowed", "not allowed"


class Numbering(Enum):
    """Which way round the sectors are counted from the midline behind."""

    PATIENT_LEFT_FIRST = "patient left first"  # 1 is the left half of the spinous process, 4 the left pedicle
    MIRRORED = "mirrored"  # 1 is the right half: s is 13 - s of the other one


@value
class Extent:
    """What a form says of sectors and layers."""

    numbering: Annotated[
        Numbering, Ask(words="is sector 4 the patient's left pedicle (patient left first) or the right one (mirrored)?")
    ]
    sector_1: Annotated[bool, Ask(words="tumour in sector 1 (half of the spinous process)")]
    sector_2: Annotated[bool, Ask(words="tumour in sector 2 (lamina, facet, transverse process)")]
    sector_3: Annotated[bool, Ask(words="tumour in sector 3 (lamina, facet, transverse process)")]
    sector_4: Annotated[bool, Ask(words="tumour in sector 4 (pedicle)")]
    sector_5: Annotated[bool, Ask(words="tumour in sector 5 (side of the body)")]
    sector_6: Annotated[bool, Ask(words="tumour in sector 6 (front of the body)")]
    sector_7: Annotated[bool, Ask(words="tumour in sector 7 (front of the body)")]
    sector_8: Annotated[bool, Ask(words="tumour in sector 8 (side of the body)")]
    sector_9: Annotated[bool, Ask(words="tumour in sector 9 (pedicle)")]
    sector_10: Annotated[bool, Ask(words="tumour in sector 10 (lamina, facet, transverse process)")]
    sector_11: Annotated[bool, Ask(words="tumour in sector 11 (lamina, facet, transverse process)")]
    sector_12: Annotated[bool, Ask(words="tumour in sector 12 (half of the spinous process)")]
    layer_a: Annotated[bool, Ask(words="tumour in layer A (soft tissue outside the bone)")]
    layer_b: Annotated[bool, Ask(words="tumour in layer B (outer half of the bone)")]
    layer_c: Annotated[bool, Ask(words="tumour in layer C (inner half of the bone)")]
    layer_d: Annotated[bool, Ask(words="tumour in layer D (canal, outside the dura)")]
    layer_e: Annotated[bool, Ask(words="tumour in layer E (inside the dura)")]
    layer_f: Annotated[bool, Ask(words="tumour in layer F (foramen of the vertebral artery, cervical only)")]

    @property
    def readings(self) -> Readings:
        """What the extent allows.

        Raises
        ------
        RecordError
            If there is no sector or no layer.
        """
        return readings_of({each.name: (getattr(self, each.name),) for each in fields(self)})


@value
class Wbb(Extent):
    """Sectors and layers of one vertebra, or of all of them together, and the resections that they allow.

    Examples
    --------
    >>> form = Wbb(numbering=Numbering.PATIENT_LEFT_FIRST, **on("sector_", 4, 5), **on("layer_", "b", "c", "d"))
    >>> [form.outcome.category, *(each.category for each in form.outcome.otherwise)]
    ['en bloc vertebrectomy', 'sagittal resection']
    """

    @property
    def outcome(self) -> Outcome:
        """Each resection that is allowed; more than one may be."""
        found = self.readings
        said = tuple((one.name, one.values[0]) for one in also(found))
        first, *others = (Outcome(category=word, readings=said, flags=flags(found)) for word in categories(found))
        return replace(first, otherwise=tuple(others))


SECTOR_KEYS: dict[str, Sector] = {f"sector_{number}": sector(number) for number in range(1, 13)}
LAYER_KEYS: dict[str, Layer] = {f"layer_{layer.value.lower()}": layer for layer in Layer}


def on(*those: object) -> dict[str, bool]:
    """Every sector, or every layer, as a yes-or-no of the form: those that are named hold tumour.

    Examples
    --------
    >>> on("layer_", "a")["layer_a"], on("layer_", "a")["layer_b"]
    (True, False)
    """
    prefix, *named = those
    keys = [key for key in (*SECTOR_KEYS, *LAYER_KEYS) if key.startswith(str(prefix))]
    return {key: key in {f"{prefix}{one}" for one in named} for key in keys}


def readings_of(known: Known) -> Readings:
    """What is allowed by what is known of a form.

    Raises
    ------
    RecordError
        If no sector, or no layer, can hold tumour.
    """
    numberings = known.get("numbering", ())
    mirrored = numberings == (Numbering.MIRRORED,)
    held = {key: sector(13 - each.number) if mirrored else each for key, each in SECTOR_KEYS.items()}
    sectors, sectors_open = _parted(known, held)
    layers, layers_open = _parted(known, LAYER_KEYS)
    return readings(sectors, layers, sectors_open=sectors_open, layers_open=layers_open)


def _parted(known: Known, keys: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """What is there, and what may be."""
    sure = [each for key, each in keys.items() if known.get(key) == (True,)]
    maybe = [each for key, each in keys.items() if len(set(known.get(key, (False, True)))) > 1]
    return sure, maybe


def categories(found: Readings) -> tuple[str, ...]:
    """Every resection that some reading allows; that there is none where some reading allows none."""
    return (*(kind.value for kind in found.reached), *(() if found.always else (NONE_ALLOWED,)))


def also(found: Readings) -> Iterator[Also]:
    """Each resection by itself, and whether the dura limits the margin."""
    for kind in Resection:
        yes, no = kind in found.reached, kind not in found.always
        yield Also(name=kind.value, values=(ALLOWED,) * yes + (NOT_ALLOWED,) * no)
    yield Also(name=EPIDURAL_MARGIN_RISK, values=tuple(_said(each) for each in found.epidural_margin_risk))


def flags(found: Readings) -> tuple[str, ...]:
    """What has to be said of an extent; what is only possible is not said to be so."""
    return notes(both_pedicles=found.both_pedicles == (True,), at_the_dura=found.epidural_margin_risk == (True,))


def judge_extent(instrument: Instrument, known: Known) -> Score:
    """Every resection that agrees with what is known of sectors and layers.

    Raises
    ------
    RecordError
        If no sector, or no layer, can hold tumour.
    """
    found = readings_of(known)
    items = tuple(items_of(instrument, known))
    score = score_of(instrument, found, items)
    doubtful = unverified(known)
    return replace(
        score,
        missing=tuple(item.ask for item in items if item.ask),
        flags=(*doubtful, *score.flags),
        also=(*score.also, *(() if doubtful else tuple(_sided(known)))),
    )


def unverified(known: Known) -> tuple[str, ...]:
    """That the sides of the sectors are not known, where nobody said how they are numbered."""
    return (SIDE_UNVERIFIED,) if len(known.get("numbering", tuple(Numbering))) > 1 else ()


def _sided(known: Known) -> Iterator[Also]:
    """The sectors that hold tumour, with their sides, once it is known whose left comes first."""
    mirrored = known["numbering"] == (Numbering.MIRRORED,)
    numbers = [each.number for key, each in SECTOR_KEYS.items() if known.get(key) == (True,)]
    held = sorted(13 - number if mirrored else number for number in numbers)
    if held:
        yield Also(name=HELD, values=tuple(str(sector(number)) for number in held))


def items_of(instrument: Instrument, known: Known) -> Iterator[Item]:
    """What the form was answered, item by item."""
    for one in instrument.questions:
        answers = known.get(one.name, one.unanswered)
        words = tuple(_said(answer) for answer in answers)
        yield Item(name=one.name, values=words, points=(), ask=one.ask.words if len(answers) > 1 else "")


def _said(answer: bool | Enum) -> str:
    if isinstance(answer, Enum):
        return str(answer.value)
    return "yes" if answer else "no"


def score_of(instrument: Instrument, found: Readings, items: tuple[Item, ...]) -> Score:
    """What an extent comes to, however it was read."""
    return Score(
        instrument=instrument.id,
        name=instrument.name,
        about="form",
        at="",
        items=items,
        totals=(),
        out_of=None,
        categories=categories(found),
        missing=(),
        flags=flags(found),
        also=tuple(also(found)),
        warnings=instrument.warnings,
        checked=instrument.checked,
        cites=instrument.cites,
        version=instrument.version,
    )


WBB = Instrument(
    id="wbb",
    name="WBB",
    version=VERSION,
    form=Wbb,
    population="primary tumour of the spine, or a selected solitary metastasis",
    better=Better.NEITHER,
    categories=(
        Category(
            word=Resection.VERTEBRECTOMY.value,
            published="sectors within 4 to 8 or within 5 to 9: one pedicle is free (sectors from memory)",
        ),
        Category(
            word=Resection.SAGITTAL.value,
            published="sectors within 3 to 5 or within 8 to 10, never of both sides (from memory)",
        ),
        Category(
            word=Resection.POSTERIOR_ARCH.value, published="sectors within 10 to 3 through 12: both pedicles are free"
        ),
        Category(
            word=Resection.ANTERIOR_ONLY.value, published="sectors within 5 to 8, layers A and B only: with C it is cut"
        ),
        Category(word=NONE_ALLOWED),
    ),
    judge=judge_extent,
    validations=(
        "15 cases, 18 surgeons: between readers κ zones 0.31, layers 0.58, procedure 0.54"
        " (doi 10.1097/BRS.0b013e3181971283)",
    ),
    warnings=(
        "of several vertebrae give the union of their sectors: a resection has to hold at each",
        "which half of the spinous process is sector 1 is inferred from two drawings: a surgeon confirms the side",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(*CITES, cite("boriani2018techniques")),
)
