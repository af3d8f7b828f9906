"""Epidural tumour, thecal sac and cord on planes across the canal (raw numbers; grades are made elsewhere)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.image import Images, LabelMap
from enbloc.case.origin import Modality
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.cord.drawing import where
from enbloc.measure.cord.growth import drawn, growth
from enbloc.measure.cord.other import other_compression
from enbloc.measure.cord.planes import planes
from enbloc.measure.cord.profile import Profile, canal_planes
from enbloc.measure.cord.sac import OF_THE_SAC, sac
from enbloc.measure.cord.spinal_cord import OF_THE_CORD, cord, cord_distance, cord_level
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.measure.tumour.mass import Tumour

EPIDURAL: tuple[Fact[Any], ...] = (
    fact.EPIDURAL_AREA,
    fact.EPIDURAL_SLICES,
    fact.EPIDURAL_LENGTH,
    fact.EPIDURAL_TURN,
    fact.EPIDURAL_AT,
    fact.CORD_DISTANCE,
    *OF_THE_SAC,
    *OF_THE_CORD,
    fact.CSF_SHARE,
    fact.CORD_LEVEL,
    fact.OTHER_COMPRESSION,
    fact.CANAL_PROFILE,
)
NO_CANAL = "no canal, thecal sac or cord label beside the whole tumour, or too short a piece of it"


def epidural(images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], main: Level) -> Iterator[Answer]:
    """All facts about the canal beside one tumour, or why not."""
    seen = planes(images, mass, spine, main)
    if seen is None:
        yield from all_missing(EPIDURAL, mass.lesion, NO_CANAL)
        return
    of_sac, of_cord = (drawn_on_mr(images, images.map_of(named)) for named in (SAC, CORD))
    profile = Profile(seen=seen, main=main, sac_on_mr=of_sac, cord_on_mr=of_cord)
    yield from growth(profile, mass, on_mr=drawn_on_mr(images, mass.labels))
    yield cord_distance(profile, mass)
    yield from sac(profile, mass)
    yield from cord(profile, mass)
    yield cord_level(images, profile, mass)
    yield other_compression(profile, mass)
    yield _plane_by_plane(profile, mass)


def drawn_on_mr(images: Images, labels: LabelMap | None) -> bool:
    """Whether a label map shows what an MR shows: it was drawn on one, or lies on the very grid of one.

    That some MR is in the case is not enough: the cord of a CT segmenter stays the cord of a CT. True for no map.
    """
    if labels is None:
        return True
    scans = [scan for scan in images.volumes.values() if scan.modality is Modality.MR]
    drawn = images.volumes.get(labels.on)
    return drawn in scans or any(scan.grid.is_same_as(labels.grid) for scan in scans)


def _plane_by_plane(profile: Profile, mass: Tumour) -> Answer:
    """Every plane with its raw numbers, head first; nothing where sac or cord are not labelled on an MR."""
    row = int(np.argmax(profile.seen.tumour_area_mm2))
    notes = [why for why in (profile.no_sac, profile.no_cord) if why]
    here = where(
        profile.seen,
        row,
        mass.labels.document,
        spot=None,
        method=f"planes {profile.seen.step_mm:.2g} mm apart across the canal's own line",
        marks=drawn(profile, row),
    )
    return measured(fact.CANAL_PROFILE, mass.lesion, canal_planes(profile), notes=dict.fromkeys(notes), **here)
