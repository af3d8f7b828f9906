"""Work that must not get lost: two people at one case, a reload, a server that goes away while somebody types."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.case_page import open_case, save, version
from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import ADMINISTRATOR, COORDINATOR, RADIOLOGIST, SURGEON


def write_story(page: Page, words: str) -> None:
    """Write the story anew; it is not saved yet."""
    page.locator("#story").get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(words)
    dialog.locator("button.first").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".save-bar")).to_contain_text("not saved")


def test_the_second_of_two_sees_what_changed_and_goes_on_upon_it(house: House) -> None:
    case_id = house.case(TUMOUR)
    one, other = house.seat(SURGEON), house.seat(RADIOLOGIST)
    first, second = open_case(one, case_id), open_case(other, case_id)
    was = version(second)
    write_story(first, "Told by the surgeon.")
    write_story(second, "Told by the radiologist.")
    save(first, "the surgeon's words")

    with other.refused(412):
        second.get_by_role("button", name="Save version").click()
        dialog = second.get_by_role("dialog")
        expect(dialog).to_contain_text("the surgeon's words")
        expect(dialog).to_contain_text("Told by the surgeon.")
        expect(dialog).to_contain_text("Told by the radiologist.")
    dialog.get_by_role("radio").last.check()  # mine
    dialog.get_by_role("button", name="Go on upon version").click()
    expect(second.locator(".story-words")).to_have_text("Told by the radiologist.")
    save(second, "both were heard")

    assert version(second) == was + 2
    expect(first.locator(".story-words")).to_have_text("Told by the radiologist.")  # told live


def test_unsaved_work_outlives_a_reload(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    was = version(page)
    write_story(page, "Typed, and not saved yet.")

    page.reload()
    page.get_by_role("button", name="Take up again").click()

    expect(page.locator(".story-words")).to_have_text("Typed, and not saved yet.")
    save(page)
    assert version(page) == was + 1


def test_kept_work_is_written_over_by_nothing_that_is_changed_since(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    was = version(page)
    write_story(page, "Kept from before.")
    page.reload()
    expect(page.get_by_role("button", name="Take up again")).to_be_visible()

    page.get_by_role("button", name="Edit lesion A").click()
    page.get_by_label("Histology").fill("typed since")
    page.get_by_role("dialog").locator("button.first").click()
    expect(page.get_by_role("button", name="Save version")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Discard what was kept").click()  # what was typed since
    page.get_by_role("button", name="Take up again").click()  # what was kept before it

    expect(page.locator(".story-words")).to_have_text("Kept from before.")
    expect(page.locator("#lesions")).not_to_contain_text("typed since")
    save(page)
    assert version(page) == was + 1
    page.reload()
    expect(page.locator(".save-bar")).to_have_count(0)


def test_nothing_is_lost_while_the_server_is_away(house: House) -> None:
    visitor = house.seat(SURGEON)
    page = open_case(visitor, house.case(TUMOUR))
    was = version(page)
    with house.all_cut_off():
        house.server.stop()
        write_story(page, "Typed while the server was away.")
        page.get_by_role("button", name="Save version").click()
        expect(page.get_by_text("No connection").first).to_be_visible()
        expect(page.locator(".story-words")).to_have_text("Typed while the server was away.")
        house.server.start()
        expect(page.get_by_text("No connection")).to_have_count(0)

    save(page, "said after the connection was back")
    assert version(page) == was + 1
    page.reload()
    expect(page.locator(".story-words")).to_have_text("Typed while the server was away.")


def test_what_was_typed_is_words_whatever_it_looks_like(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    odd = '<img src=x onerror="document.title=1"><script>alert(1)</script> \u202eturned\u202c =2+3'

    write_story(page, odd)
    save(page)
    page.reload()

    expect(page.locator(".story-words")).to_have_text(odd)
    expect(page).to_have_title("Case · enbloc")


def test_a_case_that_is_not_there_looks_like_one_that_is_not_open(house: House) -> None:
    visitor = house.seat(COORDINATOR)
    with visitor.refused(404, 422):
        for odd in ("0000", "..%2f..%2fetc", "x" * 64):
            page = visitor.go(f"/case/{odd}")
            expect(page.get_by_text("There is no such")).to_be_visible()
    page = house.seat(ADMINISTRATOR).go(f"/case/{house.case(TUMOUR)}")
    expect(page.get_by_text("not open to you")).to_be_visible()
