"""The page of measurements says what the vocabulary and the parameters say."""

from __future__ import annotations

from enbloc.measure import PARAMETERS
from enbloc.present.topics import TOPICS
from tests.docs.measurements import PAGE, rendered, written_methods


def test_the_page_is_what_the_vocabulary_renders() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == rendered(written_methods(page)), "run: python -m tests.docs.measurements"


def test_every_measured_fact_has_its_row_and_most_say_how_they_are_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    facts = [named.id for topic in TOPICS for named in topic.facts]

    assert [fact for fact in facts if page.count(f"| `{fact}` |") != 1] == []
    assert [one.name for one in PARAMETERS if f"| {one.name} |" not in page] == []
    assert len(written_methods(page)) > len(facts) / 2
