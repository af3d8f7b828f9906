"""The one step of this package: findings out of images."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.measure.answers import Answer, all_missing, gathered, missing
from enbloc.measure.cord.epidural import EPIDURAL, epidural
from enbloc.measure.cord.room import rooms
from enbloc.measure.registration.change import changes
from enbloc.measure.registration.together import residuals
from enbloc.measure.spine.alignment import alignment
from enbloc.measure.spine.column import Column, column_of, once
from enbloc.measure.spine.labelling import labelling
from enbloc.measure.spine.levels import completeness, no_frame, vertebra_itself
from enbloc.measure.spine.neighbours import against_neighbours
from enbloc.measure.spine.pedicles import pedicles
from enbloc.measure.tumour.bone import DENSITY, density
from enbloc.measure.tumour.extent import OF_LEVELS, OF_SIZE, View, extent, size
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.measure.tumour.sites import COMPARTMENTS, SITES, sites
from enbloc.measure.tumour.sizes import SIZES, sizes
from enbloc.measure.tumour.surroundings import clearances

OF_BONE: tuple[Fact[Any], ...] = (*SITES, *DENSITY)
OF_A_LESION: tuple[Fact[Any], ...] = (
    *OF_SIZE,
    *OF_LEVELS,
    *SIZES,
    *OF_BONE,
    *COMPARTMENTS,
    fact.CLEARANCES,
    *EPIDURAL,
)


def measure(case: Case, images: Images, *, column: Column | None = None) -> Findings:
    """Everything that the images show of the vertebrae and of the lesions, and what they do not show, with the reason.

    Findings are about a level (``"T8"``), a lesion's id or the patient. Nothing is read from the record but which
    lesions there are and where they were reported. Give the ``column`` of an earlier call where nothing but the
    tumour has changed since: then only the tumour is measured again.
    """
    now = gathered(_measured(case, images, column))
    if not images.apart:
        return now
    return now | gathered(changes(case, images, now, lambda earlier: measure(case, earlier)))


def _measured(case: Case, images: Images, column: Column | None) -> Iterator[Answer]:
    masses = {lesion.id: tumour_of(images, lesion.id) for lesion in case.lesions}
    spine = column or column_of(images, _hollowed(masses.values()))
    affected = {level for lesion in case.lesions for level in lesion.levels}
    affected |= {level for mass in masses.values() if mass is not None for level in mass.levels}
    yield from _of_vertebrae(spine)
    yield from against_neighbours(spine.spine, spine.heights, spine.no_heights, affected)
    yield from alignment(spine, affected)
    yield from rooms(images, spine, affected)
    yield from residuals(images)
    for lesion, mass in masses.items():
        if mass is None:
            yield from all_missing(OF_A_LESION, lesion, f"no label for tumour {lesion}")
        else:
            yield from _lesion(images, mass, spine, affected)


@once
def _of_vertebrae(column: Column) -> tuple[Answer, ...]:
    """What is measured of each vertebra whatever tumour there is."""
    return (*_levels(column), *labelling(column), *pedicles(column))


def _levels(column: Column) -> Iterator[Answer]:
    for level in column.levels:
        yield completeness(column.crop(level))
        if level in column.spine:
            held, why = column.heights.get(level), column.no_heights.get(level, "")
            yield from vertebra_itself(column.spine[level], held, why)
        else:
            reason = column.frameless[level]
            yield from no_frame(level, reason)
            yield from all_missing((fact.COLLAPSE, fact.ANGULATION, fact.TRANSLATION), level, reason)


def _hollowed(masses: Iterable[Tumour | None]) -> set[Level]:
    """The vertebrae whose label lacks the bone that a tumour took: what is left of them is not their height."""
    return {level for mass in masses if mass is not None and mass.replaces_bone for level in mass.touching_cc}


def _lesion(images: Images, mass: Tumour, column: Column, affected: Collection[Level]) -> Iterator[Answer]:
    spine = column.spine
    view = View(mass=mass, column=column)
    yield from size(view)
    yield from extent(view)
    yield from sizes(view)
    main = mass.main_level(spine)
    yield from sites(images, mass, column)
    yield from density(images, view, affected)
    if main is None or main not in spine:
        yield from (missing(named, mass.lesion, "no vertebra at the tumour has a frame") for named in EPIDURAL)
    else:
        yield from epidural(images, mass, spine, main)
    yield from clearances(images, mass, column)
