"""The panes of the workbench as a reader of pictures knows them: radiological convention, worked out here anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from tests.browser.pictures import Pixels, pixels
from tests.browser.visitor import Visitor

Floats = NDArray[np.float64]
LOADED_MS = 120_000  # the images of a case, on a shared machine

ACROSS = {"axial": (0, 1), "sagittal": (1, 1), "coronal": (0, 1)}
"""The patient's axis (left, posterior, superior) that runs to the right, and its sense."""
DOWN = {"axial": (1, 1), "sagittal": (2, -1), "coronal": (2, -1)}
THROUGH = {"axial": 2, "sagittal": 0, "coronal": 1}


@dataclass(frozen=True, kw_only=True)
class Views:
    """Where the panes are and what they show; pixels count from the corner of the frame of images."""

    boxes: dict[str, tuple[float, float, float, float]]
    centre: Floats
    at: Floats
    mm_per_pixel: float

    def pixel(self, pane: str, mm: Floats) -> tuple[float, float]:
        """Where a place of the patient has to be drawn."""
        left, top, width, height = self.boxes[pane]
        (right, right_sign), (down, down_sign) = ACROSS[pane], DOWN[pane]
        x = right_sign * (mm[right] - self.centre[right]) / self.mm_per_pixel
        y = down_sign * (mm[down] - self.centre[down]) / self.mm_per_pixel
        return left + width / 2 + x, top + height / 2 + y

    def places(self, pane: str, step: int) -> tuple[NDArray[np.intp], Floats]:
        """Every so manieth pixel of a pane as row and column, and its place in the patient."""
        left, top, width, height = self.boxes[pane]
        rows, columns = np.meshgrid(
            np.arange(int(top) + 2, int(top + height) - 2, step),
            np.arange(int(left) + 2, int(left + width) - 2, step),
            indexing="ij",
        )
        places = np.tile(self.at, (rows.size, 1))
        (right, right_sign), (down, down_sign) = ACROSS[pane], DOWN[pane]
        x, y = columns.ravel() + 0.5 - left - width / 2, rows.ravel() + 0.5 - top - height / 2
        places[:, right] = self.centre[right] + right_sign * x * self.mm_per_pixel
        places[:, down] = self.centre[down] + down_sign * y * self.mm_per_pixel
        return np.stack([rows.ravel(), columns.ravel()], axis=1), places


def open_workbench(visitor: Visitor, case_id: str) -> Page:
    """Open the images of a case, and come back when the labels and all that is fetched at first are there."""
    page = visitor.go(f"/cases/{case_id}/workbench")
    arrived(page)
    return page


def arrived(page: Page) -> None:
    expect(page.locator(".overlay")).to_be_visible(timeout=LOADED_MS)
    expect(page.locator("[data-labels='there']")).to_be_attached(timeout=LOADED_MS)
    expect(page.locator(".viewer-coming")).to_have_count(0, timeout=LOADED_MS)


def views(page: Page) -> Views:
    overlay = page.locator(".overlay")
    numbers = {name: _numbers(overlay.get_attribute(name)) for name in ("data-centre", "data-at", "data-mm-per-pixel")}
    boxes = {
        str(pane.get_attribute("data-pane")): tuple(_numbers(pane.get_attribute("data-box")))
        for pane in overlay.locator("[data-pane]").all()
    }
    return Views(
        boxes={name: (box[0], box[1], box[2], box[3]) for name, box in boxes.items()},
        centre=np.array(numbers["data-centre"]),
        at=np.array(numbers["data-at"]),
        mm_per_pixel=numbers["data-mm-per-pixel"][0],
    )


def _numbers(written: str | None) -> list[float]:
    return [float(one) for one in (written or "").split()]


def picture(page: Page) -> Pixels:
    """The images as they stand on the screen, with what is drawn above them."""
    return pixels(page.locator(".viewer").screenshot(animations="disabled"))


def bare_picture(page: Page) -> Pixels:
    """The images without words, lines and cross."""
    with _hidden(page):
        return picture(page)


@contextmanager
def _hidden(page: Page) -> Iterator[None]:
    overlay = page.locator(".overlay")
    overlay.evaluate("one => { one.style.visibility = 'hidden' }")
    yield
    overlay.evaluate("one => { one.style.visibility = '' }")


def corner(page: Page) -> tuple[float, float]:
    """Where the frame of images begins on the page."""
    box = page.locator(".viewer").bounding_box()
    assert box is not None
    return box["x"], box["y"]


def look_at(page: Page, pane: str, mm: Floats) -> Views:
    """Click on a place of the slice that a pane shows, so that the other panes go there."""
    x, y = views(page).pixel(pane, mm)
    left, top = corner(page)
    page.keyboard.press("v")
    page.mouse.click(left + x, top + y)
    page.mouse.move(left + 2, top + 2)
    page.wait_for_timeout(200)  # the next frame
    return views(page)
