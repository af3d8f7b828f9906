"""What is kept of an image's origin when it is imported: hashes and counts, nothing that names a patient."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from enbloc.errors import RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.value import value

SUFFIX = ".receipt.json"


@value
class Receipt:
    """Where an imported image came from; it lies beside the image, and holds as long as the hash fits."""

    file: str  # the image, named from the case folder
    sha256: str  # of the image
    source: str  # "DICOM" or "NIfTI"
    source_sha256: str  # of the slices in their order, or of the file
    slices: int = 0
    identity: str = ""  # salted hash of the patient; empty if the source names nobody
    frame: str = ""  # hash of the frame of reference; empty if not stated
    series: str = ""  # hash of the series; of a segmentation, of the series that it was drawn on
    said: tuple[str, ...] = ()
    schema: Literal["enbloc/receipt/1"] = "enbloc/receipt/1"


def beside(file: str) -> str:
    """The name of the receipt of an image.

    Examples
    --------
    >>> beside("images/ct.nii.gz")
    'images/ct.receipt.json'
    """
    return file.removesuffix(".gz").removesuffix(".nii") + SUFFIX


def receipt_of(folder: Path, file: str) -> Receipt | None:
    """The receipt of an image of a case folder, or nothing if there is none.

    Raises
    ------
    RecordError
        If it is there and cannot be read.
    """
    path = folder / beside(file)
    if not path.is_file():
        return None
    try:
        return from_json(Receipt, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RecordError):
        raise RecordError(
            "It is no receipt that can be read.", remedy="Import the image again.", where=beside(file)
        ) from None


def short_hash(uid: str) -> str:
    """What is kept of a frame or series: enough to tell two apart; nothing of nothing.

    Examples
    --------
    >>> len(short_hash("1.2.3")), short_hash("")
    (16, '')
    """
    return hashlib.sha256(uid.encode()).hexdigest()[:16] if uid else ""


def text_of(receipt: Receipt) -> str:
    """The receipt as JSON."""
    return to_json(receipt)
