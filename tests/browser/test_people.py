"""How people come in: the link of the console, invitations, devices; and what their roles open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import ADMINISTRATOR, COORDINATOR, INVITED, PASSWORD, READER, SURGEON

pytestmark = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)


def test_the_first_administrator_invites_the_others_and_each_comes_in(house: House) -> None:
    for who in INVITED:
        expect(house.seat(who).page.get_by_role("link", name="Worklist")).to_be_visible()

    page = house.seat(ADMINISTRATOR).go("/administration/people")

    for who in (ADMINISTRATOR, *INVITED):
        expect(page.get_by_role("row", name=who.name)).to_contain_text("ready")
    expect(page.get_by_role("navigation", name="Pages").get_by_role("link")).to_have_text(["Administration"])


def test_the_link_of_the_console_works_once(house: House) -> None:
    house.seat(ADMINISTRATOR)
    stranger = house.nobody()

    page = stranger.go(house.server.link)

    expect(page.get_by_role("heading", name="Already set up")).to_be_visible()
    house.leave(stranger)


def test_a_wrong_password_a_wrong_code_and_an_unknown_name_are_answered_alike(house: House) -> None:
    house.seat(SURGEON)
    stranger = house.nobody()
    page, said = stranger.go("/sign-in"), set[str]()

    with stranger.refused(401):
        for name, password in (
            (SURGEON.person, PASSWORD),
            (SURGEON.person, "not this one at all"),
            ("nobody", PASSWORD),
        ):
            page.get_by_label("Sign-in name").fill(name)
            page.get_by_label("Password").fill(password)
            page.get_by_label("Code of the authenticator").fill("000000")
            page.get_by_role("button", name="Sign in").click()
            said.add(page.get_by_role("alert").inner_text())

    assert len(said) == 1
    house.leave(stranger)


def test_the_administration_shows_audit_storage_and_versions(house: House) -> None:
    page = house.seat(ADMINISTRATOR).go("/administration/audit")
    expect(page.get_by_role("row", name="add person").first).to_be_visible()
    page.get_by_role("button", name="Check the chain").click()
    expect(page.get_by_text("The chain is whole")).to_be_visible()

    page.get_by_role("link", name="Storage").click()
    expect(page.get_by_text("Database")).to_be_visible()
    page.get_by_role("link", name="Versions").click()
    expect(page.get_by_text("rules, version")).to_be_visible()


def test_a_page_that_a_role_does_not_open_says_so(house: House) -> None:
    for who, path in ((READER, "/bring"), (COORDINATOR, "/administration/people"), (ADMINISTRATOR, "/case/any")):
        page = house.seat(who).go(path)
        expect(page.get_by_text("not open to you")).to_be_visible()


def test_who_signs_out_or_is_signed_out_comes_to_the_door_and_back(house: House) -> None:
    other = house.again(READER)
    page = other.go("/password")
    boss = house.seat(ADMINISTRATOR).go("/administration/people")
    boss.get_by_role("row", name=READER.name).get_by_role("button", name="Sessions").click()
    boss.get_by_role("button", name="Sign out everywhere").click()
    expect(boss.get_by_text("is signed in nowhere")).to_be_visible()
    boss.keyboard.press("Escape")

    with other.refused(401):
        page.goto("/password")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    house.leave(other)
    house.forget(READER)
