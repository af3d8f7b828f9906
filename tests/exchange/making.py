"""Small images, DICOM slices and case folders to read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from enbloc.case.image import Grid
from enbloc.exchange import nifti

GRID = Grid(
    shape=(4, 5, 6),
    affine=np.array([[0, 0, 1.0, -10], [0, 1.5, 0, 20], [2.0, 0, 0, -300], [0, 0, 0, 1]]),
)
RECORD = """\
schema: enbloc/case/1
id: x
images:
  ct: {file: images/ct.nii.gz, modality: CT}
labels:
  tumour: {file: labels/tumour.nii.gz, on: ct, structures: {1: tumour A}}
lesions:
  - {id: A}
"""


def scan() -> NDArray[np.int16]:
    return np.arange(-60, 60, dtype=np.int16).reshape(GRID.shape)


def labels() -> NDArray[np.uint8]:
    drawn = np.zeros(GRID.shape, dtype=np.uint8)
    drawn[1:3, 2, 3:5] = 1
    return drawn


def case_folder(path: Path, record: str = RECORD) -> Path:
    """A case folder in which nothing is wrong."""
    for name in ("images", "labels"):
        (path / name).mkdir(parents=True)
    nifti.write(path / "images/ct.nii.gz", scan(), GRID)
    nifti.write(path / "labels/tumour.nii.gz", labels(), GRID)
    (path / "case.yaml").write_text(record, encoding="utf-8")
    return path


def slice_of(at: int, **changes: Any) -> Dataset:
    """One axial CT slice of 4 × 5 voxels, 2 mm above the one before."""
    meta: Any = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = f"1.2.3.{at + 1}"
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made: Any = Dataset()
    made.file_meta = meta
    made.SOPClassUID = CTImageStorage
    made.SOPInstanceUID = f"1.2.3.{at + 1}"
    made.SeriesInstanceUID = "1.2.3"
    made.SeriesNumber = 4
    made.FrameOfReferenceUID = "1.2.9"
    made.Modality = "CT"
    made.PatientID = "4711"
    made.PatientName = "Mustermann^Erika"
    made.PatientBirthDate = "19650203"
    made.SeriesDate = "20261118"
    made.Rows, made.Columns = 4, 5
    made.SamplesPerPixel = 1
    made.PhotometricInterpretation = "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
    made.PixelSpacing = [0.5, 0.75]
    made.ImagePositionPatient = [-1.0, -2.0, 2.0 * at]
    made.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    made.RescaleSlope, made.RescaleIntercept = 1, -1024
    made.PixelData = (np.arange(20, dtype=np.uint16) + 100 * at).tobytes()
    for name, item in changes.items():
        setattr(made, name, item)
    return cast(Dataset, made)


def as_bytes(made: Dataset) -> bytes:
    out = io.BytesIO()
    made.save_as(out, enforce_file_format=True)
    return out.getvalue()


def series(path: Path, slices: Iterable[Dataset]) -> Path:
    """A folder of DICOM objects without extensions."""
    path.mkdir(parents=True, exist_ok=True)
    for at, made in enumerate(slices):
        # Names that sort in another order than the positions.
        (path / f"IM{97 - at:04d}").write_bytes(as_bytes(made))
    return path


def zipped(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return path
