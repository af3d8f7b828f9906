"""Every page for everybody: readable, reachable by keys, whole in a small window, light and dark, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import ADMINISTRATOR, COORDINATOR, SURGEON, Person
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
HALF = (683, 384)
"""The window of the clinic at a zoom of 200 %."""


@pytest.fixture(scope="module")
def opened(house: House) -> Iterator[Callable[[str, Screen], Page]]:
    """Opens a page of the table in a browser with this screen; one browser for each person and screen."""
    seats = dict[tuple[Person | None, str], Visitor]()

    def open_page(name: str, screen: Screen) -> Page:
        who, path = PAGES[name]
        key = (who, repr(screen))
        if key not in seats:
            seats[key] = house.again(who, screen) if who else house.nobody(screen)
        with seats[key].refused(*REFUSED):
            return seats[key].go(path.format(tumour=house.case(TUMOUR) if "{" in path else ""))

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
