"""Compression before and after: facts measured again with the removed voxels gone, and every grade that is left open.

Sac and cord keep their shape in the labels. That the sac re-expands is claimed nowhere: what was deformed, or touched
the cord, may be so still. What is excluded is that tumour presses, where all of it is off the dura.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, Interval
from enbloc.case.image import Images, LabelMap
from enbloc.measure.answers import gathered
from enbloc.measure.cord.epidural import drawn_on_mr, epidural
from enbloc.measure.cord.growth import growth
from enbloc.measure.cord.planes import planes
from enbloc.measure.cord.profile import Profile
from enbloc.measure.tumour.mass import Tumour, tumour_of
from enbloc.plan.decompression.decompression import Expected
from enbloc.plan.field import Field
from enbloc.stage.escc import NON_TUMOUR_COMPRESSION, Compression, Escc, contradiction
from enbloc.stage.escc_items import EITHER, Grades, Possible, grades, predicates

NO: Possible = frozenset({False})
LOW = (Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B, Escc.GRADE_1C)
"""ESCC 1 or less, as DECOMP-02 asks."""


def findings_now(field: Field, mass: Tumour) -> Findings:
    """What is known of the canal beside the tumour: as measured for the case, or measured here."""
    if not isinstance(field.findings[fact.EPIDURAL_AREA, mass.lesion], Unknown):
        return field.findings
    main = mass.main_level(field.column.spine)
    if main is None or main not in field.column.spine:
        return field.findings
    return field.findings | gathered(epidural(field.images, mass, field.column.spine, main))


def findings_left(field: Field, mass: Tumour, removed: NDArray[np.bool_]) -> Findings | None:
    """The tumour in the canal measured again with the removed voxels gone; nothing if no tumour is left at all."""
    images = without(field.images, mass, removed)
    left = tumour_of(images, mass.lesion)
    if left is None:
        return None
    main = mass.main_level(field.column.spine)
    seen = None if main is None else planes(images, left, field.column.spine, main)
    if seen is None or main is None:
        return Findings()
    sac, cord = (drawn_on_mr(images, images.map_of(named)) for named in (SAC, CORD))
    profile = Profile(seen=seen, main=main, sac_on_mr=sac, cord_on_mr=cord)
    return gathered(growth(profile, left, on_mr=drawn_on_mr(images, mass.labels)))


def without(images: Images, mass: Tumour, removed: NDArray[np.bool_]) -> Images:
    """The images as if some voxels of the tumour, in the order of its points, were not there."""
    named = tumour(mass.lesion)
    kept = mass.mask.copy()
    kept[mass.mask > 0] = ~removed
    labels: dict[str, LabelMap] = {}
    for role, held in images.labels.items():
        if held is mass.labels:
            labels[role] = replace(held, labels=kept, grid=mass.grid, names={1: named})
            rest = {number: one for number, one in held.names.items() if one != named}
            if rest:
                labels[f"{role}, the rest"] = replace(held, names=rest)
        else:
            names = {number: one for number, one in held.names.items() if one != named}
            labels[role] = held if len(names) == len(held.names) else replace(held, names=names)
    return replace(images, labels=labels)


def expected(now: Findings, left: Findings | None, lesion: str, *, is_off: bool) -> Expected:
    """What can be reached, from the findings now and those of the tumour that is ``left`` (nothing for none).

    ``is_off`` says that all tumour is off the dura by the target; otherwise it may press as it does now.
    """
    before, current = predicates(now, lesion), grades(now, lesion)
    enters: Possible = NO if left is None else predicates(left, lesion)[0].widened if left.found else EITHER
    deformed, touched, pressed = (NO | one.widened for one in before[1:4])
    reached = _reached(enters, deformed, touched, NO if is_off else pressed, before[4].widened)
    if NON_TUMOUR_COMPRESSION in current.flags:
        reached = tuple(Escc)
    area, area_interval = _read(left, fact.EPIDURAL_AREA, lesion)
    length, length_interval = _read(left, fact.EPIDURAL_LENGTH, lesion)
    return Expected(
        grades=reached,
        area_mm2=area,
        area_interval=area_interval,
        length_mm=length,
        length_interval=length_interval,
        words=_words(reached, current, is_off=is_off),
    )


def _reached(*possible: Iterable[bool]) -> tuple[Escc, ...]:
    """Every grade that some consistent answer to the five findings gives."""
    forms = [form for form in product(*possible) if not contradiction(*form[:4])]
    found = {
        Compression(epidural=a, sac_deformed=b, cord_contact=c, cord_compressed=d, csf_visible=e).grade
        for a, b, c, d, e in forms
    }
    return tuple(grade for grade in Escc if grade in found)


def _read(left: Findings | None, named: Fact[float], lesion: str) -> tuple[float | Unknown, Interval | None]:
    """A number of the tumour that is left, with its interval; nothing left is none of it."""
    if left is None:
        return 0.0, Interval(low=0.0, high=0.0)
    found = left[named, lesion]
    if isinstance(found, Unknown):
        return unknown(left.why_missing(named, lesion) or named.ask), None
    return found.value, found.interval


def _words(reached: tuple[Escc, ...], now: Grades, *, is_off: bool) -> str:
    """The grades in a sentence, with what geometry does not tell."""
    first, last = reached[0].value, reached[-1].value
    said = first if first == last else f"{first} to {last}"
    if NON_TUMOUR_COMPRESSION in now.flags:
        return f"{said}: bone or disc presses too, which no removal of tumour ends"
    if not is_off:
        return f"{said}: how near the tumour that is left comes to the dura is not known"
    if len(reached) == 1:
        return f"{said}, if all of that is removed"
    return f"{said}: no tumour touches the dura; whether the sac re-expands is not known"
