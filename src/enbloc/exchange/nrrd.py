"""NRRD label maps, attached header, raw or gzipped; also the segmentations of 3D Slicer (``.seg.nrrd``).

Read from the format's own page (teem.sourceforge.net/nrrd/format.html, NRRD0001 to NRRD0005) and, for the fields of
segments, from the documentation of 3D Slicer ("Segmentations: file format").
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.sr.coding import Code

from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.exchange.drawing import Drawing
from enbloc.exchange.seg_codes import is_tumour, structure_of
from enbloc.value import value

LONGEST_HEADER = 1 << 20
LARGEST_FILE_BYTES = 1 << 30
MOST_VOXELS = 1 << 30
LARGEST_LABEL = 65535
VOXEL_MM = (0.01, 100.0)
"""A voxel edge outside this range is a slip of unit, not an image of a spine."""
_SPACES = {
    "left-posterior-superior": (1, 1, 1),
    "lps": (1, 1, 1),
    "right-anterior-superior": (-1, -1, 1),
    "ras": (-1, -1, 1),
    "left-anterior-superior": (1, -1, 1),
    "las": (1, -1, 1),
}
"""Signs that turn each space that names the patient's directions into LPS."""
_TYPES = {
    "i1": ("signed char", "int8", "int8_t"),
    "u1": ("uchar", "unsigned char", "uint8", "uint8_t"),
    "i2": ("short", "short int", "signed short", "signed short int", "int16", "int16_t"),
    "u2": ("ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
    "i4": ("int", "signed int", "int32", "int32_t"),
    "u4": ("uint", "unsigned int", "uint32", "uint32_t"),
    "i8": ("longlong", "long long", "long long int", "signed long long", "int64", "int64_t"),
    "u8": ("ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
    "f4": ("float",),
    "f8": ("double",),
}
_KINDS = {name: kind for kind, names in _TYPES.items() for name in names}
_NUMBERS = re.compile(r"[^(),\s]+")


@value
class _Head:
    """A file, what its header says, and where its voxels start."""

    content: bytes
    start: int
    fields: Mapping[str, str]


@value
class _Segment:
    """One segment of 3D Slicer: its value within a layer, and what it calls itself."""

    value: int
    layer: int
    label: str
    kind: Code | None
    sides: tuple[Code, ...]


def read_nrrd(path: Path, *, where: str, wanted: Collection[int] | None = None) -> Drawing:
    """A label map out of an NRRD file, patient LPS, as uint8 or uint16.

    The segments of 3D Slicer bring their names. Where it keeps them in several layers their values may repeat: then
    a segment's number is its place in the file, from 1, and that is said. ``wanted`` picks segments by number.

    Raises
    ------
    RecordError
        If it is no whole NRRD of a volume that says where it lies in the patient, or holds no labels.
    """
    head = _opened(path, where)
    shape, grid, layers_at = _geometry(head.fields, where)
    voxels = _whole(_voxels(head, shape, where), where)
    layers = [voxels] if layers_at is None else [np.take(voxels, at, axis=layers_at) for at in range(shape[layers_at])]
    segments = _segments(head.fields)
    numbered, said = _numbered(segments, len(layers), where)
    _refuse_strangers(layers, segments, where)
    taken = {number: each for number, each in numbered.items() if wanted is None or number in wanted}
    if segments and not taken:
        raise _no("It has none of the segments that the record names.", "Correct the numbers.", where)
    array, pairs = _painted(layers, taken) if segments else (layers[0], ())
    if not array.any():
        raise _no("No label is set: every voxel is 0.", "Export the label map again.", where)
    named = {number: structure_of(each.label, each.kind, each.sides) for number, each in taken.items()}
    return Drawing(
        array=array,
        grid=grid,
        sha256=hashlib.sha256(head.content).hexdigest(),
        said=said,
        left={number: each.label for number, each in numbered.items() if number not in taken},
        words={number: each.label for number, each in taken.items()},
        structures={number: each for number, each in named.items() if each is not None},
        tumours=frozenset(number for number, each in taken.items() if is_tumour(each.kind)),
        overlapping=pairs,
    )


# --- header -----------------------------------------------------------------------------------------------------------


def _opened(path: Path, where: str) -> _Head:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise _no("It is too large for a label map.", "Export it compressed.", where)
        content = path.read_bytes()
    except OSError:
        raise _no("It may not be read.", "Allow it to be read.", where) from None
    if not re.match(rb"NRRD000[1-5]\r?\n", content[:10]):
        raise _no("It is no NRRD file.", "Check which file this is.", where)
    end = re.search(rb"\r?\n\r?\n", content[:LONGEST_HEADER])
    if end is None:
        raise _no("Its header has no end: it is cut short or keeps its voxels elsewhere.", "Export one file.", where)
    fields: dict[str, str] = {}
    for line in content[: end.start()].decode("utf-8", errors="replace").splitlines()[1:]:
        if line.startswith("#"):
            continue
        name, colon, text = line.partition(":")
        key = name.strip() if text.startswith("=") else name.strip().lower()
        if colon and key in fields:
            raise _no("Its header says one thing twice.", "Export it again.", where)
        fields[key] = text.removeprefix("=").strip()
    if "data file" in fields or "datafile" in fields:
        raise _no("It keeps its voxels in another file.", "Export it as one .nrrd file.", where)
    return _Head(content=content, start=end.end(), fields=fields)


def _geometry(fields: Mapping[str, str], where: str) -> tuple[tuple[int, ...], Grid, int | None]:
    """The shape in memory, the grid, and which axis counts layers (none in a plain volume)."""
    signs = _SPACES.get(fields.get("space", "").lower())
    if signs is None:
        raise _no(
            "It does not say how it lies in the patient.", "Export it with 'space: left-posterior-superior'.", where
        )
    try:
        sizes = [int(word) for word in fields["sizes"].split()]
        axes = _vectors(fields["space directions"])
        origin = np.array([float(part) for part in _NUMBERS.findall(fields["space origin"])])
        if int(fields["dimension"]) != len(sizes) or len(axes) != len(sizes) or origin.shape != (3,):
            raise ValueError
    except (KeyError, ValueError):
        raise _no("Its geometry cannot be read.", "Export it again.", where) from None
    lists = [at for at, axis in enumerate(axes) if axis is None]
    spatial = [axis for axis in axes if axis is not None]
    if len(spatial) != 3 or len(lists) > 1:
        raise _no("It is no single volume.", "Export one three-dimensional label map.", where)
    if min(sizes) < 1 or np.prod(sizes, dtype=float) > MOST_VOXELS:
        raise _no("Its size is not possible.", "Export it again.", where)
    affine = np.eye(4)
    affine[:3, :3] = (np.array(spatial).T * np.array(signs)[:, None])[:, ::-1]
    affine[:3, 3] = origin * signs
    lengths = np.linalg.norm(affine[:3, :3], axis=0)
    if not (np.isfinite(affine).all() and VOXEL_MM[0] <= lengths.min() and lengths.max() <= VOXEL_MM[1]):
        raise _no("Its voxel size is not possible in millimetres.", "Check the unit of its header.", where)
    _square(affine[:3, :3] / lengths, where)
    k, j, i = (size for at, size in reversed(list(enumerate(sizes))) if at not in lists)
    shape = tuple(reversed(sizes))
    return shape, Grid(shape=(k, j, i), affine=affine), len(sizes) - 1 - lists[0] if lists else None


def _vectors(text: str) -> list[list[float] | None]:
    found: list[list[float] | None] = []
    for word in re.findall(r"none|\([^()]*\)", text):
        vector = None if word == "none" else [float(part) for part in _NUMBERS.findall(word)]
        if vector is not None and len(vector) != 3:
            raise ValueError(word)
        found.append(vector)
    return found


def _square(turn: NDArray[np.float64], where: str) -> None:
    if np.abs(turn.T @ turn - np.eye(3)).max() > 1e-3:
        raise _no("Its axes are not at right angles.", "Export it again, without shear.", where)


# --- voxels -----------------------------------------------------------------------------------------------------------


def _voxels(head: _Head, shape: tuple[int, ...], where: str) -> NDArray[Any]:
    fields = head.fields
    kind = _KINDS.get(" ".join(fields.get("type", "").lower().split()))
    encoding = fields.get("encoding", "").lower()
    if kind is None or encoding not in ("raw", "gzip", "gz"):
        raise _no("It is packed in a way that is not read.", "Export it as whole numbers, raw or gzip.", where)
    if any(fields.get(key, "0") not in ("0", "") for key in ("line skip", "lineskip", "byte skip", "byteskip")):
        raise _no("Its header skips a part of the file.", "Export it again.", where)
    order = "<" if fields.get("endian", "little").lower() == "little" else ">"
    stored = np.dtype(order + kind)
    needed = int(np.prod(shape, dtype=np.int64)) * stored.itemsize
    packed = memoryview(head.content)[head.start :]
    if encoding == "raw":
        unpacked: bytes | memoryview = packed[:needed]
    else:
        try:
            unpacked = zlib.decompressobj(31).decompress(packed, needed)  # never more than the header says
        except zlib.error:
            raise _no("It is damaged.", "Copy or export it again.", where) from None
    if len(unpacked) != needed:
        raise _no("It is damaged or cut short.", "Copy or export it again.", where)
    return np.frombuffer(unpacked, dtype=stored).reshape(shape)


def _whole(voxels: NDArray[Any], where: str) -> NDArray[Any]:
    """The labels as the smallest fitting kind of whole number."""
    if voxels.dtype.kind == "f" and not (np.isfinite(voxels).all() and np.array_equal(voxels, np.rint(voxels))):
        raise _no("It holds values that are no whole numbers.", "Export the label map, not the scan.", where)
    low, high = int(voxels.min()), int(voxels.max())
    if low < 0 or high > LARGEST_LABEL:
        raise _no(f"Its values, {low} to {high}, are no labels.", "Check which file this is.", where)
    return voxels.astype(np.uint8 if high < 256 else np.uint16)


# --- segments of 3D Slicer --------------------------------------------------------------------------------------------


def _segments(fields: Mapping[str, str]) -> list[_Segment]:
    found = []
    for at in range(LARGEST_LABEL):
        if f"Segment{at}_ID" not in fields and f"Segment{at}_Name" not in fields:
            break
        number = fields.get(f"Segment{at}_LabelValue", str(at + 1))
        layer = fields.get(f"Segment{at}_Layer", "0")
        kind, sides = _coded(fields.get(f"Segment{at}_Tags", ""))
        name = fields.get(f"Segment{at}_Name", f"Segment {at + 1}")[:64]
        found.append(
            _Segment(
                value=int(number) if number.isdecimal() else 0,
                layer=int(layer) if layer.isdecimal() else 0,
                label="".join(sign if sign.isprintable() else "?" for sign in name),
                kind=kind,
                sides=sides,
            )
        )
    return found


def _coded(tags: str) -> tuple[Code | None, tuple[Code, ...]]:
    """Type and side out of ``TerminologyEntry:context~category~type~modifier~…``, codes as ``SCT^10200004^Liver``."""
    entry = next((tag for tag in tags.split("|") if tag.startswith("TerminologyEntry:")), "")
    parts = [part.split("^") for part in entry.split("~")[2:4]]
    made = [Code(part[1], part[0], part[2]) if len(part) == 3 and part[1] else None for part in parts]
    return (made[0] if made else None), tuple(code for code in made[1:] if code is not None)


def _numbered(segments: list[_Segment], layers: int, where: str) -> tuple[dict[int, _Segment], tuple[str, ...]]:
    """Each segment under the number that a record names it by."""
    if not segments and layers > 1:
        raise _no("It has several layers and does not say what they are.", "Export one label map.", where)
    if any(each.layer >= layers or not 0 < each.value <= LARGEST_LABEL for each in segments):
        raise _no("Its header describes a segment that it cannot hold.", "Export it again.", where)
    places = [(each.layer, each.value) for each in segments]
    if len(set(places)) != len(places):
        raise _no("Its header describes two segments as one label.", "Export it again.", where)
    values = [each.value for each in segments]
    if len(set(values)) == len(values):
        return dict(zip(values, segments, strict=True)), ()
    said = f"{where}: labels repeat in its layers; its segments were numbered in their order, from 1."
    return dict(enumerate(segments, start=1)), (said,)


def _refuse_strangers(layers: list[NDArray[Any]], segments: list[_Segment], where: str) -> None:
    for at, layer in enumerate(layers if segments else ()):
        strange = set(np.unique(layer).tolist()) - {0} - {each.value for each in segments if each.layer == at}
        if strange:
            raise _no(f"It holds a label that no segment describes: {min(strange)}.", "Export it again.", where)


def _painted(
    layers: list[NDArray[Any]], taken: Mapping[int, _Segment]
) -> tuple[NDArray[Any], tuple[tuple[int, int], ...]]:
    """One label map of all layers, and the pairs of segments that overlap."""
    array = np.zeros(layers[0].shape, dtype=np.uint8 if max(taken) < 256 else np.uint16)
    pairs: set[tuple[int, int]] = set()
    for number, each in sorted(taken.items()):
        held = layers[each.layer] == each.value
        pairs |= {(int(other), number) for other in np.unique(array[held]) if other}
        array[held & (array == 0)] = number
    return array, tuple(sorted(pairs))


def _no(message: str, remedy: str, where: str) -> RecordError:
    return RecordError(message, remedy=remedy, where=where)
