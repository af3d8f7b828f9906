"""What a work-up left in the record: its page, pictures and documents by the names that people ask for."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from enbloc.exchange.document import from_json
from enbloc.value import value

if TYPE_CHECKING:
    from enbloc.record import UnitOfWork

KIND, PAGE, PICTURE, DOCUMENT = "listing", "page", "picture", "document"
"""The kinds of results."""


@value
class Held:
    """A file of the record, and what it is."""

    sha256: str
    media_type: str
    is_gzipped: bool = False


@value
class Listing:
    """Everything that one work-up of a ``version`` of a case left.

    ``measured`` are the facts that it read out of images, each with what it is about; ``fingerprint`` is that of the
    result, as it is printed on every page of it.
    """

    version: int
    page: Held
    pictures: Mapping[str, Held] = field(default_factory=dict)
    documents: Mapping[str, Held] = field(default_factory=dict)
    labels_sha256: str = ""
    level_sha256: str = ""
    measured: tuple[str, ...] = ()
    fingerprint: str = ""


def latest(work: UnitOfWork, case_id: str) -> Listing | None:
    """The listing of the latest work-up of a case; nothing if it was never worked up."""
    found = work.latest_content(case_id, KIND)
    return _read(found) if found is not None else None


def content_of(work: UnitOfWork, case_id: str, held: Held) -> bytes:
    """A file of a result as it was written, unpacked."""
    content = work.read_file(case_id, held.sha256)
    return gzip.decompress(content) if held.is_gzipped else content


@lru_cache(maxsize=256)
def _read(content: bytes) -> Listing:
    """The same text is the same listing, and pages ask for it with every picture."""
    return from_json(Listing, content.decode())


def measured(fact: str, about: str) -> str:
    """A fact with what it is about, as one word.

    Examples
    --------
    >>> measured("lesion.volume", "A")
    'lesion.volume-A'
    """
    return f"{fact}-{about}"
