"""Every page for everybody: readable, reachable by keys, whole in a small window, light and dark, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import ADMINISTRATOR, COORDINATOR, SURGEON, Person
from tests.browser.pictures import share_of_commonest
from tests.browser.reading import barriers, unreached, wider_than_window
from tests.browser.visitor import Scheme, Screen, Visitor

PAGES: dict[str, tuple[Person | None, str]] = {
    "sign-in": (None, "/sign-in"),
    "set-up": (None, "/setup/used-up"),
    "invitation": (None, "/invitation/none"),
    "worklist": (SURGEON, "/"),
    "nothing-found": (SURGEON, "/?words=zebra"),
    "case": (SURGEON, "/case/{tumour}"),
    "versions": (SURGEON, "/case/{tumour}/versions"),
    "unknown-case": (SURGEON, "/case/0000"),
    "bring": (COORDINATOR, "/bring"),
    "not-allowed": (COORDINATOR, "/administration/people"),
    "password": (COORDINATOR, "/password"),
    "people": (ADMINISTRATOR, "/administration/people"),
    "audit": (ADMINISTRATOR, "/administration/audit"),
    "storage": (ADMINISTRATOR, "/administration/storage"),
    "rules-and-software": (ADMINISTRATOR, "/administration/versions"),
}
REFUSED = (404, 410, 422)
MARGIN_PT = 28
HALF = (683, 384)
"""The window of the clinic at a zoom of 200 %."""


@pytest.fixture(scope="module")
def opened(house: House) -> Iterator[Callable[[str, Screen], Page]]:
    """Opens a page of the table in a browser with this screen; one browser for each person and screen."""
    seats = dict[tuple[Person | None, str], Visitor]()
    case_id = house.case(TUMOUR)

    def open_page(name: str, screen: Screen) -> Page:
        who, path = PAGES[name]
        key = (who, repr(screen))
        if key not in seats:
            seats[key] = house.again(who, screen) if who else house.nobody(screen)
        with seats[key].refused(*REFUSED):
            return seats[key].go(path.format(tumour=case_id))

    yield open_page
    for visitor in seats.values():
        house.leave(visitor)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_barrier(
    name: str, scheme: Scheme, opened: Callable[[str, Screen], Page], plates: Path | None
) -> None:
    page = opened(name, Screen(scheme=scheme))
    if plates:
        page.screenshot(path=plates / f"{name}-{scheme}.png", full_page=True)

    assert barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_reached_by_tab_and_shows_it(name: str, opened: Callable[[str, Screen], Page]) -> None:
    assert unreached(opened(name, Screen())) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_200_percent(
    name: str, opened: Callable[[str, Screen], Page], plates: Path | None
) -> None:
    page = opened(name, Screen(size=HALF, zoom=2))
    if plates:
        page.screenshot(path=plates / f"{name}-zoom.png", full_page=True)

    assert wider_than_window(page) == []


def test_the_worklist_is_gone_through_by_keys(opened: Callable[[str, Screen], Page], house: House) -> None:
    case_id = house.case(TUMOUR)
    page = opened("worklist", Screen())
    first = page.locator("[data-case]").first
    expect(first).to_be_visible()

    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("/")
    page.keyboard.type("renal")
    expect(page).to_have_url(re.compile("words=renal"))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{house.server.home}/case/{case_id}")


def test_a_view_that_is_pressed_while_one_types_stays(opened: Callable[[str, Screen], Page]) -> None:
    page = opened("worklist", Screen())
    page.get_by_role("searchbox").fill("renal")
    page.get_by_role("navigation", name="Views of the worklist").get_by_role("link", name="Missing").click()
    page.wait_for_timeout(400)  # longer than the pause that ends a word

    expect(page).to_have_url(re.compile(r"view=missing&words=renal"))


def test_a_case_and_the_worklist_on_paper(
    opened: Callable[[str, Screen], Page], plates: Path | None, tmp_path: Path
) -> None:
    for name, says in (("case", "SINS"), ("worklist", "renal cell carcinoma")):
        path = (plates or tmp_path) / f"{name}.pdf"
        page = opened(name, Screen(scheme="dark"))
        page.locator("main :is(h1, h2, a)").first.wait_for()
        page.pdf(path=path, format="A4")

        printed = PdfDocument(path)
        words = "".join(printed[nth].get_textpage().get_text_range() for nth in range(len(printed)))
        assert says in words
        assert "Bring a case" not in words  # what is pressed is not printed
        paper = np.asarray(printed[0].render(scale=1).to_pil().convert("RGB"))
        assert share_of_commonest(paper) > 0.4
        assert paper.mean() > 200  # light, whatever the screen is
        assert paper[:, :MARGIN_PT].min() > 240  # no printer reaches the edge
        assert f"1 of {len(printed)}" in words
