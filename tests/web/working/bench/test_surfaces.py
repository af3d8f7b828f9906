"""Surfaces are those of the labels as they are: what was renamed or erased is asked for no more."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import numpy as np
import pytest

from enbloc.errors import RecordError
from enbloc.web.bench_nouns import RelabelWish
from enbloc.web.working.bench.answering import Answering
from enbloc.web.working.bench.frames import Frame
from enbloc.web.working.bench.painting import RUN, paint, runs_in
from enbloc.web.working.bench.renaming import renaming
from tests.web.working.bench.laid import laid


@pytest.fixture
def bench() -> Iterator[Answering]:
    with laid() as case:
        yield Answering(case=case)


def listed(bench: Answering) -> tuple[int, list[str]]:
    told = bench.answer(Frame(head={"do": "meshes", "operation": ""})).head
    return told["seq"], [one["name"] for one in told["items"]]


def fetched(bench: Answering, name: str, **other: object) -> Frame:
    return bench.answer(Frame(head={"do": "mesh", "operation": "", "name": name, **other}))


def vertices(frame: Frame) -> int:
    return int(np.frombuffer(gzip.decompress(frame.payload), "<u4", 1, 8)[0])


def test_after_a_relabel_the_list_names_what_there_is(bench: Answering) -> None:
    seq, before = listed(bench)
    assert (seq, "vertebra T8" in before) == (0, True)
    was = vertices(fetched(bench, "vertebra T8", seq=seq))
    runs, _ = renaming(bench.case, RelabelWish(level="T8", shift=-1))
    paint(bench.case, runs_in(runs.astype(RUN).tobytes(), bench.case))
    now, after = listed(bench)
    assert now == 1
    renamed = {"vertebra T8": "vertebra T7", "vertebra T9": "vertebra T8", "vertebra T10": "vertebra T9"}
    assert {renamed.get(name, name) for name in before if "vertebra" in name} == {n for n in after if "vertebra" in n}
    assert all(vertices(fetched(bench, name, seq=now)) for name in after)
    assert vertices(fetched(bench, "vertebra T7", seq=now)) == was, "it is the same bone under another name"


def test_what_is_no_more_since_the_list_was_read_is_said_and_is_no_fault(bench: Answering) -> None:
    seq, _ = listed(bench)
    runs, _ = renaming(bench.case, RelabelWish(level="T8", shift=-1))
    paint(bench.case, runs_in(runs.astype(RUN).tobytes(), bench.case))
    gone = fetched(bench, "vertebra T10", seq=seq)
    assert (gone.head["seq"], gone.head["is_gone"], gone.payload) == (1, True, b"")
    assert vertices(fetched(bench, "tumour A", seq=seq)), "what is still there is given"
    for told in ({}, {"seq": 1}):
        with pytest.raises(RecordError, match="no such surface"):
            fetched(bench, "vertebra T10", **told)


def test_of_an_operation_on_older_labels_there_are_no_pieces(bench: Answering) -> None:
    told = bench.answer(Frame(head={"do": "meshes", "operation": "en bloc vertebrectomy T9"})).head
    assert [one["name"] for one in told["items"]] == listed(bench)[1]
    asked = {"do": "mesh", "operation": "en bloc vertebrectomy T9", "name": "specimen"}
    with pytest.raises(RecordError, match="not those of the labels"):
        bench.answer(Frame(head=asked))
    assert bench.answer(Frame(head={**asked, "seq": 7})).head["is_gone"]
