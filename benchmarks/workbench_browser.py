"""The workbench in a browser without a graphics card: opened, scrolled, painted on; what it holds, what it weighs."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"]
SCREEN = {"width": 1366, "height": 768}
PATIENCE_MS = 300_000
_MB = 1e6

_SCROLL = """async (slices) => {
  const frame = document.querySelector(".viewer"), box = frame.getBoundingClientRect();
  const began = performance.now();
  for (let nth = 0; nth < slices; nth++) {
    frame.dispatchEvent(new WheelEvent("wheel", {
      clientX: box.left + 90, clientY: box.top + 90, deltaY: nth < slices / 2 ? 50 : -50,
      bubbles: true, cancelable: true,
    }));
    await new Promise(requestAnimationFrame);
  }
  return slices / ((performance.now() - began) / 1000);
}"""
"""Each slice is waited for until it is drawn."""

_PAINT = """async (moves) => {
  const frame = document.querySelector(".viewer"), box = frame.getBoundingClientRect(), took = [];
  const at = (type, nth) => frame.dispatchEvent(new PointerEvent(type, {
    clientX: box.left + 200 + 2 * nth, clientY: box.top + 120, button: 0, pointerId: 1, bubbles: true, cancelable: true,
  }));
  frame.setPointerCapture = frame.releasePointerCapture = () => undefined;
  at("pointerdown", 0);
  for (let nth = 1; nth <= moves; nth++) {
    const began = performance.now();
    at("pointermove", nth);
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - began);
  }
  at("pointerup", moves);
  return took.sort((one, other) => one - other);
}"""
"""From a move of the brush until all panes are drawn with it, the wait for the next frame included."""


_DRAG = """async (moves) => {
  const shown = () => document.querySelector(".bench-number").getAttribute("data-seq");
  const grip = document.querySelector('.cut.is-held .grip:not(.turns)'), box = grip.getBoundingClientRect();
  const at = (type, nth) => grip.dispatchEvent(new PointerEvent(type, {
    clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 - nth, button: 0, pointerId: 1,
    bubbles: true, cancelable: true,
  }));
  grip.setPointerCapture = () => undefined;
  grip.hasPointerCapture = () => true;
  const took = [], solid = [];
  at("pointerdown", 0);
  for (let nth = 1; nth <= moves; nth++) {
    const before = shown(), drawn = document.querySelector(".overlay").dataset.solids, began = performance.now();
    at("pointermove", nth);
    while (shown() === before) await new Promise(requestAnimationFrame);
    took.push(performance.now() - began);
    if (nth % 4) continue;
    while (document.querySelector(".overlay").dataset.solids === drawn) await new Promise(requestAnimationFrame);
    solid.push(performance.now() - began);
  }
  at("pointerup", moves);
  const inOrder = (list) => list.sort((one, other) => one - other);
  return [inOrder(took), inOrder(solid)];
}"""
"""From a move of a cut by the pointer until the page shows its numbers; of each fourth until the surfaces are drawn."""


def program() -> str | None:
    """A Chromium that can be used from here."""
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        return None
    return shutil.which("chromium")


def figures(url: str, cookies: Mapping[str, str], case_id: str) -> dict[str, float]:
    """What somebody meets who opens a case: seconds, slices a second, milliseconds, megabytes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        context = browser.new_context(viewport={"width": SCREEN["width"], "height": SCREEN["height"]})
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        found = {"workbench_mb": _code_mb(context, url, case_id)}
        _close_bench(context, f"{url}/api/v1/cases/{case_id}/bench")
        page = context.new_page()
        found |= _opened(page, f"{url}/cases/{case_id}/workbench")
        found["slices_per_s"] = round(float(page.evaluate(_SCROLL, 40)), 1)
        found |= _dragged(page)
        found |= _painted(page)
        found["browser_mb"] = round(held_mb(), 0)
        found |= _whole(page)
        browser.close()
    return found


def _close_bench(context: BrowserContext, benches: str) -> None:
    """Nobody has the case open: who opens it now waits for the server to read it too."""
    asked = {"X-Enbloc": "1"}
    bench = context.request.post(benches, headers=asked).json()["bench"]
    assert context.request.delete(f"{benches}/{bench}", headers=asked).ok


def _opened(page: Page, url: str) -> dict[str, float]:
    """Seconds until the first slices are there, and until labels and lesions are there in full."""
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(".overlay:not([data-scans='0'])")
    first = time.perf_counter() - began
    page.wait_for_selector(".overlay[data-labels='there']")
    page.wait_for_selector(".viewer-coming", state="detached")
    return {"open_first_s": round(first, 2), "open_ct_s": round(time.perf_counter() - began, 2)}


def _dragged(page: Page) -> dict[str, float]:
    """A cut goes with the pointer, a pixel at a time, each waited for."""
    page.wait_for_selector(".bench-option.is-chosen")
    page.wait_for_selector(".bench-planning", state="detached")
    if not page.locator(".bench-cut").count():
        return {}
    page.wait_for_selector(".overlay .bands", state="attached")  # all surfaces of the operation are there
    page.locator(".bench-cut-acts button").first.click()
    page.wait_for_timeout(2000)  # taken in hand
    numbers, solids = page.evaluate(_DRAG, 24)
    page.wait_for_selector(".bench-margin:not(.is-behind)")
    page.keyboard.press("Backspace")
    page.wait_for_selector(".bench-margin:not(.is-behind)")
    return {
        "drag_ms": round(numbers[len(numbers) // 2], 0),
        "drag_slowest_ms": round(numbers[-1], 0),
        "drag_3d_ms": round(solids[len(solids) // 2], 0),
    }


def _painted(page: Page) -> dict[str, float]:
    page.get_by_role("tab", name="Structures").click()
    page.get_by_role("button", name="Paint with").first.click()
    page.locator(".viewer").focus()
    page.keyboard.press("b")
    took = page.evaluate(_PAINT, 40)
    page.keyboard.press("Control+z")
    return {"paint_ms": round(took[len(took) // 2], 1), "paint_slowest_ms": round(took[-1], 1)}


def _whole(page: Page) -> dict[str, float]:
    """Look where only the overview is, and wait until all of it is there in full."""
    page.keyboard.press("v")
    page.keyboard.press("1")
    began, most = time.perf_counter(), held_mb()
    for _ in range(12):
        page.keyboard.press("PageUp")
    page.wait_for_timeout(1000)
    while page.locator(".viewer-coming").count():
        most = max(most, held_mb())
        page.wait_for_timeout(100)
    took = time.perf_counter() - began
    scrolled = float(page.evaluate(_SCROLL, 40))
    return {
        "whole_shown_s": round(took, 2),
        "browser_whole_mb": round(held_mb(), 0),
        "browser_peak_mb": round(max(most, held_mb()), 0),
        "slices_per_s_whole": round(scrolled, 1),
    }


def _code_mb(context: BrowserContext, url: str, case_id: str) -> float:
    """What the workbench fetches of code and style beyond the worklist, compressed."""
    seen: dict[str, set[str]] = {}
    sizes: dict[str, int] = {}
    for name, path in (("list", "/"), ("workbench", f"/cases/{case_id}/workbench")):
        page, done = context.new_page(), list[Any]()

        def noted(request: Any, into: list[Any] = done) -> None:
            into.append(request)

        page.on("requestfinished", noted)
        page.goto(f"{url}{path}")
        page.wait_for_selector("main" if name == "list" else ".overlay[data-labels='there']")
        for _ in range(120 if name == "workbench" else 2):  # the code of the surfaces comes last
            page.wait_for_timeout(500)
            if any("niivue" in one.url for one in done):
                break
        own = [one for one in done if "/assets/" in one.url and one.url.endswith((".js", ".css"))]
        sizes |= {one.url: int(one.sizes()["responseBodySize"]) for one in own}
        seen[name] = {one.url for one in own}
        page.close()
    return round(sum(sizes[one] for one in seen["workbench"] - seen["list"]) / _MB, 3)


def held_mb() -> float:
    """The memory of all processes of the browser, shared pages counted by their share."""
    return sum(_pss_kb(process) for process in _family(os.getpid())) / 1e3


def _family(process: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it has ended meanwhile
                continue
            children.setdefault(parent, []).append(int(path.name))
    waiting = [process]
    while waiting:
        for one in children.get(waiting.pop(), ()):
            waiting.append(one)
            yield one


def _pss_kb(process: int) -> int:
    try:
        if "chromium" not in Path(f"/proc/{process}/cmdline").read_text():
            return 0
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
