"""The pages of instruments are the registry, word for word."""

from __future__ import annotations

from tests.docs.instruments import FOLDER, PAGE, pages

RENDER = "run: python -m tests.docs.instruments"


def test_every_page_is_rendered_from_the_registry() -> None:
    wanted = pages()
    assert {*FOLDER.glob("*.md"), PAGE} == wanted.keys(), RENDER
    for page, text in wanted.items():
        assert page.read_text(encoding="utf-8") == text, f"{page.name}: {RENDER}"
