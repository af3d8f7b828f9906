"""The form of a decision: what is typed outlives a reload and a lost connection, and all of it is done by keys."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.board_page import CASE, REASON, choose, close_what_is_open, decide, held, option, record
from tests.browser.house import House
from tests.browser.people import COORDINATOR, RADIOLOGIST, SURGEON


def test_what_the_result_says_is_marked_and_nothing_is_chosen_by_itself(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of items", case_id, SURGEON)
    page = decide(house.seat(SURGEON), meeting, case_id)

    certainty = page.locator(".field", has_text="Certainty of the diagnosis")
    expect(certainty.locator("textarea")).to_have_value("chordoma, proven by tissue")
    expect(certainty.locator(".board-said")).to_have_text("from the result")
    certainty.locator("textarea").fill("chordoma, read again by two pathologists")
    expect(certainty.locator(".board-said")).to_have_text("changed; the result says otherwise")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_label("Who answers for it")).to_have_value("")
    expect(page.locator(".board-save")).to_contain_text("chosen option with the reason")


def test_a_form_outlives_a_reload_and_a_lost_connection(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of storms", case_id, SURGEON)
    page = decide(house.seat(SURGEON), meeting, case_id)
    choose(page, "conventional radiotherapy")
    page.reload()

    expect(page.get_by_text("Taken up again")).to_be_visible()
    expect(option(page, "conventional radiotherapy").get_by_role("radio")).to_be_checked()
    with house.all_cut_off():
        house.server.stop()
        page.get_by_label("Who answers for it").fill("S. Example")
        page.get_by_role("button", name="Record the decision").click()
        expect(page.get_by_text("There is no connection to the server.")).to_be_visible()
        house.server.start()
        expect(page.get_by_text("No connection")).to_have_count(0)

    expect(page.get_by_label("Who answers for it")).to_have_value("S. Example")
    record(page)
    page = decide(house.seat(SURGEON), meeting, case_id)
    expect(page.get_by_text("Taken up again")).to_have_count(0)  # what is recorded is kept no longer
    expect(page.get_by_text("What you record replaces it by name")).to_be_visible()


def test_a_meeting_is_held_and_a_case_decided_by_keys_alone(house: House) -> None:
    house.case(CASE)
    close_what_is_open(house.seat(COORDINATOR))
    page = house.seat(SURGEON).go("/board")
    keys = page.keyboard
    keys.press("n")
    expect(page.get_by_label("Title")).to_be_focused()
    keys.press("Control+a")
    keys.type("Board of keys")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Board of keys")).to_be_visible()
    keys.press("/")
    keys.type("chordoma")
    expect(page.get_by_role("group", name="Cases found").get_by_role("button").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator(".board-item")).to_have_count(1)
    page.locator("section", has_text="Who takes part").get_by_role("button", name="Change").press("Enter")
    page.get_by_role("button", name="+ S. Example").press("Enter")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Open the meeting").press("Enter")
    expect(page.locator(".board-head .board-state")).to_have_text("open")

    keys.press("s")
    expect(page.locator(".board-one")).to_be_visible()
    keys.press("p")
    keys.press("ArrowDown")
    expect(page.locator(".board-views [aria-current]")).to_contain_text("Pictures")
    keys.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("record the decision")
    keys.press("Escape")
    keys.press("d")
    page.get_by_role("radio", name="Choose systemic therapy").press("Space")
    page.get_by_label("Why systemic therapy").focus()
    keys.type(REASON)
    page.get_by_role("button", name="Record the decision").press("Enter")
    expect(page.locator(".board-stage")).to_be_visible()
    keys.press("Escape")
    expect(page.locator(".board-decided")).to_contain_text("systemic therapy")


def test_who_may_not_override_is_told_so(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of roles", case_id, RADIOLOGIST)
    page = decide(house.seat(RADIOLOGIST), meeting, case_id)
    choose(page, "en bloc resection")

    expect(page.get_by_role("checkbox", name="Override STOP-05")).to_have_count(0)
    expect(page.get_by_text("It stays: it is resolved before anything is done.")).to_be_visible()
