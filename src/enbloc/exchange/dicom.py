"""DICOM series of CT and MR slices out of a folder or zip, stacked into a volume only if they make one."""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException, InvalidDicomError

from enbloc.case.image import Grid, Unused
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange.archive import Bundle, bundle
from enbloc.exchange.dicom_pixels import pixels
from enbloc.exchange.exposure import TAGS as EXPOSURE_TAGS
from enbloc.exchange.exposure import Exposure, exposure
from enbloc.exchange.identity import Owner, one_owner, owner
from enbloc.value import value

TILT = 0.01
"""The largest sideways step per step along the stack (0.6 degrees) that still counts as straight."""
UNEVEN_MM = 0.02
"""How far two steps of one stack may differ, from the rounding of positions in the headers."""
FEWEST_SLICES = 2
SAME_DIRECTION = 1e-3
DEFLATED = "1.2.840.10008.1.2.1.99"

_TAGS = [
    "SOPInstanceUID", "SeriesInstanceUID", "SeriesNumber", "FrameOfReferenceUID", "Modality", "ImageType",
    "PatientID", "PatientBirthDate", "AcquisitionDate", "SeriesDate", "StudyDate", "Rows", "Columns",
    "NumberOfFrames", "SamplesPerPixel", "PhotometricInterpretation", "PixelSpacing", "ImagePositionPatient",
    "ImageOrientationPatient", "RescaleSlope", "RescaleIntercept", *EXPOSURE_TAGS,
]  # fmt: skip

UNREADABLE = (
    InvalidDicomError,
    BytesLengthException,
    struct.error,
    zlib.error,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OverflowError,
    EOFError,
    OSError,
    RuntimeError,  # also RecursionError: sequences nested without end
    AssertionError,
)
"""What pydicom raises on objects that are not what they say."""


@value
class Slice:
    """One CT or MR slice, as far as stacking needs it."""

    name: str
    instance: str
    series: str
    number: str
    frame: str
    modality: Modality
    taken: date | None
    exposure: Exposure
    shape: tuple[int, int]
    spacing_mm: tuple[float, float]
    position_mm: tuple[float, float, float]
    row: tuple[float, float, float]
    column: tuple[float, float, float]
    slope: float
    intercept: float


@value
class Stack:
    """A series as a volume: CT in int16 Hounsfield units or MR in float32, LPS; and what is known of its origin."""

    array: Any
    grid: Grid
    modality: Modality
    taken: date | None
    exposure: Exposure
    frame: str
    series: str
    owner: Owner
    sha256: str  # over the slices in their order
    slices: int
    said: tuple[str, ...]
    unused: tuple[Unused, ...]


def read_series(path: Path, *, where: str, salt: str, series: str | None = None) -> Stack:
    """The one CT or MR series in the folder or zip at ``path``; ``series`` picks one by its number.

    Raises
    ------
    RecordError
        If there is none or more than one, or its slices do not make a straight, even, whole stack.
    IdentityError
        If the objects belong to more than one patient.
    BackendError
        If the pixels are packed in a way that cannot be unpacked here.
    """
    with bundle(path, where=where) as found, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom warns about oddities that are checked or of no account here
        slices, owners, unused = _scanned(found, where, salt)
        whose = one_owner(owners, where=where)
        chosen, others = _chosen(slices, series, where)
        stacked, copies = _in_order(chosen, where)
        grid = _grid(stacked, where)
        array, said, sha256 = _voxels(found, stacked, where)
    return Stack(
        array=array,
        grid=grid,
        modality=stacked[0].modality,
        taken=stacked[0].taken,
        exposure=stacked[0].exposure,
        frame=stacked[0].frame,
        series=stacked[0].series,
        owner=whose,
        sha256=sha256,
        slices=len(stacked),
        said=said,
        unused=(*unused, *others, *copies),
    )


# --- headers ----------------------------------------------------------------------------------------------------------


def _scanned(found: Bundle, where: str, salt: str) -> tuple[list[Slice], list[Owner], list[Unused]]:
    slices, owners, unused = [], [], []
    for name in found.names:
        last = name.rpartition("/")[2]
        content = found.content(name)
        try:
            header = _header(content)
            owners.append(owner(_text(header, "PatientID"), _text(header, "PatientBirthDate"), salt=salt))
            reason = _no_slice(header)
            if not reason:
                slices.append(_slice(name, header))
        except UNREADABLE as fault:
            reason = str(fault) if isinstance(fault, RecordError) else "it is no DICOM object that can be read"
        if reason:
            unused.append(Unused(what=f"{where}: {last}", why=reason))
    if not slices:
        raise RecordError(
            "There is no CT or MR slice in it.", remedy="Give the folder or zip of one series.", where=where
        )
    return slices, owners, unused


def _header(content: bytes) -> Dataset:
    if content[128:132] != b"DICM":
        raise InvalidDicomError
    if DEFLATED.encode() in content[:1024]:
        raise RecordError("a deflated object is not unpacked", remedy="")
    return dcmread(BytesIO(content), stop_before_pixels=True, specific_tags=_TAGS)


def _no_slice(header: Dataset) -> str:
    """Why an object is no slice of a scan; empty if it is one."""
    modality = _text(header, "Modality")
    if modality not in ("CT", "MR"):
        return f"it is no CT or MR image ({modality if modality.isalnum() else 'no modality'})"
    if "LOCALIZER" in [str(word).upper() for word in header.get("ImageType") or []]:
        return "it is a localiser"
    if int(header.get("NumberOfFrames") or 1) > 1:
        return "it holds several frames, which are not read"
    if int(header.get("SamplesPerPixel") or 1) != 1:
        return "it is a colour picture"
    if not header.get("ImagePositionPatient") or not header.get("ImageOrientationPatient"):
        return "it has no position in the patient"
    return ""


def _slice(name: str, header: Dataset) -> Slice:
    if _text(header, "PhotometricInterpretation") not in ("MONOCHROME2", ""):
        raise RecordError("its grey values run backwards", remedy="")
    turn = _numbers(header, "ImageOrientationPatient", 6)
    spacing = _numbers(header, "PixelSpacing", 2)
    position = _numbers(header, "ImagePositionPatient", 3)
    return Slice(
        name=name,
        instance=_text(header, "SOPInstanceUID"),
        series=_text(header, "SeriesInstanceUID"),
        number=_text(header, "SeriesNumber"),
        frame=_text(header, "FrameOfReferenceUID"),
        modality=Modality(_text(header, "Modality")),
        taken=_date(header),
        exposure=exposure(header),
        shape=(int(header["Rows"].value), int(header["Columns"].value)),
        spacing_mm=(spacing[0], spacing[1]),
        position_mm=(position[0], position[1], position[2]),
        row=(turn[0], turn[1], turn[2]),
        column=(turn[3], turn[4], turn[5]),
        slope=_number(header, "RescaleSlope", 1.0),
        intercept=_number(header, "RescaleIntercept", 0.0),
    )


def _text(header: Dataset, tag: str) -> str:
    return str(header.get(tag) or "").strip().strip("\0")


def _numbers(header: Dataset, tag: str, count: int) -> list[float]:
    numbers = [float(number) for number in header[tag].value]
    if len(numbers) != count or not np.isfinite(numbers).all():
        raise ValueError(tag)
    return numbers


def _number(header: Dataset, tag: str, usual: float) -> float:
    given = header.get(tag)
    number = usual if given in (None, "") else float(given)
    if not np.isfinite(number):
        raise ValueError(tag)
    return number


def _date(header: Dataset) -> date | None:
    for tag in ("AcquisitionDate", "SeriesDate", "StudyDate"):
        word = _text(header, tag)
        if len(word) == 8 and word.isdigit():
            try:
                return date(int(word[:4]), int(word[4:6]), int(word[6:]))
            except ValueError:
                continue
    return None


# --- one stack --------------------------------------------------------------------------------------------------------


def _chosen(slices: list[Slice], series: str | None, where: str) -> tuple[list[Slice], list[Unused]]:
    """The slices of one series; the others are listed, or the choice is refused."""
    groups: dict[str, list[Slice]] = {}
    for each in slices:
        groups.setdefault(each.series, []).append(each)
    wanted = {uid: group for uid, group in groups.items() if series is None or group[0].number == series}
    if len(wanted) != 1:
        words = "; ".join(sorted(_described(group) for group in groups.values()))
        what = f"It holds {len(groups)} series ({words})." if series is None else f"No one series {series} ({words})."
        raise RecordError(what, remedy="Import the folder of one series.", where=where)
    ((uid, chosen),) = wanted.items()
    return chosen, [
        Unused(what=f"{where}: {_described(group)}", why="another series was chosen")
        for key, group in sorted(groups.items())
        if key != uid
    ]


def _described(group: list[Slice]) -> str:
    first = group[0]
    return f"series {first.number or '?'}: {first.modality.value}, {len(group)} slices"


def _in_order(slices: list[Slice], where: str) -> tuple[list[Slice], list[Unused]]:
    """The slices from one end to the other, each once."""
    first = slices[0]
    for each in slices:
        if each.shape != first.shape or not np.allclose(each.spacing_mm, first.spacing_mm, rtol=1e-3):
            raise RecordError("Its slices differ in size.", remedy="Import one series at a time.", where=where)
        if not np.allclose(each.row + each.column, first.row + first.column, atol=SAME_DIRECTION):
            raise RecordError("Its slices differ in orientation.", remedy="Import one series at a time.", where=where)
        if each.frame != first.frame:
            raise RecordError("Its slices lie in different frames.", remedy="Import one series at a time.", where=where)
    if abs(np.dot(first.row, first.column)) > SAME_DIRECTION:
        raise RecordError("Rows and columns are not at right angles.", remedy="Export it again.", where=where)
    unique, copies = _without_copies(slices, where)
    normal = np.cross(first.row, first.column)
    return sorted(unique, key=lambda each: (float(np.dot(each.position_mm, normal)), each.name)), copies


def _without_copies(slices: list[Slice], where: str) -> tuple[list[Slice], list[Unused]]:
    """Drop second copies of one object, and say so; two objects in one place are refused by the spacing."""
    kept: dict[str, Slice] = {}
    copies = []
    for each in slices:
        key = each.instance or each.name
        if key in kept:
            if kept[key].position_mm != each.position_mm:
                raise RecordError("Two slices share one identifier.", remedy="Export the series again.", where=where)
            copies.append(Unused(what=f"{where}: {each.name.rpartition('/')[2]}", why="it is a second copy of a slice"))
        else:
            kept[key] = each
    return list(kept.values()), copies


def _grid(slices: list[Slice], where: str) -> Grid:
    """The grid of a straight and even stack.

    Raises
    ------
    RecordError
        If the stack leans (gantry tilt), is uneven, lacks slices or holds two in one place.
    """
    if len(slices) < FEWEST_SLICES:
        raise RecordError("One slice is no volume.", remedy="Give the whole series.", where=where)
    first = slices[0]
    positions = np.array([each.position_mm for each in slices])
    normal = np.cross(first.row, first.column)
    steps = np.diff(positions, axis=0)
    along = steps @ normal
    if along.min() < UNEVEN_MM:
        raise RecordError(
            "Two slices lie in one place (two phases, or a doubled export).",
            remedy="Import one phase at a time.",
            where=where,
        )
    _straight(steps, along, normal, where)
    _even(along, where)
    affine = np.eye(4)
    affine[:3, 0] = (positions[-1] - positions[0]) / (len(slices) - 1)
    affine[:3, 1] = np.array(first.column) * first.spacing_mm[0]
    affine[:3, 2] = np.array(first.row) * first.spacing_mm[1]
    affine[:3, 3] = positions[0]
    return Grid(shape=(len(slices), *first.shape), affine=affine)


def _straight(steps: NDArray[np.float64], along: NDArray[np.float64], normal: NDArray[np.float64], where: str) -> None:
    sideways = np.linalg.norm(steps - np.outer(along, normal), axis=1)
    lean = float((sideways / along).max())
    if lean > TILT:
        raise RecordError(
            f"The gantry was tilted by {np.degrees(np.arctan(lean)):.1f}°, so its slices make a sheared stack.",
            remedy="Ask for a reconstruction without tilt.",
            where=where,
        )


def _even(along: NDArray[np.float64], where: str) -> None:
    usual = float(np.median(along))
    if float(np.abs(along - usual).max()) <= max(UNEVEN_MM, 0.005 * usual):
        return
    wide = along[along > usual + UNEVEN_MM] / usual
    narrow_is_usual = np.allclose(along[along <= usual + UNEVEN_MM], usual, atol=UNEVEN_MM)
    if wide.size and narrow_is_usual and np.allclose(wide, np.rint(wide), atol=0.02):
        missing = int(np.rint(wide - 1).sum())
        what = f"{missing} {'slice is' if missing == 1 else 'slices are'} missing from the stack."
        raise RecordError(what, remedy="Export the whole series again.", where=where)
    raise RecordError(
        f"Its slices are unevenly spaced ({along.min():.2f} to {along.max():.2f} mm).",
        remedy="Ask for a reconstruction with even spacing.",
        where=where,
    )


# --- voxels -----------------------------------------------------------------------------------------------------------


def _voxels(found: Bundle, slices: list[Slice], where: str) -> tuple[NDArray[Any], tuple[str, ...], str]:
    modality = slices[0].modality
    kind = np.int16 if modality is Modality.CT else np.float32
    out = np.empty((len(slices), *slices[0].shape), dtype=kind)
    said: Mapping[str, None] = {}
    total = hashlib.sha256()
    for at, each in enumerate(slices):
        content = found.content(each.name)
        total.update(hashlib.sha256(content).digest())
        stored = pixels(content, where=where)
        if stored.shape != each.shape:
            raise RecordError("A slice is cut short.", remedy="Export the series again.", where=where)
        out[at], words = _scaled(stored, each, where)
        said = {**said, **dict.fromkeys(words)}
    return out, tuple(said), total.hexdigest()


def _scaled(stored: NDArray[Any], each: Slice, where: str) -> tuple[NDArray[Any], Iterable[str]]:
    """The rescale of the header applied: Hounsfield units for CT."""
    if each.modality is Modality.MR:
        return (stored * np.float32(each.slope) + np.float32(each.intercept)).astype(np.float32), ()
    if each.slope == 1.0 and each.intercept.is_integer():
        units = stored.astype(np.int32) + int(each.intercept)
        said: tuple[str, ...] = ()
    else:
        exact = stored * each.slope + each.intercept
        units = np.rint(exact).astype(np.int32)
        said = () if np.array_equal(units, exact) else (f"{where}: its values were rounded to whole Hounsfield units.",)
    if units.min() < -32768 or units.max() > 32767:
        raise RecordError(
            f"Its values, {units.min()} to {units.max()}, are no Hounsfield units.",
            remedy="Check the rescale of the series.",
            where=where,
        )
    return units.astype(np.int16), said
