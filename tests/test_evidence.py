"""The bibliography is whole, and nothing can be cited that is not in it."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation, bibliography, cite


@pytest.mark.parametrize("citation", bibliography().values(), ids=lambda citation: citation.key)
def test_every_entry_can_be_opened(citation: Citation) -> None:
    assert citation.title
    assert citation.authors
    assert citation.where
    assert 1930 < citation.year <= 2026
    assert "{" not in str(citation)


def test_every_entry_of_the_file_is_read() -> None:
    from importlib.resources import files

    text = files("enbloc").joinpath("references.bib").read_text(encoding="utf-8")
    assert len(bibliography()) == sum(line.startswith("@") for line in text.splitlines())


def test_what_is_not_in_the_bibliography_cannot_be_cited() -> None:
    with pytest.raises(RecordError, match="nobody1999"):
        cite("nobody1999")


def test_a_citation_reads_like_one() -> None:
    assert str(cite("fisher2011validation")).startswith("Fisher et al. Surgical management of primary bone tumors")
    assert cite("fisher2011validation").where == "Spine 36:830–836"
    assert cite("nice2023ng234").authors == "National Institute for Health and Care Excellence"


def test_only_what_was_written_from_memory_is_a_draft() -> None:
    assert [mark for mark in Checked if mark.is_draft] == [Checked.FROM_MEMORY]
