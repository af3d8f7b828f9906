"""NIfTI-1 and NIfTI-2, single file, plain or gzipped: scans and label maps, read through SimpleITK."""

from __future__ import annotations

import gzip
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
from enbloc.value import value

MOST_VOXELS = 1_000_000_000
"""A header that claims more is refused before any memory is asked for (a whole body at 1 mm has half of it)."""
VOXEL_MM = (0.01, 100.0)
"""A voxel edge outside this range is a slip of unit, not an image of a spine."""
SKEW = 1e-3
"""The largest cosine between two axes that still counts as a right angle (0.06 degrees)."""
INT16 = (-32768, 32767)
LARGEST_LABEL = 65535
_KINDS = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
}  # fmt: skip
"""Data types that are plain numbers; complex and colour are not."""
MOST_TRAILING_BYTES = 1 << 20
"""Nothing belongs behind the last voxel; a little is passed over, a lot is a bomb."""


@value
class Header:
    """What of a NIfTI header decides whether the file can be trusted."""

    shape: tuple[int, ...]
    datatype: int
    qform_code: int
    sform_code: int
    spacing_mm: tuple[float, float, float]
    sform: tuple[tuple[float, float, float], ...]
    offset: int
    unit: int
    order: str  # of the bytes: "<" or ">"
    scale: tuple[float, float]  # slope and intercept


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
        If the file is no whole three-dimensional NIfTI with an orientation, or holds NaN, infinity or no HU.
    """
    raw = read_any(path, where=where)
    said = list(raw.said)
    if modality is Modality.MR:
        _finite(raw.array, where)
        array = np.asarray(raw.array, dtype=np.float32)
    else:
        array = _whole(raw.array, INT16, where, "Hounsfield units")
        if raw.array.dtype != np.int16:
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
    array = _whole(raw.array, (0, LARGEST_LABEL), where, "labels")
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
                    raise _refused("It keeps its header in another file.", "Save it as one .nii.gz.", where)
                return shape(start, order)
    raise _refused("It is no NIfTI file.", "Export it again as .nii.gz.", where)


def _start(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            if file.read(2) != b"\x1f\x8b":
                file.seek(0)
                return file.read(540)
        with gzip.open(path) as unpacked:
            return unpacked.read(540)
    except (OSError, EOFError, zlib.error) as fault:
        raise _unreadable(fault, where) from None


def _unreadable(fault: Exception, where: str) -> RecordError:
    if isinstance(fault, FileNotFoundError):
        return _refused("There is no such file.", "Check the name in case.yaml.", where)
    if isinstance(fault, PermissionError):
        return _refused("It may not be read.", "Allow it to be read.", where)
    return _refused("It is damaged or cut short.", "Copy or export it again.", where)


def _first(start: bytes, order: str) -> Header:
    dim = struct.unpack(f"{order}8h", start[40:56])
    pixdim = struct.unpack(f"{order}8f", start[76:108])
    rows = struct.unpack(f"{order}12f", start[280:328])
    codes = struct.unpack(f"{order}2h", start[252:256])
    (offset,) = struct.unpack(f"{order}f", start[108:112])
    (datatype,) = struct.unpack(f"{order}h", start[70:72])
    scale = struct.unpack(f"{order}2f", start[112:120])
    return _header(dim, datatype, codes, pixdim, rows, offset, start[123], order, scale)


def _second(start: bytes, order: str) -> Header:
    dim = struct.unpack(f"{order}8q", start[16:80])
    pixdim = struct.unpack(f"{order}8d", start[104:168])
    rows = struct.unpack(f"{order}12d", start[400:496])
    codes = struct.unpack(f"{order}2i", start[344:352])
    (offset,) = struct.unpack(f"{order}q", start[168:176])
    (datatype,) = struct.unpack(f"{order}h", start[12:14])
    (unit,) = struct.unpack(f"{order}i", start[500:504])
    scale = struct.unpack(f"{order}2d", start[176:192])
    return _header(dim, datatype, codes, pixdim, rows, float(offset), unit & 0xFF, order, scale)


def _header(
    dim: tuple[Any, ...],
    datatype: int,
    codes: tuple[Any, ...],
    pixdim: tuple[Any, ...],
    rows: tuple[Any, ...],
    offset: float,
    unit: int,
    order: str,
    scale: tuple[Any, ...],
) -> Header:
    count = dim[0] if 0 < dim[0] <= 7 else 0
    return Header(
        shape=tuple(dim[1 : 1 + count]),
        datatype=datatype,
        qform_code=codes[0],
        sform_code=codes[1],
        spacing_mm=(abs(pixdim[1]), abs(pixdim[2]), abs(pixdim[3])),
        sform=(rows[0:3], rows[4:7], rows[8:11]),
        offset=int(offset) if 0 <= offset < 1e9 else -1,
        unit=unit & 0x07,
        order=order,
        scale=(scale[0], scale[1]),
    )


def _trusted(head: Header, where: str) -> None:
    """Refuse what cannot be placed in a patient, before any voxel is read."""
    extra = [count for count in head.shape[3:] if count != 1]
    if len(head.shape) < 3 or extra or min(head.shape[:3]) < 1:
        words = " × ".join(str(count) for count in head.shape) or "no"
        raise _refused(f"It has {words} voxels; a scan has three dimensions.", "Export one volume.", where)
    if int(np.prod([int(count) for count in head.shape], dtype=object)) > MOST_VOXELS:
        raise _refused(f"It claims more than {MOST_VOXELS} voxels.", "Crop it to the spine.", where)
    if head.qform_code <= 0 and head.sform_code <= 0:
        raise _refused(
            "It has no orientation (qform_code and sform_code are 0), so left and right are unknown.",
            "Export it again from the DICOM series.",
            where,
        )
    if head.datatype not in _KINDS:
        raise _refused("Its voxels are no plain numbers (colour or complex).", "Export it as numbers.", where)
    if head.unit in (1, 3):
        word = "metres" if head.unit == 1 else "micrometres"
        raise _refused(f"It states its size in {word}.", "Export it in millimetres.", where)
    if head.sform_code > 0:
        _right_angled(head, where)


def _right_angled(head: Header, where: str) -> None:
    columns = np.array(head.sform, dtype=np.float64)
    lengths = np.linalg.norm(columns, axis=0)
    if not np.isfinite(columns).all() or lengths.min() <= 0:
        raise _refused("Its orientation is not a number or zero.", "Export it again.", where)
    cosines = np.abs((columns / lengths).T @ (columns / lengths) - np.eye(3))
    if cosines.max() > SKEW:
        raise _refused("Its axes are not at right angles (a sheared sform).", "Resample it to a straight grid.", where)


def read_any(path: Path, *, where: str) -> Pixels:
    """An image as it is stored, before it is known whether it is a scan or a label map."""
    head = header(path, where=where)
    _trusted(head, where)
    grid, lengths = _geometry(path, where)
    if not all(VOXEL_MM[0] <= length <= VOXEL_MM[1] for length in lengths):
        raise _refused("Its voxel size is not possible in millimetres.", "Check the unit of its header.", where)
    array = _voxels(path, head, where)
    return Pixels(array=array, grid=grid, sha256=_sha256(path), said=_two_places(head, grid, where))


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
        raise _refused("Its orientation cannot be read.", "Export it again.", where) from None
    return _grid(reader), tuple(reader.GetSpacing()[:3])


def _voxels(path: Path, head: Header, where: str) -> NDArray[Any]:
    """The voxels, straight from the file: SimpleITK fills what a cut gzip lacks with nothing and keeps silent."""
    kind = np.dtype(head.order + _KINDS[head.datatype])
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
        raise _unreadable(fault, where) from None
    if head.offset < 0 or not room.size <= at <= room.size + MOST_TRAILING_BYTES:
        raise _refused("It is damaged or cut short.", "Copy or export it again.", where)
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
    if head.qform_code <= 0 or head.sform_code <= 0:
        return ()
    lps = np.diag([-1.0, -1.0, 1.0]) @ np.array(head.sform)
    apart = np.abs(lps[:, ::-1] - grid.affine[:3, :3]).max() * max(grid.shape)
    if apart <= min(grid.spacing_mm):
        return ()
    return (f"{where}: qform and sform disagree; the qform was followed.",)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finite(array: NDArray[Any], where: str) -> None:
    if array.dtype.kind == "f" and not all(np.isfinite(part).all() for part in array):
        raise _refused("It holds voxels that are not a number or infinite.", "Export it again.", where)


def _whole(array: NDArray[Any], span: tuple[int, int], where: str, what: str) -> NDArray[Any]:
    """The voxels as the smallest fitting kind of whole number; slice by slice, so that no second float copy is made."""
    _finite(array, where)
    low, high = float(array.min()), float(array.max())
    if not (span[0] <= low and high <= span[1]):
        reach = f"{low:g} to {high:g}"
        raise _refused(f"Its values, {reach}, are no {what}.", "Check which file this is.", where)
    kind = np.int16 if span == INT16 else np.uint8 if high < 256 else np.uint16
    if array.dtype == kind:
        return array
    whole = np.empty(array.shape, dtype=kind)
    for at, part in enumerate(array):
        whole[at] = part
        if array.dtype.kind == "f" and not np.array_equal(whole[at], part):
            raise _refused(f"It holds fractional values; {what} are whole numbers.", "Export it again.", where)
    return whole


def _refused(what: str, remedy: str, where: str) -> RecordError:
    return RecordError(what, remedy=remedy, where=where)


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
