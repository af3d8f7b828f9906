"""Whatever is done in whatever order: the record holds what a dictionary would."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from enbloc.errors import RecordError
from enbloc.record import Deed, Overtaken, Saved, back_up, migrate, open_record, restore, verify
from tests.record.deeds import NOW, at, document, entry
from tests.record.places import IN_MEMORY, Cluster
from tests.sampling import IS_SWEEP

CENTRES = st.sampled_from(["north", "south"])
KEYS = st.sampled_from(["a", "B", "c.1"])
STORIES = st.sampled_from(["", "é", "one", "two"])
CONTENTS = st.sampled_from([b"", b"scan", b"labels" * 1000])


class Model(RuleBasedStateMachine):
    """Cases, files and results of two centres, beside dictionaries of the same."""

    cluster: Cluster | None = None

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="enbloc-model-", dir=IN_MEMORY))
        self.url = self.cluster.fresh() if self.cluster else None
        migrate(self.url, self.home / "data")
        self.record = open_record(self.url, self.home / "data")
        self.texts: dict[tuple[str, str], list[str]] = {}
        self.files: dict[tuple[str, str], dict[str, bytes]] = {}
        self.results: dict[tuple[str, str, int], list[str]] = {}
        self.backups = 0

    def teardown(self) -> None:
        self.record.close()
        shutil.rmtree(self.home)

    @rule(centre=CENTRES, key=KEYS, story=STORIES, back=st.integers(0, 2), number=st.integers(0, 3))
    def save(self, centre: str, key: str, story: str, back: int, number: int) -> None:
        held = self.texts.setdefault((centre, key), [])
        made_from = max(0, len(held) - back)
        text = document(key, story=story, findings=[entry(about="A", value=number)] * min(number, 1))
        with at(self.record, centre=centre) as work:
            done = work.save_case(key, text, made_from=made_from, because="model")
        if made_from == len(held):
            assert isinstance(done, Saved)
            held.append(text)
        else:
            assert isinstance(done, Overtaken)
            assert (done.version, done.since[-1].line.version) == (len(held), len(held))

    @rule(centre=CENTRES, key=KEYS, story=STORIES)
    def fail(self, centre: str, key: str, story: str) -> None:
        made_from = len(self.texts.get((centre, key), []))
        with pytest.raises(ZeroDivisionError), at(self.record, centre=centre) as work:  # noqa: PT012  # one unit
            work.save_case(key, document(key, story=story), made_from=made_from, because="model")
            raise ZeroDivisionError

    @rule(centre=CENTRES, key=KEYS, content=CONTENTS)
    def put(self, centre: str, key: str, content: bytes) -> None:
        with at(self.record, centre=centre) as work:
            kept = work.put_file(key, content)
        self.files.setdefault((centre, key), {})[kept.sha256] = content

    @rule(centre=CENTRES, key=KEYS, content=CONTENTS)
    def result(self, centre: str, key: str, content: bytes) -> None:
        newest = len(self.texts.get((centre, key), []))
        try:
            with at(self.record, centre=centre) as work:
                kept = work.put_result(key, max(newest, 1), "workup", content)
        except RecordError:
            assert not newest
            return
        self.results.setdefault((centre, key, newest), []).append(kept.sha256)
        self.files.setdefault((centre, key), {})[kept.sha256] = content

    @rule(centre=CENTRES, key=KEYS, version=st.integers(-1, 4))
    def read(self, centre: str, key: str, version: int) -> None:
        held = self.texts.get((centre, key), [])
        try:
            with at(self.record, centre=centre) as work:
                read = work.read_case(key, version).document
        except RecordError:
            assert not 1 <= version <= len(held)
            return
        assert read == held[version - 1]

    @rule(centre=CENTRES)
    def everything(self, centre: str) -> None:
        mine = {key: held for (where, key), held in self.texts.items() if where == centre and held}
        with at(self.record, centre=centre) as work:
            assert [(line.case_id, line.version) for line in work.cases()] == [
                (key, len(mine[key])) for key in sorted(mine)
            ]
            found = [line.case_id for line in work.findings("sins.pain")]
            for key in mine:
                wanted = self.results.get((centre, key, len(mine[key])), [])
                assert [one.sha256 for one in work.results(key)] == wanted
            for address, content in self.files.get((centre, "a"), {}).items():
                assert work.read_file("a", address) == content
        assert found == [key for key in sorted(mine) if '"findings": []' not in mine[key][-1]]

    @precondition(lambda self: self.backups < 2)
    @rule()
    def backed_up_and_restored(self) -> None:
        self.backups += 1
        deed, folder = Deed(by="keeper", now=NOW), self.home / f"backup-{self.backups}"
        checked = back_up(self.record, folder, deed)
        again = restore(folder, None, self.home / f"again-{self.backups}", deed)
        assert (again.versions, again.files, again.results) == (checked.versions, checked.files, checked.results)
        with closing(open_record(None, self.home / f"again-{self.backups}")) as restored, at(restored) as work:
            held = self.texts.get(("north", "a"), [])
            assert [work.read_case("a", at + 1).document for at in range(len(held))] == held

    @invariant()
    def is_whole(self) -> None:
        found: Any = verify(self.record)
        assert found.is_whole, found.faults
        assert found.versions == sum(map(len, self.texts.values()))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_record_is_a_dictionary_that_remembers(kind: str, request: pytest.FixtureRequest) -> None:
    cluster = request.getfixturevalue("cluster") if kind == "postgresql" else None
    machine = type("OnThisDatabase", (Model,), {"cluster": cluster})
    limits = settings(max_examples=60 if IS_SWEEP else 3, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(machine, settings=limits)
