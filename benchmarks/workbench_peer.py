"""The same CT with its labels in NiiVue alone: three flat panes, as somebody would put it on a page.

The images lie beside the page as gzipped NIfTI, with no server work before them, and nothing of enbloc is loaded.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from workbench_browser import FLAGS, PATIENCE_MS, SCREEN, held_mb, program

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

NIIVUE = Path(__file__).resolve().parents[1] / "frontend/node_modules/@niivue/niivue/dist/index.js"
SLICES = 3
"""So few are scrolled: each may take many seconds."""

_PAGE = """<!doctype html><style>html, body, canvas { margin: 0; width: 100vw; height: 100vh; display: block }</style>
<canvas id="view"></canvas>
<script type="module">
  import { Niivue, SHOW_RENDER } from "./niivue.js";
  const view = new Niivue({ logLevel: "silent", multiplanarShowRender: SHOW_RENDER.NEVER });
  await view.attachTo("view");
  await view.loadVolumes([
    { url: "ct.nii.gz", colormap: "gray", cal_min: -200, cal_max: 800 },
    { url: "labels.nii.gz", colormap: "random", opacity: 0.5 },
  ]);
  view.setSliceType(view.sliceTypeMultiplanar);
  const drawn = async () => {
    await new Promise(requestAnimationFrame);
    view.gl.readPixels(0, 0, 1, 1, view.gl.RGBA, view.gl.UNSIGNED_BYTE, new Uint8Array(4)); // waits for the drawing
  };
  await drawn();
  window.scrolled = async (slices) => {
    const began = performance.now();
    for (let nth = 0; nth < slices; nth++) {
      view.moveCrosshairInVox(0, 0, 1);
      await drawn();
    }
    return slices / ((performance.now() - began) / 1000);
  };
  document.body.dataset.state = "there";
</script>
"""


def is_there() -> bool:
    """Whether NiiVue and a browser are on this machine: the pages were built here."""
    return NIIVUE.is_file() and program() is not None


def figures(ct: Path, labels: Path) -> dict[str, float]:
    """Seconds until the three panes show CT and labels, slices a second, and megabytes of the browser."""
    from playwright.sync_api import sync_playwright

    size: ViewportSize = {"width": SCREEN["width"], "height": SCREEN["height"]}
    with _served(ct, labels) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        page = browser.new_page(viewport=size)
        page.set_default_timeout(PATIENCE_MS)
        began = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_selector("body[data-state='there']")
        found = {"niivue_open_s": round(time.perf_counter() - began, 2)}
        found["niivue_slices_per_s"] = round(float(page.evaluate("slices => window.scrolled(slices)", SLICES)), 3)
        found["niivue_browser_mb"] = round(held_mb(), 0)
        browser.close()
    return found


@contextmanager
def _served(ct: Path, labels: Path) -> Iterator[str]:
    """The page on loopback, and where."""
    with TemporaryDirectory(prefix="enbloc-peer-") as scratch:
        home = Path(scratch)
        for source, name in ((ct, "ct.nii.gz"), (labels, "labels.nii.gz"), (NIIVUE, "niivue.js")):
            shutil.copy(source, home / name)
        (home / "index.html").write_text(_PAGE, encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=scratch))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Standard error is the benchmark's own."""
