"""NIfTI-1 and NIfTI-2, single file, plain or gzipped: scans and label maps, read through SimpleITK."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import Grid
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange.nifti_header import KINDS, Header, header, places_apart_mm, refused, trusted, unreadable
from enbloc.value import value

VOXEL_MM = (0.01, 100.0)
"""A voxel edge outside this range is a slip of unit, not an image of a spine."""
INT16 = (-32768, 32767)
LEAST_CONTRAST_HU = 200
"""Fractions within less than this are a scan put on another scale (0 to 1), not a CT that was resampled."""
LARGEST_LABEL = 65535
MOST_TRAILING_BYTES = 1 << 20
"""Nothing belongs behind the last voxel; a little is passed over, a lot is a bomb."""


@value
class Pixels:
    """An image as read: the array, where it lies, the hash of the file, and what was done on the way."""

    array: Any
    grid: Grid
    sha256: str
    said: tuple[str, ...] = ()


def read_scan(path: Path, modality: Modality, *, where: str) -> Pixels:
    """A CT as int16 Hounsfield units, or an MR as float32; ``where`` is how messages name the file.

    Raises
    ------
    RecordError
        If the file is no whole three-dimensional NIfTI with an orientation, or holds NaN, infinity or no HU. Fractions
        of a Hounsfield unit, as resampling makes them, are rounded, and that is said.
    """
    raw = read_any(path, where=where)
    said = list(raw.said)
    if modality is Modality.MR:
        _finite(raw.array, where)
        array = np.asarray(raw.array, dtype=np.float32)
    else:
        array, was_whole = _whole(raw.array, INT16, where, "Hounsfield units")
        if not was_whole:
            said.append(f"{where}: its values were rounded to whole Hounsfield units.")
        elif raw.array.dtype != np.int16:
            said.append(f"{where}: whole numbers stored as {raw.array.dtype} were taken as Hounsfield units.")
    return Pixels(array=array, grid=raw.grid, sha256=raw.sha256, said=tuple(said))


def read_labels(path: Path, *, where: str) -> Pixels:
    """A label map as uint8, or uint16 where it needs more; whole numbers stored as floats are taken, and said.

    Raises
    ------
    RecordError
        If the file is no whole three-dimensional NIfTI with an orientation, or its labels are fractional,
        negative, above 65535, or all zero.
    """
    raw = read_any(path, where=where)
    array, was_whole = _whole(raw.array, (0, LARGEST_LABEL), where, "labels")
    if not was_whole:
        raise refused("It holds fractional values; labels are whole numbers.", "Export it again.", where)
    said = list(raw.said)
    if raw.array.dtype.kind == "f":
        said.append(f"{where}: labels are whole numbers stored as {raw.array.dtype}; taken as they are.")
    if not array.any():
        raise RecordError("No label is set: every voxel is 0.", remedy="Export the label map again.", where=where)
    return Pixels(array=array, grid=raw.grid, sha256=raw.sha256, said=tuple(said))


def write(path: Path, array: NDArray[Any], grid: Grid) -> str:
    """Write an image as gzipped NIfTI-1 with qform and sform; the same image gives the same bytes. Its hash.

    Raises
    ------
    RecordError
        If the array is of a kind that NIfTI cannot hold.
    OSError
        If the file cannot be written.
    """
    content = packed(array, grid)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


# --- in ---------------------------------------------------------------------------------------------------------------


def read_any(path: Path, *, where: str) -> Pixels:
    """An image as it is stored, before it is known whether it is a scan or a label map."""
    head = header(path, where=where)
    trusted(head, where)
    grid, lengths = _geometry(path, where)
    if not all(VOXEL_MM[0] <= length <= VOXEL_MM[1] for length in lengths):
        raise refused("Its voxel size is not possible in millimetres.", "Check the unit of its header.", where)
    array = _voxels(path, head, where)
    return Pixels(array=array, grid=grid, sha256=_sha256(path), said=_two_places(head, grid, where))


def grid_of(path: Path, *, where: str) -> Grid:
    """Where the voxels of an image lie, from its header alone.

    Raises
    ------
    RecordError
        If the file cannot be placed in a patient.
    """
    trusted(header(path, where=where), where)
    return _geometry(path, where)[0]


def _geometry(path: Path, where: str) -> tuple[Grid, tuple[float, ...]]:
    """Where SimpleITK puts the voxels; it reads the header only."""
    import SimpleITK

    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    reader = SimpleITK.ImageFileReader()
    reader.SetImageIO("NiftiImageIO")
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
    except RuntimeError:
        raise refused("Its orientation cannot be read.", "Export it again.", where) from None
    return _grid(reader), tuple(reader.GetSpacing()[:3])


def _voxels(path: Path, head: Header, where: str) -> NDArray[Any]:
    """The voxels, straight from the file: SimpleITK fills what a cut gzip lacks with nothing and keeps silent."""
    kind = np.dtype(head.order + KINDS[head.datatype])
    array = np.empty(head.shape[2::-1], dtype=kind)
    room = array.reshape(-1).view(np.uint8)
    at = -head.offset  # the header comes first
    try:
        with path.open("rb") as file:
            for part in _unpacked(file):
                lead = min(len(part), max(0, -at))
                wanted = part[lead : lead + max(0, room.size - max(at, 0))]
                if wanted:
                    first = max(at, 0)
                    room[first : first + len(wanted)] = np.frombuffer(wanted, dtype=np.uint8)
                at += len(part)
                if at > room.size + MOST_TRAILING_BYTES:
                    break
    except (OSError, EOFError, zlib.error) as fault:
        raise unreadable(fault, where) from None
    if head.offset < 0 or not room.size <= at <= room.size + MOST_TRAILING_BYTES:
        raise refused("It is damaged or cut short.", "Copy or export it again.", where)
    native = array if kind.isnative else array.astype(kind.newbyteorder("="))
    slope, intercept = head.scale
    if slope == 0 or (slope, intercept) == (1.0, 0.0) or not np.isfinite(slope + intercept):
        return native
    return np.asarray(native * slope + intercept, dtype=np.float64)


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, unpacked if it is gzipped, its check sums tested; in parts that stay within memory."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    unpack = zlib.decompressobj(31)
    for chunk in iter(partial(file.read, 1 << 16), b""):
        rest = chunk
        while packed and rest:
            yield unpack.decompress(rest)
            rest = unpack.unused_data
            if unpack.eof and rest.strip(b"\0"):
                unpack = zlib.decompressobj(31)
            elif unpack.eof:
                break
        if not packed:
            yield chunk
    if packed and not unpack.eof:
        raise EOFError


def _grid(image: Any) -> Grid:
    """ITK counts column, row, slice in patient LPS; our index order is that of the array."""
    size = image.GetDimension()  # more than three only if the rest are single
    turn = np.array(image.GetDirection(), dtype=np.float64).reshape(size, size)[:3, :3]
    axes = turn * np.array(image.GetSpacing()[:3])
    affine = np.eye(4)
    affine[:3, :3] = axes[:, ::-1]
    affine[:3, 3] = image.GetOrigin()[:3]
    columns, rows, slices = image.GetSize()[:3]
    return Grid(shape=(slices, rows, columns), affine=affine)


def _two_places(head: Header, grid: Grid, where: str) -> tuple[str, ...]:
    """Say which of two orientations was followed, if a file gives two that disagree."""
    apart = places_apart_mm(head)
    if apart <= 0.5 * min(grid.spacing_mm):
        return ()
    sform = (np.diag([-1.0, -1.0, 1.0]) @ np.array(head.sform))[:, ::-1]
    followed = "sform" if np.allclose(sform, grid.affine[:3, :3], atol=1e-3) else "qform"
    return (f"{where}: qform and sform lie up to {apart:.1f} mm apart; the {followed} was followed.",)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finite(array: NDArray[Any], where: str) -> None:
    if array.dtype.kind == "f" and not all(np.isfinite(part).all() for part in array):
        raise refused("It holds voxels that are not a number or infinite.", "Export it again.", where)


def _whole(array: NDArray[Any], span: tuple[int, int], where: str, what: str) -> tuple[NDArray[Any], bool]:
    """The voxels as the smallest fitting kind of whole number, and whether they were whole before.

    Slice by slice, so that no second float copy is made.
    """
    _finite(array, where)
    low, high = float(array.min()), float(array.max())
    if not (span[0] <= low and high <= span[1]):
        raise _no(what, low, high, where)
    kind = np.int16 if span == INT16 else np.uint8 if high < 256 else np.uint16
    if array.dtype == kind:
        return array, True
    whole = np.empty(array.shape, dtype=kind)
    was_whole = True
    for at, part in enumerate(array):
        whole[at] = np.rint(part) if array.dtype.kind == "f" else part
        was_whole = was_whole and (array.dtype.kind != "f" or np.array_equal(whole[at], part))
    if not was_whole and span == INT16 and high - low < LEAST_CONTRAST_HU:
        raise _no(what, low, high, where)
    return whole, was_whole


def _no(what: str, low: float, high: float, where: str) -> RecordError:
    return refused(f"Its values, {low:g} to {high:g}, are no {what}.", "Check which file this is.", where)


# --- out --------------------------------------------------------------------------------------------------------------

_CODES = {"u1": 2, "i2": 4, "i4": 8, "f4": 16, "f8": 64, "u2": 512}


def packed(array: NDArray[Any], grid: Grid) -> bytes:
    """The bytes that ``write`` writes."""
    code = _CODES.get(array.dtype.str[1:])
    if code is None or array.shape != grid.shape:
        raise RecordError(f"An image of {array.dtype} on its grid cannot be written.", remedy="Use int16 or float32.")
    # RAS, and the axes in the order column, row, slice.
    flip = np.diag([-1.0, -1.0, 1.0])
    axes = flip @ grid.affine[:3, 2::-1]
    origin = flip @ grid.affine[:3, 3]
    spacing = np.linalg.norm(axes, axis=0)
    qfac, turn = _quaternion(axes / spacing)
    start = struct.pack("<i36x8h", 348, 3, *reversed(grid.shape), 1, 1, 1, 1)
    start += struct.pack("<14x2h2x", code, 8 * array.dtype.itemsize)
    start += struct.pack("<8f3f", qfac, *spacing, 1.0, 0.0, 0.0, 0.0, 352.0, 1.0, 0.0)
    start += struct.pack("<3xB", 2).ljust(252 - len(start), b"\0")
    start += struct.pack("<2h6f", 1, 1, *turn, *origin)
    for row in range(3):
        start += struct.pack("<4f", *axes[row], origin[row])
    start += bytes(16) + b"n+1\0" + bytes(4)
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)  # 31: a gzip frame, whose time zlib leaves at zero
    return packer.compress(start) + packer.compress(little.data) + packer.flush()


def _quaternion(axes: NDArray[np.float64]) -> tuple[float, tuple[float, float, float]]:
    """The handedness and the (b, c, d) of the unit quaternion of a rotation, as the qform keeps them."""
    from scipy.spatial.transform import Rotation

    qfac = 1.0 if np.linalg.det(axes) > 0 else -1.0
    turned = axes * np.array([1.0, 1.0, qfac])
    b, c, d, a = Rotation.from_matrix(turned).as_quat()
    sign = -1.0 if a < 0 else 1.0
    return qfac, (float(sign * b), float(sign * c), float(sign * d))
