"""Label maps out as DICOM segmentations through highdicom: a label map object, or binary frames for older viewers."""

from __future__ import annotations

import hashlib
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian, RLELossless, generate_uid

from enbloc import __version__
from enbloc.case.anatomy import Structure, StructureKind
from enbloc.case.image import Grid, LabelMap
from enbloc.errors import RecordError
from enbloc.exchange.archive import bundle
from enbloc.exchange.dicom import UNREADABLE
from enbloc.exchange.images import present_ids
from enbloc.exchange.seg_codes import SIDES, code_of

MIDNIGHT = "000000"
_EMPTY_IF_ABSENT = (
    "PatientID", "PatientName", "PatientBirthDate", "PatientSex", "StudyID", "StudyDate", "StudyTime",
    "AccessionNumber", "ReferringPhysicianName", "PositionReferenceIndicator",
)  # fmt: skip


def write_seg(path: Path, labels: LabelMap, series: Path, *, binary: bool = False, by: str = "") -> str:
    """Write a label map as a DICOM segmentation of the series that it was drawn on; its hash.

    ``series`` is the folder or zip of the DICOM slices; ``by`` names who or what drew the labels. A label map object
    (Supplement 243) packed by run lengths is smallest; ``binary`` writes one bit a voxel, a frame a segment, for
    viewers that know no other. The patient's name and number are those of the series, as DICOM demands: the file is as
    confidential as the scan. The same labels on the same series give the same bytes.

    Raises
    ------
    RecordError
        If the image is no DICOM series, the labels lie on another grid, or none of them is set.
    OSError
        If the file cannot be written.
    """
    if series.is_file() and series.suffix.lower() != ".zip":
        raise RecordError(
            "A DICOM segmentation refers to the slices it was drawn on, and this image is no DICOM series.",
            remedy="Name the folder or zip of the original slices, or write the labels as NIfTI.",
            where=series.name,
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        slices = _slices(series)
        array, numbers = _drawn(labels, _grid(slices, series.name), series.name, binary=binary)
        try:
            made = _made(slices, labels, array, numbers, binary=binary, by=by)
        except UNREADABLE:
            raise RecordError(
                "Its slices lack what a segmentation must repeat of them.",
                remedy="Use the series as the scanner sent it.",
                where=series.name,
            ) from None
        _timeless(made, slices[0])
        out = BytesIO()
        made.save_as(out, enforce_file_format=True)
    path.write_bytes(out.getvalue())
    return hashlib.sha256(out.getvalue()).hexdigest()


# --- the series -------------------------------------------------------------------------------------------------------


def _slices(series: Path) -> list[Any]:
    """The headers of the one CT or MR series, from one end to the other in the order of ``dicom.read_series``."""
    found: dict[str, Any] = {}
    with bundle(series, where=series.name) as files:
        for name in files.names:
            try:
                header: Any = dcmread(BytesIO(files.content(name)), stop_before_pixels=True)
                if header.Modality in ("CT", "MR") and header.ImagePositionPatient and header.ImageOrientationPatient:
                    found.setdefault(str(header.SOPInstanceUID), header)
            except UNREADABLE:
                continue
    if "" in found:
        raise RecordError(
            "Its slices have no identifiers (they were taken out), so that nothing can refer to them.",
            remedy="Use the series as the scanner sent it, or write the labels as NIfTI.",
            where=series.name,
        )
    if len({str(each.get("SeriesInstanceUID")) for each in found.values()}) != 1:
        raise RecordError("It holds no single CT or MR series.", remedy="Name the folder of one.", where=series.name)
    headers = list(found.values())
    turn = [float(part) for part in headers[0].ImageOrientationPatient]
    normal = np.cross(turn[:3], turn[3:])
    headers.sort(key=lambda each: float(np.dot([float(part) for part in each.ImagePositionPatient], normal)))
    for header in headers:
        for tag in _EMPTY_IF_ABSENT:
            if tag not in header:
                setattr(header, tag, "")
        if not header.get("SpecificCharacterSet", "plain"):
            del header.SpecificCharacterSet  # there but empty: plain ASCII, which highdicom takes for an unknown one
    return headers


def _grid(slices: list[Any], where: str) -> Grid:
    first, last = slices[0], slices[-1]
    if len(slices) < 2:
        raise RecordError("One slice is no volume.", remedy="Give the whole series.", where=where)
    turn = np.array([float(part) for part in first.ImageOrientationPatient])
    spacing = [float(part) for part in first.PixelSpacing]
    start, end = (np.array([float(part) for part in each.ImagePositionPatient]) for each in (first, last))
    affine = np.eye(4)
    affine[:3, 0] = (end - start) / (len(slices) - 1)
    affine[:3, 1] = turn[3:] * spacing[0]
    affine[:3, 2] = turn[:3] * spacing[1]
    affine[:3, 3] = start
    return Grid(shape=(len(slices), int(first.Rows), int(first.Columns)), affine=affine)


def _drawn(labels: LabelMap, grid: Grid, where: str, *, binary: bool) -> tuple[NDArray[Any], dict[int, int]]:
    """The labels that have a name, and the number of each as a segment: its own, or 1, 2 … in a binary object."""
    if not labels.grid.is_same_as(grid):
        raise RecordError("The labels lie on another grid than the series.", remedy="Name its own series.", where=where)
    held = [id for id in present_ids(labels.labels) if id in labels.names]
    if not held:
        raise RecordError("No label is set.", remedy="Draw one.", where=labels.document or where)
    numbers = {id: at if binary else id for at, id in enumerate(held, start=1)}
    table = np.zeros(int(labels.labels.max()) + 1, dtype=np.uint8 if max(numbers.values()) < 256 else np.uint16)
    for id, number in numbers.items():
        table[id] = number
    return table[labels.labels], numbers


# --- the object -------------------------------------------------------------------------------------------------------


def _made(
    slices: list[Any], labels: LabelMap, array: NDArray[Any], numbers: dict[int, int], *, binary: bool, by: str
) -> Any:
    from highdicom import PixelMeasuresSequence
    from highdicom.seg import Segmentation, SegmentationTypeValues

    seed = hashlib.sha256(array.tobytes() + repr([str(labels.names[id]) for id in numbers]).encode()).hexdigest()
    seed += str(slices[0].SeriesInstanceUID) + str(binary)
    a, b, c = labels.grid.spacing_mm
    for header in slices:
        if not header.get("SliceThickness"):
            header.SliceThickness = a
    return Segmentation(
        source_images=slices,
        pixel_array=array,
        segmentation_type=SegmentationTypeValues.BINARY if binary else SegmentationTypeValues.LABELMAP,
        segment_descriptions=[_description(number, labels.names[id], by) for id, number in numbers.items()],
        series_instance_uid=generate_uid(entropy_srcs=[seed, "series"]),
        series_number=900,
        sop_instance_uid=generate_uid(entropy_srcs=[seed, "object"]),
        instance_number=1,
        manufacturer="enbloc",
        manufacturer_model_name="enbloc",
        software_versions=__version__,
        device_serial_number="none",
        transfer_syntax_uid=ExplicitVRLittleEndian if binary else RLELossless,
        pixel_measures=PixelMeasuresSequence(pixel_spacing=(b, c), slice_thickness=a, spacing_between_slices=a),
        # Every slice has a frame in a label map, so that no reader guesses what a missing one means.
        omit_empty_frames=binary,
        content_label="ENBLOC",
        content_description="Label map, not for primary diagnosis",
    )


def _description(number: int, named: Structure, by: str) -> Any:
    from highdicom import AlgorithmIdentificationSequence
    from highdicom.seg import SegmentAlgorithmTypeValues, SegmentDescription

    is_tumour = named.kind is StructureKind.TUMOUR
    made = SegmentDescription(
        segment_number=number,
        segment_label=str(named),
        segmented_property_category=codes.SCT.MorphologicallyAbnormalStructure
        if is_tumour
        else codes.SCT.AnatomicalStructure,
        segmented_property_type=code_of(named),
        algorithm_type=SegmentAlgorithmTypeValues.SEMIAUTOMATIC,
        algorithm_identification=AlgorithmIdentificationSequence(
            name=by[:64] or "not stated", family=codes.cid7162.ManualProcessing, version=__version__
        ),
    )
    if named.side is not None:
        side = SIDES[named.side]
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = side.value, side.scheme_designator, side.meaning
        made.SegmentedPropertyTypeCodeSequence[0].SegmentedPropertyTypeModifierCodeSequence = [item]
    return made


def _timeless(made: Any, first: Any) -> None:
    """No clock and no chance in the object: dates of the series, identifiers from what it holds."""
    day = str(first.get("SeriesDate") or first.get("StudyDate") or "19000101")
    made.InstanceCreationDate = made.ContentDate = day
    made.InstanceCreationTime = made.ContentTime = MIDNIGHT
    made.SeriesDate, made.SeriesTime = day, MIDNIGHT
    for item in made.get("ContributingEquipmentSequence") or ():
        item.pop("ContributionDateTime", None)
    dimension = generate_uid(entropy_srcs=[str(made.SOPInstanceUID), "dimension"])
    for item in made.get("DimensionOrganizationSequence") or ():
        item.DimensionOrganizationUID = dimension
    for item in made.get("DimensionIndexSequence") or ():
        item.DimensionOrganizationUID = dimension
