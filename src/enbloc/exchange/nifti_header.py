"""The header of a NIfTI file, read from its own bytes, and what of it is refused before a voxel is read."""

from __future__ import annotations

import gzip
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from enbloc.errors import RecordError
from enbloc.value import value

MOST_VOXELS = 1_000_000_000
"""A header that claims more is refused before any memory is asked for (a whole body at 1 mm has half of it)."""
SKEW = 1e-3
"""The largest cosine between two axes that still counts as a right angle (0.06 degrees)."""
KINDS = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
}  # fmt: skip
"""Data types that are plain numbers; complex and colour are not."""


@value
class Header:
    """What of a NIfTI header decides whether the file can be trusted."""

    shape: tuple[int, ...]
    datatype: int
    qform_code: int
    sform_code: int
    spacing_mm: tuple[float, float, float]
    sform: tuple[tuple[float, float, float], ...]
    sform_origin: tuple[float, float, float]
    qform: tuple[float, ...]  # b, c and d of the quaternion, and the origin
    qfac: float
    offset: int
    unit: int
    order: str  # of the bytes: "<" or ">"
    scale: tuple[float, float]  # slope and intercept


def header(path: Path, *, where: str) -> Header:
    """The header of a NIfTI file, read from its own bytes: SimpleITK hides whether there is an orientation.

    Raises
    ------
    RecordError
        If the file is no single-file NIfTI.
    """
    start = _start(path, where)
    for size, shape, magic in ((348, _first, slice(344, 348)), (540, _second, slice(4, 8))):
        for order in "<>":
            if len(start) >= size and struct.unpack(f"{order}i", start[:4])[0] == size:
                if start[magic][:2] != b"n+":
                    raise refused("It keeps its header in another file.", "Save it as one .nii.gz.", where)
                return shape(start, order)
    raise refused("It is no NIfTI file.", "Export it again as .nii.gz.", where)


def _start(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            if file.read(2) != b"\x1f\x8b":
                file.seek(0)
                return file.read(540)
        with gzip.open(path) as unpacked:
            return unpacked.read(540)
    except (OSError, EOFError, zlib.error) as fault:
        raise unreadable(fault, where) from None


def unreadable(fault: Exception, where: str) -> RecordError:
    """What a fault of the file system or of the packing means."""
    if isinstance(fault, FileNotFoundError):
        return refused("There is no such file.", "Check the name in case.yaml.", where)
    if isinstance(fault, PermissionError):
        return refused("It may not be read.", "Allow it to be read.", where)
    return refused("It is damaged or cut short.", "Copy or export it again.", where)


def _first(start: bytes, order: str) -> Header:
    dim = struct.unpack(f"{order}8h", start[40:56])
    pixdim = struct.unpack(f"{order}8f", start[76:108])
    rows = struct.unpack(f"{order}12f", start[280:328])
    codes = struct.unpack(f"{order}2h", start[252:256])
    (offset,) = struct.unpack(f"{order}f", start[108:112])
    (datatype,) = struct.unpack(f"{order}h", start[70:72])
    scale = struct.unpack(f"{order}2f", start[112:120])
    turn = struct.unpack(f"{order}6f", start[256:280])
    return _header(dim, datatype, codes, pixdim, (turn, rows), offset, start[123], order, scale)


def _second(start: bytes, order: str) -> Header:
    dim = struct.unpack(f"{order}8q", start[16:80])
    pixdim = struct.unpack(f"{order}8d", start[104:168])
    rows = struct.unpack(f"{order}12d", start[400:496])
    codes = struct.unpack(f"{order}2i", start[344:352])
    (offset,) = struct.unpack(f"{order}q", start[168:176])
    (datatype,) = struct.unpack(f"{order}h", start[12:14])
    (unit,) = struct.unpack(f"{order}i", start[500:504])
    scale = struct.unpack(f"{order}2d", start[176:192])
    turn = struct.unpack(f"{order}6d", start[352:400])
    return _header(dim, datatype, codes, pixdim, (turn, rows), float(offset), unit & 0xFF, order, scale)


def _header(
    dim: tuple[Any, ...],
    datatype: int,
    codes: tuple[Any, ...],
    pixdim: tuple[Any, ...],
    placed: tuple[tuple[Any, ...], tuple[Any, ...]],
    offset: float,
    unit: int,
    order: str,
    scale: tuple[Any, ...],
) -> Header:
    count = dim[0] if 0 < dim[0] <= 7 else 0
    turn, rows = placed
    return Header(
        shape=tuple(dim[1 : 1 + count]),
        datatype=datatype,
        qform_code=codes[0],
        sform_code=codes[1],
        spacing_mm=(abs(pixdim[1]), abs(pixdim[2]), abs(pixdim[3])),
        sform=(rows[0:3], rows[4:7], rows[8:11]),
        sform_origin=(rows[3], rows[7], rows[11]),
        qform=turn,
        qfac=-1.0 if pixdim[0] < 0 else 1.0,
        offset=int(offset) if 0 <= offset < 1e9 else -1,
        unit=unit & 0x07,
        order=order,
        scale=(scale[0], scale[1]),
    )


def trusted(head: Header, where: str) -> None:
    """Refuse what cannot be placed in a patient, before any voxel is read."""
    extra = [count for count in head.shape[3:] if count != 1]
    if len(head.shape) < 3 or extra or min(head.shape[:3]) < 1:
        words = " × ".join(str(count) for count in head.shape) or "no"
        raise refused(f"It has {words} voxels; a scan has three dimensions.", "Export one volume.", where)
    if int(np.prod([int(count) for count in head.shape], dtype=object)) > MOST_VOXELS:
        raise refused(f"It claims more than {MOST_VOXELS} voxels.", "Crop it to the spine.", where)
    if head.qform_code <= 0 and head.sform_code <= 0:
        raise refused(
            "It has no orientation (qform_code and sform_code are 0), so left and right are unknown.",
            "Export it again from the DICOM series.",
            where,
        )
    if head.datatype not in KINDS:
        raise refused("Its voxels are no plain numbers (colour or complex).", "Export it as numbers.", where)
    if head.unit in (1, 3):
        word = "metres" if head.unit == 1 else "micrometres"
        raise refused(f"It states its size in {word}.", "Export it in millimetres.", where)
    if head.sform_code > 0:
        _right_angled(head, where)


def _right_angled(head: Header, where: str) -> None:
    columns = np.array(head.sform, dtype=np.float64)
    lengths = np.linalg.norm(columns, axis=0)
    if not np.isfinite(columns).all() or lengths.min() <= 0:
        raise refused("Its orientation is not a number or zero.", "Export it again.", where)
    cosines = np.abs((columns / lengths).T @ (columns / lengths) - np.eye(3))
    if cosines.max() > SKEW:
        raise refused("Its axes are not at right angles (a sheared sform).", "Resample it to a straight grid.", where)


def refused(what: str, remedy: str, where: str) -> RecordError:
    """A fault of the file called ``where``."""
    return RecordError(what, remedy=remedy, where=where)


def places_apart_mm(head: Header) -> float:
    """How far apart qform and sform put the farthest corner, mm; 0 if only one of them is given."""
    if head.qform_code <= 0 or head.sform_code <= 0:
        return 0.0
    b, c, d = head.qform[:3]
    a = float(np.sqrt(max(0.0, 1.0 - b * b - c * c - d * d)))
    turn = np.array(
        [
            [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
            [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
            [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
        ]
    )
    quaternion = turn * np.array(head.spacing_mm) * np.array([1.0, 1.0, head.qfac])
    far = np.array(head.shape[:3], dtype=np.float64)
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]) * far
    between = corners @ (quaternion - np.array(head.sform)).T + np.array(head.qform[3:]) - np.array(head.sform_origin)
    return float(np.linalg.norm(between, axis=1).max())
