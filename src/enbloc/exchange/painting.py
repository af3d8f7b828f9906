"""A lesion of known geometry into the real scan of a case folder; the new case says that it is painted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from enbloc.case.anatomy import StructureKind, tumour, vertebra
from enbloc.case.case import Case, ImageFile, LabelFile
from enbloc.case.image import Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality, Origin
from enbloc.errors import RecordError
from enbloc.exchange.case_file import NAME, bytes_of, read_yaml
from enbloc.exchange.document import to_json
from enbloc.exchange.folder import read_case, write_case
from enbloc.exchange.images import TRUTH, read_images, write_images
from enbloc.exchange.output import staged
from enbloc.phantom.paint import Painted, PaintedLesion, paint


def painted_case(source: Path, lesion_file: Path, out: Path) -> None:
    """Paint the lesion of ``lesion_file`` into the case folder ``source`` and write a whole new one at ``out``.

    The new case has the origin ``painted``, a label map of the lesion, and what is exactly true of it in
    ``painted.json``. Confirmations are left behind: nobody has looked at these pictures.

    Raises
    ------
    RecordError
        If the case or the lesion cannot be read, or the lesion does not fit into the scan.
    OutputError
        If ``out`` holds anything already, or cannot be written.
    """
    case = read_case(source)
    lesion = _lesion(lesion_file)
    images = read_images(source, case, needs_tumour=False)
    host = _host(case, images, lesion)
    labels = [drawn for drawn in images.labels.values() if drawn.on == host]
    made = paint(images.volumes[host], labels, lesion)
    painted, pictures = _with(case, images, host, made)
    with staged(out, replaceable=False) as folder:
        write_images(folder, painted, pictures)
        write_case(folder, painted)
        (folder / TRUTH).write_text(to_json(made.truth), encoding="utf-8")


def _lesion(file: Path) -> PaintedLesion:
    return read_yaml(bytes_of(file), PaintedLesion, name=file.name)


def _host(case: Case, images: Images, lesion: PaintedLesion) -> str:
    """The CT on which the vertebra of the lesion is labelled."""
    if tumour(lesion.lesion) in images.present(StructureKind.TUMOUR):
        raise RecordError(
            f"The case already has a label of {tumour(lesion.lesion)}.", remedy="Give the new lesion another id."
        )
    left_out = sorted(set(case.images) - set(images.volumes))
    if left_out:
        raise RecordError(
            f"Image {left_out[0]} lies in another frame of reference or is of an earlier day.",
            remedy="Take it out of the case.",
            where=NAME,
        )
    for drawn in images.labels.values():
        if images.volumes[drawn.on].modality is Modality.CT and vertebra(lesion.level) in drawn.boxes:
            return drawn.on
    raise RecordError(
        f"No label map on a CT holds {vertebra(lesion.level)}.", remedy="Give a level that is labelled.", where=NAME
    )


def _with(case: Case, images: Images, host: str, made: Painted) -> tuple[Case, Images]:
    """The case and its images with the lesion in them; every image is named as it is written, ``.nii.gz``."""
    named = made.truth.lesion
    role = next(name for name in ("tumour", f"tumour-{named}", f"painted-{named}") if name not in case.labels)
    scans = {key: replace(scan, file=_gzipped(scan.file, "images", key)) for key, scan in case.images.items()}
    maps = {key: replace(drawn, file=_gzipped(drawn.file, "labels", key)) for key, drawn in case.labels.items()}
    maps[role] = LabelFile(file=f"labels/{role}.nii.gz", on=host, structures={1: str(tumour(named))})
    lesions = case.lesions
    if named not in [lesion.id for lesion in lesions]:
        lesions = (*lesions, Lesion(id=named, levels=(made.truth.level,)))
    # What a person vouched for in the patient holds of no painted lesion.
    painted = replace(
        case,
        origin=Origin.PAINTED,
        images=_as_given(scans),
        labels=maps,
        lesions=lesions,
        confirmations=(),
        overrides=(),
    )
    drawn_in: dict[str, LabelMap] = {**images.labels, role: replace(made.tumour, on=host)}
    return painted, Images(volumes={**images.volumes, host: made.volume}, labels=drawn_in)


def _gzipped(file: str, folder: str, role: str) -> str:
    return file if file.endswith(".nii.gz") else f"{folder}/{role}.nii.gz"


def _as_given(scans: dict[str, ImageFile]) -> dict[str, ImageFile]:
    files = [scan.file for scan in scans.values()]
    if len(set(files)) != len(files):
        raise RecordError("Two images would share one file.", remedy=f"Give each its own in {NAME}.", where=NAME)
    return scans
