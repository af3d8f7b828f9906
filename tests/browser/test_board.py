"""A meeting of the board: planned, held by three people in three browsers, decided, closed, and its minutes read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect
from pypdfium2 import PdfDocument

from tests.browser.board_page import (
    CASE,
    DIAGNOSIS,
    choose,
    close_what_is_open,
    decide,
    held,
    on_agenda,
    option,
    plan,
    put_on,
    record,
    show,
)
from tests.browser.bringing import worked_up
from tests.browser.case_page import open_case
from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import COORDINATOR, RADIOLOGIST, READER, SURGEON
from tests.browser.pictures import coloured, greys, shot
from tests.browser.test_edits import write_story

CHOSEN = "en bloc resection"

_SIZES = """() => [...document.querySelectorAll("main *")]
  .filter(each => each.checkVisibility() && !each.closest("svg"))
  .filter(each => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .map(each => parseFloat(getComputedStyle(each).fontSize))"""
"""How large the words are that stand on the wall."""


class Held:
    """Holds requests back until they may go on."""

    def __init__(self) -> None:
        self._waiting: list[Route] = []

    def __call__(self, route: Route) -> None:
        self._waiting.append(route)

    def go_on(self) -> None:
        for route in self._waiting:
            route.continue_()


def stands(page: Page, words: str) -> None:
    expect(page.locator(".board-stand")).to_contain_text(words)


def view(page: Page, words: str) -> None:
    expect(page.locator(".board-views [aria-current]")).to_contain_text(words)


def test_a_meeting_is_planned_and_its_agenda_put_in_order(house: House) -> None:
    first, second = house.case(TUMOUR), house.case(CASE)
    page = house.seat(COORDINATOR).page
    close_what_is_open(house.seat(COORDINATOR))
    meeting = plan(house.seat(COORDINATOR), "Board of order")
    expect(page.get_by_role("button", name="Open the meeting")).to_be_disabled()  # there is no case yet
    put_on(page, "renal", first)
    put_on(page, DIAGNOSIS, second)

    expect(on_agenda(page, second)).to_contain_text("items missing")
    on_agenda(page, second).get_by_role("button", name="ask the board").click()
    page.get_by_label("Question to the board").fill("How much margin do we want?")
    page.keyboard.press("Enter")
    expect(on_agenda(page, second)).to_contain_text("How much margin do we want?")

    places = page.locator(".board-item")
    grip = on_agenda(page, second).locator(".board-grip")
    grip.press("ArrowUp")
    expect(places.first).to_have_attribute("data-case", second)
    grip.hover()
    page.mouse.down()
    below = on_agenda(page, first).bounding_box()
    assert below
    page.mouse.move(below["x"] + 20, below["y"] + below["height"] - 4, steps=5)
    page.mouse.up()
    expect(places.first).to_have_attribute("data-case", first)
    page.reload()
    expect(places.last).to_have_attribute("data-case", second)

    with page.expect_download() as fetched:
        page.get_by_role("link", name="Invitation").click()
    assert "BEGIN:VCALENDAR" in fetched.value.path().read_text()
    reader = house.seat(READER).go(meeting)
    expect(reader.get_by_text("No case is on the agenda yet.")).to_be_visible()  # none that is theirs to see


def test_what_one_shows_is_on_every_screen_and_who_looks_away_comes_back(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of screens", case_id, SURGEON, RADIOLOGIST)
    presenter, one, other = (show(house.seat(who), meeting) for who in (COORDINATOR, SURGEON, RADIOLOGIST))

    presenter.keyboard.press("p")
    stands(presenter, "You present")
    presenter.keyboard.press("ArrowDown")
    for page in (presenter, one, other):
        view(page, "Pictures")
    other.keyboard.press("3")
    stands(other, "You look elsewhere")
    presenter.keyboard.press("ArrowUp")
    view(one, "One page")
    view(other, "Scores")  # nobody is pulled back
    other.keyboard.press("r")
    view(other, "One page")

    other.keyboard.press("a")
    other.get_by_label("A question, or what to look at").fill("Please look at the left L3 root.")
    other.keyboard.press("Enter")
    for page in (presenter, one):
        expect(page.locator(".board-news")).to_contain_text("R. Example asks: Please look at the left L3 root.")
    one.keyboard.press("p")
    stands(one, "You present")
    one.keyboard.press("ArrowDown")
    stands(presenter, "You see what S. Example shows")  # another has taken over
    view(presenter, "Pictures")


def test_a_screen_that_hears_late_shows_what_is_shown(house: House) -> None:
    meeting = held(house, "Board of late ears", house.case(CASE), SURGEON)
    presenter, late = house.seat(COORDINATOR), house.seat(SURGEON).page
    late.route("**/meetings/*/events", waiting := Held())
    try:
        wall, late = show(presenter, meeting), show(house.seat(SURGEON), meeting)
        wall.keyboard.press("p")
        for _ in range(6):  # faster than the server answers
            wall.keyboard.press("ArrowDown")
        wall.keyboard.press("2")
        view(late, "One page")
        waiting.go_on()
        for page in (wall, late):
            view(page, "Pictures")
        stands(wall, "You present")  # the echoes of one's own turns are nobody else's
        stands(late, "You see what C. Example shows")
    finally:
        late.unroute_all()


def test_votes_are_blind_until_all_have_voted(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of second looks", case_id, SURGEON, RADIOLOGIST)
    secretary, one, other = (show(house.seat(who), meeting) for who in (COORDINATOR, SURGEON, RADIOLOGIST))
    for page in (secretary, one, other):
        page.keyboard.press("v")
        expect(page.get_by_role("dialog")).to_contain_text("0 of 2")

    one.get_by_role("radio", name=CHOSEN).check()
    one.get_by_label("Because").fill("It is one compartment.")
    one.get_by_role("button", name="Vote", exact=True).click()
    for page in (secretary, other):
        expect(page.get_by_role("dialog")).to_contain_text("1 of 2")
        expect(page.get_by_role("dialog")).not_to_contain_text("one compartment")
    other.get_by_role("radio", name="definitive radiotherapy").check()
    other.get_by_role("button", name="Vote", exact=True).click()

    for page in (secretary, one, other):
        expect(page.get_by_role("dialog")).to_contain_text("0 of 1 pairs of votes agree.")
        expect(page.get_by_role("dialog")).to_contain_text("S. Example: It is one compartment.")
    page = house.seat(SURGEON).go("/administration/agreement")
    expect(page.locator(".kappa")).to_be_visible()
    expect(page.get_by_text("n = ")).to_be_visible()


def test_a_decision_on_a_case_that_has_changed_is_confirmed(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of changes", case_id, SURGEON)
    surgeon = house.seat(SURGEON)
    page = decide(surgeon, meeting, case_id)
    choose(page, "conventional radiotherapy")
    case = open_case(house.seat(RADIOLOGIST), case_id)
    write_story(case, "Told anew while the board was sitting.")
    case.get_by_role("button", name="Save version").click()
    expect(case.locator(".save-bar")).to_have_count(0)

    with surgeon.refused(412):
        page.get_by_role("button", name="Record the decision").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("The case has changed since it was presented")
        expect(dialog).to_contain_text("Told anew while the board was sitting.")
    worked_up(case)  # while it is worked up, its result changes once more
    dialog.get_by_role("button", name="Look at the case first").click()
    with surgeon.refused(412):
        page.get_by_role("button", name="Record the decision").click()
        dialog.get_by_role("button", name=re.compile("It holds for version")).click()
        expect(page.get_by_role("form", name="Decision")).to_have_count(0)

    page = surgeon.go(meeting)
    expect(on_agenda(page, case_id).locator(".board-decided")).to_contain_text("definitive radiotherapy L3")


def test_a_quorum_decides_by_phone_and_the_board_ratifies(house: House) -> None:
    case_id = house.case(CASE)
    surgeon = house.seat(SURGEON)
    page = open_case(surgeon, case_id)
    page.locator("#decisions").get_by_role("link", name="Decide by phone").click()
    choose(page, CHOSEN)
    page.get_by_label("What could not wait").fill("The legs grew weaker within hours.")
    page.get_by_role("button", name="Record, to be ratified").click()
    expect(page.get_by_text("No quorum yet")).to_be_visible()
    expect(page.get_by_text("It lacks its radiation oncologist")).to_be_visible()  # nothing was sent
    page.get_by_role("button", name="+ somebody else").click()
    page.get_by_label("Name").last.fill("O. Called")
    page.get_by_label("Specialty").last.select_option("radiation oncologist")
    record(page)
    expect(page.locator("#decisions")).to_contain_text("to be ratified")

    meeting = held(house, "Board of the morning after", case_id, SURGEON)
    page = surgeon.go(meeting)
    on_agenda(page, case_id).get_by_role("button", name="Ratify it").click()
    expect(on_agenda(page, case_id).locator(".board-decided").first).to_contain_text("ratified")


def test_three_people_decide_with_dissent_and_an_override_and_the_minutes_say_so(house: House) -> None:
    case_id = house.case(CASE)
    meeting = held(house, "Board of decisions", case_id, SURGEON, RADIOLOGIST)
    secretary, other = show(house.seat(COORDINATOR), meeting), show(house.seat(RADIOLOGIST), meeting)
    page = show(house.seat(SURGEON), meeting)
    page.keyboard.press("p")
    stands(secretary, "You see what S. Example shows")
    page.keyboard.press("d")
    choose(page, CHOSEN)
    option(page, "radiosurgery").get_by_role("checkbox").check()
    option(page, "radiosurgery").get_by_label(re.compile("^Why not")).fill("A wide margin is still to be had here.")
    page.get_by_role("checkbox", name="Override STOP-05").check()
    page.get_by_role("button", name="+ somebody dissents").click()
    page.get_by_label("Who dissents").fill("R. Example")
    page.get_by_label("Why", exact=True).fill("The level is not verified, and levels were counted from no anchor.")
    page.get_by_role("button", name="+ a rule is wrong here").click()
    page.get_by_label("Rule", exact=True).fill("PRIM-01")
    page.get_by_label("Why the rule is wrong here").fill("It counts sectors that this tumour only touches.")
    page.get_by_label("Who answers for it").fill("S. Example")
    page.get_by_label("Till when").fill("2026-12-03")
    page.get_by_role("button", name="+ a task").click()
    page.get_by_label("What", exact=True).fill("Count the vertebrae on a whole-spine scan")
    page.get_by_label("Who", exact=True).select_option("R. Example")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator(".wrong")).to_have_count(1)  # an override wants its reason
    page.get_by_label("Why the risk of STOP-05 is taken").fill(
        "The spine is counted again in theatre before the first cut."
    )
    record(page)

    stands(page, "You present")  # and what was decided
    for screen in (page, secretary, other):
        view(screen, "Decision")
    for screen in (secretary, other):
        expect(screen.locator(".board-news")).to_contain_text("Decided, recorded by S. Example")
    other.get_by_role("button", name="Look", exact=True).click()
    expect(other.locator(".board-decision").first).to_contain_text("STOP-05 overridden")
    expect(other.locator(".board-decision").first).to_contain_text("R. Example dissents")
    task = house.seat(RADIOLOGIST).go("/tasks").locator(".task-row", has_text="Count the vertebrae")
    expect(task).to_contain_text("2026-12-03")
    task.get_by_role("checkbox").click()
    expect(task).to_have_count(0)
    found = house.seat(SURGEON).go("/administration/disagreements?rule=PRIM-01")
    expect(found.get_by_role("row", name="sectors that this tumour only touches").first).to_be_visible()

    _close_twice(house, meeting)
    _read_minutes(house, meeting)


def _close_twice(house: House, meeting: str) -> None:
    """Whoever did not hear of it is told who closed it, and when."""
    deaf = house.again(SURGEON)
    with deaf.cut_off(), deaf.refused(409):
        deaf.page.route("**/events", lambda route: route.abort())
        page = deaf.go(meeting)
        secretary = house.seat(COORDINATOR).go(meeting)
        secretary.get_by_role("button", name="Close the meeting").click()
        expect(secretary.locator(".board-head .board-state")).to_have_text("closed")
        page.get_by_role("button", name="Close the meeting").click()
        expect(page.get_by_role("alert")).to_contain_text("closed")
        expect(page.locator(".board-head .board-state")).to_have_text("closed")
        expect(page.get_by_text("closed by C. Example")).to_be_visible()
    house.leave(deaf)


def _read_minutes(house: House, meeting: str) -> None:
    page = house.seat(SURGEON).go(meeting)
    link = page.locator(".board-head").get_by_role("link", name="Minutes").get_attribute("href")
    answer = page.request.get(house.server.home + str(link))
    assert answer.ok, answer.text()
    printed = PdfDocument(answer.body())
    words = " ".join("".join(sheet.get_textpage().get_text_range() for sheet in printed).split())
    for said in ("STOP-05", "counted again in theatre", "no anchor", "S. Example", "R. Example", "2026-12-03"):
        assert said in words, said
    paper = printed[0].render(scale=1).to_numpy()
    assert 200 < paper.mean() < 254  # ink on white


@pytest.mark.parametrize("size", [(1366, 768), (3840, 2160)])
def test_the_wall_is_read_from_four_metres(house: House, size: tuple[int, int]) -> None:
    """The smallest words are a hundredth of the width, whatever the screen; pictures are scans and not blank."""
    case_id = house.case(CASE)
    meeting = held(house, f"Board of {size[0]}", case_id, SURGEON)
    visitor = house.again(SURGEON, {"size": size, "scheme": "dark"})
    page = show(visitor, meeting)

    sizes = page.evaluate(_SIZES)
    assert min(sizes) >= size[0] * 0.01
    page.keyboard.press("2")
    expect(page.locator(".board-picture").get_by_role("img").first.locator("> svg")).to_be_visible()
    picture = shot(page.locator(".board-picture").first)
    assert greys(picture) >= 8
    assert coloured(picture, "#ffffff") > 50  # sides and scale
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    house.leave(visitor)
