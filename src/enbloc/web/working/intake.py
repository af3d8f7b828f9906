"""What somebody brought, made part of the case: nothing of a file as it came goes into the record.

A DICOM series becomes NIfTI as ``enbloc import`` makes it, and every NIfTI file is written anew from its voxels and its
place, so that no preamble, comment, extension or attached data comes along. Files get names of ours before they are
read: what a person calls a file may be the name of a patient.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from enbloc.case.case import Case
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.case_file import NAME
from enbloc.exchange.document import to_json
from enbloc.exchange.folder import import_into, read_case, write_case
from enbloc.exchange.label_file import is_drawing, is_seg
from enbloc.value import value
from enbloc.web.working.brought import is_case, taken_over
from enbloc.web.working.order import HandedBack, Upload

Said = Callable[[str], None]
STEPS = ("reading what was brought", "checking the case")
_ENDINGS = (".nii.gz", ".nii", ".zip", ".seg.nrrd", ".nrrd", ".dcm", ".seg")
_STORABLE = {"u1", "i2", "i4", "f4", "f8", "u2"}


@value
class _Source:
    """One thing to import: a file or folder, and what was said of it."""

    path: Path
    said: Upload

    @property
    def is_map(self) -> bool:
        """Whether it can only be a label map; those come after the scans that they were drawn on."""
        told = (self.said.scheme, self.said.on, self.said.tumour)
        return any(told) or (self.path.is_file() and is_drawing(self.path))


def take_in(case: Case, folder: Path, uploads: Sequence[Upload], brought_by: str, said: Said) -> HandedBack:
    """The case with everything that was brought; ``folder`` holds its files and gets the new ones.

    Raises
    ------
    RecordError
        If something cannot be used. Nothing is taken then.
    """
    said(STEPS[0])
    write_case(folder, case)
    named = [_named(folder.parent, number, upload) for number, upload in enumerate(uploads, 1)]
    wholes = [one for one in named if one.path.suffix == ".zip" and is_case(one.path)]
    if wholes:
        _refuse_beside(case, named)
        lines = taken_over(case, wholes[0].path, folder, brought_by)
    else:
        lines = tuple(_imported(folder, named))
    said(STEPS[1])
    return handed_back(folder, lines)


def handed_back(folder: Path, lines: Iterable[str]) -> HandedBack:
    """The case as it stands in its folder, once it was read back."""
    from enbloc.exchange.images import read_images

    case = read_case(folder)
    images = read_images(folder, case, needs_tumour=False)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return HandedBack(
        document=to_json(case),
        files=tuple(file for file in files if file != NAME),
        labels_sha256=images.labels_sha256,
        said=tuple(lines),
    )


def _named(scratch: Path, number: int, upload: Upload) -> _Source:
    """The upload under a name of ours; only its ending is kept."""
    came = scratch / upload.file
    ending = next((known for known in _ENDINGS if upload.file.lower().endswith(known)), "")
    path = came.with_name(f"file-{number}{ending}")
    came.rename(path)
    if is_seg(path) and not _begins_as_dicom(path):
        raise RecordError("It is no DICOM object.", remedy="Export it again.", where=path.name)
    return _Source(path=path, said=upload)


def _refuse_beside(case: Case, named: Sequence[_Source]) -> None:
    if len(named) > 1:
        raise RecordError("A whole case comes alone.", remedy="Bring the case folder by itself, the rest after it.")
    if case.images or case.labels or case.lesions:
        raise RecordError("This case holds something already.", remedy="Bring the case folder as a new case.")


def _imported(folder: Path, named: Sequence[_Source]) -> Iterable[str]:
    sources = [_clean(one) for one in _gathered(folder.parent, named)]
    for one in sorted(sources, key=lambda one: one.is_map):
        told = one.said
        yield from import_into(folder, [one.path], role=told.role, scheme=told.scheme, on=told.on, tumour=told.tumour)


def _gathered(scratch: Path, named: Sequence[_Source]) -> Iterable[_Source]:
    """Single slices, as a folder dropped into a browser gives them, are one series."""
    slices = [one for one in named if _is_slice(one.path)]
    if len(slices) < 2:
        return named
    series = scratch / "series"
    series.mkdir()
    for one in slices:
        one.path.rename(series / one.path.name)
    role = next((one.said.role for one in slices if one.said.role), None)
    rest = [one for one in named if one not in slices]
    return [_Source(path=series, said=Upload(file="series", role=role)), *rest]


def _begins_as_dicom(path: Path) -> bool:
    """Whether it says that it is DICOM, after whatever stands in its preamble."""
    with path.open("rb") as file:
        return file.read(132)[128:] == b"DICM"


def _is_slice(path: Path) -> bool:
    """Whether a file is a DICOM object other than a segmentation."""
    from pydicom import dcmread

    from enbloc.exchange.dicom import UNREADABLE

    if not is_seg(path):
        return False
    try:
        return str(dcmread(path, specific_tags=["Modality"], stop_before_pixels=True).get("Modality")) in ("CT", "MR")
    except (*UNREADABLE, MemoryError):
        return False


def _clean(one: _Source) -> _Source:
    """A NIfTI file written anew from its voxels and its place alone."""
    if not re.search(r"\.nii(\.gz)?$", one.path.name):
        return one
    raw = nifti.read_any(one.path, where=one.path.name)
    array = raw.array
    if array.dtype.str[1:] not in _STORABLE:
        array = array.astype(np.int16 if array.dtype == np.int8 else np.float64)
    clean = one.path.with_name(f"clean-{one.path.name.removesuffix('.gz')}.gz")
    nifti.write(clean, array, raw.grid)
    one.path.unlink()
    return _Source(path=clean, said=one.said)
