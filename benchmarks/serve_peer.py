"""The same questions put to an Orthanc: a list of studies, and a search in it, with as many studies as time allows.

Orthanc is Debian's, on loopback, with a folder of its own and signed-in users. Its studies are of one tiny image each,
made with pydicom and sent through its REST interface.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import clients, free_port
from serve_clients import Client
from serve_record import HISTOLOGIES, LEVELS

PAGE = 50
SENDERS = 4
LOADING_S = 300.0
"""What was not sent by then is left out, and told."""
_USER, _PASSWORD = "bench", "a-password-of-the-bench"
_SIGNED_IN = {"Authorization": f"Basic {base64.b64encode(f'{_USER}:{_PASSWORD}'.encode()).decode()}"}


def program() -> str | None:
    """Where Orthanc is, if it is installed."""
    return shutil.which("Orthanc", path="/usr/sbin:/usr/bin:/usr/local/bin")


@dataclass(frozen=True)
class Peer:
    """What Orthanc took: milliseconds that 95 of 100 questions took at most, and how many studies it holds."""

    studies: int
    sent_per_s: float
    listed: dict[str, float]
    found: dict[str, float]
    errors: int
    faults: list[str]
    cpu_s: float


def measured(folder: Path, studies: int, seconds: float, at_once: int) -> Peer:
    """Fill an Orthanc and ask it, with the clients that ask ours."""
    with orthanc(folder) as port:
        began = time.monotonic()
        sent = asyncio.run(_filled(port, studies))
        took = time.monotonic() - began
        plan = {"port": port, "people": [_SIGNED_IN], "clients": at_once, "seconds": seconds}
        listed = clients({**plan, "mix": {"list": {"weight": 1, "asks": _lists(sent)}}})
        found = clients({**plan, "mix": {"search": {"weight": 1, "asks": _searches()}}})
    return Peer(
        studies=sent,
        sent_per_s=sent / took,
        listed=listed["kinds"]["list"],
        found=found["kinds"]["search"],
        errors=listed["errors"] + found["errors"],
        faults=[*listed["faults"], *found["faults"]],
        cpu_s=listed["cpu_s"] + found["cpu_s"],
    )


def _lists(studies: int) -> list[list[str]]:
    """Pages of the list of studies, with what stands in each line: most often the first, as with ours."""
    last = max(0, studies - PAGE)
    starts = [0] * 10 + [random.Random(1).randint(0, last) for _ in range(10)]
    return [["GET", f"/studies?since={since}&limit={PAGE}&expand"] for since in starts]


def _searches() -> list[list[str]]:
    words = [*HISTOLOGIES, *LEVELS]
    return [["POST", "/tools/find", json.dumps(_query(word))] for word in words]


def _query(word: str) -> dict[str, Any]:
    return {"Level": "Study", "Limit": PAGE, "Expand": True, "Query": {"StudyDescription": f"*{word}*"}}


@contextmanager
def orthanc(folder: Path) -> Iterator[int]:
    """An Orthanc of our own; its port."""
    port, path = free_port(), program()
    assert path is not None
    folder.mkdir()
    settings = {
        "Name": "bench",
        "StorageDirectory": str(folder),
        "IndexDirectory": str(folder),
        "HttpPort": port,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": True,
        "RegisteredUsers": {_USER: _PASSWORD},
        "DicomServerEnabled": False,
        "KeepAlive": True,
        "TcpNoDelay": True,
        "HttpThreadsCount": 50,
        "MaximumStorageSize": 0,
        "Plugins": [],
    }
    told = folder / "orthanc.json"
    told.write_text(json.dumps(settings), encoding="utf-8")
    process = subprocess.Popen([path, str(told)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_answers(port))
        yield port
    finally:
        process.terminate()
        process.wait()


async def _answers(port: int) -> None:
    for _ in range(300):
        client = Client(port, _SIGNED_IN)
        try:
            if (await client.ask("GET", "/system")).status == 200:
                return
        except OSError:
            await asyncio.sleep(0.1)
        finally:
            client.close()
    raise SystemExit("Orthanc does not answer")


async def _filled(port: int, studies: int) -> int:
    """Send the studies, each over whichever connection is free; how many were taken in the time there was."""
    made, ends, sent = _studies(studies), time.monotonic() + LOADING_S, 0

    async def send() -> None:
        nonlocal sent
        client = Client(port, _SIGNED_IN)
        for image in made:
            answer = await client.ask("POST", "/instances", image, Content_Type="application/dicom")
            if answer.status != 200:
                raise SystemExit(f"Orthanc took no study: {answer.status}")
            sent += 1
            if time.monotonic() > ends:
                break
        client.close()

    await asyncio.gather(*(send() for _ in range(SENDERS)))
    return sent


def _studies(count: int) -> Iterator[bytes]:
    """One image for each study: the same one, with who, when and what written over."""
    chance, image = random.Random(7), _image()
    for number in range(count):
        day = f"{chance.randint(2015, 2026)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        what = f"{chance.choice(LEVELS)} {chance.choice(HISTOLOGIES)}"[:_WIDE].ljust(_WIDE)
        yield (
            image.replace(b"10000000", f"{10000000 + number}".encode())
            .replace(b"19000101", day.encode())
            .replace(_WHAT.encode(), what.encode())
        )


_WIDE = 40
_WHAT = "#" * _WIDE


def _image() -> bytes:
    import numpy as np
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

    made = Dataset()
    made.PatientName, made.PatientID = "PATIENT^10000000", "P10000000"
    made.StudyInstanceUID, made.SeriesInstanceUID = "1.2.3.10000000.1", "1.2.3.10000000.2"
    made.SOPInstanceUID, made.SOPClassUID = "1.2.3.10000000.3", CTImageStorage
    made.StudyDate, made.StudyDescription, made.AccessionNumber = "19000101", _WHAT, "A10000000"
    made.Modality, made.StudyID = "CT", "1"
    made.Rows = made.Columns = 4
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 16, 15, 0
    made.PixelData = np.zeros((4, 4), np.uint16).tobytes()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    out = io.BytesIO()
    made.save_as(out, enforce_file_format=True)
    return out.getvalue()
