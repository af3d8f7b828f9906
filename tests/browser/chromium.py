"""The browser of the tests: Debian's Chromium, driven by Playwright; no part of the site is replaced."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

FLAGS = (
    "--no-sandbox",  # tests run as root in a container; the site is our own
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # surfaces are drawn by WebGL, here in software
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """The browser of this machine; root may install Debian's where there is none."""
    if _found() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", "chromium")):
            subprocess.run(["apt-get", *words], capture_output=True, check=False)
    return _found()


def _found() -> str | None:
    return next((path for path in map(shutil.which, _NAMES) if path), None)


@contextmanager
def opened(path: str) -> Iterator[Browser]:
    """A browser that nobody has used."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
