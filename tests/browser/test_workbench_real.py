"""A real chest CT at the workbench in its full resolution: what each pane shows is what the scanner measured there."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect
from scipy.ndimage import map_coordinates

from enbloc.exchange import dicom
from enbloc.exchange.dicom import Stack
from tests.browser.bringing import LONG_MS, bring
from tests.browser.house import House
from tests.browser.people import COORDINATOR, SURGEON
from tests.browser.views import Floats, bare_picture, open_workbench, views
from tests.data import real_data

WINDOW = (-500.0, 1300.0)
"""The window "bone", the first that is shown."""


def test_slices_of_the_scanner_are_shown_voxel_by_voxel(house: House) -> None:
    file = real_data("ct-thoracic-1mm") / "dicom_subset.zip"
    coordinator = house.seat(COORDINATOR)
    case_id = bring(coordinator, (file,), "a real scan, to be looked at")
    waits = coordinator.page.locator(".case-head .running")
    expect(waits).to_contain_text("It waits for the outline of the tumour", timeout=LONG_MS)
    visitor = house.again(SURGEON)
    page = open_workbench(visitor, case_id)
    page.wait_for_timeout(300)  # the next frame

    scan, image, shown = dicom.read_series(file, where="ct", salt="slices"), bare_picture(page), views(page)
    for pane in ("axial", "sagittal", "coronal"):
        pixels, places = shown.places(pane, 2)
        is_inside = scan.grid.encloses(places)
        red, green, blue = image[pixels[is_inside, 0], pixels[is_inside, 1]].astype(float).T
        assert is_inside.sum() > 500
        assert (red == green).all()
        assert (green == blue).all()
        assert np.quantile(np.abs(red - _grey(scan, places[is_inside])), 0.95) <= 4, pane
    house.leave(visitor)


def _grey(scan: Stack, places: Floats) -> Floats:
    """What the window makes of the scan between its voxels."""
    low, high = WINDOW
    found = map_coordinates(scan.array.astype(float), scan.grid.indices(places).T, order=1, mode="nearest")
    return np.clip(255 * (found - low) / (high - low), 0, 255)
