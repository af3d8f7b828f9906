"""What holds for every request and every answer: the host, other sites, the kind of body, and the headers."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enbloc.web.problem import Problem
from enbloc.web.services import Services

API = "/api/"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = SAFE - {"OPTIONS"} | {"POST", "PUT", "PATCH", "DELETE"}
BODIES = ("application/json", "application/octet-stream")
FRAMES = frozenset({"iframe", "frame", "object", "embed", "fencedframe"})

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
"""What comes from the API is data: opened by itself it runs nothing."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"

log = logging.getLogger("enbloc.web")


class Guard:
    """Stands before the application: refuses what no route should see, and finishes every answer."""

    def __init__(self, app: ASGIApp, *, services: Services) -> None:
        self._app, self._services = app, services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, status = time.perf_counter(), 500

        async def finished(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._head(scope, MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope, Headers(scope=scope))
        try:
            await (refusal.answer() if refusal else self._app)(scope, receive, finished)
        finally:
            _noted(scope, status, time.perf_counter() - began)
        return None

    def _head(self, scope: Scope, headers: MutableHeaders) -> None:
        is_data = scope["path"].startswith(API)
        for name, given in ALWAYS.items():
            headers[name] = given
        headers.setdefault("Content-Security-Policy", DATA_POLICY if is_data else PAGE_POLICY)
        headers.setdefault("Cache-Control", "no-store" if is_data else "no-cache")
        if self._services.is_behind_tls:
            headers["Strict-Transport-Security"] = HSTS

    def _refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        return next((problem for problem in self._problems(scope, headers)), None)

    def _problems(self, scope: Scope, headers: Headers) -> Iterator[Problem]:
        is_safe, is_data = scope["method"] in SAFE, scope["path"].startswith(API)
        if scope["method"] not in METHODS:
            yield Problem(405, "Method Not Allowed.", "See the API.")
        if not self._is_our_host(headers):
            yield Problem(
                421, "This server is not opened under that name.", "Use the address that it was started with."
            )
        if headers.get("sec-fetch-dest") in FRAMES:
            yield Problem(403, "This is not shown inside another page.", "Open it by itself.")
        if is_data and headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            yield Problem(403, "Another site may not ask this.", "Open enbloc itself.")
        if not is_safe and not self._is_own_page(scope, headers):
            yield Problem(403, "It is not clear that this comes from enbloc itself.", "Send 'X-Enbloc: 1'.")
        if not is_safe and not _has_known_body(headers):
            yield Problem(415, "The body is of an unknown kind.", f"Send it as {' or '.join(BODIES)}.")

    def _is_our_host(self, headers: Headers) -> bool:
        named = headers.getlist("host")
        if len(named) != 1:
            return False
        host, _, port = named[0].rpartition(":")
        name = host if host and port.isdigit() else named[0]
        return not self._services.hosts or name.casefold() in self._services.hosts

    def _is_own_page(self, scope: Scope, headers: Headers) -> bool:
        """Browsers say where a request comes from; what says nothing of it must be no browser's form."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        scheme = "https" if self._services.is_behind_tls else scope["scheme"]
        is_ours = origin == f"{scheme}://{headers.get('host', '')}"
        if site is not None:
            return site == "same-origin" or (site == "none" and is_ours)
        return is_ours if origin is not None else headers.get("x-enbloc") == "1"


def _has_known_body(headers: Headers) -> bool:
    kind = headers.get("content-type")
    if kind is None:
        return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return kind.partition(";")[0].strip().casefold() in BODIES


def _noted(scope: Scope, status: int, took_s: float) -> None:
    """A line of the log: never a path, a query or an address, for tokens and names stand there."""
    route = getattr(scope.get("route"), "path", "no such") if scope["path"].startswith(API) else "page"
    level = logging.WARNING if status in (401, 403, 421, 429) or status >= 500 else logging.INFO
    log.log(level, "method=%s route=%s status=%d ms=%d", scope["method"], route, status, round(1000 * took_s))
