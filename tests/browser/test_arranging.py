"""A board is arranged on the page of a case: its day, and who sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.case_page import open_case
from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import COORDINATOR, READER, SURGEON

pytestmark = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)


def arranging(page: Page) -> Locator:
    return page.get_by_role("region", name="Board and team")


def saved(part: Locator) -> None:
    expect(part.get_by_role("status")).to_have_text("saved at once")


def test_a_coordinator_sets_the_board_day_and_lets_a_reader_in(house: House) -> None:
    case_id, day = house.case(TUMOUR), (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    reader, surgeon = house.seat(READER), house.seat(SURGEON)
    page = open_case(house.seat(COORDINATOR), case_id)
    part = arranging(page)
    expect(part).to_contain_text("A reader sees a case only as one of its team.")

    part.get_by_label("Board day").fill(day)
    expect(page.locator(".case-facts")).to_contain_text(f"board {day}")
    part.get_by_label("its team only").check()
    expect(part.get_by_label(SURGEON.name)).to_be_checked()  # nobody who saw it is shut out by that
    expect(part.get_by_label(COORDINATOR.name)).to_be_disabled()
    part.get_by_label(READER.name).check()
    saved(part)

    row = reader.go("/?view=board").locator(f'[data-case="{case_id}"]')
    expect(row).to_contain_text("Board in 3 days")
    shown = arranging(open_case(reader, case_id))
    expect(shown).to_contain_text(f"board {day} · seen by {COORDINATOR.name}")
    expect(shown.get_by_role("textbox").or_(shown.get_by_role("checkbox"))).to_have_count(0)
    expect(arranging(open_case(surgeon, case_id)).get_by_label(READER.name)).to_be_checked()

    part.get_by_role("button", name="Take it off").click()
    part.get_by_label("every clinician of the centre").check()
    saved(part)
    with reader.refused(404):
        expect(reader.go(f"/case/{case_id}").get_by_text("There is no such case")).to_be_visible()
    expect(surgeon.go("/?view=board").get_by_text("No case has a board day ahead.")).to_be_visible()
