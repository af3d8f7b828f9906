"""A case from its scans to what a board reads: brought, worked up, looked at, corrected, confirmed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.bringing import LONG_MS, bring, bring_more, worked_up
from tests.browser.case_page import each_item_answers, evidence, item, open_case, overrule, save, version
from tests.browser.house import House
from tests.browser.patients import SLAB, TUMOUR, files_of, outline
from tests.browser.people import COORDINATOR, RADIOLOGIST, READER, SURGEON

pytestmark = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)


def test_a_real_scan_becomes_a_case_once_its_tumour_is_outlined(house: House, tmp_path: Path) -> None:
    coordinator = house.seat(COORDINATOR)
    case_id = bring(coordinator, files_of(SLAB, tmp_path), "a real scan, for the board")
    page = coordinator.page
    waits = page.locator(".case-head .running")
    expect(waits).to_contain_text("It waits for the outline of the tumour", timeout=LONG_MS)
    expect(waits).not_to_contain_text("failed")
    expect(waits.get_by_role("link", name="Bring it")).to_have_attribute("href", f"/bring?case={case_id}")
    row = house.seat(SURGEON).go("/").locator(f'[data-case="{case_id}"]')
    expect(row).to_contain_text("waits for the outline of the tumour")
    expect(row).to_contain_text("no work-up yet")

    bring_more(coordinator, case_id, [outline(tmp_path)], "outlined")
    worked_up(page)

    page = open_case(house.seat(SURGEON), case_id)
    opened = each_item_answers(page)
    assert opened >= 5
    expect(page.locator(".plate").get_by_role("img").first).to_be_visible()


def test_each_item_of_each_score_opens_a_number_or_says_what_to_ask(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))

    assert each_item_answers(page) >= 10


def test_a_number_is_overruled_with_a_reason_and_both_stay(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    worked_up(page)
    before = item(page, "SINS", "collapse").inner_text()
    with evidence(page, "SINS", "collapse") as dialog:
        measured = dialog.locator(".number .value").first.inner_text()
        dialog.get_by_role("button", name="Overrule").first.click()
        page.get_by_role("button", name="Overrule", exact=True).click()
        expect(page.get_by_role("dialog").locator(".wrong").first).to_be_visible()  # neither value nor reason
    was = version(page)

    overrule(page, "SINS", "collapse", "62", "The endplate is broken in front; measured by hand on the sagittal.")
    expect(page.locator(".save-bar")).to_contain_text("1 not saved")
    save(page)
    worked_up(page)

    assert version(page) == was + 1
    assert item(page, "SINS", "collapse").inner_text() != before
    with evidence(page, "SINS", "collapse") as dialog:
        number = dialog.locator(".number").first
        expect(number.locator(".struck")).to_contain_text(measured)
        expect(number.locator(".value.overruled")).to_have_text(re.compile("62"))
        expect(number).to_contain_text("measured by hand on the sagittal")


def test_the_radiologist_confirms_labels_and_level_by_name(house: House) -> None:
    page = open_case(house.seat(RADIOLOGIST), house.case(TUMOUR))
    worked_up(page)

    for what in ("labels", "level"):
        page.locator("#confirmed li", has_text=what).get_by_role("button", name="Confirm").click()
        expect(page.get_by_role("dialog").get_by_role("img").first).to_be_visible()
        page.get_by_role("dialog").get_by_role("checkbox").check()
        page.get_by_role("button", name=f"Confirm the {what} by name").click()
    save(page)
    worked_up(page)

    for what in ("labels", "level"):
        expect(page.locator("#confirmed li", has_text=what)).to_contain_text("confirmed by R. Example")
    expect(page.locator("#resolve")).not_to_contain_text("Not confirmed: labels and level")

    page.get_by_role("button", name="Take the confirmation of the level back").click()
    expect(page.locator("#confirmed li", has_text="level")).to_contain_text("not saved")
    save(page)
    expect(page.locator("#confirmed li", has_text="level")).to_contain_text("confirmed by nobody")
    expect(page.locator("#confirmed li", has_text="labels")).to_contain_text("confirmed by R. Example")


def test_what_could_not_be_measured_is_told_where_it_is_looked_for(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    worked_up(page)
    numbers = page.locator("#numbers")
    expect(numbers.get_by_text("ask:").first).to_be_hidden()

    numbers.get_by_label("Search the numbers").fill("foramen")

    expect(numbers.locator("details", has_text="Not measured").get_by_text("ask:").first).to_be_visible()


def test_who_may_not_is_shown_no_way_and_refused_by_the_server(house: House) -> None:
    case_id = house.case(TUMOUR)
    page = open_case(house.seat(COORDINATOR), case_id)
    with evidence(page, "SINS", "collapse") as dialog:
        expect(dialog.locator(".number").first).to_be_visible()
        expect(dialog.get_by_role("button", name="Overrule")).to_have_count(0)
    expect(page.locator("#confirmed").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("button", name="Override by name")).to_have_count(0)

    reader = house.seat(READER)
    with reader.refused(404):
        closed = reader.go(f"/case/{case_id}")
        expect(closed.get_by_text("There is no such case, or it is not open to you.")).to_be_visible()
        said = closed.locator(".state").inner_text()
        assert reader.go("/case/0000").locator(".state").inner_text() == said  # like one that is not there


def test_versions_are_told_and_compared(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    page.locator("#versions").get_by_role("link", name="All, and compare").click()

    expect(page.get_by_role("row", name="the metastasis, for the board").first).to_contain_text(COORDINATOR.name)
    page.get_by_role("radio", name="Compare from version 1").check()
    expect(page.get_by_role("heading", name="From version 1")).to_be_visible()
    page.get_by_role("row").get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_text("You read version 1.")).to_be_visible()
