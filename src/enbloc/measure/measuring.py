"""The one step of this package: findings out of images."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.measure.answers import Answer, all_missing, gathered, missing
from enbloc.measure.bone import density
from enbloc.measure.epidural import EPIDURAL, epidural
from enbloc.measure.heights import Heights, heights, why_not
from enbloc.measure.levels import completeness, no_frame, vertebra_itself
from enbloc.measure.neighbours import against_neighbours
from enbloc.measure.sectors import SHARES, sectors_and_layers, shares, tally, unseen_parts
from enbloc.measure.tumour import Tumour, extent, size, tumour_of
from enbloc.measure.vertebra import Vertebra, crop_of, vertebrae

OF_BONE: tuple[Fact[Any], ...] = (
    *SHARES,
    fact.WBB_SECTORS,
    fact.WBB_LAYERS,
    fact.LYTIC_SHARE,
    fact.BLASTIC_SHARE,
)
OF_A_LESION: tuple[Fact[Any], ...] = (
    fact.VOLUME,
    fact.DIAMETER,
    fact.CENTRE,
    fact.LEVELS,
    fact.MAIN_LEVEL,
    *OF_BONE,
    *EPIDURAL,
)
REPLACED = "one label map holds tumour and vertebrae: the bone that the tumour took has no label"


def measure(case: Case, images: Images) -> Findings:
    """Everything that the images show of the vertebrae and of the lesions, and what they do not show, with the reason.

    Findings are about a level (``"T8"``) or a lesion's id. Nothing is read from the record but which lesions there
    are and where they were reported.
    """
    return gathered(_measured(case, images))


def _measured(case: Case, images: Images) -> Iterator[Answer]:
    spine, frameless = vertebrae(images)
    masses = {lesion.id: tumour_of(images, lesion.id) for lesion in case.lesions}
    affected = {level for lesion in case.lesions for level in lesion.levels}
    affected |= {level for mass in masses.values() if mass is not None for level in mass.levels}
    tall, why = _heights(spine, _hollowed(masses.values()))
    for level in images.levels:
        yield completeness(spine[level].crop if level in spine else crop_of(images, level))
        if level in spine:
            yield from vertebra_itself(spine[level], tall.get(level), why.get(level, ""))
        else:
            yield from no_frame(level, frameless[level])
            yield from all_missing((fact.COLLAPSE, fact.ANGULATION, fact.TRANSLATION), level, frameless[level])
    yield from against_neighbours(spine, tall, why, affected)
    for lesion, mass in masses.items():
        if mass is None:
            yield from all_missing(OF_A_LESION, lesion, f"no label for tumour {lesion}")
        else:
            yield from _lesion(images, mass, spine, affected)


def _hollowed(masses: Iterable[Tumour | None]) -> set[Level]:
    """The vertebrae whose label lacks the bone that a tumour took: what is left of them is not their height."""
    return {level for mass in masses if mass is not None and mass.replaces_bone for level in mass.touching_cc}


def _heights(
    spine: Mapping[Level, Vertebra], hollowed: Collection[Level]
) -> tuple[dict[Level, Heights], dict[Level, str]]:
    tall: dict[Level, Heights] = {}
    why: dict[Level, str] = {}
    for level, one in spine.items():
        reason = why_not(one) or (REPLACED if level in hollowed else "")
        held = None if reason else heights(one)
        if held is not None:
            tall[level] = held
        else:
            why[level] = reason or f"too little of the body of {level} is left in its middle"
    return tall, why


def _lesion(
    images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], affected: Collection[Level]
) -> Iterator[Answer]:
    yield from size(mass)
    yield from extent(mass, spine)
    main = mass.main_level(spine)
    levels = mass.levels or ((main,) if main is not None else ())
    if mass.replaces_bone:
        yield from all_missing(OF_BONE, mass.lesion, REPLACED)
    else:
        tallies = [tally(images, spine[level], mass, spine) for level in levels if level in spine]
        unseen = unseen_parts(levels, spine)
        yield from shares(mass, tallies, unseen)
        yield from sectors_and_layers(mass, tallies, unseen)
        yield from density(images, mass, spine, affected)
    if main is None or main not in spine:
        yield from (missing(named, mass.lesion, "no vertebra at the tumour has a frame") for named in EPIDURAL)
    else:
        yield from epidural(images, mass, spine, main)
