"""The application in a browser: what its first load brings over the wire, and when the worklist can be used."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

RUNS = 5
_USABLE = "performance.now()"
_TICKS_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Seen:
    """Bytes of the application itself and of what it asked for, compressed; seconds until the worklist was there."""

    app_bytes: int
    data_bytes: int
    usable_s: float
    slowest_s: float
    browser_cpu_s: float


def program() -> str | None:
    """A Chromium that can be used from here."""
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        return None
    return shutil.which("chromium")


def measured(port: int, cookie: str) -> Seen:
    """Open the worklist a few times with nothing kept from before; the median is told."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        before = sum(_cpu_s(process) for process in _family(os.getpid()))
        loads = [_load(browser, port, cookie) for _ in range(RUNS)]
        spent = sum(_cpu_s(process) for process in _family(os.getpid())) - before
        browser.close()
    times = [usable_s for _, _, usable_s in loads]
    return Seen(loads[0][0], loads[0][1], statistics.median(times), max(times), spent / RUNS)


def _load(browser: Browser, port: int, cookie: str) -> tuple[int, int, float]:
    name, _, token = cookie.partition("=")
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": token, "url": f"http://127.0.0.1:{port}"}])
    page, done = context.new_page(), []
    page.on("requestfinished", lambda request: done.append(request))
    usable_s = _usable(page, port)
    page.wait_for_timeout(500)  # what comes late counts as well
    is_data = [("/api/" in request.url, _bytes(request)) for request in done]
    context.close()
    app, data = (sum(size for is_one, size in is_data if is_one == wanted) for wanted in (False, True))
    return app, data, usable_s


def _usable(page: Page, port: int) -> float:
    """Seconds from the click on the address until a line of the list can be read."""
    page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
    page.wait_for_selector("a.case-row", state="visible")
    return float(page.evaluate(_USABLE)) / 1000


def _bytes(request: Request) -> int:
    return int(request.sizes()["responseBodySize"])


def _family(process: int) -> Iterator[int]:
    """The children of a process and theirs."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _family(child)


def _cpu_s(process: int) -> float:
    try:
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) * _TICKS_S
