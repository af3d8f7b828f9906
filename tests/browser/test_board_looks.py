"""The board's pages for everybody: readable, reached by keys, whole in a small window, light and dark, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from tests.browser.board_page import CASE, held
from tests.browser.house import House
from tests.browser.people import READER, SURGEON
from tests.browser.reading import barriers, unreached, wider_than_window
from tests.browser.visitor import Scheme, Screen, Visitor

PAGES = {
    "meetings": "/board",
    "meetings-held": "/board?show=past",
    "meeting": "{meeting}",
    "presentation": "{meeting}/show",
    "decision": "{meeting}/decide/{case}",
    "by-phone": "/case/{case}/decide",
    "tasks": "/tasks",
    "tasks-done": "/tasks?show=done",
    "agreement": "/administration/agreement",
    "disagreements": "/administration/disagreements",
    "no-such-meeting": "/board/0000",
}
HALF = (683, 384)
"""The window of the clinic at a zoom of 200 %."""


@pytest.fixture(scope="module")
def places(house: House) -> dict[str, str]:
    case_id = house.case(CASE)
    meeting = held(house, "Board of looks", case_id, SURGEON)
    return {name: path.format(meeting=meeting, case=case_id) for name, path in PAGES.items()}


@pytest.fixture(scope="module")
def screens(house: House) -> Iterator[dict[str, Visitor]]:
    """The surgeon's browsers, one for each screen."""
    made = {
        "light": house.again(SURGEON, Screen(scheme="light")),
        "dark": house.again(SURGEON, Screen(scheme="dark")),
        "half": house.again(SURGEON, Screen(size=HALF, zoom=2)),
    }
    yield made
    for visitor in made.values():
        house.leave(visitor)


def opened(visitor: Visitor, path: str) -> Page:
    with visitor.refused(404):
        page = visitor.go(path)
        expect(page.locator("h1, h2, h3").first).to_be_visible()
        return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_barrier(
    name: str, scheme: Scheme, screens: dict[str, Visitor], places: dict[str, str], plates: Path | None
) -> None:
    page = opened(screens[scheme], places[name])
    if plates:
        page.screenshot(path=plates / f"board-{name}-{scheme}.png", full_page=True)

    assert barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_reached_by_tab_and_shows_it(
    name: str, screens: dict[str, Visitor], places: dict[str, str]
) -> None:
    assert unreached(opened(screens["light"], places[name])) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_200_percent(
    name: str, screens: dict[str, Visitor], places: dict[str, str], plates: Path | None
) -> None:
    page = opened(screens["half"], places[name])
    if plates:
        page.screenshot(path=plates / f"board-{name}-zoom.png", full_page=True)

    assert wider_than_window(page) == []


def test_an_agenda_on_paper(screens: dict[str, Visitor], places: dict[str, str], tmp_path: Path) -> None:
    page = opened(screens["dark"], places["meeting"])
    page.locator(".board-item").first.wait_for()
    page.pdf(path=tmp_path / "agenda.pdf", format="A4")

    printed = PdfDocument(tmp_path / "agenda.pdf")
    words = "".join(printed[nth].get_textpage().get_text_range() for nth in range(len(printed)))
    assert "chordoma" in words
    assert "Close the meeting" not in words  # what is pressed is not printed
    assert printed[0].render(scale=1).to_numpy().mean() > 200  # light, whatever the screen is


def test_who_may_not_decide_is_told_who_may(house: House, places: dict[str, str]) -> None:
    page = house.seat(READER).go(places["decision"])

    expect(page.get_by_text("not open to you")).to_be_visible()
