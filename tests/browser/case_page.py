"""What a person does on the page of a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor
from tests.sampling import sampled


def open_case(visitor: Visitor, case_id: str) -> Page:
    page = visitor.go(f"/case/{case_id}")
    expect(page.locator(".case-head")).to_be_visible()
    return page


def item(page: Page, score: str, name: str) -> Locator:
    """The mark of one item of a score."""
    items = page.get_by_role("list", name=f"Items of {score}")
    return items.locator(".mark").filter(has=page.locator(".mark-name", has_text=name))


@contextmanager
def evidence(page: Page, score: str, name: str) -> Iterator[Locator]:
    """What an item was read from: its pictures and numbers."""
    item(page, score, name).locator(".mark-open").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    yield dialog
    if dialog.is_visible():
        page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def overrule(page: Page, score: str, name: str, instead: str, because: str) -> None:
    """Overrule the first number behind an item; it is not saved yet."""
    with evidence(page, score, name) as dialog:
        dialog.get_by_role("button", name="Overrule").first.click()
        page.get_by_label("It is instead").fill(instead)
        page.get_by_label("Because").fill(because)
        page.get_by_role("button", name="Overrule", exact=True).click()


def save(page: Page, because: str = "") -> None:
    """Save what was changed, and wait until the page shows it as the next version."""
    was = version(page)
    if because:
        page.get_by_label("Why this version is saved").fill(because)
    page.get_by_role("button", name="Save version").click()
    expect(page.locator(".case-facts a")).to_have_text(f"version {was + 1}")
    expect(page.locator(".save-bar")).to_have_count(0)


def version(page: Page) -> int:
    """The version that the page shows."""
    return int(page.locator(".case-facts a").inner_text().removeprefix("version "))


def each_item_answers(page: Page) -> int:
    """Open the items of the scores: each has a number, or a field for one, or says what to ask. How many were opened.

    All of those that a board decides by, and a sample of the further instruments.
    """
    page.evaluate("() => document.querySelectorAll('details:has(.score)').forEach(each => { each.open = true; })")
    further = page.locator("details .score .mark").all()
    first = page.locator(".score:not(details .score) .mark").all()
    for mark in (*first, *sampled(further, 15)):
        _answers(page, mark)
    return len(first)


def _answers(page: Page, mark: Locator) -> None:
    asked, button, dialog = mark.locator(".mark-ask"), mark.locator(".mark-open"), page.get_by_role("dialog")
    if asked.count():
        assert asked.inner_text().removeprefix("ask:").removesuffix("Enter").strip(), mark.inner_text()
    if button.is_disabled():
        assert asked.count() or "entered" in button.inner_text()  # the record says it, in words, on the left
        return
    button.click()
    expect(dialog.locator(".number .value, .number .unknown-said, .field").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
