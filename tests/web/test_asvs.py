"""The page of security requirements names tests that exist."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS

ROOT = DOCS.parent
PAGE = DOCS / "safety" / "asvs.md"


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d", line)]


def test_each_row_names_a_test_that_exists_or_says_that_it_is_open() -> None:
    assert len(rows()) > 50
    for id, _, status, test in rows():
        if test == "none":
            assert status.startswith("open"), id
            continue
        assert status.startswith(("met", "partly")), id
        file, name = test.strip("`").split("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), test


def test_rows_stand_in_order_and_once() -> None:
    ids = [[int(part) for part in re.split(r"[,–]", row[0])[0].split(".")] for row in rows()]
    assert len({tuple(id) for id in ids}) == len(ids)
    assert all(len(id) == 3 for id in ids)
