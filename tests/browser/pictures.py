"""What is drawn: screenshots as arrays, and the colours that stand in them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page

Pixels = NDArray[np.uint8]


def shot(of: Page | Locator) -> Pixels:
    """The pixels as they stand on the screen: rows, columns, red-green-blue."""
    return pixels(of.screenshot(animations="disabled"))


def pixels(png: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def keep(page: Page, path: Path) -> None:
    """The page as it stands on the screen, as a small file of 256 colours: a page has hardly more."""
    image = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    image.quantize(256, kmeans=4, dither=Image.Dither.NONE).save(path, optimize=True)


def coloured(image: Pixels, colour: str, *, within: int = 24) -> int:
    """How many pixels have this colour, near enough for edges that were smoothed."""
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
    return int((np.abs(image.astype(int) - wanted).max(axis=2) <= within).sum())


def share_of_commonest(image: Pixels) -> float:
    """The share of the pixels that have the commonest colour: nearly all in a blank picture."""
    _, counts = np.unique(image.reshape(-1, 3), axis=0, return_counts=True)
    return float(counts.max() / counts.sum())


def greys(image: Pixels) -> int:
    """How many of 32 steps of grey hold at least a thousandth of the pixels: few in anything but a scan."""
    spread = image.max(axis=2).astype(int) - image.min(axis=2)
    levels = image.mean(axis=2)[spread <= 12]
    counts, _ = np.histogram(levels, bins=32, range=(0, 256))
    return int((counts > levels.size / 1000).sum())
