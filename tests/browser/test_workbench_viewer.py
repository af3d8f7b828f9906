"""The images of the workbench by their pixels: what is drawn lies where it lies in the patient, on every grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from enbloc.case.anatomy import StructureKind
from enbloc.case.image import Images
from tests.browser.bringing import LONG_MS, bring_to_look_at
from tests.browser.house import House
from tests.browser.people import COORDINATOR, SURGEON
from tests.browser.pictures import coloured, greys
from tests.browser.turned import of_one_slice, small_patient, turned, zipped
from tests.browser.views import Floats, Views, bare_picture, corner, look_at, open_workbench, picture, views
from tests.browser.views import arrived as all_there

BESIDE_MM = 1.6
"""A pixel is judged where everything within this distance of it is the same: edges are rounded and outlined."""
WINDOW = (-500.0, 1300.0)
"""The window "bone", the first that is shown."""


@pytest.fixture(scope="module")
def case_id(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    return bring_to_look_at(
        house.seat(COORDINATOR),
        zipped(small_patient().images, tmp_path_factory.mktemp("small")),
        "a small case for the workbench",
    )


@pytest.fixture(scope="module")
def turned_id(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    return bring_to_look_at(
        house.seat(COORDINATOR),
        zipped(turned(small_patient().images), tmp_path_factory.mktemp("turned")),
        "a small case for the workbench",
    )


@pytest.fixture(scope="module")
def page(house: House, case_id: str) -> Iterator[Page]:
    """The workbench of the surgeon; what is left unsaved ends with it."""
    visitor = house.seat(SURGEON)
    yield open_workbench(visitor, case_id)
    visitor.page.evaluate("() => sessionStorage.clear()")
    visitor.go("/")


def test_a_scan_is_drawn_where_it_lies(page: Page) -> None:
    _as_in_the_patient(page, small_patient().images)


def test_left_is_right_on_a_flipped_and_oblique_scan(house: House, turned_id: str) -> None:
    visitor = house.again(SURGEON)
    _as_in_the_patient(open_workbench(visitor, turned_id), turned(small_patient().images))
    house.leave(visitor)


def _as_in_the_patient(page: Page, images: Images) -> None:
    image, shown = bare_picture(page), views(page)
    tumour, cord = _truth(images, StructureKind.TUMOUR), _truth(images, StructureKind.CORD)
    found = {"tumour": 0, "cord": 0, "plain": 0}
    for pane in ("axial", "sagittal", "coronal"):
        pixels, places = shown.places(pane, 3)
        red, green, blue = image[pixels[:, 0], pixels[:, 1]].astype(float).T
        is_tumour, is_cord, plain = tumour(places), cord(places), _plain(images, places)
        assert (red[is_tumour] - green[is_tumour] > 15).all(), f"{pane}: tumour is not in its colour"
        assert (blue[is_tumour] - green[is_tumour] > 5).all(), f"{pane}: tumour is not in its colour"
        assert (red[is_cord] - blue[is_cord] > 30).all(), f"{pane}: cord is not in its colour"
        assert (np.abs(red[plain] - green[plain]) <= 2).all(), f"{pane}: colour where nothing is labelled"
        assert np.abs(red[plain] - _grey(images, places[plain])).max(initial=0) <= 40, f"{pane}: another grey"
        for name, mask in (("tumour", is_tumour), ("cord", is_cord), ("plain", plain)):
            found[name] += int(mask.sum())
    assert found["tumour"] > 100
    assert found["cord"] > 5
    assert found["plain"] > 1000


def test_one_slice_is_shown_and_painted(house: House, tmp_path: Path) -> None:
    images = of_one_slice(small_patient().images)
    case_id = bring_to_look_at(house.seat(COORDINATOR), zipped(images, tmp_path), "a localiser, with nothing around it")
    visitor = house.again(SURGEON)
    page = open_workbench(visitor, case_id)
    expect(page.locator('[data-pane="axial"]')).to_contain_text("only 1 slice")

    pixels, places = views(page).places("axial", 3)
    (tumour,), scan = images.present(StructureKind.TUMOUR), images.volumes["ct"]
    drawn = images.map_of(tumour)
    assert drawn is not None
    in_scan = scan.grid.encloses(places)
    at = tuple(np.rint(scan.grid.indices(places[in_scan])).astype(int).T)
    red, green, _ = bare_picture(page)[tuple(pixels[in_scan].T)].astype(float).T
    is_bare = np.all([each.labels[at] == 0 for each in images.labels.values()], axis=0)
    is_tumour = drawn.mask(tumour)[at]
    assert np.quantile(red[is_tumour] - green[is_tumour], 0.1) > 15
    assert np.quantile(np.abs(red[is_bare] - green[is_bare]), 0.9) <= 2
    assert is_bare.sum() > 1000

    _begin_stroke(page)
    page.mouse.up()
    expect(page.locator(".bench-bar")).to_contain_text("1 edit of labels")
    page.keyboard.press("Control+z")
    expect(page.locator(".bench-bar")).to_contain_text("everything is saved")
    house.leave(visitor)


def _around(places: Floats) -> Iterator[Floats]:
    for steps in product((-BESIDE_MM, 0.0, BESIDE_MM), repeat=3):
        yield places + np.array(steps)


def _truth(images: Images, kind: StructureKind) -> Callable[[Floats], NDArray[np.bool_]]:
    """Which places lie well within a structure."""
    named = images.present(kind)[0]
    labels = images.map_of(named)
    assert labels is not None
    return lambda places: np.all([labels.holds(named, each) for each in _around(places)], axis=0)


def _plain(images: Images, places: Floats) -> NDArray[np.bool_]:
    """Which places are of the scan, with nothing labelled anywhere near."""
    found = images.volumes["ct"].grid.encloses(places)
    for labels in images.labels.values():
        for each in _around(places):
            inside = labels.grid.encloses(each)
            index = np.rint(labels.grid.indices(each[inside])).astype(int)
            found[inside] &= labels.labels[tuple(index.T)] == 0
            found &= inside
    return found


def _grey(images: Images, places: Floats) -> Floats:
    """What the window makes of the nearest voxel; smooth, for the picture lies between voxels."""
    scan = images.volumes["ct"]
    index = np.rint(scan.grid.indices(places)).astype(int)
    low, high = WINDOW
    grey: Floats = np.clip(255 * (scan.voxels[tuple(index.T)].astype(float) - low) / (high - low), 0, 255)
    return grey


def test_every_view_says_what_it_is(page: Page) -> None:
    for pane, words in (
        ("axial", ("from the feet", "slices 2.0 mm", "R", "L", "A", "P")),
        ("sagittal", ("from the left", "slices 1.5 mm", "H", "F", "A", "P")),
        ("coronal", ("from the front", "slices 1.5 mm", "R", "L", "H", "F")),
    ):
        view = page.locator(f'[data-pane="{pane}"]')
        said = [text.strip() for text in view.locator("text").all_text_contents()]
        assert set(words[2:]) <= set(said)
        for wanted in (*words[:2], "T9", "CT", "window 1800 level 400", "not confirmed", "PHANTOM"):
            assert any(wanted in one for one in said), (pane, wanted, said)
        assert any(re.fullmatch(r"\d+ mm", one) for one in said), (pane, said)
    expect(page.locator(".workbench-head")).to_contain_text("the patient's left is on your right")
    expect(page.locator('[data-pane="solid"] .cube')).to_have_attribute("aria-label", re.compile("Seen from the front"))


def test_surfaces_lie_as_the_cube_says(page: Page) -> None:
    expect(page.locator('[data-pane="solid"] .none')).to_have_count(0, timeout=LONG_MS)
    box = [round(one) for one in views(page).boxes["solid"]]

    def seen() -> NDArray[np.uint8]:
        return bare_picture(page)[box[1] : box[1] + box[3], box[0] : box[0] + box[2]]

    def red(image: NDArray[np.uint8]) -> NDArray[np.bool_]:
        return np.asarray(image[..., 0].astype(int) - image[..., 1] > 60)  # the aorta, left of the spine

    for _ in range(LONG_MS // 500):  # one surface comes after another
        image = seen()
        if red(image).sum() > 50:
            break
        page.wait_for_timeout(500)
    assert red(image).sum() > 50
    assert coloured(image, "#000000") < 0.97 * image.shape[0] * image.shape[1]
    page.keyboard.press("4")
    for _ in range(2):
        page.keyboard.press("ArrowRight")  # from the left and the front to the front
    page.wait_for_timeout(400)
    turned_to = seen()
    assert (turned_to != image).any()
    bone = turned_to.min(axis=2) > 60
    assert np.argwhere(red(turned_to))[:, 1].mean() > np.argwhere(bone)[:, 1].mean()
    page.keyboard.press("1")


def test_slices_windows_and_panes_by_keyboard(page: Page) -> None:
    before = views(page).at
    page.keyboard.press("1")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(150)
    assert views(page).at - before == pytest.approx([0, 0, 2.0], abs=1e-6)
    page.keyboard.press("PageDown")
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_timeout(150)
    assert views(page).at - before == pytest.approx([-1.5, 0, -16.0], abs=1.1)
    page.keyboard.press("i")
    expect(page.locator('[data-pane="axial"]')).not_to_contain_text("window 1800 level 400")
    page.keyboard.press("f")
    expect(page.locator("[data-pane]")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator("[data-pane]")).to_have_count(4)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("larger, smaller brush")
    page.keyboard.press("Escape")
    page.get_by_label("Window").select_option(label="bone")


def test_a_ruler_reads_the_millimetres_of_the_patient(page: Page) -> None:
    page.keyboard.press("r")
    shown = views(page)
    left, top, width, height = shown.boxes["coronal"]
    x, y = corner(page)
    ends = (left + width / 2 - 40, top + height / 2 - 30), (left + width / 2 + 60, top + height / 2 + 45)
    for end in ends:
        page.mouse.click(x + end[0], y + end[1])
    wanted = 125 * shown.mm_per_pixel
    label = page.locator(".mark text").first
    expect(label).to_have_text(f"Ruler 1 · {round(2 * wanted) / 2:.1f} mm")
    page.get_by_role("button", name="Rulers 1").click()
    page.get_by_label("Name of Ruler 1").fill("pedicle")
    page.get_by_label("Name of Ruler 1").press("Tab")
    expect(page.locator(".mark text")).to_contain_text("pedicle")
    page.get_by_role("button", name="Delete pedicle").click()
    page.keyboard.press("Escape")
    expect(page.locator(".mark")).to_have_count(0)


def test_a_cut_is_drawn_where_its_plane_meets_the_slice(page: Page) -> None:
    page.keyboard.press("v")
    page.get_by_role("tab", name="Plans").click()
    expect(page.locator(".cut").first).to_be_attached(timeout=LONG_MS)
    shown, seen = views(page), 0
    for cut in page.locator(".bench-cut").all():
        cut.get_by_role("button", name="Look at it").or_(cut.locator(".link")).first.click()
        page.wait_for_timeout(200)
        shown = views(page)
        seen += _drawn_cuts(page, shown)
    assert seen > 1


def _drawn_cuts(page: Page, shown: Views) -> int:
    """Every line of a cut has its colour on the pixels where the blade that the server told must run; how many."""
    image, many = picture(page), 0
    for pane in ("axial", "sagittal", "coronal"):
        for line in page.locator(f'[data-pane="{pane}"] .cut').all():
            plane, within = (_planes(line.get_attribute(f"data-{of}")) for of in ("plane", "within"))
            many += _is_on(image, shown, pane, plane[0], within)
    return many


def _planes(written: str | None) -> list[tuple[Floats, Floats]]:
    """Points and normals."""
    numbers = [[float(one) for one in each.split()] for each in (written or "").split(";") if each]
    return [(np.array(each[:3]), np.array(each[3:])) for each in numbers]


def _is_on(
    image: NDArray[np.uint8],
    shown: Views,
    pane: str,
    plane: tuple[Floats, Floats],
    within: list[tuple[Floats, Floats]],
) -> bool:
    pixels, places = shown.places(pane, 1)
    point, normal = plane
    steep = np.linalg.norm(np.delete(normal, {"axial": 2, "sagittal": 0, "coronal": 1}[pane]))
    if steep < 0.3:
        return False
    on = np.abs((places - point) @ normal) < 0.25 * shown.mm_per_pixel * steep
    for border, inward in within:
        on &= (places - border) @ inward > 2 * shown.mm_per_pixel
    if on.sum() < 60:
        return False
    colours = image[pixels[on, 0], pixels[on, 1]].astype(int)
    is_grey = np.ptp(colours, axis=1) < 25
    assert is_grey.mean() < 0.4, f"{pane}: no line where the plane meets the slice"
    return True


def test_paint_is_seen_where_the_pointer_was_and_undo_says_what_it_undoes(page: Page) -> None:
    before = bare_picture(page)
    place = _begin_stroke(page)
    page.mouse.up()
    page.mouse.move(*corner(page))
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("title", re.compile(r"^Undo: paint tumour A, axial, \d+ voxels \(Ctrl\+Z\)$"))
    expect(page.locator(".bench-bar")).to_contain_text("1 edit of labels")
    row, column = place
    painted = bare_picture(page)[row, column].astype(int)
    assert painted[0] - painted[1] > 15
    assert (np.abs(np.ptp(before[row, column].astype(int)))) <= 2

    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    page.wait_for_timeout(200)
    assert (bare_picture(page)[row, column] == before[row, column]).all()
    page.keyboard.press("Control+Shift+z")
    page.wait_for_timeout(200)
    assert (bare_picture(page)[row, column] == painted).all()
    page.keyboard.press("Control+z")
    expect(page.locator(".bench-bar")).to_contain_text("everything is saved")  # what is undone is no edit


def _begin_stroke(page: Page, beside_mm: float = 38.0) -> tuple[int, int]:
    """Take the tumour as brush and draw a short line beside the spine, the button still down; a pixel it went over."""
    page.get_by_role("tab", name="Structures").click()
    page.get_by_role("button", name="Paint with tumour A").click()
    page.locator(".viewer").focus()
    page.keyboard.press("b")
    shown = views(page)
    at = shown.at.copy()
    at[0] += beside_mm
    x, y = shown.pixel("axial", at)
    left, top = corner(page)
    page.mouse.move(left + x, top + y)
    page.mouse.down()
    page.mouse.move(left + x + 15, top + y, steps=5)
    return round(y), round(x + 8)


def test_a_reload_in_the_middle_of_a_stroke_loses_nothing(page: Page) -> None:
    row, column = _begin_stroke(page)
    was = page.locator(".bench-bar strong").all_text_contents()
    page.reload()
    all_there(page)
    expect(page.locator(".bench-bar strong")).not_to_have_text(was or [""])
    page.keyboard.press("v")
    image = bare_picture(page)[row, column].astype(int)
    assert image[0] - image[1] > 15


def test_strokes_wait_for_a_lost_connection(page: Page, house: House) -> None:
    with house.seat(SURGEON).cut_off():
        page.context.set_offline(True)
        _begin_stroke(page, -38.0)
        page.mouse.up()
        expect(page.locator(".bench-bar")).to_contain_text("no connection")
        page.context.set_offline(False)
        expect(page.locator(".bench-bar")).not_to_contain_text("no connection")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


def test_the_scan_is_a_scan(page: Page) -> None:
    assert greys(bare_picture(page)) >= 6


def test_looking_somewhere_moves_every_pane(page: Page) -> None:
    shown = views(page)
    wanted = shown.at + np.array([5.0, -4.0, 0.0])
    found = look_at(page, "axial", wanted).at
    assert np.abs(found - wanted).max() < 1.0


def test_files_of_the_workbench_come_only_with_it(house: House, case_id: str) -> None:
    visitor = house.seat(SURGEON)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.go("/")
    assert not [url for url in asked if "workbench" in url or "niivue" in url]
    visitor.go(f"/cases/{case_id}/workbench")
    all_there(visitor.page)
    assert [url for url in asked if "workbench" in url]
