"""The column of the workbench against a real server: names, confirmation, cuts in hand, options, versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from playwright.sync_api import Locator, Page, expect

from enbloc.case.anatomy import Level
from enbloc.exchange.folder import write_case, write_images
from enbloc.phantom import Recipe, Tumour, build, in_body
from tests.browser.bringing import LONG_MS, bring
from tests.browser.house import House
from tests.browser.people import COORDINATOR, SURGEON
from tests.browser.reading import barriers, unreached
from tests.browser.views import open_workbench, views

OPERATION = "en bloc vertebrectomy T9"
MM = re.compile(r"−?\d+\.\d")
THIN = "\u202f"
LEVELS = (Level.T8, Level.T9, Level.T10)


@pytest.fixture(scope="module")
def case_id(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three vertebrae with a tumour in the middle one, on a coarse CT; nobody waits for its work-up."""
    phantom = build(Recipe(levels=LEVELS, tumours=(Tumour(solids=(in_body(Level.T9),)),), spacing_mm=(2.0, 1.5, 1.5)))
    home = tmp_path_factory.mktemp("small") / "small"
    write_images(home, phantom.case, phantom.images)
    write_case(home, phantom.case)
    with ZipFile(home.with_suffix(".zip"), "w", ZIP_STORED) as out:
        for file in sorted(home.rglob("*")):
            if file.is_file():
                out.write(file, f"small/{file.relative_to(home)}")
    visitor = house.seat(COORDINATOR)
    found = bring(visitor, (home.with_suffix(".zip"),), "a small case for the workbench")
    expect(visitor.page.get_by_text("Working up version 2")).to_be_visible(timeout=LONG_MS)
    visitor.page.get_by_role("button", name="Cancel").click()
    expect(visitor.page.get_by_role("progressbar")).to_have_count(0)
    return found


@pytest.fixture
def page(house: House, case_id: str) -> Iterator[Page]:
    """The workbench of the surgeon, with its plans; what is left unsaved is discarded afterwards."""
    visitor = house.seat(SURGEON)
    page = open_workbench(visitor, case_id)
    planned(page)
    yield page
    discard = page.get_by_role("button", name="Discard", exact=True)
    with visitor.refused(410):  # what was on its way to the bench that ends
        if discard.count():
            discard.click()
            expect(discard).to_have_count(0, timeout=LONG_MS)
    visitor.go("/")


def planned(page: Page) -> None:
    expect(page.locator(".bench-option.is-chosen")).to_contain_text(OPERATION, timeout=LONG_MS)
    expect(page.locator(".bench-planning")).to_have_count(0, timeout=LONG_MS)
    expect(page.locator(".bench-cut").first).to_be_visible()


def told(page: Page) -> None:
    """Wait until the numbers are those of where the cut is, and the plan is made anew with it."""
    expect(page.locator(".bench-margin:not(.is-behind)")).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".bench-not-looked")).to_have_count(0, timeout=LONG_MS)


def held(page: Page) -> Locator:
    return page.locator(".bench-held-margin")


def mm(of: Locator) -> float:
    found = MM.search(of.inner_text())
    assert found, of.inner_text()
    return float(found[0].replace("−", "-"))


def bench_of(page: Page) -> str:
    """The address of the bench that the page works at."""
    found: list[str] = page.evaluate("() => performance.getEntriesByType('resource').map(each => each.name)")
    return next(each[: each.index("/operations")] for each in reversed(found) if "/operations" in each)


def on_the_server(page: Page, bench: str) -> dict[str, Any]:
    """The operation as the server has it now."""
    answer = page.request.get(f"{bench}/operations").json()
    return next(each for each in answer["items"] if each["id"] == OPERATION)


def test_a_cut_moved_by_keys_has_the_margin_that_the_server_plans(page: Page) -> None:
    searched = page.locator("[data-cut='cranial cut'] strong").first
    before, bench = mm(searched), bench_of(page)
    page.keyboard.press("c")
    expect(page.get_by_role("region", name="cranial cut in hand")).to_be_visible()
    for key in "]]}":
        page.keyboard.press(key)
    told(page)

    plan = on_the_server(page, bench)
    cut = next(each for each in plan["cuts"] if each["name"] == "cranial cut")
    assert cut["is_placed"]
    assert mm(held(page)) == pytest.approx(cut["margin"]["mm"] // 0.5 / 2)
    assert mm(held(page)) - before == pytest.approx(3.0, abs=0.51)
    assert mm(page.locator(".bench-number")) == pytest.approx(plan["margin"]["mm"] // 0.5 / 2)
    expect(page.locator(".bench-held")).to_contain_text(f"Moved: 3.0{THIN}mm away from the tumour")
    for line in plan["price"]:
        expect(page.locator(".bench-price")).to_contain_text(line["said"])

    page.keyboard.press("Backspace")  # back to where it was searched
    expect(page.locator(".bench-held")).to_contain_text("Not moved")
    told(page)
    assert mm(held(page)) == before
    expect(page.locator(".bench-bar")).to_contain_text("everything is saved")


def test_a_cut_dragged_by_the_mouse_goes_where_the_hand_goes(page: Page) -> None:
    page.get_by_role("button", name="Take the caudal cut in hand").click()
    before, seen = mm(held(page)), views(page)
    left, top, width, _ = seen.boxes["sagittal"]
    grip = page.locator("[data-cut='caudal cut'] .grip:not(.turns)")
    boxes = [box for each in grip.all() if (box := each.bounding_box())]
    frame = page.locator(".overlay").bounding_box()
    assert frame
    box = next(
        each for each in boxes if left <= each["x"] - frame["x"] <= left + width and each["y"] - frame["y"] < top + 400
    )
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 4.0 / seen.mm_per_pixel, steps=6)  # 4 mm towards the feet, away from the tumour
    page.mouse.up()
    told(page)

    assert mm(held(page)) - before == pytest.approx(4.0, abs=1.0)
    expect(page.locator(".bench-bar")).to_contain_text("1 cut moved")


def test_a_cut_that_comes_to_the_cord_stops_the_plan(page: Page, plates: Path | None) -> None:
    page.get_by_role("button", name="Take the right pedicle cut in hand").click()
    stop = page.locator(".alarm.stop").filter(has_text="runs through the cord")
    for _ in range(20):
        page.keyboard.press(",")  # its plane swings into the canal
    expect(stop).to_be_visible()
    told(page)
    if plates:
        page.screenshot(path=plates / "workbench-cord.png")

    expect(stop).to_be_visible()  # at once, and when the plan is made anew with it
    expect(page.locator(".bench-margin .readiness")).to_have_text("NOT READY")
    expect(page.locator(".bench-held .sign.stop").first).to_contain_text("cord")
    assert not on_the_server(page, bench_of(page))["is_ready"]


def test_options_side_by_side_with_what_was_dragged(page: Page, plates: Path | None) -> None:
    page.keyboard.press("c")
    page.keyboard.press("}")
    told(page)
    page.get_by_role("button", name="Side by side").click()
    dialog = page.get_by_role("dialog")
    if plates:
        page.screenshot(path=plates / "workbench-compare.png")

    expect(dialog.get_by_role("columnheader", name=OPERATION)).to_have_count(2)
    expect(dialog.get_by_role("columnheader", name="cuts as dragged")).to_have_count(1)
    expect(dialog.get_by_role("row", name="smallest margin")).to_contain_text("not in one piece")
    refused = dialog.get_by_role("listitem").all_inner_texts()
    assert refused
    assert all(":" in each and each.rpartition(":")[2].strip() for each in refused)
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_moved_cut_outlives_a_reload_and_is_saved(page: Page, case_id: str, house: House) -> None:
    page.keyboard.press("c")
    page.keyboard.press("]")
    told(page)
    was = mm(held(page))
    page.reload()
    planned(page)
    told(page)
    row = page.locator(".bench-cut[data-cut='cranial cut']")
    expect(row).to_contain_text("moved 0.5")
    assert mm(row.locator("strong")) == was

    page.keyboard.press("S")
    dialog = page.get_by_role("dialog", name="Save as version")
    expect(dialog).to_contain_text("cranial cut")
    dialog.get_by_label("Why this version is saved").fill("more room above")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    expect(page.locator(".bench-bar")).to_contain_text("Version 3; everything is saved")
    expect(row).to_contain_text("moved 0.5")  # it stands where it was left


def test_everything_is_reached_by_keys_and_nothing_stands_in_the_way(page: Page) -> None:
    page.keyboard.press("c")
    assert barriers(page) == []
    assert [each for each in unreached(page) if "bench" in each or "button" in each] == []


def test_names_given_otherwise_are_measured_anew_and_confirmed_by_name(page: Page) -> None:
    shift_the_names(page)
    confirm(page)


def shift_the_names(page: Page) -> None:
    page.keyboard.press("L")
    page.get_by_role("button", name="Relabel vertebra T9").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The count is off from here on").check()
    dialog.get_by_role("button", name="Shift the names").click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    expect(page.locator("[data-structure='vertebra T11']")).to_be_visible(timeout=LONG_MS)
    expect(page.locator("[data-structure='vertebra T9']")).to_have_count(0)

    page.keyboard.press("M")
    changed = page.get_by_role("region", name="Changed by what is not saved")
    expect(changed).to_be_visible(timeout=LONG_MS)
    expect(changed.locator(".is-changed .struck").first).to_be_visible()
    assert barriers(page) == []


def confirm(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Confirm …").click()
    for words in ("these labels are right", "this level is right"):
        dialog.get_by_label(words).check()
    dialog.get_by_role("button", name="Confirm labels and level by name").click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    expect(page.locator(".bench-bar")).to_contain_text(f"labels and level confirmed by {SURGEON.name}")
    expect(page.locator(".bench-bar")).to_contain_text("everything is saved")
