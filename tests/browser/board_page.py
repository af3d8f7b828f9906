"""What people do around a meeting of the board: plan it, hold it, show a case, decide."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.people import COORDINATOR, Person
from tests.browser.visitor import Visitor

CASE = "chordoma"
"""A demo patient whom no other story is about: decisions, overrides and votes stay in the record."""
DIAGNOSIS = "chordoma"

MEETING = re.compile(r"/board/([0-9a-f]+)$")
REASON = "The margin is narrow, and the patient wants one operation."


def plan(visitor: Visitor, title: str) -> str:
    """Plan a meeting on the pages; the path of its own page, which is open then."""
    page = visitor.go("/board")
    page.get_by_role("button", name="New meeting").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Begins").fill("14:00")
    page.get_by_role("button", name="Plan it").click()
    expect(page).to_have_url(MEETING)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return page.url.removeprefix(visitor.home)


def put_on(page: Page, words: str, case_id: str) -> None:
    """Find a case as the worklist does, and put it on the agenda."""
    page.get_by_label("Add a case").fill(words)
    page.get_by_role("group", name="Cases found").get_by_role("button", name=words).first.click()
    expect(on_agenda(page, case_id)).to_be_visible()


def on_agenda(page: Page, case_id: str) -> Locator:
    return page.locator(f'.board-item[data-case="{case_id}"]')


def attend(page: Page, *people: Person) -> None:
    """These people take part, as what their role suggests."""
    page.locator("section", has_text="Who takes part").get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    for who in people:
        dialog.get_by_role("button", name=f"+ {who.name}").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def open_meeting(page: Page) -> None:
    page.get_by_role("button", name="Open the meeting").click()
    expect(page.locator(".board-head .board-state")).to_have_text("open")


def close_what_is_open(visitor: Visitor) -> None:
    """A case is in one open meeting at a time: those of earlier stories are closed first."""
    page = visitor.go("/board")
    for path in [link.get_attribute("href") for link in page.locator(".board-meetings a.is-open").all()]:
        visitor.go(str(path)).get_by_role("button", name="Close the meeting").click()
        expect(page.locator(".board-head .board-state")).to_have_text("closed")


def held(house: House, title: str, case_id: str, *people: Person) -> str:
    """An open meeting with one case and these people, planned by the coordinator; its path."""
    for who in people:
        house.seat(who)  # nobody attends by an account that they do not have yet
    visitor = house.seat(COORDINATOR)
    close_what_is_open(visitor)
    path = plan(visitor, title)
    put_on(visitor.page, DIAGNOSIS, case_id)
    attend(visitor.page, *people)
    open_meeting(visitor.page)
    return path


def show(visitor: Visitor, meeting: str) -> Page:
    """The presentation on this person's screen."""
    page = visitor.go(f"{meeting}/show")
    expect(page.locator(".board-one")).to_be_visible()
    return page


def decide(visitor: Visitor, meeting: str, case_id: str) -> Page:
    """The form of a decision of this meeting."""
    page = visitor.go(f"{meeting}/decide/{case_id}")
    expect(page.get_by_role("form", name="Decision")).to_be_visible()
    return page


def option(page: Page, act: str) -> Locator:
    return page.locator(f'.board-choice[data-act="{act}"]')


def choose(page: Page, act: str, because: str = REASON) -> None:
    option(page, act).get_by_role("radio").check()
    option(page, act).get_by_label(re.compile("^Why ")).fill(because)


def record(page: Page) -> None:
    """Record, and wait until the form has gone."""
    page.get_by_role("button", name=re.compile("^Record")).click()
    expect(page.get_by_role("form", name="Decision")).to_have_count(0)
