"""A case comes in: files chosen on the page, sent, read and worked up by the server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

CASE = re.compile(r"/case/([0-9a-z-]+)$")


def bring(visitor: Visitor, files: Sequence[Path], because: str) -> str:
    """Choose the files, say why, hand them in; the id of the case whose page opens."""
    page = visitor.go("/bring")
    page.get_by_label("Files").set_input_files([str(file) for file in files])
    expect(page.get_by_text("arrived")).to_have_count(len(files))
    page.get_by_label("Year of birth").fill("1961")
    page.get_by_label("Why it is brought").fill(because)
    page.get_by_role("button", name="Bring it").click()
    expect(page).to_have_url(CASE)
    found = CASE.search(page.url)
    assert found
    return found[1]


def worked_up(page: Page) -> None:
    """Wait on the page of a case until it shows what its newest version comes to."""
    expect(page.get_by_role("heading", name="Scores")).to_be_visible(timeout=300_000)
    expect(page.locator(".case-head .running")).to_have_count(0, timeout=300_000)
