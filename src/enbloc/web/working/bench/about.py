"""A bench as its page knows it: images, structures, brushes, lesions, and what has been confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from enbloc.case.anatomy import Level, tumour, vertebra
from enbloc.case.confirmation import Confirmed
from enbloc.case.geometry import Triple, triple
from enbloc.case.image import Volume
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality
from enbloc.present import words
from enbloc.present.banner import banner
from enbloc.present.identity import histology
from enbloc.web.bench_nouns import (
    Becoming,
    Bench,
    BenchImage,
    BenchLesion,
    BenchStructure,
    BothVouched,
    Matrix,
    Preset,
    Vouched,
)
from enbloc.web.working.bench.opened import Opened

CT_WINDOWS = (
    Preset(name="bone", low=-500.0, high=1300.0),
    Preset(name="soft tissue", low=-160.0, high=240.0),
    Preset(name="lung", low=-1350.0, high=150.0),
)
THICK_MM = 3.0
FEW_SLICES = 10
_GREY = (1.0, 99.5)


def told(case: Opened, doubts: Mapping[str, str]) -> Bench:
    """The bench as it is now; ``doubts`` are what is odd about the label of a level, as far as it was measured."""
    return Bench(
        bench=case.order.bench,
        case_id=case.order.case_id,
        version=case.order.version,
        seq=case.seq,
        words="; ".join(_lesion_words(case, one) for one in case.case.lesions) or "no lesion is recorded",
        day=words.day(case.case.stands_at),
        banner=banner(case.case.origin),
        painting=case.painting,
        images=tuple(_image(role, volume) for role, volume in case.whole.volumes.items()),
        structures=structures(case, doubts),
        paints=tuple(Becoming(brush=a, onto=b, becomes=c) for a, b, c in case.palette.becomings()),
        lesions=tuple(_lesion(case, one) for one in case.case.lesions),
        confirmed=_confirmed(case),
        said=case.whole.said,
        unused=tuple(_unused(case)),
        cuts=case.order.cuts,
    )


def structures(case: Opened, doubts: Mapping[str, str]) -> tuple[BenchStructure, ...]:
    """Every value of the painted map."""
    present, brushes = _present(case), set(case.palette.brushes)
    return tuple(
        _structure(case, value, is_present=value in present, is_brush=value in brushes, doubts=doubts)
        for value in range(1, len(case.palette.held))
    )


def _structure(
    case: Opened, value: int, *, is_present: bool, is_brush: bool, doubts: Mapping[str, str]
) -> BenchStructure:
    palette = case.palette
    named = palette.named(value)
    level = next((str(each.level) for each in named if each.level is not None), "")
    return BenchStructure(
        value=value,
        name=palette.told(value),
        colour=palette.colour(value),
        level=level,
        lesion=named[0].lesion if named else "",
        is_editable=bool(named),
        is_brush=is_brush,
        shown_as=palette.shown_as(value),
        beneath=palette.beneath(value),
        is_present=is_present,
        doubt=doubts.get(level, "") if named and named[0] == vertebra(Level(level or "O")) else "",
    )


def _present(case: Opened) -> set[int]:
    """The values whose every structure is labelled somewhere; the map itself is not gone through."""
    held = {named for boxes in case.boxes for named in boxes}
    return {
        value
        for value in range(1, len(case.palette.held))
        if (named := case.palette.named(value)) and held.issuperset(named)
    }


def _image(role: str, volume: Volume) -> BenchImage:
    a, b, c = volume.grid.shape
    return BenchImage(
        role=role,
        words=" · ".join((volume.modality.value, role, words.day(volume.taken))),
        modality=volume.modality.value,
        taken=volume.taken.isoformat() if volume.taken else "",
        shape=(a, b, c),
        spacing_mm=volume.grid.spacing_mm,
        affine=_matrix(volume),
        presets=_presets(volume),
        notes=tuple(_notes(volume)),
    )


def _matrix(volume: Volume) -> Matrix:
    rows = [tuple(float(number) for number in row) for row in volume.grid.affine]
    return tuple((a, b, c, d) for a, b, c, d in rows)


def _presets(volume: Volume) -> tuple[Preset, ...]:
    if volume.modality is Modality.CT:
        return CT_WINDOWS
    sample = volume.voxels[:: max(1, volume.voxels.shape[0] // 16), ::4, ::4]
    low, high = (float(end) for end in np.percentile(sample, _GREY))
    return (Preset(name="as acquired", low=low, high=max(high, low + 1.0)),)


def _notes(volume: Volume) -> Iterator[str]:
    if volume.slice_mm > THICK_MM:
        yield f"slices of {volume.slice_mm:.1f} mm: what is thinner is not seen"
    if min(volume.grid.shape) < FEW_SLICES:
        yield f"only {words.counted(min(volume.grid.shape), 'slice')}: two of the planes show next to nothing"
    if abs(volume.grid.directions).max(axis=0).min() < np.cos(np.radians(5.0)):
        yield "an oblique scan: its slices are not those of the patient's axes"


def _lesion_words(case: Opened, lesion: Lesion) -> str:
    return f"lesion {lesion.id}, {histology(lesion)}, {words.levels(_levels(case, lesion))}"


def _lesion(case: Opened, lesion: Lesion) -> BenchLesion:
    return BenchLesion(
        id=lesion.id,
        words=_lesion_words(case, lesion),
        levels=tuple(level.value for level in _levels(case, lesion)),
        at_mm=_middle(case, lesion),
    )


def _levels(case: Opened, lesion: Lesion) -> tuple[Level, ...]:
    return lesion.levels


def _middle(case: Opened, lesion: Lesion) -> Triple | None:
    """The middle of its label; without one that of the vertebra that it was reported at."""
    held = {named: box for boxes in case.boxes for named, box in boxes.items()}
    wanted = (tumour(lesion.id), *(vertebra(level) for level in lesion.levels))
    box = next((held[named] for named in wanted if named in held), None)
    if box is None:
        return None
    middle = np.array([[(part.start + part.stop - 1) / 2 for part in box]])
    return triple(case.grid.points_mm(middle)[0])


def _confirmed(case: Opened) -> BothVouched:
    hashed = case.images.labels_sha256
    return BothVouched(labels=_vouched(case, Confirmed.LABELS, hashed), level=_vouched(case, Confirmed.LEVEL, hashed))


def _vouched(case: Opened, what: Confirmed, hashed: str) -> Vouched:
    found = next((one for one in case.case.confirmations if one.holds(what, hashed)), None)
    if found is None:
        return Vouched(is_confirmed=False, by="", on="", sha256=hashed)
    return Vouched(is_confirmed=True, by=found.by, on=found.on.isoformat(), sha256=hashed)


def _unused(case: Opened) -> Iterator[str]:
    yield from (f"{one.what}: {one.why}" for one in case.whole.unused)
    for role, why in case.apart.items():
        yield f"label map {role}: {why}"
    for role, drawn in case.whole.labels.items():
        if drawn.on != case.painting:
            yield f"label map {role}: it lies on {drawn.on}, which is not the image that is painted on"
