"""The built front end: its files, and its first page for every address that the pages themselves read."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from fastapi import APIRouter, Request, Response

from enbloc.value import value
from enbloc.web.problem import Problem, no_such
from enbloc.web.services import Given

pages = APIRouter(include_in_schema=False)
FIRST = "index.html"
ASSETS = "assets/"
"""What lies here has its content in its name."""
FOREVER = "public, max-age=31536000, immutable"
_KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
_PACKED = (".html", ".js", ".mjs", ".css", ".svg", ".json", ".webmanifest", ".txt", ".wasm")


@value
class Page:
    """A file as it is sent."""

    kind: str
    plain: bytes
    packed: bytes | None
    digest: str


@pages.get("/{path:path}")
def page(path: str, request: Request, services: Given) -> Response:
    """A file of the front end, or its first page."""
    if path.startswith("api/") or path == "api":
        raise no_such("address in the API")
    found = _file(services.pages, path)
    if found is None and path.startswith(ASSETS):
        raise no_such("file")
    sent = found or _file(services.pages, FIRST)
    if sent is None:
        raise Problem(503, "The pages are not built.", "Run 'make pages' in a checkout, or install the wheel.")
    return _answer(sent, request, is_forever=found is not None and path.startswith(ASSETS))


def _answer(sent: Page, request: Request, *, is_forever: bool) -> Response:
    headers = {"ETag": f'"{sent.digest}"', "Vary": "Accept-Encoding"}
    headers["Cache-Control"] = FOREVER if is_forever else "no-cache"
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if sent.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(sent.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=sent.kind)
    return Response(sent.plain, headers=headers, media_type=sent.kind)


def _file(home: Path, path: str) -> Page | None:
    """The file under this path; only what is listed there is ever opened."""
    if not path or "\0" in path or ".." in path.split("/"):
        return None
    file = home / path
    if not file.is_relative_to(home) or not file.is_file() or file.is_symlink():
        return None
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _read(file: Path, _changed: int) -> Page:
    plain = file.read_bytes()
    kind = _KINDS.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, 9, mtime=0) if file.suffix in _PACKED else None
    return Page(kind=kind, plain=plain, packed=packed, digest=hashlib.sha256(plain).hexdigest()[:32])
