"""Words in lines fit their room, and none is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enbloc.present.lines import width, wrapped

WORDS = st.lists(st.text("abcdefgh 0123,.;–%", min_size=1, max_size=14), max_size=20).map(" ".join)


@given(words=WORDS, room=st.floats(60, 300), size=st.floats(8, 12), is_bold=st.booleans(), first=st.floats(10, 60))
def test_every_line_fits_and_no_word_is_lost(words: str, room: float, size: float, is_bold: bool, first: float) -> None:
    for less in (None, first):
        lines = wrapped(words, room, size, is_bold=is_bold, first=less)

        assert " ".join(lines).split() == words.split()
        for nth, line in enumerate(lines):
            here = first if less is not None and nth == 0 else room
            assert width(line, size, is_bold=is_bold) <= here or " " not in line


def test_bold_is_wider_and_both_cuts_are_measured_alike() -> None:
    assert width("Tokuhashi", 10, is_bold=True) > width("Tokuhashi", 10) > 0
    assert width("Tokuhashi", 20) == 2 * width("Tokuhashi", 10)
