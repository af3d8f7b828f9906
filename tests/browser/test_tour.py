"""The tour: a link on the console opens the demo cases; from them come the pictures of the README."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CASE, DIAGNOSIS, open_meeting, plan, put_on, show
from tests.browser.bringing import worked_up
from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import COORDINATOR, SURGEON
from tests.browser.pictures import keep
from tests.browser.views import open_workbench
from tests.browser.visitor import CLINIC, Visitor

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pages"
IS_WANTED = os.environ.get("ENBLOC_PICTURES") == "1"
MINUTES_MS = 1_200_000
TALL = 1280  # a case down to its first score


@pytest.fixture(scope="module")
def guest(tour: House) -> Visitor:
    visitor = tour.nobody()
    visitor.go(tour.server.link)
    return visitor


def test_the_tour_shows_the_demo_cases_and_says_that_they_are_no_patients(guest: Visitor) -> None:
    page = guest.go("/")

    rows = page.locator("[data-case]")
    expect(rows.nth(14)).to_be_visible()
    for row in rows.all():
        expect(row.locator(".stamp")).to_have_text(
            ["PHANTOM"] if "phantom" in row.inner_text().lower() else ["INVENTED"]
        )


def test_the_link_of_the_tour_opens_once(guest: Visitor, tour: House) -> None:
    stranger = tour.nobody()
    with stranger.refused(410):
        answer = stranger.page.goto(tour.server.link)
        assert answer is not None
        assert answer.status == 410
    tour.leave(stranger)


wanted = pytest.mark.skipif(not IS_WANTED, reason="the pictures of the README are made by 'make pictures'")


@wanted
def test_pictures_of_worklist_and_case(guest: Visitor) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = guest.go("/")
    expect(page.locator("[data-case]", has_text="not known yet")).to_have_count(0, timeout=MINUTES_MS)
    page = guest.go("/case/metastasis")
    worked_up(page)
    page.get_by_label("Board day").fill((datetime.now(UTC) + timedelta(days=5)).date().isoformat())
    expect(page.locator(".case-facts")).to_contain_text("board")
    page.set_viewport_size({"width": CLINIC[0], "height": TALL})
    for plate in page.locator(".plate").get_by_role("img").all():
        expect(plate.locator("> svg")).to_be_visible()
    page.locator("h1").click()  # nothing has the focus
    keep(page, PICTURES / "case.png")
    page.set_viewport_size({"width": CLINIC[0], "height": CLINIC[1]})
    keep(guest.go("/"), PICTURES / "worklist.png")


@wanted
def test_picture_of_a_case_on_the_wall(house: House) -> None:
    cases = {"renal": house.case(TUMOUR), DIAGNOSIS: house.case(CASE)}
    seat = house.seat(COORDINATOR)
    meeting = plan(seat, "Spine tumour board")
    for words, case_id in cases.items():
        put_on(seat.page, words, case_id)
    open_meeting(seat.page)
    visitor = house.again(SURGEON, {"scheme": "dark"})
    page = show(visitor, meeting)
    page.keyboard.press("p")
    expect(page.locator(".board-stand")).to_contain_text("You present")
    for picture in page.locator(".board-one-pictures").get_by_role("img").all():
        expect(picture.locator("> svg").first).to_be_visible()
    keep(page, PICTURES / "board.png")
    house.leave(visitor)


@wanted
def test_picture_of_a_cut_on_the_anatomy(house: House) -> None:
    visitor = house.again(SURGEON, {"scheme": "dark"})
    page = open_workbench(visitor, house.case(CASE))
    expect(page.locator(".bench-planning")).to_have_count(0, timeout=MINUTES_MS)
    page.locator(".bench-cut").first.click()
    expect(page.locator(".overlay .bands")).to_be_visible(timeout=MINUTES_MS)  # surfaces come after the numbers
    page.wait_for_timeout(2_000)  # and are drawn
    keep(page, PICTURES / "workbench.png")
    house.leave(visitor)
