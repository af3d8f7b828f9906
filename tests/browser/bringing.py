"""A case comes in: files chosen on the page, sent, read and worked up by the server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.visitor import Visitor

LONG_MS = 180_000  # a work-up, on a shared machine
A_MOMENT_MS = 5_000
CASE = re.compile(r"/case/([0-9a-z-]+)$")


def bring(visitor: Visitor, files: Sequence[Path], because: str) -> str:
    """Choose the files, say why, hand them in; the id of the case whose page opens, with the work going on."""
    page = visitor.go("/bring")
    _choose(page, files)
    page.get_by_label("Year of birth").fill("1961")
    page.get_by_label("Why it is brought").fill(because)
    page.get_by_role("button", name="Bring it").click()
    expect(page).to_have_url(CASE)
    expect(page.get_by_role("progressbar")).to_be_visible()
    found = CASE.search(page.url)
    assert found
    return found[1]


def bring_to_look_at(visitor: Visitor, path: Path, because: str) -> str:
    """The id of a case whose images are there; nobody waits for its work-up."""
    found, page = bring(visitor, (path,), because), visitor.page
    expect(page.get_by_text("Working up version 2").or_(_ended(page)).first).to_be_visible(timeout=LONG_MS)
    with suppress(Error):  # a small one may be done before
        page.get_by_role("button", name="Cancel").click(timeout=A_MOMENT_MS)
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=LONG_MS)
    return found


def bring_more(visitor: Visitor, case_id: str, files: Sequence[Path], because: str) -> None:
    """The same into a case that is there."""
    page = visitor.go(f"/bring?case={case_id}")
    _choose(page, files)
    page.get_by_label("Why it is brought").fill(because)
    page.get_by_role("button", name="Bring it").click()
    expect(page).to_have_url(CASE)
    expect(page.get_by_role("progressbar")).to_be_visible()


def _choose(page: Page, files: Sequence[Path]) -> None:
    page.get_by_label("Files").set_input_files([str(file) for file in files])
    expect(page.get_by_text("arrived")).to_have_count(len(files))
    for scheme in page.get_by_label("Numbered as by").all():
        scheme.select_option("totalsegmentator-v2")


def worked_up(page: Page) -> None:
    """Wait on the page of a case until it shows what its newest version comes to.

    Raises
    ------
    AssertionError
        If its work-up failed.
    """
    expect(_ended(page).first).to_be_visible(timeout=LONG_MS)
    said = page.locator(".case-head .running")
    assert said.count() == 0, said.first.inner_text()


def _ended(page: Page) -> Locator:
    return page.get_by_text("The last work-up failed").or_(page.locator(".case:not(:has(.running)) #scores"))
