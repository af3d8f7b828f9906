"""What a worker is asked for, and what it hands back; both lie in its folder as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from enbloc.value import value

ORDER = "order.json"
DOCUMENT = "case.json"
CASE = "case"
UPLOADS = "uploads"
OUT = "out"
HANDED_BACK = "handed-back.json"


@value
class Caps:
    """How much one job may use: memory and the size of a file in bytes, seconds of computing and of waiting."""

    memory_bytes: int = 6 * 2**30
    computing_s: int = 1800
    waiting_s: int = 3600
    file_bytes: int = 4 * 2**30


@value
class Upload:
    """A file that somebody brought: where it lies, and what they said of it (as for ``enbloc import``)."""

    file: str
    role: str | None = None
    scheme: str | None = None
    on: str | None = None
    tumour: str | None = None


@value
class Order:
    """One job. ``kind`` is ``intake``, ``phantom`` (make the demo patient ``patient``) or ``work_up``.

    ``brought_by`` is the printed name of who brought the uploads.
    """

    kind: str
    caps: Caps = Caps()
    uploads: tuple[Upload, ...] = ()
    brought_by: str = ""
    patient: str = ""


@value
class Made:
    """A file that a job made for the page of a case: its public name, and where it lies in ``out``."""

    name: str
    file: str
    media_type: str
    is_gzipped: bool = False


@value
class HandedBack:
    """What a job ends with.

    An intake hands back the new document of the case and the ``files`` it names; a work-up the page, its pictures and
    its documents, the hashes that a confirmation names, what was ``measured`` (each fact with what it is about), the
    ``fingerprint`` of the result, and ``line``, the words of the case in the worklist. ``waits`` is what must be
    brought before it can be worked up: then there is no page. ``said`` is what was done, in lines.
    """

    document: str = ""
    files: tuple[str, ...] = ()
    page: Made | None = None
    pictures: tuple[Made, ...] = ()
    documents: tuple[Made, ...] = ()
    labels_sha256: str = ""
    level_sha256: str = ""
    measured: tuple[str, ...] = ()
    fingerprint: str = ""
    line: Mapping[str, str | int] = field(default_factory=dict)
    waits: str = ""
    said: tuple[str, ...] = ()
