"""A case worked up for its page: the page, its pictures and its documents, as files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from enbloc.case.case import Case
from enbloc.case.finding import Findings, SourceKind
from enbloc.web.listing import measured
from enbloc.web.working.order import HandedBack, Made

OUTLINE = "the outline of the tumour, drawn on one of its scans"
SCAN = "a scan that is not an earlier one"
STORY = "a scan, or a lesion in its story"
PAGE = "page.json"
PICTURES = "pictures/"
_KINDS = {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".glb": "model/gltf-binary",
    ".stl": "model/stl",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
}
_PACKED = (".json", ".html", ".svg", ".stl", ".glb", ".csv")
"""What gets much smaller, and what browsers unpack themselves."""


def worked_up(case: Case, folder: Path, out: Path, said: Callable[[str], None]) -> HandedBack:
    """Work the case in this folder up, and write what its page needs to ``out``.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    from enbloc.exchange.images import lacking, read_images
    from enbloc.present.worklist import in_a_line
    from enbloc.workup import publish, work_up

    said("reading the images")
    images = read_images(folder, case, needs_tumour=False)
    if lacking(case, images):
        return HandedBack(waits=OUTLINE if images.volumes else SCAN if case.images else STORY)
    result = work_up(case, images, said=said)
    publish(result, images, out, with_page=True, said=said)
    page = json.loads((out / PAGE).read_bytes())
    names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    made = {name: _packed(out, name) for name in names if not name.startswith(".")}
    return HandedBack(
        page=made.pop(PAGE),
        pictures=tuple(one for name, one in made.items() if name.startswith(PICTURES)),
        documents=tuple(one for name, one in made.items() if not name.startswith(PICTURES)),
        labels_sha256=page["labels_sha256"],
        level_sha256=page["level_sha256"],
        measured=tuple(_measured(result.findings)),
        fingerprint=page["report"]["fingerprint"],
        line=asdict(in_a_line(result)),
    )


def _packed(out: Path, name: str) -> Made:
    """One file, packed in its place where that helps; the same content gives the same bytes."""
    file, ending = out / name, Path(name).suffix
    is_gzipped = ending in _PACKED
    if is_gzipped:
        file.write_bytes(gzip.compress(file.read_bytes(), 6, mtime=0))
    public = name.removeprefix(PICTURES) if name.startswith(PICTURES) else name
    kind = _KINDS.get(ending, "application/octet-stream")
    return Made(name=public, file=name, media_type=kind, is_gzipped=is_gzipped)


def _measured(findings: Findings) -> list[str]:
    """What was read out of images, also where a person overruled it."""
    return sorted(
        measured(one.fact, one.about)
        for one in findings.found
        if SourceKind.MEASURED in (one.source.kind, one.overruled.source.kind if one.overruled else None)
    )
