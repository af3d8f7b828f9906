"""The page of instruments is the registry, word for word."""

from __future__ import annotations

from tests.docs.instruments import PAGE, rendered


def test_the_page_is_rendered_from_the_registry() -> None:
    assert PAGE.read_text(encoding="utf-8") == rendered(), "run: python -m tests.docs.instruments"
