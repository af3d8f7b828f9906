"""A person at a browser of their own; what goes wrong in it is kept, and fails the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TypedDict

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, expect

Scheme = Literal["light", "dark"]
CLINIC = (1366, 768)
PATIENCE_MS = 30_000  # a shared machine is slow at times; nothing is asserted of it
_ANSWER_SEEN = "Failed to load resource"  # the browser's own line for an answer that is kept below, with its address
_READ = "GPU stall due to ReadPixels"  # a screenshot of what WebGL draws in software; the page reads nothing back
_LEFT = ("net::ERR_ABORTED",)  # the page turned away from what it no longer needs


class Screen(TypedDict, total=False):
    """How large the screen is, and how it is set."""

    scheme: Scheme
    size: tuple[int, int]
    zoom: float


class Visitor:
    """One browser with its own cookies and storage, and the page that is open in it."""

    def __init__(self, browser: Browser, home: str, screen: Screen | None = None, cookies: Sequence[Any] = ()) -> None:
        asked = screen or {}
        width, height = asked.get("size", CLINIC)
        self.home, self.faults = home, list[str]()
        self._awaited: set[int] = set()
        self._is_cut_off = False
        self.context = browser.new_context(
            base_url=home,
            viewport={"width": width, "height": height},
            device_scale_factor=asked.get("zoom", 1),
            color_scheme=asked.get("scheme", "light"),
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.context.add_cookies(list(cookies))
        self.page = self.open()

    def open(self) -> Page:
        """Another tab."""
        page = self.context.new_page()
        page.on("console", self._said)
        page.on("pageerror", self._broke)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        page.on("dialog", lambda asked: asked.accept())  # leave the page, discard: yes
        return page

    def go(self, path: str) -> Page:
        """Open a page of the site, and come back when it is drawn."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until nothing is on its way to the page any more."""
        expect(self.page.locator("#page > *").first).to_be_attached()
        expect(self.page.locator(".waiting")).to_have_count(0)
        self.page.evaluate("() => document.fonts.ready.then(() => true)")

    @contextmanager
    def refused(self, *statuses: int) -> Iterator[None]:
        """What the server is meant to refuse meanwhile is no fault."""
        self._awaited |= set(statuses)
        yield
        self.page.wait_for_timeout(50)  # the events of what was asked last
        self._awaited -= set(statuses)

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Requests that do not arrive meanwhile are no fault."""
        self._is_cut_off = True
        yield
        self._is_cut_off = False

    def close(self) -> None:
        self.context.close()

    def _said(self, message: ConsoleMessage) -> None:
        if self._is_cut_off or _READ in message.text:
            return
        if message.type in ("error", "warning") and not message.text.startswith(_ANSWER_SEEN):
            self.faults.append(f"console: {message.text}")

    def _broke(self, error: Error) -> None:
        self.faults.append(f"the page broke: {error.message}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._awaited and not _is_answer(response):
            self.faults.append(f"{response.status} for {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        if not self._is_cut_off and request.failure not in _LEFT:
            self.faults.append(f"{request.failure} for {request.method} {request.url}")


def _is_answer(response: Response) -> bool:
    """Whether a refusal is what the page asked to know: that nobody is signed in, that there is no result yet."""
    asked = (response.status, response.url.rpartition("/")[2])
    return asked in ((401, "session"), (404, "page"))
