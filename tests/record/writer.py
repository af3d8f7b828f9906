"""A process that writes to a record until it is killed, and says what it was told is kept."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from enbloc.errors import EnblocError
from enbloc.record import Record, Saved, WorklistLine, open_record
from tests.record.deeds import ALICE, NOW, at, document, entry, save


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Everything:
    """New cases with their lines, versions with files, results, people and jobs; what was acknowledged is said."""

    def __init__(self, record: Record, seed: int) -> None:
        self._record, self._seed, self._chance = record, seed, random.Random(seed)
        self._cases: dict[str, int] = {}

    def write(self) -> None:
        deeds = (self._case, self._case, self._case, self._person, self._job)
        for number in range(10_000):
            deed = self._chance.choice(deeds) if self._cases else self._case
            deed(number)

    def _case(self, number: int) -> None:
        chance = self._chance
        is_new = not self._cases or chance.random() < 0.3
        key = f"k{self._seed}-{number}" if is_new else chance.choice(sorted(self._cases))
        content = chance.randbytes(chance.choice((10, 3_000, 2_000_000)))
        text = document(key, story=chance.randbytes(chance.choice((10, 50_000))).hex(), findings=[entry(value=number)])
        made_from = self._cases.get(key, 0)
        with at(self._record) as work:
            kept = work.put_file(key, content)
            done = work.save_case(key, text, made_from=made_from, because="kill", files={"images/ct": kept.sha256})
            work.line_up(WorklistLine(case_id=key, version=made_from + 1, headline=f"story {number}"))
            if chance.random() < 0.3:
                work.put_result(key, made_from + 1, "workup", content[::-1])
        assert isinstance(done, Saved)
        self._cases[key] = done.version
        say(json.dumps(["case", key, done.version, done.sha256, kept.sha256, f"story {number}"]))

    def _person(self, number: int) -> None:
        person = f"p{self._seed}-{number}"
        with at(self._record) as work:
            work.add_person(person, "Before", ["surgeon"])
        say(json.dumps(["person", person, "Before"]))
        with at(self._record) as work:
            work.change_person(person, name="After", roles=["reader"])
            work.set_team(self._chance.choice(sorted(self._cases)), [person])
        say(json.dumps(["person", person, "After"]))

    def _job(self, number: int) -> None:
        key, version = self._chance.choice(sorted(self._cases.items()))
        with at(self._record) as work:
            job = work.ask("work-up", key, version, "{}").job_id
        say(json.dumps(["job", job, "waiting"]))
        claimed = self._record.jobs.claim(f"worker {self._seed}", NOW, lease_s=-1.0)
        assert claimed is not None
        with at(self._record) as work:
            work.put_result(key, version, "report", str(number).encode())
            assert work.end_job(claimed.job, f"worker {self._seed}", "done")
        say(json.dumps(["job", claimed.job.job_id, "done"]))


def the_same(record: Record, name: str, times: int) -> None:
    """Add one's own line to the one case that everybody writes to, again and again; never over another's."""
    done = 0
    while done < times:
        with at(record, name) as work:
            newest = work.read_case("shared")
        lines = [*json.loads(newest.document)["lines"], f"{name} {done}"]
        if isinstance(save(record, "shared", made_from=newest.line.version, actor=name, lines=lines), Saved):
            done += 1
            say(str(done))


def main(what: str, url: str, folder: str, *more: str) -> None:
    record = open_record(url or None, Path(folder))
    try:
        Everything(record, int(more[0])).write() if what == "everything" else the_same(
            record, more[0] or ALICE, int(more[1])
        )
    except EnblocError as fault:
        say(f"refused: {fault}")
        sys.exit(2)


if __name__ == "__main__":
    main(*sys.argv[1:])
