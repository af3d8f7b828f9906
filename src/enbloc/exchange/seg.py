"""DICOM segmentations (binary, fractional, label map), read through highdicom onto a grid of our own."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.sr.coding import Code
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from enbloc.case.anatomy import Structure
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.exchange.dicom import DEFLATED, SAME_DIRECTION, TILT, UNREADABLE
from enbloc.exchange.drawing import Drawing
from enbloc.exchange.identity import fingerprint, owner
from enbloc.exchange.receipt import short_hash
from enbloc.exchange.seg_codes import code_in, is_tumour, structure_of
from enbloc.value import value

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"
LARGEST_FILE_BYTES = 1 << 30
MOST_FRAMES = 100_000
MOST_VOXELS = 1 << 30
"""More than any scan of a spine has: 1000 slices of 1024 × 1024."""
LARGEST_NUMBER = 65535
_PLAIN = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian)
HALF = 0.5
"""A fractional segment holds a voxel where its probability or share is at least this."""
_OFF_LATTICE = 0.05
"""How far from a whole number of steps a frame may lie, as a share of the step: positions are rounded in headers."""


@value
class Segment:
    """One segment as the file describes it."""

    number: int
    label: str
    kind: Code | None
    named: Structure | None


@value
class _Stack:
    """Which slice of which grid each frame fills."""

    grid: Grid
    slices: tuple[int, ...]


def read_seg(path: Path, *, where: str, salt: str, wanted: Collection[int] | None = None) -> Drawing:
    """The segments of a DICOM segmentation as one label map: the number of a segment is its label.

    A slice without a frame is empty. Fractional segments are cut at half. Of segments that overlap the lower number
    stands in a shared voxel, and the pair is named. ``wanted`` picks segments; the others are left out and listed.

    Raises
    ------
    RecordError
        If it is no whole three-dimensional segmentation that lies in a patient, in one line.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom warns about oddities that are checked or of no account here
        try:
            content, made = _opened(path, where)
            return _read(content, made, where, salt, wanted)
        except RecordError:
            raise
        except (*UNREADABLE, MemoryError):
            raise _no("It cannot be read as a segmentation.", "Export it again.", where) from None


def _read(content: bytes, made: Any, where: str, salt: str, wanted: Collection[int] | None) -> Drawing:
    segments = {each.number: each for each in _segments(made)}
    taken = {number: each for number, each in segments.items() if wanted is None or number in wanted}
    if not taken:
        have = ", ".join(f"{each.number} {each.label}" for each in list(segments.values())[:8])
        raise _no(f"It has none of the segments that the record names; it has {have}.", "Correct the numbers.", where)
    numbers, stack = _placed(made, where)
    strange = sorted({number for number in numbers if number is not None} - segments.keys())
    if strange:
        raise _no(f"A frame belongs to a segment that nothing describes: {strange[0]}.", "Export it again.", where)
    array, pairs = _painted(made, numbers, stack, frozenset(taken), where)
    if not array.any():
        raise _no("No label is set: every frame is empty.", "Export the segmentation again.", where)
    whose = owner(str(made.get("PatientID") or ""), str(made.get("PatientBirthDate") or ""), salt=salt)
    return Drawing(
        array=array,
        grid=stack.grid,
        sha256=hashlib.sha256(content).hexdigest(),
        said=_said(made, stack, where),
        left={number: each.label for number, each in segments.items() if number not in taken},
        words={number: each.label for number, each in taken.items()},
        structures={number: each.named for number, each in taken.items() if each.named is not None},
        tumours=frozenset(number for number, each in taken.items() if is_tumour(each.kind)),
        overlapping=pairs,
        identity=fingerprint(whose),
        frame=short_hash(str(made.get("FrameOfReferenceUID") or "")),
        series=short_hash(_series(made)),
    )


# --- header -----------------------------------------------------------------------------------------------------------


def _opened(path: Path, where: str) -> tuple[bytes, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise _no("It is too large for a segmentation.", "Export it as a label map, compressed.", where)
        content = path.read_bytes()
    except OSError:
        raise _no("It may not be read.", "Allow it to be read.", where) from None
    if content[128:132] != b"DICM":
        raise _no("It is no DICOM file.", "Give the DICOM segmentation itself.", where)
    if DEFLATED.encode() in content[:1024]:
        raise _no("A deflated object is not unpacked.", "Export it uncompressed.", where)
    try:
        made = dcmread(BytesIO(content))
        kind = str(made.get("SOPClassUID") or "")
        frames, rows, columns = (int(made[tag].value) for tag in ("NumberOfFrames", "Rows", "Columns"))
    except UNREADABLE:
        modality = _modality(content)
        if modality not in ("", "SEG"):
            raise _no(f"It is no segmentation but {modality}.", "Give the segmentation (SEG) itself.", where) from None
        raise _no("It is damaged or cut short.", "Copy or export it again.", where) from None
    _possible(made, kind, (frames, rows, columns), where)
    return content, made


def _modality(content: bytes) -> str:
    try:
        word = str(dcmread(BytesIO(content), stop_before_pixels=True, specific_tags=["Modality"]).get("Modality") or "")
    except UNREADABLE:
        return ""
    return word if word.isalnum() else ""


def _possible(made: Any, kind: str, shape: tuple[int, int, int], where: str) -> None:
    if kind not in (SEGMENTATION, LABEL_MAP):
        modality = str(made.get("Modality") or "")
        if modality == "SEG":
            raise _no("It is a kind of segmentation that is not read.", "Export it as binary or label map.", where)
        word = modality if modality.isalnum() else "another object"
        raise _no(f"It is no segmentation but {word}.", "Give the segmentation (SEG) itself.", where)
    if not 0 < shape[0] <= MOST_FRAMES or min(shape) < 1 or np.prod(shape, dtype=float) > 64 * float(MOST_VOXELS):
        raise _no("Its size is not possible.", "Export it again.", where)
    if str(made.file_meta.TransferSyntaxUID) in _PLAIN:
        bits = int(made.BitsAllocated)
        needed = (int(np.prod(shape, dtype=np.int64)) * bits + 7) // 8
        if len(made.get("PixelData") or b"") < needed:
            raise _no("It is damaged or cut short.", "Copy or export it again.", where)


def _segments(made: Any) -> Iterable[Segment]:
    for item in made.SegmentSequence:
        number = int(item.SegmentNumber)
        kind = code_in(item.get("SegmentedPropertyTypeCodeSequence"))
        if number == 0 or kind == Code("125040", "DCM", "Background"):
            continue
        if not 0 < number <= LARGEST_NUMBER:
            raise ValueError(number)
        label = " ".join(str(item.get("SegmentLabel") or "").split())[:64]
        shown = "".join(sign if sign.isprintable() else "?" for sign in label)
        yield Segment(number=number, label=shown, kind=kind, named=structure_of(shown, kind, _sides(item)))


def _sides(item: Any) -> list[Code]:
    """The side of a segment: a modifier of its type, of its region, or in newer objects the laterality."""
    types = item.get("SegmentedPropertyTypeCodeSequence") or ()
    regions = item.get("AnatomicRegionSequence") or ()
    sequences = [each.get("SegmentedPropertyTypeModifierCodeSequence") for each in types]
    sequences += [each.get("AnatomicRegionModifierSequence") for each in regions]
    return [code for code in map(code_in, sequences) if code is not None]


# --- where it lies ----------------------------------------------------------------------------------------------------


def _placed(made: Any, where: str) -> tuple[list[int | None], _Stack]:
    """The segment of each frame (none in a label map), and the stack that the frames make."""
    shared = (made.get("SharedFunctionalGroupsSequence") or [Dataset()])[0]
    groups: Sequence[Any] = made.get("PerFrameFunctionalGroupsSequence") or ()
    if len(groups) != int(made.NumberOfFrames):
        raise _no("Its frames and their descriptions differ in number.", "Export it again.", where)
    if not str(made.get("FrameOfReferenceUID") or ""):
        raise _no("It names no frame of reference, so it lies in no patient.", "Export it from the series.", where)
    places = [_item(group, shared, "PlanePositionSequence") for group in groups]
    if any(place is None or not place.get("ImagePositionPatient") for place in places):
        raise _no("A frame has no position in the patient.", "Export it from the series.", where)
    positions = np.array([[float(part) for part in place.ImagePositionPatient] for place in places])
    turns = [_item(group, shared, "PlaneOrientationSequence").ImageOrientationPatient for group in groups]
    turned = np.array([[float(part) for part in turn] for turn in turns])
    measures = [_item(group, shared, "PixelMeasuresSequence") for group in groups]
    spacing = np.array([[float(part) for part in measure.PixelSpacing] for measure in measures])
    if not all(np.isfinite(each).all() for each in (positions, turned, spacing)) or spacing.min() <= 0:
        raise _no("A frame has an impossible position.", "Export it again.", where)
    if np.ptp(turned, axis=0).max() > SAME_DIRECTION or np.ptp(spacing, axis=0).max() > SAME_DIRECTION:
        raise _no("Its frames differ in orientation or size.", "Export one stack at a time.", where)
    numbers = [None if _is_label_map(made) else _segment_number(group, shared) for group in groups]
    return numbers, _stack(made, positions, turned[0], spacing[0], measures[0], where)


def _item(group: Any, shared: Any, name: str) -> Any:
    sequence = group.get(name) or shared.get(name)
    return sequence[0] if sequence else None


def _segment_number(group: Any, shared: Any) -> int:
    return int(_item(group, shared, "SegmentIdentificationSequence").ReferencedSegmentNumber)


def _is_label_map(made: Any) -> bool:
    return str(made.get("SegmentationType") or "") == "LABELMAP"


def _stack(
    made: Any,
    positions: NDArray[np.float64],
    turned: NDArray[np.float64],
    spacing: NDArray[np.float64],
    measure: Any,
    where: str,
) -> _Stack:
    row, column = turned[:3], turned[3:]
    normal = np.cross(row, column)
    if abs(np.linalg.norm(normal) - 1.0) > SAME_DIRECTION:
        raise _no("Rows and columns are not at right angles.", "Export it again.", where)
    along = (positions - positions[0]) @ normal
    aside = np.linalg.norm(positions - positions[0] - np.outer(along, normal), axis=1)
    step = _step(along, measure)
    if aside.max() > max(TILT * float(np.ptp(along)), 0.1):
        raise _no("Its frames do not lie in one straight stack.", "Ask for a series without tilt.", where)
    at = (along - along.min()) / step
    slices = np.rint(at).astype(np.int64)
    if np.abs(at - slices).max() > _OFF_LATTICE * max(1.0, slices.max() / 20):
        raise _no("Its frames are unevenly spaced.", "Export it on the series it was drawn on.", where)
    shape = (int(slices.max()) + 1, int(made.Rows), int(made.Columns))
    if np.prod(shape, dtype=float) > MOST_VOXELS:
        raise _no("Its frames lie too far apart to be one scan.", "Export it again.", where)
    affine = np.eye(4)
    affine[:3, 0] = normal * step
    affine[:3, 1] = column * spacing[0]
    affine[:3, 2] = row * spacing[1]
    affine[:3, 3] = positions[int(np.argmin(along))]
    return _Stack(grid=Grid(shape=shape, affine=affine), slices=tuple(slices.tolist()))


def _step(along: NDArray[np.float64], measure: Any) -> float:
    """The distance between slices, mm: as stated, if the frames lie on such a lattice, else their smallest distance.

    Frames of a sparse segmentation may lie several slices apart; a step that is too small does no harm.
    """
    apart = np.diff(np.unique(np.round(along, 3)))
    apart = apart[apart > 0.01]
    for name in ("SpacingBetweenSlices", "SliceThickness"):
        stated = abs(float(measure.get(name) or 0.0))
        if stated > 0.01 and np.isfinite(stated):
            steps = apart / stated
            if not steps.size or (np.abs(steps - np.rint(steps)).max() < _OFF_LATTICE and np.rint(steps).min() >= 1):
                return _sharpened(along, stated)
    if apart.size:
        return _sharpened(along, float(apart.min()))
    raise ValueError("the thickness of the one slice is not stated")


def _sharpened(along: NDArray[np.float64], step: float) -> float:
    """The step that fits the first and the last frame: a stated one is rounded, and errors add up along a stack."""
    span = float(np.ptp(along))
    count = round(span / step)
    return span / count if count else step


# --- voxels -----------------------------------------------------------------------------------------------------------


def _painted(
    made: Any, numbers: list[int | None], stack: _Stack, taken: frozenset[int], where: str
) -> tuple[NDArray[Any], tuple[tuple[int, int], ...]]:
    """The label map, and the pairs of segments that overlap."""
    frame_of = _decoder(made, where)
    kind = np.uint8 if max(taken) < 256 else np.uint16
    array = np.zeros(stack.grid.shape, dtype=kind)
    pairs: set[tuple[int, int]] = set()
    kept, described = _tables(made, taken, kind)
    for at in np.argsort([number or 0 for number in numbers], kind="stable"):
        number = numbers[at]
        page = array[stack.slices[at]]
        if number is None:
            drawn = frame_of(int(at))
            if not described[drawn].all():
                strange = int(drawn[~described[drawn]].min())
                raise _no(f"It holds a number without a segment: {strange}.", "Export it again.", where)
            np.maximum(page, kept[drawn], out=page)
        elif number in taken:
            held = frame_of(int(at)) != 0
            earlier = page[held]
            pairs |= {(int(other), number) for other in np.unique(earlier) if other not in (0, number)}
            page[held & (page == 0)] = number
    return array, tuple(sorted(pairs))


def _decoder(made: Any, where: str) -> Callable[[int], NDArray[Any]]:
    """A function that gives the stored values of one frame, fractional ones already cut at half."""
    from highdicom.seg import Segmentation

    try:
        opened: Any = Segmentation.from_dataset(made, copy=False)
        opened.get_stored_frame(1)
    except UNREADABLE:
        packing = str(made.file_meta.TransferSyntaxUID.name)
        raise _no(
            f"Its frames cannot be unpacked ({packing}).", "Export it uncompressed, little endian.", where
        ) from None
    cut = HALF * float(made.get("MaximumFractionalValue") or 1) if _is_fractional(made) else 0.0

    def frame_of(at: int) -> NDArray[Any]:
        stored = np.asarray(opened.get_stored_frame(at + 1))
        return stored >= cut if cut else stored

    return frame_of


def _is_fractional(made: Any) -> bool:
    return str(made.get("SegmentationType") or "") == "FRACTIONAL"


def _tables(made: Any, taken: frozenset[int], kind: type) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """For each number that a voxel of a label map may hold: what becomes of it, and whether anything describes it.

    Background and padding are described, and become nothing.
    """
    kept: NDArray[Any] = np.zeros(LARGEST_NUMBER + 1, dtype=kind)
    kept[sorted(taken)] = sorted(taken)
    described = np.zeros(LARGEST_NUMBER + 1, dtype=bool)
    described[[0, *(int(item.SegmentNumber) for item in made.SegmentSequence)]] = True
    described[int(made.get("PixelPaddingValue") or 0) & LARGEST_NUMBER] = True
    return kept, described


def _series(made: Any) -> str:
    """The one series that the segmentation says it was drawn on; empty if it names none or several."""
    named = {str(item.get("SeriesInstanceUID") or "") for item in made.get("ReferencedSeriesSequence") or ()}
    return named.pop() if len(named) == 1 else ""


def _said(made: Any, stack: _Stack, where: str) -> tuple[str, ...]:
    said = []
    if _is_fractional(made):
        said.append(f"{where}: a fractional segmentation, cut at half.")
    gaps = stack.grid.shape[0] - len(set(stack.slices))
    if gaps:
        words = (
            "1 slice between its frames has none and was"
            if gaps == 1
            else f"{gaps} slices between its frames have none and were"
        )
        said.append(f"{where}: {words} taken as empty.")
    return tuple(said)


def _no(message: str, remedy: str, where: str) -> RecordError:
    return RecordError(message, remedy=remedy, where=where)
