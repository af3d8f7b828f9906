"""The pixels of one DICOM slice, whatever they are packed in."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread

from enbloc.errors import BackendError, RecordError

_UNPACKABLE = (
    struct.error,
    zlib.error,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    NotImplementedError,
    OverflowError,
    EOFError,
    OSError,
    RuntimeError,
    AssertionError,
)


def pixels(content: bytes, *, where: str) -> NDArray[Any]:
    """The stored values of one slice, shape (rows, columns), before any rescale.

    Raises
    ------
    RecordError
        If they are cut short.
    BackendError
        If neither pydicom nor SimpleITK can unpack them.
    """
    packed = False
    try:
        read = dcmread(BytesIO(content))
        packed = bool(read.file_meta.TransferSyntaxUID.is_compressed)
        return np.asarray(read.pixel_array)
    except _UNPACKABLE:
        if packed:
            return _through_itk(content, where)
        # Never through SimpleITK: it fills what is missing with nothing and keeps silent.
        raise RecordError("A slice is cut short.", remedy="Export the series again.", where=where) from None


def _through_itk(content: bytes, where: str) -> NDArray[Any]:
    """GDCM knows packings that pydicom has no plug-in for (lossless JPEG); it takes files only, and rescales."""
    import SimpleITK

    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    with TemporaryDirectory(prefix="enbloc-") as scratch:
        file = Path(scratch) / "slice.dcm"
        file.write_bytes(content)
        try:
            scaled = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(file), imageIO="GDCMImageIO"))
            header = dcmread(BytesIO(content), stop_before_pixels=True)
            slope = float(header.get("RescaleSlope") or 1.0)
            stored = np.rint((scaled[0] - float(header.get("RescaleIntercept") or 0.0)) / slope)
        except _UNPACKABLE:
            raise BackendError(
                "The pixels of a slice cannot be unpacked here, or are cut short.",
                remedy="Export the series uncompressed.",
                where=where,
            ) from None
    return np.asarray(stored, dtype=np.int32)
