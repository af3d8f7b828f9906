"""Who takes part in the story, and how each of them gets in: by the pages, as anybody would."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.device import Device
from tests.browser.visitor import Visitor

CENTRE = "north"
PASSWORD = "seven quiet herons wade"


@dataclass(frozen=True)
class Person:
    """A sign-in name, the printed name, and roles."""

    person: str
    name: str
    roles: tuple[str, ...]


ADMINISTRATOR = Person("a.keeper", "A. Keeper", ("administrator",))
SURGEON = Person("s.example", "S. Example", ("surgeon",))
RADIOLOGIST = Person("r.example", "R. Example", ("radiologist",))
COORDINATOR = Person("c.example", "C. Example", ("coordinator",))
READER = Person("l.example", "L. Example", ("reader",))
INVITED = (SURGEON, RADIOLOGIST, COORDINATOR, READER)


def set_up(visitor: Visitor, link: str) -> Device:
    """The first administrator, by the link of the console; ends at the sign-in."""
    page = visitor.go(link)
    page.get_by_label("Centre").fill(CENTRE)
    page.get_by_label("Sign-in name").fill(ADMINISTRATOR.person)
    page.get_by_label("Your name as it is printed").fill(ADMINISTRATOR.name)
    return enrol(page)


def invite(administrator: Visitor, who: Person) -> str:
    """The path of the link that the administration shows for a new person."""
    page = administrator.go("/administration/people")
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_label("Name as it is printed").fill(who.name)
    page.get_by_label("Sign-in name").fill(who.person)
    for role in who.roles:
        page.get_by_role("checkbox", name=role).check()
    page.get_by_role("button", name="Add and invite").click()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".link-shown").inner_text()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("row", name=who.person)).to_contain_text("not signed in yet")
    return link.removeprefix(administrator.home)


def accept(visitor: Visitor, link: str) -> Device:
    """An invited person, by their link; ends at the sign-in."""
    return enrol(visitor.go(link))


def enrol(page: Page) -> Device:
    """Password, then the secret that the page shows, then a first code."""
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Go on to the second factor").click()
    expect(page.locator(".enrol img")).to_be_visible()
    device = Device(page.locator(".secret").inner_text())
    page.get_by_label("Code of the authenticator").fill(device.code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    return device


def sign_in(visitor: Visitor, who: Person, device: Device) -> None:
    """From the sign-in page to the first page of the person."""
    page = visitor.page
    if "/sign-in" not in page.url:
        visitor.go("/sign-in")
    page.get_by_label("Sign-in name").fill(who.person)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code of the authenticator").fill(device.code())
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("header summary", has_text=who.name)).to_be_visible()
    visitor.settle()
