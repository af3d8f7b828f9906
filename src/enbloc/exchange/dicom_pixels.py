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

from enbloc.errors import BackendError

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
    BackendError
        If neither pydicom nor SimpleITK can unpack them.
    """
    try:
        return np.asarray(dcmread(BytesIO(content)).pixel_array)
    except _UNPACKABLE:
        return _through_itk(content, where)


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
